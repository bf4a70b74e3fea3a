"""The checks that a mutant has to pass: each gives one line a problem, and what is new against the data is a catch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from analysis.articles import corpus as corpora
from analysis.articles.search import search
from analysis.articles.text import fold, locate
from analysis.errors import DataError
from analysis.facts.facts import Facts
from analysis.facts.resolve import resolve
from analysis.facts.study import as_of_day, study
from analysis.facts.tensions import tensions
from analysis.figures import FIGURES
from analysis.figures.answers import FINDINGS
from analysis.reports.parameters import checked, parameters_of
from tests.facts.test_reference_computed import EXPECTED
from tests.trust.words import against_table, against_words
from tests.trust.world import NOTEBOOKS, ROOT, World

FIELDS = ("value", "lo", "hi", "unit", "standing")


@dataclass
class Case:
    """A world on its way through the checks; what one computes, the next takes."""

    world: World
    _corpus: Any = None
    _facts: dict[tuple, Facts] = field(default_factory=dict)

    @property
    def corpus(self) -> corpora.Corpus:
        if self._corpus is None:
            self._corpus = self.world.corpus()
        return self._corpus

    def facts(self, **params: Any) -> Facts:
        key = tuple(sorted((k, str(v)) for k, v in params.items()))
        if key not in self._facts:
            self._facts[key] = resolve(self.corpus, **params)
        return self._facts[key]


def validation(case: Case) -> Iterable[str]:
    """The rules of data/."""
    return list(case.world.checked())


def anchoring(case: Case) -> Iterable[str]:
    """Each span is at its place in the article's text, with its hash, and its quote is in it."""
    yield from _corrected(case)
    for record in case.world.contents.of("article"):
        text = case.world.texts.get(record.item.id)
        if text is None:
            continue
        if record.item.text_chars != len(text):
            yield f"{record.item.id}: text_chars is not the text's length"
        spans = [
            {"claim_id": claim.id, "start": e.start, "len": e.len, "sha": e.sha, "quote": e.quote}
            for claim in (r.item for r in case.world.contents.of("claim"))
            if claim.article == record.item.id
            for e in claim.evidence
        ]
        for at, span in enumerate(search(spans, fold(text))):
            if span.state != "exact":
                yield f"{span.claim}/{at}: {span.state}"


def _corrected(case: Case) -> Iterable[str]:
    """What a correction was made for stands in its article's text."""
    for record in case.world.contents.of("correction"):
        fix = record.item
        text = case.world.texts.get(fix.article or "")
        if text is not None and isinstance(fix.found, str) and not locate(fix.found, text):
            yield f"{fix.article}: {fix.field}: what it corrects is not there"


def words(case: Case) -> Iterable[str]:
    """What the reader finds in the words of the evidence is what the claim says."""
    return [_place(line) for line in against_words(case.world)]


def table(case: Case) -> Iterable[str]:
    """A claim of reference, a consumer price: what their tables say."""
    return [_place(line) for line in against_table(case.world)]


def _place(line: str) -> str:
    """Claim and field: a field that disagrees already cannot be caught by disagreeing otherwise."""
    return ": ".join(line.split(": ")[:2])


def conflicts(case: Case) -> Iterable[str]:
    """The contradictions among claims."""
    return [f"{t.kind}: {' '.join(t.claims)}" for t in tensions(case.corpus) if t.verdict == "conflict"]


def recomputed(case: Case) -> Iterable[str]:
    """Our formulas give the numbers of the table."""
    facts = case.facts().frame.explode("support").filter(~_unresolved())
    values = dict(facts.select("support", "value").iter_rows())
    for claim, (number, decimals) in EXPECTED.items():
        value = values.get(claim)
        if value is None or round(value, decimals) != number:
            yield f"{claim}: {value}"
    for record in case.world.contents.of("claim"):
        claim = record.item
        if claim.property.startswith("price_constant") and claim.formula and claim.note:
            series = {index for key, index in case.world.given_prices.items() if key[0] in claim.note}
            if not set(re.findall(r"\d+\.\d+", claim.formula)) <= series:
                yield f"{claim.id}: an index of its formula is not the Bureau's"


def _unresolved() -> Any:
    import polars as pl

    return pl.col("standing") == "unresolved"


def findings(case: Case) -> Iterable[str]:
    """The notebooks' findings and their figures' references, as nbval holds them to what is stored."""
    for notebook in NOTEBOOKS:
        params = dict(case.world.defaults[notebook])
        for line in _moved(notebook, params, case):
            yield f"{notebook}: {line}"


def _moved(notebook: str, params: dict[str, Any], case: Case) -> Iterable[str]:
    own = {k: v for k, v in params.items() if k in ("deal", "baseline", "dollars", "supplier", "scenario")}
    shared = {k: params[k] for k in ("policy", "scope")} | {"as_of": as_of_day(params["as_of"])}
    facts = case.facts(**shared, articles=params["articles"] or None)
    drawn = [_draw(function, facts, params) for function, name in FIGURES.values() if name == notebook]
    made = {row["id"]: row for row in FINDINGS[notebook](facts, figures=drawn, **own)}
    stored = {row["id"]: row for row in case.world.stored[notebook]}
    for id in {*made, *stored}:
        if made.get(id) != stored.get(id):
            yield f"{id}"


def _draw(function: Callable[..., Any], facts: Facts, params: dict[str, Any]) -> Any:
    taken = function.__kwdefaults__ or {}
    return function(facts, **{name: value for name, value in params.items() if name in taken})


CHECKS: tuple[Callable[[Case], Iterable[str]], ...] = (
    validation, anchoring, words, table, conflicts, recomputed, findings,
)  # fmt: skip


def caught_by(world: World, baseline: dict[str, set[str]]) -> str | None:
    """The first check that finds a problem which the data have not; an error is a catch of the check it arises in."""
    case = Case(world)
    for check in CHECKS:
        try:
            found = set(check(case))
        except Exception:
            return check.__name__
        if _new(check.__name__, found, baseline[check.__name__]):
            return check.__name__
    return None


def _new(check: str, found: set[str], known: set[str]) -> bool:
    """Whether a problem is new; a conflict among fewer claims than before is not."""
    if check != "conflicts":
        return bool(found - known)
    before = [(line.split(": ")[0], set(line.split(": ")[1].split())) for line in known]
    now = [(line.split(": ")[0], set(line.split(": ")[1].split())) for line in found - known]
    return any(not any(kind == k and claims <= c for k, c in before) for kind, claims in now)


def baseline_of(world: World) -> dict[str, set[str]]:
    """What each check finds in the data as they are."""
    case = Case(world)
    return {check.__name__: set(check(case)) for check in CHECKS}


def parameter_caught(world: World, notebook: str, name: str, value: Any, stored: set[str]) -> str | None:
    """The check that sees another default of a parameter: the cell's own rules, the study's, or the findings."""
    try:
        known = parameters_of(ROOT / "notebooks" / f"{notebook}.ipynb")
        checked({name: value}, known, where=notebook, text=False)
        params = world.defaults[notebook] | {name: value}
        study(**params, root=ROOT)
    except DataError:
        return "validation"
    moved = {f"{notebook}: {line}" for line in _moved(notebook, params, Case(world))}
    return "findings" if moved - stored else None
