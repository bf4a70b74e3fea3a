"""Bad input for every reader: seeded mutants of good files, and what no good file has.

    python -m tests.trust.bad_input [READER ...] [--number N] [--minutes M] [--seed S] [--workers N]

Each input is read or refused by a DataError, within TOO_LONG seconds of the processor. The figures printed are the number of inputs,
how many were read and refused, the slowest [ms] and by how much the process grew [MB]. A reader gets NUMBERS of inputs,
or as many as its share of the minutes allows: the line says how many of how many. Each has a process of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import DataError

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/articles"
TOO_LONG = (
    10  # seconds of the processor for one input of some kilobytes; of the clock six times that, for what only waits
)
MOST = 200_000  # bytes of an input
Reader = Callable[[bytes], object]

NASTY = [
    b"nan", b"-inf", b"1e400", b"-0", b"9" * 5000, b"1e999999999", b"1_0", b"0x1F", b"true", b"[]", b"{}", b'""', b"''",
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", "\u202e\u0301\ufeff".encode(), b"\r\n", b"\\", b'"""', b"../../etc/passwd",
    b"<script>alert(1)</script>", b"=cmd|' /C calc'!A0", b"${x}", b"{{7*7}}", b"%s%n", b"'; import os #", b"[" * 500,
    b"a.b.c=1\n", b"[[claim]]\n", b"2031-02-30", b"99999-01-01", b"9" * 400, b"claim = 3\n", b'article = "x"\n', b"claim = [[]]\n", b"1979-05-27T07:32:00Z", b"milliards de dollars",
    b"$", b"%", "14,3\u202fMd€".encode(), b"entre 3 et", b"January 32, 2025", b"1.000.000,00", b"1/0", b"\xc2\xa0" * 50,
]  # fmt: skip


def mutant(chance: random.Random, good: bytes, others: list[bytes]) -> bytes:
    """A good input with one to eight things wrong: bytes changed, pieces gone, doubled, moved, or foreign."""
    made = bytearray(good)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(made) + 1)
        size = min(len(made) - at, chance.choice((1, 1, 2, 8, 40, 400)))
        kind = chance.randrange(7)
        if kind == 0 and at < len(made):
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del made[at : at + size]
        elif kind == 2:
            made[at:at] = made[at : at + size] * chance.choice((1, 2, 30))
        elif kind == 3:
            made[at : at + size] = chance.choice(NASTY)
        elif kind == 4:
            other = chance.choice(others)
            cut = chance.randrange(len(other) + 1)
            made[at:at] = other[cut : cut + chance.choice((4, 40, 400))]
        elif kind == 5:
            _token(made, chance)
        else:
            made[at : at + size] = chance.randbytes(size)
        del made[MOST:]
    return bytes(made)


def _token(made: bytearray, chance: random.Random) -> None:
    """Put something nasty in the place of one whole value or word."""
    found = list(re.finditer(rb'"[^"\n]*"|[\w.+-]+', bytes(made[:20_000])))
    if found:
        start, end = chance.choice(found).span()
        made[start:end] = chance.choice((b'"%s"', b"%s")).replace(b"%s", chance.choice(NASTY))


# ---- readers


@cache
def _world() -> Path:
    """A small data/ in memory, where there is such a folder."""
    base = "/dev/shm" if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="deals-bad-", dir=base))
    shutil.copytree(CASES / "world", folder, dirs_exist_ok=True)
    (folder / "data/articles").mkdir(exist_ok=True)
    return folder


def read_toml(data: bytes) -> object:
    """The bytes as a file of data/articles/, with all that `load` does, and the resolving of what was loaded."""
    from analysis.articles.corpus import load
    from analysis.facts.resolve import resolve

    (_world() / "data/articles/given.toml").write_bytes(data)
    return resolve(load(_world()))


def read_article(data: bytes) -> object:
    """The bytes as an article: text, quantities, positions."""
    from analysis.articles import document, text
    from analysis.articles.quantities import read

    path = _world() / "given.txt"
    path.write_bytes(data)
    given = document.read_text(path)
    found = read(given)
    for quantity in found:
        assert given[quantity.start : quantity.end] == quantity.text
        json.dumps(quantity.to_json(), allow_nan=False).encode()
    text.normalise(given)
    return found


def read_proposals(data: bytes) -> object:
    """The bytes as an article whose claims are proposed, written, and read as a file of data/."""
    from analysis.articles.document import read_text
    from analysis.articles.files import read_file
    from analysis.articles.propose import propose
    from analysis.articles.review import write_proposals

    path = _world() / "given.txt"
    path.write_bytes(data)
    given = read_text(path)
    draft = propose(given)
    target = _world() / "proposed.toml"
    target.unlink(missing_ok=True)
    write_proposals(draft, given, target)
    assert not read_file(target).problems
    return draft


def read_notebook(data: bytes) -> object:
    """The bytes as a notebook whose parameters are read and given."""
    from analysis.reports.parameters import checked, parameters_of, table

    path = _world() / "given.ipynb"
    path.write_bytes(data)
    known = parameters_of(path)
    with contextlib.suppress(DataError):
        checked({parameter.name: "1" for parameter in known}, known, where="given")
    return table(known)


def read_values(data: bytes) -> object:
    """The bytes as the values of a grid, which reach a notebook as the data they are, or are refused."""
    from analysis.reports.grid import jobs_for, rows_of
    from analysis.reports.run import Job

    for suffix in (".toml", ".json", ".csv"):
        (_world() / f"given{suffix}").write_bytes(data)
        with contextlib.suppress(DataError):
            path = _world() / f"given{suffix}"
            jobs_for([_parameters()], rows_of(path), common={}, template=Job("", "", ""), grid=path)
    return None


def read_memos(data: bytes) -> object:
    """The bytes as a memo, filled in from the whole of data/."""
    from analysis.reports.memo import fill, read_memo

    path = _world() / "given.md"
    path.write_bytes(data)
    return fill(read_memo(path), _facts(), _world())


@cache
def _facts():
    from analysis.facts.study import study

    return study(root=ROOT)


def read_traced(suffix: str) -> Reader:
    """The bytes as a file of that kind given to `trace`."""

    def read(data: bytes) -> object:
        from analysis.figures.opened import opened
        from analysis.figures.trace import traced

        path = _world() / f"given.{suffix}"
        path.write_bytes(data)
        return traced(opened(path), [])

    return read


@cache
def _parameters() -> Path:
    from tests.trust.commands import write_notebook

    lines = 'text: str = ""\nnumber: float = 1.0\nmany: list = []\nday: str = ""  # YYYY-MM-DD\nanything = None'
    return write_notebook(_world() / "parameters.ipynb", "1", parameters=lines)


# ---- good inputs


@cache
def sentences() -> list[str]:
    """The bench's own sentences."""
    lines = [
        line for path in sorted((CASES / "bench").glob("sentences-*.jsonl")) for line in path.read_text().splitlines()
    ]
    return [json.loads(line)["text"] for line in lines]


def good_articles() -> list[bytes]:
    """The bench's articles, and handfuls of its sentences."""
    whole = [row["text"] for row in tomllib.loads((CASES / "bench/articles.toml").read_text())["article"]]
    return [text.encode() for text in whole + [" ".join(sentences()[i::29]) for i in range(29)]]


def good_toml() -> list[bytes]:
    """Files that the rules allow, and files that they refuse."""
    kinds = (*["valid"] * 10, "invalid")
    return [path.read_bytes() for kind in kinds for path in sorted((CASES / kind).glob("*.toml"))]


def good_notebooks() -> list[bytes]:
    """Notebooks with a parameters cell; their sources alone are short enough to be hit."""
    cell = 'lang: str = "en"  # language [en|fr]\nn: int = 3\nlist_: list[str] = ["a"]  # which\nday: str = ""  # YYYY-MM-DD'
    made = []
    for source in (cell, "n = 1", "x: float | None = None  # help [a|b]", "(1, 2)", "import os\nn: dict = {'a': [1]}"):
        cells = [{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": source, "outputs": []}]
        made.append(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode())
    return made


def good_values() -> list[bytes]:
    """Grids in TOML, JSON and CSV."""
    return [
        b'text = ["a", "b"]\nnumber = 2\n[[run]]\nmany = ["x"]\nday = "2025-06-12"\n[[run]]\nname = "one"\nanything = {a = 1}',
        b'{"text": ["a", "b\\n"], "run": [{"number": 1.5, "anything": [1, null, {"a": true}]}]}',
        b'text,number,day\na,1,2025-06-12\n"b, c",2.5,\n',
    ]


def good_memos() -> list[bytes]:
    """Our own two, with their figures and, as most, without: drawing takes longer than reading."""
    whole = [(ROOT / "docs" / name).read_bytes() for name in ("memo.md", "memo.fr.md")]
    return [*[re.sub(rb"!\[.*?\)", b"", memo) for memo in whole] * 10, *whole]


@cache
def _pictures() -> dict[str, bytes]:
    """A small chart with its record, in each kind of file."""
    import altair as alt
    import vl_convert
    from docx import Document
    from PIL import Image

    from analysis.figures import marks

    record = {
        "ref": "deal-ratios@62b11304",
        "id": "deal-ratios",
        "rows": [{"key": "a"}],
        "claims": ["b"],
        "sources": [{}],
        "notes": [],
    }
    record |= {
        "params": {},
        "labels": {},
        "title": "T",
        "lang": "en",
        "as_of": "",
        "alt": "A",
        "source": "S",
        "caption": "C",
        "software": "deals",
    }
    chart = (
        alt.Chart(alt.Data(values=[{"a": 1, "b": 2}]))
        .mark_point()
        .encode(x="a:Q", y="b:Q")
        .properties(width=60, height=40)
    )
    spec = chart.to_dict()
    svg, pdf = vl_convert.vegalite_to_svg(spec), vl_convert.vegalite_to_pdf(spec)
    png = marks.write_png(vl_convert.vegalite_to_png(spec), record)
    jpg, word = io.BytesIO(), io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(jpg, "JPEG")
    document = Document()
    document.add_paragraph("A figure, deal-ratios@62b11304.")
    document.add_picture(io.BytesIO(png))
    document.save(word)
    return {
        "png": png, "jpg": jpg.getvalue(), "docx": word.getvalue(), "svg": marks.write_svg(svg, record).encode(),
        "pdf": marks.write_pdf(pdf, record),
    }  # fmt: skip


def good_pictures(suffix: str) -> Callable[[], list[bytes]]:
    """Files of one kind; the archive of a DOCX also with its members bare, so that mutants reach into them."""

    def good() -> list[bytes]:
        made = [_pictures()[suffix]]
        if suffix == "docx":
            bare = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(made[0])) as packed, zipfile.ZipFile(bare, "w") as archive:
                for member in packed.infolist():
                    archive.writestr(member.filename, packed.read(member))
            made.append(bare.getvalue())
        return made

    return good


@dataclass
class Sweep:
    """What became of the inputs of one reader; `broken` are those that raised something else, or hung."""

    reader: str
    asked: int = 0
    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    bytes: int = 0
    seconds: float = 0.0
    grown: float = 0.0
    broken: list[tuple[bytes, str]] = field(default_factory=list)

    def __str__(self) -> str:
        number = self.read + self.refused + len(self.broken)
        return (
            f"{self.reader:<10} {number:>7} of {self.asked:>7} {self.bytes / max(number, 1) / 1000:>6.1f} kB each"
            f"  read {self.read:>6}  refused {self.refused:>6}  broken {len(self.broken):>3}"
            f"  slowest {self.slowest * 1000:>6.0f} ms  grown {self.grown:>4.0f} MB  in {self.seconds:>4.0f} s"
        )


READERS: dict[str, tuple[Reader, Callable[[], list[bytes]]]] = {
    "toml": (read_toml, good_toml),
    "articles": (read_article, good_articles),
    "proposals": (read_proposals, good_articles),
    "notebooks": (read_notebook, good_notebooks),
    "values": (read_values, good_values),
    "memos": (read_memos, good_memos),
    **{kind: (read_traced(kind), good_pictures(kind)) for kind in ("png", "jpg", "svg", "pdf", "docx")},
}


QUICKEST = ("notebooks", "docx", "svg", "values", "png", "jpg", "toml", "memos", "proposals", "pdf", "articles")
NUMBERS = {
    reader: 10_000 if reader in ("proposals", "png", "jpg", "svg", "pdf", "docx") else 100_000 for reader in READERS
}


def inputs(reader: str, number: int, seed: int = 0) -> Iterator[bytes]:
    """So many inputs for a reader; the same for the same seed."""
    chance = random.Random(f"{reader} {seed}")
    good = READERS[reader][1]()
    yield from good[:number]
    for _ in range(number - len(good)):
        yield mutant(chance, chance.choice(good), good)


def sweep(reader: str, number: int, seed: int = 0, seconds: float = math.inf) -> Sweep:
    """Give a reader so many inputs, or as many as go into the time."""
    read, made = READERS[reader][0], Sweep(reader, number)
    before, end = peak(), time.monotonic() + seconds
    for place, data in enumerate(inputs(reader, number, seed)):
        if place == min(200, number // 2):  # imports and caches are paid
            before = peak()
        if time.monotonic() > end:
            break
        one(read, data, made)
    made.grown = peak() - before
    return made


def one(read: Reader, data: bytes, made: Sweep) -> None:
    """Give a reader one input."""
    started = time.monotonic()
    for told in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(told, _late)
    signal.alarm(6 * TOO_LONG)
    signal.setitimer(signal.ITIMER_PROF, TOO_LONG)
    try:
        read(data)
        made.read += 1
    except DataError:
        made.refused += 1
    except Exception as error:
        made.broken.append((data, f"{type(error).__name__}: {error}"))
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.monotonic() - started
    made.slowest, made.seconds, made.bytes = max(made.slowest, took), made.seconds + took, made.bytes + len(data)


class Late(Exception):
    """An input took too long."""


def _late(told: int, _: object) -> None:
    raise Late(f"over {TOO_LONG} s of the processor" if told == signal.SIGPROF else f"over {6 * TOO_LONG} s")


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


MEMORY = """
import gc, sys, tomllib
from tests.trust import bad_input
from analysis.articles.document import read_text
from analysis.articles.quantities import read

def now(name):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(name)) * 1024

whole = " ".join(row["text"] for row in tomllib.loads((bad_input.CASES / "bench/articles.toml").read_text())["article"])
bad_input.read_article(whole.encode())
whole += sys.argv[1]
data = (whole * (2_000_000 // len(whole))).encode()
path = bad_input._world() / "given.txt"
path.write_bytes(data)
gc.collect()
open("/proc/self/clear_refs", "w").write("5")  # the peak is counted anew
before = now("VmRSS")
found = read(read_text(path))
print(len(data), now("VmHWM") - before, len(found))
"""


def memory(more: str) -> tuple[int, int, int]:
    """The bytes of a long article, by how many a process that reads it grows at its peak, the quantities found.

    Args:
        more: what ends each of the bench's articles that it is made of.
    """
    command = [sys.executable, "-c", MEMORY, more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    size, grown, found = map(int, done.stdout.split())
    return size, grown, found


def _swept(reader: str, number: int, seed: int, end: float, left: int) -> Sweep:
    """In a process of its own: a sweep within an equal share of the time that is left."""
    made = sweep(reader, number, seed, max(end - time.monotonic(), 0) / left)
    shutil.rmtree(_world(), ignore_errors=True)
    return made


def main() -> int:
    """Print a line a reader, and each kind of break with its shortest input; 1 where there is one."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("readers", nargs="*", default=[])
    asked.add_argument("--number", type=int)
    asked.add_argument("--minutes", type=float, default=math.inf)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    given = asked.parse_args()
    readers = sorted(given.readers or READERS, key=QUICKEST.index)
    end, broken = time.monotonic() + given.minutes * 60, 0
    with ThreadPoolExecutor(given.workers) as ways:
        jobs = []
        for place, reader in enumerate(readers):
            left = -(-(len(readers) - place) // given.workers)
            jobs.append(ways.submit(_by_itself, reader, given.number or NUMBERS[reader], given.seed, end, left))
        for job in jobs:
            made = job.result()
            print(made, *_kinds(made), sep="\n", flush=True)
            broken += len(made.broken)
    for name, more in (("letters", ""), ("letters and invisible marks", " \u200b")):
        size, grown, found = memory(more)
        print(
            f"memory: an article of {size / 1e6:.1f} MB, {name}, {found} quantities: {grown / size:.1f} times its size"
        )
    return int(bool(broken))


def _by_itself(*given: Any) -> Sweep:
    """A sweep in a fresh process, so that its growth is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_swept, *given).result()


def _kinds(made: Sweep) -> list[str]:
    """Each kind of break, with its shortest input."""
    kinds: dict[str, bytes] = {}
    for data, why in made.broken:
        if len(data) < len(kinds.get(why[:60], data + b" ")):
            kinds[why[:60]] = data
    return [f"  {why}\n    {data[:300]!r}" for why, data in kinds.items()]


if __name__ == "__main__":
    sys.exit(main())
