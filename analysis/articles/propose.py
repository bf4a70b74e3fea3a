"""From an article's text to proposed claims, for a person to accept, correct or reject.

A proposal is never surer than its words: what the words do not settle is `unclassified`. The nearest cue before or after
an amount says what it is, the sentence's parties say whose, its verbs and sources say how sure (see cues.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from analysis.articles import cues
from analysis.articles.meaning import ANOTHERS, BESIDE, SAME_AMOUNT, is_past, meaning_of, told_former
from analysis.articles.names import OUTLETS, slug
from analysis.articles.parties import main_deal, round_id, subject_of
from analysis.articles.proposal import Draft, Known, Proposal, proposed, same
from analysis.articles.quantities import Quantity, language, read
from analysis.articles.relations import people, relations, stances
from analysis.articles.scene import Scene, Sentence, scene_of
from analysis.articles.typography import led_by
from analysis.errors import DataError


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
    found = _with_past(scene, found, main_deal(scene, known))
    best: dict[tuple, Proposal] = {}
    for proposal in sorted(found, key=lambda p: p.start):
        earlier = best.get(same(proposal))
        if earlier is None:
            best[same(proposal)] = proposal
        elif proposal.confidence > earlier.confidence:
            best[same(proposal)] = replace(proposal, start=earlier.start, end=earlier.end, quote=earlier.quote)
    return Draft(
        lang,
        publisher,
        published,
        outlet,
        _of_named_buyers(scene, main_deal(scene, known), best),
        scene.cast.written,
        scene.deal,
    )


_NO_BUYER = "deal:unknown-"


def _stands_for(scene: Scene, main: str, p: Proposal, named: list[str]) -> bool:
    """Whether the article's deal stands in for another buyer's: of the same target and sum, and the sentence names no buyer."""
    acquirer, target = scene.deal
    if p.subject != main or not acquirer or not target or p.property not in {"price", "stake_acquired"}:
        return False
    ends = p.subject[len("deal:" + acquirer.partition(":")[2]) :]
    told = next((s for s in scene.sentences if p.start in s.at), None)
    others = [n for n in named if n != p.subject and n.endswith(ends)]
    return bool(others) and told is not None and acquirer not in told.ids


def _of_named_buyers(scene: Scene, main: str, best: dict[tuple, Proposal]) -> list[Proposal]:
    """The proposals without those of a deal whose buyer is left out, where another tells the same amount with the buyer."""
    buyers: dict[tuple, list[str]] = {}
    for key, p in best.items():
        if p.property in {"price", "stake_acquired"} and not p.subject.startswith(_NO_BUYER):
            buyers.setdefault((p.property, *key[3:]), []).append(p.subject)
    found = [(p, buyers.get((p.property, *key[3:]), [])) for key, p in best.items()]
    found = [(p, named) for p, named in found if not _stands_for(scene, main, p, named)]
    return [
        p
        for p, named in found
        if not any(n.endswith(p.subject.removeprefix("deal:unknown")) for n in named)
        or not p.subject.startswith(_NO_BUYER)
    ]


# "Twelve months ago Verrine was worth", « elle valait »: of a company that the text values again
_ONCE_WORTH = re.compile(
    r"\b(?:was (?:last |then |once )?(?:worth|valued)|were (?:last )?valued|had been (?:worth|valued)|having been valued|last valued|valait|valaient|pesait|l'(?:evaluait|evaluaient|valorisait|valorisaient|estimaient)|la (?:valorisait|valorisaient|evaluait|evaluaient)|etait (?:alors )?(?:valorisee?|evaluee?|estimee?)|avait ete valorisee?)\b[^.;#]*$"
)
_NOW = re.compile(r"\b(?:now|today|desormais|aujourd'hui)\b")
_NOW_WORTH = re.compile(rf"{_NOW.pattern}[^.;#]{{0,50}}$")


def _with_past(scene: Scene, found: list[Proposal], main: str) -> list[Proposal]:
    """Of two values of one company, the one dated to an earlier month, or told as what it raised at, is its former one."""
    month = (scene.published or "")[:7]
    told = {start: s for s in scene.sentences for start in s.at}

    def whose(p: Proposal) -> str:
        return scene.deal[1] or p.subject if p.subject.startswith("deal:") and p.subject == main else p.subject

    values = {(whose(p), p.value) for p in found if p.property == "valuation"}
    several = {subject for subject, count in Counter(subject for subject, _ in values).items() if count > 1}
    now = {
        whose(p)
        for p in found
        if p.property == "valuation" and led_by(_NOW_WORTH, told[p.start].text, told[p.start].at[p.start][0])
    }
    days = {q.start: str(q.value)[:7] for s in scene.sentences for q in s.quantities if q.kind == "date" and q.value}
    out = []
    for p in found:
        if p.property == "valuation" and whose(p) in several and month:
            s = told[p.start]
            dated = [days[q.start] for q in s.quantities if q.start in days and abs(q.start - p.start) < 90]
            raised = re.search(r"\b(?:raised|leve|boucle|valued|valorise\w*)\b", s.text)
            a, _ = s.at[p.start]
            if led_by(_ONCE_WORTH, s.text, a) and not led_by(_NOW_WORTH, s.text, a):
                p = replace(p, property="previous_valuation")
            elif (
                dated
                and not led_by(_NOW_WORTH, s.text, a)
                and (raised or (whose(p) in now and not _NOW.search(s.text)))
                and all(day < month[: len(day)] or (len(day) == 7 and day < month) for day in dated)
            ):
                p = replace(p, property="previous_valuation")
        out.append(p)
    return out


def masthead(text: str) -> tuple[str | None, str | None]:
    """The publisher and the date that the first lines state: "PARIS, June 12 (Reuters) -", « | AFP | jeudi 12/06/2025 - »."""

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
    yield from stances(scene, s)
    yield from relations(scene, s, known)
    yield from people(scene, s)


def _of_amount(
    scene: Scene, s: Sentence, q: Quantity, known: Known, used: set[int], before: Proposal | None
) -> Proposal:
    property, cue, near = meaning_of(scene, s, q, before)
    subject, object_ = subject_of(scene, s, q, property, known)
    if before and before.start in s.at and property[:7] == before.property[:7] == "revenue":
        subject = before.subject
    if before and before.start in s.at and property == "previous_valuation" and before.property == "valuation":
        between = s.text[s.at[before.start][1] : s.at[q.start][0]]
        subject = subject if "<" in between else before.subject
    if before and (cue == SAME_AMOUNT or (cue == BESIDE and "respecti" not in s.text)):
        subject, object_ = before.subject, before.object
    if property == "valuation" and subject in {main_deal(scene, known), scene.deal[1]} and is_past(scene, s, q):
        property = "previous_valuation"
    if property == "valuation" and cue != ANOTHERS and told_former(s, q):
        property = "previous_valuation"
    dated = property in {"revenue", "revenue_forecast", "customer_spend", "previous_valuation"}
    elsewhere = property == "price" and subject != main_deal(scene, known)
    period = _period(s, q, used, within=120 if elsewhere else 60) if dated or elsewhere else None
    confidence = 0.3 if property == "unclassified" else round(min(0.95, 0.55 + near), 2)
    reason = f"« {cue} » {'near' if near else 'beside'} the amount" if cue else "no cue settles what it is"
    values = dict(value=q.value, lo=q.lo, hi=q.hi, unit=q.unit, hedge=q.hedge, period=period)
    return proposed(
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


def _of_date(scene: Scene, s: Sentence, q: Quantity, known: Known) -> Proposal:
    a, b = s.at[q.start]
    left, right, value = s.text[max(0, a - 90) : a], s.text[b : b + 40], str(q.value or "")
    property, subject, confidence, reason = (
        "unclassified",
        main_deal(scene, known),
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
            if "<" in s.text[a - len(left) + match.start() : a] or re.match(r",? <", s.text[b:])
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
        subject = round_id(scene, scene.deal[1] or "org:unknown", known, value[:4])
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
    return proposed(
        scene, s, q.start, q.end, property=property, subject=subject, value=q.value, unit=None, hedge=q.hedge, confidence=confidence, reason=reason,
    )  # fmt: skip
