"""A page's words in both languages: the few that are not data, and the French of a notebook's prose.

The French is kept beside the notebook, keyed by cell, and is stale once its English has changed.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from analysis.errors import DataError

WORDS = {
    "en": SimpleNamespace(
        skip="Skip to the content", contents="Contents", home="All reports", code="Code", as_table="As a table",
        who_says="Who says so", copy="Copy a citation", copied="Copied:", sources="Sources", unknown="not known",
        id="Finding", value="Value", spread="Range", standing="Who vouches", findings="Findings", reports="Reports",
        charts="Charts", filter="Filter the rows", shown="% rows shown", subjects="Who and what",
        nothing="Nothing to show.", front="The deals, read from the news", state="State", files="Files",
        facts="What is held true", dissent="What speaks against it", history="How it changed", related="See also",
        said="Who said what", what="Fact", vouches="Who vouches", when="Day", known="Public on", claim="What is said",
        quote="In its words", voices="Voices", why="Why it does not count", policy="How claims become facts",
        undated="undated", colon=": ", ok="done", failed="failed", skipped="unchanged",
        made_from="Every number is computed from claims, and each claim leads back to the words of a source.",
        figure="Figure", table="Table", page="Page",
        types={"deal": "Deals", "round": "Funding rounds", "org": "Companies", "person": "People",
               "product": "Products", "event": "Events"},
    ),
    "fr": SimpleNamespace(
        skip="Aller au contenu", contents="Sommaire", home="Tous les rapports", code="Code", as_table="En tableau",
        who_says="Qui le dit", copy="Copier une citation", copied="Copié\u00a0:", sources="Sources", unknown="non connu",
        id="Résultat", value="Valeur", spread="Fourchette", standing="Qui s’en porte garant", findings="Résultats",
        reports="Rapports", charts="Graphiques", filter="Filtrer les lignes", shown="% lignes affichées",
        subjects="Qui et quoi", nothing="Rien à montrer.", front="Les opérations, lues dans la presse", state="État",
        files="Fichiers", facts="Ce qui est tenu pour vrai", dissent="Ce qui s’y oppose",
        history="Ce qui a changé", related="Voir aussi", said="Qui a dit quoi", what="Fait",
        vouches="Qui s’en porte garant", when="Jour", known="Public le", claim="Ce qui est dit", quote="Ses mots",
        voices="Voix", why="Pourquoi cela ne compte pas", policy="Des déclarations aux faits", undated="sans date",
        colon="\u00a0: ", ok="fait", failed="échoué", skipped="inchangé",
        made_from="Chaque nombre est calculé à partir de déclarations, et chacune ramène aux mots d’une source.",
        figure="Figure", table="Tableau", page="Page",
        types={"deal": "Opérations", "round": "Tours de table", "org": "Entreprises", "person": "Personnes",
               "product": "Produits", "event": "Événements"},
    ),
}  # fmt: skip
NNBSP, NBSP = "\u202f", "\u00a0"


def fingerprint(source: str) -> str:
    """16 hex digits of a cell's English, by which its translation knows what it translates."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:16]


def french_typography(text: str) -> str:
    """Curly apostrophes, and no-break spaces before the marks that French sets apart.

    >>> french_typography("Qu'en dit-on ?").replace("\\u202f", "_")
    'Qu’en dit-on_?'
    """
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r" ([?!;»])", NNBSP + r"\1", text)
    return re.sub(r" :", NBSP + ":", re.sub(r"« ", "«" + NNBSP, text))


def translations(notebook: Path) -> dict[str, dict[str, str]]:
    """Read the French beside a notebook: `of` and `text` by cell id; none where there is no file."""
    beside = notebook.with_suffix(".fr.toml")
    if not beside.is_file():
        return {}
    try:
        return tomllib.loads(beside.read_text(encoding="utf-8")).get("cell", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{beside.name}: {error}, which is not TOML. See the cells of {notebook.name}.") from error


def stale(cells: list[Any], french: dict[str, dict[str, str]]) -> list[str]:
    """What a person has to translate anew: cells without French, with French of another English, or gone."""
    prose = {cell["id"]: cell["source"] for cell in cells if cell["cell_type"] == "markdown"}
    missing = [f"{cell}: no French" for cell in prose if cell not in french]
    moved = [
        f"{cell}: its English has changed"
        for cell in prose
        if cell in french and french[cell]["of"] != fingerprint(prose[cell])
    ]
    return missing + moved + [f"{cell}: no such cell" for cell in french if cell not in prose]


def prose(notebook: Path, lang: str) -> dict[str, str]:
    """The prose that replaces the notebook's own, by cell id; empty for English."""
    if lang != "fr":
        return {}
    return {cell: french_typography(entry["text"].strip()) for cell, entry in translations(notebook).items()}
