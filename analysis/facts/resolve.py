"""Claims -> facts and dissent, by a policy that can be said aloud (five steps; see the guide).

1. Set aside opinions and what was superseded or rejected. 2. One voice for each origin. 3. Intervals that share a point
agree. 4. The surest family wins, then the one with most origins, then the latest; equal ones stay unresolved.
5. A fact is what the family shares, as sure as the weakest claim needed to get there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.errors import DataError, one_of
from analysis.facts import bulk, bulk_keys
from analysis.facts.decisions import corrected, pinned
from analysis.facts.derive import Derivations, pair
from analysis.facts.facts import Fact, Facts
from analysis.facts.heard import Listener, is_ours, set_aside
from analysis.facts.policy import POLICIES, as_frame, facts_of

FEW = 2000  # claims up to which plain Python is the quicker: each of Polars' hundred queries costs half a millisecond
ASIDE = {"claim": pl.Utf8, "reason": pl.Utf8}

__all__ = ["POLICIES", "Fact", "Facts", "resolve"]


def resolve(
    corpus: Corpus,
    *,
    policy: str = "balanced",
    as_of: str | date | None = None,
    scope: str = "all",
    articles: Iterable[str] | None = None,
) -> Facts:
    """Hold true what the claims support.

    Args:
        corpus: what was written.
        policy: `balanced`, `official` (confirmed claims only) or `latest` (the latest said wins).
        as_of: a day (EDTF); only what was public on its last moment counts. Undated claims then do not.
        scope: `all`, or `seed` for the articles without the reference data.
        articles: ids to keep; empty keeps all.

    Raises:
        DataError: an unknown policy, scope or article; a pin whose competing claims have changed.
    """
    if policy not in POLICIES:
        raise DataError(f"policy {one_of(policy, POLICIES)}")
    day = _day(as_of)
    corpus = corrected(corpus)
    pins = pinned(corpus, lambda pin: _competing(corpus, pin))
    chosen = corpus.select(scope=scope, articles=list(articles or []) or None)
    way = _few if chosen.claims.height <= FEW else _many
    frame, aside = way(chosen, pins, policy, day)
    aside = aside.sort("claim")
    return Facts(
        frame=frame, set_aside=aside, corpus=chosen, policy=policy, as_of=day.isoformat() if day else "",
        scope=scope, articles=list(articles or []), n_undated=aside["reason"].to_list().count("undated"),
    )  # fmt: skip


def _few(corpus: Corpus, pins: list[str], policy: str, day: date | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Facts, and the claims set aside with the reason, one fact at a time."""
    rows = {row["id"]: row for row in corpus.claims.iter_rows(named=True)}  # a claim given twice counts once
    reasons = {id: set_aside(row, policy, day) for id, row in rows.items()}
    counted = [row for id, row in rows.items() if reasons[id] is None]
    own = [row for row in counted if is_ours(row)]
    listener, newest = Listener(corpus, pins), policy == "latest"
    counted = [row for row in counted if not is_ours(row)]
    facts = facts_of(counted, listener, newest_first=newest)
    facts, failed = _derived(Derivations(own, corpus), facts, counted, listener, newest)
    aside = [(id, reason) for id, reason in reasons.items() if reason] + failed
    return as_frame(facts), pl.DataFrame(aside, schema=ASIDE, orient="row")


def _many(corpus: Corpus, pins: list[str], policy: str, day: date | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The same, all facts at once; only what derivations take and give goes one by one."""
    claims = corpus.claims
    if claims["id"].hash().n_unique() < claims.height:
        claims = claims.unique("id", keep="any")
    newest, ours = policy == "latest", claims.select(bulk_keys.OURS)
    reason = bulk_keys.sift(claims, policy=policy, as_of=day)
    counts = reason.is_null() & ~ours.to_series()
    frame = bulk.facts_from(claims, counts, corpus, pins=pins, newest_first=newest)
    aside = claims.select(claim="id", reason=reason).drop_nulls("reason")
    derivations = Derivations(claims.filter(reason.is_null() & ours.to_series()).to_dicts(), corpus)
    if not derivations.waiting:
        return frame.drop("rank"), aside
    on = ["subject", "property"]
    about = pl.DataFrame(list(derivations.pairs()), schema=dict.fromkeys(on, pl.Utf8), orient="row")
    facts, counted = (each.join(about, on=on, how="semi").to_dicts() for each in (frame, claims.filter(counts)))
    facts, failed = _derived(derivations, facts, counted, Listener(corpus, pins), newest)
    rest = frame.drop("rank").join(about, on=on, how="anti")
    aside = pl.concat([aside, pl.DataFrame(failed, schema=ASIDE, orient="row")])
    return pl.concat([rest, as_frame(facts)]).sort("id"), aside


def _derived(
    derivations: Derivations, facts: list[dict], counted: list[dict], listener: Listener, newest_first: bool
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """The facts with what our formulas give among what sources say of the same."""

    def again(computed: list[dict[str, Any]]) -> list[dict[str, Any]]:
        about = {pair(row) for row in computed}
        same = [row for row in counted if pair(row) in about]
        return facts_of([*same, *computed], listener, newest_first=newest_first)

    return derivations.add(facts, again)


def _competing(corpus: Corpus, pin: dict[str, Any]) -> set[str]:
    """The claims that speak of the same fact as a pinned one, whatever the day and the scope."""
    about = corpus.claims.filter(pl.col("subject") == pin["subject"], pl.col("property") == pin["property"])
    counted = [row for row in about.iter_rows(named=True) if set_aside(row, "balanced", None) is None]
    heard = {each.row["id"]: each.fact for each in Listener(corpus).hear(counted)}
    return {id for id, fact in heard.items() if fact == heard.get(pin["claim"])}


def _day(as_of: str | date | None) -> date | None:
    if not as_of:
        return None
    return as_of if isinstance(as_of, date) else edtf.bounds(as_of)[1]
