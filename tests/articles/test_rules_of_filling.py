"""What is filled into files: positions of quotes, proposals among claims that are there, ids and quotes kept short."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from analysis.articles import text as texts
from analysis.articles.fill import anchor
from analysis.articles.proposal import Draft, Proposal
from analysis.articles.review import MOST_QUOTED, article_id, write_proposals
from analysis.errors import DataError

TEXT = "Ostrea paid 5 dollars. Verrine paid 5 dollars. Halmar paid 5 dollars. Tessaly paid 5 dollars. " * 2 + "The end."


def filled(folder: Path, *spans: str, text: str = TEXT) -> list[dict]:
    """The evidence of one claim after its file was anchored."""
    (folder / "texts").mkdir()
    (folder / "texts" / "one.txt").write_text(text, encoding="utf-8")
    file = folder / "one.toml"
    file.write_text(
        '[article]\nid = "one"\nlang = "en"\n\n[[claim]]\nid = "c"\nsubject = "org:a"\nproperty = "price"\nvalue = 5\n'
        f'unit = "USD"\nstatus = "asserted"\nby = ["one"]\nevidence = [{", ".join(spans)}]\n'
    )
    assert anchor(file, folder / "texts") == "one.txt"
    return tomllib.loads(file.read_text(encoding="utf-8"))["claim"][0]["evidence"]


def test_a_quote_is_filled_with_where_it_stands(tmp_path):
    """Start, length and hash come of the quote alone; a start says which of several is meant."""
    the_end, second = filled(
        tmp_path, '{ quote = "The end" }', f'{{ quote = "5 dollars", start = {TEXT.index("5", 20)}, len = 9 }}'
    )

    assert (the_end["start"], the_end["len"]) == (TEXT.index("The end"), 7)
    assert the_end["sha"] == texts.short_sha("The end")
    assert (second["start"], second["len"]) == (TEXT.index("5", 20), 9)


def test_a_span_longer_than_its_quote_becomes_its_sentence(tmp_path):
    """Where a longer span is no longer at its place, the quote is found and its whole sentence taken."""
    (span,) = filled(tmp_path, f'{{ start = 0, len = 8, sha = "{"0" * 16}", quote = "end" }}')

    assert TEXT[span["start"] :][: span["len"]] == "The end."


@pytest.mark.parametrize("times, more", [(6, ""), (7, ", …")])
def test_six_places_of_a_quote_are_named(tmp_path, times, more):
    """A quote that stands in several places is refused with them; beyond six the rest is an ellipsis."""
    text = "A fee is 5 dollars. " * times
    places = ", ".join(str(20 * i + 9) for i in range(6))

    with pytest.raises(DataError, match=f"stands in {times} places ") as refused:
        filled(tmp_path, '{ quote = "5 dollars" }', text=text)

    assert f"({places}{more})" in str(refused.value)


def proposal(start: int, **rest) -> Proposal:
    words = rest.pop("quote", TEXT[start : start + 9])
    fields = {"property": "price", "subject": "deal:a", "value": start, "unit": "USD", "reason": "said"} | rest
    return Proposal(start=start, end=start + len(words), quote=words, by=("one",), **fields)


def written(target: Path, *proposals: Proposal, text: str = TEXT) -> dict:
    write_proposals(Draft("en", None, "2025-03-04", "one", list(proposals)), text, target)
    return tomllib.loads(target.read_text(encoding="utf-8"))


def test_new_claims_are_put_in_reading_order_under_ids_of_their_own(tmp_path):
    """A second proposal of a property is numbered from 2; what comes earlier in the text stands earlier in the file."""
    target = tmp_path / "deep" / "er" / "one.toml"
    first, second, third = (proposal(TEXT.index("5", at)) for at in (0, 20, 45))
    written(target, second)
    claims = written(target, first, second, third)["claim"]

    assert [claim["evidence"][0]["start"] for claim in claims] == [first.start, second.start, third.start]
    assert [claim["id"] for claim in claims] == ["one-price-2", "one-price", "one-price-3"]


def test_quotes_are_written_while_they_stay_a_short_quotation(tmp_path):
    """Just under the share of the text that may be quoted each has its quote; at the share none has."""
    words = "Verrine paid"
    length = round(len(words) / MOST_QUOTED)
    under, at = (words + "x" * (length + more - len(words)) for more in (1, 0))
    assert len(words) == MOST_QUOTED * len(at)

    with_quote = written(tmp_path / "a.toml", proposal(0, quote=words), text=under)["claim"][0]["evidence"][0]
    without = written(tmp_path / "b.toml", proposal(0, quote=words), text=at)["claim"][0]["evidence"][0]
    assert with_quote["quote"] == words
    assert "quote" not in without


def test_a_refused_proposal_is_not_proposed_again(tmp_path):
    """The same words at the same place are held, whatever a person made of them; other words are new."""
    target = tmp_path / "one.toml"
    old, new = proposal(12), proposal(36)
    written(target, old)
    edited = target.read_text().replace("value = 12", "value = 13").replace('"proposed"', '"rejected"')
    target.write_text(edited)
    claims = written(target, old, new)["claim"]

    assert [(claim["value"], claim["review"]["state"]) for claim in claims] == [(13, "rejected"), (36, "proposed")]


def test_text_is_written_as_toml_reads_it(tmp_path):
    """Quotes and backslashes are escaped, a space stays, a control character becomes one."""
    claim = written(tmp_path / "one.toml", proposal(0, value='a "b" \\c\x07\x7fd e', unit=None))["claim"][0]

    assert claim["value"] == 'a "b" \\c  d e'


@pytest.mark.parametrize(
    "publisher, published, deal, id",
    [
        ("Reuters", "2025-03-04", ("org:a", "org:b"), "reuters-2025-03-04-a-b"),
        (None, None, (None, "org:b"), "unidentified-b"),
        ("Reuters", "2025-03-03/2025-03-04", (None, None), "reuters-2025-03-03"),
    ],
)
def test_an_article_is_named_for_who_when_and_whom(publisher, published, deal, id):
    """Publisher, first day and parties, each only where it is known."""
    assert article_id(Draft("en", publisher, published, "x", [], {}, deal)) == id
