"""[lo, hi]: arithmetic with open and unknown ends, and the bounds that a hedge and a last written digit give.

An end that is None is open: nothing is said on that side. What is wholly unknown is `UNKNOWN`, both ends open.
Every result is at least as wide as the truth: lower ends round down, upper ends round up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import NamedTuple

import polars as pl

from analysis.errors import DataError, one_of

DOWN = Context(prec=28, rounding=ROUND_FLOOR)
UP = Context(prec=28, rounding=ROUND_CEILING)
SIDES = ("below", "above")
INF = Decimal("Infinity")
ZERO = Decimal(0)
Number = Decimal | int | float | str | None


class Hedge(NamedTuple):
    """How far a hedge lets the truth lie from the number, on one side of it.

    The reach is the wider of `units` [of the last written digit] and `share` [of the number]; null is
    without limit. `open_lo` and `open_hi` say that the end itself is ruled out (« more than 29 » is not 29).
    """

    units_below: float | None
    share_below: float
    units_above: float | None
    share_above: float
    open_lo: bool = False
    open_hi: bool = True


# An editor's judgement, to be edited here: five in a hundred is what « environ » hides in practice, « près de » leans
# under the number, « un peu plus de » goes at most one written unit (or a twentieth) beyond it.
HEDGES: dict[str, Hedge] = {
    "exact": Hedge(0.5, 0.0, 0.5, 0.0),
    "approx": Hedge(0.5, 0.05, 0.5, 0.05),
    "near": Hedge(1.0, 0.10, 0.5, 0.0),
    "slightly_above": Hedge(0.0, 0.0, 1.0, 0.05, open_lo=True),
    "above": Hedge(0.0, 0.0, None, 0.0, open_lo=True),
    "at_least": Hedge(0.0, 0.0, None, 0.0),
    "below": Hedge(None, 0.0, 0.0, 0.0),
    "at_most": Hedge(None, 0.0, 0.0, 0.0, open_hi=False),
    "range": Hedge(None, 0.0, None, 0.0),
    "vague": Hedge(None, 0.0, None, 0.0),
}


RULE: dict[str, type[pl.DataType]] = {
    f"_{name}": pl.Boolean if name.startswith("open") else pl.Float64 for name in Hedge._fields
}


@dataclass(frozen=True, slots=True)
class Interval:
    """What a quantity can be: from `lo` to `hi`, both included; None is an open end.

    >>> Interval("48.5", "49.5") * Interval("28.5", "29.5")
    Interval(1382.25, 1460.25)
    >>> Interval(2, None) - Interval(None, 1)
    Interval(1, None)
    """

    lo: Decimal | None
    hi: Decimal | None

    def __init__(self, lo: Number = None, hi: Number = None) -> None:
        object.__setattr__(self, "lo", _decimal(lo))
        object.__setattr__(self, "hi", _decimal(hi))
        if self.lo is not None and self.hi is not None and self.lo > self.hi:
            raise DataError(f"an interval from {self.lo} to {self.hi}: the lower end is above the upper. Swap them.")

    def __repr__(self) -> str:
        return f"Interval({self.lo}, {self.hi})"

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Both ends as numbers, an open one infinite."""
        return (-INF if self.lo is None else self.lo, INF if self.hi is None else self.hi)

    @property
    def known(self) -> bool:
        """Whether anything at all is said."""
        return self.lo is not None or self.hi is not None

    def __add__(self, other: Interval) -> Interval:
        (a, b), (c, d) = self.ends, other.ends
        return Interval(DOWN.add(a, c), UP.add(b, d))

    def __neg__(self) -> Interval:
        lo, hi = self.ends
        return Interval(-hi, -lo)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        pairs = [(a, b) for a in self.ends for b in other.ends]
        return Interval(
            min(_times(DOWN.multiply, *pair) for pair in pairs), max(_times(UP.multiply, *pair) for pair in pairs)
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Divide; a divisor that may be 0 leaves the far ends open, one on both sides of 0 leaves nothing known."""
        lo, hi = other.ends
        if lo < 0 < hi or lo == hi == 0:
            return UNKNOWN
        if hi <= 0:
            return -self / -other
        ends = [(a, b) for a in self.ends for b in (lo, hi)]
        return Interval(min(_over(DOWN.divide, *pair) for pair in ends), max(_over(UP.divide, *pair) for pair in ends))

    def intersect(self, other: Interval) -> Interval | None:
        """What both allow; None where they share no point."""
        lo, hi = max(self.ends[0], other.ends[0]), min(self.ends[1], other.ends[1])
        return Interval(lo, hi) if lo <= hi else None

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share more than an end they touch at (14.3 and 14.4 as written touch, and disagree)."""
        shared = self.intersect(other)
        if shared is None:
            return False
        return shared.ends[0] < shared.ends[1] or shared in (self, other)

    def contains(self, other: Interval | Number) -> bool:
        """Whether the whole of the other lies inside."""
        inner = other if isinstance(other, Interval) else Interval(other, other)
        return self.ends[0] <= inner.ends[0] and inner.ends[1] <= self.ends[1]

    __contains__ = contains


def _decimal(number: Number) -> Decimal | None:
    """A finite Decimal (a float by its shortest form); an infinite one is an open end."""
    if number is None:
        return None
    exact = number if isinstance(number, Decimal) else Decimal(str(number))
    if exact.is_nan():
        raise DataError("an interval's end is not a number: unknown is None.")
    return exact if exact.is_finite() else None


def _times(multiply: Callable[[Decimal, Decimal], Decimal], a: Decimal, b: Decimal) -> Decimal:
    """A product in which nought times anything is nought."""
    return ZERO if a == 0 or b == 0 else multiply(a, b)


def _over(divide: Callable[[Decimal, Decimal], Decimal], a: Decimal, b: Decimal) -> Decimal:
    """A quotient's end for a divisor of 0 or more: over 0 it runs to infinity, over infinity it is nought."""
    if b == 0:
        return INF if a > 0 else -INF if a < 0 else ZERO
    if b == INF:
        return ZERO
    return divide(a, b)


UNKNOWN = Interval(None, None)


def point(value: Number) -> Interval:
    """The interval of one number."""
    return Interval(value, value)


def bounds(
    value: Number,
    hedge: str = "exact",
    written_unit: Number = 1,
    *,
    lo: Number = None,
    hi: Number = None,
    unit: str | None = None,
) -> Interval:
    """What a written number allows.

    Args:
        value: the number [base units]; None is unknown.
        hedge: a word of `HEDGES`.
        written_unit: one unit of the last written digit [base units].
        lo: an end that the file gives; it takes the place of the computed one.
        hi: the other end.
        unit: `percent` keeps the ends within 0 to 100, unless the number itself lies outside.

    >>> bounds("14.3", "exact", "0.1")
    Interval(14.25, 14.35)
    >>> bounds(29, "above")
    Interval(29, None)
    >>> bounds(50, "below", unit="percent")
    Interval(0, 50)
    """
    if hedge not in HEDGES:
        raise DataError(f"bounds: hedge {one_of(hedge, HEDGES)}")
    number, step, rule = _decimal(value), _decimal(written_unit) or ZERO, HEDGES[hedge]
    low = high = None
    if number is not None:
        low = _reach(number, step, rule.units_below, rule.share_below, sign=-1)
        high = _reach(number, step, rule.units_above, rule.share_above, sign=1)
    if unit == "percent" and (number is None or 0 <= number <= 100):
        low = ZERO if low is None else max(low, ZERO)
        high = Decimal(100) if high is None else min(high, Decimal(100))
    return Interval(low if lo is None else lo, high if hi is None else hi)


def _reach(number: Decimal, step: Decimal, units: float | None, share: float, *, sign: int) -> Decimal | None:
    if units is None:
        return None
    far = max(step * Decimal(str(units)), abs(number) * Decimal(str(share)))
    return number + sign * far if far else number


def add_bounds(claims: pl.DataFrame) -> pl.DataFrame:
    """Fill `lo` and `hi` [base units] from the number, its hedge and its last written digit.

    Ends that the file gives stay; a date's and a text's are not touched. Adds `lo_open` and `hi_open`: whether the
    end itself is ruled out, as 14.35 is for a written 14.3.

    Args:
        claims: uses `value`, `hedge`, `written_unit`, `unit`, `lo`, `hi`.
    """
    table = {"hedge": list(HEDGES), **{name: [rule[i] for rule in HEDGES.values()] for i, name in enumerate(RULE)}}
    rules = pl.DataFrame(table, schema={"hedge": pl.Utf8, **RULE})
    told = claims.select("hedge", "value", "unit", "lo", "hi", step=pl.col("written_unit").fill_null(0.0))
    told = told.join(rules, on="hedge", how="left", maintain_order="left")
    step, size = pl.col("step"), pl.col("value").abs()
    far = [pl.max_horizontal(step * pl.col(f"_units_{side}"), size * pl.col(f"_share_{side}")) for side in SIDES]
    # 14 digits wash out what binary fractions add, so that two neighbours meet in one and the same number.
    told = told.with_columns(
        low=pl.when(pl.col("_units_below").is_not_null()).then(pl.col("value") - far[0]).round_sig_figs(14),
        high=pl.when(pl.col("_units_above").is_not_null()).then(pl.col("value") + far[1]).round_sig_figs(14),
        share=((pl.col("unit") == "percent") & pl.col("value").is_between(0, 100).fill_null(True)).fill_null(False),
    )
    return claims.drop("lo", "hi").hstack(_capped(told))


def _capped(told: pl.DataFrame) -> pl.DataFrame:
    """The ends, those of the file first, a percentage's within 0 to 100; and which of them are ruled out."""
    low = pl.when("share").then(pl.col("low").clip(lower_bound=0.0).fill_null(0.0)).otherwise("low")
    high = pl.when("share").then(pl.col("high").clip(upper_bound=100.0).fill_null(100.0)).otherwise("high")
    whole = pl.col("share") & (pl.col("high").fill_null(100.0) >= 100)
    return told.select(
        lo=pl.coalesce("lo", low),
        hi=pl.coalesce("hi", high),
        lo_open=(pl.col("lo").is_null() & pl.col("_open_lo")).fill_null(False),
        hi_open=(pl.col("hi").is_null() & pl.col("_open_hi") & (pl.col("step") > 0) & ~whole).fill_null(False),
    )
