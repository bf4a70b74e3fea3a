"""Findings: the numbers of a notebook that a memo may cite, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from analysis.errors import DataError

FIELDS = ("id", "value", "lo", "hi", "unit", "standing", "claims")


def _rounded(value: Any) -> Any:
    """Numbers as shown: ten significant digits, so that no platform's last bit moves a finding."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    short = float(f"{value:.10g}")
    return int(short) if short.is_integer() and abs(short) < 2**53 else short


class Findings(list[dict[str, Any]]):
    """The findings of a notebook: a list of rows, shown as text and as JSON.

    A row holds `id`, `value`, `lo`, `hi` [unit; null where unknown or open], `unit`, `standing`
    (null for a figure's reference) and `claims`, the ids it rests on.
    """

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"application/json": list(self), "text/plain": repr(self)}

    def __repr__(self) -> str:
        wide = max((len(row["id"]) for row in self), default=0)
        return "\n".join(f"{row['id']:<{wide}}  {_shown(row)}" for row in self) or "no finding"


def _shown(row: dict[str, Any]) -> str:
    """A row in one line: value, range, unit, standing."""
    if isinstance(row["value"], str):
        return row["value"]
    if row["value"] is None and row["lo"] is None and row["hi"] is None:
        return "unknown"
    value = "unknown" if row["value"] is None else f"{row['value']:.6g}"
    ends = ["…" if end is None else f"{end:.6g}" for end in (row["lo"], row["hi"])]
    return f"{value} [{ends[0]}, {ends[1]}] {row['unit'] or ''} ({row['standing']})"


def findings(rows: Iterable[dict[str, Any]], *, figures: Iterable[Any] = ()) -> Findings:
    """Gather a notebook's findings and the references of its figures.

    Args:
        rows: dicts with the fields of `Findings`; others are refused.
        figures: the notebook's figures; each adds a row whose value is its reference.

    Raises:
        DataError: two findings share an id, or a row lacks a field.
    """
    made = Findings()
    for row in rows:
        if set(row) != set(FIELDS):
            raise DataError(f"finding '{row.get('id')}': has {', '.join(row)}, a finding has {', '.join(FIELDS)}.")
        made.append({key: _rounded(row[key]) for key in FIELDS} | {"claims": sorted(row["claims"])})
    for figure in figures:
        made.append(dict.fromkeys(FIELDS) | {"id": figure.id, "value": figure.ref, "claims": sorted(figure.claims)})
    seen: set[str] = set()
    for row in made:
        if row["id"] in seen:
            raise DataError(f"finding '{row['id']}': stands twice, ids are unique. Rename one.")
        seen.add(row["id"])
    return made
