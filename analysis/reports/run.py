"""Run one notebook with parameters: the executed notebook, whole, and what became of the run."""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import DataError, one_of
from analysis.figures.light import without_grammar
from analysis.reports.executed import findings_of, no_folders, without_traces, written
from analysis.reports.parameters import checked, load_notebook, parameters_of

ENGINES = ("warm", "papermill")
HERE = "here"  # inside a warm process: the cells run in this one
QUIET = ["--IPKernelApp.log_level=40"]
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_LINE = re.compile(r"Cell In\[(\d+)\], line (\d+)")
_held: dict[
    str, Any
] = {}  # in a warm process, which ends with its notebook: what papermill would have written, by its path


@dataclass(frozen=True)
class Job:
    """One run to make. All of it pickles and is JSON, so it can travel to another process or machine.

    `name` is the output's name without suffix, `out` the folder, `timeout` the seconds the notebook
    may take in all (null: no limit), `key` the hash that says whether a run has to be made again,
    `pictures` whether figures draw their static pictures while the cells run.
    """

    notebook: str
    name: str
    out: str
    parameters: dict[str, Any] = field(default_factory=dict)
    formats: tuple[str, ...] = ("ipynb",)
    engine: str = "papermill"
    timeout: float | None = None
    retries: int = 0
    key: str = ""
    pictures: bool = False


@dataclass
class Outcome:
    """What became of a run: `status` ok, failed or skipped; `files` relative to the job's folder.

    `error` is null or `{cell, line, ename, evalue}`: the number of the cell as the notebook shows it,
    and the line in it, null where neither is known. `findings` is the value of the findings cell.
    """

    name: str
    notebook: str
    parameters: dict[str, Any]
    status: str = "ok"
    seconds: float = 0.0
    attempts: int = 1
    key: str = ""
    files: list[str] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    error: dict[str, Any] | None = None
    notebook_path: str = ""

    def record(self) -> dict[str, Any]:
        """The run as a line of manifest.jsonl, without the path of this machine."""
        return {key: value for key, value in asdict(self).items() if key != "notebook_path"}


def job_for(
    notebook: Path | str, out: Path | str, *, parameters: dict[str, Any] | None = None, name: str = "", **options: Any
) -> Job:
    """A job whose parameters were held to the notebook's.

    Raises:
        DataError: the notebook cannot be read, or a parameter is unknown or has a value it cannot take.
    """
    path = Path(notebook).resolve()
    known = parameters_of(load_notebook(path))
    good = checked(parameters or {}, known, where=path.name)
    return Job(str(path), name or path.stem, str(Path(out).resolve()), good, **options)


def execute(job: Job, *, engine: str | None = None) -> Outcome:
    """Run a job's notebook in this process, through papermill, and write it to the job's folder.

    A good run appears as `<name>.ipynb`, a failed one as `failed/<name>.ipynb` with its outputs up to the
    failure; each is whole or not there.
    """
    with without_grammar():
        from papermill import PapermillException, execute_notebook
        from papermill.exceptions import PapermillExecutionError

    started = time.monotonic()
    outcome = Outcome(job.name, Path(job.notebook).name, job.parameters, key=job.key)
    out = Path(job.out)
    out.mkdir(parents=True, exist_ok=True)
    part = part_of(job)
    engine_name = {"papermill": None}.get(engine or job.engine, engine or job.engine)
    try:
        with _pictures(job.pictures):
            execute_notebook(
                _no_fields(job.notebook),
                _no_fields(part),
                parameters=job.parameters or None,
                engine_name=engine_name,
                progress_bar=False,
                request_save_on_cell_execute=engine_name != HERE,
                cwd=str(Path(job.notebook).parent),
                extra_arguments=list(QUIET),
                **_limits(job.timeout),
            )
    except PapermillExecutionError as error:
        outcome.error = _error_of(error.exec_count, error.ename, error.evalue, error.traceback)
    except (PapermillException, OSError) as error:
        if not (job.timeout and isinstance(error, TimeoutError)):  # nbclient's is an OSError by class
            part.unlink(missing_ok=True)
            raise
        outcome.error = {"cell": None, "line": None, "ename": "TimeoutError", "evalue": _too_long(job)}
    except Exception as error:  # the kernel died, hung or could not start: nbclient names each differently
        outcome.error = {"cell": None, "line": None, "ename": type(error).__name__, "evalue": str(error).split("\n")[0]}
    outcome.seconds = round(time.monotonic() - started, 3)
    return _keep(part, job, outcome)


def _too_long(job: Job) -> str:
    return f"took longer than {job.timeout or 0:g} s"


def _no_fields(path: Path | str) -> str:
    """A path as papermill wants it: it fills in `{…}`."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _limits(timeout: float | None) -> dict[str, Any]:
    """papermill knows a time-out a cell; ours is for the run, so that each cell gets what is left."""
    if timeout is None:
        return {}
    end = time.monotonic() + timeout
    return {"timeout_func": lambda cell: max(0.1, end - time.monotonic())}


def _keep(part: Path, job: Job, outcome: Outcome) -> Outcome:
    """Move the executed notebook to its place, without what belongs to this machine and this hour."""
    notebook = _taken(part)
    if notebook is None:
        outcome.status = "failed"
        return outcome
    outcome.status = "failed" if outcome.error else "ok"
    outcome.findings = findings_of(notebook)
    place = Path(job.out) / ("failed" if outcome.error else "") / f"{job.name}.ipynb"
    if outcome.error:
        place.parent.mkdir(exist_ok=True)  # never the folder of the run: where that has gone, the run has failed
    part.write_text(written(without_traces(notebook)), encoding="utf-8")
    os.replace(part, place)
    outcome.files = [str(place.relative_to(job.out))]
    return outcome


def _error_of(cell: int | None, ename: str, evalue: str, traceback: list[str]) -> dict[str, Any]:
    """Where and why a cell failed; the line is that of the cell, not of the library it called."""
    lines = [int(line) for number, line in _LINE.findall(_ANSI.sub("", "\n".join(traceback))) if int(number) == cell]
    return {"cell": cell, "line": lines[0] if lines else None, "ename": ename, "evalue": no_folders(evalue)}


def execute_here(job: dict[str, Any]) -> dict[str, Any]:
    """Run a job's notebook in this process, its cells included; for a warm process, which ends with it."""
    import papermill.execute
    import papermill.iorw
    from papermill.engines import papermill_engines

    from analysis.reports.engine import unfit
    from analysis.reports.shell import HereEngine

    papermill_engines.register(HERE, HereEngine)
    papermill.execute.write_ipynb = _put
    made = Job(**job)
    notebook = load_notebook(made.notebook)
    for cell in notebook["cells"]:
        if cell.get("outputs"):
            cell["outputs"] = []  # of the run before; papermill would read and check them, then clear them
    papermill.iorw.papermill_io.read = lambda path: json.dumps(notebook)
    kernel = notebook["metadata"].get("kernelspec", {}).get("name", "")
    return execute(made, engine="papermill" if unfit(kernel) else HERE).record()


def _put(notebook: Any, path: str) -> None:
    """Hold a notebook where papermill would write it, several times a run: `_keep` writes it, once."""
    if not (folder := Path(path).parent).is_dir():  # papermill says so on its next writing too
        raise FileNotFoundError(f"the folder being written, {folder.name}, doesn't exist any more")
    _held[path] = notebook


def _taken(part: Path) -> dict[str, Any] | None:
    """What papermill has written to a place, or was kept from writing there; null where there is nothing."""
    from nbformat.v4.rwbase import split_lines, strip_transient

    if (held := _held.pop(str(part), None)) is not None:
        return strip_transient(split_lines(held))
    return json.loads(part.read_bytes()) if part.exists() else None


def bury(job: dict[str, Any], done: list[dict[str, Any]], at: int, error: dict[str, str]) -> dict[str, Any]:
    """Write the notebook of a run whose process died: what it gave until then, and the failure at cell `at`."""
    import nbformat
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import raise_for_execution_errors

    made = Job(**job)
    part = part_of(made)
    notebook = execute_notebook(
        _no_fields(made.notebook), None, parameters=made.parameters or None, prepare_only=True, progress_bar=False
    )
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    for message in done:
        cell = notebook.cells[message["done"]]
        cell.outputs, cell.execution_count = nbformat.from_dict(message["outputs"]), message["execution_count"]
    count = 1 + max((cell.get("execution_count") or 0 for cell in notebook.cells), default=0)
    if notebook.cells[at].cell_type == "code":
        failure = nbformat.v4.new_output("error", **error, traceback=[f"{error['ename']}: {error['evalue']}"])
        notebook.cells[at].outputs, notebook.cells[at].execution_count = [failure], count
    outcome = Outcome(made.name, Path(made.notebook).name, made.parameters, key=made.key)
    outcome.error = {"cell": count, "line": None, **error}
    with contextlib.suppress(PapermillExecutionError):
        raise_for_execution_errors(notebook, str(part))
    return _keep(part, made, outcome).record()


@contextlib.contextmanager
def _pictures(wanted: bool) -> Iterator[None]:
    """Tell figures, also those in a kernel, whether to draw; drawing takes longer than all the rest of a run."""
    before = os.environ.get("DEALS_PICTURES")
    os.environ["DEALS_PICTURES"] = str(int(wanted))
    try:
        yield
    finally:
        os.environ.pop("DEALS_PICTURES")
        if before is not None:
            os.environ["DEALS_PICTURES"] = before


def part_of(job: Job) -> Path:
    """Where a job's notebook is written before it has its place."""
    return Path(job.out) / f".{job.name}.{os.getpid()}.part.ipynb"


def _execute_warm(job: Job, on_message: Callable[[dict[str, Any]], None]) -> Outcome:
    """Run a job in a fork of the warm parent; whatever becomes of the fork, an outcome and a notebook remain."""
    from analysis.reports import warm

    done: list[dict[str, Any]] = []
    at, late, started = 0, False, time.monotonic()

    def follow(message: dict[str, Any]) -> None:
        nonlocal at, late
        at, late = message.get("cell", at), late or "late" in message
        if "outputs" in message and "done" in message:
            done.append(message)
        on_message(message)

    Path(job.out).mkdir(parents=True, exist_ok=True)
    folder, limit = str(Path(job.notebook).parent), _too_long(job)
    try:
        record = warm.call(
            "analysis.reports.run:execute_here", job=asdict(job), timeout=job.timeout, cwd=folder, on_message=follow
        )
    except warm.Died as error:
        why = {"ename": "TimeoutError" if error.timed_out else "DeadKernelError"}
        why["evalue"] = limit if error.timed_out else f"the process {error}"
        record = warm.call("analysis.reports.run:bury", job=asdict(job), done=done, at=at, error=why, cwd=folder)
        for left in Path(job.out).glob(f".{job.name}.*.part.ipynb"):
            left.unlink(missing_ok=True)
    outcome = Outcome(**record)
    if late and outcome.error:
        outcome.error |= {"ename": "TimeoutError", "evalue": limit}
    outcome.seconds = round(time.monotonic() - started, 3)
    return outcome


def run(job: Job, on_message: Callable[[dict[str, Any]], None] = lambda message: None) -> Outcome:
    """Run a job by its engine, again after a failure as often as it allows.

    Args:
        job: of `job_for`, its parameters held to the notebook's.
        on_message: gets `{"cell": place, "of": cells}` when a cell begins, with the warm engine.
    """
    if job.engine not in ENGINES:
        raise DataError(f"engine {one_of(job.engine, ENGINES)}")
    for attempt in range(1, job.retries + 2):
        outcome = _execute_warm(job, on_message) if job.engine == "warm" else execute(job)
        outcome.attempts = attempt
        if outcome.status == "ok":
            break
    return outcome


def failure(outcome: Outcome) -> str:
    """A failed run in one line: which, where, why, and where its notebook is.

    >>> failure(Outcome("a", "a.ipynb", {}, error={"cell": 3, "line": 7, "ename": "KeyError", "evalue": "'x'"}))
    "a: cell 3, line 7: KeyError: 'x'"
    """
    error = outcome.error or {}
    where = "".join(f", {word} {error[word]}" for word in ("cell", "line") if error.get(word))
    kept = f" (see {outcome.files[0]})" if outcome.files else ""
    return f"{outcome.name}{where.replace(', cell', ': cell')}: {error.get('ename')}: {error.get('evalue')}{kept}"
