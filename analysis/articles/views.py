"""What a notebook shows of a corpus: a small table of words, every value escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from analysis.articles import wording

if TYPE_CHECKING:
    from analysis.articles.corpus import Corpus

MOST = 30  # rows; a frame shows the rest


def corpus_html(corpus: Corpus, lang: str = "en") -> str:
    """The first claims of each article with their words."""
    claims = corpus.claims.sort("article_id", "line").group_by("article_id", maintain_order=True).head(5)
    shown = [
        (row["article_id"], row["id"], wording.sentence(row, corpus, lang), row["quote"] or "")
        for row in claims.head(MOST).iter_rows(named=True)
    ]
    more = f"{corpus.claims.height} claims in .claims, one with its evidence by .claim(id)"
    return table(repr(corpus), ("Article", "Claim", "What is said", "In its words"), shown, more)


def table(caption: str, heads: Iterable[str], rows: Iterable[tuple[str, ...]], foot: str) -> str:
    """A table with a caption, and a line under it."""
    left = ' style="text-align:left"'  # JupyterLab sets numbers; these are words
    top = "".join(f"<th{left}>{escape(head)}</th>" for head in heads)
    body = "".join("<tr>" + "".join(f"<td{left}>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
        f"<p>{escape(foot)}</p>"
    )
