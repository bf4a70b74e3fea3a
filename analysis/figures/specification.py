"""A scene as a Vega-Lite specification, written as plain data: Altair takes ten times as long for the same.

Only what Vega-Lite 5 and 6 share is used; a test reads each figure's specification back with Altair, which holds it to
the schema. Positions and looks are read from each row by an expression, so that one layer holds all texts, one all marks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from analysis.figures import theme
from analysis.figures.grammar import Scene, foot
from analysis.figures.theme import PAD, WIDTH

V5 = "https://vega.github.io/schema/vega-lite/v5.20.1.json"  # JupyterLab bundles Vega-Lite 5 only
EXACT = ("value", "lo", "hi")  # stand on a true scale; places are rounded to a thousandth of a pixel


def specification(
    scene: Scene,
    *,
    title: str,
    subtitle: Sequence[str],
    notes: Sequence[str],
    alt_text: str,
    tooltips: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The picture of a scene with its title above and its notes below; `tooltips` are (field, word) pairs."""
    scene = foot(scene, notes)
    lines = theme.titled(title, WIDTH)
    under = [line for part in subtitle for line in theme.balanced(part, WIDTH, theme.SUBTITLE)]
    top = theme.TOP + len(lines) * theme.TITLE_LINE + len(under) * theme.SUBTITLE_LINE
    layers = _layers(scene, tooltips)
    drawn = {name: rows for name in layers if (rows := getattr(scene, name))}
    return {
        "$schema": V5, "width": WIDTH, "height": math.ceil(scene.height), "description": alt_text, "config": theme.config(),
        "padding": {"left": PAD, "right": PAD, "top": round(top), "bottom": PAD}, "autosize": {"type": "none"},
        "title": {"text": lines, "subtitle": under},
        "datasets": {name: [_rounded(row) for row in rows] for name, rows in drawn.items()},
        "layer": [{"data": {"name": name}, **layers[name]} for name in drawn],
    }  # fmt: skip


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {k: round(v, 3) if isinstance(v, float) and k not in EXACT else v for k, v in row.items()}


def _by(**names: str) -> dict[str, Any]:
    """Properties that each row gives."""
    return {key: {"expr": f"datum.{name}"} for key, name in names.items()}


def _layers(scene: Scene, tooltips: Sequence[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """The mark and the encoding of each kind of thing drawn."""
    box = {end: {"value": expr} for end, expr in _by(x="x", x2="x2", y="y", y2="y2").items()}
    place = {end: box[end] for end in ("x", "y")}
    sign = {"type": "point", "filled": True, "opacity": 1, "strokeWidth": {"expr": "datum.width"}}
    sign |= _by(shape="shape", size="size", fill="fill", stroke="stroke", angle="angle")
    looks = _by(align="align", color="color", fontSize="size", fontWeight="weight", fontStyle="style")
    band = {"type": "rule", "color": {"expr": "datum.color"}, "strokeWidth": 10, "opacity": 0.3}
    words = {"field": "text", "type": "nominal"}
    tips = [{"field": name, "type": "nominal", "title": word} for name, word in tooltips]
    along = {"type": "quantitative", "axis": None, "scale": _scale(scene)}
    layers: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "rules": ({"type": "rule", **_by(color="color", strokeWidth="width")}, box),
        "bands": (band, {"x": {"field": "lo", **along}, "x2": {"field": "hi"}, "y": box["y"]}),
        "marks": (sign, place),
        "points": (sign, {"x": {"field": "value", **along}, "y": box["y"]}),
        "texts": ({"type": "text", "baseline": "middle", **looks}, {**place, "text": words}),
        "hovers": ({"type": "rect", "opacity": 0}, {**box, "tooltip": tips}),
    }
    return {name: {"mark": {"aria": False, **mark}, "encoding": encoding} for name, (mark, encoding) in layers.items()}


def _scale(scene: Scene) -> dict[str, Any]:
    scale = scene.scale
    ends = {"domain": [scale.low, scale.high], "range": [round(scale.x0, 3), round(scale.x1, 3)], "nice": False}
    return {"type": "log", **ends} if scale.log else {"type": "linear", "zero": False, **ends}
