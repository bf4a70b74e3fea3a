"""From news articles to a deal memo in which every figure and every chart leads back to the words that support it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from analysis.errors import DataError

_ROOMS = {
    "load": "articles.corpus",
    "propose": "articles.propose",
    "study": "facts.study",
    "resolve": "facts.resolve",
    "tensions": "facts.tensions",
    "deals_from": "facts.deals",
    "measures_from": "facts.measures",
    "stances": "facts.reactions",
    "exposures": "facts.reactions",
    "revenue_at_risk": "facts.reactions",
    "figures": "",
    "findings": "figures.findings",
    "trace": "figures.trace",
    "report": "reports.report",
}
__all__ = ["DataError", *_ROOMS]


def __getattr__(name: str) -> Any:
    """Open a room when its first name is used, so that importing the library costs nothing."""
    if name in _ROOMS:
        module = import_module(f"analysis.{_ROOMS[name] or name}")
        return getattr(module, name) if _ROOMS[name] else module
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
