"""The opening line of a report: its numbers are those of the findings, in the dollars that it names."""

from __future__ import annotations

import re

import pytest

import analysis
from analysis import figures
from analysis.articles import wording


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_both_ratios_are_in_the_same_dollars(lang):
    """The line that begins "in the same dollars" gives the price and the value of the whole in constant dollars, both."""
    facts = analysis.study(lang=lang)
    found = {row["id"]: row["value"] for row in figures.comparison_findings(facts)}

    said = re.findall(r"\d+[.,]\d+", figures.comparison_answer(facts, lang=lang))

    assert said == [
        wording.number(found["price_ratio_real"], lang, 2), wording.number(found["implied_value_ratio_real"], lang, 1)
    ]  # fmt: skip
