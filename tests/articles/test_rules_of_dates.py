"""When a date is: by language, the day of publication (`-` for none), the words, the date in EDTF that is read.

`nothing` is no date at all; `-` is a date that cannot be told. What is no date may be an amount, with its unit.
"""

from __future__ import annotations

from datetime import date

import pytest

from analysis.articles.quantities import read

DAY = "2025-06-13"  # a Friday, of every row without a day of its own

MONTHS_AND_DAYS = """
en | 5 January 2024 | 2024-01-05
en | the 5th of January | 2025-01-05
en | Jan. 5, 2024 | 2024-01-05
en | June 31 | -
en | May 31 | 2025-05-31
en | May 0 | nothing
en | may 12 | nothing
en | since May | 2025-05
en | March sales | nothing
en | march 2024 | 2024
en | March of last year | 2024-03
en | March last year | 2024-03
en | March to January 2025 | 2025-03
en | By late September, cash had run out | 2024-09
en | By late September, cash will run out | 2025-09
en | August Strindberg | nothing
en | the year ended June 13 | 2025-06-13
en | the year ended June 14 | 2024-06-14
en | It is expected to close on October 3 | 2025-10-03
en | The sale closed on October 3 | 2024-10-03
en | It has done due diligence since October | 2024-10
en | It pays at month-end | 2025-06
en | It opens in two years' time | 2027
fr | Il sera finalisé au prochain trimestre | 2025-07/2025-09
fr | Le groupe a ouvert au printemps | 2025-03/2025-05
fr | premier mai 2024 | 2024-05-01
fr | le 15 au 12 mai | 2025-05-15
fr | le 12 au 12 mai | 2025-05-12
fr | le 30 février 2024 | -
fr | du 27 au 30 février 2024 | -
fr | lundi 12 au 15 mai 2025 | 2025-05-12/2025-05-15
fr | vendredi 30 février 2025 | -
fr | mars à janvier 2025 | 2025-03
fr | mars à mars 2025 | 2025-03
fr | en mars de l'an dernier | 2024-03
fr | juin dernier | 2024-06
fr | juin prochain | 2026-06
fr | mai dernier | 2025-05
fr | à la mi-mai | 2025-05
fr | vers mars | nothing
fr | le 11-Septembre | nothing
fr | 12.06.2025 | 2025-06-12
fr | 12/06/25 | 2025-06-12
fr | 06/13/2025 | 2025-06-13
fr | 2025-06 | 2025-06
fr | 2025-13 | -
en | on 13/13/2025 | -
en | Friday 06/12/2024 | 2024-12-06
"""

PARTS = """
en | Q1 2025 | 2025-01/2025-03
en | Q4 '24 | 2024-10/2024-12
en | third half of 2024 | -
en | the last half of 2024 | 2024-07/2024-12
en | 4Q24 | 2024-10/2024-12
en | 2H 24 | 2024-07/2024-12
en | last half | 2024-07/2024-12
en | the end of the quarter | 2025-04/2025-06
fr | au dernier semestre 2024 | 2024-07/2024-12
fr | au dernier trimestre | 2025-01/2025-03
fr | quatrième semestre 2024 | -
fr | le premier semestre de l'an dernier | 2024-01/2024-06
fr | le trimestre en cours | 2025-04/2025-06
fr | du semestre en cours | 2025-01/2025-06
fr | il y a deux trimestres | 2024-10/2024-12
fr | il y a deux semestres | 2024-01/2024-06
fr | T4 24 | 2024-10/2024-12
fr | t4 2024 | 2024
"""

YEARS = """
en | FY69 | 2069
en | FY70 | 1970
en | FY99 | 1999
en | FY '24 | 2024
en | fiscal year 2024 | 2024
en | from 2021 to 2021 | -
en | fiscal year 2023-24 | 2023/2024
fr | exercice 2023/24 | 2023/2024
fr | la saison 2023-24 | 2023/2024
en | the 1920s | 1920/1929
en | the '20s | 2020/2029
en | the 30s | 1930/1939
fr | les années 20 | 2020/2029
fr | les années 1980 | 1980/1989
en | in spring 2024 | 2024-03/2024-05
en | the summer of 2024 | 2024-06/2024-08
en | this autumn | 2025-09/2025-11
en | last autumn | 2024-09/2024-11
en | next fall | 2025-09/2025-11
en | in winter 2024 | 2024-12/2025-02
en | last winter | 2024-12/2025-02
fr | l'été dernier | 2024-06/2024-08
fr | au printemps 2024 | 2024-03/2024-05
fr | l'automne prochain | 2025-09/2025-11
fr | cet hiver | 2024-12/2025-02
fr | l'année en cours | 2025
en | at year-end | 2025
en | 400 years ago | 1625
en | 401 years ago | -
en | #2024 | nothing
en | a2024 | nothing
en | 2024-5 | nothing
en | a 2024-style deal | 2024
en | article 2024 | nothing
en | round 2024 | 2024
"""

WEEKS_AND_DAYS = """
fr | avant-hier | 2025-06-11
fr | aujourd'hui | 2025-06-13
fr | il y a dix jours | 2025-06-03
fr | dans dix jours | 2025-06-23
fr | il y a deux semaines | 2025-05-26/2025-06-01
fr | le week-end dernier | 2025-06-07/2025-06-08
fr | ce week-end | 2025-06-14/2025-06-15
en | ten days ago | 2025-06-03
en | this week | 2025-06-09/2025-06-15
en | the coming week | 2025-06-16/2025-06-22
en | on Sunday | 2025-06-08
en | this Friday | 2025-06-13
en | The court meets Friday | 2025-06-20
en | by Monday | 2025-06-16
en | Cyber Monday | nothing
en | Good Friday | nothing
en | friday | nothing
fr | Vendredi saint | nothing
fr | d'ici lundi | 2025-06-16
fr | Elle s'ouvrira lundi | 2025-06-16
"""


def dates(lang: str, text: str, published: str | None = DAY) -> str:
    return ", ".join(str(q.value or "-") for q in read(text, lang, published) if q.kind == "date") or "nothing"


@pytest.mark.parametrize("table", [MONTHS_AND_DAYS, PARTS, YEARS, WEEKS_AND_DAYS])
def test_a_date_is_what_its_words_make_it(table):
    """Days and months, quarters and halves, years, decades and seasons, weeks and weekdays, each as exact as its words."""
    rows = [line.split(" | ") for line in table.strip().splitlines()]
    found = {text: dates(lang, text) for lang, text, _ in rows}

    assert found == {text: expected for _, text, expected in rows}


MOODS = {"a sale in {} 4": (-8, 3), "It was sold in {} 4": (-11, 0), "It will be sold in {} 4": (-1, 10)}
MONTHS = "January February March April May June July August September October November December".split()


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("published", [date(2025, 1, 20), date(2025, 6, 13), date(2025, 12, 2)])
def test_a_month_without_a_year_lies_within_a_year_of_its_mood(mood, published):
    """Told plainly it lies 8 months back to 3 ahead; in the past 11 back to now; in the future 1 back to 10 ahead."""
    lo, hi = MOODS[mood]
    months = {published.year * 12 + published.month - 1 + step for step in range(lo, hi + 1)}
    expected = {f"{index // 12}-{index % 12 + 1:02}-04" for index in months}

    assert {dates("en", mood.format(month), published.isoformat()) for month in MONTHS} == expected


@pytest.mark.parametrize(
    "lang, words",
    [
        ("fr", ["premier 1er", "deuxième second 2e 2eme", "troisième 3e 3eme", "quatrième 4e 4eme"]),
        ("en", ["first 1st", "second 2nd", "third 3rd", "fourth 4th"]),
    ],
)
def test_each_ordinal_is_its_quarter(lang, words):
    """« 2e trimestre 2024 » and "second quarter of 2024" are April to June."""
    form = {"fr": "fin {} trimestre 2024", "en": "late {} quarter of 2024"}[lang]
    found = [{dates(lang, form.format(word)) for word in group.split()} for group in words]

    assert found == [{f"2024-{first:02}/2024-{first + 2:02}"} for first in (1, 4, 7, 10)]


@pytest.mark.parametrize(
    "published, text, value",
    [
        ("1500", "l'an dernier", "-"),
        ("1501", "l'an dernier", "1500"),
        ("8999", "l'an dernier", "8998"),
        ("9000", "l'an dernier", "-"),
        ("2025-06-05/2025-06-12", "hier", "2025-06-11"),
        ("2025-06-04/2025-06-12", "hier", "-"),
        ("2025-05-12/2025-06-12", "le mois dernier", "2025-05"),
        ("2025-05-11/2025-06-12", "le mois dernier", "-"),
        ("2025-06", "le mois dernier", "2025-05"),
        ("2025-06", "le trimestre dernier", "2025-01/2025-03"),
        ("2025-06", "vendredi", "-"),
        ("2025-06", "la semaine dernière", "-"),
        ("2025", "le trimestre dernier", "-"),
        ("2025", "en mai", "-"),
        ("2025", "en mai de l'an dernier", "2024-05"),
        ("2025", "au premier semestre de l'an dernier", "2024-01/2024-06"),
        (None, "en mai de l'an dernier", "-"),
        (None, "au premier semestre de l'an dernier", "-"),
        (None, "il y a deux ans", "-"),
        (None, "il y a deux mois", "-"),
        ("2025-12-08", "le 12/06/2025", "2025-06-12"),
        ("2025-01-13", "le mois dernier", "2024-12"),
        ("2025-12-13", "le mois prochain", "2026-01"),
    ],
)
def test_a_date_is_no_more_exact_than_the_day_of_publication(published, text, value):
    """Two days a week apart tell a day, a month's length a month, more a year; none tells nothing; no news is from 1500."""
    assert dates("fr", text, published) == value


@pytest.mark.parametrize(
    "published, value", [("2025-07-27", "2025-06-12"), ("2025-07-28", "2025-12-06"), (None, "2025-12-06")]
)
def test_of_two_readings_the_day_near_the_article_is_meant(published, value):
    """12/06/2025 in English is 6 December, but for an article at most 45 days from 12 June."""
    assert dates("en", "on 12/06/2025", published) == value


@pytest.mark.parametrize("reach, value", [(80, "2025-11"), (81, "2024-11")])
def test_what_is_to_come_is_said_within_80_characters(reach, value):
    """ "It will be sold … in November" is the November to come; words farther back are not heard."""
    text = "will" + (" oh" * reach)[: reach - 5] + " November"
    assert text.index("November") == reach

    assert dates("en", text) == value


def test_a_sentence_ends_what_is_to_come():
    """Words of the sentence before do not turn a date to the future."""
    assert [dates("en", f"It will{stop} Sold in November") for stop in (",", ".", "!", ";")] == [
        "2025-11",
        "2024-11",
        "2024-11",
        "2024-11",
    ]


def test_a_number_that_is_counted_is_no_year():
    """ "2024 employees" are people and "2024 dollars" money; £2024 is a price."""
    found = [(q.kind, q.unit) for text in ("2024 employees", "2024 dollars", "£2024") for q in read(text, "en", DAY)]

    assert found == [("count", "people"), ("money", "USD"), ("money", "GBP")]
