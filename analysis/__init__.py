"""From news articles to a deal memo in which every figure and every chart leads back to the words that support it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_ROOMS = {
    "load": "articles.corpus",
    "resolve": "facts.resolve",
}
__all__ = ["DataError", *_ROOMS]  # noqa: PLE0604

from analysis.errors import DataError


def __getattr__(name: str) -> Any:
    """Open a room when its first name is used, so that importing the library costs nothing."""
    if name in _ROOMS:
        return getattr(import_module(f"analysis.{_ROOMS[name]}"), name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
