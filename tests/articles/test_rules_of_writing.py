"""How numbers and dates are written and held: words of both languages, EDTF, number words in quotes, spans in a text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analysis.articles import edtf, numerals, wording
from analysis.articles import text as texts
from analysis.articles.search import search
from analysis.errors import DataError


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    "value, unit, english, french",
    [
        (999, "USD", "$999", "999 $"),
        (999.4, "USD", "$999.40", "999,40 $"),
        (0, "USD", "$0", "0 $"),
        (999_499_999, "USD", "$999m", "999 M$"),
        (999_500_000, "USD", "$1bn", "1 Md$"),
        (1e12, "USD", "$1tn", "1 000 Md$"),
        (-14.3e9, "USD", "-$14.3bn", "-14,3 Md$"),
        (5e6, "CHF", "CHF 5m", "5 M CHF"),
        (5, "CHF", "CHF 5", "5 CHF"),
        (0.1234, "percent", "0.123%", "0,123 %"),
        (1.2345, "percent", "1.23%", "1,23 %"),
        (12.345, "percent", "12.3%", "12,3 %"),
        (123.45, "percent", "123%", "123 %"),
        (9.996, "percent", "10%", "10 %"),
        (1, "people", "1 person", "1 personne"),
        (-1, "people", "-1 person", "-1 personne"),
        (0, "people", "0 people", "0 personne"),
        (1.5, "units", "1.5 units", "1,5 unité"),
        (2, "units", "2 units", "2 unités"),
        (1e6, "people", "1 million people", "1 million de personnes"),
        (2e6, "users", "2 million users", "2 millions d’utilisateurs"),
        (1.9e9, "people", "1.9 billion people", "1,9 milliard de personnes"),
        (2e9, "people", "2 billion people", "2 milliards de personnes"),
        (2, None, "2", "2"),
    ],
)
def test_a_value_is_written_as_exactly_as_its_size_asks(value, unit, english, french):
    """Three digits, the scale that rounding reaches, the plural of each language, « de » from a million on."""
    assert [plain(wording.quantity(value, unit, lang)) for lang in ("en", "fr")] == [english, french]


@pytest.mark.parametrize(
    "lo, hi, unit, english, french",
    [
        (0, 0, "date", "1 January 1970", "1er janvier 1970"),
        (10_957, 10_987, "date", "1 January 2000 – 31 January 2000", "1er janvier 2000 – 31 janvier 2000"),
        (999e6, 1.2e9, "USD", "$999m to $1.2bn", "999 M$ à 1,2 Md$"),
        (20, 99, "people", "20 to 99 people", "20 à 99 personnes"),
        (1, 2, "years", "1 year to 2 years", "1 an à 2 ans"),
        (1e9, 2e12, "USD", "$1bn to $2tn", "1 à 2 000 Md$"),
        (1.2341e9, 1.2346e9, "USD", "$1.23bn to $1.24bn", "1,23 à 1,24 Md$"),
        (1.234e9, 1.235e9, "USD", "$1.234bn to $1.235bn", "1,234 à 1,235 Md$"),
    ],
)
def test_a_range_is_written_by_its_ends(lo, hi, unit, english, french):
    """Days count from 1970; each end has its scale; up to three decimals stay as they are."""
    assert [plain(wording.interval(lo, hi, unit, lang)) for lang in ("en", "fr")] == [english, french]


def test_an_ordinal_ends_as_english_says_it():
    """1st, 2nd and 3rd at each ten but the second; French has « 1er » alone."""
    numbers = [1, 2, 3, 4, 9, 10, 11, 12, 13, 19, 20, 21, 22, 23, 101, 111, 112, 120, 121]
    endings = "st nd rd th th th th th th th th st nd rd st th th th st".split()

    assert [wording.ordinal(n, "en") for n in numbers] == [f"{n}{end}" for n, end in zip(numbers, endings, strict=True)]
    assert [wording.ordinal(n, "fr") for n in (1, 2, 21)] == ["1er", "2e", "21e"]


@pytest.mark.parametrize(
    "text, english, french, short",
    [
        ("2025-06-12", "12 June 2025", "12 juin 2025", "12 Jun 2025"),
        ("2025-06", "June 2025", "juin 2025", "Jun 2025"),
        ("2025~", "2025", "2025", "2025"),
        ("2024-01/2024-03", "Q1 2024", "1er trimestre 2024", "Q1 2024"),
        ("2024-04/2024-06", "Q2 2024", "2e trimestre 2024", "Q2 2024"),
        ("2024-02/2024-04", "February 2024 – April 2024", "février 2024 – avril 2024", "Feb 2024 – Apr 2024"),
        ("2024-07/2024-12", "H2 2024", "2e semestre 2024", "H2 2024"),
        ("2024-07/2024-11", "July 2024 – November 2024", "juillet 2024 – novembre 2024", "Jul 2024 – Nov 2024"),
        ("2024-12/2025-02", "December 2024 – February 2025", "décembre 2024 – février 2025", "Dec 2024 – Feb 2025"),
        ("2025-06-12/2025-06-14", "12–14 June 2025", "12–14 juin 2025", "12–14 Jun 2025"),
        ("2025-06-30/2025-07-01", "30 June 2025 – 1 July 2025", "30 juin 2025 – 1er juillet 2025", "30 Jun 2025 – 1 Jul 2025"),
        ("../2025-06", "before June 2025", "avant juin 2025", "before Jun 2025"),
        ("/2025", "before 2025", "avant 2025", "before 2025"),
        ("2025/..", "since 2025", "depuis 2025", "since 2025"),
    ],
)  # fmt: skip
def test_a_period_has_its_shortest_name(text, english, french, short):
    """A quarter, a half, days of one month, an open end; short months where there is little room."""
    assert [wording.day(text, "en"), wording.day(text, "fr"), wording.day(text, "en", True)] == [english, french, short]


@pytest.mark.parametrize(
    "text, precision, first, last",
    [
        ("2025", "year", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-06-12", "day", date(2025, 6, 12), date(2025, 6, 12)),
        ("2024-10/2024-12", "interval", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024/2024", "interval", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_date_means_every_day_that_it_may_be(text, precision, first, last):
    """A year is its 366 days at most, a month up to its own last; two dates joined are an interval."""
    assert (edtf.precision(text), *edtf.bounds(text)) == (precision, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "2025-13",
        "2025-00",
        "2025-00-01",
        "2025-01-00",
        "2025-02-30",
        "2025-06-12/2025-06-11",
        "2024/2025/2026",
        "June",
        "",
    ],
)
def test_what_is_no_date_is_refused(text):
    """A day that does not exist, an end before its beginning, three dates, and words."""
    with pytest.raises(DataError, match=r"is not a date|does not exist|ends before"):
        edtf.bounds(text)


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13", "2024/2025-13"])
def test_no_part_of_a_date_is_read_that_does_not_exist(text):
    """Its parts and its precision are refused like its bounds."""
    for asked in (edtf.parse, edtf.precision):
        with pytest.raises(DataError, match="names a day that does not exist"):
            asked(text)


UNITS = {
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
    "ordinal": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "nth": "first second third fourth fifth sixth seventh eighth ninth tenth",
}
TENS = {20: "vingt twenty", 30: "trente thirty", 40: "quarante forty", 50: "cinquante fifty half", 60: "soixante sixty",
        100: "cent hundreds", 1000: "mille thousand"}  # fmt: skip


def test_a_number_word_is_worth_its_number_and_no_other():
    """A quote that holds the word holds the number, and not the next one; in thousands and millions as well."""
    worth = {word: n for words in UNITS.values() for n, word in enumerate(words.split(), 1)}
    worth |= {word: n for n, words in TENS.items() for word in words.split()}
    value = {word: Decimal(n) for word, n in worth.items()}

    assert [w for w in value if not numerals.quotes_number(f"les {w} autres", value[w])] == []
    assert [w for w in value if numerals.quotes_number(f"les {w} autres", value[w] + 1)] == []
    assert all(numerals.quotes_number("deux millions", Decimal(2 * 10**power)) for power in (0, 3, 6, 9, 12))
    assert not numerals.quotes_number("deux millions", Decimal(2 * 10**7))
    assert numerals.quotes_number("14,3 milliards", Decimal(14_300_000_000))


@pytest.mark.parametrize(
    "quote, value, unit",
    [
        ("14,3 milliards", 14_300_000_000, 100_000_000),
        ("14.30 billion", 14_300_000_000, 10_000_000),
        ("1,250 people", 1250, 1),
        ("1,250 billion", 1_250_000_000, 1_000_000),
        ("1 250,5 euros", Decimal("1250.5"), Decimal("0.1")),
        ("1 250 personnes", 1250, 1),
        ("12 1250 personnes", 1250, 1),
        ("250 000 personnes", 250_000, 1),
        ("1 250 personnes", 250, None),
        ("1 250 400 personnes", 1_250_400, 1),
        ("12,50 euros", Decimal("12.5"), Decimal("0.01")),
        ("12 of 140", 140, 1),
        ("1400 people", 1400, 1),
        ("14,3 milliards", 14_400_000_000, None),
        ("no number", 1, None),
    ],
)
def test_a_quote_tells_how_exactly_a_number_was_written(quote, value, unit):
    """One unit of the last written digit; a mark before three digits is read both ways; null where it is not there."""
    assert numerals.written_unit(quote, Decimal(value)) == (None if unit is None else Decimal(unit))


@pytest.mark.parametrize(
    "value, unit",
    [(14_300_000_000, 10**8), (10**12, 10**12), (10**9, 10**9), (-2_500_000, 10**5), (999_999, 1), (Decimal("0.5"), "0.1")],
)  # fmt: skip
def test_without_a_quote_the_press_s_way_of_writing_counts(value, unit):
    """The largest of trillions, billions and millions that the amount reaches, to its last digit."""
    assert numerals.press_unit(Decimal(value)) == Decimal(unit)


TEXT = "It paid 14.3 billion dollars. It had 4.3 billion left. Heron Inc. has 450 employees."


def span_of(words: str, *, text: str = TEXT, at: int | None = None) -> dict:
    start = text.index(words) if at is None else at
    return {"claim_id": "c", "start": start, "len": len(words), "sha": texts.short_sha(words), "quote": words}


def test_a_span_is_found_where_its_text_moved_to():
    """As given it is exact; after words were put before it, each is found as far on, whole numbers only."""
    spans = [span_of("14.3 billion"), span_of("4.3 billion left"), span_of("450 employees.")]
    moved = search(spans, "So, it was said. " + TEXT)

    assert [(s.state, s.start) for s in search(spans, TEXT)] == [("exact", s["start"]) for s in spans]
    assert [(s.state, s.start) for s in moved] == [("moved", s["start"] + 17) for s in spans]
    assert [(s.state, s.start) for s in search([span_of("4.3 billion", at=9)], TEXT)] == [("moved", 37)]


def test_a_span_without_a_place_is_found_by_its_quote():
    """A quote alone is found wherever it stands; without a quote nothing is, and the reason says so."""
    bare = {"claim_id": "c", "start": None, "len": None, "sha": None}
    quoted, silent, gone = search([bare | {"quote": q} for q in ("450 employees", None, "never said at all")], TEXT)

    assert (quoted.state, quoted.start, quoted.len) == ("moved", TEXT.index("450"), 13)
    assert (silent.state, silent.why) == ("lost", "no text of its length and hash is there")
    assert (gone.state, gone.why) == ("lost", "« never said at all » is not there")


def test_words_that_changed_around_a_quote_are_shown():
    """The quote stands, its sentence changed: drifted, at the place nearest to the old one, with the words there."""
    span = {"claim_id": "c", "start": 33, "len": 9, "sha": "0" * 16, "quote": "It"}
    (found,) = search([span], TEXT)

    assert (found.state, found.start, found.len, found.near) == ("drifted", TEXT.index("It had"), 2, "It")


def test_a_digit_that_changed_is_never_found_again():
    """A quote with another number is lost, and the message says that a number differs; another word is drift."""
    changed = search([span_of("14.6 billion dollars", at=8)], TEXT)[0]
    spelled = search([span_of("450 employes", at=70)], TEXT)[0]

    assert (changed.state, changed.near) == ("lost", "14.3 billion dollars.")
    assert changed.why.endswith(": a number differs")
    assert (spelled.state, spelled.near) == ("drifted", "450 employees.")


@pytest.mark.parametrize("written, now", [("a 12 % stake", "a 12% stake"), ('said " no " twice', 'said "no" twice')])
def test_another_habit_of_spacing_hides_no_span(written, now):
    """Spaces before % and inside quotation marks are tried both ways, and the sentence is shown."""
    span = span_of(written, text=written)
    (found,) = search([span], f"Then he {now}. The end.")

    assert found.state == "moved"
    assert found.near == f"Then he {written}."


def test_a_sentence_is_whole_whatever_closes_it():
    """From after the stop before to the stop behind, quotation marks with it; a span over two takes both."""
    text = 'One is 1.5. "Two?" Three goes on'
    at = {word: text.index(word) for word in ("1.5", "Two", "Three")}

    assert [text[slice(*texts.sentence_at(text, at[w], at[w] + 3))] for w in at] == [
        "One is 1.5.",
        '"Two?"',
        "Three goes on",
    ]
    assert text[slice(*texts.sentence_at(text, at["1.5"], at["Two"] + 3))] == 'One is 1.5. "Two?"'
