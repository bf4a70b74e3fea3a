"""Why, by which source: the reasons given for a strategy against those who give them."""

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

COMPANY = "org:meta"
MOST_SOURCES = 6
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


def _head(name: str) -> str:
    """A source's name as a column's head: without an article, with a capital.

    >>> _head("des observateurs non nommés")
    'Observateurs non nommés'
    """
    name = name.removeprefix("des ")
    return name[:1].upper() + name[1:]


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
        *(Column(_head(said.label(facts, s, lang)), [cell(r, s) for r in reasons], most=105, strong=True) for s in sources),
    ]  # fmt: skip
    tips = [
        said.tip(facts, lang, what=names[r], value=t("who says what", "qui dit quoi"), standing=None,
                 claims=[c for (reason, _), cell in cells.items() if reason == r for c in cell["claims"]])
        for r in reasons
    ]  # fmt: skip
    return table_graphic(columns, tips=tips, row=34, empty=t("No reason is known.", "Aucune raison n’est connue."))
