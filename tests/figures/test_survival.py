"""The survival matrix: what was done to a file, and by which channel its figure is still found."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from analysis.articles.corpus import load
from analysis.facts.study import study
from analysis.figures import FIGURES
from analysis.figures.trace import Traced, told, trace

APT = {"optipng": "optipng", "qpdf": "qpdf", "convert": "imagemagick", "gs": "ghostscript", "pdfunite": "poppler-utils",
       "soffice": "libreoffice-writer-nogui"}  # fmt: skip


@pytest.fixture(scope="module")
def saved(tmp_path_factory, facts):
    """A figure in every format with its ledger, and the figure itself."""
    folder = tmp_path_factory.mktemp("saved")
    figure = FIGURES["deal-ratios"][0](facts, lang="fr")
    figure.save(folder, formats=["png", "svg", "pdf"])
    FIGURES["customer-stances"][0](facts, lang="en").save(folder, formats=["png"])
    return folder, figure


@pytest.fixture
def place(saved, tmp_path):
    """A folder of the test's own that holds the ledger."""
    shutil.copy(saved[0] / "ledger.jsonl", tmp_path)
    return tmp_path


def run(*words: object, cwd: Path | None = None) -> None:
    """Run a tool; skip, with the line that installs it, where it is missing."""
    if not shutil.which(str(words[0])):
        pytest.skip(f"needs {words[0]}: apt-get install {APT[str(words[0])]}")
    subprocess.run([str(word) for word in words], check=True, capture_output=True, cwd=cwd, timeout=180)


def pandoc(*words: object, cwd: Path) -> None:
    import pypandoc

    subprocess.run([pypandoc.get_pandoc_path(), *map(str, words)], check=True, capture_output=True, cwd=cwd)


def office(file: Path, kind: str) -> Path:
    """Convert by LibreOffice, with a profile of the test's own."""
    out = file.parent / "office"
    profile = f"-env:UserInstallation=file://{file.parent / 'profile'}"
    run("soffice", profile, "--headless", "--convert-to", kind, "--outdir", out, file)
    return out / f"{file.stem}.{kind.split(':')[0]}"


def png_of(saved) -> Path:
    folder, figure = saved
    return folder / f"{figure.ref}.fr.png"


def the_one(found: list[Traced], figure, how: str) -> Traced:
    assert [(each.ref, each.how) for each in found] == [(figure.ref, how)]
    return found[0]


def memo_in(place: Path, saved) -> Path:
    shutil.copy(png_of(saved), place / "chart.png")
    (place / "memo.md").write_text(
        "# A memo\n\nBefore.\n\n![caption](chart.png){width=16cm}\n\nAfter.\n", encoding="utf-8"
    )
    return place / "memo.md"


@pytest.mark.parametrize("kind", ["md", "docx", "html"])
def test_pandoc_keeps_the_record(place, saved, kind):
    """A picture in Markdown, and what pandoc makes of it, is known by its record."""
    memo = memo_in(place, saved)
    if kind != "md":
        pandoc("memo.md", "-s", "--embed-resources", "-o", f"memo.{kind}", cwd=place)

    the_one(trace(memo.with_suffix(f".{kind}")), saved[1], "record")


def test_python_docx_keeps_the_record(place, saved):
    """A picture inserted by python-docx, the document saved again, is known by its record."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_picture(str(png_of(saved)))
    document.save(place / "one.docx")
    docx.Document(place / "one.docx").save(place / "two.docx")

    the_one(trace(place / "two.docx"), saved[1], "record")


@pytest.mark.office
@pytest.mark.slow
def test_libreoffice_docx_keeps_the_record(place, saved):
    """LibreOffice's own DOCX of a DOCX keeps the record."""
    pandoc(memo_in(place, saved), "-o", "memo.docx", cwd=place)
    out = office(place / "memo.docx", "docx")
    shutil.copy(place / "ledger.jsonl", out.parent)

    the_one(trace(out), saved[1], "record")


def test_optipng_keeps_the_record(place, saved):
    """A PNG packed again by optipng is known by its record."""
    shutil.copy(png_of(saved), place / "a.png")
    run("optipng", "-quiet", "-o1", place / "a.png")

    the_one(trace(place / "a.png"), saved[1], "record")


def test_qpdf_keeps_the_record(place, saved):
    """A PDF written anew by qpdf is known by its record."""
    folder, figure = saved
    run("qpdf", "--object-streams=generate", folder / f"{figure.ref}.fr.pdf", place / "a.pdf")

    the_one(trace(place / "a.pdf"), figure, "record")


def test_an_xml_rewrite_keeps_the_record(place, saved):
    """An SVG read and written by an XML library, its prefixes changed, is known by its record."""
    folder, figure = saved
    tree = ElementTree.parse(folder / f"{figure.ref}.fr.svg")
    tree.write(place / "a.svg", encoding="utf-8", xml_declaration=True)

    assert b"ns0:" in (place / "a.svg").read_bytes()
    the_one(trace(place / "a.svg"), figure, "record")


def test_pillow_keeps_the_pixels(place, saved):
    """A PNG saved again by Pillow, its metadata gone, is known by its pixels."""
    image = Image.open(png_of(saved))
    Image.frombytes("RGB", image.size, image.convert("RGB").tobytes()).save(place / "a.png")

    found = the_one(trace(place / "a.png"), saved[1], "pixels")
    assert found.record["claims"] == saved[1].claims


@pytest.mark.parametrize("words", [[], ["-strip"]])
def test_imagemagick_keeps_the_pixels(place, saved, words):
    """A PNG saved again or stripped by ImageMagick is known by its record or its pixels."""
    run("convert", png_of(saved), *words, f"PNG24:{place / 'a.png'}")

    found = trace(place / "a.png")
    assert [each.ref for each in found] == [saved[1].ref]
    assert found[0].how == "pixels" or not words


def test_typst_keeps_the_pixels(place, saved):
    """A picture out of a PDF made by typst is known by its pixels."""
    typst = pytest.importorskip("typst")
    shutil.copy(png_of(saved), place / "chart.png")
    (place / "memo.typ").write_text('Before. #image("chart.png", width: 16cm)')
    typst.compile(str(place / "memo.typ"), output=str(place / "memo.pdf"), root=str(place))

    the_one(trace(place / "memo.pdf"), saved[1], "pixels")


@pytest.mark.office
@pytest.mark.slow
def test_libreoffice_pdf_keeps_the_pixels(place, saved):
    """A picture out of a PDF that LibreOffice made without loss is known by its pixels; by default it is a look-alike."""
    pandoc(memo_in(place, saved), "-o", "memo.docx", cwd=place)
    options = '{"UseLosslessCompression":{"type":"boolean","value":"true"},"ReduceImageResolution":{"type":"boolean","value":"false"}}'
    out = office(place / "memo.docx", f"pdf:writer_pdf_Export:{options}")
    shutil.copy(place / "ledger.jsonl", out.parent)
    the_one(trace(out), saved[1], "pixels")

    out = office(place / "memo.docx", "pdf")
    assert {(each.id, each.how) for each in trace(out)} <= {("deal-ratios", "look-alike"), ("deal-ratios", "pixels")}


def changed(saved, how: str) -> bytes:
    """The picture as a messenger, a web page or a screenshot leaves it."""
    image, out = Image.open(png_of(saved)).convert("RGB"), io.BytesIO()
    if how == "jpeg":
        image.save(out, "JPEG", quality=85)
    elif how == "half":
        image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS).save(out, "PNG")
    else:  # a screenshot at another scale, with some of the page around
        small = image.resize((601, round(image.height * 601 / image.width)), Image.Resampling.BICUBIC)
        page = Image.new("RGB", (small.width + 40, small.height + 30), "white")
        page.paste(small, (17, 12))
        page.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("how", ["jpeg", "half", "screenshot"])
def test_a_look_alike_names_the_figure_and_no_version(place, saved, how):
    """A compressed, scaled or photographed picture names its figure, never its version, and says so."""
    (place / "a").with_suffix(".jpg" if how == "jpeg" else ".png").write_bytes(changed(saved, how))
    found = trace(next(place.glob("a.*")))

    assert [(each.id, each.ref, each.how, each.record) for each in found] == [("deal-ratios", "", "look-alike", None)]
    assert "version cannot be told" in found[0].note


@pytest.mark.slow
def test_every_figure_looks_like_itself_alone(facts, corpus):
    """No two figures are near enough for one to be taken for the other."""
    from analysis.figures.marks import look_hash
    from analysis.figures.trace import NEAR, distance

    looks = {id: look_hash(draw(facts, lang="en").png) for id, (draw, _) in FIGURES.items()}

    names = sorted(looks)
    near = [(a, b, distance(looks[a], looks[b])) for a in names for b in names if a < b]
    assert [each for each in near if each[2] <= 2 * NEAR] == []


@pytest.fixture(scope="module")
def printed(saved, tmp_path_factory):
    """A PDF that Chromium printed from a page with the figure's citation."""
    from analysis.figures.cite import cite

    if not shutil.which("chromium"):
        pytest.skip("needs chromium: apt-get install chromium")
    folder, figure = saved
    room = tmp_path_factory.mktemp("printed")
    page = f"<!doctype html><meta charset=utf-8><p>Text before.</p>{cite(figure, 'html')}"
    (folder / "page.html").write_text(page, encoding="utf-8")
    out, profile = room / "page.pdf", f"--user-data-dir={room / 'profile'}"
    words = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", profile, f"--print-to-pdf={out}"]
    subprocess.run([*words, str(folder / "page.html")], check=True, capture_output=True, timeout=120)
    return out


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("by", ["print", "gs", "pdfunite"])
def test_a_printed_reference_is_read_as_text(place, saved, printed, by):
    """In a PDF printed from the page, distilled by ghostscript or joined by pdfunite, the printed reference is text."""
    out = place / "out.pdf"
    if by == "print":
        shutil.copy(printed, out)
    elif by == "gs":
        run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={out}", printed)
    else:
        run("pdfunite", printed, printed, out)
    found = trace(out)

    assert [each.ref for each in found] == [saved[1].ref]
    assert found[0].how in ("printed ref", "pixels")


@pytest.mark.parametrize("by", ["gs", "pdfunite"])
def test_a_figure_pdf_that_lost_its_record_is_read(place, saved, by):
    """A figure's own PDF, distilled or joined so that its record is gone, still prints its reference as text."""
    folder, figure = saved
    own, out = folder / f"{figure.ref}.fr.pdf", place / "out.pdf"
    if by == "gs":
        run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={out}", own)
    else:
        run("pdfunite", own, own, out)

    assert [each.ref for each in trace(out)] == [figure.ref]


def test_what_is_cropped_below_the_source_line_is_not_found(place, saved):
    """Cut off above its source line and stripped, a picture names no version, and what can be done is said."""
    from analysis.figures.trace import told

    image = Image.open(png_of(saved)).convert("RGB")
    image.crop((0, 0, image.width, int(image.height * 0.8))).save(place / "a.png")
    found = trace(place / "a.png")

    assert found == []
    assert "cut off, it cannot be recovered" in told(place / "a.png", found)[0]


def test_a_reference_read_by_a_person_is_taken(place, saved):
    """With --ref the ledger tells what a picture shows that nothing else recognises."""
    Image.new("RGB", (200, 200), "white").save(place / "a.png")
    found = trace(place / "a.png", ref=saved[1].ref)

    assert the_one(found, saved[1], "given ref").record["title"] == saved[1].title


@pytest.mark.parametrize("policy, lang", [("balanced", "en"), ("official", "fr")])
def test_a_memos_links_are_traced(root, tmp_path, policy, lang):
    """A memo that is not filled in yet shows what its links draw today, by its head's settings, with claims and quotes."""
    memo = tmp_path / "memo.md"
    memo.write_text(f"---\nlang: {lang}\npolicy: {policy}\n---\nOne.\n\n![a](figure:talent)\n\n"
                    "![](figure:constant-prices?dollars=2014-02)\n\n![](figure:deal-ratio)\n", encoding="utf-8")  # fmt: skip
    corpus = load(root)
    facts = study(policy=policy, root=root)
    drawn = [FIGURES["talent"][0](facts, lang=lang), FIGURES["constant-prices"][0](facts, lang=lang, dollars="2014-02")]

    found = trace(memo, root=root)
    plain = found[0].to_json(corpus)
    assert [(each.ref, each.how, each.where) for each in found] == [
        (drawn[0].ref, "link", "line 7"), (drawn[1].ref, "link", "line 9"), ("", "link", "line 11")]  # fmt: skip
    assert (plain["title"], plain["as_of"]) == (drawn[0].title, drawn[0].as_of)
    assert found[1].to_json(corpus)["params"]["dollars"] == "2014-02"
    assert plain["sources"] == [source["text"] for source in drawn[0].sources]
    assert any(claim["quote"] for claim in plain["claims"])
    assert f"{drawn[0].ref}  (link, line 7)" in told(memo, found, corpus)
    assert "'deal-ratio' is not one of strategy-timeline" in found[2].note


def test_a_link_that_cannot_be_drawn(place, tmp_path):
    """Without data the nearest ledger's version is shown, and said to be that; an unknown figure names the choices."""
    memo = place / "memo.md"
    memo.write_text("![](figure:deal-ratios)\n![](figure:deal-ratio)\n", encoding="utf-8")

    known, unknown = trace(memo, root=tmp_path / "nowhere")
    assert (known.id, known.how, bool(known.record)) == ("deal-ratios", "link", True)
    assert "cannot be drawn today" in known.note
    assert "A ledger has this version" in known.note
    assert (unknown.ref, unknown.record) == ("", None)
    assert len(told(memo, [unknown])) == 1
