"""Markdown with figures, tables and footnotes -> DOCX, PDF, LaTeX or HTML, by pandoc and typst, offline."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import DataError, MissingTool, one_of
from analysis.reports.blocks import Block, blocks, joined
from analysis.reports.words import WORDS

FORMATS = ("docx", "pdf", "tex", "html")
INSTALL = "pip install 'deal-analysis[memo]'"
# Markdown of a memo is text: no raw HTML, TeX or other code passes into the document.
MARKDOWN = "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-citations-yaml_metadata_block+pipe_tables"
_SIZES = {"Title": 40, "Heading1": 30, "Heading2": 26, "Heading3": 22, "Caption": 19}  # half points
_RULES = {"top": "1A1A1A", "bottom": "BFBFBF", "insideH": "D9D9D9"}
_A4 = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" '
    'w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>'
)
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
        style.write_bytes(template.read_bytes() if template else house_style())
        pandoc([*arguments, "-t", "docx", f"--reference-doc={style}", "-o", str(made)], markdown, folder=folder)
        return made.read_bytes()


@cache
def house_style() -> bytes:
    """pandoc's own reference document on A4, in the charts' typeface, with ruled tables."""
    plain = pandoc(["--print-default-data-file", "reference.docx"], "")
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for member in given.infolist():
            text = given.read(member)
            if member.filename == "word/styles.xml":
                text = _styles(text.decode()).encode()
            elif member.filename == "word/document.xml":
                text = re.sub(r"<w:sectPr[^>]*>(?:\s*<w:pg(?:Sz|Mar)[^>]*/>)*", _A4, text.decode()).encode()
            out.writestr(zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _styles(xml: str) -> str:
    """Arial (or Liberation Sans, of the same widths) in ink, bold headings to the left, rules between table rows."""
    fonts = " ".join(f'w:{script}="Arial"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    xml = re.sub(r"<w:rFonts[^>]*/>", f"<w:rFonts {fonts}/>", xml)
    xml = re.sub(r'<w:color w:val="[0-9A-Fa-f]{6}"[^>]*/>', '<w:color w:val="1A1A1A"/>', xml)
    xml = re.sub(
        r'(<w:docDefaults>.*?<w:sz w:val=)"\d+"(.*?<w:szCs w:val=)"\d+"', r'\1"21"\2"21"', xml, count=1, flags=re.S
    )
    for style, size in _SIZES.items():
        sizes = f'<w:b/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        block = re.search(rf'<w:style [^>]*w:styleId="{style}".*?</w:style>', xml, re.S)
        if block:
            new = re.sub(r"<w:(i|jc|szCs|sz)\b[^>]*/>\s*", "", block[0])
            new = new.replace("</w:rPr>", f"{sizes if size > 20 else sizes.removeprefix('<w:b/>')}</w:rPr>")
            xml = xml.replace(block[0], new)
    rules = "".join(f'<w:{k} w:val="single" w:sz="4" w:color="{v}"/>' for k, v in _RULES.items())
    table = r'(<w:style w:type="table"[^>]*w:styleId="Table".*?<w:tblPr>|<w:style [^>]*w:styleId="Table".*?<w:tblPr>)'
    return re.sub(table, rf"\1<w:tblBorders>{rules}</w:tblBorders>", xml, count=1, flags=re.S)


def _pdf(body: str, markdown: str, *, title: str, lang: str, folder: Path) -> bytes:
    try:
        import typst
    except ImportError:
        raise MissingTool(f"typst is needed to write PDF and is not here. Install it: {INSTALL}") from None
    alts = {name: re.sub(r'\\(["\\])', r"\1", alt) for name, alt in _ALT.findall(markdown)}
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
    heads = [escaped(c["label"]) for c in columns]
    wide = [min(48, max(8, *(len(line[i]) for line in [heads, *lines]))) for i in range(len(columns))]
    rule = [
        "-" * (w - 1) + ":" if c.get("align") == "right" else ":" + "-" * (w - 1)
        for w, c in zip(wide, columns, strict=True)
    ]
    if sum(wide) < 72:  # pandoc shares the page out by these only where a line is longer than its 72 columns
        heads[-1] = heads[-1].ljust(73)
    return "\n".join("| " + " | ".join(line) + " |" for line in [heads, rule, *lines])


def markdown_from(
    notebook: dict[str, Any], folder: Path, *, lang: str = "en", prose: dict[str, str] | None = None, scope: str = ""
) -> tuple[str, str]:
    """An executed notebook as one Markdown text; its pictures are written to `folder`.

    Returns:
        The title, and the text under it: scope, answer, prose, figures with footnoted sources, tables, list of sources.
    """
    title, parts, sources, number = "", [f"*{escaped(scope)}*"] if scope else [], set(), 0
    for block in blocks(notebook, lang=lang, prose=prose):
        if not title and (found := re.match(r"# (.+)\n*", block.text)):
            title, block.text = found[1].strip(), block.text[found.end() :]
        if block.kind == "figure":
            number += 1
            sources.update(block.record["sources"])
            parts.append(_figure(block, folder, number))
        elif text := _part(block):
            parts.append(text)
    if sources:
        parts += [f"## {WORDS[lang].sources}", "\n".join(f"- {escaped(source)}" for source in sorted(sources))]
    return title or "deals", "\n\n".join(parts)


def _part(block: Block) -> str:
    """One block as Markdown; code and raw output stay in the notebook."""
    if block.kind in ("prose", "answer"):
        return f"**{block.text.strip()}**" if block.kind == "answer" else block.text.strip()
    if block.kind == "table" and block.rows:
        return table_markdown(block.columns, block.rows)
    return f"**{escaped(block.text)}**" if block.kind == "error" else ""


def _figure(block: Block, folder: Path, number: int) -> str:
    name = f"{block.record['ref'].replace('@', '-')}.png"
    (folder / name).write_bytes(base64.b64decode(joined(block.data["image/png"])))
    return figure_markdown(block.record, name, number=number, note=block.record["source"])
