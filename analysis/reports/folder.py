"""A folder of outputs that appears whole or not at all, and that one run writes at a time."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import DataError

MANIFEST = "manifest.jsonl"
LEDGER = "ledger.jsonl"  # of the figures: it grows, whatever else is replaced
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold a folder against other runs, by a lock file beside it that the system frees when a process ends.

    Raises:
        DataError: another run writes to the folder, or its parent cannot be written.
    """
    lock = out.parent / f".{out.name}.lock"
    with worded(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        handle = _open_lock(lock)
    if handle is None:
        raise DataError(
            f"{out}: another run is writing to it. Wait for it to end, or choose another folder with --out."
        )
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(handle)


def _open_lock(lock: Path) -> int | None:
    """A file descriptor that holds the lock, or None. A file unlinked by its last holder is opened anew."""
    try:
        import fcntl
    except ImportError:  # not a Unix: no lock to be had
        return os.open(lock, os.O_CREAT | os.O_RDWR)
    while True:
        handle = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        with contextlib.suppress(FileNotFoundError):
            if os.stat(lock).st_ino == os.fstat(handle).st_ino:
                return handle
        os.close(handle)


@contextlib.contextmanager
def worded(out: Path) -> Iterator[None]:
    """Word what a disk or a folder refuses."""
    try:
        yield
    except OSError as error:
        way = "Choose another folder with --out." if error.errno != 28 else "Free some space, then run again."
        raise DataError(f"{out}: cannot be written ({error.strerror}); what was there is unchanged. {way}") from None


@contextlib.contextmanager
def building(out: Path) -> Iterator[Path]:
    """A new folder beside `out`, which takes its place when the block ends well and vanishes when it does not.

    Files in `out` that no earlier run of ours lists in its manifest are carried over.

    Raises:
        DataError: `out` holds files and no manifest of ours, or cannot be written.
    """
    ours_or_empty(out)
    _clear(out)  # what a killed run left: the lock is ours
    try:
        with worded(out):
            new = Path(tempfile.mkdtemp(prefix=f".{out.name}.new-", dir=out.parent))
            new.chmod(0o755)
            if (out / LEDGER).exists():
                shutil.copyfile(out / LEDGER, new / LEDGER)
            yield new
            _carry_over(out, new)
            _swap(new, out)
    finally:
        _clear(out)


def _clear(out: Path) -> None:
    for left in out.parent.glob(f".{out.name}.new-*"):
        shutil.rmtree(left, ignore_errors=True)


def ours_or_empty(out: Path) -> None:
    """Refuse a folder that holds files and no manifest of ours."""
    if out.exists() and not out.is_dir():
        raise DataError(f"{out}: is a file, a folder is needed. Choose another name with --out.")
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).exists():
        raise DataError(f"{out}: holds files that no report wrote, it will not be replaced. Choose another with --out.")


def listed(out: Path, records: list[dict] | None = None) -> set[str]:
    """The files that a manifest names, by default the folder's, and the manifest itself."""
    names = {MANIFEST, LEDGER}
    for record in read_manifest(out / MANIFEST) if records is None else records:
        names.update(record.get("files", []))
    return names


def read_manifest(path: Path) -> list[dict]:
    """A manifest's records; a last line cut short by a killed run is left out."""
    records = []
    with contextlib.suppress(FileNotFoundError):
        for line in path.read_text(encoding="utf-8").splitlines():
            with contextlib.suppress(ValueError):
                records.append(json.loads(line))
    return [record for record in records if isinstance(record, dict)]


def _carry_over(out: Path, new: Path) -> None:
    """Link what others put into `out` into `new`; a new file never takes the place of a foreign one."""
    ours = listed(out)
    for path in sorted(out.rglob("*")) if out.is_dir() else []:
        name = path.relative_to(out)
        if path.is_dir() and not path.is_symlink():
            continue
        if name.as_posix() in ours or name.parts[0] == "failed":
            continue
        if (new / name).exists():
            raise DataError(f"{path}: was not written by a report and would be replaced. Move it away, then run again.")
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, new / name, follow_symlinks=False)
        except OSError:
            shutil.copy2(path, new / name, follow_symlinks=False)


def _swap(new: Path, out: Path) -> None:
    """Put `new` in the place of `out`, in one step where the system has one."""
    if not out.exists():
        os.rename(new, out)
    elif not _exchanged(new, out):
        aside = new.with_name(new.name + "-old")
        os.rename(out, aside)
        os.rename(new, out)
        shutil.rmtree(aside, ignore_errors=True)


def _exchanged(new: Path, out: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(out), _RENAME_EXCHANGE) == 0


def append(path: Path, record: dict) -> None:
    """Add one line to a manifest; written at once, so that a killed run loses at most the last."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n")
