"""Claims -> facts and dissent, by a policy that can be said aloud (five steps; see the guide).

1. Set aside opinions and what was superseded or rejected. 2. One voice for each origin. 3. Intervals that share a point
agree. 4. The surest family wins, then the one with most origins, then the latest; equal ones stay unresolved.
5. A fact is what the family shares, as sure as the weakest claim needed to get there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.errors import DataError, one_of
from analysis.facts.decisions import corrected, pinned
from analysis.facts.derive import OURS, with_derivations
from analysis.facts.facts import Fact, Facts
from analysis.facts.families import regions
from analysis.facts.prepare import RANKS, comparable, sift

POLICIES = ("balanced", "official", "latest")
SHOWN = 12  # alternatives listed for one unresolved fact

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
    claims, aside = sift(chosen, policy=policy, as_of=day)
    ours, theirs = claims.filter(OURS), claims.filter(~OURS)
    newest = policy == "latest"
    frame = facts_from(comparable(theirs, chosen, pins=pins), newest_first=newest)

    def refresh(facts: pl.DataFrame, computed: pl.DataFrame) -> pl.DataFrame:
        same = theirs.join(computed, on=["subject", "property"], how="semi")
        both = comparable(pl.concat([same, computed], how="diagonal"), chosen, pins=pins)
        again = facts_from(both, newest_first=newest)
        return pl.concat([facts.join(again, on="id", how="anti"), again]).sort("id")

    if ours.height:
        frame, failed = with_derivations(frame, ours, corpus=chosen, refresh=refresh)
        aside = pl.concat([aside, failed]).sort("claim")
    return Facts(
        frame=frame.drop("rank"), set_aside=aside, corpus=chosen, policy=policy, as_of=day.isoformat() if day else "",
        scope=scope, articles=list(articles or []), n_undated=aside.filter(pl.col("reason") == "undated").height,
    )  # fmt: skip


def _competing(corpus: Corpus, pin: dict) -> list[str]:
    """The claims that speak of the same fact as a pinned one, whatever the day and the scope."""
    about = corpus.claims.filter(pl.col("subject") == pin["subject"], pl.col("property") == pin["property"])
    claims, _ = sift(replace(corpus, claims=about), policy="balanced", as_of=None)
    ready = comparable(claims, corpus, pins=[]).select("id", "fact")
    return ready.filter(pl.col("fact").is_in(ready.filter(pl.col("id") == pin["claim"])["fact"]))["id"].to_list()


def _day(as_of: str | date | None) -> date | None:
    if not as_of:
        return None
    return as_of if isinstance(as_of, date) else edtf.bounds(as_of)[1]


def facts_from(claims: pl.DataFrame, *, newest_first: bool = False) -> pl.DataFrame:
    """Resolve comparable claims: one row a fact, sorted by id."""
    if newest_first:
        newest = pl.col("day") == pl.col("day").max().over("fact")
        claims = claims.with_columns(tier=pl.when(pl.col("tier") == 0).then(0).when(newest).then(1).otherwise(2))
    keys = claims.select("fact", pl.col("tier").cast(pl.Int8), "day", lo="klo", hi="khi", origin="voice")
    state, ties = regions(keys, newest_first=newest_first)
    judged = _judged(claims, state)
    facts = _summed(judged.filter("held")).join(_dissent(judged), on="fact", how="left").join(state, on="fact")
    facts = _with_alternatives(facts, judged, ties)
    return _finished(facts)


def _judged(claims: pl.DataFrame, state: pl.DataFrame) -> pl.DataFrame:
    """Each claim with whether its fact's range lies in it, and whether its own value lies in the range; best first."""
    held = (pl.col("klo") <= pl.col("rhi")) & (pl.col("khi") >= pl.col("rlo"))
    judged = claims.join(state, on="fact").with_columns(held=held)
    within = pl.when(pl.col("value").is_not_null()).then(
        pl.col("value").is_between(
            pl.col("rlo") - 1e-9 * pl.col("rlo").abs(), pl.col("rhi") + 1e-9 * pl.col("rhi").abs()
        )
    ).otherwise((pl.col("klo") >= pl.col("rlo")) & (pl.col("khi") <= pl.col("rhi")))  # fmt: skip
    return judged.with_columns(within=within.fill_null(False) & pl.col("held"), hedged=pl.col("hedge") != "exact").sort(
        ["fact", "within", "rank", "hedged", "day", "id"], descending=[False, True, False, False, True, False]
    )


def _summed(held: pl.DataFrame) -> pl.DataFrame:
    """A fact's range, the claim whose value it shows, and how sure the weakest claim needed for the range is."""
    best = ("subject", "property", "object", "basis", "period", "unit", "stage", "hedge", "known_on", "when", "since",
            "on", "kind", "over_time", "worded")  # fmt: skip
    first = pl.col("within").first()
    facts = held.group_by("fact", maintain_order=True).agg(
        pl.col("fact_id").first(),
        *(pl.col(name).first() for name in best),
        value=pl.when(first).then(pl.col("value").first()),
        value_text=pl.when(first).then(pl.col("value_text").first()),
        lo=pl.col("lo").max(),
        hi=pl.col("hi").min(),
        top=pl.col("rank").min(),
        pinned=(pl.col("tier") == 0).any(),
        support=pl.col("id"),
        origins=pl.col("voice").drop_nulls().n_unique(),
        input_origins=pl.col("input_origins").min(),
    )
    ends = held.select("fact", "rank", "lo", "hi").join(facts.select("fact", flo="lo", fhi="hi"), on="fact")
    needed = ends.group_by("fact").agg(
        pl.col("rank").filter(pl.col("lo") == pl.col("flo")).min().alias("by_lo"),
        pl.col("rank").filter(pl.col("hi") == pl.col("fhi")).min().alias("by_hi"),
    )
    return facts.join(needed, on="fact").with_columns(rank=pl.max_horizontal("by_lo", "by_hi").fill_null(pl.col("top")))


def _dissent(judged: pl.DataFrame) -> pl.DataFrame:
    """The claims outside their fact's range and why: less sure, fewer origins, earlier."""
    why = (
        pl.when((pl.col("tier") == 0).any().over("fact")).then(pl.lit("not pinned"))
        .when(pl.col("tier") > pl.col("at")).then(pl.lit("less sure"))
        .when((pl.col("tier") == pl.col("at")) & (pl.col("step") == "origins")).then(pl.lit("fewer origins"))
        .when((pl.col("tier") == pl.col("at")) & (pl.col("step") == "later")).then(pl.lit("earlier"))
        .otherwise(pl.lit("less sure"))
    )  # fmt: skip
    out = judged.filter(~pl.col("held")).select("fact", pl.struct(claim="id", why=why).alias("dissent"))
    return out.group_by("fact", maintain_order=True).agg("dissent")


def _with_alternatives(facts: pl.DataFrame, judged: pl.DataFrame, ties: pl.DataFrame) -> pl.DataFrame:
    """The equal families of each tied fact, at most twelve, each with its range and claims."""
    few = ties.sort("fact", "alo").filter(pl.int_range(pl.len()).over("fact") < SHOWN)
    pairs = judged.join(few, on="fact").filter(pl.col("klo") <= pl.col("alo"), pl.col("khi") >= pl.col("ahi"))
    pairs = pairs.sort("fact", "alo", "rank", "hedged", pl.col("day").neg(), "id")
    families = pairs.group_by("fact", "alo", maintain_order=True).agg(
        pl.col("value").drop_nulls().first(), pl.col("value_text").drop_nulls().first(),
        pl.col("lo").max(), pl.col("hi").min(), claims=pl.col("id"),
    )  # fmt: skip
    listed = families.group_by("fact", maintain_order=True).agg(
        alternatives=pl.struct("value", "value_text", "lo", "hi", "claims"),
        least=pl.col("lo").min(),
        most=pl.col("hi").max(),
    )
    tied = (pl.col("step") == "tie").fill_null(False)
    return facts.join(listed, on="fact", how="left").with_columns(
        lo=pl.when(tied).then("least").otherwise("lo"), hi=pl.when(tied).then("most").otherwise("hi")
    )


def _finished(facts: pl.DataFrame) -> pl.DataFrame:
    """The columns of a fact, in order. A tied fact shows no value; a word's range is no number."""
    tied = (pl.col("step") == "tie").fill_null(False)
    standing = pl.col("rank").replace_strict(RANKS, return_dtype=pl.Utf8)
    number = ~pl.col("worded")
    pinned = pl.when("pinned").then(pl.lit("pinned"))
    some = pl.col("dissent").list.len().fill_null(0) > 0
    step = pl.coalesce(pinned, "step", pl.when(some).then(pl.lit("standing")).otherwise(pl.lit("agreement")))
    return facts.sort("fact_id").select(
        "subject", "property", "object", "basis", "period",
        pl.when(~tied).then("value").alias("value"),
        pl.when(~tied).then("value_text").alias("value_text"),
        pl.when(number).then("lo").alias("lo"),
        pl.when(number).then("hi").alias("hi"),
        "unit",
        pl.when(tied).then(pl.lit("unresolved")).otherwise(standing).alias("standing"),
        "stage", "hedge",
        pl.when(tied).then(pl.lit([], pl.List(pl.Utf8))).otherwise("support").alias("support"),
        pl.col("dissent").fill_null([]),
        pl.max_horizontal(pl.col("origins").cast(pl.Int64), "input_origins").alias("origins"),
        step.alias("step"), "known_on", "when",
        pl.col("alternatives").fill_null([]),
        "since", "on", "kind", "over_time", "rank", id="fact_id",
    ).select("id", pl.exclude("id"))  # fmt: skip
