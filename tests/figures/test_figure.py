"""A figure's identity, what it carries, and the files it makes."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import re
import subprocess
import sys
import time

import polars as pl
import pytest
import vl_convert
from PIL import Image

from analysis.errors import DataError, MissingTool
from analysis.figures import FIGURES, marks
from analysis.figures.figure import FORMATS, Figure, rows_from, save_all
from analysis.figures.ledger import append_entries, entry, read
from analysis.figures.said import check_title
from analysis.figures.theme import WIDTH


@pytest.fixture(scope="module")
def figure(facts):
    return FIGURES["revenue-at-risk"][0](facts, lang="fr")


def again(figure: Figure, **changes) -> Figure:
    return dataclasses.replace(figure, **changes)


def with_value(figure: Figure, value: float) -> pl.DataFrame:
    return figure.rows.with_columns(value=pl.when(pl.col("key") == "reported").then(value).otherwise("value"))


@pytest.mark.parametrize("lacks", ["title", "alt", "source"])
def test_words_are_required(figure, lacks):
    """A figure without title, alt text or source line cannot be built."""
    with pytest.raises(DataError, match=f"has no {lacks}"):
        again(figure, **{lacks: " "})


def test_rows_rest_on_listed_claims(figure):
    """A row may not rest on a claim that the figure does not list."""
    with pytest.raises(DataError, match="which it does not list"):
        again(figure, claims=figure.claims[1:])


def test_title_is_checked():
    """A title that says what the rows do not is refused."""
    with pytest.raises(DataError, match="says what its rows do not: seven of eight"):
        check_title("deal-ratios", "Seven of eight", seven_of_eight=False)


@pytest.mark.parametrize("id", FIGURES)
def test_ref_ignores_language(facts, id):
    """The reference is the same in both languages, the wording is not."""
    english, french = (FIGURES[id][0](facts, lang=lang) for lang in ("en", "fr"))

    assert english.ref == french.ref
    assert english.wording != french.wording
    assert re.fullmatch(rf"{id}@[0-9a-f]{{8}}", english.ref)


@pytest.mark.parametrize("id", FIGURES)
def test_alt_text_has_a_length(facts, nothing, id):
    """Alt text has 150 to 300 characters, in both languages, with much data or none."""
    lengths = [len(FIGURES[id][0](given, lang=lang).alt) for given in (facts, nothing) for lang in ("en", "fr")]

    assert all(150 <= n <= 300 for n in lengths), lengths


def test_identity_is_of_the_content(figure):
    """Title, notes and the order of rows change no reference; a value, a standing, a claim or a parameter does."""
    same = [again(figure, title="Other"), again(figure, notes=[]), again(figure, rows=figure.rows.reverse())]
    moved = [
        again(figure, rows=with_value(figure, 1.0)),
        again(figure, rows=figure.rows.with_columns(standing=pl.lit("confirmed"))),
        again(figure, claims=[*figure.claims, "one-more"]),
        again(figure, params=figure.params | {"scenario": "assumed"}),
    ]

    assert {f.ref for f in same} == {figure.ref}
    assert len({f.ref for f in [figure, *moved]}) == 5


def test_last_bits_change_nothing(figure):
    """Two numbers that differ after ten significant digits are one."""
    near, far = (again(figure, rows=with_value(figure, v)).ref for v in (200e6, 200e6 * (1 + 1e-13)))

    assert near == far
    assert again(figure, rows=with_value(figure, 200e6 * (1 + 1e-8))).ref != near


def test_saves_every_format(figure, tmp_path):
    """Each format is written with the reference in its name; a second save adds nothing to the ledger."""
    pytest.importorskip("pikepdf")
    written = figure.save(tmp_path)
    figure.save(tmp_path)

    assert [p.name for p in written] == [f"{figure.ref}.fr.{name}" for name in FORMATS]
    assert len(list(read([tmp_path / "ledger.jsonl"]))) == 1
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_saving_several_is_saving_each(facts, tmp_path):
    """Figures saved together are the files and the ledger that they are one by one, in the same order."""
    pytest.importorskip("pikepdf")
    figures = [FIGURES[id][0](facts, lang="fr") for id in ("talent", "deal-ratios", "customer-stances")]
    together = save_all(figures, tmp_path / "together")
    alone = [path for figure in figures for path in figure.save(tmp_path / "alone")]

    assert [path.name for path in together] == [path.name for path in alone]
    assert [path.read_bytes() for path in together] == [path.read_bytes() for path in alone]
    assert (tmp_path / "together/ledger.jsonl").read_bytes() == (tmp_path / "alone/ledger.jsonl").read_bytes()
    assert not save_all([], tmp_path / "together")


def test_every_file_carries_the_record(figure):
    """PNG, SVG and PDF give their record back."""
    pytest.importorskip("pikepdf")
    found = [marks.read(data) for data in (figure.png, figure.svg.encode(), figure.pdf)]

    assert found == [figure.record] * 3


def test_record_is_small(facts):
    """A record is 1 to 10 KB beside its words: the ledger stays readable."""
    sizes = [len(marks.canonical(FIGURES[id][0](facts)._identity)) for id in FIGURES]

    assert max(sizes) < 10_000


def test_bytes_are_the_same_every_time(facts, figure, monkeypatch):
    """Another run in another time zone gives the same bytes in every format."""
    pytest.importorskip("pikepdf")
    before = [figure.bytes_of(name) for name in FORMATS]
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        after = [FIGURES["revenue-at-risk"][0](facts, lang="fr").bytes_of(name) for name in FORMATS]
    finally:
        monkeypatch.undo()
        time.tzset()

    assert before == after


@pytest.mark.parametrize("id", FIGURES)
def test_png_fits_a_memo(facts, id):
    """A PNG is 16 cm wide at 219 ppi, opaque on white and under 150 KB."""
    png = FIGURES[id][0](facts, lang="fr").png
    image = Image.open(io.BytesIO(png))

    assert len(png) < 150_000
    assert image.width == 1380
    assert image.info["dpi"] == pytest.approx((219, 219), abs=0.1)
    assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


@pytest.mark.parametrize("id", FIGURES)
def test_spec_compiles_under_both(facts, id):
    """The specification draws the same picture under Vega-Lite 5 and 6."""
    figure = FIGURES[id][0](facts)
    spec = {k: v for k, v in figure.spec.items() if k != "$schema"}
    five, six = (vl_convert.vegalite_to_svg(spec, vl_version=v) for v in ("5.20", "6.4"))

    assert five == six


def test_altair_accepts_the_chart(figure):
    """The chart is valid by Altair's own schema, not only drawable."""
    assert figure.chart.to_dict(validate=True)["width"] == WIDTH


def test_bundle_shows_everywhere(figure):
    """The output of a cell holds Vega-Lite 5, a picture, its alt text, and nothing that moves."""
    bundle, metadata = figure._repr_mimebundle_()

    assert "/v5" in bundle["application/vnd.vegalite.v5+json"]["$schema"]
    assert metadata["image/png"]["alt"] == figure.alt
    assert {"image/png", "text/plain"} <= set(bundle)
    assert "text/html" not in bundle
    assert (bundle, metadata) == figure._repr_mimebundle_()


def test_tooltips_say_who(facts):
    """A row's tooltip gives its source, its standing and the words quoted."""
    spec = FIGURES["driver-evidence"][0](facts, lang="fr").spec
    layer = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "rect")
    rows = spec["datasets"][layer["data"]["name"]]

    assert [tip["title"] for tip in layer["encoding"]["tooltip"]] == ["Fait", "Valeur", "Source", "Statut", "Citation"]
    assert any("«" in row["quote"] for row in rows)


def test_svg_is_one_accessible_node(figure):
    """A screen reader meets one image with title and description; fonts are named."""
    svg = figure.svg

    assert re.match(r'<svg[^>]* role="img"[^>]* aria-labelledby="(\S+)" aria-describedby="(\S+)">', svg)
    assert svg.count("<title") == svg.count("<desc") == 1
    assert '<g aria-hidden="true"' in svg
    assert "Liberation Sans, Arial, Helvetica, sans-serif" in svg


def test_csv_runs_no_formula(figure):
    """A cell that a spreadsheet would run is led by an apostrophe."""
    rows = rows_from([{"key": "=1+1", "label": "@x", "claims": []}])
    lines = again(figure, rows=rows).csv().splitlines()

    assert lines[1].startswith("'=1+1,'@x,")


def test_pdf_without_its_tool(figure, tmp_path, monkeypatch):
    """Without pikepdf a PDF asked for is refused with the line that installs it; the rest is written."""
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    bare = again(figure)

    with pytest.raises(MissingTool, match="pip install"):
        bare.save(tmp_path, formats=["pdf"])
    assert len(bare.save(tmp_path)) == len(FORMATS) - 1


def test_unknown_format_is_refused(figure, tmp_path):
    """A format that does not exist is refused with those that do."""
    with pytest.raises(DataError, match="'pgn' is not one of svg, png"):
        figure.save(tmp_path, formats=["pgn"])


@pytest.mark.parametrize(
    "text, said",
    [("18 juin 2025", "au 18 juin"), ("avril 2025", "d’avril"), ("juillet 2025", "de juillet"), ("2014", "de 2014")],
)
def test_french_dates_agree(figure, text, said):
    """The data's date reads well to the day, to the month and to the year."""
    assert f"· données {said}" in again(figure, as_of_text=text).ref_line


def test_dollars_stay_dollars(facts):
    """In French a dollar amount keeps its sign, and no euro appears where none is meant."""
    said = json.dumps(FIGURES["deal-ratios"][0](facts, lang="fr").record, ensure_ascii=False)

    assert "Md$" in said
    assert "€" not in said


def test_ledger_holds_lines_once(figure, tmp_path):
    """The same entry twice is one line, and a line that is no record is named."""
    path = tmp_path / "ledger.jsonl"
    counts = [append_entries(path, [entry(figure)]) for _ in range(2)]
    path.write_text(path.read_text() + "{}\n")

    assert counts == [1, 0]
    with pytest.raises(DataError, match=r"ledger\.jsonl:2: not a figure's record"):
        list(read([path]))


def test_explains_every_mark(figure):
    """The explanation gives each row with the sentences behind it."""
    told = figure.explain()

    assert figure.ref in told
    assert all(row["label"] in told for row in figure.rows.iter_rows(named=True))


def test_table_is_the_long_description(figure):
    """The table holds every row and the reference."""
    page = figure.table().as_raw_html()

    assert figure.ref in page
    assert all(label in page for label in figure.rows["label"])


def test_import_stays_light():
    """Opening the room imports neither Altair nor the renderer."""
    code = "import sys, analysis.figures.prices; print({'altair', 'vl_convert', 'PIL'} & set(sys.modules))"

    assert os.popen(f'{sys.executable} -c "{code}"').read().strip() == "set()"


@pytest.mark.skipif(sys.platform != "linux", reason="fonts are found by fontconfig on Linux")
def test_no_font_of_the_machine_is_used():
    """A text is drawn with the renderer's own font, whatever Liberation Sans the machine has: the same bytes everywhere."""
    code = (
        "import hashlib; from analysis.figures.renderer import renderer; "
        """svg = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'; """
        """svg += '<text y="15" font-family="Liberation Sans">14,3 Md$</text></svg>'; """
        "print(renderer().__version__, hashlib.sha256(renderer().svg_to_pdf(svg)).hexdigest()[:16])"
    )

    version, drawn = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split()

    assert version != "1.9.0" or drawn == "06c1ca049223626b"  # from a machine without any font
