"""Figures are fit to print, and the lint sees what is not."""

from __future__ import annotations

import pytest

from analysis.facts.resolve import resolve
from analysis.figures import FIGURES
from analysis.figures.lint import lint, lint_svg

CHOICES = [{}, {"policy": "official"}, {"policy": "latest"}, {"scope": "seed", "as_of": "2025-06-12"}]
MORE = [{"scope": "seed"}, {"as_of": "2025-06-16"}, {"scope": "seed", "policy": "official"},
        {"policy": "official", "as_of": "2025-06-12"}, {"articles": ["unidentified-meta-scale-ai"]}]  # fmt: skip
PAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="100"><g class="mark-text">{texts}</g></svg>'
LINE = '<text text-anchor="start" transform="translate({x},{y})" font-size="{size}px" fill="{fill}">{text}</text>'


@pytest.fixture(scope="module", params=[*CHOICES, *(pytest.param(c, marks=pytest.mark.slow) for c in MORE)], ids=str)
def chosen(request, corpus):
    return resolve(corpus, **request.param)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("id", FIGURES)
def test_figures_are_fit_to_print(chosen, id, lang):
    """No figure has small text, poor contrast, a missing glyph, an overlap or a cut text, whatever is chosen."""
    assert lint(FIGURES[id][0](chosen, lang=lang)) == []


@pytest.mark.parametrize(
    "line, found",
    [
        ({"size": 11}, "small: 'Words' comes out at 8.3 pt"),
        ({"fill": "#999999"}, "contrast: 'Words' in #999999 has 2.8:1"),
        ({"text": "✓ done"}, "glyph: '✓ done' has ✓"),
        ({"x": 590}, "clipped: 'Words' runs out"),
        ({"x": 20, "text": "Over"}, "overlap: "),
    ],
)
def test_lint_sees(line, found):
    """Each fault is found and named."""
    sound = {"x": 10, "y": 40, "size": 13, "fill": "#1a1a1a", "text": "Words"}
    texts = LINE.format(**sound | line) + (LINE.format(**sound) if "overlap" in found else "")

    assert any(said.startswith(found) for said in lint_svg(PAGE.format(width=600, texts=texts)))


def test_lint_measures_the_width():
    """A picture that came out wider than 16 cm is found."""
    assert lint_svg(PAGE.format(width=640, texts="")) == ["width: 640 px came out, 600 px are 16 cm"]
