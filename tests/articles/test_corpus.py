"""data/ as frames: documented columns, one row a claim, filters, and a way out to Parquet and back."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest

from analysis.articles import frames
from analysis.articles.corpus import Corpus, load
from analysis.articles.numerals import press_unit, quotes_number, written_unit
from analysis.errors import DataError

FRAMES = ("claims", "articles", "sources", "subjects", "properties", "evidence")


@pytest.mark.parametrize("name", FRAMES)
def test_every_column_is_in_the_dictionary(corpus, root, name):
    """data/README.md names each column of each frame, and no other, in their order."""
    rows = re.findall(rf"^\| `{name}` \|[^|]*\| `([^`]+)` \|$", (root / "data" / "README.md").read_text("utf-8"), re.M)

    assert [row.split() for row in rows] == [getattr(corpus, name).columns]


def test_every_field_of_a_file_is_in_the_dictionary(root):
    """Each field that a file may have is named in data/README.md."""
    from analysis.articles import schema

    text = (root / "data" / "README.md").read_text("utf-8")
    types = (
        schema.Article,
        schema.Claim,
        schema.Subject,
        schema.Source,
        schema.Property,
        schema.Correction,
        schema.Pin,
    )

    assert [f"{t.__name__}.{f}" for t in types for f in t.__struct_fields__ if f"`{f}`" not in text] == []


def test_a_row_of_claims_is_a_claim_of_a_file(corpus, root):
    """The frame holds each [[claim]] of data/ once, and says on which line it stands."""
    files = [path for folder in ("articles", "reference") for path in (root / "data" / folder).glob("*.toml")]
    written = sum(len(re.findall(r"^\[\[claim\]\]", path.read_text("utf-8"), re.M)) for path in files)
    row = corpus.claims.row(0, named=True)

    assert corpus.claims.height == corpus.claims["id"].n_unique() == written
    assert (root / row["file"]).read_text("utf-8").splitlines()[row["line"] - 1] == "[[claim]]"


def test_types_are_those_of_the_schema(corpus):
    """Each frame has the declared types, whatever its rows hold."""
    assert dict(corpus.claims.schema) == frames.CLAIMS
    assert dict(corpus.evidence.schema) == frames.EVIDENCE


def test_what_an_article_does_not_say_stays_null(corpus):
    """The page that names no publisher and no date has neither, and its claims are known on no day."""
    page = corpus.articles.filter(id="unidentified-meta-scale-ai").row(0, named=True)
    claims = corpus.claims.filter(pl.col("article_id") == page["id"], pl.col("said_on").is_null())

    assert page["publisher"] is None
    assert page["published"] is None
    assert page["published_last"] is None
    assert claims["known_on"].null_count() == claims.height > 0


def test_a_claim_is_known_on_the_last_day_of_its_date(corpus):
    """The agency's piece is of 12 or 13 June: its claims count from the 13th, unless a day is given for one."""
    rows = corpus.claims.filter(article_id="afp-2025-06-12-meta-scale-ai")

    assert set(rows["known_on"]) <= {date(2025, 6, 12), date(2025, 6, 13)}
    assert corpus.claim("afp-price")["known_on"] == date(2025, 6, 13)


@pytest.mark.parametrize(
    "quote, value, unit",
    [
        ("14,3 milliards", 14_300_000_000, 100_000_000),
        ("un peu plus de 14 milliards", 14_000_000_000, 1_000_000_000),
        ("$14.30bn", 14_300_000_000, 10_000_000),
        ("environ 870 millions", 870_000_000, 1_000_000),
        ("2\u202f000 milliards", 2_000_000_000_000, 1_000_000_000),
        ("1,863 people", 1863, 1),
        ("49%", 49, 1),
        ("14,6 milliards", 14_300_000_000, None),
    ],
)
def test_the_last_written_digit_is_read_from_the_quote(quote, value, unit):
    """One unit of the last written digit is what the press wrote, not what the number could be."""
    from decimal import Decimal

    assert written_unit(quote, Decimal(value)) == unit


def test_an_amount_without_a_quote_is_as_the_press_writes_it():
    """Without a quote 14.3e9 is « 14.3bn », 870e6 is « 870m »; below a million the last decimal counts."""
    from decimal import Decimal

    assert [press_unit(Decimal(v)) for v in ("14300000000", "870000000", "900", "0.25")] == [
        Decimal("1e8"), Decimal("1e6"), 1, Decimal("0.01"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "quote, value", [("plus que doublée", 2), ("deuxième place", 2), ("half of it", 50), ("à 19 ans", 19)]
)
def test_a_number_may_be_quoted_in_words(quote, value):
    """A word for a number quotes it."""
    from decimal import Decimal

    assert quotes_number(quote, Decimal(value))
    assert not quotes_number(quote, Decimal(value + 4))


def test_seed_is_the_articles_without_the_reference(corpus):
    """`seed` keeps data/articles, `articles` only filters, and what remains is consistent."""
    seed = corpus.select("seed")
    one = corpus.select(articles=["afp-2025-06-12-meta-scale-ai"])

    assert seed.articles.height == 2
    assert set(seed.claims["article_id"]) == set(seed.articles["id"])
    assert set(one.evidence["article_id"]) == {"afp-2025-06-12-meta-scale-ai"}
    assert corpus.select() is corpus


def test_a_wrong_name_is_refused_with_the_nearest(corpus):
    """A scope, an article or a claim that does not exist is refused with what is near."""
    with pytest.raises(DataError, match=r"scope 'sead' is not one of all, seed. Did you mean 'seed'\?"):
        corpus.select("sead")
    with pytest.raises(DataError, match="Did you mean 'afp-2025-06-12-meta-scale-ai'"):
        corpus.select(articles=["afp-2025-06-12-meta-scale"])
    with pytest.raises(DataError, match="Did you mean 'afp-price'"):
        corpus.claim("afp-prise")


def test_claims_survive_parquet(corpus, root, tmp_path):
    """Claims written as Parquet and read again are the same claims."""
    corpus.claims.write_parquet(tmp_path / "claims.parquet")

    again = Corpus.from_parquet(tmp_path / "claims.parquet", root)

    assert again.claims.equals(corpus.claims)
    assert again.label("org:meta", "fr") == "Meta"


def test_parquet_without_a_column_is_refused(corpus, root, tmp_path):
    """A file that lacks a column is refused by the column's name."""
    corpus.claims.drop("status").write_parquet(tmp_path / "claims.parquet")

    with pytest.raises(DataError, match="the column status is missing"):
        Corpus.from_parquet(tmp_path / "claims.parquet", root)


def test_the_data_are_found_from_below(root, monkeypatch, tmp_path):
    """data/ is found by the argument, by DEALS_ROOT, and by the working folder's parents."""
    monkeypatch.delenv("DEALS_ROOT", raising=False)
    monkeypatch.chdir(root / "notebooks")
    by_folder = load().root
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DEALS_ROOT", str(root))

    assert by_folder == load().root == load(root).root == root
    with pytest.raises(DataError, match="there is no folder data/ in it"):
        load(tmp_path)


def test_both_sides_of_every_label_are_there(corpus):
    """Every subject, source and property has a name in both languages."""
    for frame in (corpus.subjects, corpus.sources, corpus.properties):
        assert frame.filter((pl.col("label_en") == "") | (pl.col("label_fr") == "")).is_empty()
