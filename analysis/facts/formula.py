"""A derivation as text: `+ - * /`, parentheses, numbers and property names; parsed here, never run as code.

    formula = "stake_acquired * valuation"

A name is a property of the claim's own subject; `target.revenue` is one of a subject that this one names (acquirer,
target, org, maker). A percentage reads as a share: 49 % is 0.49.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import add, mul, sub, truediv

from analysis.errors import DataError, nearest
from analysis.facts.interval import Interval, point

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?)|(?P<sign>[-+*/()]))"
)
SIGNS: dict[str, Callable] = {"+": add, "-": sub, "*": mul, "/": truediv}
HUNDRED = point(100)
DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula; `steps` is its postfix form."""

    text: str
    steps: tuple[tuple[str, str], ...]

    @property
    def names(self) -> list[str]:
        """The properties it takes, each once, in order."""
        return list(dict.fromkeys(word for kind, word in self.steps if kind == "name"))

    def evaluate(self, values: Mapping[str, Interval]) -> Interval:
        """The interval of the result; a share where a percentage is meant.

        Raises:
            DataError: a name has no value.
        """
        stack: list[Interval] = []
        for kind, word in self.steps:
            if kind == "sign":
                right = stack.pop()
                stack.append(SIGNS[word](stack.pop(), right))
            else:
                stack.append(point(word) if kind == "number" else _value(self.text, word, values))
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
    tokens = list(_tokens(text))
    steps: list[tuple[str, str]] = []
    rest = _sum(text, tokens, 0, steps, depth=0)
    if rest != len(tokens):
        raise DataError(f"formula '{text}': '{tokens[rest][1]}' is left over at the end. Put a sign before it.")
    return Formula(text, tuple(steps))


def as_share(value: Interval, unit: str | None) -> Interval:
    """A percentage as a share; anything else as it is."""
    return value / HUNDRED if unit == "percent" else value


def as_unit(value: Interval, unit: str | None) -> Interval:
    """A share as a percentage where that is the unit; anything else as it is."""
    return value * HUNDRED if unit == "percent" else value


def _value(text: str, name: str, values: Mapping[str, Interval]) -> Interval:
    if name not in values:
        raise DataError(f"formula '{text}': '{name}' has no value.{nearest(name, values)}")
    return values[name]


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = TOKEN.match(text, at)
        if found is None:
            left = text[at:end].strip()
            raise DataError(
                f"formula '{text}': '{left[:12]}' is not a number, a name or a sign. Signs are + - * / ( )."
            )
        yield found.lastgroup or "", found[found.lastgroup or 0]
        at = found.end()


def _sum(text: str, tokens: list, at: int, steps: list, *, depth: int) -> int:
    return _chain(text, tokens, at, steps, signs="+-", inner=_product, depth=depth)


def _product(text: str, tokens: list, at: int, steps: list, *, depth: int) -> int:
    return _chain(text, tokens, at, steps, signs="*/", inner=_atom, depth=depth)


def _chain(text: str, tokens: list, at: int, steps: list, *, signs: str, inner: Callable, depth: int) -> int:
    """Left to right: one inner part, then any number of a sign and another."""
    at = inner(text, tokens, at, steps, depth=depth)
    while at < len(tokens) and tokens[at][1] in signs:
        sign = tokens[at]
        at = inner(text, tokens, at + 1, steps, depth=depth)
        steps.append(sign)
    return at


def _atom(text: str, tokens: list, at: int, steps: list, *, depth: int) -> int:
    if at >= len(tokens):
        raise DataError(f"formula '{text}': it ends where a number, a name or '(' is due.")
    kind, word = tokens[at]
    if kind != "sign":
        steps.append(tokens[at])
        return at + 1
    if word != "(" or depth >= DEEPEST:
        raise DataError(f"formula '{text}': '{word}' where a number or a name is due.")
    at = _sum(text, tokens, at + 1, steps, depth=depth + 1)
    if at >= len(tokens) or tokens[at][1] != ")":
        raise DataError(f"formula '{text}': a parenthesis is not closed. Add ')'.")
    return at + 1
