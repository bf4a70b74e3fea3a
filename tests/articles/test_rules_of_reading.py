"""What each rule of the reader makes of one short wording: by language, the day of publication, the words, what is read.

A value stands with its unit and its hedge where it has one; a date alone; `-` is what cannot be told; `to` joins a range.
"""

from __future__ import annotations

import pytest

from analysis.articles.quantities import Quantity, read
from benchmarks import reading

READ = """
fr | 2025-06-13 | La valeur atteint un billion de dollars. | 1000000000000 USD
fr | 2025-06-13 | 12 millions d'euros en 2022, et moins l'année précédente. | 12000000 EUR, 2022, 2021
en | 2025-06-13 | A half-dozen people left the year before. | 6 people approx, 2024
en | 2025-06-13 | Signed on 2025/10/03. | 2025-10-03
en | - | two thirds | 0.6667 multiple
en | - | for three quarters in a row | nothing
en | - | two thirds of sales | 0.6667 multiple
en | - | 1 in 5 users | 0.2 multiple
fr | - | un salarié sur 5 | 0.2 multiple
fr | - | 1 client sur 4 | 0.25 multiple
fr | - | multiplié par 2,5 | 2.5 multiple
en | - | He flew Boeing 737 planes | nothing
en | - | planes by Boeing 737 men | nothing
en | 2025-06-13 | two years ago | 2023
en | 2025-06-13 | a year ago | 2024
fr | 2025-06-13 | il y a un an | 2024
fr | 2025-06-13 | il y a trois mois | 2025-03
fr | 2025-06-13 | dans deux ans | 2027
en | 2025-06-13 | over the past two years | -
fr | 2025-06-13 | l'an prochain | 2026
fr | 2025-06-13 | cette année | 2025
en | 2025-06-13 | the previous year | 2024
en | 2025-06-13 | next month | 2025-07
fr | 2025-06-13 | la semaine dernière | 2025-06-02/2025-06-08
en | 2025-06-13 | yesterday | 2025-06-12
fr | 2025-06-13 | hier | 2025-06-12
fr | 2025-06-13 | demain | 2025-06-14
en | 2025-06-13 | tomorrow | 2025-06-14
fr | 2025-06-13 | ce vendredi | 2025-06-13
en | 2025-06-13 | earlier this month | 2025-06
fr | 2025-06-13 | fin 2024 | 2024
fr | 2025-06-13 | début juin | 2025-06
en | 2025-06-13 | mid-2024 | 2024
en | 2025-06-13 | late 2024 | 2024
fr | 2025-06-13 | du 12 au 15 mai | 2025-05-12/2025-05-15
en | 2025-06-13 | May 12-15, 2025 | 2025-05-12/2025-05-15
en | 2025-06-13 | June to August 2024 | 2024-06/2024-08
fr | 2025-06-13 | de juin à août 2024 | 2024-06/2024-08
en | 2025-06-13 | Thursday, June 12 | 2025-06-12
en | 2025-12-20 | Monday, January 5 | 2026-01-05
en | 2025-06-13 | Tuesday, March 5 | 2024-03-05
fr | - | un quart des salariés | 0.25 multiple
fr | - | le quart du capital | 0.25 multiple
fr | - | tiers payant | nothing
fr | - | un tiers des voix | 0.3333 multiple
fr | - | un demi-milliard d'euros | 500000000 EUR
en | - | half a billion dollars | 500000000 USD
en | - | half of users | 0.5 multiple
en | - | half | nothing
fr | - | une dizaine de millions d'euros | 10000000 EUR approx
fr | - | une centaine de millions de dollars | 100000000 USD approx
fr | - | un millier de salariés | 1000 people approx
fr | - | des milliers de salariés | - people vague
en | - | thousands of employees | - people vague
en | - | dozens of people | - people vague
en | - | a dozen companies | 12 companies approx
fr | - | 19 milliards déboursés | 19000000000
fr | - | 10.000 salariés | 10000 people
en | - | 10,000 staff | 10000 people
fr | - | 1.250,50 euros | 1250.5 EUR
en | - | $1,250.50 | 1250.5 USD
fr | - | 3,5 % | 3.5 percent
fr | - | 3,5 points de pourcentage | 3.5 points
en | - | 50 basis points | 0.5 points
en | - | 2.5 percentage points | 2.5 points
fr | - | deux fois plus | 2 multiple
en | - | three times as much | 3 multiple
en | - | 3x | 3 multiple
en | - | a 10-for-1 split | nothing
en | - | US$5m | 5000000 USD
en | - | C$5m | 5000000 CAD
en | - | £5m | 5000000 GBP
en | - | 5 million pounds | 5000000 GBP
fr | - | 20 centimes | 0.2 EUR
en | - | 20 cents | 0.2 USD
en | - | between 10% and 12% | 10 to 12 percent
en | - | 10-12% | 10 to 12 percent
en | - | $5-6 billion | 5000000000 to 6000000000 USD
en | - | $5bn-$6bn | 5000000000 to 6000000000 USD
en | - | 5 to 6 people | 5 to 6 people
fr | - | de 10 % à 12 % | 10 to 12 percent
fr | - | 5 à 6 personnes | 5 to 6 people
en | 2025-05-20 | Revenue fell last quarter. | 2025-01/2025-03
en | 2025-05-20 | It closes next quarter. | 2025-07/2025-09
en | 2025-01-20 | It rose last quarter. | 2024-10/2024-12
en | 2025-05-20 | Sales rose this quarter. | 2025-04/2025-06
fr | 2025-05-20 | Le chiffre a baissé le trimestre dernier. | 2025-01/2025-03
fr | 2025-11-02 | L'opération sera close le semestre prochain. | 2026-01/2026-06
fr | 2025-01-20 | au semestre dernier | 2024-07/2024-12
en | 2025-05-20 | in the first half of last year | 2024-01/2024-06
en | 2025-05-20 | in the last quarter of 2024 | 2024-10/2024-12
en | 2025-05-20 | in the second half | 2025-07/2025-12
fr | 2025-05-20 | au quatrième trimestre | 2024-10/2024-12
fr | 2025-05-20 | entre 2019 et 2021 | 2019/2021
en | 2025-05-20 | in the 2015-2019 period | 2015/2019
en | 2025-05-20 | the 2019-21 plan | 2019/2021
en | 2025-05-20 | in 2021-19 | -
en | 2025-05-20 | in the 1990s | 1990/1999
fr | 2025-05-20 | dans les années 90 | 1990/1999
fr | 2025-05-20 | dans les années 2010 | 2010/2019
fr | 2025-05-20 | dans les années 10 | 2010/2019
fr | 2025-05-20 | le 12/06/2025 | 2025-06-12
en | 2025-12-08 | on 12/06/2025 | 2025-12-06
en | 2025-06-13 | on 12/06/2025 | 2025-06-12
en | 2025-06-13 | on 13/06/2025 | 2025-06-13
en | 2025-06-13 | on 06/13/2025 | 2025-06-13
fr | 2025-06-13 | le 31/02/2025 | -
en | - | Friday 12/06/2024 | 2024-12-06
en | 2025-06-13 | on 2025-02-30 | -
fr | 2025-06-13 | jeudi | 2025-06-12
fr | 2025-06-13 | vendredi dernier | 2025-06-06
fr | 2025-06-13 | vendredi | 2025-06-13
fr | 2025-06-13 | lundi prochain | 2025-06-16
en | 2025-06-13 | It closed on Thursday. | 2025-06-12
en | 2025-06-13 | It will close on Thursday. | 2025-06-19
en | 2025-06-13 | Black Friday sales | nothing
en | 2025-06-13 | next Friday | 2025-06-20
en | 2025-06-13 | It was sold in November. | 2024-11
en | 2025-06-13 | It will be sold in November. | 2025-11
en | 2025-02-13 | It was sold in November. | 2024-11
en | 2025-06-13 | last June | 2024-06
en | 2025-06-13 | next June | 2026-06
fr | 2025-06-13 | en août dernier | 2024-08
fr | 2025-06-13 | en mars prochain | 2026-03
en | 2025-06-13 | the year ended January 31 | 2025-01-31
en | 2025-06-13 | It may sell. | nothing
en | 2025-06-13 | in May | 2025-05
en | 2025-06-13 | They march on. | nothing
en | 2025-06-13 | April came. | 2025-04
en | 2025-06-13 | April Smith came. | nothing
fr | 2025-06-13 | Mars vend des barres. | nothing
fr | 2025-06-13 | en mars | 2025-03
fr | 2025-06-13 | en sept. 2024 | 2024-09
fr | 2025-06-13 | sept filiales | nothing
en | 2025-06-13 | May 32 | nothing
en | 2025-06-13 | Q3 2024 | 2024-07/2024-09
en | 2025-06-13 | H1 | 2025-01/2025-06
fr | 2025-06-13 | T1 2025 | 2025-01/2025-03
en | 2025-06-13 | in q3 | nothing
en | 2025-06-13 | 1,2024 | nothing
fr | 2025-06-13 | le 1er mai | 2025-05-01
fr | 2025-06-13 | le 32 mai | nothing
fr | - | Elle a perdu la moitié de ses clients. | 0.5 multiple
fr | - | un quart de milliard de dollars | 250000000 USD
fr | - | deux tiers des voix | 0.6667 multiple
fr | - | un tiers | nothing
en | - | three quarters of sales | 0.75 multiple
en | - | in the third quarter | -
en | - | one in five users | 0.2 multiple
en | - | one in 101 | nothing
en | - | two and a half billion dollars | 2500000000 USD
fr | - | quatre-vingt-onze millions d'euros | 91000000 EUR
fr | - | deux cent mille dollars | 200000 USD
fr | - | mille deux cents salariés | 1200 people
en | - | three thousand two hundred people | 3200 people
fr | - | deux douzaines de salariés | 24 people approx
fr | - | une vingtaine de salariés | 20 people approx
en | - | two dozen people | 24 people approx
fr | - | un écran en 720p | nothing
fr | - | 720p de marge | nothing
en | - | a 720p screen | nothing
en | - | costs 720p | nothing
en | - | costs 721p | 7.21 GBP
fr | - | 700 won | nothing
en | - | he won 700 | nothing
en | - | 1000 won | 1000 KRW
fr | - | âgé de 28 ans | 28 years
fr | - | à 19 ans | 19 years
fr | - | un bail de 99 ans | nothing
en | - | Alexandr Wang, 28, said | 28 years
en | - | a 28-year-old | 28 years
fr | - | une dette à 10 ans | nothing
en | - | Llama 4 has users. | nothing
fr | - | Le CAC 40 a perdu 2 points de marge. | nothing
fr | - | article 49 | nothing
en | - | In 49 cities | 49 cities
en | - | Sales doubled. | 2 multiple
en | - | twice the price | 2 multiple
en | - | a tenfold rise | 10 multiple
fr | - | multiplié par trois | 3 multiple
fr | - | divisé par quatre | 0.25 multiple
en | - | halved | 0.5 multiple
fr | - | de 2 à 3 milliards de dollars | 2000000000 to 3000000000 USD
fr | - | entre 2 et 3 milliards de dollars | 2000000000 to 3000000000 USD
fr | - | passé de 2 à 3 milliards de dollars | 2000000000 USD, 3000000000 USD
en | - | from 10% to 12% | 10 percent, 12 percent
en | - | 10% to 12% | 10 to 12 percent
en | - | 2 or 3 million dollars | 2000000 to 3000000 USD
fr | - | 2 ou 3 millions d'euros | 2000000 to 3000000 EUR
en | - | a billion dollars | 1000000000 USD
fr | - | 3 billions de dollars | 3000000000000 USD
fr | - | $3 billion | 3000000000 USD
en | - | $3.5bn | 3500000000 USD
en | - | $250k | 250000 USD
en | - | €12M | 12000000 EUR
en | - | 3 million users, up from 2 million | 3000000 users, 2000000 users
en | - | at least $2bn | 2000000000 USD at_least
en | - | $2bn or more | 2000000000 USD at_least
en | - | nearly $2bn | 2000000000 USD near
en | - | just over $2bn | 2000000000 USD slightly_above
fr | - | plus de 2 milliards d'euros | 2000000000 EUR above
fr | - | près de 2 milliards d'euros | 2000000000 EUR near
fr | - | au plus 2 milliards d'euros | 2000000000 EUR at_most
fr | - | moins de 2 milliards d'euros | 2000000000 EUR below
fr | - | quelque 2 milliards d'euros | 2000000000 EUR approx
en | - | up to $2bn | 2000000000 USD at_most
en | - | hundreds of millions of dollars | - USD vague
fr | - | des dizaines de millions d'euros | - EUR vague
"""


def told(q: Quantity) -> str:
    """A quantity in the words of the table."""
    value = (
        q.value if isinstance(q.value, str) else plain(q.value) or " to ".join(filter(None, map(plain, (q.lo, q.hi))))
    )
    unit, hedge = (None if q.kind == "date" else q.unit), (None if q.hedge in ("exact", "range") else q.hedge)
    return " ".join(filter(None, (value or "-", unit, hedge)))


def plain(number) -> str:
    return "" if number is None else f"{round(number, 4).normalize():f}"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_each_wording_is_read_by_its_rule(lang):
    """The nearest month, the quarter just ended, a quarter of a billion, a number that is part of a name, and so on."""
    rows = [line.split(" | ") for line in READ.strip().splitlines()]
    assert len(rows) > 120

    wrong = []
    for _, day, text, expected in (row for row in rows if row[0] == lang):
        found = ", ".join(map(told, read(text, lang, None if day == "-" else day))) or "nothing"
        if found != expected:
            wrong.append(f"{text}: {found}, not {expected}")
    assert wrong == []


def test_every_tuned_sentence_is_read_whole():
    """No quantity of a labelled sentence is missed, misread or added: one wrong would not move a score."""
    _, wrong, _ = reading.scores("tuned")

    assert wrong == []


# part of the bench, labelled claims known to be missed, wrong ones known to be proposed: fewer is better, one more is a loss
KNOWN = [
    ("tuned", 0, 1),
    ("held-out", 0, 0),
    ("briefs", 18, 11),
    ("blind-1", 1, 1),
    ("blind-2", 5, 1),
    ("blind-3", 1, 1),
    ("blind-4", 0, 0),
    ("blind-5", 0, 0),
    ("blind-6", 11, 3),
    ("blind-7", 18, 5),
    ("blind-8", 24, 10),
    ("blind-9", 7, 0),
    ("blind-10", 5, 2),
]


@pytest.mark.parametrize("part, most, wrong_at_most", KNOWN)
def test_no_more_claims_of_labelled_articles_are_missed_than_known(part, most, wrong_at_most):
    """Each labelled claim is proposed with its amount, unit and party, but for those that are known to be missed."""
    cells, wrong = reading.claim_scores(part)

    assert sum(missed for _, missed, _ in cells.values()) <= most, wrong
    assert sum(extra for _, _, extra in cells.values()) <= wrong_at_most, wrong
