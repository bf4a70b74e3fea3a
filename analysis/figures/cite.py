"""Citing a figure: the text to paste into a Markdown, LaTeX, Typst or HTML document, or into a list of references.

The picture carries title, notes, source line and reference, because pictures get cut out of documents; the caption is
neutral and does not repeat the title.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from analysis.articles import wording
from analysis.errors import DataError, one_of

if TYPE_CHECKING:
    from analysis.figures.figure import Figure

AUTHOR = "deal-analysis"
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    c: f"\\{c}" for c in "&%$#_{}"
}


def file_name(figure: Figure) -> str:
    """The PNG that `Figure.save` writes."""
    return f"{figure.ref}.{figure.lang}.png"


def _caption(figure: Figure) -> str:
    return f"{figure.caption or figure.title}. {figure.source} {figure.ref_line}."


def markdown(figure: Figure) -> str:
    """Pandoc and Quarto Markdown."""
    alt = figure.alt.replace("\\", "").replace('"', "'")
    caption = re.sub(r"([\\`*_\[\]<>$^~])", r"\\\1", _caption(figure))
    return f'![{caption}]({file_name(figure)}){{#fig-{figure.id} width=16cm alt="{alt}"}}'


def html_(figure: Figure) -> str:
    """An HTML figure."""
    image = f'<img src="{html.escape(file_name(figure))}" alt="{html.escape(figure.alt)}" style="width:16cm">'
    return f'<figure id="fig-{figure.id}" lang="{figure.lang}">{image}<figcaption>{html.escape(_caption(figure))}</figcaption></figure>'


def tex(text: str) -> str:
    """Text as LaTeX that shows it."""
    return "".join(_TEX.get(c, c) for c in text)


def latex(figure: Figure) -> str:
    """A LaTeX figure; `alt` needs graphicx of 2024 or later."""
    image = rf"\includegraphics[width=16cm,alt={{{tex(figure.alt)}}}]{{{file_name(figure)}}}"
    return "\n".join([r"\begin{figure}", r"\centering", image, rf"\caption{{{tex(_caption(figure))}}}",
                      rf"\label{{fig:{figure.id}}}", r"\end{figure}"])  # fmt: skip


def typst(figure: Figure) -> str:
    """A Typst figure."""
    text = re.sub(r"([\\#$*_`<>@\[\]~])", r"\\\1", _caption(figure))
    alt = json.dumps(figure.alt, ensure_ascii=False)
    return f'#figure(image("{file_name(figure)}", width: 16cm, alt: {alt}), caption: [{text}]) <fig-{figure.id}>'


def bibtex(figure: Figure) -> str:
    """An entry for BibTeX and BibLaTeX."""
    fields = {"author": f"{{{AUTHOR}}}", "title": f"{{{tex(figure.title)}}}", "howpublished": "Chart", "number": figure.ref,
              "note": tex(f"{figure.source} {figure.ref_line}"), "language": {"fr": "french", "en": "english"}[figure.lang]}  # fmt: skip
    if figure.as_of:
        fields["year"] = figure.as_of[:4]
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items())
    return f"@misc{{{figure.ref.replace('@', '-')},\n{lines}\n}}"


def csl(figure: Figure) -> str:
    """CSL-JSON, type graphic; the reference goes in `number`, the one field that every style prints."""
    item: dict[str, Any] = {"id": figure.ref, "type": "graphic", "title": figure.title, "number": figure.ref, "language": figure.lang,
                            "author": [{"literal": AUTHOR}], "medium": {"en": "chart", "fr": "graphique"}[figure.lang], "note": figure.source}  # fmt: skip
    if figure.as_of:
        item["issued"] = {"date-parts": [[int(figure.as_of[:4])]]}  # the data may be dated to a month only
    return json.dumps([item], ensure_ascii=False, indent=1)


def apa(figure: Figure) -> str:
    """A reference in APA's seventh edition, as plain text."""
    word, undated = {"en": ("Chart", "n.d."), "fr": ("Graphique", "s. d.")}[figure.lang]
    return f"{AUTHOR}. ({figure.as_of[:4] or undated}). {figure.title} ({figure.ref}) [{word}]."


def iso690(figure: Figure) -> str:
    """A reference in ISO 690, as plain text."""
    word, undated = {"en": ("chart", "[n.d.]"), "fr": ("graphique", "[s. d.]")}[figure.lang]
    year = figure.as_of[:4]
    source = figure.source.removesuffix(".")
    parts = [f"{AUTHOR.upper()}, {year or undated}", figure.title, f"[{word}]", year, figure.ref, source]
    return ". ".join(part for part in parts if part) + "."


def table(figure: Figure) -> str:
    """The rows as a Markdown table: what the picture says, in words."""
    from analysis.figures.figure import WORDS

    words = WORDS[figure.lang]
    clean = lambda text: str(text or "").replace("|", r"\|").replace("\n", " ")  # noqa: E731
    lines = [f"| {words['what']} | {words['value']} | {words['who']} |", "|---|---|---|"]
    for row in figure.rows.iter_rows(named=True):
        lines.append(f"| {clean(row['label'])} | {clean(row['shown'])} | {clean(row['by'])} |")
    return "\n".join([*lines, "", f"{figure.source} {figure.ref_line}"])


FORMS: dict[str, Callable[[Figure], str]] = {
    "markdown": markdown, "html": html_, "latex": latex, "typst": typst, "bibtex": bibtex, "csl": csl, "apa": apa,
    "iso690": iso690, "table": table,
}  # fmt: skip


def cite(figure: Figure, form: str = "markdown") -> str:
    """A citation of a figure in one of `FORMS`."""
    if form not in FORMS:
        raise DataError(f"--as: {one_of(form, [*FORMS, 'docx'])}")
    return FORMS[form](figure)


def forms(figure: Figure) -> dict[str, str]:
    """Every citation of a figure, by form."""
    return {name: form(figure) for name, form in FORMS.items()}


def document_line(article: dict[str, Any], lang: str) -> str:
    """A document in a list of sources: the primary first, then the page that passes it on.

    Args:
        article: a row of `Corpus.articles`.
        lang: en or fr.
    """
    from analysis.figures.figure import quoted

    titles = [article["title"] or "", article["primary_title"] or ""]
    if titles[0].lower() == titles[1].lower():
        titles[0] = ""
    title, first_title = (quoted(title, lang) if title else "" for title in titles)
    day = wording.day(article["published"], lang) if article["published"] else ""
    own = ", ".join(filter(None, (article["publisher"] or wording.unnamed(lang), title, day)))
    if first := ", ".join(filter(None, (article["primary_publisher"], first_title))):
        own = f"{first}, via {own}"
    return f"{own}. {article['address']}" if article["address"] else own
