"""A page for each company, person, deal and product: facts, dissent, history, charts, who said what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from markupsafe import escape

from analysis.articles import wording
from analysis.facts.explain import shown
from analysis.facts.facts import Facts
from analysis.figures.figure import write_whole
from analysis.figures.tables import HEADS, claims_table, table_html
from analysis.reports import html
from analysis.reports.words import WORDS

TYPES = ("deal", "org", "person", "product", "round", "event")


def file_of(subject: str) -> str:
    """The name of a subject's page: `org:scale-ai` is `org-scale-ai.html`."""
    return subject.replace(":", "-") + ".html"


def write_subjects(
    facts: Facts, out: Path, *, charts: Sequence[dict[str, str]] = (), lang: str = "en"
) -> list[tuple[str, str]]:
    """Write a page for each subject that something is said of.

    Args:
        facts: what is held true.
        out: the report's folder; the pages go to `subjects/` in it.
        charts: the report's charts: `page`, `anchor`, `title`, and `claims` joined by spaces.
        lang: of the pages.

    Returns:
        Address from `out`, and name, of each page, by type and then by name.
    """
    folder = out / "subjects"
    folder.mkdir(parents=True, exist_ok=True)
    said = facts.corpus.claims
    pages = []
    for row in facts.corpus.subjects.iter_rows(named=True):
        own = said.filter((pl.col("subject") == row["id"]) | (pl.col("object") == row["id"]))
        if own.is_empty():
            continue
        name = row[f"label_{lang}"]
        body = "".join(_sections(facts, row["id"], set(own["id"].to_list()), charts, lang))
        page = html.page(title=name, body=body, lang=lang, home="../index.html", scope=_kind(facts, row, lang))
        write_whole(folder / file_of(row["id"]), page.encode())
        pages.append((TYPES.index(row["type"]), f"subjects/{file_of(row['id'])}", name))
    return [(place, name) for _, place, name in sorted(pages, key=lambda page: (page[0], page[2].lower()))]


def _kind(facts: Facts, row: dict[str, Any], lang: str) -> str:
    names = ", ".join(row["aliases"] or [])
    kind = wording.word("type", row["type"], lang)
    return f"{kind} · {WORDS[lang].policy} {facts.policy}" + (f" · {names}" if names else "")


def _sections(facts: Facts, subject: str, claims: set[str], charts: Sequence[dict[str, str]], lang: str) -> list[str]:
    t = WORDS[lang]
    held = facts.about(subject)
    drawn = [c for c in charts if claims & set(c["claims"].split())]
    links = "".join(f'<li><a href="../{escape(c["page"])}#{escape(c["anchor"])}">{escape(c["title"])}</a></li>' for c in drawn)
    spoken = claims_table(facts, subjects=[subject], lang=lang)
    return [
        _section(t.facts, table_html(*_fact_rows(facts, held, lang))) if held.height else "",
        _section(t.dissent, table_html(*_dissent_rows(facts, held, lang))) if _dissent_rows(facts, held, lang)[1] else "",
        f"<h2>{t.charts}</h2><ul>{links}</ul>" if drawn else "",
        _section(HEADS[lang]["said"], table_html(spoken.columns, spoken.rows)) if spoken.rows else "",
    ]


def _section(title: str, table: str) -> str:
    return f'<h2>{escape(title)}</h2><div class="table">{table}</div>'


def _about(facts: Facts, row: dict[str, Any], lang: str) -> str:
    """The property of a fact, with what it is keyed by."""
    parts = [facts.corpus.label(row["property"], lang)]
    parts += [facts.corpus.label(row["object"], lang)] if row["object"] else []
    parts += [wording.word("basis", row["basis"], lang)] if row["basis"] else []
    parts += [wording.day(row["period"], lang)] if row["period"] else []
    return ", ".join(parts)


def _fact_rows(facts: Facts, held: pl.DataFrame, lang: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    t = WORDS[lang]
    columns = [{"key": "what", "label": t.what}, {"key": "value", "label": t.value}, {"key": "standing", "label": t.standing},
               {"key": "since", "label": t.since}, {"key": "voices", "label": t.voices, "align": "right"}]  # fmt: skip
    rows = [
        {
            "what": _about(facts, row, lang),
            "value": shown(row, facts.corpus, lang),
            "standing": wording.word("status", row["standing"], lang),
            "since": wording.day(row["when"], lang, short=True) if row["when"] else "",
            "voices": str(row["origins"]),
        }
        for row in held.sort("property", "on", "period", "id", nulls_last=True).iter_rows(named=True)
    ]
    return columns, rows


def _dissent_rows(facts: Facts, held: pl.DataFrame, lang: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    t = WORDS[lang]
    columns = [{"key": "what", "label": t.what}, {"key": "said", "label": HEADS[lang]["said"]}, {"key": "why", "label": t.why}]
    by_id = {row["id"]: row for row in facts.corpus.claims.iter_rows(named=True)}
    rows = [
        {
            "what": _about(facts, row, lang),
            "said": wording.sentence(by_id[item["claim"]], facts.corpus, lang),
            "why": wording.word("why", item["why"], lang),
        }
        for row in held.iter_rows(named=True)
        for item in row["dissent"] or []
        if item["claim"] in by_id
    ]
    return columns, rows
