"""A million claims: made, loaded from Parquet and resolved; time and memory.

    python -m benchmarks.claims [CLAIMS ...] [--write]     # default: 1000000

Ten claims a fact: 3 in 10 facts are contested, sources of all kinds speak, some repeat themselves, one claim in
twenty has no date, one in a hundred is an opinion. Each size runs in a process of its own, on two threads.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.document import ROOT, put

SIZES = (1_000_000,)
DATA = ROOT / "data"
SUBJECTS_PER_CLAIM = 1 / 60
STATUSES = ("confirmed", "asserted", "asserted", "asserted", "reported", "reported", "reported", "estimated", "derived")
HEDGES = ("exact",) * 12 + ("approx", "above", "slightly_above", "at_least")
STANCES = ("staying", "reducing", "pausing", "may_leave", "leaving")
#            property, unit, truth's size, unit written
KINDS = (
    ("price", "USD", 1e9, 1e8), ("valuation", "USD", 1e10, 1e9), ("stake_acquired", "percent", 1.0, 1.0),
    ("revenue", "USD", 1e8, 1e6), ("customer_stance", None, 0.0, 0.0), ("announced_on", None, 20.0, 1.0),
)  # fmt: skip


def make_claims(n: int):
    """Claims with the columns of a corpus, the same for the same `n`."""
    import polars as pl

    def draw(seed: int, below: int) -> pl.Expr:
        return pl.int_range(n, dtype=pl.UInt64).hash(seed) % below

    def pick(words: tuple, seed: int) -> pl.Expr:
        return draw(seed, len(words)).replace_strict(list(range(len(words))), list(words), return_dtype=pl.Utf8)

    def of_kind(at: int, kind: type[pl.DataType]) -> pl.Expr:
        return pl.col("kind").replace_strict(range(len(KINDS)), [row[at] for row in KINDS], return_dtype=kind)

    subjects = max(1, int(n * SUBJECTS_PER_CLAIM))
    rows = pl.select(number=pl.int_range(n), who=draw(1, subjects), kind=draw(2, len(KINDS)))
    rows = rows.with_columns(truth=pl.struct("who", "kind").hash(3) % 97 + 3, property=of_kind(0, pl.Utf8))
    contested = (pl.struct("who", "kind").hash(4) % 10 < 3) & (draw(5, 3) == 0)
    size, step = of_kind(2, pl.Float64), of_kind(3, pl.Float64)
    worded, dated = pl.col("property") == "customer_stance", pl.col("property") == "announced_on"
    number = (pl.col("truth") + pl.when(contested).then(draw(6, 9) + 1).otherwise(0)).clip(0, 100) * size
    day = pl.when(draw(7, 20) > 0).then(pl.lit(16_000, pl.Int32) + draw(8, 4000).cast(pl.Int32)).cast(pl.Date)
    stance = (pl.col("truth") + pl.when(contested).then(1).otherwise(0)) % 5
    when = (pl.lit(17_000, pl.Int32) + (pl.col("truth") * 7 + draw(9, 3)).cast(pl.Int32)).cast(pl.Date).cast(pl.Utf8)
    text = lambda value: pl.lit(value, pl.Utf8)  # noqa: E731
    rows = rows.with_columns(known_on=day, spent=number, stance=stance.replace_strict(range(5), list(STANCES)))
    return rows.select(
        id=pl.format("claim-{}", "number"), article_id=pl.format("article-{}", pl.col("number") // 8),
        subject=pl.format("deal:{}", "who"), property="property",
        object=pl.when(worded).then(text("org:supplier")),
        value=pl.when(~worded & ~dated).then("spent"),
        value_text=pl.when(worded).then("stance").when(dated).then((pl.col("spent").cast(pl.Int32)).cast(pl.Date).cast(pl.Utf8)),
        lo=pl.when(dated).then("spent"), hi=pl.when(dated).then("spent"),
        written_unit=pl.when(~worded & ~dated).then(step), unit=of_kind(1, pl.Utf8), hedge=pick(HEDGES, 11),
        status=pl.when(draw(12, 100) == 0).then(text("opinion")).otherwise(pick(STATUSES, 13)), stage=text("done"),
        by=pl.concat_list(pl.format("source-{}", draw(14, 500))), origin=pl.format("source-{}", draw(14, 500)),
        basis=pl.when(pl.col("property") == "price").then(text("headline")),
        period=pl.when(pl.col("property") == "revenue").then(text("2024")),
        when=pl.when(worded).then(when), said_on=text(None), known_on="known_on", formula=text(None), note=text(None),
        review_state=text("accepted"), superseded_by=text(None), quote=text(None), file=text("made"),
        line=pl.lit(None, pl.Int64),
    )  # fmt: skip


def measure(path: Path, root: str | None = None) -> dict[str, float]:
    """Load and resolve a Parquet file of claims here: seconds of each and the process's peak [MB]."""
    from analysis.articles.corpus import Corpus
    from analysis.facts.resolve import resolve

    before = time.perf_counter()
    corpus = Corpus.from_parquet(path, root)
    loaded = time.perf_counter()
    facts = resolve(corpus)
    done = time.perf_counter()
    return {
        "claims": corpus.claims.height, "facts": facts.frame.height, "load_s": round(loaded - before, 2),
        "resolve_s": round(done - loaded, 2), "total_s": round(done - before, 2),
        "cpu_s": round(time.process_time(), 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def load_articles(root: Path) -> dict[str, float]:
    """Load the files of the articles here, without the reference data: claims, and seconds once all is imported."""
    from analysis.articles.corpus import load

    before = time.perf_counter()
    corpus = load(root)
    return {"articles": corpus.articles.height, "claims": corpus.claims.height, "load_s": time.perf_counter() - before}


def of_sizes(sizes: Sequence[int], folder: Path, runs: int = 5) -> list[dict[str, float]]:
    """The median run of each size; every run in a fresh process on two threads, the sizes in turn."""
    files = {n: folder / f"{n}.parquet" for n in sizes}
    for n, path in files.items():
        _fresh("make", n, path)
    found = [{n: json.loads(_fresh("measure", n, path)) for n, path in files.items()} for _ in range(runs)]
    return [sorted((each[n] for each in found), key=lambda row: row["total_s"])[runs // 2] for n in sizes]


def of_articles(folder: Path, runs: int = 5) -> dict[str, float]:
    """The median load of the two articles' files, each in a fresh process."""
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("reference"))
    found = sorted((json.loads(_fresh("articles", 2, folder)) for _ in range(runs)), key=lambda row: row["load_s"])
    return found[runs // 2]


def _fresh(step: str, n: int, path: Path) -> str:
    command = [sys.executable, "-m", "benchmarks.claims", step, str(n), str(path)]
    environment = {**os.environ, "POLARS_MAX_THREADS": "2"}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def table(sizes: list[dict[str, float]], articles: dict[str, float]) -> str:
    """The figures in Markdown."""
    told = f"Python {platform.python_version()}, polars {version('polars')}, two threads"
    rows = ["| claims | facts | load | resolve | both | CPU | peak memory |", "|---|---|---|---|---|---|---|"]
    rows += [
        "| {claims:,} | {facts:,} | {load_s} s | {resolve_s} s | {total_s} s | {cpu_s} s | {peak_mb:,} MB |".format(
            **row
        )
        for row in sizes
    ]
    two = "The files of {articles} articles ({claims} claims) load in {ms:.0f} ms."
    two = two.format(**articles, ms=articles["load_s"] * 1000)
    return "\n".join([f"{datetime.date.today()}, {told}.", "", *rows, "", two])


def main() -> None:
    """Measure, print, and with --write keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many claims")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = table(of_sizes(asked.sizes, Path(folder)), of_articles(Path(folder)))
    print(made)
    if asked.write:
        put("claims", made)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", n, path]:
            make_claims(int(n)).write_parquet(path)
        case ["measure", _, path]:
            print(json.dumps(measure(Path(path))))
        case ["articles", _, path]:
            print(json.dumps(load_articles(Path(path))))
        case _:
            main()
