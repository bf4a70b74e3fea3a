"""Tensions: every kind is found in an article nobody has seen, and is not found where there is none."""

from __future__ import annotations

import pytest
from worlds import DEAL, OLD, deal, world

from analysis.errors import DataError
from analysis.facts.tensions import tensions

BN = 1e9


def found(kind, *claims, **parts):
    """The tensions of a kind."""
    return [tension for tension in tensions(world(*claims, **parts)) if tension.kind == kind]


def verdicts(kind, *claims, **parts):
    """Their verdicts, in order."""
    return [tension.verdict for tension in found(kind, *claims, **parts)]


def usd(property, bn, **fields):
    """An amount in billions written with one decimal."""
    return deal(property, bn * BN, written_unit=0.1 * BN, **fields)


def fix(found_, put):
    return {"article": "wire", "field": "published", "found": found_, "put": put, "reason": "x", "guard": "x"}


def test_a_weekday_that_its_date_is_not_is_a_conflict():
    """The calendar decides: 12 June 2025 was a Thursday."""
    [tension] = found(
        "weekday", deal("announced_on", "2025-06-12"), corrections=[fix("Friday 12/06/2025", "2025-06-12/2025-06-13")]
    )

    assert tension.verdict == "conflict"
    assert "12 June 2025 is a Thursday" in tension.detail
    assert "12" in tension.treatment


def test_a_weekday_that_its_date_is_is_reported_as_consistent():
    """What was checked and holds is said to hold."""
    assert verdicts("weekday", deal("announced_on", "2025-06-12", when="2025-06-12", quote="said on Thursday")) == [
        "consistent"
    ]


def test_a_year_ago_fits_a_round_of_thirteen_months_ago():
    """A relative date is good to a season."""
    claims = [
        usd("step_up", 2, unit="multiple", hedge="above", quote="twice what it was a year ago"),
        {"subject": "round:marble-b-2024", "property": "valuation", "value": 4 * BN, "when": "2024-05"},
    ]

    [tension] = found("date_relative", *claims)

    assert tension.verdict == "consistent"
    assert "May 2024" in tension.detail


def test_a_year_ago_does_not_fit_a_round_of_two_years_ago():
    """Beyond a season it is a conflict."""
    claims = [
        usd("step_up", 2, unit="multiple", hedge="above", quote="twice what it was a year ago"),
        {"subject": "round:marble-b-2024", "property": "valuation", "value": 4 * BN, "when": "2023-05"},
    ]

    assert verdicts("date_relative", *claims) == ["conflict"]


def test_a_relative_date_in_an_undated_text_is_unsaid():
    """« cette année » counts from nothing where the text has no date."""
    claim = {"subject": "org:heron", "property": "customer_spend", "object": "org:marble", "value": 1e8}

    assert verdicts("date_relative", claim | {"article_id": "blog", "quote": "cent millions cette année"}) == ["unsaid"]


@pytest.mark.parametrize(("price", "verdict"), [(4.9, "consistent"), (6.1, "conflict")])
def test_a_price_is_held_against_stake_times_valuation(price, verdict):
    """49 % of 10 billion is 4.9 billion, within what the last digits allow."""
    claims = [usd("price", price), deal("stake_acquired", 49, written_unit=1.0), usd("valuation", 10)]

    [tension] = found("product", *claims)

    assert tension.verdict == verdict
    assert "49%" in tension.detail
    assert "$10bn" in tension.detail


@pytest.mark.parametrize(("before", "verdict"), [(4.8, "consistent"), (6.0, "conflict")])
def test_a_step_up_is_held_against_both_valuations(before, verdict):
    """« more than doubled » against 10 over 4.8, and against 10 over 6."""
    claims = [
        deal("step_up", 2, hedge="above", article_id="blog"),
        usd("valuation", 10, article_id="blog"),
        {
            "subject": "round:marble-b-2024",
            "property": "valuation",
            "value": before * BN,
            "written_unit": 1e8,
            "when": "2024-05",
        },
    ]

    assert verdicts("step_up", *claims) == [verdict]


@pytest.mark.parametrize(("age", "verdict"), [(28, "consistent"), (31, "conflict")])
def test_ages_at_two_times_allow_one_birth_or_clash(age, verdict):
    """19 in 2016 and 28 in mid-2025 are one person; 31 is not."""
    claims = [
        {"subject": "person:ada", "property": "age", "value": 19, "when": "2016"},
        {"subject": "person:ada", "property": "age", "value": age, "article_id": "page"},
    ]

    assert verdicts("age", *claims) == [verdict]


def test_one_statement_asserted_here_and_reported_there_is_a_conflict_of_status():
    """An outlet that drops its sources says more than the one that names them."""
    claims = [
        deal("stake_acquired", 49, status="reported", by=["people", "agency"]),
        deal("stake_acquired", 49, status="asserted", by=["site"], article_id="blog"),
    ]

    [tension] = found("status", *claims)

    assert tension.verdict == "conflict"
    assert "people" in tension.detail


def test_two_that_assert_it_each_in_its_own_voice_are_a_refinement_of_status():
    """What the agency says itself is not lifted from the people whom another text cites."""
    claims = [
        deal("deal_nature", "investment", status="reported", by=["people", "site"], article_id="blog"),
        deal("deal_nature", "investment", status="asserted", by=["site"], article_id="blog"),
        deal("deal_nature", "investment", status="asserted", by=["agency"]),
    ]

    assert verdicts("status", *claims) == ["refinement"]


def test_nothing_chooses_between_words_that_stand_side_by_side():
    """No policy picks one nature of a deal: both are facts, and the treatment says so, after what it is about."""
    claims = [deal("deal_nature", "acquisition"), deal("deal_nature", "partnership", article_id="blog")]

    [tension] = found("nature", *claims)

    assert (tension.verdict, tension.treatment) == (
        "conflict",
        "all are kept side by side; nothing chooses between them",
    )
    assert tension.detail.startswith(f"{DEAL}, deal nature: ")


def test_one_status_in_two_places_is_no_tension():
    """Two outlets that both report agree."""
    claims = [
        deal("stake_acquired", 49, status="reported"),
        deal("stake_acquired", 49, status="reported", article_id="page"),
    ]

    assert not found("status", *claims)


def test_done_here_and_planned_there_is_a_conflict_of_stage():
    """An undated text cannot claim to be the later one."""
    claims = [usd("price", 5, stage="planned"), usd("price", 5, stage="done", article_id="blog")]

    assert verdicts("stage", *claims) == ["conflict"]


def test_a_later_text_may_be_further_along():
    """Planned in June and done in July is the course of things."""
    claims = [usd("price", 5, stage="planned"), usd("price", 5, stage="done", article_id="page")]

    assert verdicts("stage", *claims) == ["consistent"]


def test_one_stage_is_no_tension():
    """Two plans agree."""
    assert not found("stage", usd("price", 5, stage="planned"), usd("price", 5, stage="planned", article_id="page"))


def test_a_hedge_beside_a_number_is_a_refinement():
    """« a little more than 14 » holds 14.3."""
    claims = [usd("price", 14.3, article_id="blog"), deal("price", 14 * BN, hedge="slightly_above", written_unit=BN)]

    [tension] = found("hedge", *claims)

    assert tension.verdict == "refinement"
    assert "$14.25bn to $14.35bn" in tension.detail


def test_numbers_that_share_no_point_are_a_conflict_of_value():
    """14.3 is not 14.8."""
    assert verdicts("value", usd("price", 14.3), usd("price", 14.8, article_id="page", by=["site"])) == ["conflict"]


def test_numbers_on_two_bases_are_not_compared():
    """A price at closing is another price."""
    assert not found("value", usd("price", 14.3, basis="headline"), usd("price", 14.8, basis="closing"))


def test_two_words_for_the_deal_in_one_article_are_a_tension():
    """An acquisition is an investment; a partnership is not."""
    inside = found("nature", deal("deal_nature", "acquisition"), deal("deal_nature", "investment"))
    apart = found("nature", deal("deal_nature", "partnership"), deal("deal_nature", "acquisition", article_id="blog"))

    assert [t.verdict for t in inside] == ["refinement"]
    assert [t.verdict for t in apart] == ["conflict"]


def test_one_word_for_the_deal_is_no_tension():
    """The same word twice agrees."""
    assert not found(
        "nature", deal("deal_nature", "acquisition"), deal("deal_nature", "acquisition", article_id="blog")
    )


def role(value, **fields):
    return {"subject": "person:ada", "property": "person_role", "object": "org:marble", "value_text": value} | fields


def test_interim_here_and_full_there_is_a_refinement_of_role():
    """An interim chief executive is a chief executive."""
    claims = [role("interim_ceo", stage="planned"), role("ceo", stage="planned", article_id="blog")]

    assert verdicts("role", *claims) == ["refinement"]


def test_a_role_held_and_a_role_to_come_are_no_tension():
    """Who is head of strategy today may be chief executive tomorrow."""
    assert not found("role", role("strategy_head"), role("ceo", stage="planned"))


def test_founder_and_cofounder_in_one_article_are_a_tension():
    """A co-founder is not the sole founder."""
    [tension] = found("founder", role("founder"), role("cofounder"))

    assert tension.verdict == "refinement"


def test_one_founder_is_no_tension():
    """The same word agrees."""
    assert not found("founder", role("founder"), role("founder", article_id="blog"))


def reception(value, **fields):
    return {"subject": "org:quill", "property": "product_reception", "value_text": value} | fields


def test_words_of_degree_that_differ_are_a_tension():
    """Poor is not mixed."""
    assert verdicts("degree", reception("poor"), reception("mixed", article_id="blog")) == ["conflict"]


def test_one_word_of_degree_is_no_tension():
    """Mixed twice agrees."""
    assert not found("degree", reception("mixed"), reception("mixed", article_id="blog"))


def test_a_number_in_headline_and_body_counts_once():
    """One article is one voice, however often it speaks."""
    [tension] = found("repeated", usd("price", 14.3, id="p", quotes=["14.3", "14.3 billion", "14.3"]))

    assert tension.verdict == "consistent"
    assert "3 times" in tension.detail


def test_two_articles_of_one_origin_count_once():
    """An agency's copy is the agency."""
    claims = [usd("price", 5, by=["paper", "agency"]), usd("price", 5, by=["paper", "site"], article_id="page")]

    assert verdicts("repeated", *claims) == ["consistent"]


def test_a_number_said_once_is_not_repeated():
    """Two origins that agree are two voices."""
    assert not found("repeated", usd("price", 5), usd("price", 5, by=["site"], article_id="page"))


def test_a_stake_says_whether_it_adds_to_an_earlier_one():
    """Where the acquirer had invested before, 49 % may be the total or the increment."""
    prior = {"subject": "round:marble-b-2024", "property": "investor", "object": "org:corvid"}

    bare = found("unsaid", prior, deal("stake_acquired", 49))
    said = found("unsaid", prior, deal("stake_acquired", 49, basis="total_holding"))

    assert any(t.id.endswith("/stake_acquired") for t in bare)
    assert not any(t.id.endswith("/stake_acquired") for t in said)


def test_a_valuation_says_whether_before_or_after_the_money():
    """Pre- and post-money differ by the investment."""
    assert any("before or after" in t.detail for t in found("unsaid", usd("valuation", 10)))
    assert not any("before or after" in t.detail for t in found("unsaid", usd("valuation", 10, basis="post_money")))


def test_the_price_of_a_minority_stake_says_where_the_money_goes():
    """New shares fund the company, old ones pay its holders."""
    bare = [usd("price", 5), deal("stake_acquired", 49)]

    assert any(t.id.endswith("/shares") for t in found("unsaid", *bare))
    assert not any(t.id.endswith("/shares") for t in found("unsaid", usd("price", 5), deal("stake_acquired", 100)))


def test_a_currency_from_another_sentence_is_noted():
    """An amount without its currency inherits one."""
    claims = found("unsaid", usd("price", 5, note="the currency is that of the sentence before"))

    assert any(t.id.endswith("/currency") for t in claims)


def test_an_article_without_date_or_publisher_is_noted():
    """Both stay unknown, and nothing invents them."""
    assert {t.id for t in found("unsaid", usd("price", 5, article_id="blog", basis="headline"))} >= {
        "unsaid/blog/published", "unsaid/blog/publisher",
    }  # fmt: skip
    assert not found("unsaid", usd("price", 5, basis="headline"))


def quoted(words, **fields):
    return {
        "subject": "org:heron",
        "property": "statement",
        "value_text": words,
        "quote": words,
        "by": ["heron", "site"],
    } | fields


def test_words_of_one_speaker_in_two_forms_are_recast():
    """Quotation marks promise the words; only one of two forms can be them."""
    claims = [
        quoted("would slow the pace of progress", id="a"),
        quoted("we would be slowing the pace of progress", id="b"),
    ]

    [tension] = found("recast", *claims)

    assert tension.claims == ["a", "b"]
    assert tension.verdict == "conflict"


def test_a_shorter_quotation_and_another_sentence_are_not_recast():
    """A part of the words is the words, and two sentences are two."""
    assert not found("recast", quoted("would slow the pace of progress"), quoted("slow the pace of progress"))
    assert not found("recast", quoted("would slow the pace of progress"), quoted("we have a great many friends"))


@pytest.mark.parametrize(("rank", "verdict"), [(2, "consistent"), (1, "conflict"), (3, "unsaid")])
def test_a_rank_is_held_against_the_deals_that_the_data_hold(rank, verdict):
    """Second behind a larger one holds; first does not; third may."""
    claims = [
        deal("rank", rank, id="r"), usd("price", 5),
        {"subject": OLD, "property": "price", "value": 19 * BN, "written_unit": BN},
    ]  # fmt: skip

    assert verdicts("superlative", *claims) == [verdict]


def test_a_largest_customer_whose_rivals_are_unknown_cannot_be_checked():
    """A superlative on a list of one is unsaid."""
    spend = {"subject": "org:heron", "object": "org:marble"}
    claims = [spend | {"property": "rank", "value": 1}, spend | {"property": "customer_spend", "value": 2e8}]

    assert verdicts("superlative", *claims) == ["unsaid"]


def test_a_stance_that_changed_is_told_with_both_days():
    """Both states stay in the history."""
    stance = {"subject": "org:heron", "property": "customer_stance", "object": "org:marble"}
    claims = [
        stance | {"value_text": "staying", "said_on": "2025-06-13"},
        stance | {"value_text": "leaving", "said_on": "2025-06-18"},
    ]

    [tension] = found("change", *claims)

    assert tension.verdict == "refinement"
    assert not found("change", *claims[:1])


def test_a_release_in_early_april_lies_within_april():
    """Dates of one event: the more exact is a refinement, disjoint ones conflict."""
    april = reception("poor", when="2025-04-01/2025-04-10")

    assert verdicts("date", april, reception("poor", when="2025-04", article_id="blog")) == ["refinement"]
    assert verdicts("date", april, reception("poor", when="2025-05", article_id="blog")) == ["conflict"]


def test_the_order_of_claims_and_a_claim_given_twice_change_nothing():
    """Tensions are those of a set."""
    claims = [
        usd("price", 14.3, id="a"),
        usd("price", 14.8, id="b", article_id="page"),
        deal("stake_acquired", 49, id="c"),
    ]

    assert tensions(world(*claims)) == tensions(world(*claims[::-1])) == tensions(world(*claims, claims[0]))


def test_opinions_and_rejected_claims_are_no_party_to_a_tension():
    """What does not count cannot contradict."""
    assert not found("value", usd("price", 14.3), usd("price", 14.8, status="opinion"))
    assert not found("value", usd("price", 14.3), usd("price", 14.8, review_state="rejected"))


def test_ids_are_unique_and_tell_the_kind_and_subject():
    """A tension can be pointed at."""
    claims = [
        usd("price", 14.3),
        usd("price", 14.8, article_id="page", by=["site"]),
        usd("valuation", 10),
        deal("stake_acquired", 49),
    ]

    ids = [tension.id for tension in tensions(world(*claims))]

    assert len(ids) == len(set(ids))
    assert f"value/{DEAL}/price" in ids


def test_details_are_worded_in_french_too():
    """The same tensions, in the reader's language."""
    corpus = world(usd("price", 14.3), usd("price", 14.8, article_id="page", by=["site"]))

    english, french = tensions(corpus), tensions(corpus, "fr")

    assert [t.id for t in english] == [t.id for t in french]
    assert any("14,3" in t.detail for t in french)


def test_an_unknown_language_is_refused():
    """The message names those that are known."""
    with pytest.raises(DataError, match="one of en, fr"):
        tensions(world(), "de")
