"""An executed notebook -> one self-contained HTML page that loads nothing and runs only its own scripts.

Figures come from the record in their output (`FIGURE_MIME`), so a page says the same as the notebook it was
made from. Notebook outputs are not trusted: HTML in them is cleaned, text is escaped, and the page's
Content-Security-Policy names its scripts and its style by their hashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import unescape
from typing import Any

import mistune
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from analysis.reports.blocks import VEGALITE_MIME, Block, blocks, joined
from analysis.reports.page import clean, fragment, json_for_html, page, region, table
from analysis.reports.words import WORDS

V6 = "https://vega.github.io/schema/vega-lite/v6.json"  # what the page's own script is; a name, never fetched


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
        shown = (
            highlight(code, PythonLexer(), HtmlFormatter(cssclass="src")).replace("<pre>", '<pre tabindex="0">')
            if code
            else ""
        )
        return f'<details class="code"><summary>{self.t.code}</summary>{shown}</details>' if code else ""

    def prose(self, block: Block) -> str:
        """Markdown without raw HTML; headings get anchors, and the first one becomes the page's title."""

        def heading(match: re.Match[str]) -> str:
            level, inner = int(match[1]), match[2]
            self.heading = unescape(re.sub(r"<[^>]*>", "", inner))  # striptags would make no-break spaces plain
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
        return fragment(
            "figure",
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
            return region(clean(block.text), self.heading or self.title or self.t.as_table)
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


@cache
def _markdown() -> Any:
    """Markdown to HTML; raw HTML shows as text, and so do the addresses of scripts."""
    return mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])


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
    sources = sorted({source for record in gathered.records for source in record["sources"]}, key=str.casefold)
    items = "".join(f"<li>{_linked(source)}</li>" for source in sources)
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


def _linked(source: str) -> str:
    """A line of the list of sources; the address that it ends in is a link."""
    said, _, rest = source.rpartition(". http")
    if not re.match(r"s?://\S+$", rest):
        return str(escape(source))
    address = escape(f"http{rest}")
    return f'{escape(said)}. <a href="{address}" rel="noreferrer">{address}</a>'
