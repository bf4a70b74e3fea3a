"""Numbers, dates and claims in words: each language's own forms, and nothing narrower than what is known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.articles import wording
from analysis.errors import DataError

N, T = wording.NBSP, wording.NNBSP


def plain(text: str) -> str:
    return text.replace(N, " ").replace(T, " ")


@pytest.mark.parametrize(
    "value, unit, english, french",
    [
        (14_300_000_000, "USD", "$14.3bn", f"14,3{N}Md$"),
        (870_000_000, "USD", "$870m", f"870{N}M$"),
        (1_720_000_000_000, "USD", "$1.72tn", f"1{T}720{N}Md$"),
        (1_300_000_000, "EUR", "€1.3bn", f"1,3{N}Md€"),
        (65.27, "USD", "$65.27", f"65,27{N}$"),
        (-138_000_000, "USD", "-$138m", f"-138{N}M$"),
        (999_999_999, "USD", "$1bn", f"1{N}Md$"),
        (49, "percent", "49%", f"49{T}%"),
        (2.1, "multiple", "2.1×", f"×{T}2,1"),
        (1, "people", f"1{N}person", f"1{N}personne"),
        (6337, "people", f"6,337{N}people", f"6{T}337{N}personnes"),
        (450_000_000, "users", f"450{N}million{N}users", f"450{N}millions{N}d’utilisateurs"),
        (2, "rank", "2nd", "2e"),
        (1, "rank", "1st", "1er"),
        (28, "years", f"28{N}years", f"28{N}ans"),
        ("2025-06-12", None, "12 June 2025", "12 juin 2025"),
        ("2025-06", "date", "June 2025", "juin 2025"),
    ],
)
def test_an_amount_is_written_as_each_press_writes_it(value, unit, english, french):
    """Money, percentages, multiples and counts take the forms, marks and spaces of the language."""
    assert wording.quantity(value, unit, "en") == english
    assert wording.quantity(value, unit, "fr") == french


def test_the_currency_is_the_unit_s_in_every_language():
    """French never turns dollars into euros: the currency is data, not a locale."""
    for lang in ("en", "fr"):
        assert "$" in wording.money(5e9, "USD", lang)
        assert "€" not in wording.money(5e9, "USD", lang)


@pytest.mark.parametrize(
    "lo, hi, unit, english, french",
    [
        (60e9, 65e9, "USD", "$60bn to $65bn", "60 à 65 Md$"),
        (870e6, 1.2e9, "USD", "$870m to $1.2bn", "870 M$ à 1,2 Md$"),
        (20, 99, "people", "20 to 99 people", "20 à 99 personnes"),
        (48.5, 49.5, "percent", "48.5 to 49.5%", "48,5 à 49,5 %"),
        (14e9, None, "USD", "at least $14bn", "au moins 14 Md$"),
        (None, 12, "people", "at most 12 people", "au plus 12 personnes"),
        (None, None, "USD", "not known", "non connu"),
        (5e9, 5e9, "USD", "$5bn", "5 Md$"),
        (1.7e12, 1.72e12, "USD", "$1.70tn to $1.72tn", "1 700 à 1 720 Md$"),
    ],
)
def test_a_range_names_its_unit_once(lo, hi, unit, english, french):
    """A range gives both ends, what they share once; an open end says so, and nothing known says so."""
    assert plain(wording.interval(lo, hi, unit, "en")) == english
    assert plain(wording.interval(lo, hi, unit, "fr")) == french


@given(st.floats(1e3, 1e13), st.floats(1, 3))
def test_a_range_in_words_is_never_narrower(lo, factor):
    """Rounding goes outwards: the words contain the numbers."""
    hi = lo * factor
    scale = {"": 1, "m": 1e6, "bn": 1e9, "tn": 1e12}
    ends = re.findall(r"\$([\d,.]+)(m|bn|tn|)", wording.interval(lo, hi, "USD", "en"))
    low, high = (float(number.replace(",", "")) * scale[mark] for number, mark in (ends[0], ends[-1]))

    assert low <= lo * (1 + 1e-9) or low == high
    assert high >= hi * (1 - 1e-9) or low == high


@pytest.mark.parametrize(
    "edtf, english, french",
    [
        ("2025-06-12", "12 June 2025", "12 juin 2025"),
        ("2025-06-01", "1 June 2025", "1er juin 2025"),
        ("2025-06", "June 2025", "juin 2025"),
        ("2025", "2025", "2025"),
        ("2024-10/2024-12", "Q4 2024", "4e trimestre 2024"),
        ("2014-01/2014-06", "H1 2014", "1er semestre 2014"),
        ("2025-06-12/2025-06-13", "12 or 13 June 2025", "12 ou 13 juin 2025"),
        ("2025-06-12/2025-06-20", "12–20 June 2025", "12–20 juin 2025"),
        ("2025-06/2025-07", "June 2025 – July 2025", "juin 2025 – juillet 2025"),
    ],
)
def test_a_date_is_as_exact_as_it_was_given(edtf, english, french):
    """A day, a month, a quarter and an interval are each said as such, never as more."""
    assert wording.day(edtf, "en") == english
    assert wording.day(edtf, "fr") == french


@pytest.mark.parametrize(
    "claim, lang, words",
    [
        ("afp-stake", "en", "AFP, citing unnamed US media: Meta – Scale AI (2025), stake acquired: 49%; reported"),
        ("afp-stake", "fr", "AFP, citant des médias américains non nommés : Meta – Scale AI (2025), part acquise : 49 % ; rapporté"),
        ("afp-stake-minority", "fr", "AFP, citant Scale AI : Meta – Scale AI (2025), part acquise : une part minoritaire, sans chiffre ; confirmé, annoncé"),
        ("afp-price", "en", "AFP: Meta – Scale AI (2025), price: a little more than $14bn; computed, conditional"),
        ("afp-staff-moved", "fr", "AFP, citant des médias américains non nommés : Meta – Scale AI (2025), salariés partis chez l’acquéreur : plusieurs dizaines (20 à 99 personnes) ; rapporté, prévu"),
        ("afp-wang-moves", "fr", "AFP, citant Meta : Alexandr Wang, rejoint : Meta ; confirmé, prévu"),
        ("afp-last-round-date", "fr", "AFP : Scale AI, série F (2024), annoncée : mai 2024 ; affirmé"),
        ("site-price-body", "fr", "site non identifié, non daté : Meta – Scale AI (2025), prix : 14,3 Md$ ; affirmé"),
        ("ref-whatsapp-price-accounts", "en", "our computation: Facebook – WhatsApp (2014), price: paid in cash + paid in shares, in the accounts; computed"),
    ],
)  # fmt: skip
def test_a_claim_is_a_sentence(corpus, claim, lang, words):
    """A sentence says who, about whom, what, how surely and at what stage."""
    assert plain(wording.sentence(corpus.claim(claim), corpus, lang)) == words


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_claim_has_a_sentence(corpus, lang):
    """No sentence shows a key of the data, an empty part or a double space."""
    for row in corpus.claims.iter_rows(named=True):
        said = plain(wording.sentence(row, corpus, lang))

        assert not re.search(
            r"[a-z]_[a-z]|\b(org|deal|person|round|product):[a-z]|None|\bnan\b|  | ,|,,|: ;|:;", said
        ), said
        assert said.count(";") == 1
        assert lang == "en" or not re.search(r"\w[;:](?= |$)", said), said


def test_every_word_of_the_data_has_its_french(corpus):
    """A value in words, and a choice that a property allows, is worded in French; a name may stay itself."""
    same = {"acquisition", "San Francisco", "exclusive"}
    said = corpus.claims.filter(corpus.claims["unit"].is_null())["value_text"].drop_nulls().to_list()
    allowed = [word for choices in corpus.properties["choices"].to_list() for word in choices or []]

    left = {
        word for word in {*said, *allowed} if wording.worded(word, corpus, "fr") == wording.worded(word, corpus, "en")
    }

    assert left <= same


@pytest.mark.parametrize("kind", sorted(wording.VOCABULARY))
def test_every_word_of_the_vocabulary_has_two_languages(kind):
    """Each entry has an English and a French form, neither of them empty."""
    for key, forms in wording.VOCABULARY[kind].items():
        assert len(forms) == 2, key
        assert all(form.strip() for form in forms), key


def test_the_schema_s_words_are_all_in_the_vocabulary():
    """Each status, stage, hedge and basis of the schema has its word."""
    from analysis.articles import schema

    for kind, keys in (
        ("status", schema.STATUSES),
        ("stage", schema.STAGES),
        ("hedge", schema.HEDGES),
        ("basis", schema.BASES),
    ):
        assert set(keys) <= set(wording.VOCABULARY[kind])


def test_another_language_is_refused():
    """A language that is not written is refused by name."""
    with pytest.raises(DataError, match="'de' is not one of en, fr"):
        wording.number(1.5, "de")


@pytest.mark.parametrize(
    "claim, lang, words",
    [
        ("ref-meta-revenue-2024", "en", "$164.5bn"),
        ("ref-meta-revenue-2013", "fr", "7,872 Md$"),
        ("ref-whatsapp-price-headline-2025-06", "fr", "322,561 / 234,781"),
    ],
)
def test_a_sentence_rounds_no_digit_that_its_source_wrote(corpus, claim, lang, words):
    """A claim's sentence shows its numbers as they were written, in the language's own form."""
    assert words in plain(wording.sentence(corpus.claim(claim), corpus, lang))
