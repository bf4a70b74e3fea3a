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

from analysis.articles import wording
from analysis.reports.words import WORDS

FIGURE_MIME = "application/vnd.deals.figure+json"
VEGALITE_MIME = "application/vnd.vegalite.v5+json"
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


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page(*, title: str, body: str, lang: str, answer: str = "", scope: str = "", contents: list[tuple[int, str, str]] = [],  # noqa: B006
         home: str = "", footer: str = "", interactive: bool = False) -> str:  # fmt: skip
    """One whole page. `body` and `footer` are HTML already made safe; all else is text."""
    vega = vega_bundle() if interactive else ""
    js, css = _asset("report.js"), style()
    scripts = " ".join(_hash(text) for text in (vega, js) if text)
    policy = (
        f"default-src 'none'; img-src data:; script-src {scripts}; style-src {_hash(css)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return _templates().get_template("page.html.j2").render(
        title=title, body=Markup(body), lang=lang, answer=answer, scope=scope, contents=contents, home=home,
        footer=Markup(footer), vega=Markup(vega), js=Markup(js), css=Markup(css), policy=policy, t=WORDS[lang],
    )  # fmt: skip


def _slug(text: str, taken: set[str]) -> str:
    base = re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "part"
    slug, n = base, 2
    while slug in taken:
        slug, n = f"{base}-{n}", n + 1
    taken.add(slug)
    return slug


class _Page:
    """What a page gathers while its cells are read: headings, figures, sources."""

    def __init__(self, lang: str) -> None:
        self.lang, self.t = lang, WORDS[lang]
        self.anchors: set[str] = {"content", "filter", "said"}
        self.contents: list[tuple[int, str, str]] = []
        self.title = ""
        self.records: list[dict[str, Any]] = []

    def markdown(self, text: str) -> str:
        """Markdown without raw HTML; headings get anchors, and the first one becomes the page's title."""

        def heading(match: re.Match[str]) -> str:
            level, inner = int(match[1]), match[2]
            plain = Markup(inner).striptags()
            if level == 1 and not self.title:
                self.title = plain
                return ""
            anchor = _slug(plain, self.anchors)
            self.contents.append((level, anchor, plain))
            return f'<h{level} id="{anchor}">{inner}</h{level}>'

        made = str(_markdown()(text))
        return re.sub(r"<h([1-3])>(.*?)</h\1>", heading, made, flags=re.S)

    def figure(self, record: dict[str, Any], data: dict[str, Any]) -> str:
        """A figure: its picture, its chart for those who can use it, its table, its words, its citations."""
        self.records.append(record)
        anchor = _slug(record["ref"].replace("@", "-"), self.anchors)
        spec = data.get(VEGALITE_MIME)
        return _templates().get_template("figure.html.j2").render(
            record=record, anchor=anchor, png=data["image/png"].replace("\n", ""), t=self.t,
            spec=Markup(json_for_html(spec)) if spec else "", table=Markup(table_html(record["columns"], record["rows"])),
        )  # fmt: skip

    def output(self, output: Any) -> str:
        """One output of a cell, by the richest form that can be shown safely."""
        kind = output["output_type"]
        if kind == "stream":
            return f"<pre>{escape(''.join(output['text']))}</pre>"
        if kind == "error":
            return f'<p class="failed">{escape(output["ename"])}: {escape(output["evalue"])}</p>'
        data = output["data"]
        if FIGURE_MIME in data:
            return self.figure(data[FIGURE_MIME], data)
        if "text/html" in data:
            return f'<div class="table">{clean(_joined(data["text/html"]))}</div>'
        if "image/png" in data:
            alt = escape(output.get("metadata", {}).get("alt", ""))
            return f'<img src="data:image/png;base64,{_joined(data["image/png"]).strip()}" alt="{alt}">'
        if "text/markdown" in data:
            return self.markdown(_joined(data["text/markdown"]))
        return f"<pre>{escape(_joined(data.get('text/plain', '')))}</pre>"

    def findings(self, cell: Any) -> str:
        """The findings as a table: what a memo may cite, with the id to cite it by."""
        rows = next(
            (o["data"]["application/json"] for o in cell.outputs if "application/json" in o.get("data", {})), []
        )
        t, shown = self.t, []
        for row in rows:
            value = row["value"] if isinstance(row["value"], str) else None
            text = value or (
                t.unknown if row["value"] is None else wording.quantity(row["value"], row["unit"], self.lang)
            )
            spread = wording.interval(row["lo"], row["hi"], row["unit"], self.lang) if _spread(row) else ""
            shown.append(
                {
                    "id": row["id"],
                    "value": text,
                    "spread": spread,
                    "standing": wording.word("status", row["standing"], self.lang) if row["standing"] else "",
                }
            )
        heads = [{"key": k, "label": getattr(t, k)} for k in ("id", "value", "spread", "standing")]
        return table_html(heads, shown)

    def cell(self, cell: Any, prose: dict[str, str]) -> str:
        if cell.cell_type == "markdown":
            return self.markdown(prose.get(cell.get("id", ""), cell.source))
        if cell.cell_type != "code":
            return ""
        tags = cell.metadata.get("tags", [])
        code = Markup(highlight(cell.source, PythonLexer(), HtmlFormatter(cssclass="src")))
        shown = (
            ""
            if "injected-parameters" in tags
            else f'<details class="code"><summary>{self.t.code}</summary>{code}</details>'
        )
        made = self.findings(cell) if "findings" in tags else "".join(self.output(o) for o in cell.outputs)
        return f"{made}{shown}"


@cache
def _markdown() -> Any:
    return mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])


def _joined(text: Any) -> str:
    return text if isinstance(text, str) else "".join(text)


def _spread(row: dict[str, Any]) -> bool:
    return not isinstance(row["value"], str) and row["lo"] != row["hi"]


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


def table_html(columns: list[dict[str, Any]], rows: list[dict[str, Any]], *, caption: str = "", css: str = "") -> str:
    """Rows of text as a table; the first column heads its row. `columns`: key, label, and align for numbers."""
    return _templates().get_template("table.html.j2").render(columns=columns, rows=rows, caption=caption, css=css)


def render(
    notebook: Any, *, lang: str = "en", prose: dict[str, str] | None = None, scope: str = "", home: str = ""
) -> tuple[str, list[dict[str, Any]]]:
    """Render an executed notebook.

    Args:
        notebook: an nbformat notebook with its outputs.
        lang: of the page's own words.
        prose: Markdown by cell id that replaces the notebook's own (its French).
        scope: one line under the title: parameters and data date.
        home: relative address of the index page.

    Returns:
        The page, and the records of its figures in reading order.
    """
    gathered = _Page(lang)
    parts = [gathered.cell(cell, prose or {}) for cell in notebook.cells]
    answer = next((c.metadata["answer"] for c in notebook.cells if "answer" in c.metadata), "")
    sources = sorted({source for record in gathered.records for source in record.get("sources", [])})
    footer = (
        f"<h2>{gathered.t.sources}</h2><ul>{''.join(f'<li>{escape(s)}</li>' for s in sources)}</ul>" if sources else ""
    )
    html = page(title=gathered.title or "deals", body="\n".join(parts), lang=lang, answer=answer, scope=scope, contents=gathered.contents,
                home=home, footer=footer, interactive=bool(gathered.records))  # fmt: skip
    return html, gathered.records
