"""What the files of data/ declare, by kind and id, and what every record obeys: its id, dates and labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.articles import edtf
from analysis.articles.files import Contents, Record
from analysis.errors import DataError, nearest

PEERS = ("acquirer", "target", "org", "maker")
Problem = tuple[str, str]  # the field it lies in, the message
_UNSAFE = re.compile(r"[/\\\x00-\x20\x7f-\x9f\"'<>]|\.\.")


class Book:
    """What the files declare, by kind and id."""

    def __init__(self, contents: Contents) -> None:
        self.records: dict[str, dict[str, Record]] = {}
        for record in contents.records:
            if hasattr(record.item, "id"):
                self.records.setdefault(record.kind, {}).setdefault(record.item.id, record)

    def get(self, kind: str, id: str | None) -> Any:
        """The declared item; null where there is none."""
        record = self.records.get(kind, {}).get(id or "")
        return record.item if record else None

    def undeclared(self, name: str, id: str | None, kind: str) -> Iterator[Problem]:
        """A problem where a field names something that no file declares."""
        if id is not None and self.get(kind, id) is None:
            where = "an article" if kind == "article" else "a claim" if kind == "claim" else f"in data/{kind}s.toml"
            where = where.replace("property", "propertie")
            yield name, f"{name} '{id}' is not {where}.{nearest(id, self.records.get(kind, {}))}"


def is_reference(record: Record) -> bool:
    return record.file.startswith("data/reference/")


def identity(record: Record, book: Book) -> Iterator[Problem]:
    item = record.item
    unsafe = _UNSAFE.search(item.id)
    if not item.id or unsafe:
        found = repr(unsafe[0]) if unsafe else "nothing"
        yield "id", f"id {item.id!r} holds {found}. Write letters, digits and - _ . : only."
    first = book.records[record.kind][item.id]
    if first is not record:
        yield "id", f"id '{item.id}' is taken at {first.file}:{first.line}. Ids are unique over all files."


def dates(item: Any, *names: str) -> Iterator[Problem]:
    for name in names:
        given = getattr(item, name)
        if given is not None:
            try:
                edtf.bounds(given)
            except DataError as error:
                yield name, f"{name} {error}"


def labels(item: Any) -> Iterator[Problem]:
    for lang in ("en", "fr"):
        if not getattr(item.label, lang).strip():
            yield "label", f"label.{lang} is empty. Both languages are shown: write a name."
