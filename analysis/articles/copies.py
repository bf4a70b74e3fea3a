"""The reader's own copies of the articles: a folder of texts, read live and never stored."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from analysis.articles.text import fold
from analysis.errors import DataError

MOST_BYTES = 20_000_000
KINDS = (".txt", ".md", "")


def texts_in(folder: Path) -> dict[str, str]:
    """The normalised text of each file of a folder by name; empty for a file that is no text."""
    if not folder.is_dir():
        raise DataError(f"{folder}: there is no such folder. Give the folder that holds the texts.")
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    stamp = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _read_texts(folder, stamp)


@lru_cache(maxsize=4)
def _read_texts(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> dict[str, str]:
    texts = {}
    for name, _, size in stamp:
        readable = Path(name).suffix.lower() in KINDS and size <= MOST_BYTES
        texts[name] = fold(_decoded((folder / name).read_bytes())) if readable else ""
    return texts


def _decoded(raw: bytes) -> str:
    """A file's characters: UTF-8, else UTF-16 by its mark, else Windows'; nothing of a file that is binary."""
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "" if "\0" in text else text
    return ""
