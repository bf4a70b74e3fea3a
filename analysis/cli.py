"""The `deals` command: parses, calls one library function, words its errors.

Exit codes: 0 good, 1 a finding (lost, drifted, stale, a failed run), 2 bad input or usage.
"""

from __future__ import annotations

import sys
from collections.abc import Sized
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="deals",
    help="From news articles to a deal memo in which every figure leads back to the words that support it.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
)


Policy = Annotated[str, typer.Option(help="balanced, official or latest.")]
AsOf = Annotated[str, typer.Option(help="A day: only what was public on it counts.")]
Scope = Annotated[str, typer.Option(help="all, or seed for the articles without reference data.")]
Lang = Annotated[str, typer.Option(help="en or fr.")]
Data = Annotated[Path | None, typer.Option(help="The folder that holds data/.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Pairs = Annotated[list[str] | None, typer.Option("-p", help="key=value; see deals params.")]
Names = Annotated[list[str] | None, typer.Argument(help="Notebooks, by name or path; none means all.")]


@app.callback()
def deals() -> None:
    """Read, resolve, chart, report and check deals in the news."""


@app.command()
def facts(
    subject: Annotated[str, typer.Argument(help="A subject's id, such as deal:meta-scale-ai-2025.")],
    property: Annotated[str | None, typer.Argument(help="One of its properties, such as stake_acquired.")] = None,
    policy: Policy = "balanced",
    as_of: AsOf = "",
    scope: Scope = "all",
    lang: Lang = "en",
    json: Json = False,
) -> None:
    """Say what is held true of a subject, who says so, who does not, and what decided."""
    from analysis.facts.explain import told

    typer.echo(told(subject, property, policy=policy, as_of=as_of, scope=scope, lang=lang, json=json))


@app.command("read")
def read_article(
    file: Annotated[Path, typer.Argument(help="An article as .txt or .md.")],
    lang: Annotated[str, typer.Option(help="auto, fr or en.")] = "auto",
    published: Annotated[str | None, typer.Option(help="The article's date, EDTF: 2025-06-12 or 2025-06.")] = None,
    json: Json = False,
) -> None:
    """Print an article's amounts, percentages, counts and dates, marked in its text."""
    from analysis.articles.reading import told

    typer.echo(told(file, lang=lang, published=published, json=json))


@app.command()
def propose(
    file: Annotated[Path, typer.Argument(help="An article as .txt or .md, French or English.")],
    published: Annotated[str | None, typer.Option(help="Its date, EDTF; else the one that it states.")] = None,
    output: Annotated[Path | None, typer.Option("-o", help="The file to write; else one named for the deal.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the proposals and write nothing.")] = False,
) -> None:
    """Propose an article's claims as a file to edit: accept, correct or reject each."""
    from analysis.articles.reading import proposed

    typer.echo(proposed(file, published=published, output=output, json=json))


@app.command()
def report(
    names: Names = None,
    parameter: Pairs = None,
    grid: Annotated[Path | None, typer.Option(help="A TOML, CSV or JSON file of runs.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Runs at a time; as many as processors.")] = None,
    engine: Annotated[str | None, typer.Option(help="warm or papermill; warm where the system can.")] = None,
    formats: Annotated[str, typer.Option("--format", help="Of ipynb,html,pdf,docx.")] = "html,ipynb",
    out: Annotated[Path | None, typer.Option(help="Folder; reports/, or reports/<grid>.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Skip runs of which nothing has changed.")] = False,
    timeout: Annotated[float | None, typer.Option(min=0.1, help="Seconds that a run may take.")] = None,
    retries: Annotated[int, typer.Option(min=0, help="Further tries for a run that failed.")] = 0,
    scheduler: Annotated[str | None, typer.Option(help="Address of a Dask scheduler.")] = None,
) -> None:
    """Run notebooks with parameters and write them as pages and documents."""
    import signal
    import time

    from analysis.reports.progress import progress_for, summary
    from analysis.reports.report import report as write

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing half-made is left
    started = time.monotonic()
    outcomes = write(
        names or [],
        parameters=_pairs(parameter or []),
        grid=grid,
        out=out,
        formats=[name.strip() for name in formats.split(",") if name.strip()],
        jobs=jobs,
        engine=engine,
        resume=resume,
        timeout=timeout,
        retries=retries,
        scheduler=scheduler,
        progress=progress_for(sys.stderr),
    )
    folder = out or (Path("reports") / grid.stem if grid else Path("reports"))
    print(summary(outcomes, folder, time.monotonic() - started, grid=grid is not None))
    raise typer.Exit(any(outcome.status == "failed" for outcome in outcomes))


def _many(found: Sized, name: str) -> str:
    return f"{len(found)} {name}{'' if len(found) == 1 else 's'}"


def _pairs(given: list[str]) -> dict[str, str]:
    """`key=value` as a dict; a key given twice is refused."""
    from analysis.errors import DataError

    pairs: dict[str, str] = {}
    for text in given:
        key, sign, value = text.partition("=")
        if not sign or not key.strip() or key.strip() in pairs:
            why = "is given twice" if key.strip() in pairs else "is not key=value"
            raise DataError(f"-p {text}: {why}. Write -p lang=fr, once for each parameter.")
        pairs[key.strip()] = value
    return pairs


@app.command()
def params(notebook: Annotated[str, typer.Argument(help="A notebook, by name or path.")]) -> None:
    """Show a notebook's parameters: type, default, choices, help."""
    from analysis.reports.grid import notebook_paths
    from analysis.reports.parameters import parameters_of, table

    print(table(parameters_of(notebook_paths([notebook])[0])) or "no parameters")


@app.command()
def collect(
    folder: Annotated[Path, typer.Argument(help="A folder of reports.")],
    output: Annotated[Path | None, typer.Option("-o", help="A .parquet, .csv or .json file.")] = None,
) -> None:
    """Gather the findings of all runs in a folder as one table."""
    from analysis.reports.collect import collect as gather
    from analysis.reports.collect import write

    frame = gather(folder)
    if output is None:
        print(frame.select(frame.columns[:-1]))
    else:
        print(f"{write(frame, output)}: {frame.height} findings of {frame['run'].n_unique()} runs")


@app.command()
def notebooks(
    names: Names = None,
    engine: Annotated[str, typer.Option(help="warm or papermill.")] = "papermill",
) -> None:
    """Run the notebooks again, store their outputs in them, and show each finding that moved."""
    from analysis.reports.stored import failures, store

    moved, outcomes = store(names or [], engine=engine)
    print("\n".join(moved) or "no finding moved")
    for line in failures(outcomes):
        print(f"failed, left as it was: {line}", file=sys.stderr)
    raise typer.Exit(bool(failures(outcomes)))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open JupyterLab on the notebooks; further options go to JupyterLab."""
    from analysis.reports.grid import home
    from analysis.reports.stored import lab as open_lab

    open_lab(home(), context.args)


@app.command()
def lint(
    figures: Annotated[list[str] | None, typer.Argument(help="Figures by id; all of them without one.")] = None,
    policy: Policy = "balanced",
    scope: Scope = "all",
) -> None:
    """Measure figures as they come out: small text, contrast, glyphs, overlaps, clipped text, width."""
    from analysis.figures.lint import lint_figures

    found = lint_figures(figures or [], policy=policy, scope=scope)
    for name, lines in found.items():
        typer.echo(f"{name}: {'; '.join(lines) or 'ok'}")
    raise typer.Exit(1 if any(found.values()) else 0)


@app.command()
def publish(figures: Annotated[list[str], typer.Argument(help="Figures by id.")]) -> None:
    """Add figures as they stand today to data/ledger.jsonl, by which check and trace know them again."""
    from analysis.figures.ledger import publish as published

    for ref in published(figures):
        typer.echo(ref)


@app.command()
def check(
    memos: Annotated[list[Path] | None, typer.Argument(help="Memos and documents; none means data/.")] = None,
    texts: Annotated[Path | None, typer.Option(help="A folder of the articles' texts: find every quote again.")] = None,
    data: Data = None,
    lang: Lang = "en",
    json: Json = False,
) -> None:
    """Check data/ and its quotes, or memos: what is lost, drifted, stale, or strained.

    Of what was typed in a memo by hand, each amount, percentage, multiple and count is judged; a date or an age only
    where a claim gives it, or a figure or number of the memo moved away from it: a memo has dates of its own.
    """
    from json import dumps

    from analysis.reports.check import check as checked

    found = checked(memos or [], texts=texts, root=data, lang=lang)
    if json:
        print(dumps(found.json(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(found.lines), file=sys.stderr if found.code == 2 else sys.stdout)
    raise typer.Exit(found.code)


@app.command()
def memo(
    file: Annotated[Path, typer.Argument(help="A memo in Markdown.")],
    output: Annotated[Path, typer.Option("-o", help="A .docx, .pdf, .html or .tex file.")],
    template: Annotated[Path | None, typer.Option(help="A DOCX whose styles are taken.")] = None,
    data: Data = None,
) -> None:
    """Fill a memo's figures and numbers in, with footnotes and a list of sources."""
    from analysis.reports.memo import write_memo

    filled = write_memo(file, output, template=template, root=data)
    print(f"{output}: {_many(filled.figures, 'figure')}, {_many(filled.numbers, 'number')}")


@app.command()
def cite(
    figure: Annotated[str, typer.Argument(help="A figure's id, such as deal-ratios.")],
    form: Annotated[
        str, typer.Option("--as", help="markdown, docx, latex, typst, html, bibtex, csl, apa, iso690 or table.")
    ] = "markdown",
    lang: Lang = "en",
    parameter: Pairs = None,
    output: Annotated[Path | None, typer.Option("-o", help="Where the figure is written; docx needs it.")] = None,
    data: Data = None,
) -> None:
    """Print a figure's citation; with -o the picture is written, or a document that holds it."""
    from analysis.reports.citing import cite as cited

    print(cited(figure, form, lang=lang, parameters=_pairs(parameter or []), output=output, root=data))


@app.command()
def trace(
    file: Annotated[Path, typer.Argument(help="A png, jpg, svg, pdf, docx, html, md or ipynb file.")],
    ref: Annotated[str | None, typer.Option(help="The reference printed in the picture.")] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Say which figures a file shows: reference, data, parameters, sources, claims and their quotes."""
    from json import dumps

    from analysis.articles.corpus import load
    from analysis.figures.trace import told
    from analysis.figures.trace import trace as traced

    found, corpus = traced(file, ref=ref, root=data), load(data)
    if json:
        print(dumps({"file": str(file), "figures": [f.to_json(corpus) for f in found]}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(told(file, found, corpus)))
    raise typer.Exit(not found)


@app.command()
def anchor(
    file: Annotated[Path, typer.Argument(help="An article's file in data/articles/.")],
    texts: Annotated[Path, typer.Option(help="The folder that holds the article's text.")],
) -> None:
    """Fill positions and hashes of a file's evidence from its quotes."""
    from analysis.articles.anchor import anchor as fill

    print(f"{file}: anchored in {fill(file, texts)}")


@app.command(name="list")
def list_(
    what: Annotated[
        str | None, typer.Argument(help="articles, subjects, sources, properties, notebooks, figures or proposed.")
    ] = None,
    data: Data = None,
    lang: Lang = "en",
) -> None:
    """Show what there is of a kind, one line an item; without one, how many there are of each."""
    from analysis.reports.listing import listing

    print("\n".join(listing(what, root=data, lang=lang)) or "none")


@app.command()
def export(
    what: Annotated[str, typer.Argument(help="claims, facts or deals.")],
    output: Annotated[Path | None, typer.Option("-o", help="A .csv, .parquet or .xlsx file.")] = None,
    form: Annotated[str | None, typer.Option("--as", help="csv, parquet or xlsx; without, CSV is printed.")] = None,
    policy: Policy = "balanced",
    as_of: AsOf = "",
    scope: Scope = "all",
    data: Data = None,
) -> None:
    """Write claims, facts or deals for other tools."""
    from analysis.errors import DataError, one_of
    from analysis.facts.export import WHAT, csv_of, rows_of
    from analysis.facts.export import export as write
    from analysis.facts.study import study

    if what not in WHAT:
        raise DataError(f"export: {one_of(what, WHAT)}")
    facts = study(policy=policy, as_of=as_of, scope=scope, root=data)
    output = output or (Path(f"{what}.{form}") if form else None)
    if output is None:
        print(csv_of(rows_of(facts, what)), end="")
    else:
        file, rows = write(facts, what, output)
        print(f"{file}: {rows} {what}")


def main() -> None:
    """Run the command; a DataError is printed as one message and ends with exit code 2."""
    from analysis.errors import DataError

    try:
        app()
    except DataError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except SystemExit as left:
        if left.code in (130, 143):  # typer's word for Ctrl-C, ours for SIGTERM
            print("deals: interrupted; what was there before is unchanged.", file=sys.stderr)
        raise
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
