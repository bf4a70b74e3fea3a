"""Tables of a notebook: rows of text with labelled columns, the same in a notebook, a page and a document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import polars as pl

from analysis.articles import wording
from analysis.articles.corpus import Corpus
from analysis.facts.deals import DATES, FIELDS, NAMES
from analysis.facts.resolve import Facts
from analysis.facts.tensions import tensions

TABLE_MIME = "application/vnd.deals.table+json"

# fmt: off
HEADS = {
    "en": {
        "subject": "About", "said": "What is said", "quote": "In its words", "known": "Public on", "field": "Field",
        "kind": "Kind", "verdict": "Verdict", "detail": "What strains", "treatment": "What was done", "measure": "Measure",
        "standing": "Who vouches", "formula": "Formula", "silent": "says nothing", "unknown": "not known", "none": "Nothing to show.", "rest": "The rest",
        "holds": "{n} further checks hold, or make a number more precise: deals check prints them.",
    },
    "fr": {
        "subject": "Au sujet de", "said": "Ce qui est dit", "quote": "Ses mots", "known": "Public le", "field": "Champ",
        "kind": "Nature", "verdict": "Verdict", "detail": "Ce qui se contredit", "treatment": "Traitement", "measure": "Mesure",
        "standing": "Qui s’en porte garant", "formula": "Formule", "silent": "n’en parle pas", "unknown": "non connu", "none": "Rien à montrer.", "rest": "Le reste",
        "holds": "{n} autres vérifications tiennent ou précisent un chiffre : deals check les affiche.",
    },
}
# fmt: on


class Table:
    """Rows of text under labelled columns.

    Args:
        columns: key of the rows -> its label, in order; the first column names its row.
        rows: text by key; null shows as an empty cell.
        numbers: keys of columns that are set to the right.
    """

    def __init__(
        self, columns: dict[str, str], rows: Sequence[dict[str, Any]], *, numbers: Sequence[str] = (), lang: str = "en"
    ) -> None:
        self.columns = [
            {"key": k, "label": v, "align": "right" if k in numbers else "left"} for k, v in columns.items()
        ]
        self.rows, self.lang = list(rows), lang

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        empty = f"<p>{escape(HEADS[self.lang]['none'])}</p>"
        html = table_html(self.columns, self.rows) if self.rows else empty
        return {TABLE_MIME: {"columns": self.columns, "rows": self.rows}, "text/html": html, "text/plain": repr(self)}

    def __repr__(self) -> str:
        lines = ["  ".join(str(row.get(c["key"]) or "") for c in self.columns) for row in self.rows]
        return "\n".join(lines) or HEADS[self.lang]["none"]


def table_html(columns: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]], *, caption: str = "") -> str:
    """An HTML table whose first column heads its rows; every value is escaped."""
    marks = [' class="number"' if column.get("align") == "right" else "" for column in columns]
    heads = [f'<th scope="col"{mark}>{escape(c["label"])}</th>' for mark, c in zip(marks, columns, strict=True)]
    body = []
    for row in rows:
        texts = [escape("" if row.get(c["key"]) is None else str(row[c["key"]])) for c in columns]
        cells = [f"<td{mark}>{text}</td>" for mark, text in zip(marks, texts, strict=True)]
        body.append(f'<tr><th scope="row">{texts[0]}</th>{"".join(cells[1:])}</tr>')
    top = f"<caption>{escape(caption)}</caption>" if caption else ""
    return "\n".join(
        ["<table>", top, f"<thead><tr>{''.join(heads)}</tr></thead>", "<tbody>", *body, "</tbody></table>"]
    )


def heard(facts: Facts) -> pl.DataFrame:
    """The claims that count under the policy, the day and the scope: those that were not set aside."""
    return facts.corpus.claims.filter(~pl.col("id").is_in(facts.set_aside["claim"].to_list()))


def claims_table(
    facts: Facts, *, subjects: Sequence[str] = (), properties: Sequence[str] = (), lang: str = "en"
) -> Table:
    """Each claim on the given subjects or properties, with who says it, its anchor in the text and its day."""
    t = HEADS[lang]
    chosen = heard(facts).filter(
        pl.col("subject").is_in(list(subjects))
        | pl.col("object").is_in(list(subjects))
        | pl.col("property").is_in(list(properties))
    )
    rows = [
        {
            "subject": facts.corpus.label(claim["subject"], lang),
            "said": wording.sentence(claim, facts.corpus, lang),
            "quote": claim["quote"],
            "known": wording.day(claim["known_on"].isoformat(), lang, short=True)
            if claim["known_on"]
            else t["unknown"],
        }
        for claim in chosen.sort("known_on", "id", nulls_last=True).iter_rows(named=True)
    ]
    return Table({k: t[k] for k in ("subject", "said", "quote", "known")}, rows, lang=lang)


def _source_columns(corpus: Corpus, lang: str) -> dict[str, str]:
    """The articles of the seed by id, each with its publisher, or with what stands for one."""
    seed = corpus.articles.filter(pl.col("seed"))
    return {row["id"]: row["publisher"] or wording.unnamed(lang) for row in seed.iter_rows(named=True)}


def coverage_table(facts: Facts, *, deal: str = "deal:meta-scale-ai-2025", lang: str = "en") -> Table:
    """What each of the first articles says of the deal and its target, property by property; silence is written out."""
    t, corpus = HEADS[lang], facts.corpus
    columns = _source_columns(corpus, lang)
    target = corpus.subjects.filter(pl.col("id") == deal)["target"].to_list()
    claims = heard(facts).filter(pl.col("article_id").is_in(list(columns)), pl.col("subject").is_in([deal, *target]))
    stop = " ; " if lang == "fr" else "; "
    said: dict[tuple[str, str], dict[str, list[str]]] = {}
    for claim in claims.iter_rows(named=True):
        said.setdefault((claim["subject"], claim["property"]), {}).setdefault(claim["article_id"], []).append(
            wording.statement(claim, corpus, lang)
        )
    rows = [
        {"field": capital(corpus.label(prop, lang))}
        | {a: stop.join(dict.fromkeys(by[a])) if a in by else t["silent"] for a in columns}
        for (_, prop), by in sorted(said.items())
    ]
    return Table({"field": t["field"]} | columns, rows, lang=lang)


def tensions_table(facts: Facts, *, lang: str = "en") -> Table:
    """What the first articles contradict or leave unsaid, with how it was treated; `deals check` prints the rest.

    The last row counts what was checked and holds, or only grows more precise.
    """
    t, colon = HEADS[lang], " : " if lang == "fr" else ": "
    ids, seed = set(heard(facts)["id"]), set(facts.corpus.select("seed").claims["id"])
    found = [x for x in tensions(facts.corpus, lang) if seed.intersection(x.claims) and set(x.claims) <= ids]
    shown = sorted((x for x in found if x.verdict in ("conflict", "unsaid")), key=lambda x: x.verdict)
    rows = [
        {"kind": capital(wording.word("tension", x.kind, lang)), "detail": x.detail,
         "treatment": f"{capital(wording.word('verdict', x.verdict, lang))}{colon}{x.treatment}"}
        for x in shown
    ]  # fmt: skip
    if len(found) > len(shown):
        rows.append({"kind": t["rest"], "detail": t["holds"].format(n=len(found) - len(shown)), "treatment": ""})
    return Table({k: t[k] for k in ("kind", "detail", "treatment")}, rows, lang=lang)


def capital(text: str) -> str:
    """A label with a capital where it begins with a plain word; a name keeps its own.

    >>> capital("stake acquired"), capital("xAI")
    ('Stake acquired', 'xAI')
    """
    return text[:1].upper() + text[1:] if text[1:2].islower() or text[1:2] in "’' " else text


def field_label(corpus: Corpus, name: str, lang: str) -> str:
    """A field of a deal in words: its property, and whose it is where it is not the deal's own."""
    field = next((f for f in FIELDS if f.name == name), None)
    label = corpus.label(field.property if field else name, lang)
    return label if field is None or field.of == "deal" else f"{label} ({wording.word('party', field.of, lang)})"


def field_text(row: dict[str, Any], name: str, corpus: Corpus, lang: str) -> str:
    """A field of a deal with its range, or that it is not known."""
    value, unit, standing = row[name], row[f"{name}_unit"], row[f"{name}_standing"]
    if not standing:
        return HEADS[lang]["unknown"]
    if isinstance(value, str):
        return wording.day(value, lang) if name in DATES else wording.worded(value, corpus, lang)
    if value is None:
        return wording.interval(row[f"{name}_lo"], row[f"{name}_hi"], unit, lang)
    return wording.quantity(value, unit, lang)


def record_table(facts: Facts, deals: pl.DataFrame, *, deal: str, baseline: str, lang: str = "en") -> Table:
    """Both deals field by field, each with its standing; what no source gives is written as not known."""
    t, corpus = HEADS[lang], facts.corpus
    found = {row["deal_id"]: row for row in deals.iter_rows(named=True)}
    columns, rows = {"field": t["field"]}, []
    for key in (deal, baseline):
        columns |= {key: corpus.label(key, lang), f"{key} standing": t["standing"]}
    for name in NAMES:
        known = [found[key] for key in (deal, baseline) if key in found and found[key][f"{name}_standing"]]
        if name.startswith("price_") or not known:
            continue
        row = {"field": capital(field_label(corpus, name, lang))}
        for key in (deal, baseline):
            standing = found[key][f"{name}_standing"] if key in found else None
            row[key] = field_text(found[key], name, corpus, lang) if key in found else t["unknown"]
            row[f"{key} standing"] = wording.word("status", standing, lang) if standing else ""
        rows.append(row)
    return Table(columns, rows, lang=lang)


def measures_table(facts: Facts, measures: pl.DataFrame, *, deal: str, baseline: str, lang: str = "en") -> Table:
    """Every measure of both deals with its formula; a measure of an unknown fact is not known."""
    t, corpus, rows = HEADS[lang], facts.corpus, []
    found = {(row["deal_id"], row["measure"]): row for row in measures.iter_rows(named=True)}
    for name in dict.fromkeys(measures["measure"].to_list()):
        pair = {key: found.get((key, name)) for key in (deal, baseline)}
        if any(row and row["standing"] for row in pair.values()):
            formula = next(row["formula"] for row in pair.values() if row)
            texts = {key: _measure_text(row, lang) for key, row in pair.items()}
            rows.append({"measure": capital(wording.word("measure", name, lang)), "formula": formula} | texts)
    columns = {"measure": t["measure"], deal: corpus.label(deal, lang), baseline: corpus.label(baseline, lang)}
    return Table(columns | {"formula": t["formula"]}, rows, numbers=(deal, baseline), lang=lang)


def _measure_text(row: dict[str, Any] | None, lang: str) -> str:
    if row is None or not row["standing"]:
        return HEADS[lang]["unknown"]
    if row["value"] is None:
        return wording.interval(row["lo"], row["hi"], row["unit"], lang)
    return wording.quantity(row["value"], row["unit"], lang)
