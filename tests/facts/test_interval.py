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


@pytest.mark.parametrize(
    "value, hedge, step, unit, ends, ruled_out",
    [
        (14.3, "exact", 0.1, "USD", (14.25, 14.35), (False, True)),
        (29.0, "above", 1.0, "USD", (29.0, None), (True, True)),
        (29.0, "below", 1.0, "USD", (None, 29.0), (False, True)),
        (29.0, "at_most", 1.0, "USD", (None, 29.0), (False, False)),
        (14.0, "slightly_above", 1.0, "USD", (14.0, 15.0), (True, True)),
        (5.0, "exact", None, "USD", (5.0, 5.0), (False, False)),
        (0.2, "exact", 1.0, "percent", (0.0, 0.7), (False, True)),
        (98.0, "exact", 1.0, "percent", (97.5, 98.5), (False, True)),
        (99.5, "exact", 1.0, "percent", (99.0, 100.0), (False, False)),
        (98.0, "above", 1.0, "percent", (98.0, 100.0), (True, False)),
        (117.0, "exact", 1.0, "percent", (116.5, 117.5), (False, True)),
        (None, None, None, "percent", (0.0, 100.0), (False, False)),
        (None, None, None, None, (None, None), (False, False)),
    ],
)
def test_an_end_that_is_ruled_out_is_marked(value, hedge, step, unit, ends, ruled_out):
    """« more than 29 » is not 29 and 14.35 is not written 14.3; the whole of a share and a number without digits are in."""
    row = {"value": [value], "hedge": [hedge], "written_unit": [step], "unit": [unit], "lo": [None], "hi": [None]}
    kinds = dict.fromkeys(("value", "written_unit", "lo", "hi"), pl.Float64) | {"hedge": pl.Utf8, "unit": pl.Utf8}

    made = add_bounds(pl.DataFrame(row, schema_overrides=kinds)).row(0, named=True)

    assert (made["lo"], made["hi"]) == ends
    assert (made["lo_open"], made["hi_open"]) == ruled_out


def test_ends_of_the_file_are_in():
    """What the file gives stays, its ends included, also for days; the other end is still capped."""
    rows = pl.DataFrame(
        {
            "value": [98.0, None, None],
            "hedge": ["exact", "range", None],
            "written_unit": [1.0, None, None],
            "unit": ["percent", "percent", "date"],
            "lo": [97.0, None, 20.0],
            "hi": [99.0, 40.0, 30.0],
        }
    )

    made = add_bounds(rows).select("lo", "hi", "lo_open", "hi_open").rows()

    assert made == [(97.0, 99.0, False, False), (0.0, 40.0, False, False), (20.0, 30.0, False, False)]


@pytest.mark.parametrize("ends, known", [((1, 2), True), ((1, None), True), ((None, 1), True), ((None, None), False)])
def test_one_end_is_knowledge(ends, known):
    """Only what is open on both sides says nothing."""
    assert Interval(*ends).known == known


@pytest.mark.parametrize(
    "over, result",
    [
        (Interval("0.5", "0.5"), Interval("0.125", None)),
        (Interval("-0.5", "-0.5"), Interval(None, "-0.125")),
        (Interval("-0.5", "0.5"), UNKNOWN),
    ],
)
def test_less_than_one_over_nought_is_still_open(over, result):
    """Only the sign of what is divided matters at nought."""
    assert over / Interval(0, 4) == result


def test_what_lies_inside_touches_both_ends():
    """An interval contains itself and its ends, and nothing that sticks out on one side."""
    whole = Interval(1, 4)

    assert whole.contains(whole)
    assert 1 in whole
    assert 4 in whole
    assert not whole.contains(Interval(0, 2))
    assert not whole.contains(Interval(2, 5))
    assert not whole.contains(Interval(2, None))


def test_intervals_that_meet_in_one_point_share_it():
    """They do not overlap, unless one of them is that point."""
    assert Interval(1, 2).intersect(Interval(2, 3)) == Interval(2, 2)
    assert not Interval(1, 2).overlaps(Interval(2, 3))
    assert Interval(1, 2).overlaps(Interval(2, 2))
    assert Interval(2, 2).overlaps(Interval(1, 2))


@pytest.mark.parametrize("hedge", ["exacly", ""])
def test_an_unknown_hedge_is_refused(hedge):
    """The message names those that there are."""
    with pytest.raises(DataError, match="exact"):
        bounds(5, hedge)


def test_an_end_is_a_number():
    """Not a number is refused; an infinite end is an open one, and a point cannot lie the wrong way round."""
    with pytest.raises(DataError, match="not a number"):
        Interval(float("nan"), 1)
    assert Interval(float("-inf"), float("inf")) == UNKNOWN
    assert Interval(2, 2).ends == (2, 2)
