"""Weekdays, relative dates and dates against each other: to the day, and in the words that a reader sees."""

from __future__ import annotations

import pytest
from worlds import DEAL, OLD, deal, world

from analysis.facts.tensions import tensions

ROUND = {"subject": "round:marble-b-2024", "property": "valuation", "value": 4e9, "written_unit": 1e8}
AGO = deal("step_up", 2, hedge="above", quote="twice what it was a year ago", id="s")
SPEND = {"subject": "org:heron", "property": "customer_spend", "object": "org:marble", "value": 1e8, "id": "s"}
TOLD = deal("announced_on", "2025-06-12", id="d")


def found(kind, *claims, lang="en", **parts):
    """The tensions of a kind."""
    return [tension for tension in tensions(world(*claims, **parts), lang) if tension.kind == kind]


def fix(found, put, **more):
    """A correction of the wire's dateline."""
    return {"article": "wire", "field": "published", "found": found, "put": put, "reason": "x", "guard": "x"} | more


@pytest.mark.parametrize(
    "correction, lang, about, verdict, detail, treatment",
    [
        (
            fix("Friday", "2025-06-12/2025-06-13"), "en", "wire", "conflict",
            "Wire: “Friday”, but 12 June 2025 is a Thursday", "read as 12 or 13 June 2025",
        ),
        (
            fix("Monday 2025-06-16", None), "en", "wire", "consistent",
            "Wire: “Monday 2025-06-16”, and 16 June 2025 is a Monday", "nothing to do",
        ),
        (
            fix("Friday 12/06/2025", "Thursday 12/06/2025", field="quote"), "en", "wire", "conflict",
            "Wire: “Friday 12/06/2025”, but 12 June 2025 is a Thursday", "read as Thursday 12/06/2025",
        ),
        (
            fix("dimanche", "2025-06-16", article=None, claim="c9"), "fr", "c9", "conflict",
            "c9 : « dimanche », or le 16 juin 2025 est un lundi", "lu comme 16 juin 2025",
        ),
    ],
)  # fmt: skip
def test_a_correction_of_a_weekday_is_held_against_the_calendar(correction, lang, about, verdict, detail, treatment):
    """The day comes from what was found, else from what is put; what is put need be no date, and may be nothing."""
    [tension] = found("weekday", corrections=[correction], lang=lang)

    assert (tension.id, tension.claims) == (f"weekday/{about}", [])
    assert (tension.verdict, tension.detail, tension.treatment) == (verdict, detail, treatment)


def test_a_weekday_without_a_day_says_nothing():
    """Neither a correction nor a quotation that names no day can be held against the calendar."""
    assert not found("weekday", deal("price", 5e9, quote="on Monday"), corrections=[fix("Monday", None)])
    assert not found("weekday", deal("price", 5e9, when="2025-06", quote="on Monday"))
    assert not found("weekday", deal("price", 5e9, when="2025-06-16", quote="one day"))


@pytest.mark.parametrize(
    "claim, detail",
    [
        (deal("announced_on", "2025-06-16", quote="said on Monday"), "and 16 June 2025 is a Monday"),
        (deal("price", 5e9, when="2025-06-16", quote="le lundi 12/06/2025"), "but 12 June 2025 is a Thursday"),
        (deal("price", 5e9, when="2025-06-16", quote="on Thursday 2025-06-12"), "and 12 June 2025 is a Thursday"),
        (deal("price", 5e9, when="2025-06-15", said_on="2025-06-13", quote="dimanche"), "and 15 June 2025 is a Sunday"),
        (deal("price", 5e9, said_on="2025-06-12", quote="on Friday"), "but 12 June 2025 is a Thursday"),
    ],
)
def test_a_quoted_weekday_is_held_against_the_nearest_day(claim, detail):
    """The day in the quotation itself first, then the claim's time, then when it was said, then its date."""
    [tension] = found("weekday", claim | {"id": "d"})

    assert tension.claims == ["d"]
    assert tension.detail.endswith(detail)
    assert tension.verdict == ("consistent" if detail.startswith("and") else "conflict")


@pytest.mark.parametrize(
    "when, fits", [("2024-03-12", True), ("2024-03-11", False), ("2024-09-13", True), ("2024-09-14", False)]
)
def test_a_year_ago_is_good_to_a_season(when, fits):
    """92 days on each side of the day a year before the article, the first and the last of them included."""
    [tension] = found("date_relative", AGO, ROUND | {"when": when, "id": "r"})

    assert tension.claims == ["r", "s"]
    assert tension.verdict == ("consistent" if fits else "conflict")
    assert "counted from 12 or 13 June 2025, is 12 March 2024 to 13 September 2024; agency: " in tension.detail


@pytest.mark.parametrize(
    "period, fits",
    [("2025", True), ("2025-01-01", True), ("2025-12-31", True), ("2024-12-31", False), ("2026-01-01", False)],
)
def test_this_year_is_the_calendar_year(period, fits):
    """From its first day to its last, against the time of the claim that says it."""
    [tension] = found("date_relative", SPEND | {"period": period, "quote": "cent millions cette année"})

    assert (tension.claims, tension.verdict) == (["s"], "consistent" if fits else "conflict")
    assert "is 1 January 2025 to 31 December 2025" in tension.detail


@pytest.mark.parametrize(
    "words, said, years",
    [
        ("il y a un an", "il y a un an", 1),
        ("déjà il y a deux ans", "il y a deux ans", 2),
        ("one year ago", "one year ago", 1),
        ("two years ago", "two years ago", 2),
        ("trois ou il y a trois ans", "il y a trois ans", 3),
        ("three years earlier", "three years earlier", 3),
        ("10 years ago", "10 years ago", 10),
    ],
)
def test_years_ago_are_counted_in_both_languages(words, said, years):
    """In words or figures, from the article's day."""
    [tension] = found("date_relative", SPEND | {"when": "2020", "quote": words})

    assert f"“{said}”" in tension.detail
    assert f"is 12 March {2025 - years} to 13 September {2025 - years}" in tension.detail


def test_years_that_are_not_counted_say_nothing():
    """« many years ago » has no number."""
    assert not found("date_relative", SPEND | {"when": "2020", "quote": "many years ago"})


def test_a_note_is_told_in_the_readers_language():
    """A note is no quotation: « this year » in it is translated; a claim without a time says nothing of it."""
    claim = SPEND | {"note": "said of this year"}

    assert "« cette année »" in found("date_relative", claim | {"period": "2025"}, lang="fr")[0].detail
    assert "“this year”" in found("date_relative", claim | {"period": "2025"})[0].detail
    assert not found("date_relative", claim)


def test_a_date_is_held_against_the_other_dates_of_the_same_event():
    """Not against itself, nor one that says the same, nor another deal's."""
    claims = [
        deal("closed_on", "2024-06", id="a", quote="one year ago"),
        deal("closed_on", "2025-06", id="b", article_id="page"),
        deal("closed_on", "2024-06", id="c", article_id="page"),
        {"subject": OLD, "property": "closed_on", "value_text": "2014", "id": "e"},
    ]

    [tension] = found("date_relative", *claims)

    assert (tension.claims, tension.verdict) == (["a", "b"], "conflict")


def test_an_undated_text_is_counted_from_the_announcement():
    """That nothing dates it is said; the announcement stands in where all claims agree on its day, and only there."""
    claim = SPEND | {"article_id": "blog", "quote": "this year", "period": "2025"}

    adrift, counted = found("date_relative", claim, TOLD)
    assert (adrift.verdict, counted.verdict) == ("unsaid", "consistent")
    assert "in a text without a date: counted from nothing" in adrift.detail
    assert "counted from the announcement (12 June 2025)" in counted.detail
    other = {"subject": OLD, "property": "announced_on", "value_text": "2014-02-19"}
    assert len(found("date_relative", claim, TOLD, other)) == 2
    assert len(found("date_relative", claim, TOLD, deal("announced_on", "2025-06-13"))) == 1


def test_a_year_before_a_leap_day_is_a_day():
    """29 February has no day a year before: it is counted from the 28th."""
    claims = [AGO | {"article_id": "blog"}, ROUND | {"when": "2023-05", "id": "r"}, deal("announced_on", "2024-02-29")]

    assert "is 28 November 2022 to 31 May 2023" in found("date_relative", *claims)[1].detail


def test_a_step_up_looks_back_to_the_last_round():
    """What was said of the valuation before, and the rounds within a season of the last; no earlier one."""
    claims = [
        AGO,
        deal("previous_valuation", 4e9, when="2024-05", id="p"),
        ROUND | {"when": "2024-03", "id": "r"},
        ROUND | {"when": "2023-03", "value": 3e9, "id": "q"},
        {"subject": OLD, "property": "previous_valuation", "value": 1e9, "when": "2024-05", "id": "o"},
        {"subject": "org:quill", "property": "valuation", "value": 1e9, "when": "2024-05", "id": "v"},
    ]

    assert [t.claims for t in found("date_relative", *claims)] == [["p", "s"], ["r", "s"]]


def test_three_dates_of_one_event_are_told_side_by_side():
    """The more exact within the broader is a refinement; an end in common is enough."""
    [tension] = found(
        "date", deal("closed_on", "2025-06", id="a"), deal("closed_on", "2025-06-12", id="b", article_id="page"),
        deal("closed_on", "2025", id="c", article_id="blog"),
    )  # fmt: skip
    assert (tension.claims, tension.verdict) == (["a", "b", "c"], "refinement")
    assert "agency: June 2025; agency: 12 June 2025; agency: 2025: the more exact lies within" in tension.detail

    touching = [deal("closed_on", "2025-06"), deal("closed_on", "2025-06-30/2025-07-02", article_id="page")]
    assert [t.verdict for t in found("date", *touching)] == ["refinement"]


def test_times_of_different_things_are_not_compared():
    """The times of two prices are two times; of one price they cannot differ."""
    prices = [deal("price", 5e9, when="2025-06", id="a"), deal("price", 6e9, when="2025-07", id="b", article_id="page")]

    spends = [SPEND | {"when": "2024"}, SPEND | {"when": "2025", "value": 2e8, "id": "t", "article_id": "page"}]

    assert not found("date", *prices)
    assert not found("date", *spends)
    [tension] = found("date", prices[0], prices[1] | {"value": 5e9}, lang="fr")
    assert tension.detail.endswith("agency : juin 2025 ; agency : juillet 2025 : aucun jour ne convient à tous")


def test_states_that_change_have_no_one_date():
    """A stance may be told of two days."""
    stance = {"subject": "org:heron", "property": "customer_stance", "object": "org:marble", "value_text": "staying"}

    assert not found("date", stance | {"when": "2025-06"}, stance | {"when": "2025-07"})
    assert found("date", {"subject": OLD, "property": "use_of_proceeds", "value_text": "debt", "when": "2025-06"},
                 {"subject": OLD, "property": "use_of_proceeds", "value_text": "debt", "when": "2025-07"})  # fmt: skip


def test_the_announcement_is_that_of_the_deal_that_is_told_of():
    """A claim on the deal, its target or the target's round all tell of it."""
    for subject, property in ((DEAL, "price"), ("org:marble", "revenue"), ("round:marble-b-2024", "valuation")):
        claim = {"subject": subject, "property": property, "value": 1e9, "period": "2025", "quote": "this year"}
        assert len(found("date_relative", claim | {"article_id": "blog"}, TOLD)) == 2, subject
    claim = {"subject": "org:quill", "property": "revenue", "value": 1e9, "period": "2025", "quote": "this year"}
    assert len(found("date_relative", claim | {"article_id": "blog"}, TOLD)) == 1
