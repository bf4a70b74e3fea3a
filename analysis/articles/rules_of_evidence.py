"""Rules of evidence: where it stands, how long a quote is, and how much of an article all quotes hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.articles import text as texts
from analysis.articles.book import Book, Problem, is_reference
from analysis.articles.copies import MOST_BYTES
from analysis.articles.files import Contents, Record
from analysis.articles.schema import Claim

MOST_WORDS = 8  # of a quote: short quotation, as design.md allows it
MOST_SHARE = 0.15  # of an article's text, over all quotes
_SHA = re.compile(r"[0-9a-f]+")


def quoted_chars(spans: list[Any]) -> int:
    """How many characters all quotes of an article cover; one quoted twice at one place counts once."""
    seen: dict[tuple[int | None, int | None], list[str]] = {}
    for span in spans:
        start, size, quote = (
            span[k] if isinstance(span, dict) else getattr(span, k) for k in ("start", "len", "quote")
        )
        if quote:
            seen.setdefault((start, size), []).append(texts.fold(quote))
    return sum(
        len(quote)
        for quotes in seen.values()
        for i, quote in enumerate(quotes)
        if not any(quote in other and (quote != other or j < i) for j, other in enumerate(quotes) if j != i)
    )


def evidence(record: Record, book: Book) -> Iterator[Problem]:
    claim: Claim = record.item
    if is_reference(record):
        if claim.evidence:
            yield (
                "evidence",
                "evidence is given, and a page of reference has none: its address stands there. Remove it.",
            )
        return
    if not claim.evidence and claim.by != ["analysis"]:
        yield "id", 'evidence is missing. Write evidence = [{ quote = "…" }] and run `deals anchor`.'
    article = book.get("article", claim.article)
    for span in claim.evidence:
        yield from (("evidence", message) for message in _span(span, article.text_chars if article else None))


def _span(span: Any, text_chars: int | None) -> Iterator[str]:
    if span.quote is None and (span.start is None or span.len is None or span.sha is None):
        yield "evidence has neither a quote nor a whole place (start, len, sha). Give a quote and run `deals anchor`."
    if span.sha is not None and not (len(span.sha) == 16 and _SHA.fullmatch(span.sha)):
        yield f"evidence sha '{span.sha}' is not 16 hex digits. Let `deals anchor` fill it."
    if any(n is not None and not least <= n <= MOST_BYTES for n, least in ((span.start, 0), (span.len, 1))):
        where = f"at {str(span.start)[:12]} over {str(span.len)[:12]} characters"
        yield f"evidence is {where}: nothing is there. Let `deals anchor` fill it."
    elif span.start is not None and span.len is not None and text_chars and span.start + span.len > text_chars:
        end = span.start + span.len
        yield f"evidence ends at {end}, beyond the {text_chars} characters of the text. Let `deals anchor` fill it."
    if span.quote is None:
        return
    quote = texts.fold(span.quote)
    count = len(quote.split())
    if not quote:
        yield "evidence has an empty quote. Remove it, or quote the words."
    if count > MOST_WORDS:
        begins = " ".join(quote.split()[:4])
        yield f"evidence quotes {count} words, and the limit is {MOST_WORDS}. Shorten « {begins} … »."
    if span.len is not None and len(quote) > span.len:
        yield f"evidence « {quote} » is longer than its span of {span.len} characters. Let `deals anchor` fill it."


def check_budgets(contents: Contents) -> None:
    """All quotes of an article together stay under their share of it."""
    spans: dict[str, list[Any]] = {}
    for record in contents.of("claim"):
        spans.setdefault(record.item.article or "", []).extend(record.item.evidence)
    for record in contents.of("article"):
        size, quoted = record.item.text_chars, quoted_chars(spans.get(record.item.id, []))
        if size and quoted / MOST_SHARE >= size:
            share, most = f"{quoted / size:.1%}", f"{MOST_SHARE:.0%}"
            contents.refuse(
                record,
                f"its quotes hold {quoted} of {size} characters ({share}), and the limit is {most}. Shorten them.",
            )
