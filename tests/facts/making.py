"""Small corpora made by hand: a claim is a dict with what matters, the rest has a default."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from analysis.articles import frames
from analysis.articles.corpus import Corpus

NUMBER = count(1)
PROPERTIES = [
    ("price", "money", "USD", "one", ["basis"]),
    ("stake_acquired", "percent", "percent", "one", []),
    ("valuation", "money", "USD", "one", []),
    ("revenue", "money", "USD", "one", ["period"]),
    ("closed_on", "date", None, "one", []),
    ("employees", "count", "people", "one", []),
    ("investor", "relation", None, "many", ["object"]),
    ("customer_stance", "choice", None, "over_time", ["object"]),
    ("person_role", "choice", None, "one", ["object"]),
]
SOURCES = {"agency": "outlet", "paper": "named", "people": "unnamed", "buyer": "party", "site": "outlet"}


def claim(**fields: Any) -> dict[str, Any]:
    """A claim; without an id it gets the next number."""
    row: dict[str, Any] = {
        "id": f"c{next(NUMBER):03}", "article_id": "a1", "subject": "deal:x", "property": "valuation", "hedge": "exact",
        "status": "asserted", "stage": "done", "by": ["site"], "review_state": "accepted", "unit": "USD",
    } | fields  # fmt: skip
    value = row.get("value")
    if isinstance(value, int | float):
        row["value"] = float(value)
        row.setdefault("written_unit", 1.0)
    row["origin"] = row["by"][0] if row["by"] else None
    return row


def corpus_of(*claims: dict[str, Any], **parts: Any) -> Corpus:
    """A corpus of these claims over the properties and sources above."""
    rows = [claim(**row) for row in claims]
    table = {name: [row.get(name) for row in rows] for name in frames.CLAIMS}
    articles = {name: [] for name in frames.ARTICLES} | {
        "id": ["a1", "a2"], "seed": [True, False], "published_last": [date(2025, 6, 13)] * 2,
    }  # fmt: skip
    return Corpus(
        root=Path("."),
        claims=pl.DataFrame(table, schema=frames.CLAIMS),
        articles=pl.DataFrame({k: v or [None, None] for k, v in articles.items()}, schema=frames.ARTICLES),
        sources=_table(frames.SOURCES, id=list(SOURCES), kind=list(SOURCES.values())),
        subjects=_table(frames.SUBJECTS, id=["deal:x"], target=["org:t"]),
        properties=_table(
            frames.PROPERTIES,
            **{k: [p[i] for p in PROPERTIES] for i, k in enumerate(("id", "kind", "unit", "cardinality", "key"))},
        ),
        evidence=pl.DataFrame(schema=frames.EVIDENCE),
        **{"broader": {"person_role": {"interim_ceo": "ceo", "cofounder": "founder"}}} | parts,
    )


def _table(schema: dict[str, Any], **columns: list[Any]) -> pl.DataFrame:
    height = len(next(iter(columns.values())))
    return pl.DataFrame({name: columns.get(name, [None] * height) for name in schema}, schema=schema)
