"""Files made to harm their reader: one message, bounded memory, nothing unpacked or fetched."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.figures import marks
from analysis.figures.trace import trace

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def docx(place: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return place


def png(width: int, height: int, idat: bytes = b"", *more: tuple[bytes, bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), *more, (b"IDAT", idat), (b"IEND", b"")]
    return marks.PNG_SIGNATURE + b"".join(marks._chunk(kind, data) for kind, data in chunks)


def zeros(size: int) -> bytes:
    """So many zeros, packed."""
    pack = zlib.compressobj(9)
    return b"".join(pack.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)) + pack.flush()


def refused(place: Path, said: str) -> None:
    with pytest.raises(DataError) as error:
        trace(place)
    assert said in str(error.value)


def test_a_zip_bomb_is_refused(tmp_path):
    """A member that unpacks beyond the limit is refused before it is held whole."""
    body = WORD.format("").encode()
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
        with archive.open("word/media/a.png", "w") as member:
            for _ in range(150):
                member.write(bytes(1_000_000))

    refused(tmp_path / "a.docx", "unpacks to more than 100 MB")


def test_too_many_members_are_refused(tmp_path):
    """An archive of thousands of members is refused."""
    refused(docx(tmp_path / "a.docx", {f"word/media/{n}.png": b"" for n in range(5001)}), "members")


@pytest.mark.parametrize("xml", ['<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>',
                                 '<!DOCTYPE w SYSTEM "file:///etc/hostname"><w/>'])  # fmt: skip
def test_entities_are_not_expanded(tmp_path, xml):
    """A document part with a DOCTYPE is refused: nothing is expanded or fetched."""
    refused(docx(tmp_path / "a.docx", {"word/document.xml": xml.encode()}), "declares a DOCTYPE")


def test_entities_of_an_svg_are_not_expanded(tmp_path):
    """An SVG with entities is read as text, and nothing is found in it."""
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    name = marks.NAMESPACE
    text = f'<!DOCTYPE svg [<!ENTITY e0 "aaaaaaaaaa">{bomb}]><svg xmlns:f="{name}"><f:record>&e29;</f:record></svg>'
    (tmp_path / "a.svg").write_text(text)

    assert trace(tmp_path / "a.svg") == []


def test_members_lead_nowhere(tmp_path):
    """Members named with .. or as links are not unpacked; what is no picture of the document is not read."""
    link = zipfile.ZipInfo("word/media/link.png")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", WORD.format("<w:p><w:r><w:t>x</w:t></w:r></w:p>"))
        archive.writestr("../../evil.png", b"x")
        archive.writestr(link, "/etc/hostname")

    assert trace(tmp_path / "a.docx") == []
    assert sorted(place.name for place in tmp_path.iterdir()) == ["a.docx"]


def test_a_page_names_files_outside_its_folder_in_vain(tmp_path):
    """Pictures above the page's folder, behind links, or at an address are not opened."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "outside.png").write_bytes(png(10, 10))
    os.symlink(tmp_path / "outside.png", inner / "link.png")
    names = [
        "../outside.png",
        "link.png",
        "file:///etc/hostname",
        "https://example.invalid/a.png",
        "%2e%2e/outside.png",
    ]
    (inner / "a.html").write_text("".join(f'<img src="{name}">' for name in names))

    assert trace(inner / "a.html") == []


def test_a_picture_of_impossible_size_is_refused(tmp_path):
    """A PNG that claims billions of pixels is refused by its header."""
    (tmp_path / "a.png").write_bytes(png(60_000, 60_000, zeros(10_000_000)))

    refused(tmp_path / "a.png", "a.png")


def test_a_packed_text_is_unpacked_to_a_limit(tmp_path):
    """A PNG's text that unpacks to gigabytes is cut at a few megabytes."""
    text = marks.KEY.encode() + b"\0\1\0\0\0" + zeros(300_000_000)
    data = png(10, 10, zlib.compress(bytes(310)), (b"iTXt", text))
    tracemalloc.start()
    found = marks.read_png(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert found is None
    assert most < 50_000_000


def test_a_pdf_stream_bomb_is_left_packed(tmp_path):
    """A PDF stream beyond the limit is not unpacked."""
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.new() as document:
        document.add_blank_page()
        bomb = pikepdf.Stream(document, b"")
        bomb.write(zeros(200_000_000), filter=pikepdf.Name.FlateDecode)
        document.pages[0].obj.Contents = bomb
        document.save(tmp_path / "a.pdf")

    assert trace(tmp_path / "a.pdf") == []


def test_deep_xml_and_json_are_bounded(tmp_path):
    """A hundred thousand levels of XML, HTML or JSON end in a result or one message."""
    deep = "<w:p>" * 100_000 + "</w:p>" * 100_000
    assert trace(docx(tmp_path / "a.docx", {"word/document.xml": WORD.format(deep).encode()})) == []
    (tmp_path / "a.html").write_text("<div>" * 100_000)
    assert trace(tmp_path / "a.html") == []
    (tmp_path / "a.ipynb").write_text('{"cells":' + "[" * 100_000)
    refused(tmp_path / "a.ipynb", "not a notebook")


@pytest.mark.parametrize("kind", ["png", "pdf", "svg"])
def test_a_truncated_figure_is_one_message_or_nothing(tmp_path, facts, kind):
    """Cut anywhere, a figure's file gives its record, nothing, or a DataError; never a traceback."""
    from analysis.figures import FIGURES

    data = FIGURES["customer-stances"][0](facts, lang="en").bytes_of(kind)
    for cut in range(10, len(data), len(data) // 12):
        (tmp_path / f"a.{kind}").write_bytes(data[:cut])
        try:
            found = trace(tmp_path / f"a.{kind}")
        except DataError:
            continue
        assert all(each.id == "customer-stances" for each in found)


@pytest.mark.parametrize("record", ['{"ref": 5}', '{"ref": "a@12345678"}', "[]", "nonsense", "[" * 100_000])
def test_a_record_of_another_shape_is_no_record(tmp_path, record):
    """What is embedded and not shaped like a record is passed over."""
    packed = marks.KEY.encode() + b"\0\1\0\0\0" + zlib.compress(record.encode())
    (tmp_path / "a.png").write_bytes(png(2, 2, zlib.compress(bytes(14)), (b"iTXt", packed)))

    assert trace(tmp_path / "a.png") == []


def test_an_altered_record_is_named_as_such(tmp_path, facts):
    """A record that does not hash to its own reference is shown as altered."""
    from analysis.figures import FIGURES

    figure = FIGURES["customer-stances"][0](facts, lang="en")
    record = {**figure.record, "claims": [*figure.record["claims"], "made-up"]}
    (tmp_path / "a.png").write_bytes(marks.write_png(figure.png, record))

    assert "altered" in trace(tmp_path / "a.png")[0].note


@pytest.mark.parametrize("name", ["a.xyz", "none.png", "."])
def test_what_is_no_file_of_a_known_kind_is_refused(tmp_path, name):
    """A folder, a file that is not there and an unknown kind each have a message."""
    (tmp_path / "a.xyz").write_bytes(io.BytesIO(b"\0" * 20).getvalue())

    refused(tmp_path / name, str(tmp_path))
