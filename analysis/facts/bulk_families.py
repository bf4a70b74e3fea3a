"""Which claims agree: families of intervals that share a point, chosen from the surest claims down.

A row is a claim about one fact: `fact` [dense number], `tier` [0 is surest], `lo` and `hi` [keys to compare by, open
ends infinite], `origin` [number], `day` [days since 1970, a very low number where unknown]. Everything is done for all
facts at once; a conflict costs one sort of its claims' ends, whatever their number.
"""

from __future__ import annotations

import polars as pl

from analysis.facts.heard import NEVER

FIRST, LAST = pl.lit(0, pl.Int8), pl.lit(1, pl.Int8)


def regions(claims: pl.DataFrame, *, newest_first: bool = False) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Where each fact lies.

    Tier by tier: the claims of a tier that still fit what surer ones left are compared; where they share a point they
    narrow it, else the family with most origins wins, then the latest; equal families leave the fact tied.

    Args:
        claims: see above.
        newest_first: prefer the latest family, then the one with most origins (policy `latest`).

    Returns:
        One row a fact: `fact`, `rlo`, `rhi` [keys], `step` (null, origins, later, tie), `at` (the tier that the step
        was taken in); and one row an alternative of a tied fact: `fact`, `alo`, `ahi`.
    """
    both = (
        claims.lazy()
        .group_by("fact", maintain_order=True)
        .agg(rlo=pl.col("lo").max(), rhi=pl.col("hi").min())
        .collect()
    )
    step = {"step": pl.lit(None, pl.Utf8), "at": pl.lit(None, pl.Int8)}
    agreed, split = both.filter(pl.col("rlo") <= pl.col("rhi")), both.filter(pl.col("rlo") > pl.col("rhi"))
    state = split.with_columns(rlo=pl.lit(float("-inf")), rhi=pl.lit(float("inf")), **step)
    claims = claims.join(split.select("fact"), on="fact", how="semi")
    ties = [pl.DataFrame(schema={"fact": claims.schema["fact"], "alo": pl.Float64, "ahi": pl.Float64})]
    for tier in sorted(claims["tier"].unique()):
        inside = _still_fitting(claims.filter(pl.col("tier") == tier), state)
        found, equal = _compared(inside, newest_first=newest_first)
        ties.append(equal)
        state = _narrowed(state, found, tier)
    return pl.concat([agreed.with_columns(**step), state]).sort("fact"), pl.concat(ties)


def _compared(claims: pl.DataFrame, *, newest_first: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What claims of one tier share, or where their winning family lies; and the alternatives of those that tie."""
    shared = claims.group_by("fact").agg(nlo=pl.col("lo").max(), nhi=pl.col("hi").min())
    found = shared.filter(pl.col("nlo") <= pl.col("nhi")).with_columns(by=pl.lit(None, pl.Utf8))
    split = shared.filter(pl.col("nlo") > pl.col("nhi")).select("fact")
    chosen = _choose(claims.join(split, on="fact", how="semi"), newest_first=newest_first)
    won = chosen.group_by("fact").agg(pl.col("nlo").min(), pl.col("nhi").max(), pl.col("by").first())
    return pl.concat([found, won]), chosen.filter(pl.col("by") == "tie").select("fact", alo="nlo", ahi="nhi")


def _still_fitting(claims: pl.DataFrame, state: pl.DataFrame) -> pl.DataFrame:
    """Claims that touch what surer ones left, cut to it; a tied fact takes no more."""
    open_ = state.filter((pl.col("step") != "tie").fill_null(True)).select("fact", "rlo", "rhi")
    return claims.join(open_, on="fact").filter(
        pl.col("lo") <= pl.col("rhi"), pl.col("hi") >= pl.col("rlo")
    ).with_columns(lo=pl.max_horizontal("lo", "rlo"), hi=pl.min_horizontal("hi", "rhi"))  # fmt: skip


def _narrowed(state: pl.DataFrame, found: pl.DataFrame, tier: int) -> pl.DataFrame:
    """The state with what this tier found; the first step that had to be taken is kept, a tie always."""
    first = pl.col("by").is_not_null() & (pl.col("step").is_null() | (pl.col("by") == "tie"))
    return state.join(found, on="fact", how="left").select(
        "fact",
        pl.coalesce("nlo", "rlo").alias("rlo"),
        pl.coalesce("nhi", "rhi").alias("rhi"),
        pl.when(first).then("by").otherwise("step").alias("step"),
        pl.when(first).then(pl.lit(tier, pl.Int8)).otherwise("at").alias("at"),
    )


def _choose(claims: pl.DataFrame, *, newest_first: bool) -> pl.DataFrame:
    """The winning family of each fact whose claims conflict, or its equal families with `by` = tie."""
    ends = _ends(claims)
    families = ends.filter("mark").select("fact", "at", "n", nlo="pos", nhi="next")
    steps = [("later", _latest), ("origins", _most)] if newest_first else [("origins", _most), ("later", _known_latest)]
    settled = []
    for word, keep in steps:
        families = keep(families, ends)
        alone = pl.len().over("fact") == 1
        settled.append(families.filter(alone).with_columns(by=pl.lit(word)))
        families = families.filter(~alone)
    settled.append(families.with_columns(by=pl.lit("tie")))
    return pl.concat(settled).select("fact", "nlo", "nhi", "by")


def _ends(claims: pl.DataFrame) -> pl.DataFrame:
    """All ends in order: `n` origins cover the place after a start; `mark` where the last start precedes the first end.

    Such a place is a largest family, and the two ends are its intersection. An origin that speaks twice of overlapping
    ranges counts once: its ranges are merged into voices that stand beside its claims.
    """
    again = pl.struct("fact", "origin").hash().is_duplicated()
    rows = claims.with_columns(again=again, claim=pl.int_range(pl.len(), dtype=pl.UInt32))
    voices = _voices(rows.filter("again")).select(
        "fact", "lo", "hi", claim=pl.lit(None, pl.UInt32), day=pl.lit(NEVER, pl.Int32), weight=pl.lit(1)
    )
    rows = rows.select("fact", "lo", "hi", "claim", "day", weight=pl.when("again").then(0).otherwise(1))
    both = pl.concat([rows, voices], how="vertical_relaxed")
    ends = pl.concat(
        [
            both.select("fact", "claim", "day", "weight", pos="lo", kind=FIRST),
            both.select("fact", "claim", "day", -pl.col("weight"), pos="hi", kind=LAST),
        ]
    ).sort("fact", "pos", "kind")
    return ends.with_columns(
        at=pl.int_range(pl.len(), dtype=pl.UInt32),
        n=pl.col("weight").cum_sum(),  # every fact sums to nought, so that one running sum serves all
        next=pl.col("pos").shift(-1),
        mark=(pl.col("kind") == 0) & (pl.col("kind").shift(-1) == 1),
    )


def _voices(claims: pl.DataFrame) -> pl.DataFrame:
    """The ranges of each origin about each fact, those that overlap merged into one."""
    before = pl.col("hi").cum_max().shift(1).over("fact", "origin")
    apart = (before.is_null() | (pl.col("lo") > before)).cum_sum()
    ordered = claims.sort("fact", "origin", "lo").with_columns(voice=apart)
    return ordered.group_by("voice").agg(pl.col("fact").first(), pl.col("lo").min(), pl.col("hi").max())


def _most(families: pl.DataFrame, ends: pl.DataFrame) -> pl.DataFrame:
    """The families with most origins."""
    return families.filter(pl.col("n") == pl.col("n").max().over("fact"))


def _latest(families: pl.DataFrame, ends: pl.DataFrame) -> pl.DataFrame:
    """The families that hold the latest claim among all that are in one of them."""
    families, reach = _reach(families, ends)
    return _held_by(families, reach.filter(pl.col("day") == pl.col("day").max().over("fact"))).drop("number")


def _known_latest(families: pl.DataFrame, ends: pl.DataFrame) -> pl.DataFrame:
    """The same, and the families that have no date: they are neither earlier nor later."""
    families, reach = _reach(families, ends)
    dated = reach.filter(pl.col("day") > NEVER)
    newest = _held_by(families, dated.filter(pl.col("day") == pl.col("day").max().over("fact")))
    return pl.concat([newest, families.join(_held_by(families, dated), on="number", how="anti")]).drop("number")


def _reach(families: pl.DataFrame, ends: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The families numbered, and for each claim the `first` and `last` number of those it covers.

    A claim covers families that stand in a row: their numbers come from a running count.
    """
    families = families.sort("at").with_columns(number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    own = ends.join(families.select("fact").unique(), on="fact", how="semi", maintain_order="left")
    own = own.join(families.select("at", "number"), on="at", how="left", maintain_order="left").with_columns(
        passed=pl.col("number").is_not_null().cast(pl.Int64).cum_sum()
    )
    starts = own.filter(pl.col("claim").is_not_null(), pl.col("kind") == 0).select(
        "fact", "claim", "day", first=pl.col("passed") + pl.col("number").is_null().cast(pl.Int64)
    )
    stops = own.filter(pl.col("claim").is_not_null(), pl.col("kind") == 1).select("claim", last="passed")
    return families, starts.join(stops, on="claim").filter(pl.col("first") <= pl.col("last"))


def _held_by(families: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The families that some of these claims cover."""
    turns = pl.concat(
        [
            claims.select(number="first", turn=pl.lit(1)),
            claims.select(number=pl.col("last") + 1, turn=pl.lit(-1)),
            families.select("number", turn=pl.lit(0)),
        ]
    )
    held = turns.group_by("number").agg(pl.col("turn").sum()).sort("number").with_columns(pl.col("turn").cum_sum())
    return families.join(held.filter(pl.col("turn") > 0), on="number", how="semi")
