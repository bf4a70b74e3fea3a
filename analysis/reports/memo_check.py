"""Is a memo still true? Every figure and number of it, filled in or typed, held against today's data.

The memo is read and never written; the current picture of a stale figure is put beside it.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from analysis.articles.quantities import language
from analysis.articles.schema import LANGS
from analysis.errors import DataError
from analysis.facts.facts import Facts
from analysis.facts.study import study
from analysis.figures import FIGURES, ledger, marks
from analysis.figures.figure import Figure, write_whole
from analysis.figures.linked import figure_named
from analysis.figures.opened import Opened, opened
from analysis.figures.trace import Traced, ledgers_for, traced
from analysis.reports.memo import fill, read_memo
from analysis.reports.numbers import PATH, Number, numbers_of
from analysis.reports.typed import Move, amounts, judged, moves_of, unfilled

SETTINGS = ("policy", "scope", "as_of")
_PREPARED = re.compile(r"policy\s*=\s*(\w+),\s*scope\s*=\s*(\w+),\s*as_of\s*=\s*([\d-]+),\s*lang\s*=\s*(en|fr)")
_HASH = re.compile(r"#([0-9a-f]{8})(?![0-9a-zA-Z])")
_SOURCES = re.compile(r"^\s*(?:#+\s*)?Sources\s*$", re.M)


class Checked(msgspec.Struct, frozen=True):
    """One figure, number or typed amount of a memo: `kind`, what it is, its state, and why."""

    file: str
    kind: str
    what: str
    state: str
    detail: str = ""

    def line(self) -> str:
        state = "STALE" if self.state == "stale" else self.state
        return f"  {state} {self.what}" + (
            f"{' ' if self.detail[:1] == '→' else ': '}{self.detail}" if self.detail else ""
        )


@dataclass
class Today:
    """The data as they are, studied once for each set of parameters."""

    root: Path | None
    held: dict[tuple[Any, ...], Facts] = field(default_factory=dict)

    def facts(self, params: dict[str, Any]) -> Facts:
        policy, scope, as_of = (str(params.get(name) or "") for name in SETTINGS)
        articles = [str(article) for article in params.get("articles") or []]
        key = (policy, scope, as_of, *articles)
        if key not in self.held:
            self.held[key] = study(
                policy=policy or "balanced", scope=scope or "all", as_of=as_of, articles=articles, root=self.root
            )
        return self.held[key]

    def figure(self, id: str, lang: str, params: dict[str, Any]) -> Figure:
        own = {name: value for name, value in params.items() if name not in (*SETTINGS, "articles")}
        return figure_named(id, self.facts(params), lang, own)


@dataclass
class _Memo:
    """One document under check, and what is found out about it."""

    path: Path
    found: Opened
    entries: list[dict[str, Any]]
    today: Today
    rows: list[Checked] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)

    @cached_property
    def settings(self) -> dict[str, Any]:
        told = _PREPARED.search(self.found.text)
        named = dict(zip(SETTINGS, told.groups(), strict=False)) if told else {}
        return {name: "" if value == "-" else value for name, value in named.items()}

    @cached_property
    def lang(self) -> str:
        told = _PREPARED.search(self.found.text)
        return told[4] if told else language(self.found.body) or "en"

    def say(self, kind: str, what: str, state: str, detail: str = "") -> None:
        self.rows.append(Checked(str(self.path), kind, what, state, detail))


def check_memos(paths: list[Path], *, root: Path | None = None) -> tuple[list[dict[str, Any]], list[str], int]:
    """Check memos: Markdown, DOCX, PDF or HTML.

    Returns:
        One row a figure, number or typed amount; the same in lines; and 1 where something is stale, else 0.

    Raises:
        DataError: a memo cannot be read, or a Markdown memo names what does not exist.
    """
    today, rows, lines = Today(root), [], []
    for path in paths:
        own = check_memo(path, today)
        rows += [msgspec.to_builtins(row) for row in own]
        lines += [f"{path}:" if own else f"{path}: no figure, number or amount found", *(row.line() for row in own)]
    return rows, lines, int(any(row["state"] == "stale" for row in rows))


def check_memo(path: Path, today: Today) -> list[Checked]:
    """Check one memo."""
    found = opened(path)
    entries = list(ledger.read(ledgers_for(path, today.root)))
    memo = _Memo(path, found, entries, today)
    if found.kind == "md" and re.search(r"\{\{|\]\(figure:", found.body):
        _source(memo)
    figures = [entry for entry in entries if marks.is_record(entry)]
    for each in traced(found, figures):
        _figure(memo, each)
    filled = _numbers(memo)
    numbers = numbers_of(today.facts(memo.settings), memo.lang)
    body = _SOURCES.split(found.body)[0]
    for quantity in unfilled(amounts(body, memo.lang), filled):
        if typed := judged(quantity, numbers, memo.moves, memo.cited):
            memo.say("typed", typed.text, typed.state, typed.detail)
    return memo.rows


def _source(memo: _Memo) -> None:
    """A memo that is not filled in yet: what it names is current by nature, or an error."""
    source = read_memo(memo.path)
    memo.__dict__["lang"], memo.__dict__["settings"] = source.lang, {n: getattr(source, n) for n in SETTINGS}
    with tempfile.TemporaryDirectory() as room:
        filled = fill(source, memo.today.facts(memo.settings), Path(room))
    for figure in filled.figures:
        memo.say("figure", figure.ref, "current")
    for number in filled.numbers:
        memo.say("number", number.ref, "current", number.shown(memo.lang))
        memo.cited.update(number.claims)


def _figure(memo: _Memo, each: Traced) -> None:
    if not each.ref:
        memo.say("figure", each.id, "look-alike", each.note)
        return
    if each.id not in FIGURES:
        memo.say("figure", each.ref, "unknown", "no such figure is drawn today")
        return
    old = each.record
    params = old["params"] if old else memo.settings
    lang = old["lang"] if old and old["lang"] in LANGS else memo.lang
    try:
        new = memo.today.figure(each.id, lang, params)
    except DataError as error:
        memo.say("figure", each.ref, "stale", f"cannot be drawn today: {error}")
        return
    memo.cited.update(new.claims)
    if new.ref == each.ref:
        memo.say("figure", each.ref, _same(old, new), each.note)
        return
    detail = f"→ @{new.ref.split('@')[1]}: {_changes(memo, old, new)}"
    place = _write_current(memo.path, new, each.width)
    memo.say("figure", each.ref, "stale", f"{detail} (current picture: {place.name})")


def _same(old: dict[str, Any] | None, new: Figure) -> str:
    """What moved of a figure whose content did not: nothing, its words, or its look."""
    if old and old.get("wording") != new.wording:
        return "reworded"
    return "same content, new look" if old and old.get("looks") != new.looks else "current"


def _changes(memo: _Memo, old: dict[str, Any] | None, new: Figure) -> str:
    """The rows that changed, in words; the amounts in them are kept for what was typed by hand."""
    if old is None:
        return "what changed is not known, because no ledger holds its rows"
    was, now = ({row["key"]: row for row in rows} for rows in (old["rows"], new.record["rows"]))
    said: list[str] = []
    for key in dict.fromkeys([*was, *now]):
        label, before = _label(old, key)
        label, after = _label(new.record, key) if key in now else (label, "")
        if key not in now or key not in was:
            said.append(f"{label} {'is gone' if key not in now else 'is new'}")
        elif was[key] != now[key]:
            said.append(_row(label, before, after, was[key], now[key]))
            memo.moves += moves_of(label, before, after, new.lang)
    if old["params"] != new.record["params"]:
        said.append("other parameters")
    return "; ".join(said) or "the claims behind it changed"


def _label(record: dict[str, Any], key: str) -> tuple[str, str]:
    """A row's label and what it shows, as a record has them; its key where it has none."""
    found = record["labels"].get(key)
    return (str(found[0]), str(found[1])) if isinstance(found, list) and len(found) == 2 else (key, "")


def _row(label: str, before: str, after: str, was: dict[str, Any], now: dict[str, Any]) -> str:
    """One row that changed: what it says, else who vouches for it, else what it rests on."""
    if before != after:
        return f"{label} {before} → {after}"
    for name in ("standing", "value", "lo", "hi", "text", "when"):
        if was.get(name) != now.get(name):
            return f"{label}: {name} {was.get(name)} → {now.get(name)}"
    more, less = (set(a.get("claims") or []) - set(b.get("claims") or []) for a, b in ((now, was), (was, now)))
    return f"{label}: claims {' '.join([*(f'+{c}' for c in sorted(more)), *(f'-{c}' for c in sorted(less))])}"


def _write_current(path: Path, figure: Figure, width: int) -> Path:
    """The current picture beside the memo, as wide as the one in it, and its alt text; its record goes to the ledger."""
    place = path.parent / f"{figure.ref}.{figure.lang}.png"
    picture = figure.png
    if width and width != marks.size_of(picture)[0]:
        picture = _scaled(picture, width, figure)
    write_whole(place, picture)
    write_whole(place.with_suffix(".alt.txt"), f"{figure.alt}\n".encode())
    ledger.append_entries(path.parent / "ledger.jsonl", [ledger.entry(figure)])
    return place


def _scaled(picture: bytes, width: int, figure: Figure) -> bytes:
    from PIL import Image

    image = Image.open(io.BytesIO(picture)).convert("RGB")
    size = (width, max(1, round(image.height * width / image.width)))
    out = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return marks.write_png(out.getvalue(), figure.record)


def _numbers(memo: _Memo) -> list[Number]:
    """Check the numbers that were filled in; returns them as they stand in the memo."""
    known = {entry["ref"]: entry for entry in memo.entries if isinstance(entry.get("number"), dict)}
    filled: list[Number] = []
    for (path, digits), times in Counter(_number_refs(memo.found.text)).items():
        ref = f"{path}#{digits}"
        entry = known.get(ref)
        old = _number_from(entry["number"]) if entry else None
        numbers = numbers_of(memo.today.facts(entry["params"] if entry else memo.settings), memo.lang)
        try:
            new = numbers[path]
        except DataError as error:
            memo.say("number", ref, "stale", str(error))
            continue
        memo.cited.update(new.claims)
        shown = new.shown(memo.lang)
        filled += [old or new] * times
        if new.ref == ref:
            memo.say("number", ref, "current", shown)
        else:
            memo.say("number", ref, "stale", f"→ #{new.ref.split('#')[1]}: {_number_change(memo, old, new)}")
    return filled


def _number_change(memo: _Memo, old: Number | None, new: Number) -> str:
    after = new.shown(memo.lang)
    if old is None:
        return f"now {after}; what it was is in no ledger"
    before = old.shown(memo.lang)
    if before != after:
        if old.value is not None and old.value != new.value:
            memo.moves.append(Move(new.label, old.unit, old.value, before, after))
        return f"{new.label} {before} → {after}"
    if old.standing != new.standing:
        return f"{new.label} {before}: standing {old.standing} → {new.standing}"
    was, now = set(old.claims), set(new.claims)
    claims = [*(f"+{c}" for c in sorted(now - was)), *(f"-{c}" for c in sorted(was - now))]
    return f"{new.label} {before}: " + (f"claims {' '.join(claims)}" if claims else "its range moved")


def _number_from(kept: dict[str, Any]) -> Number | None:
    """A number as the ledger keeps it; None where the line is not shaped like one."""
    try:
        return msgspec.convert(kept, Number)
    except msgspec.ValidationError:
        return None


def _number_refs(text: str) -> Iterator[tuple[str, str]]:
    """References of numbers in a text (fonts in a PDF may call a hyphen soft); a path that a line's end cut is put together from up to four pieces."""
    for match in _HASH.finditer(text.replace("\u00ad", "-")):
        pieces, path = match.string[max(0, match.start() - 300) : match.start()].split(), ""
        for piece in reversed(pieces[-4:]):
            path = piece + path
            if found := PATH.search(path):
                yield found[0], match[1]
                break
