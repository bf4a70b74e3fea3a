"""One look for every figure: palette, type, the shapes of standing, and how wide a text comes out.

The palette is part of Okabe and Ito's, on white; every text colour has a contrast of 4.5:1, every mark 3:1.
A colour means one thing: blue is neutral or the first subject, vermilion the exception that the title names.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # vl-convert bundles the first; the others have its widths
INK, GREY, BLUE, VERMILION, VERMILION_TEXT = "#1a1a1a", "#595959", "#0072B2", "#D55E00", "#A84A00"
SEPARATOR, GRID, LEADER = "#dcdcdc", "#e2e2e2", "#b0b0b0"
TITLE, SUBTITLE, BODY, SMALL = 17.0, 13.0, 13.0, 12.0  # px; 600 px are 16 cm, so 12 px are 9.07 pt
TITLE_LINE, SUBTITLE_LINE, TOP = 21.0, 16.5, 20.0  # px: line heights, and the space around both
WIDTH, PAD = 592.0, 4.0  # px; the page is WIDTH + 2 PAD = 600 px = 16 cm
WIDTH_CM, PPI = 16.0, 219
SCALE = 2.3  # 600 px times 2.3 are 16 cm at 219 ppi

# standing -> shape, filled: figures.md; unresolved is a cross, which no other standing uses
SHAPES: dict[str, tuple[str, bool]] = {
    "confirmed": ("circle", True),
    "reported": ("square", False),
    "asserted": ("diamond", False),
    "estimated": ("triangle-up", False),
    "derived": ("diamond", True),
    "unresolved": ("cross", True),
}


def config() -> dict[str, Any]:
    """The part of a Vega-Lite specification that holds the look."""
    return {
        "font": FONT,
        "background": "white",
        "view": {"stroke": None},
        "title": {
            "anchor": "start", "frame": "group", "align": "left", "offset": 12,
            "fontSize": TITLE, "fontWeight": "bold", "color": INK, "lineHeight": TITLE_LINE,
            "subtitleFontSize": SUBTITLE, "subtitleColor": GREY, "subtitleLineHeight": SUBTITLE_LINE,
            "subtitlePadding": 5,
        },
    }  # fmt: skip


class _Advances(dict[str, int]):
    """The advance of each character of the font; that of an unknown one is wide."""

    def __missing__(self, char: str) -> int:
        return 1593


@lru_cache(maxsize=2)
def _advances(bold: bool) -> _Advances:
    table = json.loads(files("analysis.figures").joinpath("liberation_sans.json").read_text(encoding="utf-8"))
    widths = table["bold" if bold else "regular"]
    return _Advances({char: int(width) for width, chars in widths.items() for char in chars})


def text_width(text: str, size: float = BODY, *, bold: bool = False) -> float:
    """The width of a line [px]; an unknown character counts as a wide one.

    >>> round(text_width("Scale AI", 13))
    48
    """
    return sum(map(_advances(bold).__getitem__, text)) * size / 2048


def missing_glyphs(text: str) -> set[str]:
    """The characters that the font lacks: one of them moves the whole line to another font.

    >>> missing_glyphs("14,3 Md$ → 49 %")
    set()
    >>> missing_glyphs("✓")
    {'✓'}
    """
    return {char for char in text if char not in _advances(False) and char != "\n"}


def wrap(text: str, width: float, size: float = BODY, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `width` [px], at ordinary spaces only; a longer word is cut.

    >>> wrap("un deux trois", 40)
    ['un', 'deux', 'trois']
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold=bold) <= width or not line:
            line = longer
        else:
            lines.append(line)
            line = word
    lines.append(line)
    return [piece for line in lines for piece in _cut(line, width, size, bold)]


def _cut(line: str, width: float, size: float, bold: bool) -> list[str]:
    pieces = []
    while text_width(line, size, bold=bold) > width and len(line) > 1:
        fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or text_width(line[:n], size, bold=bold) <= width)
        pieces.append(line[:fits])
        line = line[fits:]
    return [*pieces, line]


def titled(text: str, width: float, size: float = TITLE) -> list[str]:
    """A title in bold: two lines part after a comma, a semicolon or a colon where one stands well, else evenly.

    >>> titled("In constant dollars, Scale AI cost 45% less than WhatsApp, for 49% of the capital", 592)
    ['In constant dollars, Scale AI cost 45% less than WhatsApp,', 'for 49% of the capital']
    """
    lines = balanced(text, width, size, bold=True)
    ends = [match.start() for match in re.finditer(r"(?<=[,;:]) ", text)] if len(lines) == 2 else []
    parted = [(text[:end], text[end + 1 :]) for end in ends]
    wide = {max(text_width(line, size, bold=True) for line in pair): pair for pair in parted}
    return list(wide[min(wide)]) if wide and min(wide) <= width else lines


def balanced(text: str, width: float, size: float = BODY, *, bold: bool = False) -> list[str]:
    """Wrap into the fewest lines, then narrow them until they are even: no last line of one word."""
    lines = wrap(text, width, size, bold=bold)
    low, high = width * 0.4, width
    while len(lines) > 1 and high - low > 1:
        middle = (low + high) / 2
        if len(wrap(text, middle, size, bold=bold)) > len(lines):
            low = middle
        else:
            high = middle
    return wrap(text, high, size, bold=bold)
