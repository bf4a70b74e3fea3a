"""Who vouches, how far along, of what nature, in which role, how often said: by which claims, in which words."""

from __future__ import annotations

from datetime import date

import pytest
from worlds import DEAL, PROPERTIES, deal, world

from analysis.facts.tensions import tensions

PASSED_ON = deal("stake_acquired", 49, id="a", status="reported", by=["people", "agency"])
VOUCHED = deal("stake_acquired", 49, id="b", article_id="blog", by=["site"])
STANCE = {"subject": "org:heron", "property": "customer_stance", "object": "org:marble", "value_text": "leaving"}
SLOW, SLOWING = "would slow the pace of progress", "we would be slowing the pace of progress"


def found(kind, *claims, lang="en"):
    """The tensions of a kind."""
    return [tension for tension in tensions(world(*claims), lang) if tension.kind == kind]


def told(kind, *claims):
    """What follows the colon of one tension's first words, and its verdict."""
    [tension] = found(kind, *claims)
    return tension.detail.split(": ", 1)[1], tension.verdict


def usd(property, bn, **fields):
    """An amount in billions written with one decimal."""
    return deal(property, bn * 1e9, written_unit=0.1e9, **fields)


@pytest.mark.parametrize(
    "claims, verdict",
    [
        ([PASSED_ON, VOUCHED], "conflict"),
        ([PASSED_ON, VOUCHED | {"article_id": "wire"}], "refinement"),
        ([PASSED_ON | {"by": ["paper", "agency"]}, VOUCHED], "refinement"),
        ([PASSED_ON, VOUCHED, VOUCHED | {"id": "c", "status": "confirmed", "by": ["corvid"]}], "refinement"),
        (
            [PASSED_ON, VOUCHED, VOUCHED | {"id": "c", "status": "confirmed", "by": ["corvid"], "value": 48.8}],
            "conflict",
        ),
        ([PASSED_ON, VOUCHED, VOUCHED | {"id": "c", "by": ["agency"], "article_id": "page"}], "refinement"),
        ([PASSED_ON, VOUCHED | {"status": "estimated"}], "refinement"),
    ],
)
def test_only_a_lone_voice_that_drops_unnamed_people_is_a_conflict(claims, verdict):
    """Not within one article, not from a named source, not where a party confirms as much or two vouch for it."""
    [tension] = found("status", *claims)

    assert tension.verdict == verdict
    assert tension.claims == sorted(claim["id"] for claim in claims)
    assert tension.detail.startswith(f"{DEAL}, stake acquired: agency, citing ")
    assert "49%, reported; site: 49%, " in tension.detail
    assert tension.treatment.startswith("who vouches is kept with each claim")


def test_what_we_derived_is_no_second_voice():
    """A number of our own beside a reported one is no other standing."""
    assert not found("status", PASSED_ON, PASSED_ON | {"id": "c", "status": "derived"})


@pytest.mark.parametrize(
    "one, other, verdict",
    [
        ("planned", "done", "conflict"),
        ("planned", "signed", "conflict"),
        ("conditional", "signed", "conflict"),
        ("intention", "done", "conflict"),
        ("announced", "done", "refinement"),
        ("planned", "announced", "refinement"),
        ("signed", "done", "refinement"),
        ("intention", "planned", "refinement"),
    ],
)
def test_a_signed_step_is_no_plan(one, other, verdict):
    """Signed or done against planned or less is a conflict, whichever is read first; nearer stages are compatible."""
    for first, second in ((one, other), (other, one)):
        claims = [usd("price", 5, stage=first, id="a"), usd("price", 5, stage=second, id="b", article_id="blog")]
        [tension] = found("stage", *claims)
        assert tension.verdict == verdict
        assert tension.treatment.startswith("each claim keeps its own")
        assert tension.detail.startswith(f"{DEAL}, price: agency: $5bn, ")


def test_only_a_later_text_may_be_further_along():
    """The further along must be the later: not the earlier, nor one of the same day."""
    plan, done = usd("price", 5, stage="planned"), usd("price", 5, stage="done")

    later = told("stage", plan, done | {"article_id": "page"})
    assert later == ("agency: $5bn, planned; agency: $5bn, done: the later text is the further along", "consistent")
    assert told("stage", done, plan | {"article_id": "page"})[1] == "conflict"
    assert told("stage", plan, done)[1] == "conflict"
    two = [done | {"article_id": "page"}, done | {"article_id": "page", "by": ["site"]}]
    assert told("stage", plan, *two)[1] == "consistent"


def test_a_stage_unsaid_and_a_state_that_changes_are_no_strain_of_stages():
    """No stage is not the first of stages; a customer's plans are told by its history."""
    assert not found("stage", usd("price", 5, stage=None), usd("price", 5, article_id="page"))
    assert not found("stage", STANCE | {"stage": "planned"}, STANCE | {"article_id": "blog"})


def test_natures_are_held_against_each_other_over_all_and_inside_each_article():
    """Inside an article only where others speak too: else it would be said twice."""
    inside = [deal("deal_nature", "acquisition", id="a"), deal("deal_nature", "investment", id="b")]
    other = deal("deal_nature", "partnership", id="c", article_id="blog")

    assert [(t.id, t.claims, t.verdict) for t in found("nature", *inside, other)] == [
        (f"nature/{DEAL}", ["a", "b", "c"], "conflict"),
        (f"nature/{DEAL}/wire", ["a", "b"], "refinement"),
    ]
    assert [t.id for t in found("nature", *inside)] == [f"nature/{DEAL}"]


def role(value, **fields):
    return {"subject": "person:ada", "property": "person_role", "object": "org:marble", "value_text": value} | fields


def test_founders_are_apart_from_other_posts():
    """Founder and co-founder, over all and inside each article where others speak too; a post beside them is no strain."""
    founders = [role("founder", id="a"), role("cofounder", id="b")]

    both = found("founder", *founders, role("founder", id="c", article_id="blog"), role("ceo", id="e"))
    assert [(t.id, t.claims) for t in both] == [
        ("founder/person:ada/org:marble", ["a", "b", "c"]),
        ("founder/person:ada/org:marble/wire", ["a", "b"]),
    ]
    assert [t.id for t in found("founder", *founders)] == ["founder/person:ada/org:marble"]
    assert not found("role", *founders, role("ceo", id="e"))


def test_posts_held_and_posts_to_come_are_compared_apart():
    """Now with now, next with next, each in one organisation."""
    now, coming = [role("ceo", id="a"), role("interim_ceo", id="b")], {"stage": "planned"}

    made = found("role", *now, role("chair", id="c", **coming), role("cto", id="d", article_id="page", **coming))
    assert [(t.id.rsplit("/", 1)[1], t.claims, t.verdict) for t in made] == [
        ("next", ["c", "d"], "conflict"),
        ("now", ["a", "b"], "refinement"),
    ]
    assert not found("role", role("ceo"), role("chair", object="org:quill"))


@pytest.mark.parametrize(
    "property, many, kind",
    [("deal_stage", "one", "stage"), ("product_reception", "many", "degree"), ("verb", "many", "")],
)
def test_words_of_one_choice_are_held_against_each_other(monkeypatch, property, many, kind):
    """Where one word can hold, and for receptions; a deal's stage in words is a stage; many words stand side by side."""
    monkeypatch.setitem(PROPERTIES, property, ("choice", many, []))
    claims = [deal(property, "one", id="a"), deal(property, "other", id="b", article_id="blog")]

    made = [t for t in tensions(world(*claims)) if t.kind in ("degree", "stage")]

    assert [(t.kind, t.id, t.claims) for t in made] == (
        [(kind, f"{kind}/{DEAL}/{property}", ["a", "b"])] if kind else []
    )


def test_a_change_is_told_day_by_day():
    """By the time the claim speaks of, else the day it was said; what has no day is no part of it."""
    staying, leaving = STANCE | {"value_text": "staying", "said_on": "2025-06-13"}, STANCE | {"said_on": "2025-06-18"}
    undated = STANCE | {"value_text": "reducing", "article_id": "blog", "by": ["site"]}

    assert told("change", leaving, undated, staying) == (
        "agency: stays (13 June 2025); agency: leaves (18 June 2025): it changed with time",
        "refinement",
    )
    assert "stays (July 2025)" in told("change", staying | {"when": "2025-07"}, leaving)[0]
    assert "stays (May 2025)" in told("change", staying | {"period": "2025-05", "when": "2025-07"}, leaving)[0]
    assert "reste (13 juin 2025)" in found("change", staying, leaving, lang="fr")[0].detail
    assert not found("change", leaving, leaving | {"said_on": "2025-06-20"})
    day = {"known_on": date(2025, 6, 1)}
    assert "leaves (1 June 2025)" in told("change", staying, STANCE | {"article_id": "blog"} | day)[0]


def test_what_one_voice_says_again_is_counted():
    """Each quotation is a time, a claim without one is one; two voices in one article repeat nothing."""
    first, again = usd("price", 14.3, id="p"), usd("price", 14.3, id="q")

    assert told("repeated", first | {"quotes": ["a", "b", "c"]})[0] == "agency says it 3 times: $14.3bn"
    assert told("repeated", first, again)[0] == "agency says it 2 times: $14.3bn"
    assert told("repeated", first | {"quotes": ["a", "b"]}, again)[0] == "agency says it 3 times: $14.3bn"
    assert not found("repeated", first, again | {"by": ["site"]})
    assert found("repeated", first, again)[0].id == f"repeated/{DEAL}/price/wire"


def test_one_origin_in_two_articles_is_one_voice():
    """Only the same number counts as repeated; without an origin nobody is known to repeat it."""
    first = usd("price", 5, by=["paper", "agency"], id="p")
    second = usd("price", 5, by=["paper", "site"], id="q", article_id="page")

    [tension] = found("repeated", first, second)
    assert tension.id == f"repeated/{DEAL}/price/paper"
    assert tension.detail == (
        f"{DEAL}, price: agency, citing paper: $5bn; site, citing paper: $5bn: one origin (paper)"
    )
    assert tension.treatment == "one voice: counted once"
    assert not found("repeated", first, second | {"hedge": "approx"})
    assert not found("repeated", first | {"by": []}, second | {"by": []})


def quoted(words, **fields):
    said = {"subject": "org:heron", "property": "statement", "value_text": words, "quote": words}
    return said | {"by": ["heron", "site"]} | fields


def test_recast_words_are_shown_side_by_side():
    """Both forms, in the order of their claims; of one claim with two quotations too, and where it is an opinion."""
    [tension] = found("recast", quoted(SLOW, id="a"), quoted(SLOWING, id="b"))

    assert (tension.id, tension.claims) == ("recast/heron/org:heron", ["a", "b"])
    assert tension.detail == f"org:heron, statement: “{SLOW}” and “{SLOWING}” stand for one utterance"
    assert tension.treatment == "at most one holds the words; both are kept, each where it stands"
    assert found("recast", quoted("x", id="a", quotes=[SLOW, SLOWING]))[0].claims == ["a"]
    assert found("recast", quoted(SLOW, by=["paper"], status="opinion"), quoted(SLOWING, by=["paper"]))


@pytest.mark.parametrize(
    "one, other",
    [
        (quoted(SLOW, by=["site"]), quoted(SLOWING, by=["site"])),
        (quoted(SLOW, by=["people"]), quoted(SLOWING, by=["people"])),
        (quoted(SLOW, subject="org:wren"), quoted(SLOWING)),
        (quoted("slow it"), quoted("slowing it")),
        (quoted("Would slow, the pace"), quoted("would slow the pace")),
        (quoted("one two three four five six"), quoted("one two three and then some more")),
    ],
)
def test_what_is_no_speakers_utterance_is_not_recast(one, other):
    """An outlet's own words, unnamed people's, those on another subject, two words, other signs, other words."""
    assert not found("recast", one, other)


def test_three_words_are_an_utterance():
    """A quotation of three words promises them; six signs in ten in common are enough, fewer are not."""
    assert found("recast", quoted("slow it down"), quoted("slowed it down"))
    assert found("recast", quoted("the at slow"), quoted("a slow in"))
    assert not found("recast", quoted("the at slow"), quoted("a slow inn"))


def test_what_is_said_is_told_in_the_readers_words():
    """A day as a day, a party by its name, an amount with its hedge, a word by its label."""
    pairs = [
        (deal("announced_on", "2025-06-12"), "12 June 2025"),
        (deal("deal_nature", "acquisition"), "acquisition"),
        ({"subject": "round:marble-b-2024", "property": "investor", "object": "org:corvid"}, "org:corvid"),
        (usd("price", 5, hedge="approx"), "about $5bn"),
        (deal("price", lo=4e9, hi=5e9, hedge="range"), "$4bn to $5bn"),
        (deal("price", hi=5e9, hedge="range"), "at most $5bn"),
        (deal("rank", "largest"), "largest"),
        (deal("use_of_proceeds", object="org:wren"), "org:wren"),
        (STANCE | {"value_text": "may_leave"}, "may leave"),
        (STANCE, "leaves"),
    ]
    for claim, words in pairs:
        assert told("repeated", claim | {"id": "x", "quotes": ["a", "b"]})[0] == f"agency says it 2 times: {words}"


def test_a_claim_that_names_no_source_is_its_article_s():
    """Where nobody is named, the article speaks under its id."""
    (tension,) = found("value", usd("price", 14.3, id="a", by=[]), usd("price", 10, id="b", article_id="blog"))

    assert "wire: " in tension.detail
