"""Evidence and the texts: every quote is found again whatever the typography, and a changed digit never is."""

from __future__ import annotations

import random
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles import anchor, text
from analysis.articles.corpus import load
from analysis.errors import DataError

AFP, SITE = "afp-2025-06-12-meta-scale-ai", "unidentified-meta-scale-ai"
SAMPLE = (
    "Alpha mise 14,3 milliards de dollars sur Bêta. « Un pari », dit la Gazette. Alpha obtiendrait 49 % du capital, "
    "selon des proches. L'accord a été signé en mai 2031. Le prix de 14,3 milliards n'est pas confirmé. "
    "L’acheteur n'a pas répondu, et Bêta a été fondée en 2016 par Ada Byron."
)
WORLD = Path(__file__).parent / "world"
HEAD = '# kept\n[article]\nid = "gazette"\nlang = "fr" # kept too\n'


def counts(checked) -> dict[str, int]:
    return {state: checked.count(state) for state in anchor.STATES if checked.count(state)}


def checked_copies(corpus, texts: Path, folder: Path, change) -> dict[str, anchor.Checked]:
    """The articles after each text was changed."""
    for path in texts.glob("*.txt"):
        (folder / path.name).write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return {article.id: article for article in anchor.verify(corpus, folder).articles}


def test_every_quote_is_exact_in_the_articles(corpus, texts):
    """In the texts that were read, every span of evidence stands where it is said to stand."""
    found = anchor.verify(corpus, texts)

    assert found.unrecognised == []
    for article in found.articles:
        assert counts(article) == {"exact": article.quotes}
        assert 0 < article.quoted_share < 0.15


RETYPOGRAPHED = {
    "curly": lambda t: t.replace("'", "’").replace(' "', " “").replace('"', "”"),
    "guillemets": lambda t: re.sub(r'"([^"\n]*)"', "«\u202f\\1\u202f»", t),
    "guillemets removed": lambda t: re.sub(r"«\s*([^»\n]*?)\s*»", r'"\1"', t),
    "narrow": lambda t: re.sub(r"(?<=\d) (?=\d|%|m)", "\u202f", t).replace(" »", "\u202f»"),
    "space before percent": lambda t: re.sub(r"(?<=\d)%", "\u202f%", t),
    "no space before percent": lambda t: re.sub(r"(?<=\d)\s%", "%", t),
    "wrapped": lambda t: re.sub(r"((?:\S+ ){7}\S+) ", r"\1\n", t),
    "one line": lambda t: " ".join(t.split()),
    "decomposed": lambda t: unicodedata.normalize("NFD", t),
    "windows lines": lambda t: t.replace("\n", "\r\n"),
    "soft hyphens": lambda t: t.replace("entre", "en\u00adtre"),
    "marked": lambda t: "\ufeff" + t,
}


@pytest.mark.parametrize("name", RETYPOGRAPHED)
def test_everything_is_found_in_other_typography(corpus, texts, tmp_path, name):
    """Quotes, spaces, line breaks and accents of another hand lose nothing."""
    found = checked_copies(corpus, texts, tmp_path, RETYPOGRAPHED[name])

    for id in (AFP, SITE):
        article = found[id]
        assert article.file is not None
        assert article.count("exact") + article.count("moved") == article.quotes, article.problems[:3]


def test_a_copy_in_another_encoding_is_found(corpus, texts, tmp_path):
    """A copy saved by Windows is read as what it says."""
    for path in texts.glob("000*.txt"):
        (tmp_path / path.name).write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))

    found = anchor.verify(corpus, tmp_path).articles[0]

    assert counts(found) == {"exact": found.quotes}


def test_a_text_that_moved_is_moved(corpus, texts, tmp_path):
    """With a paragraph put before it, each span is found again elsewhere, and that is no failure."""
    found = checked_copies(corpus, texts, tmp_path, lambda t: "A word of the editor, first.\n\n" + t)

    for id in (AFP, SITE):
        assert found[id].count("drifted") + found[id].count("lost") == 0
        assert found[id].count("moved") > 0.9 * found[id].quotes


def digits_of(texts: Path) -> list[tuple[str, int]]:
    return [
        (path.name, place)
        for path in sorted(texts.glob("*.txt"))
        for place, char in enumerate(path.read_text(encoding="utf-8"))
        if char.isdigit()
    ]


def test_any_changed_digit_is_refused(corpus, texts, tmp_path):
    """Change any one digit of a text: some claim is lost or drifted, by name, and none of it is exact any more."""
    for path in texts.glob("*.txt"):
        shutil.copy(path, tmp_path)

    for name, place in digits_of(texts):
        whole = (texts / name).read_text(encoding="utf-8")
        other = str((int(whole[place]) + 3) % 10)
        (tmp_path / name).write_text(whole[:place] + other + whole[place + 1 :], encoding="utf-8")

        report = anchor.verify(corpus, tmp_path)

        assert report.problems, (name, whole[place - 9 : place + 9])
        assert all("claim '" in line for line in report.problems)
        (tmp_path / name).write_text(whole, encoding="utf-8")


def test_a_changed_amount_is_lost_not_similar(corpus, texts, tmp_path):
    """« 14,6 » in place of « 14,3 » looks alike and is never accepted, nor shown as a mere drift."""
    found = checked_copies(corpus, texts, tmp_path, lambda t: t.replace("14,3", "14,6"))
    states = {span.claim: span.state for span in found[SITE].spans}

    assert {states[claim] for claim in ("site-price-headline", "site-price-lead", "site-price-body")} == {"lost"}


def test_a_number_is_found_whole():
    """« 4,3 » does not stand in « 14,3 », nor « 14 » in « 14,3 »."""
    assert text.locate("14,3 milliards", SAMPLE)
    assert not text.locate("4,3 milliards", SAMPLE)
    assert not text.locate("14", "14,3 milliards et 2014")


def test_a_missing_text_is_absent_and_a_strange_file_is_listed(corpus, texts, tmp_path):
    """Neither a text that is not there nor a file that is no article is an error."""
    shutil.copy(next(texts.glob("000*.txt")), tmp_path)
    (tmp_path / "shopping.txt").write_text("Milk, bread, and 14,3 apples.", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\x00\x01")

    report = anchor.verify(corpus, tmp_path)
    by_id = {article.id: article for article in report.articles}

    assert by_id[SITE].file is None
    assert by_id[AFP].file is not None
    assert report.unrecognised == ["picture.png", "shopping.txt"]
    assert report.problems == []


def test_a_file_is_the_article_of_which_it_holds_half(corpus, texts, tmp_path):
    """A copy that lost its end is recognised by its evidence, and what is missing is named."""
    path = next(texts.glob("000*.txt"))
    whole = path.read_text(encoding="utf-8")
    (tmp_path / "copy.txt").write_text(whole[: int(len(whole) * 0.7)], encoding="utf-8")

    found = {article.id: article for article in anchor.verify(corpus, tmp_path).articles}[AFP]

    assert found.file == "copy.txt"
    assert found.count("lost") > 0
    assert found.count("exact") >= found.quotes / 2


def test_the_sentence_behind_a_claim_is_read_live(corpus, texts, monkeypatch):
    """With DEALS_TEXTS the whole sentence is shown; without it, nothing is."""
    monkeypatch.delenv("DEALS_TEXTS", raising=False)
    without = corpus.context("afp-stake")
    monkeypatch.setenv("DEALS_TEXTS", str(texts))

    told = corpus.context("afp-stake")

    assert without is None
    assert "49%" in told
    assert told.endswith(".")
    assert len(told) > 100


def anchored(folder: Path, *claims: str, head: str = HEAD, words: str = SAMPLE) -> str:
    """The file of a small article after `anchor`; the text lies beside it."""
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts" / "piece.txt").write_text(words, encoding="utf-8")
    (folder / "gazette.toml").write_text(head + "\n" + "\n".join(claims), encoding="utf-8")
    anchor.anchor(folder / "gazette.toml", folder / "texts")
    return (folder / "gazette.toml").read_text(encoding="utf-8")


def claim(id: str, evidence: str) -> str:
    return (
        f'[[claim]]\nid = "{id}" # of {id}\nsubject = "org:beta"\nproperty = "activity"\nvalue = "bets"\n'
        f'status = "asserted"\nby = ["gazette"]\nevidence = {evidence}\n'
    )


def test_anchor_fills_positions_and_keeps_comments(tmp_path):
    """Quotes get start, len and sha, the article its hash and length; every other character stays."""
    made = anchored(tmp_path, claim("a", '[{ quote = "49 %" }]'), claim("b", '[\n  { quote = "mai 2031" }, # when\n]'))
    folded = text.fold(SAMPLE)
    spans = re.findall(r'\{ start = (\d+), len = (\d+), sha = "(\w{16})", quote = "([^"]+)" \}', made)

    assert [folded[int(s) : int(s) + int(n)] for s, n, _, _ in spans] == ["49 %", "mai 2031"]
    assert all(text.short_sha(quote) == sha for _, _, sha, quote in spans)
    assert f'text_sha256 = "{text.fingerprint(SAMPLE)}"\n' in made
    assert f"text_chars = {len(folded)}\n" in made
    for kept in ("# kept\n", "# kept too", "# of a\n", "# when\n"):
        assert kept in made


def test_anchor_changes_nothing_the_second_time(tmp_path):
    """An anchored file is anchored: the bytes are the same."""
    once = anchored(tmp_path, claim("a", '[{ quote = "49 %" }]'))

    anchor.anchor(tmp_path / "gazette.toml", tmp_path / "texts")

    assert (tmp_path / "gazette.toml").read_text(encoding="utf-8") == once


def test_anchor_refuses_what_it_cannot_place_and_leaves_the_file(tmp_path):
    """A quote that is absent, or in several places, is named with the way out; nothing is written."""
    wrong = claim("a", '[{ quote = "14,3 milliards" }]'), claim("b", '[{ quote = "14,6 milliards" }]')

    with pytest.raises(DataError) as refused:
        anchored(tmp_path, *wrong, claim("c", '[{ quote = "49 %" }]'))

    ambiguous, absent = refused.value.problems
    assert "claim 'a': « 14,3 milliards » stands in 2 places" in ambiguous
    assert "Lengthen the quote, or give the start of one." in ambiguous
    assert "claim 'b': « 14,6 milliards » is not in the text." in absent
    assert "start =" not in (tmp_path / "gazette.toml").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gazette.toml", "texts"]


def test_anchor_takes_a_start_to_choose_among_places(tmp_path):
    """A start that is given says which of several places is meant."""
    second = text.locate("14,3 milliards", text.fold(SAMPLE))[1]

    made = anchored(tmp_path, claim("a", f'[{{ start = {second}, quote = "14,3 milliards" }}]'))

    assert f"start = {second}, len = 14" in made


def test_anchor_needs_the_article_s_own_text(tmp_path):
    """A folder that holds other texts only is refused, and says how near the nearest is."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "other.txt").write_text("Nothing of it is here.", encoding="utf-8")

    with pytest.raises(DataError, match=r"no text in .* is this article"):
        anchored(tmp_path, claim("a", '[{ quote = "49 %" }]'), words="Nor here.")


WORDS = st.lists(
    st.text("abcdeé14'", min_size=1, max_size=6) | st.sampled_from(["«", "»", ".", "14,3", "49%"]),
    min_size=8,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.integers(0, 2**32))
def test_what_stands_in_a_text_is_found_however_it_is_spaced(words, seed):
    """Any span of any text is exact in it, and is found after its white space was changed and words were put before it."""
    dice = random.Random(seed)
    spaced = "".join(word + dice.choice([" ", "\n", "\u00a0", " \u202f"]) for word in words)
    folded = text.fold(" ".join(words))
    start = dice.randrange(len(folded))
    while start and folded[start - 1] != " ":
        start -= 1
    size = len(folded) - start
    span = {"claim_id": "x", "start": start, "len": size, "sha": text.short_sha(folded[start:]), "quote": None}

    found = anchor.search([span], text.fold(spaced))[0]
    put = text.fold("before " + spaced)
    later = anchor.search([span], put)[0]

    assert found.state == "exact"
    assert later.state in ("exact", "moved")
    assert put[later.start : later.start + later.len] == folded[start:]


@settings(max_examples=60, deadline=None)
@given(st.text("abé «»'\u00a0\u202f\n%.,14e\u0301", max_size=80))
def test_normalising_keeps_the_way_back(given_text):
    """Normalised text is a fixed point, and every character of it knows where it came from."""
    made = text.normalise(given_text)

    assert made.text == text.fold(given_text) == text.fold(made.text)
    assert len(made.offsets) == len(made.text) + 1
    assert made.offsets == sorted(made.offsets)


def test_finding_is_the_same_each_time(corpus, texts):
    """The same texts give the same report."""
    assert anchor.verify(corpus, texts) == anchor.verify(load(corpus.root), texts)
