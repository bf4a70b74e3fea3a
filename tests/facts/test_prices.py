"""Constant dollars: held to the cpi package, clear where the Bureau published nothing."""

from __future__ import annotations

import warnings
from decimal import Decimal

import pytest

from analysis.errors import DataError
from analysis.facts.interval import Interval, point
from analysis.facts.prices import check_dollars, constant_dollars, constant_interval, index

BN = 10**9


@pytest.fixture(autouse=True)
def _data(monkeypatch, root):
    monkeypatch.setenv("DEALS_ROOT", str(root))


@pytest.fixture(scope="module")
def cpi():
    """The test-only package; it warns at import once its last month is 90 days old."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("cpi")


def test_nineteen_billion_of_february_2014_is_26_10_of_june_2025(cpi):
    """Our table and the package agree to the cent."""
    from datetime import date

    ours = constant_dollars(19 * BN, "2014-02", "2025-06")
    theirs = cpi.inflate(19 * BN, date(2014, 2, 1), to=date(2025, 6, 1))

    assert ours == Decimal("26103726451.46")
    assert abs(float(ours) - theirs) < 0.01


@pytest.mark.parametrize("start", ["2012-04", "2014-10", "2020-01", "2024-08"])
def test_other_months_agree_with_the_package(cpi, start):
    """Every deal's month, to the cent."""
    from datetime import date

    year, month = map(int, start.split("-"))

    theirs = cpi.inflate(10**9, date(year, month, 1), to=date(2025, 6, 1))

    assert abs(float(constant_dollars(10**9, start, "2025-06")) - theirs) < 0.01


def test_a_day_has_the_index_of_its_month():
    """Prices are counted by month."""
    assert index("2014-02-19") == index("2014-02") == Decimal("234.781")


def test_a_year_has_its_published_average():
    """M13 is the annual average, not the mean that we would compute."""
    assert index("2014") == Decimal("236.736")
    assert constant_dollars(19 * BN, "2014", "2025") == Decimal("25838558563.13")


def test_the_adjusted_series_is_another_series():
    """Series and month are stated, because they give other amounts."""
    assert int(constant_dollars(19 * BN, "2014-02", "2025-06", "CUSR0000SA0")) == 25_928_010_121


def test_a_year_only_date_gives_the_range_of_its_months():
    """Where the month is not known, any of them may be the one."""
    whole = constant_interval(point(19 * BN), "2014", "2025-06")
    month = constant_interval(point(19 * BN), "2014-02", "2025-06")

    assert whole.contains(month)
    assert whole.contains(constant_dollars(19 * BN, "2014", "2025-06"))
    assert whole.lo < month.lo


def test_an_open_end_stays_open():
    """More than 29 billion is more than its equivalent."""
    assert constant_interval(Interval(29 * BN, None), "2014-02", "2025-06").hi is None


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2025-10", "no value for 2025-10, none was published. Take 2025-09 or 2025-11"),
        ("2011-05", "It runs from 2012-01"),
        ("2011", "no average for 2011"),
        ("2024/2025", "spans more than a month"),
        ("June", "is not a date"),
    ],
)
def test_a_month_without_an_index_is_refused(when, words):
    """The message says what is missing and which months there are."""
    with pytest.raises(DataError, match=words):
        index(when)


def test_an_unknown_series_is_refused():
    """The message names the two that are held."""
    with pytest.raises(DataError, match="CUUR0000SA0"):
        index("2014-02", "CPI")


def test_nominal_is_a_choice_of_dollars():
    """`nominal` needs no index; anything else must have one."""
    assert check_dollars("nominal") == "nominal"
    with pytest.raises(DataError):
        check_dollars("real")
