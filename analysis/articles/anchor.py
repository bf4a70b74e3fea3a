"""Evidence held to the texts: each span is found again, exact or moved, or it is refused as drifted or lost.

A span is compared by its hash, so a digit that changed anywhere in it is refused, whatever looks similar.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.articles import text as texts_
from analysis.articles.rules_of_evidence import quoted_chars
from analysis.errors import DataError

if TYPE_CHECKING:
    from analysis.articles.corpus import Corpus

MOST_BYTES = 20_000_000
KINDS = (".txt", ".md", "")
STATES = ("exact", "moved", "drifted", "lost")
_EDGE = re.compile(r"(?:(?<=\W)|^)(?=\S)")


@dataclass(frozen=True, slots=True)
class Span:
    """One span of evidence after the search: its state, where it was found, and the words that are near it."""

    claim: str
    state: str
    start: int | None = None
    len: int | None = None
    why: str = ""
    near: str | None = None  # of a span that was found in another spacing, its sentence


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
    text, told = _texts(folder)[file], []
    for span in spans:
        if span.claim == claim_id and span.state in ("exact", "moved") and span.start is not None and span.len:
            told.append(span.near or _sentence(text, span))
    return " […] ".join(dict.fromkeys(told)) or None


def search(spans: list[dict[str, Any]], text: str) -> list[Span]:
    """The state of each span in a normalised text; where typography alone hides one, other spacings are tried."""
    finder = _Finder(text)
    states = [finder.state(span) for span in spans]
    for form in _spacings(text) if any(s.state in ("drifted", "lost") for s in states) else ():
        other = _Finder(form)
        retried = [other.state(g) if s.state in ("drifted", "lost") else s for g, s in zip(spans, states, strict=True)]
        states = [
            replace(new, near=_sentence(form, new)) if new is not old and new.state in ("exact", "moved") else old
            for new, old in zip(retried, states, strict=True)
        ]
    return states


def _sentence(text: str, span: Span) -> str:
    first, last = texts_.sentence_at(text, span.start or 0, (span.start or 0) + (span.len or 0))
    return text[first:last]


class _Finder:
    """One text and what was already found in it: claims share sentences, and a text that moved moved as a whole."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shift = 0
        self.places: dict[tuple[int, str], int | None] = {}

    def state(self, span: dict[str, Any]) -> Span:
        start, size, sha, quote = (span[name] for name in ("start", "len", "sha", "quote"))
        claim = span["claim_id"]
        if start is None or size is None or sha is None:
            return self._by_quote(claim, quote)
        key = (size, sha)
        place = start if texts_.short_sha(self.text[start : start + size]) == sha else self.places.get(key, -1)
        if place == -1:
            place = self.places[key] = self._place(start, size, sha)
        if place is None:
            return self._near(claim, quote, start)
        self.shift = place - start
        if quote and texts_.fold(quote) not in self.text[place : place + size]:
            return Span(claim, "lost", place, size, f"« {quote} » is not in its span")
        return Span(claim, "moved" if self.shift else "exact", place, size)

    def _place(self, start: int, size: int, sha: str) -> int | None:
        """Where text of this length and hash stands: as far as the last one moved, else at any word's edge."""
        text, last = self.text, len(self.text) - size
        for place in (start + self.shift, *(m.start() for m in _EDGE.finditer(text))):
            end = place + size
            if not 0 <= place <= last or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum()):
                continue
            if texts_.short_sha(text[place:end]) == sha:
                return place
        return None

    def _by_quote(self, claim: str, quote: str | None) -> Span:
        """A span that has no position yet: its quote, wherever it stands."""
        places = texts_.locate(quote or "", self.text)
        if places:
            return Span(claim, "moved", places[0], len(texts_.fold(quote or "")))
        return self._near(claim, quote, 0)

    def _near(self, claim: str, quote: str | None, start: int) -> Span:
        """Why a span was refused: its words changed around the quote, in the quote, or it is gone."""
        if not quote:
            return Span(claim, "lost", why="no text of its length and hash is there")
        places = texts_.locate(quote, self.text)
        if places:
            place = min(places, key=lambda found: abs(found - start - self.shift))
            near = self.text[place : place + len(quote)]
            return Span(claim, "drifted", place, len(near), f"« {quote} » stands there, in other words", near)
        alike = _similar(texts_.fold(quote), self.text)
        if alike is None:
            return Span(claim, "lost", why=f"« {quote} » is not there")
        same = re.findall(r"\d+", alike) == re.findall(r"\d+", quote)
        why = f"« {quote} » is not there; the nearest is « {alike} »{'' if same else ': a number differs'}"
        return Span(claim, "drifted" if same else "lost", why=why, near=alike)


def _similar(quote: str, text: str) -> str | None:
    """The words of the text nearest to a quote, for a person to look at; null without the extra `read`."""
    try:
        from rapidfuzz import fuzz
    except ImportError:
        return None
    best = fuzz.partial_ratio_alignment(quote, text, score_cutoff=80)
    if best is None:
        return None
    first = text.rfind(" ", 0, best.dest_start + 1) + 1
    last = text.find(" ", max(best.dest_end - 1, first))
    return text[first : last if last >= 0 else len(text)]


def _spacings(text: str) -> Iterator[str]:
    """The text with other habits of spacing: before %, inside quotation marks; long dashes as short ones."""
    text = re.sub("[–—‒‑]", "-", text)
    tight = re.sub(r'" ?([^"]*?) ?"', r'"\1"', text)
    wide = re.sub(r'" ?([^"]+?) ?"', r'" \1 "', text)
    for form in (tight, wide, text):
        yield re.sub(r"(?<=\d) (?=%)", "", form)
        yield re.sub(r"(?<=\d)(?=%)", " ", form)


def _given(corpus: Corpus) -> dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The articles of which a text can be held: those with evidence or of data/articles, with their spans."""
    spans: dict[str, list[dict[str, Any]]] = {}
    for row in corpus.evidence.iter_rows(named=True):
        spans.setdefault(row["article_id"], []).append(row)
    rows = corpus.articles.iter_rows(named=True)
    return {row["id"]: (row, spans.get(row["id"], [])) for row in rows if row["seed"] or row["id"] in spans}


def _recognised(given: dict[str, Any], folder: Path) -> tuple[dict[str, tuple[str, list[Span]]], list[str]]:
    """Which file is which article, with its spans' states; and the files that are none."""
    texts = _texts(folder)
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
    squeezed = _squeeze(text)
    quotes = [_squeeze(span["quote"]) for span in spans if span["quote"]]
    if not spans or sum(quote in squeezed for quote in quotes) < len(quotes) / 4:
        return 0.0, name, []
    states = search(spans, text)
    return sum(s.state in ("exact", "moved") for s in states) / len(states), name, states


def _squeeze(text: str) -> str:
    return re.sub(r'[\s"]', "", texts_.fold(text))


def _texts(folder: Path) -> dict[str, str]:
    """The normalised text of each file of a folder by name; empty for a file that is no text."""
    if not folder.is_dir():
        raise DataError(f"{folder}: there is no such folder. Give the folder that holds the texts.")
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    stamp = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _read_texts(folder, stamp)


@lru_cache(maxsize=4)
def _read_texts(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> dict[str, str]:
    texts = {}
    for name, _, size in stamp:
        readable = Path(name).suffix.lower() in KINDS and size <= MOST_BYTES
        texts[name] = texts_.fold(_decoded((folder / name).read_bytes())) if readable else ""
    return texts


def _decoded(raw: bytes) -> str:
    """A file's characters: UTF-8, else UTF-16 by its mark, else Windows'; nothing of a file that is binary."""
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "" if "\0" in text else text
    return ""
