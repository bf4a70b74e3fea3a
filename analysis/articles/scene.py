"""An article laid out for proposals: its sentences with their parties and quantities, and the deal that it is about."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from analysis.articles import cues
from analysis.articles.names import Cast, Name, cast_of
from analysis.articles.quantities import Quantity, read
from analysis.articles.typography import Flat, flatten

_STOP = re.compile(r"[.!?…][\"')\]]*\s+(?=[\"'(\[-]{0,3} ?[A-Z0-9])|\n\s*|\s-\s(?=[A-Z])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:inc|corp|ltd|co|mr|mrs|ms|dr|st|vs|no|sept|oct|nov|dec|jan|feb|aug|u\.s|m|janv|fevr|juil)|\b[a-z])\.$"
)
_PARTY = re.compile(r"<(\d+)>")


@dataclass
class Sentence:
    """A sentence in plain lower case letters, each company written <n>, each quantity ###: `at` says where."""

    start: int
    end: int
    text: str
    parties: list[Name]
    quantities: list[Quantity]
    at: dict[int, tuple[int, int]]

    def party_before(self, position: int, pattern: str = "") -> str | None:
        """The id of the last company before a position, if what stands between fits the pattern."""
        found = re.findall(rf"<(\d+)>{pattern}", self.text[:position])
        return self.parties[int(found[-1])].id if found else None

    def party_after(self, position: int, within: int = 200) -> str | None:
        """The id of the first company after a position."""
        found = _PARTY.search(self.text, position, min(len(self.text), position + within))
        return self.parties[int(found[1])].id if found else None

    @cached_property
    def ids(self) -> list[str]:
        return [name.id for name in self.parties]


@dataclass
class Scene:
    """What a text holds: `deal` is (acquirer, target), either null where the text does not tell."""

    flat: Flat
    lang: str
    published: str | None
    outlet: str
    cast: Cast
    sentences: list[Sentence]
    deal: tuple[str | None, str | None] = (None, None)
    others: Counter = field(default_factory=Counter)


def scene_of(text: str, *, lang: str, published: str | None, outlet: str, known: dict[str, str]) -> Scene:
    """Lay a text out: quantities, names, sentences, then the deal that most of it speaks of."""
    wrapped = all(len(line) <= 160 for line in text.split("\n"))
    flat = flatten(text)
    cast = cast_of(flat.cased, known)
    quantities = [q for q in read(text, lang, published) if q.kind in {"money", "percent", "date"}]
    bounds = _sentence_bounds(flat, text, wrapped=wrapped)
    sentences = [_sentence(flat, cast, quantities, start, end) for start, end in bounds]
    scene = Scene(flat, lang, published, outlet, cast, sentences)
    _find_deal(scene)
    return scene


def _sentence_bounds(flat: Flat, text: str, *, wrapped: bool) -> list[tuple[int, int]]:
    """Sentences end at a full stop before a capital, at a paragraph, and at a line unless lines are wrapped."""
    stops = [
        m.end()
        for m in _STOP.finditer(flat.cased)
        if m[0][0] != "." or not _ABBREVIATED.search(flat.low, max(0, m.start() - 6), m.start() + 1)
    ]
    if not wrapped and flat.kept is None:
        stops = sorted({*stops, *(m.end() for m in re.finditer("\n", text))})
    edges = [0, *stops, len(flat.low)]
    return [(a, b) for a, b in itertools.pairwise(edges) if flat.low[a:b].strip()]


def _sentence(flat: Flat, cast: Cast, quantities: list[Quantity], start: int, end: int) -> Sentence:
    first, last = flat.span(start, end)
    inside = [q for q in quantities if first <= q.start and q.end <= last]
    shift = _unspan(flat)
    taken = [(shift(q.start), shift(q.end)) for q in inside]  # the CHF of CHF 350 million is no party
    parties = [n for n in cast.within(start, end, "org") if not any(a < n.end and n.start < b for a, b in taken)]
    marks: list[tuple[int, int, int | None, Quantity | None]] = [
        (n.start, n.end, i, None) for i, n in enumerate(parties)
    ]
    marks += [(shift(q.start), shift(q.end), None, q) for q in inside]
    text, at, cursor = "", {}, start
    for a, b, index, quantity in sorted(marks, key=lambda mark: mark[0]):
        if a < cursor:
            continue
        text += flat.low[cursor:a]
        if quantity is None:
            text += f"<{index}>"
        else:
            at[quantity.start] = (len(text), len(text) + b - a)
            text += "#" * (b - a)  # so that no full stop of a number ends a clause
        cursor = b
    return Sentence(start, end, text + flat.low[cursor:end], parties, inside, at)


def _unspan(flat: Flat):
    """From a position in the given text to one in the plain text."""
    if flat.kept is None:
        return lambda position: position
    from bisect import bisect_left

    kept = flat.kept
    return lambda position: bisect_left(kept, position)


_BUY = re.compile(cues.BUY)
_SELL = re.compile(r"\b(?:vente|cession|cede\w*|cedant|vend\w*|sold|sells?|selling|sale of)\b")
_RAISE = re.compile(r"<(\d+)>[^<>.;]{0,40}?\b(?:raises?|raised|leve|a leve|a boucle|boucle|closed a|secured)\b")


def _find_deal(scene: Scene) -> None:
    """The pair that most sentences name, those of the head counting more; a round's leader where nobody buys."""
    votes: Counter = Counter()
    targets: Counter = Counter()
    for index, sentence in enumerate(scene.sentences):
        weight = 3 if index < 4 else 1
        for acquirer, target in pairs(sentence):
            if acquirer and target:
                votes[acquirer, target] += weight
            elif target:
                targets[target] += weight
        if match := _RAISE.search(sentence.text):
            targets[sentence.parties[int(match[1])].id] += weight
    scene.others = votes
    if votes:
        scene.deal = votes.most_common(1)[0][0]
    elif targets:
        scene.deal = (None, targets.most_common(1)[0][0])
    elif spoken := Counter(name.id for name in scene.cast.names if name.type == "org"):
        scene.deal = (None, spoken.most_common(1)[0][0])


def pairs(sentence: Sentence) -> list[tuple[str | None, str | None]]:
    """Who buys whom, for each verb or noun of buying or selling in a sentence."""
    found: list[tuple[str | None, str | None]] = []
    text, ids = sentence.text, sentence.ids
    for match in _BUY.finditer(text):
        after = text[match.end() :]
        by = re.match(
            r"(?: (?:de |d'|of ))?[^<>.;]{0,40}?<(\d+)>[^<>.;]{0,30}? (?:par|by) [^<>.;]{0,40}?<(\d+)>", after
        )
        passive = re.match(r"[^<>.;]{0,12}?\b(?:by|par) [^<>.;]{0,40}?<(\d+)>", after)
        before = [int(n) for n in _PARTY.findall(text[: match.start()])]
        if by:
            found.append((ids[int(by[2])], ids[int(by[1])]))
        elif passive and before:
            found.append((ids[int(passive[1])], ids[before[-1]]))
        else:
            target = re.match(r"[^<>.;]{0,110}?<(\d+)>", after)
            if target:
                acquirer = next((ids[n] for n in before if ids[n] != ids[int(target[1])]), None)
                found.append((acquirer, ids[int(target[1])]))
    for match in _SELL.finditer(text):
        sold = re.match(
            r"[^<>.;]{0,90}?(?:<(\d+)>)?[^<>.;]{0,60}? (?:a|au|aux|to) (?:l'|le |la |un |the )?[^<>.;]{0,40}?<(\d+)>",
            text[match.end() :],
        )
        if sold:
            found.append((ids[int(sold[2])], ids[int(sold[1])] if sold[1] else None))
    return [(a, t) for a, t in found if a != t]
