"""docs/performance.md, where the figures are kept between marks."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "performance.md"


def put(name: str, made: str) -> None:
    """Put what a benchmark printed between its marks."""
    begun, ended = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = DOCUMENT.read_text(encoding="utf-8")
    text, found = re.subn(f"{begun}.*{ended}", lambda _: f"{begun}\n{made}\n{ended}", text, flags=re.DOTALL)
    if not found:
        raise SystemExit(f"{DOCUMENT.name}: the marks of {name} are missing. Write {begun} and {ended}, a line each.")
    DOCUMENT.write_text(text, encoding="utf-8")
