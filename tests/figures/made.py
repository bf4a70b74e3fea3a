"""Corpora made in memory, so that a chart meets other data than the repository's."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.articles.frames import ARTICLES, CLAIMS, EVIDENCE, PROPERTIES, SOURCES, SUBJECTS
from analysis.facts.facts import Facts
from analysis.facts.resolve import resolve

PROPERTY_KINDS = {
    "price": ("money", "one", ["basis"]),
    "stake_acquired": ("percent", "one", []),
    "valuation": ("money", "one", ["basis"]),
    "revenue": ("money", "one", ["period"]),
    "market_value": ("money", "over_time", []),
    "announced_on": ("date", "one", []),
    "cash_and_securities": ("money", "over_time", []),
    "capex": ("money", "one", ["period"]),
    "customer_stance": ("choice", "over_time", ["object"]),
    "customer_spend": ("money", "one", ["object", "period"]),
    "competitor": ("relation", "many", ["object"]),
    "driver": ("choice", "many", []),
    "driver_disputed": ("choice", "many", []),
}


UNDATED = {"id": "undated", "title": "Another", "lang": "en", "file": "made", "seed": True}


def frame(rows: list[dict[str, Any]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)


def claim(subject: str, property: str, value: Any = None, **more: Any) -> dict[str, Any]:
    """A claim's row with what the corpus would fill in."""
    text = value if isinstance(value, str) else None
    number = float(value) if isinstance(value, (int, float)) else None
    row = {"subject": subject, "property": property, "value": number, "value_text": text, "written_unit": 1.0}
    row |= {"article_id": "doc", "hedge": "exact", "status": "reported", "stage": "done", "by": ["press"]}
    row |= {"origin": "press", "known_on": date(2025, 6, 20), "review_state": "accepted", "file": "made", "line": 1}
    kind = PROPERTY_KINDS[property][0]
    row["unit"] = {"money": "USD", "percent": "percent", "date": "date"}.get(kind)
    if kind == "date":
        first, last = edtf.bounds(str(value))
        row |= {"lo": float((first - date(1970, 1, 1)).days), "hi": float((last - date(1970, 1, 1)).days)}
    row |= more
    row["origin"] = row["by"][0]
    return row


def facts_of(
    claims: list[dict[str, Any]], *, deals: dict[str, str], orgs: dict[str, str], root: Path, **how: Any
) -> Facts:
    """Facts from claims about deals of org:buyer (deal id -> target's name) and organisations (id -> name)."""
    rows = [c | {"id": c.get("id") or f"c{i:03d}"} for i, c in enumerate(claims)]
    subjects = [{"id": "org:buyer", "type": "org", "label_en": "Buyer", "label_fr": "Buyer"}]
    subjects += [{"id": id, "type": "org", "label_en": name, "label_fr": name} for id, name in orgs.items()]
    for deal, name in deals.items():
        target = deal.replace("deal:", "org:")
        subjects.append({"id": target, "type": "org", "label_en": name, "label_fr": name})
        subjects.append({"id": deal, "type": "deal", "label_en": name, "label_fr": name, "acquirer": "org:buyer",
                         "target": target, "structure": "acquisition"})  # fmt: skip
    properties = [
        {"id": name, "kind": kind, "unit": "USD" if kind == "money" else None, "cardinality": many, "key": key,
         "choices": [], "label_en": name, "label_fr": name, "definition": name}
        for name, (kind, many, key) in PROPERTY_KINDS.items()
    ]  # fmt: skip
    sources = [{"id": "press", "kind": "unnamed", "label_en": "the press", "label_fr": "la presse"}]
    article = {"id": "doc", "publisher": "A Paper", "title": "A title", "lang": "en", "published": "2025-06-20",
               "published_last": date(2025, 6, 20), "file": "made", "seed": True}  # fmt: skip
    corpus = Corpus(
        root=root,
        claims=frame(rows, CLAIMS),
        articles=frame([article, UNDATED], ARTICLES),
        sources=frame(sources, SOURCES),
        subjects=frame(subjects, SUBJECTS),
        properties=frame(properties, PROPERTIES),
        evidence=frame([], EVIDENCE),
    )
    return resolve(corpus, **how)


def deal_claims(deal: str, *, price: float | None, year: int = 2020, unit: str = "USD") -> list[dict[str, Any]]:
    """A deal announced in June of a year, with a price or without."""
    made = [claim(deal, "announced_on", f"{year}-06-15", status="confirmed")]
    if price is not None:
        made.append(claim(deal, "price", price, basis="headline", unit=unit))
    return made
