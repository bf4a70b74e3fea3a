"""What made-up worlds come to: facts, tensions, deals, measures and their words, so that nothing moves without being seen.

`python -m tests.facts.test_worlds` stores them again, as short hashes by name; say in the commit which moved, and why.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

sys.path.insert(0, str(Path(__file__).parent))

from worlds import DEAL, OLD, PROPERTIES, UNITS, world

from analysis.articles.corpus import Corpus
from analysis.articles.schema import HEDGES, STAGES, STATUSES
from analysis.articles.wording import sentence
from analysis.errors import DataError
from analysis.facts.deals import deals_from
from analysis.facts.facts import Facts
from analysis.facts.measures import measures_from
from analysis.facts.reactions import SCENARIOS, exposures, revenue_at_risk, stances
from analysis.facts.resolve import POLICIES, resolve
from analysis.facts.tensions import tensions

STORED = Path(__file__).with_name("stored.json")
WORLDS = 4
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
    return row


def short(thing: Any) -> str:
    return hashlib.sha256(json.dumps(thing, default=str, ensure_ascii=False).encode()).hexdigest()[:8]


def rows(frame: pl.DataFrame) -> str:
    """A frame's rows in their order, numbers to ten digits."""
    return short(frame.with_columns(pl.col(pl.Float64).round_sig_figs(10)).to_dicts())


def said(corpus: Corpus) -> dict[str, str]:
    """Each part of what a world comes to; a refusal is what it says."""
    parts: dict[str, Callable[[], str]] = {}
    for policy in POLICIES:
        for day in (None, date(2025, 6, 13), date(2025, 6, 18)):
            told = {"policy": policy, "as_of": day}
            parts[f"facts {policy} {day}"] = lambda told=told: _both(resolve(corpus, **told))
    facts = resolve(corpus)
    parts["seed"] = lambda: rows(resolve(corpus, scope="seed").frame)
    parts["deals"] = lambda: rows(deals_from(facts))
    parts["measures"] = lambda: rows(measures_from(deals_from(facts), facts))
    parts["stances"] = lambda: rows(stances(facts, "org:marble"))
    parts["exposures"] = lambda: rows(exposures(facts, "org:marble"))
    for lang in ("en", "fr"):
        for scenario in SCENARIOS:
            parts[f"risk {scenario} {lang}"] = lambda s=scenario, lang=lang: rows(
                revenue_at_risk(facts, s, "org:marble", lang=lang)
            )
        parts[f"tensions {lang}"] = lambda lang=lang: short(msgspec.to_builtins(tensions(corpus, lang)))
        names = facts.frame.select("subject", "property").unique(maintain_order=True).rows()
        parts[f"explained {lang}"] = lambda lang=lang, names=names: short([facts.explain(s, p, lang) for s, p in names])
        parts[f"sentences {lang}"] = lambda lang=lang: short(
            [sentence(c, corpus, lang) for c in corpus.claims.to_dicts()]
        )
    return {name: _or_refusal(part) for name, part in parts.items()}


def _both(facts: Facts) -> str:
    return f"{rows(facts.frame)} {rows(facts.set_aside)}"


def _or_refusal(part: Callable[[], str]) -> str:
    try:
        return part()
    except DataError as error:
        return str(error)


def everything() -> dict[str, dict[str, str]]:
    return {f"world {seed}": said(made_up(seed)) for seed in range(WORLDS)}


def test_nothing_moves_unseen():
    """Whatever comes out of a world otherwise than stored is named: facts, tensions, deals, measures, words."""
    stored, found = json.loads(STORED.read_text(encoding="utf-8")), everything()

    assert [f"{w}: {part}" for w in found for part in found[w] if found[w][part] != stored[w].get(part)] == []


def test_the_worlds_are_worth_it():
    """Worlds hold conflicts, unresolved facts and facts that sources agree on; else they would tell nothing."""
    corpora = [made_up(seed) for seed in range(WORLDS)]

    assert sum(t.verdict == "conflict" for corpus in corpora for t in tensions(corpus)) > 5
    standings = {standing for corpus in corpora for standing in resolve(corpus).frame["standing"]}
    assert standings >= {"confirmed", "reported", "asserted", "unresolved"}


if __name__ == "__main__":
    STORED.write_text(json.dumps(everything(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
