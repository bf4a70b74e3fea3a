"""What is told of a fact, word for word, in a small world of which everything is known."""

from __future__ import annotations

import pytest
from worlds import DEAL, deal, world

from analysis.facts.explain import explain, overview, told
from analysis.facts.resolve import resolve
from analysis.facts.views import facts_html

PRICE = {"written_unit": 1e8, "basis": "headline"}
STANCE = {"subject": "org:heron", "property": "customer_stance", "object": "org:marble"}
MARBLE = {"subject": "org:marble", "period": "2024"}
CLAIMS = [
    deal("price", 14.3e9, id="p1", status="reported", by=["paper", "agency"], **PRICE),
    deal("price", 14.8e9, id="p2", **PRICE),
    deal("price", 20.3e9, id="p3", status="opinion", **PRICE),
    deal("price", 16e9, id="p4", basis="closing", written_unit=1e9, article_id="blog", by=["site"]),
    deal("announced_on", "2025-06-12", id="d1"),
    {"subject": "org:corvid", "property": "capex", "period": "2024", "hi": 9e9, "hedge": "range", "id": "h1"},
    STANCE | {"value_text": "may_leave", "said_on": "2025-06-18", "id": "t2"},
    STANCE | {"value_text": "staying", "said_on": "2025-06-13", "id": "t1"},
    STANCE | {"value_text": "leaving", "id": "t3", "article_id": "blog", "by": ["site"]},
    MARBLE | {"property": "revenue", "lo": 5e9, "hedge": "range", "id": "r1"},
    MARBLE | {"property": "users", "value": 2e6, "hedge": "above", "id": "u1", "written_unit": 1e6},
    {"subject": "org:marble", "property": "statement", "value_text": "note: we_stay", "id": "x1"},
    {"subject": "round:marble-b-2024", "property": "investor", "object": "org:corvid", "id": "i1"},
    {"subject": "org:marble", "property": "valuation", "formula": "price / stake_acquired", "status": "derived", "id": "f"},
]  # fmt: skip


@pytest.fixture(scope="module")
def corpus():
    return world(*CLAIMS)


@pytest.fixture(scope="module")
def facts(corpus):
    return resolve(corpus)


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


HEADLINE = {
    "en": """\
deal:corvid-marble-2025, price (headline): $14.3bn
  Range: $14.25bn to $14.35bn
  Standing: reported, 1 origin
  Decided by: the surest claims come first
  In support:
    - agency, citing paper: deal:corvid-marble-2025, price: $14.3bn, headline; reported [p1]
  Against:
    - agency: deal:corvid-marble-2025, price: $14.8bn, headline; asserted [p2] — disagrees with surer claims

Left out:
  - agency: deal:corvid-marble-2025, price: $20.3bn, headline; opinion [p3] — an opinion

Policy: balanced""",
    "fr": """\
deal:corvid-marble-2025, price (prix affiché) : 14,3 Md$
  Fourchette : 14,25 à 14,35 Md$
  Solidité : rapporté, 1 origine
  Ce qui a tranché : les affirmations les plus solides priment
  À l'appui :
    - agency, citant paper : deal:corvid-marble-2025, price : 14,3 Md$, prix affiché ; rapporté [p1]
  Contre :
    - agency : deal:corvid-marble-2025, price : 14,8 Md$, prix affiché ; affirmé [p2] — contredit des affirmations plus solides

Écarté :
  - agency : deal:corvid-marble-2025, price : 20,3 Md$, prix affiché ; opinion [p3] — une opinion

Règle : balanced""",
}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_fact_of_one_basis_is_told_whole_and_alone(facts, lang):
    """Value, range, standing, what decided, both sides and what was left out; nothing of the price at closing."""
    assert plain(explain(facts, DEAL, "price", lang=lang, basis="headline", period=None)) == HEADLINE[lang]


def test_each_fact_of_a_property_is_told(facts):
    """Without a basis the facts of both are told, each under its own head, and the rest once."""
    text = explain(facts, DEAL, "price")

    assert [line for line in text.splitlines() if line.startswith("deal:")] == [
        "deal:corvid-marble-2025, price (at closing): $16bn",
        "deal:corvid-marble-2025, price (headline): $14.3bn",
    ]
    assert text.count("Left out:") == text.count("Policy:") == 1


@pytest.mark.parametrize(
    "subject, property, lang, first",
    [
        ("org:marble", "revenue", "en", "org:marble, revenue (2024): at least $5bn"),
        ("org:corvid", "capex", "en", "org:corvid, capex (2024): at most $9bn"),
        ("org:marble", "users", "en", "org:marble, users (2024): more than 2 million people"),
        ("org:marble", "users", "fr", "org:marble, users (2024) : plus de 2 millions de personnes"),
        ("org:marble", "statement", "en", "org:marble, statement: note: we stay"),
        ("round:marble-b-2024", "investor", "en", "round:marble-b-2024, investor: org:corvid"),
        (DEAL, "announced_on", "en", f"{DEAL}, announced on: 12 June 2025"),
        ("org:heron", "customer_stance", "fr", "org:heron, customer_stance (org:marble) : pourrait partir"),
    ],
)
def test_a_value_is_told_as_its_kind_wants(facts, subject, property, lang, first):
    """An open range by its end, a hedge by its word, a day as a day; the one party of a relation once, as the value."""
    lines = plain(explain(facts, subject, property, lang=lang)).splitlines()

    assert lines[0] == first
    assert any(line.startswith(("  Range", "  Fourchette")) for line in lines) == (
        property in ("revenue", "users", "capex")
    )
    assert ("History" in "".join(lines) or "Historique" in "".join(lines)) == (property == "customer_stance")


def test_a_history_goes_from_the_undated_to_the_last(facts):
    """What changes is told as it is now, then state by state, the undated first; no other property has a history."""
    text = explain(facts, "org:heron", "customer_stance")

    head, history = text.split("\n\n")[:2]
    assert head.startswith("org:heron, customer stance (org:marble): may leave\n")
    assert history.splitlines() == [
        "History:",
        "  undated (org:marble): leaving; asserted by an outlet, 1 origin",
        "  13 June 2025 (org:marble): staying; asserted by an outlet, 1 origin",
        "  18 June 2025 (org:marble): may leave; asserted by an outlet, 1 origin",
    ]
    assert "History" not in explain(facts, "org:marble", "revenue")


def test_one_state_is_no_history(corpus):
    """A state that never changed is told once."""
    assert "History" not in explain(resolve(corpus, as_of="2025-06-14"), "org:heron", "customer_stance")


def test_a_day_is_told_with_what_it_leaves_out(corpus):
    """What was public on a day: the day, how many undated claims do not count, and for each why."""
    text = explain(resolve(corpus, as_of="2025-06-20"), DEAL, "price")

    assert text.endswith("Policy: balanced, as public on 20 June 2025; 2 undated claims do not count on a given day")
    assert "price: $16bn, at closing; asserted [p4] — undated\n" in text


def test_a_day_that_leaves_nothing_undated_out_says_no_more():
    """Where every claim has its day nothing is said of undated ones."""
    assert explain(resolve(world(*CLAIMS[:3]), as_of="2025-06-20"), DEAL, "price").endswith("as public on 20 June 2025")


def test_what_cannot_be_computed_is_unknown_with_its_formula(facts):
    """The fact is unknown; the claim that was left out shows the formula and what is missing."""
    assert explain(facts, "org:marble", "valuation").splitlines() == [
        "org:marble, valuation: unknown (no claim that counts speaks of it)",
        "",
        "Left out:",
        "  - agency: org:marble, valuation: price / stake acquired; computed (computed as price / stake_acquired) [f]"
        " — an input is unknown",
        "",
        "Policy: balanced",
    ]


def test_an_overview_has_a_line_a_fact(facts):
    """Each fact with its keys, its value and how sure it is; of what changes the last state alone."""
    assert overview(facts, DEAL).splitlines() == [
        DEAL,
        "  announced on: 12 June 2025; asserted by an outlet, 1 origin",
        "  price (at closing): $16bn; asserted by an outlet, 1 origin",
        "  price (headline): $14.3bn; reported, 1 origin",
        "",
        "Policy: balanced",
    ]
    assert overview(facts, "org:heron").splitlines()[1:-2] == [
        "  customer stance (org:marble): may leave; asserted by an outlet, 1 origin"
    ]


def test_origins_are_counted():
    """Two voices that agree are two origins."""
    stake = [deal("stake_acquired", 49), deal("stake_acquired", 49, by=["site"], article_id="page")]

    assert "asserted by an outlet, 2 origins" in overview(resolve(world(*stake)), DEAL)


def test_both_sides_of_a_tie_are_listed():
    """Either side with its claims under its own head, and no support."""
    tied = [deal("price", 14.3e9, id="a", **PRICE), deal("price", 14.8e9, id="b", by=["site"], **PRICE)]

    lines = explain(resolve(world(*tied)), DEAL, "price").splitlines()

    assert lines[0].endswith("(headline): $14.3bn or $14.8bn")
    assert [line for line in lines if line.endswith(":")] == ["  Either:", "  Either:"]
    assert sorted(line[-3:] for line in lines if line.startswith("    - ")) == ["[a]", "[b]"]


def test_a_pin_is_told_with_its_reason_where_it_decided():
    """The analyst's reason stands with the fact that the pin decides, and with no other."""
    pin = {"claim": "b", "subject": DEAL, "property": "price", "guard": ["a", "b"], "reason": "read in the filing"}
    claims = [
        deal("price", 14.3e9, id="a", **PRICE), deal("price", 14.8e9, id="b", **PRICE),
        deal("price", 20e9, id="c", basis="closing"),
    ]  # fmt: skip

    text = explain(resolve(world(*claims, pins=[pin])), DEAL, "price")

    assert text.count("read in the filing") == 1
    assert "Decided by: an analyst's pin" in text
    assert "  pinned: read in the filing" in text.split("(headline)")[1]


@pytest.mark.parametrize(
    "stake, shown",
    [
        ({"lo": 0.0, "hi": 50.0, "hedge": "vague"}, "a minority"),
        ({"lo": 10.0, "hi": 50.0, "hedge": "vague"}, "10 to 50%"),
        ({"lo": 0.0, "hi": 40.0, "hedge": "vague", "value_text": "a part"}, "0 to 40%"),
        ({"value": 50.0, "hedge": "below"}, "a minority"),
        ({"value": 50.0, "hedge": "exact"}, "50%"),
    ],
)
def test_only_up_to_a_half_is_a_minority(stake, shown):
    """From nothing to a half is a minority; a half itself, or what has another end, is told by its number."""
    claims = [{"subject": DEAL, "property": "stake_acquired", "written_unit": 1.0} | stake]

    assert f"  stake acquired: {shown};" in overview(resolve(world(*claims)), DEAL)


def test_a_shown_table_puts_dissent_first_and_names_who_disagrees(facts):
    """What somebody speaks against leads the table, each claim with the reason; the caption counts the facts."""
    html = facts_html(facts)

    first = html.split("<tr>")[2]
    assert "p2 (less sure)" in first
    assert "headline" in first
    assert f"{facts.frame.height} facts in .frame" in html


def test_a_fact_prints_its_words_or_its_numbers(facts):
    """Words have no range; a number its range and unit; an open end is drawn as one."""
    assert repr(facts.one("org:marble", "statement")).endswith("note: we_stay (asserted)")
    assert repr(facts.one("org:marble", "revenue")).endswith("unknown [5e+09, …] USD (asserted)")


def test_the_command_tells_words_or_rows(monkeypatch, corpus):
    """All that is held true of a subject, one property explained, or rows with what holds now marked."""
    monkeypatch.setattr("analysis.facts.study.load", lambda root: corpus)
    words = {"policy": "balanced", "as_of": "", "scope": "all", "lang": "en"}

    assert told("org:heron", None, json=False, **words).splitlines()[0] == "org:heron"
    assert told("org:heron", "customer_stance", json=False, **words).startswith("org:heron, customer stance")
    assert '"shown": true' in told("org:heron", "customer_stance", json=True, **words)
