"""Intervals: arithmetic that is never narrower than the truth, and bounds from hedges and written digits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from operator import add, mul, sub, truediv

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.errors import DataError
from analysis.facts.interval import HEDGES, UNKNOWN, Interval, add_bounds, bounds

NUMBER = st.decimals(-1000, 1000, places=2)
END = st.none() | NUMBER
SIGNS = st.sampled_from([add, sub, mul, truediv])


@st.composite
def intervals(draw):
    ends = [draw(END), draw(END)]
    if None not in ends:
        ends.sort()
    return Interval(*ends)


@st.composite
def interval_and_point(draw):
    """An interval with a number that lies in it."""
    span, number = draw(intervals()), draw(NUMBER)
    lo = number if span.lo is None else max(number, span.lo)
    inside = lo if span.hi is None else min(lo, span.hi)
    return span, inside


def holds(span: Interval, exact: Fraction) -> bool:
    low, high = span.lo is None or Fraction(span.lo) <= exact, span.hi is None or exact <= Fraction(span.hi)
    return low and high


@given(SIGNS, interval_and_point(), interval_and_point())
def test_never_narrower_than_the_truth(sign, left, right):
    """Whatever two numbers the intervals hold, the result holds theirs, exactly reckoned."""
    (a, x), (b, y) = left, right
    assume(not (sign is truediv and y == 0))

    assert holds(sign(a, b), sign(Fraction(x), Fraction(y)))


@given(SIGNS, intervals(), intervals(), intervals())
def test_inclusion_is_monotone(sign, wide, other, cut):
    """A narrower input never gives a result outside that of a wider one."""
    narrow = wide.intersect(cut)
    assume(narrow is not None)

    assert sign(wide, other).contains(sign(narrow, other))
    assert sign(other, wide).contains(sign(other, narrow))


@given(intervals(), intervals())
def test_intersection_lies_in_both(a, b):
    """What two intervals share lies in each, and sharing has no order."""
    shared = a.intersect(b)

    assert shared == b.intersect(a)
    assert shared is None or (a.contains(shared) and b.contains(shared))


@pytest.mark.parametrize(
    "left, right, result",
    [
        (Interval(1, 2), Interval(-1, 1), UNKNOWN),
        (Interval(1, 2), Interval(0, 0), UNKNOWN),
        (Interval(1, 2), Interval(0, 4), Interval("0.25", None)),
        (Interval(1, 2), Interval(-4, 0), Interval(None, "-0.25")),
        (Interval(-1, 2), Interval(0, 4), UNKNOWN),
        (Interval(0, 0), Interval(0, 4), Interval(0, 0)),
        (Interval(1, None), Interval(2, None), Interval(0, None)),
        (Interval(4, 8), Interval(2, None), Interval(0, 4)),
        (UNKNOWN, Interval(2, 4), UNKNOWN),
    ],
)
def test_division_at_and_through_nought(left, right, result):
    """A divisor that touches nought opens the far end; one on both sides of it leaves nothing known."""
    assert left / right == result


def test_nought_times_unknown_is_nought():
    """Nothing of an unknown amount is nothing."""
    assert Interval(0, 0) * UNKNOWN == Interval(0, 0)


def test_a_third_is_rounded_outwards():
    """An end that cannot be written is rounded away from the middle."""
    third = Interval(1, 1) / Interval(3, 3)

    assert Fraction(third.lo) < Fraction(1, 3) < Fraction(third.hi)


def test_ends_in_the_wrong_order_are_refused():
    """An interval's lower end is not above its upper one."""
    with pytest.raises(DataError, match="lower end is above the upper"):
        Interval(2, 1)


@pytest.mark.parametrize(
    "value, hedge, step, unit, result",
    [
        ("14.3", "exact", "0.1", None, Interval("14.25", "14.35")),
        (14, "slightly_above", 1, None, Interval(14, 15)),
        (870, "approx", 1, None, Interval("826.5", "913.5")),
        (29, "above", 1, None, Interval(29, None)),
        (2, "at_least", 1, None, Interval(2, None)),
        (50, "below", 1, "percent", Interval(0, 50)),
        (100, "exact", 1, "percent", Interval("99.5", 100)),
        (98, "above", 1, "percent", Interval(98, 100)),
        (117, "exact", 1, "percent", Interval("116.5", "117.5")),
        (None, "exact", 1, None, UNKNOWN),
        (12, "vague", 1, None, UNKNOWN),
    ],
)
def test_bounds_of_a_written_number(value, hedge, step, unit, result):
    """Half a written unit where nothing hedges; one side open or wider where a word does; a share within 0 to 100."""
    assert bounds(value, hedge, step, unit=unit) == result


def test_the_file_overrides():
    """An end that the file gives takes the place of the computed one."""
    assert bounds(36, "approx", 1, lo=24) == Interval(24, "37.8")


@given(
    NUMBER,
    st.sampled_from(list(HEDGES)),
    st.sampled_from(["0.01", "0.1", "1", "10"]),
    st.sampled_from(["USD", "percent"]),
)
def test_the_frame_agrees_with_the_number(value, hedge, step, unit):
    """A column's bounds are those of each number by itself."""
    span = bounds(value, hedge, step, unit=unit)
    row = {
        "value": [float(value)],
        "hedge": [hedge],
        "written_unit": [float(step)],
        "unit": [unit],
        "lo": [None],
        "hi": [None],
    }

    found = add_bounds(pl.DataFrame(row, schema_overrides={"lo": pl.Float64, "hi": pl.Float64})).row(0, named=True)

    for end, got in ((span.lo, found["lo"]), (span.hi, found["hi"])):
        assert (end is None) == (got is None)
        assert end is None or got == pytest.approx(float(end), abs=1e-9)


def test_neighbours_as_written_disagree():
    """14.3 and 14.4 touch at 14.35 and still say different things; 29 and more than 29 agree."""
    assert not bounds("14.3", "exact", "0.1").overlaps(bounds("14.4", "exact", "0.1"))
    assert bounds(29).overlaps(bounds(29, "above"))
    assert Interval(3, 3).overlaps(Interval(3, 4))
    assert Decimal("14.35") in bounds("14.3", "exact", "0.1")
