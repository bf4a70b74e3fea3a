"""What an article's words became: each claim with its quote, beside the fact it supports or dissents from.

The article's text itself is shown only from a reader's own copy, by a page of this process: what a notebook or a report
stores is the page's address, never the text.
"""

from __future__ import annotations

import html
import os
import secrets
import threading
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import polars as pl

from analysis.articles import text as texts
from analysis.articles import wording
from analysis.articles.corpus import Corpus
from analysis.articles.views import table
from analysis.errors import DataError, one_of
from analysis.facts.explain import worded
from analysis.facts.facts import Facts


def became(facts: Facts, article: str, *, lang: str = "en") -> pl.DataFrame:
    """One row a claim of the article, in reading order: quote, statement, the fact's standing, and this claim's part in it.

    `part` is support, dissent, the reason why it was set aside, or null where no fact draws on it.
    """
    corpus = facts.corpus
    if article not in corpus.articles["id"].to_list():
        raise DataError(f"article {one_of(article, corpus.articles['id'].to_list())}")
    standing = {claim: row for row in facts.frame.iter_rows(named=True) for claim in row["support"]}
    dissent = {d["claim"]: row for row in facts.frame.iter_rows(named=True) for d in row["dissent"]}
    aside = dict(facts.set_aside.select("claim", "reason").iter_rows())
    places = corpus.evidence.filter(pl.col("article_id") == article).group_by("claim_id").agg(pl.col("start").min())
    claims = corpus.claims.filter(pl.col("article_id") == article).join(
        places, left_on="id", right_on="claim_id", how="left"
    )
    rows = []
    for claim in claims.sort("start", "line", nulls_last=True).iter_rows(named=True):
        fact = standing.get(claim["id"]) or dissent.get(claim["id"]) or {}
        part = "support" if claim["id"] in standing else "dissent" if claim["id"] in dissent else aside.get(claim["id"])
        rows.append({
            "quote": claim["quote"], "claim": claim["id"], "statement": wording.sentence(claim, corpus, lang),
            "fact": fact.get("id"), "standing": fact.get("standing"), "part": part,
        })  # fmt: skip
    return pl.DataFrame(
        rows, schema=dict.fromkeys(("quote", "claim", "statement", "fact", "standing", "part"), pl.Utf8)
    )


@dataclass(frozen=True)
class Beside:
    """The claims of an article beside the facts they became, as a table of words; `.frame` holds the rows."""

    frame: pl.DataFrame
    facts: Facts
    lang: str = "en"

    def _repr_html_(self) -> str:
        corpus, french = self.facts.corpus, self.lang == "fr"
        held = {row["id"]: worded(corpus, row, self.lang) for row in self.facts.frame.iter_rows(named=True)}
        shown = [
            (
                row["quote"] or "", row["statement"], held.get(row["fact"], ""),
                wording.word("status", row["standing"], self.lang) if row["standing"] else "", row["part"] or "",
            )
            for row in self.frame.iter_rows(named=True)
        ]  # fmt: skip
        heads = ("In its words", "What is said", "What is held true", "Who vouches", "Its part")
        if french:
            heads = ("Dans ses mots", "Ce qui est dit", "Ce qui est tenu pour vrai", "Qui en répond", "Son rôle")
        return table(self.__repr__(), heads, shown, "")

    def __repr__(self) -> str:
        said = "affirmations, dans l’ordre du texte" if self.lang == "fr" else "claims, in the order of the text"
        return f"{self.frame.height} {said}"


def beside(facts: Facts, article: str, *, lang: str = "en") -> Beside:
    """Each claim of the article with its words, beside the value of the fact that it supports or dissents from."""
    return Beside(became(facts, article, lang=lang), facts, lang)


class Live:
    """An article with its claims marked, served to this machine while the kernel lives; nothing of the text is kept."""

    def __init__(self, page: str | None) -> None:
        self._page = page

    def _repr_html_(self) -> str:
        if self._page is None or "JPY_SESSION_NAME" not in os.environ:  # only a person's own Jupyter session shows it
            return "<p>The text is shown live in JupyterLab to who has it: set DEALS_TEXTS to its folder.</p>"
        return f'<iframe src="{_served(self._page)}" width="100%" height="480" title="article"></iframe>'

    def __repr__(self) -> str:
        return "an article's text, shown live only"


def marked_text(facts: Facts, article: str, *, lang: str = "en") -> Live:
    """The reader's own copy of an article, each quote marked with its claim; found by its hash under DEALS_TEXTS."""
    corpus = facts.corpus
    text = _own_copy(corpus, article)
    if text is None:
        return Live(None)
    spans = corpus.evidence.filter((pl.col("article_id") == article) & pl.col("quote").is_not_null())
    told = {
        row["claim"]: f"{row['statement']} ({row['part'] or '-'})"
        for row in became(facts, article, lang=lang).to_dicts()
    }
    marks: dict[tuple[int, int], list[str]] = {}
    for span in spans.iter_rows(named=True):
        quote = texts.fold(span["quote"])
        at = text.find(quote, span["start"] or 0)
        if at >= 0:
            marks.setdefault((at, at + len(quote)), []).append(told.get(span["claim_id"], span["claim_id"]))
    out, cursor = [], 0
    for (start, end), notes in sorted(marks.items()):
        if start >= cursor:
            title = html.escape("\n".join(dict.fromkeys(notes)), quote=True)
            out += [html.escape(text[cursor:start]), f'<mark title="{title}">{html.escape(text[start:end])}</mark>']
            cursor = end
    body = "".join([*out, html.escape(text[cursor:])])
    return Live(f'<!doctype html><meta charset="utf-8"><body style="font:16px/1.6 sans-serif;max-width:44em">{body}')


def _own_copy(corpus: Corpus, article: str) -> str | None:
    folder = os.environ.get("DEALS_TEXTS")
    row = corpus.articles.filter(pl.col("id") == article).row(0, named=True)
    for path in sorted(Path(folder).glob("*.txt")) if folder else []:
        text = texts.fold(path.read_text(encoding="utf-8", errors="replace"))
        if texts.sha256(text) == row["text_sha256"]:
            return text
    return None


def _served(page: str) -> str:
    """The address of a page on this machine, under a name that cannot be guessed."""
    name = secrets.token_urlsafe()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, pages={f"/{name}": page}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/{name}"


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, *args: Any, pages: dict[str, str]) -> None:
        self._pages = pages
        super().__init__(*args)

    def do_GET(self) -> None:
        page = self._pages.get(self.path)
        body = (page or "").encode()
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing on the terminal."""
