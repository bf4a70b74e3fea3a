"""Spans of evidence found again in a text: by hash, so that a digit that changed anywhere in one is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from analysis.articles import text as texts_

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


def search(spans: list[dict[str, Any]], text: str) -> list[Span]:
    """The state of each span in a normalised text; where typography alone hides one, other spacings are tried."""
    finder = _Finder(text)
    states = [finder.state(span) for span in spans]
    for form in _spacings(text) if any(s.state in ("drifted", "lost") for s in states) else ():
        other = _Finder(form)
        retried = [other.state(g) if s.state in ("drifted", "lost") else s for g, s in zip(spans, states, strict=True)]
        states = [
            replace(new, near=sentence(form, new)) if new is not old and new.state in ("exact", "moved") else old
            for new, old in zip(retried, states, strict=True)
        ]
    return states


def sentence(text: str, span: Span) -> str:
    first, last = texts_.sentence_at(text, span.start or 0, (span.start or 0) + (span.len or 0))
    return text[first:last]


class _Finder:
    """One text and what was already found in it: claims share sentences, and a text that moved moved as a whole."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shift = 0
        self.edges: list[int] = []
        self.places: dict[tuple[int, str], int | None] = {}

    def state(self, span: dict[str, Any]) -> Span:
        start, size, sha, quote = (span[name] for name in ("start", "len", "sha", "quote"))
        claim = span["claim_id"]
        if start is None or size is None or sha is None:
            return self._by_quote(claim, quote)
        key = (size, sha)
        place = start if self._is(start, size, sha) else self.places.get(key, -1)
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
        if 0 <= start + self.shift <= last and self._is(start + self.shift, size, sha):
            return start + self.shift
        self.edges = self.edges or [match.start() for match in _EDGE.finditer(text)]
        for place in self.edges:
            end = place + size
            if place > last:
                break
            if end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
                continue
            if self._is(place, size, sha):
                return place
        return None

    def _is(self, place: int, size: int, sha: str) -> bool:
        """Whether that text stands there whole: « 4,3 » within « 14,3 » does not."""
        text, end = self.text, place + size
        cut = text[max(place - 1, 0) : place].isdigit() and text[place : place + 1].isdigit()
        cut = cut or (text[end - 1 : end].isdigit() and text[end : end + 1].isdigit())
        return not cut and texts_.short_sha(text[place:end]) == sha

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
    pairs = [(re.sub(r"(?<=\d) (?=%)", "", form), re.sub(r"(?<=\d)(?=%)", " ", form)) for form in (tight, wide, text)]
    yield from dict.fromkeys(form for pair in pairs for form in pair)
