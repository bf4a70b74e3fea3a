"""Evidence held to the texts: each span is found again, exact or moved, or it is refused as drifted or lost.

A span is compared by its hash, so a digit that changed anywhere in it is refused, whatever looks similar.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.articles import text as texts_
from analysis.articles.copies import texts_in
from analysis.articles.fill import anchor
from analysis.articles.rules_of_evidence import quoted_chars
from analysis.articles.search import STATES, Span, search, sentence

if TYPE_CHECKING:
    from analysis.articles.corpus import Corpus

__all__ = ["STATES", "Checked", "Report", "Span", "anchor", "search", "sentence_of", "verify"]


@dataclass(frozen=True, slots=True)
class Checked:
    """One article: its text file (null: absent) and the state of each span; without a text no state is known."""

    id: str
    claims: int
    quotes: int
    quoted_share: float
    file: str | None = None
    spans: list[Span] = field(default_factory=list)

    def count(self, state: str) -> int:
        """How many spans are in a state."""
        return sum(span.state == state for span in self.spans)

    @property
    def problems(self) -> list[str]:
        """One line a span that is drifted or lost, naming the claim."""
        return [
            f"{self.file}: claim '{span.claim}': its evidence is {span.state}: {span.why}"
            for span in self.spans
            if span.state in ("drifted", "lost")
        ]


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found: one entry an article that has evidence, and the files that are none of them."""

    articles: list[Checked]
    unrecognised: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """One line a span that is drifted or lost, over all articles."""
        return [line for article in self.articles for line in article.problems]


def verify(corpus: Corpus, texts_folder: str | os.PathLike[str] | None) -> Report:
    """Find every span of evidence again in the reader's own copies of the articles.

    A file is recognised by its fingerprint, else as the article of which it holds at least half of the evidence. A
    text that is missing and a file that is no article are reported, and are no error.

    Args:
        corpus: what was written.
        texts_folder: the copies; null counts claims and quotes only.
    """
    given = _given(corpus)
    found, unrecognised = _recognised(given, Path(texts_folder)) if texts_folder is not None else ({}, [])
    checked = []
    for article, spans in given.values():
        file, states = found.get(article["id"], (None, []))
        share = quoted_chars(spans) / article["text_chars"] if article["text_chars"] else 0.0
        claims = corpus.claims.filter(article_id=article["id"]).height
        checked.append(Checked(article["id"], claims, len(spans), round(share, 4), file, states))
    return Report(checked, unrecognised)


def sentence_of(corpus: Corpus, claim_id: str, folder: Path) -> str | None:
    """The whole sentence or sentences of the article behind a claim; null where the text does not hold them."""
    row = corpus.claims.filter(id=claim_id)
    given = _given(corpus)
    if row.is_empty() or row["article_id"][0] not in given:
        return None
    name = row["article_id"][0]
    file, spans = _recognised({name: given[name]}, folder)[0].get(name, (None, []))
    if file is None:
        return None
    text, told = texts_in(folder)[file], []
    for span in spans:
        if span.claim == claim_id and span.state in ("exact", "moved") and span.start is not None and span.len:
            told.append(span.near or sentence(text, span))
    return " […] ".join(dict.fromkeys(told)) or None


def _given(corpus: Corpus) -> dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The articles of which a text can be held: those with evidence or of data/articles, with their spans."""
    spans: dict[str, list[dict[str, Any]]] = {}
    for row in corpus.evidence.iter_rows(named=True):
        spans.setdefault(row["article_id"], []).append(row)
    rows = corpus.articles.iter_rows(named=True)
    return {row["id"]: (row, spans.get(row["id"], [])) for row in rows if row["seed"] or row["id"] in spans}


def _recognised(given: dict[str, Any], folder: Path) -> tuple[dict[str, tuple[str, list[Span]]], list[str]]:
    """Which file is which article, with its spans' states; and the files that are none."""
    texts = texts_in(folder)
    by_hash = {article["text_sha256"]: name for name, (article, _) in given.items() if article["text_sha256"]}
    found: dict[str, tuple[str, list[Span]]] = {}
    known = {file: by_hash.get(texts_.sha256(text)) for file, text in texts.items() if text}
    for file, name in known.items():
        if name and name not in found:
            found[name] = (file, search(given[name][1], texts[file]))
    unrecognised = []
    for file, text in texts.items():
        if known.get(file):
            continue
        best = max((_held(spans, text, name) for name, (_, spans) in given.items()), default=(0.0, "", []))
        if best[0] < 0.5:
            unrecognised.append(file)
        elif best[1] not in found:
            found[best[1]] = (file, best[2])
    return found, unrecognised


def _held(spans: list[dict[str, Any]], text: str, name: str) -> tuple[float, str, list[Span]]:
    """Which share of an article's evidence a text holds; a text that has few of its quotes is not searched further."""
    squeezed = _squeeze.__wrapped__(text)
    quotes = [_squeeze(span["quote"]) for span in spans if span["quote"]]
    if not spans or sum(quote in squeezed for quote in quotes) < len(quotes) / 4:
        return 0.0, name, []
    states = search(spans, text)
    return sum(s.state in ("exact", "moved") for s in states) / len(states), name, states


@lru_cache(maxsize=4096)
def _squeeze(text: str) -> str:
    return re.sub(r'[\s"]', "", texts_.fold(text))
