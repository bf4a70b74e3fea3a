"""Normalised text: one form for every copy of an article, with a way back to the copy's own characters.

Positions of evidence are Unicode code points in this text, and an article is recognised by its hash.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_STRAIGHT = dict.fromkeys(map(ord, "«»“”„‟″"), '"') | dict.fromkeys(map(ord, "’‘‚‛′ʼ"), "'")
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"), None)
_RUN = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text; `offsets[i]` is where its character i begins in the given text, one more for the end."""

    text: str
    offsets: list[int]

    def given(self, start: int, end: int) -> tuple[int, int]:
        """The span of the given text that the span of the normalised text came from."""
        return self.offsets[start], self.offsets[end]


def fold(text: str) -> str:
    """The normalised text alone: NFC, straight quotes and apostrophes, one space a run, ends stripped.

    >>> fold("«\u202fl’IA\u202f»  vaut\\n14,3\u00a0milliards ")
    '" l\\'IA " vaut 14,3 milliards'
    """
    composed = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).translate(_STRAIGHT)
    return " ".join(composed.split())


def normalise(text: str) -> Normalised:
    """Normalise a text and keep the way back: which character of the given text each one came from."""
    out: list[str] = []
    offsets: list[int] = []
    end = 0
    for start, stop in _clusters(text):
        piece = unicodedata.normalize("NFC", text[start:stop].translate(_INVISIBLE)).translate(_STRAIGHT)
        for char in piece:
            if char.isspace():
                if not out or out[-1] == " ":
                    continue
                char = " "
            out.append(char)
            offsets.append(start)
            end = stop
    if out and out[-1] == " ":
        out.pop()
        end = offsets.pop()
    return Normalised("".join(out), [*offsets, end])


def fingerprint(text: str) -> str:
    """The SHA-256 of the normalised text, by which a reader's own copy is recognised."""
    return sha256(fold(text))


def sha256(text: str) -> str:
    """The hash of a text that is normalised already."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def short_sha(span: str) -> str:
    """The 16 hex digits that a span of evidence is held to."""
    return sha256(span)[:16]


def locate(quote: str, text: str) -> list[int]:
    """Every place where the quote stands in a normalised text, as whole words and whole numbers.

    « 4,3 » is not found in « 14,3 », nor « 14 » in « 14,3 »: a number is found whole or not at all.
    """
    wanted = fold(quote)
    if not wanted:
        return []
    before = r"(?<![\w])(?<!\d[.,])" if wanted[0].isalnum() else ""
    after = r"(?![\w])(?![.,]\d)" if wanted[-1].isalnum() else ""
    return [match.start() for match in re.finditer(before + re.escape(wanted) + after, text)]


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the whole sentence or sentences around a span of a normalised text."""
    stops = [m.end() for m in re.finditer(r'[.!?…]["\')\]]*(?= ["\'(\[]?[A-ZÀ-ÖØ-Ý0-9-])', text)]
    first = max((stop for stop in stops if stop <= start), default=0)
    last = min((stop for stop in stops if stop >= end), default=len(text))
    while first < start and text[first] == " ":
        first += 1
    return first, last


def _clusters(text: str) -> list[tuple[int, int]]:
    """Spans that compose on their own: a base character with the marks that follow it."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return [(i, i + 1) for i in range(len(text))]
    marks = [0]
    for i in range(1, len(text)):
        joins = unicodedata.combining(text[i]) or _composes(text[marks[-1] : i], text[i])
        if not joins:
            marks.append(i)
    return list(zip(marks, [*marks[1:], len(text)], strict=True))


def _composes(before: str, char: str) -> bool:
    """Whether a letter becomes one with those before it, as those of Korean do."""
    whole = unicodedata.normalize("NFC", before + char)
    return len(whole) < len(unicodedata.normalize("NFC", before)) + 1
