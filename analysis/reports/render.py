"""Executed notebooks -> the folder a reader opens: pages, documents, charts, an index."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import escape

from analysis.errors import DataError, one_of
from analysis.figures import marks
from analysis.figures.figure import static_svg, write_whole
from analysis.figures.tables import table_html
from analysis.reports import document, html
from analysis.reports.blocks import VEGALITE_MIME, Block, blocks, joined
from analysis.reports.prose import prose
from analysis.reports.run import Outcome, findings_of
from analysis.reports.words import WORDS

FORMATS = ("ipynb", "html", "pdf", "docx")


def render(executed: Path, *, notebook: Path, formats: Sequence[str], out: Path, lang: str = "en") -> list[Path]:
    """Write an executed notebook in each format, and its charts where a page was asked for.

    Args:
        executed: the notebook with its outputs.
        notebook: the one it was made from; its French lies beside it.
        formats: of ipynb, html, pdf and docx; ipynb is already there.
        out: the folder; names follow the executed notebook's.
        lang: of the prose and of the words that the renderer adds.

    Returns:
        The files written.
    """
    for name in formats:
        if name not in FORMATS:
            raise DataError(f"--format: {one_of(name, FORMATS)}")
    run = json.loads(executed.read_text(encoding="utf-8"))
    french, scope, written = prose(notebook, lang), scope_line(run, lang), []
    if "html" in formats:
        page, _ = html.render(run, lang=lang, prose=french, scope=scope, home="index.html")
        write_whole(out / f"{executed.stem}.html", page.encode())
        written += [out / f"{executed.stem}.html", *charts(run, out / "charts")]
    if {"pdf", "docx"} & set(formats):
        with tempfile.TemporaryDirectory() as room:
            title, text = document.markdown_from(run, Path(room), lang=lang, prose=french, scope=scope)
            for kind in ("pdf", "docx"):
                if kind in formats:
                    target = out / f"{executed.stem}.{kind}"
                    written.append(document.write(text, target, title=title, lang=lang, folder=Path(room)))
    return written


def scope_line(run: dict[str, Any], lang: str) -> str:
    """The parameters of a run in one line, as given; those left at their default are not repeated."""
    given = run["metadata"].get("papermill", {}).get("parameters", {})
    return " · ".join(f"{name} = {value}" for name, value in sorted(given.items()) if value not in ("", []))


def figures_of(run: dict[str, Any]) -> list[Block]:
    """The figures of an executed notebook, in reading order."""
    return [block for block in blocks(run) if block.kind == "figure"]


def charts(run: dict[str, Any], folder: Path) -> list[Path]:
    """Write each chart of a notebook as SVG, PNG and CSV, with its record, and the records to `ledger.jsonl`."""
    from analysis.figures.ledger import append_entries

    folder.mkdir(parents=True, exist_ok=True)
    written, entries = [], []
    for block in figures_of(run):
        record = block.record["record"]
        png = base64.b64decode(joined(block.data["image/png"]))
        files = {
            "svg": marks.write_svg(static_svg(block.data[VEGALITE_MIME]), record).encode(),
            "png": png,
            "csv": block.record["csv"].encode(),
        }
        for kind, data in files.items():
            written.append(folder / f"{record['ref']}.{record['lang']}.{kind}")
            write_whole(written[-1], data)
        entries.append(record | {"pixels": marks.pixel_hash(png), "look": marks.look_hash(png)})
    append_entries(folder.parent / "ledger.jsonl", entries)
    return written


def answer_of(run: dict[str, Any], lang: str) -> tuple[str, str]:
    """The title of an executed notebook and the sentence that answers it."""
    found = list(blocks(run, lang=lang))
    answer = next((block.text.strip() for block in found if block.kind == "answer"), "")
    title = next((block.text for block in found if block.kind == "prose"), "").splitlines()[0]
    return title.removeprefix("# "), answer


def index(
    out: Path, outcomes: Sequence[Outcome], *, lang: str = "en", subjects: Sequence[tuple[str, str]] = ()
) -> Path:
    """Write `index.html`: answers, findings and links for a few runs; a table to filter for a grid.

    Args:
        out: the folder of the runs.
        outcomes: of the runs, in order.
        lang: of the page.
        subjects: relative address and name of each subject's page.
    """
    t = WORDS[lang]
    grid = len({outcome.notebook for outcome in outcomes}) < len(outcomes)
    body, answer = (_grid(outcomes, lang), "") if grid else _reports(out, outcomes, lang)
    if subjects:
        items = "".join(f'<li><a href="{escape(place)}">{escape(name)}</a></li>' for place, name in subjects)
        body += f'<h2 id="subjects">{t.subjects}</h2><ul>{items}</ul>'
    page = html.page(title=t.front, body=body, lang=lang, answer=answer, footer=escape(t.made_from))
    write_whole(out / "index.html", page.encode())
    return out / "index.html"


def _reports(out: Path, outcomes: Sequence[Outcome], lang: str) -> tuple[str, str]:
    """The runs one under another: question, answer, charts' takeaways, findings."""
    t, parts, answers = WORDS[lang], [], []
    for outcome in outcomes:
        if outcome.status == "failed":
            parts.append(f'<h2>{escape(outcome.name)}</h2><p class="failed">{escape(_failure(outcome))}</p>')
            continue
        run = json.loads((out / f"{outcome.name}.ipynb").read_text(encoding="utf-8"))
        own = outcome.parameters.get("lang", "en")
        title, answer = answer_of(_with_prose(run, prose(Path(outcome.notebook_path), own)), own)
        answers.append(answer)
        page = f"{outcome.name}.html"
        takeaways = "".join(
            f'<li><a href="{escape(page)}#{escape(b.record["record"]["ref"].replace("@", "-"))}">'
            f"{escape(b.record['record']['title'])}</a></li>"
            for b in figures_of(run)
        )
        table = table_html(*_finding_rows(run, lang), caption=t.findings)
        parts.append(
            f'<h2><a href="{escape(page)}">{escape(title)}</a></h2><p>{escape(answer)}</p><ul>{takeaways}</ul>'
            f'<details><summary>{t.findings}</summary><div class="table">{table}</div></details>'
        )
    return "".join(parts), answers[0] if answers else ""


def _with_prose(run: dict[str, Any], french: dict[str, str]) -> dict[str, Any]:
    cells = [cell | {"source": french.get(cell.get("id", ""), joined(cell["source"]))} for cell in run["cells"]]
    return run | {"cells": cells}


def _finding_rows(run: dict[str, Any], lang: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    from analysis.reports.blocks import findings_block

    block = findings_block(findings_of(run), lang)
    return block.columns, block.rows


def _failure(outcome: Outcome) -> str:
    error = outcome.error or {}
    return f"{error.get('ename')}: {error.get('evalue')} (cell {error.get('cell')}, line {error.get('line')})"


def _grid(outcomes: Sequence[Outcome], lang: str) -> str:
    """The runs of a grid as one table: parameters, state, findings' values."""
    t = WORDS[lang]
    keys = sorted({key for outcome in outcomes for key in outcome.parameters})
    columns = [{"key": "name", "label": t.reports}] + [{"key": key, "label": key} for key in keys]
    columns += [{"key": "status", "label": t.state}, {"key": "files", "label": t.files}]
    rows = [
        {"name": o.name, "status": o.status if o.status != "failed" else _failure(o), "files": " ".join(o.files)}
        | {key: str(o.parameters.get(key, "")) for key in keys}
        for o in outcomes
    ]
    table = table_html(columns, rows, css="filtered")
    links = {o.name: next((f for f in o.files if f.endswith(".html")), f"{o.name}.ipynb") for o in outcomes}
    for name, file in links.items():
        cell = f'<th scope="row">{escape(name)}</th>'
        table = table.replace(cell, f'<th scope="row"><a href="{escape(file)}">{escape(name)}</a></th>')
    label = f'<label for="filter">{t.filter}</label>'
    box = f'<input id="filter" type="search" data-shown="{escape(t.shown)}">'
    return f'<p class="filter">{label} {box}</p><div class="table">{table}</div>'
