"""The few words of a page that are not data, in both languages."""

from __future__ import annotations

from types import SimpleNamespace

WORDS = {
    "en": SimpleNamespace(
        skip="Skip to the content", contents="Contents", home="All reports", code="Code", as_table="As a table",
        who_says="Who says so", copy="Copy a citation", copied="Copied:", sources="Sources", unknown="not known",
        id="finding", value="value", spread="range", standing="standing", findings="Findings", reports="Reports",
        charts="Charts", parameters="Parameters", filter="Filter", shown="% shown", subjects="Who and what",
        tensions="Where the sources disagree", data="data as of", left_out="left out", nothing="Nothing to show.",
        front="The deals, read from the news", state="state", facts="What is held true", dissent="What speaks against it", what="Fact", since="When",
        voices="Voices", why="Why it did not win", policy="policy", prepared="Prepared with", files="files",
        made_from="Made from claims; each leads back to the words of a source.",
    ),
    "fr": SimpleNamespace(
        skip="Aller au contenu", contents="Sommaire", home="Tous les rapports", code="Code", as_table="En tableau",
        who_says="Qui le dit", copy="Copier une citation", copied="Copié :", sources="Sources", unknown="non connu",
        id="résultat", value="valeur", spread="fourchette", standing="qui le dit", findings="Résultats",
        reports="Rapports", charts="Graphiques", parameters="Paramètres", filter="Filtrer", shown="% affichés",
        subjects="Qui et quoi", tensions="Là où les sources divergent", data="données au", left_out="écartés", nothing="Rien à montrer.",
        front="Les opérations, lues dans la presse", state="état", facts="Ce qui est tenu pour vrai", dissent="Ce qui s’y oppose", what="Fait", since="Quand",
        voices="Voix", why="Pourquoi cela ne l’emporte pas", policy="politique", prepared="Préparé avec", files="fichiers",
        made_from="Établi à partir de déclarations ; chacune ramène aux mots d’une source.",
    ),
}  # fmt: skip
