"""What there is: articles, subjects, sources, properties, notebooks, figures, and proposals that wait."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analysis.articles.corpus import Corpus, load
from analysis.errors import DataError, one_of

WHAT = ("articles", "subjects", "sources", "properties", "notebooks", "figures", "proposed")


def listing(what: str | None, *, root: Path | None = None, lang: str = "en") -> list[str]:
    """One line an item of a kind; without a kind, how many there are of each."""
    if what is None:
        return [f"{kind}: {len(listing(kind, root=root, lang=lang))}" for kind in WHAT]
    if what not in WHAT:
        raise DataError(f"list: {one_of(what, WHAT)}")
    if what == "notebooks":
        from analysis.reports.grid import notebook_paths

        return [path.stem for path in notebook_paths([], every=True)]
    if what == "figures":
        from analysis.figures import FIGURES

        return _aligned([(id, FIGURES[id][1]) for id in FIGURES])
    return _aligned(_rows(load(root), what, lang))


def _rows(corpus: Corpus, what: str, lang: str) -> list[tuple[str, ...]]:
    claims = corpus.claims
    if what == "articles":
        counts = dict(claims.group_by("article_id").len().iter_rows())
        columns = corpus.articles.select("id", "publisher", "published").iter_rows()
        return [(id, f"{counts.get(id, 0)} claims", publisher or "", on or "") for id, publisher, on in columns]
    if what == "proposed":
        waiting = claims.filter(pl.col("review_state") == "proposed")
        return [(id, f"{file}:{line}") for id, file, line in waiting.select("id", "file", "line").iter_rows()]
    frame = {"subjects": corpus.subjects, "sources": corpus.sources, "properties": corpus.properties}[what]
    kind = "type" if what == "subjects" else "kind"
    return [tuple(row) for row in frame.select("id", kind, f"label_{lang}").iter_rows()]


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
