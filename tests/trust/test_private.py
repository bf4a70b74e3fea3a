"""No output says who made it, where, on which machine, or when."""

from __future__ import annotations

import ctypes
import io
import json
import os
import re
import socket
import sys
import zipfile
from pathlib import Path

import pytest

from tests.trust.commands import desk, write_notebook

SECRETS = {
    "USER": "zorblatt",
    "LOGNAME": "zorblatt",
    "USERNAME": "zorblatt",
    "HOSTNAME": "quuxhost",
    "HOST": "quuxhost",
}
ROOT = Path(__file__).resolve().parents[2]
HOUR = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d|D:20\d{12}")


def pieces(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """A file, the members of an archive, the unpacked streams of a PDF, the texts of a picture."""
    found = [(name, data)]
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [piece for part in archive.namelist() for piece in pieces(f"{name}/{part}", archive.read(part))]
    elif name.endswith(".pdf"):
        import pikepdf

        plain = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
        found.append((f"{name} unpacked", plain.getvalue()))
    elif name.endswith(".png"):
        from PIL import Image

        found.append((f"{name} texts", repr(Image.open(io.BytesIO(data)).info).encode()))
    return found


def leaks(name: str, data: bytes, words: list[str]) -> list[str]:
    """Each secret in a file, with the piece that holds it."""
    return [f"{word} in {piece}" for piece, what in pieces(name, data) for word in words if word.encode() in what]


MACHINE = [name for name in (os.uname().nodename,) if len(name) > 4]  # a shorter one is part of other words


def made_up_machine() -> None:
    """Another host name for one process and what it starts; only root may, and otherwise only the variables say it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0 and libc.unshare(0x04000000) == 0:  # CLONE_NEWUTS
        socket.sethostname("quuxhost")


def written(folder: Path, home: Path, name: str, formats: str) -> list[str]:
    """A report made under a made-up name, home and machine; what of them is in any byte of it."""
    with desk() as at:
        at.environment |= SECRETS | {"HOME": str(home), "IPYTHONDIR": str(home / "ipython")}
        code, said = at.run(
            "report", name, "--format", formats, "--out", str(folder), cwd=home, timeout=120, preexec_fn=made_up_machine
        )
    assert code == 0, said
    words = ["zorblatt", "quuxhost", *MACHINE, str(home), str(ROOT), str(Path.home()) + "/", sys.prefix]
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [leak for path in files for leak in leaks(str(path.relative_to(folder)), path.read_bytes(), words)]


def test_a_report_says_nothing_of_its_machine(tmp_path):
    """Notebook, page and manifest hold no user, home, host or folder, also where a warning prints a path."""
    home = tmp_path / "home-of-zorblatt"
    home.mkdir()
    path = write_notebook(home / "warns.ipynb", "import warnings\nwarnings.warn('careful')", "print(n)")

    assert written(tmp_path / "out", home, str(path), "html,ipynb") == []


@pytest.mark.slow
def test_every_format_of_a_real_report_says_nothing_of_its_machine(tmp_path):
    """Page, PDF, DOCX, pictures, tables and records of a notebook of ours, members of archives included."""
    home = tmp_path / "home-of-zorblatt"
    home.mkdir()
    out = tmp_path / "out"

    assert written(out, home, "deal_comparison", "html,ipynb,pdf,docx") == []
    kinds = {path.suffix for path in out.rglob("*") if path.is_file()}
    assert {".html", ".ipynb", ".pdf", ".docx", ".png", ".svg", ".csv", ".jsonl"} <= kinds
    hours = [
        f"{found[0].decode()} in {piece}"
        for path in sorted(out.rglob("*"))
        if path.suffix in (".pdf", ".docx", ".png", ".svg", ".jsonl", ".ipynb")
        for piece, what in pieces(path.name, path.read_bytes())
        for found in HOUR.finditer(what)
    ]
    assert not hours, hours[:5]


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_stored_notebooks_say_nothing_of_their_machine(path):
    """Their outputs hold no folder of this machine, no host, and no time at which a cell ran."""
    data = path.read_bytes()

    assert leaks(path.name, data, [*MACHINE, str(ROOT), str(Path.home()) + "/", sys.prefix]) == []
    cells = json.loads(data)["cells"]
    assert not [cell for cell in cells if {"execution", "papermill"} & cell["metadata"].keys()]
    assert not re.search(r"/(?:home|Users|root|tmp)/", data.decode())
