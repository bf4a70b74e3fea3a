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
    if not match:
        return None
    try:
        record = json.loads(html.unescape((match[1] or match[2]).decode("utf-8")))
    except (UnicodeDecodeError, json.JSONDecodeError):
        return None
    return record if isinstance(record, dict) and "ref" in record else None


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
        if kind == b"iTXt":
            key, rest = data.split(b"\0", 1)
            body = rest[2:].split(b"\0", 2)[2]
            try:
                texts[key.decode("latin-1")] = zlib.decompress(body) if rest[:1] == b"\1" else body
            except zlib.error:
                continue
    if KEY in texts:
        try:
            record = json.loads(texts[KEY])
            if isinstance(record, dict) and "ref" in record:
                return record
        except ValueError:
            pass
    return _found(texts.get("XML:com.adobe.xmp", b""))


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
    if found or NAMESPACE.encode() not in svg:
        return found
    from xml.etree import ElementTree

    try:
        for node in ElementTree.fromstring(svg).iter(f"{{{NAMESPACE}}}record"):
            return json.loads(node.text or "")
    except (ElementTree.ParseError, ValueError):
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
            if "/Metadata" in document.Root and (record := _found(document.Root.Metadata.read_bytes())):
                return record
            kept = document.docinfo.get("/DealAnalysisRecord") if "/Info" in document.trailer else None
            return json.loads(str(kept)) if kept is not None else None
    except (pikepdf.PdfError, ValueError):
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
    return read_svg(data) if b"<svg" in data[:4000] else _found(data)


def _flat(picture: bytes) -> Any:
    from PIL import Image

    image: Any = Image.open(io.BytesIO(picture))
    if image.mode in ("P", "RGB", "L") and "transparency" not in image.info:
        return image.convert("RGB")
    image = image.convert("RGBA")
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image)
    return ground.convert("RGB")


def pixel_hash(picture: bytes) -> str:
    """A hash of size and pixels on white: the same after a re-save that lost all metadata."""
    image = _flat(picture)
    return hashlib.sha256(f"{image.size}".encode() + image.tobytes()).hexdigest()


def look_hash(picture: bytes, n: int = 16) -> str:
    """A difference hash of `n * n` bits, in hex: near for pictures that look alike, whatever their version."""
    from PIL import Image

    small = _flat(picture).convert("L").resize((n + 1, n), Image.Resampling.LANCZOS)
    dots = small.tobytes()
    bits = "".join(
        "1" if dots[r * (n + 1) + c] > dots[r * (n + 1) + c + 1] else "0" for r in range(n) for c in range(n)
    )
    return f"{int(bits, 2):0{n * n // 4}x}"
