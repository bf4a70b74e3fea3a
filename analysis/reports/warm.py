"""Calls into a warm process: a function of this package, run in a fork of a parent that has imported everything."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import stat
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from analysis.errors import DataError

GRACE = 5.0  # seconds that an interrupted call has before it is killed
_open: weakref.WeakSet[socket.socket] = weakref.WeakSet()
_starting = threading.Lock()
_hung_up = threading.Event()


class Died(RuntimeError):
    """The process of a call ended without a result: `signal` that ended it, or `timed_out`."""

    def __init__(self, message: str, *, timed_out: bool = False, signal: int = 0) -> None:
        super().__init__(message)
        self.timed_out, self.signal = timed_out, signal


class Raised(RuntimeError):
    """The function that was called raised; `kind` is the error's class, `traceback` its text."""

    def __init__(self, message: str, *, kind: str, traceback: str) -> None:
        super().__init__(message)
        self.kind, self.traceback = kind, traceback


def send(message: dict[str, Any]) -> None:
    """In a call: tell the caller something on the way. In any other process it says nothing."""


def limit(seconds: float | None) -> None:
    """In a call: from now on so many seconds, then it is interrupted; None lifts the limit."""


def available() -> bool:
    """Whether this system can fork warm processes: Linux only."""
    return sys.platform == "linux" and hasattr(os, "memfd_create")


def call(
    target: str,
    *,
    timeout: float | None = None,
    cwd: str | None = None,
    keep: str = "",
    on_message: Callable[[dict[str, Any]], None] | None = None,
    **arguments: Any,
) -> Any:
    """Run `module:function` of this package in a fresh fork, with this process's environment.

    Args:
        target: like `analysis.reports.run:execute_here`; arguments and result are JSON.
        timeout: seconds; then the call is interrupted, and killed when it goes on for GRACE more.
        keep: a kind of calls that a child may make one after another: for what takes long to begin, and whose
            calls need not be kept apart.
        on_message: gets what the function sends on the way, and `{"late": true}` before the result of a
            call that was interrupted.

    Raises:
        Died: it crashed, was killed or took too long.
        Raised: it raised an error; a DataError comes as itself.
    """
    request: dict[str, Any] = {"call": target, "args": arguments, "env": dict(os.environ), "cwd": cwd or os.getcwd()}
    if keep:
        request["keep"] = keep
    if timeout:
        request |= {"timeout": timeout, "grace": GRACE}
    line = json.dumps(request).encode() + b"\n"
    for _ in range(5):
        conn = None if _hung_up.is_set() else _connected()
        if conn is None:
            break
        _open.add(conn)
        with conn:
            if _hung_up.is_set():
                break
            try:
                conn.sendall(line)
                messages = _answered(conn, on_message)
            except ConnectionError:  # the parent ended between our knock and our call
                continue
        if messages is not None:
            if on_message and messages.get("end", {}).get("timed_out"):
                on_message({"late": True})
            return _result(messages, timeout)
    raise Died(f"the warm process does not answer; see {_place()}.log, or use --engine papermill")


def _answered(conn: socket.socket, on_message: Callable[[dict[str, Any]], None] | None) -> dict[str, Any] | None:
    """The last messages of a call by kind; None where it has to be made again."""
    last: dict[str, Any] = {}
    with conn.makefile("rb") as lines:
        for line in lines:
            message = json.loads(line)
            if "again" in message:
                return None
            if message.keys() & {"result", "raised", "end"}:
                last |= message
            elif on_message:
                on_message(message)
    return last


def _result(last: dict[str, Any], timeout: float | None) -> Any:
    end = last.get("end", {"timed_out": False, "signal": 0})
    if "result" in last:
        return last["result"]
    if last.get("raised") == "DataError":
        raise DataError(last["message"])
    if end["timed_out"]:
        raise Died(f"took longer than {timeout:g} s", timed_out=True, signal=end["signal"])
    if "raised" in last:
        raise Raised(last["message"], kind=last["raised"], traceback=last["traceback"])
    raise Died(f"ended by signal {end['signal']}" if end["signal"] else "ended without a result", signal=end["signal"])


@contextlib.contextmanager
def hung_up() -> Iterator[None]:
    """Drop all calls of this process, the parent ends their children; and make none while the block lasts."""
    _hung_up.set()
    for conn in list(_open):
        with contextlib.suppress(OSError):
            conn.shutdown(socket.SHUT_RDWR)
    try:
        yield
    finally:
        _hung_up.clear()


def folder() -> Path:
    """The private run-time folder: the user's own, for nobody else to enter.

    Raises:
        DataError: someone else has it, or others may enter.
    """
    base = os.environ.get("XDG_RUNTIME_DIR")
    path = (
        Path(base) / "deals"
        if base and os.access(base, os.W_OK)
        else Path(tempfile.gettempdir()) / f"deals-{os.getuid()}"
    )
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700)
    about = path.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid() or about.st_mode & 0o077:
        raise DataError(f"{path}: is not private to this user. Remove it, or use --engine papermill.")
    return path


def _place() -> str:
    """The parent's socket: one for each Python, package and setting that is fixed when Python starts."""
    fixed = {k: v for k, v in os.environ.items() if k.startswith(("PYTHON", "LC_", "LANG", "POLARS", "DEALS_WARM"))}
    what: list[Any] = [sys.executable, sys.prefix, str(Path(__file__).resolve()), sorted(fixed.items())]
    return str(folder() / f"warm-{hashlib.sha256(json.dumps(what).encode()).hexdigest()[:12]}")


def _connected() -> socket.socket:
    """A connection to the parent, which is started where there is none."""
    place = _place()
    conn = _knock(place)
    if conn is not None:
        return conn
    with _starting, _only_one(place):
        conn = _knock(place)
        if conn is not None:
            return conn
        _start(place)
        conn = _knock(place)
    if conn is None:
        raise Died(f"the warm process does not start; see {place}.log, or use --engine papermill")
    return conn


def _knock(place: str) -> socket.socket | None:
    conn = socket.socket(socket.AF_UNIX)
    try:
        conn.connect(place)
    except OSError:
        conn.close()
        return None
    return conn


@contextlib.contextmanager
def _only_one(place: str) -> Any:
    import fcntl

    with open(place + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start(place: str) -> None:
    """Listen first, then start the parent on the socket: calls wait in the queue until it is warm."""
    from analysis.reports.parent import start

    with contextlib.suppress(FileNotFoundError):
        os.unlink(place)
    listener = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o177)
    try:
        listener.bind(place)
    finally:
        os.umask(mask)
    listener.listen(256)
    with listener:
        start(listener)


def echo(value: Any) -> Any:
    """Give a value back, from the other side."""
    return value


def who_and_where(name: str) -> list[Any]:
    """This process, its folder, a variable of its environment, and the process that forked it."""
    return [os.getpid(), os.getcwd(), os.environ.get(name), os.getppid()]


def end(number: int) -> None:
    """End by a signal."""
    os.kill(os.getpid(), number)
