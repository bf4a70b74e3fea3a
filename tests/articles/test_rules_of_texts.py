"""Rules of the articles' room at its edges: what is no article, what cannot be anchored, what is no data, what `deals read` and `propose` print."""

from __future__ import annotations

import json
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from analysis.articles import anchor, files, reading
from analysis.articles import text as texts
from analysis.articles.corpus import load
from analysis.articles.document import read_text
from analysis.articles.search import search
from analysis.errors import DataError, MissingTool

WORLD = Path(__file__).parent / "world"
STORY = """Marble Corp. agreed on Thursday to buy Heron Inc. for 14.3 billion dollars, the companies said. Marble then said
14.3 billion again. Heron has 450 employees.
"""
HEAD = '[article]\nid = "piece"\n'
CLAIM = '\n[[claim]]\nid = "{id}"\nsubject = "org:beta"\nproperty = "price"\nvalue = 14_300_000_000\nstatus = "asserted"\nby = ["gazette"]\n'


@pytest.fixture
def story(tmp_path) -> Path:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    return tmp_path / "story.txt"


# ---- read and propose


def test_read_prints_rows_or_the_same_as_json(story):
    """The text has each amount in brackets and a row for each; as JSON there are as many."""
    printed, rows = reading.told(story), json.loads(reading.told(story, json=True))

    assert [row["text"] for row in rows] == ["Thursday", "14.3 billion dollars", "14.3 billion", "450 employees"]
    assert printed.count("⟦") == len(rows)
    assert "⟦14.3 billion dollars⟧2" in printed


@pytest.mark.parametrize("command", [reading.told, reading.proposed])
def test_a_date_that_is_none_is_refused_by_its_option(command, story):
    """--published is EDTF; another text is refused before anything is read."""
    with pytest.raises(DataError, match=r"--published .*June"):
        command(story, published="12 June")


def test_propose_writes_a_file_and_says_of_what(story, tmp_path, root, monkeypatch):
    """Without -o the file lies among the articles, named for the deal; a second time nothing is new."""
    shutil.copytree(root / "data", tmp_path / "data")
    monkeypatch.setenv("DEALS_ROOT", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = set((tmp_path / "data/articles").iterdir())
    first, second = (reading.proposed(story, published="2025-06-13") for _ in range(2))

    (made,) = set((tmp_path / "data/articles").iterdir()) - before
    claims = len(tomllib.loads(made.read_text(encoding="utf-8"))["claim"])
    name = f"data/articles/{made.name}"
    assert first.startswith(f"{name}: {claims} new of {claims} proposed (")
    assert second.startswith(f"{name}: 0 new of {claims} proposed (")
    assert "1 price" in first


# ---- what is no article


def test_an_article_that_is_not_there_is_said_to_be(tmp_path):
    """The system's reason and the way out, no traceback."""
    with pytest.raises(DataError, match=r"none\.txt: cannot be read \(No such file or directory\)"):
        read_text(tmp_path / "none.txt")


def test_another_encoding_needs_its_extra(tmp_path, monkeypatch):
    """Without the package that tells encodings, UTF-8 is read and any other is refused with the line that installs it."""
    (tmp_path / "a.txt").write_bytes("Le prix\u00a0: 3 milliards d’euros, dit-on à Évry.".encode("cp1252"))
    (tmp_path / "b.txt").write_text("À Évry.", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)

    assert read_text(tmp_path / "b.txt") == "À Évry."
    with pytest.raises(MissingTool, match=r"pip install 'deal-analysis\[read\]'"):
        read_text(tmp_path / "a.txt")


# ---- anchoring


def anchored(folder: Path, contents: str) -> str:
    (folder / "piece.toml").write_text(contents, encoding="utf-8")
    anchor.anchor(folder / "piece.toml", folder)
    return (folder / "piece.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "contents, said",
    [
        (HEAD + HEAD.replace("[article]", ""), "piece.toml:4: not valid TOML"),
        (CLAIM.format(id="p"), "it holds 0 articles. Anchor a file of one."),
        (HEAD + CLAIM.format(id="p") + '[[claim.evidence]]\nquote = "14.3 billion dollars"\n', "claim 'p': its evidence is not inline"),
        (HEAD + CLAIM.format(id="q") + 'evidence = [{ quote = "450 employees" }]\n'
         + CLAIM.format(id="p") + f'evidence = [{{ start = 3, len = 9, sha = "{"0" * 16}" }}]\n', "no longer at its place, and has no quote"),
    ],
)  # fmt: skip
def test_what_cannot_be_anchored_stays_as_it_was(story, contents, said):
    """A broken file, a file of no article, evidence of another form, and a span without words are each refused in words."""
    with pytest.raises(DataError, match=said.replace("[", r"\[")):
        anchored(story.parent, contents)

    assert (story.parent / "piece.toml").read_text(encoding="utf-8") == contents


def test_a_file_to_anchor_that_is_not_there_is_refused(story):
    """The message says where articles' files lie."""
    with pytest.raises(DataError, match=r"there is no such file\. Name an article's file in data/articles/"):
        anchor.anchor(story.parent / "none.toml", story.parent)


def test_a_span_that_holds_is_left_and_a_wider_one_is_a_sentence(story):
    """Where hash and place agree nothing moves; a length beyond the quote asks for the sentence around it."""
    text = texts.fold(STORY)
    start = text.index("14.3 billion dollars")
    held = f'{{ start = {start}, len = 20, sha = "{texts.short_sha("14.3 billion dollars")}" }}'
    made = anchored(
        story.parent,
        HEAD + CLAIM.format(id="a") + f"evidence = [{held}]\n"
        + CLAIM.format(id="b") + 'evidence = [{ len = 40, quote = "450 employees" }]\n',
    )  # fmt: skip
    first, second = (claim["evidence"][0] for claim in tomllib.loads(made)["claim"])

    assert (first["start"], first["len"]) == (start, 20)
    assert text[second["start"] :][: second["len"]] == "Heron has 450 employees."


# ---- data/


def test_outside_a_project_the_way_in_is_said(tmp_path, monkeypatch):
    """No data/ above the working folder nor the package: the message names all three ways to say where it lies."""
    monkeypatch.delenv("DEALS_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(files, "__file__", str(tmp_path / "files.py"))

    with pytest.raises(DataError, match="Run inside the project, set DEALS_ROOT, or pass --data"):
        files.find_root()


PROPERTY = '[[property]]\nid = "made"\nlabel = {{ en = "made", fr = "fait" }}\ndefinition = "Made up."\n{}\n'


@pytest.mark.parametrize(
    "file, added, said",
    [
        ("properties.toml", PROPERTY.format('kind = "duration"\nunit = "metres"'), "property 'made': unit 'metres' is not one of"),
        ("properties.toml", PROPERTY.format('kind = "money"\nkey = ["basiss"]'), "key 'basiss' is not a field of a claim. Did you mean 'basis'?"),
        ("properties.toml", PROPERTY.format('kind = "choice"\nchoices = ["a", "b"]\nbroader = { c = "a" }'), "broader 'c' is not one of"),
        ("corrections.toml", '[[correction]]\nfield = "published"\nguard = "2025"\nreason = "x"\n', "A correction says what it corrects"),
        ("articles/a.toml", b"[article]\nid = \"\xff\"\n", "byte 16 is not UTF-8. Save the file as UTF-8."),
        ("articles/a.toml", "article = 3\n", "article is no table. Write [[article]] before its fields."),
        ("articles/a.toml", "[[claim]]\nvalue = 1e999999999999999999999\n", "is beyond all numbers"),
    ],
)  # fmt: skip
def test_a_rule_of_data_is_told_with_its_file(tmp_path, file, added, said):
    """Each file of data/ is held to its rules, and the message has the file and the way out."""
    shutil.copytree(WORLD, tmp_path, dirs_exist_ok=True)
    place = tmp_path / "data" / file
    place.parent.mkdir(exist_ok=True)
    before = place.read_bytes() + b"\n" if place.exists() else b""
    place.write_bytes(before + (added if isinstance(added, bytes) else added.encode()))

    with pytest.raises(DataError) as refused:
        load(tmp_path)

    assert said in str(refused.value)
    assert str(refused.value).startswith(f"data/{file}:")


# ---- finding quotes


def test_without_its_extra_no_similar_words_are_shown(monkeypatch):
    """A lost quote is lost with or without rapidfuzz; only the words nearest to it are not named."""
    span = {"claim_id": "c", "start": 0, "len": 20, "sha": "0" * 16, "quote": "14.3 billion dollar, the company said"}
    (found,) = search([span], texts.fold(STORY))
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    (bare,) = search([span], texts.fold(STORY))

    assert (found.state, bare.state, bare.near) == ("drifted", "lost", None)
    assert "14.3 billion dollars, the companies said" in found.near


def test_a_quote_that_its_span_does_not_hold_is_lost():
    """Hash and place may fit: where the quote stands elsewhere than in its span, the claim says what is not so."""
    text = texts.fold(STORY)
    span = {"claim_id": "c", "start": 0, "len": 12, "sha": texts.short_sha(text[:12]), "quote": "450 employees"}
    (found,) = search([span], text)

    assert (found.state, found.why) == ("lost", "« 450 employees » is not in its span")


def test_a_span_without_a_place_is_looked_for_by_its_quote():
    """Before a file is anchored a quote is found where it stands, and one that stands nowhere is lost."""
    spans = [dict(claim_id="c", start=None, len=None, sha=None, quote=quote) for quote in ("450 employees", "Quartz")]
    text = texts.fold(STORY)
    found, lost = search(spans, text)

    assert (found.state, found.start) == ("moved", text.index("450"))
    assert lost.state == "lost"
