"""Charts of the customers: what each did and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from analysis.articles import edtf, wording
from analysis.facts import reactions
from analysis.facts.facts import Facts
from analysis.figures import said
from analysis.figures.figure import Figure
from analysis.figures.grammar import Cell, Column, Drawn, Scale, Scene, table_graphic
from analysis.figures.theme import BLUE, GREY, INK, VERMILION, VERMILION_TEXT

SUPPLIER, DEAL = reactions.SUPPLIER, "deal:meta-scale-ai-2025"
SEVERITY = ("leaving", "may_leave", "pausing", "reducing", "staying")
EPOCH = date(1970, 1, 1)


def customer_stances(facts: Facts, *, supplier: str = SUPPLIER, deal: str = DEAL, lang: str = "en") -> Figure:
    """Each customer's stance, one row a state, by day: the word, how sure it is, and who says it.

    The latest state is in bold and the ones before it stay, so that a change of mind is seen. A stance without a day is
    listed and not placed.
    """
    t = said.speak(lang)
    states = reactions.stances(facts, supplier).to_dicts()
    now = {s["customer"]: s["stance"] for s in states if s["is_latest"]}
    rank = {customer: SEVERITY.index(stance) if stance in SEVERITY else 9 for customer, stance in now.items()}
    states.sort(key=lambda s: (rank.get(s["customer"], 9), s["customer"], s["is_latest"], s["on"] or date.min))
    entries = [_state(facts, s, lang) for s in states]
    rows = [{"key": f"{e['customer']}/{e['when']}", "label": e["name"], "text": e["stance"], "when": e["when"],
             "standing": e["standing"], "claims": e["claims"], "shown": f"{e['word']} ({e['day']})", "by": e["who"]}
            for e in entries]  # fmt: skip
    name = said.label(facts, supplier, lang)
    turned = [c for c in now if len({s["stance"] for s in states if s["customer"] == c}) > 1]
    notes = [t("In bold: the latest word of each customer.", "En gras\u00a0: la dernière position de chaque client.")]
    away = [c for c, s in now.items() if s and s != "staying"]
    counted = {s: sum(1 for v in now.values() if v == s) for s in SEVERITY}
    spread = ", ".join(f"{_stance(s, lang)} {n}" for s, n in counted.items() if n)
    return said.bind(
        facts, "customer-stances", scene=_stance_scene(facts, entries, rows, deal, lang), rows=rows, lang=lang,
        title=_stance_title(facts, states, now, turned, name, rows, lang), notes=notes if entries else [],
        subtitle=[t(f"Stance of {name}’s customers towards it, by the day it was said.",
                    f"Position des clients de {name} à son égard, au jour où elle a été dite.")],
        alt=[t(f"Table with a time axis: {len(now)} customers of {name}, {len(states)} stances.",
               f"Tableau avec un axe du temps\u00a0: {len(now)} clients de {name}, {len(states)} positions."),
             t(f"Latest: {spread}.", f"Dernier état\u00a0: {spread}.") if spread else
             t("No stance is known.", "Aucune position n’est connue."),
             t(f"{len(away)} of {len(now)} move away.", f"{len(away)} sur {len(now)} s’éloignent.") if now else ""],
        caption=t(f"Stances of {name}’s customers", f"Positions des clients de {name}"),
        params={"supplier": supplier},
    )  # fmt: skip


def _stance(stance: str | None, lang: str) -> str:
    return wording.word("stance", stance, lang) if stance else said.TEXT[lang]["unresolved"]


def _state(facts: Facts, state: dict[str, Any], lang: str) -> dict[str, Any]:
    when = said.told_on(facts, state["claims"])
    first, last = edtf.bounds(when) if when else (None, None)
    return {
        "customer": state["customer"], "name": said.label(facts, state["customer"], lang), "stance": state["stance"],
        "word": _stance(state["stance"], lang), "standing": state["standing"], "claims": list(state["claims"] or []),
        "since": first, "on": last, "when": when, "latest": state["is_latest"],
        "day": wording.day(when, lang, short=True) if when else said.TEXT[lang]["undated"],
        "who": said.who(facts, state["claims"], lang, most=1),
    }  # fmt: skip


def _stance_title(
    facts: Facts, states: Sequence[dict[str, Any]], now: dict[str, Any], turned: Sequence[str], name: str,
    rows: Sequence[dict[str, Any]], lang: str,
) -> str:  # fmt: skip
    t = said.speak(lang)
    if not now:
        title = t(
            f"What {name}’s customers do is not known here", f"Ce que font les clients de {name} n’est pas connu ici"
        )
        return said.check_title("customer-stances", title, no_stance=not rows)
    away = sum(1 for stance in now.values() if stance and stance != "staying")
    n, m = said.spelled(away, lang), said.spelled(len(now), lang)
    if len(now) == 1:
        customer, stance = next(iter(now.items()))
        title = f"{said.label(facts, customer, lang)}{said.COLON[lang]}{_stance(stance, lang)}"
    elif not away:
        title = t(f"None of the {m} customers named moves away from {name}",
                  f"Aucun des {m} clients nommés ne s’éloigne de {name}")  # fmt: skip
    elif away == len(now):
        title = t(
            f"All {m} customers named move away from {name}", f"Les {m} clients nommés s’éloignent tous de {name}"
        )
    else:
        title = t(f"{n.capitalize()} of the {m} customers named move away from {name}",
                  f"{n.capitalize()} des {m} clients nommés s’éloignent de {name}")  # fmt: skip
        if away == 1:
            title = t(f"One of the {m} customers named moves away from {name}",
                      f"Un des {m} clients nommés s’éloigne de {name}")  # fmt: skip
    flips = [
        c
        for c in turned
        if now[c] == "leaving" and any(s["customer"] == c and s["stance"] == "staying" for s in states)
    ]
    if len(flips) == 1 and len(now) > 1:
        days = _days_to_turn(states, flips[0])
        who = said.label(facts, flips[0], lang)
        title += t(f"; {who} turned within {days} days", f"\u00a0; {who} s’est ravisé en {days} jours") if days else ""
    last = {row["key"].split("/")[0]: row["text"] for row in rows}
    again = sum(1 for stance in last.values() if stance and stance != "staying")
    return said.check_title("customer-stances", title, customers=len(last) == len(now), moving_away=again == away)


def _days_to_turn(states: Sequence[dict[str, Any]], customer: str) -> str:
    said_on = [s["on"] for s in states if s["customer"] == customer and s["on"]]
    return str((said_on[-1] - said_on[0]).days) if len(said_on) > 1 and said_on[-1] > said_on[0] else ""


def _stance_scene(
    facts: Facts, entries: list[dict[str, Any]], rows: list[dict[str, Any]], deal: str, lang: str
) -> Scene:
    t = said.speak(lang)
    days = [(d - EPOCH).days for e in entries for d in (e["since"], e["on"]) if d]
    fact = facts.one(deal, "announced_on")
    start = int(fact.lo) if fact and fact.lo is not None else None
    near = [*days, *([start] if start is not None and days and abs(start - min(days)) < 60 else [])] or [0, 1]
    scale = Scale(min(near) - 1, max(near) + 1)
    ticks = [
        (float(d), wording.day((EPOCH + timedelta(d)).isoformat(), lang, short=True), d == start)
        for d in (_marks(near, start) if days else [])
    ]

    def draw(scene: Scene, i: int, y: float) -> None:
        entry = entries[i]
        if entry["on"] is None:
            return
        lo, hi = ((d - EPOCH).days for d in (entry["since"] or entry["on"], entry["on"]))
        color = BLUE if entry["stance"] == "staying" else VERMILION
        scene.band(lo, hi, y, color=color)
        scene.point(hi if lo == hi else (lo + hi) / 2, y, entry["standing"], color=color)

    def words(entry: dict[str, Any]) -> Cell:
        away = entry["stance"] != "staying"
        sign = entry["stance"] if entry["stance"] in SEVERITY else "unresolved"
        return Cell(entry["word"], bold=entry["latest"], sign=sign, sign_color=VERMILION if away else BLUE,
                    color=VERMILION_TEXT if away else BLUE, italic=entry["stance"] is None)  # fmt: skip

    def day(entry: dict[str, Any]) -> Cell:
        """The day; where there is none, no mark stands on the axis, and the standing is drawn here."""
        color = BLUE if entry["stance"] == "staying" else VERMILION
        sign = "" if entry["on"] else entry["standing"] or "unresolved"
        return Cell(entry["day"], color=GREY, sign=sign, sign_color=color)

    heads = (
        [(float(start), t("deal announced", "accord annoncé"), "left", INK)]
        if start is not None and start in near
        else []
    )
    named = [i == 0 or entries[i - 1]["customer"] != e["customer"] for i, e in enumerate(entries)]
    columns: list[Column | Drawn] = [
        Column(
            t("Customer", "Client"),
            [Cell(e["name"] if n else "", bold=True) for e, n in zip(entries, named, strict=True)],
            most=130,
        ),
        Column(t("Stance", "Position"), [words(e) for e in entries], most=150),
        Drawn(scale, ticks, draw, least=150, heads=heads),
        Column(t("Who says so", "Qui le dit"), [Cell(e["who"]) for e in entries], most=140),
        Column(t("Day", "Jour"), [day(e) for e in entries], align="right", most=100),
    ]
    tips = said.tips(facts, rows, lang)
    told = t("No stance is known.", "Aucune position n’est connue.")
    scene = table_graphic(columns, tips=tips, joined=joined(named), empty=told)
    said.draw_key(scene, {e["standing"] for e in entries}, lang, band=t("day not given", "jour non précisé"))
    return scene


def joined(named: Sequence[bool]) -> set[int]:
    """Rows whose customer goes on in the row below."""
    return {i for i, first in enumerate(named[1:]) if not first}


def _marks(days: Sequence[int], start: int | None) -> list[int]:
    """Days to write under the axis: the deal's own, the first and the last."""
    wanted = {min(days), max(days)} | ({start} if start is not None and min(days) <= start <= max(days) else set())
    return sorted(wanted)
