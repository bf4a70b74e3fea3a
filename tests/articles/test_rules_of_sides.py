"""Who buys whom in one sentence: each turn of phrase with a near one that says otherwise."""

from __future__ import annotations

import pytest

from analysis.articles.scene import Scene, scene_of


def laid_out(text: str, lang: str = "en") -> Scene:
    return scene_of(text, lang=lang, published="2025-06-13", outlet="site", known={})


def sides(text: str) -> set[str]:
    """The pairs of a text's sentences, as buyer>target, a side that is not told left out."""
    lang = "fr" if any(word in text for word in (" le ", " la ", " de ", " son ", " sa ", "l'")) else "en"
    bare = [
        [(side or "").partition(":")[2] for side in pair] for s in laid_out(text, lang).sentences for pair in s.sides
    ]
    return {f"{buyer}>{target}" for buyer, target in bare}


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Ostrea bought Verrine from Halmar for 3 million dollars.", {"ostrea>verrine"}),
        ("Ostrea was bought by Verrine for 3 million dollars.", {"verrine>ostrea"}),
        ("Ostrea sold Verrine to Halmar for 3 million dollars.", {"halmar>verrine"}),
        ("Ostrea cède à Halmar la majorité de Verrine.", {"halmar>verrine"}),
        ("Ostrea will sell the Halmar fund the 20% that it owns of Verrine.", {"halmar>verrine"}),
        ("Ostrea has 20% of Verrine.", set()),
        ("Ostrea takes 20% of Verrine.", {"ostrea>verrine"}),
        ("Ostrea is out of Verrine.", {">verrine"}),
        ("Ostrea is out of money.", set()),
        ("Ostrea sort du capital de Verrine.", {">verrine"}),
        ("Ostrea jette l'éponge dans la bataille pour Verrine.", {"ostrea>verrine"}),
        ("Ostrea a retiré son offre sur Verrine.", {"ostrea>verrine"}),
        ("Ostrea has withdrawn its offer for Verrine.", {"ostrea>verrine"}),
        ("Ostrea refuse de surenchérir face à la maison Verrine.", set()),
        ("Ostrea, qui possède un tiers de la société Verrine, va lancer une OPA.", {"ostrea>verrine"}),
        ("Ostrea négocie avec le fonds Halmar en vue de lui céder sa branche verrière.", {"halmar>ostrea"}),
        ("Ostrea négocie avec le fonds Halmar en vue de lui céder sa filiale Verrine.", {"halmar>verrine"}),
        ("Ostrea refuse les avances de la maison Halmar.", {"halmar>ostrea"}),
        ("Ostrea a rejeté la proposition non sollicitée de la maison Halmar.", {"halmar>ostrea"}),
        ("Ostrea bat la maison Halmar dans la course pour Verrine.", {"ostrea>verrine"}),
        ("Ostrea beat Halmar in the auction for Verrine.", {"ostrea>verrine"}),
        ("Shares in Verrine doubled after Ostrea agreed to buy the pump maker for 3 million.", {"ostrea>verrine"}),
        (
            "Shares in Verrine and Halmar doubled after Ostrea agreed to buy the pump maker for 3 million.",
            {"ostrea>halmar"},
        ),
        ("Ostrea agreed to buy the pump maker for 3 million.", set()),
        ("Ostrea, the owner of the Halmar mills, will buy Verrine.", {"ostrea>verrine"}),
        ("Ostrea took Verrine private.", {"ostrea>verrine"}),
        ("Ostrea took Verrine seriously.", set()),
        ("Après avoir racheté Verrine pour 3 millions, Ostrea la revend.", {"ostrea>verrine"}),
        ("Racheté par la maison Ostrea en 2019, Verrine va mieux.", {"ostrea>verrine"}),
        ("Ostrea is working on a sale of Verrine.", {">verrine"}),
        ("Ostrea is working on a sale of its mills.", set()),
        ("Verrine goes to Ostrea for 3 million dollars.", {"ostrea>verrine"}),
        ("Verrine said no to Ostrea.", {"ostrea>verrine"}),
        ("Verrine became Ostrea's largest shareholder.", {"verrine>ostrea"}),
        ("Ostrea gobe Verrine pour 3 millions d'euros, et Halmar répond.", {"ostrea>verrine"}),
        ("Ostrea sues Verrine for 3 million dollars. Halmar swallows Carbex for 4 million dollars.", {"halmar>carbex"}),
        (
            "Ostrea sues Verrine for 3 million dollars, and Halmar gobbles Carbex for 4 million dollars.",
            {"halmar>carbex"},
        ),
        ("The 3 million dollar bid by Ostrea for Verrine failed.", {"ostrea>verrine"}),
        ("L'acquisition par Ostrea de Verrine est finie.", {"ostrea>verrine"}),
        ("Ostrea's 3 million dollar bet on Verrine failed.", {"ostrea>verrine"}),
    ],
)
def test_a_sentence_says_who_buys_whom(text, wanted):
    assert sides(text) == wanted


@pytest.mark.parametrize(
    "text, wanted",
    [
        # what only talks is no buyer where another sentence says who is
        ("Ostrea en discussions avec Halmar\n\nLe groupe Ostrea va vendre sa filiale Verrine à Halmar.", ("halmar", "verrine")),
        ("Ostrea cède sa branche à Halmar\n\nOstrea négocie avec Halmar en vue de lui céder sa branche.", ("halmar", "ostrea")),
        ("Verrine changes hands\n\nOstrea has bought Verrine. Ostrea once bought Halmar.", ("ostrea", "verrine")),
        ("Verrine raises 3 million dollars\n\nVerrine has raised 3 million dollars from Ostrea.", (None, "verrine")),
        ("Les dirigeants reprennent Verrine\n\nLe fonds Ostrea revend ses 62 % dans Verrine.", (None, "verrine")),
        ("Verrine for sale\n\nAmong the suitors is Ostrea. Verrine has 30 shops. Verrine was founded in 1990.", ("ostrea", "verrine")),
        ("Le palace Verrine change de mains\n\nVerrine appartient désormais au groupe Ostrea.", ("ostrea", "verrine")),
        ("Nothing happened today.", (None, None)),
    ],
)  # fmt: skip
def test_a_text_is_about_one_deal(text, wanted):
    lang = "fr" if " va " in text or " de " in text or " ses " in text else "en"
    deal = laid_out(text, lang).deal
    assert tuple(side and side.partition(":")[2] for side in deal) == wanted
