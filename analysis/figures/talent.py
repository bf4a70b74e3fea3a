"""People who join a company, leave it or take its place, with who says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis.articles import wording
from analysis.facts.facts import Facts
from analysis.figures import said
from analysis.figures.customers import joined
from analysis.figures.figure import Figure
from analysis.figures.grammar import Cell, Column, Drawn, Scale, Scene, table_graphic
from analysis.figures.theme import BLUE, GREY, INK, SMALL, VERMILION, VERMILION_TEXT, text_width

COMPANY = "org:meta"


def talent(facts: Facts, *, company: str = COMPANY, lang: str = "en") -> Figure:
    """People who come and go: an arrow towards the company or away from it, with who says so.

    A person has a row; groups (engineers who follow or leave) have one with their number as given, never a guess.
    """
    t = said.speak(lang)
    entries = _moves(facts, company, lang)
    name = said.label(facts, company, lang)
    rows = [{"key": e["key"], "label": e["who"], "value": e["value"], "lo": e["lo"], "hi": e["hi"], "text": e["way"],
             "when": e["when"], "standing": e["standing"], "claims": e["claims"], "shown": e["told"], "by": e["by"]}
            for e in entries]  # fmt: skip
    come = [e for e in entries if e["way"] == "in"]
    leave = [e for e in entries if e["way"] == "out"]
    rest = len(entries) - len(come) - len(leave)
    return said.bind(
        facts,
        "talent",
        scene=_talent_scene(facts, entries, rows, company, lang),
        rows=rows,
        lang=lang,
        title=_talent_title(entries, name, rows, lang),
        params={"company": company},
        subtitle=[
            t(
                f"People who move to {name}, away from it, or up.",
                f"Personnes qui rejoignent {name}, la quittent ou changent de rôle.",
            )
        ],
        alt=[
            t(
                f"Table with arrows. Moves to {name}: {len(come)}; away from it: {len(leave)}; changes of role: {rest}.",
                f"Tableau avec des flèches. Arrivées chez {name}\u00a0: {len(come)}\u00a0; départs\u00a0: {len(leave)}\u00a0; "
                f"changements de rôle\u00a0: {rest}.",
            ),
            *[f"{e['who']}{said.COLON[lang]}{e['told']}." for e in entries[:3]],
        ],
        caption=t(f"People who join or leave {name}", f"Ceux qui rejoignent ou quittent {name}"),
    )


def _moves(facts: Facts, company: str, lang: str) -> list[dict[str, Any]]:
    """People who come, who take a place, and who go; a role that sources word apart is told with all its words."""
    t = said.speak(lang)
    name = said.label(facts, company, lang)
    movers = set(facts.frame.filter(pl.col("property") == "person_moves", pl.col("object") == company)["subject"])
    found = _successors(facts, movers, lang)
    for fact in facts.frame.sort("id").iter_rows(named=True):
        about = said.label(facts, fact["subject"], lang)
        counted = _count(fact, lang)
        match fact["property"]:
            case "person_moves" if fact["object"] == company:
                row = (about, "in", t(f"joins {name}", f"rejoint {name}"))
            case "person_moves" if fact["subject"] not in movers and _was_at(facts, fact["subject"], company):
                row = (about, "out", t("leaves", "part"))
            case "person_role" if fact["subject"] in movers and fact["object"] == company and fact["value_text"]:
                row = (about, "in", f"{wording.word('value', fact['value_text'], lang)}, {name}")
            case "staff_moved" if (sides := _sides(facts, fact["subject"]))[0] == company:
                left = said.label(facts, sides[1], lang)
                row = (
                    t(f"Other {left} staff", f"Autres salariés de {left}"),
                    "in",
                    counted or t("engineers follow", "des ingénieurs suivent"),
                )
            case "talent_left" if fact["subject"] == company:
                row = (
                    t(f"Engineers of {name}", f"Ingénieurs de {name}"),
                    "out",
                    t("several hired away", "plusieurs débauchés"),
                )
            case _:
                continue
        claims = fact["support"] or [c for a in fact["alternatives"] for c in a["claims"]]
        found.append({"key": fact["id"], "who": row[0], "way": row[1], "told": row[2], "standing": fact["standing"],
                      "value": fact["value"], "lo": fact["lo"], "hi": fact["hi"], "when": fact["when"],
                      "claims": sorted(claims), "by": said.who(facts, claims, lang)})  # fmt: skip
    order = ("in", "role", "out")
    return sorted(found, key=lambda e: (order.index(e["way"]), not e["key"].startswith("person:"), e["who"], e["key"]))


def _sides(facts: Facts, deal: str) -> tuple[str | None, str | None]:
    """The acquirer and the target of a deal."""
    sides = facts.corpus.subjects.select("id", "acquirer", "target").iter_rows()
    return next(((acquirer, target) for id, acquirer, target in sides if id == deal), (None, None))


def _was_at(facts: Facts, person: str, company: str) -> bool:
    roles = facts.corpus.claims.filter(pl.col("subject") == person, pl.col("property") == "person_role")
    return company in set(roles["object"])


def _successors(facts: Facts, movers: set[str], lang: str) -> list[dict[str, Any]]:
    """Who heads what the movers headed: their roles there, each word with its claims, so that a difference is seen."""
    roles = facts.corpus.claims.filter(
        pl.col("property") == "person_role", pl.col("value_text").is_in(["ceo", "interim_ceo"]),
        ~pl.col("id").is_in(facts.set_aside["claim"].to_list()),
    )  # fmt: skip
    left = set(roles.filter(pl.col("subject").is_in(list(movers)))["object"])
    taken = roles.filter(pl.col("object").is_in(list(left)), ~pl.col("subject").is_in(list(movers))).sort(
        "subject", "id"
    )
    found = []
    for person in dict.fromkeys(taken["subject"]):
        own = taken.filter(pl.col("subject") == person)
        words = " / ".join(dict.fromkeys(wording.word("value", w, lang) for w in own["value_text"]))
        found.append(
            {
                "key": f"{person}/role",
                "who": said.label(facts, person, lang),
                "way": "role",
                "told": f"{words}, {said.label(facts, own['object'][0], lang)}",
                "value": None,
                "lo": None,
                "hi": None,
                "standing": said.weakest(own["status"]),
                "when": None,
                "claims": sorted(own["id"]),
                "by": said.who(facts, own["id"].to_list(), lang),
            }
        )
    return found


def _count(fact: dict[str, Any], lang: str) -> str:
    if fact["value"] is None:
        return ""
    text = wording.quantity(fact["value"], fact["unit"] or "people", lang)
    return wording.word("hedge", fact["hedge"] or "exact", lang).format(text).replace("less than", "fewer than")


def _talent_title(entries: Sequence[dict[str, Any]], name: str, rows: Sequence[dict[str, Any]], lang: str) -> str:
    t = said.speak(lang)
    come, leave = ([e for e in entries if e["way"] == way] for way in ("in", "out"))
    ways = [row["text"] for row in rows]
    holds = {"arrivals": ways.count("in") == len(come), "departures": ways.count("out") == len(leave)}
    named = [e["who"] for e in come if e["key"].startswith("person:")]
    if not entries:
        title = t(
            f"No move of people to or from {name} is known here",
            f"Aucun mouvement de personnes chez {name} n’est connu ici",
        )
    elif named and leave:
        title = t(f"{name} gains {named[0]} while its own engineers are hired away",
                  f"{name} gagne {named[0]} pendant que ses ingénieurs sont débauchés")  # fmt: skip
    elif named:
        title = t(f"{named[0]} moves to {name}", f"{named[0]} rejoint {name}")
    elif leave:
        title = t(
            f"{name} loses people; no arrival counts here",
            f"{name} perd des talents\u00a0; aucune arrivée n’est retenue",
        )
    else:
        title = t(
            f"{name}: {len(entries)} changes among people", f"{name}\u00a0: {len(entries)} changements de personnes"
        )
    return said.check_title("talent", title, **holds)


def _talent_scene(
    facts: Facts, entries: list[dict[str, Any]], rows: list[dict[str, Any]], company: str, lang: str
) -> Scene:
    t = said.speak(lang)
    name = said.label(facts, company, lang)
    heads = [(0.0, t("elsewhere", "ailleurs"), "left", GREY), (1.0, name, "right", INK)]

    def draw(scene: Scene, i: int, y: float) -> None:
        entry = entries[i]
        x0, x1 = scene.scale.x0 + 4, scene.scale.x1 - 4
        color = VERMILION if entry["way"] == "out" else BLUE
        if entry["way"] == "role":
            scene.mark(x0, y, entry["standing"], color=color)
            return
        start, end = (x0, x1) if entry["way"] == "in" else (x1, x0)
        scene.rule(start, y, end, y, color=color, width=2)
        scene.mark(start, y, entry["standing"], color=color)
        scene.arrow(end, y, right=end > start, color=color)

    named = [i == 0 or entries[i - 1]["who"] != e["who"] for i, e in enumerate(entries)]
    columns: list[Column | Drawn] = [
        Column(
            t("Who", "Qui"),
            [Cell(e["who"] if n else "", bold=True) for e, n in zip(entries, named, strict=True)],
            most=150,
        ),
        Drawn(
            Scale(0, 1),
            [],
            draw,
            heads=heads,
            least=max(140.0, 40 + text_width(name, SMALL) + text_width(heads[0][1], SMALL)),
        ),
        Column(
            t("What", "Quoi"),
            [Cell(e["told"], color=VERMILION_TEXT if e["way"] == "out" else INK) for e in entries],
            most=170,
        ),
        Column(t("Who says so", "Qui le dit"), [Cell(e["by"], color=GREY) for e in entries], most=140),
    ]
    tips = said.tips(facts, rows, lang)
    scene = table_graphic(
        columns, tips=tips, row=34, joined=joined(named), empty=t("No move is known.", "Aucun mouvement n’est connu.")
    )
    said.draw_key(scene, {e["standing"] for e in entries}, lang)
    return scene
