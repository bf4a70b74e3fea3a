"""An executed notebook -> one self-contained HTML page that loads nothing and runs only its own scripts.

Figures come from the record in their output (`FIGURE_MIME`), so a page says the same as the notebook it was
made from. Notebook outputs are not trusted: HTML in them is cleaned, text is escaped, and the page's
Content-Security-Policy names its scripts and its style by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import bleach
import mistune
from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from analysis.figures.tables import table_html
from analysis.reports.blocks import VEGALITE_MIME, Block, blocks, joined
from analysis.reports.words import WORDS

V6 = "https://vega.github.io/schema/vega-lite/v6.json"  # what the page's own script is; a name, never fetched
LONG = 14  # rows: a longer table scrolls in a box of its own
_TABLE_TAGS = ["table", "thead", "tbody", "tr", "th", "td", "caption", "p", "ul", "ol", "li", "strong", "em", "b", "i",
               "code", "span", "div", "small", "br", "q", "h3", "h4", "dl", "dt", "dd"]  # fmt: skip
_TABLE_ATTRIBUTES = {"*": ["class", "scope", "colspan", "rowspan", "lang"]}


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("analysis.reports"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


@cache
def _asset(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")


@cache
def style() -> str:
    """The one style sheet, code colours included."""
    light, dark = (
        HtmlFormatter(style=name, cssclass="src").get_style_defs(".src") for name in ("xcode", "github-dark")
    )
    kept = [re.sub(r"background(-color)?: [^;}]*;?", "", sheet) for sheet in (light, dark)]
    return f"{_asset('report.css')}\n{kept[0]}\n@media (prefers-color-scheme: dark) {{ {kept[1]} }}"


def fragment(name: str, **values: Any) -> str:
    """A part of a page from its template; values are escaped."""
    return _templates().get_template(f"{name}.html.j2").render(**values)


def vega_bundle() -> str:
    """Vega, Vega-Lite and vega-embed as one script; made once for each version of vl-convert, then kept.

    The copy lies in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`); where none can be
    written the script is made anew.
    """
    import importlib.metadata

    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "deals"
    kept = base / f"vega-{importlib.metadata.version('vl-convert-python')}.js"
    try:
        text = kept.read_text(encoding="utf-8")
        if text.rstrip().endswith(";") and "window.vegaEmbed" in text:
            return text
    except (OSError, UnicodeDecodeError):
        pass
    import vl_convert

    text = vl_convert.javascript_bundle().replace("</script", "<\\/script")
    try:
        base.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_text(text, encoding="utf-8")
        os.replace(part, kept)
    except OSError:
        pass
    return text


@cache
def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page(
    *,
    title: str,
    body: str,
    lang: str,
    answers: Sequence[str] = (),
    scope: str = "",
    contents: Sequence[tuple[int, str, str]] = (),
    home: str = "",
    footer: str = "",
    interactive: bool = False,
) -> str:
    """One whole page. `body` and `footer` are HTML already made safe; all else is text."""
    vega = vega_bundle() if interactive else ""
    js, css = _asset("report.js"), style()
    scripts = " ".join(_hash(text) for text in (vega, js) if text)
    policy = (
        f"default-src 'none'; img-src data:; script-src {scripts}; style-src {_hash(css)}; "
        "base-uri 'none'; form-action 'none'"
    )
    safe = {"body": body, "footer": footer, "vega": vega, "js": js, "css": css}
    words = {"title": title, "lang": lang, "answers": answers, "scope": scope, "home": home, "policy": policy}
    template = _templates().get_template("page.html.j2")
    return template.render(contents=contents, t=WORDS[lang], **words, **{k: Markup(v) for k, v in safe.items()})


def _slug(text: str, taken: set[str]) -> str:
    base = re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "part"
    slug, n = base, 2
    while slug in taken:
        slug, n = f"{base}-{n}", n + 1
    taken.add(slug)
    return slug


class _Page:
    """What a page gathers while its blocks are read: headings, figures, the answer, the note on its scope."""

    def __init__(self, lang: str) -> None:
        self.lang, self.t = lang, WORDS[lang]
        self.anchors: set[str] = {"content", "filter", "said", "sources"}
        self.contents: list[tuple[int, str, str]] = []
        self.title = self.heading = self.answer = self.note = ""
        self.code: list[str] = []
        self.records: list[dict[str, Any]] = []

    def body(self, found: Iterable[Block]) -> str:
        """The blocks as HTML; code cells that nothing parts are folded as one."""
        parts = []
        for block in found:
            if block.kind == "code":
                self.code.append(block.text)
            elif text := self.block(block):
                parts += [self._folded(), text]
        return "\n".join([*parts, self._folded()])

    def _folded(self) -> str:
        """The code since the last thing shown."""
        code, self.code = "\n\n".join(self.code), []
        shown = highlight(code, PythonLexer(), HtmlFormatter(cssclass="src")) if code else ""
        return f'<details class="code"><summary>{self.t.code}</summary>{shown}</details>' if code else ""

    def prose(self, block: Block) -> str:
        """Markdown without raw HTML; headings get anchors, and the first one becomes the page's title."""

        def heading(match: re.Match[str]) -> str:
            level, inner = int(match[1]), match[2]
            self.heading = str(Markup(inner).striptags())
            if level == 1 and not self.title:
                self.title = self.heading
                return ""
            anchor = _slug(self.heading, self.anchors)
            self.contents.append((level, anchor, self.heading))
            return f'<h{level} id="{anchor}">{inner}</h{level}>'

        text = re.sub(r'<img [^>]*?alt="([^"]*)"[^>]*>', r"\1", str(_markdown()(block.text)))  # nothing is fetched
        return re.sub(r"<h([1-3])>(.*?)</h\1>", heading, text, flags=re.S)

    def figure(self, block: Block) -> str:
        """A figure: its picture, its chart for those who can use it, its table, its words, its citations."""
        record, spec = block.record, block.data.get(VEGALITE_MIME)
        self.records.append(record)
        return _templates().get_template("figure.html.j2").render(
            record=record,
            anchor=_slug(anchor_of(record["ref"]), self.anchors),
            png=joined(block.data["image/png"]).replace("\n", ""),
            spec=Markup(json_for_html(spec | {"$schema": V6})) if spec else "",
            table=Markup(table(record["columns"], record["rows"], label=f"{self.t.as_table}{self.t.colon}{record['title']}")),
            t=self.t,
        )  # fmt: skip

    def block(self, block: Block) -> str:
        """One block as HTML; text is escaped, and HTML of an output cleaned."""
        if block.kind == "answer":
            self.answer = self.answer or plain(block.text)
            return ""
        if block.kind == "note" and not self.note:
            self.note = plain(block.text)
            return ""
        if block.kind in ("prose", "note"):
            return self.prose(block)
        if block.kind == "figure":
            return self.figure(block)
        if block.kind == "table":
            label = self.heading or self.title or self.t.as_table
            return table(block.columns, block.rows, label=label) if block.rows else f"<p>{self.t.nothing}</p>"
        if block.kind == "html":
            return _region(clean(block.text), self.heading or self.title or self.t.as_table)
        if block.kind == "image":
            return f'<img src="data:image/png;base64,{escape(block.text)}" alt="{escape(block.data.get("alt", ""))}">'
        return (
            f'<p class="failed">{escape(block.text)}</p>'
            if block.kind == "error"
            else f'<pre tabindex="0">{escape(block.text)}</pre>'
        )


def plain(markdown: str) -> str:
    """Markdown as the words alone.

    >>> plain("**At least** \\\\$200m")
    'At least $200m'
    """
    return str(Markup(_markdown()(markdown)).striptags())


def anchor_of(ref: str) -> str:
    """Where a figure stands on its page."""
    return ref.replace("@", "-")


def table(columns: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]], *, label: str) -> str:
    """A table in a box that scrolls, by keyboard too, where the table is wider or longer than the page can bear."""
    return _region(table_html(columns, rows), label, long=len(rows) > LONG)


def _region(inside: str, label: str, *, long: bool = False) -> str:
    css = "table long" if long else "table"
    return f'<div class="{css}" role="region" tabindex="0" aria-label="{escape(label)}">{inside}</div>'


@cache
def _markdown() -> Any:
    """Markdown to HTML; raw HTML shows as text, and so do the addresses of scripts."""
    return mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])


def clean(html: str) -> str:
    """A table of a notebook's output, without style, script, event or address."""
    html = re.sub(r"<(style|script)\b.*?</\1\s*>", "", html, flags=re.S | re.I)
    return bleach.clean(html, tags=_TABLE_TAGS, attributes=_TABLE_ATTRIBUTES, strip=True)


def json_for_html(value: Any) -> str:
    """JSON that may stand inside a script element of any page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("<", "\\u003c").replace(">", "\\u003e").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )


def render(
    notebook: dict[str, Any], *, lang: str = "en", prose: dict[str, str] | None = None, scope: str = "", home: str = ""
) -> tuple[str, list[dict[str, Any]]]:
    """Render an executed notebook.

    Args:
        notebook: the notebook as JSON, with its outputs.
        lang: of the page's own words.
        prose: Markdown by cell id that replaces the notebook's own (its French).
        scope: one line under the title: parameters and data date.
        home: relative address of the index page.

    Returns:
        The page, and the records of its figures in reading order.
    """
    gathered = _Page(lang)
    body = gathered.body(blocks(notebook, lang=lang, prose=prose))
    sources = sorted({source for record in gathered.records for source in record["sources"]})
    items = "".join(f"<li>{escape(source)}</li>" for source in sources)
    html = page(
        title=gathered.title or "deals",
        body=body,
        lang=lang,
        answers=[gathered.answer] if gathered.answer else [],
        scope=" ".join(part for part in (gathered.note, scope) if part),
        contents=gathered.contents + ([(2, "sources", gathered.t.sources)] if sources else []),
        home=home,
        footer=f'<h2 id="sources">{gathered.t.sources}</h2><ul>{items}</ul>' if sources else "",
        interactive=bool(gathered.records),
    )
    return html, gathered.records
