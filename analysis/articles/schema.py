"""The types of a claims file: what an article is, what a claim says, where its evidence stands.

One claim is one statement by one source: who says what about whom, how surely, and where it stands in the text.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

import msgspec

HEDGES = ("exact", "approx", "near", "slightly_above", "above", "below", "at_least", "at_most", "range", "vague")
STATUSES = ("confirmed", "asserted", "reported", "estimated", "derived", "opinion")
STAGES = ("done", "signed", "announced", "planned", "conditional", "intention")
BASES = (
    "pre_money", "post_money", "total_holding", "increment", "primary", "secondary", "unstated",
    "upfront", "headline", "closing", "accounts",
)  # fmt: skip
REVIEW_STATES = ("proposed", "accepted", "rejected")
LANGS = ("en", "fr")
KINDS = ("money", "percent", "multiple", "count", "date", "duration", "text", "choice", "relation")
NUMERIC_KINDS = ("money", "percent", "multiple", "count", "duration")
CARDINALITIES = ("one", "many", "over_time")
SUBJECT_TYPES = ("org", "person", "deal", "round", "product", "event")
STRUCTURES = ("acquisition", "minority_stake", "licence_and_hire")
SOURCE_KINDS = ("party", "named", "unnamed", "outlet")


class Evidence(msgspec.Struct, forbid_unknown_fields=True):
    """A span of the normalised text, in code points; `quote` is an optional short anchor inside it."""

    start: int | None = None
    len: int | None = None
    sha: str | None = None
    quote: str | None = None


class Review(msgspec.Struct, forbid_unknown_fields=True):
    """A person's decision on a claim."""

    state: Literal["proposed", "accepted", "rejected"] = "accepted"
    by: str | None = None
    reason: str | None = None


class Primary(msgspec.Struct, forbid_unknown_fields=True):
    """The document that a secondary page passes on: a filing, a press release. Citations print it first."""

    title: str
    publisher: str
    published: str | None = None
    address: str | None = None


class Article(msgspec.Struct, forbid_unknown_fields=True):
    """One document that says things: a news article with its text's fingerprint, or a page of reference."""

    id: str
    publisher: str | None = None
    title: str | None = None
    lang: Literal["en", "fr"] = "en"
    published: str | None = None  # EDTF
    licence: str | None = None
    address: str | None = None
    text_sha256: str | None = None
    text_chars: int | None = None
    primary: Primary | None = None
    note: str | None = None


class Claim(msgspec.Struct, forbid_unknown_fields=True):
    """One statement by one source. Amounts are in base units; what is unknown is left out, never 0."""

    id: str
    subject: str
    property: str
    status: str
    by: list[str]
    article: str | None = None  # only where one file holds several articles
    object: str | None = None
    value: Any = None  # Decimal, int or str: msgspec has no such union, so the property's kind decides
    lo: Decimal | None = None
    hi: Decimal | None = None
    unit: str | None = None
    hedge: str = "exact"
    stage: str = "done"
    basis: str | None = None
    period: str | None = None  # EDTF: the time that an amount covers
    when: str | None = None  # EDTF: when the thing happens
    said_on: str | None = None  # EDTF: when it was said in public
    formula: str | None = None
    evidence: list[Evidence] = []
    note: str | None = None
    review: Review | None = None
    superseded_by: str | None = None


class Label(msgspec.Struct, forbid_unknown_fields=True):
    """A name in both languages."""

    en: str
    fr: str


class Subject(msgspec.Struct, forbid_unknown_fields=True):
    """What a claim is about, declared once: a company, person, deal, round, product or event."""

    id: str
    type: Literal["org", "person", "deal", "round", "product", "event"]
    label: Label
    aliases: list[str] = []
    acquirer: str | None = None
    target: str | None = None
    structure: Literal["acquisition", "minority_stake", "licence_and_hire"] | None = None
    org: str | None = None  # a round's investee, a person's employer
    maker: str | None = None
    note: str | None = None


class Source(msgspec.Struct, forbid_unknown_fields=True):
    """Who says it; `subject` is the actor that it is, `speaks_for` the one in whose name it speaks."""

    id: str
    kind: Literal["party", "named", "unnamed", "outlet"]
    label: Label
    subject: str | None = None
    speaks_for: str | None = None
    note: str | None = None


class Property(msgspec.Struct, forbid_unknown_fields=True):
    """What can be said: its kind and unit, what separates two facts of it, which value is wider than which."""

    id: str
    kind: Literal["money", "percent", "multiple", "count", "date", "duration", "text", "choice", "relation"]
    label: Label
    definition: str
    unit: str | None = None
    cardinality: Literal["one", "many", "over_time"] = "one"
    key: list[str] = []
    choices: list[str] = []
    broader: dict[str, str] = {}
    french: dict[str, str] = {}  # its values in words, in French; in English a value is its own word
    rounding: Any = None


class Correction(msgspec.Struct, forbid_unknown_fields=True):
    """A known error of a source: where `found` stands, `put` is read instead; the guard says when it must go."""

    reason: str
    guard: str
    field: str
    article: str | None = None
    claim: str | None = None
    found: Any = None
    put: Any = None


class Pin(msgspec.Struct, forbid_unknown_fields=True):
    """An analyst's choice among claims that compete, valid while the same claims compete."""

    claim: str
    subject: str
    property: str
    reason: str
    guard: list[str] | str
