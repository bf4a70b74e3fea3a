"""What `deals check` says: the rules of data/, each quote found again, the tensions; and memos held to today's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from analysis.articles import corpus as corpora
from analysis.articles.search import STATES
from analysis.errors import DataError

if TYPE_CHECKING:
    from analysis.articles.anchor import Checked


@dataclass
class Findings:
    """What was checked, as `deals check --json` writes it; `lines` say the same to a person."""

    articles: list[dict[str, Any]] = field(default_factory=list)
    tensions: list[dict[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memos: list[dict[str, Any]] | None = None
    lines: list[str] = field(default_factory=list)
    code: int = 0

    def json(self) -> dict[str, Any]:
        """`articles`, `tensions`, `errors`; and `memos` where some were given."""
        left_out = ("lines", "code") if self.memos is not None else ("lines", "code", "memos")
        return {name: value for name, value in asdict(self).items() if name not in left_out}


def check(
    memos: Sequence[Path] = (), *, texts: Path | None = None, root: Path | None = None, lang: str = "en"
) -> Findings:
    """Check data/, and with `texts` find every quote again; with memos, what they show and say.

    The exit code is 0 when all is well, 1 when evidence is lost or drifted or a memo is stale, 2 when a file of data/
    breaks a rule; tensions never change it.
    """
    found = Findings()
    try:
        corpus = corpora.load(root)
    except DataError as error:
        return Findings(errors=error.problems, lines=error.problems, code=2)
    if memos:
        from analysis.reports.memo_check import check_memos

        found.memos, found.lines, found.code = check_memos(list(memos), root=root)
    else:
        _check_evidence(found, corpus, texts)
        _check_tensions(found, corpus, lang)
    return found


def _check_evidence(found: Findings, corpus: corpora.Corpus, texts: Path | None) -> None:
    from analysis.articles.anchor import verify

    report = verify(corpus, texts)
    for article in report.articles:
        counts = {state: article.count(state) for state in STATES}
        found.articles.append(
            {"id": article.id, "claims": article.claims, "quotes": article.quotes, **counts,
             "quoted_share": article.quoted_share}
        )  # fmt: skip
        found.lines.append(_told(article, counts, given=texts is not None))
    others = corpus.articles.height - len(report.articles)
    rest = corpus.claims.height - sum(article.claims for article in report.articles)
    if others:
        found.lines.append(f"{others} pages of reference: {rest} claims, cited by publisher and address")
    found.lines += [f"{texts}/{name}: not a text of these articles" for name in report.unrecognised]
    found.lines += report.problems
    found.errors += report.problems
    found.code = 1 if report.problems else 0


def _told(article: Checked, counts: dict[str, int], *, given: bool) -> str:
    said = f"{article.id}: {article.claims} claims, {article.quotes} spans, {article.quoted_share:.1%} quoted"
    if not given:
        return said
    if article.file is None:
        return f"{said}; its text is absent"
    return f"{said}; {article.file}: " + ", ".join(f"{n} {state}" for state, n in counts.items())


def _check_tensions(found: Findings, corpus: corpora.Corpus, lang: str) -> None:
    from analysis.articles.wording import word
    from analysis.facts.tensions import tensions

    strains = tensions(corpus, lang)
    found.tensions += [msgspec.to_builtins(strain) for strain in strains]
    counts = Counter(s.verdict for s in strains)
    counted = ", ".join(f"{n} {word('verdict', verdict, lang)}" for verdict, n in counts.items())
    found.lines += ["", f"{len(strains)} tensions{' ' if lang == 'fr' else ''}: {counted}"]
    colon = " : " if lang == "fr" else ": "
    for s in strains:
        words = dict.fromkeys((word("verdict", s.verdict, lang), word("tension", s.kind, lang)))
        found.lines.append(f"  {', '.join(words)}{colon}{s.detail} — {s.treatment}")
