"""Contradictions and strains between claims, inside an article and between articles, with the arithmetic.

A tension never stops anything: it is reported with what was done about it. What was checked and holds is reported too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import polars as pl

from analysis.articles.corpus import Corpus
from analysis.articles.schema import LANGS
from analysis.errors import DataError, one_of
from analysis.facts import strains_of_numbers, strains_of_times, strains_of_words, strains_unsaid
from analysis.facts.strains import Ground, Strain

CHECKS: tuple[Callable[[Ground], Iterator[Strain]], ...] = (
    strains_of_times.weekdays,
    strains_of_times.relative_dates,
    strains_of_times.dates,
    strains_of_numbers.products,
    strains_of_numbers.step_ups,
    strains_of_numbers.ages,
    strains_of_numbers.numbers,
    strains_of_numbers.superlatives,
    strains_of_words.statuses,
    strains_of_words.stages,
    strains_of_words.natures,
    strains_of_words.roles,
    strains_of_words.degrees,
    strains_of_words.changes,
    strains_of_words.repeats,
    strains_of_words.recasts,
    strains_unsaid.terms,
    strains_unsaid.currencies,
    strains_unsaid.articles,
)


class Tension(msgspec.Struct, frozen=True):
    """One strain: its kind, the claims, the arithmetic in words, the verdict (conflict, refinement, consistent, unsaid)
    and what was done about it."""

    id: str
    kind: str
    claims: list[str]
    detail: str
    verdict: str
    treatment: str


def tensions(corpus: Corpus, lang: str = "en") -> list[Tension]:
    """Every strain among the claims that count (opinions, rejected and superseded ones do not), sorted by id.

    The order of claims changes nothing, and a claim given twice counts once.

    Args:
        corpus: what was written.
        lang: of `detail` and `treatment`: en or fr.
    """
    if lang not in LANGS:
        raise DataError(f"tensions: lang {one_of(lang, LANGS)}")
    spoken = _rows(corpus)
    ground = Ground(corpus, [row for row in spoken if row["status"] != "opinion"], spoken, lang)
    found = [strain for check in CHECKS for strain in check(ground)]
    unique = {(strain.kind, strain.about, tuple(strain.claims), strain.detail): strain for strain in found}
    seen: Counter[str] = Counter()
    made = []
    for strain in sorted(unique.values(), key=lambda s: (s.kind, s.about, s.claims, s.detail)):
        id = f"{strain.kind}/{strain.about}"
        seen[id] += 1
        number = f"/{seen[id]}" if seen[id] > 1 else ""
        made.append(Tension(id + number, strain.kind, strain.claims, strain.detail, strain.verdict, strain.treatment))
    return sorted(made, key=lambda tension: tension.id)


def _rows(corpus: Corpus) -> list[dict[str, Any]]:
    """The claims not set aside, opinions among them, with what is declared of their property; none of our own."""
    counted = corpus.claims.unique("id", keep="first").filter(
        pl.col("review_state").fill_null("accepted") == "accepted",
        pl.col("superseded_by").is_null(),
        pl.any_horizontal(pl.col("value", "value_text", "object", "lo", "hi").is_not_null()),
    )
    rules = corpus.properties.select(property="id", kind="kind", cardinality="cardinality")
    return counted.join(rules, on="property", how="left").sort("id").to_dicts()
