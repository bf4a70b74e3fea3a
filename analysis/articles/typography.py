"""One plain form of any typography, character for character, so that a position in it is one in the text as given.

Accents, curly quotes, dashes and the many spaces become their plain ASCII sisters. A text with combining accents or
invisible characters loses those, and keeps a way back.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

_DROPPED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff\ufe00-\ufe0f]")
_PARAGRAPH = re.compile(r"\n(?: *\n)+")
_BLANKS = dict.fromkeys([9, 11, 12, 13], " ")
_LINE = re.compile(r"(?<!\n)\n(?!\n)")


@dataclass(frozen=True, slots=True)
class Flat:
    """A text in plain letters: `low` in lower case, `cased` as written; `dropped` says where what is left out was.

    `said` holds each wording that was taken from the text, once.
    """

    given: str
    cased: str
    low: str
    dropped: array[int] | None
    said: dict[str, str] = field(default_factory=dict, compare=False)

    def given_at(self, index: int) -> int:
        """Where a character of the plain text was in the text as given."""
        gone = self.dropped or ()
        return index + bisect_right(range(len(gone)), index, key=lambda k: gone[k] - k)

    def plain_at(self, position: int) -> int:
        """Where a position in the text as given is in the plain text."""
        return position - bisect_left(self.dropped or (), position)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as given, with the accents that belong to its last letter."""
        if self.dropped is None:
            return start, end
        first, last = self.given_at(start), self.given_at(end - 1) + 1
        while last < len(self.given) and unicodedata.combining(self.given[last]):
            last += 1
        return first, last

    def accented(self, index: int) -> bool:
        """Whether the letter had an accent in the text as given (« doublé », not « double »)."""
        first, last = self.span(index, index + 1)
        return not self.given[first:last].isascii()


def flatten(text: str) -> Flat:
    """Plain letters for a text; same length, but for what is invisible or combines.

    >>> flatten("Près de 14\u202fMd$ d’ici l’été").low
    "pres de 14 md$ d'ici l'ete"
    """
    dropped = None
    plain = text
    if not text.isascii():
        if _DROPPED.search(text):
            dropped = array("I", (match.start() for match in _DROPPED.finditer(text)))
            plain = _DROPPED.sub("", text)
        plain = _in_parts(plain, lambda part: part.translate(_plain_letters()))
    else:
        plain = plain.translate(_BLANKS)
    plain = _PARAGRAPH.sub(lambda gap: "\n" * len(gap[0]), plain)
    plain = _LINE.sub(" ", plain)
    low = _in_parts(plain, _lower)
    return Flat(text, plain, low, dropped)


def _in_parts(text: str, change: Callable[[str], str]) -> str:
    """A text changed part by part: to lower a text that is not ASCII at once takes twelve bytes a character meanwhile."""
    return "".join(change(text[i : i + _PART]) for i in range(0, len(text), _PART))


_PART = 1 << 16


def _lower(part: str) -> str:
    """In lower case, at the same length."""
    low = part.lower()
    return low if len(low) == len(part) else "".join(c.lower() if len(c.lower()) == 1 else c for c in part)


@cache
def _plain_letters() -> dict[int, str]:
    table: dict[int, str] = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    table |= dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2212], "-")
    table |= dict.fromkeys(map(ord, "’‘‚‛′ʼ"), "'") | dict.fromkeys(map(ord, "«»“”„‟″"), '"')
    table |= dict.fromkeys([0x2028, 0x2029, 0x85], "\n")
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0xFF01, 0xFF5F), 0xFE69, 0xFFE5, 0xFFE1):
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if base.isascii():
            table[code] = base
    return table | _BLANKS | {0xFFE5: "¥", 0xFFE1: "£", 0xFE69: "$"}


_LED = 90  # marks: no expression that is looked for before a place spans more


def led_by(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str] | None:
    """What the words right before a position are, by an expression that ends there."""
    return pattern.search(text, max(0, position - _LED), position)
