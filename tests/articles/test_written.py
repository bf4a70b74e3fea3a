"""What is written for a person, to the last character: amounts, dates, ranges, and a file of proposals.

`python -m tests.articles.test_written` stores it again; look at the difference before it is committed.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from analysis.articles import wording
from analysis.articles.numerals import press_unit, quotes_number, written_unit
from analysis.articles.propose import propose
from analysis.articles.quantities import read
from analysis.articles.reading import marked
from analysis.articles.review import write_proposals
from analysis.articles.text import fold, locate, normalise, sentence_at
from analysis.errors import DataError
from benchmarks import reading

BENCH = Path(__file__).with_name("bench")
STORED = BENCH / "written.jsonl"
VALUES = [0, 1, 2, 0.5, 1.5, 2.101449, 12, 49, 65.265, 100, 999, 1_000, 1_234.5, 9_999, 54_321, 870e6, 999_499_999, 1e9, 14.3e9, 164.5e9,
          1.72e12, -0.11, -3.2, -138e6]  # fmt: skip
UNITS = [
    "USD",
    "EUR",
    "GBP",
    "percent",
    "points",
    "multiple",
    "people",
    "users",
    "shares",
    "rank",
    "years",
    "months",
    "facts",
    None,
]
DATES = ["2025-06-12", "2025-06-01", "2025-06", "2025", "2014-02-19/2014-02-20", "2024-10/2024-12", "2025-12-30/2026-01-02", "2019/2023",
         "2025-01/2025-06", "2025-06-10/2025-06-12", "2024-12/2025-02"]  # fmt: skip
RANGES = [
    (14.25e9, 14.35e9),
    (None, 50),
    (48.5, 49.5),
    (29e9, None),
    (2, 2),
    (60e9, 65e9),
    (None, None),
    (0, 0),
    (0.9, 1.1),
    (11, 12),
    (199.5e6, 2e9),
]
PLAIN = "Un pari, dit-elle. M. Roy a payé 14,3 milliards ! « Vraiment ? » demande-t-on… Oui : 14 milliards, ou 4,3. Fin du texte."
QUOTED = [("14,3 milliards", 14_300_000_000), ("14,3 milliards", 14_000_000_000), ("49 %", 49), ("deuxième", 2), ("plus que doublée", 2),
          ("1 234 567 euros", 1_234_567), ("$1.25m", 1_250_000), ("une dizaine", 10), ("half", 50), ("2.000.000", 2_000_000), ("13", 3)]  # fmt: skip


def articles() -> Iterator[tuple[str, str]]:
    """The bench's first two articles that are not held out, one a language."""
    for article in tomllib.loads((BENCH / "articles.toml").read_text(encoding="utf-8"))["article"][:2]:
        if not reading.held_out(article["text"]):
            yield article["text"], article["published"]


def written() -> Iterator[list]:
    """A name and what is written for it."""
    for lang in ("en", "fr"):
        for unit in UNITS:
            yield [f"{unit} {lang}", [_or_refusal(wording.quantity, value, unit, lang) for value in VALUES]]
            yield [f"range {unit} {lang}", [_or_refusal(wording.interval, lo, hi, unit, lang) for lo, hi in RANGES]]
        yield [
            f"digits {lang}",
            [_or_refusal(wording.money, 14_321_000_000, "USD", lang, digits) for digits in range(4)],
        ]
        for short in (False, True):
            yield [
                f"dates {lang} {short}",
                [_or_refusal(lambda d, s=short, lang=lang: wording.day(d, lang, short=s), d) for d in DATES],
            ]
    yield ["press units", [str(press_unit(_decimal(v))) for v in VALUES]]
    yield ["written units", [str(written_unit(quote, _decimal(value))) for quote, value in QUOTED]]
    yield ["quoted", [quotes_number(quote, _decimal(value)) for quote, value in QUOTED]]
    flat = fold(PLAIN)
    yield ["sentences", [flat[slice(*sentence_at(flat, at, at + 1))] for at in range(0, len(flat), 7)]]
    yield ["places", [locate(word, flat) for word in ("14", "14,3", "4,3", "milliards", "pari", "")]]
    back = normalise(" \u00a0Cafe\u0301\u200b  noir\u2019\n\n« oui »  ")
    yield ["way back", [back.text, back.offsets]]
    for number, (text, day) in enumerate(articles()):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "proposed.toml"
            draft = propose(text, published=day)
            counts = [write_proposals(draft, text, path), write_proposals(draft, text, path)]
            yield [f"file {number}", counts, path.read_text(encoding="utf-8").splitlines()]
        yield [f"marked {number}", marked(text, read(text, "auto", day)).splitlines()]


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))


def _or_refusal(function: Callable[..., str], *given: object) -> str:
    try:
        return function(*given)
    except (DataError, ValueError, TypeError) as error:
        return type(error).__name__


def test_what_is_written_stays():
    """No amount, date, range, sentence, proposal or mark is written otherwise than stored without being seen."""
    stored = [json.loads(line) for line in STORED.read_text(encoding="utf-8").splitlines()]
    found = json.loads(json.dumps(list(written())))

    assert [new for new, old in zip(found, stored, strict=True) if new != old] == []


if __name__ == "__main__":
    STORED.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in written()), encoding="utf-8")
