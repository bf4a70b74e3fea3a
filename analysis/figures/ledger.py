"""The ledger: one line for each figure that left the house, so that a picture can be known again and compared.

A line is the figure's record with two hashes of its picture. `save` and `deals report` append to `ledger.jsonl` in the
output folder; `deals publish` appends to `data/ledger.jsonl`, which is committed. A line is never changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import DataError, one_of
from analysis.figures import marks

if TYPE_CHECKING:
    from analysis.figures.figure import Figure


def entry(figure: Figure) -> dict[str, Any]:
    """The record of a figure with the hashes of its PNG: `pixels` names a version, `look` only a figure."""
    return {**figure.record, **marks.hashes(figure.png)}


def append_entries(path: Path, entries: Iterable[dict[str, Any]]) -> int:
    """Append the entries that the ledger does not hold yet; return how many were new. The file appears whole."""
    from analysis.figures.figure import write_whole

    lines = [marks.canonical(each) for each in entries]
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path):
        held = path.read_text(encoding="utf-8") if path.exists() else ""
        known = set(held.splitlines())
        new = [line for line in dict.fromkeys(lines) if line not in known]
        if new:
            write_whole(path, (held + "".join(f"{line}\n" for line in new)).encode("utf-8"))
    return len(new)


def read(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The entries of several ledgers, in order; a file that is not there holds none.

    Raises:
        DataError: a line is not a record, with the file and the line.
    """
    for path in paths:
        if not path.exists():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                record = json.loads(line)
                record["ref"], record["rows"]
            except (ValueError, KeyError, TypeError):
                raise DataError(f"{path}:{number}: not a figure's record. Restore the line, or remove it.") from None
            yield record


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the ledger's folder while it is rewritten, where the system has such locks."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def publish(ids: Sequence[str], *, root: Path | None = None) -> list[str]:
    """Draw figures as they stand today, in both languages, and add their records to `data/ledger.jsonl`.

    Returns:
        The references of the figures, whether they were new or not.

    Raises:
        DataError: no such figure.
    """
    from analysis.articles.schema import LANGS
    from analysis.facts.study import study
    from analysis.figures import FIGURES

    if unknown := [id for id in ids if id not in FIGURES]:
        raise DataError(f"figure {one_of(unknown[0], FIGURES)}")
    facts = study(root=root)
    drawn = [FIGURES[id][0](facts, lang=lang) for id in ids for lang in LANGS]
    append_entries(facts.corpus.root / "data" / "ledger.jsonl", [entry(figure) for figure in drawn])
    return list(dict.fromkeys(figure.ref for figure in drawn))
