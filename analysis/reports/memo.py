"""A memo in Markdown -> a document whose figures and numbers are filled in from the data, with a footnote each.

`![](figure:deal-ratios)` draws a figure, `{{deal.meta-scale-ai-2025.price}}` a number, `{{finding:price_ratio_real | x}}`
a finding in a form of `FORMATS`. A figure may name its parameters: `![](figure:deal-ratios?dollars=2014-02)`.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl

import msgspec

from analysis.articles import wording
from analysis.articles.schema import LANGS
from analysis.errors import DataError, one_of
from analysis.facts.facts import Facts
from analysis.facts.study import study
from analysis.figures.figure import Figure, write_whole
from analysis.figures.linked import CHOICES, HEAD, LINK, figure_named
from analysis.reports import document
from analysis.reports.numbers import FORMATS, Number, Numbers, numbers_of
from analysis.reports.words import WORDS

LIMIT = 5_000_000  # characters: a memo is not a book
PREPARED = {"en": "Prepared with: ", "fr": "Préparé avec\u00a0: "}
_CODE = re.compile(r"`([^`\n]+#[0-9a-f]{8})`")
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
    head = HEAD.match(text)
    known = ("title", *CHOICES)
    given: dict[str, str] = {}
    for number, line in enumerate(head[1].splitlines() if head else [], 2):
        key, colon, value = line.partition(":")
        if line.strip() and (not colon or key.strip() not in known):
            raise DataError(f"{path}:{number}: '{line.strip()}': {one_of(key.strip(), known)}")
        if line.strip():
            given[key.strip()] = value.strip().strip("\"'")
        if key.strip() == "lang" and given["lang"] not in LANGS:
            raise DataError(f"{path}:{number}: lang {one_of(given['lang'], LANGS)}")
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
    numbers, filled = numbers_of(facts, memo.lang), Filled("", [], [])
    text = _NUMBER.sub(lambda match: _number(match, memo, numbers, filled), memo.text)
    text = LINK.sub(lambda match: _figure(match, memo, facts, folder, filled), text)
    cited = [c for f in filled.figures for c in f.claims] + [c for n in filled.numbers for c in n.claims]
    if sources := sources_of(cited, facts, memo.lang):
        lines = "\n".join(f"- {document.escaped(source)}" for source in sources)
        text += f"\n\n## {WORDS[memo.lang].sources}\n\n{lines}"
    settings = ", ".join(f"{name} = {getattr(facts, name) or '-'}" for name in ("policy", "scope", "as_of"))
    filled.markdown = f"{text}\n\n*{PREPARED[memo.lang]}{document.escaped(settings)}, lang = {memo.lang}.*\n"
    return filled


def _where(match: re.Match[str], memo: Memo) -> str:
    """The file and line that a match stands on."""
    return f"{memo.path}:{memo.line + match.string[: match.start()].count(chr(10))}"


def _number(match: re.Match[str], memo: Memo, numbers: Numbers, filled: Filled) -> str:
    path, form = match[1].strip(), (match[2] or "").strip()
    if form and form not in FORMATS:
        raise DataError(f"{_where(match, memo)}: form {one_of(form, FORMATS)}")
    try:
        found = numbers[path]
        shown = found.shown(memo.lang, form)
    except DataError as error:
        raise DataError(f"{_where(match, memo)}: {error}") from None
    filled.numbers.append(found)
    said = wording.word("status", found.standing, memo.lang) if found.standing else ""
    mark = f" ({said})" if said and found.standing != "confirmed" and form != "bare" else ""
    return f"{document.escaped(shown + mark)}^[{footnote(found, numbers.facts, memo.lang)}]"


def _figure(match: re.Match[str], memo: Memo, facts: Facts, folder: Path, filled: Filled) -> str:
    try:
        made = figure_named(match[2], facts, memo.lang, dict(parse_qsl(match[3] or "")))
    except DataError as error:
        raise DataError(f"{_where(match, memo)}: {error}") from None
    (folder / picture_of(made)).write_bytes(made.png)
    filled.figures.append(made)
    record = made.record | {"caption": match[1] or made.caption or made.title}
    note = f"{made.source} {made.ref_line}"
    return document.figure_markdown(record, picture_of(made), number=len(filled.figures), note=note)


def picture_of(figure: Figure) -> str:
    """The name of a figure's picture beside a text: without the sign that TeX and addresses stumble over."""
    return f"{figure.ref.replace('@', '-')}.png"


def footnote(number: Number, facts: Facts, lang: str) -> str:
    """What stands under a number: its range, who says so, and its reference."""
    spread = ""
    if number.lo != number.hi and number.text is None:
        spread = f" ({wording.interval(number.lo, number.hi, number.unit, lang)})"
    rows = facts.corpus.rows_of(number.claims)
    colon = "\u00a0: " if lang == "fr" else ": "
    said = [wording.sentence(row, facts.corpus, lang).replace(f"{number.label}{colon}", "") for row in rows]
    said = list(dict.fromkeys(said))
    voices = (" ; " if lang == "fr" else "; ").join(said[:3]) + ("\u00a0…" if len(said) > 3 else ".")
    return document.escaped(f"{number.label}{spread}. {voices} ") + f"`{number.ref}`"


def sources_of(claims: list[str], facts: Facts, lang: str) -> list[str]:
    """The documents behind claims as a list of sources, once each, in alphabetical order."""
    from analysis.figures.said import behind, documents_of

    return sorted({each["line"] for each in documents_of(facts, behind(facts, claims), lang)}, key=str.casefold)


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
    if not target.parent.is_dir():
        raise DataError(f"{target.parent}: is not a folder, -o names a file in one. Make it first.")
    facts = study(lang=memo.lang, policy=memo.policy, as_of=memo.as_of, scope=memo.scope, root=root)
    with tempfile.TemporaryDirectory() as room:
        filled = fill(memo, facts, Path(room))
        text = filled.markdown
        if (
            target.suffix != ".pdf"
        ):  # typst cuts words at line ends, and never code: elsewhere a reference is plain text
            text = _CODE.sub(lambda match: document.escaped(match[1]), text)
        document.write(
            text, target, title=memo.title or path.stem, lang=memo.lang, folder=Path(room), template=template
        )
        if target.suffix == ".tex":
            for figure in filled.figures:
                write_whole(target.parent / picture_of(figure), figure.png)
    settings = {"policy": facts.policy, "scope": facts.scope, "as_of": facts.as_of}
    numbers = [{"ref": n.ref, "rows": [], "params": settings, "number": msgspec.to_builtins(n)} for n in filled.numbers]
    append_entries(target.parent / "ledger.jsonl", [*map(entry, filled.figures), *numbers])
    return filled
