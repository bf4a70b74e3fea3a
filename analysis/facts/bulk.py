"""The policy for very many claims, all facts at once in Polars: what `policy` does one fact at a time."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

import polars as pl

from analysis.articles.corpus import Corpus
from analysis.facts.bulk_families import regions
from analysis.facts.bulk_keys import TOLD, comparable, in_order, named, parts
from analysis.facts.heard import NEAR, PINNED, RANKS
from analysis.facts.policy import BEATEN, SHOWN

SHOWN_OF_BEST = (
    "subject", "property", "object", "basis", "period", "value", "value_text", "unit", "stage", "hedge", "known_on",
    "when", "said_on",
)  # fmt: skip
MOST = 500_000  # claims resolved together: fewer cost less memory, more fewer queries


def facts_from(
    claims: pl.DataFrame, counts: pl.Series, corpus: Corpus, *, pins: Collection[str], newest_first: bool
) -> pl.DataFrame:
    """Resolve the claims that count: one row a fact, sorted by id, the columns of `FACT` and `rank`.

    Claims are made comparable slice by slice and resolved part by part, a part holding all claims of its subjects,
    so that time and memory grow no faster than claims do; parts follow one another as the ids of facts do.
    """
    bounds = _bounds(claims)
    numbered = claims.with_row_index("row").with_columns(counts=counts)
    none = comparable(numbered.clear(), corpus, pins)

    def heard(some: pl.DataFrame) -> dict[tuple[object, ...], pl.DataFrame]:
        part = bounds.search_sorted(some.select(pl.col("subject") + "/").to_series(), side="right")
        keys = comparable(some, corpus, pins).with_columns(part=part)
        return keys.filter(some["counts"]).partition_by("part", include_key=False, as_dict=True)

    def resolved(part: int) -> pl.DataFrame:
        keys = pl.concat([none, *(each.pop((part,)) for each in slices if (part,) in each)], rechunk=True)
        return _facts(in_order(keys), claims, corpus, newest_first)

    with ThreadPoolExecutor(pl.thread_pool_size() + 1) as threads:  # one more, for while a part runs on one thread
        slices = list(threads.map(heard, numbered.iter_slices(MOST)))
        facts = pl.concat(threads.map(resolved, range(len(bounds) + 1)))
    return facts if facts["id"].is_sorted() else facts.sort("id")


def _bounds(claims: pl.DataFrame) -> pl.Series:
    """Where parts of the subjects, in the order of ids, begin: drawn evenly from one claim in so many."""
    parts = -(-claims.height // MOST)
    some = claims["subject"].gather_every(max(1, MOST // 5000)) + "/"
    return some.sort().gather_every(-(-len(some) // parts))[1:]


def _facts(keys: pl.DataFrame, claims: pl.DataFrame, corpus: Corpus, newest_first: bool) -> pl.DataFrame:
    """The facts that claims in order support, sorted by id."""
    if newest_first:
        newest = pl.col("day") == pl.col("day").max().over("fact")
        tier = pl.when(pl.col("tier") == PINNED).then(PINNED).when(newest).then(1).otherwise(2)
        keys = keys.with_columns(tier=tier.cast(pl.Int8))
    state, ties = regions(
        keys.select("fact", "tier", "day", lo="klo", hi="khi", origin="voice"), newest_first=newest_first
    )
    judged = _judged(keys, state)
    facts = _beside(_beside(_summed(judged.filter("held")), _dissent(judged)), _alternatives(claims, judged, ties))
    return _finished(facts, claims, corpus)


def _beside(facts: pl.DataFrame, some: pl.DataFrame) -> pl.DataFrame:
    """What is known of some facts beside all of them, whose lists of claims are not to be copied."""
    return facts.hstack(facts.select("fact").join(some, on="fact", how="left", maintain_order="left").drop("fact"))


def _judged(keys: pl.DataFrame, state: pl.DataFrame) -> pl.DataFrame:
    """Each claim with whether its fact's range lies in it (`held`), and its value in the range (`within`)."""
    value, low, high = pl.col("value"), pl.col("rlo"), pl.col("rhi")
    inside = pl.when(value.is_not_null()).then(
        value.is_between(low - NEAR * low.abs(), high + NEAR * high.abs())
    ).otherwise((pl.col("klo") >= low) & (pl.col("khi") <= high))  # fmt: skip
    held = (pl.col("klo") <= high) & (pl.col("khi") >= low)
    judged = keys.hstack(state.drop("fact")[keys["fact"]])
    return judged.lazy().with_columns(held=held, within=inside.fill_null(False) & held).collect()


def _summed(held: pl.DataFrame) -> pl.DataFrame:
    """A fact's range, the claim whose value it shows, and how sure the weakest claim needed for the range is."""
    lo, hi, rank = pl.col("lo"), pl.col("hi"), pl.col("rank")
    by_lo, by_hi = rank.get(lo.arg_max()), rank.get(hi.arg_min())  # the first, and so the surest, to reach each end
    row = pl.col("row")
    return held.lazy().group_by("fact", maintain_order=True).agg(
        pl.col("worded", "step", "at").first(), within=pl.col("within").any(),
        row=pl.coalesce(row.filter("within").first(), row.first()),
        lo=lo.max(), hi=hi.min(), rank=pl.max_horizontal(by_lo, by_hi).fill_null(rank.min()),
        support=pl.col("id"), origins=pl.col("voice").n_unique(), pinned=(pl.col("tier") == PINNED).any(),
    ).collect()  # fmt: skip


def _dissent(judged: pl.DataFrame) -> pl.DataFrame:
    """The claims outside their fact's range and why: less sure, fewer origins, earlier, outweighed, not pinned."""
    same = pl.col("tier") == pl.col("at")
    why = (
        pl.when("pinned").then(pl.lit("not pinned"))
        .when(same).then(pl.col("step").replace_strict(BEATEN, default="less sure"))
        .otherwise(pl.lit("less sure"))
    )  # fmt: skip
    pins = judged.filter(pl.col("tier") == PINNED)["fact"].unique().implode()
    out = judged.filter(~pl.col("held")).with_columns(pinned=pl.col("fact").is_in(pins))
    return out.group_by("fact", maintain_order=True).agg(dissent=pl.struct(claim="id", why=why))


def _alternatives(claims: pl.DataFrame, judged: pl.DataFrame, ties: pl.DataFrame) -> pl.DataFrame:
    """The equal families of each tied fact, at most twelve, each with its range and claims; and what they span."""
    few = ties.sort("fact", "alo").filter(pl.int_range(pl.len()).over("fact") < SHOWN)
    pairs = judged.join(few, on="fact", maintain_order="left")
    pairs = pairs.filter(pl.col("klo") <= pl.col("alo"), pl.col("khi") >= pl.col("ahi"))
    text = claims.select("value_text", "object")[pairs["row"]].select(TOLD.alias("value_text")).to_series()
    number = pl.when(~pl.col("worded"))
    families = pairs.with_columns(value_text=text).group_by("fact", "alo", maintain_order=True).agg(
        pl.col("value").drop_nulls().first(), pl.col("value_text").drop_nulls().first(),
        number.then("lo").max().alias("lo"), number.then("hi").min().alias("hi"), claims=pl.col("id"),
    ).sort("fact", "alo")  # fmt: skip
    return families.group_by("fact", maintain_order=True).agg(
        alternatives=pl.struct("value", "value_text", "lo", "hi", "claims"),
        least=pl.when(pl.col("lo").is_not_null().all()).then(pl.col("lo").min()),
        most=pl.when(pl.col("hi").is_not_null().all()).then(pl.col("hi").max()),
    )


def _finished(facts: pl.DataFrame, claims: pl.DataFrame, corpus: Corpus) -> pl.DataFrame:
    """The columns of a fact, in order. A tied fact shows no value; a word's range is no number."""
    shown = pl.repeat(False, claims.height, eager=True).scatter(facts["row"], True)  # quicker than to gather
    best = named(claims.select(SHOWN_OF_BEST).filter(shown), corpus).with_columns(
        pl.concat_str("subject", "property", *parts(), separator="/", ignore_nulls=True).alias("id"), told=TOLD
    )
    at = best["id"].arg_sort()
    rules = best[at].hstack(facts.drop("row", "worded")[facts["row"].arg_sort().gather(at)])
    tied = (pl.col("step") == "tie").fill_null(False)
    known, number = pl.when(~tied & pl.col("within")), pl.when(~pl.col("worded"))
    some = pl.col("dissent").list.len().fill_null(0) > 0
    agreed = pl.when(some).then(pl.lit("standing")).otherwise(pl.lit("agreement"))
    step = pl.coalesce(pl.when("pinned").then(pl.lit("pinned")), "step", agreed)
    standing = pl.col("rank").replace_strict(RANKS, return_dtype=pl.Utf8)
    return rules.select(
        "id", "subject", "property", "object", "basis", "period",
        known.then("value").alias("value"),
        known.then(pl.when("worded").then("told").otherwise("value_text")).alias("value_text"),
        number.then(pl.when(tied).then("least").otherwise("lo")).alias("lo"),
        number.then(pl.when(tied).then("most").otherwise("hi")).alias("hi"), "unit",
        pl.when(tied).then(pl.lit("unresolved")).otherwise(standing).alias("standing"), "stage", "hedge",
        pl.when(tied).then(pl.lit([], pl.List(pl.Utf8))).otherwise("support").alias("support"),
        pl.col("dissent").fill_null([]),
        pl.col("origins").cast(pl.Int64), step.alias("step"), "known_on", "when",
        pl.col("alternatives").fill_null([]),
        "since", "on", pl.col("kind").cast(pl.Utf8), "over_time", "strand", "rank",
    )  # fmt: skip
