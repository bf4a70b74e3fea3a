"""What is proposed from every labelled article, to the last field; a change of it shows here, for a person to approve.

`python -m tests.articles.test_proposed` stores the proposals again; look at the difference before it is committed. Whether they
are right is another matter, which the labels decide.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.articles.propose import propose

BENCH = Path(__file__).with_name("bench")
STORED = BENCH / "proposed"
PARTS = sorted(file.stem for file in BENCH.glob("*.toml"))


def proposed(part: str) -> Iterator[str]:
    """The headline of each article of a part, then a line for each proposal: what it says, and how it knows."""
    for article in tomllib.loads((BENCH / f"{part}.toml").read_text(encoding="utf-8"))["article"]:
        text = article["text"].strip()
        yield f"# {text.splitlines()[0]}"
        for p in propose(text, published=article["published"]).proposals:
            claim = p.to_json()
            number = f"{claim['lo']}..{claim['hi']}" if claim["value"] is None else claim["value"]
            said = [
                claim["start"],
                claim["property"],
                number,
                claim["unit"],
                claim["subject"],
                claim["object"],
                p.period,
            ]
            how = [claim["hedge"], claim["status"], "/".join(claim["by"]), p.stage, f"{claim['confidence']:g}"]
            yield " ".join("-" if word in (None, "") else str(word) for word in (*said, *how))


@pytest.mark.parametrize("part", PARTS)
def test_proposals_are_as_stored(part):
    """No property, amount, party, status, stage, source or confidence of a proposal changes without being seen."""
    assert list(proposed(part)) == (STORED / f"{part}.txt").read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    STORED.mkdir(exist_ok=True)
    for name in PARTS:
        (STORED / f"{name}.txt").write_text("".join(line + "\n" for line in proposed(name)), encoding="utf-8")
