"""Text and pictures of a PDF, by pikepdf: enough to find printed references and figures, within bounds."""

from __future__ import annotations

import io
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.figures.marks import _pikepdf
from analysis.figures.opened import PICTURES, Opened

STREAM_MOST = 100_000_000  # bytes of one stream, unpacked
PIXELS_MOST = 60_000_000
PAGES = 1_000
PIECES = 400_000  # strings shown in a document
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)
Piece = tuple[float, str]  # size of the type, text


def read_pdf(path: Path, data: bytes) -> Opened:
    """A PDF's text, split by the size of its type into body and notes, and its pictures as PNG."""
    pikepdf = _pikepdf()
    found = Opened("pdf", [(path.name, data)])
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if len(document.pages) > PAGES:
                raise DataError(f"{path}: has {len(document.pages)} pages, at most {PAGES} are read. Split it.")
            pieces: list[Piece] = []
            for page in document.pages:
                _Page(pikepdf, pieces).read(page)
            found.body, found.notes = _parted(pieces)
            found.pictures += list(_pictures(pikepdf, document))
    except DataError:
        raise
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, AttributeError, RecursionError,
            IndexError, OverflowError, NotImplementedError, RuntimeError, OSError) as error:  # fmt: skip
        raise DataError(
            f"{path}: is a PDF that cannot be read ({type(error).__name__}). Print or export it again."
        ) from None
    return found


def bounded_stream(stream: Any) -> bytes | None:
    """A stream's bytes; null where they would be more than the limit, or packed more than once."""
    filters = stream.get("/Filter")
    names = [str(f) for f in filters] if filters is not None and filters._type_name == "array" else [str(filters)]
    if sum(name == "/FlateDecode" for name in names) > 1:
        return None
    raw = stream.read_raw_bytes()
    if len(raw) > STREAM_MOST or ("/FlateDecode" in names and not _fits(raw)):
        return None
    return stream.read_bytes()


def _fits(raw: bytes) -> bool:
    """Whether packed bytes unpack to no more than the limit, tried a piece at a time."""
    unpack, size = zlib.decompressobj(), 0
    try:
        for at in range(0, len(raw), 65536):
            piece = raw[at : at + 65536]
            while piece and size <= STREAM_MOST:
                size += len(unpack.decompress(piece, 1_000_000))
                piece = unpack.unconsumed_tail
    except zlib.error:
        return size <= STREAM_MOST
    return size <= STREAM_MOST


def _pictures(pikepdf: Any, document: Any) -> Iterator[tuple[str, bytes]]:
    seen = 0
    for stream in document.objects:
        if not isinstance(stream, pikepdf.Stream) or stream.get("/Subtype") != "/Image" or seen >= PICTURES:
            continue
        wide, high = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
        if wide * high > PIXELS_MOST or min(wide, high) < 64 or bounded_stream(stream) is None:
            continue
        seen += 1
        out = io.BytesIO()
        try:
            pikepdf.PdfImage(stream).as_pil_image().save(out, "PNG", compress_level=1)
        except Exception:  # a picture in a form that is not ours, such as JBIG2 without its decoder
            continue
        yield f"picture {seen}", out.getvalue()


def _parted(pieces: list[Piece]) -> tuple[str, str]:
    """Body and notes: type smaller than most of the text is a note."""
    sizes: Counter[float] = Counter()
    for size, text in pieces:
        sizes[round(size, 1)] += len(text.strip())
    main = sizes.most_common(1)[0][0] if sizes else 0.0
    if notes := [size for size in sizes if size < main * 0.93]:
        main = max(main, *notes)
    else:
        main = max((size for size, n in sizes.items() if n * 4 > sum(sizes.values())), default=main)
    parts: tuple[list[str], list[str]] = ([], [])
    for size, text in pieces:
        parts[size < main * 0.93].append(text)
    return "".join(parts[0]), "".join(parts[1])


class _Page:
    """Reads the text that a page's operators show, and notes the size of its type."""

    def __init__(self, pikepdf: Any, pieces: list[Piece]) -> None:
        self.pikepdf, self.pieces = pikepdf, pieces
        self.fonts: dict[Any, _Font] = {}
        self.font: _Font | None = None
        self.size, self.scale, self.line = 1.0, 1.0, 0.0
        self.ground: Matrix = _SAME  # what cm has made of the page
        self.text: Matrix = _SAME
        self.kept: list[Matrix] = []

    def read(self, holder: Any, depth: int = 0) -> None:
        streams = holder.obj.get("/Contents") if depth == 0 else holder
        parts = list(streams) if streams is not None and streams._type_name == "array" else [streams]
        if streams is None or any(part is None or bounded_stream(part) is None for part in parts):
            return
        source = holder.obj if depth == 0 else holder
        resources = holder.resources if depth == 0 else holder.get("/Resources", {})
        for operands, operator in self.pikepdf.parse_content_stream(source):
            if len(self.pieces) > PIECES:
                return
            self._do(str(operator), operands, resources, depth)
        self.pieces.append((self._now(), "\n"))

    def _now(self) -> float:
        return abs(self.size * self.scale)

    def _do(self, operator: str, operands: Any, resources: Any, depth: int) -> None:
        if operator == "q" and len(self.kept) < 1000:
            self.kept.append(self.ground)
        elif operator == "Q" and self.kept:
            self.ground = self.kept.pop()
        elif operator == "cm":
            self.ground = _times(_matrix(operands), self.ground)
        elif operator == "Tf":
            self.size = float(operands[1])
            self.font = self._font(resources.get("/Font", {}).get(str(operands[0])))
        elif operator == "BT":
            self._at(_SAME)
        elif operator == "Tm":
            self._at(_matrix(operands))
        elif operator in ("Td", "TD"):
            self._at(_times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self.text))
        elif operator in ("T*", "'", '"'):
            self.pieces.append((self._now(), "\n"))
        if operator in ("Tj", "'", '"'):
            self._show(bytes(operands[-1]))
        elif operator == "TJ":
            for part in operands[0]:
                if isinstance(part, self.pikepdf.String):
                    self._show(bytes(part))
        elif operator == "Do" and depth < 4:
            form = resources.get("/XObject", {}).get(str(operands[0]))
            if form is not None and form.get("/Subtype") == "/Form":
                self.read(form, depth + 1)

    def _at(self, text: Matrix) -> None:
        """Move to where the next text stands; another height is another line."""
        self.text = text
        seen = _times(text, self.ground)
        self.scale = math.hypot(seen[2], seen[3]) or 1.0

    def _begin(self) -> None:
        line = _times(self.text, self.ground)[5]
        if abs(line - self.line) > 0.5 * self._now():
            self.pieces.append((self._now(), "\n"))
        self.line = line

    def _show(self, raw: bytes) -> None:
        if self.font:
            self._begin()
            self.pieces.append((self._now(), self.font.text(raw)))

    def _font(self, font: Any) -> _Font | None:
        if font is None:
            return None
        key = font.objgen if font.is_indirect else id(font)
        if key not in self.fonts:
            self.fonts[key] = _Font(font)
        return self.fonts[key]


class _Font:
    """How a font's codes read, by its ToUnicode map; Latin-1 where a simple font has none."""

    def __init__(self, font: Any) -> None:
        self.wide = 2 if font.get("/Subtype") == "/Type0" else 1
        self.map: dict[int, str] = {}
        table = font.get("/ToUnicode")
        cmap = bounded_stream(table) if table is not None and table._type_name == "stream" else None
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap or b"", re.S):
            self.map |= {int(code, 16): _utf16(to) for code, to in _PAIR.findall(block)}
        for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap or b"", re.S):
            for first, last, to, many in _RANGE.findall(block):
                self._range(int(first, 16), int(last, 16), to, many)

    def _range(self, first: int, last: int, to: bytes, many: bytes) -> None:
        each = re.findall(rb"<([0-9A-Fa-f]*)>", many)
        for offset in range(min(last - first + 1, 65536)):
            if each:
                if offset < len(each):
                    self.map[first + offset] = _utf16(each[offset])
            else:
                self.map[first + offset] = _utf16(b"%0*x" % (len(to), int(to, 16) + offset))

    def text(self, raw: bytes) -> str:
        codes = [int.from_bytes(raw[at : at + self.wide], "big") for at in range(0, len(raw), self.wide)]
        if not self.map and self.wide == 1:
            return raw.decode("cp1252", "replace")
        return "".join(self.map.get(code, "") for code in codes)


def _utf16(code: bytes) -> str:
    return bytes.fromhex(code.decode().replace(" ", "")).decode("utf-16-be", "replace") if len(code) % 4 == 0 else ""


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
