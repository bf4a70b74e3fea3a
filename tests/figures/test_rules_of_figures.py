"""Rules of the figures' room that no chart of the repository's own data comes to: other answers, other titles, bad input."""

from __future__ import annotations

import base64
import io
import json
import os
from pathlib import Path

import pytest
from made import claim, deal_claims, facts_of
from PIL import Image

from analysis.errors import DataError
from analysis.facts.resolve import resolve
from analysis.figures import FIGURES, answers, drawn, ledger, marks
from analysis.figures.findings import findings
from analysis.figures.lint import lint_figures, lint_svg
from analysis.figures.opened import kind_of, opened
from analysis.figures.trace import distance, ledgers_for, trace

PAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="100">{}</svg>'
ROW = dict(id="answer", value=1.0, lo=None, hi=None, unit="USD", standing="reported", claims=["a"])


def figure_of(id: str, facts, **how):
    return FIGURES[id][0](facts, **how)


def titles_of(id: str, facts, **how) -> list[str]:
    """A figure's title in English and French, with plain spaces."""
    return [figure_of(id, facts, lang=lang, **how).title.replace("\u00a0", " ") for lang in ("en", "fr")]


# ---- titles


@pytest.mark.parametrize(
    "stances, en, fr",
    [
        (["leaving"], "Customer 0: leaves", "Customer 0 : s’en va"),
        (["staying"] * 3, "None of the three customers named", "Aucun des trois clients nommés"),
        (["leaving"] * 3, "All three customers named move away", "Les trois clients nommés s’éloignent tous"),
        (["leaving", "staying"], "One of the two customers named moves away", "Un des deux clients nommés s’éloigne"),
    ],
)
def test_the_title_counts_the_customers_that_leave(root, stances, en, fr):
    """One customer is named with what it does; none, all and one of several have words of their own."""
    claims = [claim(f"org:c{i}", "customer_stance", s, object="org:s") for i, s in enumerate(stances)]
    orgs = {f"org:c{i}": f"Customer {i}" for i in range(len(stances))} | {"org:s": "Supplier"}
    facts = facts_of(claims, deals={}, orgs=orgs, root=root)
    titles = titles_of("customer-stances", facts, supplier="org:s")

    assert titles[0].startswith(en)
    assert titles[1].startswith(fr)


@pytest.mark.parametrize(
    "price, title",
    [
        (1e9, "In constant dollars, Target 0 cost about as much as Target 1"),
        (1.5e9, "In constant dollars, Target 0 cost 50% more than Target 1"),
        (3e9, "In constant dollars, Target 0 cost 3.0× the price of Target 1"),
        (0.5e9, "In constant dollars, Target 0 cost 50% less than Target 1"),
    ],
)
def test_the_title_says_how_two_prices_compare(root, price, title):
    """Less and more are told in per cent, from twice on in times, and a hundredth is no difference."""
    claims = [c for deal, p in (("deal:d0", price), ("deal:d1", 1e9)) for c in deal_claims(deal, price=p)]
    facts = facts_of(claims, deals={"deal:d0": "Target 0", "deal:d1": "Target 1"}, orgs={}, root=root)

    assert figure_of("deal-ratios", facts, deal="deal:d0", baseline="deal:d1").title == title


@pytest.mark.parametrize(
    "customers, en, fr",
    [
        (
            0,
            "A single tie is known here: Buyer buys Target 0",
            "Un seul lien est connu ici : Buyer rachète Target 0",
        ),
        (
            2,
            "Target 0 stands in the middle: 3 of the 3 ties named",
            "Target 0 est au centre : 3 des 3 liens nommés",
        ),
    ],
)
def test_the_title_counts_the_ties(root, customers, en, fr):
    """One tie is told itself; of several, the actor that most of them lead to."""
    claims = deal_claims("deal:d0", price=1e9)
    claims += [claim(f"org:c{i}", "customer_stance", "staying", object="org:d0") for i in range(customers)]
    orgs = {f"org:c{i}": f"Customer {i}" for i in range(customers)}
    facts = facts_of(claims, deals={"deal:d0": "Target 0"}, orgs=orgs, root=root)

    assert titles_of("actors", facts, deal="deal:d0") == [en, fr]


@pytest.mark.parametrize(
    "revenues, title",
    [
        ((10e9, 2e9), "Target 1 weighed at least 5 times as much on its buyer as Target 0 does"),
        ((10e9, 6e9), "Target 1 weighed at least 1.5 times as much on its buyer as Target 0 does"),
        ((10e9, 9e9), "Target 0 cost 10% of a year’s sales, Target 1 11.1%"),
    ],
)
def test_the_title_says_what_a_price_weighed(root, revenues, title):
    """Half as much again is told in times; nearer shares are told themselves."""
    claims = [
        c for deal, year in (("deal:d0", 2020), ("deal:d1", 2015)) for c in deal_claims(deal, price=1e9, year=year)
    ]
    claims += [claim("org:buyer", "revenue", r, period=y) for r, y in zip(revenues, ("2019", "2014"), strict=True)]
    facts = facts_of(claims, deals={"deal:d0": "Target 0", "deal:d1": "Target 1"}, orgs={}, root=root)

    assert figure_of("acquirer-share", facts, deal="deal:d0", baseline="deal:d1").title == title


# ---- answers


@pytest.mark.parametrize("lang, said", [("en", "No claim counts"), ("fr", "Aucune déclaration ne compte")])
def test_an_answer_without_claims_says_so(corpus, lang, said):
    """Before anything was public each answer says that nothing counts, or cannot be compared, and never fails."""
    facts = resolve(corpus, as_of="2000-01-01")

    assert str(answers.strategy_answer(facts, lang=lang)).startswith(said)
    assert str(answers.customers_answer(facts, lang=lang)).startswith(said)
    assert {"en": "cannot be compared", "fr": "ne se comparent pas"}[lang] in str(
        answers.comparison_answer(facts, lang=lang)
    )


# ---- findings, lint, ledger


def test_a_finding_stands_once():
    """Two findings of one id would be one row of a frame: refused, as is a row with another shape."""
    with pytest.raises(DataError, match="'answer': stands twice"):
        findings([ROW, ROW])
    with pytest.raises(DataError, match="'answer': has id, value, a finding has id, value, lo"):
        findings([{"id": "answer", "value": 1}])


@pytest.mark.parametrize("id", ["deal-ratio", "nothing"])
def test_a_figure_that_is_none_is_refused_by_name(root, id):
    """What is linted or published is a figure of the package; a slip is met with the nearest."""
    for asked in (lint_figures, ledger.publish):
        with pytest.raises(DataError, match=f"figure '{id}' is not one of"):
            asked([id], root=root)


def test_figures_are_linted_in_both_languages(root, monkeypatch):
    """`deals lint ID` measures the figure in each language, and a line is what is wrong with it."""
    monkeypatch.setitem(lint_figures.__globals__, "lint", lambda figure: [figure.lang])

    assert lint_figures(["deal-ratios"], root=root) == {"deal-ratios en": ["en"], "deal-ratios fr": ["fr"]}


def test_a_full_cache_loses_what_is_oldest(tmp_path, monkeypatch):
    """Over its measure the older half goes, and what was drawn last stays."""
    monkeypatch.delenv("DEALS_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(drawn, "MOST", 3)
    folder = tmp_path / "deals/pictures"
    folder.mkdir(parents=True)
    for day, name in enumerate("abcd"):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (day, day))
    content = next(text for text in map(str, range(5000)) if _leaves_room(text, folder))

    assert not [name for name in "ab" if (folder / name).exists()]
    assert drawn.drawn("svg", content, lambda: b"again") == b"new"


def _leaves_room(content: str, folder: Path) -> bool:
    """Draw; whether pictures went: one drawing in 256 looks how many there are."""
    before = len(list(folder.iterdir()))
    drawn.drawn("svg", content, lambda: b"new")
    return len(list(folder.iterdir())) < before


# ---- trace


@pytest.fixture(scope="module")
def figure(facts):
    """A figure whose picture is its record on a blank page: it need not be drawn to be found by that."""
    made, blank = figure_of("deal-ratios", facts), io.BytesIO()
    Image.new("RGB", (80, 80), "white").save(blank, "PNG")
    made.__dict__["png"] = marks.write_png(blank.getvalue(), made.record)
    return made


def notebook_of(figure, tmp_path, **data):
    """A notebook with prose, an output that shows the figure, and one that is not its."""
    output = {
        "output_type": "display_data",
        "data": data or {"application/vnd.deals.figure+json": {"record": figure.record}},
    }
    cells = [
        {"cell_type": "markdown", "source": ["Some ", "prose."]},
        {"cell_type": "code", "source": "1", "outputs": [output, {"output_type": "stream", "text": "x"}]},
        {"cell_type": "code", "source": "2", "outputs": [{"output_type": "display_data", "data": {"image/png": "?"}}]},
    ]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return tmp_path / "a.ipynb"


@pytest.mark.parametrize("how", ["record", "picture"])
def test_a_notebooks_figure_is_traced(figure, root, tmp_path, how):
    """By the record beside its picture, or by that in the picture itself; what is no picture is passed over."""
    picture = {"image/png": base64.b64encode(figure.png).decode()} if how == "picture" else {}
    (found,) = trace(notebook_of(figure, tmp_path, **picture), root=root)

    assert (found.ref, found.how, found.where) == (figure.ref, "record", "cell 2")


def test_a_traced_figure_is_plain_data(figure, corpus, root, tmp_path):
    """As JSON it has title, parameters, sources, and each claim with its sentence; no row and no width."""
    (found,) = trace(notebook_of(figure, tmp_path), root=root)
    plain = json.loads(json.dumps(found.to_json(corpus)))

    assert plain["title"] == figure.title
    assert plain["params"] == figure.record["params"]
    assert {each["id"] for each in plain["claims"]} == set(figure.claims)
    assert all(each["sentence"] for each in plain["claims"])
    assert not {"record", "rows", "width"} & plain.keys()


def test_pictures_beside_a_text_are_traced(figure, root, tmp_path):
    """A Markdown text shows the pictures of its own folder and those written into it; others are not opened."""
    (tmp_path / "a picture.png").write_bytes(figure.png)
    held = base64.b64encode(figure.png).decode()
    for text in ("![](a%20picture.png)", f"![](data:image/png;base64,{held})"):
        (tmp_path / "a.md").write_text(f"{text}\n\n![](https://example.org/b.png) ![](../c.png)", encoding="utf-8")

        assert [each.ref for each in trace(tmp_path / "a.md", root=root)] == [figure.ref]


def test_a_broken_picture_does_not_hide_the_others(figure, root, tmp_path):
    """A document is read on after a picture that cannot be read; a picture alone is refused."""
    broken = marks.PNG_SIGNATURE + b"no more"
    pages = [base64.b64encode(picture).decode() for picture in (broken, figure.png)]
    images = "".join(f'<img src="data:image/png;base64,{page}">' for page in pages)
    (tmp_path / "a.html").write_text(f"<p>Two:</p>{images}", encoding="utf-8")
    (tmp_path / "a.png").write_bytes(broken)

    assert [each.ref for each in trace(tmp_path / "a.html", root=root)] == [figure.ref]
    with pytest.raises(DataError, match=r"a\.png: picture: cannot be read"):
        trace(tmp_path / "a.png", root=root)


def test_a_reference_is_refused_that_reads_like_none(figure, root, tmp_path):
    """--ref takes what is printed in a picture and nothing else."""
    with pytest.raises(DataError, match="--ref 'deal-ratios': is no reference"):
        trace(notebook_of(figure, tmp_path), ref="deal-ratios", root=root)


def test_looks_of_two_lengths_have_nothing_in_common():
    """Another kind of hash is as far away as can be, and so is what is no hash."""
    assert distance("ff", "fe") == 1
    assert distance("ff", "fff") == distance("ff", "xy") == 8


def test_a_file_outside_any_project_has_its_own_ledger(tmp_path):
    """Where no data/ is found, records are looked up beside the file alone."""
    assert ledgers_for(tmp_path / "a.png", tmp_path) == [tmp_path.resolve() / "ledger.jsonl"]


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("a.png", b"text", "is named .png and does not begin like one"),
        ("a.xlsx", b"text", "is no kind that is read"),
        ("a.md", b"\xff\xfe\xff", "is not UTF-8 text"),
        ("a.ipynb", b"[]", "is not a notebook that can be read"),
        ("a.ipynb", b'{"cells": [3]}', "is not a notebook that can be read"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(tmp_path, name, data, said):
    """A name that its content does not bear out is refused in one message."""
    (tmp_path / name).write_bytes(data)

    with pytest.raises(DataError, match=said):
        opened(tmp_path / name)


@pytest.mark.parametrize("data, kind", [(b"\xff\xd8\xff", "jpg"), (b"\n%PDF-1.7", "pdf"), (b"PK\x03\x04", "docx")])
def test_a_wrong_name_hides_no_kind(tmp_path, data, kind):
    """What begins like a picture or a document is one, whatever it is called."""
    assert kind_of(tmp_path / "letter.txt", data) == kind


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_small_palette_with_transparency_is_flattened_on_white(kind, tmp_path):
    """Two pictures that look alike on paper have one pixel hash, however they are stored."""
    plain = Image.new("RGB", (80, 80), "white")
    clear = Image.new("RGBA", (80, 80), (255, 0, 0, 0)) if kind == "png" else Image.new("L", (80, 80), 255)
    held = []
    for number, image in enumerate((plain, clear)):
        image.save(tmp_path / f"{number}.png")
        held.append(marks.pixel_hash((tmp_path / f"{number}.png").read_bytes()))

    assert held[0] == held[1]


@pytest.mark.parametrize(
    "mark, said",
    [
        ({"fill": "#eeeeee", "x": 300}, "contrast: a mark in #eeeeee"),
        ({"fill": "#000000", "x": 900}, "clipped: a mark at x = "),
    ],
)
def test_lint_sees_marks(mark, said):
    """A mark too faint to be seen, or outside the picture, is named."""
    path = '<g class="mark-symbol"><path transform="translate({x},50)" d="M4,0A4,4,0,1,1,-4,0Z" fill="{fill}"/></g>'

    assert any(line.startswith(said) for line in lint_svg(PAGE.format(path.format(**mark))))
