"""The few words of a page that are not data, in both languages."""

from __future__ import annotations

from types import SimpleNamespace

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
