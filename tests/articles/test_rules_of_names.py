"""Rules of the names that a text holds: where they stand, which of them are companies, and whose a short form is."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.articles.corpus import load
from analysis.articles.names import Cast, cast_of, slug
from analysis.articles.review import known_of
from analysis.articles.scene import scene_of
from analysis.articles.typography import flatten

BENCH = Path(__file__).parent / "bench"
TEXTS = [
    article["text"].strip()
    for file in sorted(BENCH.glob("*.toml"))
    for article in tomllib.loads(file.read_text(encoding="utf-8"))["article"]
]


def companies(text: str) -> list[str]:
    """The ids of the companies of a text, in its order."""
    return [name.id.removeprefix("org:") for name in cast(text).names if name.type == "org"]


def cast(text: str) -> Cast:
    return cast_of(flatten(text).cased, {})


def test_each_name_stands_where_it_says():
    """The letters at a name's place are its name, the beginning or the end of it, or its initials; no two overlap."""
    for text in TEXTS:
        plain = flatten(text)
        names = cast_of(plain.cased, {}).names
        assert all(a.end <= b.start for a, b in itertools.pairwise(sorted(names, key=lambda name: name.start)))
        for name in names:
            told, full = slug(plain.cased[name.start : name.end]), name.id.partition(":")[2]
            initials = "".join(word[0] for word in full.split("-") if word)
            fits = told in full or set(told.split("-")) <= {*full.split("-")} or initials.startswith(told)
            assert fits or name.type == "outlet", (told, full)


@given(st.text(alphabet="ae\u0301\u0308c\u00ad \u200b\u00a0Éé’1$", max_size=40))
def test_what_is_found_in_plain_letters_is_found_in_the_text_as_given(text):
    """A span of the plain letters is, in the text, the same letters with the accents and invisible marks that they carry."""
    plain = flatten(text)
    for start, end in itertools.combinations(range(len(plain.low) + 1), 2):
        first, last = plain.span(start, end)
        assert flatten(text[first:last]).low == plain.low[start:end]


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Pharmaceutical and glass producer Verrine wants Ostrea.", ["verrine", "ostrea"]),
        ("Provocateur, il propose de racheter Verrine.", ["verrine"]),
        ("Verrine, il est vrai, propose de racheter Ostrea.", ["verrine", "ostrea"]),
        ("Ostrea wants Reuters Group. The offer for Reuters is low.", ["ostrea", *["reuters-group"] * 2]),
        ("Nordahl made a bid for Wall Street Journal owner Carbex.", ["nordahl", "carbex"]),
        ("Nordahl made a bid for Wall Street Journal.", ["nordahl", "wall-street-journal"]),
        ("Le groupe de Mark Verrin rachète Ostrea.", ["ostrea"]),
        ("Le groupe Mark Verrin rachète Ostrea.", ["mark-verrin", "ostrea"]),
        ("Verrine Labs CEO Anna Holt wants Ostrea.", ["verrine-labs", "ostrea"]),
        ("Anna Holt CEO of Verrine Labs wants Ostrea.", ["verrine-labs", "ostrea"]),
        ("Nordahl entre chez Verrine-sources.", ["nordahl", "verrine"]),
        ("Le Suédois Nordahl rachète Verrine.", ["nordahl", "verrine"]),
        ("Air Suédois rachète Verrine.", ["air-suedois", "verrine"]),
        ("Nordahl, membre du Cercle, rachète Verrine.", ["nordahl", "verrine"]),
        ("L'Assureur a levé des fonds. Ostrea veut racheter Verrine.", ["ostrea", "verrine"]),
        ("Newswire reported that Verrine wants Ostrea.", ["verrine", "ostrea"]),
        ("Verrine wants Ostrea, as cited by Newswire.", ["verrine", "ostrea"]),
        ("The Nordahl Herald says Verrine wants Ostrea.", ["verrine", "ostrea"]),
        ("Verrine has bought the Nordahl Herald.", ["verrine", "nordahl-herald"]),
        ("Verrine is the winning bidder for the Nordahl Herald.", ["verrine", "nordahl-herald"]),
        ("Food and drink giant Verrine wants Ostrea.", ["verrine", "ostrea"]),
        ("Verrine and drink giant Ostrea want Nordahl.", ["verrine", "ostrea", "nordahl"]),
        ("It wants Californian biotech firm Verrine.", ["verrine"]),
        ("The Belgian-Brazilian giant Verrine wants Ostrea.", ["verrine", "ostrea"]),
        ("The London-based Reuters Group wants Ostrea.", ["reuters-group", "ostrea"]),
        ("Then came Verrine.", ["verrine"]),
        ("Grâce à Verrine, Ostrea vend.", ["verrine", "ostrea"]),
        ("Il a le soutien d'un grand nom : Nordahl. Verrine vend.", ["nordahl", "verrine"]),
        ("Il a le soutien d'un grand nom : Demain verra Verrine rachetée.", ["verrine"]),
        ("Verrine was fined by the Federal Glass Commission.", ["verrine"]),
        ("Practice Fusion was bought by Verrine.", ["practice-fusion", "verrine"]),
        ("Verrine agreed to buy Reuters.", ["verrine", "reuters"]),
        ("Verrine wants Ostrea, Reuters says.", ["verrine", "ostrea"]),
        ("Ostrea sees Verrine VRN.PA.", ["ostrea", "verrine"]),
        ("Verrine buys 20% of Kingdom Glass from Prince Alim.", ["verrine", "kingdom-glass"]),
        ("The Kingdom wants Verrine.", ["verrine"]),
        ("Adrast hired Carbex to find a buyer for Verrine. Carbex declined to comment.", ["adrast", "verrine"]),
        ("Verrine, conseillé par la banque Orsel, cède sa branche à Nordahl.", ["verrine", "nordahl"]),
        ("Verrine is selling its mills to Nordahl. Orsel is advising Verrine.", ["verrine", "nordahl", "verrine"]),
        ("Nordahl hired Carbex's chairman and bought Verrine.", ["nordahl", "carbex", "verrine"]),
        ("Adrast is to buy First Marbury Bank. First Marbury has 3 branches.", ["adrast", *["first-marbury-bank"] * 2]),
        ("First Nordahl bought Verrine. Then it left.", ["nordahl", "verrine"]),
        ("Nordahl sold Nordahl Asia to Verrine.", ["nordahl", "nordahl-asia", "verrine"]),
        ("Otto Rosmer died. The family behind Rosmer may sell. Rosmer employs 40 people.", ["rosmer", "rosmer"]),
        ("Otto Rosmer bought Verrine. Rosmer is 60.", ["verrine"]),
        ("Las Vegas rival Mirador beat Salt Lake City rival Verrine.", ["mirador", "verrine"]),
        ("L'oncle de Grasse. Le groupe Verrine, à Grasse, rachète Nordahl.", ["verrine", "nordahl"]),
    ],
)
def test_companies_are_told_from_advisers_people_and_places(text, wanted):
    assert companies(text) == wanted


def test_what_the_data_declare_is_known_by_each_of_its_names(root):
    """Companies, people and products by label and alias; deals and rounds by who they are between, never by a name."""
    corpus = load(root)
    known = known_of(corpus)

    for row in corpus.subjects.iter_rows(named=True):
        named = {flatten(name).low for name in (row["label_en"], row["label_fr"], *(row["aliases"] or [])) if name}
        if row["type"] in {"org", "person", "product"}:
            assert all(known.names[name] in set(corpus.subjects["id"]) for name in named)
        else:
            assert row["id"] not in known.names.values()
        if row["type"] == "deal":
            assert known.deals[row["acquirer"], row["target"]] == row["id"]


WRAPPED = "The foundry that the two brothers had founded in the town of\nVerrine, and which all the brewers of the valley bought their\nglass from, is now in talks with a rival, and Nordahl\nHalmar is the only one that would say so, on a Friday."


@pytest.mark.parametrize(
    "text, wanted",
    [
        (WRAPPED, ["nordahl-halmar"]),
        (
            "Nordahl enters the capital of Verrine\nOstrea is to follow, as it told its owners and the unions on Friday.",
            ["nordahl", "verrine", "ostrea"],
        ),
        ("Nordahl enters the capital of Verrine\n\nOstrea is to follow.", ["nordahl", "verrine", "ostrea"]),
        (f"Nordahl wants Verrine\nOstrea will {'wait ' * 40}", ["nordahl", "verrine", "ostrea"]),
    ],
)
def test_a_name_goes_on_where_a_line_is_wrapped_and_not_where_it_ends(text, wanted):
    """A line well short of the longest ends; so does every line of a text that has long ones."""
    scene = scene_of(text, lang="en", published=None, outlet="site", known={})
    assert [id.partition(":")[2] for sentence in scene.sentences for id in sentence.ids] == wanted
