"""What drawing and saving a figure costs, warm: median of several runs, in seconds a figure.

Every figure of the registry is built, drawn and saved in all formats into a folder of its own; facts are resolved before,
and nothing is taken from the cache of pictures.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time

RUNS = 5


def main() -> None:
    """Print build, picture and all-formats times for each figure, and their medians."""
    os.environ["DEALS_CACHE"] = "off"
    import analysis
    from analysis.figures import FIGURES

    facts = analysis.study()
    parts: dict[str, list[float]] = {"build": [], "png": [], "all formats": []}
    for run in range(RUNS + 1):
        for name in FIGURES:
            with tempfile.TemporaryDirectory() as folder:
                begun = time.perf_counter()
                figure = FIGURES[name][0](facts, lang="en")
                built = time.perf_counter()
                assert figure.png
                drawn = time.perf_counter()
                FIGURES[name][0](facts, lang="en").save(folder)
                saved = time.perf_counter()
            if run:  # the first run warms
                for part, spent in zip(parts, (built - begun, drawn - built, saved - drawn), strict=True):
                    parts[part].append(spent)
    for part, spent in parts.items():
        print(f"{part:<12} {statistics.median(spent):.3f} s a figure (worst {max(spent):.3f}, {len(spent)} drawings)")


if __name__ == "__main__":
    main()
