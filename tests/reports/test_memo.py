"""Memos: filled in from the data, checked against it later, never touched."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from analysis.errors import DataError, MissingTool
from analysis.reports import document
from analysis.reports.house import house_style
from analysis.reports.memo import write_memo
from analysis.reports.memo_check import check_memos

MEMO = """---
title: A test of a memo
lang: en
---

The price is {{deal.meta-scale-ai-2025.price}}, or as we wrote by hand $14.3bn; the last round said $13.8bn and
someone says $14.65bn, which nobody does; $77.7bn is made up.

![](figure:deal-ratios)

![](figure:customer-stances)

![](figure:revenue-at-risk)

At risk: {{finding:revenue_at_risk}}.
"""
MORE = [("memo", "html"), ("memo", "tex"), ("memo.fr", "pdf"), ("memo.fr", "tex"), ("memo.fr", "docx")]
NOTE = 'id = "ref-scale-price"\n'
PRICE = "value = 14_300_000_000\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory, root):
    """A copy of the data, to be changed."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(root / "data", folder / "data")
    return folder


@pytest.fixture(scope="module")
def built(home):
    """A memo with three figures as DOCX, made from the copy."""
    source = home / "memo.md"
    source.write_text(MEMO, encoding="utf-8")
    write_memo(source, home / "memo.docx", root=home)
    return home / "memo.docx"


def states(built: Path, home: Path) -> dict[str, str]:
    rows, _, _ = check_memos([built], root=home)
    return {row["what"].split("@")[0].split("#")[0]: row["state"] for row in rows}


def edit(home: Path, old: str, new: str) -> None:
    """Change the claim `ref-scale-price` alone."""
    place = home / "data" / "reference" / "scale-ai.toml"
    before, claim, after = place.read_text(encoding="utf-8").partition(NOTE)
    assert old in after
    place.write_text(before + claim + after.replace(old, new, 1), encoding="utf-8")


def test_a_new_memo_is_current(built, home):
    """What was just made is current, and each typed amount is told from the filled-in ones."""
    rows, _, code = check_memos([built], root=home)
    said = states(built, home)

    assert code == 0
    assert said["deal-ratios"] == said["customer-stances"] == said["revenue-at-risk"] == "current"
    assert (said["$14.3bn"], said["$13.8bn"], said["$77.7bn"]) == ("supported", "supported", "unsupported")
    assert sum(row["kind"] == "figure" for row in rows) == 3


TYPED = """---
lang: en
---
The whole cost 0.55 times as much, 2.1x the last round. Scale AI has 1,400 employees, or 1,300 users by another count.
Its founder is 28 years old; it was announced on 12 June 2025. Nobody says 3.7 times. Written on 4 May 2031 by a
person of 99 years.
"""


def test_each_kind_of_number_is_held_to_the_facts(root, tmp_path):
    """Multiples, counts, ages and dates are supported by name; a date or an age of which no claim speaks is nobody's."""
    (tmp_path / "typed.md").write_text(TYPED, encoding="utf-8")

    rows, _, code = check_memos([tmp_path / "typed.md"], root=root)
    said = {row["what"]: (row["state"], row["detail"]) for row in rows}
    assert code == 0
    assert [state for state, _ in said.values()] == ["supported"] * 3 + ["unsupported"] + ["supported"] * 2 + [
        "unsupported"
    ]
    assert "finding:price_ratio_real" in said["0.55 times"][1]
    assert "person.alexandr-wang.age" in said["28 years old"][1]
    assert "announced_on" in said["12 June 2025"][1]


def test_a_house_style_is_taken(root, tmp_path):
    """A memo made with --template has that document's styles."""
    house = tmp_path / "house.docx"
    house.write_bytes(house_style(document._plain_style()))
    with zipfile.ZipFile(house) as given:
        members = {name: given.read(name) for name in given.namelist()}
    members["word/styles.xml"] = members["word/styles.xml"].replace(b"1A1A1A", b"00AA77")
    with zipfile.ZipFile(house, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    (tmp_path / "typed.md").write_text(TYPED, encoding="utf-8")

    write_memo(tmp_path / "typed.md", tmp_path / "typed.docx", template=house, root=root)
    with zipfile.ZipFile(tmp_path / "typed.docx") as out:
        assert b"00AA77" in out.read("word/styles.xml")


def test_a_changed_claim_makes_its_figure_and_numbers_stale(built, home):
    """One changed claim: its figure, its filled-in number and its typed one are named, the rest is left alone."""
    kept = built.read_bytes()
    note = 'basis = "unstated"\n'
    edit(home, note, note + 'note = "reworded"\n')
    assert "stale" not in states(built, home).values()

    edit(home, PRICE, "value = 14_800_000_000\n")
    rows, lines, code = check_memos([built], root=home)
    stale = {row["what"].split("@")[0].split("#")[0]: row["detail"] for row in rows if row["state"] == "stale"}
    assert (code, set(stale)) == (1, {"deal-ratios", "deal.meta-scale-ai-2025.price", "$14.3bn"})
    assert "$14.3bn → $14.8bn" in stale["$14.3bn"]
    assert "$14.8bn" in stale["deal-ratios"]
    assert any(line.startswith("  STALE deal-ratios@") for line in lines)
    assert built.read_bytes() == kept
    beside = sorted(place.name for place in home.glob("deal-ratios@*"))
    assert [name.split(".", 1)[1] for name in beside] == ["en.alt.txt", "en.png"]
    with zipfile.ZipFile(built) as memo, Image.open(home / beside[1]) as new:
        widths = {Image.open(memo.open(name)).width for name in memo.namelist() if name.endswith(".png")}
    assert new.width in widths

    write_memo(home / "memo.md", built, root=home)
    again = states(built, home)
    assert {name for name, state in again.items() if state == "stale"} == set()
    assert again["$14.3bn"] == "contested" or again["$14.3bn"] == "supported"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("memo", "pdf"), ("memo.fr", "html"), *(pytest.param(*each, marks=pytest.mark.slow) for each in MORE)],
)
def test_the_documents_memo_builds_and_is_current(name, kind, root, tmp_path):
    """The example memo builds in every format and language; what check reads of it is current."""
    target = tmp_path / f"memo.{kind}"
    filled = write_memo(root / "docs" / f"{name}.md", target, root=root)

    assert (len(filled.figures), len(filled.numbers)) == (2, 6)
    if kind != "tex":
        rows, _, code = check_memos([target], root=root)
        assert (code, {row["state"] for row in rows}, len(rows)) == (0, {"current"}, 8)


def test_a_docx_holds_alt_texts_footnotes_and_sources(built):
    """A DOCX has an alt text a figure, a footnote a number and figure, numbered captions, and its sources listed."""
    with zipfile.ZipFile(built) as archive:
        text, notes = (archive.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))

    assert text.count('descr="') >= 3
    assert all(f"Figure {number}." in text for number in (1, 2, 3))
    assert "Sources" in text
    assert "deal.meta-scale-ai-2025.price#" in notes


@pytest.mark.office
@pytest.mark.slow
def test_libreoffice_opens_the_memo(built, tmp_path):
    """LibreOffice opens the DOCX and shows it."""
    import subprocess

    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    words = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(built)]
    subprocess.run(words, check=True, capture_output=True, timeout=180)

    assert (tmp_path / "memo.pdf").stat().st_size > 50_000


@pytest.mark.parametrize(
    "text, said",
    [
        (
            "a\n\n{{deal.meta-scale-ai-2025.prise}}",
            "memo.md:3: 'deal.meta-scale-ai-2025.prise': no fact or finding has",
        ),
        ("![](figure:deal-ratio)", "memo.md:1: figure 'deal-ratio' is not one of"),
        ("![](figure:deal-ratios?dolars=2014-02)", "Did you mean 'dollars'?"),
        ("![](figure:deal-ratios?deal=../../x)", "parameter deal: '../../x' is not one of"),
        ("{{finding:price_ratio_real | $}}", "form '$' does not fit its unit, multiple"),
        ("{{finding:price_ratio_real | y}}", "form 'y' is not one of x, %"),
        ("---\nlanguage: en\n---\n", "memo.md:2: 'language: en'"),
        ("---\npolicy: best\n---\nText", "parameter policy: 'best' is not one of"),
        ("---\nlang: de\n---\nText", ":2: lang 'de' is not one of en, fr"),
    ],
)
def test_what_a_memo_cannot_have_is_named_with_its_line(text, said, root, tmp_path):
    """An unknown figure, number, form or setting is an error that names its line and the choices."""
    (tmp_path / "memo.md").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        write_memo(tmp_path / "memo.md", tmp_path / "memo.html", root=root)

    assert said in str(error.value)
    assert not (tmp_path / "memo.html").exists()


def test_markup_in_a_memo_stays_text(root, tmp_path):
    """HTML, scripts and TeX in a memo are shown, never run; no file is read by them."""
    (tmp_path / "memo.md").write_text("A <script>alert(1)</script> and \\input{/etc/hostname}.", encoding="utf-8")
    write_memo(tmp_path / "memo.md", tmp_path / "memo.html", root=root)
    page = (tmp_path / "memo.html").read_text(encoding="utf-8")

    assert "<script>alert" not in page


def test_a_missing_tool_is_named_with_the_line_that_installs_it(monkeypatch, root, tmp_path):
    """Without pandoc a memo is an error that says what to install."""
    import sys

    monkeypatch.setitem(sys.modules, "pypandoc", None)
    document._plain_style.cache_clear()
    (tmp_path / "memo.md").write_text("Text.", encoding="utf-8")
    with pytest.raises(MissingTool, match=r"pip install 'deal-analysis\[memo\]'"):
        write_memo(tmp_path / "memo.md", tmp_path / "memo.docx", root=root)


def test_a_broken_document_is_one_error(tmp_path, root):
    """A DOCX that is no archive ends in one message."""
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04" + b"x" * 50)
    with pytest.raises(DataError, match="broken archive"):
        check_memos([tmp_path / "a.docx"], root=root)
