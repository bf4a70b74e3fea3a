"""A notebook's parameters: read from its parameters cell, and held to it before anything runs.

The cell (tag `parameters`) writes one parameter a line, `name: type = default  # help [choice|choice]`.
Where the help says YYYY-MM-DD or YYYY-MM the text is a day or a month of the calendar; empty stays
allowed where the default is empty.
"""

from __future__ import annotations

import ast
import io
import json
import math
import re
import tokenize
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analysis.errors import DataError, nearest, one_of

MISSING: Any = object()
MOST_DIGITS = 4000  # Python refuses to read an integer literal of more than 4,300 digits
_WORDS = {"true": True, "yes": True, "1": True, "on": True, "false": False, "no": False, "0": False, "off": False}
_FORMS = {"YYYY-MM-DD": ("%Y-%m-%d", "2025-06-13"), "YYYY-MM": ("%Y-%m", "2025-06")}
_TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell.

    `type` is as written (`str`, `list[str]`, `str | None`), inferred from the default where none is
    written; `default` is MISSING where it is not a literal; `choices` is empty where any value will do.
    """

    name: str
    type: str
    default: Any
    help: str = ""
    choices: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """The calendar form that the help names, or nothing."""
        return next((form for form in _FORMS if re.search(rf"\b{form}\b", self.help)), "")


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
    except ValueError as error:
        raise DataError(f"{path}: is no notebook, not JSON ({error}).") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise DataError(f"{path}: is no notebook, it has no cells.")
    return notebook


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


def value_of(value: Any, parameter: Parameter, *, text: bool = True) -> Any:
    """One value as its parameter wants it.

    >>> value_of("a, b", Parameter("articles", "list", []))
    ['a', 'b']
    """
    written = re.sub(r"^(?:typing\.)?Optional\[(.*)\]$", r"None | \1", parameter.type).split("|")
    made = next((made for kind in written if (made := _as_type(value, kind.strip(), text)) is not MISSING), MISSING)
    if made is MISSING:
        raise DataError(f"{_shown(value)} is not {_article(parameter.type)}.{_way(parameter)}")
    _hold_to_choices(made, parameter)
    if parameter.form and made != "" and isinstance(made, str):
        _hold_to_calendar(made, parameter.form)
    if parameter.form and made == "" and parameter.default != "":
        raise DataError(f"is empty, a date is needed. Write it as {_FORMS[parameter.form][1]}.")
    return made


def _as_type(value: Any, written: str, text: bool) -> Any:
    """`value` read as the written type, else MISSING."""
    base, _, inner = written.partition("[")
    if isinstance(value, date | datetime):
        value = value.isoformat()
    if base in ("None", "NoneType"):
        return None if value is None or (text and str(value).lower() in ("none", "null")) else MISSING
    if base in ("Any", "object"):
        return _plain(value)
    if base == "date":
        return value if isinstance(value, str) and _is_date(value, "%Y-%m-%d") else MISSING
    kind = _TYPES.get(base.lower())
    if kind is None:
        return _plain(value)
    if text and isinstance(value, str) and kind is not str:
        value = _read(value, kind)
    if kind is float and type(value) is int and abs(value) < 2**53:
        return float(value)
    if isinstance(value, tuple):
        value = list(value)
    if type(value) is not kind:
        return MISSING
    if isinstance(value, list) and inner:
        each = inner.rstrip("]")
        value = [_as_type(item, each, text) for item in value]
        return MISSING if any(item is MISSING for item in value) else value
    return _plain(value)


def _read(text: str, kind: type) -> Any:
    """Text of a command line or a CSV cell as `kind`; unchanged where it is not one."""
    word = text.strip()
    if kind is bool:
        return _WORDS.get(word.lower(), text)
    if kind is list and not word.startswith("["):
        return [item.strip() for item in word.split(",") if item.strip()]
    try:
        if kind in (list, dict):
            return json.loads(word)
        return kind(word) if len(word) <= MOST_DIGITS else text
    except ValueError:
        return text


def _plain(value: Any) -> Any:
    """`value` where it can be written into a cell as data and comes out the same, else MISSING."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if value.bit_length() <= MOST_DIGITS * math.log2(10) + 1 else MISSING
    if isinstance(value, list | tuple):
        items = [_plain(item) for item in value]
        return MISSING if any(item is MISSING for item in items) else items
    if isinstance(value, dict):
        pairs = {key: _plain(item) for key, item in value.items()}
        return MISSING if any(not isinstance(k, str) or v is MISSING for k, v in pairs.items()) else pairs
    if isinstance(value, str):
        return value if value.isprintable() or _writable(value) else MISSING
    return value if value is None or isinstance(value, bool | float) else MISSING


def _writable(text: str) -> bool:
    """Whether a file can hold the text: half of a surrogate pair cannot be written."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _hold_to_choices(value: Any, parameter: Parameter) -> None:
    items: list[Any] = value if isinstance(value, list) else [value]
    for item in items:
        if parameter.choices and item is not None and str(item) not in parameter.choices:
            raise DataError(one_of(item, parameter.choices))


def _is_date(text: str, form: str) -> bool:
    try:
        return datetime.strptime(text, form).strftime(form) == text
    except ValueError:
        return False


def _hold_to_calendar(text: str, form: str) -> None:
    pattern, example = _FORMS[form]
    if not _is_date(text, pattern):
        raise DataError(f"'{text}' is not a {'day' if form == 'YYYY-MM-DD' else 'month'}. Write it as {example}.")


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, int) or value.bit_length() < 300 else "an integer too long to write"
    return text if len(text) <= 60 else text[:57] + "…"


def _article(kind: str) -> str:
    return f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"


def _way(parameter: Parameter) -> str:
    ways = {"bool": "true or false", "list": '["a", "b"]; in a grid a list of such lists', "int": "digits", "dict": '{"key": "value"}'}
    way = ways.get(parameter.type.partition("[")[0])
    return f" Write it as {way}." if way else ""


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
