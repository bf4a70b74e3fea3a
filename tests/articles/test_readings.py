"""What the reader makes of its tuned sentences, to the last field; a change of it shows here, for a person to approve.

`python -m tests.articles.test_readings` stores the readings again; look at the difference before it is committed.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from analysis.articles.propose import propose
from analysis.articles.quantities import read
from benchmarks import reading

BENCH = Path(__file__).with_name("bench")
STORED = BENCH / "readings.jsonl"
DAYS = ("2025-06-13", "2024-01-29", "2025")


def sentences() -> Iterator[tuple[str, str]]:
    """The language and text of each: those the bench is tuned on, and a list of wordings; none that is held out."""
    for row in reading.sentences("tuned"):
        yield row["lang"], row["text"]
    for lang in ("fr", "en"):
        for line in (BENCH / f"wordings-{lang}.txt").read_text(encoding="utf-8").splitlines():
            yield lang, line


def readings() -> Iterator[dict]:
    """Each sentence as read on its days, and each tuned article as proposed."""
    for lang, text in sentences():
        for day in DAYS:
            yield {"lang": lang, "day": day, "text": text, "read": [q.to_json() for q in read(text, lang, day)]}
    for article in tomllib.loads((BENCH / "articles.toml").read_text(encoding="utf-8"))["article"]:
        if not reading.held_out(article["text"]):
            made = [p.to_json() for p in propose(article["text"], published=article["published"]).proposals]
            yield {"day": article["published"], "text": article["text"].strip().splitlines()[0], "read": made}


def test_readings_are_as_stored():
    """No value, unit, hedge, date, place or note of a reading changes without being seen."""
    stored = [json.loads(line) for line in STORED.read_text(encoding="utf-8").splitlines()]
    found = json.loads(json.dumps(list(readings())))

    assert len(found) == len(stored)
    assert [new for new, old in zip(found, stored, strict=True) if new != old] == []


if __name__ == "__main__":
    STORED.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in readings()), encoding="utf-8")
