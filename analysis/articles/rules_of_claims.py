"""Rules of a claim: what it names is declared, its value fits its property, and who confirms it may."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from analysis.articles import numerals
from analysis.articles.book import PEERS, Book, Problem, dates, identity, is_reference
from analysis.articles.files import Record
from analysis.articles.frames import is_number
from analysis.articles.rules_of_evidence import evidence
from analysis.articles.schema import BASES, HEDGES, KINDS, NUMERIC_KINDS, STAGES, STATUSES, Claim, Property
from analysis.errors import nearest, one_of

SPANS_OF_TIME = ("years", "months", "weeks", "days")
_KIND = {kind: f"a {kind}" for kind in KINDS} | {"money": "an amount of money", "percent": "a percentage"}
CHANGES = ("_move", "_growth", "_change")  # percentages that may leave 0 to 100


def claim_rules(record: Record, book: Book) -> Iterator[Problem]:
    claim: Claim = record.item
    yield from identity(record, book)
    if claim.article is None:
        yield "id", "article is missing. In a file of several articles each claim names its own."
    yield from book.undeclared("article", claim.article, "article")
    if claim.review and claim.review.state != "accepted":  # it counts nowhere; what it names may wait for the decision
        yield from dates(claim, "said_on", "when", "period")
        yield from evidence(record, book)
        return
    yield from book.undeclared("subject", claim.subject, "subject")
    yield from book.undeclared("object", claim.object, "subject")
    yield from book.undeclared("property", claim.property, "property")
    yield from book.undeclared("superseded_by", claim.superseded_by, "claim")
    if claim.superseded_by == claim.id:
        yield "superseded_by", f"superseded_by '{claim.id}' is the claim itself. Name the claim that replaces it."
    for name, allowed in (("status", STATUSES), ("stage", STAGES), ("hedge", HEDGES), ("basis", BASES)):
        if getattr(claim, name) is not None and getattr(claim, name) not in allowed:
            yield name, f"{name} {one_of(getattr(claim, name), allowed)}"
    yield from dates(claim, "said_on", "when", "period")
    yield from _sources(claim, book)
    yield from evidence(record, book)
    prop = book.get("property", claim.property)
    if prop is not None:
        yield from _value(claim, prop)
        yield from _number(record, prop)
        yield from _unit(claim, prop)
        yield from _keys(claim, prop)
    yield from _formula(claim, book)


def _sources(claim: Claim, book: Book) -> Iterator[Problem]:
    if not claim.by:
        yield "by", "by is empty. Name who says it, the origin first."
    for source in claim.by:
        yield from book.undeclared("by", source, "source")
    if claim.status != "confirmed" or not claim.by:
        return
    parties = _parties(claim, book)
    speakers = [s for name in claim.by if (s := book.get("source", name))]
    if not any({s.subject, s.speaks_for} & parties for s in speakers):
        names = ", ".join(sorted(party for party in parties if party.startswith(("org:", "person:")))) or "nobody"
        yield (
            "status",
            f"status 'confirmed' needs in by a party that it is about ({names}). Otherwise it is 'reported'.",
        )


def _parties(claim: Claim, book: Book) -> set[str]:
    """Whom a statement is about: its subject and object, the sides of a deal, an employer, a maker."""
    parties = {claim.subject} | ({claim.object} if claim.object else set())
    for subject in [book.get("subject", id) for id in parties]:
        parties |= {peer for name in PEERS if subject and (peer := getattr(subject, name))}
    return parties


def _value(claim: Claim, prop: Property) -> Iterator[Problem]:
    value, spread = claim.value, claim.lo is not None or claim.hi is not None
    if isinstance(value, bool | list | dict) or (
        value is not None and not is_number(value) and not isinstance(value, str)
    ):
        yield "value", f"value is {value}: write a number, or words in quotation marks."
    elif prop.kind in NUMERIC_KINDS and isinstance(value, str) and not spread:
        yield (
            "value",
            f"value '{value}' is text, and '{prop.id}' is {_KIND[prop.kind]}. Write a number, or words with lo and hi.",
        )
    elif prop.kind not in NUMERIC_KINDS and is_number(value):
        yield "value", f"value {value} is a number, and '{prop.id}' is {_KIND[prop.kind]}. Write it in quotation marks."
    elif value is None and not (spread or claim.formula or prop.kind == "relation" or claim.by == ["analysis"]):
        yield "id", f"value is missing. '{prop.id}' is {_KIND[prop.kind]}: give value, or lo and hi."
    elif prop.kind == "choice" and value is not None and value not in prop.choices:
        yield "value", f"value {one_of(value, prop.choices)}"
    elif prop.kind == "date" and value is not None:
        yield from dates(claim, "value")


def _number(record: Record, prop: Property) -> Iterator[Problem]:
    claim: Claim = record.item
    bounds = {name: b for name in ("value", "lo", "hi") if is_number(b := getattr(claim, name))}
    for name, bound in bounds.items():
        if bound != bound or abs(bound) == float("inf"):
            yield name, f"{name} is {bound}: what is unknown is left out."
            return
        if prop.kind == "percent" and not 0 <= bound <= 100 and not prop.id.endswith(CHANGES):
            yield name, f"{name} {bound} is not in 0 to 100. A percentage is written 49, not 0.49 or 4900."
        if prop.kind in ("count", "duration") and bound < 0:
            yield name, f"{name} {bound} is below 0. A {prop.kind} is not negative."
    low, high = bounds.get("lo"), bounds.get("hi")
    for name, below, above in (("lo", low, high), ("lo", low, bounds.get("value")), ("hi", bounds.get("value"), high)):
        if below is not None and above is not None and below > above:
            yield name, f"{below} is above {above}: lo <= value <= hi does not hold. Swap or correct them."
            return
    if claim.hedge == "range" and (low is None or high is None):
        yield "hedge", "hedge 'range' needs both lo and hi. Give both ends, or another hedge."
    yield from _quoted_number(record)


def _quoted_number(record: Record) -> Iterator[Problem]:
    """A number of an article stands in its quote; one that the source only implies (derived) may have no quote."""
    claim: Claim = record.item
    quotes = [span.quote for span in claim.evidence if span.quote]
    if is_reference(record) or not is_number(claim.value) or not claim.evidence:
        return
    if not quotes and claim.status != "derived":
        yield "evidence", f'value {claim.value} is not quoted. A number quotes at least itself: add quote = "…".'
    elif quotes and not any(numerals.quotes_number(quote, claim.value) for quote in quotes):
        yield "evidence", f"value {claim.value} is not in « {quotes[0]} ». Correct the value, or quote the number."


def _unit(claim: Claim, prop: Property) -> Iterator[Problem]:
    unit = claim.unit
    if prop.kind == "money" and not (unit and re.fullmatch("[A-Z]{3}", unit)):
        found = f"unit '{unit}' is not" if unit else "unit is missing: it is"
        yield "unit", f"{found} an ISO 4217 code, and '{prop.id}' is money. Write USD, EUR, …"
    elif prop.kind in ("percent", "multiple") and unit not in (None, prop.kind):
        yield "unit", f"unit '{unit}' does not fit '{prop.id}', a {prop.kind}. Write '{prop.kind}'."
    elif prop.kind == "duration" and unit not in (None, *SPANS_OF_TIME):
        yield "unit", f"unit {one_of(unit, SPANS_OF_TIME)}"
    elif prop.kind == "count" and prop.unit and unit not in (None, prop.unit):
        yield "unit", f"unit '{unit}' does not fit '{prop.id}', which counts {prop.unit}. Write '{prop.unit}'."
    elif prop.kind in ("text", "choice", "relation", "date") and unit is not None:
        yield "unit", f"unit '{unit}' is given, and '{prop.id}' is a {prop.kind}. Remove it."


def _keys(claim: Claim, prop: Property) -> Iterator[Problem]:
    if prop.id == "price" and claim.basis is None:
        yield (
            "id",
            'basis is missing. A price says which count of it: write basis = "unstated" where the text does not.',
        )
    if claim.object is None and (prop.kind == "relation" or "object" in prop.key):
        yield "id", f"object is missing. '{prop.id}' is said of two: name the other one."


def _formula(claim: Claim, book: Book) -> Iterator[Problem]:
    if claim.by == ["analysis"]:
        if not claim.formula:
            yield "id", "formula is missing. A derivation of our own is a formula, recomputed at load."
        if claim.value is not None:
            yield "value", "value is typed, and a derivation of our own has none. Remove it: the formula gives it."
    if claim.formula:
        try:
            names = list(_names(ast.parse(claim.formula, mode="eval").body))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            way = "Use property names, numbers, + - * / and parentheses."
            yield "formula", f"formula '{claim.formula}' cannot be read. {way}"
            return
        for name in names:
            if book.get("property", name) is None:
                near = nearest(name, book.records.get("property", {}))
                yield "formula", f"formula names '{name}', which is not a property.{near}"


def _names(node: ast.expr) -> Iterator[str]:
    """The properties of a formula; ValueError for anything but names, numbers and the four signs."""
    match node:
        case ast.BinOp(left, ast.Add() | ast.Sub() | ast.Mult() | ast.Div(), right):
            yield from _names(left)
            yield from _names(right)
        case ast.Name(name):
            yield name
        case ast.Attribute(ast.Name(peer), name) if peer in PEERS:
            yield name
        case ast.Constant(value) if is_number(value) or isinstance(value, float):
            return
        case _:
            raise ValueError
