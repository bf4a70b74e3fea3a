"""A fact in words: who, how surely, what decided; and the command that says it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from making import corpus_of
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import DataError
from analysis.facts.explain import WORDS
from analysis.facts.resolve import resolve

PRICE = {"property": "price", "basis": "headline", "written_unit": 1e8}
CLAIMS = [
    PRICE | {"id": "a", "value": 14.3e9, "status": "reported", "by": ["paper"]},
    PRICE | {"id": "b", "value": 14.8e9},
    PRICE | {"id": "c", "value": 20e9, "status": "opinion"},
]


def test_an_explanation_names_support_dissent_and_what_decided():
    """Value, range, standing, origins, both sides with the reason, and what was left out are all said."""
    text = resolve(corpus_of(*CLAIMS)).explain("deal:x", "price")

    for told in ("$14.3bn", "$14.25bn to $14.35bn", "reported, 1 origin", "the surest claims come first", "[a]"):
        assert told in text
    assert "[b] — disagrees with surer claims" in text
    assert "[c] — an opinion" in text


def test_an_explanation_is_in_french_on_request():
    """French words, French numbers."""
    text = resolve(corpus_of(*CLAIMS)).explain("deal:x", "price", lang="fr")

    assert "14,3\u00a0Md$" in text
    assert "contredit des affirmations plus solides" in text


def test_both_sides_of_a_tie_are_shown():
    """An unresolved fact names its alternatives and gives neither as the value."""
    tied = [PRICE | {"id": "a", "value": 14.3e9}, PRICE | {"id": "b", "value": 14.8e9, "by": ["agency"]}]

    text = resolve(corpus_of(*tied)).explain("deal:x", "price")

    assert "$14.3bn or $14.8bn" in text
    assert "unresolved" in text


def test_what_is_not_known_is_said():
    """A property nobody speaks of is unknown, not an error; a misspelt one is an error with a way out."""
    facts = resolve(corpus_of(*CLAIMS), policy="official")

    assert "unknown" in facts.explain("deal:x", "price")
    with pytest.raises(DataError, match="Did you mean 'price'"):
        facts.explain("deal:x", "prise")


def test_below_a_half_is_a_minority():
    """A stake known only to be under a half is worded as a minority."""
    stake = {
        "property": "stake_acquired",
        "unit": "percent",
        "value": 50,
        "hedge": "below",
        "status": "confirmed",
        "by": ["buyer"],
    }

    assert "a minority" in resolve(corpus_of(stake)).explain("deal:x", "stake_acquired")


def test_the_history_of_a_state_is_told():
    """The latest state comes first, then each state with its day."""
    stance = {"subject": "org:c", "property": "customer_stance", "object": "org:t", "unit": None}
    days = {"staying": date(2025, 6, 13), "leaving": date(2025, 6, 18)}
    claims = [stance | {"value_text": word, "said_on": str(day), "known_on": day} for word, day in days.items()]

    text = resolve(corpus_of(*claims), as_of="2025-06-20").explain("org:c", "customer_stance")

    assert "leaving" in text.splitlines()[0]
    assert "13 June 2025 (org:t): staying" in text


def test_every_phrase_has_both_languages():
    """No phrase is without its French."""
    assert all(en and fr and en != "" for en, fr in WORDS.values())


@pytest.mark.parametrize("day, stance", [("2025-06-13", "staying"), ("2025-06-20", "leaving")])
def test_the_command_answers_for_a_day(corpus, monkeypatch, day, stance):
    """`deals facts org:openai customer_stance --as-of DAY` says what was known on it."""
    monkeypatch.setenv("DEALS_ROOT", str(corpus.root))

    said = CliRunner().invoke(app, ["facts", "org:openai", "customer_stance", "--as-of", day])

    assert said.exit_code == 0
    assert stance in said.stdout.splitlines()[0]


def test_the_command_gives_rows(corpus, monkeypatch):
    """`--json` prints one row a fact, the state that holds marked `shown`."""
    monkeypatch.setenv("DEALS_ROOT", str(corpus.root))

    said = CliRunner().invoke(app, ["facts", "org:openai", "customer_stance", "--as-of", "2025-06-20", "--json"])

    rows = json.loads(said.stdout)
    assert [row["value_text"] for row in rows if row["shown"]] == ["leaving"]
    assert {"staying", "leaving"} <= {row["value_text"] for row in rows}
