"""Figure: a chart with its identity, rows, claims, words and sources; showing it and saving it in each format.

A figure cannot be built without what makes it citable. Its `ref` is the same in every language and on every machine:
it hashes the parameters, the rows drawn and the claims behind them, and nothing of the look.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import math
import os
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.errors import DataError, MissingTool, one_of
from analysis.figures import grammar, marks, theme
from analysis.figures.drawn import drawn
from analysis.figures.light import without_grammar
from analysis.figures.renderer import renderer
from analysis.figures.specification import specification

if TYPE_CHECKING:
    import altair
    from PIL import Image

NEAR = 8  # of 255: how far a shade may move when the palette is cut to 256 colours; no eye sees it
FORMATS = ("svg", "png", "pdf", "vl.json", "csv", "json")
FIGURE_MIME = "application/vnd.deals.figure+json"
ROW: dict[str, Any] = {
    "key": pl.Utf8, "label": pl.Utf8, "value": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "unit": pl.Utf8,
    "text": pl.Utf8, "when": pl.Utf8, "standing": pl.Utf8, "claims": pl.List(pl.Utf8), "shown": pl.Utf8, "by": pl.Utf8,
}  # fmt: skip
IDENTITY = ("key", "value", "lo", "hi", "unit", "text", "when", "standing", "claims")
EVIDENCE: dict[str, Any] = {"id": pl.Utf8, "sentence": pl.Utf8, "quote": pl.Utf8, "who": pl.Utf8, "published": pl.Date}
WORDS = {
    "en": {"ref": "Ref.", "as_of": "data as of", "undated": "no dated source", "what": "Fact", "value": "Value",
           "who": "Source", "standing": "Standing", "quote": "Quote", "claims": "Claims", "none": "no claim"},
    "fr": {"ref": "Réf.", "as_of": "données au", "undated": "aucune source datée", "what": "Fait", "value": "Valeur",
           "who": "Source", "standing": "Statut", "quote": "Citation", "claims": "Affirmations",
           "none": "sans affirmation"},
}  # fmt: skip
TIPS = ("what", "value", "who", "standing", "quote")


def rows_from(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """The rows a figure drew: IDENTITY names the columns that make its identity; label, shown and by are words."""
    return pl.DataFrame([{name: row.get(name) for name in ROW} for row in rows], schema=ROW, strict=False)


@dataclass(frozen=True)
class Figure:
    """A chart that can be cited.

    Args:
        id: the figure's name, with hyphens.
        title: the takeaway, already verified against the rows.
        notes: what a reader must know, one paragraph each; may be empty, never missing.
        sources: one dict a document: id, text and, for a list of sources, line.
        rows: one row a thing drawn, as `rows_from` makes them.
        claims: ids of the claims behind the rows, sorted.
        alt: 150 to 300 characters for those who do not see the picture.
        scene: what is drawn.
        source: the source line, printed.
        as_of: the last day of the latest publication among the claims, "" where none is dated.
        as_of_text: that publication's date in words, as finely as it is known.
        evidence: one row a claim: id, sentence, quote, who, published.
    """

    id: str
    title: str
    notes: list[str]
    sources: list[dict[str, str]]
    rows: pl.DataFrame
    claims: list[str]
    alt: str
    scene: grammar.Scene = field(repr=False)
    subtitle: list[str]
    source: str
    lang: str = "en"
    params: dict[str, Any] = field(default_factory=dict)
    as_of: str = ""
    as_of_text: str = ""
    caption: str = ""
    evidence: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=EVIDENCE), repr=False)

    def __post_init__(self) -> None:
        lacks = [name for name in ("id", "title", "alt", "source") if not getattr(self, name).strip()]
        if not self.sources and self.claims:
            lacks.append("sources")
        if lacks:
            raise DataError(f"figure '{self.id}': has no {', '.join(lacks)}, and a figure is cited by them. Give them.")
        if not 100 <= len(self.alt) <= 300:
            raise DataError(f"figure '{self.id}': alt text of {len(self.alt)} characters, not 150 to 300. Reword it.")
        behind = {claim for row in self._rows for claim in row["claims"] or []}
        if unknown := behind - set(self.claims):
            raise DataError(
                f"figure '{self.id}': its rows rest on {', '.join(sorted(unknown))}, which it does not list."
            )

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        return self.rows.to_dicts()

    @cached_property
    def _said(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self.evidence.to_dicts()}

    @cached_property
    def _identity(self) -> str:
        rows = sorted((_plain({name: row[name] for name in IDENTITY}) for row in self._rows), key=marks.canonical)
        whole = {"id": self.id, "params": _plain(self.params), "rows": rows, "claims": sorted(self.claims)}
        return marks.canonical(whole)

    @cached_property
    def ref(self) -> str:
        """`<id>@<8 hex>`: changes when rows, standing, claims or parameters do, and with nothing else."""
        return f"{self.id}@{_hash(self._identity)}"

    @cached_property
    def wording(self) -> str:
        """A hash of what is said in this language: title, notes, labels."""
        words = [[row[name] for name in ("key", "label", "shown", "by")] for row in self._rows]
        return _hash([self.lang, self.title, self.subtitle, self.notes, self.source, self.alt, self.caption, words])

    @cached_property
    def looks(self) -> str:
        """A hash of the specification without its schema's address: moves with the theme, or with what draws it."""
        return _hash({k: v for k, v in self.spec.items() if k != "$schema"})

    @property
    def ref_line(self) -> str:
        """`Ref. deal-ratios@62b11304 · data as of 20 June 2025`, as printed under the source line."""
        words = WORDS[self.lang]
        date = f"{words['as_of']} {self.as_of_text}" if self.as_of_text else words["undated"]
        if self.lang == "fr" and self.as_of_text and not re.match(r"\d{1,2}\D", self.as_of_text):
            date = f"données {'d’' if self.as_of_text[0] in 'ao' else 'de '}{self.as_of_text}"
        return f"{words['ref']} {self.ref} · {date}"

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, readable by Vega-Lite 5 and 6, with notes, source and reference in the picture."""
        words = WORDS[self.lang]
        made = specification(self.scene, title=self.title, subtitle=self.subtitle, alt_text=self.alt,
                             notes=[*self.notes, self.source, self.ref_line],
                             tooltips=[(name, words[name]) for name in TIPS])  # fmt: skip
        return {**made, "usermeta": {"ref": self.ref}}

    @property
    def chart(self) -> altair.LayerChart:
        """The same as an Altair chart, to go on from."""
        with without_grammar():
            import altair

        return altair.LayerChart.from_dict({k: v for k, v in self.spec.items() if k != "$schema"})

    @cached_property
    def record(self) -> dict[str, Any]:
        """What each saved file carries: enough to cite the figure and to tell later whether it is still true."""
        identity = json.loads(self._identity)
        return {
            "format": 1, "id": self.id, "ref": self.ref, "lang": self.lang, "title": self.title,
            "subtitle": self.subtitle, "notes": self.notes, "source": self.source, "alt": self.alt,
            "caption": self.caption, "params": identity["params"], "as_of": self.as_of, "rows": identity["rows"],
            "labels": {row["key"]: [row["label"], row["shown"]] for row in self._rows},
            "claims": identity["claims"], "sources": self.sources, "wording": self.wording, "looks": self.looks,
            "software": software(), "licence": "CC BY 4.0",
        }  # fmt: skip

    @cached_property
    def plain_svg(self) -> str:
        """The picture as the renderer draws it, before it carries anything."""
        return static_svg(self.spec)

    @cached_property
    def svg(self) -> str:
        """The SVG with one accessible node and the record in its metadata."""
        return marks.write_svg(self.plain_svg, self.record)

    @cached_property
    def png(self) -> bytes:
        """The PNG: 16 cm at 219 ppi, on white, with the record."""
        return static_png(self.plain_svg, self.record)

    @cached_property
    def pdf(self) -> bytes:
        """The PDF with fonts embedded and the record; the same bytes on every run. Needs pikepdf."""
        return marks.write_pdf(renderer().svg_to_pdf(self.plain_svg), self.record)

    def csv(self) -> str:
        """The rows with standing, claims and sentences; a cell that a spreadsheet would run is quoted out."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*ROW, "sentences", "ref"])
        for row in self._rows:
            claims = row["claims"] or []
            told = (self._said[claim]["sentence"] if claim in self._said else "" for claim in claims)
            cells = [*row.values(), " | ".join(told), self.ref]
            cells[list(ROW).index("claims")] = " ".join(claims)
            writer.writerow([_safe(cell) for cell in cells])
        return out.getvalue()

    def explain(self) -> str:
        """The claims behind each mark, in sentences, with the words of the source where they may be quoted."""
        words = WORDS[self.lang]
        lines = [self.title, self.ref_line]
        for row in self._rows:
            lines += ["", " · ".join(part for part in (row["label"], row["shown"]) if part)]
            found = [self._said[claim] for claim in row["claims"] or [] if claim in self._said]
            lines += [
                f"  {c['sentence']}" + (f" — {quoted(c['quote'], self.lang)}" if c["quote"] else "") for c in found
            ]
            lines += [] if found else [f"  {words['none']}"]
        return "\n".join(lines)

    def table(self) -> Any:
        """The rows in words, as a Great Tables table: what the picture says, for those who want the numbers."""
        from great_tables import GT

        words = WORDS[self.lang]
        shown = self.rows.select(
            pl.col("label").alias(words["what"]), pl.col("shown").alias(words["value"]),
            pl.col("by").fill_null("").alias(words["who"]),
            pl.col("claims").list.join(", ").fill_null("").alias(words["claims"]),
        )  # fmt: skip
        return (
            GT(shown, id=self.ref.replace("@", "-"))
            .tab_header(title=self.title, subtitle=" ".join(self.subtitle))
            .tab_source_note(self.source)
            .tab_source_note(self.ref_line)
        )

    @cached_property
    def shown(self) -> dict[str, Any]:
        """What a page or a document needs beside the picture: record, table, sentences, citations, CSV."""
        from analysis.figures.cite import forms

        words = WORDS[self.lang]
        heads = {"label": words["what"], "shown": words["value"], "by": words["who"]}
        return {
            "record": self.record, "ref": self.ref, "id": self.id, "title": self.title, "alt": self.alt,
            "caption": self.caption or self.title, "source": f"{self.source} {self.ref_line}",
            "sources": [source.get("line") or source["text"] for source in self.sources],
            "columns": [{"key": key, "label": label} for key, label in heads.items()],
            "rows": [{key: row[key] for key in heads} for row in self._rows],
            "evidence": [{key: row[key] for key in ("id", "sentence", "quote")} for row in self._said.values()],
            "cite": forms(self), "csv": self.csv(),
        }  # fmt: skip

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        """Vega-Lite 5 for JupyterLab, the PNG with its alt text where scripts are not trusted, text; then their metadata.

        JupyterLab would show HTML before the live chart, so that there is none. With DEALS_PICTURES=0 in the
        environment, as in a run that renders nothing, no picture is drawn.
        """
        bundle = {
            "application/vnd.vegalite.v5+json": self.spec,
            "application/vnd.deals.figure+json": self.shown,
            "text/plain": f"{self.title}\n{self.alt}\n{self.ref_line}",
        }
        metadata = {"image/png": {"alt": self.alt, "width": 600}}
        if os.environ.get("DEALS_PICTURES") == "0":
            return bundle, metadata
        return bundle | {"image/png": base64.b64encode(self.png).decode()}, metadata

    def save(self, folder: str | Path, *, formats: Sequence[str] | None = None, ledger: bool = True) -> list[Path]:
        """Write the figure into a folder, each file whole or not at all, and append its record to the ledger there.

        Args:
            folder: made if it is not there.
            formats: of svg, png, pdf, vl.json, csv, json; None writes all, without pdf where pikepdf is missing.
            ledger: append the record to `ledger.jsonl` in the folder.

        Returns:
            The files written, named `<id>@<8 hex>.<lang>.<format>`.

        Raises:
            MissingTool: pdf was asked for by name and pikepdf is not installed.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        made = self._made(FORMATS if formats is None else formats, every=formats is None)
        for name, data in made.items():
            write_whole(folder / f"{self.ref}.{self.lang}.{name}", data)
        if ledger:
            from analysis.figures.ledger import append_entries, entry

            append_entries(folder / "ledger.jsonl", [entry(self)])
        return [folder / f"{self.ref}.{self.lang}.{name}" for name in made]

    def _made(self, formats: Sequence[str], *, every: bool) -> dict[str, bytes]:
        """The bytes of each format; the PNG, which takes longest, is packed on another core while the rest is made."""
        made = dict.fromkeys(formats, b"")
        with ThreadPoolExecutor(1) as beside:
            if "png" in made and self.plain_svg and self.record:  # what both threads draw from is made first
                packing = beside.submit(self.bytes_of, "png")
            for name in sorted(formats, key="png".__eq__):
                try:
                    made[name] = packing.result() if name == "png" else self.bytes_of(name)
                except MissingTool:
                    if not every:
                        raise
                    del made[name]
        return made

    def bytes_of(self, name: str) -> bytes:
        """The figure in one format."""
        if name not in FORMATS:
            raise DataError(f"figure '{self.id}': format {one_of(name, FORMATS)}")
        if name in ("png", "pdf"):
            return self.png if name == "png" else self.pdf
        texts = {"svg": lambda: self.svg, "vl.json": lambda: pretty(self.spec), "csv": self.csv,
                 "json": lambda: pretty(self.record)}  # fmt: skip
        return texts[name]().encode("utf-8")


def save_all(
    figures: Iterable[Figure], folder: str | Path, *, formats: Sequence[str] | None = None, ledger: bool = True
) -> list[Path]:
    """Save several figures, as `Figure.save` does each: while one picture is packed, the next is drawn.

    Args:
        figures: saved in this order; in the ledger too.
        folder, formats, ledger: as in `Figure.save`.

    Returns:
        The files of all figures, figure by figure.

    Raises:
        MissingTool: as `Figure.save`.
    """
    from analysis.figures.ledger import append_entries, entry

    def saved(figure: Figure) -> tuple[list[Path], list[dict[str, Any]]]:
        return figure.save(folder, formats=formats, ledger=False), [entry(figure)] if ledger else []

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(saved, figures))
    append_entries(Path(folder) / "ledger.jsonl", [told for _, entries in done for told in entries])
    return [path for paths, _ in done for path in paths]


def static_svg(spec: dict[str, Any]) -> str:
    """Render a figure's specification without its tooltips, as an SVG that carries no record yet."""
    layers = [layer for layer in spec["layer"] if layer["mark"]["type"] != "rect"]
    text = json.dumps({**spec, "layer": layers}, sort_keys=True)
    return drawn("svg", text, lambda: renderer().vegalite_to_svg(text, vl_version="5.20").encode()).decode()


def static_png(svg: str, record: dict[str, Any]) -> bytes:
    """The PNG of an SVG that carries no record yet: 16 cm at 219 ppi, on white, with the record."""
    packed = drawn("png", svg, lambda: _pack(renderer().svg_to_png(svg, scale=theme.SCALE, ppi=72)))
    return marks.write_png(packed, record)


def quoted(quote: str, lang: str) -> str:
    """A quote between the marks of the language."""
    return f"«\u00a0{quote}\u00a0»" if lang == "fr" else f"“{quote}”"


def pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def write_whole(path: Path, data: bytes) -> None:
    """Write beside, then move into place: a reader never sees half a file."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.write_bytes(data)
    os.replace(beside, path)


def _plain(value: Any) -> Any:
    """Numbers to 10 significant digits, lists sorted where their order says nothing: what is hashed."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set)):
        return sorted((_plain(v) for v in value), key=marks.canonical)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return None if math.isnan(value) else float(f"{value:.10g}")
    return str(value)


def _hash(value: Any) -> str:
    text = value if isinstance(value, str) else marks.canonical(value)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]


def _safe(cell: Any) -> Any:
    """A text that begins like a formula is led by an apostrophe, so that no spreadsheet runs it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


@cache
def software() -> str:
    """What made a figure: this package and its version."""
    try:
        return f"deal-analysis {version('deal-analysis')}"
    except PackageNotFoundError:
        return "deal-analysis"


def _pack(png: bytes) -> bytes:
    """The picture in fewer bytes: no alpha, a palette of its own colours where 256 are enough, the resolution.

    Shades less than `NEAR` apart become one, in the steps in which Pillow looks a colour up: each is then found exactly.
    """
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("RGB")
    for step in (4, NEAR):
        few = image.point([level - level % step for level in range(256)] * 3)
        counted: Any = few.getcolors(256)
        if counted:
            image = _with_palette(few, [level for _, colour in sorted(counted, reverse=True) for level in colour], step)
            break
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=5, dpi=(theme.PPI, theme.PPI))
    return out.getvalue()


def _with_palette(image: Image.Image, levels: list[int], step: int) -> Image.Image:
    """The picture by numbers of its colours; those are then spread, so that white is white again."""
    from PIL import Image

    palette = Image.new("P", (1, 1))
    palette.putpalette(levels)
    numbered = image.quantize(palette=palette, dither=Image.Dither.NONE)
    numbered.putpalette([level * 255 // (256 - step) for level in levels])
    return numbered
