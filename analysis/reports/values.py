"""One value held to its parameter: type, choices, calendar; and that it reaches a notebook as data."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from analysis.errors import DataError, one_of

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
    ways = {
        "bool": "true or false",
        "list": '["a", "b"]; in a grid a list of such lists',
        "int": "digits",
        "dict": '{"key": "value"}',
    }
    way = ways.get(parameter.type.partition("[")[0])
    return f" Write it as {way}." if way else ""
