"""Charts of the strategy: why, by which source; who is tied to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis.articles import edtf, wording
from analysis.facts.facts import Facts
from analysis.figures import said
from analysis.figures.figure import Figure
from analysis.figures.grammar import Cell, Column, Drawn, Scene, table_graphic
from analysis.figures.theme import BLUE, GREY, INK, VERMILION, VERMILION_TEXT

COMPANY, DEAL = "org:meta", "deal:meta-scale-ai-2025"
MOST_SOURCES, MOST_ACTORS = 6, 11
SUPPORT = {
    "yes": ("asserts", "affirme"), "partly": ("suggests", "suggère"), "no": ("disputes", "conteste"),
    "silent": ("silent", "muet"),
}  # fmt: skip
KIND_ORDER = ("party", "named", "outlet", "unnamed")


def driver_evidence(facts: Facts, *, company: str = COMPANY, lang: str = "en") -> Figure:
    """Reasons given for the strategy against the sources: who asserts, suggests, disputes, and who is silent.

    A source is the origin of a claim, not the outlet that passes it on. Opinions count here as suggestions: a reason is
    no number, and silence and dispute are the finding.
    """
    t = said.speak(lang)
    claims = _driver_claims(facts)
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    for claim in claims.iter_rows(named=True):
        support = _support(claim)
        cell = cells.setdefault((claim["reason"], claim["origin"]), {"support": support, "claims": []})
        cell["claims"].append(claim["id"])
        cell["support"] = min(cell["support"], support, key=("no", "yes", "partly").index)
    sources = _sources(facts, [origin for _, origin in cells])
    kept, rest = sources[:MOST_SOURCES], sources[MOST_SOURCES:]
    weight = {r: sum(1 for (reason, _), c in cells.items() if reason == r and c["support"] != "no") for r, _ in cells}
    reasons = sorted(weight, key=lambda r: (-weight[r], r))
    names = {r: reason_label(facts, r, lang) for r in reasons}
    rows = [{"key": f"{r}/{s}", "label": f"{names[r]} – {said.label(facts, s, lang)}", "text": cells[r, s]["support"],
             "claims": sorted(cells[r, s]["claims"]), "shown": SUPPORT[cells[r, s]["support"]][lang == "fr"]}
            for r in reasons for s in sources if (r, s) in cells]  # fmt: skip
    notes = [t("A source is who says it first, not who passes it on. “Silent”: in these documents.",
               "La source est celle qui parle la première, non celle qui répète. «\u00a0Muet\u00a0»\u00a0: dans ces "
               "documents.")] if reasons else []  # fmt: skip
    if rest:
        others = ", ".join(said.label(facts, s, lang) for s in rest)
        notes.append(t(f"Sources not shown: {others}.", f"Sources non montrées\u00a0: {others}."))
    disputed = [
        names[r] for r in reasons if any(c["support"] == "no" for (reason, _), c in cells.items() if reason == r)
    ]
    name = said.label(facts, company, lang)
    return said.bind(
        facts,
        "driver-evidence",
        scene=_driver_scene(facts, reasons, names, kept, cells, lang),
        rows=rows,
        lang=lang,
        title=_driver_title(reasons, names, weight, sources, rows, lang),
        notes=notes,
        params={"company": company},
        subtitle=[t(f"What each source says of {name}’s reasons.", f"Ce que chaque source dit des raisons de {name}.")],
        alt=[
            t(
                f"Matrix of {len(reasons)} reasons by {len(sources)} sources, with a word in each cell.",
                f"Matrice de {len(reasons)} raisons et {len(sources)} sources, un mot par case.",
            ),
            *(
                [
                    t(
                        f"Most given: {names[reasons[0]]}, by {weight[reasons[0]]}.",
                        f"La plus avancée\u00a0: {names[reasons[0]]}, par {weight[reasons[0]]}.",
                    )
                ]
                if reasons
                else [t("No reason is known here.", "Aucune raison n’est connue ici.")]
            ),
            *([t(f"Disputed: {', '.join(disputed)}.", f"Contestée\u00a0: {', '.join(disputed)}.")] if disputed else []),
        ],
        caption=t(
            f"Reasons given for {name}’s strategy, by source", f"Raisons prêtées à la stratégie de {name}, par source"
        ),
    )


def _driver_claims(facts: Facts) -> pl.DataFrame:
    """Claims on reasons that count on the day, opinions too; `official` keeps what a party says itself."""
    out = facts.set_aside.filter(pl.col("reason") != "opinion")["claim"].to_list()
    about = facts.corpus.claims.filter(
        pl.col("property").is_in(["driver", "driver_disputed"]), ~pl.col("id").is_in(out)
    )
    if facts.as_of:
        about = about.filter(pl.col("known_on") <= edtf.bounds(facts.as_of)[1])
    if facts.policy == "official":
        about = about.filter(pl.col("status") == "confirmed")
    return about.with_columns(reason=pl.coalesce("value_text", "object")).filter(pl.col("reason").is_not_null())


def _support(claim: dict[str, Any]) -> str:
    if claim["property"] == "driver_disputed":
        return "no"
    unsure = claim["status"] in ("opinion", "estimated", "derived") or claim["hedge"] == "vague"
    return "partly" if unsure or claim["stage"] in ("conditional", "intention") else "yes"


def reason_label(facts: Facts, reason: str, lang: str) -> str:
    """A reason in words."""
    words = wording.word("value", reason, lang) if ":" not in reason else said.label(facts, reason, lang)
    return words[:1].upper() + words[1:]


def _sources(facts: Facts, origins: Sequence[str]) -> list[str]:
    """The sources that say something: parties first, then named, outlets, unnamed; the most talkative first."""
    kinds = dict(facts.corpus.sources.select("id", "kind").iter_rows())
    times = {o: list(origins).count(o) for o in origins}
    return sorted(times, key=lambda o: (KIND_ORDER.index(kinds.get(o, "unnamed")), -times[o], o))


def _driver_title(
    reasons: Sequence[str], names: dict[str, str], weight: dict[str, int], sources: Sequence[str],
    rows: Sequence[dict[str, Any]], lang: str,
) -> str:  # fmt: skip
    t = said.speak(lang)
    if not reasons:
        title = t("No source counted here gives a reason", "Aucune source retenue ici ne donne de raison")
        return said.check_title("driver-evidence", title, no_reason=not rows)
    top = reasons[0]
    again = len({row["key"] for row in rows if row["key"].startswith(f"{top}/") and row["text"] != "no"})
    n, m = said.spelled(weight[top], lang), said.spelled(len(sources), lang)
    alone = len(reasons) == 1 or weight[reasons[1]] < weight[top]
    reason = names[top][:1].lower() + names[top][1:]
    if len(reasons) == 1:
        title = t(
            f"One reason is given: {reason} ({n} of {m} sources)",
            f"Une seule raison est donnée\u00a0: {reason} ({n} sur {m} sources)",
        )
        return said.check_title("driver-evidence", title, sources_that_say_so=again == weight[top])
    if weight[top] < 2:
        title = t(f"No reason is given by two sources: {len(reasons)} reasons, one voice each",
                  f"Aucune raison n’a deux sources\u00a0: {len(reasons)} raisons, une voix chacune")  # fmt: skip
        return said.check_title("driver-evidence", title, one_voice_each=max(weight.values()) <= 1)
    if alone:
        title = t(f"The reason most given: {reason} ({n} of {m} sources)",
                  f"La raison la plus avancée\u00a0: {reason} ({n} sources sur {m})")  # fmt: skip
    else:
        title = t(f"No reason stands alone: {n} of {m} sources at most agree on one",
                  f"Aucune raison ne domine\u00a0: {n} sources sur {m} au plus s’accordent")  # fmt: skip
    return said.check_title("driver-evidence", title, sources_that_say_so=again == weight[top])


def _driver_scene(
    facts: Facts, reasons: Sequence[str], names: dict[str, str], sources: Sequence[str],
    cells: dict[tuple[str, str], dict[str, Any]], lang: str,
) -> Scene:  # fmt: skip
    t = said.speak(lang)

    def cell(reason: str, source: str) -> Cell:
        found = cells.get((reason, source))
        support = found["support"] if found else "silent"
        word = SUPPORT[support][lang == "fr"]
        if not found:
            return Cell(word, italic=True, color=GREY)
        disputes = support == "no"
        return Cell(
            word, sign=support, sign_color=VERMILION if disputes else BLUE, color=VERMILION_TEXT if disputes else INK
        )

    columns: list[Column | Drawn] = [
        Column(t("Reason", "Raison"), [Cell(names[r], bold=True) for r in reasons], most=170),
        *(Column(said.label(facts, s, lang), [cell(r, s) for r in reasons], most=105, strong=True) for s in sources),
    ]  # fmt: skip
    tips = [
        said.tip(facts, lang, what=names[r], value=t("who says what", "qui dit quoi"), standing=None,
                 claims=[c for (reason, _), cell in cells.items() if reason == r for c in cell["claims"]])
        for r in reasons
    ]  # fmt: skip
    return table_graphic(columns, tips=tips, row=34, empty=t("No reason is known.", "Aucune raison n’est connue."))


TIES = {
    "investor": ("invests in", "investit dans"),
    "buys": ("buys", "rachète"),
    "competitor": ("competes with", "concurrence"),
    "customer": ("buys from", "achète à"),
    "customer_left": ("leaves", "quitte"),
    "person_moves": ("moves to", "rejoint"),
    "founder": ("founded", "a fondé"),
    "person_role": ("works for", "travaille pour"),
    "customer_cut": ("buys less from", "achète moins à"),
}


def actors(facts: Facts, *, deal: str = DEAL, lang: str = "en") -> Figure:
    """Who is tied to whom: an actor × actor matrix with a word in the cell, read from row to column.

    The ties are those of the two sides of a deal; a tie between others is none of its story.
    """
    t = said.speak(lang)
    row = facts.corpus.subjects.filter(pl.col("id") == deal).to_dicts()
    core = [side for each in row for side in (each["acquirer"], each["target"]) if side]
    ties = [tie for tie in _ties(facts) if {tie["from"], tie["to"]} & set(core)]
    degree: dict[str, int] = {}
    voices: dict[str, int] = {}
    for tie in ties:
        for end in (tie["from"], tie["to"]):
            degree[end] = degree.get(end, 0) + 1
            voices[end] = voices.get(end, 0) + len(tie["claims"])
    moved = {end for tie in ties if tie["tie"] not in ("investor", "buys") for end in (tie["from"], tie["to"])}
    ranked = sorted(degree, key=lambda a: (a not in core, a not in moved, -voices[a], a))
    shown, rest = ranked[:MOST_ACTORS], ranked[MOST_ACTORS:]
    inner = [tie for tie in ties if tie["from"] in shown and tie["to"] in shown]
    rows = [{"key": f"{e['from']}/{e['tie']}/{e['to']}", "label": f"{said.label(facts, e['from'], lang)} → "
             f"{said.label(facts, e['to'], lang)}", "text": e["tie"], "standing": e["standing"], "claims": e["claims"],
             "shown": TIES[e["tie"]][lang == "fr"]} for e in ties]  # fmt: skip
    notes = [t("Read from row to column.", "Se lit de la ligne vers la colonne.")] if shown else []
    if rest:
        others = ", ".join(said.label(facts, a, lang) for a in rest)
        notes.append(t(f"With fewer ties, not shown: {others}.", f"Moins liés, non montrés\u00a0: {others}."))
    return said.bind(
        facts, "actors", scene=_actor_scene(facts, shown, inner, lang), rows=rows, lang=lang, notes=notes,
        title=_actor_title(facts, ties, ranked, degree, rows, lang), params={"deal": deal},
        subtitle=[t("Ties between actors, a word in each cell.", "Liens entre acteurs, un mot par case.")],
        alt=[t(f"Matrix of {len(shown)} actors with {len(inner)} ties named in its cells.",
               f"Matrice de {len(shown)} acteurs, {len(inner)} liens nommés dans ses cases."),
             *[f"{r['label']}{t(': ', ' : ')}{r['shown']}." for r in rows[:3]]],
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
    facts: Facts, ties: Sequence[dict[str, Any]], ranked: Sequence[str], degree: dict[str, int],
    rows: Sequence[dict[str, Any]], lang: str,
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
    top = [a for a in ranked if degree[a] == most]
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


def _actor_scene(facts: Facts, shown: Sequence[str], ties: Sequence[dict[str, Any]], lang: str) -> Scene:
    t = said.speak(lang)
    starts = [a for a in shown if any(tie["from"] == a for tie in ties)]
    ends = [a for a in shown if any(tie["to"] == a for tie in ties)]

    def cell(start: str, end: str) -> Cell:
        found = [tie for tie in ties if (tie["from"], tie["to"]) == (start, end)]
        if start == end or not found:
            return Cell("")
        words = ", ".join(TIES[tie["tie"]][lang == "fr"] for tie in found)
        left = any(tie["tie"] in ("customer_left", "customer_cut") for tie in found)
        return Cell(words, sign=said.weakest(tie["standing"] for tie in found), sign_color=VERMILION if left else BLUE,
                    color=VERMILION_TEXT if left else INK)  # fmt: skip

    columns: list[Column | Drawn] = [
        Column("", [Cell(said.label(facts, a, lang), bold=True) for a in starts], most=105),
        *(Column(said.label(facts, b, lang), [cell(a, b) for a in starts], most=150, strong=True) for b in ends),
    ]  # fmt: skip
    tips = [
        said.tip(
            facts,
            lang,
            what=said.label(facts, a, lang),
            value=str(sum(tie["from"] == a for tie in ties)),
            standing=None,
            claims=[c for tie in ties if tie["from"] == a for c in tie["claims"]],
        )
        for a in starts
    ]
    scene = table_graphic(columns, tips=tips, row=34, empty=t("No tie is known.", "Aucun lien n’est connu."))
    said.draw_key(scene, {tie["standing"] for tie in ties}, lang)
    return scene
