"""Claims, facts and deals as files that other tools open: CSV, Parquet, and Excel with typed cells."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from analysis.errors import DataError, MissingTool, one_of
from analysis.facts.facts import Facts

WHAT = ("claims", "facts", "deals")
SUFFIXES = (".csv", ".parquet", ".xlsx")
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins with one


def export(facts: Facts, what: str, path: str | os.PathLike[str]) -> tuple[Path, int]:
    """Write claims, facts or deals to a file, whole or not at all.

    In CSV a list is joined by spaces, and text that a spreadsheet would run as a formula gets an apostrophe before it.
    Parquet keeps every type. Excel holds a sheet each for the rows, the dissent and the sources.

    Returns:
        The file, and how many rows it holds.
    """
    if what not in WHAT:
        raise DataError(f"export: {one_of(what, WHAT)}")
    file = Path(path)
    if file.suffix not in SUFFIXES:
        raise DataError(f"{file}: suffix {one_of(file.suffix, SUFFIXES)}")
    rows = rows_of(facts, what)
    beside = file.with_name(f".{file.name}.{os.getpid()}{file.suffix}")
    try:
        if file.suffix == ".parquet":
            rows.write_parquet(beside)
        elif file.suffix == ".csv":
            beside.write_text(csv_of(rows), encoding="utf-8", newline="")
        else:
            _write_workbook(
                beside, {what: flat(rows), "dissent": dissent_of(facts), "sources": flat(facts.corpus.sources)}
            )
        os.replace(beside, file)
    except OSError as error:
        raise DataError(
            f"{file}: cannot be written ({error.strerror or error}). Choose another file with -o."
        ) from None
    finally:
        beside.unlink(missing_ok=True)
    return file, rows.height


def rows_of(facts: Facts, what: str) -> pl.DataFrame:
    """The frame behind a name; a claim of the articles in scope, a fact, or a deal a row."""
    if what == "claims":
        return facts.corpus.select(facts.scope, facts.articles or None).claims
    if what == "facts":
        return facts.frame
    from analysis.facts.deals import deals_from

    return deals_from(facts)


def csv_of(rows: pl.DataFrame) -> str:
    """The rows as CSV that a spreadsheet opens without running anything."""
    text = pl.selectors.string()
    risky = text.str.slice(0, 1).is_in(RISKY)
    return flat(rows).with_columns(pl.when(risky).then("'" + text).otherwise(text).name.keep()).write_csv()


def flat(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with lists joined by spaces and structures as text."""
    made = []
    for name, kind in rows.schema.items():
        if isinstance(kind, pl.List) and isinstance(kind.inner, pl.Struct):
            made.append(pl.Series(name, [_told(value) for value in rows[name].to_list()], dtype=pl.String))
        elif isinstance(kind, pl.List):
            made.append(rows[name].cast(pl.List(pl.String)).list.join(" "))
        else:
            made.append(rows[name])
    return pl.DataFrame(made)


def dissent_of(facts: Facts) -> pl.DataFrame:
    """One row a claim that disagrees with a fact: the fact, the claim, why."""
    against = facts.frame.select("dissent", fact="id").explode("dissent").drop_nulls().unnest("dissent")
    return against.select("fact", "claim", "why")


def _told(items: list[dict[str, Any]] | None) -> str | None:
    """Structures as text: `claim: why; claim: why`, a list among them joined by spaces."""
    parts = [[part for part in item.values() if part is not None] for item in items or []]
    words = [": ".join(" ".join(part) if isinstance(part, list) else str(part) for part in item) for item in parts]
    return "; ".join(words) or None


def _write_workbook(path: Path, sheets: dict[str, pl.DataFrame]) -> None:
    """One sheet a frame: numbers as numbers, dates as dates, text as text, never as a formula or a link."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingTool("Excel files need xlsxwriter. Install it: pip install 'deal-analysis[memo]'") from None
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1)})  # a date would be ignored for the clock
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for column, title in enumerate(rows.columns):
            sheet.write_string(0, column, title, bold)
            for line, value in enumerate(rows[title].to_list(), 1):
                _write_cell(sheet, line, column, value, day)
        sheet.autofit(300)
    book.close()


def _write_cell(sheet: Any, line: int, column: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, column, value, day)
    else:
        sheet.write_string(line, column, str(value))
