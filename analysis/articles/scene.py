"""An article laid out for proposals: its sentences with their parties and quantities, and the deal that it is about."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from analysis.articles import cues
from analysis.articles.names import Cast, Name, cast_of
from analysis.articles.quantities import Quantity, read
from analysis.articles.roles import roles_in
from analysis.articles.sides import DEAL_NOUN, SELL, bidders_of, framed_by, opening_pair, pairs_of, sellers_of
from analysis.articles.typography import Flat, flatten, led_by

_LONGEST = 1_000
_STOP = re.compile(r"[.!?…][\"')\]]*\s+(?=[\"'(\[-]{0,3} ?[A-Z0-9])|\n\s*|(?:\s-|\)\s—)\s(?=[A-Z])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:inc|corp|ltd|co|mr|mrs|ms|dr|st|vs|no|sept|oct|nov|dec|jan|feb|aug|u\.s|m|janv|fevr|juil)|\b[a-z])\.$"
)
# "a deal with Carbex Inc. The foundry": an abbreviation ends a sentence where one can only begin
_LEGAL_FORM = re.compile(r"\b(?:inc|corp|ltd|co|plc)\.$")
_OPENER = re.compile(
    r"(?:The|It|In|But|And|This|That|These|Its|They|He|She|Shares|On|At|For|Last|Both|Under|If|When|While|After) "
)
_PARTY = re.compile(r"<(\d+)>")
# "into Halmar owner Verrine": by what it has
_FORM = re.compile(r",? (?:inc|corp|ltd|plc|llc)\b")  # "Verrine Inc": its legal form goes with the name
_OWNS = re.compile(
    r" (?:owner|maker|parent|creator|developer|publisher|operator) (?=[a-z])(?!(?:of|said|says|and|in|has|had|was|is|to|for|by|at|will|would)\b)"
)
_INTO = re.compile(r"\b(?:into|in|of|buy|buying|acquire|acquiring|acquired|bought|with|from|at|for)(?: the)? $")
_GOVERNED = re.compile(
    r"(?:\b(?:by|from|par|avec|with|including|comme|dont|selon|of|de|des|du|for|pour|in|dans|to|au|aux|chez|at|on|than|like|as|que|apres|after|avant|before) |d')"
    r"(?:[a-z'-]+ ){0,3}$"
)


# « L'éditeur de logiciels Verrine »: what it does stands after « de », and it is governed by nothing
_DOES = re.compile(
    r"(?:^\W*|[,:;] |#,? |\b(?:et|and|que|while|tandis que|mais|but) )(?:l'|le |la |the |un |une |an? )(?:[a-z-]+ )?"
    r"(?:editeur|specialiste|fabricant|geant|leader|numero #|fournisseur|operateur|groupe|societe|start-up|jeune pousse|plateforme|distributeur|constructeur|exploitant|producteur|chaine|enseigne|marque|"
    r"maker|provider|operator|producer|developer|chain|publisher|owner|distributor|manufacturer) (?:de |d'|du |des |of |en )(?:(?!for |pour |in |dans |to |with |avec |from |by |par |and |et |at |a |au |chez |in )[a-z'-]+ ){0,4}$"
)


def _is_governed(text: str, position: int) -> bool:
    """Whether a preposition governs what stands at a position."""
    near = max(0, position - 90)
    return bool(_GOVERNED.search(text, near, position)) and not _DOES.search(text, near, position)


_LISTED = re.compile(r"(?:,| and| et|, and) (?:the |le |la |l')?")


@dataclass(eq=False)
class Sentence:
    """A sentence in plain lower case letters, each company written <n>, each quantity ###: `at` says where."""

    start: int
    end: int
    text: str
    parties: list[Name]
    quantities: list[Quantity]
    at: dict[int, tuple[int, int]]
    index: int
    pronoun: bool = False

    def party_before(self, position: int, pattern: str = "") -> str | None:
        """The id of the last company before a position, if what stands between fits the pattern."""
        found = re.findall(rf"<(\d+)>{pattern}", self.text[:position])
        return self.parties[int(found[-1])].id if found else None

    def party_after(self, position: int, within: int = 200) -> str | None:
        """The id of the first company after a position."""
        found = _PARTY.search(self.text, position, min(len(self.text), position + within))
        return self.parties[int(found[1])].id if found else None

    def opens(self) -> bool:
        """Whether the first company stands on its own, as what the sentence is about, and after no preposition."""
        first = _PARTY.search(self.text)
        return bool(first) and not _is_governed(self.text, first.start())  # type: ignore[union-attr]

    def governed(self, position: int) -> bool:
        """Whether a preposition governs what stands at a position."""
        return _is_governed(self.text, position)

    def standing(self, position: int) -> list[str]:
        """The companies before a position that no preposition governs, alone or in a list."""
        found, governed, end = [], False, 0
        for match in _PARTY.finditer(self.text, 0, position):
            if not (end and _LISTED.fullmatch(self.text, end, match.start())):
                governed = _is_governed(self.text, match.start())
            end = match.end()
            found += [] if governed else [self.ids[int(match[1])]]
        return found

    @cached_property
    def sides(self) -> list[tuple[str | None, str | None]]:
        """Who buys whom, for each verb or noun of buying or selling."""
        return pairs_of(self)

    @cached_property
    def framed(self) -> dict[int, tuple[str, str]]:
        """(buyer, target) of each amount that stands as what is given for a company."""
        return framed_by(self)

    @cached_property
    def ids(self) -> list[str]:
        return [name.id for name in self.parties]


@dataclass
class Scene:
    """What a text holds: `deal` is (acquirer, target), either null where the text does not tell."""

    flat: Flat
    lang: str
    published: str | None
    outlet: str
    cast: Cast
    sentences: list[Sentence]
    deal: tuple[str | None, str | None] = (None, None)

    def spoken_of(self, s: Sentence) -> str | None:
        """The company that a paragraph of a newsletter is about, where none of its sentences so far names the deal's sides."""
        if not self.of_many or _BIDS_TOLD.match(s.text):
            return None
        before = self.sentences[max(0, s.index - 6) : s.index + 1]
        first = self.flat.low.rfind("\n\n", before[0].start, s.start + 1)
        before = [o for o in before if o.start >= first]
        if {id for o in before for id in o.ids} & set(self.deal):
            return None
        opened = next((o for o in before if o.ids), None)
        return next(iter(opened.standing(len(opened.text))), None) if opened else None

    def told_before(self, s: Sentence) -> tuple[str | None, str] | None:
        """Who buys whom in the sentences before of the same paragraph, where that is another deal than the article's."""
        first = self.flat.low.rfind("\n", 0, s.start)
        for other in reversed(self.sentences[max(0, s.index - 4) : s.index]):
            if other.start < first:
                return None
            if pair := next(((a, t) for a, t in reversed(other.sides) if t), None):
                return None if pair[1] in self.deal else pair
        return None

    @cached_property
    def of_many(self) -> bool:
        """Whether a text tells of three purchases or more, or seldom of one, as a newsletter does."""
        told = {t for s in self.sentences for _, t in s.sides if t}
        named = [{*s.ids} for s in self.sentences if s.ids]
        of_it = sum(bool(ids & {*self.deal}) for ids in named)
        return len(told) > 2 or of_it * 3 < len(named)

    @cached_property
    def of_deal(self) -> bool:
        """Whether the head speaks of a purchase or a sale."""
        return any(s.sides or DEAL_NOUN.search(s.text) or SELL.search(s.text) for s in self.sentences[:4])

    def deal_by(self, s: Sentence) -> bool:
        """Whether the head, or a sentence just before, speaks of a purchase or a sale."""
        near = self.sentences[max(0, s.index - 2) : s.index + 1]
        return self.of_deal or any(o.sides or DEAL_NOUN.search(o.text) for o in near)

    @cached_property
    def round_year(self) -> str | None:
        """The year of the first date that stands beside the word for a funding round."""
        for s in self.sentences:
            if re.search(r"(?:levee|tour de table|round)[^.;#]{0,50}#", s.text):
                for q in s.quantities:
                    if q.kind == "date" and q.value:
                        return str(q.value)[:4]
        return None


def scene_of(text: str, *, lang: str, published: str | None, outlet: str, known: dict[str, str]) -> Scene:
    """Lay a text out: quantities, names, sentences, then the deal that most of it speaks of."""
    flat = flatten(text)
    quantities = [q for q in read(text, lang, published) if q.kind in {"money", "percent", "date"}]
    ends = [end for end in _line_ends(text) if not any(q.start < end < q.end for q in quantities)]
    ends = [flat.plain_at(end) for end in ends]
    cast = cast_of(_with_lines(flat.cased, ends), known)
    bounds = _sentence_bounds(flat, ends)
    sentences: list[Sentence] = []
    firsts = [q.start for q in quantities]
    called = _called(flat, cast)
    for start, end in bounds:
        before = sentences[-1] if sentences else None
        spoken_of = before.parties[:1] if before and before.opens() else []
        spoken_of += [n for n in before.parties if n.id != spoken_of[0].id][-1:] if before and spoken_of else []
        last = bisect_left(firsts, flat.span(start, end)[1])
        inside = quantities[bisect_left(firsts, flat.span(start, end)[0]) : last]
        sentences.append(_sentence(flat, cast, inside, start, end, spoken_of, len(sentences), called, before))
    scene = Scene(flat, lang, published, outlet, cast, sentences)
    _find_deal(scene)
    return scene


def _line_ends(text: str) -> list[int]:
    """Where a line ends that is not wrapped: every line of a text with a long one, else one well short of the longest."""
    lines = text.split("\n")
    longest = max(map(len, lines))
    short = longest if longest > _WRAPPED else 0.6 * longest
    starts = itertools.accumulate((len(line) + 1 for line in lines), initial=0)
    return [start + len(line) for start, line in zip(starts, lines[:-1], strict=False) if len(line) <= short]


_WRAPPED = 160


def _with_lines(cased: str, ends: list[int]) -> str:
    """The plain text with its lines, across which no name goes on."""
    letters = list(cased)
    for end in ends:
        letters[end] = "\n"
    return "".join(letters)


def _sentence_bounds(flat: Flat, ends: list[int]) -> list[tuple[int, int]]:
    """Sentences end at a full stop before a capital, at a paragraph, and where a line ends."""
    stops = [
        m.end()
        for m in _STOP.finditer(flat.cased)
        if m[0][0] != "."
        or not _ABBREVIATED.search(flat.low, max(0, m.start() - 6), m.start() + 1)
        or (_LEGAL_FORM.search(flat.low, max(0, m.start() - 6), m.start() + 1) and _OPENER.match(flat.cased, m.end()))
    ]
    stops = sorted({*stops, *(end + 1 for end in ends)})
    edges = [0]
    for stop in (*stops, len(flat.low)):
        while (
            stop - edges[-1] > _LONGEST
        ):  # what never stops is cut at a space, so that no sentence costs more than its length
            cut = flat.low.rfind(" ", edges[-1] + _LONGEST // 2, edges[-1] + _LONGEST)
            edges.append(cut + 1 if cut > 0 else edges[-1] + _LONGEST)
        edges.append(stop)
    return [(a, b) for a, b in itertools.pairwise(edges) if flat.low[a:b].strip()]


# « la coopérative », "the fund", "the lender": the one company that the text introduces by that noun.
_KIND = (
    r"(?:fonds|fund|cooperative|enseigne|banque|bank|conglomerate?|airline|retailer|brewer|lender|insurer|assureur|brasseur|distributeur|editeur|publisher|"
    r"operator|operateur|investor|broker|grocer|carmaker|drugmaker|chipmaker|miner|supplier|equipementier|constructeur|industriel|laboratoire|armateur|courtier|transporteur|"
    r"voyagiste|hotelier|papetier|fintech|biotech|licorne|unicorn|mutuelle|utility|studio|chain|developer|promoteur|financier|family office|holding|"
    r"[a-z]{3,}(?:maker|keeper|builder)|(?:conserv|transport|loue|fabricant|negoci|affine|embouteille)\w*|"
    r"italien|allemand|espagnol|neerlandais|americain|britannique|suisse|belge|danois|suedois|norvegien|japonais|chinois|canadien|singapourien)"
)
_DESCRIBED = re.compile(rf"\b(?:l'|(?:le|la|the) )({_KIND})\b(?! (?:de|d'|du|of|[a-z]+ de)\b|-|')")
_APPOSED = re.compile(r",?(?: [a-z'-]+){0,4} ")
_INTRODUCED = re.compile(rf"\b({_KIND})\b(?P<rest>(?: [a-z'-]+){{0,5}}?) $")
_INTRODUCES = re.compile(
    rf",? (?:an? |the |une? |le |la |l'|[a-z-]+ )(?:[a-z-]+ ){{0,3}}?({_KIND})\b(?! (?:said|says|told|confirmed|announced|added|a (?:dit|indique|annonce|precise|confirme)|dit|indique|annonce|precise))"
)


_ACTS = re.compile(rf"{cues.BUY}|\b(?:a|ont|va|vont|est|has|had|is|was|will|said|detient|gere|owns|holds|par|by)\b")
_FUND = re.compile(r" (?:Capital|Partners|Ventures|Equity|Investissements?|Growth)\b")


def _called(flat: Flat, cast: Cast) -> dict[str, Name]:
    """The company that each noun introduces, where it introduces only one: « la coopérative bretonne Terralis »."""
    found: dict[str, dict[str, Name]] = {}
    last = 0
    for name in cast.names:
        if name.type == "org":
            before = _INTRODUCED.search(flat.low, max(last, name.start - 60), name.start)
            last = name.end
            after = _INTRODUCES.match(flat.low, name.end) if flat.low.startswith(",", name.end) else None
            if before and (_ACTS.search(before["rest"]) or SELL.search(before["rest"])):
                before = None  # « le fonds rachète Verrine » does not say what Verrine is
            kinds = [m[1] for m in (before, after) if m]
            kinds += ["fonds", "fund"] if _FUND.search(cast.written[name.id]) else []
            for kind in kinds:
                found.setdefault(kind, {}).setdefault(name.id, name)
    return {noun: next(iter(names.values())) for noun, names in found.items() if len(names) == 1}


_DOTTED = re.compile(
    r"\b(?:u\.s|u\.k|inc|corp|co|ltd|plc|mr|mrs|ms|dr|st)\.(?= ?[a-z<#(,])"
)  # no full stop of a clause

# « Il avait alors déboursé 90 millions »: the pronoun is the company that the sentence before began with.
_PRONOUN = re.compile(
    r"\s*[\"']?(?:(?:on|in|last|late|early|le|en|ce|fin|debut) [a-z0-9 ]{2,22},? )?(?:il|elle|it|he|she)(?= (?:(?:en |lui |l')?(?:a|avait|had|has|n'avait|n'a)\b|bought|sold|paid|acquired|spent|(?:picked|snapped|scooped) up|took|gave|offered|"
    r"unveiled|announced|agreed to|signed|struck|clinched|sealed|launched|tabled|invested|will (?:pay|buy|acquire|take|invest|spend|put)|would (?:pay|buy|acquire|take|put)|is (?:now |currently |reportedly )?(?:in talks|seeking|looking|raising|considering|planning)|is (?:paying|getting|buying|taking|spending|acquiring|investing)|"
    r"(?:va |doit |devrait |veut |compte |prevoit d'|entend )(?:acquerir|racheter|acheter|payer|verser|debourser|prendre|investir|reprendre)|debourse|rachete|acquiert|reprend|paie|paiera|versera|rachetera|prendra|investira))"
)


# « Celui-ci », "The latter": the company named last
_LATTER = re.compile(
    r"\s*[\"']?(celui-ci|celle-ci|ce dernier|cette derniere|the latter)\b(?! (?:s|part|cas|point|fois|annee|mois|semaine)\b)"
)
# "It picked up that chip-design shop for 210 million": the other company of the sentence before
_THAT = re.compile(
    r"\b(?:that|this|cette|ce|cet) (?:[a-z-]+ ){0,2}?(shop|company|firm|business|start-?up|group|maker|unit|chain|brand|studio|publisher|lender|retailer|"
    r"societe|entreprise|groupe|jeune pousse|marque|enseigne|filiale|maison)\b"
)


def _sentence(
    flat: Flat,
    cast: Cast,
    inside: list[Quantity],
    start: int,
    end: int,
    spoken_of: list[Name],
    number: int,
    called: dict[str, Name],
    before: Sentence | None,
) -> Sentence:
    inside = [q for q in inside if q.end <= flat.span(start, end)[1]]
    shift = flat.plain_at
    taken = [(shift(q.start), shift(q.end)) for q in inside]  # the CHF of CHF 350 million is no party
    parties = [n for n in cast.within(start, end, "org") if not any(a < n.end and n.start < b for a, b in taken)]
    parties = [n for n in parties if not (_OWNS.match(flat.low, n.end, end) and led_by(_INTO, flat.low, n.start))]
    marks: list[tuple[int, int, int | None, Quantity | None]] = [
        (n.start, (form.end() if (form := _FORM.match(flat.low, n.end, end)) else n.end), i, None)
        for i, n in enumerate(parties)
    ]
    pronoun = _PRONOUN.match(flat.low, start, end) if spoken_of else None
    if pronoun and len(spoken_of) > 1 and (that := _THAT.search(flat.low, pronoun.end(), end)):
        marks.append((that.start(1), that.end(1), len(parties), None))
        parties = [*parties, spoken_of[1]]
    if pronoun:
        marks.append((pronoun.end() - 2, pronoun.end(), len(parties), None))
        parties = [*parties, spoken_of[0]]
    elif before and before.parties and (latter := _LATTER.match(flat.low, start, end)):
        pronoun = latter
        marks.append((latter.start(1), latter.end(1), len(parties), None))
        parties = [*parties, max(before.parties, key=lambda name: name.start)]
    for m in _DESCRIBED.finditer(flat.low, start, end):
        name = called.get(m[1])
        near = [n.start for n in parties if m.end() < n.start < m.end() + 45]
        named = any(
            _APPOSED.fullmatch(flat.low, m.end(), first) and not _ACTS.search(flat.low, m.end(), first)
            for first in near
        )
        if name and name.start < m.start() and name.id not in {p.id for p in parties} and not named:
            marks.append((m.start(1), m.end(1), len(parties), None))
            parties = [*parties, name]
    marks += [(shift(q.start), shift(q.end), None, q) for q in inside]
    text, at, cursor = "", {}, start
    for a, b, index, quantity in sorted(marks, key=lambda mark: mark[0]):
        if a < cursor:
            continue
        text += flat.low[cursor:a]
        if quantity is None:
            text += f"<{index}>"
        else:
            length = min(b - a, 8)
            at[quantity.start] = (len(text), len(text) + length)
            text += "#" * length  # so that no full stop of a number ends a clause
        cursor = b
    text = _DOTTED.sub(lambda m: m[0].replace(".", " "), text + flat.low[cursor:end])
    return Sentence(start, end, text, parties, inside, at, number, pronoun is not None)


# "First-round bids came in at": on what is for sale, whoever the paragraph began with
_BIDS_TOLD = re.compile(r"[^#<>.;]{0,40}\b(?:bids|offers|offres)\b")
# « entre en discussions avec Ostrea »: who would buy is not said
_TALKS_WITH = re.compile(
    r"\b(?:discussions?|negociations?|pourparlers|talks|negotiations)\b[^<>.;]{0,40}? (?:avec|with) (?:[\w'-]+ ){0,4}?(?:l')?<(\d+)>"
)


def _only_talks(sentence: Sentence, target: str) -> bool:
    """Whether a company is called a target only because another is said to talk with it."""
    match = _TALKS_WITH.search(sentence.text)
    if not match or sentence.ids[int(match[1])] != target:
        return False
    return not _TO_BUY.search(sentence.text)


_TO_BUY = re.compile(
    r"\b(?:r?achat|rachet|achet|acquer|acquisition|reprise|repren|buy|acquir|takeover|tak(?:e|ing) over|buyout)"
)
_SELLER = re.compile(
    r"(?:division|filiale|branche|activite|unit|arm|business|subsidiary|brand|marque|pole)\b[^<>.;]{0,40}?<(\d+)>"
)
_SUITOR = re.compile(
    r"(?:negociations?|pourparlers|discussions|talks|accord|agreement|deal)\b[^<>.;]{0,30}?\b(?:avec|with) [^<>.;]{0,40}?<(\d+)>|"
    r"(?:vendue?s?|cedee?s?|sold|sale|cession|vente) (?:a|au|to) [^<>.;]{0,40}?<(\d+)>"
)
_RAISE = re.compile(
    r"<(\d+)>(?:, [^<>;.#]{3,110},)?[^<>.;]{0,40}?\b(?:raises?|(?:looking|seeking|hoping|trying|talks) to raise|raised|raising|leve|a leve|a boucle|boucle|closed a|secure[ds]?|decroche|land(?:s|ed)|nabs?|bags|obtient|"
    r"reunit|collecte|hits?|tops?|attracted|reached)\b"
)


def _find_deal(scene: Scene) -> None:
    """The pair that most sentences name, those of the head counting more; a round's leader where nobody buys.

    What is told of an earlier year counts little. Where no sentence names both sides, each is the one named most.
    """
    votes: Counter = Counter()
    targets: Counter = Counter()
    suitors: Counter = Counter()
    for index, sentence in enumerate(scene.sentences):
        weight = (12 if index < 4 else 4) // (1 if _is_now(sentence, scene.published) else 4)
        for acquirer, target in sentence.sides:
            if acquirer and target:
                votes[acquirer, target] += weight // (2 if _only_talks(sentence, target) else 1)
            elif target:
                targets[target] += weight
        if match := _RAISE.search(sentence.text):
            targets[sentence.parties[int(match[1])].id] += weight
        if (sold := SELL.search(sentence.text)) and (match := _SELLER.search(sentence.text, sold.start())):
            targets[sentence.parties[int(match[1])].id] += weight
        if (match := _SUITOR.search(sentence.text)) and re.search(_SALE, sentence.text):
            suitors[sentence.parties[int(match[1] or match[2])].id] += weight
    buying = {a for sentence in scene.sentences for a, t in sentence.sides if a and not t}
    bidders = Counter(id for sentence in scene.sentences[:5] for id in bidders_of(sentence))
    paid = {id for sentence in scene.sentences[:5] for id in sellers_of(sentence)}
    buying |= {*bidders} if not any(t in bidders for _, t in votes) else set()
    if not votes and scene.of_deal:
        pairs = [pair for s in scene.sentences[:2] if (pair := opening_pair(s))]
        votes.update({pair: 3 for pair in pairs if pair[1] not in buying})
    later = {id for sentence in scene.sentences[1:] for id in sentence.ids}
    later |= {t for s in scene.sentences[:1] for a, t in s.sides if a and t} if len(scene.sentences) < 9 else set()
    head = {id for sentence in scene.sentences[:5] for id in sentence.ids if id in later}
    beyond = not any(t in head for _, t in votes)
    if beyond and not any(_FUNDING.search(sentence.text) for sentence in scene.sentences[:5]):
        told = Counter(id for sentence in scene.sentences for id in set(sentence.ids))
        most = max((told[id] for id in head), default=0)
        head |= {target for _, target in votes if target and told[target] * 3 >= most}
    best, weight = next(((p, n) for p, n in votes.most_common() if p[1] in head), ((None, None), 0))
    first = set(scene.sentences[0].ids) if scene.sentences else set()
    sold_, sold_weight = next(
        ((t, n) for t, n in targets.most_common() if t in head | first and t not in paid), (None, 0)
    )
    suitor = next((id for id, _ in suitors.most_common() if id != sold_), None)
    opening = [s for s in scene.sentences[:4] if s.ids]
    beyond = beyond and best[1] is not None and all(best[1] not in s.ids for s in scene.sentences[:6])
    seller = next((s.standing(m.start()) for s in opening[:2] if (m := SELL.search(s.text))), None) if opening else None
    buyer = next((a for s in opening for a, t in s.sides if a and not t), None)
    told_again = sum(best[1] in s.ids for s in scene.sentences) > 1
    if seller and best[0] == seller[0] and buyer not in {None, best[1]} and told_again:  # what it sells it once bought
        scene.deal = (buyer, best[1])
    elif buyer and seller and buyer not in seller and best[0] != buyer and {buyer, seller[0]} <= set(opening[0].ids):
        scene.deal = (buyer, seller[0])  # "Verrine to sell its spreads business to Ostrea"
    elif (beyond or best[1] is None) and seller:
        unit = next((s.ids[int(m[1])] for s in scene.sentences if (m := _NAMED_UNIT.search(s.text))), None)
        unit = unit or sold_
        scene.deal = (buyer, unit if unit not in {buyer, seller[0]} and unit else seller[0])
    elif best[1] and (weight >= sold_weight or (sold_ == best[1])) and weight > 2:
        scene.deal = best
    elif sold_:
        buyers = Counter({a: n for (a, t), n in votes.items() if t == sold_})
        scene.deal = (suitor or next((a for a, _ in buyers.most_common(1)), None), sold_)
    elif best[1]:
        scene.deal = best
    elif spoken := Counter(
        id
        for sentence in scene.sentences
        for id in sentence.ids
        if (id in head or id in first or not head) and id not in buying | paid and id not in _rivals(sentence)
    ):
        buyer = buyer or next((id for id, _ in bidders.most_common()), None)
        scene.deal = (buyer, spoken.most_common(1)[0][0])
    _by_roles(scene, told_by_verbs=best[1] is not None or sold_ is not None)


def _by_roles(scene: Scene, *, told_by_verbs: bool) -> None:
    """Complete the deal by what is said beside each company, where no sentence of the head names both sides."""
    acquirer, target = scene.deal
    head = scene.sentences[:6]
    dealing = scene.of_deal or any(cues.DEAL_WORDS.search(s.text) for s in head)
    if acquirer or not dealing or scene.of_many or any(_TOGETHER.search(s.text) for s in head[:3]):
        return
    buys, sold = roles_in(head)
    told = Counter(id for s in head for id in s.ids)
    for id in (id for s in head for id in bidders_of(s)):
        buys[id] += 4
    if not told_by_verbs or target is None:
        first = {*head[0].ids} if head else set()
        score = {id: sold[id] - buys[id] + 2 * (id in first) + min(2, count - 1) for id, count in told.items()}
        likely = max(score, key=lambda id: score[id], default=None)
        if likely and (target is None or score[likely] > score.get(target, -9)):
            target = likely
    selling = {id for s in head for m in SELL.finditer(s.text) for id in s.standing(m.start())}
    others = [id for id in told if id != target and id not in selling and buys[id] > max(1, sold[id])]
    best = max(others, key=lambda id: (buys[id] - sold[id], told[id]), default=None)
    funded = any(_RAISE.search(s.text) for s in head)
    scene.deal = (None if funded else best, target)


_TOGETHER = re.compile(
    r"\b(?:joint|venture|coentreprise|co-entreprise|alliance|partenariat|partnership|merger of equals|fusion entre egaux)\b"
)


def _rivals(sentence: Sentence) -> set[str]:
    """The companies by which another is described: "the Halmar rival"."""
    return {sentence.ids[int(m[1])] for m in _RIVAL.finditer(sentence.text)}


_RIVAL = re.compile(r"<(\d+)>(?:'s)? (?:rival|competitor|challenger|alternative|spin-?off|veteran|alumn\w+)\b")


# « la division, baptisée Verrine », "which trades as Verrine": the unit that is sold by another name
_NAMED_UNIT = re.compile(
    r"(?:trad(?:es|ing) as|known as|called|named|baptisee?|connue? sous le nom d[e']|exploitee? sous|under the|sous (?:la marque|l'enseigne)|"
    r"(?:division|unit|arm|business|filiale|branche|enseigne|pole),) ?<(\d+)>"
)
_FUNDING = re.compile(
    r"\b(?:tour|levee|leve|round|funding|fundraising|raises?|raised|valuation|licornes?|unicorns?|ipo|financing|introduction)\b"
)
_SALE = r"ceder|sell\b|exclusi\w+|cession|vente|sale\b|sold|rachat|offre|bid\b|acquisition|takeover|cedee?|vendue?"


def _is_now(sentence: Sentence, published: str | None) -> bool:
    """Whether a sentence speaks of the news and not of an earlier year."""
    years = [str(q.value)[:4] for q in sentence.quantities if q.kind == "date" and q.value]
    return not (published and years and all(year < published[:4] for year in years))
