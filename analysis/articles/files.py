"""The files of data/: found, read as TOML, turned into the types of schema.py, with every problem worded by line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from analysis.articles.schema import Article, Claim, Correction, Pin, Property, Source, Subject
from analysis.errors import DataError, nearest, one_of

TABLES: dict[str, dict[str, type]] = {
    "subjects.toml": {"subject": Subject},
    "sources.toml": {"source": Source},
    "properties.toml": {"property": Property},
    "corrections.toml": {"correction": Correction, "pin": Pin},
}
LARGEST = 300  # digits before or after the point: what a float holds
_ARTICLE_TABLES = {"article": Article, "claim": Claim}
Held = tuple[tuple[str, bytes], ...]


@dataclass
class Record:
    """One table of a file: its type, its content, where it stands and what was wrong with it."""

    kind: str
    item: Any
    file: str
    line: int


@dataclass
class Contents:
    """What was read from a folder: records in file order, the files' texts, and the problems found so far."""

    root: Path
    records: list[Record] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def of(self, kind: str) -> list[Record]:
        """The records of one kind: article, claim, subject, source, property, correction, pin."""
        return [record for record in self.records if record.kind == kind]

    def line_of(self, record: Record, name: str) -> int:
        """The line on which a record's field stands, else the record's own line."""
        lines = self.texts[record.file].splitlines()
        for number in range(record.line, len(lines)):
            if lines[number].startswith("["):
                break
            if re.match(rf"\s*{re.escape(name)}\s*=", lines[number]):
                return number + 1
        return record.line

    def refuse(self, record: Record, message: str, name: str = "") -> None:
        """Note a problem of a record, at the line of the field that it lies in."""
        who = f" {record.kind} '{record.item.id}':" if getattr(record.item, "id", None) else f" {record.kind}:"
        self.problems.append(f"{record.file}:{self.line_of(record, name)}:{who} {message}")


def find_root(root: str | os.PathLike[str] | None = None) -> Path:
    """The folder that holds data/: the argument, else DEALS_ROOT, else the nearest parent that has one."""
    given = root or os.environ.get("DEALS_ROOT")
    if given:
        folder = Path(given).resolve()
        if not (folder / "data").is_dir():
            raise DataError(f"{given}: there is no folder data/ in it. Give the folder that holds data/.")
        return folder
    for start in (Path.cwd().resolve(), Path(__file__).resolve().parent):
        for folder in (start, *start.parents):
            if (folder / "data" / "properties.toml").is_file():
                return folder
    raise DataError(
        f"{Path.cwd()}: no data/properties.toml in it or above it. Run inside the project, set DEALS_ROOT, or pass --data."
    )


def bytes_of(root: Path) -> Held:
    """Every file of data/ that is read, in order: its name and its bytes."""
    data = root / "data"
    paths = [data / name for name in TABLES if (data / name).is_file()]
    paths += [path for folder in ("articles", "reference") for path in sorted((data / folder).glob("*.toml"))]
    return tuple((path.relative_to(root).as_posix(), path.read_bytes()) for path in paths)


def read_folder(root: Path, held: Held | None = None) -> Contents:
    """Read every file of data/, or what was held of it; problems are collected, not raised."""
    contents = Contents(root)
    for name, raw in bytes_of(root) if held is None else held:
        _read(contents, name, raw, TABLES.get(name.removeprefix("data/"), _ARTICLE_TABLES))
    return contents


def read_file(path: Path) -> Contents:
    """Read one article's file on its own."""
    contents = Contents(path.parent)
    _read(contents, path.name, path.read_bytes(), _ARTICLE_TABLES)
    return contents


def _read(contents: Contents, name: str, raw: bytes, kinds: Mapping[str, type]) -> None:
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        tables = _tables(text)
    except UnicodeDecodeError as error:
        contents.problems.append(f"{name}: byte {error.start} is not UTF-8. Save the file as UTF-8.")
        return
    except (ValueError, RecursionError) as error:  # a number of 4,300 digits, lists a thousand deep
        told = re.search(r"line (\d+)", str(error))
        where = f"{name}:{told.group(1)}" if told else f"{name}:{text.count(chr(10)) + 1}"
        contents.problems.append(f"{where}: not valid TOML: {error}.")
        return
    contents.texts[name] = text
    for table, rows in tables.items():
        if table not in kinds:
            allowed = ", ".join(f"[[{kind}]]" for kind in kinds)
            at = _header_lines(text, table, 1)[0]
            contents.problems.append(f"{name}:{at}: [{table}] is not one of {allowed}.{nearest(table, kinds)}")
            continue
        rows = rows if isinstance(rows, list) else [rows]
        if not all(isinstance(row, dict) for row in rows):
            contents.problems.append(f"{name}:1: {table} is no table. Write [[{table}]] before its fields.")
            continue
        lines = _header_lines(text, table, len(rows))
        for row, line in zip(rows, lines, strict=True):
            _convert(contents, Record(table, row, name, line), kinds[table])


@lru_cache(maxsize=256)
def _tables(text: str) -> dict[str, Any]:
    """A file's tables, not to be changed; a warm process has read them before, and its forks need not again."""
    return tomllib.loads(text, parse_float=_number)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text} is beyond all numbers") from None
    if number and number.is_finite() and abs(number.adjusted()) > LARGEST:
        raise ValueError(f"{text} is beyond all numbers")
    return number


def _header_lines(text: str, table: str, count: int) -> list[int]:
    header = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]\]?")
    lines = [number for number, row in enumerate(text.splitlines(), 1) if header.match(row)]
    return lines if len(lines) == count else [lines[0] if lines else 1] * count


def _convert(contents: Contents, record: Record, type_: type) -> None:
    try:
        record.item = msgspec.convert(record.item, type_)
    except msgspec.ValidationError:
        _word_problems(contents, record, type_)
    else:
        contents.records.append(record)


def _word_problems(contents: Contents, record: Record, type_: type) -> None:
    """Word every problem of a table that was refused, field by field."""
    row, who = record.item, f"{record.kind} '{record.item.get('id', '?')}'"
    hints = _hints(type_)
    wrong: list[tuple[str, str]] = []
    for name, value in row.items():
        if name not in hints:
            wrong.append((name, f"'{name}' is not a field of a {record.kind}.{nearest(name, hints)}"))
            continue
        problem = _field_problem(name, value, hints[name])
        if problem:
            wrong.append((name, problem))
    needed = [item.name for item in msgspec.structs.fields(type_) if item.required and item.name not in row]
    wrong += [("", f"'{name}' is missing. Every {record.kind} has one.") for name in needed]
    for name, problem in wrong:
        contents.problems.append(f"{record.file}:{contents.line_of(record, name)}: {who}: {problem}")


def _field_problem(name: str, value: Any, hint: Any) -> str:
    try:
        msgspec.convert(value, hint)
    except msgspec.ValidationError as error:
        inner = _inner_problem(name, value, hint)
        if inner:
            return inner
        choices = _choices(hint)
        if choices and isinstance(value, str):
            return f"{name} {one_of(value, choices)}"
        told = re.sub(r" \| null| - at `\$\S*`", "", str(error)).replace("Object missing required field", "There is no")
        shown = "" if isinstance(value, list | dict) else f" is {value!r}"
        return f"{name}{shown}: {told[0].lower()}{told[1:]}."
    return ""


def _inner_problem(name: str, value: Any, hint: Any) -> str:
    """The first problem inside a table, or a list of tables, that a field holds."""
    struct = next(
        (arg for arg in (hint, *get_args(hint)) if isinstance(arg, type) and issubclass(arg, msgspec.Struct)), None
    )
    for row in value if isinstance(value, list) else [value]:
        if struct is None or not isinstance(row, dict):
            continue
        hints = _hints(struct)
        for key, inner in row.items():
            if key not in hints:
                return f"{name} has no field '{key}'.{nearest(key, hints)}"
            problem = _field_problem(f"{name} {key}", inner, hints[key])
            if problem:
                return problem
    return ""


def _choices(hint: Any) -> list[str]:
    found = [arg for arg in get_args(hint) if isinstance(arg, str)]
    return found or [choice for arg in get_args(hint) for choice in _choices(arg)]


@cache
def _hints(type_: type) -> dict[str, Any]:
    return get_type_hints(type_)
