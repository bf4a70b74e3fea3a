"""Proposals as a file of data/articles/, for a person to edit: that editing is the review.

A file that is there already keeps all that it holds; what a person accepted, changed or rejected is not proposed again.
"""

from __future__ import annotations

import itertools
import os
import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from analysis.articles import text as texts
from analysis.articles.corpus import Corpus
from analysis.articles.names import slug
from analysis.articles.proposal import Draft, Known, Proposal
from analysis.articles.typography import flatten
from analysis.errors import DataError

MOST_QUOTED = 0.12  # of a text; the rule for data/ is 15 %


def known_of(corpus: Corpus) -> Known:
    """The names, deals and rounds that data/ declares."""
    names: dict[str, str] = {}
    deals: dict[tuple[str | None, str | None], str] = {}
    rounds: dict[tuple[str, str], str] = {}
    for row in corpus.subjects.iter_rows(named=True):
        id = row["id"]
        if row["type"] in {"org", "person", "product"}:
            for name in {row["label_en"], row["label_fr"], *(row["aliases"] or [])} - {None}:
                names[flatten(name).low] = id
        elif row["type"] == "deal":
            deals[row["acquirer"], row["target"]] = id
        elif row["type"] == "round" and (year := re.search(r"\d{4}$", id)):
            rounds[row["org"], year[0]] = id
    return Known(names, deals, rounds)


def waiting(corpus: Corpus) -> pl.DataFrame:
    """The proposed claims that wait for a decision, in file order."""
    return corpus.claims.filter(pl.col("review_state") == "proposed")


def article_id(draft: Draft) -> str:
    """An id for an article: who published it, when, and the deal it is about."""
    parties = [party.partition(":")[2] for party in draft.deal if party]
    day = (draft.published or "").split("/")[0]
    return "-".join(part for part in (slug(draft.publisher or "unidentified"), day, *parties) if part)


def write_proposals(draft: Draft, text: str, path: str | os.PathLike[str]) -> int:
    """Write a draft to a file of data/articles/, or add to the one there what it does not hold; how many were added.

    Raises:
        DataError: the file is there and holds another article.
    """
    target = Path(path)
    normal = texts.normalise(text)
    old = target.read_text(encoding="utf-8") if target.exists() else ""
    held = _parsed(old, target) if old else {}
    sha = texts.sha256(normal.text)
    article = held.get("article", {})
    if old and (not isinstance(article, dict) or article.get("text_sha256") not in (None, sha)):
        raise DataError(f"{target}: holds another article. Give another file with -o.")
    id = article.get("id") or target.stem
    claims = held.get("claim", [])
    taken = {claim.get("id") for claim in claims}
    fresh = [p for p in draft.proposals if not _is_held(p, claims, normal)]
    quoting = _within_budget(fresh, claims, normal.text)
    blocks = []
    for proposal in fresh:
        name = _claim_id(id, proposal, taken)
        blocks.append((_place(proposal, normal)[0], _block(proposal, name, normal, quote=quoting)))
    head = old or _head(draft, id, sha, len(normal.text))
    _replace_file(target, _merged(head, blocks))
    return len(fresh)


def _parsed(old: str, target: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(old, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{target}: not valid TOML: {error}. Correct it, then propose again.") from error


def _place(proposal: Proposal, normal: texts.Normalised) -> tuple[int, int]:
    """The proposal's own words in the normalised text: first character and one past the last."""
    first = max(0, bisect_right(normal.offsets, proposal.start) - 1)
    last = bisect_right(normal.offsets, proposal.end - 1)
    return first, max(first + 1, min(last, len(normal.text)))


def _is_held(proposal: Proposal, claims: list[dict[str, Any]], normal: texts.Normalised) -> bool:
    """Whether a file has the claim: the same said of the same, or the same words at the same place, however edited."""
    start, end = _place(proposal, normal)
    said = {name: getattr(proposal, name) for name in ("property", "subject", "object", "value", "lo")}
    named = proposal.value is None or isinstance(proposal.value, str)  # one name may carry several claims
    for claim in claims:
        if all(claim.get(name) == value for name, value in said.items()):
            return True
        if named and claim.get("property") != proposal.property:
            continue
        for span in claim.get("evidence", []):
            first, size = span.get("start", start), span.get("len", end - start)
            same_words = span.get("quote") == texts.fold(proposal.quote) or (first, size) == (start, end - start)
            if same_words and first <= start < first + size:
                return True
    return False


def _within_budget(fresh: Iterable[Proposal], claims: list[dict[str, Any]], text: str) -> bool:
    """Whether all quotes together stay a short quotation; else the places alone are written."""
    quoted = sum(len(p.quote) for p in fresh) + sum(
        len(e.get("quote", "")) for c in claims for e in c.get("evidence", [])
    )
    return quoted < MOST_QUOTED * len(text)


def _claim_id(article: str, proposal: Proposal, taken: set[str | None]) -> str:
    stem = f"{article}-{proposal.property.replace('_', '-')}"
    name = next(n for i in itertools.count(1) if (n := stem if i == 1 else f"{stem}-{i}") not in taken)
    taken.add(name)
    return name


def _head(draft: Draft, id: str, sha: str, chars: int) -> str:
    lines = [
        '# Proposed claims. To accept one write state = "accepted", correct what is wrong; to refuse it write "rejected".',
        "# What it names must be declared in data/ by then: subjects.toml, sources.toml, properties.toml.",
    ]
    new = sorted({i for p in draft.proposals for i in (p.subject, p.object) if i})
    lines += [f"#   {i}" for i in new]
    lines += ["", "[article]", f"id = {_toml(id)}"]
    lines += [f"publisher = {_toml(draft.publisher)}"] if draft.publisher else []
    lines += [f"lang = {_toml(draft.lang)}"]
    lines += [f"published = {_toml(draft.published)}"] if draft.published else []
    return "\n".join([*lines, f'text_sha256 = "{sha}"', f"text_chars = {chars}", ""])


def _block(p: Proposal, id: str, normal: texts.Normalised, *, quote: bool) -> str:
    """One claim under a comment with its words and what the proposal rests on."""
    start, end = _place(p, normal)
    span = f'start = {start}, len = {end - start}, sha = "{texts.short_sha(normal.text[start:end])}"'
    span += f", quote = {_toml(texts.fold(p.quote))}" if quote else ""
    fields: dict[str, Any] = {
        "id": id,
        "subject": p.subject,
        "property": p.property,
        "object": p.object,
        "value": p.value,
    }
    fields |= {"lo": p.lo, "hi": p.hi, "unit": p.unit, "hedge": None if p.hedge == "exact" else p.hedge}
    fields |= {"basis": "unstated" if p.property in {"price", "valuation", "previous_valuation"} else None}
    fields |= {"period": p.period, "status": p.status, "stage": p.stage, "by": list(p.by)}
    lines = [f"# {texts.fold(p.quote)} ({p.confidence}: {p.reason})", "[[claim]]"]
    lines += [f"{name} = {_toml(v)}" for name, v in fields.items() if v is not None]
    return "\n".join([*lines, f"evidence = [{{ {span} }}]", 'review = { state = "proposed" }', ""])


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, Decimal | int):
        return f"{int(value):_}" if value == int(value) else f"{value:f}"
    return (
        '"'
        + "".join(c if c >= " " and c != "\x7f" else " " for c in str(value)).replace("\\", "\\\\").replace('"', '\\"')
        + '"'
    )


def _merged(head: str, blocks: list[tuple[int, str]]) -> str:
    """The text of a file with new claims put in reading order among those it has, each with the comment above it."""
    first, *held = re.split(rf"(?m)^(?=(?:#[^\n]*{_JOIN})?\[\[claim\]\])", _together(head))
    placed, last = [], 0
    for part in held:
        start = re.search(r"\bstart\s*=\s*(\d+)", part)
        last = int(start[1]) if start else last
        placed.append((last, part))
    ordered = sorted([*placed, *blocks], key=lambda item: item[0])
    return "\n".join(part.strip("\n").replace(_JOIN, "\n") + "\n" for part in (first, *(part for _, part in ordered)))


_JOIN = "\x1e"


def _together(text: str) -> str:
    """The comment lines above a claim tied to it, so that a split never parts them."""
    return re.sub(r"(?m)^((?:#[^\n]*\n)+)(?=\[\[claim\]\])", lambda m: m[1].replace("\n", _JOIN), text)


def _replace_file(target: Path, content: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        beside.write_text(content, encoding="utf-8")
        os.replace(beside, target)
    except OSError as error:
        raise DataError(f"{target}: cannot be written ({error.strerror}). Give another file with -o.") from error
