"""What drawing and saving figures costs, warm: median of several runs, in seconds a figure.

Each figure of the registry is built, drawn, and saved in all formats alone; then all figures of each notebook are built
and saved together. Facts are resolved before, and nothing is taken from the cache of pictures.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import statistics
import tempfile
import time
from importlib.metadata import version

from benchmarks.document import put

RUNS = 5
PARTS = ("built", "and its picture drawn", "alone, in all formats", "one of its notebook's, in all formats")


def measure() -> dict[str, list[float]]:
    """Seconds a figure of each part, run by run."""
    os.environ["DEALS_CACHE"] = "off"
    import analysis
    from analysis.figures import FIGURES, save_all

    facts = analysis.study()
    notebooks = {notebook: [id for id in FIGURES if FIGURES[id][1] == notebook] for _, notebook in FIGURES.values()}
    spent: dict[str, list[float]] = {}
    for run in range(RUNS + 1):
        if run < 2:  # the first run warms
            spent = {name: [] for name in PARTS}
        for id in FIGURES:
            with tempfile.TemporaryDirectory() as folder:
                begun = time.perf_counter()
                figure = FIGURES[id][0](facts, lang="en")
                built = time.perf_counter()
                assert figure.png
                drawn = time.perf_counter()
                FIGURES[id][0](facts, lang="en").save(folder)
                saved = time.perf_counter()
            for name, seconds in zip(PARTS, (built - begun, drawn - begun, saved - drawn), strict=False):
                spent[name].append(seconds)
        for ids in notebooks.values():
            with tempfile.TemporaryDirectory() as folder:
                begun = time.perf_counter()
                save_all([FIGURES[id][0](facts, lang="en") for id in ids], folder)
                spent[PARTS[-1]].append((time.perf_counter() - begun) / len(ids))
    return spent


def table(spent: dict[str, list[float]]) -> str:
    """The figures in Markdown."""
    told = f"Python {platform.python_version()}, vl-convert-python {version('vl-convert-python')}"
    rows = ["| a figure | median | quickest | slowest | runs |", "|---|---|---|---|---|"]
    rows += [
        f"| {name} | {statistics.median(each):.3f} s | {min(each):.3f} s | {max(each):.3f} s | {len(each)} |"
        for name, each in spent.items()
    ]
    return "\n".join([f"{datetime.date.today()}, {told}, nothing from the cache.", "", *rows])


def main() -> None:
    """Measure, print, and with --write keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = parser.parse_args()
    made = table(measure())
    print(made)
    if asked.write:
        put("drawing", made)


if __name__ == "__main__":
    main()
