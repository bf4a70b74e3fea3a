"""What `deals read` and `deals propose` print."""

from __future__ import annotations

import json as json_
from collections import Counter
from pathlib import Path

from analysis.articles import edtf
from analysis.articles.document import read_text
from analysis.articles.quantities import Quantity, read
from analysis.errors import DataError


def told(file: Path, *, lang: str = "auto", published: str | None = None, json: bool = False) -> str:
    """An article's quantities: as JSON, or its text with each one in brackets, then a row for each."""
    _check_date(published)
    text = read_text(file, lang=lang)
    found = read(text, lang, published)
    if json:
        return json_.dumps([quantity.to_json() for quantity in found], ensure_ascii=False, indent=1)
    shown = marked(text, found)
    del text
    return "\n".join([shown, "", *map(_row, found)])


def marked(text: str, found: list[Quantity]) -> str:
    """The text with each quantity between brackets and its number: ⟦49 %⟧3."""
    out, cursor = [], 0
    for number, quantity in enumerate(found, 1):
        out += [text[cursor : quantity.start], "⟦", text[quantity.start : quantity.end], f"⟧{number}"]
        cursor = quantity.end
    return "".join([*out, text[cursor:]]).strip()


def _row(quantity: Quantity) -> str:
    row = quantity.to_json()
    value = (
        f"{row['lo']} to {row['hi']}"
        if row["hi"] is not None
        else "no value"
        if row["value"] is None
        else str(row["value"])
    )
    notes = [n for n in ("inherited" if quantity.inherited else "", quantity.note or "") if n]
    return f"{row['kind']:9} {' '.join(quantity.text.split())}: {value} {row['unit'] or ''} {row['hedge']} {'; '.join(notes)}".rstrip()


def proposed(file: Path, *, published: str | None = None, output: Path | None = None, json: bool = False) -> str:
    """An article's proposals as JSON; without it they are written to a file, and a line says where and how many."""
    import analysis
    from analysis.articles import text as texts
    from analysis.articles.propose import propose
    from analysis.articles.review import article_id, known_of, write_proposals

    _check_date(published)
    text = read_text(file)
    corpus = analysis.load()
    draft = propose(text, published=published, known=known_of(corpus))
    if json:
        return json_.dumps([proposal.to_json() for proposal in draft.proposals], ensure_ascii=False, indent=1)
    same = corpus.articles.filter(corpus.articles["text_sha256"] == texts.fingerprint(text))
    default = corpus.root / (same["file"][0] if same.height else f"data/articles/{article_id(draft)}.toml")
    target = output or default
    added = write_proposals(draft, text, target)
    kinds = Counter(proposal.property for proposal in draft.proposals)
    told_kinds = ", ".join(f"{count} {name}" for name, count in kinds.most_common())
    shown = target.relative_to(Path.cwd()) if target.is_absolute() and target.is_relative_to(Path.cwd()) else target
    return f"{shown}: {added} new of {len(draft.proposals)} proposed ({told_kinds})"


def _check_date(published: str | None) -> None:
    if published is not None:
        try:
            edtf.bounds(published)
        except DataError as error:
            raise DataError(f"--published {error}") from error
