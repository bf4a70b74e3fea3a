"""An article's text from a file, whatever its encoding; what is no article is refused in words."""

from __future__ import annotations

import os
import re
from itertools import groupby
from pathlib import Path
from unicodedata import combining

from analysis.articles.quantities import language
from analysis.errors import DataError, MissingTool

MOST_BYTES = 20_000_000
MOST_MARKS = 30  # Unicode's own bound, of its stream-safe text
SUFFIXES = (".txt", ".md")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def read_text(path: str | os.PathLike[str], *, lang: str = "auto") -> str:
    """The text of a .txt or .md file, in French or English.

    Raises:
        DataError: the file is missing, empty, binary, over 20 MB, in no encoding that can be told, or in another language.
        MissingTool: it is not UTF-8, and charset-normalizer, which tells other encodings, is not installed.
    """
    file = Path(path)
    if file.suffix.lower() not in SUFFIXES:
        raise DataError(f"{path}: '{file.suffix}' is not .txt or .md. Save the article as plain text.")
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Check the path.") from error
    if size > MOST_BYTES:
        raise DataError(f"{path}: {size / 1e6:.0f} MB, and an article has at most 20 MB. Split the file.")
    text = _decoded(data, path)
    if not text.strip():
        raise DataError(f"{path}: the file is empty. Give an article's text.")
    if lang == "auto" and language(text) is None:
        raise DataError(
            f"{path}: the text is neither French nor English. Give it in one of them, or say --lang fr or en."
        )
    return text


def _decoded(data: bytes, path: str | os.PathLike[str]) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(data.decode("utf-16", "replace"), path)
    if b"\x00" in data:
        raise DataError(f"{path}: byte {data.index(0)} is 0: a binary file. Save the article as plain text.")
    try:
        return _checked(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError:
        pass
    try:
        from charset_normalizer import from_bytes
    except ImportError as error:
        way = "Save it as UTF-8, or: pip install 'deal-analysis[read]'"
        raise MissingTool(
            f"{path}: not UTF-8, and charset-normalizer, which tells other encodings, is missing. {way}"
        ) from error
    best = from_bytes(
        data[:200_000], cp_isolation=["cp1252", "latin_1", "mac_roman", "cp850", "utf_16", "iso8859_15"]
    ).best()
    try:
        return _checked(data.decode(best.encoding) if best else "\ufffd", path)
    except UnicodeDecodeError:
        return _checked("\ufffd", path)


def _checked(text: str, path: str | os.PathLike[str]) -> str:
    if not text.isascii() and (most := _most_marks(text)) > MOST_MARKS:
        raise DataError(
            f"{path}: {most} marks on one letter, at most {MOST_MARKS} are read. Save the article as plain text."
        )
    if stray := _CONTROL.search(text):
        raise DataError(
            f"{path}: character {stray.start()} is {stray[0]!r}: binary or wrongly encoded. Save the article as UTF-8."
        )
    return text


def _most_marks(text: str) -> int:
    """The longest run of combining marks: to compose one takes the square of its length."""
    runs = groupby(text, lambda char: combining(char) > 0)
    return max((sum(1 for _ in run) for marks, run in runs if marks), default=0)
