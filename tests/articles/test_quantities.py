"""Quantities: the bench's floors, any typography, positions, published dates, hostile input."""

from __future__ import annotations

import itertools
import random
import time
import tracemalloc
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles.quantities import language, read
from analysis.errors import DataError
from benchmarks import reading

FLOORS = {"money": 0.95, "percent": 0.97, "date": 0.90}
TUNED = list(reading.sentences("tuned"))


def values(text: str, lang: str = "auto", published: str | None = reading.PUBLISHED) -> list[tuple]:
    return [(q.kind, q.value, q.lo, q.hi, q.unit, q.hedge) for q in read(text, lang, published)]


@pytest.mark.parametrize("part", ["tuned", "held-out", "blind"])
def test_bench(part):
    """On each part of the bench, money, percentages and dates reach their floors and distractors yield nothing."""
    cells, _, false_hits = reading.scores(part)

    low = {
        key: reading.f1(*cells[key]) for key in cells if key[0] in FLOORS and reading.f1(*cells[key]) < FLOORS[key[0]]
    }
    assert not low
    assert false_hits == 0


def test_bench_is_large_and_balanced():
    """The bench has over 240 sentences, as many in each language, a third of them put aside."""
    every = list(reading.sentences("all"))

    assert len(every) >= 240
    assert {s["lang"] for s in every} == {"fr", "en"}
    assert 0.25 < sum(reading.held_out(s["text"]) for s in every) / len(every) < 0.4


TYPOGRAPHIES = {
    "curly apostrophes": lambda t: t.replace("'", "’"),
    "no-break spaces": lambda t: t.replace(" ", "\u00a0"),
    "narrow no-break spaces": lambda t: t.replace(" ", "\u202f"),
    "decomposed accents": lambda t: unicodedata.normalize("NFD", t),
    "no-break hyphens": lambda t: t.replace("-", "\u2011"),
    "line breaks": lambda t: t.replace(" ", "\n"),
    "soft hyphens": lambda t: t.replace("mill", "mil\u00adl"),
}


@pytest.mark.parametrize("name", TYPOGRAPHIES)
def test_typography_changes_no_value(name):
    """Whatever the apostrophes, spaces, dashes, accents and line breaks, the same values are read."""
    change = TYPOGRAPHIES[name]
    differ = [
        s["text"]
        for s in TUNED
        if values(change(s["text"]), s["lang"]) != values(s["text"], s["lang"]) and "GPT-4.5" not in s["text"]
    ]

    assert differ == []


def test_positions_are_those_of_the_text_as_given():
    """start and end are code points of the given text, also with combining and invisible characters in it."""
    text = unicodedata.normalize("NFD", "Créée en été, la société a\u200b cédé 49\u202f% pour 14,3\u00a0Md$.")

    assert [text[q.start : q.end] for q in read(text, "fr")] == ["49\u202f%", "14,3\u00a0Md$"]


@pytest.mark.parametrize(
    "published, expected",
    [("2025-06-13", "2024"), ("2025-06", "2024"), ("2025-06-12/2025-06-13", "2024"), (None, None)],
)
def test_relative_dates_need_a_publication_date(published, expected):
    """« l'an dernier » has a value once the article's date is known, to the year if need be, and none without it."""
    assert [q.value for q in read("Le chiffre a doublé l'an dernier.", "fr", published)][-1] == expected


def test_a_weekday_that_contradicts_its_day_is_noted():
    """« vendredi 12/06/2025 » keeps its day and says that it was a Thursday."""
    found = read("Paris, vendredi 12/06/2025", "fr")

    assert found[0].value == "2025-06-12"
    assert found[0].note == "the text says vendredi, the day was jeudi"


def test_an_inherited_currency_is_marked():
    """« 12 milliards en actions » takes the sentence's currency, and says so."""
    found = read("Elle paie 12 milliards en actions et 3 milliards de dollars en numéraire.", "fr")

    assert [(q.unit, q.inherited) for q in found] == [("USD", True), ("USD", False)]


def test_values_are_exact_decimals():
    """« 16,4 millions » is 16,400,000 and not a float near it."""
    assert read("16,4 millions de dollars", "fr")[0].value == Decimal(16_400_000)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "12", "$", "%", "1" * 5000, "deux " * 500, "\ud800 12 %", "٣ milliards"]
)
def test_odd_texts_raise_nothing(text):
    """An empty, endless or broken text gives what can be read, and no exception."""
    assert isinstance(read(text), list)


def test_an_unknown_language_is_refused():
    """A language that is neither French, English nor auto is a DataError that names the choices."""
    with pytest.raises(DataError, match="'de' is not one of auto, fr, en"):
        read("Ein Wort", "de")


def test_language_is_told():
    """French, English and neither are told apart by their commonest words."""
    assert language("Le groupe a cédé sa filiale pour un milliard.") == "fr"
    assert language("The group sold its unit for a billion.") == "en"
    assert language("Der Konzern hat seine Tochter für eine Milliarde verkauft.") is None


PIECES = sorted({word for s in reading.sentences("all") for word in s["text"].split()})
SOUP = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=25).map(" ".join)


@given(SOUP, st.sampled_from(["fr", "en", "auto"]), st.sampled_from([None, "2025-06-13", "2025"]))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_spans(text, lang, published):
    """Spans stand in reading order, never overlap, and hold the words they claim to."""
    found = read(text, lang, published)

    assert all(text[q.start : q.end] == q.text and q.text for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.slow
def test_a_hundred_thousand_texts_raise_nothing():
    """A fuzzer's 100,000 mixtures of the bench's words, digits and stray characters raise nothing."""
    rng = random.Random(2025)
    stray = "0123456789 .,'-–—%$€£¥\n\u00a0\u202f\u0301éàıİß½²٣()/#:\"«»’"
    for _ in range(100_000):
        words = [
            rng.choice(PIECES) if rng.random() < 0.6 else "".join(rng.choices(stray, k=rng.randint(1, 6)))
            for _ in range(rng.randint(0, 14))
        ]
        read(rng.choice(["", " ", "-"]).join(words), rng.choice(["fr", "en"]), rng.choice([None, "2025-06-13"]))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["1 ", "1, ", "deux ", "cent ", "mid-nine-", "000.", "a-b-", "$1 ", "jeudi ", "\n \n", "é\u0301"]
)
def test_time_grows_with_the_text(unit):
    """Eight times the text takes about eight times as long, also on texts made to hurt."""
    times = []
    for size in (20_000, 160_000):
        text = unit * (size // len(unit))
        start = time.perf_counter()
        read(text, "en", "2025-06-13")
        times.append(time.perf_counter() - start)

    assert times[1] < 20 * max(times[0], 0.01)


@pytest.mark.parametrize("mark", ["", "\u200b"])
def test_memory_is_a_few_times_the_text(mark):
    """Reading takes less than ten bytes for each byte of a text, with letters that are not ASCII and invisible marks."""
    line = f"The board{mark} of Ostrea said that it paid €2.1bn for a stake in Verrine, and would not tell more of the terms. "
    text = line * 4_000
    read(line, "en", "2025")
    tracemalloc.start()
    read(text, "en", "2025")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 10 * len(text.encode())
