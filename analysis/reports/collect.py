"""The findings of many runs as one frame."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from analysis.errors import DataError, one_of
from analysis.reports.folder import MANIFEST, read_manifest

SUFFIXES = (".parquet", ".csv", ".json")


def collect(folder: Path | str) -> pl.DataFrame:
    """One row for each run and finding, in the order of the runs.

    Returns:
        `run`, `notebook`, one column for each parameter that was given (text; null where it was left at its
        default), then `id`, `value` [the finding's `unit`; null where it is text or unknown], `value_text`,
        `lo`, `hi` [unit; null where open], `unit`, `standing`, `claims`. A failed run has no row.

    Raises:
        DataError: the folder has no manifest, or none of its runs went well.
    """
    folder = Path(folder)
    if not (folder / MANIFEST).is_file():
        raise DataError(f"{folder}: has no {MANIFEST}, it is no folder of reports. Write one with deals report --out.")
    good = [record for record in read_manifest(folder / MANIFEST) if record.get("status") in ("ok", "skipped")]
    last = {record["name"]: record for record in good}
    keys = list(dict.fromkeys(key for record in last.values() for key in record["parameters"]))
    rows = [_row(record, finding, keys) for record in last.values() for finding in record["findings"]]
    if not rows:
        raise DataError(f"{folder}: no run has findings. A notebook's last cell, tagged `findings`, gives them.")
    kinds: dict[str, Any] = {"value": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "claims": pl.List(pl.String)}
    return pl.DataFrame(rows, schema={name: kinds.get(name, pl.String) for name in rows[0]}, orient="row")


def _row(record: Mapping[str, Any], finding: Mapping[str, Any], keys: list[str]) -> dict[str, Any]:
    given = record["parameters"]
    value = finding.get("value")
    return {
        "run": record["name"],
        "notebook": record["notebook"],
        **{f"parameter_{key}" if key in _FIELDS else key: _text(given.get(key)) for key in keys},
        "id": finding.get("id"),
        "value": _number(value),
        "value_text": value if isinstance(value, str) else None,
        "lo": _number(finding.get("lo")),
        "hi": _number(finding.get("hi")),
        "unit": finding.get("unit"),
        "standing": finding.get("standing"),
        "claims": list(finding.get("claims") or []),
    }


_FIELDS = {"run", "notebook", "id", "value", "value_text", "lo", "hi", "unit", "standing", "claims"}


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _text(value: Any) -> str | None:
    return None if value is None else ",".join(map(str, value)) if isinstance(value, list) else str(value)


def write(frame: pl.DataFrame, path: Path | str) -> Path:
    """Write the frame as Parquet, CSV (claims joined by spaces) or JSON, whole or not at all."""
    path = Path(path)
    if path.suffix not in SUFFIXES:
        raise DataError(f"{path}: suffix {one_of(path.suffix, SUFFIXES)}")
    part = path.with_name(f".{path.name}.part")
    try:
        if path.suffix == ".parquet":
            frame.write_parquet(part)
        elif path.suffix == ".json":
            frame.write_json(part)
        else:
            frame.with_columns(pl.col("claims").list.join(" ")).write_csv(part)
        part.replace(path)
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error}). Choose another file with -o.") from None
    finally:
        part.unlink(missing_ok=True)
    return path
