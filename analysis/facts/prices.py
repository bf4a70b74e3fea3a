"""Constant dollars: an amount of one month in the consumer prices of another.

The index is CPI-U, all items, U.S. city average, 1982-84 = 100 (Bureau of Labor Statistics), in
`data/reference/cpi_u_2012.csv`: CUUR0000SA0 is not seasonally adjusted and has annual averages (M13), CUSR0000SA0 is
adjusted and has none. The Bureau published nothing for October 2025.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from analysis.articles import edtf
from analysis.articles.files import find_root
from analysis.errors import DataError, one_of
from analysis.facts.interval import Interval, point

SERIES = "CUUR0000SA0"
TABLE = Path("data/reference/cpi_u_2012.csv")
CENT = Decimal("0.01")


def constant_dollars(
    value: Decimal | float | int,
    from_: str,
    to: str,
    series: str = SERIES,
    *,
    root: Path | str | None = None,
) -> Decimal:
    """An amount in the dollars of another time, to the cent.

    Args:
        value: the amount [US$ of `from_`].
        from_: when it was paid: a day or a month (its month's index), or a year (the year's average).
        to: the month whose dollars are wanted, or a year.
        series: CUUR0000SA0 or CUSR0000SA0.
        root: the folder that holds data/.

    Raises:
        DataError: the index has no value for that month.

    >>> constant_dollars(19_000_000_000, "2014-02", "2025-06")
    Decimal('26103726451.46')
    """
    amount = value if isinstance(value, Decimal) else Decimal(str(value))
    return (amount * index(to, series, root=root) / index(from_, series, root=root)).quantize(CENT)


def constant_interval(
    amount: Interval, from_: str, to: str, series: str = SERIES, *, root: Path | str | None = None
) -> Interval:
    """What the amount can be in the dollars of another time; where only the year is known, any of its months."""
    divisor = Interval(*_range(from_, series, root))
    return amount * point(index(to, series, root=root)) / divisor


def index(when: str, series: str = SERIES, *, root: Path | str | None = None) -> Decimal:
    """The index of a day's month, of a month or of a year (its published average) [1982-84 = 100].

    Raises:
        DataError: no value was published, or the text names more than one year.
    """
    table = _series(series, root)
    parts = edtf.parse(when)
    if len({part[:2] for part in parts}) > 1:
        raise DataError(
            f"prices: '{when}' spans more than a month, an index has one month or one year. Name one of them."
        )
    year, month = (*parts[0], 0)[:2]
    key = (year, month or 13)
    if key in table:
        return table[key]
    raise DataError(f"prices: {_missing(table, year, month, series)}")


def check_dollars(dollars: str, *, root: Path | str | None = None) -> str:
    """`nominal`, or a month or year that the index holds.

    Raises:
        DataError: neither.
    """
    if dollars != "nominal":
        index(dollars, root=root)
    return dollars


def _missing(table: dict[tuple[int, int], Decimal], year: int, month: int, series: str) -> str:
    first, last = min(table), max(key for key in table if key[1] < 13)
    span = f"from {first[0]}-{first[1]:02} to {last[0]}-{last[1]:02}"
    if (year, month) == (2025, 10):
        return f"{series} has no value for 2025-10, none was published. Take 2025-09 or 2025-11."
    if not month:
        way = "" if series == SERIES else f" {SERIES} has averages."
        return f"{series} has no average for {year}. Name a month {span}.{way}"
    return f"{series} has no value for {year}-{month:02}. It runs {span}."


def _range(when: str, series: str, root: Path | str | None) -> tuple[Decimal, Decimal]:
    parts = edtf.parse(when)
    if len(parts) == 1 and len(parts[0]) > 1:
        return (index(when, series, root=root),) * 2
    first, last = edtf.bounds(when)
    low, high = (first.year, first.month), (last.year, last.month)
    months = [value for key, value in _series(series, root).items() if low <= key <= high and key[1] < 13]
    if not months:
        raise DataError(f"prices: {_missing(_series(series, root), first.year, 0, series)}")
    return min(months), max(months)


def _series(series: str, root: Path | str | None) -> dict[tuple[int, int], Decimal]:
    path = find_root(root) / TABLE
    if not path.is_file():
        raise DataError(f"{TABLE}: the file is not there, and constant dollars need it. Restore it, or use nominal.")
    about = path.stat()
    tables = _tables(path, about.st_mtime_ns, about.st_size)
    if series not in tables:
        raise DataError(f"prices: series {one_of(series, tables)}")
    return tables[series]


@lru_cache(maxsize=4)
def _tables(path: Path, changed_ns: int, size: int) -> dict[str, dict[tuple[int, int], Decimal]]:
    """Every series of the file as it is: another time or size of it is another file."""
    tables: dict[str, dict[tuple[int, int], Decimal]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            months = tables.setdefault(row["series_id"], {})
            months[int(row["year"]), int(row["period"][1:])] = Decimal(row["value"])
    return tables
