"""A memo's links to figures, `![](figure:deal-ratios?dollars=2014-02)`, drawn from the data as the memo's head asks.

A link names a figure and no version: what it shows is what the data say today.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from analysis.articles.schema import LANGS
from analysis.errors import DataError, nearest, one_of
from analysis.figures import FIGURES

if TYPE_CHECKING:
    from analysis.facts.facts import Facts
    from analysis.figures.figure import Figure

LINK = re.compile(r"!\[([^\]]*)\]\(figure:([^)\s?]+)(?:\?([^)\s]*))?\)")
HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.S)
CHOICES = ("lang", "policy", "as_of", "scope")  # what a head sets beside its title


def figure_named(name: str, facts: Facts, lang: str, given: Mapping[str, Any]) -> Figure:
    """Draw a figure by its id, with its own parameters (`dollars`, `deal`, …)."""
    from analysis.facts.study import check_own

    if name not in FIGURES:
        raise DataError(f"figure {one_of(name, FIGURES)}")
    function = FIGURES[name][0]
    takes = {p for p in inspect.signature(function).parameters if p not in ("facts", "lang")}
    for key in given:
        if key not in takes:
            raise DataError(
                f"figure '{name}': has no parameter '{key}', it has {', '.join(sorted(takes)) or 'none'}.{nearest(key, takes)}"
            )
    check_own(facts.corpus, given)
    return function(facts, lang=lang, **given)


def links(text: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each link's line (`line 14`), figure and parameters."""
    for match in LINK.finditer(text):
        yield f"line {1 + text.count(chr(10), 0, match.start())}", match[2], dict(parse_qsl(match[3] or ""))


def head_of(text: str) -> dict[str, str]:
    """The settings between a text's first two lines `---`, as far as they can be read."""
    head = HEAD.match(text.replace("\r\n", "\n"))
    pairs = (line.partition(":") for line in (head[1].splitlines() if head else []))
    return {key.strip(): value.strip().strip("\"'") for key, colon, value in pairs if colon}


def drawn_today(text: str, root: Path | None) -> Iterator[tuple[str, str, dict[str, Any] | None, str]]:
    """Each link's line and figure, with the record of what it shows today; else null, and why it cannot be drawn."""
    from analysis.facts.study import study

    head = head_of(text)
    lang = head.get("lang", "en")
    facts, why = None, ""
    try:
        if lang not in LANGS:
            raise DataError(f"lang {one_of(lang, LANGS)}")
        facts = study(root=root, **{name: head[name] for name in CHOICES if head.get(name)})
    except DataError as error:
        why = str(error)
    for where, id, given in links(text):
        try:
            yield where, id, (figure_named(id, facts, lang, given).record if facts else None), why
        except DataError as error:
            yield where, id, None, str(error)
