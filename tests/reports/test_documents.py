"""PDF and DOCX: figures, alt texts, tables, footnotes and sources of the notebook; the same bytes every time."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from analysis.reports import document
from analysis.reports.blocks import blocks
from analysis.reports.words import prose

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "notebooks" / "deal_comparison.ipynb"


@pytest.fixture(scope="module", params=["en", "fr"])
def made(request, tmp_path_factory):
    """The stored notebook as DOCX and PDF, with the prose of either language."""
    pytest.importorskip("pypandoc")
    pytest.importorskip("typst")
    folder, lang = tmp_path_factory.mktemp("documents"), request.param
    run = json.loads(STORED.read_text(encoding="utf-8"))
    title, text = document.markdown_from(run, folder, lang=lang, prose=prose(STORED, lang))
    for kind in ("docx", "pdf"):
        document.write(text, folder / f"a.{kind}", title=title, lang=lang, folder=folder)
    return {"folder": folder, "lang": lang, "text": text, "title": title, "blocks": list(blocks(run, lang=lang))}


def member(made, name: str) -> str:
    with zipfile.ZipFile(made["folder"] / "a.docx") as docx:
        return docx.read(name).decode()


def test_docx_holds_what_the_notebook_shows(made):
    """A DOCX has each figure with its alt text, each table with a header row, a footnote a figure, and the sources."""
    body, notes = member(made, "word/document.xml"), member(made, "word/footnotes.xml")
    figures = [block for block in made["blocks"] if block.kind == "figure"]
    tables = [block for block in made["blocks"] if block.kind == "table" and block.rows]
    alts = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body)

    assert len(alts) == len(figures) >= 3
    assert all(len(alt) >= 100 for alt in alts)
    assert body.count("<w:tbl>") == body.count("<w:tblHeader") == len(tables)
    assert len(re.findall(r"<w:footnoteReference ", body)) == len(figures)
    assert notes.count("Ref." if made["lang"] == "en" else "R") >= len(figures)
    assert "Heading2" in body
    assert "Sources" in body


def test_docx_is_set_for_paper(made):
    """Pages are numbered A4 in the text's language, rows stay whole, and a lead stays with its figure."""
    body, styles = member(made, "word/document.xml"), member(made, "word/styles.xml")

    assert "footerReference" in body
    assert " PAGE " in member(made, "word/footer9.xml")
    assert 'w:w="11906"' in body
    assert body.count("<w:cantSplit") == body.count("<w:tr>")
    assert '<w:pStyle w:val="Lead"' in body
    assert (
        f'w:val="{"fr-FR" if made["lang"] == "fr" else "en-GB"}"' in styles + member(made, "word/settings.xml") + body
    )


def test_pictures_are_sharp(made):
    """Each picture is 16 cm wide at 219 ppi."""
    from PIL import Image

    for picture in made["folder"].glob("*.png"):
        with Image.open(picture) as image:
            assert image.size[0] == pytest.approx(16 / 2.54 * 219, abs=2)


def test_pdf_holds_what_the_notebook_shows(made):
    """A PDF has its title and language, the pictures with alt text, tagged tables, and no date."""
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(made["folder"] / "a.pdf") as pdf:
        pictures = sum(len(page.images) for page in pdf.pages)
        lang, keys = str(pdf.Root.get("/Lang", "")), {str(key) for key in pdf.docinfo}
        alts = {str(o.get("/Alt")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o}
    figures = [block.record for block in made["blocks"] if block.kind == "figure"]

    assert pictures == len(figures)
    assert lang.startswith(made["lang"])
    assert {figure["alt"] for figure in figures} <= alts
    assert not keys & {"/CreationDate", "/ModDate", "/Author"}


def test_same_bytes(made, tmp_path):
    """A document is the same bytes every time."""
    for kind in ("docx", "pdf"):
        again = document.write(
            made["text"], tmp_path / f"b.{kind}", title=made["title"], lang=made["lang"], folder=made["folder"]
        )

        assert again.read_bytes() == (made["folder"] / f"a.{kind}").read_bytes()


def test_columns_keep_their_words():
    """A column is never narrower than its longest word, and a long text takes more room than a short one."""
    columns = [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]
    rule = document.table_markdown(columns, [{"a": "capitalisation", "b": "word " * 40}]).splitlines()[1]
    first, second = (len(part) for part in rule.strip("| ").split(" | "))

    assert len("capitalisation") < first < second < 100


def test_words_that_do_not_break_fit_their_columns():
    """Where the columns ask for more than a page holds, the long ones give way, never one whose words cannot break."""
    amount, prose = "450\u00a0million\u00a0users", "as much as anybody cares to say " * 3
    columns = [{"key": key, "label": key} for key in "abcd"]
    rows = [{"a": prose, "b": amount, "c": prose, "d": prose}]
    rule = document.table_markdown(columns, rows).splitlines()[1]
    wide = [len(part) for part in rule.strip("| ").split(" | ")]

    assert wide[1] / sum(wide) * document.PAGE > len(amount)


def test_what_is_held_together_fits_a_page():
    """A lead and its figure stay on one page; a table before them may break, or the figure would run off the page."""
    lead = "## {}\n\n::: {{custom-style=Lead}}\nSee here.\n:::\n\n"
    table = document.table_markdown([{"key": "a", "label": "A"}], [{"a": "x"}])
    figure = '![A caption](a.png){#fig-a width=16cm alt="x"}'
    text = f"{lead.format('One')}{table}\n\n{lead.format('Two')}{figure}\n"
    body = document.pandoc(["-f", document.MARKDOWN, "-t", "typst"], text).decode()
    held = document._LED.findall(body)

    assert len(held) == 1
    assert held[0].startswith("== Two")
    assert "table(" not in held[0]


@pytest.mark.office
def test_libreoffice_opens(made, tmp_path):
    """LibreOffice opens the DOCX and prints it on as many pages as a reader expects."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    given = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*given, str(made["folder"] / "a.docx")], check=True, timeout=180, capture_output=True)
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert 4 <= len(pdf.pages) <= 12
