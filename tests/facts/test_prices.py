"""Constant dollars: held to the cpi package, clear where the Bureau published nothing."""

from __future__ import annotations

import warnings
from decimal import Decimal

import pytest

from analysis.errors import DataError
from analysis.facts.interval import Interval, point
from analysis.facts.prices import TABLE, check_dollars, constant_dollars, constant_interval, index

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


def own_table(root, *rows):
    """A table of prices of one's own."""
    (root / "data" / "reference").mkdir(parents=True, exist_ok=True)
    (root / "data" / "claims").mkdir(exist_ok=True)
    lines = [f"CUUR0000SA0,{year},M{month:02},{value}" for year, month, value in rows]
    (root / TABLE).write_text("\n".join(["series_id,year,period,value", *lines]) + "\n")
    return root


YEARS = [(year, month, 100 + 10 * (year - 2020) + month) for year in (2020, 2021) for month in range(1, 13)]


def test_a_table_ends_with_its_last_month(tmp_path):
    """An annual average is no thirteenth month; without averages of its own the table names the series that has them."""
    root = own_table(tmp_path, *YEARS, (2021, 13, 90))

    with pytest.raises(DataError, match=r"no value for 2022-01\. It runs from 2020-01 to 2021-12"):
        index("2022-01", root=root)
    with pytest.raises(DataError, match=r"no average for 2020\. Name a month from 2020-01 to 2021-12\.$"):
        index("2020", root=root)
    with pytest.raises(DataError, match=r"no average for 2014\. Name a month .* CUUR0000SA0 has averages\.$"):
        index("2014", "CUSR0000SA0")


@pytest.mark.parametrize(
    "when, months",
    [
        ("2020-11/2021-02", (111, 122 - 10)),
        ("2020", (101, 112)),
        ("2021-12", (122, 122)),
        ("2020-12/2021-01", (111, 112)),
    ],
)
def test_an_amount_of_several_months_is_of_any_of_them(tmp_path, when, months):
    """The lowest and the highest index of the months themselves, the first and the last included; no average."""
    root = own_table(tmp_path, *YEARS, (2020, 13, 5), (2021, 13, 1))

    made = constant_interval(point(100), when, "2020-01", root=root)

    lowest, highest = min(months), max(months)
    assert float(made.lo) == pytest.approx(100 * 101 / highest)
    assert float(made.hi) == pytest.approx(100 * 101 / lowest)


def test_a_period_without_a_month_of_the_table_is_refused(tmp_path):
    """The message names its first year; a table that is changed is read anew, one that is gone is missed."""
    root = own_table(tmp_path, *YEARS)
    with pytest.raises(DataError, match="no average for 2018"):
        constant_interval(point(1), "2018/2019", "2020-01", root=root)

    own_table(tmp_path, *YEARS, (2022, 1, 130.5))
    assert index("2022-01", root=root) == Decimal("130.5")

    (root / TABLE).unlink()
    with pytest.raises(DataError, match="Restore it, or use nominal"):
        index("2022-01", root=root)


def test_a_span_of_two_months_has_no_one_index():
    """A day or two of one month have that of the month; of two months none."""
    assert index("2025-06-12/2025-06-13") == index("2025-06")
    with pytest.raises(DataError, match="'2025-05/2025-06' spans more than a month"):
        index("2025-05/2025-06")


@pytest.mark.parametrize("dollars", ["2025-06", "2024"])
def test_dollars_are_those_of_a_month_or_a_year_of_the_table(dollars):
    """What the index holds is given back."""
    assert check_dollars(dollars) == dollars
