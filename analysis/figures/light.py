"""Importing Altair and nbformat without the grammar that they bring and nothing here asks for."""

from __future__ import annotations

import contextlib
import importlib
import sys
import types
from collections.abc import Iterator

_GRAMMAR = "rfc3987_syntax"


@contextlib.contextmanager
def without_grammar() -> Iterator[None]:
    """jsonschema imports `rfc3987_syntax`, which takes 1.6 s to build a grammar that nothing here uses.

    While the block lasts a stand-in has its name, which imports the real one when it is first asked.
    """

    def is_valid_syntax(term: str, value: str) -> bool:
        return importlib.import_module(_GRAMMAR).is_valid_syntax(term, value)

    if _GRAMMAR in sys.modules:
        yield
        return
    stand_in = types.ModuleType(_GRAMMAR)
    stand_in.is_valid_syntax = is_valid_syntax  # type: ignore[attr-defined]
    sys.modules[_GRAMMAR] = stand_in
    try:
        yield
    finally:
        del sys.modules[_GRAMMAR]
