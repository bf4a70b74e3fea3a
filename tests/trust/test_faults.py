"""Whatever breaks in the middle of a report: the one before stays whole, the words help, the next run succeeds."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trust.commands import Desk, desk, digest, eventually, write_notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts processes by /proc")


def slow(*values):
    return pytest.param(*values, marks=pytest.mark.slow)


ENGINES = ["warm", slow("papermill")]
WAIT = "import pathlib, time\npathlib.Path('started').touch(); time.sleep(120)"


@pytest.fixture(scope="module")
def at() -> Iterator[Desk]:
    with desk() as made:
        yield made


class Report:
    """A folder with a good report in it, and what else may lie beside it."""

    def __init__(self, at: Desk, folder: Path, engine: str, good: Path) -> None:
        self.at, self.folder, self.engine = at, folder, engine
        write_notebook(folder / "good.ipynb", "print(n)")
        self.place(good, folder)

    def place(self, good: Path, folder: Path) -> None:
        """Put the good report into a folder."""
        self.out = folder / "out"
        shutil.copytree(good, self.out)
        self.before, self.beside = digest(self.out), self.names()

    def options(self, name: str) -> list[str]:
        return ["report", f"{name}.ipynb", "--format", "ipynb", "--out", str(self.out), "--engine", self.engine]

    def run(self, name: str, *more: str, **options) -> tuple[int, str]:
        return self.at.run(*self.options(name), *more, cwd=self.folder, **options)

    def waiting(self, *more: str) -> subprocess.Popen[str]:
        """A run that stands in the middle of its notebook."""
        write_notebook(self.folder / "waits.ipynb", "print(n)", WAIT)
        process = self.at.start(*self.options("waits"), *more, cwd=self.folder)
        assert eventually((self.folder / "started").exists, 40), process.communicate()
        (self.folder / "started").unlink()
        return process

    def names(self) -> set[str]:
        return {path.name for path in self.out.parent.iterdir()}

    def is_whole(self) -> bool:
        return digest(self.out) == self.before

    def recovers(self) -> bool:
        """Whether the next run succeeds, and nothing lies about afterwards: no file, no process."""
        code, said = self.run("good")
        left = self.names() - self.beside - {"waits.ipynb", "breaks.ipynb"}
        assert (code, left, notebooks(self.before)) == (0, set(), notebooks(digest(self.out))), said
        return eventually(lambda: not self.at.at_work())


def notebooks(files: dict[str, str]) -> dict[str, str]:
    """The notebooks of a digest: the manifest also has how long a run took."""
    return {name: what for name, what in files.items() if name.endswith(".ipynb")}


@pytest.fixture(scope="module")
def good(at: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that went well."""
    folder = tmp_path_factory.mktemp("good")
    write_notebook(folder / "good.ipynb", "print(n)")
    assert at.run("report", "good.ipynb", "--format", "ipynb", "--out", "out", cwd=folder)[0] == 0
    return folder / "out"


@pytest.fixture
def made(at: Desk, good: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Report:
    return Report(at, tmp_path, getattr(request, "param", "warm"), good)


def broken(made: Report, cell: str, *more: str) -> tuple[int, str]:
    """A run of a notebook with one cell that breaks it."""
    write_notebook(made.folder / "breaks.ipynb", "print(n)", cell)
    return made.run("breaks", *more)


# ---- signals


@pytest.mark.parametrize("made", ENGINES, indirect=True)
def test_the_command_is_killed(made):
    """SIGKILL of the command: its kernels end by themselves, and the next run clears its temporary folder."""
    process = made.waiting()
    process.kill()
    process.communicate()

    assert made.is_whole()
    assert eventually(lambda: not made.at.at_work()), made.at.at_work()
    assert made.recovers()


@pytest.mark.parametrize("made", ENGINES, indirect=True)
@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_command_is_told_to_end(made, number, code):
    """Ctrl-C, which reaches the whole group, and SIGTERM: nothing half-made is left, and the words say what stayed."""
    process = made.waiting()
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    _, said = process.communicate(timeout=20)

    assert (process.returncode, made.is_whole()) == (code, True)
    assert made.names() - made.beside == {"waits.ipynb"}
    assert "deals: interrupted; what was there before is unchanged" in said
    assert "Traceback" not in said
    assert eventually(lambda: not made.at.at_work()), made.at.at_work()
    assert made.recovers()


def test_the_notebooks_process_is_killed_from_outside(made):
    """The system ends a child, for want of memory say: a failed run, with its notebook up to there."""
    process = made.waiting()
    (child,) = (pid for pid in made.at.at_work() if pid != process.pid)
    os.kill(child, signal.SIGKILL)
    out, _ = process.communicate(timeout=20)

    assert (process.returncode, made.is_whole()) == (1, True)
    assert "waits: cell 3: DeadKernelError: the process ended by signal 9 (see ../out.failed/waits.ipynb)" in out
    assert "3\\n" in (made.folder / "out.failed/waits.ipynb").read_text()
    assert made.recovers()


def test_the_warm_parent_is_killed(made):
    """Whoever kills the process that stays gets a failed run, and the next run starts a new one."""
    process = made.waiting()
    for pid in made.at.parents():
        os.kill(pid, signal.SIGKILL)
    out, said = process.communicate(timeout=20)

    assert (process.returncode, made.is_whole()) == (1, True), out + said
    assert "failed  waits" in out
    assert eventually(lambda: not made.at.at_work()), made.at.at_work()
    assert made.recovers()


# ---- kernels


@pytest.mark.parametrize("made", ENGINES, indirect=True)
def test_a_kernel_dies(made):
    """A crash in a cell is a failed run that names the notebook kept beside the report."""
    code, said = broken(made, "import os\nos.kill(os.getpid(), 9)")

    assert (code, made.is_whole()) == (1, True)
    assert "DeadKernelError" in said
    assert "(see ../out.failed/breaks.ipynb)" in said
    assert f"{made.out}: left as it was" in said
    assert made.recovers()


@pytest.mark.parametrize("made", ENGINES, indirect=True)
def test_a_kernel_hangs(made):
    """--timeout ends a run that goes on, also one that ignores an interrupt, and says how long it was given."""
    code, said = broken(made, "import time\ntime.sleep(120)", "--timeout", "0.7")

    assert (code, made.is_whole()) == (1, True)
    assert "TimeoutError: took longer than 0.7 s (see ../out.failed/breaks.ipynb)" in said
    assert made.recovers()


@pytest.mark.slow
@pytest.mark.parametrize("made", ["warm", "papermill"], indirect=True)
def test_a_kernel_that_hangs_will_not_be_interrupted(made):
    """A cell that ignores the interrupt is killed, and with it what it started in a session of its own."""
    stubborn = "import signal, subprocess, time\nsignal.signal(2, signal.SIG_IGN)\n"
    stubborn += 'subprocess.Popen(["sleep", "97"])\ntime.sleep(120)'
    code, said = broken(made, stubborn, "--timeout", "0.7")

    assert (code, made.is_whole()) == (1, True)
    assert "TimeoutError: took longer than 0.7 s" in said
    assert eventually(lambda: not made.at.at_work()), made.at.at_work()
    assert made.recovers()


# ---- the disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 kB in memory; mounting needs root, and without it these tests are skipped, not passed."""
    place = tmp_path / "disk"
    place.mkdir()
    if (
        not shutil.which("mount")
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "none", place], capture_output=True).returncode
    ):
        pytest.skip("mounts a small file system, which needs root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("made", ENGINES, indirect=True)
def test_the_disk_is_full(made, good, disk):
    """A notebook that does not fit: the report on the same disk stays whole, and the words say to free some space."""
    made.place(good, disk)
    code, said = broken(made, "print('x' * 300_000)")

    assert (code, made.is_whole()) == (1, True)
    assert "the disk is full. Free some space, then run again" in said
    assert f"{made.out}: left as it was" in said
    assert made.recovers()


def test_the_folder_is_read_only(made, good, disk):
    """A mount that cannot be written, which root is refused too: said in words before anything runs."""
    made.place(good, disk)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    code, said = made.run("good")

    assert (code, made.is_whole()) == (2, True)
    assert said == (
        f"{made.out}: cannot be written (Read-only file system); what was there is unchanged. "
        "Choose another folder with --out.\n"
    )
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert made.recovers()


def test_no_file_may_grow(made):
    """A limit on the size of files breaks the command's own writing as a full disk does."""
    import resource

    code, said = made.run("good", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60)))

    assert (code, made.is_whole()) == (2, True), said
    assert "cannot be written (File too large); what was there is unchanged" in said
    assert made.recovers()


# ---- files that vanish


@pytest.mark.parametrize(
    "cell, words",
    [
        ("import glob, shutil\n[shutil.rmtree(name) for name in glob.glob('.out.new-*')]", "doesn't exist"),
        (
            "import analysis, os\nos.environ['DEALS_ROOT'] = 'nowhere'\nanalysis.load()",
            "there is no folder data/ in it",
        ),
        ("open('gone.txt')", "No such file or directory: 'gone.txt'"),
    ],
)
def test_a_file_vanishes_in_the_middle(made, cell, words):
    """The folder being written, data/, or a file that a notebook reads is gone: the run fails and says which."""
    code, said = broken(made, cell)

    assert (code, made.is_whole()) == (1, True)
    assert words in said
    assert "Traceback" not in said
    assert made.recovers()


def test_a_notebook_is_gone(made):
    """A name that is not there is met before anything runs, with the nearest."""
    code, said = made.run("goood")

    assert (code, made.is_whole()) == (2, True)
    assert "notebook 'goood.ipynb': is not one of" in said
    assert made.recovers()


# ---- two at once


def test_two_runs_into_one_folder(made):
    """The second is told to wait or to go elsewhere, and the first is not disturbed."""
    first = made.waiting()
    code, said = made.run("good")

    assert (code, made.is_whole()) == (2, True)
    assert said == (
        f"{made.out}: another run is writing to it. Wait for it to end, or choose another folder with --out.\n"
    )
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=20)
    assert made.recovers()


@pytest.mark.slow
def test_many_runs_at_once_into_one_folder(made):
    """Of twelve at once each either writes the whole report or is told to wait; what stands at the end is whole."""
    started = [made.at.start(*made.options("good"), cwd=made.folder) for _ in range(12)]
    said = [process.communicate(timeout=60) for process in started]

    codes = [process.returncode for process in started]
    assert set(codes) <= {0, 2}
    assert 0 in codes
    assert all("another run is writing" in err for code, (_, err) in zip(codes, said, strict=True) if code == 2)
    assert notebooks(digest(made.out)) == notebooks(made.before)
    assert made.recovers()


# ---- grids


@pytest.mark.parametrize("number", [signal.SIGKILL, slow(signal.SIGINT)])
def test_a_grid_is_ended_and_taken_up_again(made, number):
    """What was done of a grid stays, each notebook whole; --resume makes the rest, and no run is made twice."""
    (made.folder / "grid.toml").write_text("n = [1, 2, 3, 4]\n")
    source = "import pathlib, time\npathlib.Path(f'run-{n}').touch()\nif n == 3 and not pathlib.Path('again').exists(): time.sleep(120)"
    write_notebook(made.folder / "steps.ipynb", source)
    arguments = ["report", "steps.ipynb", "--grid", "grid.toml", "--format", "ipynb", "--out", "grid", "--jobs", "1"]
    process = made.at.start(*arguments, cwd=made.folder)
    assert eventually((made.folder / "run-3").exists, 20)
    assert eventually(lambda: (made.folder / "grid/manifest.jsonl").read_text().count("\n") == 2)
    os.killpg(process.pid, number)
    process.communicate(timeout=20)
    assert eventually(lambda: not made.at.at_work())
    first = digest(made.folder / "grid")
    (made.folder / "again").touch()
    (made.folder / "run-1").unlink()
    code, said = made.at.run(*arguments, "--resume", cwd=made.folder)

    assert code == 0, said
    assert "4 reports (2 run, 2 skipped)" in said
    assert not (made.folder / "run-1").exists()
    last = notebooks(digest(made.folder / "grid"))
    assert len(last) == 4
    assert notebooks(first).items() <= last.items()
    assert {path.name for path in (made.folder / "grid").iterdir()} == {*last, "manifest.jsonl"}


@pytest.mark.slow
def test_a_report_is_killed_at_any_moment(made):
    """Thirty kills, from the first millisecond to after the last: the report is the old or the new one, never a part."""
    write_notebook(made.folder / "breaks.ipynb", "print('other')")
    wholes = [made.before]
    assert made.run("breaks")[0] == 0
    wholes.append(digest(made.out))
    started = time.monotonic()
    assert made.run("good")[0] == 0
    whole = time.monotonic() - started
    seen = []
    for step in range(30):
        process = made.at.start(*made.options("breaks" if step % 2 else "good"), cwd=made.folder)
        time.sleep(2 * whole * step / 29)
        process.kill()
        process.communicate()
        now = digest(made.out)
        seen.append([notebooks(record) for record in wholes].index(notebooks(now)))
        assert now.keys() == wholes[seen[-1]].keys()

    print(
        f"killed 30 times within {2 * whole:.1f} s: {seen.count(0)} times one report, {seen.count(1)} times the other"
    )
    assert made.run("good")[0] == 0
    assert made.names() == made.beside | {"breaks.ipynb"}
