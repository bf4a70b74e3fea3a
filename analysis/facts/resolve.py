"""Claims -> facts and dissent, by a policy that can be said aloud (five steps; see the guide).

1. Set aside opinions and what was superseded or rejected. 2. One voice for each origin. 3. Intervals that share a point
agree. 4. The surest family wins, then the one with most origins, then the latest; equal ones stay unresolved.
5. A fact is what the family shares, as sure as the weakest claim needed to get there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.errors import DataError, one_of
from analysis.facts.decisions import corrected, pinned
from analysis.facts.derive import OURS, with_derivations
from analysis.facts.facts import Fact, Facts
from analysis.facts.families import regions
from analysis.facts.prepare import RANKS, TOLD, add_strand, add_time, comparable, parts, rules_of, sift

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
    claims = _once(chosen.claims)
    reason = sift(claims, policy=policy, as_of=day)
    aside = claims.select(claim="id", reason=reason).drop_nulls("reason")
    ours = claims.select(OURS).to_series()
    newest = policy == "latest"
    counts = reason.is_null() & ~ours
    frame = facts_from(claims, comparable(claims, chosen, pins=pins, counts=counts), chosen, newest_first=newest)

    def refresh(facts: pl.DataFrame, computed: pl.DataFrame) -> pl.DataFrame:
        same = claims.filter(counts).join(computed, on=["subject", "property"], how="semi")
        both = pl.concat([same, computed], how="diagonal")
        again = facts_from(both, comparable(both, chosen, pins=pins), chosen, newest_first=newest)
        return pl.concat([facts.join(again, on="id", how="anti"), again]).sort("id")

    if ours.any():
        frame, failed = with_derivations(frame, claims.filter(reason.is_null() & ours), corpus=chosen, refresh=refresh)
        aside = pl.concat([aside, failed])
    aside = aside.sort("claim")
    return Facts(
        frame=frame.drop("rank"), set_aside=aside, corpus=chosen, policy=policy, as_of=day.isoformat() if day else "",
        scope=scope, articles=list(articles or []), n_undated=aside.filter(pl.col("reason") == "undated").height,
    )  # fmt: skip


def _once(claims: pl.DataFrame) -> pl.DataFrame:
    """A claim given twice counts once."""
    return claims if claims["id"].hash().n_unique() == claims.height else claims.unique("id", keep="any")


def _competing(corpus: Corpus, pin: dict) -> list[str]:
    """The claims that speak of the same fact as a pinned one, whatever the day and the scope."""
    about = corpus.claims.filter(pl.col("subject") == pin["subject"], pl.col("property") == pin["property"])
    claims = about.filter(sift(about, policy="balanced", as_of=None).is_null())
    ready = comparable(claims, corpus, pins=[])
    return ready.join(ready.filter(pl.col("id") == pin["claim"]), on="fact", how="semi")["id"].to_list()


def _day(as_of: str | date | None) -> date | None:
    if not as_of:
        return None
    return as_of if isinstance(as_of, date) else edtf.bounds(as_of)[1]


def facts_from(claims: pl.DataFrame, keys: pl.DataFrame, corpus: Corpus, *, newest_first: bool = False) -> pl.DataFrame:
    """Resolve claims by their comparable keys: one row a fact, sorted by id."""
    if newest_first:
        newest = pl.col("day") == pl.col("day").max().over("fact")
        tier = pl.when(pl.col("tier") == 0).then(0).when(newest).then(1).otherwise(2)
        keys = keys.with_columns(tier=tier.cast(pl.Int8))
    state, ties = regions(
        keys.select("fact", "tier", "day", lo="klo", hi="khi", origin="voice"), newest_first=newest_first
    )
    judged = _judged(keys, state)
    facts = _summed(judged.filter("held")).join(_dissent(judged), on="fact", how="left")
    facts = _with_alternatives(facts, claims, judged, ties)
    return _finished(facts, claims, corpus)


def _judged(keys: pl.DataFrame, state: pl.DataFrame) -> pl.DataFrame:
    """Each claim with whether its fact's range lies in it (`held`), and its value in the range (`within`)."""
    value, low, high = pl.col("value"), pl.col("rlo"), pl.col("rhi")
    inside = pl.when(value.is_not_null()).then(
        value.is_between(low - 1e-9 * low.abs(), high + 1e-9 * high.abs())
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
        support=pl.col("id"), origins=pl.col("voice").drop_nulls().n_unique(), pinned=(pl.col("tier") == 0).any(),
    ).collect()  # fmt: skip


def _dissent(judged: pl.DataFrame) -> pl.DataFrame:
    """The claims outside their fact's range and why: less sure, fewer origins, earlier, not pinned."""
    same = pl.col("tier") == pl.col("at")
    why = (
        pl.when("pinned").then(pl.lit("not pinned"))
        .when(same & (pl.col("step") == "origins")).then(pl.lit("fewer origins"))
        .when(same & (pl.col("step") == "later")).then(pl.lit("earlier"))
        .otherwise(pl.lit("less sure"))
    )  # fmt: skip
    pins = judged.filter(pl.col("tier") == 0)["fact"].unique().implode()
    out = judged.filter(~pl.col("held")).with_columns(pinned=pl.col("fact").is_in(pins))
    return out.group_by("fact", maintain_order=True).agg(dissent=pl.struct(claim="id", why=why))


def _with_alternatives(
    facts: pl.DataFrame, claims: pl.DataFrame, judged: pl.DataFrame, ties: pl.DataFrame
) -> pl.DataFrame:
    """The equal families of each tied fact, at most twelve, each with its range and claims."""
    few = ties.sort("fact", "alo").filter(pl.int_range(pl.len()).over("fact") < SHOWN)
    pairs = judged.join(few, on="fact", maintain_order="left")
    pairs = pairs.filter(pl.col("klo") <= pl.col("alo"), pl.col("khi") >= pl.col("ahi"))
    text = _texts(claims).gather(pairs["row"])
    number = pl.when(~pl.col("worded"))
    families = pairs.with_columns(value_text=text).group_by("fact", "alo", maintain_order=True).agg(
        pl.col("value").drop_nulls().first(), pl.col("value_text").drop_nulls().first(),
        number.then("lo").max().alias("lo"), number.then("hi").min().alias("hi"), claims=pl.col("id"),
    ).sort("fact", "alo")  # fmt: skip
    listed = families.group_by("fact", maintain_order=True).agg(
        alternatives=pl.struct("value", "value_text", "lo", "hi", "claims"),
        least=pl.when(pl.col("lo").is_not_null().all()).then(pl.col("lo").min()),
        most=pl.when(pl.col("hi").is_not_null().all()).then(pl.col("hi").max()),
    )
    tied = (pl.col("step") == "tie").fill_null(False)
    return facts.join(listed, on="fact", how="left").with_columns(
        lo=pl.when(tied).then("least").otherwise("lo"), hi=pl.when(tied).then("most").otherwise("hi")
    )


def _texts(claims: pl.DataFrame) -> pl.Series:
    """What a claim says in words: its text, else the object it names."""
    return claims.select(TOLD.alias("value_text")).to_series()


def _finished(facts: pl.DataFrame, claims: pl.DataFrame, corpus: Corpus) -> pl.DataFrame:
    """The columns of a fact, in order. A tied fact shows no value; a word's range is no number."""
    shown = ("subject", "property", "object", "basis", "period", "value", "unit", "stage", "hedge", "known_on", "when")
    if "input_origins" not in claims.columns:
        claims = claims.with_columns(input_origins=pl.lit(None, pl.Int64))
    best = claims.select(*shown, "value_text", "said_on", "input_origins", told=TOLD)[facts["row"]]
    best = add_time(best.hstack(rules_of(best, corpus)).with_row_index("row"))
    best = add_strand(best, corpus.broader)
    rules = facts.drop("row", "worded").hstack(best.drop("row"))
    tied = (pl.col("step") == "tie").fill_null(False)
    known, number = pl.when(~tied & pl.col("within")), pl.when(~pl.col("worded"))
    some = pl.col("dissent").list.len().fill_null(0) > 0
    agreed = pl.when(some).then(pl.lit("standing")).otherwise(pl.lit("agreement"))
    step = pl.coalesce(pl.when("pinned").then(pl.lit("pinned")), "step", agreed)
    standing = pl.col("rank").replace_strict(RANKS, return_dtype=pl.Utf8)
    return rules.select(
        pl.concat_str("subject", "property", *parts(), separator="/", ignore_nulls=True).alias("id"),
        "subject", "property", "object", "basis", "period",
        known.then("value").alias("value"),
        known.then(pl.when("worded").then("told").otherwise("value_text")).alias("value_text"),
        number.then("lo").alias("lo"), number.then("hi").alias("hi"), "unit",
        pl.when(tied).then(pl.lit("unresolved")).otherwise(standing).alias("standing"), "stage", "hedge",
        pl.when(tied).then(pl.lit([], pl.List(pl.Utf8))).otherwise("support").alias("support"),
        pl.col("dissent").fill_null([]),
        pl.max_horizontal(pl.col("origins").cast(pl.Int64), "input_origins").alias("origins"),
        step.alias("step"), "known_on", "when",
        pl.col("alternatives").fill_null([]),
        "since", "on", "kind", "over_time", "strand", "rank",
    ).sort("id")  # fmt: skip
