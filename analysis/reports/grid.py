"""Many runs from a file: what to run, under which names, and whether it has to be run again."""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.errors import DataError, nearest
from analysis.reports.parameters import Parameter, checked, load_notebook, parameters_of
from analysis.reports.run import Job

PACKAGE = Path(__file__).resolve().parents[1]
LONGEST = 120  # characters of an output's name
_OWN = ("notebook", "name")  # keys of a grid that are no parameters


def _is_report(path: Path) -> bool:
    """Whether a notebook has a cell tagged `findings`; others are there to explore."""
    return any("findings" in cell["metadata"].get("tags", []) for cell in load_notebook(path)["cells"])


def notebook_paths(names: Sequence[str], *, folder: Path | None = None, every: bool = False) -> list[Path]:
    """The notebooks that names stand for: a path, or a file of `notebooks/` without suffix.

    No name means each notebook with findings, or with `every` each there is.

    Raises:
        DataError: there is no such notebook; the message has the nearest.
    """
    folder = folder or home()
    known = {path.stem: path for path in sorted(folder.glob("*.ipynb"))} if folder else {}
    if not names:
        if not known:
            raise DataError(
                "deals report: no folder notebooks/ here with a notebook in it. Name a notebook by its path."
            )
        return [path for path in known.values() if every or _is_report(path)]
    found = []
    for name in names:
        path = Path(name)
        if path.suffix == ".ipynb" and path.is_file():
            found.append(path)
        elif path.stem in known and path.suffix in ("", ".ipynb") and path.parent == Path():
            found.append(known[path.stem])
        else:
            raise DataError(f"notebook '{name}': is not one of {', '.join(known)}.{nearest(path.stem, known)}")
    return found


def home() -> Path:
    """The folder of notebooks: of the working folder, else of the package's own project."""
    for base in (Path.cwd(), PACKAGE.parent):
        if (base / "notebooks").is_dir():
            return base / "notebooks"
    return Path.cwd() / "notebooks"


def rows_of(path: Path | str) -> list[dict[str, Any]]:
    """The runs that a grid file asks for, each a dict of parameters; before any is held to a notebook.

    TOML and JSON cross `key = [v1, v2]`, also in a table `[grid]`, and list `[[run]]` tables; a key with one value holds
    for all.
    CSV has one run a row; an empty field leaves the default.

    Raises:
        DataError: the file cannot be read, or asks for nothing.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".csv":
            rows = _csv_rows(text, path)
        elif path.suffix in (".toml", ".json"):
            import tomllib

            asked = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
            rows = _crossed({"run": asked} if isinstance(asked, list) else asked, path)
        else:
            raise DataError(f"{path}: is none of .toml, .csv, .json. Rename it by what it holds.")
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{path}: is not {path.suffix[1:].upper()} ({error}).") from None
    if not rows:
        raise DataError(f"{path}: asks for no run. Write `key = [v1, v2]` or a [[run]] table.")
    return rows


def _csv_rows(text: str, path: Path) -> list[dict[str, Any]]:
    reader = csv.DictReader(text.splitlines())
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise DataError(f"{path}:{reader.line_num}: has not as many fields as the first line names.")
        rows.append({key.strip(): value for key, value in row.items() if value != ""})
    return rows


def _crossed(asked: Any, path: Path) -> list[dict[str, Any]]:
    """The product of all lists, times the `[[run]]` tables."""
    if not isinstance(asked, dict):
        raise DataError(f"{path}: is neither a table nor a list of runs.")
    axes_of = asked.pop("grid", {})
    asked |= axes_of if isinstance(axes_of, dict) else {"grid": axes_of}
    runs = asked.pop("run", [{}])
    if not isinstance(runs, list) or not all(isinstance(run, dict) for run in runs):
        raise DataError(f"{path}: `run` is not a list of tables. Write [[run]] before each.")
    axes = [[(key, item) for item in (value if isinstance(value, list) else [value])] for key, value in asked.items()]
    return [{**dict(chosen), **run} for chosen in itertools.product(*axes) for run in runs]


def jobs_for(
    notebooks: Sequence[Path],
    rows: Iterable[Mapping[str, Any]],
    *,
    common: Mapping[str, Any],
    template: Job,
    grid: Path | None = None,
) -> list[Job]:
    """One job for each notebook and row, every parameter held to its notebook before anything runs.

    Args:
        notebooks: to run; a row that names its own `notebook` is run on that alone.
        rows: of a grid file, or one empty row.
        common: parameters for all; without a grid each goes to the notebooks that have it.
        template: all that the jobs have in common.
        grid: the file that the rows came from; names are then made from the parameters.

    Raises:
        DataError: parameters are refused, or two runs would have one name; every problem is listed.
    """
    read = {path: parameters_of(load_notebook(path)) for path in notebooks}
    _all_known(common, read)
    text = grid is not None and grid.suffix == ".csv"
    problems: list[str] = []
    jobs: list[Job] = []
    for number, row in enumerate(rows, 1):
        own = {key: value for key, value in row.items() if key not in _OWN}
        chosen = notebook_paths([str(row["notebook"])]) if "notebook" in row else list(read)
        for path in chosen:
            known = read[path] if path in read else read.setdefault(path, parameters_of(load_notebook(path)))
            where = f"run {number}: {path.stem}" if grid else path.stem
            names = {parameter.name for parameter in known}
            given = {key: value for key, value in common.items() if key in names}
            try:
                good = checked(given, known, where=where) | checked(own, known, where=where, text=text)
                name = _given_name(row, where) or (name_for(path.stem, good) if grid else path.stem)
                jobs.append(replace(template, notebook=str(path.resolve()), name=name, parameters=good))
            except DataError as error:
                problems += error.problems
    problems += _collisions(jobs)
    if problems:
        more = [f"… and {len(problems) - 20} more"] if len(problems) > 20 else []
        raise DataError(problems=problems[:20] + more)
    return jobs


def _all_known(common: Mapping[str, Any], read: Mapping[Path, Sequence[Parameter]]) -> None:
    names = {parameter.name for known in read.values() for parameter in known}
    problems = [
        f"{', '.join(path.stem for path in read)}: no parameter '{name}'; "
        f"there {'are' if names else 'is'} {', '.join(sorted(names)) or 'none'}.{nearest(name, names)}"
        for name in common
        if name not in names
    ]
    if problems:
        raise DataError(problems=problems)


def _given_name(row: Mapping[str, Any], where: str) -> str:
    name = str(row.get("name", ""))
    if name and not re.fullmatch(r"\w[\w.-]{0,119}", name):
        raise DataError(f"{where}: name '{name}': holds more than letters, digits, dots and hyphens.")
    return name


def name_for(stem: str, parameters: Mapping[str, Any]) -> str:
    """An output's name, from the parameters that were given.

    >>> name_for("deal_comparison", {"lang": "fr", "deal": "deal:meta-scale-ai-2025"})
    'deal_comparison.lang-fr.deal-meta-scale-ai-2025'
    """
    parts = []
    for key, value in parameters.items():
        text = "+".join(map(str, value)) if isinstance(value, list) else str(value)
        plain = unicodedata.normalize("NFKD", text.removeprefix(f"{key}:")).encode("ascii", "ignore").decode()
        parts.append(f"{key}-{re.sub(r'[^A-Za-z0-9+]+', '-', plain).strip('-') or 'empty'}")
    name = ".".join([stem, *parts])
    if len(name) > LONGEST:
        name = f"{name[: LONGEST - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return name


def _collisions(jobs: Sequence[Job]) -> list[str]:
    """Names that two runs share, also where a file system takes capitals and small letters for the same."""
    seen: dict[str, Job] = {}
    problems = []
    for job in jobs:
        other = seen.setdefault(job.name.casefold(), job)
        if other is not job:
            both = f"{_shown(other)} and {_shown(job)}"
            problems.append(f"output '{job.name}': two runs have this name, {both}. Give them a `name`, or drop one.")
    return problems


def _shown(job: Job) -> str:
    text = json.dumps(job.parameters, ensure_ascii=False)
    return text if len(text) <= 100 else text[:99] + "…"
