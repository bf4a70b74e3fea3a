"""A fact in words, in English or French: what is held, how surely, who says so, who does not and why, what decided."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.articles import wording
from analysis.articles.corpus import Corpus

if TYPE_CHECKING:
    from analysis.facts.facts import Facts

WORDS = {
    "unknown": ("unknown", "inconnu"),
    "minority": ("a minority", "une part minoritaire"),
    "or": (" or ", " ou "),
    "colon": (": ", " : "),
    "and": ("; ", " ; "),
    "range": ("Range", "Fourchette"),
    "standing": ("Standing", "Solidité"),
    "decided": ("Decided by", "Ce qui a tranché"),
    "support": ("In support", "À l'appui"),
    "against": ("Against", "Contre"),
    "either": ("Either", "Ou bien"),
    "aside": ("Left out", "Écarté"),
    "history": ("History", "Historique"),
    "pin": ("pinned", "épinglé"),
    "formula": ("computed as", "calculé ainsi"),
    "policy": ("Policy", "Règle"),
    "as_of": ("as public on", "tel que public le"),
    "nothing": ("no claim that counts speaks of it", "aucune affirmation retenue n'en parle"),
    "undated": (
        "{n} undated claims do not count on a given day",
        "{n} affirmations sans date ne comptent pas à un jour donné",
    ),
    # standing of a fact
    "confirmed": ("confirmed by a party", "confirmé par une partie"),
    "reported": ("reported", "rapporté"),
    "asserted": ("asserted by an outlet", "affirmé par un média"),
    "estimated": ("estimated", "estimé"),
    "derived": ("derived", "déduit"),
    "unresolved": ("unresolved", "non tranché"),
    # the step that decided
    "agreement": ("all claims that count agree", "toutes les affirmations retenues concordent"),
    "by standing": ("the surest claims come first", "les affirmations les plus solides priment"),
    "by origins": ("more independent origins", "davantage d'origines indépendantes"),
    "by later": (
        "as many origins on each side, the later one",
        "autant d'origines de part et d'autre, la plus récente",
    ),
    "by pinned": ("an analyst's pin", "le choix d'un analyste"),
    "by tie": (
        "nothing: as sure and as many on each side, and none is known to be later",
        "rien : aussi solides et aussi nombreuses de part et d'autre, et aucune n'est plus récente que l'on sache",
    ),
    # why a claim is in dissent or left out
    "less sure": ("disagrees with surer claims", "contredit des affirmations plus solides"),
    "fewer origins": ("fewer independent origins", "moins d'origines indépendantes"),
    "earlier": ("earlier", "plus ancien"),
    "outweighed": ("fewer independent origins, or earlier", "moins d'origines indépendantes, ou plus ancien"),
    "not pinned": ("an analyst pinned another", "un analyste en a retenu une autre"),
    "opinion": ("an opinion", "une opinion"),
    "superseded": ("superseded", "remplacé depuis"),
    "rejected": ("rejected in review", "rejeté à la relecture"),
    "proposed": ("proposed, not yet accepted", "proposé, pas encore accepté"),
    "undated claim": ("undated", "sans date"),
    "not yet public": ("not yet public", "pas encore public"),
    "not confirmed": ("not confirmed by a party", "non confirmé par une partie"),
    "circular formula": ("its formula needs itself", "sa formule a besoin d'elle-même"),
    "an input is unknown": ("an input is unknown", "une donnée manque"),
}
ORIGINS = {"en": ("1 origin", "{n} origins"), "fr": ("1 origine", "{n} origines")}


def say(key: str, lang: str) -> str:
    """A word or phrase of this module."""
    return WORDS[key][lang == "fr"] if key in WORDS else key


def explain(facts: Facts, subject: str, property: str, *, lang: str = "en", **keys: str | None) -> str:
    """Say in words what is held true of a subject's property, and why.

    Raises:
        DataError: no such subject or property.
    """
    given = [pl.col(name) == value for name, value in keys.items() if value is not None]
    found = facts.about(subject, property).filter(*given)
    what = facts.corpus.label(property, lang)
    title = f"{facts.corpus.label(subject, lang)}, {what[:1].lower() + what[1:]}"
    shown = latest_states(facts, found)
    blocks = [_block(facts, row, title, lang) for row in shown.iter_rows(named=True)]
    if not blocks:
        blocks = [title + say("colon", lang) + say("unknown", lang) + f" ({say('nothing', lang)})"]
    for extra in (_history(facts, found, lang), _aside(facts, subject, property, lang), _terms(facts, lang)):
        if extra:
            blocks.append(extra)
    return "\n\n".join(blocks)


def told(subject: str, property: str | None, *, policy: str, as_of: str, scope: str, lang: str, json: bool) -> str:
    """The answer of `deals facts`: in words, or as JSON rows with `shown` on those that hold (not an earlier state)."""
    from analysis.facts.study import study

    facts = study(lang=lang, policy=policy, as_of=as_of, scope=scope)
    if not json:
        return explain(facts, subject, property, lang=lang) if property else overview(facts, subject, lang)
    found = facts.about(subject, property)
    shown = pl.col("id").is_in(latest_states(facts, found)["id"].implode())
    return dumps(found.with_columns(shown=shown).to_dicts(), ensure_ascii=False, indent=1, default=str)


def overview(facts: Facts, subject: str, lang: str = "en") -> str:
    """Everything held true of a subject, one line a fact; the latest state of what changes."""
    rows = latest_states(facts, facts.about(subject))
    corpus, colon, lines = facts.corpus, say("colon", lang), [facts.corpus.label(subject, lang)]
    for row in rows.iter_rows(named=True):
        name = corpus.label(row["property"], lang) + keys_of(corpus, row, lang)
        lines.append(f"  {name}{colon}{worded(corpus, row, lang)}{say('and', lang)}{_sureness(row, lang)}")
    return "\n".join([*lines, "", _terms(facts, lang)])


def latest_states(facts: Facts, found: pl.DataFrame) -> pl.DataFrame:
    """Facts as they are, and of what changes over time the latest state for each object."""
    groups = found.filter("over_time").partition_by("property", "object", "strand")
    return pl.concat([found.filter(~pl.col("over_time")), *(facts.latest(group) for group in groups)]).sort("id")


def worded(corpus: Corpus, row: dict[str, Any], lang: str) -> str:
    """A fact's value in words: its number with its hedge, its text, else its range; unknown where nothing is said."""
    if row["alternatives"]:
        return say("or", lang).join(_value(corpus, row | family, lang) for family in row["alternatives"])
    return _value(corpus, row, lang)


def _value(corpus: Corpus, row: dict[str, Any], lang: str) -> str:
    if row["kind"] in ("choice", "relation", "text"):
        text = row["value_text"]
        return say("unknown", lang) if text is None else _text(corpus, row, text, lang)
    if row["kind"] == "date" and row["value_text"]:
        return wording.day(row["value_text"], lang)
    lo, hi = row["lo"], row["hi"]
    if row["unit"] == "percent" and hi == 50 and not lo and row["hedge"] != "exact":
        return say("minority", lang)
    if row["value"] is None:
        return say("unknown", lang) if lo is None and hi is None else wording.interval(lo, hi, row["unit"], lang)
    amount = wording.quantity(row["value"], row["unit"], lang)
    plain = row["hedge"] in (None, "exact", "range", "vague")
    return amount if plain else wording.word("hedge", row["hedge"], lang).replace("{}", amount)


def _text(corpus: Corpus, row: dict[str, Any], text: str, lang: str) -> str:
    if (name := corpus.label(text, lang)) != text:
        return name
    if lang == "fr" and "stance" in row["property"]:
        return wording.word("stance", text, lang)
    return wording.worded(text, corpus, lang)


def _block(facts: Facts, row: dict[str, Any], title: str, lang: str) -> str:
    colon = say("colon", lang)
    keys = keys_of(facts.corpus, row, lang)
    lines = [f"{title}{keys}{colon}{worded(facts.corpus, row, lang)}"]
    numeric = row["lo"] is not None or row["hi"] is not None
    if numeric and row["kind"] != "date":
        lines.append(f"  {say('range', lang)}{colon}{wording.interval(row['lo'], row['hi'], row['unit'], lang)}")
    lines.append(f"  {say('standing', lang)}{colon}{_sureness(row, lang)}")
    step = row["step"] if row["step"] == "agreement" else f"by {row['step']}"
    lines.append(f"  {say('decided', lang)}{colon}{say(step, lang)}")
    lines += _listed("support", [(id, "") for id in row["support"]], facts.corpus, lang)
    for family in row["alternatives"]:
        lines += _listed("either", [(id, "") for id in family["claims"]], facts.corpus, lang)
    lines += _listed("against", [(d["claim"], d["why"]) for d in row["dissent"]], facts.corpus, lang)
    lines += [
        f"  {say('pin', lang)}{colon}{pin['reason']}" for pin in facts.corpus.pins if pin["claim"] in row["support"]
    ]
    return "\n".join(lines)


def _listed(head: str, claims: list[tuple[str, str]], corpus: Corpus, lang: str, indent: str = "  ") -> list[str]:
    """A heading and one line a claim: its sentence, its id, and why where a reason is given."""
    lines = [f"{indent}{say(head, lang)}{say('colon', lang).rstrip()}"] if claims else []
    for id, why in claims:
        row = corpus.claim(id)
        reason = say("undated claim" if why == "undated" else why, lang)
        formula = f" ({say('formula', lang)} {row['formula']})" if row["formula"] else ""
        lines.append(
            f"{indent}  - {wording.sentence(row, corpus, lang)}{formula} [{id}]" + (f" — {reason}" if why else "")
        )
    return lines


def _sureness(row: dict[str, Any], lang: str) -> str:
    one, many = ORIGINS[lang]
    count = one if row["origins"] == 1 else many.format(n=row["origins"])
    return f"{say(row['standing'], lang)}, {count}"


def _history(facts: Facts, found: pl.DataFrame, lang: str) -> str:
    states = found.filter("over_time").sort("object", "on", "known_on", "id", nulls_last=False)
    lines = [say("history", lang) + say("colon", lang).rstrip()]
    for row in states.iter_rows(named=True):
        when = wording.day(row["on"].isoformat(), lang) if row["on"] else say("undated claim", lang)
        keys = keys_of(facts.corpus, row | {"period": None}, lang)
        lines.append(
            f"  {when}{keys}{say('colon', lang)}{worded(facts.corpus, row, lang)}{say('and', lang)}{_sureness(row, lang)}"
        )
    return "\n".join(lines) if len(lines) > 2 else ""


def _aside(facts: Facts, subject: str, property: str, lang: str) -> str:
    about = facts.corpus.claims.lazy().filter(pl.col("subject") == subject, pl.col("property") == property)
    left = facts.set_aside.lazy().join(about.select(claim="id"), on="claim", how="semi").sort("claim").collect()
    return "\n".join(_listed("aside", [(row[0], row[1]) for row in left.iter_rows()], facts.corpus, lang, indent=""))


def _terms(facts: Facts, lang: str) -> str:
    """The policy, the day, and how many undated claims that day leaves out."""
    text = f"{say('policy', lang)}{say('colon', lang)}{facts.policy}"
    if facts.as_of:
        text += f", {say('as_of', lang)} {wording.day(facts.as_of, lang)}"
        if facts.n_undated:
            text += f"{say('and', lang)}{say('undated', lang).format(n=facts.n_undated)}"
    return text


def keys_of(corpus: Corpus, row: dict[str, Any], lang: str) -> str:
    """What separates this fact from its neighbours: the object, the basis, the period."""
    keys = []
    if row["object"] and row["kind"] != "relation":
        keys.append(corpus.label(row["object"], lang))
    if row["basis"]:
        keys.append(wording.word("basis", row["basis"], lang))
    if row["period"]:
        keys.append(wording.day(row["period"], lang))
    return f" ({', '.join(keys)})" if keys else ""
