"""A picture or document -> the figures in it: what each shows, from which data, and who says so.

Four channels, the surest first: the record embedded in the file; the pixels, known from a ledger; the look, which names
a figure and never its version; the reference as it is printed. In a memo's Markdown a link names the figure, and what it
shows is drawn from today's data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.articles import wording
from analysis.errors import DataError
from analysis.figures import FIGURES, ledger, marks
from analysis.figures.linked import LINK, drawn_today
from analysis.figures.opened import opened

if TYPE_CHECKING:
    from analysis.articles.corpus import Corpus
    from analysis.figures.opened import Opened

NEAR = 20  # of 256 bits: how far a compressed or scaled picture strays; two figures differ by 40 and more
HOW = ("record", "pixels", "look-alike", "printed ref", "given ref", "link")


@dataclass(frozen=True)
class Traced:
    """A figure found in a file.

    `ref` is empty for a look-alike, whose version nobody can tell; `record` is null where no ledger holds it.
    """

    id: str
    ref: str
    how: str
    where: str
    record: dict[str, Any] | None = None
    note: str = ""
    width: int = 0  # pixels of the picture, 0 where there is none

    def to_json(self, corpus: Corpus | None = None) -> dict[str, Any]:
        """The figure as plain data: what it shows, data date, parameters, sources, and claims in sentences."""
        plain = {name: value for name, value in asdict(self).items() if name not in ("record", "width")}
        if self.record:
            kept = ("title", "lang", "as_of", "params", "alt")
            plain |= {name: self.record[name] for name in kept}
            plain["sources"] = [source.get("text", "") for source in self.record["sources"]]
            plain["claims"] = claims_of(self.record, corpus)
        return plain


def trace(path: str | Path, *, ref: str | None = None, root: Path | None = None) -> list[Traced]:
    """Find the figures of a file.

    Args:
        path: a png, jpg, svg, pdf, docx, html, md or ipynb file.
        ref: the reference printed in the picture, where a person has read it.
        root: the folder that holds data/ and reports/; found from the working folder otherwise.

    Returns:
        One row a figure, in the order of the file; none where nothing is recognised.

    Raises:
        DataError: the file cannot be read, or `ref` is no reference.
    """
    path = Path(path)
    if ref is not None and not marks.REF.fullmatch(ref):
        raise DataError(
            f"--ref '{ref}': is no reference, which reads like deal-ratios@62b11304. Copy it from the picture."
        )
    found, entries = opened(path), entries_for(path, root)
    return [*(_linked(found.body, entries, root) if found.kind == "md" else []), *traced(found, entries, ref=ref)]


def _linked(text: str, entries: list[dict[str, Any]], root: Path | None) -> Iterator[Traced]:
    """The figures that a memo's links name: as the data draw them today, else as the nearest ledger last has them."""
    if not LINK.search(text):
        return
    for where, id, record, why in drawn_today(text, root):
        if record:
            yield Traced(id, record["ref"], "link", where, record)
        else:
            kept = next((entry for entry in entries if entry["id"] == id), None)
            note = f"cannot be drawn today: {why}" + (" A ledger has this version." if kept else "")
            yield Traced(id, kept["ref"] if kept else "", "link", where, kept, note)


def traced(found: Opened, entries: list[dict[str, Any]], *, ref: str | None = None) -> list[Traced]:
    """Find the figures of an opened file; `entries` are what the ledgers hold."""
    known = {entry["ref"]: entry for entry in reversed(entries)}  # the nearest ledger counts
    out = [_with_record(record, where) for where, record in found.records if marks.is_record(record)]
    for where, picture in found.pictures:
        try:
            seen = recognised(where, picture, entries)
        except DataError as error:
            if found.kind in ("png", "jpg"):
                raise DataError(f"{where}: {error}") from None
            continue  # a picture that is broken or too large is none of ours; the rest of the document is read
        if seen and seen.ref not in {t.ref for t in out if t.ref}:
            out.append(seen)
    ids = {*FIGURES, *(entry["id"] for entry in entries)}
    printed = dict.fromkeys(refs_in(found.text, ids))
    if ref:
        out.append(Traced(ref.split("@")[0], ref, "given ref", "--ref", known.get(ref)))
    for each in printed:
        if each not in {t.ref for t in out}:
            out.append(Traced(each.split("@")[0], each, "printed ref", "text", known.get(each)))
    told = {t.id for t in out if t.ref}
    return [t for t in out if t.ref or t.id not in told]


def refs_in(text: str, ids: set[str]) -> list[str]:
    """References in a text; those of known figures also where a line's end cuts them."""
    text = text.replace("\u00ad", "-").lower()  # fonts in a PDF may call a hyphen soft; styles capitalise
    squeezed = "".join(text.split())
    plain = [match[0] for match in marks.REF.finditer(text) if match[1] in ids]
    for match in marks.CUT.finditer(squeezed):
        name = max((id for id in ids if match[1].endswith(id)), key=len, default=None)
        if name and f"{name}@{match[2]}" not in plain:
            plain.append(f"{name}@{match[2]}")
    return plain


def recognised(where: str, picture: bytes, entries: list[dict[str, Any]]) -> Traced | None:
    """A picture by its record, its pixels or its look; None where it is none of ours."""
    wide = 0
    record = marks.read(picture)
    if picture[:3] in (b"\x89PN", b"\xff\xd8\xff"):
        wide, _ = marks.size_of(picture)
    if record:
        return _with_record(record, where, wide)
    if not wide:
        return None
    pixels = marks.pixel_hash(picture)
    for entry in entries:
        if entry.get("pixels") == pixels:
            return Traced(entry["id"], entry["ref"], "pixels", where, entry, width=wide)
    look = marks.look_hash(picture)
    near = [(distance(look, entry["look"]), entry["id"]) for entry in entries if "look" in entry]
    best = min(near, default=(NEAR + 1, ""))
    if best[0] > NEAR:
        return None
    note = "looks like this figure; its version cannot be told from the look: read the reference printed in it, --ref"
    return Traced(best[1], "", "look-alike", where, note=note, width=wide)


def distance(one: str, other: str) -> int:
    """Bits in which two look hashes differ; all of them where they are not of one length."""
    try:
        return (int(one, 16) ^ int(other, 16)).bit_count() if len(one) == len(other) else 4 * len(one)
    except ValueError:
        return 4 * len(one)


def _with_record(record: dict[str, Any], where: str, wide: int = 0) -> Traced:
    note = "" if marks.is_whole(record) else "its record was altered: it does not hash to its reference"
    return Traced(record["id"], record["ref"], "record", where, record, note, wide)


def ledgers_for(path: Path, root: Path | None = None) -> list[Path]:
    """Where records are looked up: the file's folder, then reports/, then data/."""
    from analysis.articles.files import find_root

    folders = [path.resolve().parent]
    try:
        home = find_root(root)
        folders += [home / "reports", home / "data"]
    except DataError:
        pass
    return [folder / "ledger.jsonl" for folder in dict.fromkeys(folders)]


def entries_for(path: Path, root: Path | None = None) -> list[dict[str, Any]]:
    """The figures of the ledgers that a file is held against."""
    return [entry for entry in ledger.read(ledgers_for(path, root)) if marks.is_record(entry)]


def claims_of(record: dict[str, Any], corpus: Corpus | None, lang: str | None = None) -> list[dict[str, Any]]:
    """A record's claims: id, sentence, quote and standing as the data have them today; only the id of one that is gone."""
    lang = lang or (record["lang"] if record["lang"] in ("en", "fr") else "en")
    known = {}
    if corpus is not None:
        wanted = corpus.claims.filter(corpus.claims["id"].is_in([str(claim) for claim in record["claims"]]))
        known = {row["id"]: row for row in wanted.iter_rows(named=True)}
    out = []
    for id in record["claims"]:
        row = known.get(id)
        said = wording.sentence(row, corpus, lang) if row and corpus else None
        out.append({"id": id, "sentence": said, "quote": row and row["quote"], "standing": row and row["status"]})
    return out


def told(path: Path, found: list[Traced], corpus: Corpus | None = None) -> list[str]:
    """What was found, in lines; where nothing was, what a person can still do."""
    if not found:
        return [
            f"{path}: no figure found: no record, no known pixels or look, no printed reference that can be read. "
            "If a reference is printed in the picture, give it with --ref; cut off, it cannot be recovered."
        ]
    lines = []
    for each in found:
        lines.append(f"{each.ref or each.id}  ({each.how}, {each.where})" + (f": {each.note}" if each.note else ""))
        lines += _of_record(each, corpus)
    return lines


def _of_record(each: Traced, corpus: Corpus | None) -> list[str]:
    record = each.record
    if record is None:
        return [] if not each.ref else ["  no ledger holds its record; deals check says whether it is current"]
    params = ", ".join(f"{key}={value}" for key, value in sorted(record["params"].items()) if value not in ("", []))
    lines = [
        f"  {record['title']}",
        f"  data as of: {record['as_of'] or 'no dated source'}; parameters: {params or 'none'}",
    ]
    lines += [f"  source: {source.get('text', '')}" for source in record["sources"]]
    for claim in claims_of(record, corpus):
        quote = f" “{claim['quote']}”" if claim["quote"] else ""
        lines.append(f"  claim {claim['id']}: {claim['sentence'] or 'not in data/ today'}{quote}")
    return lines
