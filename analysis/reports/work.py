"""Jobs through an executor: threads, processes, a cluster, or any other of `concurrent.futures`."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from analysis.reports.executed import with_pictures, written
from analysis.reports.parameters import MISSING, load_notebook, parameters_of
from analysis.reports.progress import Silent
from analysis.reports.run import Job, Outcome, run


@contextlib.contextmanager
def executor_for(engine: str, jobs: int, scheduler: str | None) -> Iterator[tuple[Executor, int]]:
    """What runs the jobs, and how many it takes at a time.

    With the warm engine a thread a run is enough, the work is done in forks; papermill's own changes the
    working folder of its process, so that each run at a time needs one.
    """
    if scheduler:
        from analysis.reports.spread import cluster

        with cluster(scheduler) as spread:
            yield spread
    elif engine == "warm":
        with ThreadPoolExecutor(jobs) as threads:
            yield threads, jobs
    else:
        with _processes(jobs) as processes:
            yield processes, jobs


@contextlib.contextmanager
def _processes(jobs: int) -> Iterator[Executor]:
    """Processes that end with the command, however it ends; their temporary files go with them."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from tempfile import TemporaryDirectory

    fresh, others = multiprocessing.get_context("spawn"), multiprocessing.active_children()
    with (
        TemporaryDirectory(prefix="deals-") as folder,
        ProcessPoolExecutor(jobs, mp_context=fresh, initializer=_begin, initargs=(folder,)) as processes,
    ):
        try:
            yield processes
        except BaseException:
            for worker in set(multiprocessing.active_children()) - set(others):
                worker.kill()
            raise


def _begin(folder: str) -> None:
    """In a worker: end when the command has; a kernel ends when its worker is gone. Ctrl-C is for the command alone."""
    import tempfile
    from multiprocessing import parent_process

    def watch() -> None:
        if command := parent_process():
            command.join()
            os._exit(1)

    tempfile.tempdir = folder
    if hasattr(os, "setsid"):
        os.setsid()
    threading.Thread(target=watch, daemon=True).start()


def outcomes(jobs: Sequence[Job], executor: Executor, width: int, progress: Silent) -> Iterator[Outcome]:
    """The jobs' outcomes as they come; a few more jobs are handed over than can run at a time.

    When it is interrupted the runs at work are ended and the rest is dropped.
    """
    waiting = iter(jobs)
    at_work: dict[Future[Outcome], Job] = {}
    try:
        with _interrupt_held() as let_in:
            while True:
                while len(at_work) < 2 * width and (job := next(waiting, None)):
                    told = partial(progress.cell, job.name) if isinstance(executor, ThreadPoolExecutor) else None
                    at_work[executor.submit(work, job, told)] = job
                if not at_work:
                    return
                for future in wait(at_work, timeout=0.2, return_when=FIRST_COMPLETED).done:
                    job, error = at_work.pop(future), future.exception()
                    outcome = future.result() if error is None else _broken(job, error)
                    progress.ended(outcome)
                    yield outcome
                let_in()
    except BaseException:
        from analysis.reports import warm

        executor.shutdown(wait=False, cancel_futures=True)
        with warm.hung_up():
            executor.shutdown(wait=isinstance(executor, ThreadPoolExecutor))
        raise


@contextlib.contextmanager
def _interrupt_held() -> Iterator[Callable[[], None]]:
    """Keep Ctrl-C until it is let in: in the midst of handing over a job it would leave a thread that nobody knows."""
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return

    def let_in() -> None:
        if came:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield let_in
    finally:
        signal.signal(signal.SIGINT, before)


def _broken(job: Job, error: BaseException) -> Outcome:
    """The failed run of a job that could not be made, or whose worker died."""
    name, words = getattr(error, "kind", type(error).__name__), str(error)
    if "[Errno 28]" in words:
        words = "the disk is full. Free some space, then run again"
    where = {"cell": None, "line": None, "ename": name, "evalue": words}
    return Outcome(job.name, Path(job.notebook).name, job.parameters, status="failed", key=job.key, error=where)


def work(job: Job, told: Callable[[dict[str, Any]], None] | None = None) -> Outcome:
    """One job, run and rendered; a failure is an outcome, never an exception."""
    try:
        outcome = run(job, told or (lambda message: None))
        if outcome.status == "ok" and set(job.formats) - {"ipynb"}:
            outcome.files += _called(job, render_here, keep="render", job=asdict(job))
    except Exception as error:
        left = f"{job.name}.ipynb"
        outcome = replace(_broken(job, error), files=[left] if (Path(job.out) / left).exists() else [])
    outcome.notebook_path = job.notebook
    return outcome


def _called(job: Job, function: Callable[..., list[str]], /, *, keep: str = "", **given: Any) -> list[str]:
    """A function of this module, called in a warm process where the job has that engine, else here."""
    if job.engine != "warm":
        return function(**given)
    from analysis.reports import warm

    return warm.call(f"{__name__}:{function.__name__}", cwd=str(Path(job.notebook).parent), keep=keep, **given)


def render_here(job: dict[str, Any]) -> list[str]:
    """Draw the figures of a job's executed notebook and write its other formats, in this process."""
    from analysis.figures.figure import write_whole
    from analysis.reports.render import render

    made = Job(**job)
    out, notebook = Path(made.out), Path(made.notebook)
    executed = out / f"{made.name}.ipynb"
    write_whole(executed, written(with_pictures(load_notebook(executed))).encode())
    files = render(executed, notebook=notebook, formats=made.formats, out=out, lang=language(made))
    return sorted(str(path.relative_to(out)) for path in files)


def indexed(job: Job, out: Path, done: Sequence[Outcome]) -> list[str]:
    """Write the index of a folder's runs, and the pages that it leads to; returns their names."""
    return _called(job, index_here, out=str(out), done=[asdict(outcome) for outcome in done], lang=language(job))


def index_here(*, out: str, done: list[dict[str, Any]], lang: str) -> list[str]:
    """The index of a folder's runs, in this process."""
    from analysis.reports.render import index

    written = index(Path(out), [Outcome(**outcome) for outcome in done], lang=lang)
    return sorted(str(path.relative_to(out)) for path in written)


def language(job: Job) -> str:
    """A run's language: its parameter `lang`, else the notebook's default, else English."""
    if "lang" in job.parameters:
        return job.parameters["lang"]
    defaults = {p.name: p.default for p in parameters_of(load_notebook(job.notebook)) if p.default is not MISSING}
    return defaults.get("lang", "en")
