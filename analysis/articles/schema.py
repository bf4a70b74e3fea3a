"""The types of a claims file: what an article is, what a claim says, where its evidence stands.

One claim is one statement by one source: who says what about whom, how surely, and where it stands in the text.
"""

from __future__ import annotations

from decimal import Decimal

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

Value = Decimal | int | str


class Evidence(msgspec.Struct, forbid_unknown_fields=True):
    """A span of the normalised text, in code points; `quote` is an optional short anchor inside it."""

    start: int | None = None
    len: int | None = None
    sha: str | None = None
    quote: str | None = None


class Review(msgspec.Struct, forbid_unknown_fields=True):
    """A person's decision on a claim."""

    state: str = "accepted"
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
    lang: str = "en"
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
    value: Value | None = None
    lo: Decimal | int | None = None
    hi: Decimal | int | None = None
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
