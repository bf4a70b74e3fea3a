"""The warm engine gives papermill's outputs, keeps runs apart, ends them for certain, never serves stale code."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import papermill
import pytest

from analysis.errors import DataError
from analysis.reports import preload, warm
from analysis.reports.run import job_for, run

pytestmark = pytest.mark.skipif(not warm.available(), reason="forks warm processes on Linux only")

CELLS = [
    'print("a"); print("b")',
    'import sys\nprint("out"); print("err", file=sys.stderr); print("out again")',
    'print("x", flush=True); print("y")',
    "1 + 1",
    "_, In[1]",
    'from IPython.display import HTML, Markdown, clear_output, display\ndisplay(HTML("<b>x</b>"), metadata={"m": 1})',
    'first = display("first", display_id="one"); print("between"); first.update("second")',
    'first.update({"third": 1}); "an update reaches an earlier cell"',
    'print("gone"); clear_output(); print("stays")',
    'print("gone"); clear_output(wait=True); print("stays")',
    '"quiet";',
    'import os, time\nprint("before"); sys.stdout.flush(); os.system("echo from a child; echo and its errors >&2"); time.sleep(1)',
    "!echo shell; exit 3",
    'import warnings\nwarnings.warn("careful")',
    'import asyncio\nawait asyncio.sleep(0.01)\nprint("awaited")',
    "asyncio.get_running_loop().is_running()",
    'float("nan"), {1: (2, 3)}',
    "class Rich:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    '        return {"application/json": {"a": (1, 2)}, "text/plain": "rich"}, {"m": 1}\nRich()',
    'class Picture:\n    def _repr_png_(self): return b"\\x89PNG"\nPicture.__repr__ = lambda self: "P"\nPicture()',
    'class Bad:\n    def __repr__(self): raise ValueError("bad repr")\nBad()  ## raises-exception',
    'print("before"); 1 / 0  ## raises-exception',
    'def f():\n    g()\ndef g():\n    raise KeyError("deep")\nf()  ## raises-exception',
    "x = = 1  ## raises-exception",
    'input("?")  ## raises-exception',
    "raise SystemExit(3)  ## raises-exception",
    "%%html\n<i>hi</i>",
    "%%bash\necho bash",
    "%no_such_magic  ## raises-exception",
    'import time\nprint("one"); time.sleep(0.4); print("two"); time.sleep(0.4); print("late", file=sys.stderr)',
    'import threading\nt = threading.Thread(target=lambda: print("thread")); t.start(); t.join()',
    'import polars as pl\npl.DataFrame({"a": [1, None], "b": ["x", "y"]})',
    '"skipped"  ## skip-execution',
    "   ",
    'try:\n    1 / 0\nexcept Exception as error:\n    raise ValueError("second") from error  ## raises-exception',
    '__name__, "__file__" in globals(), get_ipython().execution_count',
    'print("é € 漢 \\x1b[31mred\\x1b[0m \\r over")',
    'raise ExceptionGroup("group", [KeyError(1), ValueError(2)])  ## raises-exception',
    'import subprocess\ncode = subprocess.run(["echo", "direct"]).returncode; time.sleep(1); code',
    '%%capture caught\nprint("captured")',
    "caught.stdout",
    'os.path.basename(os.getcwd()) != "", sys.path.count("")',
    'async def boom():\n    raise RuntimeError("async")\nawait boom()  ## raises-exception',
    'sorted(name for name in dir() if not name.startswith("_"))',
    "sys.stdout.isatty(), sys.stderr.writable(), sys.stdout.name",
    "try:\n    sys.stdout.write(3)\nexcept TypeError as error:\n    print(error)",
    'print("last", end="")',
]


def outputs(path: Path) -> list[str]:
    """A line for each cell: source, count, outputs, without the number of the process in file names."""
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    lines = [json.dumps([c.source, c.get("execution_count"), c.get("outputs")], sort_keys=True) for c in cells]
    return [re.sub(r"ipykernel_\d+/\d+", "ipykernel", line) for line in lines]


def streams(line: str) -> dict[str, list[str]]:
    """The lines of each stream: a kernel reads what subprocesses write by threads, in any order and pieces, and soon after."""
    found: dict[str, list[str]] = {}
    for output in json.loads(line)[2]:
        key = output.get("name", output["output_type"])
        found[key] = found.get(key, []) + output.get("text", json.dumps(output, sort_keys=True)).splitlines()
    return {key: sorted(filter(None, lines)) for key, lines in found.items()}


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> tuple[list[str], list[str], Path]:
    """One notebook of many kinds of output, run by papermill's engine and by ours."""
    folder = tmp_path_factory.mktemp("both")
    cells = [nbformat.v4.new_code_cell("n: int = 3", metadata={"tags": ["parameters"]})]
    for source, _, tag in (cell.partition("  ## ") for cell in CELLS):
        cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": [tag]} if tag else {}))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / "nb.ipynb")
    made = []
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # a kernel that sees it does not watch its file descriptors
    for engine in (None, "warm"):
        out = folder / f"{engine}.ipynb"
        with pytest.raises(papermill.PapermillExecutionError):  # papermill minds errors that a tag allows
            papermill.execute_notebook(folder / "nb.ipynb", out, {"n": 4}, engine_name=engine, progress_bar=False)
        made.append(outputs(out))
    return made[0], made[1], folder


@pytest.mark.parametrize("place", range(len(CELLS)))
def test_a_cell_gives_what_papermill_gives(both, place):
    """Streams, displays, updates, results, errors and counts are papermill's own, cell by cell."""
    theirs, ours, _ = both
    shape = streams if "echo" in CELLS[place] else str

    assert shape(ours[place + 2]) == shape(theirs[place + 2])


def test_the_notebook_is_papermills_too(both):
    """The same cells and metadata, papermill's own times and parameters included."""
    theirs, ours, folder = both
    first, second = (nbformat.read(folder / f"{engine}.ipynb", 4) for engine in (None, "warm"))

    assert len(ours) == len(theirs)
    assert first.metadata.language_info == second.metadata.language_info
    assert set(first.metadata.papermill) == set(second.metadata.papermill)
    assert all(set(a.metadata) == set(b.metadata) for a, b in zip(first.cells, second.cells, strict=True))


def test_a_failing_cell_stops_papermill_as_ever(notebook, tmp_path):
    """papermill raises its own error and writes the notebook with its own marks."""
    path = notebook('print("seen")', "1 / 0", 'print("never")')
    with pytest.raises(papermill.PapermillExecutionError) as caught:
        papermill.execute_notebook(path, tmp_path / "out.ipynb", engine_name="warm", progress_bar=False)

    made = nbformat.read(tmp_path / "out.ipynb", 4)
    assert caught.value.ename == "ZeroDivisionError"
    assert [cell.outputs for cell in made.cells if cell.cell_type == "code"][-2:] == [[], []]


def test_a_cell_that_takes_too_long_is_papermills_time_out(notebook, tmp_path):
    """papermill's --execution-timeout holds for each cell, also one that ignores an interrupt."""
    from nbclient.exceptions import CellTimeoutError

    path = notebook("import time\ntime.sleep(60)")
    with pytest.raises(CellTimeoutError):
        papermill.execute_notebook(
            path, tmp_path / "out.ipynb", engine_name="warm", progress_bar=False, execution_timeout=1
        )


def test_a_kernel_that_is_not_this_python_is_left_to_papermill(monkeypatch):
    """Another kernel, or an IPython with settings of its own, cannot be had by forking this one."""
    from analysis.reports.engine import unfit

    assert unfit("python3") == ""
    assert unfit("no-such-kernel") == "there is no kernel 'no-such-kernel'"


def test_an_ipython_with_settings_is_left_to_papermill(monkeypatch, tmp_path):
    """Start-up files run in a kernel and not in a fork."""
    from analysis.reports.engine import unfit

    (tmp_path / "profile_default/startup").mkdir(parents=True)
    (tmp_path / "profile_default/startup/00.py").write_text("x = 1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))

    assert unfit("python3") == f"IPython has settings in {tmp_path / 'profile_default'}"


@pytest.mark.parametrize(
    "spec, why",
    [
        ({"argv": ["julia", "-i"]}, "kernel 'other' is not this Python"),
        ({"argv": ["python", "-m", "xeus"]}, "kernel 'other' is not this Python"),
        ({"argv": ["python", "-m", "ipykernel_launcher"], "env": {"A": "1"}}, "kernel 'other' sets an environment"),
        ({"argv": ["python", "-m", "ipykernel_launcher"]}, ""),
    ],
)
def test_a_kernel_is_ours_by_its_specification(tmp_path, monkeypatch, spec, why):
    """What starts another program, or sets variables first, is not what a fork would run."""
    from analysis.reports.engine import unfit

    (tmp_path / "kernels/other").mkdir(parents=True)
    (tmp_path / "kernels/other/kernel.json").write_text(json.dumps({"display_name": "Other", "language": "x"} | spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    assert unfit("other") == why


def test_what_cannot_be_run_warm_is_run_by_papermill(monkeypatch):
    """papermill's own engine gets the same notebook and options, and the log says why."""
    from papermill.engines import NBClientEngine

    from analysis.reports.engine import WarmEngine, logger

    asked, said = [], []
    monkeypatch.setattr(
        NBClientEngine, "execute_managed_notebook", lambda *given, **options: asked.append((given, options))
    )
    monkeypatch.setattr(logger, "warning", said.append)
    WarmEngine.execute_managed_notebook("notebook", "no-such-kernel", timeout=3)

    assert asked == [(("notebook", "no-such-kernel"), {"timeout": 3})]
    assert said == ["engine warm: there is no kernel 'no-such-kernel', papermill's own engine runs the notebook"]


def test_papermills_files_and_log_get_what_the_cells_say(notebook, tmp_path, monkeypatch):
    """--stdout-file, --stderr-file and --log-output: streams by their names, results as text."""
    from analysis.reports.engine import logger

    said = []
    monkeypatch.setattr(logger, "info", said.append)
    monkeypatch.setattr(logger, "warning", said.append)
    path = notebook('import sys\nprint("out"); print("err", file=sys.stderr)', "40 + 2")
    with open(tmp_path / "o", "w") as out, open(tmp_path / "e", "w") as err:
        papermill.execute_notebook(
            path, tmp_path / "out.ipynb", engine_name="warm", progress_bar=False, stdout_file=out, stderr_file=err,
            log_output=True,
        )  # fmt: skip

    assert [(tmp_path / name).read_text() for name in "oe"] == ["out\n", "err\n"]
    assert [text for text in ("out\n", "err\n", "42") if text in said] == ["out\n", "err\n", "42"]


def test_a_kernel_that_dies_is_papermills_dead_kernel(notebook, tmp_path):
    """papermill sees the error that its own client raises, and the notebook is marked up to the cell."""
    from nbclient.exceptions import DeadKernelError

    path = notebook('print("seen")', "import os\nos._exit(3)")
    with pytest.raises(DeadKernelError, match="Kernel died: ended without a result"):
        papermill.execute_notebook(path, tmp_path / "out.ipynb", engine_name="warm", progress_bar=False)

    marks = [cell.metadata.papermill.status for cell in nbformat.read(tmp_path / "out.ipynb", 4).cells]
    assert marks[1:4] == ["completed", "failed", "pending"]


def done(path: Path, tmp_path: Path, **options):
    """The outcome of a warm run and the texts of its cells' outputs."""
    outcome = run(job_for(path, tmp_path / "out", engine="warm", **options))
    made = nbformat.read(tmp_path / "out" / outcome.files[0], 4) if outcome.files else None
    return outcome, "".join(o.get("text", "") for c in made.cells for o in c.get("outputs", [])) if made else ""


def test_runs_are_kept_apart(notebook, tmp_path):
    """What a run does to modules, environment, folder, themes and files of the process is gone with it."""
    spoils = """import os, sys, json, altair as alt, polars as pl, random
os.environ["SPOILT"] = "1"; os.chdir("/"); sys.path.append("/spoilt"); json.spoilt = True
alt.theme.enable("dark"); pl.Config.set_tbl_rows(1); sys.stdout.encoding = "x"; spoilt = 1"""
    looks = """import os, sys, json, altair as alt, polars as pl
print(os.environ.get("SPOILT"), os.getcwd() == "/", "/spoilt" in sys.path, hasattr(json, "spoilt"))
print(alt.theme.active, pl.Config.state().get("POLARS_FMT_MAX_ROWS"), "spoilt" in globals())"""
    done(notebook(spoils, name="spoils"), tmp_path)
    _, text = done(notebook(looks, name="looks"), tmp_path)

    assert text.splitlines() == ["None False False False", "default None False"]


def test_a_run_has_the_callers_environment_and_the_notebooks_folder(notebook, tmp_path, monkeypatch):
    """The parent's own environment and folder are not the run's."""
    monkeypatch.setenv("ASKED", "for")
    _, text = done(notebook('import os\nprint(os.environ["ASKED"], os.getcwd())'), tmp_path)

    assert text == f"for {tmp_path}\n"


def test_chance_differs_from_run_to_run(notebook, tmp_path):
    """Forks of one process do not draw the same numbers."""
    path = notebook("import random\nprint(random.random())")

    assert done(path, tmp_path)[1] != done(path, tmp_path)[1]


def test_what_takes_too_long_is_interrupted(notebook, tmp_path):
    """A run past its time is interrupted, and its notebook has the line where it stood."""
    outcome, text = done(notebook('print("here")', "import time\ntime.sleep(60)"), tmp_path, timeout=0.5)

    assert outcome.error["ename"] == "TimeoutError"
    assert (outcome.error["line"], outcome.error["evalue"]) == (2, "took longer than 0.5 s")
    assert "here" in text


STUBBORN = """import os, signal, subprocess, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
subprocess.Popen(["sleep", "4321"]); subprocess.Popen(["sleep", "4321"], start_new_session=True)
time.sleep(60)"""


def sleepers() -> list[str]:
    """Processes that the stubborn cell started."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if process.read_bytes() == b"sleep\x004321\x00":
                found.append(process.parent.name)
        except OSError:
            continue
    return found


def test_what_ignores_the_interrupt_is_killed_with_all_it_started(notebook, tmp_path, monkeypatch, eventually):
    """No run outlives its grace, nor a process that it started, even in a session of its own."""
    monkeypatch.setattr(warm, "GRACE", 0.5)
    outcome, text = done(notebook('print("here")', STUBBORN), tmp_path, timeout=0.7)

    assert outcome.error["ename"] == "TimeoutError"
    assert "here" in text
    assert eventually(lambda: not sleepers())


@pytest.mark.parametrize(
    "cell, why",
    [
        ("import os\nos.kill(os.getpid(), 11)", "the process ended by signal 11"),
        ("import os\nos._exit(3)", "the process ended without a result"),
        ("import ctypes\nctypes.string_at(0)", "the process ended by signal 11"),
    ],
)
def test_a_run_that_dies_keeps_what_it_gave(notebook, tmp_path, cell, why):
    """A crash costs the run, not its outputs until then, nor the next run."""
    path = notebook('print("here")', cell)
    outcome, text = done(path, tmp_path)

    assert (outcome.status, outcome.error["ename"], outcome.error["evalue"]) == ("failed", "DeadKernelError", why)
    assert "here" in text
    assert not list((tmp_path / "out").glob(".*"))


def test_a_caller_that_vanishes_takes_its_run_along(notebook, tmp_path, eventually):
    """SIGKILL of the command ends the run that it had asked for."""
    path = notebook(STUBBORN)
    command = [sys.executable, "-m", "analysis.cli", "report", str(path), "--format", "ipynb", "--out", "out"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
    assert eventually(lambda: len(sleepers()) == 2)
    process.send_signal(signal.SIGKILL)
    process.wait()

    assert eventually(lambda: not sleepers())


def test_an_error_of_the_users_comes_as_itself():
    """What a called function raises as DataError is a DataError here."""
    with pytest.raises(DataError, match=r"n\.ipynb: cannot be read"):
        warm.call("analysis.reports.run:execute_here", job={"notebook": "n.ipynb", "name": "n", "out": "o"})


def test_only_this_package_can_be_called():
    """The socket is private, and still no other code is called through it."""
    with pytest.raises(warm.Raised, match="os is not ours to call"):
        warm.call("os:getcwd")


def test_the_socket_is_private():
    """Nobody else can enter the folder or connect."""
    warm.call("analysis.reports.warm:echo", value=1)
    place = Path(warm._place())

    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_can_enter_is_refused(tmp_path, monkeypatch):
    """A socket where others can write might be theirs."""
    (tmp_path / "deals").mkdir(mode=0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    with pytest.raises(DataError, match="is not private to this user"):
        warm.folder()


def test_many_callers_at_once_get_their_own_answers():
    """Threads of one process share a parent and nothing else."""
    answers: dict[int, int] = {}
    threads = [
        threading.Thread(target=lambda i=i: answers.update({i: warm.call("analysis.reports.warm:echo", value=i)}))
        for i in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == {i: i for i in range(20)}


@pytest.fixture
def other_parent(tmp_path, monkeypatch):
    """A parent of its own, which imports the module `house` from a folder of this test."""
    run_time = tmp_path / "run"
    run_time.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(run_time))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("DEALS_WARM_IMPORT", "house")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    yield tmp_path / "house.py"
    for place in (run_time / "deals").glob("warm-*"):
        if place.is_socket():
            place.unlink()


def test_changed_code_is_never_served(other_parent, notebook, tmp_path):
    """A module that changes after it was imported is imported anew for the next run."""
    path = notebook("import house\nprint(house.VALUE)")
    other_parent.write_text("VALUE = 1\n")
    first = done(path, tmp_path)[1]
    other_parent.write_text("VALUE = 22\n")

    assert (first, done(path, tmp_path)[1]) == ("1\n", "22\n")


def test_a_run_ends_with_its_own_hooks_alone(other_parent, notebook, tmp_path):
    """What a run leaves for the end is done; what the parent's imports do at their end, wait for their threads, is not."""
    other_parent.write_text("import atexit, time\natexit.register(time.sleep, 60)\n")
    made = tmp_path / "made"
    path = notebook(f"import atexit, pathlib\natexit.register(pathlib.Path({str(made)!r}).touch)\nprint(1)")

    assert done(path, tmp_path, timeout=30)[1] == "1\n"
    assert made.exists()


def test_where_a_fork_is_not_sound_a_fresh_process_runs(other_parent, notebook, tmp_path):
    """A parent with threads does not fork; the run is slower and its outputs are the same."""
    other_parent.write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(30,), daemon=True).start()\n"
    )
    path = notebook('import threading\nprint("threads:", threading.active_count())')
    outcome, text = done(path, tmp_path)

    assert outcome.status == "ok"
    assert text == "threads: 1\n"


def test_a_kept_child_makes_one_call_after_another(monkeypatch, tmp_path):
    """What takes long to begin begins once; each call has its own environment and folder."""
    ask = {"target": "analysis.reports.warm:who_and_where", "keep": "tests"}
    first = warm.call(**ask, cwd=str(tmp_path), name="ASKED")
    monkeypatch.setenv("ASKED", "for")
    second = warm.call(**ask, cwd="/", name="ASKED")

    assert first[0] == second[0]
    assert (first[1:3], second[1:3]) == ([str(tmp_path), None], ["/", "for"])
    assert warm.call("analysis.reports.warm:who_and_where", name="ASKED")[0] != first[0]


def test_a_kept_child_is_replaced_in_time(monkeypatch):
    """After MOST_CALLS calls another child takes its place, so that nothing grows without end."""
    from analysis.reports.parent import MOST_CALLS

    ask = {"target": "analysis.reports.warm:who_and_where", "keep": "replaced", "name": "HOME"}
    made = [warm.call(**ask)[0] for _ in range(MOST_CALLS + 1)]

    assert len(set(made[:MOST_CALLS])) == 1
    assert made[-1] != made[0]


def test_a_client_that_says_nothing_costs_nothing():
    """A connection that is closed again, or breaks in the midst of a call, is forgotten, and the next call is answered."""
    pid = parent_id()
    for words in (b"", b'{"call"'):
        with socket.socket(socket.AF_UNIX) as conn:
            conn.connect(warm._place())
            conn.sendall(words)

    assert warm.call("analysis.reports.warm:echo", value=1) == 1
    assert parent_id() == pid


def test_nothing_is_called_once_all_was_hung_up():
    """After Ctrl-C no further call begins, and what its caller is told names the log."""
    with warm.hung_up(), pytest.raises(warm.Died, match=r"does not answer; see .*\.log"):
        warm.call("analysis.reports.warm:echo", value=1)

    assert warm.call("analysis.reports.warm:echo", value=1) == 1


def test_a_kept_child_that_dies_is_replaced():
    """A crash costs one call."""
    with pytest.raises(warm.Died, match="signal 9"):
        warm.call("analysis.reports.warm:end", keep="tests", number=9)

    assert warm.call("analysis.reports.warm:echo", keep="tests", value=1) == 1


def test_a_stamp_changes_with_its_file(tmp_path):
    """Time and size of every imported file are compared before each run."""
    file = tmp_path / "a.py"
    file.write_text("1")
    about = file.stat()
    known = {str(file): (about.st_mtime_ns, about.st_size)}
    assert not preload.changed(known)

    file.write_text("22")
    assert preload.changed(known)

    file.unlink()
    assert preload.changed(known)


def test_an_idle_parent_ends(tmp_path, monkeypatch, eventually):
    """When nobody calls, nothing stays."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("DEALS_WARM_IDLE", "0.2")
    warm.call("analysis.reports.warm:echo", value=1)

    assert eventually(lambda: not Path(warm._place()).exists())


def parent_id() -> int:
    return warm.call("analysis.reports.warm:who_and_where", name="HOME")[3]


def memory(pid: int) -> int:
    """Resident memory [kB]."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])


@pytest.mark.parametrize("runs", [20, pytest.param(1000, marks=pytest.mark.slow)])
def test_many_runs_in_a_row_leave_nothing(notebook, tmp_path, runs):
    """No failure, no growth in memory, no open file or process left over."""
    path = notebook("import polars as pl\npl.DataFrame({'a': range(1000)}).group_by('a').len().height")
    job = job_for(path, tmp_path / "out", engine="warm")
    assert run(job).status == "ok"
    pid = parent_id()
    before_children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    before, files = memory(pid), len(os.listdir(f"/proc/{pid}/fd"))
    assert all(run(job).status == "ok" for _ in range(runs))

    assert parent_id() == pid
    assert memory(pid) - before < 2000
    time.sleep(0.1)
    assert len(os.listdir(f"/proc/{pid}/fd")) == files
    assert Path(f"/proc/{pid}/task/{pid}/children").read_text().split() == before_children
