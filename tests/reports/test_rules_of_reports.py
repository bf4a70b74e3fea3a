"""Rules of the reports' room at its edges: what has moved in a memo, what a command prints, what is told while runs go on."""

from __future__ import annotations

import importlib
import io
import json
import re
import sys
import threading
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from analysis import cli
from analysis.articles import quantities
from analysis.errors import DataError, MissingTool
from analysis.facts.resolve import resolve
from analysis.figures import FIGURES, ledger
from analysis.figures.figure import Figure
from analysis.reports import document, folder, page, stored, work
from analysis.reports.citing import cite
from analysis.reports.collect import collect, write
from analysis.reports.memo import read_memo
from analysis.reports.memo_check import check_memos
from analysis.reports.numbers import Number, Numbers
from analysis.reports.parameters import load_notebook
from analysis.reports.progress import Bars, Lines, progress_for
from analysis.reports.report import report
from analysis.reports.run import Job, Outcome, execute, run
from analysis.reports.typed import fits, span
from analysis.reports.words import stale, translations

PRICE = "deal.meta-scale-ai-2025.price"


@pytest.fixture(scope="module")
def facts(corpus):
    return resolve(corpus)


# ---- memos: what moved


@pytest.fixture
def memo(tmp_path, root):
    """Check a memo of some text, beside a ledger of some entries: its rows by what they are about."""

    def checked(text: str, *entries: dict) -> dict[str, tuple[str, str]]:
        (tmp_path / "memo.md").write_text(text, encoding="utf-8")
        (tmp_path / "ledger.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in entries), encoding="utf-8")
        rows, _, _ = check_memos([tmp_path / "memo.md"], root=root)
        return {row["what"]: (row["state"], row["detail"]) for row in rows}

    return checked


def test_a_memo_that_is_not_filled_in_yet_is_current(memo, monkeypatch):
    """What a source names is of today by nature; what it types is held to the facts as ever."""
    monkeypatch.setattr(Figure, "png", b"")
    said = memo(f"---\nlang: en\n---\nIt cost {{{{{PRICE}}}}}. Others say $77.7bn.\n\n![](figure:customer-stances)\n")
    states = {what.split("@")[0].split("#")[0]: state for what, (state, _) in said.items()}

    assert states == {"customer-stances": "current", PRICE: "current", "$77.7bn": "unsupported"}


MOVED = [
    ({"value": 13.8e9}, "$13.8bn → $14.3bn"),
    ({"standing": "estimated"}, "$14.3bn: standing estimated → "),
    ({"claims": ["gone"]}, " -gone"),
    ({"lo": 1.0}, "$14.3bn: its range moved"),
    ({"value": []}, "now $14.3bn; what it was is in no ledger"),
    (None, "now $14.3bn; what it was is in no ledger"),
]


def test_a_number_that_moved_says_what_of_it(facts, memo):
    """Its value, else who vouches for it, else its claims, else its range; without a record only what it is now."""
    now = msgspec.to_builtins(Numbers(facts)[PRICE])
    refs = [f"{PRICE}#{place:08}" for place in range(len(MOVED))]
    held = [
        {"ref": ref, "rows": [], "params": {}, "number": now | was}
        for ref, (was, _) in zip(refs, MOVED, strict=True)
        if was is not None
    ]
    gone = "deal.meta-scale-ai-2025.prise#00000000"
    told = memo("\n".join(f"`{ref}`\n" for ref in [*refs, gone]), *held)

    assert {told[ref][0] for ref in [*refs, gone]} == {"stale"}
    assert [said for ref, (_, said) in zip(refs, MOVED, strict=True) if said not in told[ref][1]] == []
    assert "no fact or finding has this name" in told[gone][1]


def test_a_figure_that_moved_says_which_rows_did(facts, memo, monkeypatch):
    """Rows that are new, gone, differ in what they say, in standing or in claims, and other parameters, are each named."""
    figure = FIGURES["customer-stances"][0](facts)
    monkeypatch.setattr("analysis.reports.memo_check._write_current", lambda path, figure, width: Path("now.png"))
    record = json.loads(json.dumps(figure.record)) | {"ref": "customer-stances@00000000"}
    first, second, third, *rest = record["rows"]
    kept = [first | {"standing": "estimated"}, second | {"claims": ["gone"]}, *rest]
    record |= {
        "rows": [*kept, third | {"key": "made-up"}],
        "params": record["params"] | {"policy": "balanced", "supplier": "org:scale-ai"},
    }
    state, detail = memo("`customer-stances@00000000`", record)[record["ref"]]

    assert state == "stale"
    assert "standing estimated → " in detail
    assert "-gone" in detail
    assert " is gone" in detail
    assert " is new" in detail
    assert "current picture: now.png" in detail


def test_a_figure_without_a_record_or_a_drawing_is_told_apart(facts, memo, monkeypatch):
    """No ledger: what changed is not known. No such figure today: unknown. One that cannot be drawn: stale, and why."""
    monkeypatch.setattr("analysis.reports.memo_check._write_current", lambda path, figure, width: Path("now.png"))
    now = json.loads(json.dumps(FIGURES["actors"][0](facts).record))
    made = now | {"ref": "old-chart@00000000", "id": "old-chart"}
    drawn = now | {"ref": "actors@00000000", "params": {"deal": "deal:none"}}
    said = memo("deal-ratios@00000000 old-chart@00000000 actors@00000000", made, drawn)

    assert "what changed is not known" in said["deal-ratios@00000000"][1]
    assert said["old-chart@00000000"] == ("unknown", "no such figure is drawn today")
    assert said["actors@00000000"][1].startswith("cannot be drawn today: parameter deal: 'deal:none' is not one of")


@pytest.mark.parametrize(
    "data, said",
    [(b"\xff\xfe", "is not UTF-8 text"), (None, "cannot be read"), (b"x" * 5_000_001, "characters, a memo has")],
)
def test_what_is_no_memo_is_refused(tmp_path, data, said):
    """Not there, not text, or longer than anybody reads."""
    if data is not None:
        (tmp_path / "memo.md").write_bytes(data)

    with pytest.raises(DataError, match=said):
        read_memo(tmp_path / "memo.md")


# ---- numbers in words


@pytest.mark.parametrize(
    "number, form, said",
    [
        (Number("p", "P", value=3.0, lo=2.0, hi=4.0, unit="multiple"), "%", "300%"),
        (Number("p", "P", value=3e9, lo=2e9, hi=4e9, unit="USD"), "range", "$2bn to $4bn"),
        (Number("p", "P", lo=2e9, hi=4e9, unit="USD"), "", "$2bn to $4bn"),
        (Number("p", "P", text="2025-06-12", unit="date"), "", "12 June 2025"),
        (Number("p", "P", text="asset", words="an asset"), "", "an asset"),
    ],
)
def test_a_number_is_shown_in_the_form_asked_for(number, form, said):
    """A multiple as per cent, a range with both ends, a date as a day, a word in its language."""
    assert number.shown("en", form).replace("\u00a0", " ").replace("–", " to ") == said


@pytest.mark.parametrize(
    "number, said",
    [
        (Number("p", "P", standing="unresolved", alternatives=("$1bn (a)", "$2bn (b)")), "none prevails: .1bn .a.; .2bn .b.. Pin a claim"),
        (Number("p", "P", standing="reported"), "'p': is not known under policy balanced"),
    ],
)  # fmt: skip
def test_a_number_that_is_none_is_not_printed(facts, monkeypatch, number, said):
    """Sources that disagree, and what nobody knows, are errors with the way out."""
    held = Numbers(facts)
    held.__dict__["_known"] = {"p": number}

    with pytest.raises(DataError, match=said):
        held["p"]


def test_a_written_range_is_its_two_ends():
    """« 2 to 3 billion dollars » allows what lies between, and a date that no calendar has is nobody's."""
    (amount,) = (q for q in quantities.read("between 2 and 3 billion dollars", "en") if q.kind == "money")

    assert (span(amount).lo, span(amount).hi) == (2_000_000_000, 3_000_000_000)
    assert fits(amount, 2.5e9, "USD")
    assert not fits(amount, 3.5e9, "USD")
    assert not fits(amount, "2025", "date")


# ---- commands


@pytest.fixture
def deals(root, monkeypatch):
    """The command in this process: what it printed and its exit code."""
    monkeypatch.setenv("DEALS_ROOT", str(root))

    def ran(*words: object) -> tuple[int, str]:
        done = CliRunner().invoke(cli.app, [str(word) for word in words])
        if isinstance(done.exception, DataError):
            raise done.exception
        return done.exit_code, done.output

    return ran


def test_lint_prints_a_line_a_figure_and_fails_on_a_fault(deals, monkeypatch):
    """Exit code 0 where all is well and 1 where a figure has a fault, which is named."""
    answers = iter([{"a en": []}, {"a en": ["small: x", "glyph: y"]}])
    module = importlib.import_module("analysis.figures.lint")  # the package's own `lint` is the function
    monkeypatch.setattr(module, "lint_figures", lambda *_, **__: next(answers))

    assert deals("lint", "a") == (0, "a en: ok\n")
    assert deals("lint", "a") == (1, "a en: small: x; glyph: y\n")


def test_publish_prints_the_references_it_wrote(deals, monkeypatch):
    """A line a figure, as it is printed in the picture."""
    monkeypatch.setattr(ledger, "publish", lambda ids: [f"{id}@00000000" for id in ids])

    assert deals("publish", "actors", "talent") == (0, "actors@00000000\ntalent@00000000\n")


def test_lab_hands_further_options_to_jupyterlab(deals, root, monkeypatch):
    """`deals lab --no-browser --port 1` opens the project's notebooks with those options."""
    asked = []
    monkeypatch.setattr(stored, "lab", lambda home, options: asked.append((home, options)))

    assert deals("lab", "--no-browser", "--port", "1")[0] == 0
    assert asked == [(root / "notebooks", ["--no-browser", "--port", "1"])]


@pytest.mark.parametrize("options, name", [(("-o", "out.csv"), "out.csv"), (("--as", "parquet"), "facts.parquet")])
def test_export_names_its_file(deals, tmp_path, monkeypatch, options, name):
    """-o names the file; with --as alone it is named for what it holds."""
    monkeypatch.chdir(tmp_path)
    code, printed = deals("export", "facts", *options)

    assert code == 0
    assert re.fullmatch(rf"{name}: [1-9]\d* facts\n", printed)
    assert (tmp_path / name).stat().st_size > 1000


def test_a_pair_is_given_once(deals, notebook):
    """-p takes key=value, each key once."""
    with pytest.raises(DataError, match="-p n=2: is given twice"):
        deals("report", notebook("1"), "-p", "n=1", "-p", "n=2")
    with pytest.raises(DataError, match="-p n: is not key=value"):
        deals("report", notebook("1"), "-p", "n")


@pytest.mark.parametrize("words, said", [(("kinds",), "no parameters"), (("params",), "lang")])
def test_params_says_where_there_are_none(deals, notebook, words, said):
    """A notebook's parameters are listed; one without says so."""
    path = notebook("1", parameters="" if words == ("kinds",) else 'lang: str = "en"  # language [en|fr]')

    assert said in deals("params", path)[1]


def test_a_reader_that_goes_away_is_no_error(monkeypatch):
    """`deals list | head` ends without a word."""
    monkeypatch.setattr(cli, "app", lambda: (_ for _ in ()).throw(BrokenPipeError))

    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 0


def test_a_citation_is_refused_before_anything_is_drawn(root, tmp_path):
    """An unknown form is met with those that there are; a document needs a name for itself."""
    with pytest.raises(DataError, match="--as: 'bibtexx' is not one of"):
        cite("actors", "bibtexx", root=root)
    with pytest.raises(DataError, match="writes a document, and -o names none"):
        cite("actors", "docx", output=tmp_path / "a.png", root=root)


# ---- while runs go on


def outcome(name: str, status: str = "ok") -> Outcome:
    return Outcome(name, f"{name}.ipynb", {}, status=status)


def test_many_runs_have_a_line_for_one_in_fifty(monkeypatch):
    """Two hundred runs print fifty lines and each failure, and say how long the rest will take."""
    out = io.StringIO()
    lines = Lines(out)
    clock = iter(range(10_000))
    monkeypatch.setattr("analysis.reports.progress.time.monotonic", lambda: float(next(clock)))
    lines.begin(["r"] * 200)
    for number in range(200):
        lines.ended(outcome(f"r{number}", "failed" if number == 0 else "ok"))
    printed = out.getvalue().splitlines()

    assert len(printed) == 51
    assert printed[0] == "[1/200] r0: failed"
    assert re.fullmatch(r"\[4/200\] r3, \d+ s left", printed[1])
    assert printed[-1] == "[200/200] r199"


def test_a_terminal_gets_bars(monkeypatch):
    """A bar for the whole, one for each run while it is at work, and none is left when all is over."""
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    bars = progress_for(terminal)
    assert isinstance(bars, Bars)
    bars.close()  # before anything began
    bars.begin(["a", "b"])
    bars.cell("a", {"cell": 0, "of": 4})
    bars.cell("a", {"cell": 2, "of": 4})
    at_work = [task.description for task in bars.bars.tasks]
    bars.ended(outcome("a"))
    done = [(task.description, task.completed) for task in bars.bars.tasks]
    bars.close()

    assert at_work == ["reports", "  a"]
    assert done == [("reports", 1)]


def test_outside_the_main_thread_no_signal_is_held():
    """A run that a thread asked for leaves the process's Ctrl-C alone."""
    held = []

    def hand_over() -> None:
        with work._interrupt_held() as let_in:
            let_in()
            held.append(True)

    thread = threading.Thread(target=hand_over)
    thread.start()
    thread.join()
    assert held == [True]


# ---- bad input and other systems


@pytest.mark.parametrize(
    "asked, said",
    [({"formats": ["htm"]}, "--format: 'htm' is not one of"), ({"engine": "cold"}, "--engine: 'cold' is not one of")],
)
def test_a_report_of_no_such_kind_is_refused(notebook, tmp_path, asked, said):
    """A format or an engine that there is not: nothing runs, nothing is written."""
    with pytest.raises(DataError, match=said):
        report([str(notebook("1"))], out=tmp_path / "out", **{"formats": ["ipynb"]} | asked)

    assert not (tmp_path / "out").exists()


def test_a_run_by_no_such_engine_is_refused(tmp_path):
    """A job names its engine; a slip is met with those that there are."""
    with pytest.raises(DataError, match="engine 'cold' is not one of"):
        run(Job("a.ipynb", "a", str(tmp_path), engine="cold"))


@pytest.mark.parametrize(
    "error, ename, said",
    [(TimeoutError("late"), "TimeoutError", "took longer than 2 s"), (RuntimeError("the kernel died\nand more"), "RuntimeError", "the kernel died")],
)  # fmt: skip
def test_a_kernel_that_fails_is_a_failed_run(notebook, tmp_path, monkeypatch, error, ename, said):
    """However papermill words it, the run has an outcome with its reason, and no notebook of a run that never began."""
    monkeypatch.setattr("papermill.execute_notebook", lambda *_, **__: (_ for _ in ()).throw(error))
    made = execute(Job(str(notebook("1")), "tiny", str(tmp_path / "out"), engine="papermill", timeout=2))

    assert (made.status, made.files) == ("failed", [])
    assert (made.error["ename"], made.error["evalue"]) == (ename, said)


@pytest.mark.parametrize(
    "contents, said",
    [
        (None, "cannot be read"),
        ("not JSON", "is no notebook, not JSON"),
        ("[]", "is no notebook, it has no cells"),
        ('{"cells": [1]}', "is no notebook, cell 1 has no type, source or metadata"),
    ],
)
def test_what_is_no_notebook_is_refused(tmp_path, contents, said):
    """Not there, not JSON, or JSON of another shape."""
    if contents is not None:
        (tmp_path / "a.ipynb").write_text(contents)

    with pytest.raises(DataError, match=said):
        load_notebook(tmp_path / "a.ipynb")


def test_findings_that_are_none_or_cannot_be_written_are_said_to_be(tmp_path):
    """A folder whose runs have no findings, and a place that takes no file, end in one message each."""
    run = {"name": "a", "notebook": "a.ipynb", "parameters": {}, "status": "ok", "findings": []}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(run), encoding="utf-8")
    with pytest.raises(DataError, match="no run has findings"):
        collect(tmp_path)

    (tmp_path / "manifest.jsonl").write_text(json.dumps(run | {"findings": [{"id": "b"}]}), encoding="utf-8")
    with pytest.raises(DataError, match=r"cannot be written .*Choose another file with -o"):
        write(collect(tmp_path), tmp_path / "none/findings.csv")


def test_a_translation_that_is_no_toml_is_refused(tmp_path):
    """The message names the file beside the notebook."""
    (tmp_path / "a.fr.toml").write_text("[cell", encoding="utf-8")

    with pytest.raises(DataError, match=r"a\.fr\.toml: .*, which is not TOML"):
        translations(tmp_path / "a.ipynb")


def test_stale_translations_are_listed():
    """A cell without French, with French of another English, and French of no cell."""
    cells = [{"id": id, "cell_type": "markdown", "source": id} for id in "ab"] + [{"id": "x", "cell_type": "code"}]

    assert stale(cells, {"b": {"of": "0", "text": "b"}, "c": {"of": "0", "text": "c"}}) == [
        "a: no French", "b: its English has changed", "c: no such cell"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsx", ""])
def test_a_document_of_no_such_kind_is_refused(tmp_path, kind):
    """The kinds that are written are named."""
    with pytest.raises(DataError, match="is not one of"):
        document.write("Text.", tmp_path / f"a.{kind}", title="T", lang="en", folder=tmp_path)


def test_what_the_typesetter_refuses_is_one_message(tmp_path, monkeypatch):
    """An error of typst or of pandoc is its first line, a missing typst the line that installs it; no file appears."""
    pytest.importorskip("pypandoc")
    typst = pytest.importorskip("typst")
    monkeypatch.setattr(typst, "compile", lambda *_, **__: (_ for _ in ()).throw(RuntimeError("no font\nmore")))
    with pytest.raises(DataError, match=r"typst: no font$"):
        document.write("Text.", tmp_path / "a.pdf", title="T", lang="en", folder=tmp_path)
    with pytest.raises(DataError, match="pandoc: "):
        document.pandoc(["--no-such-option"], "")
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingTool, match="typst is needed to write PDF"):
        document.write("Text.", tmp_path / "a.pdf", title="T", lang="en", folder=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_document_that_cannot_be_written_leaves_nothing(tmp_path):
    """A folder that has the document's name: one message, no half of a file."""
    pytest.importorskip("pypandoc")
    (tmp_path / "a.tex").mkdir()

    with pytest.raises(DataError, match=r"a\.tex: cannot be written .*Choose another place"):
        document.write("Text.", tmp_path / "a.tex", title="T", lang="en", folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.tex"]


def test_the_charts_script_is_made_where_none_is_kept(tmp_path, monkeypatch):
    """A damaged script is made anew and kept whole; one that is there is read, not made."""
    vl_convert = pytest.importorskip("vl_convert")
    made = []
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda: made.append(1) or "window.vegaEmbed='</script>';")
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    texts = []
    for damage in (None, b"window.vega", None):
        for kept in (tmp_path / "deals").glob("*.js") if damage else ():
            kept.write_bytes(damage)
        texts.append(page.vega_bundle())

    assert set(texts) == {"window.vegaEmbed='<\\/script>';"}
    assert len(made) == 2


def test_without_locks_a_folder_is_written_all_the_same(notebook, tmp_path, monkeypatch):
    """A system without file locks or a swap of folders has no second run kept out, and loses nothing."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr(folder.ctypes, "CDLL", lambda *_, **__: object())
    monkeypatch.setattr(folder.os, "link", lambda *_, **__: (_ for _ in ()).throw(OSError))
    (tmp_path / "out").mkdir()
    with folder.locked(tmp_path / "out"), folder.building(tmp_path / "out") as new:
        (new / "manifest.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "out/letter.txt").write_text("dear", encoding="utf-8")
    with folder.locked(tmp_path / "out"), folder.building(tmp_path / "out") as new:
        (new / "manifest.jsonl").write_text("", encoding="utf-8")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["letter.txt", "manifest.jsonl"]
