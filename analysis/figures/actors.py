"""Who is tied to whom: the actors of a deal against its two sides, with a word in the cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis.facts.facts import Facts
from analysis.figures import marks, said
from analysis.figures.figure import Figure
from analysis.figures.grammar import Cell, Column, Drawn, Scene, table_graphic
from analysis.figures.theme import BLUE, GREY, INK, VERMILION, VERMILION_TEXT

DEAL = "deal:meta-scale-ai-2025"
MOST = 12  # names in a cell; the rest is counted
# tie -> words for one and for several, read from row to column; then the same read from the other end
TIES: dict[str, tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]] = {
    "investor": ({"en": ("invests in", "invest in"), "fr": ("investit dans", "investissent dans")},
                 {"en": ("backed by", "backed by"), "fr": ("financé par", "financés par")}),
    "buys": ({"en": ("buys", "buy"), "fr": ("rachète", "rachètent")},
             {"en": ("bought by", "bought by"), "fr": ("racheté par", "rachetés par")}),
    "competitor": ({"en": ("competes with", "compete with"), "fr": ("concurrence", "concurrencent")},) * 2,
    "customer": ({"en": ("buys from", "buy from"), "fr": ("achète à", "achètent à")},
                 {"en": ("sells to", "sell to"), "fr": ("vend à", "vendent à")}),
    "customer_left": ({"en": ("leaves", "leave"), "fr": ("quitte", "quittent")},
                      {"en": ("left by", "left by"), "fr": ("quitté par", "quittés par")}),
    "customer_cut": ({"en": ("buys less from", "buy less from"), "fr": ("achète moins à", "achètent moins à")},
                     {"en": ("sells less to", "sell less to"), "fr": ("vend moins à", "vendent moins à")}),
    "person_moves": ({"en": ("moves to", "move to"), "fr": ("rejoint", "rejoignent")},
                     {"en": ("joined by", "joined by"), "fr": ("rejoint par", "rejoints par")}),
    "founder": ({"en": ("founded", "founded"), "fr": ("a fondé", "ont fondé")},
                {"en": ("founded by", "founded by"), "fr": ("fondé par", "fondés par")}),
}  # fmt: skip
Ends = dict[str, list[tuple[dict[str, Any], bool]]]  # side -> ties to an actor, and whether the side starts them


def actors(facts: Facts, *, deal: str = DEAL, lang: str = "en") -> Figure:
    """Who is tied to whom: actors × the two sides of a deal, with a word in the cell, read from row to column.

    The ties are those of the two sides; a tie between others is none of its story. Actors with the same ties, as sure,
    share a row.
    """
    t = said.speak(lang)
    row = facts.corpus.subjects.filter(pl.col("id") == deal).to_dicts()
    core = [side for each in row for side in (each["target"], each["acquirer"]) if side]
    ties = [tie for tie in _ties(facts) if {tie["from"], tie["to"]} & set(core)]
    degree = Counter(end for tie in ties for end in (tie["from"], tie["to"]))
    rows = [{"key": f"{e['from']}/{e['tie']}/{e['to']}", "label": f"{said.label(facts, e['from'], lang)} → "
             f"{said.label(facts, e['to'], lang)}", "text": e["tie"], "standing": e["standing"], "claims": e["claims"],
             "shown": TIES[e["tie"]][0][lang][0]} for e in ties]  # fmt: skip
    names = t(" and ", " et ").join(said.label(facts, side, lang) for side in core)
    return said.bind(
        facts, "actors", scene=_actor_scene(facts, core, ties, lang), rows=rows, lang=lang,
        notes=[t("Read from row to column. An empty cell: no tie is known.",
                 "Se lit de la ligne vers la colonne. Case vide\u00a0: aucun lien connu.")] if ties else [],
        title=_actor_title(facts, ties, degree, rows, lang), params={"deal": deal},
        subtitle=[t(f"Ties to {names}, a word in each cell.", f"Liens avec {names}, un mot par case.")],
        alt=[t(f"Table of {len(degree)} actors with {len(ties)} ties named in its cells.",
               f"Tableau de {len(degree)} acteurs, {len(ties)} liens nommés dans ses cases."),
             *[f"{r['label']}{said.COLON[lang]}{r['shown']}." for r in rows[:3]]],
        caption=t("Who is tied to whom", "Qui est lié à qui"),
    )  # fmt: skip


def _ties(facts: Facts) -> list[dict[str, Any]]:
    """Directed ties between subjects, each with its standing and claims; of stances the latest only."""
    subjects = {row["id"]: row for row in facts.corpus.subjects.iter_rows(named=True)}
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    ordered = facts.frame.sort("on", "known_on", "id", nulls_last=False)
    stance: dict[tuple[str, str], tuple[str, str, str]] = {}
    for fact in ordered.iter_rows(named=True):
        for start, name, end in _tie_of(fact, subjects):
            if start and end and start != end:
                if name.startswith("customer"):
                    found.pop(stance.get((start, end), ("", "", "")), None)
                    stance[start, end] = (start, name, end)
                found.setdefault(
                    (start, name, end),
                    {
                        "from": start,
                        "tie": name,
                        "to": end,
                        "standing": fact["standing"],
                        "claims": sorted(fact["support"]),
                    },
                )
    return list(found.values())


def _tie_of(fact: dict[str, Any], subjects: dict[str, Any]) -> list[tuple[str, str, str]]:
    subject, object = fact["subject"], fact["object"]
    about = subjects.get(subject, {})
    match fact["property"]:
        case "investor" if object:
            return [(object, "investor", about.get("org") or subject)]
        case "stake_acquired" | "price" if about.get("acquirer"):
            kind = "buys" if about.get("structure") == "acquisition" else "investor"
            return [(about["acquirer"], kind, about.get("target"))]
        case "competitor" if object:
            return [(subject, "competitor", object)]
        case "customer_stance" if object:
            stance = fact["value_text"]
            return [(subject, {"leaving": "customer_left", "reducing": "customer_cut", "pausing": "customer_cut"}.get(
                stance, "customer"), object)]  # fmt: skip
        case "person_moves" if object:
            return [(subject, "person_moves", object)]
        case "person_role" if object and fact["value_text"] in ("founder", "cofounder"):
            return [(subject, "founder", object)]
    return []


def _actor_title(
    facts: Facts, ties: Sequence[dict[str, Any]], degree: dict[str, int], rows: Sequence[dict[str, Any]], lang: str
) -> str:  # fmt: skip
    t = said.speak(lang)
    if not ties:
        title = t("No tie between the actors is known here", "Aucun lien entre les acteurs n’est connu ici")
        return said.check_title("actors", title, no_tie=not rows)
    if len(ties) == 1:
        only = f"{rows[0]['label'].replace(' → ', ' ' + rows[0]['shown'] + ' ')}"
        title = t(f"A single tie is known here: {only}", f"Un seul lien est connu ici\u00a0: {only}")
        return said.check_title("actors", title, one_tie=len(rows) == 1)
    most = max(degree.values())
    top = sorted(a for a in degree if degree[a] == most)
    if len(top) == 1:
        name = said.label(facts, top[0], lang)
        title = t(f"{name} stands in the middle: {most} of the {len(ties)} ties named",
                  f"{name} est au centre\u00a0: {most} des {len(ties)} liens nommés")  # fmt: skip
    else:
        both = t(" and ", " et ").join(said.label(facts, a, lang) for a in top[:2])
        title = t(
            f"{both} have the most ties, {most} of {len(ties)} each",
            f"{both} ont le plus de liens, {most} sur {len(ties)} chacun",
        )
    again = sum(1 for row in rows if top[0] in (row["key"].split("/")[0], row["key"].split("/")[-1]))
    return said.check_title("actors", title, ties_of_the_first=again == most, all_ties=len(rows) == len(ties))


def _actor_scene(facts: Facts, core: Sequence[str], ties: Sequence[dict[str, Any]], lang: str) -> Scene:
    t = said.speak(lang)
    rows = _alike(core, ties)

    def who(actors: Sequence[str]) -> str:
        names = [said.label(facts, actor, lang) for actor in actors]
        rest = len(names) - MOST
        return ", ".join(names[:MOST]) + (t(f" and {rest} more", f" et {rest} autres") if rest > 0 else "")

    def cell(actors: Sequence[str], found: Sequence[tuple[dict[str, Any], bool]]) -> Cell:
        if not found:
            return Cell("")
        words = dict.fromkeys(TIES[tie["tie"]][back][lang][len(actors) > 1] for tie, back in found)
        left = any(tie["tie"] in ("customer_left", "customer_cut") for tie, _ in found)
        return Cell(", ".join(words), sign=said.weakest(tie["standing"] for tie, _ in found),
                    sign_color=VERMILION if left else BLUE, color=VERMILION_TEXT if left else INK)  # fmt: skip

    behind = [sorted({c for found in cells.values() for tie, _ in found for c in tie["claims"]}) for _, cells in rows]
    columns: list[Column | Drawn] = [
        Column("", [Cell(who(actors), bold=True) for actors, _ in rows], most=190),
        *(Column(said.label(facts, side, lang), [cell(actors, cells.get(side, [])) for actors, cells in rows], most=140,
                 strong=True) for side in core),
        Column(t("Who says so", "Qui le dit"), [Cell(said.who(facts, c, lang), color=GREY) for c in behind], most=150),
    ]  # fmt: skip
    tips = [
        said.tip(facts, lang, what=who(actors), value=str(sum(map(len, cells.values()))), standing=None, claims=claims)
        for (actors, cells), claims in zip(rows, behind, strict=True)
    ]
    scene = table_graphic(columns, tips=tips, row=34, empty=t("No tie is known.", "Aucun lien n’est connu."))
    said.draw_key(scene, {tie["standing"] for tie in ties}, lang)
    return scene


def _alike(core: Sequence[str], ties: Sequence[dict[str, Any]]) -> list[tuple[list[str], Ends]]:
    """The rows: actors whose ties read the same share one; a side's own ties to the other first, then who has most."""
    own: dict[str, Ends] = {}
    for tie in sorted(ties, key=lambda tie: (tie["tie"], tie["from"], tie["to"])):
        back = tie["to"] not in core
        actor, side = (tie["to"], tie["from"]) if back else (tie["from"], tie["to"])
        own.setdefault(actor, {}).setdefault(side, []).append((tie, back))
    rows: dict[str, tuple[list[str], Ends]] = {}
    for actor in sorted(own, key=lambda actor: (actor not in core, actor)):
        reads = {
            side: sorted({(TIES[e["tie"]][back]["en"][0], e["standing"]) for e, back in found})
            for side, found in own[actor].items()
        }
        actors, ends = rows.setdefault(marks.canonical([actor in core, reads]), ([], {}))
        actors.append(actor)
        for side, found in own[actor].items():
            ends.setdefault(side, []).extend(found)
    return sorted(
        rows.values(),
        key=lambda row: (row[0][0] not in core, -len(row[1]), min(map(core.index, row[1])), -len(row[0])),
    )
