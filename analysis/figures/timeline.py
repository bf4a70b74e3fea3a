"""The strategy over time: dated events on a true axis, told in two scales where they crowd, with leader lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import polars as pl

from analysis.articles import edtf, wording
from analysis.facts.facts import Facts
from analysis.figures import said
from analysis.figures.figure import Figure
from analysis.figures.grammar import Scene
from analysis.figures.theme import BLUE, BODY, GREY, INK, LEADER, SMALL, VERMILION, WIDTH, text_width, wrap

COMPANY, DEAL, FIRST, LAST = "org:meta", "deal:meta-scale-ai-2025", 2014, 2025
AXIS, LABEL, STEP, LINE = 62.0, 122.0, 30.0, 16.0  # px: where the axis and the labels stand; least distance of labels
SEMI = "\u00a0; "
QUARTER = 92  # days: a second stretch is left out only for a gap longer than this
CROWD = 3  # events that are worth a scale of their own
GAP = 0.5  # a gap of half the whole span is worth a change of scale
QUIET = 26.0  # px a label needs in a compressed stretch


@dataclass(frozen=True)
class Event:
    """Something dated: what is said of it, when (EDTF), how sure, on which claims."""

    key: str
    when: str
    text: str
    kind: str
    standing: str
    claims: list[str]

    @property
    def days(self) -> tuple[date, date]:
        return edtf.bounds(self.when)


def strategy_timeline(
    facts: Facts, *, company: str = COMPANY, first: int = FIRST, last: int = LAST, lang: str = "en"
) -> Figure:
    """The company's dated steps on a vertical axis of true time.

    Where one gap takes half of the time, the stretch before it is drawn at a smaller scale and the change of scale is
    written on the axis. A step known to the month is a bar of that month. What has no date is listed, not placed.
    """
    t = said.speak(lang)
    found, undated = _events(facts, company, lang)
    events = [e for e in found if first <= e.days[0].year and e.days[1].year <= last]
    outside = [e.text for e in found if e not in events]
    rows = [{"key": e.key, "label": e.text, "when": e.when, "standing": e.standing, "claims": e.claims,
             "shown": wording.day(e.when, lang), "text": e.kind} for e in events]  # fmt: skip
    name = said.label(facts, company, lang)
    years = sorted({e.days[0].year for e in events})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]) if years else ""
    scene, pace = _scene(facts, events, lang)
    notes = []
    if pace:
        notes.append(t(f"Above the double stroke, time is drawn {pace} times tighter.",
                       f"Au-dessus du double trait, le temps est {pace} fois plus serré."))  # fmt: skip
    if outside:
        notes.append(t(f"Before {first} or after {last}: {'; '.join(outside)}.",
                       f"Avant {first} ou après {last}\u00a0: {SEMI.join(outside)}."))  # fmt: skip
    if undated:
        notes.append(t(f"Not dated, so not placed: {'; '.join(undated)}.",
                       f"Sans date, donc non placé\u00a0: {SEMI.join(undated)}."))  # fmt: skip
    return said.bind(
        facts,
        "strategy-timeline",
        scene=scene,
        rows=rows,
        notes=notes,
        lang=lang,
        title=_title(events, name, rows, lang),
        params={"company": company, "first": first, "last": last},
        subtitle=[
            t(
                f"Dated steps of {name}’s strategy in AI and its deals{', ' + span if span else ''}.",
                f"Étapes datées de la stratégie de {name} en IA et de ses opérations{', ' + span if span else ''}.",
            )
        ],
        alt=[
            t(
                f"Vertical timeline: {len(events)} dated steps of {name}{', ' + span if span else ''}.",
                f"Chronologie verticale\u00a0: {len(events)} étapes datées de {name}{', ' + span if span else ''}.",
            ),
            *[f"{wording.day(e.when, lang)}{said.COLON[lang]}{e.text}." for e in [*events[:1], *events[-2:]]],
        ],
        caption=t(f"Timeline of {name}’s AI strategy", f"Chronologie de la stratégie d’IA de {name}"),
    )


def _events(facts: Facts, company: str, lang: str) -> tuple[list[Event], list[str]]:
    """The dated events about a company, in time, and the words of those without a date."""
    subjects = {row["id"]: row for row in facts.corpus.subjects.iter_rows(named=True)}
    joined = set(facts.frame.filter(pl.col("property") == "investor", pl.col("object") == company)["subject"])
    events, undated = [], []
    for fact in facts.frame.filter(pl.col("standing") != "unresolved").iter_rows(named=True):
        told = _told(facts, fact, subjects, company, joined, lang)
        if told is None:
            continue
        kind, text = told
        when = fact["value_text"] if fact["kind"] == "date" else fact["when"]
        if when is None and kind in ("plan", "budget"):
            when = said.told_on(facts, fact["support"]) if kind == "plan" else _said_on(facts, fact)
        if when is None:
            undated.append(text)
            continue
        events.append(Event(fact["id"], when, text, kind, fact["standing"], list(fact["support"])))
    return sorted(events, key=lambda e: (e.days[1], e.days[0], e.key)), list(dict.fromkeys(undated))


def _said_on(facts: Facts, fact: dict[str, Any]) -> str | None:
    """The day that a forecast was given on, not the year that it is about."""
    said_on = (claim["said_on"] for claim in said.behind(facts, fact["support"]) if claim["said_on"])
    return next(said_on, None) or (fact["known_on"].isoformat() if fact["known_on"] else None)


def _told(
    facts: Facts, fact: dict[str, Any], subjects: dict[str, Any], company: str, joined: set[str], lang: str
) -> tuple[str, str] | None:
    """What kind of step a fact is and how it is told in one line; None where it is no step of the strategy."""
    t = said.speak(lang)
    subject = subjects.get(fact["subject"], {})
    name = said.label(facts, company, lang)
    about = said.label(facts, fact["subject"], lang)
    match fact["property"]:
        case "announced_on" if subject.get("acquirer") == company:
            target = said.label(facts, subject.get("target"), lang)
            price = _price(facts, fact["subject"], lang)
            stake = subject.get("structure") == "minority_stake"
            deal = t("takes a stake in", "entre au capital de") if stake else t("buys", "rachète")
            return "deal", f"{name} {deal} {target}{price}"
        case "announced_on" if fact["subject"] in joined:
            org = said.label(facts, subject.get("org"), lang)
            return "round", t(
                f"{name} joins a funding round of {org}", f"{name} participe à une levée de fonds de {org}"
            )
        case "product_release" if subject.get("maker") == company:
            return "product", t(f"{about} is released", f"{about} sort")
        case "capex_guidance" if fact["subject"] == company:
            amount = wording.interval(fact["lo"], fact["hi"], fact["unit"], lang)
            year = fact["period"] or ""
            return "budget", t(
                f"{name} plans {amount} of investment, {year}", f"{name} prévoit {amount} d’investissements, {year}"
            )
        case "lab_planned" if fact["subject"] == company:
            return "plan", t(
                f"{name} prepares a lab for superintelligence", f"{name} prépare un laboratoire de superintelligence"
            )
        case "person_role" if fact["object"] == company and fact["when"] and fact["value_text"]:
            role = wording.word("value", fact["value_text"], lang)
            return "people", t(f"{about} becomes {role} of {name}", f"{about} devient {role} de {name}")
        case "person_moves" if fact["object"] == company:
            return "people", t(f"{about} joins {name}", f"{about} rejoint {name}")
    return None


def _price(facts: Facts, deal: str, lang: str) -> str:
    priced = facts.frame.filter(pl.col("subject") == deal, pl.col("property") == "price", pl.col("value").is_not_null())
    found = priced.rows(named=True)
    for basis in ("headline", "unstated", "upfront", None):
        if fact := next((fact for fact in found if fact["basis"] == basis), None):
            return said.speak(lang)(" for ", " pour ") + wording.quantity(fact["value"], fact["unit"], lang)
    return ""


def _crowd(events: Sequence[Event], window: int = 92) -> list[Event]:
    """The largest set of events that a quarter of a year holds."""
    best: list[Event] = []
    for first in events:
        end = first.days[0] + timedelta(window)
        held = [e for e in events if first.days[0] <= e.days[0] and e.days[1] <= end]
        best = held if len(held) > len(best) else best
    return best


def _title(events: Sequence[Event], name: str, rows: Sequence[dict[str, Any]], lang: str) -> str:
    t = said.speak(lang)
    crowd = _crowd(events)
    if not events:
        title = t(
            f"No dated step of {name}’s AI strategy is known here",
            f"Aucune étape datée de la stratégie d’IA de {name} n’est connue ici",
        )
        return said.check_title("strategy-timeline", title, no_step=not rows)
    n, m = said.spelled(len(crowd), lang), said.spelled(len(events), lang)
    first, last = crowd[0].days[0], max(e.days[1] for e in crowd)
    if len(events) == 1:
        title = t(f"One dated step: {events[0].text}", f"Une seule étape datée\u00a0: {events[0].text}")
        return said.check_title("strategy-timeline", title, one_step=len(rows) == 1)
    if len(crowd) < 3 or len(crowd) * 3 < len(events):
        title = t(f"{name}’s strategy in {m} dated steps", f"La stratégie de {name} en {m} étapes datées")
        return said.check_title("strategy-timeline", title, steps=len(rows) == len(events))
    months = [wording.day(d.strftime("%Y-%m"), lang) for d in (first, last)]
    start = months[0].rsplit(" ", 1)[0] if first.year == last.year else months[0]
    span = t(f"in {months[1]}", f"en {months[1]}") if months[0] == months[1] else t(
        f"from {start} to {months[1]}", f"{'d’' if start[0] in 'ao' else 'de '}{start} à {months[1]}")  # fmt: skip
    title = t(f"{n.capitalize()} of the {m} dated steps fall in one quarter, {span}",
              f"{n.capitalize()} des {m} étapes datées tiennent en un trimestre, {span}")  # fmt: skip
    if len(crowd) == len(events):
        title = t(
            f"All {m} dated steps fall in one quarter, {span}",
            f"Les {m} étapes datées tiennent en un trimestre, {span}",
        )
    again = [row for row in rows if first <= edtf.bounds(row["when"])[0] and edtf.bounds(row["when"])[1] <= last]
    return said.check_title(
        "strategy-timeline", title, steps=len(rows) == len(events), in_the_quarter=len(again) == len(crowd)
    )


@dataclass(frozen=True)
class Axis:
    """Piecewise linear time: (day, y) corners, in order."""

    corners: list[tuple[date, float]]

    def at(self, day: date) -> float:
        for (a, ya), (b, yb) in pairwise(self.corners):
            if day <= b:
                return ya + (yb - ya) * (day - a).days / max(1, (b - a).days)
        return self.corners[-1][1]


def _axis(events: Sequence[Event], heights: Sequence[float]) -> Axis:
    first, last = min(e.days[0] for e in events), max(e.days[1] for e in events)
    span = max(30, (last - first).days)
    start, end = first - timedelta(max(3, span // 60)), last + timedelta(max(3, span // 60))
    days = [e.days[1] for e in events]
    gaps = [((b - a).days, i + 1) for i, (a, b) in enumerate(pairwise(days))]
    total = sum(heights) + 8
    at = 0
    while gaps and len(events) - at >= CROWD:
        widest, here = max(gap for gap in gaps if gap[1] > at) if any(g[1] > at for g in gaps) else (0, 0)
        rest = (days[-1] - days[at]).days
        if widest < max(GAP * rest, QUARTER if at else 0) or len(events) - here < CROWD:
            break
        at = here
    if not at:
        return Axis([(start, 8.0), (end, 8.0 + total)])
    turn = events[at].days[0].replace(day=1)
    turn = turn.replace(month=1) if turn.replace(month=1) > days[at - 1] else turn
    before = max(40.0, sum(heights[:at]) + QUIET)
    below = max(sum(heights[at:]) + 8, 150.0)
    end = last + timedelta(max(2, (last - turn).days // 30))
    return Axis([(start, 8.0), (turn, 8.0 + before), (end, 8.0 + before + below)])


def _placed(wanted: Sequence[float], heights: Sequence[float], most: float) -> list[float]:
    """Label positions nearest to those wanted (least squares), in order, apart: pool adjacent violators."""
    shift, shifts = 0.0, []
    for i, height in enumerate(heights):
        shift += (heights[i - 1] + height) / 2 if i else 0.0
        shifts.append(shift)
    blocks: list[list[float]] = []
    for want, moved in zip(wanted, shifts, strict=True):
        blocks.append([want - moved, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, n), (b, m) = blocks[-2], blocks[-1]
            blocks[-2:] = [[(a * n + b * m) / (n + m), n + m]]
    level = [value for value, n in blocks for _ in range(int(n))]
    low, high = heights[0] / 2, most - shifts[-1] - heights[-1] / 2
    return [min(max(value, low), max(high, low)) + moved for value, moved in zip(level, shifts, strict=True)]


def _scene(facts: Facts, events: list[Event], lang: str) -> tuple[Scene, int]:
    """The drawing, and how many times tighter its first stretch is; 0 where there is one scale."""
    t = said.speak(lang)
    scene = Scene()
    if not events:
        scene.text(0, 12, t("No event can be placed on the axis.", "Aucun événement ne peut être placé sur l’axe."),
                   style="italic", color=GREY)  # fmt: skip
        scene.height = 26
        return scene, 0
    dates = [wording.day(e.when, lang, short=True) for e in events]
    told = LABEL + 12 + max(text_width(d, BODY, bold=True) for d in dates) + 10
    room = WIDTH - told
    lines = [wrap(e.text, room) for e in events]
    heights = [max(STEP, len(part) * LINE + 12) for part in lines]
    axis = _axis(events, heights)
    bottom = axis.corners[-1][1]
    places = _placed([axis.at(e.days[1]) for e in events], heights, max(bottom, sum(heights)))
    named = {e.key for e in _crowd(events)} if len(_crowd(events)) >= 3 else set()
    _draw_axis(scene, axis, lang)
    for event, day, part, y in zip(events, dates, lines, places, strict=True):
        color = VERMILION if event.key in named else BLUE
        top, low = (axis.at(d) for d in event.days)
        scene.rule(AXIS, min(top, low - 3), AXIS, max(low, top + 3) if top < low else low + 1.5, color=color, width=9)
        bend = (top + low) / 2
        for a, b in (
            ((AXIS + 5, bend), (AXIS + 14, bend)),
            ((AXIS + 14, bend), (LABEL - 22, y)),
            ((LABEL - 22, y), (LABEL - 9, y)),
        ):
            scene.rule(*a, *b, color=LEADER)
        scene.mark(LABEL, y, event.standing, color=color)
        scene.text(LABEL + 14, y, day, weight="bold" if event.key in named else "normal")
        for i, line in enumerate(part):
            scene.text(told, y + (i - (len(part) - 1) / 2) * LINE, line)
        scene.hover(
            0,
            y - 14,
            WIDTH,
            y + 14,
            said.tip(
                facts,
                lang,
                what=event.text,
                value=wording.day(event.when, lang),
                claims=event.claims,
                standing=event.standing,
            ),
        )
    scene.height = max(bottom, places[-1] + heights[-1] / 2) + 6
    said.draw_key(scene, {e.standing for e in events}, lang)
    paces = [(yb - ya) / max(1, (b - a).days) for (a, ya), (b, yb) in pairwise(axis.corners)]
    return scene, round(paces[1] / paces[0]) if len(paces) > 1 else 0


def _draw_axis(scene: Scene, axis: Axis, lang: str) -> None:
    """The line of time with years or months beside it; two strokes and a word where the scale changes."""
    pieces = list(pairwise(axis.corners))
    for n, ((a, ya), (b, yb)) in enumerate(pieces):
        scene.rule(AXIS, ya, AXIS, yb, color=LEADER, width=1.5 if n < len(pieces) - 1 else 3)
        pace = (yb - ya) / max(1, (b - a).days)
        step = next((s for s in (1, 3, 12, 24, 60) if s * 30 * pace >= 19), 120)
        end = -100.0
        for month in _months(a, b, step):
            y = axis.at(month)
            if y - end < 15 or (n < len(pieces) - 1 and yb - y < 12):
                continue
            label = (
                str(month.year)
                if step >= 12 or month.month == 1
                else wording.day(month.strftime("%Y-%m"), lang, short=True).rsplit(" ", 1)[0]
            )
            scene.text(AXIS - 12, y, label, align="right", size=SMALL, color=INK if month.month == 1 else GREY)
            scene.rule(AXIS - 6, y, AXIS, y, color=LEADER)
            end = y
        if n < len(pieces) - 1:
            for dy in (-4, 0):
                scene.rule(AXIS - 7, yb + dy + 6, AXIS + 7, yb + dy, color=GREY, width=1.5)


def _months(first: date, last: date, step: int) -> list[date]:
    """The first days of every `step` months between two days, counted from January."""
    found, day = [], date(first.year, 1, 1)
    while day <= last:
        if day >= first:
            found.append(day)
        months = day.year * 12 + day.month - 1 + step
        day = date(months // 12, months % 12 + 1, 1)
    return found
