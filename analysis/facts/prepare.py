"""Claims made comparable: which count, which fact each speaks of, how sure it is, between which two keys it lies."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.facts.derive import OURS
from analysis.facts.families import NEVER
from analysis.facts.interval import add_bounds

# The order of design.md, finer where two rank alike but are worded apart; `TIERS` is what families are chosen by.
RANKS = {1: "confirmed", 2: "reported", 3: "reported", 4: "asserted", 5: "estimated", 6: "derived"}
TIERS = {0: 0, 1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 6: 5}
WORDED = ("text", "choice", "relation")
ULP = 2.3e-16  # just over half the gap between two neighbouring floats, as a share: steps off an end that is ruled out


def sift(corpus: Corpus, *, policy: str, as_of: date | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part the claims that count from those set aside, with the reason (opinion, superseded, rejected, …)."""
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
    claims = corpus.claims.unique("id", keep="any").with_columns(reason=reason)
    aside = claims.filter(pl.col("reason").is_not_null()).select(claim="id", reason="reason").sort("claim")
    return claims.filter(pl.col("reason").is_null()).drop("reason"), aside


def comparable(claims: pl.DataFrame, corpus: Corpus, *, pins: list[str]) -> pl.DataFrame:
    """Add what claims are compared by: `fact_id fact rank tier lo hi klo khi day voice`, and `since on` over time."""
    if "input_rank" not in claims.columns:
        claims = claims.with_columns(input_rank=pl.lit(None, pl.Int8), input_origins=pl.lit(None, pl.Int64))
    ready = add_bounds(_with_property(claims, corpus))
    ready = _add_words(ready, corpus.broader)
    ready = _add_time(ready)
    ready = _add_rank(ready, corpus, pins)
    return _add_fact(ready)


def _with_property(claims: pl.DataFrame, corpus: Corpus) -> pl.DataFrame:
    keyed = pl.col("key")
    rules = corpus.properties.select(
        property="id", kind="kind", cardinality="cardinality", own_unit="unit",
        by_object=keyed.list.contains("object"), by_basis=keyed.list.contains("basis"),
        by_period=keyed.list.contains("period"),
    )  # fmt: skip
    return claims.join(rules, on="property", how="left").with_columns(
        pl.col("by_object", "by_basis", "by_period").fill_null(False)
    )


def _add_words(claims: pl.DataFrame, broader: dict[str, dict[str, str]]) -> pl.DataFrame:
    """Number words so that a narrower one lies inside the broader: interim CEO within CEO; others are points."""
    told = pl.coalesce("value_text", "object")
    words = claims.lazy().filter(pl.col("kind").is_in(WORDED), told.is_not_null()).select(
        "property", word=told.str.to_lowercase().str.strip_chars()
    ).unique().collect()  # fmt: skip
    nested = pl.DataFrame(
        [
            (name, word, lo, hi)
            for name, tree in broader.items()
            for word, (lo, hi) in _numbered(tree).items()
        ],
        schema={"property": pl.Utf8, "word": pl.Utf8, "wlo": pl.Float64, "whi": pl.Float64}, orient="row",
    )  # fmt: skip
    plain = words.join(nested, on=["property", "word"], how="anti").sort("property", "word").with_row_index("wlo", 1)
    plain = plain.select("property", "word", pl.col("wlo").cast(pl.Float64), whi=pl.col("wlo").cast(pl.Float64))
    worded = pl.col("kind").is_in(WORDED).fill_null(False)
    return (
        claims.with_columns(word=pl.when(worded).then(told.str.to_lowercase().str.strip_chars()))
        .join(pl.concat([nested, plain]), on=["property", "word"], how="left")
        .with_columns(
            lo=pl.when(worded).then("wlo").otherwise("lo"),
            hi=pl.when(worded).then("whi").otherwise("hi"),
            value_text=pl.when(worded).then(told).otherwise("value_text"),
            worded=worded,
        )
        .drop("wlo", "whi", "word")
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


def _add_time(claims: pl.DataFrame) -> pl.DataFrame:
    """When a state held, for properties declared over time: `since` and `on`, its first and last day."""
    over = (pl.col("cardinality") == "over_time").fill_null(False)
    told = pl.coalesce("period", "when", "said_on", pl.col("known_on").cast(pl.Utf8))
    claims = claims.with_columns(time=pl.when(over).then(told), over_time=over)
    texts = claims["time"].drop_nulls().unique().to_list()
    days = [edtf.bounds(text) for text in texts]
    table = pl.DataFrame(
        {"time": texts, "since": [first for first, _ in days], "on": [last for _, last in days]},
        schema={"time": pl.Utf8, "since": pl.Date, "on": pl.Date},
    )
    return claims.join(table, on="time", how="left")


def _add_rank(claims: pl.DataFrame, corpus: Corpus, pins: list[str]) -> pl.DataFrame:
    """How sure a claim is. An outlet passed on by another is a named source; alone it speaks in its own voice."""
    named = corpus.sources.select(origin="id", source_kind="kind")
    is_named = pl.col("source_kind").is_in(["named", "party"]) | (
        (pl.col("source_kind") == "outlet") & (pl.col("by").list.len() > 1)
    )
    rank = (
        pl.when(pl.col("input_rank").is_not_null()).then("input_rank")
        .when(pl.col("status") == "confirmed").then(1)
        .when((pl.col("status") == "reported") & is_named.fill_null(False)).then(2)
        .when(pl.col("status") == "reported").then(3)
        .when(pl.col("status") == "asserted").then(4)
        .when(pl.col("status") == "estimated").then(5)
        .otherwise(6).cast(pl.Int8)
    )  # fmt: skip
    claims = claims.join(named, on="origin", how="left").with_columns(rank=rank)
    # Our own sums narrow a fact, but never choose between what sources say.
    own = pl.col("input_rank").is_not_null()
    tier = pl.when(own).then(pl.lit(5, pl.Int8)).otherwise(pl.col("rank").replace_strict(TIERS, return_dtype=pl.Int8))
    if pins:
        tier = pl.when(pl.col("id").is_in(pins)).then(pl.lit(0, pl.Int8)).otherwise(tier)
    return claims.with_columns(tier=tier).drop("source_kind")


def _add_fact(claims: pl.DataFrame) -> pl.DataFrame:
    """Name and number the fact that a claim speaks of, and the keys it is compared by."""
    many = (pl.col("cardinality") == "many").fill_null(False)
    unknown = pl.col("cardinality").is_null()
    itself = pl.coalesce("object", "value_text", pl.col("value").cast(pl.Utf8))
    money = (pl.col("kind") == "money") & pl.col("unit").is_not_null()
    state = pl.coalesce("period", pl.col("on").cast(pl.Utf8), pl.lit("undated"))
    parts = [
        "subject", "property",
        pl.when(many).then(itself).when(pl.col("by_object") | unknown).then("object"),
        pl.when(pl.col("by_basis") | unknown).then("basis"),
        pl.when(pl.col("over_time")).then(state).when(pl.col("by_period") | unknown).then("period"),
        pl.when(money & (pl.col("unit") != pl.col("own_unit").fill_null("USD"))).then("unit"),
    ]  # fmt: skip
    named = claims.with_columns(fact_id=pl.concat_str(parts, separator="/", ignore_nulls=True))
    facts = named.select(pl.col("fact_id").unique().sort()).with_row_index("fact")
    far = pl.lit(float("inf"))
    return (
        named.join(facts, on="fact_id", how="left")
        .with_columns(
            klo=pl.when("lo_open")
            .then(pl.col("lo") + pl.col("lo").abs() * ULP + 1e-300)
            .otherwise("lo")
            .fill_null(-far),
            khi=pl.when("hi_open")
            .then(pl.col("hi") - pl.col("hi").abs() * ULP - 1e-300)
            .otherwise("hi")
            .fill_null(far),
            day=pl.col("known_on").cast(pl.Int32).fill_null(NEVER),
            voice=pl.col("origin").fill_null(pl.col("article_id")).rank("dense"),
        )
        .with_columns(
            voice=pl.when(pl.col("input_rank").is_null()).then("voice")  # our own sum is no voice
        )
    )
