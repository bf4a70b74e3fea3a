"""Markdown with figures, tables and footnotes -> DOCX, PDF, LaTeX or HTML, by pandoc and typst, offline."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import DataError, MissingTool, one_of
from analysis.reports.blocks import Block, blocks, joined
from analysis.reports.house import house_style, whole_rows
from analysis.reports.words import WORDS

FORMATS = ("docx", "pdf", "tex", "html")
INSTALL = "pip install 'deal-analysis[memo]'"
# Markdown of a memo is text: no raw HTML, TeX or other code passes into the document.
MARKDOWN = "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-citations-yaml_metadata_block+pipe_tables"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~^@])")


def escaped(text: Any) -> str:
    """Text as Markdown that shows it, whatever it holds; line ends become spaces."""
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split()) if "\n" in str(text) else str(text))


def pandoc(arguments: list[str], source: str | bytes, *, folder: Path | None = None) -> bytes:
    """Run pandoc on a text, in `folder`; returns what it prints.

    Raises:
        MissingTool: pypandoc-binary is not installed.
        DataError: pandoc refuses the text.
    """
    try:
        import pypandoc
    except ImportError:
        raise MissingTool(f"pandoc is needed to write documents and is not here. Install it: {INSTALL}") from None
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *arguments],
        input=source.encode() if isinstance(source, str) else source,
        capture_output=True,
        cwd=folder,
        timeout=120,
        env=os.environ | {"SOURCE_DATE_EPOCH": "315532800"},
    )
    if done.returncode:
        raise DataError(f"pandoc: {done.stderr.decode(errors='replace').strip().splitlines()[-1]}")
    return done.stdout


def write(markdown: str, target: Path, *, title: str, lang: str, folder: Path, template: Path | None = None) -> Path:
    """Write a document in the format that its name ends in, whole or not at all.

    Args:
        markdown: in `MARKDOWN`, its pictures named relative to `folder`.
        target: ends in .docx, .pdf, .tex or .html.
        title: of the document.
        lang: en or fr: hyphenation and the words that the format adds.
        folder: where the pictures lie.
        template: a DOCX whose styles are taken (a house style).
    """
    kind = target.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        raise DataError(f"{target.name}: '{kind}' {one_of(kind, FORMATS).split(' ', 1)[1]}")
    arguments = ["-f", MARKDOWN, "-M", f"lang={'fr-FR' if lang == 'fr' else 'en-GB'}", "-M", f"title={title}"]
    if kind == "pdf":
        body = pandoc([*arguments, "-t", "typst"], markdown, folder=folder).decode()
        made = _pdf(body, markdown, title=title, lang=lang, folder=folder)
    elif kind == "docx":
        made = _docx(arguments, markdown, folder, template)
    else:
        extra = ["--embed-resources", "-t", "html5"] if kind == "html" else ["-t", "latex"]
        made = pandoc([*arguments, "-s", *extra], markdown, folder=folder)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(made)
        os.replace(part, target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DataError(f"{target}: cannot be written ({error.strerror}). Choose another place.") from None
    return target


def _docx(arguments: list[str], markdown: str, folder: Path, template: Path | None) -> bytes:
    with tempfile.TemporaryDirectory() as room:
        style, made = Path(room) / "reference.docx", Path(room) / "made.docx"
        style.write_bytes(template.read_bytes() if template else house_style(_plain_style()))
        pandoc([*arguments, "-t", "docx", f"--reference-doc={style}", "-o", str(made)], markdown, folder=folder)
        return whole_rows(made.read_bytes())


@cache
def _plain_style() -> bytes:
    return pandoc(["--print-default-data-file", "reference.docx"], "")


def _pdf(body: str, markdown: str, *, title: str, lang: str, folder: Path) -> bytes:
    try:
        import typst
    except ImportError:
        raise MissingTool(f"typst is needed to write PDF and is not here. Install it: {INSTALL}") from None
    alts = {name: re.sub(r'\\(["\\])', r"\1", alt) for name, alt in _ALT.findall(markdown)}
    body = _LED.sub(r"#block(breakable: false, width: 100%)[\n\1\n]", body)  # a lead stays with its figure
    body = body.replace("\n#block[\n", "\n#block(sticky: true)[\n")
    body = re.sub(r'image\("([^"]+)"', lambda m: f"{m[0]}, alt: {_quoted(alts.get(m[1], ''))}", body)
    top = (Path(__file__).parent / "templates" / "report.typ").read_text(encoding="utf-8")
    source = f"#let doc-title = {_quoted(title)}\n#let doc-lang = {_quoted(lang)}\n{top}\n{body}"
    with tempfile.TemporaryDirectory() as room:
        place = Path(room) / "document.typ"
        place.write_text(source, encoding="utf-8")
        for name in alts:
            (Path(room) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(room) / name).write_bytes((folder / name).read_bytes())
        try:
            return typst.compile(str(place), root=room, ignore_system_fonts=True, timestamp=0)
        except Exception as error:
            raise DataError(f"typst: {str(error).splitlines()[0]}") from None


PAGE = 100  # characters of a table's type that a line of the page holds
_LED = re.compile(  # never over a table's own figure: what cannot break must fit on a page
    r"((?:^=+ [^\n]*\n(?:[^\n#=]+\n)*)?#block\[\n[^#\]]*\]\n#figure\((?:(?!^#figure).)*?^\)\n<[^>]*>)", re.M | re.S
)
_ALT = re.compile(r'\]\(([^)\s]+)\)\{[^}]*?alt="((?:[^"\\]|\\.)*)"')


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def figure_markdown(record: dict[str, Any], picture: str, *, number: int, note: str = "") -> str:
    """A figure with its numbered caption, alt text and width; `note` is what its footnote says."""
    alt = record["alt"].replace("\\", "").replace('"', "'")
    foot = f"^[{escaped(note)}]" if note else ""
    return f'![Figure {number}. {escaped(record["caption"])}{foot}]({picture}){{#fig-{record["id"]} width=16cm alt="{alt}"}}'


def table_markdown(columns: list[dict[str, Any]], rows: Iterable[dict[str, Any]]) -> str:
    """A pipe table whose columns are as wide as what they hold, within reason."""
    lines = [[escaped("" if row.get(c["key"]) is None else row[c["key"]]) or " " for c in columns] for row in rows]
    heads = [f"**{escaped(c['label'])}**" if c["label"] else " " for c in columns]
    wide = _widths([[head, *(line[i] for line in lines)] for i, head in enumerate(heads)])
    rule = [
        "-" * (w - 1) + ":" if c.get("align") == "right" else ":" + "-" * (w - 1)
        for w, c in zip(wide, columns, strict=True)
    ]
    if sum(wide) < 72:  # pandoc shares the page out by these only where a line is longer than its 72 columns
        heads[-1] = heads[-1].ljust(73)
    return "\n".join("| " + " | ".join(line) + " |" for line in [heads, rule, *lines])


def _widths(columns: Sequence[Sequence[str]]) -> list[int]:
    """Characters for each column: its longest word, and of what a page still holds, by how much its longest text lacks."""
    plain = [[text.replace("\\", "").replace("**", "") for text in texts] for texts in columns]
    least = [max((len(word) for text in texts for word in text.split(" ")), default=0) + 3 for texts in plain]
    longest = [max(map(len, texts), default=0) + 2 for texts in plain]
    lacks = [max(0, min(most, 32 + most // 6) - low) for most, low in zip(longest, least, strict=True)]
    share = min(1.0, max(0, PAGE - sum(least)) / max(1, sum(lacks)))
    return [low + round(lack * share) for low, lack in zip(least, lacks, strict=True)]


def markdown_from(
    notebook: dict[str, Any], folder: Path, *, lang: str = "en", prose: dict[str, str] | None = None, scope: str = ""
) -> tuple[str, str]:
    """An executed notebook as one Markdown text; its pictures are written to `folder`.

    Returns:
        The title, and the text under it: scope, answer, prose, figures with footnoted sources, tables, list of sources.
    """
    title, answer, notes, sources, number = "", "", [scope] if scope else [], set(), 0
    parts: list[str] = []
    found = list(blocks(notebook, lang=lang, prose=prose))
    shown = [block for block in found if block.kind in ("prose", "figure", "table", "answer", "note", "error")]
    for place, block in enumerate(shown):
        if not title and (heading := re.match(r"# (.+)\n*", block.text)):
            title, block.text = heading[1].strip(), block.text[heading.end() :]
        if block.kind == "figure":
            number += 1
            sources.update(block.record["sources"])
            parts.append(_figure(block, folder, number, lang))
        elif block.kind == "answer" and not answer:
            answer = f"**{block.text.strip()}**"
        elif block.kind == "note":
            notes.insert(0, block.text.strip())
        elif text := _part(block):
            leads = block.kind == "prose" and place + 1 < len(shown) and shown[place + 1].kind in ("figure", "table")
            parts.append(_lead(text) if leads else text)
    if sources:
        parts += [
            f"## {WORDS[lang].sources}",
            "\n".join(f"- {escaped(source)}" for source in sorted(sources, key=str.casefold)),
        ]
    top = [answer, " ".join(notes)]
    return title or "deals", "\n\n".join(part for part in [*top, *parts] if part)


def _lead(text: str) -> str:
    """A heading with what is said under it, which stays on the page of the figure or table that follows."""
    head, _, said = text.rpartition("\n\n")
    return f"{head}\n\n::: {{custom-style=Lead}}\n{said}\n:::" if said and not said.startswith("#") else text


def _part(block: Block) -> str:
    """One block as Markdown; code and raw output stay in the notebook."""
    if block.kind == "table" and block.rows:
        return table_markdown(block.columns, block.rows)
    return f"**{escaped(block.text)}**" if block.kind == "error" else block.text.strip()


def _figure(block: Block, folder: Path, number: int, lang: str) -> str:
    name = f"{block.record['ref'].replace('@', '-')}.png"
    (folder / name).write_bytes(base64.b64decode(joined(block.data["image/png"])))
    return figure_markdown(block.record, name, number=number, note=block.record["source"])
