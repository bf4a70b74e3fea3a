"""Proposals: whole articles, what is sure and what is not, and a file that keeps a person's decisions."""

from __future__ import annotations

import cProfile
import json
import shutil
import tomllib

import pytest

import analysis
from analysis.articles.proposal import PROPERTIES, Proposal
from analysis.articles.propose import propose
from analysis.articles.quantities import Quantity, read
from analysis.articles.review import article_id, known_of, waiting, write_proposals
from analysis.articles.scene import scene_of
from analysis.errors import DataError
from benchmarks import reading

STORY = """
Ostrea buys 40% of Verrine for 2.1 billion euros

PARIS, March 4 (Reuters) - Ostrea Group agreed on Tuesday to buy a 40% stake in glassmaker Verrine for 2.1 billion euros, the companies said.

The deal values Verrine at about 5.3 billion euros. Ostrea, which has a market value of 60 billion euros, would pay a break-up fee of 90 million euros.

Verrine had revenue of 800 million euros in 2024. It may be worth another 75 million euros to them in the end.
"""
DATE = "2025-03-04"


def claims_of(text: str = STORY) -> list[dict]:
    return [p.to_json() for p in propose(text, published=DATE).proposals]


@pytest.mark.parametrize(
    "part", ["tuned", "held-out", "blind-1", "blind-2", "blind-3", "blind-4", "blind-5", "blind-6"]
)
def test_whole_articles(part):
    """Prices, stakes and valuations of whole articles reach an F1 of 0.85 on each part of the bench."""
    cells, wrong = reading.claim_scores(part)

    core = [sum(cells[name][i] for name in reading.CORE if name in cells) for i in range(3)]
    assert reading.f1(*core) >= 0.85, wrong


def test_a_claim_appears_once():
    """However often a claim is said, it is proposed once, at its first place."""
    found = claims_of()

    assert [c["value"] for c in found if c["property"] == "stake_acquired"] == [40]
    assert [c["start"] for c in found if c["property"] == "price"] == [STORY.index("2.1 billion")]


def test_what_no_cue_settles_is_unclassified():
    """A market value and a break-up fee are no price and no valuation of the deal."""
    found = {c["value"]: c["property"] for c in claims_of()}

    assert found[60_000_000_000] == found[90_000_000] == "unclassified"


UNHEARD_OF = "hoovers up|pounces on|frobs|reels in|gobe|s'adjuge|fait main basse sur|zappe".split("|")


@pytest.mark.parametrize("verb", UNHEARD_OF)
def test_an_amount_given_for_a_company_is_its_price_whatever_the_verb(verb):
    """What one company does to another for an amount is a deal, also where the verb is in no list."""
    french = (
        "Le verre en fête\n\nLe groupe Ostrea {} le verrier Verrine pour quelque 2,1 milliards d'euros, dette comprise."
    )
    english = "News\n\nThe French group Ostrea {} glassmaker Verrine for about 2.1 billion euros, including debt."

    for text in (french, english):
        found = [(c["property"], c["subject"], c["value"]) for c in claims_of(text.format(verb))]
        assert found == [("price", "deal:ostrea-verrine-2025", 2_100_000_000)]


@pytest.mark.parametrize("did", ["sues", "fines", "signs a contract with", "lends money to"])
def test_what_is_no_deal_has_no_price(did):
    """A suit, a fine or a contract between two companies has no price."""
    text = f"News of the day\n\nThe French group Ostrea {did} glassmaker Verrine for 2.1 billion euros, it said."

    assert not {"price", "valuation"} & {c["property"] for c in claims_of(text)}


def test_a_party_confirms_and_a_newspaper_reports():
    """What the companies say is confirmed by them; what a newspaper says of others is reported, its name first."""
    said = "Ostrea will buy Verrine for 3 billion euros, the companies said."
    heard = "According to the Financial Times, Ostrea will buy Verrine for 3 billion euros."

    assert [(c["status"], c["by"]) for c in claims_of(said) if c["property"] == "price"] == [
        ("confirmed", ["deal-parties", "site"])
    ]
    assert [(c["status"], c["by"][0]) for c in claims_of(heard) if c["property"] == "price"] == [
        ("reported", "financial-times")
    ]


def test_the_conditional_is_never_asserted():
    """« aurait payé » is reported by no one in particular, and its stage is conditional."""
    text = "Le groupe Ostrea aurait payé 3 milliards d'euros pour le rachat de la société Verrine."

    price = next(c for c in claims_of(text) if c["property"] == "price")
    assert (price["status"], price["by"], price["stage"]) == ("reported", ["unattributed", "site"], "conditional")


def test_a_customers_spend_is_not_revenue():
    """What a customer plans to pay its supplier is its spend, and never the supplier's revenue or a price."""
    text = STORY + "\nHalmar, Verrine's largest customer, had planned to pay it 150 million euros this year."

    found = [(c["property"], c["subject"]) for c in claims_of(text) if c["value"] == 150_000_000]
    assert found == [("customer_spend", "org:halmar")]


def test_every_proposal_is_of_a_known_kind_with_short_words():
    """Each has a property of the list, a confidence of 0 to 1 with its reason, and a quote of eight words at most."""
    for claim in claims_of():
        assert claim["property"] in PROPERTIES
        assert 0 < claim["confidence"] < 1
        assert claim["reason"]
        assert len(claim["quote"].split()) <= 8
        assert STORY[claim["start"] :].startswith(claim["quote"].split()[0])


# A date's property here: what our own claims of the article say happened then, whichever field holds the day.
WHEN = ("value_text", "period", "when", "value")


def test_each_text_proposes_what_it_holds(texts):
    """Each of the two articles proposes every amount, percentage and date it has, nine in ten under the right property."""
    corpus = analysis.load()
    known = known_of(corpus)
    for file, day in [(file, "2025-06-13") for file in sorted(texts.glob("*.txt"))]:
        text = file.read_text(encoding="utf-8")
        found = propose(text, published=day, known=known).proposals
        held = [q for q in read(text, "fr", day) if q.kind in {"money", "percent", "date"}]
        shown = {p.value for p in found} | {p.period for p in found}

        assert {q.value for q in held} <= shown
        right = [_is_right(q, found, corpus.claims.rows(named=True)) for q in held if q.value]
        assert sum(right) >= 0.9 * len(right)


def _is_right(q: Quantity, found: list[Proposal], claims: list[dict]) -> bool:
    """Whether a value is proposed under a property that one of our claims of the deal gives it, or as none where none has it."""
    ours = {c["property"] for c in claims if q.value is not None and _says(c, q)} & set(PROPERTIES)
    given = {p.property for p in found if q.value in {p.value, p.period}} - {"unclassified"}
    return bool(given & ours) or not ours


def _says(claim: dict, q: Quantity) -> bool:
    if q.kind == "date":
        return any(str(claim[field] or "").removesuffix(".0") == str(q.value) for field in WHEN)
    return claim["value"] is not None and abs(claim["value"] - float(q.value)) <= 1e-9 * abs(claim["value"])  # type: ignore[arg-type]


@pytest.fixture
def project(tmp_path, root, monkeypatch):
    """A copy of data/ to write into."""
    shutil.copytree(root / "data", tmp_path / "data")
    monkeypatch.setenv("DEALS_ROOT", str(tmp_path))
    return tmp_path


def test_a_file_of_proposals_loads_and_waits(project):
    """The file that is written is sound, and its claims wait: none counts before it is accepted."""
    draft = propose(STORY, published=DATE)
    path = project / "data" / "articles" / f"{article_id(draft)}.toml"

    added = write_proposals(draft, STORY, path)

    corpus = analysis.load()
    assert added == waiting(corpus).height == len(draft.proposals)
    starts = [claim["evidence"][0]["start"] for claim in tomllib.loads(path.read_text(encoding="utf-8"))["claim"]]
    assert starts == sorted(starts)


def test_a_second_run_keeps_every_decision(project):
    """What was accepted, corrected or rejected stays as it is, and nothing of it is proposed again."""
    draft = propose(STORY, published=DATE)
    path = project / "story.toml"
    write_proposals(draft, STORY, path)
    edited = path.read_text(encoding="utf-8").replace('state = "proposed"', 'state = "rejected"', 2)
    edited = edited.replace("value = 5_300_000_000", "value = 5_400_000_000")
    path.write_text(edited, encoding="utf-8")

    assert write_proposals(draft, STORY, path) == 0
    assert path.read_text(encoding="utf-8") == edited


def test_a_claim_that_was_deleted_comes_back_in_its_place(project):
    """A proposal that is no longer in the file is proposed again, in reading order; the rest is untouched."""
    draft = propose(STORY, published=DATE)
    path = project / "story.toml"
    write_proposals(draft, STORY, path)
    whole = path.read_text(encoding="utf-8")
    blocks = whole.split("\n\n")
    path.write_text("\n\n".join(blocks[:3] + blocks[4:]), encoding="utf-8")

    assert write_proposals(draft, STORY, path) == 1
    ids = [[c["id"] for c in tomllib.loads(text)["claim"]] for text in (path.read_text(encoding="utf-8"), whole)]
    assert ids[0] == ids[1]


def test_another_articles_file_is_refused(project):
    """A file that holds another article's claims is never written into."""
    path = project / "story.toml"
    write_proposals(propose(STORY, published=DATE), STORY, path)
    other = STORY.replace("Verrine", "Galuchat")

    with pytest.raises(DataError, match="holds another article"):
        write_proposals(propose(other, published=DATE), other, path)


def test_json_writes_nothing(project, tmp_path):
    """`deals propose --json` prints the proposals and leaves data/ as it was."""
    from analysis.articles.reading import proposed

    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8")
    before = sorted(project.rglob("*.toml"))

    rows = json.loads(proposed(file, published=DATE, json=True))

    assert {
        "property",
        "subject",
        "object",
        "value",
        "lo",
        "hi",
        "unit",
        "hedge",
        "status",
        "by",
        "quote",
        "start",
        "confidence",
    } <= set(rows[0])
    assert sorted(project.rglob("*.toml")) == before


@pytest.mark.parametrize(
    "name, data, problem",
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b"PK\x03\x04\x00\x00", "a binary file"),
        ("a.pdf", b"text", "not .txt or .md"),
        ("a.txt", b"Der Konzern hat seine Tochter verkauft.", "neither French nor English"),
        ("a.txt", b" " * 20_000_001, "at most 20 MB"),
    ],
)
def test_what_is_no_article_is_refused(tmp_path, name, data, problem):
    """An empty, binary, foreign or huge file is a DataError that says what to do."""
    from analysis.articles.document import read_text

    (tmp_path / name).write_bytes(data)

    with pytest.raises(DataError, match=problem):
        read_text(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_common_encoding_is_read(tmp_path, encoding):
    """A file in UTF-8, UTF-16 or a Western encoding gives the same text."""
    from analysis.articles.document import read_text

    text = "Le groupe a cédé 49 % de sa filiale pour près de 14 milliards d'euros l'été dernier."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))

    assert read_text(tmp_path / "a.txt") == text


SHAPES = {
    "one claim over and over": "Ostrea Group will buy a 40% stake in Verrine for 2.1 billion euros, it said. ",
    "no full stop": "Ostrea to buy Verrine for 2 billion euros in May and ",
    "no party": "$3 billion and 4% in May of the ",
    "customers": "Lumen, a customer of Verrine, continued to work with Verrine, while Corvid paused its work. ",
    "a new name each time": "{0} Corp bought {0}ex for $3 million. Ana {0}, chief executive of {0}ex, joins Ostrea. ",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_cost_grows_with_length(shape):
    """Four times the text takes some four times the work, and never the sixteen of a square; the calls are counted."""
    work = [_calls(2_000, SHAPES[shape]), _calls(8_000, SHAPES[shape])]

    assert work[1] < 6 * work[0]


def _calls(characters: int, shape: str) -> int:
    """How many calls of functions, compiled expressions' included, a text of that length takes."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    text = "Ostrea will buy Verrine, the group said.\n\n"
    for number in range(characters):
        if len(text) >= characters:
            break
        text += shape.format(f"N{letters[number % 26]}{letters[number // 26 % 26]}{letters[number // 676]}o")
    profile = cProfile.Profile()
    profile.runcall(propose, text, published=DATE)
    return sum(entry.callcount for entry in profile.getstats())


def test_no_sentence_is_long():
    """A text that never stops is cut into sentences of at most a thousand characters, which bounds every expression."""
    text = SHAPES["no full stop"] * 200

    scene = scene_of(text, lang="en", published=DATE, outlet="site", known={})

    assert max(s.end - s.start for s in scene.sentences) <= 1_000
    assert "".join(scene.flat.low[s.start : s.end] for s in scene.sentences) == scene.flat.low
