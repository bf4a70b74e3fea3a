"""A derivation as text: `+ - * /`, parentheses, numbers and property names; parsed here, never run as code.

    formula = "stake_acquired * valuation"

A name is a property of the claim's own subject; `target.revenue` is one of a subject that this one names (acquirer,
target, org, maker). A percentage reads as a share: 49 % is 0.49.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import add, mul, sub, truediv

from analysis.errors import DataError, nearest
from analysis.facts.interval import Interval, point

SIGNS: dict[type[ast.operator], Callable] = {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv}
HUNDRED = point(100)


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula; `steps` is its postfix form: names, numbers, and what combines the last two."""

    text: str
    steps: tuple[str | Interval | Callable, ...]

    @property
    def names(self) -> list[str]:
        """The properties it takes, each once, in order."""
        return list(dict.fromkeys(step for step in self.steps if isinstance(step, str)))

    def evaluate(self, values: Mapping[str, Interval]) -> Interval:
        """The interval of the result; a share where a percentage is meant.

        Raises:
            DataError: a name has no value.
        """
        stack: list[Interval] = []
        for step in self.steps:
            if isinstance(step, Interval):
                stack.append(step)
            elif isinstance(step, str):
                if step not in values:
                    raise DataError(f"formula '{self.text}': '{step}' has no value.{nearest(step, values)}")
                stack.append(values[step])
            else:
                right = stack.pop()
                stack.append(step(stack.pop(), right))
        return stack[0]


@lru_cache(maxsize=1024)
def parse(text: str) -> Formula:
    """Read a formula.

    Raises:
        DataError: anything but numbers, names, `+ - * /` and parentheses.

    >>> parse("stake_acquired * (valuation - 2)").names
    ['stake_acquired', 'valuation']
    >>> parse("2 + 3 * 4").evaluate({})
    Interval(14, 14)
    """
    try:
        return Formula(text, tuple(_steps(ast.parse(text.strip(), mode="eval").body)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        way = "Use property names, numbers, + - * / and parentheses."
        raise DataError(f"formula '{text}' cannot be read. {way}") from None


def _steps(node: ast.expr) -> Iterator[str | Interval | Callable]:
    """Left, right, sign; ValueError for anything that is no formula."""
    match node:
        case ast.BinOp(left, sign, right) if type(sign) in SIGNS:
            yield from _steps(left)
            yield from _steps(right)
            yield SIGNS[type(sign)]
        case ast.Name(name):
            yield name
        case ast.Attribute(ast.Name(peer), name):
            yield f"{peer}.{name}"
        case ast.Constant(int() | float() as value) if not isinstance(value, bool):
            yield point(value)
        case _:
            raise ValueError


def as_share(value: Interval, unit: str | None) -> Interval:
    """A percentage as a share; anything else as it is."""
    return value / HUNDRED if unit == "percent" else value


def as_unit(value: Interval, unit: str | None) -> Interval:
    """A share as a percentage where that is the unit; anything else as it is."""
    return value * HUNDRED if unit == "percent" else value
