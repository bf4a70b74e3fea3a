"""What we show: facts as charts that can be cited, tables, answers and findings; each is imported when first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

# figure id -> (module, notebook), in the order of the notebooks; the function is the id with underscores
_CHARTS = {
    "strategy-timeline": ("timeline", "meta_ai_strategy"),
    "driver-evidence": ("strategy", "meta_ai_strategy"),
    "actors": ("actors", "meta_ai_strategy"),
    "talent": ("talent", "meta_ai_strategy"),
    "deal-ratios": ("comparison", "deal_comparison"),
    "constant-prices": ("prices", "deal_comparison"),
    "acquirer-share": ("prices", "deal_comparison"),
    "customer-stances": ("customers", "customer_reactions"),
    "customer-exposure": ("revenue", "customer_reactions"),
    "revenue-at-risk": ("revenue", "customer_reactions"),
}
_ROOM = {id.replace("-", "_"): module for id, (module, _) in _CHARTS.items()} | {
    "Figure": "figure", "save_all": "figure", "lint": "lint", "findings": "findings", "strategy_answer": "answers", "scope_note": "answers",
    "comparison_answer": "answers", "customers_answer": "answers", "strategy_findings": "answers",
    "comparison_findings": "answers", "customers_findings": "answers", "claims_table": "tables",
    "coverage_table": "tables", "tensions_table": "tables", "record_table": "tables", "measures_table": "tables",
}  # fmt: skip


class _Registry(Mapping[str, tuple[Callable[..., Any], str]]):
    """Figure id -> (chart function, notebook); a function's module is imported when it is looked up."""

    def __getitem__(self, id: str) -> tuple[Callable[..., Any], str]:
        module, notebook = _CHARTS[id]
        return getattr(import_module(f"analysis.figures.{module}"), id.replace("-", "_")), notebook

    def __iter__(self) -> Iterator[str]:
        return iter(_CHARTS)

    def __len__(self) -> int:
        return len(_CHARTS)


FIGURES = _Registry()


def __getattr__(name: str) -> Any:
    """Import what is asked for, and nothing else."""
    if name in _ROOM:
        return getattr(import_module(f"analysis.figures.{_ROOM[name]}"), name)
    raise AttributeError(f"module 'analysis.figures' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(["FIGURES", *_ROOM])


class _Front(ModuleType):
    """A function keeps its name here, also when the module of the same name (`talent`) is imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _ROOM and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Front
