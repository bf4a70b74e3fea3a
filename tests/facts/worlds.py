"""A made-up world for tests of deals and tensions: Corvid buys into Marble, a paper and a wire report on it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from making import corpus_of

from analysis.articles import edtf, frames
from analysis.articles.corpus import Corpus
from analysis.articles.schema import HEDGES, STAGES, STATUSES

ROOT = Path(__file__).resolve().parents[2]
DEAL, OLD = "deal:corvid-marble-2025", "deal:corvid-quill-2014"
SUBJECTS = [
    {"id": DEAL, "type": "deal", "acquirer": "org:corvid", "target": "org:marble", "structure": "minority_stake"},
    {"id": OLD, "type": "deal", "acquirer": "org:corvid", "target": "org:quill", "structure": "acquisition"},
    {"id": "round:marble-b-2024", "type": "round", "org": "org:marble"},
    *({"id": f"org:{name}", "type": "org"} for name in ("corvid", "marble", "quill", "heron", "wren")),
    {"id": "person:ada", "type": "person", "org": "org:marble"},
]
PROPERTIES = {
    "price": ("money", "one", ["basis"]),
    "valuation": ("money", "one", []),
    "previous_valuation": ("money", "one", []),
    "stake_acquired": ("percent", "one", []),
    "step_up": ("multiple", "one", []),
    "consideration_cash": ("money", "one", ["basis"]),
    "revenue": ("money", "one", ["period"]),
    "revenue_forecast": ("money", "one", ["period"]),
    "capex": ("money", "one", ["period"]),
    "capex_guidance": ("money", "one", ["object", "period"]),
    "cash_and_securities": ("money", "one", ["period"]),
    "market_value": ("money", "one", ["period"]),
    "users": ("count", "one", ["period"]),
    "employees": ("count", "one", ["period"]),
    "hires": ("count", "one", []),
    "key_hire": ("relation", "many", ["object"]),
    "staff_moved": ("count", "one", []),
    "announced_on": ("date", "one", []),
    "closed_on": ("date", "one", []),
    "age": ("duration", "one", []),
    "rank": ("count", "one", []),
    "investor": ("relation", "many", ["object"]),
    "person_moves": ("relation", "many", ["object"]),
    "deal_nature": ("choice", "many", []),
    "person_role": ("choice", "one", ["object"]),
    "product_reception": ("choice", "one", []),
    "statement": ("text", "many", []),
    "customer_stance": ("choice", "over_time", ["object"]),
    "customer_spend": ("money", "one", ["object", "period"]),
    "use_of_proceeds": ("text", "one", []),
}
UNITS = {
    "money": "USD",
    "percent": "percent",
    "multiple": "multiple",
    "duration": "years",
    "count": "people",
    "date": "date",
}
BROADER = {
    "person_role": {"interim_ceo": "ceo", "cofounder": "founder"},
    "deal_nature": {"acquisition": "investment"},
}
SOURCES = {
    "agency": "outlet", "site": "outlet", "paper": "named", "people": "unnamed", "corvid": "party", "heron": "party",
}  # fmt: skip
ARTICLES = [
    {
        "id": "wire",
        "publisher": "Wire",
        "published": "2025-06-12/2025-06-13",
        "published_last": date(2025, 6, 13),
        "seed": True,
    },
    {"id": "blog", "seed": True},
    {"id": "page", "publisher": "Page", "published": "2025-07-01", "published_last": date(2025, 7, 1), "seed": False},
]


def world(*claims: dict[str, Any], **parts: Any) -> Corpus:
    """A corpus of these claims; `article_id` is wire, blog (no publisher, no date) or page; parts replace frames."""
    made = corpus_of(*(_claim(row) for row in claims), corrections=parts.pop("corrections", []), broader=BROADER)
    properties = [
        {"id": name, "kind": kind, "unit": UNITS.get(kind), "cardinality": many, "key": key}
        | {"label_en": name.replace("_", " "), "label_fr": name}
        for name, (kind, many, key) in PROPERTIES.items()
    ]  # fmt: skip
    quotes = [
        {"claim_id": c["id"], "article_id": c.get("article_id", "wire"), "quote": q}
        for c in claims
        for q in c.get("quotes", [])
    ]
    return replace(
        made, root=ROOT, properties=_frame(properties, frames.PROPERTIES), subjects=_frame(SUBJECTS, frames.SUBJECTS),
        sources=_frame([{"id": name, "kind": kind} for name, kind in SOURCES.items()], frames.SOURCES),
        articles=_frame(ARTICLES, frames.ARTICLES), evidence=_frame(quotes, frames.EVIDENCE), **parts,
    )  # fmt: skip


def deal(property: str, value: Any = None, **fields: Any) -> dict[str, Any]:
    """A claim on the deal; a text value goes where texts go."""
    told = {"value_text": value} if isinstance(value, str) else {"value": value}
    return {"subject": DEAL, "property": property} | told | fields


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    kind = PROPERTIES[row["property"]][0]
    made = {"article_id": "wire", "by": ["agency"], "unit": UNITS.get(kind)} | {
        k: v for k, v in row.items() if k != "quotes"
    }
    if kind == "date" and made.get("value_text"):
        days = [(day - date(1970, 1, 1)).days for day in edtf.bounds(made["value_text"])]
        made |= {"lo": float(days[0]), "hi": float(days[1])}
    article = next(each for each in ARTICLES if each["id"] == made["article_id"])
    made.setdefault(
        "known_on", edtf.bounds(made["said_on"])[1] if made.get("said_on") else article.get("published_last")
    )
    return made


def _frame(rows: list[dict[str, Any]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in schema}, schema=schema)


NUMBERS = {
    "money": [14.3e9, 14e9, 14.8e9, 29e9, 13.8e9, 19e9, 870e6, 2e9, 7e6], "percent": [49.0, 50.0, 11.0, 100.0],
    "multiple": [2.0, 2.1, 4.0], "duration": [28.0, 19.0], "count": [1.0, 2.0, 12.0, 55.0, 450e6],
}  # fmt: skip
DAYS = ["2025-06-12", "2025-06-13", "2025-06", "2025", "2024-05", "2014-02-19", "2014", "2025-06-10/2025-06-12"]
WORDS = {
    "customer_stance": ["staying", "leaving", "reducing", "may_leave", "pausing"], "person_role": ["ceo", "interim_ceo", "founder"],
    "deal_nature": ["acquisition", "investment", "partnership"], "product_reception": ["poor", "mixed"],
}  # fmt: skip
QUOTES = [
    "jeudi 12 juin",
    "vendredi",
    "plus que doublée",
    "« le plus important »",
    "14 milliards",
    "il y a un an",
    "49 %",
]
OWN = {"customer_stance": "org:heron", "customer_spend": "org:heron", "person_role": "person:ada", "person_moves": "person:ada",
       "age": "person:ada", "investor": "round:marble-b-2024"}  # fmt: skip


def made_up(seed: int) -> Corpus:
    """A world of 60 claims drawn by a seed: few subjects and values, so that they meet, agree and contradict."""
    rng = random.Random(seed)
    return world(*(_drawn(rng, seed * 1000 + number) for number in range(60)))


def _drawn(rng: random.Random, number: int) -> dict[str, Any]:
    name = rng.choice([*PROPERTIES, "price", "stake_acquired", "valuation", "customer_stance"])
    kind, _, keys = PROPERTIES[name]
    row: dict[str, Any] = {"id": f"c{number:05}", "property": name, "article_id": rng.choice(["wire", "blog", "page"])}
    row["subject"] = OWN.get(name) or rng.choice([DEAL, DEAL, OLD, "org:marble", "org:corvid"])
    row["by"] = rng.choice(
        [["agency"], ["site"], ["paper", "agency"], ["people", "site"], ["corvid", "agency"], ["heron"]]
    )
    row["status"], row["stage"] = rng.choice(STATUSES), rng.choice([*STAGES, "done", "done"])
    row["said_on"] = rng.choice([None, None, "2025-06-12", "2025-06-18"])
    row["quotes"] = rng.sample(QUOTES, rng.randint(0, 2))
    if "object" in keys:
        row["object"] = rng.choice(["org:marble", "org:marble", "org:wren", "org:corvid"])
    if "period" in keys:
        row["period"] = rng.choice(["2024", "2024", "2025", "2013", "2024-12-31"])
    if "basis" in keys:
        row["basis"] = rng.choice(["headline", "upfront", "closing", "unstated"])
    if kind in NUMBERS:
        value = rng.choice(NUMBERS[kind])
        row |= {"value": value, "unit": rng.choice([UNITS[kind]] * 9 + ["EUR" if kind == "money" else UNITS[kind]])}
        row |= {
            "hedge": rng.choice([*HEDGES[:8], "exact", "exact", "exact"]),
            "written_unit": value / rng.choice([10, 100]),
        }
        if row["hedge"] == "range":
            row |= {"value": None, "lo": value * 0.9, "hi": value * 1.1}
    elif kind == "date":
        row["value_text"] = rng.choice(DAYS)
    elif kind in ("choice", "text"):
        row["value_text"] = rng.choice(WORDS.get(name, ["one thing", "another"]))
        row["hedge"] = rng.choice(["exact", "exact", "above"])
    return row
