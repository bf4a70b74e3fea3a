"""Formulas are read, never run; a percentage is a share."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import DataError
from analysis.facts.formula import as_share, as_unit, parse
from analysis.facts.interval import Interval, point


def tree(inner):
    return st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})")


EXPRESSIONS = st.recursive(st.integers(1, 9).map(str), tree, max_leaves=6)


@given(EXPRESSIONS)
def test_a_formula_means_what_arithmetic_says(text):
    """Any sum of numbers holds the exact result."""
    try:
        exact = eval(text, {}, {}) if "/" not in text else _exact(text)
    except ZeroDivisionError:
        return

    span = parse(text).evaluate({})

    assert span.lo is None or Fraction(span.lo) <= exact
    assert span.hi is None or exact <= Fraction(span.hi)


def _exact(text: str) -> Fraction:
    words = "".join(f"Fraction({c})" if c.isdigit() else c for c in text)
    return eval(words, {"Fraction": Fraction}, {})


@pytest.mark.parametrize("text, result", [("2 + 3 * 4", 14), ("(2 + 3) * 4", 20), ("9 - 3 - 2", 4), ("8 / 4 / 2", 1)])
def test_signs_bind_as_usual(text, result):
    """Products before sums, left to right, parentheses first."""
    assert parse(text).evaluate({}) == point(result)


@pytest.mark.parametrize(
    "text",
    [
        "", "price /", "(price", "price valuation", "price ** 2", "-price", "price // 2", "price if 1 else 2", "True", "'a'",
        "__import__('os')", "price; 1", "price.a.b", "(" * 500 + "1" + ")" * 500, "1" + "+1" * 20_000,
    ],
)  # fmt: skip
def test_anything_else_is_refused(text):
    """What is not a number, a name, one of four signs or a parenthesis is refused, however long or deep."""
    with pytest.raises(DataError, match="cannot be read"):
        parse(text)


def test_a_name_without_a_value_is_named():
    """A missing input is named, with the nearest that is there."""
    with pytest.raises(DataError, match="'stake' has no value"):
        parse("stake * 2").evaluate({"stakes": point(1)})


def test_a_percentage_is_a_share():
    """49 % of 29 billion is 14.21 billion; a result in percent is written back as one."""
    stake = as_share(Interval("48.5", "49.5"), "percent")

    assert parse("stake * valuation").evaluate({"stake": stake, "valuation": point(29)}) == Interval("14.065", "14.355")
    assert as_unit(point("0.49"), "percent") == point(49)
