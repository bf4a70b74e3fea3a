"""Parameters are read from the notebook's own cell and held to it before anything runs."""

from __future__ import annotations

import contextlib
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import DataError
from analysis.reports.parameters import MISSING, Parameter, checked, load_notebook, parameters_in, parameters_of, table

CELL = """
lang: str = "en"  # language of labels [en|fr]
as_of: str = ""  # a day, YYYY-MM-DD; empty for everything
dollars: str = "2025-06"  # month, YYYY-MM
articles: list = []  # ids to keep
shares: list[float] = [0.5]
count: int = 3
rate: float = 1.5
deep: bool = False
limit: int | None = None
extra: dict = {}
note = "free"
"""


def hold(**values):
    return checked(values, parameters_in(CELL), where="nb")


def refused(**values) -> str:
    with pytest.raises(DataError) as caught:
        hold(**values)
    return str(caught.value)


def test_a_line_gives_name_type_default_help_and_choices():
    """A parameter is `name: type = default  # help [choice|choice]`, as papermill shows it."""
    lang = parameters_in(CELL)[0]

    assert lang == Parameter("lang", "str", "en", "language of labels", ("en", "fr"))


def test_a_type_is_inferred_from_the_default_where_none_is_written():
    """`note = "free"` is a text; a default that is no literal is any value."""
    note, when = parameters_in('note = "free"\nwhen = now()')

    assert (note.type, when.type, when.default) == ("str", "Any", MISSING)


def test_choices_may_hold_a_sign_that_starts_a_comment():
    """A hash inside a text is no comment."""
    (colour,) = parameters_in('colour: str = "#fff"  # of lines [#fff|#000]')

    assert colour.choices == ("#fff", "#000")


@pytest.mark.parametrize(
    "given_value, made",
    [
        ({"lang": "fr"}, "fr"),
        ({"as_of": ""}, ""),
        ({"as_of": "2025-06-12"}, "2025-06-12"),
        ({"as_of": date(2025, 6, 12)}, "2025-06-12"),
        ({"dollars": "2014-02"}, "2014-02"),
        ({"articles": "a, b"}, ["a", "b"]),
        ({"articles": '["a,b"]'}, ["a,b"]),
        ({"articles": ""}, []),
        ({"articles": ("a",)}, ["a"]),
        ({"shares": "[1, 2.5]"}, [1.0, 2.5]),
        ({"count": "12"}, 12),
        ({"rate": "3"}, 3.0),
        ({"rate": 3}, 3.0),
        ({"rate": "1e999"}, math.inf),
        ({"deep": "yes"}, True),
        ({"deep": "0"}, False),
        ({"limit": "none"}, None),
        ({"limit": "7"}, 7),
        ({"extra": '{"a": [1, null]}'}, {"a": [1, None]}),
    ],
)
def test_a_value_becomes_the_type_of_its_parameter(given_value, made):
    """Text of a command line is read as the type that the cell declares."""
    (value,) = hold(**given_value).values()

    assert value == made
    assert type(value) is type(made)


@pytest.mark.parametrize(
    "given_value, message",
    [
        ({"langg": "fr"}, "nb: no parameter 'langg'; it has lang, as_of, dollars, articles, shares, count, rate, deep, "
         "limit, extra, note. Did you mean 'lang'?"),
        ({"lang": "de"}, "nb: parameter lang: 'de' is not one of en, fr."),
        ({"lang": 3}, "nb: parameter lang: 3 is not a str."),
        ({"as_of": "2025-02-30"}, "nb: parameter as_of: '2025-02-30' is not a day. Write it as 2025-06-13."),
        ({"as_of": "20250213"}, "nb: parameter as_of: '20250213' is not a day. Write it as 2025-06-13."),
        ({"dollars": ""}, "nb: parameter dollars: is empty, a date is needed. Write it as 2025-06."),
        ({"count": "3.5"}, "nb: parameter count: '3.5' is not an int. Write it as digits."),
        ({"count": True}, "nb: parameter count: True is not an int. Write it as digits."),
        ({"count": 10**5000}, "nb: parameter count: an integer too long to write is not an int. Write it as digits."),
        ({"deep": "perhaps"}, "nb: parameter deep: 'perhaps' is not a bool. Write it as true or false."),
        ({"shares": '["x"]'}, "nb: parameter shares: '[\"x\"]' is not a list[float]. "
         'Write it as ["a", "b"]; in a grid a list of such lists.'),
        ({"note": "\udc80"}, "nb: parameter note: '\\udc80' is not a str."),
        ({"rate": object}, "nb: parameter rate: <class 'object'> is not a float."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_the_way_out(given_value, message):
    """An unknown name, another type, or a value outside the choices is refused, with the nearest or an example."""
    assert refused(**given_value) == message


def test_every_problem_is_named_at_once():
    """Whoever has three slips reads of three, not of the first."""
    with pytest.raises(DataError) as caught:
        hold(lang="de", count="x", nope=1)

    assert len(caught.value.problems) == 3


def test_without_reading_text_stays_text():
    """In a TOML grid a value has its type already: the text "12" is no number."""
    with pytest.raises(DataError, match="'12' is not an int"):
        checked({"count": "12"}, parameters_in(CELL), where="nb", text=False)


@pytest.mark.parametrize("source", ["a = 1\ud800", "a = '\0'"])
def test_what_is_no_text_is_no_parameters_cell(source):
    """Half a surrogate pair, which JSON can hold, and a null are refused as a cell that is not Python."""
    with pytest.raises(DataError, match="is not Python"):
        parameters_in(source)


def test_a_cell_that_is_no_list_of_parameters_is_refused_with_its_line():
    """A loop in the parameters cell cannot be read without running it."""
    with pytest.raises(DataError, match=r"parameters cell, line 2: is not `name: type = default"):
        parameters_in("a = 1\nfor i in range(3): pass")


def test_a_file_that_is_no_notebook_is_refused(tmp_path):
    """JSON without cells is no notebook, and a missing file names its nearest neighbour."""
    (tmp_path / "deals.ipynb").write_text("{}")
    with pytest.raises(DataError, match="is no notebook, it has no cells"):
        load_notebook(tmp_path / "deals.ipynb")

    with pytest.raises(DataError, match=r"cannot be read .* Did you mean 'deals.ipynb'\?"):
        load_notebook(tmp_path / "deal.ipynb")


def test_a_notebook_without_the_tag_has_none(notebook):
    """No parameters cell, no parameters."""
    assert parameters_of(notebook("1", parameters="")) == []


def test_the_table_has_a_line_for_each_parameter():
    """`deals params` shows name, type, default, choices and help."""
    lines = table(parameters_in(CELL)).splitlines()

    assert len(lines) == 11
    assert "en | fr" in lines[0]


NASTY = ['"', "'", '"""', "\\", "\\\\'", "a\nb", "\r\n\t\0", "{x}", "# no comment", '"; import os; os._exit(1) #', "é",
         "__import__('os')", "%time", "!ls", "nan", "\\N{BULLET}"]  # fmt: skip


def translated(values):
    """The values as papermill writes them into a cell, run."""
    from papermill.translators import PythonTranslator

    made: dict = {}
    exec(PythonTranslator.codify(values), {}, made)
    return made


@pytest.mark.parametrize("text", NASTY)
def test_text_that_looks_like_code_stays_text(text):
    """Quotes, newlines, backslashes and code reach the notebook as the characters they are."""
    values = checked({"note": text}, parameters_in(CELL), where="nb")

    assert translated(values) == {"note": text}


text = st.text(st.characters(exclude_categories=["Cs"]))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**4000), 10**4000) | st.floats(allow_nan=False) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=8,
)


@given(plain)
def test_any_plain_value_reaches_the_notebook_as_it_is(value):
    """What the checks let through comes out of papermill's cell equal, with its type."""
    made = checked({"x": value}, [Parameter("x", "Any", None)], where="nb")

    assert translated(made) == {"x": value}


def test_not_a_number_reaches_the_notebook():
    """nan and the infinities are data too."""
    made = translated(checked({"rate": "nan"}, parameters_in(CELL), where="nb"))

    assert math.isnan(made["rate"])


@given(st.text(max_size=200))
def test_reading_a_cell_never_breaks(source):
    """Whatever stands in the cell, it is read or refused."""
    with contextlib.suppress(DataError):
        parameters_in(source)
