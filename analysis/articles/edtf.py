"""Dates as exact as they were written (EDTF): `2025-06-12`, `2025-06`, `2025`, `2024-10/2024-12`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from analysis.errors import DataError

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")


def parse(edtf: str) -> list[tuple[int, ...]]:
    """Read an EDTF text as one or two parts, each (year), (year, month) or (year, month, day).

    >>> parse("2024-10/2024-12")
    [(2024, 10), (2024, 12)]
    """
    found = [_PART.fullmatch(part) for part in str(edtf).split("/")]
    if not all(found) or len(found) > 2:
        raise DataError(f"'{edtf}' is not a date. Write 2025-06-12, 2025-06, 2025 or two of them joined by '/'.")
    parts = [tuple(int(n) for n in match.groups() if n) for match in found if match]
    for part in parts:
        _day(part, last=False, edtf=edtf)
    return parts


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[date, date]:
    """The first and the last day that the text may mean.

    >>> bounds("2025-02")
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    """
    parts = parse(edtf)
    first, last = _day(parts[0], last=False, edtf=edtf), _day(parts[-1], last=True, edtf=edtf)
    if first > last:
        raise DataError(f"'{edtf}' ends before it begins. Write the earlier date first.")
    return first, last


def precision(edtf: str) -> str:
    """How exact the text is: `day`, `month`, `year` or `interval`."""
    parts = parse(edtf)
    return "interval" if len(parts) == 2 else ("year", "month", "day")[len(parts[0]) - 1]


def _day(part: tuple[int, ...], *, last: bool, edtf: str) -> date:
    try:
        month = part[1] if len(part) > 1 else 12 if last else 1
        day = part[2] if len(part) > 2 else monthrange(part[0], month)[1] if last else 1
        return date(part[0], month, day)
    except (ValueError, IndexError) as error:  # calendar raises an IndexError for month 13
        raise DataError(f"'{edtf}' names a day that does not exist.") from error
