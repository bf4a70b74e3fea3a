"""One figure, cited: the text to paste, and on request its picture or a document that holds it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from analysis.errors import DataError, one_of
from analysis.facts.study import study
from analysis.figures import cite as citing
from analysis.figures.figure import Figure, write_whole
from analysis.figures.ledger import append_entries, entry
from analysis.figures.linked import figure_named
from analysis.reports import document
from analysis.reports.memo import picture_of
from analysis.reports.words import WORDS

SETTINGS = ("policy", "as_of", "scope")


def cite(
    name: str,
    form: str,
    *,
    lang: str = "en",
    parameters: dict[str, str] | None = None,
    output: Path | None = None,
    root: Path | None = None,
) -> str:
    """Cite a figure as the data have it today.

    Args:
        name: a figure's id.
        form: one of `cite.FORMS`, or docx.
        lang: en or fr.
        parameters: of the study (policy, as_of, scope) and of the figure.
        output: for docx the document; else the PNG, whose name the citation then has.
        root: where data/ lies.

    Returns:
        The citation, or a line that says what was written.

    Raises:
        DataError: an unknown figure, form or parameter, or docx without `output`.
    """
    given = dict(parameters or {})
    if form not in (*citing.FORMS, "docx"):
        raise DataError(f"--as: {one_of(form, [*citing.FORMS, 'docx'])}")
    if form == "docx" and (output is None or output.suffix != ".docx"):
        raise DataError("--as docx: writes a document, and -o names none. Write -o figure.docx.")
    facts = study(lang=lang, root=root, **{key: given.pop(key) for key in SETTINGS if key in given})
    figure = figure_named(name, facts, lang, given)
    if output is None:
        return citing.cite(figure, form)
    if form == "docx":
        _document(figure, output)
    else:
        write_whole(output, figure.png)
    append_entries(output.parent / "ledger.jsonl", [entry(figure)])
    cited = f"{figure.ref}: {output}" if form == "docx" else citing.cite(figure, form)
    return cited.replace(citing.file_name(figure), output.name)


def _document(figure: Figure, output: Path) -> None:
    """A one-figure DOCX: 16 cm, alt text, numbered caption with source and reference."""
    record = figure.record | {"caption": f"{figure.caption or figure.title}. {figure.source} {figure.ref_line}."}
    with tempfile.TemporaryDirectory() as room:
        (Path(room) / picture_of(figure)).write_bytes(figure.png)
        text = document.figure_markdown(record, picture_of(figure), number=1)
        title = f"{WORDS[figure.lang].figure} {figure.ref}"
        document.write(text, output, title=title, lang=figure.lang, folder=Path(room))
