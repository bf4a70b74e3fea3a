"""Who says it: sources, scope, standing and alt text of a figure, in words; and the binding of all that to a Figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import polars as pl

from analysis.articles import edtf, wording
from analysis.errors import DataError
from analysis.facts.facts import Facts
from analysis.figures.cite import document_line
from analysis.figures.figure import EVIDENCE, Figure, quoted, rows_from
from analysis.figures.grammar import Scene, add_key
from analysis.figures.theme import SMALL, WIDTH, text_width

TEXT: dict[str, dict[str, str]] = {
    "en": {
        "confirmed": "said by the company",
        "reported": "reported from a source",
        "asserted": "stated by the outlet alone",
        "estimated": "estimated",
        "derived": "computed",
        "unresolved": "sources disagree, unsettled",
        "band": "range left by the sources",
        "open": "end not given",
        "source": "Source: ",
        "sources": "Sources: ",
        "and": "; ",
        "more": "{n} more",
        "nameless": "unidentified site",
        "undated": "undated",
        "nothing": "no claim counts here",
        "all": "all sources",
        "seed": "the two articles only",
        "some": "{n} chosen articles",
        "balanced": "surest source first",
        "official": "confirmed claims only",
        "latest": "latest word first",
        "as_of": "as public on {day}",
        "today": "everything published",
        "dropped": "{n} undated claims do not count on a given day.",
        "dropped_1": "One undated claim does not count on a given day.",
        "unknown": "not known",
        "calc": "our calculations",
    },
    "fr": {
        "confirmed": "dit par l’entreprise",
        "reported": "rapporté d’une source",
        "asserted": "affirmé par le seul média",
        "estimated": "estimé",
        "derived": "calculé",
        "unresolved": "sources en désaccord, non tranché",
        "band": "marge laissée par les sources",
        "open": "fin non donnée",
        "source": "Source\u00a0: ",
        "sources": "Sources\u00a0: ",
        "and": "\u00a0; ",
        "more": "{n} autres",
        "nameless": "site non identifié",
        "undated": "non daté",
        "nothing": "aucune affirmation retenue",
        "all": "toutes les sources",
        "seed": "les deux articles seulement",
        "some": "{n} articles choisis",
        "balanced": "la source la plus sûre d’abord",
        "official": "affirmations confirmées seulement",
        "latest": "la dernière parole d’abord",
        "as_of": "public au {day}",
        "today": "tout ce qui est publié",
        "dropped": "{n} affirmations non datées ne comptent pas à une date donnée.",
        "dropped_1": "Une affirmation non datée ne compte pas à une date donnée.",
        "unknown": "non connu",
        "calc": "nos calculs",
    },
}
COLON = {"en": ": ", "fr": "\u00a0: "}
ORDER = ("confirmed", "reported", "asserted", "estimated", "derived", "unresolved")  # from the surest to the least sure
OURS = "This repository"  # the publisher of our own computations in data/reference
LEAST_ALT, MOST_ALT = 150, 300
FEW = 20_000  # claims: up to here all are read at once


def speak(lang: str) -> Callable[[str, str], str]:
    """Both languages beside each other at the place of use: `t("Measure", "Mesure")`."""
    return lambda en, fr: fr if lang == "fr" else en


def spelled(n: int, lang: str) -> str:
    """A small number in letters, as titles write it; from eleven on in figures.

    >>> spelled(3, "fr"), spelled(12, "en")
    ('trois', '12')
    """
    words = {"en": "no one two three four five six seven eight nine ten",
             "fr": "aucun un deux trois quatre cinq six sept huit neuf dix"}[lang].split()  # fmt: skip
    return words[n] if n < len(words) else str(n)


def ranked(n: int, lang: str) -> str:
    """A rank in letters: second, « deuxième »; from six on in figures."""
    words = {"en": "first second third fourth fifth", "fr": "première deuxième troisième quatrième cinquième"}[
        lang
    ].split()
    return words[n - 1] if n <= len(words) else wording.ordinal(n, lang)


def weakest(standings: Iterable[str | None]) -> str:
    """The standing of what rests on several: that of the weakest needed.

    >>> weakest(["confirmed", "asserted", "reported"])
    'asserted'
    """
    return max((s for s in standings if s), key=ORDER.index, default="unresolved")


def drawn_as(standing: str | None, *, computed: bool) -> str | None:
    """The mark of a value: what is computed takes that of its weakest claim, and its own where all are confirmed."""
    return "derived" if computed and standing == "confirmed" else standing


def key_of(standings: Iterable[str | None], lang: str) -> list[tuple[str, str]]:
    """The key's entries for the standings that are drawn, surest first."""
    drawn = set(standings)
    return [(standing, TEXT[lang][standing]) for standing in ORDER if standing in drawn]


def draw_key(scene: Scene, standings: Iterable[str | None], lang: str, *, band: str = "") -> None:
    """Write the key: the standings that are drawn, the band and the open end where there are any."""
    add_key(scene, key_of(standings, lang), band=band or TEXT[lang]["band"], arrow=TEXT[lang]["open"])


def scope_line(facts: Facts, lang: str) -> str:
    """Which claims count: scope, policy and day, as every chart prints it."""
    text = TEXT[lang]
    scope = text["some"].format(n=len(facts.articles)) if facts.articles else text[facts.scope]
    day = text["as_of"].format(day=wording.day(facts.as_of, lang)) if facts.as_of else text["today"]
    line = f"{scope}, {day}\u00a0; {text[facts.policy]}." if lang == "fr" else f"{scope}, {day}; {text[facts.policy]}."
    return line[:1].upper() + line[1:]


def left_out(facts: Facts, lang: str) -> list[str]:
    """The note on claims that have no date, where the day decides what counts."""
    if not facts.as_of or not facts.n_undated:
        return []
    text = TEXT[lang]
    return [text["dropped_1"] if facts.n_undated == 1 else text["dropped"].format(n=facts.n_undated)]


def label(facts: Facts, id: str | None, lang: str) -> str:
    """The name of a subject, source or property in a language."""
    return facts.corpus.label(id, lang) if id else ""


def behind(facts: Facts, ids: Iterable[str] | None) -> list[dict[str, Any]]:
    """Some claims as rows, in the order asked; few are read at once, of many those that are asked for."""
    claims, ids = facts.corpus.claims, list(ids or [])
    held = facts.once("claims read", lambda: _by_id(claims) if claims.height <= FEW else {})
    if lacks := [id for id in ids if id not in held]:
        held |= _by_id(claims.filter(pl.col("id").is_in(lacks)))
    return [held[id] for id in ids if id in held]


def _articles(facts: Facts) -> dict[str, dict[str, Any]]:
    return facts.once("articles read", lambda: _by_id(facts.corpus.articles))


def _by_id(frame: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in frame.iter_rows(named=True)}


def told_on(facts: Facts, claims: Sequence[str] | None) -> str | None:
    """When what the first of some claims says was so, as finely as it is told: by itself, else by its article."""
    for claim in behind(facts, (claims or [])[:1]):
        article = _articles(facts).get(claim["article_id"], {})
        return claim["period"] or claim["when"] or claim["said_on"] or article.get("published")
    return None


def who(facts: Facts, claims: Sequence[str] | None, lang: str, *, most: int = 2) -> str:
    """The origins of some claims by name, best first."""
    names = dict.fromkeys(label(facts, row["origin"], lang) for row in behind(facts, claims) if row["origin"])
    return TEXT[lang]["and"].join(list(names)[:most])


def _evidence(facts: Facts, claims: Sequence[dict[str, Any]], lang: str) -> pl.DataFrame:
    articles = _articles(facts)
    rows = [
        {"id": row["id"], "sentence": wording.sentence(row, facts.corpus, lang), "quote": row["quote"],
         "who": label(facts, row["origin"], lang),
         "published": articles.get(row["article_id"], {}).get("published_last")}
        for row in claims
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=EVIDENCE)


def documents_of(facts: Facts, claims: Sequence[dict[str, Any]], lang: str) -> list[dict[str, str]]:
    """The documents behind some claims, ours left out, articles first, then by how much rests on them.

    Returns:
        One dict a document: id, name, day, text, title, address, line.
    """
    counted = Counter(row["article_id"] for row in claims)
    used = [row for id, row in _articles(facts).items() if id in counted and row["publisher"] != OURS]
    found = []
    for row in sorted(used, key=lambda row: (not row["seed"], -counted[row["id"]], row["id"])):
        name = row["primary_publisher"] or row["publisher"] or TEXT[lang]["nameless"]
        day = wording.day(row["published"], lang) if row["published"] else TEXT[lang]["undated"]
        found.append({"id": row["id"], "name": name, "day": day, "text": f"{name}, {day}",
                      "title": row["title"] or "", "address": row["address"] or "",
                      "line": document_line(row, lang)})  # fmt: skip
    return found


def _source_line(documents: Sequence[dict[str, str]], lang: str, *, computed: bool, most: float = 1.9 * WIDTH) -> str:
    """The documents in two lines at most; how many more there are is said, and the CSV has them all."""
    text = TEXT[lang]
    if not documents:
        return text["source"] + text["nothing"] + "."
    names = list(dict.fromkeys(d["text"] for d in documents)) + ([text["calc"]] if computed else [])
    tail = [text["calc"]] if computed else []
    shown = names
    while len(shown) > 1 + len(tail) and text_width(text["and"].join(shown), SMALL) > most - 90:
        kept = [name for name in shown if name not in tail and not name.startswith("\0")][:-1]
        shown = [*kept, "\0" + text["more"].format(n=len(names) - len(tail) - len(kept)), *tail]
    lead = text["source"] if len(names) == 1 else text["sources"]
    return lead + text["and"].join(name.lstrip("\0") for name in shown) + "."


def tip(
    facts: Facts, lang: str, *, what: str, value: str, claims: Sequence[str] | None, standing: str | None
) -> dict[str, str]:
    """What the pointer shows over a row: fact, value, who says it, how sure, and the words."""
    quotes = list(dict.fromkeys(row["quote"] for row in behind(facts, claims) if row["quote"]))[:2]
    return {
        "what": what, "value": value or TEXT[lang]["unknown"], "who": who(facts, claims, lang, most=3) or "–",
        "standing": TEXT[lang].get(standing or "", "–"), "quote": " ".join(quoted(q, lang) for q in quotes) or "–",
    }  # fmt: skip


def tips(facts: Facts, rows: Iterable[dict[str, Any]], lang: str) -> list[dict[str, str]]:
    """The tip of each row drawn."""
    return [
        tip(facts, lang, what=row["label"], value=row["shown"], claims=row["claims"], standing=row["standing"])
        for row in rows
    ]


def alt_text(sentences: Sequence[str]) -> str:
    """Join sentences into 150 to 300 characters: those that no longer fit are left out, a long one is cut at a word."""
    said = ""
    for sentence in sentences:
        longer = f"{said} {sentence}".strip()
        if len(longer) <= MOST_ALT:
            said = longer
        elif len(said) < LEAST_ALT:
            said = longer[: MOST_ALT - 2].rsplit(" ", 1)[0].rstrip(",;: \u00a0") + "…"
    return said


def _latest(facts: Facts, claims: Sequence[dict[str, Any]]) -> str:
    """The latest publication among some claims, as finely as it is known (EDTF); "" where none is dated."""
    articles = _articles(facts)
    dated = [row for claim in claims if (row := articles.get(claim["article_id"])) and row["published"]]
    return max(((row["published_last"], row["published"]) for row in dated), default=(None, ""))[1]


def check_title(id: str, title: str, **holds: bool) -> str:
    """Give the title back when every claim it makes holds in the rows drawn, else refuse to build.

    Raises:
        DataError: the title says what the rows do not.
    """
    wrong = [name.replace("_", " ") for name, true in holds.items() if not true]
    if wrong:
        raise DataError(f"figure '{id}': its title “{title}” says what its rows do not: {', '.join(wrong)}. Reword it.")
    return title


def bind(
    facts: Facts,
    id: str,
    *,
    scene: Scene,
    title: str,
    subtitle: Sequence[str],
    rows: Sequence[dict[str, Any]],
    alt: Sequence[str],
    caption: str,
    lang: str,
    notes: Sequence[str] = (),
    params: dict[str, Any] | None = None,
) -> Figure:
    """Make the Figure: its claims from the rows, its sources from the claims, its day from the documents."""
    frame = rows_from(row | {"by": row.get("by") or who(facts, row.get("claims"), lang, most=3)} for row in rows)
    claims = sorted({claim for row in frame["claims"].drop_nulls() for claim in row})
    said = behind(facts, claims)
    documents, told = documents_of(facts, said, lang), _latest(facts, said)
    as_of = edtf.bounds(told)[1].isoformat() if told else ""
    scope = scope_line(facts, lang)
    own = any(row["formula"] is not None and row["value"] is None for row in said)
    computed = own or bool(claims and {"derived", "estimated"} & set(frame["standing"]))
    chosen = {"policy": facts.policy, "as_of": facts.as_of, "scope": facts.scope, "articles": facts.articles}
    return Figure(
        id=id, title=title, notes=[*notes, *left_out(facts, lang)], sources=documents, rows=frame, claims=claims,
        alt=alt_text([*alt, scope, title + "."]), scene=scene, subtitle=[*subtitle, scope], lang=lang, caption=caption,
        source=_source_line(documents, lang, computed=computed),
        params=chosen | (params or {}), as_of=as_of, as_of_text=wording.day(told, lang) if told else "",
        evidence=_evidence(facts, said, lang),
    )  # fmt: skip
