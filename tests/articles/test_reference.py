"""The documents of data/reference: every row of the table they come from, how sure each may be, what is computed."""

import csv
import re
from pathlib import Path

import polars as pl
import pytest

from analysis.articles.edtf import bounds

ROWS = Path(__file__).with_name("reference_rows.csv")
SURENESS = ["confirmed", "reported", "asserted", "estimated", "derived"]
DEALS = {
    "facebook-instagram-2012", "facebook-oculus-2014", "microsoft-inflection-2024", "google-character-ai-2024",
    "amazon-adept-2024", "amazon-covariant-2024", "google-windsurf-2025", "microsoft-openai-2025",
    "amazon-anthropic-2024", "google-anthropic-2025", "nvidia-groq-2025", "nvidia-intel-2025", "google-wiz-2025",
    "asml-mistral-ai-2025", "openai-io-2025", "meta-essilorluxottica-2025",
}  # fmt: skip


@pytest.fixture(scope="module")
def reference(corpus) -> pl.DataFrame:
    """The claims of data/reference, each with its document."""
    articles = corpus.articles.filter(~pl.col("seed")).drop("file", "lang", "licence")
    return corpus.claims.join(articles, left_on="article_id", right_on="id")


@pytest.fixture(scope="module")
def table(root) -> list[dict[str, str]]:
    """The rows of the table that the claims were taken from."""
    path = root.parent / "shared" / "reference" / "facts.csv"
    if not path.is_file():
        pytest.skip("the table of sourced facts is not here (../shared/reference/facts.csv)")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def key_of(row: dict[str, str]) -> tuple[str, str, str]:
    return row["entity"], row["property"], row["as_of"]


@pytest.fixture(scope="module")
def mapped() -> dict[tuple[str, str, str], list[str]]:
    """Which claims stand for a row, by entity, property and time."""
    with ROWS.open(encoding="utf-8", newline="") as lines:
        return {key_of(row): row["claims"].split() for row in csv.DictReader(lines)}


def says(row: dict[str, str], claim: dict) -> bool:
    """Whether a claim has the row's value: its number and unit, both ends of a range, its day; words are our own."""
    text, unit = row["value"], row["unit"]
    if unit in ("text", "stance") or text == "6 to 12 months before":
        return claim["value_text"] == text if unit == "stance" else True
    if unit == "date":
        return claim["value_text"] in text
    if span := re.fullmatch(r"(\d+e\d+)-(\d+e\d+)", text):
        return (claim["lo"], claim["hi"], claim["unit"]) == (float(span[1]), float(span[2]), unit)
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]
    return claim["value"] in numbers and claim["unit"] == unit


def test_every_row_is_a_claim(table, mapped, reference):
    """Every row of the table has its claims, one of them with the row's value, and no claim is without a row."""
    claims = {claim["id"]: claim for claim in reference.to_dicts()}

    assert [key_of(row) for row in table] == list(mapped)
    assert sorted(id for ids in mapped.values() for id in ids) == sorted(claims)
    sourced = [row for row in table if row["status"] != "computed"]
    assert [key_of(row) for row in sourced if not any(says(row, claims[id]) for id in mapped[key_of(row)])] == []


def test_a_claim_stands_on_its_rows_document(table, mapped, reference):
    """A claim names the page, title and date of its row, and is never surer than the row."""
    claims = {claim["id"]: claim for claim in reference.to_dicts()}
    sourced = [row for row in table if row["status"] != "computed"]

    for row in sourced:
        for claim in (claims[id] for id in mapped[key_of(row)]):
            found = (claim["address"], claim["title"], claim["published"] or "")
            assert found == (row["address"], row["source_title"], row["published"]), claim["id"]
            assert SURENESS.index(claim["status"]) >= SURENESS.index(row["status"]), claim["id"]


def test_every_part_of_a_split_row_is_kept(table, mapped, reference):
    """A row that gives two numbers gives two claims."""
    shares = next(row for row in table if row["property"] == "class_a_and_b_shares")
    values = reference.filter(pl.col("id").is_in(mapped[key_of(shares)]))["value"]

    assert sorted(values) == [572_617_477, 1_993_729_703]


def test_confirmed_needs_the_partys_own_document(reference, corpus):
    """A confirmed claim names a party first, and its page or primary document is that party's or a regulator's."""
    parties = dict(corpus.sources.filter(kind="party").select("id", "label_en").iter_rows())
    names = {label: [label, *aliases] for label, aliases in corpus.subjects.select("label_en", "aliases").iter_rows()}
    confirmed = reference.filter(status="confirmed").to_dicts()

    assert confirmed
    for claim in confirmed:
        label = parties[claim["by"][0]]
        own = f"{claim['publisher']} {claim['primary_publisher']}"
        assert any(name in own for name in (*names.get(label, [label]), "SEC")), claim["id"]


def test_a_summary_confirms_nothing(reference):
    """A page that sums up a party's document, without reproducing it, is reported at most."""
    summaries = reference.filter(pl.col("publisher").is_in(["Reportify", "University of Nairobi mirror"]))

    assert summaries["primary_publisher"].null_count() == 0
    assert set(summaries["status"]) == {"reported"}


def test_every_price_has_a_basis(reference):
    """A price says which count it is: 16, 19, 21.8 and 17.2 billion are one deal."""
    prices = reference.filter(property="price")

    assert prices["basis"].null_count() == 0
    whatsapp = prices.filter(subject="deal:facebook-whatsapp-2014")
    assert set(whatsapp["basis"]) == {"upfront", "headline", "closing", "accounts"}


def test_amounts_keep_their_currency(reference):
    """Money has a currency, and euros stay euros."""
    mistral = reference.filter(pl.col("subject").str.contains("mistral"), pl.col("value") > 1e6)

    assert set(mistral["unit"]) == {"EUR"}


def test_every_document_can_be_found(corpus):
    """A document has a publisher, a title and an address in place of a quote."""
    documents = corpus.articles.filter(~pl.col("seed"))

    for column in ("publisher", "title", "address"):
        assert documents.filter(pl.col(column).is_null())["id"].to_list() == []


@pytest.mark.parametrize(
    ("subject", "name", "words"),
    [
        ("deal:meta-scale-ai-2025", "price", [14.3e9, 14.8e9]),
        ("deal:meta-scale-ai-2025", "staff_moved", [12.0]),
    ],
)
def test_clashes_stay_in_the_open(reference, subject, name, words):
    """Sources that disagree are all kept, and none is marked as superseded by another."""
    found = reference.filter(pl.col("subject") == subject, pl.col("property") == name)

    assert sorted(found["value"]) == words
    assert found["superseded_by"].null_count() == found.height


def test_a_floor_and_a_figure_are_two_things(reference):
    """Where the company says more than 29 billion, the claim is a floor."""
    claim = reference.filter(id="ref-scale-valuation").row(0, named=True)

    assert (claim["hedge"], claim["status"], claim["value"]) == ("above", "reported", 29e9)


def test_what_was_said_when(reference):
    """A statement is dated by the day it was public, not by the page that repeats it."""
    days = dict(reference.select("id", pl.col("known_on").cast(pl.Utf8)).iter_rows())

    assert days["ref-openai-stance-staying"] == "2025-06-13"
    assert days["ref-openai-stance-leaving"] == "2025-06-18"
    assert days["ref-meta-capex-guidance-2025-04"] == "2025-04-30"
    assert days["ref-whatsapp-cash-accounts"] is None


def test_comparable_deals_are_declared(corpus):
    """Each of the sixteen deals has an acquirer, a target and a structure, and something is known of it."""
    deals = corpus.subjects.filter(pl.col("id").is_in([f"deal:{name}" for name in DEALS]))

    assert deals.height == len(DEALS)
    assert [deals[column].null_count() for column in ("acquirer", "target", "structure")] == [0, 0, 0]
    assert set(deals["id"]) <= set(corpus.claims["subject"])


def test_a_claimed_structure_is_the_declared_one(corpus):
    """What a document says of a deal's structure is what subjects.toml declares."""
    said = dict(corpus.claims.filter(property="structure").select("subject", "value_text").iter_rows())
    declared = dict(corpus.subjects.select("id", "structure").iter_rows())

    assert said == {deal: declared[deal] for deal in said}


def test_consumer_prices_are_the_bureaus(root):
    """The price index is the copied table, unchanged, and its dates can be read."""
    own = root / "data" / "reference" / "cpi_u_2012.csv"
    given = root.parent / "shared" / "reference" / "cpi_u_2012.csv"
    if not given.is_file():
        pytest.skip("the given table is not here (../shared/reference/cpi_u_2012.csv)")

    assert own.read_bytes() == given.read_bytes()


def test_dates_are_edtf(reference):
    """Every period, time and day of a statement can be read as a date."""
    texts = [text for column in ("period", "when", "said_on", "published") for text in reference[column].drop_nulls()]

    assert all(bounds(text) for text in texts)
