"""Executed notebooks -> the folder a reader opens: pages, documents, charts, an index."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from analysis.articles import wording
from analysis.figures import marks
from analysis.figures.figure import static_svg, write_whole
from analysis.figures.tables import capital
from analysis.reports import document, html, page
from analysis.reports.blocks import VEGALITE_MIME, Block, blocks, findings_block, joined
from analysis.reports.run import Outcome, failure, findings_of
from analysis.reports.words import WORDS, prose

ORDER = ("meta_ai_strategy", "deal_comparison", "customer_reactions")  # as a reader asks; others come after
COMMON = ("policy", "as_of", "scope", "articles")
SHOWN = 6  # findings of a run in the table of a grid


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
    run = json.loads(executed.read_text(encoding="utf-8"))
    french, scope, written = prose(notebook, lang), scope_line(run, lang), []
    if "html" in formats:
        made, _ = html.render(run, lang=lang, prose=french, scope=scope, home="index.html")
        write_whole(out / f"{executed.stem}.html", made.encode())
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
    """A run's own parameters in one line; the language shows by itself, and what is at its default is not repeated."""
    given = run["metadata"].get("papermill", {}).get("parameters", {})
    own = {name: value for name, value in sorted(given.items()) if name != "lang" and value not in ("", [])}
    return " · ".join(f"{name} = {value}" for name, value in own.items())


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
        entries.append(record | marks.hashes(png))
    append_entries(folder.parent / "ledger.jsonl", entries)
    return written


def index(out: Path, outcomes: Sequence[Outcome], *, lang: str = "en") -> list[Path]:
    """Write `index.html`: answers, charts and findings of a few runs, and a page a subject; a table for a grid.

    Args:
        out: the folder of the runs.
        outcomes: of the runs, in order.
        lang: of the page.

    Returns:
        The files written.
    """
    answers: list[str] = []
    contents: list[tuple[int, str, str]] = []
    pages: list[Path] = []
    if len({outcome.notebook for outcome in outcomes}) < len(outcomes):
        body = _grid(outcomes, lang)
    else:
        body, answers, contents, pages = _reports(out, outcomes, lang)
    front = page.page(title=WORDS[lang].front, body=body, lang=lang, answers=answers, contents=contents,
                      footer=escape(WORDS[lang].made_from))  # fmt: skip
    write_whole(out / "index.html", front.encode())
    return [out / "index.html", *pages]


def _reports(
    out: Path, outcomes: Sequence[Outcome], lang: str
) -> tuple[str, list[str], list[tuple[int, str, str]], list[Path]]:
    """The runs one under another: question, charts' takeaways, findings; then who and what they speak of."""
    order = {name: place for place, name in enumerate(ORDER)}
    parts: list[dict[str, Any]] = []
    answers, charts, t = [], [], WORDS[lang]
    for outcome in sorted(outcomes, key=lambda o: order.get(Path(o.notebook).stem, len(order))):
        if outcome.status == "failed":
            parts.append({"name": outcome.name, "failure": failure(outcome)})
            continue
        run = json.loads((out / f"{outcome.name}.ipynb").read_text(encoding="utf-8"))
        own = outcome.parameters.get("lang", lang)
        found = list(blocks(run, lang=own, prose=prose(Path(outcome.notebook_path), own)))
        title = next((b.text for b in found if b.kind == "prose"), outcome.name).splitlines()[0].removeprefix("# ")
        answers += [html.plain(b.text) for b in found if b.kind == "answer"][:1]
        place = f"{outcome.name}.html"
        drawn = [b.record["record"] | {"page": place, "anchor": html.anchor_of(b.record["ref"])}
                 for b in found if b.kind == "figure"]  # fmt: skip
        rows = findings_block(findings_of(run), lang)
        findings = Markup(page.table(rows.columns, rows.rows, label=f"{t.findings}{t.colon}{title}"))
        parts.append({"name": outcome.name, "title": title, "page": place, "charts": drawn, "findings": findings})
        charts += drawn
    subjects = _subjects(out, outcomes, charts, lang) if charts else {}
    body = page.fragment("reports", parts=parts, subjects=subjects, t=t)
    contents = [(2, part["name"], part.get("title", part["name"])) for part in parts]
    contents += [(2, "subjects", t.subjects)] if subjects else []
    return body, answers, contents, [out / place for pages in subjects.values() for place, _ in pages]


def _subjects(
    out: Path, outcomes: Sequence[Outcome], charts: list[dict[str, Any]], lang: str
) -> dict[str, list[tuple[str, str]]]:
    """The pages of what the runs speak of, under the parameters that they share."""
    from analysis.facts.study import study
    from analysis.reports.subjects import write_subjects

    shared = {name: value for name, value in outcomes[0].parameters.items() if name in COMMON
              and all(o.parameters.get(name) == value for o in outcomes)}  # fmt: skip
    return write_subjects(study(**shared), out, charts=charts, lang=lang)


def _grid(outcomes: Sequence[Outcome], lang: str) -> str:
    """The runs of a grid as one table to filter and sort: parameters, what became of it, findings' values."""
    keys = sorted({key for outcome in outcomes for key in outcome.parameters})
    numbers = _shown_numbers(outcomes)
    runs = []
    for o in outcomes:
        shown = {row["id"]: row for row in findings_block(o.findings, lang).rows}
        values = {f["id"]: f["value"] for f in o.findings}
        link = next((f for f in o.files if f.endswith(".html")), f"{o.name}.ipynb")
        runs.append({
            "name": o.name, "link": link if o.status != "failed" else (o.files or [""])[0],
            "state": getattr(WORDS[lang], o.status), "failure": failure(o) if o.status == "failed" else "",
            "parameters": [str(o.parameters.get(key, "")) for key in keys],
            "numbers": [(shown.get(id, {}).get("value", ""), values.get(id)) for id in numbers],
        })  # fmt: skip
    labels = [capital(wording.word("finding", id, lang)) for id in numbers]
    return page.fragment("grid", keys=keys, numbers=labels, runs=runs, t=WORDS[lang])


def _shown_numbers(outcomes: Sequence[Outcome]) -> list[str]:
    """The ids of the first findings of each notebook that are numbers, SHOWN in all."""
    ids: dict[str, dict[str, None]] = {}
    for o in outcomes:
        ids.setdefault(o.notebook, {}).update((f["id"], None) for f in o.findings if not isinstance(f["value"], str))
    each = max(1, SHOWN // max(1, len(ids)))
    return list(dict.fromkeys(id for own in ids.values() for id in list(own)[:each]))
