"""A report appears whole or not at all; a grid loses nothing, repeats nothing, and says where each run failed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
import polars as pl
import pytest

from analysis.errors import DataError
from analysis.reports import folder as folders
from analysis.reports.collect import collect, write
from analysis.reports.folder import building, locked, read_manifest
from analysis.reports.grid import jobs_for, name_for, notebook_paths, rows_of
from analysis.reports.report import report
from analysis.reports.run import Job


def said(out: Path) -> dict[str, bytes]:
    """Every file of a folder and what is in it."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def ran(notebook: Path, out: Path, **options):
    return report([str(notebook)], out=out, formats=options.pop("formats", ["ipynb"]), **options)


# ---- one folder


def test_a_report_is_the_notebook_with_its_outputs_and_a_manifest(notebook, tmp_path):
    """The folder holds what ran and a record of it; no time, path or user name is in either."""
    outcomes = ran(notebook("print(n)"), tmp_path / "out", parameters={"n": "7"})

    files = said(tmp_path / "out")
    (record,) = read_manifest(tmp_path / "out/manifest.jsonl")
    assert outcomes[0].status == "ok"
    assert set(files) == {"tiny.ipynb", "manifest.jsonl"}
    assert record["findings"][0]["value"] == 14
    assert str(tmp_path).encode() not in b"".join(files.values())
    assert b"start_time" not in files["tiny.ipynb"]


def test_the_same_run_gives_the_same_bytes(notebook, tmp_path):
    """Nothing in an executed notebook is left to chance or to the hour."""
    path = notebook("print(n)")
    first = (ran(path, tmp_path / "out", parameters={"n": 1}), said(tmp_path / "out")["tiny.ipynb"])[1]

    assert (ran(path, tmp_path / "out", parameters={"n": 1}), said(tmp_path / "out")["tiny.ipynb"])[1] == first


@pytest.mark.parametrize("engine", ["warm", "papermill"])
def test_a_failed_run_leaves_the_previous_report_untouched(notebook, tmp_path, engine):
    """What was there stays, byte for byte; the failed notebook is kept beside it with its error."""
    ran(notebook("print(n)"), tmp_path / "out")
    before = said(tmp_path / "out")
    (outcome,) = ran(notebook("print(n)", "x = 1\n1 / 0"), tmp_path / "out", engine=engine)

    assert said(tmp_path / "out") == before
    assert (outcome.error["line"], outcome.error["ename"]) == (2, "ZeroDivisionError")
    assert (tmp_path / "out" / outcome.files[0]).resolve() == tmp_path / "out.failed/tiny.ipynb"
    assert "ZeroDivisionError" in (tmp_path / "out.failed/tiny.ipynb").read_text()
    assert not list(tmp_path.glob(".out*"))


def test_a_good_run_clears_the_failed_one_away(notebook, tmp_path):
    """`out.failed/` is of the last run only."""
    ran(notebook("1 / 0"), tmp_path / "out")
    ran(notebook("1"), tmp_path / "out")

    assert not (tmp_path / "out.failed").exists()


def test_a_refused_parameter_runs_nothing(notebook, tmp_path):
    """Before a parameter is right nothing is written, not even a folder."""
    with pytest.raises(DataError, match=r"tiny: no parameter 'm'; there are lang, n, word"):
        ran(notebook("1"), tmp_path / "out", parameters={"m": 1})

    assert not (tmp_path / "out").exists()


def test_a_parameter_goes_to_the_notebooks_that_have_it(notebook, tmp_path):
    """With several notebooks, one's own parameter does not trouble the others."""
    one, two = notebook("print(n)", name="one"), notebook("1", name="two", parameters='lang: str = "en"', findings="")
    outcomes = report([str(one), str(two)], out=tmp_path / "out", formats=["ipynb"], parameters={"n": "5"})

    assert [outcome.parameters for outcome in outcomes] == [{"n": 5}, {}]


def test_files_of_others_are_never_replaced(notebook, tmp_path):
    """A folder that no report wrote is refused; a file that someone put into a report is carried over."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    with pytest.raises(DataError, match="holds files that no report wrote"):
        ran(notebook("1"), tmp_path / "mine")

    ran(notebook("1"), tmp_path / "out")
    (tmp_path / "out/notes").mkdir()
    (tmp_path / "out/notes/letter.txt").write_text("dear")
    ran(notebook("2"), tmp_path / "out")
    assert (tmp_path / "out/notes/letter.txt").read_text() == "dear"


def test_a_file_where_the_folder_should_be_is_refused(notebook, tmp_path):
    """A name that is taken by a file is said to be."""
    (tmp_path / "out").write_text("")

    with pytest.raises(DataError, match="is a file, a folder is needed"):
        ran(notebook("1"), tmp_path / "out")


def test_two_runs_at_once_into_one_folder(notebook, tmp_path):
    """The second is told to wait; afterwards the folder is free, and no lock lies about."""
    with locked(tmp_path / "out"), pytest.raises(DataError, match="another run is writing to it"):
        ran(notebook("1"), tmp_path / "out")

    assert ran(notebook("1"), tmp_path / "out")[0].status == "ok"
    assert not list(tmp_path.glob(".out*"))


def test_a_disk_that_is_full_is_said_in_words(tmp_path):
    """Errors of the disk say what is unchanged and what to do."""
    with pytest.raises(DataError, match=r"what was there is unchanged. Free some space"), building(tmp_path / "out"):
        raise OSError(28, "No space left on device")

    assert not list(tmp_path.iterdir())


def test_leftovers_of_a_killed_run_are_cleared(notebook, tmp_path):
    """SIGKILL leaves a temporary folder; the next run takes it away."""
    path = notebook("import time\ntime.sleep(30)")
    command = [sys.executable, "-m", "analysis.cli", "report", str(path), "--format", "ipynb", "--out", "out"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
    while not list(tmp_path.glob(".out.new-*")):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    ran(notebook("1", name="other"), tmp_path / "out")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.ipynb", "out", "tiny.ipynb"]


def test_an_interrupt_leaves_what_was_there(notebook, tmp_path):
    """Ctrl-C: the previous report is whole, the exit code is 130, nothing temporary is left."""
    ran(notebook("1"), tmp_path / "out")
    before = said(tmp_path / "out")
    path = notebook("import time\ntime.sleep(30)")
    command = [sys.executable, "-m", "analysis.cli", "report", str(path), "--format", "ipynb", "--out", "out"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    while not list(tmp_path.glob(".out.new-*")):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)

    assert "interrupted" in process.communicate(timeout=10)[1]
    assert process.returncode == 130
    assert said(tmp_path / "out") == before
    assert not list(tmp_path.glob(".out*"))


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said_in_words(notebook, tmp_path):
    """Read-only is no traceback."""
    (tmp_path / "closed").mkdir(mode=0o500)

    with pytest.raises(DataError, match="cannot be written"):
        ran(notebook("1"), tmp_path / "closed/out")


def test_without_a_swap_of_the_system_two_renames_do(notebook, tmp_path, monkeypatch):
    """Where the system cannot exchange two folders, the old one steps aside."""
    monkeypatch.setattr(folders, "_exchanged", lambda new, out: False)
    ran(notebook("1"), tmp_path / "out")
    ran(notebook("2"), tmp_path / "out")

    assert '"2"' in (tmp_path / "out/tiny.ipynb").read_text()
    assert not list(tmp_path.glob(".out*"))


# ---- grids


def asked(tmp_path: Path, text: str, suffix: str = ".toml") -> list[dict]:
    (tmp_path / f"grid{suffix}").write_text(text)
    return rows_of(tmp_path / f"grid{suffix}")


@pytest.mark.parametrize(
    "text, suffix, rows",
    [
        ('n = [1, 2]\nword = ["a", "b"]', ".toml", [(1, "a"), (1, "b"), (2, "a"), (2, "b")]),
        ('[grid]\nn = [1, 2]\nword = "a"', ".toml", [(1, "a"), (2, "a")]),
        ('n = 1\nword = ["a", "b"]', ".toml", [(1, "a"), (1, "b")]),
        ('word = "a"\n[[run]]\nn = 1\n[[run]]\nn = 2\nword = "b"', ".toml", [(1, "a"), (2, "b")]),
        ('{"n": [1, 2], "word": "a"}', ".json", [(1, "a"), (2, "a")]),
        ('[{"n": 1, "word": "a"}, {"n": 2, "word": "b"}]', ".json", [(1, "a"), (2, "b")]),
        ("n,word\n1,a\n2,b\n", ".csv", [("1", "a"), ("2", "b")]),
    ],
)
def test_a_grid_crosses_lists_and_lists_runs(tmp_path, text, suffix, rows):
    """TOML and JSON cross their lists and take `run` tables; CSV has a run a row."""
    assert [(row["n"], row["word"]) for row in asked(tmp_path, text, suffix)] == rows


def test_an_empty_field_of_a_csv_leaves_the_default(tmp_path):
    """Nothing written is nothing given."""
    assert asked(tmp_path, "n,word\n1,\n", ".csv") == [{"n": "1"}]


@pytest.mark.parametrize(
    "text, suffix, message",
    [
        ("n = [", ".toml", "is not TOML"),
        ("{", ".json", "is not JSON"),
        ("3", ".json", "is neither a table nor a list of runs"),
        ("run = 3", ".toml", "`run` is not a list of tables"),
        ("n = []", ".toml", "asks for no run"),
        ("n,word\n1\n", ".csv", "grid.csv:2: has not as many fields"),
        ("n: 1", ".yaml", "is none of .toml, .csv, .json"),
    ],
)
def test_a_grid_that_cannot_be_read_is_refused(tmp_path, text, suffix, message):
    """The message has the file and the way out."""
    with pytest.raises(DataError, match=message.replace(".", r"\.")):
        asked(tmp_path, text, suffix)


def jobs(path: Path, rows, **options) -> list[Job]:
    return jobs_for([path], rows, common={}, template=Job("", "", "out"), grid=Path("grid.toml"), **options)


def test_a_list_parameter_takes_a_list_of_lists(notebook):
    """Crossing `articles = ["a", "b"]` would give it a text; that is refused, a list of lists is meant."""
    path = notebook("1", parameters="articles: list = []", findings="")

    assert jobs(path, [{"articles": ["a", "b"]}])[0].parameters == {"articles": ["a", "b"]}
    with pytest.raises(DataError, match="in a grid a list of such lists"):
        jobs(path, [{"articles": "a"}])


def test_output_names_come_from_the_parameters():
    """A name says what was asked, in letters that every file system takes, and is never too long."""
    assert name_for("nb", {"n": 1, "as_of": "", "word": "é/../x"}) == "nb.n-1.as_of-empty.word-e-x"
    assert len(name_for("nb", {"word": "x" * 500})) <= 120
    assert name_for("nb", {"word": "x" * 500}) != name_for("nb", {"word": "x" * 501})


def test_two_runs_with_one_name_are_refused(notebook):
    """Also where only capitals differ: some file systems take them for the same."""
    path = notebook("1", parameters='word: str = "a"', findings="")

    with pytest.raises(DataError, match=r"output 'tiny.word-a-b': two runs have this name"):
        jobs(path, [{"word": "a/b"}, {"word": "a b"}])
    with pytest.raises(DataError, match="two runs have this name"):
        jobs(path, [{"word": "A"}, {"word": "a"}])
    assert [job.name for job in jobs(path, [{"word": "A", "name": "one"}, {"word": "a"}])] == ["one", "tiny.word-a"]


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "a b", "x" * 200])
def test_a_given_name_stays_in_its_folder(notebook, name):
    """A name with a path in it is refused."""
    with pytest.raises(DataError, match="holds more than letters"):
        jobs(notebook("1"), [{"name": name}])


def test_every_refused_run_of_a_grid_is_named(notebook):
    """Nothing runs, and the problems of all runs are listed, up to twenty."""
    with pytest.raises(DataError) as caught:
        jobs(notebook("1"), [{"word": "c"}, {"n": 1}, {"nn": 1}])

    assert [problem.split(":")[0] for problem in caught.value.problems] == ["run 1", "run 3"]


def test_an_unknown_notebook_names_the_nearest(notebook, tmp_path):
    """A slip in a notebook's name is met with the nearest."""
    notebook("1", name="deal_comparison")

    with pytest.raises(DataError, match=r"Did you mean 'deal_comparison'\?"):
        notebook_paths(["deal_comparision"], folder=tmp_path)


@pytest.fixture
def grid(notebook, tmp_path):
    """A grid of five runs of which one fails, and how to run it."""
    path = notebook("print(n)\nif n == 3:\n    raise ValueError('three')")
    (tmp_path / "g.toml").write_text("n = [1, 2, 3, 4, 5]")

    def go(**options):
        options = {"engine": "warm", "jobs": 2, **options}
        return ran(path, tmp_path / "out", grid=tmp_path / "g.toml", **options)

    return go


def test_one_failed_run_does_not_stop_the_others(grid, tmp_path):
    """The others are written, the failed one is listed with its cell and line and keeps its notebook."""
    outcomes = grid()

    assert [outcome.status for outcome in outcomes] == ["ok", "ok", "failed", "ok", "ok"]
    assert outcomes[2].error == {"cell": 3, "line": 3, "ename": "ValueError", "evalue": "three"}
    assert outcomes[2].files == ["failed/tiny.n-3.ipynb"]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "failed", "manifest.jsonl", *(f"tiny.n-{n}.ipynb" for n in (1, 2, 4, 5))
    }  # fmt: skip


def test_resume_runs_what_failed_and_what_changed(grid, notebook, tmp_path):
    """Notebook, parameters, library and data decide; a file that is gone is made again."""
    grid()
    assert [outcome.status for outcome in grid(resume=True)] == ["skipped", "skipped", "failed", "skipped", "skipped"]

    (tmp_path / "out/tiny.n-1.ipynb").unlink()
    notebook("print(n)\nif n == 3:\n    raise ValueError('three')", findings="")
    changed = [outcome.status for outcome in grid(resume=True)]
    assert changed == ["ok", "ok", "failed", "ok", "ok"]


def test_resume_goes_on_after_a_kill(grid, tmp_path):
    """A manifest with its last line cut short counts for what is whole in it."""
    grid()
    manifest = tmp_path / "out/manifest.jsonl"
    manifest.write_text("\n".join(manifest.read_text().splitlines()[:2]) + '\n{"name": "tiny.n-4", "sta')

    assert [outcome.status for outcome in grid(resume=True)] == ["skipped", "skipped", "failed", "ok", "ok"]
    assert len(read_manifest(manifest)) == 5


def test_a_smaller_grid_takes_its_old_files_away(grid, tmp_path):
    """What no run of the grid makes any more does not stay beside what it makes."""
    grid()
    (tmp_path / "g.toml").write_text("n = [1, 2]")
    grid()

    assert set(said(tmp_path / "out")) == {"manifest.jsonl", "tiny.n-1.ipynb", "tiny.n-2.ipynb"}


def test_a_retry_helps_a_run_that_fails_once(notebook, tmp_path):
    """What fails for a passing reason succeeds at a further try, and the record says so."""
    flag = tmp_path / "flag"
    path = notebook(
        f"import os\nfirst = not os.path.exists({str(flag)!r})\nopen({str(flag)!r}, 'w').close()\n1 / (not first)"
    )
    (outcome,) = ran(path, tmp_path / "out", retries=2)

    assert (outcome.status, outcome.attempts) == ("ok", 2)


def test_any_executor_will_do(grid, tmp_path):
    """Processes give the same files as threads."""
    grid()
    before = {name: text for name, text in said(tmp_path / "out").items() if name != "manifest.jsonl"}
    import multiprocessing

    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
        outcomes = grid(executor=executor)

    assert [outcome.status for outcome in outcomes] == ["ok", "ok", "failed", "ok", "ok"]
    assert {name: text for name, text in said(tmp_path / "out").items() if name != "manifest.jsonl"} == before


def test_both_engines_write_the_same_files(grid, tmp_path):
    """papermill's engine and ours differ in time only, also where a run fails."""
    (tmp_path / "g.toml").write_text("n = [2, 3]")
    grid()
    before = {name: text for name, text in said(tmp_path / "out").items() if name != "manifest.jsonl"}
    grid(engine="papermill")
    after = {name: text for name, text in said(tmp_path / "out").items() if name != "manifest.jsonl"}

    for name in set(before) | set(after):
        first, second = (nbformat.reads(text.decode(), 4) for text in (before[name], after[name]))
        assert [cell.get("outputs") for cell in first.cells] == [cell.get("outputs") for cell in second.cells]
        assert [cell.source for cell in first.cells] == [cell.source for cell in second.cells]


def test_the_findings_of_all_runs_are_one_frame(grid, tmp_path):
    """A row for each run and finding, with the parameters in columns; a failed run has none."""
    grid()
    frame = collect(tmp_path / "out")

    assert frame["n"].to_list() == ["1", "2", "4", "5"]
    assert frame["value"].to_list() == [2.0, 4.0, 8.0, 10.0]
    assert frame["lo"].is_null().all()
    for name in ("all.parquet", "all.csv", "all.json"):
        assert write(frame, tmp_path / name).stat().st_size > 100
    assert pl.read_parquet(tmp_path / "all.parquet").equals(frame)


def test_a_folder_without_a_manifest_cannot_be_collected(tmp_path):
    """The message says what makes one."""
    with pytest.raises(DataError, match=r"has no manifest\.jsonl"):
        collect(tmp_path)
    with pytest.raises(DataError, match=r"suffix '\.xls' is not one of"):
        write(pl.DataFrame(), tmp_path / "a.xls")


def test_a_process_that_dies_under_an_executor_is_a_failed_run(grid, notebook, tmp_path):
    """A broken worker costs its runs, never the grid."""
    outcomes = grid(executor=_Breaking())

    assert {outcome.error["ename"] for outcome in outcomes} == {"RuntimeError"}


class _Breaking(ProcessPoolExecutor):
    """An executor whose futures all break."""

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def submit(self, function, *arguments, **options):
        from concurrent.futures import Future

        future: Future = Future()
        future.set_exception(RuntimeError("worker gone"))
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass


# ---- the command


def deals(*arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "analysis.cli", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


def test_the_command_says_what_it_wrote_and_what_failed(notebook, tmp_path):
    """Exit code 1 is a failed run, 2 bad input; lines, not bars, where there is no terminal."""
    path = notebook("print(n)\nif n == 2:\n    1 / 0")
    (tmp_path / "g.csv").write_text("n\n1\n2\n")
    made = deals("report", str(path), "--grid", "g.csv", "--format", "ipynb", cwd=tmp_path)

    assert made.returncode == 1
    assert "tiny.n-2: cell 3, line 3: ZeroDivisionError: division by zero (see failed/tiny.n-2.ipynb)" in made.stdout
    assert "2 reports (1 run, 1 failed)" in made.stdout
    assert (tmp_path / "reports/g/tiny.n-1.ipynb").exists()
    assert deals("report", str(path), "-p", "n", cwd=tmp_path).returncode == 2
    assert "lang  str  'en'  en | fr" in deals("params", str(path), cwd=tmp_path).stdout
    collected = deals("collect", "reports/g", "-o", "all.csv", cwd=tmp_path)
    assert collected.stdout == "all.csv: 1 findings of 1 runs\n"


def test_a_manifest_says_no_more_than_is_needed(grid, tmp_path):
    """Names, parameters, findings, files, errors and durations: no path, no hour, no user."""
    grid()
    text = (tmp_path / "out/manifest.jsonl").read_text()

    assert str(tmp_path) not in text
    assert set(json.loads(text.splitlines()[0])) == {
        "attempts", "error", "files", "findings", "key", "name", "notebook", "parameters", "seconds", "status"
    }  # fmt: skip
