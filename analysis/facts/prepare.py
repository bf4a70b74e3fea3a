"""Claims made comparable: which count, which fact each speaks of, how sure it is, between which two keys it lies."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.facts.derive import OURS
from analysis.facts.families import NEVER
from analysis.facts.interval import add_bounds

# The order of the policy, finer where two rank alike but are worded apart; `TIERS` is what families are chosen by.
RANKS = {1: "confirmed", 2: "reported", 3: "reported", 4: "asserted", 5: "estimated", 6: "derived"}
TIERS = {1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 6: 5}
OWN_TIER = 5  # our own sums narrow a fact, but never choose between what sources say
WORDED = ("text", "choice", "relation")
ULP = 2.3e-16  # just over half the gap between two neighbouring floats, as a share: steps off an end that is ruled out
TOLD = pl.coalesce("value_text", "object")


def sift(claims: pl.DataFrame, *, policy: str, as_of: date | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part the claims that count from those set aside, with the reason (opinion, superseded, rejected, …).

    A claim given twice counts once.
    """
    if claims["id"].hash().n_unique() < claims.height:
        claims = claims.unique("id", keep="any")
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
    aside = claims.lazy().select(claim="id", reason=reason).drop_nulls("reason").sort("claim").collect()
    return claims.filter(reason.is_null()), aside


def comparable(claims: pl.DataFrame, corpus: Corpus, *, pins: list[str]) -> pl.DataFrame:
    """What claims are compared by, one row a claim.

    `row` (its place in `claims`), `fact` (a number for the fact it is about), `tier`, `rank` (how sure), `value`, `lo`,
    `hi`, `klo`, `khi` (keys of its ends), `day`, `voice` (its origin), `hedged`, `worded`, `since` and `on` over time.
    """
    rows = claims.lazy().with_row_index("row")
    if "input_rank" not in claims.columns:
        rows = rows.with_columns(input_rank=pl.lit(None, pl.Int8), input_origins=pl.lit(None, pl.Int64))
    rows = add_bounds(_with_rules(rows, corpus))
    rows = _add_words(rows, corpus.broader)
    rows = _add_time(rows, claims, corpus)
    return _add_rank(rows, pins).select(*_keys()).collect()


def _with_rules(claims: pl.LazyFrame, corpus: Corpus) -> pl.LazyFrame:
    """Add what is declared of the claim's property and of its origin."""
    keyed = pl.col("key")
    rules = corpus.properties.lazy().select(
        property="id", kind="kind", cardinality="cardinality", own_unit="unit",
        by_object=keyed.list.contains("object"), by_basis=keyed.list.contains("basis"),
        by_period=keyed.list.contains("period"),
    )  # fmt: skip
    sources = corpus.sources.lazy().select(origin="id", source_kind="kind")
    return (
        claims.join(rules, on="property", how="left")
        .join(sources, on="origin", how="left")
        .with_columns(
            pl.col("by_object", "by_basis", "by_period").fill_null(False),
            worded=pl.col("kind").is_in(WORDED).fill_null(False),
            over_time=(pl.col("cardinality") == "over_time").fill_null(False),
        )
    )


def _add_words(claims: pl.LazyFrame, broader: dict[str, dict[str, str]]) -> pl.LazyFrame:
    """Number words so that a narrower one lies inside the broader (interim CEO within CEO); others are points."""
    word = pl.when("worded").then(TOLD.str.to_lowercase().str.strip_chars())
    place = word.hash().cast(pl.Float64)
    claims = claims.with_columns(wlo=pl.when(word.is_not_null()).then(place), word=word)
    nested = [
        (name, word, low, high) for name, tree in broader.items() for word, (low, high) in _numbered(tree).items()
    ]
    if nested:
        schema = {"property": pl.Utf8, "word": pl.Utf8, "nlo": pl.Float64, "nhi": pl.Float64}
        table = pl.LazyFrame(nested, schema=schema, orient="row")
        claims = claims.join(table, on=["property", "word"], how="left")
    else:
        claims = claims.with_columns(nlo=pl.lit(None, pl.Float64), nhi=pl.lit(None, pl.Float64))
    return claims.with_columns(
        lo=pl.when("worded").then(pl.coalesce("nlo", "wlo")).otherwise("lo"),
        hi=pl.when("worded").then(pl.coalesce("nhi", "wlo")).otherwise("hi"),
    )


def _numbered(tree: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Each word's first and last number in a walk of narrow -> broad; all below nought, clear of other words."""
    inner: dict[str, list[str]] = {}
    for narrow, broad in sorted(tree.items()):
        inner.setdefault(broad, []).append(narrow)
    spans: dict[str, tuple[float, float]] = {}
    count = -1e6

    def walk(word: str, above: tuple[str, ...]) -> None:
        nonlocal count
        count += 1
        start = count
        for narrow in inner.get(word, []):
            if narrow not in above:
                walk(narrow, (*above, narrow))
        spans[word.lower()] = (start, count)

    for word in sorted(set(inner) - set(tree)):
        walk(word, (word,))
    return spans


def _add_time(rows: pl.LazyFrame, claims: pl.DataFrame, corpus: Corpus) -> pl.LazyFrame:
    """When a state held, for properties declared over time: `since` and `on`, its first and last day."""
    over = corpus.properties.filter(pl.col("cardinality") == "over_time")["id"].to_list()
    told = pl.coalesce("period", "when", "said_on", pl.col("known_on").cast(pl.Utf8))
    texts = claims.lazy().filter(pl.col("property").is_in(over)).select(told.unique().drop_nulls()).collect()
    days = [edtf.bounds(text) for text in texts.to_series()]
    table = pl.LazyFrame(
        {"time": texts.to_series(), "since": [first for first, _ in days], "on": [last for _, last in days]},
        schema={"time": pl.Utf8, "since": pl.Date, "on": pl.Date},
    )
    return rows.with_columns(time=pl.when("over_time").then(told)).join(table, on="time", how="left")


def _add_rank(claims: pl.LazyFrame, pins: list[str]) -> pl.LazyFrame:
    """How sure a claim is. An outlet passed on by another is a named source; alone it speaks in its own voice."""
    named = pl.col("source_kind").is_in(["named", "party"]) | (
        (pl.col("source_kind") == "outlet") & (pl.col("by").list.len() > 1)
    )
    rank = (
        pl.when(pl.col("input_rank").is_not_null()).then("input_rank")
        .when(pl.col("status") == "confirmed").then(1)
        .when((pl.col("status") == "reported") & named.fill_null(False)).then(2)
        .when(pl.col("status") == "reported").then(3)
        .when(pl.col("status") == "asserted").then(4)
        .when(pl.col("status") == "estimated").then(5)
        .otherwise(6).cast(pl.Int8)
    )  # fmt: skip
    tier = pl.when(pl.col("input_rank").is_not_null()).then(pl.lit(OWN_TIER, pl.Int8)).otherwise(
        pl.col("rank").replace_strict(TIERS, return_dtype=pl.Int8)
    )  # fmt: skip
    if pins:
        tier = pl.when(pl.col("id").is_in(pins)).then(pl.lit(0, pl.Int8)).otherwise(tier)
    return claims.with_columns(rank=rank).with_columns(tier=tier)


def parts() -> list[pl.Expr]:
    """What names a fact after its subject and property: its property's keys, a state's time, a foreign currency."""
    many, unknown = (pl.col("cardinality") == "many").fill_null(False), pl.col("cardinality").is_null()
    itself = pl.coalesce("object", "value_text", pl.col("value").cast(pl.Utf8))
    money = (pl.col("kind") == "money") & pl.col("unit").is_not_null()
    state = pl.coalesce("period", pl.col("on").cast(pl.Utf8), pl.lit("undated"))
    return [
        pl.when(many).then(itself).when(pl.col("by_object") | unknown).then("object").alias("part_object"),
        pl.when(pl.col("by_basis") | unknown).then("basis").alias("part_basis"),
        pl.when("over_time").then(state).when(pl.col("by_period") | unknown).then("period").alias("part_period"),
        pl.when(money & (pl.col("unit") != pl.col("own_unit").fill_null("USD"))).then("unit").alias("part_unit"),
    ]


def _keys() -> list[pl.Expr]:
    """The columns of `comparable`. A fact is known by the hash of what names it: 64 bits, so that no two meet."""
    far = pl.lit(float("inf"))
    low, high = pl.col("lo"), pl.col("hi")
    voice = pl.coalesce("origin", "article_id").hash()
    return [
        pl.col("row"),
        pl.struct("subject", "property", *parts()).hash().rank("dense").cast(pl.UInt32).alias("fact"),
        pl.col("tier", "rank", "value", "lo", "hi", "input_origins", "worded", "since", "on"),
        pl.col("over_time", "kind", "cardinality", "own_unit", "by_object", "by_basis", "by_period"),
        pl.when("lo_open").then(low + low.abs() * ULP + 1e-300).otherwise(low).fill_null(-far).alias("klo"),
        pl.when("hi_open").then(high - high.abs() * ULP - 1e-300).otherwise(high).fill_null(far).alias("khi"),
        pl.col("known_on").cast(pl.Int32).fill_null(NEVER).alias("day"),
        pl.when(pl.col("input_rank").is_null()).then(voice).alias("voice"),  # our own sum is no voice
        (pl.col("hedge") != "exact").alias("hedged"),
    ]
