"""A file of any kind that `trace` reads, opened within bounds: its pictures, its text, its footnotes.

Nothing is unpacked to disk, no entity is expanded, no address is fetched; what is larger than the limits is refused.
"""

from __future__ import annotations

import base64
import binascii
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.parsers import expat

from analysis.errors import DataError

FILE_MOST = 200_000_000  # bytes of a file
PART_MOST = 100_000_000  # bytes of one member, unpacked
MEMBERS = 5_000
PICTURES = 500
KINDS = ("png", "jpg", "svg", "pdf", "docx", "html", "md", "ipynb")
_DATA = re.compile(r"data:image/(?:png|jpeg|svg\+xml);base64,([A-Za-z0-9+/=\s]+)")
_SVG = re.compile(r"<svg\b[^>]*>.*?</svg>", re.S)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\(<?([^)\s>]+)>?[^)\n]*\)")
_NOTE = re.compile(r"\^\[(?:\\.|[^\]\\])*\]|^\[\^[^\]\n]+\]:.*$", re.M)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Opened:
    """What a file holds: `pictures` with where they stand, `records` beside a picture, `body` and `notes` as text."""

    kind: str
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    records: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    body: str = ""
    notes: str = ""

    @property
    def text(self) -> str:
        """All that is written, footnotes last."""
        return f"{self.body}\n{self.notes}"


def opened(path: Path) -> Opened:
    """Read a file that may show figures.

    Raises:
        DataError: it is not there, of no known kind, broken, or larger than the limits.
        MissingTool: it is a PDF and pikepdf is not installed.
    """
    data = read_bounded(path)
    kind = kind_of(path, data)
    if kind in ("png", "jpg", "svg"):
        text = _markup_text(_decoded(data, path)).strip() if kind == "svg" else ""
        return Opened(kind, [(path.name, data)], body=text)
    if kind == "pdf":
        from analysis.figures.pdf import read_pdf

        return read_pdf(path, data)
    if kind == "docx":
        return _docx(path, data)
    text = _decoded(data, path)
    if kind == "html":
        return _html(path, text)
    return _notebook(path, text) if kind == "ipynb" else _markdown(path, text)


def read_bounded(path: Path, most: int = FILE_MOST) -> bytes:
    """The bytes of a regular file, refused where there are more than `most`."""
    try:
        if not path.is_file():
            raise DataError(f"{path}: is not a file. Name a file of {', '.join(KINDS)}.")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Name another file.") from None
    if len(data) > most:
        raise DataError(
            f"{path}: is larger than {most // 1_000_000} MB, the most that is read. Take the figure out of it."
        )
    return data


def kind_of(path: Path, data: bytes) -> str:
    """What a file is, by its first bytes and then by its name."""
    for start, kind in ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"PK\x03\x04", "docx")):
        if data.startswith(start):
            return kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    suffix = path.suffix.lower().lstrip(".")
    known = {"svg": "svg", "html": "html", "htm": "html", "md": "md", "qmd": "md", "ipynb": "ipynb"}
    if suffix in known:
        return known[suffix]
    if suffix in ("png", "jpg", "jpeg", "pdf", "docx"):
        raise DataError(f"{path}: is named .{suffix} and does not begin like one. Export the file again.")
    raise DataError(f"{path}: is no kind that is read: {', '.join(KINDS)}. Save it as one of them.")


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(f"{path}: is not UTF-8 text. Save it as UTF-8.") from None


def _docx(path: Path, data: bytes) -> Opened:
    """Pictures and text of a DOCX, member by member; names of members lead nowhere."""
    found = Opened("docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS:
                raise DataError(f"{path}: has {len(members)} members, at most {MEMBERS} are read. Save it again.")
            left = PART_MOST
            for member in members:
                name = member.filename
                media = re.fullmatch(r"(?:word|ppt)/media/[^/]+\.(?:png|jpe?g|svg)", name, re.I)
                if not media and not re.fullmatch(
                    r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml", name
                ):
                    continue
                with archive.open(member) as file:
                    part = file.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise DataError(
                        f"{path}: unpacks to more than {PART_MOST // 1_000_000} MB. Take the figure out of it."
                    )
                if media:
                    found.pictures.append((name, part))
                elif name == "word/document.xml":
                    found.body = word_text(part, path, name)
                else:
                    found.notes += word_text(part, path, name) + "\n"
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{path}: is a broken archive ({error}). Save the document again.") from None
    except Exception as error:  # zlib, lzma and bz2 each have an error of their own
        raise DataError(f"{path}: is a broken archive ({error}). Save the document again.") from None
    if not found.body and not found.pictures:
        raise DataError(f"{path}: is an archive, and no DOCX. Name the document itself.")
    return found


def word_text(xml: bytes, path: Path, name: str) -> str:
    """The words of a WordprocessingML part, a paragraph a line; any DOCTYPE is refused, so no entity is expanded."""
    out: list[str] = []
    inside = [False]
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rsplit(" ", 1)[-1]
        inside[0] = local == "t"
        if local in ("tab", "br", "cr"):
            out.append(" ")
        if local == "noBreakHyphen":
            out.append("-")

    def end(tag: str) -> None:
        inside[0] = False
        if tag.rsplit(" ", 1)[-1] == "p":
            out.append("\n")

    def refuse(*_: Any) -> None:
        raise DataError(f"{path}: {name} declares a DOCTYPE, which no document has. Save the document again.")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, refuse
    parser.CharacterDataHandler = lambda text: out.append(text) if inside[0] else None
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise DataError(f"{path}: {name} is broken XML ({error}). Save the document again.") from None
    return "".join(out)


class _Reader(HTMLParser):
    """Text of a page: footnotes apart, scripts and styles left out, a block a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.body: list[str] = []
        self.notes: list[str] = []
        self.images: list[str] = []
        self.skip = self.depth = self.noted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img" and given.get("src"):
            self.images.append(given["src"] or "")
        self.skip += tag in ("script", "style", "sup")
        self.depth += tag not in _VOID
        if not self.noted and (given.get("role") == "doc-endnotes" or "footnotes" in (given.get("class") or "")):
            self.noted = self.depth
        if tag in ("p", "li", "tr", "div", "h1", "h2", "h3", "br", "td", "figcaption", "dd", "dt"):
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        self.skip -= tag in ("script", "style", "sup") and self.skip > 0
        if self.noted and self.depth <= self.noted and tag in ("section", "aside", "div"):
            self.noted = 0
        self.depth -= tag not in _VOID

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self._add(data)

    def _add(self, text: str) -> None:
        (self.notes if self.noted else self.body).append(text)


def _html(path: Path, text: str) -> Opened:
    reader = _Reader()
    reader.feed(text)
    inline = [("inline SVG", match[0].encode()) for match, _ in zip(_SVG.finditer(text), range(PICTURES), strict=False)]
    pictures = [*_embedded(text), *inline, *_beside(path, [i for i in reader.images if not i.startswith("data:")])]
    return Opened("html", pictures, body="".join(reader.body), notes="".join(reader.notes))


def _markup_text(text: str) -> str:
    """The text of SVG, a piece a line, without what stands in its metadata."""
    bare = re.sub(r"<metadata\b.*?</metadata>|<(?:title|desc)\b.*?</(?:title|desc)>", " ", text, flags=re.S)
    return html.unescape(re.sub(r"<[^>]*>", "\n", bare))


def _embedded(text: str) -> Iterator[tuple[str, bytes]]:
    for number, match in enumerate(_DATA.finditer(text), 1):
        if number > PICTURES:
            return
        try:
            yield f"picture {number}", base64.b64decode(match[1])
        except (binascii.Error, ValueError):
            continue


def _beside(path: Path, names: list[str]) -> Iterator[tuple[str, bytes]]:
    """Pictures that a text names, where they lie in its own folder; nothing outside it is opened."""
    folder = path.parent.resolve()
    for name in dict.fromkeys(names[:PICTURES]):
        if ":" in name.split("/")[0] or "\0" in name:
            continue
        try:
            place = (folder / unquote(name)).resolve()
            if place.is_relative_to(folder) and place.is_file():
                yield name, read_bounded(place)
        except (OSError, ValueError):
            continue


def _markdown(path: Path, text: str) -> Opened:
    pictures = [*_embedded(text), *_beside(path, _IMAGE.findall(text))]
    notes = "\n".join(_NOTE.findall(text))
    return Opened("md", pictures, body=_NOTE.sub("", _DATA.sub("", text)), notes=notes)


def _notebook(path: Path, text: str) -> Opened:
    """A stored notebook: its figures' own records, its pictures, its prose."""
    found = Opened("ipynb")
    try:
        cells = json.loads(text)["cells"]
        for number, cell in enumerate(cells, 1):
            if cell["cell_type"] == "markdown":
                found.body += _joined(cell["source"]) + "\n"
            for output in cell.get("outputs", []) if cell["cell_type"] == "code" else []:
                _output(found, f"cell {number}", output.get("data", {}))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DataError(f"{path}: is not a notebook that can be read. Save it again in JupyterLab.") from None
    return found


def _output(found: Opened, where: str, data: dict[str, Any]) -> None:
    shown = data.get("application/vnd.deals.figure+json")
    if isinstance(shown, dict) and isinstance(shown.get("record"), dict):
        found.records.append((where, shown["record"]))
    elif "image/png" in data:
        with_error = (binascii.Error, ValueError)
        try:
            found.pictures.append((where, base64.b64decode(_joined(data["image/png"]))))
        except with_error:
            return
    found.notes += _joined(data.get("text/plain", "")) + "\n"


def _joined(text: Any) -> str:
    return text if isinstance(text, str) else "".join(text)
