"""Reports: notebooks and parameters in, a folder that appears whole or not at all out."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.errors import DataError, one_of
from analysis.reports import warm
from analysis.reports.folder import MANIFEST, append, building, listed, locked, ours_or_empty, read_manifest, worded
from analysis.reports.grid import jobs_for, notebook_paths, rows_of
from analysis.reports.progress import Silent
from analysis.reports.run import ENGINES, Job, Outcome
from analysis.reports.unchanged import kept, keyed
from analysis.reports.work import executor_for, indexed, outcomes

FORMATS = ("ipynb", "html", "pdf", "docx")
DEFAULT_FORMATS = ("html", "ipynb")


def report(
    notebooks: Sequence[str] = (),
    *,
    parameters: Mapping[str, Any] | None = None,
    grid: Path | str | None = None,
    out: Path | str | None = None,
    formats: Sequence[str] = DEFAULT_FORMATS,
    jobs: int | None = None,
    engine: str | None = None,
    resume: bool = False,
    timeout: float | None = None,
    retries: int = 0,
    scheduler: str | None = None,
    executor: Executor | None = None,
    progress: Silent | None = None,
) -> list[Outcome]:
    """Run notebooks and write what they say.

    Without a grid the folder is replaced when all went well, and otherwise left as it was, the failed
    notebooks beside it in `<out>.failed/`. A grid writes run by run; failed notebooks are in `<out>/failed/`.

    Args:
        notebooks: names in `notebooks/` or paths; none means all.
        parameters: for all runs; text is read as the parameter's type.
        grid: a TOML, CSV or JSON file of runs.
        out: folder; `reports`, or `reports/<name of the grid>`.
        formats: of ipynb, html, pdf, docx; ipynb alone renders nothing.
        jobs: runs at a time; as many as there are processors.
        engine: warm or papermill; warm where the system can.
        resume: skip runs whose notebook, parameters, library and data are those of the last time.
        timeout: seconds a run may take. retries: further tries for a run that failed.
        scheduler: address of a Dask scheduler.
        executor: any other executor; the functions sent to it pickle.
        progress: told of all that happens.

    Returns:
        One outcome a run, in order.

    Raises:
        DataError: a parameter, a notebook, the grid or the folder is refused; nothing has run then.
    """
    for name in formats:
        if name not in FORMATS:
            raise DataError(f"--format: {one_of(name, FORMATS)}")
    engine = engine or ("warm" if warm.available() else "papermill")
    if engine not in ENGINES:
        raise DataError(f"--engine: {one_of(engine, ENGINES)}")
    grid = Path(grid) if grid is not None else None
    folder = Path(out or (Path("reports") / grid.stem if grid else "reports")).absolute()
    template = Job("", "", str(folder), formats=tuple(formats), engine=engine, timeout=timeout, retries=retries)
    rows = rows_of(grid) if grid else [{}]
    made = jobs_for(notebook_paths(notebooks), rows, common=parameters or {}, template=template, grid=grid)
    width = jobs or _processors()
    with contextlib.ExitStack() as open_until_the_end:
        if executor is None:
            executor, width = open_until_the_end.enter_context(executor_for(engine, width, scheduler))
        open_until_the_end.enter_context(locked(folder))
        told = progress or Silent()
        run_all = lambda some: outcomes(some, executor, width, told)  # noqa: E731
        try:
            return (_run_by_run if grid else _one_folder)(keyed(made), folder, run_all, told, resume=resume)
        finally:
            told.close()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


RunAll = Callable[[Sequence[Job]], Iterator[Outcome]]


def _one_folder(jobs: list[Job], out: Path, run_all: RunAll, told: Silent, *, resume: bool) -> list[Outcome]:
    """All runs in a new folder, which takes the place of the old one if none failed."""
    skipped = kept(jobs, read_manifest(out / MANIFEST), out) if resume else {}
    if len(skipped) == len(jobs):
        return [skipped[job.name] for job in jobs]
    failed = out.with_name(out.name + ".failed")
    made: dict[str, Outcome] = {}
    told.begin([job.name for job in jobs])
    with contextlib.suppress(_Failed), building(out) as new:
        here = [replace(job, out=str(new)) for job in jobs]
        longest_first = sorted(here, key=lambda job: -os.stat(job.notebook).st_size)
        made = {outcome.name: outcome for outcome in run_all(longest_first)}
        shutil.rmtree(failed, ignore_errors=True)
        if any(outcome.status == "failed" for outcome in made.values()):
            _keep_failed(new, failed, made.values())
            raise _Failed
        _finish(new, here, [made[job.name] for job in jobs])
    return [made[job.name] for job in jobs]


class _Failed(Exception):
    """A run failed: the new folder is not to take the old one's place."""


def _keep_failed(new: Path, failed: Path, outcomes: Iterable[Outcome]) -> None:
    if (new / "failed").is_dir():
        shutil.move(new / "failed", failed)
    for outcome in outcomes:
        outcome.files = [f"../{failed.name}/{Path(name).name}" for name in outcome.files if name.startswith("failed/")]


def _run_by_run(jobs: list[Job], out: Path, run_all: RunAll, told: Silent, *, resume: bool) -> list[Outcome]:
    """Each run in its place as soon as it is done; the manifest says which are."""
    ours_or_empty(out)
    with worded(out):
        out.mkdir(parents=True, exist_ok=True)
    _clear(out)
    before = read_manifest(out / MANIFEST)
    made = kept(jobs, before, out) if resume else {}
    told.begin([job.name for job in jobs], done=len(made))
    with worded(out):
        (out / MANIFEST).touch()
        for outcome in run_all([job for job in jobs if job.name not in made]):
            made[outcome.name] = outcome
            append(out / MANIFEST, outcome.record())
            if outcome.status == "ok":
                (out / "failed" / f"{outcome.name}.ipynb").unlink(missing_ok=True)
        ordered = [made[job.name] for job in jobs]
        old = listed(out, before)
        _clear(out)  # of workers that died
        _finish(out, jobs, ordered)
        for name in old - listed(out) - {f"failed/{o.name}.ipynb" for o in ordered}:
            (out / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (out / "failed").rmdir()
    return ordered


def _clear(out: Path) -> None:
    for left in out.glob(".*.part*"):
        left.unlink(missing_ok=True)


def _finish(out: Path, jobs: Sequence[Job], done: list[Outcome]) -> None:
    """The index, and the manifest in the order of the runs."""
    formats = jobs[0].formats
    if set(formats) - {"ipynb"}:
        done[0].files += indexed(jobs[0], out, done)
        if "ipynb" not in formats:
            for outcome in done:
                (out / f"{outcome.name}.ipynb").unlink(missing_ok=True)
                outcome.files = [name for name in outcome.files if name != f"{outcome.name}.ipynb"]
    lines = [json.dumps(outcome.record(), ensure_ascii=False, sort_keys=True) for outcome in done]
    part = out / f".{MANIFEST}.part"
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.replace(part, out / MANIFEST)
