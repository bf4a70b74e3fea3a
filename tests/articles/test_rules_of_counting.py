"""Words that count: collectives, fractions, scales, months and currencies, each in a phrase, and what it comes to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.articles.quantities import read

DAY = "2025-06-13"
COUNTED = {
    "fr": {
        "une dizaine": 10, "une douzaine": 12, "une quinzaine": 15, "une vingtaine": 20, "une trentaine": 30, "une quarantaine": 40,
        "une cinquantaine": 50, "une soixantaine": 60, "une centaine": 100, "un millier": 1_000, "trente-deux": 32, "quarante et un": 41,
        "cinquante": 50, "soixante-douze": 72, "quatre-vingts": 80, "quatre-vingt-dix-sept": 97, "septante": 70, "huitante": 80,
        "nonante-neuf": 99, "deux cents": 200, "trois mille": 3_000, "treize": 13, "quatorze": 14, "seize": 16, "dix-neuf": 19,
    },
    "en": {
        "a dozen": 12, "two dozen": 24, "thirteen": 13, "fourteen": 14, "fifteen": 15, "eighteen": 18, "nineteen": 19, "twenty-two": 22,
        "thirty": 30, "forty-one": 41, "fifty": 50, "sixty-three": 63, "seventy": 70, "eighty-five": 85, "ninety": 90,
        "two hundred": 200, "three thousand": 3_000,
    },
}  # fmt: skip
NOUN = {
    "fr": ("{} salariés ont été recrutés.", "{} de salariés ont été recrutés."),
    "en": ("{} employees were hired.",) * 2,
}
PARTS = {
    "fr": {"la moitié": "1/2", "un tiers": "1/3", "les deux tiers": "2/3", "un quart": "1/4", "les trois quarts": "3/4", "un cinquième": "1/5",
           "les deux cinquièmes": "2/5", "un sixième": "1/6", "un huitième": "1/8", "un dixième": "1/10", "les neuf dixièmes": "9/10"},
    "en": {"half": "1/2", "a third": "1/3", "two thirds": "2/3", "a quarter": "1/4", "three quarters": "3/4", "a fifth": "1/5", "two fifths": "2/5",
           "a sixth": "1/6", "an eighth": "1/8", "a tenth": "1/10", "nine tenths": "9/10"},
}  # fmt: skip
MONTHS = {
    "fr": "12 janv. 2025|12 févr. 2025|12 mars 2025|12 avr. 2025|12 mai 2025|12 juin 2025|12 juil. 2025|12 août 2025|12 sept. 2025|12 oct. 2025|12 nov. 2025|12 déc. 2025",
    "en": "Jan. 12, 2025|Feb. 12, 2025|Mar. 12, 2025|Apr. 12, 2025|May 12, 2025|Jun. 12, 2025|Jul. 12, 2025|Aug. 12, 2025|Sep. 12, 2025|Oct. 12, 2025|Nov. 12, 2025|Dec. 12, 2025",
}
SUMS = {
    "fr": {
        "3 Md€": (3 * 10**9, "EUR"), "3 Mds €": (3 * 10**9, "EUR"), "3 M€": (3 * 10**6, "EUR"), "3 k€": (3_000, "EUR"), "3 Md$": (3 * 10**9, "USD"),
        "3 mille milliards de dollars": (3 * 10**12, "USD"), "3 billions d'euros": (3 * 10**12, "EUR"), "3 milliers d'euros": (3_000, "EUR"),
        "3 millions de dollars canadiens": (3 * 10**6, "CAD"), "3 millions de dollars australiens": (3 * 10**6, "AUD"),
        "3 millions de livres": (3 * 10**6, "GBP"), "3 millions de livres turques": (3 * 10**6, "TRY"), "3 millions de yens": (3 * 10**6, "JPY"),
        "3 millions de yuans": (3 * 10**6, "CNY"), "3 millions de roupies": (3 * 10**6, "INR"), "3 millions de francs CFA": (3 * 10**6, "XOF"),
        "3 millions de francs suisses": (3 * 10**6, "CHF"), "3 millions de couronnes danoises": (3 * 10**6, "DKK"),
        "3 millions de couronnes norvégiennes": (3 * 10**6, "NOK"), "3 millions de couronnes": (3 * 10**6, "SEK"),
        "3 millions de dirhams marocains": (3 * 10**6, "MAD"), "3 millions de dirhams": (3 * 10**6, "AED"), "3 millions de reais": (3 * 10**6, "BRL"),
        "3 millions de zlotys": (3 * 10**6, "PLN"), "3 millions de rands": (3 * 10**6, "ZAR"), "3 millions de shekels": (3 * 10**6, "ILS"),
        "80 centimes": (Decimal("0.80"), "EUR"),
    },
    "en": {
        "$3bn": (3 * 10**9, "USD"), "$3 bln": (3 * 10**9, "USD"), "$3mn": (3 * 10**6, "USD"), "$3 mln": (3 * 10**6, "USD"), "$3k": (3_000, "USD"),
        "$3tn": (3 * 10**12, "USD"), "$3 trillion": (3 * 10**12, "USD"), "Rs 3 crore": (3 * 10**7, "INR"), "Rs 3 lakh": (3 * 10**5, "INR"),
        "3 million Canadian dollars": (3 * 10**6, "CAD"), "C$3 million": (3 * 10**6, "CAD"), "A$3 million": (3 * 10**6, "AUD"),
        "NZ$3 million": (3 * 10**6, "NZD"), "HK$3 million": (3 * 10**6, "HKD"), "S$3 million": (3 * 10**6, "SGD"), "R$3 million": (3 * 10**6, "BRL"),
        "£3 million": (3 * 10**6, "GBP"), "€3 million": (3 * 10**6, "EUR"), "¥3 million": (3 * 10**6, "JPY"), "₹3 million": (3 * 10**6, "INR"),
        "3 million pounds": (3 * 10**6, "GBP"), "3 million yen": (3 * 10**6, "JPY"), "3 million yuan": (3 * 10**6, "CNY"),
        "3 million Swiss francs": (3 * 10**6, "CHF"), "3 million Danish crowns": (3 * 10**6, "DKK"), "3 million Norwegian kroner": (3 * 10**6, "NOK"),
        "3 million Swedish crowns": (3 * 10**6, "SEK"), "3 million rupees": (3 * 10**6, "INR"), "3 million baht": (3 * 10**6, "THB"),
        "3 million ringgit": (3 * 10**6, "MYR"), "3 million zlotys": (3 * 10**6, "PLN"), "CHF3 million": (3 * 10**6, "CHF"), "EUR3m": (3 * 10**6, "EUR"),
        "415p": (Decimal("4.15"), "GBP"), "76 cents": (Decimal("0.76"), "USD"), "80 pence": (Decimal("0.80"), "GBP"),
    },
}  # fmt: skip
CASES = [(lang, words, number) for lang, table in COUNTED.items() for words, number in table.items()]


@pytest.mark.parametrize("lang, words, number", CASES)
def test_people_counted_in_words(lang, words, number):
    """« une trentaine de salariés » is about 30 people, "two dozen employees" 24."""
    collective = words.split(" ")[-1].endswith(("aine", "millier"))
    (found,) = read(NOUN[lang][collective].format(words.capitalize()), lang, DAY)

    assert (found.kind, found.value, found.unit) == ("count", number, "people")


@pytest.mark.parametrize("lang, words, part", [(lang, w, p) for lang, table in PARTS.items() for w, p in table.items()])
def test_parts_of_a_whole(lang, words, part):
    """A fraction is a multiple, of its exact value."""
    text = {"fr": f"Elle a perdu {words} de ses clients.", "en": f"It lost {words} of its customers."}[lang]
    (found,) = read(text, lang, DAY)
    above, below = part.split("/")

    assert (found.kind, found.unit) == ("multiple", "multiple")
    assert abs(Decimal(str(found.value)) - Decimal(above) / Decimal(below)) < Decimal("1e-9")


@pytest.mark.parametrize("lang", MONTHS)
def test_months_cut_short(lang):
    """« févr. », "Sep.": each month by its short name, in its order."""
    found = [read(f"({day})", lang, DAY)[0].value for day in MONTHS[lang].split("|")]

    assert found == [f"2025-{month:02}-12" for month in range(1, 13)]


@pytest.mark.parametrize(
    "lang, words, sum_of", [(lang, w, s) for lang, table in SUMS.items() for w, s in table.items()]
)
def test_sums_of_each_currency(lang, words, sum_of):
    """Scales, symbols, codes and names of currencies: the amount in units, and its ISO 4217 code."""
    text = {"fr": f"Le groupe a versé {words} cette semaine-là.", "en": f"The group then paid {words} for it."}[lang]
    found = next(q for q in read(text, lang, DAY) if q.kind == "money")

    assert (found.value, found.unit) == sum_of


@pytest.mark.parametrize(
    "written, year", [("12/06/25", "2025"), ("12/06/99", "1999"), ("12/06/20", "2020"), ("12/06/03", "2003")]
)
def test_years_of_two_digits(written, year):
    """Two digits are the nearest such year to the day of the text."""
    found = [q.value for q in read(f"Signé le {written}.", "fr", DAY) if q.kind == "date"]

    assert found == [f"{year}-06-12"]
