"""An executed notebook read once, as the blocks that every format is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from analysis.articles import wording
from analysis.figures.figure import FIGURE_MIME
from analysis.figures.tables import TABLE_MIME
from analysis.reports.run import findings_of
from analysis.reports.words import WORDS

VEGALITE_MIME = "application/vnd.vegalite.v5+json"


class Block(msgspec.Struct):
    """One thing a reader sees: `kind` is prose, answer, note, figure, table, html, image, text, error or code."""

    kind: str
    text: str = ""  # Markdown, plain text, HTML or code, by kind
    record: dict[str, Any] = {}  # of a figure
    data: dict[str, Any] = {}  # a figure's other forms: its picture, its chart
    columns: list[dict[str, Any]] = []  # of a table: key, label, align
    rows: list[dict[str, Any]] = []


def joined(text: Any) -> str:
    """Text as notebooks hold it: a string, or a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def blocks(notebook: dict[str, Any], *, lang: str = "en", prose: dict[str, str] | None = None) -> Iterator[Block]:
    """Read an executed notebook in order.

    Args:
        notebook: the notebook as JSON, with its outputs.
        lang: of the words the renderer adds.
        prose: Markdown by cell id that replaces the notebook's own.
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield Block("prose", text=(prose or {}).get(cell.get("id", ""), joined(cell["source"])))
        if cell["cell_type"] != "code":
            continue
        tags = cell["metadata"].get("tags", [])
        if "findings" in tags:
            yield findings_block(findings_of(notebook), lang)
        else:
            yield from (_output(output, "answer" in tags) for output in cell["outputs"])
        if "injected-parameters" not in tags:
            yield Block("code", text=joined(cell["source"]))


def _output(output: Any, is_answer: bool) -> Block:
    """One output, by the richest form that can be shown safely."""
    kind = output["output_type"]
    if kind == "stream":
        return Block("text", text=joined(output["text"]))
    if kind == "error":
        return Block("error", text=f"{output['ename']}: {output['evalue']}")
    data = output["data"]
    if FIGURE_MIME in data:
        return Block("figure", record=data[FIGURE_MIME], data={k: v for k, v in data.items() if k != FIGURE_MIME})
    if TABLE_MIME in data:
        return Block("table", columns=data[TABLE_MIME]["columns"], rows=data[TABLE_MIME]["rows"])
    if "text/markdown" in data:
        return Block("answer" if is_answer else "note", text=joined(data["text/markdown"]))
    if "text/html" in data:
        return Block("html", text=joined(data["text/html"]))
    if "image/png" in data:
        return Block("image", text=joined(data["image/png"]).strip(), data=dict(output.get("metadata", {})))
    return Block("text", text=joined(data.get("text/plain", "")))


def findings_block(rows: list[dict[str, Any]], lang: str) -> Block:
    """The findings as a table: what a memo may cite, with the id to cite it by."""
    t = WORDS[lang]
    columns = [{"key": key, "label": getattr(t, key)} for key in ("id", "value", "spread", "standing")]
    return Block("table", columns=columns, rows=[_finding(row, lang) for row in rows])


def _finding(row: dict[str, Any], lang: str) -> dict[str, Any]:
    """A finding in words: its value, its range where it has one, and who vouches."""
    value, unit = row["value"], row["unit"]
    if isinstance(value, str):
        return {"id": row["id"], "value": value, "spread": "", "standing": ""}
    open_range = row["lo"] is None and row["hi"] is None
    return {
        "id": row["id"],
        "value": WORDS[lang].unknown if value is None else wording.quantity(value, unit, lang),
        "spread": "" if open_range or row["lo"] == row["hi"] else wording.interval(row["lo"], row["hi"], unit, lang),
        "standing": wording.word("status", row["standing"], lang) if row["standing"] else "",
    }
