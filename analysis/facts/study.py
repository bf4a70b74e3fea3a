"""A notebook's second cell: its parameters checked, the data read and resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analysis.articles.corpus import Corpus, load
from analysis.articles.schema import LANGS
from analysis.errors import DataError, nearest, one_of
from analysis.facts.prices import check_dollars
from analysis.facts.reactions import SCENARIOS
from analysis.facts.resolve import POLICIES, Facts, resolve

SCOPES = ("all", "seed")


def study(
    *,
    lang: str = "en",
    policy: str = "balanced",
    as_of: str = "",
    scope: str = "all",
    articles: Sequence[str] = (),
    root: Path | str | None = None,
    **own: str,
) -> Facts:
    """Read the data and hold it to a notebook's parameters.

    Args:
        lang: language of titles and labels: en or fr.
        policy: how claims become facts: balanced, official or latest.
        as_of: a day (YYYY-MM-DD); only what was public on it counts. Empty: everything.
        scope: `all`, or `seed` for the first articles alone.
        articles: ids that filter the articles; none means every article of the scope.
        root: where `data/` lies; found from the working folder otherwise.
        own: a notebook's own parameters: deal, baseline and supplier (ids of subjects), scenario, dollars (a month).

    Raises:
        DataError: a parameter has a value that is not allowed; the message names those that are.
    """
    corpus = load(root)
    known = corpus.articles["id"].to_list()
    for name, value, choices in (("lang", lang, LANGS), ("policy", policy, POLICIES), ("scope", scope, SCOPES)):
        if value not in choices:
            raise DataError(f"parameter {name}: {one_of(value, choices)}")
    check_own(corpus, own)
    for article in articles:
        if article not in known:
            raise DataError(f"parameter articles: '{article}' is not an article of data/.{nearest(article, known)}")
    return resolve(corpus, policy=policy, as_of=as_of_day(as_of), scope=scope, articles=list(articles) or None)


def check_own(corpus: Corpus, own: Mapping[str, Any]) -> None:
    """Refuse a notebook's or figure's own parameter whose value is not in the data.

    Raises:
        DataError: the value is no text, or none of those that are allowed, which are named.
    """
    subjects = dict(zip(corpus.subjects["id"], corpus.subjects["type"], strict=True))
    kinds = {"deal": "deal", "baseline": "deal", "supplier": "org"}
    allowed = {name: [id for id, type in subjects.items() if type == kind] for name, kind in kinds.items()}
    allowed["scenario"] = list(SCENARIOS)
    for name, value in own.items():
        if not isinstance(value, str) or (name in allowed and value not in allowed[name]):
            raise DataError(f"parameter {name}: {one_of(value, allowed.get(name, ['a text']))}")
    if "dollars" in own:
        check_dollars(own["dollars"], root=corpus.root)


def as_of_day(as_of: str) -> date | None:
    """The day that `as_of` names; null where it is empty.

    >>> as_of_day("2025-06-13")
    datetime.date(2025, 6, 13)
    """
    if not as_of:
        return None
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        way = "Write it as 2025-06-13, or leave it empty."
        raise DataError(f"parameter as_of: '{as_of}' is not a day. {way}") from None
