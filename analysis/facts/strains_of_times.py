"""Strains of time: weekdays against dates, relative dates against absolute ones, dates against dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from analysis.articles import edtf
from analysis.articles.wording import day
from analysis.facts.strains import Ground, Row, Strain, about, fact_key, word_of

WEEKDAYS = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_WEEKDAY = re.compile(r"\b(" + "|".join(name for names in WEEKDAYS.values() for name in names) + r")\b", re.IGNORECASE)
_DAY_FIRST = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_NUMBER = {"un": 1, "une": 1, "a": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3}
_AGO = re.compile(r"il y a (\w+) ans?\b|\b(\w+) years? (?:ago|earlier)\b", re.IGNORECASE)
_THIS_YEAR = re.compile(r"\bcette année\b|\bthis year\b", re.IGNORECASE)
_LAST_YEAR = re.compile(r"\bl'an dernier\b|\bl'année dernière\b|\blast year\b", re.IGNORECASE)
THIS_YEAR = {"en": "this year", "fr": "cette année"}
LOOSE = timedelta(days=92)  # « il y a un an » is good to a season


def weekdays(ground: Ground) -> Iterator[Strain]:
    """A weekday beside a date, in a correction or a quotation: the calendar decides."""
    for fix in ground.corpus.corrections:
        found, put = str(fix.get("found") or ""), str(fix.get("put") or "")
        on, named = _written_day(found) or _one_day(put.split("/")[0]), _weekday(found)
        if named is not None and on:
            way = ground.say("treat weekday", put=day(put, ground.lang) if _ISO.match(put) else put) if put else ""
            yield _against_calendar(ground, str(fix.get("article") or fix.get("claim")), None, found, named, on, way)
    for row in ground.rows:
        on = _written_day(row["quote"] or "") or _one_day(row["when"] or row["said_on"] or _date(row) or "")
        named = _weekday(row["quote"] or "")
        if named is not None and on:
            yield _against_calendar(ground, about(row), row, row["quote"], named, on, "")


def relative_dates(ground: Ground) -> Iterator[Strain]:
    """« a year ago », « this year » counted from the article's date, against the time that the claims name."""
    for row in ground.rows:
        for found, years in _said_relatively(row, ground.lang):
            anchor = ground.published.get(row["article_id"])
            if not anchor:
                yield ground.strain(
                    "date_relative", about(row), [row], "relative adrift", "unsaid", who=ground.who(row), found=found
                )
                anchor = event_day(ground, row)
            if anchor:
                yield from _counted(ground, row, found, years, anchor)


def dates(ground: Ground) -> Iterator[Strain]:
    """One event with several dates: the more exact lies within the other, or no day fits all."""
    said = [(row, row["value_text"]) for row in ground.rows if row["kind"] == "date" and row["value_text"]]
    said += [(row, row["when"]) for row in ground.rows if row["kind"] != "date" and row["when"]]
    told = {row["id"]: text for row, text in said}
    known = [row for row, _ in said if row["cardinality"] != "over_time"]
    for rows in ground.grouped(known, lambda r: (*fact_key(r), _matter(r))).values():
        if len({told[row["id"]] for row in rows}) < 2:
            continue
        spans = [edtf.bounds(told[row["id"]]) for row in rows]
        meet = max(first for first, _ in spans) <= min(last for _, last in spans)
        said_, verdict = ("dates overlap", "refinement") if meet else ("dates clash", "conflict")
        words = ground.each(rows, lambda row: day(told[row["id"]], ground.lang))
        yield ground.strain("date", about(rows[0]), rows, said_, verdict, told=words)


def _matter(row: Row) -> str:
    """What happened on the day, where the claim is not itself a date."""
    return "" if row["kind"] == "date" else str(word_of(row) or row["value"])


def _against_calendar(
    ground: Ground, name: str, row: Row | None, found: str, named: int, on: date, treatment: str
) -> Strain:
    real = WEEKDAYS[ground.lang][on.weekday()]
    right = on.weekday() == named
    return ground.strain(
        "weekday", name, [row] if row else [], "weekday right" if right else "weekday wrong",
        "consistent" if right else "conflict", treatment="" if right else treatment,
        where=ground.who(row) if row else ground.article(name), found=found,
        day=day(on.isoformat(), ground.lang), real=real.capitalize() if ground.lang == "en" else real,
    )  # fmt: skip


def _counted(ground: Ground, row: Row, found: str, years: int, anchor: str) -> Iterator[Strain]:
    """A relative date as days, against the time of the claim itself or of the round that it looks back to."""
    first, last = edtf.bounds(anchor)
    if years and not _LAST_YEAR.search(found):
        lo, hi = _back(first, years) - LOOSE, _back(last, years) + LOOSE
    else:
        lo, hi = date(first.year - years, 1, 1), date(last.year - years, 12, 31)
    for other, when in _times(ground, row):
        begin, end = edtf.bounds(when)
        fits = begin <= hi and end >= lo
        said, verdict = ("relative fits", "consistent") if fits else ("relative off", "conflict")
        told = f"{ground.who(other)}{ground.say('colon')}{day(when, ground.lang)}"
        yield ground.strain(
            "date_relative", f"{about(row)}/{other['id']}", [row, other], said, verdict, other=told,
            who=ground.who(row), found=found, anchor=_anchor(ground, row, anchor), lo=day(lo.isoformat(), ground.lang),
            hi=day(hi.isoformat(), ground.lang),
        )  # fmt: skip


def _times(ground: Ground, row: Row) -> list[tuple[Row, str]]:
    """The times to hold a relative date against: for a valuation or step-up those of the target's last round."""
    if own := _date(row):
        others = [r for r in ground.named(row["property"]) if r["subject"] == row["subject"] and _date(r) != own]
        return [(r, told) for r in others if (told := _date(r))]
    if row["property"] not in ("step_up", "previous_valuation"):
        told = row["when"] or row["period"]
        return [(row, told)] if told else []
    deal = ground.subjects.get(row["subject"], {})
    rounds = ground.rounds(deal.get("target"))
    found = [r for r in ground.named("valuation") if r["subject"] in rounds and (r["when"] or r["period"])]
    found += [r for r in ground.named("previous_valuation") if r["subject"] == row["subject"] and r["when"]]
    dated = [(r, r["when"] or r["period"]) for r in found if r["id"] != row["id"]]
    last = max((edtf.bounds(when)[1] for _, when in dated), default=None)
    return [(r, when) for r, when in dated if last and last - edtf.bounds(when)[1] < LOOSE]


def _anchor(ground: Ground, row: Row, anchor: str) -> str:
    told = day(anchor, ground.lang)
    return told if ground.published.get(row["article_id"]) else ground.say("the announcement", day=told)


def event_day(ground: Ground, row: Row) -> str | None:
    """For an undated text the announcement of the deal it tells of, where its claims agree on one day."""
    named = {row["subject"], row["object"], ground.subjects.get(row["subject"], {}).get("org")} - {None}
    deals = {id for id, each in ground.subjects.items() if each["type"] == "deal" and {id, each["target"]} & named}
    days = {told for r in ground.named("announced_on") if r["subject"] in deals and (told := _date(r))}
    return days.pop() if len(days) == 1 else None


def _said_relatively(row: Row, lang: str) -> Iterator[tuple[str, int]]:
    """Relative dates of a claim's quote, and of its note, which is no quotation: there « this year » is translated."""
    yield from _relative(row["quote"] or "")
    for found, years in _relative(row["note"] or ""):
        yield found if years else THIS_YEAR[lang], years


def _relative(text: str) -> Iterator[tuple[str, int]]:
    for match in _AGO.finditer(text):
        number = (match[1] or match[2]).lower()
        if number in _NUMBER or number.isdigit():
            yield match[0], _NUMBER.get(number) or int(number)
    for pattern, years in ((_THIS_YEAR, 0), (_LAST_YEAR, 1)):
        if found := pattern.search(text):
            yield found[0], years


def _back(on: date, years: int) -> date:
    return on.replace(year=on.year - years, day=min(on.day, 28))


def _date(row: Row) -> str | None:
    """What a claim that is itself a date says."""
    return row["value_text"] if row["kind"] == "date" else None


def _weekday(text: str) -> int | None:
    match = _WEEKDAY.search(text)
    if not match:
        return None
    return next(names.index(match[1].lower()) for names in WEEKDAYS.values() if match[1].lower() in names)


def _written_day(text: str) -> date | None:
    """A day written in figures, day first as in French, or ISO."""
    if match := _DAY_FIRST.search(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    iso = _ISO.search(text)
    return date.fromisoformat(iso[0]) if iso else None


def _one_day(text: str) -> date | None:
    return date.fromisoformat(text) if _ISO.fullmatch(text) else None
