"""What is an amount, and of what: by language, the words as a newspaper prints them, what is read.

Each quantity stands with its unit (its kind, where it has none) and its hedge; `=` marks a currency that was taken from
the words around; `to` joins a range; `_` stands for a no-break space; quantities are parted by commas.
"""

from __future__ import annotations

import pytest

from analysis.articles.quantities import Quantity, read

NUMBERS = """
en | 1_400 people | 1400 people
en | part 1 400 people | 400 people
fr | 1 400 personnes | 1400 people
fr | 14.3 % | 14.3 percent
en | 14,3 % | 14.3 percent
en | 1.400 percent | 1.4 percent
fr | 1,400 % | 1.4 percent
fr | 1.400 euros | 1400 EUR
fr | cent quatre-vingts euros | 180 EUR
fr | vingt-deux euros | 22 EUR
en | 0 in 5 users | 0 multiple
fr | un sur cent | nothing
fr | 1 milliard 200 millions d'euros | 1200000000 EUR
fr | un milliard deux cents millions d'euros | 1200000000 EUR
fr | 2 millions 3 millions d'euros | 2000000 = EUR, 3000000 EUR
fr | deux milliards et demi de dollars | 2500000000 USD
en | x12% | nothing
en | item/12% | nothing
en | item #12% | nothing
en | a A-12% cut | nothing
en | -12% | -12 percent
en | a fall of -12% | -12 percent
en | minus (-12%) | -12 percent
en | $60-65 billion | 60000000000 to 65000000000 USD
en | US$14 billion dollars | 14000000000 USD
en | EUR 5 million | 5000000 EUR
en | It cost $3. It is 5m long. | 3 USD
en | five million or more | 5000000 (money) at_least
en | $5m+ | 5000000 USD at_least
en | $5m or so | 5000000 USD approx
fr | 5 euros au plus | 5 EUR at_most
fr | environ 5 euros | 5 EUR approx
fr | 5 euros environ | 5 EUR approx
"""

MULTIPLES = """
fr | deux tiers | 0.6667 multiple
fr | d'un tiers, | 0.3333 multiple
fr | un tiers, | nothing
fr | un quart, | 0.25 multiple
fr | quatre quarts, | nothing
fr | trois tiers du capital | nothing
en | three thirds of sales | nothing
en | three-quarters | 0.75 multiple
en | one third | nothing
en | one-third | 0.3333 multiple
en | a fifth column | nothing
en | a fifth, | 0.2 multiple
en | a quarter of a billion dollars | 250000000 USD
en | It cost $3 million, or a quarter of a billion | 3000000 USD, 250000000 USD
en | nearly half of users | 0.5 multiple near
en | nearly half | 0.5 multiple near
en | a year and a half of work | nothing
fr | la moitié | 0.5 multiple
fr | Il en a la moitié. | 0.5 multiple
fr | une moitié | nothing
fr | moitié moins | nothing
fr | payé en deux fois, il | nothing
fr | payé deux fois, il | 2 multiple
en | paid 3 times, it | 3 multiple
en | 150x its cost | 150 multiple
en | 99X the price | 99 multiple
en | a Model 100X | nothing
en | the 100X went | nothing
fr | divisé par deux | 0.5 multiple
fr | divisé par zéro | nothing
fr | multiplié par zéro | nothing
en | a factor of about 3 | 3 multiple
fr | une décuple peine | nothing
fr | il a décuplé | 10 multiple
fr | une doublure | nothing
fr | une double peine | nothing
fr | le double | 2 multiple
fr | au double | 2 multiple
fr | va doubler | 2 multiple
fr | triplée | 3 multiple
fr | a quadruplé | 4 multiple
fr | quintupler | 5 multiple
en | It would double. | 2 multiple
en | to double | 2 multiple
en | Sales double the rate | 2 multiple
en | a double bed | nothing
en | It would double down. | nothing
en | Sales doubled up | nothing
en | double-digit growth | nothing
en | a doubling of sales | 2 multiple
en | halving | 0.5 multiple
en | twice daily | nothing
en | manyfold | nothing
en | thousandfold | 1000 multiple
"""

POINTS_AND_COINS = """
en | 71%, or 19 points higher | 71 percent, 19 points
en | 71%, or 20 points higher | 71 percent
fr | taux : 19 points | 19 points
fr | taux : 20 points | nothing
fr | l'indice a gagné 2 points | nothing
en | a 480p screen | nothing
en | costs 480p | nothing
en | costs 1080p | nothing
en | costs 1440p | nothing
en | costs 2160p | nothing
en | costs 481p | 4.81 GBP
en | costs 999 won | nothing
en | millions of won | - KRW vague
"""

AGES = """
en | Alexandr Wang, 28, said | 28 years
en | Alexandr Wang, 28, | 28 years
en | Alexandr Wang, 28,and | nothing
en | by Alexandr Wang, 28 | nothing
en | Alexandr Wang, 14, said | 14 years
en | Alexandr Wang, 13, said | nothing
en | Alexandr Wang, 99, said | 99 years
en | Alexandr Wang, 100, said | nothing
en | Alexandr Wang (28) | nothing
fr | âgé de 1 ans | 1 years
fr | âgé de 0 ans | nothing
fr | âgé de 120 ans | 120 years
fr | âgé de 121 ans | nothing
fr | âgé de 20 ans d'usine | nothing
fr | à 20 ans de prison | nothing
fr | une femme de 30 ans | 30 years
"""

COUNTS = """
fr | douze villes | nothing
fr | treize villes | 13 villes
fr | 12 villes | 12 villes
fr | douze salariés | 12 people
fr | les douze salariés | nothing
fr | leurs douze salariés | nothing
fr | les treize salariés | 13 people
fr | 3 millions de clients | 3000000 clients
fr | 3 mille clients | 3000 clients
fr | 3 mille de clients | nothing
fr | une dizaine ont suivi | 10 (count) approx
fr | Elle a payé 3 euros, puis une dizaine de millions. | 3 EUR, 10000000 = EUR approx
fr | des milliers sont venus | - (count) vague
en | thousands came | - (count) vague
en | It paid $3 million, then many millions | 3000000 USD, - = USD vague
en | 450 very loyal employees | 450 people
en | 450 of its customers | nothing
en | 450 golf clubs | 450 clubs
en | 450 in cities | nothing
en | It fell. Some 40 planes | 40 planes approx
en | It fell. Rivals 40 planes | 40 planes
en | It fell by Rivals 40 planes | nothing
en | Rivals 40 planes | 40 planes
en | He said: "Rivals 40 planes" | 40 planes
en | version 40 planes | nothing
en | 5 users came. It paid 2 million. $3 more | 5 users, 2000000 = USD, 3 USD
en | All in all, it said, there were 3 million users, up from 2 million | 3000000 users, 2000000 users
en | The number of users was 2 million, it said. It paid $3. | 2000000 (count), 3 USD
en | It has a number. It took 2 million, it said. It paid $3. | 2000000 = USD, 3 USD
en | users: 2 million. It paid $3. | 2000000 (count), 3 USD
"""

NEIGHBOURS = """
en | 3% and $4 million | 3 percent, 4000000 USD
en | 3% and 4 million | 3 percent, 4000000 (money)
en | 3 million and 4% | 3000000 (money), 4 percent
en | 3 and $4 million | 4000000 USD
en | 3 and 4 | nothing
en | $3 and $4 million | 3000000 USD, 4000000 USD
en | $5 and $4 million | 5 USD, 4000000 USD
en | $4 and $4 million | 4 USD, 4000000 USD
fr | 3 ou 2 milliards d'euros | 3000000000 EUR, 2000000000 EUR
fr | 2 à 2 milliards d'euros | 2000000000 EUR, 2000000000 EUR
fr | 3, 4 et 5 milliards d'euros | 3000000000 EUR, 4000000000 EUR, 5000000000 EUR
fr | de 2 à 3 à 4 millions d'euros | 2000000 to 3000000 EUR, 4000000 EUR
fr | 3 % à 4 millions d'euros | 3 percent, 4000000 EUR
fr | 2 et 3 milliards d'euros | 2000000000 EUR, 3000000000 EUR
fr | entre 2 et 3 milliards d'euros | 2000000000 to 3000000000 EUR
en | between $2 and $3 million | 2000000 to 3000000 USD
en | $2 and $3 million | 2000000 USD, 3000000 USD
en | profit: 10% to 12% | 10 to 12 percent
en | profit rose 10% to 12% | 10 percent, 12 percent
en | It rose $10 to $12 | 10 to 12 USD
en | He raised 2 million. It had sold $5. | 2000000 = USD, 5 USD
en | It paid €5 million, then £2 million, later 3 million. | 5000000 EUR, 2000000 GBP, 3000000 = GBP
en | It paid £1. It paid 2 million and €3 million. | 1 GBP, 2000000 = EUR, 3000000 EUR
en | It paid £1. It took 2 million, then 3%, then €3. | 1 GBP, 2000000 = EUR, 3 percent, 3 EUR
en | It paid £1. It took 2 million, 3%, then 4%, then 5%, then €3. | 1 GBP, 2000000 = GBP, 3 percent, 4 percent, 5 percent, 3 EUR
en | It paid £1. It took 2 million. It sold at €3. | 1 GBP, 2000000 = GBP, 3 EUR
en | £1, then 3%. It paid 2 million. | 1 GBP, 3 percent, 2000000 = GBP
en | a multimillion deal for $3 | - = USD vague, 3 USD
en | It cost £3. A multimillion deal for $3 | 3 GBP, - = GBP vague, 3 USD
en | a mid-nine-figure sum | - (money) vague
"""


def told(q: Quantity) -> str:
    """A quantity in the words of the tables."""
    ends = q.value if q.value is not None else None, q.lo, q.hi
    value = " to ".join(f"{round(n, 4).normalize():f}" for n in ends if n is not None)  # type: ignore[call-overload,union-attr]
    unit = ("= " if q.inherited else "") + (q.unit or f"({q.kind})")
    return " ".join(filter(None, (value or "-", unit, "" if q.hedge in ("exact", "range") else q.hedge)))


def reading(lang: str, text: str) -> str:
    return ", ".join(map(told, read(text, lang))) or "nothing"


@pytest.mark.parametrize("table", [NUMBERS, MULTIPLES, POINTS_AND_COINS, AGES, COUNTS, NEIGHBOURS])
def test_an_amount_is_what_its_words_make_it(table):
    """Thousands and decimals, parts and multiples, points and pence, ages, things counted, and what neighbours lend."""
    rows = [line.split(" | ") for line in table.strip().splitlines()]
    found = {text: reading(lang, text.replace("_", "\u00a0")) for lang, text, _ in rows}

    assert found == {text: expected for _, text, expected in rows}


def apart(cue: str, characters: int, rest: str) -> str:
    """A cue, and as many characters from its first letter on, the rest."""
    filler = (" " + "oh " * characters)[: characters - len(cue) - 1] + " "
    return cue + filler + rest


@pytest.mark.parametrize(
    "lang, cue, reach, rest, heard",
    [
        ("fr", "taux", 60, "2 points", "2 points"),
        ("en", "users", 60, "2 million", "2000000 (count)"),
        ("fr", "moyens", 60, "2 points", None),
    ],
)
def test_a_cue_is_heard_so_far_and_no_farther(lang, cue, reach, rest, heard):
    """A word that says what a number is may stand so many characters before it; one more, and it is not heard."""
    near, far = (reading(lang, apart(cue, reach + more, rest)) for more in (0, 1))

    assert near == (heard or far)
    assert far != heard


def test_an_owed_term_is_no_age_so_far_back():
    """« un taux … a 28 ans » is a term up to 32 characters back, and then an age."""
    texts = [apart("taux", reach, "a 28 ans") for reach in (30, 31)]

    assert [reading("fr", text) for text in texts] == ["nothing", "28 years"]


@pytest.mark.parametrize("gap, read_as", [(59, "3000000 users, 2000000 users"), (60, "3000000 users, 2000000 (money)")])
def test_a_count_goes_on_for_less_than_60_characters(gap, read_as):
    """ "3 million users … 2 million" counts users again where fewer than 60 characters part them."""
    text = "It had 3 million users" + (" oh" * gap)[: gap - 1] + " 2 million"

    assert reading("en", text.replace("users", "boats")) == read_as.replace("users", "boats")


@pytest.mark.parametrize("gap, unit", [(199, "EUR"), (200, "GBP")])
def test_a_currency_to_come_is_lent_over_less_than_200_characters(gap, unit):
    """An amount takes the currency that follows in its sentence within 200 characters, else the one before."""
    text = "It paid £1. It took 2 million" + (" oh" * gap)[: gap - 1] + " €3."

    assert reading("en", text) == f"1 GBP, 2000000 = {unit}, 3 EUR"


@pytest.mark.parametrize("gap, read_as", [(25, "71 percent, 3 points"), (26, "71 percent")])
def test_points_follow_a_percentage_within_25_characters(gap, read_as):
    """ "71%, or 3 points higher": the percent sign stands at most 25 characters before."""
    assert reading("en", "71" + apart("%", gap, "3 points higher")) == read_as


def test_a_verb_of_change_is_heard_right_before_a_pair():
    """ "rose 10% to 12%" is a change, so long as the verb stands within 16 characters; a range says so within 60."""
    rose = [reading("en", "It " + apart("rose", reach, "10% to 12%")) for reach in (16, 17)]
    ranged = [reading("fr", apart("varie", reach, "de 10 % à 12 %")) for reach in (60, 61)]

    assert rose == ["10 percent, 12 percent", "10 to 12 percent"]
    assert ranged == ["10 to 12 percent"] * 2


@pytest.mark.parametrize("letters, counted", [(22, False), (23, True)])
def test_a_number_after_a_name_of_ordinary_length_belongs_to_it(letters, counted):
    """After a capitalised word of up to 23 letters a number is part of a name."""
    text = f"by V{'a' * letters} 40 boats"

    assert reading("en", text) == ("40 boats" if counted else "nothing")


@pytest.mark.parametrize("letters, aged", [(40, True), (41, False)])
def test_a_name_before_an_age_has_at_most_40_characters(letters, aged):
    """ "Alexandr Wang, 28," is an age; what is longer than any name is none."""
    text = f"V{'a' * (letters - 8)} Wang, 28, said"
    assert text.index("28") == letters

    assert reading("en", text) == ("28 years" if aged else "nothing")


@pytest.mark.parametrize("digits, amounts", [(30, 1), (31, 0)])
def test_no_number_has_more_than_30_digits(digits, amounts):
    """What is longer is a code."""
    assert len(read("1" * digits + " dollars", "en")) == amounts


def test_an_amount_is_quoted_whole():
    """Sign, symbol, quantifier and second scale belong to the words that are quoted."""
    texts = ["plusieurs millions d'euros", "-12 %", "$5", "1 milliard 200 millions d'euros", "une dizaine de clients"]

    assert [q.text for text in texts for q in read(text, "fr")] == texts


@pytest.mark.parametrize(
    "lang, text, units",
    [
        ("fr", "Elle vaut 3 milliards de couronnes norvégiennes. Elle cède 2 milliards de couronnes.", "NOK NOK"),
        (
            "fr",
            "3 milliards de couronnes norvégiennes, 2 de couronnes danoises, puis 4 milliards de couronnes.",
            "NOK DKK DKK",
        ),
        (
            "en",
            "It costs 3 billion Danish crowns, or 4 billion Norwegian crowns, and then 5 billion crowns.",
            "DKK NOK NOK",
        ),
        (
            "en",
            "3 billion pesos, then 4 billion Chilean pesos, then 5 billion pesos and 6 billion rupees.",
            "CLP CLP CLP INR",
        ),
        ("en", "The Oslo brewer was sold for 3 billion crowns.", "NOK"),
        ("en", "The Oslo brewer was sold to a Stockholm fund for 3 billion crowns.", "SEK"),
        ("fr", "Casablanca : la minoterie vaut 320 millions de dirhams.", "MAD"),
        ("fr", "Casablanca : un fonds de Dubaï met 320 millions de dirhams.", "AED"),
        ("fr", "Le groupe paie 450 MDH et 2 milliards de FCFA, soit 300 M$ CA.", "MAD XOF CAD"),
        ("en", "It was bought for 14 billion Kenyan shillings and Rs 300 cr.", "KES INR"),
        (
            "fr",
            "L'offre est de 740 millions d'euros. Le groupe, 3,4 milliards de ventes, dit non à 690 millions.",
            "EUR EUR EUR",
        ),
    ],
)
def test_a_name_that_countries_share_is_the_currency_of_the_one_named(lang, text, units):
    """The last one spelt out, else that of the only country of the text that uses it, else the usual one."""
    assert [q.unit for q in read(text, lang, "2025-06-13") if q.kind == "money"] == units.split()
