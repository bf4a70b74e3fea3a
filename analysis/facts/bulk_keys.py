"""Claims made comparable, all at once in Polars: what `heard` does one by one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import add

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.articles.schema import KINDS
from analysis.facts.heard import NEVER, PINNED, TIERS, ULP, WORDED, numbered, top
from analysis.facts.interval import add_bounds

TOLD = pl.coalesce("value_text", "object")
OURS = pl.col("formula").is_not_null() & pl.all_horizontal(pl.col("value", "lo", "hi", "value_text").is_null())


def sift(claims: pl.DataFrame, *, policy: str, as_of: date | None) -> pl.Series:
    """Why a claim does not count (opinion, superseded, rejected, not yet public, …), null where it does; in order."""
    reason = (
        pl.when(pl.col("review_state") == "rejected").then(pl.lit("rejected"))
        .when(pl.col("review_state") == "proposed").then(pl.lit("proposed"))
        .when(pl.col("superseded_by").is_not_null()).then(pl.lit("superseded"))
        .when(pl.col("status") == "opinion").then(pl.lit("opinion"))
    )  # fmt: skip
    if as_of:
        reason = reason.when(pl.col("known_on").is_null() & ~OURS).then(pl.lit("undated"))
        reason = reason.when((pl.col("known_on") > as_of) & ~OURS).then(pl.lit("not yet public"))
    if policy == "official":
        reason = reason.when((pl.col("status") != "confirmed") & ~OURS).then(pl.lit("not confirmed"))
    return claims.select(reason=reason).to_series()


def named(claims: pl.DataFrame, corpus: Corpus) -> pl.DataFrame:
    """The claims with what is declared of their property, and the time and strand of a state: what names their facts."""
    return _add_strand(_add_time(claims.hstack(_rules(claims, corpus))), corpus.broader)


def comparable(claims: pl.DataFrame, corpus: Corpus, pins: Collection[str]) -> pl.DataFrame:
    """What claims are compared by, in order.

    `row` (its place), `id`, `fact` (a number for the fact it is about), `tier`, `rank` (how sure), `value`, `lo`, `hi`,
    `klo`, `khi` (keys of its ends), `day`, `voice` (its origin), `worded`, `order` (best first within a fact).
    """
    rows = named(claims, corpus).hstack(_sources(claims, corpus))
    rows = _add_words(add_bounds(rows), corpus.broader)
    return _add_rank(rows, pins).select(*_keys()).with_columns(order=_order())


def _order() -> pl.Expr:
    """Surest, plainest, latest first."""
    later = 2**22 - pl.col("day").clip(-(2**22), 2**22 - 1)
    return ((pl.col("tier").cast(pl.Int32) * 2 + pl.col("hedged")) * 8 + pl.col("rank")) * 2**23 + later


def in_order(keys: pl.DataFrame) -> pl.DataFrame:
    """Facts numbered, their claims best first and then by `id`, so that nothing is by chance."""
    placed = keys.select(place=pl.col("fact").cast(pl.Int128) * 2**30 + pl.col("order")).to_series()
    at = placed.arg_sort()
    best = placed.gather(at)
    same = (best == best.shift(1)) | (best == best.shift(-1))
    if same.any():  # only claims alike in all else are put in order of their ids: texts are slow to sort
        alike = at.filter(same)
        by_id = pl.DataFrame([best.filter(same), keys["id"].gather(alike)]).select(pl.arg_sort_by("place", "id"))
        at = at.scatter(same.arg_true(), alike.gather(by_id.to_series()))
    return keys.drop("order")[at].with_columns(fact=pl.col("fact").rle_id().set_sorted())


def _rules(claims: pl.DataFrame, corpus: Corpus) -> pl.DataFrame:
    """What is declared of each claim's property, in order; `foreign` is an amount in a currency that is not its own."""
    keyed, over = pl.col("key").list, pl.col("cardinality")
    rules = corpus.properties.select(
        property="id", kind=pl.col("kind").cast(pl.Enum(KINDS)), many=over == "many", over_time=over == "over_time",
        by_object=keyed.contains("object"), by_basis=keyed.contains("basis"), by_period=keyed.contains("period"),
        worded=pl.col("kind").is_in(WORDED), home=pl.when(kind="money").then(pl.col("unit").fill_null("USD")),
    )  # fmt: skip
    found = claims.select("property", "unit").join(rules, on="property", how="left", maintain_order="left")
    found = found.with_columns(unknown=pl.col("kind").is_null(), foreign=pl.col("unit") != pl.col("home"))
    return found.drop("property", "unit", "home").with_columns(pl.col(pl.Boolean).fill_null(False))


def _sources(claims: pl.DataFrame, corpus: Corpus) -> pl.DataFrame:
    """The kind of each claim's origin, in order."""
    kinds = corpus.sources.select(origin="id", source_kind="kind")
    return claims.select("origin").join(kinds, on="origin", how="left", maintain_order="left").drop("origin")


def _add_words(claims: pl.DataFrame, broader: dict[str, dict[str, str]]) -> pl.DataFrame:
    """Number words so that a narrower one lies inside the broader (interim CEO within CEO); others are points."""
    if not claims["worded"].any():
        return claims
    schema = {"property": pl.Utf8, "word": pl.Utf8, "nlo": pl.Float64, "nhi": pl.Float64}
    nested = [(name, word, low, high) for name, tree in broader.items() for word, (low, high) in numbered(tree).items()]
    words = claims.lazy().filter("worded").select("row", "property", word=TOLD.str.to_lowercase().str.strip_chars())
    places = words.join(pl.LazyFrame(nested, schema=schema, orient="row"), on=["property", "word"], how="left").select(
        "row", wlo=pl.coalesce("nlo", pl.col("word").hash().cast(pl.Float64)),
        whi=pl.coalesce("nhi", pl.col("word").hash().cast(pl.Float64)), word="word",
    )  # fmt: skip
    told = places.filter(pl.col("word").is_not_null()).drop("word").collect()
    found = claims.select("row").join(told, on="row", how="left", maintain_order="left").drop("row")
    return claims.hstack(found).with_columns(
        lo=pl.when("worded").then("wlo").otherwise("lo"), lo_open=pl.col("lo_open") & ~pl.col("worded"),
        hi=pl.when("worded").then("whi").otherwise("hi"), hi_open=pl.col("hi_open") & ~pl.col("worded"),
    )  # fmt: skip


def _add_time(claims: pl.DataFrame) -> pl.DataFrame:
    """When a state held, for properties declared over time: `since` and `on`, its first and last day."""
    told = claims.select(time=pl.when("over_time").then(pl.coalesce("period", "when", "said_on")))
    texts = told["time"].drop_nulls().unique()
    days = [edtf.bounds(text) for text in texts]
    table = pl.DataFrame(
        {"time": texts, "since": [first for first, _ in days], "on": [last for _, last in days]},
        schema={"time": pl.Utf8, "since": pl.Date, "on": pl.Date},
    )
    found = told.join(table, on="time", how="left", maintain_order="left").drop("time")
    public = pl.when("over_time").then("known_on")
    return claims.hstack(found).with_columns(since=pl.coalesce("since", public), on=pl.coalesce("on", public))


def _add_strand(claims: pl.DataFrame, broader: dict[str, dict[str, str]]) -> pl.DataFrame:
    """States that are held side by side: a founder may be a CEO too, so that only kin (CEO, interim CEO) compete."""
    if not claims.select((pl.col("over_time") & pl.col("property").is_in(list(broader))).any()).item():
        return claims.with_columns(strand=pl.lit(None, pl.Utf8))
    tops = [(name, narrow.lower(), top(tree, narrow)) for name, tree in broader.items() for narrow in tree]
    table = pl.DataFrame(tops, schema={"property": pl.Utf8, "word": pl.Utf8, "top": pl.Utf8}, orient="row")
    words = claims.select("property", "over_time", word=TOLD.str.to_lowercase().str.strip_chars())
    found = words.join(table, on=["property", "word"], how="left", maintain_order="left")
    several = pl.col("over_time") & pl.col("property").is_in(list(broader))
    return claims.hstack(found.select(strand=pl.when(several).then(pl.coalesce("top", "word"))))


def _add_rank(claims: pl.DataFrame, pins: Collection[str]) -> pl.DataFrame:
    """How sure a claim is. An outlet passed on by another is a named source; alone it speaks in its own voice."""
    named = pl.col("source_kind").is_in(["named", "party"]) | (
        (pl.col("source_kind") == "outlet") & (pl.col("by").list.len() > 1)
    )
    rank = (
        pl.when(pl.col("status") == "confirmed").then(1)
        .when((pl.col("status") == "reported") & named.fill_null(False)).then(2)
        .when(pl.col("status") == "reported").then(3)
        .when(pl.col("status") == "asserted").then(4)
        .when(pl.col("status") == "estimated").then(5)
        .otherwise(6).cast(pl.Int8)
    )  # fmt: skip
    tier = pl.col("rank").replace_strict(TIERS, return_dtype=pl.Int8)
    if pins:
        tier = pl.when(pl.col("id").is_in(list(pins))).then(pl.lit(PINNED, pl.Int8)).otherwise(tier)
    return claims.with_columns(rank=rank).with_columns(tier=tier)


def parts() -> list[pl.Expr]:
    """What names a fact after its subject and property: its property's keys, a state's time, a foreign currency."""
    many, unknown = pl.col("many"), pl.col("unknown")
    number = pl.when(many & TOLD.is_null()).then("value").cast(pl.Utf8)
    itself = pl.coalesce("object", "value_text", number)
    state = pl.coalesce("period", pl.col("on").cast(pl.Utf8), pl.lit("undated"))
    return [
        pl.when(many).then(itself).when(pl.col("by_object") | unknown).then("object").alias("part_object"),
        pl.when(pl.col("by_basis") | unknown).then("basis").alias("part_basis"),
        pl.col("strand").alias("part_strand"),
        pl.when("over_time").then(state).when(pl.col("by_period") | unknown).then("period").alias("part_period"),
        pl.when("foreign").then("unit").alias("part_unit"),
    ]


def _keys() -> list[pl.Expr]:
    """The columns of `comparable`. A fact is known by the hash of what names it: 64 bits, so that no two meet."""
    far = pl.lit(float("inf"))
    low, high = pl.col("lo"), pl.col("hi")
    klo = pl.when("lo_open").then(low + low.abs() * ULP + 1e-300).otherwise(low).fill_null(-far)
    khi = pl.when("hi_open").then(high - high.abs() * ULP - 1e-300).otherwise(high).fill_null(far)
    names = (pl.col("subject"), pl.col("property"), *parts())
    return [
        pl.col("row", "id"),
        reduce(add, (part.hash(n) for n, part in enumerate(names))).alias("fact"),
        pl.col("tier", "rank", "value", "lo", "hi", "worded"),
        klo.alias("klo"),
        pl.max_horizontal(klo, khi).alias("khi"),  # more than 100 % is a point
        pl.col("known_on").cast(pl.Int32).fill_null(NEVER).alias("day"),
        pl.coalesce("origin", "article_id").hash().alias("voice"),
        (pl.col("hedge") != "exact").alias("hedged"),
    ]
