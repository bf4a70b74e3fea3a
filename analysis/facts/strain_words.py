"""How tensions are worded, (English, French), and amounts as claims give them."""

from __future__ import annotations

from typing import Any

from analysis.articles.wording import interval, quantity, word
from analysis.facts.interval import Interval

SAY: dict[str, tuple[str, str]] = {
    "colon": (": ", " : "),
    "and": ("; ", " ; "),
    "none": ("none", "aucun"),
    "citing": ("{who}, citing {origin}", "{who}, citant {origin}"),
    "the announcement": ("the announcement ({day})", "l’annonce ({day})"),
    "sign times": (" × ", " × "),
    "sign over": (" / ", " / "),
    "treat conflict": (
        "all are kept; the policy chooses by standing, then origins, then date",
        "tous sont gardés ; la règle choisit par garant, puis par nombre d’origines, puis par date",
    ),
    "treat beside": (
        "all are kept side by side; nothing chooses between them",
        "tous sont gardés côte à côte ; rien ne choisit entre eux",
    ),
    "treat stage": (
        "each claim keeps its own; the fact shows that of the claim whose value it takes",
        "chaque énoncé garde le sien ; le fait montre celui de l’énoncé dont il prend la valeur",
    ),
    "treat refinement": (
        "compatible: the narrower one is held true within the broader",
        "compatibles : le plus précis est retenu à l’intérieur du plus large",
    ),
    "treat consistent": ("nothing to do", "rien à faire"),
    "treat unsaid": ("kept as not said; nothing is assumed", "gardé comme non dit ; rien n’est supposé"),
    "treat rank": (
        "kept as the source’s statement; no measure rests on it",
        "gardé comme propos de la source ; aucune mesure n’en dépend",
    ),
    "treat once": ("one voice: counted once", "une seule voix : compté une fois"),
    "treat weekday": ("read as {put}", "lu comme {put}"),
    "treat words": (
        "at most one holds the words; both are kept, each where it stands",
        "une au plus contient les mots dits ; les deux sont gardées, chacune à sa place",
    ),
    "treat latest": (
        "both are kept in the history; the latest holds",
        "les deux restent dans l’historique ; le dernier vaut",
    ),
    "treat origin": (
        "who vouches is kept with each claim; the fact takes the standing that its range needs",
        "le garant reste attaché à chaque énoncé ; le fait prend celui que son intervalle exige",
    ),
    "sum holds": (
        "{who}: {said} {own}; {inputs} = {result}: the ranges meet",
        "{who} : {said} {own} ; {inputs} = {result} : les intervalles se recoupent",
    ),
    "sum fails": (
        "{who}: {said} {own}; {inputs} = {result}: the ranges do not meet",
        "{who} : {said} {own} ; {inputs} = {result} : les intervalles ne se recoupent pas",
    ),
    "numbers overlap": ("{told}; what all allow: {left}", "{told} ; ce que tous admettent : {left}"),
    "numbers clash": ("{told}; no number satisfies all", "{told} ; aucun nombre ne convient à tous"),
    "age": ("{who}: {age} in {when}, so born {lo} to {hi}", "{who} : {age} ans en {when}, donc né entre {lo} et {hi}"),
    "ages agree": ("{told}; all agree on a birth in {span}", "{told} ; tout s’accorde sur une naissance en {span}"),
    "ages clash": ("{told}; no birth fits all", "{told} ; aucune naissance ne convient à tous"),
    "rank holds": (
        "{who} gives the rank {rank} and no list; of the {known} that the data hold, larger: {names}",
        "{who} donne le rang {rank} sans liste ; parmi les {known} des données, plus grands : {names}",
    ),
    "rank beaten": (
        "{who} gives the rank {rank} and no list; yet of the {known} that the data hold, larger: {names}",
        "{who} donne le rang {rank} sans liste ; or parmi les {known} des données, plus grands : {names}",
    ),
    "rank alone": (
        "{who} gives the rank {rank} and no list; the data hold {known} to compare ({names} larger): it cannot be checked",
        "{who} donne le rang {rank} sans liste ; {known} dans les données (plus grands : {names}) : invérifiable",
    ),
    "weekday wrong": ("{where}: “{found}”, but {day} is a {real}", "{where} : « {found} », or le {day} est un {real}"),
    "weekday right": (
        "{where}: “{found}”, and {day} is a {real}",
        "{where} : « {found} », et le {day} est bien un {real}",
    ),
    "relative fits": (
        "{who}: “{found}”, counted from {anchor}, is {lo} to {hi}; {other}: it fits",
        "{who} : « {found} », compté depuis {anchor}, est entre le {lo} et le {hi} ; {other} : cela convient",
    ),
    "relative off": (
        "{who}: “{found}”, counted from {anchor}, is {lo} to {hi}; {other}: it does not fit",
        "{who} : « {found} », compté depuis {anchor}, est entre le {lo} et le {hi} ; {other} : cela ne convient pas",
    ),
    "relative adrift": (
        "{who}: “{found}”, in a text without a date: counted from nothing",
        "{who} : « {found} », dans un texte sans date : compté depuis rien",
    ),
    "dates overlap": (
        "{told}: the more exact lies within the other",
        "{told} : la plus précise est comprise dans l’autre",
    ),
    "dates clash": ("{told}: no day fits all", "{told} : aucun jour ne convient à tous"),
    "statuses": ("{told}", "{told}"),
    "stages": ("{told}", "{told}"),
    "stages later": (
        "{told}: the later text is the further along",
        "{told} : le texte le plus récent est le plus avancé",
    ),
    "words nest": ("{told}: one word is broader than the other", "{told} : un mot est plus large que l’autre"),
    "words clash": ("{told}: neither word includes the other", "{told} : aucun mot n’englobe l’autre"),
    "changed": ("{told}: it changed with time", "{told} : cela a changé avec le temps"),
    "repeated": ("{who} says it {times} times: {what}", "{who} le dit {times} fois : {what}"),
    "same origin": ("{told}: one origin ({origin})", "{told} : une seule origine ({origin})"),
    "recast": ("“{one}” and “{other}” stand for one utterance", "« {one} » et « {other} » valent pour un seul propos"),
    "no pre or post": (
        "{told}: nobody says whether before or after the new money",
        "{told} : personne ne dit si c’est avant ou après l’apport",
    ),
    "no increment": (
        "{told}: nobody says whether it adds to or includes what {acquirer} held already ({prior})",
        "{told} : personne ne dit si cela s’ajoute à ce que {acquirer} détenait déjà ou le comprend ({prior})",
    ),
    "no primary": (
        "{told}: nobody says how much goes to new shares and how much to holders",
        "{told} : personne ne dit la part des actions nouvelles et celle des actions rachetées",
    ),
    "some primary": (
        "{told}: the shares’ origin is not said with the price, but elsewhere: {hint}",
        "{told} : l’origine des actions n’est pas dite avec le prix, mais ailleurs : {hint}",
    ),
    "no price basis": (
        "{told}: nobody says at which date or with which parts the price is counted",
        "{told} : personne ne dit à quelle date ni avec quels éléments le prix est compté",
    ),
    "no currency": (
        "{told}: the currency is not beside the number, it comes from another sentence",
        "{told} : la devise n’est pas à côté du nombre, elle vient d’une autre phrase",
    ),
    "no publisher": ("{where}: the publisher is not named", "{where} : l’éditeur n’est pas nommé"),
    "no date": ("{where}: the text has no date", "{where} : le texte n’est pas daté"),
    "treat undated": (
        "stays null; its claims count only where no day is asked for",
        "reste vide ; ses énoncés ne comptent que si aucun jour n’est demandé",
    ),
}  # fmt: skip


def amount(row: dict[str, Any], lang: str) -> str:
    """A claim's number with its hedge: « un peu plus de 14 Md$ »; its range where it names no number."""
    if row["value"] is None:
        return interval(row["lo"], row["hi"], row["unit"], lang)
    text = quantity(row["value"], row["unit"], lang)
    form = word("hedge", row["hedge"] or "exact", lang)
    return form.format(text) if "{}" in form else f"{form} {text}"


def amount_and_span(row: dict[str, Any], range_: Interval, lang: str) -> str:
    """A claim's number and what it allows, the range once where the words give it already."""
    told, allowed = amount(row, lang), span(range_, row["unit"], lang)
    return told if allowed == f"[{told}]" else f"{told} {allowed}"


def span(range_: Interval, unit: str | None, lang: str) -> str:
    """A range in brackets: `[$14bn to $15bn]`."""
    lo, hi = (None if end is None else float(end) for end in (range_.lo, range_.hi))
    return f"[{interval(lo, hi, unit, lang)}]"
