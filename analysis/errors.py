"""The one error a user can cause, and how it is worded.

A message reads `<where>: <what was found>, <the rule it breaks>. <the nearest way out>`.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class DataError(ValueError):
    """Something in the user's data, files or parameters breaks a rule.

    The command line prints the message and exits with code 2, without a traceback.

    Args:
        message: one problem, already worded.
        problems: every problem found, when a whole file or folder was read; `message` is then
            their lines joined.
    """

    def __init__(self, message: str = "", *, problems: Iterable[str] = ()) -> None:
        self.problems = list(problems) or [message]
        super().__init__(message or "\n".join(self.problems))


class MissingTool(DataError):
    """A program or an optional package is needed and not there; the message has the line that installs it."""


def nearest(word: object, choices: Iterable[str]) -> str:
    """Word the way out: ` Did you mean 'price'?`, or nothing where no choice is near.

    >>> nearest("reportd", ["confirmed", "reported"])
    " Did you mean 'reported'?"
    >>> nearest("zzz", ["confirmed"])
    ''
    """
    found = get_close_matches(str(word), list(choices), n=1, cutoff=0.6)
    return f" Did you mean '{found[0]}'?" if found else ""


def one_of(word: object, choices: Iterable[str], *, most: int = 12) -> str:
    """Word a refused choice: `'reportd' is not one of confirmed, reported. Did you mean 'reported'?`"""
    choices = list(choices)
    shown = ", ".join(choices[:most]) + (", …" if len(choices) > most else "")
    return f"'{word}' is not one of {shown}.{nearest(word, choices)}"
