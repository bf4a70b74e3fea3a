"""Records of data/ as frames: a row is a claim, an article, a source, a subject or a property."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from analysis.articles import edtf, numerals
from analysis.articles.files import Contents
from analysis.articles.schema import Article, Claim, Property

_TEXT, _LIST, _NUMBER = pl.String(), pl.List(pl.String()), pl.Float64()
CLAIMS = {
    "id": _TEXT, "article_id": _TEXT, "subject": _TEXT, "property": _TEXT, "object": _TEXT,
    "value": _NUMBER, "value_text": _TEXT, "lo": _NUMBER, "hi": _NUMBER, "written_unit": _NUMBER, "unit": _TEXT,
    "hedge": _TEXT, "status": _TEXT, "stage": _TEXT, "by": _LIST, "origin": _TEXT, "basis": _TEXT, "period": _TEXT,
    "when": _TEXT, "said_on": _TEXT, "known_on": pl.Date(), "formula": _TEXT, "note": _TEXT, "review_state": _TEXT,
    "superseded_by": _TEXT, "quote": _TEXT, "file": _TEXT, "line": pl.Int64(),
}  # fmt: skip
ARTICLES = {
    "id": _TEXT, "publisher": _TEXT, "title": _TEXT, "lang": _TEXT, "published": _TEXT, "published_last": pl.Date(),
    "address": _TEXT, "licence": _TEXT, "text_sha256": _TEXT, "text_chars": pl.Int64(), "file": _TEXT,
    "seed": pl.Boolean(), "primary_title": _TEXT, "primary_publisher": _TEXT,
}  # fmt: skip
SOURCES = dict.fromkeys(("id", "kind", "label_en", "label_fr", "subject", "speaks_for"), _TEXT)
SUBJECTS = {
    "id": _TEXT, "type": _TEXT, "label_en": _TEXT, "label_fr": _TEXT, "aliases": _LIST, "acquirer": _TEXT,
    "target": _TEXT, "structure": _TEXT, "org": _TEXT, "maker": _TEXT,
}  # fmt: skip
PROPERTIES = {
    "id": _TEXT, "kind": _TEXT, "unit": _TEXT, "cardinality": _TEXT, "key": _LIST, "choices": _LIST,
    "label_en": _TEXT, "label_fr": _TEXT, "definition": _TEXT,
}  # fmt: skip
EVIDENCE = {
    "claim_id": _TEXT, "article_id": _TEXT, "start": pl.Int64(), "len": pl.Int64(), "sha": _TEXT, "quote": _TEXT,
}  # fmt: skip
_UNIT_OF_KIND = {"percent": "percent", "multiple": "multiple", "duration": "years", "date": "date"}
_EPOCH = date(1970, 1, 1)


def frames_from(contents: Contents) -> dict[str, pl.DataFrame]:
    """The six frames of a corpus: claims, articles, sources, subjects, properties, evidence."""
    articles = {record.item.id: record.item for record in contents.of("article")}
    properties = {record.item.id: record.item for record in contents.of("property")}
    claims = [_claim_row(record, articles, properties) for record in contents.of("claim")]
    evidence = [
        {"claim_id": record.item.id, "article_id": record.item.article, **_fields(span)}
        for record in contents.of("claim")
        for span in record.item.evidence
    ]
    return {
        "claims": _frame(claims, CLAIMS),
        "articles": _frame([_article_row(record) for record in contents.of("article")], ARTICLES),
        "sources": _frame([_labelled(record.item) for record in contents.of("source")], SOURCES),
        "subjects": _frame([_labelled(record.item) for record in contents.of("subject")], SUBJECTS),
        "properties": _frame([_labelled(record.item) for record in contents.of("property")], PROPERTIES),
        "evidence": _frame(evidence, EVIDENCE),
    }


def unit_of(claim: Claim, prop: Property | None) -> str | None:
    """The claim's unit, else the property's, else what its kind implies (a percentage, years)."""
    return claim.unit or (prop and (prop.unit or _UNIT_OF_KIND.get(prop.kind))) or None


def is_number(value: Any) -> bool:
    """Whether a value is an amount (true and false are not)."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _frame(rows: list[dict[str, Any]], schema: dict[str, Any]) -> pl.DataFrame:
    """A frame made column by column, without a query: a process that others are forked from may do that."""
    columns = [pl.Series(name, [row.get(name) for row in rows], dtype=kind) for name, kind in schema.items()]
    return pl.DataFrame(columns)


def _fields(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__struct_fields__}


def _labelled(item: Any) -> dict[str, Any]:
    return {**_fields(item), "label_en": item.label.en, "label_fr": item.label.fr}


def _last_day(text: str | None) -> date | None:
    return edtf.bounds(text)[1] if text else None


def _article_row(record: Any) -> dict[str, Any]:
    item: Article = record.item
    primary = item.primary
    return {
        **_fields(item),
        "published_last": _last_day(item.published),
        "file": record.file,
        "seed": "reference/" not in record.file,
        "primary_title": primary and primary.title,
        "primary_publisher": primary and primary.publisher,
    }


def _claim_row(record: Any, articles: dict[str, Article], properties: dict[str, Property]) -> dict[str, Any]:
    claim: Claim = record.item
    prop = properties.get(claim.property)
    article = articles.get(claim.article or "")
    quote = next((span.quote for span in claim.evidence if span.quote), None)
    row = _fields(claim) | {
        "article_id": claim.article,
        "origin": claim.by[0] if claim.by else None,
        "unit": unit_of(claim, prop),
        "known_on": _last_day(claim.said_on) or _last_day(article.published if article else None),
        "review_state": claim.review.state if claim.review else "accepted",
        "quote": quote,
        "file": record.file,
        "line": record.line,
    }
    return row | _value_columns(claim, quote, is_date=bool(prop and prop.kind == "date"))


def _value_columns(claim: Claim, quote: str | None, *, is_date: bool) -> dict[str, Any]:
    lo, hi = (None if bound is None else float(bound) for bound in (claim.lo, claim.hi))
    columns: dict[str, Any] = {"value": None, "value_text": None, "lo": lo, "hi": hi, "written_unit": None}
    if is_number(claim.value):
        value = Decimal(claim.value)
        written = next((u for span in claim.evidence if (u := numerals.written_unit(span.quote or "", value))), None)
        return columns | {"value": float(value), "written_unit": float(written or numerals.press_unit(value))}
    if claim.value is not None:
        columns["value_text"] = str(claim.value)
        if is_date:
            first, last = edtf.bounds(columns["value_text"])
            columns |= {"lo": float((first - _EPOCH).days), "hi": float((last - _EPOCH).days)}
    return columns
