"""The computed rows of the table of facts: our formulas give the same numbers, and hold none of their own."""

import csv
import re

import polars as pl
import pytest

from analysis.facts.resolve import resolve

# claim -> the number that the table gives, and how many decimals it gives it with
EXPECTED = {
    "ref-whatsapp-price-accounts": (17_193_000_000, 0),
    "ref-whatsapp-price-per-user": (42.22, 2),
    "ref-whatsapp-value-to-revenue": (1863, 0),
    "ref-whatsapp-step-up": (12.7, 1),
    "ref-meta-revenue-2014": (12_462_000_000, 0),
    "ref-meta-cash-and-securities-2013": (11_449_000_000, 0),
    "ref-meta-market-value-from-shares": (174_665_589_071, 0),
    "ref-scale-price-to-cash": (20.4, 1),
    "ref-scale-implied-price": (14_210_000_000, 0),
    "ref-scale-implied-value": (29_183_673_469, 0),
    "ref-scale-value-to-revenue": (33.3, 1),
    "ref-scale-step-up": (2.1, 1),
    "ref-whatsapp-cash-share": (34.9, 1),
    "ref-whatsapp-price-to-market-value": (10.9, 1),
    "ref-scale-price-to-market-value": (0.83, 2),
    "ref-whatsapp-price-headline-2025-06": (26_103_726_451, 0),
    "ref-whatsapp-price-upfront-2025-06": (21_982_085_433, 0),
    "ref-whatsapp-price-headline-2025-06-adjusted": (25_928_010_121, 0),
    "ref-whatsapp-price-closing-2025-06": (29_616_059_267, 0),
    "ref-whatsapp-price-headline-2025": (25_838_558_563, 0),
}


@pytest.fixture(scope="module")
def computed(corpus) -> pl.DataFrame:
    """The claims of ours that have a formula."""
    return corpus.claims.filter(pl.col("file").str.ends_with("reference/computed.toml"))


@pytest.fixture(scope="module")
def values(corpus) -> dict[str, float]:
    """What each claim of ours comes to once the sources' claims are resolved."""
    facts = resolve(corpus).frame.explode("support").filter(pl.col("standing") != "unresolved")
    return dict(facts.select("support", "value").iter_rows())


def test_a_computed_row_has_a_formula_and_no_value(computed):
    """A derivation is never typed: it has a formula, is derived, and is our own."""
    assert computed["value"].is_null().all()
    assert computed["formula"].null_count() == 0
    assert set(computed["status"]) == {"derived"}
    assert set(computed["origin"]) == {"analysis"}
    assert set(EXPECTED) <= set(computed["id"])


@pytest.mark.parametrize(("claim", "expected"), EXPECTED.items())
def test_a_formula_gives_the_tables_number(claim, expected, values):
    """Recomputed from the claims, a row of the table comes out as printed there."""
    number, decimals = expected

    assert round(values[claim], decimals) == number


def test_prices_in_a_formula_are_the_bureaus(computed, root):
    """The two index numbers in a formula are those of the series and months that its note names."""
    with (root / "data" / "reference" / "cpi_u_2012.csv").open(newline="") as lines:
        series = {}
        for row in csv.DictReader(lines):
            series.setdefault(row["series_id"], set()).add(row["value"])
    rows = computed.filter(pl.col("property").str.starts_with("price_constant"))

    assert rows.height == 5
    for formula, note in rows.select("formula", "note").iter_rows():
        name = next(name for name in series if name in note)
        assert set(re.findall(r"\d+\.\d+", formula)) <= series[name]
