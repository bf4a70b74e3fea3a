"""The table graphic places its columns, and text is measured as it is drawn."""

from __future__ import annotations

import pytest

from analysis.figures.grammar import Cell, Column, Drawn, Scale, table_graphic
from analysis.figures.theme import WIDTH, balanced, missing_glyphs, text_width, wrap


@pytest.mark.parametrize("scale", [Scale(0, 10, 100, 300), Scale(0.01, 100, 100, 300, log=True)])
def test_scale_goes_both_ways(scale):
    """A place on the axis gives back its value, and a value beyond the axis stands on its edge."""
    assert scale.value(scale.at(4.0)) == pytest.approx(4.0)
    assert (scale.at(-5), scale.at(1e9)) == (100, 300)


def test_lines_keep_to_their_width():
    """No line is wider than asked, no word is lost, and lines are even."""
    text = "Scale AI is a smaller bet than WhatsApp on seven measures out of eight, in constant dollars"
    lines = balanced(text, 300, 17, bold=True)

    assert all(text_width(line, 17, bold=True) <= 300 for line in lines)
    assert " ".join(lines) == text
    assert wrap("a" * 200, 100) != ["a" * 200]


def test_no_break_spaces_hold():
    """An amount is never broken from its unit."""
    assert wrap("14,3\u00a0Md$ pour 49\u202f%", 60) == ["14,3\u00a0Md$", "pour 49\u202f%"]


def test_columns_stay_on_the_page():
    """However long the texts, every mark and text stands on the page and rows grow instead."""
    long = "A name of an organisation that has rather more than forty characters"
    columns = [Column("Who", [Cell(long)] * 2), Column("What", [Cell(long)] * 2),
               Drawn(Scale(0, 1), [(0, "0", True)], lambda scene, i, y: scene.point(0.5, y, "confirmed")),
               Column("How much", [Cell("14.3bn", sign="reported")] * 2, align="right")]  # fmt: skip
    scene = table_graphic(columns)
    ends = [t["x"] + (0 if t["align"] == "right" else text_width(t["text"], t["size"])) for t in scene.texts]

    assert max(ends) <= WIDTH + 0.5
    assert scene.height > 100


def test_no_rows_draws_no_axis():
    """Without rows a sentence stands in the table and there is no axis."""
    scene = table_graphic([Column("Who", []), Drawn(Scale(0, 1), [(0, "0", True)], print)], empty="Nothing is known.")

    assert [t["text"] for t in scene.texts] == ["Who", "Nothing is known."]


def test_the_font_is_known():
    """What figures write is in the font; what is not is named."""
    assert missing_glyphs("« 14,3 Md$ » ×\u202f0,55 – 49\u202f% → ≤ ≥ ÷ ’ “” é Œ €") == set()
    assert missing_glyphs("◆ ✓") == {"◆", "✓"}
