"""The table graphic: rows of text that line up with one small drawn column, learned once for the whole report.

A chart function describes columns; `table_graphic` places them into a `Scene`, which holds texts, marks, rules and
bands in pixels of a page 600 px wide. What is measured stays measured: marks and bands of the drawn column keep their
values, on a true scale. A scene is
drawn in six layers at most, so that it draws fast.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.figures import theme
from analysis.figures.theme import BLUE, BODY, GREY, INK, SHAPES, SMALL, WIDTH, balanced, text_width, wrap

GAP, LINE, ROW, SIGN = 14.0, 16.0, 32.0, 16.0  # px: between columns, of a text line, of a row, of a mark before a text
_DATE = re.compile(r"(?<=[\dr]) (?=[^\W\d]+\.? \d{4}\b)| (?=\d{4}\b)")  # the spaces of a date: no line ends in one
HOLLOW, OPEN, WIDE = 2.0, 24.0, 12.0  # px: the stroke of a hollow mark, an open end, a band wider than its mark


@dataclass(frozen=True)
class Scale:
    """A value axis of the drawn column: values from `low` to `high`, drawn from `x0` to `x1` [px]."""

    low: float
    high: float
    x0: float = 0.0
    x1: float = 1.0
    log: bool = False

    def at(self, value: float) -> float:
        """Where a value stands [px], held within the axis."""
        value = max(value, self.low)
        a, b, v = (math.log10(n) for n in (self.low, self.high, value)) if self.log else (self.low, self.high, value)
        return self.x0 + min(1.0, max(0.0, (v - a) / (b - a))) * (self.x1 - self.x0)

    def value(self, x: float) -> float:
        """The value that stands at a place [px], held within the axis."""
        share = min(1.0, max(0.0, (x - self.x0) / (self.x1 - self.x0)))
        if self.log:
            return float(10 ** (math.log10(self.low) + share * (math.log10(self.high) - math.log10(self.low))))
        return self.low + share * (self.high - self.low)


@dataclass
class Scene:
    """What is drawn, in pixels from the top left of the chart's body; `points` and `bands` carry values."""

    texts: list[dict[str, Any]] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)
    points: list[dict[str, Any]] = field(default_factory=list)
    bands: list[dict[str, Any]] = field(default_factory=list)
    hovers: list[dict[str, Any]] = field(default_factory=list)
    scale: Scale = field(default_factory=lambda: Scale(0.0, 1.0))
    height: float = 0.0
    spread: bool = False  # whether a band is wide enough to be seen beside its mark
    opens: bool = False  # whether an end that nobody gives is drawn

    def text(self, x: float, y: float, text: str, **look: Any) -> None:
        """Write one line; `y` is its middle."""
        line = {"align": "left", "size": BODY, "weight": "normal", "style": "normal", "color": INK, **look}
        if text:
            self.texts.append({"x": float(x), "y": float(y), "text": text, **line})

    def rule(self, x: float, y: float, x2: float, y2: float, *, color: str = theme.SEPARATOR, width: float = 1) -> None:
        """Draw a straight line."""
        self.rules.append({"x": float(x), "y": float(y), "x2": float(x2), "y2": float(y2), "color": color,
                           "width": float(width)})  # fmt: skip

    def mark(self, x: float, y: float, standing: str, *, color: str = BLUE, size: float = 84) -> None:
        """Draw the mark of a standing or of a stance at a place."""
        self.marks.append({"x": float(x), "y": float(y), **_look(standing, color, size)})

    def point(self, value: float, y: float, standing: str, *, color: str = BLUE, size: float = 84) -> None:
        """Draw a value on the scale of the drawn column."""
        self.points.append({"value": float(value), "y": float(y), **_look(standing, color, size)})

    def band(self, lo: float | None, hi: float | None, y: float, *, color: str = BLUE, at: float | None = None) -> None:
        """Draw the spread between sources; an end that nobody gives is a short way on, with an arrowhead."""
        known = [v for v in (lo, hi, at) if v is not None]
        if not known:
            return
        ends = [self.scale.at(min(known)), self.scale.at(max(known))]
        for i, (end, way) in enumerate(((lo, -OPEN), (hi, OPEN))):
            if end is None:
                ends[i] = min(max(ends[i] + way, self.scale.x0), self.scale.x1)
                self.arrow(ends[i], y, right=way > 0, color=color)
                self.opens = True
        self.spread = self.spread or ends[1] - ends[0] > WIDE
        if ends[1] - ends[0] >= 1:
            low, high = (self.scale.value(end) for end in ends)
            self.bands.append({"lo": low, "hi": high, "y": float(y), "color": color})

    def arrow(self, x: float, y: float, *, right: bool, color: str = BLUE) -> None:
        """Draw an arrowhead that points right or left."""
        self.marks.append(
            {"x": float(x), "y": float(y), **_look("arrow", color, 60), "angle": 90.0 if right else -90.0}
        )

    def measured(self, row: Mapping[str, Any], y: float, standing: str | None, *, color: str = BLUE) -> None:
        """Draw an amount: its spread and its value; where sources tie, a cross at both ends instead of a value."""
        lo, hi, value = row["lo"], row["hi"], row["value"]
        if lo is not None or hi is not None:
            self.band(lo, hi, y, color=color, at=value)
        for end in (lo, hi) if value is None else (value,):
            if end is not None and (end > 0 or not self.scale.log):
                self.point(end, y, standing or "derived", color=color)

    def hover(self, x: float, y: float, x2: float, y2: float, tip: dict[str, str]) -> None:
        """Give an area its tooltip: what, value, who, standing, quote."""
        self.hovers.append({"x": float(x), "y": float(y), "x2": float(x2), "y2": float(y2), **tip})


TICK = "M0.95,-0.5L0.62,-0.82L-0.26,0.06L-0.62,-0.3L-0.95,0.02L-0.26,0.72Z"  # not a disc, which is a standing

# stance and support are a shape and a word, never a colour alone
SIGNS: dict[str, tuple[str, bool, float]] = {
    **{standing: (shape, filled, 0.0) for standing, (shape, filled) in SHAPES.items()},
    "unresolved": ("cross", True, 45.0),
    "arrow": ("triangle-up", True, 90.0),
    "yes": ("circle", True, 0.0), "partly": ("circle", False, 0.0), "no": ("cross", True, 45.0),
    "staying": (TICK, True, 0.0), "reducing": ("triangle-down", True, 0.0), "pausing": ("stroke", True, 0.0),
    "may_leave": ("triangle-down", False, 0.0), "leaving": ("cross", True, 45.0),
}  # fmt: skip


def _look(sign: str, color: str, size: float) -> dict[str, Any]:
    shape, filled, angle = SIGNS[sign]
    return {
        "shape": shape,
        "size": float(size * (1.25 if shape in ("diamond", "cross", TICK) else 1)),
        "fill": color if filled else "#ffffff",
        "stroke": color,
        "width": (HOLLOW if shape == "stroke" else 0.0) if filled else HOLLOW,
        "angle": angle,
    }


@dataclass(frozen=True)
class Cell:
    """A text in a column; `sign` is the standing or stance whose mark stands before it."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    color: str = INK
    sign: str = ""
    sign_color: str = BLUE
    sub: str = ""  # a second, smaller line

    @property
    def indent(self) -> float:
        return SIGN if self.sign else 0.0


@dataclass(frozen=True)
class Column:
    """A column of text. `most` is how wide it may become before it wraps [px]."""

    head: str
    cells: Sequence[Cell]
    align: str = "left"
    most: float = WIDTH
    under: str = ""  # a second line of the head, in grey
    strong: bool = False  # the head is in ink and bold

    @property
    def least(self) -> float:
        """How narrow it may become: numbers stay on one line, words stay whole."""
        if self.align == "right":
            return self.width
        words = [(word, c.bold, c.indent) for c in self.cells for word in c.text.split(" ")]
        words += [(word, self.strong, 0.0) for word in self.head.split(" ")]
        return min(self.width, max(text_width(w, BODY, bold=bold) + indent for w, bold, indent in words) + 1)

    @property
    def width(self) -> float:
        widths = [c.indent + text_width(c.text, BODY, bold=c.bold) for c in self.cells]
        widths += [c.indent + text_width(c.sub, SMALL) for c in self.cells]
        heads = [text_width(self.head, SMALL, bold=self.strong), text_width(self.under, SMALL)]
        return min(self.most, max([1.0, *widths, *heads]))


@dataclass(frozen=True)
class Drawn:
    """The drawn column: a scale, its ticks (value, label, strong) and what is drawn in each row."""

    scale: Scale
    ticks: Sequence[tuple[float, str, bool]]
    draw: Callable[[Scene, int, float], None]  # scene, row, y of its middle
    heads: Sequence[tuple[float | None, str, str, str]] = ()  # value or None for the left end, text, align, colour
    least: float = 110.0
    squeezed: float = 90.0  # how narrow it may become when texts need the room [px]
    line: tuple[float, str] | None = None  # a value and a colour: one line over all rows
    margin: float = 12.0  # px kept free at both ends, for a mark on the edge


def table_graphic(
    columns: Sequence[Column | Drawn],
    *,
    tips: Sequence[dict[str, str] | None] = (),
    row: float = ROW,
    joined: Collection[int] = (),
    empty: str = "",
) -> Scene:
    """Place columns, header, separators and the drawn column into a scene.

    Args:
        columns: from left to right; one of them may be drawn.
        tips: the tooltip of each row, or None.
        row: the least height of a row [px].
        joined: rows with no line under them: they belong to the one below.
        empty: what is said in place of rows when there is none; nothing is drawn then.
    """
    scene = Scene()
    places = _places(columns)
    texts = [(c, x, w) for c, (x, w) in zip(columns, places, strict=True) if isinstance(c, Column)]
    n_rows = max((len(c.cells) for c, _, _ in texts), default=0)
    heights = [max([row, *(_cell_height(c.cells[i], w) for c, _, w in texts)]) for i in range(n_rows)]
    head = _header(scene, texts)
    tops = [head + sum(heights[:i]) for i in range(n_rows + 1)]
    drawn = next(((c, x, w) for c, (x, w) in zip(columns, places, strict=True) if isinstance(c, Drawn)), None)
    scene.height = tops[-1]
    for i, top in enumerate(tops[1:]):
        if i not in joined:
            scene.rule(0, top, WIDTH, top)
    if not n_rows:
        scene.text(0, head + row / 2, empty, style="italic", color=GREY)
        scene.height += row
        drawn = None
    if drawn:
        _axis(scene, *drawn, head=head)
    scene.rule(0, head, WIDTH, head, color=INK)
    for i in range(n_rows):
        middle = tops[i] + heights[i] / 2
        for column, x, width in texts:
            _write(scene, column, column.cells[i], x, width, middle)
        if drawn:
            drawn[0].draw(scene, i, middle)
        if tips and tips[i]:
            scene.hover(0, tops[i], WIDTH, tops[i + 1], tips[i] or {})
    return scene


def _places(columns: Sequence[Column | Drawn]) -> list[tuple[float, float]]:
    """The left end and the width of each column [px]: the widest give way first, the drawn one takes what is left."""
    widths = [c.least if isinstance(c, Drawn) else c.width for c in columns]
    floors = [c.squeezed if isinstance(c, Drawn) else c.least for c in columns]
    room = WIDTH - GAP * (len(columns) - 1)
    while sum(widths) > room + 0.01:
        able = [i for i, width in enumerate(widths) if width > floors[i] + 0.01]
        if not able:
            widths = [width * room / sum(widths) for width in widths]
            break
        widest = max(able, key=lambda i: widths[i])
        widths[widest] -= min(2.0, sum(widths) - room, widths[widest] - floors[widest])
    spare = max(0.0, room - sum(widths))
    drawn = [i for i, c in enumerate(columns) if isinstance(c, Drawn)]
    if drawn:
        widths[drawn[0]] += spare
    gap = GAP if drawn or len(columns) < 2 else GAP + min(spare / (len(columns) - 1), 60.0)
    places, x = [], 0.0
    for i, width in enumerate(widths):
        last = i == len(widths) - 1
        if last and isinstance(columns[i], Column) and getattr(columns[i], "align", "") == "right":
            x = WIDTH - width
        places.append((x, width))
        x += width + gap
    return places


def _cell_lines(cell: Cell, width: float) -> list[tuple[str, bool]]:
    lines = [(line, False) for line in wrap(cell.text, width - cell.indent, BODY, bold=cell.bold)]
    return lines + ([(line, True) for line in wrap(cell.sub, width - cell.indent, SMALL)] if cell.sub else [])


def _cell_height(cell: Cell, width: float) -> float:
    return len(_cell_lines(cell, width)) * LINE + 14


def _write(scene: Scene, column: Column, cell: Cell, x: float, width: float, middle: float) -> None:
    lines = _cell_lines(cell, width)
    right = column.align == "right"
    first = middle - (len(lines) - 1) * LINE / 2
    if cell.sign:
        widest = max(text_width(t, SMALL if sub else BODY, bold=cell.bold and not sub) for t, sub in lines)
        sign_x = x + width - widest - 10 if right else x + 6
        scene.mark(sign_x, first if lines[0][0] else middle, cell.sign, color=cell.sign_color)
    for n, (line, sub) in enumerate(lines):
        scene.text(
            x + width if right else x + cell.indent, first + n * LINE, line, align=column.align,
            size=SMALL if sub else BODY, color=GREY if sub else cell.color,
            weight="bold" if cell.bold and not sub else "normal", style="italic" if cell.italic else "normal",
        )  # fmt: skip


def _header(scene: Scene, texts: Sequence[tuple[Column, float, float]]) -> float:
    """Write the heads, their last lines level; return the header's height [px]."""
    heads = []
    for column, x, width in texts:
        lines = [
            (t, column.strong) for t in (wrap(column.head, width, SMALL, bold=column.strong) if column.head else [])
        ]
        lines += [(t, False) for t in (wrap(column.under, width, SMALL) if column.under else [])]
        heads.append((column, x + width if column.align == "right" else x, lines))
    height = max([1, *(len(lines) for _, _, lines in heads)]) * 15.0 + 7
    for column, x, lines in heads:
        for n, (line, strong) in enumerate(lines):
            scene.text(x, height - 13 - (len(lines) - 1 - n) * 15, line, align=column.align, size=SMALL,
                       color=INK if strong else GREY, weight="bold" if strong else "normal")  # fmt: skip
    return height


def _axis(scene: Scene, drawn: Drawn, x: float, width: float, *, head: float) -> None:
    """Draw grid lines, tick labels and heads; a label that would touch the one before it is left out, never moved."""
    scale = Scale(drawn.scale.low, drawn.scale.high, x + drawn.margin, x + width - drawn.margin, drawn.scale.log)
    scene.scale = scale
    bottom = scene.height
    for value, _, strong in sorted(drawn.ticks, key=lambda tick: not tick[2]):
        at = scale.at(value)
        scene.rule(at, head, at, bottom, color=INK if strong else theme.GRID, width=1.2 if strong else 1)
    if drawn.line:
        scene.rule(scale.at(drawn.line[0]), head, scale.at(drawn.line[0]), bottom, color=drawn.line[1], width=1.5)
    taken: list[tuple[float, float]] = []
    for value, label, strong in sorted(drawn.ticks, key=lambda tick: not tick[2]):
        half = text_width(label, SMALL) / 2
        at = min(max(scale.at(value), half), WIDTH - half)
        if all(at - half > right + 6 or at + half < left - 6 for left, right in taken):
            scene.text(at, bottom + 13, label, align="center", size=SMALL, color=INK if strong else GREY)
            taken.append((at - half, at + half))
    ats = [x if place is None else scale.at(place) for place, _, _, _ in drawn.heads]
    wide = [text_width(text, SMALL) + 7 for _, text, _, _ in drawn.heads]
    ways = [align for _, _, align, _ in drawn.heads]
    fits = all(w <= (p - x if way == "right" else x + width - p) + 4 for p, w, way in zip(ats, wide, ways, strict=True))
    for p, w, (place, text, way, color) in zip(ats, wide, drawn.heads, strict=True):
        side = 0 if place is None else -7 if way == "right" else 7
        if fits or (head > 30 and p + w <= WIDTH):
            scene.text(p + side, head - (13 if fits else 28), text, align=way, size=SMALL, color=color)
    scene.height += 24 if drawn.ticks else 0


def add_key(
    scene: Scene, entries: Iterable[tuple[str, str]], *, band: str = "", arrow: str = "", color: str = GREY
) -> None:
    """Write the key with the very marks that are drawn: (sign, word) pairs, then the band's and the arrow's word."""
    entries = [*entries, *([("band", band)] if band and scene.spread else [])]
    entries += [("arrow", arrow)] if arrow and scene.opens else []
    x, y = 0.0, scene.height + 17
    for sign, word in entries:
        lead = 26.0 if sign == "band" else SIGN
        if x and x + lead + text_width(word, SMALL) > WIDTH:
            x, y = 0.0, y + 18
        if sign == "band":
            scene.rule(x + 1, y, x + 21, y, color="#c4c4c4", width=8)
        else:
            scene.mark(x + 6, y, sign, color=color, size=70)
        scene.text(x + lead, y, word, size=SMALL, color=GREY)
        x += lead + text_width(word, SMALL) + 20
    if entries:
        scene.height = y + 10


def foot(scene: Scene, paragraphs: Iterable[str]) -> Scene:
    """The scene with notes, the source line and the reference under it, wrapped to its width."""
    y = scene.height + 8
    under = replace(scene, texts=list(scene.texts))
    for paragraph in paragraphs:
        paragraph = _DATE.sub("\u00a0", paragraph)
        lines = wrap(paragraph, WIDTH, SMALL)
        if len(lines) > 1 and not {" ", "\u00a0"} & set(lines[-1]):  # a last line of one word
            lines = balanced(paragraph, WIDTH, SMALL)
        for line in lines:
            y += 15.5
            under.text(0, y - 4, line, size=SMALL, color=GREY)
    under.height = y + 4
    return under
