"""What facts answer to who asks for one, for a history, for what was computed."""

from __future__ import annotations

from datetime import date

import pytest
from worlds import DEAL, deal, world

from analysis.errors import DataError
from analysis.facts.interval import Interval
from analysis.facts.resolve import resolve
from analysis.facts.study import as_of_day, study

HEADLINE = deal("price", 14.3e9, id="h", basis="headline", written_unit=1e8)
CLOSING = deal("price", 16e9, id="c", basis="closing", written_unit=1e9)
STANCE = {"subject": "org:heron", "property": "customer_stance", "object": "org:marble"}
STATES = [
    STANCE | {"value_text": "leaving", "id": "z", "article_id": "blog"},
    STANCE | {"value_text": "staying", "id": "b", "said_on": "2025-06-13"},
    STANCE | {"value_text": "reducing", "id": "a", "said_on": "2025-06-18"},
]


def test_one_fact_is_asked_for_by_what_sets_it_apart():
    """Of two prices none is the price: the message names both; one without a basis is, beside others."""
    facts = resolve(world(HEADLINE, CLOSING))

    with pytest.raises(DataError, match=f"2 facts fit: {DEAL}/price/closing, {DEAL}/price/headline. Name object"):
        facts.one(DEAL, "price")
    assert facts.one(DEAL, "price", basis="closing")["value"] == 16e9
    assert facts.one(DEAL, "price", basis="upfront") is None
    assert resolve(world(HEADLINE)).one(DEAL, "price").value == 14.3e9
    beside = resolve(world(HEADLINE, CLOSING, deal("price", 15e9, id="u")))
    assert beside.one(DEAL, "price").value == 15e9


def test_a_fact_is_an_interval():
    """Its ends in base units, an open one where nothing is said."""
    facts = resolve(world(HEADLINE, deal("valuation", 20e9, hedge="above")))

    assert facts.one(DEAL, "price").interval == Interval("14250000000", "14350000000")
    assert facts.one(DEAL, "valuation").interval == Interval(20e9, None)


def test_a_history_runs_from_the_undated_to_the_last():
    """Of one object alone where one is named; the one fact is the last state."""
    facts = resolve(world(*STATES, STANCE | {"object": "org:wren", "value_text": "pausing", "id": "o"}))

    assert facts.history("org:heron", "customer_stance", "org:marble")["value_text"].to_list() == [
        "leaving", "staying", "reducing",
    ]  # fmt: skip
    assert facts.history("org:heron", "customer_stance").height == 4
    assert facts.one("org:heron", "customer_stance", object="org:marble").value_text == "reducing"


@pytest.mark.parametrize("since, state", [("2025-06-19", "staying"), ("2025-06-20", "leaving"), ("2025-06", "leaving")])
def test_a_state_holds_from_the_day_it_begins(since, state):
    """What begins tomorrow is no state of today, though it is known; of a month it holds from the first day."""
    begins = {"2025-06-19": "2025-06-21", "2025-06-20": "2025-06-20", "2025-06": "2025-06"}[since]
    claims = [STATES[1], STANCE | {"value_text": "leaving", "id": "y", "when": begins, "said_on": "2025-06-18"}]

    facts = resolve(world(*claims), as_of="2025-06-20")

    assert facts.one("org:heron", "customer_stance").value_text == state


def test_what_is_not_there_is_refused_with_the_nearest():
    """A subject or a property that data/ does not declare; one that is declared and unknown is empty."""
    facts = resolve(world(HEADLINE))

    assert facts.about("org:wren").is_empty()
    assert facts.about(DEAL, "valuation").is_empty()
    assert facts.about(DEAL)["id"].to_list() == [f"{DEAL}/price/headline"]
    with pytest.raises(DataError, match=r"subject 'org:wrenn' is not one of .* Did you mean 'org:wren'"):
        facts.about("org:wrenn")
    with pytest.raises(DataError, match="property 'pricey' is not one of"):
        facts.about(DEAL, "pricey")


def test_facts_print_in_one_line():
    """How many, of how many claims, how many set aside, under which policy, on which day."""
    claims = [HEADLINE, HEADLINE | {"id": "o", "status": "opinion"}]

    assert repr(resolve(world(*claims))) == "1 facts of 2 claims, 1 set aside; policy balanced, scope all"
    assert repr(resolve(world(*claims), as_of="2025-06-20")).endswith(", as public on 2025-06-20")


@pytest.mark.parametrize(
    "price, ends, value",
    [
        ({"value": 4.9e9}, (9.7e9, 10.3e9), 10e9),
        ({"value": 4.9e9, "hedge": "above"}, (9.8e9, None), 10e9),
        ({"value": 4.9e9, "hedge": "at_most"}, (None, 10.2e9), 10e9),
        ({"lo": 4.9e9, "hedge": "range"}, (9.8e9, None), None),
        ({"hi": 4.9e9, "hedge": "range"}, (None, 10.2e9), None),
    ],
)
def test_what_is_computed_is_as_open_as_its_inputs(price, ends, value):
    """One end is enough to compute with; without a number there is none, and the ends are those of the arithmetic."""
    claims = [
        deal("price", id="p", written_unit=1e8, **({"value": None} | price)),
        deal("stake_acquired", 49.0, id="s", written_unit=1.0),
        deal("valuation", formula="price / stake_acquired", status="derived", id="f"),
    ]

    made = resolve(world(*claims)).one(DEAL, "valuation")

    assert made.value == (None if value is None else pytest.approx(value))
    for got, end in zip((made.lo, made.hi), ends, strict=True):
        assert got == (None if end is None else pytest.approx(end, rel=0.02))


@pytest.mark.parametrize(
    "status, by, sure",
    [
        ("confirmed", ["corvid"], "reported"),
        ("asserted", ["agency"], "asserted"),
        ("estimated", ["agency"], "estimated"),
    ],
)
def test_what_is_computed_is_as_sure_as_its_weakest_input(status, by, sure):
    """Beside a reported stake; and public once the last of its inputs is."""
    claims = [
        deal("price", 4.9e9, id="p", status=status, by=by),
        deal("stake_acquired", 49.0, id="s", status="reported", by=["paper", "agency"], said_on="2025-06-18"),
        deal("valuation", formula="price / stake_acquired", status="derived", id="f", by=[]),
    ]

    made = resolve(world(*claims)).one(DEAL, "valuation")

    assert (made.standing, made.known_on) == (sure, date(2025, 6, 18))


def test_a_constant_has_no_origin():
    """What no claim stands behind is derived, and public on no day."""
    made = resolve(world(deal("valuation", formula="2 * 3000", status="derived", id="f", by=[]))).one(DEAL, "valuation")

    assert (made.value, made.lo, made.hi) == (6000, 6000, 6000)
    assert (made.standing, made.origins, made.known_on) == ("derived", 0, None)


@pytest.mark.parametrize("hedge", ["exact", None])
def test_spans_of_days_that_share_a_day_agree(hedge):
    """A day belongs to both; spans that only follow one another disagree."""
    june = deal("closed_on", "2025-06", id="a", hedge=hedge)
    weeks = deal("closed_on", "2025-06-30/2025-07-02", id="b", hedge=hedge, by=["site"])

    assert resolve(world(june, weeks)).one(DEAL, "closed_on").step == "agreement"
    assert resolve(world(june, weeks | {"value_text": "2025-07"})).one(DEAL, "closed_on").step != "agreement"


def test_nothing_is_computed_from_what_is_not_settled():
    """A tie, or a divisor of nought, gives no value: the claim is left out with the reason."""
    formula = deal("valuation", formula="price / stake_acquired", status="derived", id="f")
    stake = deal("stake_acquired", 49.0, id="s", written_unit=1.0)
    tied = [deal("price", 4e9, id="p"), deal("price", 5e9, id="q", by=["site"])]

    for claims in (
        [formula, stake, *tied],
        [formula, deal("price", 4e9), stake | {"value": 0.0, "written_unit": None}],
    ):
        facts = resolve(world(*claims))
        assert facts.one(DEAL, "valuation") is None
        assert ("f", "an input is unknown") in facts.set_aside.rows()


@pytest.mark.parametrize(
    "given, words",
    [
        ({"lang": "de"}, "parameter lang: 'de' is not one of en, fr"),
        ({"policy": "best"}, "parameter policy: 'best' is not one of balanced"),
        ({"scope": "some"}, "parameter scope: 'some' is not one of all, seed"),
        ({"articles": ["afp"]}, "parameter articles: 'afp' is not an article of data/"),
        ({"as_of": "June"}, "parameter as_of: 'June' is not a day. Write it as 2025-06-13, or leave it empty"),
        ({"deal": 5}, "parameter deal: "),
        ({"supplier": "deal:meta-scale-ai-2025"}, "parameter supplier: "),
    ],
)
def test_a_parameter_that_is_not_allowed_is_refused(given, words):
    """The message names the parameter and what it may be."""
    with pytest.raises(DataError, match=words):
        study(**given)


def test_a_parameter_that_is_allowed_is_taken(corpus):
    """A deal, a supplier and free text pass; a day may be empty; only the articles named count."""
    article = corpus.articles["id"][0]

    facts = study(
        articles=[article], deal="deal:meta-scale-ai-2025", supplier="org:scale-ai", note="free", dollars="2024"
    )

    assert facts.articles == [article]
    assert as_of_day("") is None
