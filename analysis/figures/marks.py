"""The marks that tie a picture to its record: embedded in PNG, SVG and PDF, and hashes of what is seen.

The record is written where each format keeps its own (PNG: iTXt and XMP; SVG: `<metadata>`; PDF: XMP and document
information) and read back from any of them. `pixel_hash` knows a picture whose metadata was lost, `look_hash` one that
was scaled or compressed: the first names a version, the second never does.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from analysis.errors import DataError, MissingTool

KEY = "deal-analysis:record"
NAMESPACE = "https://ns.deal-analysis.invalid/figure/1"  # .invalid never resolves: a name, not an address
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
REF = re.compile(r"\b([a-z][a-z0-9]*(?:-[a-z0-9]+)*)@([0-9a-f]{8})(?![0-9a-zA-Z.@])")
PIXELS_MOST = 60_000_000  # a figure has two million
CUT = re.compile(r"([a-z0-9-]{3,80})@([0-9a-f]{8})(?![0-9a-zA-Z.@])")  # in a text without its spaces
_RECORD = re.compile(rb"<fig:record>(.*?)</fig:record>|fig:record=\"(.*?)\"", re.S)

Record = dict[str, Any]


def canonical(value: Any) -> str:
    """JSON that is the same for equal values: keys sorted, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def xmp(record: Record) -> str:
    """The record as an XMP packet, with title, alt text, identifier and sources where other programs look for them."""

    def say(text: str) -> str:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{html.escape(text)}</rdf:li></rdf:Alt>'

    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
        f' xmlns:fig="{NAMESPACE}"><dc:identifier>{html.escape(record["ref"])}</dc:identifier>'
        f"<dc:title>{say(record['title'])}</dc:title><dc:description>{say(record['alt'])}</dc:description>"
        f"<Iptc4xmpCore:AltTextAccessibility>{say(record['alt'])}</Iptc4xmpCore:AltTextAccessibility>"
        f"<dc:source>{html.escape(record['source'])}</dc:source>"
        f"<fig:record>{html.escape(canonical(record))}</fig:record>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )


def _found(raw: bytes) -> Record | None:
    match = _RECORD.search(raw)
    return _parsed(html.unescape((match[1] or match[2]).decode("utf-8", "replace"))) if match else None


def _parsed(text: str | bytes) -> Record | None:
    """A record from its JSON; None where it is broken, or not shaped like one."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if is_record(record) else None


def is_record(record: Any) -> bool:
    """Whether something read from a file has the shape of a record; what it says is not judged."""
    return (
        isinstance(record, dict)
        and isinstance(record.get("ref"), str)
        and REF.fullmatch(record["ref"]) is not None
        and record.get("id") == record["ref"].split("@")[0]
        and all(isinstance(record.get(name), list) for name in ("rows", "claims", "sources", "notes"))
        and all(isinstance(row, dict) and isinstance(row.get("key"), str) for row in record["rows"])
        and all(isinstance(source, dict) for source in record["sources"])
        and all(isinstance(record.get(name), dict) for name in ("params", "labels"))
        and all(isinstance(record.get(name), str) for name in ("title", "lang", "as_of", "alt", "source"))
    )


def is_whole(record: Record) -> bool:
    """Whether a record's reference is the hash of what it says: nobody changed it since it was written."""
    try:
        whole = canonical({name: record[name] for name in ("id", "params", "rows", "claims")})
    except (KeyError, ValueError):
        return False
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:8] == record["ref"].split("@")[1]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 12 <= len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _itxt(key: str, text: str, lang: str = "", *, packed: bool = False) -> bytes:
    body = zlib.compress(text.encode(), 9) if packed else text.encode()
    flags = b"\0\1\0" if packed else b"\0\0\0"
    return _chunk(b"iTXt", key.encode("latin-1") + flags + lang.encode() + b"\0\0" + body)


def write_png(png: bytes, record: Record) -> bytes:
    """Put the record before the pixels; texts that were there are replaced."""
    out = [PNG_SIGNATURE]
    texts = [("Title", record["title"]), ("Description", record["alt"]), ("Source", record["source"]),
             ("Software", record["software"])]  # fmt: skip
    marks = [*(_itxt(k, v, record["lang"]) for k, v in texts), _itxt("XML:com.adobe.xmp", xmp(record)),
             _itxt(KEY, canonical(record), packed=True)]  # fmt: skip
    for kind, data in _chunks(png):
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            continue
        if kind == b"IDAT":
            out += marks
            marks = []
        out.append(_chunk(kind, data))
    return b"".join(out)


def read_png(png: bytes) -> Record | None:
    """The record of a PNG, from its own chunk or else from XMP; None where both are gone."""
    texts = {}
    for kind, data in _chunks(png):
        key, _, rest = data.partition(b"\0")
        parts = rest[2:].split(b"\0", 2)
        if kind == b"iTXt" and len(parts) == 3:
            texts[key.decode("latin-1")] = _unpacked(parts[2]) if rest[:1] == b"\1" else parts[2]
    return _parsed(texts.get(KEY, b"")) or _found(texts.get("XML:com.adobe.xmp", b""))


def _unpacked(data: bytes, most: int = 5_000_000) -> bytes:
    """Packed bytes, never more than `most`: a record has a few thousand."""
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""


def write_svg(svg: str, record: Record) -> str:
    """Make the picture one accessible node with title and description, and put the record in `<metadata>`."""
    match = re.match(r"<svg\b[^>]*>", svg)
    if not match:
        raise DataError("figure: what the renderer returned is no SVG. Report the version of vl-convert-python.")
    uid = "f" + record["ref"].rsplit("@", 1)[-1]
    head = re.sub(r' class="[^"]*"', "", match[0][:-1])
    head += (
        f' role="img" lang="{record["lang"]}" xml:lang="{record["lang"]}" aria-labelledby="{uid}-title"'
        f' aria-describedby="{uid}-desc">'
    )
    return (
        f'{head}<title id="{uid}-title">{html.escape(record["title"])}</title>'
        f'<desc id="{uid}-desc">{html.escape(record["alt"])}</desc><metadata>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fig="{NAMESPACE}">'
        f"<dc:identifier>{html.escape(record['ref'])}</dc:identifier><dc:title>{html.escape(record['title'])}</dc:title>"
        f"<fig:record>{html.escape(canonical(record))}</fig:record></rdf:Description></rdf:RDF></metadata>"
        + svg[match.end() :].replace("<g ", '<g aria-hidden="true" ', 1)
    )


def read_svg(svg: bytes) -> Record | None:
    """The record in an SVG's metadata, also after an XML re-write that changed prefixes or entities."""
    found = _found(svg)
    if found or NAMESPACE.encode() not in svg or b"<!ENTITY" in svg:
        return found
    from xml.etree import ElementTree

    try:
        for node in ElementTree.fromstring(svg).iter(f"{{{NAMESPACE}}}record"):
            return _parsed(node.text or "")
    except (ElementTree.ParseError, ValueError, LookupError):
        pass
    return None


def write_pdf(pdf: bytes, record: Record) -> bytes:
    """Put the record into the PDF and make its bytes the same on every run; needs pikepdf."""
    pikepdf = _pikepdf()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.Root.Metadata = pikepdf.Stream(document, xmp(record).encode())
        document.Root.Metadata.Type, document.Root.Metadata.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        document.Root.Lang = pikepdf.String(record["lang"])
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        info = {"/Title": "title", "/Subject": "alt", "/Keywords": "ref", "/Creator": "software"}
        for key in list(document.docinfo.keys()):
            del document.docinfo[key]
        for key, name in info.items():
            document.docinfo[key] = record[name]
        document.docinfo["/DealAnalysisRecord"] = canonical(record)
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def read_pdf(pdf: bytes) -> Record | None:
    """The record of a one-figure PDF, from XMP or else from the document's information; needs pikepdf."""
    pikepdf = _pikepdf()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            from analysis.figures.pdf import bounded_stream

            if "/Metadata" in document.Root and (record := _found(bounded_stream(document.Root.Metadata) or b"")):
                return record
            kept = document.docinfo.get("/DealAnalysisRecord") if "/Info" in document.trailer else None
            return _parsed(str(kept)) if kept is not None else None
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, RuntimeError):
        return None


def _pikepdf() -> Any:
    try:
        import pikepdf
    except ImportError:
        raise MissingTool("a PDF figure needs pikepdf: pip install 'deal-analysis[memo]'") from None
    return pikepdf


def read(data: bytes) -> Record | None:
    """The record embedded in a PNG, SVG or PDF, whichever it is; None where there is none."""
    if data.startswith(PNG_SIGNATURE):
        return read_png(data)
    if data[:5] == b"%PDF-":
        return read_pdf(data)
    return read_svg(data) if b"<svg" in data[:4000] or NAMESPACE.encode() in data else _found(data)


def _image(picture: bytes) -> Any:
    from PIL import Image

    try:
        image: Any = Image.open(io.BytesIO(picture), formats=("PNG", "JPEG"))
    except Exception as error:  # Pillow has an error for each thing that is broken
        raise DataError(f"picture: cannot be read ({type(error).__name__}). Export it again.") from None
    if image.width * image.height > PIXELS_MOST:
        raise DataError(f"picture: {image.width} by {image.height} pixels are more than a figure has. Scale it down.")
    return image


def _flat(picture: bytes) -> Any:
    from PIL import Image

    image = _image(picture)
    try:
        if image.mode in ("P", "RGB", "L") and "transparency" not in image.info:
            return image.convert("RGB")
        image = image.convert("RGBA")
    except Exception as error:  # as above: broken further in
        raise DataError(f"picture: cannot be read ({type(error).__name__}). Export it again.") from None
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image)
    return ground.convert("RGB")


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG as its header has them; refused where it has none, or too many."""
    image = _image(picture)
    return image.width, image.height


def hashes(picture: bytes) -> dict[str, str]:
    """What a picture is known by without its metadata, read once: `pixels` and `look`, as the two below."""
    image = _flat(picture)
    return {"pixels": _of_pixels(image), "look": _of_look(image)}


def pixel_hash(picture: bytes) -> str:
    """A hash of size and pixels on white: the same after a re-save that lost all metadata."""
    return _of_pixels(_flat(picture))


def look_hash(picture: bytes) -> str:
    """A difference hash of 256 bits, in hex: near for pictures that look alike, whatever their version.

    White edges are cut off first, so that a screenshot with some of the page around it is near too.
    """
    return _of_look(_flat(picture))


def _of_pixels(image: Any) -> str:
    told = hashlib.sha256(f"{image.size}".encode())
    told.update(image.tobytes())
    return told.hexdigest()


def _of_look(image: Any, n: int = 16) -> str:
    from PIL import Image

    grey = image.convert("L")
    drawn = grey.point([255 if level < 200 else 0 for level in range(256)]).getbbox()
    small = (grey.crop(drawn) if drawn else grey).resize((n + 1, n), Image.Resampling.BOX)
    dots = small.tobytes()
    bits = "".join(
        "1" if dots[r * (n + 1) + c] > dots[r * (n + 1) + c + 1] + 1 else "0" for r in range(n) for c in range(n)
    )
    return f"{int(bits, 2):0{n * n // 4}x}"
