"""The French of a notebook's prose: kept beside it, keyed by cell, stale once its English has changed."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from analysis.errors import DataError

NNBSP, NBSP = "\u202f", "\u00a0"


def fingerprint(source: str) -> str:
    """16 hex digits of a cell's English, by which its translation knows what it translates."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:16]


def french_typography(text: str) -> str:
    """Curly apostrophes, and no-break spaces before the marks that French sets apart.

    >>> french_typography("Qu'en dit-on ?").replace("\\u202f", "_")
    'Qu’en dit-on_?'
    """
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r" ([?!;»])", NNBSP + r"\1", text)
    return re.sub(r" :", NBSP + ":", re.sub(r"« ", "«" + NNBSP, text))


def translations(notebook: Path) -> dict[str, dict[str, str]]:
    """Read the French beside a notebook: `of` and `text` by cell id; none where there is no file."""
    beside = notebook.with_suffix(".fr.toml")
    if not beside.is_file():
        return {}
    try:
        return tomllib.loads(beside.read_text(encoding="utf-8")).get("cell", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{beside.name}: {error}, which is not TOML. See the cells of {notebook.name}.") from error


def stale(cells: list[Any], french: dict[str, dict[str, str]]) -> list[str]:
    """What a person has to translate anew: cells without French, with French of another English, or gone."""
    prose = {cell["id"]: cell["source"] for cell in cells if cell["cell_type"] == "markdown"}
    missing = [f"{cell}: no French" for cell in prose if cell not in french]
    moved = [
        f"{cell}: its English has changed"
        for cell in prose
        if cell in french and french[cell]["of"] != fingerprint(prose[cell])
    ]
    return missing + moved + [f"{cell}: no such cell" for cell in french if cell not in prose]


def prose(notebook: Path, lang: str) -> dict[str, str]:
    """The prose that replaces the notebook's own, by cell id; empty for English."""
    if lang != "fr":
        return {}
    return {cell: french_typography(entry["text"].strip()) for cell, entry in translations(notebook).items()}
