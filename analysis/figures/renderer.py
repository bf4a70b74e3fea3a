"""The renderer, which sees none of the machine's fonts: a picture is the same bytes wherever it is drawn.

The renderer brings its own Liberation Sans. Where the machine has one too, the machine's would be taken, in whichever
version it is, and its file would be opened anew for each letter: pictures would differ, and take three times as long.
There is no switch for it, so that no file can be opened in the moment when the fonts are looked for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cache
from types import ModuleType

_EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@cache
def renderer() -> ModuleType:
    """vl-convert, with its own fonts alone. On a system without limits on open files it keeps the machine's."""
    import vl_convert

    with _nothing_opened():
        vl_convert.svg_to_png(_EMPTY)
    return vl_convert


@contextlib.contextmanager
def _nothing_opened() -> Iterator[None]:
    """While the block lasts this process opens no further file; those that are open stay so."""
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
