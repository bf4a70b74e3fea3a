"""Strains of words: who vouches, how far along, of what nature, in which role; words repeated and words recast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from analysis.articles.schema import NUMERIC_KINDS, STAGES
from analysis.articles.wording import day, word, worded
from analysis.facts.strain_words import amount
from analysis.facts.strains import Ground, Row, Strain, about, interval_of, nested, word_of

NATURES = ("deal_nature",)
ROLES = ("person_role", "person_moves", "role_at_acquirer")
FOUNDING = re.compile(r"co-?founder|founder")
ALIKE = 0.6  # how much of two quotations must coincide for them to be one utterance


def statuses(ground: Ground) -> Iterator[Strain]:
    """One statement that some vouch for and others only pass on, in another article or in the same one."""
    for rows in _same_statement(ground):
        if len({row["status"] for row in rows} - {"derived"}) < 2:
            continue
        told = ground.each(rows, lambda row: f"{_what(ground, row)}, {word('status', row['status'], ground.lang)}")
        verdict = "conflict" if _drops_its_source(ground, rows) else "refinement"
        way = ground.say("treat origin")
        yield ground.strain("status", about(rows[0]), rows, "statuses", verdict, told=told, treatment=way)


def _drops_its_source(ground: Ground, rows: list[Row]) -> bool:
    """Whether one alone asserts in its own voice what others have from unnamed people, and no party confirms as much.

    Two that assert it, each in its own voice, vouch for it together.
    """
    bare = [row for row in rows if row["status"] == "asserted"]
    unnamed = [r for r in rows if r["status"] == "reported" and ground.kinds.get(r["origin"]) == "unnamed"]
    if len({row["origin"] for row in bare}) != 1 or not unnamed:
        return False
    confirmed = any(r["status"] == "confirmed" and _agree(r, bare[0], exact=True) for r in rows)
    return not confirmed and any(row["article_id"] != bare[0]["article_id"] for row in unnamed)


def stages(ground: Ground) -> Iterator[Strain]:
    """One step that is done in one place and only planned in another; later texts may be further along."""
    for rows in _same_statement(ground):
        if rows[0]["cardinality"] == "over_time":
            continue
        reached = sorted({STAGES[::-1].index(row["stage"]) for row in rows if row["stage"]})
        if len(reached) < 2:
            continue
        told = ground.each(rows, lambda row: f"{_what(ground, row)}, {word('stage', row['stage'], ground.lang)}")
        order = sorted(rows, key=lambda row: -STAGES.index(row["stage"]))
        days = [row["known_on"] for row in order]
        later = None not in days and days == sorted(days) and len(set(days)) > 1
        clash = reached[-1] >= STAGES[::-1].index("signed") and reached[0] <= STAGES[::-1].index("planned")
        said, verdict = ("stages later", "consistent") if later else ("stages", "conflict" if clash else "refinement")
        way = "" if later else ground.say("treat stage")
        yield ground.strain("stage", about(rows[0]), rows, said, verdict, told=told, treatment=way)


def natures(ground: Ground) -> Iterator[Strain]:
    """What a deal is called: investment, partnership, acquisition; between articles and inside each."""
    for deal, rows in ground.grouped(ground.named(*NATURES), lambda r: r["subject"]).items():
        yield from _worded(ground, "nature", deal, rows)
        for article, own in ground.grouped(rows, lambda r: r["article_id"]).items():
            if len(own) < len(rows):
                yield from _worded(ground, "nature", f"{deal}/{article}", own)


def roles(ground: Ground) -> Iterator[Strain]:
    """Interim or full, founder or co-founder, leads or takes part: one person in one organisation."""
    for (person, org, _), rows in ground.grouped(ground.named(*ROLES), _post).items():
        founding = [row for row in rows if FOUNDING.search(word_of(row) or "")]
        yield from _worded(ground, "founder", f"{person}/{org}", founding)
        for article, own in ground.grouped(founding, lambda r: r["article_id"]).items():
            if len(own) < len(founding):
                yield from _worded(ground, "founder", f"{person}/{org}/{article}", own)
        others = [row for row in rows if row not in founding]
        for ahead in (False, True):
            part = [row for row in others if (row["stage"] != "done") == ahead]
            yield from _worded(ground, "role", f"{person}/{org}/{'next' if ahead else 'now'}", part)


def degrees(ground: Ground) -> Iterator[Strain]:
    """Words of degree: poorly received or mixed, significant or minor; any other property told in words of choice."""
    kept = [r for r in ground.rows if r["kind"] == "choice" and r["cardinality"] != "over_time"]
    kept = [row for row in kept if row["property"] not in (*NATURES, *ROLES)]
    kept = [row for row in kept if row["cardinality"] == "one" or "reception" in row["property"]]
    kept += ground.named("degree")
    for key, rows in ground.grouped(kept, lambda r: (r["subject"], r["property"], r["object"])).items():
        kind = "stage" if key[1] == "deal_stage" else "degree"
        yield from _worded(ground, kind, "/".join(part for part in key if part), rows)


def changes(ground: Ground) -> Iterator[Strain]:
    """A state that changed with time: both are kept, and the latest holds."""
    over = [row for row in ground.rows if row["cardinality"] == "over_time" and row["property"] not in ROLES]
    for key, rows in ground.grouped(over, lambda r: (r["subject"], r["property"], r["object"])).items():
        dated = sorted((row for row in rows if word_of(row) and _day(row)), key=lambda r: (_day(r), r["id"]))
        if len({word_of(row) for row in dated}) > 1:
            told = ground.each(dated, lambda row: f"{_what(ground, row)} ({day(str(_day(row)), ground.lang)})")
            name, way = "/".join(part for part in key if part), ground.say("treat latest")
            yield ground.strain("change", name, dated, "changed", "refinement", told=told, treatment=way)


def repeats(ground: Ground) -> Iterator[Strain]:
    """One statement in headline, lead and body, or passed on by several articles from one origin: one voice."""
    spans = dict(ground.corpus.evidence.group_by("claim_id").len().iter_rows()) if ground.corpus.evidence.height else {}
    for rows in _same_statement(ground, exact=True):
        for (article, _), own in ground.grouped(rows, lambda r: (r["article_id"], r["origin"])).items():
            times = sum(max(spans.get(row["id"], 1), 1) for row in own)
            if times > 1:
                fields = {"who": ground.who(own[0]), "times": times, "what": _what(ground, own[0])}
                yield ground.strain(
                    "repeated", f"{about(own[0])}/{article}", own, "repeated", "consistent",
                    treatment=ground.say("treat once"), **fields,
                )  # fmt: skip
        for origin, own in ground.grouped(rows, lambda r: r["origin"]).items():
            if origin and len({row["article_id"] for row in own}) > 1:
                told = ground.each(own, lambda row: _what(ground, row))
                yield ground.strain(
                    "repeated", f"{about(own[0])}/{origin}", own, "same origin", "consistent",
                    told=told, origin=ground.label(origin), treatment=ground.say("treat once"),
                )  # fmt: skip


def recasts(ground: Ground) -> Iterator[Strain]:
    """Words of one speaker in two forms: quotation marks promise the words, and only one form can be them."""
    speakers = [row for row in ground.spoken if ground.kinds.get(row["origin"]) in ("party", "named")]
    for (origin, subject), rows in ground.grouped(speakers, lambda r: (r["origin"], r["subject"])).items():
        said = [(row, quote) for row in rows for quote in _quotes(ground, row)]
        for (one, first), (other, second) in combinations(said, 2):
            if _recast(first, second):
                way = ground.say("treat words")
                yield ground.strain(
                    "recast", f"{origin}/{subject}", [one, other], "recast", "conflict",
                    treatment=way, one=first, other=second,
                )  # fmt: skip


def _same_statement(ground: Ground, *, exact: bool = False) -> Iterator[list[Row]]:
    """Claims of one fact that agree: the same word, or numbers that share a point (`exact`: the same number)."""
    for rows in ground.by_fact.values():
        groups: list[list[Row]] = []
        for row in rows:
            home = next((g for g in groups if all(_agree(row, other, exact=exact) for other in g)), None)
            groups.append([row]) if home is None else home.append(row)
        yield from groups


def _agree(one: Row, other: Row, *, exact: bool) -> bool:
    if one["kind"] not in NUMERIC_KINDS:
        return word_of(one) == word_of(other)
    if exact:
        return all(one[name] == other[name] for name in ("value", "hedge", "lo", "hi"))
    return interval_of(one).overlaps(interval_of(other))


def _worded(ground: Ground, kind: str, name: str, rows: list[Row]) -> Iterator[Strain]:
    """Claims in words on one matter: nothing where they say the same, else whether one word holds the other."""
    words = sorted({told for row in rows if (told := word_of(row))})
    if len(words) < 2:
        return
    told = ground.each(rows, lambda row: _what(ground, row))
    compatible = all(nested(ground.corpus, rows[0]["property"], *pair) for pair in combinations(words, 2))
    said, verdict = ("words nest", "refinement") if compatible else ("words clash", "conflict")
    yield ground.strain(kind, name, rows, said, verdict, told=told)


def _what(ground: Ground, row: Row) -> str:
    """What a claim says, in short."""
    if row["kind"] in NUMERIC_KINDS and any(row[end] is not None for end in ("value", "lo", "hi")):
        return amount(row, ground.lang)
    told = word_of(row)
    if not told:
        return ground.label(row["object"])
    if row["kind"] == "date":
        return day(told, ground.lang)
    if row["property"] == "customer_stance":
        return word("stance", told, ground.lang)
    return ground.label(told) if ":" in told else worded(told, ground.corpus, ground.lang)


def _post(row: Row) -> tuple[str, str, str]:
    return (row["subject"], row["object"] or "", row["property"])


def _day(row: Row) -> str | None:
    told = row["period"] or row["when"] or row["said_on"] or row["known_on"]
    return str(told) if told else None


def _quotes(ground: Ground, row: Row) -> list[str]:
    """A claim's quotations of three words or more."""
    return [quote for quote in ground.quotes.get(row["id"], [row["quote"]]) if quote and len(quote.split()) >= 3]


def _recast(one: str, other: str) -> bool:
    """Whether two quotations are one utterance in different words; one inside the other is only shorter."""
    first, second = (" ".join(re.findall(r"\w+", quote.lower())) for quote in (one, other))
    apart = first not in second and second not in first
    return apart and SequenceMatcher(None, first, second).ratio() >= ALIKE
