"""Whether a figure is fit to print: measured on the rendered picture, not on what was asked for.

Text under 9 pt at 16 cm, contrast under 4.5:1 (text) or 3:1 (marks), characters that the font lacks, texts that touch
each other or a mark, texts cut off at the edge, and a width that is not 16 cm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from analysis.errors import DataError, one_of
from analysis.figures.theme import PAD, WIDTH, missing_glyphs, text_width

if TYPE_CHECKING:
    from analysis.figures.figure import Figure

PAGE = WIDTH + 2 * PAD  # px
POINTS = 16.0 / 2.54 * 72 / PAGE  # pt a px, when the picture is 16 cm wide
LEAST_PT, LEAST_TEXT, LEAST_MARK = 9.0, 4.5, 3.0  # pt; WCAG 2.2 success criteria 1.4.3 and 1.4.11
SLACK = 1.5  # px by which boxes may touch: an advance width is wider than its ink


@dataclass(frozen=True)
class Box:
    """Something drawn: where it stands on the page [px] and what it says."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""
    size: float = 0.0
    color: str = ""

    def touches(self, other: Box) -> bool:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > SLACK and high > SLACK


def contrast(color: str, ground: str = "#ffffff") -> float:
    """The contrast ratio of WCAG of two colours.

    >>> round(contrast("#595959"), 1)
    7.0
    """

    def luminance(code: str) -> float:
        parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(color), luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def lint(figure: Figure) -> list[str]:
    """What is wrong with a figure as it comes out, one line each; nothing when it may be printed."""
    return lint_svg(figure.plain_svg)


def lint_svg(svg: str) -> list[str]:
    """The same for an SVG made by the renderer."""
    root = ElementTree.fromstring(svg)
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    texts, symbols = _boxes(root)
    found = [] if abs(width - PAGE) < 0.5 else [f"width: {width:g} px came out, {PAGE:g} px are 16 cm"]
    for box in texts:
        found += _of_text(box, width, height)
    for symbol in symbols:
        if symbol.color and contrast(symbol.color) < LEAST_MARK:
            found.append(f"contrast: a mark in {symbol.color} has {contrast(symbol.color):.1f}:1, under 3:1")
        if symbol.left < 0 or symbol.right > width:
            found.append(f"clipped: a mark at x = {symbol.left:.0f} px")
    found += [f"overlap: '{a.text[:40]}' and '{b.text[:40]}'" for a, b in combinations(texts, 2) if a.touches(b)]
    found += [f"overlap: '{a.text[:40]}' and a mark" for a in texts for b in symbols if a.touches(b)]
    return list(dict.fromkeys(found))


def _of_text(box: Box, width: float, height: float) -> list[str]:
    found = []
    name = f"'{box.text[:40]}'"
    if box.size * POINTS < LEAST_PT:
        found.append(f"small: {name} comes out at {box.size * POINTS:.1f} pt, under 9 pt")
    if box.color and contrast(box.color) < LEAST_TEXT:
        found.append(f"contrast: {name} in {box.color} has {contrast(box.color):.1f}:1, under 4.5:1")
    if missing := missing_glyphs(box.text):
        found.append(f"glyph: {name} has {' '.join(sorted(missing))}, which the font lacks")
    if box.left < -SLACK or box.right > width + SLACK or box.top < -SLACK or box.bottom > height + SLACK:
        found.append(f"clipped: {name} runs out of the picture")
    return found


def _boxes(root: ElementTree.Element) -> tuple[list[Box], list[Box]]:
    """The boxes of all texts, and those of all marks of the drawing."""
    texts: list[Box] = []
    symbols: list[Box] = []
    stack = [(root, 0.0, 0.0, "")]
    while stack:
        node, x, y, kind = stack.pop()
        dx, dy = _shift(node.get("transform", ""))
        x, y, kind = x + dx, y + dy, node.get("class", "") or kind
        tag = node.tag.rsplit("}", 1)[-1]
        if tag == "text":
            texts += _text_boxes(node, x, y)
        elif tag == "path" and "mark-symbol" in kind:
            symbols.append(_symbol(node, x, y))
        stack += [(child, x, y, kind) for child in node]
    return texts, symbols


def _shift(transform: str) -> tuple[float, float]:
    match = re.search(r"translate\(([-\d.e]+)[ ,]*([-\d.e]+)?\)", transform)
    return (float(match[1]), float(match[2] or 0)) if match else (0.0, 0.0)


def _text_boxes(node: ElementTree.Element, x: float, y: float) -> list[Box]:
    size = float((node.get("font-size") or "0").removesuffix("px"))
    anchor, bold = node.get("text-anchor", "start"), node.get("font-weight") == "bold"
    lines = [(t.text or "", y + float(t.get("dy", 0) or 0) * i) for i, t in enumerate(node)] or [(node.text or "", y)]
    boxes = []
    for text, base in lines:
        wide = text_width(text, size, bold=bold)
        left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * wide
        if text.strip():
            boxes.append(Box(left, base - 0.74 * size, left + wide, base + 0.2 * size, text, size, _color(node)))
    return boxes


def _symbol(node: ElementTree.Element, x: float, y: float) -> Box:
    numbers = [abs(float(n)) for n in re.findall(r"-?\d*\.?\d+", (node.get("d") or "").split("A")[0])[:2]]
    reach = max([0.0, *numbers])
    return Box(x - reach, y - reach, x + reach, y + reach, color=_color(node))


def _color(node: ElementTree.Element) -> str:
    colors = [node.get("fill") or "", node.get("stroke") or ""]
    solid = [c for c in colors if re.fullmatch(r"#[0-9a-fA-F]{6}", c) and c.lower() != "#ffffff"]
    return solid[0] if solid else ""


def lint_figures(ids: Sequence[str] = (), *, root: Path | None = None, **choices: str) -> dict[str, list[str]]:
    """What is wrong with some figures, or with all, in both languages: `<id> <lang>` -> lines.

    Args:
        ids: figures by id; none means every one.
        root: where data/ lies.
        choices: policy, scope and as_of of the facts they are drawn from.

    Raises:
        DataError: no such figure.
    """
    from analysis.articles.schema import LANGS
    from analysis.facts.study import study
    from analysis.figures import FIGURES

    if unknown := [id for id in ids if id not in FIGURES]:
        raise DataError(f"figure {one_of(unknown[0], FIGURES)}")
    facts = study(root=root, **choices)
    return {f"{id} {lang}": lint(FIGURES[id][0](facts, lang=lang)) for id in ids or FIGURES for lang in LANGS}
