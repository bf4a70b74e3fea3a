"""Pictures that were drawn before: the same specification, drawn by the same code, is not drawn twice.

They lie in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`), named by all that decides what they look
like; `DEALS_CACHE=off` draws anew. A file that is not as it was written is drawn again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path

MOST = 4000  # pictures kept; then the older half is dropped
_DIGEST = 32  # bytes of SHA-256 before each picture


def drawn(kind: str, of: str, draw: Callable[[], bytes]) -> bytes:
    """The picture from the cache, else by `draw`.

    Args:
        kind: the format.
        of: the whole of what is drawn.
        draw: makes it; a function of `of`, the versions of the drawing libraries and this room's code alone.
    """
    folder = _folder()
    if folder is None:
        return draw()
    name = hashlib.sha256(f"{_drawers()}\0{kind}\0{of}".encode()).hexdigest()
    with contextlib.suppress(OSError):
        held = (folder / name).read_bytes()
        if hashlib.sha256(held[_DIGEST:]).digest() == held[:_DIGEST]:
            return held[_DIGEST:]
    data = draw()
    with contextlib.suppress(OSError):
        _keep(folder, name, hashlib.sha256(data).digest() + data)
    return data


def _folder() -> Path | None:
    if os.environ.get("DEALS_CACHE") == "off":
        return None
    with contextlib.suppress(RuntimeError):  # a user without a home
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "deals" / "pictures"
    return None


@cache
def _drawers() -> str:
    """What draws: the libraries' versions and this room's own files."""
    here = Path(__file__).parent
    own = hashlib.sha256(
        b"\0".join((here / name).read_bytes() for name in ("figure.py", "theme.py", "drawn.py", "renderer.py"))
    )
    return f"{version('vl-convert-python')} {version('pillow')} {own.hexdigest()}"


def _keep(folder: Path, name: str, data: bytes) -> None:
    """Write whole or not at all; make room where there are many."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f".{name}.{os.getpid()}"
    try:
        part.write_bytes(data)
        os.replace(part, folder / name)
    finally:
        part.unlink(missing_ok=True)
    if name.startswith("00"):  # one in 256
        held = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for old in held[: len(held) // 2] if len(held) > MOST else []:
            old.unlink(missing_ok=True)
