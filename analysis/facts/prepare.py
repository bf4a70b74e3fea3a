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


def comparable(
    claims: pl.DataFrame, corpus: Corpus, *, pins: list[str], counts: pl.Series | None = None
) -> pl.DataFrame:
    """What claims are compared by, one row a claim that counts; by fact, best first.

    `row` (its place in `claims`), `id`, `fact` (a number for the fact it is about), `tier`, `rank` (how sure), `value`,
    `lo`, `hi`, `klo`, `khi` (keys of its ends), `day`, `voice` (its origin), `worded`.
    """
    if "input_rank" not in claims.columns:
        claims = claims.with_columns(input_rank=pl.lit(None, pl.Int8))
    rows = claims.with_row_index("row").hstack(rules_of(claims, corpus)).hstack(_sources(claims, corpus))
    rows = add_strand(add_time(_add_words(add_bounds(rows), corpus.broader)), corpus.broader)
    keys = _add_rank(rows, pins).lazy().filter(True if counts is None else counts).select(*_keys()).collect()
    return _in_order(keys)


def _in_order(keys: pl.DataFrame) -> pl.DataFrame:
    """Facts numbered, their claims best first: surest, plainest, latest, then by id, so that nothing is by chance."""
    order = pl.col("fact").rank("dense").cast(pl.UInt64) - 1
    for part, size in (("tier", 8), ("hedged", 2), ("rank", 8)):
        order = order * size + pl.col(part).cast(pl.UInt64)
    order = order * 2**23 + (2**22 - pl.col("day").clip(-(2**22), 2**22 - 1)).cast(pl.UInt64)
    placed = keys.select("id", order=order).with_row_index("at")
    best = placed.select(pl.col("at", "order").sort_by("order"))
    same = (best["order"] == best["order"].shift(1)) | (best["order"] == best["order"].shift(-1))
    if same.any():  # only claims alike in all else are put in order of their ids: texts are slow to sort
        alike = best.filter(same).join(placed.select("at", "id"), on="at").sort("order", "id")["at"]
        best = best.with_columns(at=best["at"].scatter(same.arg_true(), alike))
    sorted_keys = keys.lazy().drop("hedged").select(pl.all().gather(pl.lit(best["at"])))
    return sorted_keys.with_columns(fact=pl.col("fact").rle_id()).collect()


def rules_of(claims: pl.DataFrame, corpus: Corpus) -> pl.DataFrame:
    """What is declared of each claim's property, in order."""
    keyed = pl.col("key")
    rules = corpus.properties.select(
        property="id", kind="kind", cardinality="cardinality", own_unit="unit",
        by_object=keyed.list.contains("object"), by_basis=keyed.list.contains("basis"),
        by_period=keyed.list.contains("period"), worded=pl.col("kind").is_in(WORDED),
        over_time=pl.col("cardinality") == "over_time",
    )  # fmt: skip
    found = claims.select("property").join(rules, on="property", how="left", maintain_order="left")
    return found.drop("property").with_columns(pl.col(pl.Boolean).fill_null(False))


def _sources(claims: pl.DataFrame, corpus: Corpus) -> pl.DataFrame:
    """The kind of each claim's origin, in order."""
    kinds = corpus.sources.select(origin="id", source_kind="kind")
    return claims.select("origin").join(kinds, on="origin", how="left", maintain_order="left").drop("origin")


def _add_words(claims: pl.DataFrame, broader: dict[str, dict[str, str]]) -> pl.DataFrame:
    """Number words so that a narrower one lies inside the broader (interim CEO within CEO); others are points."""
    if not claims["worded"].any():
        return claims
    schema = {"property": pl.Utf8, "word": pl.Utf8, "nlo": pl.Float64, "nhi": pl.Float64}
    nested = [
        (name, word, low, high) for name, tree in broader.items() for word, (low, high) in _numbered(tree).items()
    ]
    words = claims.lazy().filter("worded").select("row", "property", word=TOLD.str.to_lowercase().str.strip_chars())
    places = words.join(pl.LazyFrame(nested, schema=schema, orient="row"), on=["property", "word"], how="left").select(
        "row", wlo=pl.coalesce("nlo", pl.col("word").hash().cast(pl.Float64)),
        whi=pl.coalesce("nhi", pl.col("word").hash().cast(pl.Float64)), word="word",
    )  # fmt: skip
    told = places.filter(pl.col("word").is_not_null()).drop("word").collect()
    found = claims.select("row").join(told, on="row", how="left", maintain_order="left").drop("row")
    return claims.hstack(found).with_columns(
        lo=pl.when("worded").then("wlo").otherwise("lo"), hi=pl.when("worded").then("whi").otherwise("hi")
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


def add_time(claims: pl.DataFrame) -> pl.DataFrame:
    """When a state held, for properties declared over time: `since` and `on`, its first and last day."""
    told = pl.coalesce("period", "when", "said_on", pl.col("known_on").cast(pl.Utf8))
    states = claims.lazy().filter("over_time").select("row", time=told).collect()
    texts = states["time"].drop_nulls().unique()
    days = [edtf.bounds(text) for text in texts]
    table = pl.DataFrame(
        {"time": texts, "since": [first for first, _ in days], "on": [last for _, last in days]},
        schema={"time": pl.Utf8, "since": pl.Date, "on": pl.Date},
    )
    dated = states.join(table, on="time", how="left").drop("time")
    return claims.hstack(claims.select("row").join(dated, on="row", how="left", maintain_order="left").drop("row"))


def add_strand(claims: pl.DataFrame, broader: dict[str, dict[str, str]]) -> pl.DataFrame:
    """States that are held side by side: a founder may be a CEO too, so that only kin (CEO, interim CEO) compete."""
    if not claims.select((pl.col("over_time") & pl.col("property").is_in(list(broader))).any()).item():
        return claims.with_columns(strand=pl.lit(None, pl.Utf8))
    tops = [(name, narrow.lower(), _top(tree, narrow)) for name, tree in broader.items() for narrow in tree]
    table = pl.DataFrame(tops, schema={"property": pl.Utf8, "word": pl.Utf8, "top": pl.Utf8}, orient="row")
    words = claims.select("property", "over_time", word=TOLD.str.to_lowercase().str.strip_chars())
    found = words.join(table, on=["property", "word"], how="left", maintain_order="left")
    several = pl.col("over_time") & pl.col("property").is_in(list(broader))
    return claims.hstack(found.select(strand=pl.when(several).then(pl.coalesce("top", "word"))))


def _top(tree: dict[str, str], word: str) -> str:
    """The broadest word above a narrow one."""
    for _ in tree:
        word = tree.get(word, word)
    return word.lower()


def _add_rank(claims: pl.DataFrame, pins: list[str]) -> pl.DataFrame:
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
    number = pl.when(many & TOLD.is_null()).then("value").cast(pl.Utf8)
    itself = pl.coalesce("object", "value_text", number)
    money = (pl.col("kind") == "money") & pl.col("unit").is_not_null()
    state = pl.coalesce("period", pl.col("on").cast(pl.Utf8), pl.lit("undated"))
    return [
        pl.when(many).then(itself).when(pl.col("by_object") | unknown).then("object").alias("part_object"),
        pl.when(pl.col("by_basis") | unknown).then("basis").alias("part_basis"),
        pl.col("strand").alias("part_strand"),
        pl.when("over_time").then(state).when(pl.col("by_period") | unknown).then("period").alias("part_period"),
        pl.when(money & (pl.col("unit") != pl.col("own_unit").fill_null("USD"))).then("unit").alias("part_unit"),
    ]


def _keys() -> list[pl.Expr]:
    """The columns of `comparable`. A fact is known by the hash of what names it: 64 bits, so that no two meet."""
    far = pl.lit(float("inf"))
    low, high = pl.col("lo"), pl.col("hi")
    voice = pl.coalesce("origin", "article_id").hash()
    return [
        pl.col("row", "id"),
        pl.struct("subject", "property", *parts()).hash().alias("fact"),
        pl.col("tier", "rank", "value", "lo", "hi", "worded"),
        pl.when("lo_open").then(low + low.abs() * ULP + 1e-300).otherwise(low).fill_null(-far).alias("klo"),
        pl.when("hi_open").then(high - high.abs() * ULP - 1e-300).otherwise(high).fill_null(far).alias("khi"),
        pl.col("known_on").cast(pl.Int32).fill_null(NEVER).alias("day"),
        pl.when(pl.col("input_rank").is_null()).then(voice).alias("voice"),  # our own sum is no voice
        (pl.col("hedge") != "exact").alias("hedged"),
    ]
