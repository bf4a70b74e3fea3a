"""What a warm process has imported before it is asked for anything, and whether that is still so on disk."""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import sys
import threading
from pathlib import Path

from analysis.figures.light import without_grammar

ROOT = Path(__file__).resolve().parents[2]
_HEAVY = (
    "polars", "altair", "papermill", "nbclient", "IPython.core.completer", "IPython.core.magics", "ipykernel.ipkernel",
    "ipykernel.zmqshell", "matplotlib_inline.backend_inline", "babel.dates", "babel.numbers", "vl_convert",
    "PIL.PngImagePlugin", "IPython.core.application", "IPython.core.completerlib", "IPython.core.logger",
    "IPython.core.oinspect", "sqlite3",
)  # fmt: skip


def preload() -> None:
    """Import what notebooks and renderers use, and fill the caches that need no computing."""
    asked = os.environ.get("DEALS_WARM_IMPORT", "").split(",")
    with without_grammar():
        for name in (*_HEAVY, *filter(None, asked)):
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    import analysis

    for found in pkgutil.walk_packages(analysis.__path__, "analysis."):
        if not found.name.endswith((".cli", ".parent", "__main__")):
            with contextlib.suppress(Exception):  # a broken module breaks its own runs, with its own message
                importlib.import_module(found.name)
    _fill_caches()


def _fill_caches() -> None:
    """Validate a notebook and a chart from literal data, write a number, parse data/: no Polars query, no conversion."""
    import altair as alt
    import nbformat

    from analysis.articles import wording
    from analysis.articles.corpus import held_corpus
    from analysis.articles.files import bytes_of, find_root
    from analysis.articles.schema import LANGS
    from analysis.figures.figure import software
    from analysis.figures.theme import text_width
    from analysis.reports.engine import unfit
    from analysis.reports.page import fill_caches
    from analysis.reports.shell import ready_shell

    nbformat.validate(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]))
    rows = {"values": [{"a": 1, "b": "c"}]}
    chart = alt.Chart(rows).mark_bar().encode(x=alt.X("a:Q"), y=alt.Y("b:N"), color=alt.Color("b:N"))
    alt.vconcat(chart + chart).to_dict()
    unfit("python3")
    ready_shell()
    fill_caches()
    software()
    text_width("a")
    text_width("a", bold=True)
    for lang in LANGS:
        wording.money(14.3e9, "USD", lang)
        wording.day("2025-06-12", lang)
    with contextlib.suppress(Exception):  # no data here, or none that is sound: a run will say so
        held_corpus(find_root(), bytes_of(find_root()))


def threads() -> int:
    """How many threads this process has."""
    return len(os.listdir("/proc/self/task"))


def sound() -> int:
    """How many threads a fork may find: Polars' own sleeping ones; none of Python's beside the main one."""
    return threads() if threading.active_count() == 1 else 0


Stamp = dict[str, tuple[int, int]]


def stamp() -> Stamp:
    """Modification time and size of each imported file that is no part of Python, and of what installs write."""
    files = {str(ROOT / "requirements.lock"), str(ROOT / "pyproject.toml")}
    files.update(map(str, Path(__file__).with_name("templates").iterdir()))
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if path and "site-packages" not in path and not path.startswith(sys.base_prefix):
            files.add(path)
    files.update(entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages")))
    return {path: now for path in files if (now := _now(path))}


def changed(known: Stamp) -> bool:
    """Whether a stamped file is another one now."""
    return any(_now(path) != then for path, then in known.items())


def _now(path: str) -> tuple[int, int] | None:
    try:
        about = os.stat(path)
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size
