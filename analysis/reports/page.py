"""The shell of a page: style, scripts, policy, parts from templates; nothing is fetched and nothing else runs."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import bleach
from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape
from pygments.formatters import HtmlFormatter

from analysis.figures.figure import write_whole
from analysis.figures.tables import table_html
from analysis.reports.words import WORDS

LONG = 20  # rows: a longer table scrolls in a box of its own
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


def fill_caches() -> None:
    """Read and compile what pages are made of, in a process that others are forked from."""
    style()
    for name in _templates().list_templates(["j2"]):
        _templates().get_template(name)
    _asset("report.js")


def vega_bundle() -> str:
    """Vega, Vega-Lite and vega-embed as one script; made once for each version of vl-convert, then kept.

    Making it takes seconds, so `make` does it at set-up. It lies in the virtual environment, else in the user's
    cache folder (`XDG_CACHE_HOME`, else `~/.cache`); where neither can be written it is made anew.
    """
    from importlib.metadata import version

    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "deals"
    places = [Path(sys.prefix) / "share" / "deals", cache] if sys.prefix != sys.base_prefix else [cache]
    name = f"vega-{version('vl-convert-python')}.js"
    text = next(filter(None, (_kept_bundle(place / name) for place in places)), "")
    if not text:
        import vl_convert

        text = vl_convert.javascript_bundle().replace("</script", "<\\/script")  # type: ignore[call-arg]
    for place in places:
        with contextlib.suppress(OSError):
            if _kept_bundle(place / name) != text:
                place.mkdir(parents=True, exist_ok=True)
                write_whole(place / name, text.encode())
            break
    return text


def _kept_bundle(path: Path) -> str:
    """The script as it was kept; empty where it is not there or not whole."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        text = path.read_text(encoding="utf-8")
        return text if text.rstrip().endswith(";") and "window.vegaEmbed" in text else ""
    return ""


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


def table(columns: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]], *, label: str) -> str:
    """A table in a box that scrolls, by keyboard too, where the table is wider or longer than the page can bear."""
    return region(table_html(columns, rows), label, long=len(rows) > LONG)


def region(inside: str, label: str, *, long: bool = False) -> str:
    css = "table long" if long else "table"
    return f'<div class="{css}" role="region" tabindex="0" aria-label="{escape(label)}">{inside}</div>'


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
