"""The look of a DOCX: pandoc's own reference document on A4, in the charts' typeface, with ruled tables, pages numbered."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

_SIZES = {"Title": 40, "Heading1": 30, "Heading2": 26, "Heading3": 22,
          "ImageCaption": 19, "FootnoteText": 17, "Compact": 19}  # half points  # fmt: skip
_RULES = {"top": "1A1A1A", "bottom": "BFBFBF", "insideH": "D9D9D9"}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A4 = (
    f'<w:sectPr xmlns:r="{_OFFICE}"><w:footerReference w:type="default" r:id="rIdPages"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" '
    'w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>'
)
_FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:ftr xmlns:w="{_WORD}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_LEAD = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Lead"><w:name w:val="Lead"/>'
    '<w:basedOn w:val="BodyText"/><w:pPr><w:keepNext/></w:pPr></w:style>'
)


@cache
def house_style(plain: bytes) -> bytes:
    """A reference document made from pandoc's."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        members = {member.filename: given.read(member) for member in given.infolist()}
        for name, change in _CHANGES.items():
            members[name] = change(members[name].decode()).encode()
        members["word/footer9.xml"] = _FOOTER.encode()
        for name, data in members.items():
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def whole_rows(docx: bytes) -> bytes:
    """The same document with table rows that no page end parts (not all programs take that from the style)."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for member in given.infolist():
            data = given.read(member)
            if member.filename == "word/document.xml":
                data = re.sub(rb"<w:tr>\s*(?:<w:trPr>)?", _row, data)
            out.writestr(zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _row(match: re.Match[bytes]) -> bytes:
    return b"<w:tr><w:trPr><w:cantSplit/>" + (b"" if b"trPr" in match[0] else b"</w:trPr>")


def _document(xml: str) -> str:
    return re.sub(r"<w:sectPr[^>]*>(?:\s*<w:pg(?:Sz|Mar)[^>]*/>)*", _A4, xml)


def _types(xml: str) -> str:
    return xml.replace("</Types>", f'<Override PartName="/word/footer9.xml" ContentType="{_PART}"/></Types>')


def _relations(xml: str) -> str:
    link = f'<Relationship Id="rIdPages" Type="{_OFFICE}/footer" Target="footer9.xml"/>'
    return xml.replace("</Relationships>", f"{link}</Relationships>")


def _styles(xml: str) -> str:
    """Arial (or Liberation Sans, of the same widths) in ink, bold headings to the left, rules between table rows."""
    fonts = " ".join(f'w:{script}="Arial"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    xml = re.sub(r"<w:rFonts[^>]*/>", f"<w:rFonts {fonts}/>", xml)
    xml = re.sub(r'<w:color w:val="[0-9A-Fa-f]{6}"[^>]*/>', '<w:color w:val="1A1A1A"/>', xml)
    xml = re.sub(
        r'(<w:docDefaults>.*?<w:sz w:val=)"\d+"(.*?<w:szCs w:val=)"\d+"', r'\1"21"\2"21"', xml, count=1, flags=re.S
    )
    for style, size in _SIZES.items():
        bold = "<w:b/>" if size > 20 else ""
        sizes = f'{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        block = re.search(rf'<w:style (?:(?!<w:style ).)*?w:styleId="{style}".*?</w:style>', xml, re.S)
        if block:
            new = re.sub(r"<w:(i|b|iCs|bCs|jc|szCs|sz)\b[^>]*/>\s*", "", block[0])
            new = new if "</w:rPr>" in new else new.replace("</w:style>", "<w:rPr></w:rPr></w:style>")
            xml = xml.replace(block[0], new.replace("</w:rPr>", f"{sizes}</w:rPr>"))
    rules = "".join(f'<w:{k} w:val="single" w:sz="4" w:color="{v}"/>' for k, v in _RULES.items())
    table = r'(<w:style w:type="table"[^>]*w:styleId="Table".*?<w:tblPr>|<w:style [^>]*w:styleId="Table".*?<w:tblPr>)'
    xml = re.sub(table, rf"\1<w:tblBorders>{rules}</w:tblBorders>", xml, count=1, flags=re.S)
    return xml.replace("</w:styles>", f"{_LEAD}</w:styles>")


_CHANGES = {
    "word/document.xml": _document,
    "[Content_Types].xml": _types,
    "word/_rels/document.xml.rels": _relations,
    "word/styles.xml": _styles,
}
