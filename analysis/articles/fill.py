"""Positions and hashes filled into an article's file from its quotes, line by line, so that comments stay."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from analysis.articles import text as texts
from analysis.articles.copies import texts_in
from analysis.articles.files import Contents, Record, read_file
from analysis.articles.schema import Evidence
from analysis.errors import DataError

_QUOTE = re.compile(r'quote\s*=\s*("(?:[^"\\]|\\.)*"|\'[^\']*\')')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#[^\n]*|[{}\[\]]')


def anchor(file: str | os.PathLike[str], texts_folder: str | os.PathLike[str]) -> str:
    """Fill start, len and sha of each span of evidence from its quote, and the text's hash and length.

    A span that is right already stays; one without a position becomes its quote. The file is written whole or not at all.

    Args:
        file: one article's TOML file, as in data/articles/.
        texts_folder: the folder that holds the article's text.

    Returns:
        The name of the text that the file was held to.

    Raises:
        DataError: a quote is not in the text, or in several places: all of them are named.
    """
    path = Path(file)
    if not path.is_file():
        raise DataError(f"{path}: there is no such file. Name an article's file in data/articles/.")
    contents = read_file(path)
    if not contents.problems and len(contents.of("article")) != 1:
        contents.problems.append(f"{path.name}: it holds {len(contents.of('article'))} articles. Anchor a file of one.")
    if contents.problems:
        raise DataError(problems=[f"{path.parent / problem}" for problem in contents.problems])
    name, text = _text_of(contents, path, Path(texts_folder))
    source = contents.texts[path.name]
    edits = [edit for record in contents.of("claim") for edit in _claim_edits(contents, record, source, text)]
    if contents.problems:
        raise DataError(problems=[f"{path.parent / problem}" for problem in contents.problems])
    for first, last, put in sorted(edits, reverse=True):
        source = source[:first] + put + source[last:]
    source = _put(source, "text_chars", str(len(text)))
    source = _put(source, "text_sha256", f'"{texts.sha256(text)}"')
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(source, encoding="utf-8", newline="\n")
    os.replace(beside, path)
    return name


def _text_of(contents: Contents, path: Path, folder: Path) -> tuple[str, str]:
    """The text that has the article's hash, else the one that holds most of its quotes, and at least half."""
    found = texts_in(folder)
    wanted = contents.of("article")[0].item.text_sha256
    for name, text in found.items():
        if text and texts.sha256(text) == wanted:
            return name, text
    quotes = [span.quote for record in contents.of("claim") for span in record.item.evidence if span.quote]
    counts = {name: sum(bool(texts.locate(quote, text)) for quote in quotes) for name, text in found.items()}
    best = max(counts, key=lambda name: counts[name], default=None)
    if best is None or not counts[best] or (counts[best] * 2 < len(quotes) and len(counts) > 1):
        held = f"the nearest, {best}, holds {counts[best]} of {len(quotes)} quotes" if best else "it is empty"
        raise DataError(f"{path}: no text in {folder} is this article: {held}. Give the folder that holds its text.")
    return best, found[best]


def _claim_edits(contents: Contents, record: Record, source: str, text: str) -> Iterator[tuple[int, int, str]]:
    """Each inline table of a claim's evidence, as (first, last, what to put there)."""
    spans = record.item.evidence
    places = list(_tables(source, record.line)) if spans else []
    if len(places) != len(spans):
        contents.refuse(record, 'its evidence is not inline. Write evidence = [{ quote = "…" }].', "evidence")
        return
    for span, (first, last) in zip(spans, places, strict=True):
        try:
            start, size = _place(span, text)
        except DataError as error:
            contents.refuse(record, str(error), "evidence")
            continue
        written = _QUOTE.search(source, first, last)
        quote = f", {written[0]}" if written else ""
        sha = texts.short_sha(text[start : start + size])
        yield first, last, f'{{ start = {start}, len = {size}, sha = "{sha}"{quote} }}'


def _place(span: Evidence, text: str) -> tuple[int, int]:
    """Where a span stands: as given where that holds, else where its hash or its quote is found."""
    start, size, quote = span.start, span.len, texts.fold(span.quote or "")
    if start is not None and size is not None and start >= 0 and start + size <= len(text) and size > 0:
        there = text[start : start + size]
        if span.sha == texts.short_sha(there) or (span.sha is None and quote in there):
            return start, size
    if not quote:
        raise DataError('evidence is no longer at its place, and has no quote to be found by. Add quote = "…".')
    found = texts.locate(quote, text)
    if not found:
        raise DataError(f"« {quote} » is not in the text. Correct the quote: it is compared letter by letter.")
    near = [place for place in found if start is not None and start <= place < start + max(size or 0, 1)]
    if len(near or found) > 1:
        places = ", ".join(map(str, found[:6])) + (", …" if len(found) > 6 else "")
        way = "Lengthen the quote, or give the start of one."
        raise DataError(f"« {quote} » stands in {len(found)} places ({places}). {way}")
    place = (near or found)[0]
    if size is not None and size > len(quote):
        first, last = texts.sentence_at(text, place, place + len(quote))
        return first, last - first
    return place, len(quote)


def _tables(source: str, line: int) -> Iterator[tuple[int, int]]:
    """The inline tables of the first `evidence = [ … ]` after a claim's header, as spans of the file."""
    at = sum(len(text) + 1 for text in source.split("\n")[:line])
    head = re.compile(r"^[ \t]*evidence\s*=\s*\[|^[ \t]*\[", re.M).search(source, at)
    if head is None or not head[0].lstrip().startswith("evidence"):
        return
    depth, first = 1, 0
    for token in _TOKEN.finditer(source, head.end()):
        if token[0] == "{":
            first = token.start()
        elif token[0] == "}":
            yield first, token.end()
        depth += {"[": 1, "]": -1}.get(token[0], 0)
        if depth == 0:
            return


def _put(source: str, name: str, value: str) -> str:
    """Set a key of [article], on its own line or else on a new one under the header."""
    head = re.search(r"^[ \t]*\[\[?\s*article\s*\]\]?[^\n]*\n", source, re.M)
    if head is None:
        return source
    end = re.compile(r"^[ \t]*\[", re.M).search(source, head.end())
    limit = end.start() if end else len(source)
    line = re.compile(rf"^([ \t]*{name}\s*=\s*)(?:\"[^\"\n]*\"|[^#\n]*?)([ \t]*(?:#[^\n]*)?)$", re.M)
    found = line.search(source, head.end(), limit)
    if found:
        return source[: found.start()] + found[1] + value + found[2] + source[found.end() :]
    last = re.compile(r"[^\n]*\S[^\n]*\n?", re.M)
    place = max((m.end() for m in last.finditer(source, head.end(), limit)), default=head.end())
    gap = "" if source[place - 1] == "\n" else "\n"
    return f"{source[:place]}{gap}{name} = {value}\n{source[place:]}"
