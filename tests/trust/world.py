"""data/, the texts and the tables it came from, held in memory so that one thing of it can be changed at a time."""

from __future__ import annotations

import copy
import csv
import json
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from analysis.articles import frames
from analysis.articles import text as texts
from analysis.articles.copies import texts_in
from analysis.articles.corpus import Corpus
from analysis.articles.files import Contents, Record, read_folder
from analysis.articles.rules import check_rules
from analysis.reports.parameters import parameters_of

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
NOTEBOOKS = ("meta_ai_strategy", "deal_comparison", "customer_reactions")
Path_ = tuple[str | int, ...]
PRICES = "data/reference/cpi_u_2012.csv"


@dataclass(frozen=True)
class World:
    """What every check reads; a mutant is a world that differs in one place."""

    contents: Contents
    raw: list[dict[str, Any]]  # one a record of contents, as TOML gives it
    texts: dict[str, str]  # article id -> normalised text
    rows: dict[str, dict[str, str]]  # claim id -> its row of the table of sourced facts
    prices: dict[tuple[str, str, str], str]  # series, year, period -> index
    given_prices: dict[tuple[str, str, str], str]  # as the Bureau's table has them
    stored: dict[str, list[dict[str, Any]]]  # notebook -> its stored findings
    defaults: dict[str, dict[str, Any]]  # notebook -> parameter -> default
    choices: dict[str, tuple[str, ...]]  # parameter -> what its help allows

    def corpus(self) -> Corpus:
        """The corpus as `load` makes it; `contents.problems` must be empty."""
        c = self.contents
        return Corpus(
            root=c.root,
            broader={r.item.id: r.item.broader for r in c.of("property") if r.item.broader},
            french={value: french for r in c.of("property") for value, french in r.item.french.items()},
            pins=[frames._fields(r.item) for r in c.of("pin")],
            corrections=[frames._fields(r.item) for r in c.of("correction")],
            **frames.frames_from(c),
        )

    def with_field(self, record: int, path: Path_, new: Any) -> World:
        """A world in which one field of one record is another; a field that cannot be is a problem, as on reading."""
        row = copy.deepcopy(self.raw[record])
        inner: Any = row
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = new
        old = self.contents.records[record]
        contents = replace(self.contents, records=list(self.contents.records), problems=[])
        try:
            contents.records[record] = Record(old.kind, msgspec.convert(row, type(old.item)), old.file, old.line)
        except msgspec.ValidationError as error:
            contents.problems.append(f"{old.file}:{old.line}: {error}")
        return replace(self, contents=contents)

    def with_text(self, article: str, place: int, new: str) -> World:
        """A world in which one character of an article's text is another."""
        old = self.texts[article]
        return replace(self, texts=self.texts | {article: old[:place] + new + old[place + 1 :]})

    def checked(self) -> list[str]:
        """The rules of data/ that are broken."""
        if not self.contents.problems:
            check_rules(self.contents)
        return self.contents.problems


def read_world(root: Path = ROOT, shared: Path = SHARED) -> World:
    """Read everything once."""
    contents = read_folder(root)
    check_rules(contents)
    if contents.problems:
        raise SystemExit("\n".join(contents.problems))
    by_sha = {texts.sha256(text): text for text in texts_in(shared / "articles").values()}
    articles = [record.item for record in contents.of("article") if record.item.text_sha256]
    table = {(r["entity"], r["property"], r["as_of"]): r for r in _table(shared / "reference" / "facts.csv")}
    mapped = _table(root / "tests" / "articles" / "reference_rows.csv")
    notebooks = {name: json.loads((root / "notebooks" / f"{name}.ipynb").read_bytes()) for name in NOTEBOOKS}
    parameters = {name: parameters_of(notebook) for name, notebook in notebooks.items()}
    return World(
        contents=contents,
        raw=[_raw(root, record, contents) for record in contents.records],
        texts={article.id: by_sha[article.text_sha256] for article in articles},
        rows={id: table[r["entity"], r["property"], r["as_of"]] for r in mapped for id in r["claims"].split()},
        prices=_prices(root / PRICES),
        given_prices=_prices(shared / "reference" / "cpi_u_2012.csv"),
        stored={name: notebook["cells"][-1]["outputs"][0]["data"]["application/json"] for name, notebook in notebooks.items()},
        defaults={name: {p.name: p.default for p in found} for name, found in parameters.items()},
        choices={p.name: p.choices for found in parameters.values() for p in found},
    )  # fmt: skip


_tables: dict[str, dict[str, Any]] = {}


def _raw(root: Path, record: Record, contents: Contents) -> dict[str, Any]:
    """The TOML table that a record was made of."""
    if record.file not in _tables:
        _tables[record.file] = tomllib.loads(contents.texts[record.file], parse_float=Decimal)
    rows = _tables[record.file][record.kind]
    same = [other for other in contents.records if other.file == record.file and other.kind == record.kind]
    return rows if isinstance(rows, dict) else rows[next(i for i, other in enumerate(same) if other is record)]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _prices(path: Path) -> dict[tuple[str, str, str], str]:
    return {(row["series_id"], row["year"], row["period"]): row["value"] for row in _table(path)}
