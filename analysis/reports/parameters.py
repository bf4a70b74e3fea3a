"""A notebook's parameters: read from its parameters cell, and held to it before anything runs.

The cell (tag `parameters`) writes one parameter a line, `name: type = default  # help [choice|choice]`.
Where the help says YYYY-MM-DD or YYYY-MM the text is a day or a month of the calendar; empty stays
allowed where the default is empty.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.errors import DataError, nearest
from analysis.reports.values import MISSING, Parameter, value_of


def load_notebook(path: Path | str) -> dict[str, Any]:
    """Read a notebook's JSON.

    Raises:
        DataError: the file is not there or is no notebook.
    """
    path = Path(path)
    try:
        notebook = json.loads(path.read_bytes())
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).{_near_file(path)}") from None
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: is no notebook, not JSON ({error}).") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise DataError(f"{path}: is no notebook, it has no cells.")
    for number, cell in enumerate(notebook["cells"], 1):
        if not _is_cell(cell):
            raise DataError(f"{path}: is no notebook, cell {number} has no type, source or metadata.")
    return notebook


def _is_cell(cell: Any) -> bool:
    """Whether it has what every cell of a notebook has: JSON of any other shape is not looked into."""
    if not isinstance(cell, dict) or not {"cell_type", "source"} <= cell.keys():
        return False
    source, about = cell["source"], cell.get("metadata", {})
    lines = source if isinstance(source, list) else [source]
    tags = about.get("tags", []) if isinstance(about, dict) else None
    return all(isinstance(line, str) for line in lines) and isinstance(tags, list)


def _near_file(path: Path) -> str:
    return nearest(path.name, [other.name for other in path.parent.glob("*.ipynb")]) if path.parent.is_dir() else ""


def parameters_of(notebook: Mapping[str, Any] | Path | str) -> list[Parameter]:
    """The parameters of a notebook, in the order of its cell; none where no cell has the tag.

    Raises:
        DataError: the cell holds something else than `name: type = default` lines.
    """
    if isinstance(notebook, Path | str):
        return parameters_of(load_notebook(notebook))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and "parameters" in cell.get("metadata", {}).get("tags", []):
            return parameters_in("".join(cell["source"]))
    return []


def parameters_in(source: str) -> list[Parameter]:
    """Read the lines of a parameters cell.

    >>> parameters_in('lang: str = "en"  # language of labels [en|fr]')
    [Parameter(name='lang', type='str', default='en', help='language of labels', choices=('en', 'fr'))]
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise DataError(f"parameters cell, line {error.lineno}: is not Python ({error.msg}).") from None
    except ValueError as error:  # half a surrogate pair, a null: no text that Python reads
        raise DataError(f"parameters cell: is not Python ({error}).") from None
    comments = _comments(source)
    found = []
    for statement in statements:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, annotation = statement.targets[0], None
        elif isinstance(statement, ast.AnnAssign):
            target, annotation = statement.target, statement.annotation
        elif isinstance(statement, ast.Import | ast.ImportFrom | ast.Expr):
            continue
        else:
            raise DataError(f"parameters cell, line {statement.lineno}: is not `name: type = default  # help`.")
        if isinstance(target, ast.Name):
            comment = comments.get(statement.end_lineno or statement.lineno, "")
            found.append(_parameter(target.id, annotation, statement.value, comment))
    return found


def _parameter(name: str, annotation: ast.expr | None, value: ast.expr | None, comment: str) -> Parameter:
    try:
        default = MISSING if value is None else ast.literal_eval(value)
    except ValueError:
        default = MISSING
    if annotation is not None:
        written = annotation.value if isinstance(annotation, ast.Constant) else ast.unparse(annotation)
    else:
        written = "Any" if default is MISSING or default is None else type(default).__name__
    listed = re.search(r"\s*\[([^\[\]]*\|[^\[\]]*)\]\s*$", comment)
    choices = tuple(choice.strip() for choice in listed[1].split("|")) if listed else ()
    return Parameter(name, str(written), default, comment[: listed.start()] if listed else comment, choices)


def _comments(source: str) -> dict[int, str]:
    """Each line's comment, without its sign."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ").strip() for token in tokens if token.type == tokenize.COMMENT}


def checked(
    values: Mapping[str, Any], parameters: Sequence[Parameter], *, where: str, text: bool = True
) -> dict[str, Any]:
    """Hold values to a notebook's parameters.

    Args:
        values: name -> value, from a command line (text), a grid file or Python.
        parameters: of the notebook.
        where: how messages begin, usually the notebook's name.
        text: read text as the parameter's type: `3` for an int, `a,b` for a list.

    Returns:
        Name -> value as the notebook gets it: str, int, float, bool, None, list or dict; a date is
        its ISO text.

    Raises:
        DataError: a name the notebook does not have, a value of another type or outside the choices;
            all problems are listed.
    """
    known = {parameter.name: parameter for parameter in parameters}
    problems, good = [], {}
    for name, value in values.items():
        if name not in known:
            names = ", ".join(known) or "none: it has no parameters cell"
            problems.append(f"{where}: no parameter '{name}'; it has {names}.{nearest(name, known)}")
            continue
        try:
            good[name] = value_of(value, known[name], text=text)
        except DataError as error:
            problems.append(f"{where}: parameter {name}: {error}")
    if problems:
        raise DataError(problems=problems)
    return good


def table(parameters: Iterable[Parameter]) -> str:
    """The parameters as lines of text, for a terminal."""
    rows = [
        (p.name, p.type, "" if p.default is MISSING else repr(p.default), " | ".join(p.choices), p.help)
        for p in parameters
    ]
    wide = [max(len(row[i]) for row in rows) for i in range(4)] if rows else []
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, [*wide, 0], strict=True)).rstrip() for row in rows
    )
