"""What the reader makes of a list of wordings, to the last field; a change of it shows here, for a person to approve.

`python -m tests.articles.test_readings` stores the readings again; look at the difference before it is committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.articles.quantities import Quantity, read

BENCH = Path(__file__).with_name("bench")
STORED = BENCH / "readings.txt"
DAYS = ("2025-06-13", "2024-01-29", "2025")


def told(q: Quantity) -> str:
    """A quantity on a line: its place, kind, value or range, and what else it has to say."""
    value = f"{q.lo}..{q.hi}" if q.hi is not None else q.value
    rest = [q.unit, q.hedge, "inherited" if q.inherited else None, q.note]
    return " ".join(map(str, [f"{q.start}-{q.end}", q.kind, value, *(r for r in rest if r and r != "exact")]))


def readings() -> Iterator[str]:
    """Each wording as read on the first day, then what is read otherwise on the others."""
    for lang in ("fr", "en"):
        for line in (BENCH / f"wordings-{lang}.txt").read_text(encoding="utf-8").splitlines():
            first, *others = ([told(q) for q in read(line, lang, day)] for day in DAYS)
            yield f"{line} | {'; '.join(first)}"
            for day, other in zip(DAYS[1:], others, strict=True):
                if changed := [new for new in other if new not in first]:
                    yield f"  {day} | {'; '.join(changed)}"


def test_readings_are_as_stored():
    """No value, unit, hedge, date, place or note of a reading changes without being seen."""
    stored = STORED.read_text(encoding="utf-8").splitlines()

    assert [line for line in readings() if line not in stored] == []
    assert len(list(readings())) == len(stored)


if __name__ == "__main__":
    STORED.write_text("".join(line + "\n" for line in readings()), encoding="utf-8")
