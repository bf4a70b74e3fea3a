"""Rules that hold across data/: what one file says must fit what the others declare.

Every broken rule is noted, so that a person sees all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.articles.book import PEERS, Book, Problem, dates, identity, is_reference, labels
from analysis.articles.copies import MOST_BYTES
from analysis.articles.files import Contents, Record
from analysis.articles.rules_of_claims import SPANS_OF_TIME, claim_rules
from analysis.articles.rules_of_evidence import check_budgets
from analysis.articles.schema import Claim, Property
from analysis.errors import nearest, one_of

_SHA256 = re.compile(r"[0-9a-f]{64}")


def check_rules(contents: Contents) -> None:
    """Note every broken rule among the contents' problems."""
    _assign_articles(contents)
    book = Book(contents)
    for record in contents.records:
        for name, message in _CHECKS[record.kind](record, book):
            contents.refuse(record, message, name)
    check_budgets(contents)


def _assign_articles(contents: Contents) -> None:
    """A claim belongs to the one article of its file, or names one of several."""
    by_file: dict[str, list[str]] = {}
    for record in contents.of("article"):
        by_file.setdefault(record.file, []).append(record.item.id)
    for record in contents.of("claim"):
        ids = by_file.get(record.file, [])
        if record.item.article is None and len(ids) == 1:
            record.item.article = ids[0]


def _subject(record: Record, book: Book) -> Iterator[Problem]:
    item = record.item
    yield from identity(record, book)
    yield from labels(item)
    if not item.id.startswith(f"{item.type}:"):
        yield "id", f"id '{item.id}' does not begin with its type. Write '{item.type}:{item.id.split(':')[-1]}'."
    for name in PEERS:
        yield from book.undeclared(name, getattr(item, name), "subject")
    if item.type == "deal":
        for name in ("acquirer", "target"):
            if getattr(item, name) is None:
                yield "id", f"{name} is missing. A deal names both of its sides."


def _source(record: Record, book: Book) -> Iterator[Problem]:
    item = record.item
    yield from identity(record, book)
    yield from labels(item)
    for name in ("subject", "speaks_for"):
        yield from book.undeclared(name, getattr(item, name), "subject")
    if item.kind == "party" and not (item.subject or item.speaks_for) and item.id != "deal-parties":
        yield "kind", 'a party is an actor, and it has no subject. Add subject = "org:…", or make it kind = "named".'


def _property(record: Record, book: Book) -> Iterator[Problem]:
    item: Property = record.item
    yield from identity(record, book)
    yield from labels(item)
    if item.kind == "choice" and not item.choices:
        yield "kind", 'kind \'choice\' has no choices. Add choices = ["…"], or make it kind = "text".'
    if item.kind == "duration" and item.unit not in (None, *SPANS_OF_TIME):
        yield "unit", f"unit {one_of(item.unit, SPANS_OF_TIME)}"
    for name in item.key:
        if name not in Claim.__struct_fields__:
            yield "key", f"key '{name}' is not a field of a claim.{nearest(name, Claim.__struct_fields__)}"
    for narrow, broad in item.broader.items():
        for word in (narrow, broad) if item.choices else ():
            if word not in item.choices:
                yield "broader", f"broader {one_of(word, item.choices)}"


def _correction(record: Record, book: Book) -> Iterator[Problem]:
    yield from book.undeclared("article", record.item.article, "article")
    yield from book.undeclared("claim", record.item.claim, "claim")
    if record.item.article is None and record.item.claim is None:
        yield "", "neither article nor claim is given. A correction says what it corrects."


def _pin(record: Record, book: Book) -> Iterator[Problem]:
    yield from book.undeclared("claim", record.item.claim, "claim")
    yield from book.undeclared("subject", record.item.subject, "subject")
    yield from book.undeclared("property", record.item.property, "property")


def _article(record: Record, book: Book) -> Iterator[Problem]:
    item = record.item
    yield from identity(record, book)
    yield from dates(item, "published")
    if item.text_sha256 is not None and not _SHA256.fullmatch(item.text_sha256):
        yield "text_sha256", "text_sha256 is not a SHA-256 in hex. Let `deals anchor` fill it."
    if item.text_chars is not None and not 0 < item.text_chars <= MOST_BYTES:
        yield "text_chars", f"text_chars: a text has 1 to {MOST_BYTES} characters. Let `deals anchor` count them."
    if item.address and re.match(r"(?!https?://)[a-zA-Z][\w+.-]*:", item.address):
        yield "address", f"address '{item.address}' is not a web address. Begin it with https://."
    if is_reference(record):
        for name in ("publisher", "address"):
            if not getattr(item, name):
                yield "id", f"{name} is missing. A page of reference is cited by it in place of a quote."


_CHECKS = {
    "subject": _subject, "source": _source, "property": _property, "correction": _correction, "pin": _pin,
    "article": _article, "claim": claim_rules,
}  # fmt: skip
