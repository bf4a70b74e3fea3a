"""Many claims are resolved at once in Polars, few one fact at a time: whatever the world, both say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from making import corpus_of
from worlds import made_up

from analysis.facts import bulk
from analysis.facts import resolve as resolving
from analysis.facts.resolve import resolve

WORLDS = (0, 25, 27)  # in which every standing and every step is met
TOLD = ({}, {"policy": "official"}, {"policy": "latest", "as_of": date(2025, 6, 18)})


def assert_alike(monkeypatch, corpus, *, most=40, **told):
    few = resolve(corpus, **told)
    with monkeypatch.context() as patch:
        patch.setattr(resolving, "FEW", 0)
        patch.setattr(bulk, "MOST", most)  # so that there is more than one part
        many = resolve(corpus, **told)

    assert few.frame.schema == many.frame.schema
    ours, theirs = ({row["id"]: row for row in facts.frame.to_dicts()} for facts in (few, many))
    assert many.frame["id"].is_sorted()
    assert {id: ours.get(id) for id in ours | theirs if ours.get(id) != theirs.get(id)} == {}
    assert few.set_aside.equals(many.set_aside)


@pytest.mark.parametrize("seed", WORLDS)
def test_few_and_many_claims_resolve_alike(monkeypatch, seed):
    """A world of conflicts, ties, pins and all hedges comes to the same facts in either way."""
    corpus = made_up(seed)
    contested = next(row for row in resolve(corpus).frame.to_dicts() if row["dissent"])
    out = [each["claim"] for each in contested["dissent"]]
    about = {"subject": contested["subject"], "property": contested["property"], "reason": "read again"}
    pin = {"claim": out[0], "guard": [*contested["support"], *out], **about}

    for told in TOLD:
        assert_alike(monkeypatch, corpus, **told)
    assert_alike(monkeypatch, replace(corpus, pins=[pin]))


def test_the_data_resolve_alike_in_either_way(monkeypatch, corpus):
    """What our formulas compute from the data is the same where few claims are resolved and where many are."""
    for told in TOLD:
        assert_alike(monkeypatch, corpus, **told)


def test_parts_follow_one_another_as_ids_do(monkeypatch):
    """Facts are sorted by id where subjects begin alike, or hold a slash, and each is a part of its own."""
    subjects = ("deal:a", "deal:a-b", "deal:a/price", "deal:a0", "deal:a/b")
    claims = [
        {"subject": subject, "property": name, "value": 1.0} for subject in subjects for name in ("price", "stake")
    ]

    assert_alike(monkeypatch, corpus_of(*claims), most=1)


def test_nothing_counts(monkeypatch):
    """Where every claim is set aside there are no facts, in either way."""
    assert_alike(monkeypatch, corpus_of({"value": 1.0, "status": "opinion"}))


def test_the_worlds_are_worth_it():
    """Worlds hold facts of every standing, contested and tied; else they would tell nothing."""
    frames = [resolve(made_up(seed)).frame for seed in WORLDS]

    assert {standing for frame in frames for standing in frame["standing"]} >= {"confirmed", "asserted", "unresolved"}
    assert {step for frame in frames for step in frame["step"]} == {"agreement", "standing", "origins", "later", "tie"}
