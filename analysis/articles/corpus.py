"""What was written: data/ as one corpus of frames, checked whole before anything uses it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from analysis.articles import files, frames
from analysis.articles.rules import check_rules
from analysis.errors import DataError, one_of

SCOPES = ("all", "seed")


@dataclass(frozen=True)
class Corpus:
    """Claims and what they refer to; every frame has the columns that data/README.md documents."""

    root: Path
    claims: pl.DataFrame
    articles: pl.DataFrame
    sources: pl.DataFrame
    subjects: pl.DataFrame
    properties: pl.DataFrame
    evidence: pl.DataFrame
    broader: dict[str, dict[str, str]] = field(default_factory=dict)  # property -> narrow -> broad
    french: dict[str, str] = field(default_factory=dict)  # values in words
    pins: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"{self.claims.height} claims of {self.articles.height} articles on {self.subjects.height} subjects"

    def _repr_html_(self) -> str:
        from analysis.articles.views import corpus_html

        return corpus_html(self)

    def select(self, scope: str = "all", articles: Iterable[str] | None = None) -> Corpus:
        """The claims of some articles only: `seed` leaves data/reference out, `articles` names the ones to keep."""
        if scope not in SCOPES:
            raise DataError(f"scope {one_of(scope, SCOPES)}")
        kept = self.articles if scope == "all" else self.articles.filter(pl.col("seed"))
        if articles:
            known = self.articles["id"].to_list()
            for name in articles:
                if name not in known:
                    raise DataError(f"articles: {one_of(name, known)}")
            kept = kept.filter(pl.col("id").is_in(list(articles)))
        if kept.height == self.articles.height:
            return self
        ids = kept["id"].to_list()
        return replace(
            self,
            articles=kept,
            claims=self.claims.filter(pl.col("article_id").is_in(ids)),
            evidence=self.evidence.filter(pl.col("article_id").is_in(ids)),
        )

    def claim(self, id: str) -> dict[str, Any]:
        """One claim as a row with its evidence."""
        found = self.claims.filter(pl.col("id") == id)
        if found.is_empty():
            raise DataError(f"claim {one_of(id, self.claims['id'].to_list(), most=3)}")
        spans = self.evidence.filter(pl.col("claim_id") == id).drop("claim_id", "article_id")
        return found.row(0, named=True) | {"evidence": spans.to_dicts()}

    def rows_of(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """The claims of these ids as rows, in the corpus's order; an id that is none has no row."""
        places = sorted({self._places[id] for id in ids if id in self._places})
        return [self.claims.row(place, named=True) for place in places]

    def label(self, id: str, lang: str = "en") -> str:
        """The name of a subject, source or property in a language; the id itself where none is declared."""
        return self._labels.get((id, lang)) or id

    def context(self, claim_id: str) -> str | None:
        """The article's whole sentence behind a claim, read live from DEALS_TEXTS; null without the texts."""
        folder = os.environ.get("DEALS_TEXTS")
        if not folder:
            return None
        from analysis.articles.anchor import sentence_of

        return sentence_of(self, claim_id, Path(folder))

    @classmethod
    def from_parquet(cls, claims: str | os.PathLike[str], root: str | os.PathLike[str] | None = None) -> Corpus:
        """A corpus whose claims come from a Parquet file with the columns of `claims`, the rest from data/."""
        rows = pl.read_parquet(Path(claims))
        missing = [name for name in frames.CLAIMS if name not in rows.columns]
        if missing:
            raise DataError(f"{claims}: the column {missing[0]} is missing. It needs those of `deals export claims`.")
        base = load(root)
        return replace(
            base, claims=rows.select(pl.col(name).cast(kind) for name, kind in frames.CLAIMS.items()),
            evidence=base.evidence.clear(),
        )  # fmt: skip

    @cached_property
    def _places(self) -> dict[str, int]:
        return {id: place for place, id in enumerate(self.claims["id"].to_list())}

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        labels: dict[tuple[str, str], str] = {}
        for frame in (self.properties, self.sources, self.subjects):
            for id, en, fr in frame.select("id", "label_en", "label_fr").iter_rows():
                labels[id, "en"], labels[id, "fr"] = en, fr
        return labels


def load(root: str | os.PathLike[str] | None = None) -> Corpus:
    """Read data/ and check it: every problem of every file is reported at once, or the corpus is sound.

    Args:
        root: the folder that holds data/; without it DEALS_ROOT, else the nearest parent that has one.

    Raises:
        DataError: one line a problem, each with its file, line, claim and way out.
    """
    folder = files.find_root(root)
    return deepcopy(held_corpus(folder, files.bytes_of(folder)))  # frames share their columns


@lru_cache(maxsize=1)
def held_corpus(root: Path, held: files.Held) -> Corpus:
    """What the files of data/ say, once nothing is wrong with it; not to be changed, and kept for the same bytes.

    A warm process has asked before, and its forks need not again: frames are made here, but no query is run.
    """
    contents = files.read_folder(root, held)
    check_rules(contents)
    if contents.problems:
        raise DataError(problems=contents.problems)
    return Corpus(
        root=root,
        broader={r.item.id: r.item.broader for r in contents.of("property") if r.item.broader},
        french={value: french for r in contents.of("property") for value, french in r.item.french.items()},
        pins=[frames._fields(r.item) for r in contents.of("pin")],
        corrections=[frames._fields(r.item) for r in contents.of("correction")],
        **frames.frames_from(contents),
    )
