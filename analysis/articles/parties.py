"""Whose an amount is: the deal of its sentence, a company, a customer or a round."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.articles.proposal import Known
from analysis.articles.quantities import Quantity
from analysis.articles.scene import Scene, Sentence
from analysis.articles.sides import ASIDE, FROM, SPENT_ON


def customer_of(scene: Scene, s: Sentence) -> str | None:
    """The first company of a sentence that is neither buyer nor target; for « lui verser », the one spoken of before."""
    found = next((id for id in s.ids if id not in scene.deal), None)
    if found or not PAID_ON.search(s.text):
        return found
    here = s.index
    return next(
        (id for other in scene.sentences[max(0, here - 1) : here] for id in other.ids if id not in scene.deal), None
    )


PAID_ON = re.compile(
    r"\blui (?:verser|payer)|\b(?:pay|paid|paying) (?:the (?:start-up|company|supplier|firm)|it)\b|(?:verser|payer) a (?:la|l')"
)


def deal_id(scene: Scene, acquirer: str | None, target: str | None, known: Known, year: str = "") -> str:
    """The id of a deal: the one that data/ declares for these parties, else one made of their names and the year."""
    for (a, t), id in known.deals.items():
        if t == target and (a == acquirer or acquirer is None or (acquirer, target) != scene.deal):
            return id
    parts = [(p or "unknown").partition(":")[2] or "unknown" for p in (acquirer, target)]
    return "deal:" + "-".join([*parts, year or (scene.published or "undated")[:4]])


def round_id(scene: Scene, investee: str, known: Known, year: str = "") -> str:
    """The id of a funding round: of the year that stands beside it, else the year when the text dates a round, else this year's."""
    if not year:
        year = scene.round_year or (scene.published or "undated")[:4]
    return known.rounds.get((investee, year)) or f"round:{investee.partition(':')[2]}-{year}"


def _year_beside(s: Sentence, q: Quantity) -> str:
    """The year of a date close by in the sentence, or nothing."""
    dates = [d for d in s.quantities if d.kind == "date" and d.value and abs(s.at[d.start][0] - s.at[q.start][0]) < 70]
    return str(dates[0].value)[:4] if dates else ""


def main_deal(scene: Scene, known: Known) -> str:
    return deal_id(scene, *scene.deal, known)


def subject_of(scene: Scene, s: Sentence, q: Quantity, property: str, known: Known) -> tuple[str, str | None]:
    """(subject, object) of an amount: a deal for its terms, a company for its sales, a customer for its spend."""
    acquirer, target = scene.deal
    a, b = s.at[q.start]
    if property in {"price", "stake_acquired", "unclassified"}:
        here = _local_deal(scene, s, a)
        if not here and not s.ids and (topic := scene.spoken_of(s)):
            here = (None, topic)
        return (deal_id(scene, *here, known) if here else main_deal(scene, known)), None
    if property == "customer_spend":
        return customer_of(scene, s) or "org:unknown", target
    if property in {"valuation", "previous_valuation"}:
        if _DEAL_VALUES.search(s.text[max(0, a - 70) : a]):
            others = [t for _, t in s.sides if t and t not in scene.deal]
            if not others or target in s.ids:
                return main_deal(scene, known) if acquirer else (target or "org:unknown"), None
            return others[-1], None
        if not s.ids and (topic := scene.spoken_of(s)):
            return topic, None
        valued = re.search(r"(?:valu\w+|valoris\w+)(?: the company| la societe)? <(\d+)>", s.text[max(0, a - 70) : a])
        own = re.findall(
            r"<(\d+)>(?: itself)?[^<>.;]{0,40}?(?:is|was|est|etait|vaut|itself|raised|leve\w*|discussions?)\b[^<>;]*$",
            s.text[:a],
        )
        own = _AFTER_ASIDE.findall(s.text[:a]) or own
        company = (
            s.parties[int(valued[1])].id if valued else s.parties[int(own[-1])].id if own else topic_of(scene, s, a)
        )
        buying = s.sides and not own
        if company and company not in {target} and not buying and (not valued or company != acquirer):
            return company, None
        return main_deal(scene, known) if acquirer else (target or "org:unknown"), None
    if not s.ids and (topic := scene.spoken_of(s)):
        return (round_id(scene, topic, known, _year_beside(s, q)) if property == "round_amount" else topic), None
    standing = s.standing(a)
    company = next(reversed(standing), None) or s.party_before(a) or s.party_after(b) or target or "org:unknown"
    own = standing or [name.id for i, name in enumerate(s.parties) if s.text.rfind(f"<{i}>", 0, a) >= 0]
    company = (
        next((id for id in reversed(own) if id != acquirer), company)
        if len(set(own)) > 1 and property != "round_amount"
        else company
    )
    if property == "round_amount":
        raiser = (
            s.party_before(
                a,
                r"[^<>]{0,130}\b(?:rais|lev|pull|bank|land|bag|nab|collect|amass|haul|decroch|obt|empoch|recolt|boucl|valued|secured|clos)",
            )
            or target
            or company
        )
        return round_id(scene, raiser, known, _year_beside(s, q)), None
    return company, None


def topic_of(scene: Scene, s: Sentence, position: int) -> str | None:
    """The company that a sentence begins with and goes on about, where it is neither side of the deal."""
    first = next((m for m in _PARTY.finditer(s.text, 0, position) if not ASIDE.match(s.text, m.end())), None)
    if not first or not s.opens():
        return None
    id = s.parties[int(first[1])].id
    return None if id in scene.deal else id


# "Verrine, backed by Ostrea and Halmar, was last valued at"
_AFTER_ASIDE = re.compile(
    r"^[^<>]{0,40}<(\d+)>, [^.;#]*, (?:is|was|has been|had been|were|est|etait|a ete|avait ete|vaut|valait|pese|pesait)\b[^<>,;#]*$"
)
# "the deal values the whole business at", « le rachat de Verrine, valorisant l'enseigne »: not what the sentence began with
_DEAL_VALUES = re.compile(
    r"\b(?:deal|offer|transaction|bid|takeover|operation|accord|offre|rachat|cession)[^<>.;#]{0,20} (?:valu|valor|impl|price[sd])\w*[^<>;#]*$|[<>#0-9],? valorisant (?:l'enseigne|la societe|l'entreprise|le groupe|l'ensemble)[^<>]*$"
)
_THAT_OF = re.compile(r"\b(?:celle|celui|that|purchase) (?:de |d'|of )[^<>.;]{0,40}<(\d+)>[^<>]*$")
_BOUGHT_IT = re.compile(
    r"<(\d+)>[^<>.;]{0,20} (?:l'(?:a|avait|aurait) |(?:had )?(?:bought|acquired|purchased|took over|picked up|took) (?:(?:an? )?#+ (?:stake )?(?:of|in) )?(?:it|the (?:company|unit|firm|business|group))\b)"
)
# "It was taken private in 2017 by Mercer", « le groupe avait été racheté par Ostrea »
_WAS_BOUGHT = re.compile(
    r"\b(?:it|they|he|il|elle|(?:le|la|l'|the )[^<>.;,#]{3,40}) (?:was|were|had been|has been|a ete|avait ete|est|etait|fut) "
    r"(?:bought|acquired|taken|sold|purchased|picked up|spun|rachete|acquis|repris|vendu|cede|achete)\w*(?: (?:private|out|over|off))?[^<>.;]{0,30}? (?:by|to|par|a|au) [^<>.;,]{0,40}?<(\d+)>"
)
_PARTY = re.compile(r"<(\d+)>")
# « 1,9 milliard pour celle de Halmar »
_RIVAL_SUM = re.compile(
    r"#+,? (?:pour|for|from|chez|by|de|of) (?:(?:celle|celui|that) (?:\w+ )?(?:de |d'|of |du |from |by |par ))(?:\w+ ){0,2}<(\d+)>"
)
_BID = re.compile(
    r"\b(?:bid|offer\w*|offre|offert|propos\w+|tabled|lodged|submitted|suggere\w*|soumis|depos\w+|formul\w+|approach|rival\w*|invest\w*|pa(?:id|ye|ie))\b"
)


def _sides_by(s: Sentence, position: int) -> list[tuple[str | None, str | None]]:
    """Who buys whom in the clause of an amount: "bought Verrine for 1 billion and sold a unit to Halmar for 2 billion"."""
    before = [s.at[q.start][1] for q in s.quantities if q.kind == "money" and s.at[q.start][1] <= position]
    joined = _NEXT_DEAL.search(s.text, before[-1], position) if before else None
    if not joined:
        return s.sides
    clause = replace(s, text=" " * joined.start() + s.text[joined.start() :])
    standing = s.standing(joined.start())
    return [(a or next(iter(standing), None), t) for a, t in clause.sides] or s.sides


_NEXT_DEAL = re.compile(
    r"(?:,| and| et|;)(?: [a-z]+)?,? (?:bought|sold|acquired|purchased|(?:a |avait )?(?:vendu|cede|rachete|acquis)|paid)\b"
)


def _local_deal(scene: Scene, s: Sentence, position: int) -> tuple[str | None, str | None] | None:
    """The deal of a sentence where it is not the article's: another target, another buyer."""
    acquirer, target = scene.deal
    if (past := _THAT_OF.search(s.text, 0, position)) and acquirer:
        return acquirer, s.parties[int(past[1])].id
    if theirs := _RIVAL_SUM.match(s.text, position):
        return s.parties[int(theirs[1])].id, target
    if (itself := _BOUGHT_IT.search(s.text, 0, position + 30)) and itself.start() < position:
        whose = re.search(r"<(\d+)>'s|(?:owner of|proprietaire d[eu']) ?<(\d+)>", s.text[: itself.start()])
        owned = s.ids[int(whose[1] or whose[2])] if whose else None
        return s.parties[int(itself[1])].id, owned or target
    if (was := _WAS_BOUGHT.search(s.text, 0, position)) and not _PARTY.search(s.text, 0, was.start()):
        return s.parties[int(was[1])].id, target
    ends = dict(s.at.values())
    if (on := SPENT_ON.match(s.text, ends[position])) and not FROM.search(on[0]):
        standing, spent_on = s.standing(position), s.parties[int(on[1])].id
        if standing and spent_on not in {target, acquirer, standing[0]}:
            return (standing[0] if standing[0] != target else acquirer), spent_on
    for a, t in _sides_by(s, position):
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
        r"(?:offer|bid|offre|injection|investment|investissement|apport)\w* (?:from|de|by|du) [^<>]{0,30}?<(\d+)>|<(\d+)>,? (?:avait |had |aurait |a |has )?(?:offert|propose|offered|bid)|"
        r"<(\d+)>,? (?:which |who |qui )?(?:had |avait |a |has )?(?:made|tabled|submitted|lodged|launched|fait|depose|presente) [^<>;.]{0,60}\b(?:bid|offer|approach|proposal|offre|proposition)\b",
        s.text,
    ):
        id = s.parties[int(bidder[1] or bidder[2] or bidder[3])].id
        if id not in {acquirer, target}:
            return id, target
    if scene.deal in s.sides:
        return None
    if (topic := topic_of(scene, s, position)) and target and (target in s.ids or _BID.search(s.text)):
        return topic, target
    past = re.search(r"(?:acquisition|rachat|celle) (?:de|of)[^<>.;]{0,60}<(\d+)>", s.text)
    if past and acquirer and target and not {acquirer, target} & set(s.ids):
        return acquirer, s.parties[int(past[1])].id
    return None
