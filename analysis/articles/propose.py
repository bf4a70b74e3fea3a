"""From an article's text to proposed claims, for a person to accept, correct or reject.

A proposal is never surer than its words: what the words do not settle is `unclassified`. The nearest cue before or after
an amount says what it is, the sentence's parties say whose, its verbs and sources say how sure (see cues.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from analysis.articles import cues
from analysis.articles.names import OUTLETS, ROLE, ROLES, slug
from analysis.articles.quantities import Quantity, language
from analysis.articles.scene import Scene, Sentence, scene_of
from analysis.errors import DataError

PROPERTIES = (
    "price stake_acquired valuation previous_valuation revenue revenue_forecast round_amount announced_on closed_on "
    "founded investor customer_stance customer_spend person_moves person_role competitor unclassified"
).split()


@dataclass(frozen=True)
class Proposal:
    """One proposed claim; `confidence` is 0 to 1 and `reason` says what it rests on."""

    property: str
    subject: str
    value: Decimal | str | None
    start: int
    end: int
    quote: str
    object: str | None = None
    lo: Decimal | None = None
    hi: Decimal | None = None
    unit: str | None = None
    hedge: str = "exact"
    status: str = "asserted"
    by: tuple[str, ...] = ()
    stage: str = "done"
    period: str | None = None
    confidence: float = 0.5
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """The proposal as plain data."""
        number = Quantity("", 0, 0, "", self.value, self.lo, self.hi).to_json()
        return {
            "property": self.property, "subject": self.subject, "object": self.object, "value": number["value"], "lo": number["lo"],
            "hi": number["hi"], "unit": self.unit, "hedge": self.hedge, "status": self.status, "by": list(self.by), "quote": self.quote,
            "start": self.start, "confidence": self.confidence, "reason": self.reason, "stage": self.stage, "period": self.period,
        }  # fmt: skip


def same(p: Proposal) -> tuple:
    """What makes two proposals the same claim, however often it is said."""
    return (p.property, p.subject, p.object, p.value, p.lo, p.hi, p.unit)


@dataclass
class Draft:
    """An article's proposals with what the text says of itself; `names` gives each subject as it is written."""

    lang: str
    publisher: str | None
    published: str | None
    outlet: str
    proposals: list[Proposal]
    names: dict[str, str] = field(default_factory=dict)
    deal: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True)
class Known:
    """What data/ declares already: names -> subjects, (acquirer, target) -> deals, (investee, year) -> rounds."""

    names: dict[str, str] = field(default_factory=dict)
    deals: dict[tuple[str | None, str | None], str] = field(default_factory=dict)
    rounds: dict[tuple[str, str], str] = field(default_factory=dict)


def propose(text: str, *, published: str | None = None, known: Known | None = None) -> Draft:
    """Propose the claims of an article, in reading order, each once.

    Args:
        text: the article as given, French or English.
        published: EDTF; without it the text's own dateline, if it has one.
        known: what data/ declares, so that its ids are used.

    Raises:
        DataError: the text is neither French nor English.
    """
    lang = language(text)
    if lang is None:
        raise DataError("the text is neither French nor English, the languages that are read. Give it in one of them.")
    publisher, stated = masthead(text)
    published = published or stated
    outlet = slug(publisher) if publisher else "site"
    known = known or Known()
    scene = scene_of(text, lang=lang, published=published, outlet=outlet, known=known.names)
    if scene.deal[0] is None:  # a follow-up names the deal's sides and not the deal
        named = {name.id for name in scene.cast.names}
        scene.deal = next(((a, t) for a, t in known.deals if t == scene.deal[1] and a in named), scene.deal)
    found: list[Proposal] = []
    for sentence in scene.sentences:
        last = next((p for p in reversed(found[-6:]) if p.unit and p.property != "unclassified"), None)
        found += _of_sentence(scene, sentence, known, last)
    found = _with_past(scene, found)
    best: dict[tuple, Proposal] = {}
    for proposal in sorted(found, key=lambda p: p.start):
        earlier = best.get(same(proposal))
        if earlier is None:
            best[same(proposal)] = proposal
        elif proposal.confidence > earlier.confidence:
            best[same(proposal)] = replace(proposal, start=earlier.start, end=earlier.end, quote=earlier.quote)
    return Draft(lang, publisher, published, outlet, list(best.values()), scene.cast.written, scene.deal)


def _with_past(scene: Scene, found: list[Proposal]) -> list[Proposal]:
    """Of two values of one company, the one dated to an earlier month, or told as what it raised at, is its former one."""
    month = (scene.published or "")[:7]
    values = {(p.subject, p.value) for p in found if p.property == "valuation"}
    several = {subject for subject, count in Counter(subject for subject, _ in values).items() if count > 1}
    told = {start: s for s in scene.sentences for start in s.at}
    days = {q.start: str(q.value)[:7] for s in scene.sentences for q in s.quantities if q.kind == "date" and q.value}
    out = []
    for p in found:
        if p.property == "valuation" and p.subject in several and month:
            s = told[p.start]
            dated = [days[q.start] for q in s.quantities if q.start in days and abs(q.start - p.start) < 90]
            raised = re.search(r"\b(?:raised|leve|boucle|valued|valorise\w*)\b", s.text)
            if dated and raised and all(day < month[: len(day)] or (len(day) == 7 and day < month) for day in dated):
                p = replace(p, property="previous_valuation")
        out.append(p)
    return out


def masthead(text: str) -> tuple[str | None, str | None]:
    """The publisher and the date that the first lines state: "PARIS, June 12 (Reuters) -", « | AFP | jeudi 12/06/2025 - »."""
    from analysis.articles.quantities import read

    head = text[:700]
    names = sorted((n for n in {*OUTLETS.values(), *(k.upper() for k in ("afp", "cnbc"))}), key=len, reverse=True)
    listed = "|".join(map(re.escape, names))
    dateline = re.search(rf"\(({listed})\)|\|\s*({listed})\s*\||(?:Source|Par|By)\s*:?\s*({listed})\b", head)
    publisher = next((g for g in dateline.groups() if g), None) if dateline else None
    edge = dateline.end() + 40 if dateline else 400
    days = [
        q for q in read(head[:edge], language(text) or "en") if q.kind == "date" and q.value and len(str(q.value)) == 10
    ]
    line = head[:edge].split("\n")
    opens = [q for q in days if dateline or re.match(r"\s*[-–—|]", head[q.end :])]
    alone = [q for q in days if any(q.text in part and len(part) < 60 for part in line)]
    dated = next((str(q.value) for q in [*opens, *alone]), None)
    return publisher, dated


def _of_sentence(scene: Scene, s: Sentence, known: Known, before: Proposal | None) -> Iterator[Proposal]:
    used: set[int] = set()
    for q in s.quantities:
        if q.kind in {"money", "percent"}:
            proposal = _of_amount(scene, s, q, known, used, before)
            before = proposal if q.kind == "money" else before
            yield proposal
    for q in s.quantities:
        if q.kind == "date" and q.start not in used:
            yield _of_date(scene, s, q, known)
    yield from _stances(scene, s)
    yield from _relations(scene, s, known)
    yield from _people(scene, s)


def _proposal(scene: Scene, s: Sentence, start: int, end: int, **rest: Any) -> Proposal:
    """A proposal with its source chain, status and stage, as its sentence gives them."""
    a, b = s.at.get(start) or rest.pop("verb", (0, 0))
    clause = s.text[max(0, a - 60) : b + 25]
    status, by = _voice(scene, s, rest["property"], rest["subject"], clause)
    rest = {"status": status, "by": tuple(by), "stage": _stage(clause)} | rest
    return Proposal(start=start, end=end, quote=_fragment(scene.flat.given[start:end]), **rest)


def _fragment(text: str) -> str:
    """At most eight words."""
    return " ".join(text.split()[:8])


# --- amounts


def _of_amount(
    scene: Scene, s: Sentence, q: Quantity, known: Known, used: set[int], before: Proposal | None
) -> Proposal:
    property, cue, near = _meaning(scene, s, q)
    if compared := _compared(s, q, property, before):
        property, cue, near = compared
    subject, object_ = _subject(scene, s, q, property, known)
    if (
        before
        and before.start in s.at
        and property[:7] in {"revenue", "previou"}
        and before.property[:7] in {"revenue", "valuati"}
    ):
        subject = before.subject if property[:3] == "rev" and before.property[:3] == "rev" else subject
    if property == "valuation" and subject in {_main_deal(scene, known), scene.deal[1]} and _is_past(scene, s, q):
        property = "previous_valuation"
    dated = property in {"revenue", "revenue_forecast", "customer_spend", "previous_valuation"}
    elsewhere = property == "price" and subject != _main_deal(scene, known)
    period = _period(s, q, used, within=120 if elsewhere else 60) if dated or elsewhere else None
    confidence = 0.3 if property == "unclassified" else round(min(0.95, 0.55 + near), 2)
    reason = f"« {cue} » {'near' if near else 'beside'} the amount" if cue else "no cue settles what it is"
    values = dict(value=q.value, lo=q.lo, hi=q.hi, unit=q.unit, hedge=q.hedge, period=period)
    return _proposal(
        scene,
        s,
        q.start,
        q.end,
        property=property,
        subject=subject,
        object=object_,
        confidence=confidence,
        reason=reason,
        **values,
    )


_IT = re.compile(
    r"\s*(?:it|they|she|he|that figure|this figure|ce chiffre|elle|il|the company|the group|the firm|l'entreprise|la societe|le groupe|the start-?up|la start-up|la jeune pousse)\b"
)
_SAME = re.compile(r"(?: \(|,? (?:or|soit|environ|or about|ou)|,)(?: [a-z]+){0,2} ?\(?")
_FORMER = re.compile(
    r"(?:\bcontre\b|\bup from|\bdown from|compared (?:with|to)|\bversus\b|\bagainst\b|\bapres\b|\bafter\b|\bfrom\b|au lieu d)[^<>#;.]{0,30}$"
)
_TIMES = re.compile(
    r"(?:\bdoubl\w*|\btwice|\btripl\w*|\bquadrupl\w*|\btimes|\bfois)(?: (?:more|plus|que|than|the|de|des|les|du|la|l'|of))*[^<>#;.]{0,12}$"
)


_ROUND = re.compile(
    r"\b(?:tour|levee|round|funding|fundrais\w+|financing|series [a-h]|serie [a-h]|investisseurs|backers|investors)\b"
)
_NO_TERM = re.compile(
    r"milestones?|further|additional|supplementaire|complement|debt|dette|synerg\w+|savings|a year|par an|share\b|action\b|titre\b"
)


def _by_default(scene: Scene, s: Sentence, q: Quantity) -> str | None:
    """What an amount is that no word explains: the price, where a sentence of the head names who buys whom.

    Of a company that nobody buys, and that raises money, it is the round.
    """
    a, b = s.at[q.start]
    if _NO_TERM.search(s.text[max(0, a - 70) : a] + s.text[b : b + 30]) or (q.value or q.hi or 0) < 100_000:  # type: ignore[operator]
        return None
    if any(x and t for x, t in s.sides) or (None not in scene.deal and set(scene.deal) <= set(s.ids)):
        return "price"
    head = s.index < 4
    return "round_amount" if head and scene.deal[0] is None and _ROUND.search(s.text) else None


def _compared(s: Sentence, q: Quantity, property: str, before: Proposal | None) -> tuple[str, str, float] | None:
    """What an amount is that stands against the one before it: « contre 85 millions en 2024 », "double the $4.2 billion"."""
    if before is None:
        return None
    a = s.at[q.start][0]
    here = before.start in s.at
    if here and before.unit != q.unit and _SAME.fullmatch(s.text[s.at[before.start][1] : a]):
        return before.property, "the same amount in another currency", 0.3
    if (before.unit != q.unit and not q.inherited) or property == "previous_valuation":
        return None
    between = s.text[s.at[before.start][1] if here else max(0, a - 60) : a]
    of_sales = before.property.startswith("revenue") or before.property == "customer_spend"
    former = (
        _FORMER.search(between)
        if here and property in {"unclassified", "price", "round_amount", before.property}
        else None
    )
    if before.property == "valuation" and (former or (property != "revenue" and _TIMES.search(between))):
        return "previous_valuation", (former or _TIMES.search(between))[0].strip(), 0.25  # type: ignore[index]
    if (
        of_sales
        and not here
        and property in {"unclassified", "price"}
        and _IT.match(s.text)
        and (match := cues.FORECAST.search(s.text[:a]))
    ):
        return "revenue_forecast", match[0], 0.2
    if of_sales and here and property in {"unclassified", "price"}:
        if former:
            return before.property.removesuffix("_forecast"), former[0].strip(), 0.2
        if match := cues.FORECAST.search(between):
            return "revenue_forecast", match[0], 0.2
    return None


def _meaning(scene: Scene, s: Sentence, q: Quantity) -> tuple[str, str, float]:
    """(property, the cue's words, how near it is, 0 to 0.4) of an amount: the nearest cue wins."""
    a, b = s.at[q.start]
    others = [s.at[o.start] for o in s.quantities if o.start != q.start and o.kind != "date"]
    edges = sorted(end for _, end in others if end <= a)
    if edges and q.kind == "money" and _RISES_TO.match(s.text[edges[-1] : a]):
        edges.pop()  # « ses ventes ont progressé de 9 %, à 168 millions »: the sales are both
    left_edge = edges[-1] if edges else 0
    left = s.text[left_edge:a]
    wide = s.text[max(0, a - 130) : a]
    if q.kind == "percent":
        return _stake_meaning(s, q, wide if left_edge < a - 130 else left, s.text[b : b + 90])
    scored: list[tuple[float, str, str]] = []
    for name, (before, after) in cues.MONEY.items():
        if match := re.search(after, s.text[b : b + 90]):
            if name == "revenue" and _PAST_AMOUNT_OF.match(match[0]):  # « pèse 2,3 milliards de chiffre d'affaires »
                scored.append((60, name, match[0].strip()))
            scored.append(
                (40 - match.end() / 2 + (20 if name in {"other", "customer_spend"} else 8), name, match[0].strip())
            )
        for match in re.finditer(before, left[-110:] if len(left) > 4 else wide):
            gap = len(left[-110:] if len(left) > 4 else wide) - match.end()
            scored.append((44 - gap / 1.6 + len(match[0]) / 20, name, match[0]))
    if _PART_OF.search(left) and _IN_KIND.match(s.text, b):
        return "unclassified", "in cash or in shares", 0.0
    bare = {"for", "pour", "in a", "a", "contre"}
    if any(name == "other" for _, name, _ in scored):  # "settled for": a bare preposition gives way
        scored = [item for item in scored if item[1] != "price" or item[2].strip() not in bare]
    allowed = [(score, name, cue) for score, name, cue in scored if score > 0 and _fits(scene, s, q, name, cue)]
    if not allowed:
        default = _by_default(scene, s, q)
        return (default, "the sentence's deal", 0.0) if default else ("unclassified", "", 0.0)
    score, name, cue = max(allowed, key=lambda item: item[0])
    if name == "other":
        return "unclassified", cue, 0.0
    if name == "revenue" and (cues.FORECAST.search(left[-70:]) or _in_future(scene, s, q)):
        name = "revenue_forecast"
    return name, cue.strip(), round(min(0.4, score / 110), 2)


_PAST_AMOUNT_OF = re.compile(
    r" (?:of|in|de|d'|en) ?(?:annual |net |total |yearly )?(?:revenues?|sales|chiffre|revenus|ventes|recettes|turnover)"
)
# What a market or a share price is worth is no company's valuation, but for a listing to come.
_OF_A_MARKET = re.compile(
    r"\b(?:marches?|market|secteur|industr(?:y|ie)|filiere)\b(?! (?:value|cap|share))[^<>;#]{0,90}$|"
    r"\b(?:titre|actions?|shares?|stock|trading|fell|rose|slid|gained|climbed|dropped|perdait|gagnait|reculait|cedait|progressait|bondissait)\b[^.;]{0,80}?\b(?:valoris\w+|valu\w+|worth)\b[^.;#]*$|\bmarket (?:value|cap\w*)[^.;#]{0,25}$"
)
_ON_EXCHANGE = re.compile(r" (?:en|a la|sur la) bourse|[^.;#<>]{0,12} (?:stock market|market cap)")
_LISTING = re.compile(
    r"introduction|\bipo\b|listing|cotation|offering|went public|par action|l'action|a share|per share"
)
_RISES_TO = re.compile(
    r",? ?(?:[a-z' ]{0,12}#{4,14})?,? ?(?:to|a|at|pour atteindre|atteignant|reaching)(?: [a-z]+){0,2} $"
)
_PART_OF = re.compile(
    r"(?:including|dont|y compris|comprising|consisting of|of which|soit|and|et|plus)\b(?: [\w']+){0,2} $"
)
_IN_KIND = re.compile(
    r" (?:(?:in|en|worth of|of|de) [^.;,#]{0,24}(?:cash|stock|shares|actions|numeraire|titres|debt|dette|units)|worth of)"
)


def _fits(scene: Scene, s: Sentence, q: Quantity, name: str, cue: str) -> bool:
    """Whether a cue may mean its property here: a price needs a deal, a customer's spend a customer that is not the buyer."""
    if name == "price":
        if _YEARLY.match(s.text, s.at[q.start][1]):
            return False
        if re.match(r"invest|mise", cue) and not (
            s.sides or scene.deal[1] in s.ids or _topic(scene, s, s.at[q.start][0])
        ):
            return False
        if (
            (re.search(r"client|customer", s.text) or _PAID_ON.search(s.text))
            and _customer(scene, s)
            and not re.search(r"acqui|rachet|rachat|\bbuy", s.text)
        ):
            return False
        offered = re.search(r"offer|offert|\bbid\b|propos|\bpa(?:y|id|ie)|debours", cue)
        return bool(offered or cues.DEAL_WORDS.search(s.text) or s.sides) and not (
            cue in {"for", "pour", "in a"} and s.at[q.start][0] > 3 and not _close(s, q, cue)
        )
    if name in {"valuation", "previous_valuation"}:
        a, b = s.at[q.start]
        return not (_OF_A_MARKET.search(s.text[:a]) or _ON_EXCHANGE.match(s.text, b)) or bool(_LISTING.search(s.text))
    if name == "customer_spend":
        return (
            _customer(scene, s) is not None
            and scene.deal[1] is not None
            and bool(cues.CUSTOMER.search(s.text) or _PAID_ON.search(s.text))
        )
    return True


def _customer(scene: Scene, s: Sentence) -> str | None:
    """The first company of a sentence that is neither buyer nor target; for « lui verser », the one spoken of before."""
    found = next((id for id in s.ids if id not in scene.deal), None)
    if found or not _PAID_ON.search(s.text):
        return found
    here = s.index
    return next(
        (id for other in scene.sentences[max(0, here - 1) : here] for id in other.ids if id not in scene.deal), None
    )


_YEARLY = re.compile(r" (?:a year|par an|per year|annually|each year|chaque annee|par mois|a month|annuels?)\b")
_PAID_ON = re.compile(
    r"\blui (?:verser|payer)|\b(?:pay|paid|paying) (?:the (?:start-up|company|supplier|firm)|it)\b|(?:verser|payer) a (?:la|l')"
)


def _close(s: Sentence, q: Quantity, cue: str) -> bool:
    """Whether a preposition stands right before the amount, hedges apart."""
    a, _ = s.at[q.start]
    return bool(re.search(rf"\b{cue} (?:[\w'-]+ ){{0,5}}$", s.text[max(0, a - 45) : a]))


def _stake_meaning(s: Sentence, q: Quantity, left: str, right: str) -> tuple[str, str, float]:
    """A stake where one is taken, and nothing where a percentage grows, is kept or is a premium."""
    if q.unit != "percent":
        return "unclassified", "", 0.0
    before = list(re.finditer(cues.STAKE[0], left[-100:]))
    after = re.search(cues.STAKE[1], right)
    against = list(re.finditer(cues.NOT_STAKE[0], left[-60:]))
    if re.search(cues.NOT_STAKE[1], right):
        return "unclassified", "", 0.0
    kept = [m.end() for m in cues.KEEPS.finditer(left[-100:])]
    if kept and kept[-1] > max(
        [m.end() for m in before if not re.match(r"\s?(?:stake|participation)", m[0])], default=0
    ):
        return "unclassified", "kept", 0.0
    gap = len(left[-100:]) - before[-1].end() if before else 999
    gap_against = len(left[-60:]) - against[-1].end() if against else 999
    if gap_against < gap:
        return "unclassified", against[-1][0], 0.0
    if after and (before or "stake" in after[0] or "capital" in after[0] or "des parts" in after[0] or "<" in after[0]):
        return "stake_acquired", (before[-1][0] if before else after[0]).strip(), 0.35
    if before and gap < 45:
        return "stake_acquired", before[-1][0], 0.2
    return "unclassified", "", 0.0


def _is_past(scene: Scene, s: Sentence, q: Quantity) -> bool:
    """Whether a valuation was the target's before the deal: by its words, or by an earlier year right beside it."""
    a, b = s.at[q.start]
    clause = s.text[max(0, a - 110) : a].split(";")[-1] + re.split(r"[,;#]", s.text[b : b + 35])[0]
    now = re.search(
        r"\b(?:values|valuing|valorise\b|valorisant|valoriserait|desormais|now)\b", s.text[max(0, a - 45) : b]
    )
    if now and not re.search(r"\balors\b|previous|precedent|\bavait ete|\betait|had been|ago|il y a", clause):
        return False
    if cues.BEFORE_DEAL.search(clause):
        return True
    year = (scene.published or "")[:4]
    beside = [
        d
        for d in s.quantities
        if d.kind == "date" and d.value and (abs(s.at[d.start][0] - b) < 40 or 0 <= a - s.at[d.start][1] < 35)
    ]
    years = [str(d.value)[:4] for d in beside if not re.search(r"#|,", s.text[b : s.at[d.start][0]])]
    return bool(year and years and all(y < year for y in years))


def _in_future(scene: Scene, s: Sentence, q: Quantity) -> bool:
    year = (scene.published or "")[:4]
    near = [d for d in s.quantities if d.kind == "date" and d.value and abs(s.at[d.start][0] - s.at[q.start][1]) < 12]
    return bool(year) and any(str(d.value)[:4] > year for d in near)


_FOUNDED_IN = re.compile(
    rf"(?:{cues.FOUNDED.pattern})(?:(?: by| par) [^<>.;#,]{{2,30}}|[^<>.;#]{{0,12}})(?:<\d+>)? ?(?:en |in )?$"
)


_LAUNCHED = re.compile(r"lance|launched|vu le jour|nee?s?\b")


def _period(s: Sentence, q: Quantity, used: set[int], *, within: int) -> str | None:
    """The date nearest to an amount, which it covers."""
    a, b = s.at[q.start]
    dates = [d for d in s.quantities if d.kind == "date" and d.value]
    dates = [d for d in dates if not _FOUNDED_IN.search(s.text[: s.at[d.start][0]])]
    gaps = [(min(abs(s.at[d.start][0] - b), abs(a - s.at[d.start][1])), d.start, str(d.value)) for d in dates]
    if not gaps or min(gaps)[0] > within:
        return None
    used.add(min(gaps)[1])
    return min(gaps)[2]


# --- whose


def deal_id(scene: Scene, acquirer: str | None, target: str | None, known: Known, year: str = "") -> str:
    """The id of a deal: the one that data/ declares for these parties, else one made of their names and the year."""
    for (a, t), id in known.deals.items():
        if t == target and (a == acquirer or acquirer is None or (acquirer, target) != scene.deal):
            return id
    parts = [(p or "unknown").partition(":")[2] or "unknown" for p in (acquirer, target)]
    return "deal:" + "-".join([*parts, year or (scene.published or "undated")[:4]])


def _round(scene: Scene, investee: str, known: Known, year: str = "") -> str:
    """The id of a funding round: of the year that stands beside it, else the year when the text dates a round, else this year's."""
    if not year:
        year = scene.round_year or (scene.published or "undated")[:4]
    return known.rounds.get((investee, year)) or f"round:{investee.partition(':')[2]}-{year}"


def _year_beside(s: Sentence, q: Quantity) -> str:
    """The year of a date close by in the sentence, or nothing."""
    dates = [d for d in s.quantities if d.kind == "date" and d.value and abs(s.at[d.start][0] - s.at[q.start][0]) < 70]
    return str(dates[0].value)[:4] if dates else ""


def _main_deal(scene: Scene, known: Known) -> str:
    return deal_id(scene, *scene.deal, known)


def _subject(scene: Scene, s: Sentence, q: Quantity, property: str, known: Known) -> tuple[str, str | None]:
    """(subject, object) of an amount: a deal for its terms, a company for its sales, a customer for its spend."""
    acquirer, target = scene.deal
    a, b = s.at[q.start]
    if property in {"price", "stake_acquired", "unclassified"}:
        here = _local_deal(scene, s, a)
        return (deal_id(scene, *here, known) if here else _main_deal(scene, known)), None
    if property == "customer_spend":
        return _customer(scene, s) or "org:unknown", target
    if property in {"valuation", "previous_valuation"}:
        valued = re.search(r"(?:valu\w+|valoris\w+)(?: the company| la societe)? <(\d+)>", s.text[max(0, a - 70) : a])
        own = re.findall(
            r"<(\d+)>(?: itself)?[^<>.;]{0,40}?(?:is|was|est|etait|vaut|itself|raised|leve\w*|discussions?)\b[^<>;]*$",
            s.text[:a],
        )
        company = s.parties[int(valued[1])].id if valued else s.parties[int(own[-1])].id if own else _topic(scene, s, a)
        buying = s.sides and not own
        if company and company not in {target} and not buying and (not valued or company != acquirer):
            return company, None
        return _main_deal(scene, known) if acquirer else (target or "org:unknown"), None
    standing = s.standing(a)
    company = next(reversed(standing), None) or s.party_before(a) or s.party_after(b) or target or "org:unknown"
    own = standing or [name.id for i, name in enumerate(s.parties) if s.text.rfind(f"<{i}>", 0, a) >= 0]
    company = (
        next((id for id in reversed(own) if id != acquirer), company)
        if len(set(own)) > 1 and property != "round_amount"
        else company
    )
    if property == "round_amount":
        raiser = s.party_before(a, r"[^<>]{0,60}(?:rais|lev|boucl|valued|secured|clos)") or target or company
        return _round(scene, raiser, known, _year_beside(s, q)), None
    return company, None


def _topic(scene: Scene, s: Sentence, position: int) -> str | None:
    """The company that a sentence begins with and goes on about, where it is neither side of the deal."""
    first = re.search(r"<(\d+)>", s.text[:position])
    if not first or not s.opens():
        return None
    id = s.parties[int(first[1])].id
    return None if id in scene.deal else id


_THAT_OF = re.compile(r"\b(?:celle|celui|that|purchase) (?:de |d'|of )[^<>.;]{0,40}<(\d+)>[^<>]*$")
_BOUGHT_IT = re.compile(
    r"<(\d+)>[^<>.;]{0,20} (?:l'(?:a|avait|aurait) |(?:had )?(?:bought|acquired|purchased|took over|picked up) (?:it|the (?:company|unit|firm|business|group))\b)"
)
_BID = re.compile(
    r"\b(?:bid|offer\w*|offre|offert|propos\w+|tabled|lodged|submitted|suggere\w*|soumis|depos\w+|formul\w+|approach|rival\w*|invest\w*|pa(?:id|ye|ie))\b"
)


def _local_deal(scene: Scene, s: Sentence, position: int) -> tuple[str | None, str | None] | None:
    """The deal of a sentence where it is not the article's: another target, another buyer."""
    acquirer, target = scene.deal
    if (past := _THAT_OF.search(s.text, 0, position)) and acquirer:
        return acquirer, s.parties[int(past[1])].id
    if itself := _BOUGHT_IT.search(s.text, 0, position):
        return s.parties[int(itself[1])].id, target
    for a, t in s.sides:
        if t in {None, ""} and a not in {target, acquirer, None} and target not in s.ids and s.index > 3:
            return a, None
        if (
            t in {target, None}
            and a not in {acquirer, None, target}
            and re.search(r"offer|offre|offert|bid|propos|rival|concurren", s.text)
        ):
            return a, target
        if t is None and a not in {target, acquirer, None} and acquirer in s.ids:
            return a, None
        if t not in {target, acquirer, None} and a != t:
            return (a if a not in {None, target, t} else acquirer), t
    if bidder := re.search(
        r"(?:offer|bid|offre|injection|investment|investissement|apport)\w* (?:from|de|by|du) [^<>]{0,30}?<(\d+)>|<(\d+)>,? (?:avait |had )?(?:offert|propose|offered|bid)",
        s.text,
    ):
        id = s.parties[int(bidder[1] or bidder[2])].id
        if id not in {acquirer, target}:
            return id, target
    if (topic := _topic(scene, s, position)) and target and (target in s.ids or _BID.search(s.text)):
        return topic, target
    past = re.search(r"(?:acquisition|rachat|celle) (?:de|of)[^<>.;]{0,60}<(\d+)>", s.text)
    if past and acquirer and target and not {acquirer, target} & set(s.ids):
        return acquirer, s.parties[int(past[1])].id
    return None


# --- dates


def _of_date(scene: Scene, s: Sentence, q: Quantity, known: Known) -> Proposal:
    a, b = s.at[q.start]
    left, right, value = s.text[max(0, a - 90) : a], s.text[b : b + 40], str(q.value or "")
    property, subject, confidence, reason = (
        "unclassified",
        _main_deal(scene, known),
        0.3,
        "no cue settles what happened then",
    )
    day = len(value) == 10
    about = (
        bool(s.sides or re.search(r"accord|deal|operation|transaction|agreement|stake|participation", s.text))
        or scene.deal[1] in s.ids
    )
    match = _FOUNDED_IN.search(left)
    if match and (len(value) == 4 or not _LAUNCHED.search(match[0])):  # what is launched on a day is a product
        of = (
            s.party_after(a - len(left) + match.start(), 40 + len(left))
            if re.search(r"^[^<]*<", s.text[a - len(left) + match.start() : a + 12])
            else s.party_before(a)
        )
        property, subject, confidence, reason = (
            "founded",
            of or scene.deal[1] or "org:unknown",
            0.85,
            f"« {match[0].strip()} » before it",
        )
    elif re.search(
        r"(?:levee de fonds|tour de table|funding round|financing round|\bround)(?: (?:de|of) <\d+>)?,? ?(?:en|in|on|le)? ?$",
        left,
    ):
        subject = _round(scene, scene.deal[1] or "org:unknown", known, value[:4])
        property, confidence, reason = "announced_on", 0.6, "the date of a round"
    elif (
        cues.CLOSED.search(left[-50:])
        and about
        and not re.search(r"ferme|market|seance|bourse|clos(?:e|ing) price", left[-50:] + right)
    ):
        property, confidence, reason = "closed_on", 0.7, f"« {cues.CLOSED.search(left[-50:])[0]} » before it"  # type: ignore[index]
    elif (
        day
        and about
        and not re.search(r"reported|rapporte|shares?\b|action\b", left[-40:])
        and (cues.ANNOUNCED.search(left[-60:]) or cues.ANNOUNCED.search(right[:14]))
    ):
        property, confidence, reason = "announced_on", 0.75, "announced, agreed or confirmed on that day"
    return _proposal(
        scene, s, q.start, q.end, property=property, subject=subject, value=q.value, unit=None, hedge=q.hedge, confidence=confidence, reason=reason,
    )  # fmt: skip


# --- customers, investors, rivals, people


def _stances(scene: Scene, s: Sentence) -> Iterator[Proposal]:
    """What each customer says it will do with its supplier, clause by clause."""
    acquirer, supplier = scene.deal
    here = s.index
    near = supplier and any(supplier in other.ids for other in scene.sentences[max(0, here - 3) : here + 1])
    if not near or not cues.CUSTOMER.search(s.text):
        return
    for clause in re.finditer(r"[^;]+?(?=$|;|, (?:while|tandis|but|mais|days|alors) | (?:while|tandis que) )", s.text):
        for state, pattern in cues.STANCES.items():
            verb = re.search(pattern, clause[0])
            if not verb or re.search(r"\b(?:ne|n'|not|no|never)\b[^<>]{0,12}$", clause[0][: verb.start()]):
                continue
            before = clause[0][: verb.start()]
            listed = re.search(
                r"((?:<\d+>(?:, | and | et )?)+)[^<>]*$", re.sub(rf"<{_index(s, supplier)}>", "it", before)
            )
            spoken = [s.parties[int(n)] for n in re.findall(r"<(\d+)>", listed[1] if listed else before)]
            for name in [n for n in spoken if n.id not in {acquirer, supplier}]:
                start, end = scene.flat.span(name.start, name.end)
                yield _proposal(scene, s, start, end, property="customer_stance", subject=name.id, object=supplier, value=state,
                                verb=(clause.start() + verb.start(), clause.start() + verb.end()), confidence=0.6, reason=f"« {verb[0]} »")  # fmt: skip
            break


def _index(s: Sentence, id: str | None) -> int:
    return s.ids.index(id) if id in s.ids else 99


def _relations(scene: Scene, s: Sentence, known: Known) -> Iterator[Proposal]:
    """Investors of a round and competitors of a company, from lists of names."""
    acquirer, target = scene.deal
    if match := cues.INVESTORS.search(s.text):
        for name in s.parties:
            if name.id not in {target, None} and not (name.id == acquirer and match[0].startswith("investor")):
                start, end = scene.flat.span(name.start, name.end)
                subject = _round(scene, target or "org:unknown", known)
                yield _proposal(scene, s, start, end, property="investor", subject=subject, object=name.id, value=None,
                                confidence=0.6, reason=f"« {match[0]} »")  # fmt: skip
    if match := cues.RIVALS.search(s.text):
        rest = s.text[match.end() :]
        listed = re.match(r"(?:[^<>.;]{0,30}?<\d+>(?:,| et| and| ou| or)?)+", rest)
        person = scene.cast.within(s.start, s.end, "person")
        of = s.party_before(match.start()) or (_owner(scene, s) if person or not target else target)
        for number in re.findall(r"<(\d+)>", listed[0] if listed else ""):
            name = s.parties[int(number)]
            start, end = scene.flat.span(name.start, name.end)
            if name.id != of:
                yield _proposal(scene, s, start, end, property="competitor", subject=of, object=name.id, value=None,
                                confidence=0.6, reason=f"« {match[0]} »")  # fmt: skip


def _owner(scene: Scene, s: Sentence) -> str:
    """Whom a sentence without a subject of its own goes on about: the company named last before it."""
    before = scene.cast.last_before(s.start)
    return before.id if before else scene.deal[1] or "org:unknown"


def _people(scene: Scene, s: Sentence) -> Iterator[Proposal]:
    """Roles beside a person's name, and moves to another company."""
    low = scene.flat.low
    for person in scene.cast.within(s.start, s.end, "person"):
        before, after = (
            low[max(s.start, person.start - 90) : person.start],
            low[person.end : min(s.end, person.end + 110)],
        )
        start, end = scene.flat.span(person.start, person.end)
        found: list[str] = []
        beside = re.search(rf"(?:(?:{ROLE})(?:(?: et | and |, )(?:{ROLE}))?[^.;]{{0,32}})$", before)
        behind = _BEHIND.match(after)
        for told in (beside and beside[0], behind and behind[0]):
            rest = told or ""
            for role, pattern in ROLES.items():  # the narrower first; what it took is no longer there for the broader
                rest, times = re.subn(rf"\b(?:{pattern})\b", "-", rest)
                found += [role] if times and role not in found else []
        found = [role for role in found if role != "head" or len(found) == 1]
        employer = _employer(scene, s, person.start, person.end)
        for role in found:
            if employer:
                yield _proposal(scene, s, start, end, property="person_role", subject=person.id, object=employer, value=role, confidence=0.65,
                                reason="the role stands beside the name")  # fmt: skip
        if move := re.match(rf"[^.;]{{0,60}}?{cues.MOVES.pattern}", after):
            joined = next(
                (
                    n
                    for n in scene.cast.within(person.end + move.end(), s.end, "org")
                    if n.start - person.end - move.end() < 40
                ),
                None,
            )
            if joined and joined.id != employer:
                yield _proposal(scene, s, start, end, property="person_moves", subject=person.id, object=joined.id, value=None, confidence=0.65,
                                reason=f"« {move[0].split()[-1]} »")  # fmt: skip


_BEHIND = re.compile(
    rf",? (?:\(?[0-9]{{2}}(?: ans)?\)?,? )?(?:(?:the |its |their |le |la |l'actuel |[\w .&-]{{2,25}}'s )?(?:{ROLE})[^.;]{{0,50}}?)?"
    rf"(?:[^.;]{{0,60}}?(?:role de|poste de|en tant que|becomes?|became|as|devient|nommee?|deviendra|become) (?:the |its )?(?:{ROLE})\b)?"
)


def _employer(scene: Scene, s: Sentence, start: int, end: int) -> str | None:
    """The company of a person's role: the one before the name, else « of » one after it, else the one spoken of."""
    low = scene.flat.low
    orgs = scene.cast.within(s.start, s.end, "org")
    before = [n for n in orgs if n.end <= start and start - n.end < 45]
    after = [
        n
        for n in orgs
        if end <= n.start < end + 60
        and re.search(r"(?: of | at | de | d'|chez |du )$", low[max(0, n.start - 6) : n.start])
    ]
    after += [n for n in orgs if end <= n.start < end + 8 and low.startswith("'s", n.end)]
    if before and not re.search(r"[.;]|\bfrom\b", low[before[-1].end : start]):
        return before[-1].id
    if after:
        return after[0].id
    return next((n.id for n in reversed(orgs) if n.end <= start), scene.deal[1])


# --- how sure


def _voice(scene: Scene, s: Sentence, property: str, subject: str, clause: str) -> tuple[str, list[str]]:
    """(status, chain of sources, origin first): sources by the sentence, mood by the clause."""
    text, own = s.text, scene.outlet
    outlets = [n.id for n in scene.cast.within(s.start, s.end, "outlet") if n.id != own]
    attributed = cues.ATTRIBUTION.search(text)
    unnamed = next((name for name, pattern in cues.UNNAMED.items() if re.search(pattern, text)), None)
    if outlets and attributed:
        return "reported", [outlets[0], own]
    if unnamed and unnamed != "analysts":
        return "reported", [unnamed, own]
    if property == "revenue_forecast" or unnamed:
        return "estimated", [unnamed or own, *([own] if unnamed else [])]
    conditional = cues.CONDITIONAL.search(clause) if property not in {"person_role", "investor", "competitor"} else None
    if conditional:
        expected = cues.WOULD_HAVE_TO.search(clause)
        return ("estimated", [own]) if expected else ("reported", ["unattributed", own])
    if said := cues.PARTY_SPEAKS.search(text):
        if re.search(
            r"the (?:two )?companies (?:said|announced)|les deux (?:entreprises|groupes|societes)|companies announced",
            text,
        ):
            return "confirmed", ["deal-parties", own]
        if speaker := _speaker(scene, s, said[0], {*scene.deal, subject}):
            return "confirmed", [speaker.partition(":")[2], own]
    return "asserted", [own]


def _speaker(scene: Scene, s: Sentence, said: str, concerned: set[str | None]) -> str | None:
    """The party, or the person, whose name stands nearest to the verb of saying."""
    at = scene.flat.low.find(said, s.start)
    names = [n for n in scene.cast.within(s.start, s.end, "person", "org") if n.type == "person" or n.id in concerned]
    near = sorted(names, key=lambda n: min(abs(n.end - at), abs(n.start - at - len(said))))
    return near[0].id if near and min(abs(near[0].end - at), abs(near[0].start - at - len(said))) < 70 else None


def _stage(text: str) -> str:
    """How far the event has come, by the sentence's verbs."""
    return next((stage for stage, pattern in cues.STAGE.items() if re.search(rf"\b(?:{pattern})", text)), "done")
