"""An analyst's decisions, from data/corrections.toml: a known error put right, a claim pinned with its guard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

import polars as pl

from analysis.articles import edtf
from analysis.articles.corpus import Corpus
from analysis.errors import DataError, one_of

WHERE = "data/corrections.toml"


def corrected(corpus: Corpus) -> Corpus:
    """The corpus with each correction made.

    Raises:
        DataError: a correction names what is not there, or what it corrects reads otherwise by now.
    """
    for correction in corpus.corrections:
        corpus = _correct(corpus, correction)
    return corpus


def _correct(corpus: Corpus, correction: dict[str, Any]) -> Corpus:
    kind = "article" if correction.get("article") else "claim"
    frame, id, field = getattr(corpus, f"{kind}s"), correction.get(kind), correction["field"]
    if id not in frame["id"]:
        raise DataError(f"{WHERE}: {kind} {one_of(id, frame['id'].to_list(), most=3)}")
    if field not in frame.columns:
        raise DataError(f"{WHERE}: {kind} '{id}': field {one_of(field, frame.columns, most=6)}")
    now, found, put = frame.row(by_predicate=pl.col("id") == id, named=True)[field], correction.get("found"), _plain(
        correction.get("put")
    )  # fmt: skip
    if now == put:
        return corpus
    if found is not None and now != _plain(found):
        raise DataError(
            f"{WHERE}: {kind} '{id}': {field} is '{now}', the correction was made for '{found}' "
            f"({correction['guard']}). Look again, then change `found` or take the correction out."
        )
    here = pl.col("id") == id
    changed = frame.with_columns(
        pl.when(here).then(pl.lit(put)).otherwise(pl.col(field)).cast(frame.schema[field]).alias(field)
    )
    corpus = replace(corpus, **{f"{kind}s": changed})
    return _redated(corpus, id, put) if (kind, field) == ("article", "published") else corpus


def _redated(corpus: Corpus, article: Any, published: Any) -> Corpus:
    """An article's date moves its claims that have none of their own."""
    day = pl.lit(edtf.bounds(published)[1], pl.Date)
    own = (pl.col("article_id") == article) & pl.col("said_on").is_null()
    return replace(
        corpus,
        articles=corpus.articles.with_columns(
            published_last=pl.when(pl.col("id") == article).then(day).otherwise("published_last")
        ),
        claims=corpus.claims.with_columns(known_on=pl.when(own).then(day).otherwise("known_on")),
    )


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else value


def pinned(corpus: Corpus, competing: Callable[[dict[str, Any]], Iterable[str]]) -> list[str]:
    """The claims pinned, each with its guard checked.

    Args:
        corpus: the whole corpus, before a scope or a day narrows it.
        competing: a pin -> the ids of all claims about the pinned claim's fact.

    Raises:
        DataError: other claims compete by now than when the pin was set.
    """
    ids = set(corpus.claims["id"]) if corpus.pins else set()
    for pin in corpus.pins:
        if pin["claim"] not in ids:
            raise DataError(f"{WHERE}: pin: claim {one_of(pin['claim'], ids, most=3)}")
        now = sorted(competing(pin))
        if not _guards(pin["guard"], now):
            raise DataError(
                f"{WHERE}: pin of '{pin['claim']}': other claims compete for {pin['subject']} {pin['property']} "
                f"than when it was set: now {', '.join(now)}. Look again, then set guard = {now!r} or take the pin out."
            )
    return [pin["claim"] for pin in corpus.pins]


def guard_of(claims: list[str]) -> str:
    """The short form of a guard: 16 hex of the sorted ids' SHA-256."""
    return sha256("\n".join(sorted(claims)).encode()).hexdigest()[:16]


def _guards(guard: list[str] | str, now: list[str]) -> bool:
    if isinstance(guard, list):
        return sorted(guard) == now
    return guard == guard_of(now) or sorted(guard.replace(",", " ").split()) == now
