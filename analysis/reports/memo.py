"""A memo in Markdown -> a document whose figures and numbers are filled in from the data, with a footnote each.

`![](figure:deal-ratios)` draws a figure, `{{deal.meta-scale-ai-2025.price}}` a number, `{{finding:price_ratio_real | x}}`
a finding in a form of `FORMATS`. A figure may name its parameters: `![](figure:deal-ratios?dollars=2014-02)`.
"""

from __future__ import annotations

import inspect
import re
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from analysis.articles import wording
from analysis.errors import DataError, nearest, one_of
from analysis.facts.facts import Facts
from analysis.facts.study import study
from analysis.figures import FIGURES
from analysis.figures.figure import Figure
from analysis.reports import document
from analysis.reports.numbers import FORMATS, Number, Numbers
from analysis.reports.words import WORDS

LIMIT = 5_000_000  # characters: a memo is not a book
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.S)
_FIGURE = re.compile(r"!\[([^\]]*)\]\(figure:([^)\s?]+)(?:\?([^)\s]*))?\)")
_NUMBER = re.compile(r"\{\{([^{}|\n]+?)(?:\|\s*([^{}\n]*?)\s*)?\}\}")


class Memo(msgspec.Struct):
    """A memo as its author wrote it: the head's settings, and the text under it."""

    path: Path
    text: str
    line: int  # of the text's first line in the file
    title: str = ""
    lang: str = "en"
    policy: str = "balanced"
    as_of: str = ""
    scope: str = "all"


class Filled(msgspec.Struct):
    """A memo filled in: Markdown, and what it cites in order."""

    markdown: str
    figures: list[Figure]
    numbers: list[Number]


def read_memo(path: Path) -> Memo:
    """Read a memo and its head (`key: value` lines between `---`).

    Raises:
        DataError: it is not text, too long, or its head names what a memo does not have.
    """
    try:
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise DataError(f"{path}: is not UTF-8 text, a memo is Markdown. Save it as UTF-8.") from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Name the memo's file.") from None
    if len(text) > LIMIT:
        raise DataError(f"{path}: {len(text)} characters, a memo has {LIMIT} at most. Split it.")
    head = _HEAD.match(text)
    known = ("title", "lang", "policy", "as_of", "scope")
    given: dict[str, str] = {}
    for number, line in enumerate(head[1].splitlines() if head else [], 2):
        key, colon, value = line.partition(":")
        if line.strip() and (not colon or key.strip() not in known):
            raise DataError(f"{path}:{number}: '{line.strip()}': {one_of(key.strip(), known)}")
        if line.strip():
            given[key.strip()] = value.strip().strip("\"'")
    body = text[head.end() :] if head else text
    if title := re.match(r"\s*# (.+)\n", body):
        given.setdefault("title", title[1].strip())
        body = "\n" * title[0].count("\n") + body[title.end() :]
    return Memo(path, body, 1 + (head[0].count("\n") if head else 0), **given)


def fill(memo: Memo, facts: Facts, folder: Path) -> Filled:
    """Fill a memo's figures and numbers in; pictures are written to `folder`.

    Raises:
        DataError: a figure or number that is unknown, unresolved or not known, with the memo's line and the choices.
    """
    numbers, t = Numbers(facts, memo.lang), WORDS[memo.lang]
    filled = Filled("", [], [])

    def where(match: re.Match[str]) -> str:
        return f"{memo.path}:{memo.line + memo.text[: match.start()].count(chr(10))}"

    def number(match: re.Match[str]) -> str:
        path, form = match[1].strip(), (match[2] or "").strip()
        if form and form not in FORMATS:
            raise DataError(f"{where(match)}: form {one_of(form, FORMATS)}")
        try:
            found = numbers[path]
        except DataError as error:
            raise DataError(f"{where(match)}: {error}") from None
        filled.numbers.append(found)
        said = wording.word("status", found.standing, memo.lang) if found.standing else ""
        mark = f" ({said})" if found.standing != "confirmed" and said and form != "bare" else ""
        return f"{document.escaped(found.shown(memo.lang, form) + mark)}^[{footnote(found, facts, memo.lang)}]"

    def figure(match: re.Match[str]) -> str:
        try:
            made = figure_named(match[2], facts, memo.lang, match[3] or "")
        except DataError as error:
            raise DataError(f"{where(match)}: {error}") from None
        name = f"{made.ref.replace('@', '-')}.png"
        (folder / name).write_bytes(made.png)
        filled.figures.append(made)
        record = made.record | {"caption": match[1] or made.caption or made.title}
        return document.figure_markdown(record, name, number=len(filled.figures), note=f"{made.source} {made.ref_line}")

    text = _NUMBER.sub(number, memo.text)
    text = _FIGURE.sub(figure, text)
    cited = [c for f in filled.figures for c in f.claims] + [c for n in filled.numbers for c in n.claims]
    sources = sources_of(cited, facts, memo.lang)
    if sources:
        text += f"\n\n## {t.sources}\n\n" + "\n".join(f"- {document.escaped(source)}" for source in sources)
    settings = f"{t.prepared}: policy = {facts.policy}, scope = {facts.scope}, as_of = {facts.as_of or '-'}, lang = {memo.lang}"
    filled.markdown = f"{text}\n\n*{document.escaped(settings)}.*\n"
    return filled


def footnote(number: Number, facts: Facts, lang: str) -> str:
    """What stands under a number: its range, who says so, and its reference."""
    spread = ""
    if number.lo != number.hi and number.text is None:
        spread = f" ({wording.interval(number.lo, number.hi, number.unit, lang)})"
    claims = facts.corpus.claims
    said = [
        wording.sentence(row, facts.corpus, lang)
        for row in claims.filter(claims["id"].is_in(list(number.claims))).iter_rows(named=True)
    ]
    voices = " ; ".join(dict.fromkeys(said[:3])) + (" …" if len(said) > 3 else "")
    return document.escaped(f"{number.label}{spread}. {voices}. {number.ref}")


def sources_of(claims: list[str], facts: Facts, lang: str) -> list[str]:
    """The documents behind claims as a list of sources, once each, in alphabetical order."""
    from analysis.figures.cite import document_line

    ids = set(facts.corpus.claims.filter(facts.corpus.claims["id"].is_in(claims))["article_id"].drop_nulls())
    articles = facts.corpus.articles.filter(facts.corpus.articles["id"].is_in(list(ids)))
    return sorted({document_line(row, lang) for row in articles.iter_rows(named=True)})


def figure_named(name: str, facts: Facts, lang: str, query: str = "") -> Figure:
    """Draw a figure by its id, with the parameters of a query (`dollars=2014-02&deal=…`)."""
    if name not in FIGURES:
        raise DataError(f"figure {one_of(name, FIGURES)}")
    function = FIGURES[name][0]
    takes = {p for p in inspect.signature(function).parameters if p not in ("facts", "lang")}
    given: dict[str, Any] = dict(parse_qsl(query))
    for key in given:
        if key not in takes:
            raise DataError(
                f"figure '{name}': has no parameter '{key}', it has {', '.join(sorted(takes)) or 'none'}.{nearest(key, takes)}"
            )
    return function(facts, lang=lang, **given)


def write_memo(path: Path, target: Path, *, template: Path | None = None, root: Path | None = None) -> Filled:
    """Fill a memo in and write it as the format that `target` ends in; records go to `ledger.jsonl` beside it.

    Args:
        path: the memo.
        target: ends in .docx, .pdf, .html or .tex.
        template: a DOCX whose styles are taken.
        root: where data/ lies.
    """
    from analysis.figures.ledger import append_entries, entry

    memo = read_memo(path)
    if template and not template.is_file():
        raise DataError(f"{template}: is not there, --template names a DOCX. Check the path.")
    facts = study(lang=memo.lang, policy=memo.policy, as_of=memo.as_of, scope=memo.scope, root=root)
    with tempfile.TemporaryDirectory() as room:
        filled = fill(memo, facts, Path(room))
        document.write(
            filled.markdown, target, title=memo.title or path.stem, lang=memo.lang, folder=Path(room), template=template
        )
        if target.suffix == ".tex":
            for figure in filled.figures:
                name = f"{figure.ref.replace('@', '-')}.png"
                (target.parent / name).write_bytes((Path(room) / name).read_bytes())
    settings = {"policy": facts.policy, "scope": facts.scope, "as_of": facts.as_of}
    numbers = [{"ref": n.ref, "rows": [], "params": settings, "number": msgspec.to_builtins(n)} for n in filled.numbers]
    append_entries(target.parent / "ledger.jsonl", [*map(entry, filled.figures), *numbers])
    return filled
