"""The warm parent: imports what reports need, never computes, and forks a child for each call.

A fork after any Polars query or chart conversion can deadlock; a fork after imports alone is sound. So the
parent counts its threads before every fork and starts a fresh process when they grew. It ends when idle, and
hands over to a new parent when anything it has imported changed. `warm` is its client. DEALS_WARM_IMPORT names further
modules to import, separated by commas, DEALS_WARM_IDLE the seconds of idleness.

A call comes as one line of JSON on a private socket: `{call, args, env, cwd, timeout, grace}`. The child writes
lines back, the parent the last one, once the child and all it started are gone: `{"end": {code, signal, timed_out}}`.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
import types
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
IDLE = float(os.environ.get("DEALS_WARM_IDLE", "600"))  # seconds
_HEAVY = (
    "polars",
    "altair",
    "papermill",
    "nbclient",
    "IPython.core.completer",
    "IPython.core.magics",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "matplotlib_inline.backend_inline",
    "babel.dates",
    "vl_convert",
)
NEVER = float("inf")
_SUBREAPER = 36  # prctl's PR_SET_CHILD_SUBREAPER


def preload() -> None:
    """Import what notebooks and renderers use, and fill the caches that need no computing."""
    asked = os.environ.get("DEALS_WARM_IMPORT", "").split(",")
    with _no_grammar():
        for name in (*_HEAVY, *filter(None, asked)):
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    import analysis

    for found in pkgutil.walk_packages(analysis.__path__, "analysis."):
        if not found.name.endswith((".cli", ".parent", "__main__")):
            with contextlib.suppress(Exception):  # a broken module breaks its own runs, with its own message
                importlib.import_module(found.name)
    _warm()


@contextlib.contextmanager
def _no_grammar() -> Any:
    """jsonschema imports `rfc3987_syntax`, which takes 1.6 s to build a grammar that nothing here uses.

    While the block lasts a stand-in has its name; it builds the grammar when it is first asked.
    """
    name = "rfc3987_syntax"

    def is_valid_syntax(term: str, value: str) -> bool:
        return importlib.import_module(name).is_valid_syntax(term, value)

    if name in sys.modules:
        yield
        return
    stand_in = types.ModuleType(name)
    stand_in.is_valid_syntax = is_valid_syntax  # type: ignore[attr-defined]
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        del sys.modules[name]


def _warm() -> None:
    import altair as alt
    import nbformat

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    nbformat.validate(notebook)
    rows = {"values": [{"a": 1, "b": "c"}]}
    chart = alt.Chart(rows).mark_bar().encode(x=alt.X("a:Q"), y=alt.Y("b:N"), color=alt.Color("b:N"))
    alt.vconcat(chart + chart).to_dict()


def threads() -> int:
    """How many threads this process has."""
    return len(os.listdir("/proc/self/task"))


def sound() -> int:
    """How many threads a fork may find: Polars' own sleeping ones; none of Python's beside the main one."""
    return threads() if threading.active_count() == 1 else 0


def stamp() -> dict[str, tuple[int, int]]:
    """Modification time and size of each imported file that is no part of Python, and of what installs write."""
    files = {str(ROOT / "requirements.lock"), str(ROOT / "pyproject.toml")}
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if path and "site-packages" not in path and not path.startswith(sys.base_prefix):
            files.add(path)
    files.update(entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages")))
    found = {}
    for path in files:
        with contextlib.suppress(OSError):
            about = os.stat(path)
            found[path] = (about.st_mtime_ns, about.st_size)
    return found


def changed(known: dict[str, tuple[int, int]]) -> bool:
    """Whether a stamped file is another one now."""
    for path, then in known.items():
        try:
            about = os.stat(path)
        except OSError:
            return True
        if (about.st_mtime_ns, about.st_size) != then:
            return True
    return False


@dataclass
class Run:
    """A child at work: its connection, when it has to be done, and whether it was interrupted.

    `wish` is where the child says how many seconds its next step may take, one text line each time.
    """

    pid: int
    conn: socket.socket
    wish: socket.socket
    end: float = NEVER
    grace: float = 5.0
    timed_out: bool = False
    last: float = NEVER

    def limit(self, seconds: float) -> None:
        """A new step begins, which may take so long; the whole has its own end."""
        self.last = min(self.end, time.monotonic() + seconds)


@dataclass
class Parent:
    """The loop: takes calls, forks, ends what is late or no longer wanted, reaps."""

    listener: socket.socket | None
    known: dict[str, tuple[int, int]]
    threads: int
    runs: dict[int, Run] = field(default_factory=dict)
    asked: dict[socket.socket, bytearray] = field(default_factory=dict)
    idle_since: float = field(default_factory=time.monotonic)

    def serve(self) -> None:
        """Until nothing has come for IDLE seconds, or the socket's file is gone."""
        self.selector = selectors.DefaultSelector()
        wake_read, wake_write = socket.socketpair()
        for end in (wake_read, wake_write):
            end.setblocking(False)
        signal.set_wakeup_fd(wake_write.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        assert self.listener is not None
        self.place = self.listener.getsockname()
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        self.selector.register(wake_read, selectors.EVENT_READ, lambda _: wake_read.recv(512))
        while self.runs or self.asked or not self._over():
            for key, _ in self.selector.select(self._patience()):
                with contextlib.suppress(BlockingIOError):
                    key.data(key.fileobj)
            self._reap()
            self._press()
        if self.listener is not None:
            self._unlink()

    def _over(self) -> bool:
        if self.listener is None:
            return True
        return time.monotonic() - self.idle_since >= IDLE or not self._mine()

    def _mine(self) -> bool:
        return os.path.exists(self.place)

    def _unlink(self) -> None:
        with contextlib.suppress(OSError):
            os.unlink(self.place)

    def _patience(self) -> float:
        now = time.monotonic()
        ends = [run.last - now for run in self.runs.values()]
        return max(0.0, min([*ends, 5.0, max(0.01, IDLE - (now - self.idle_since)) if not self.runs else 5.0]))

    def _accept(self, listener: socket.socket) -> None:
        conn, _ = listener.accept()
        if _uid_of(conn) != os.getuid():
            conn.close()
            return
        self.asked[conn] = bytearray()
        self.selector.register(conn, selectors.EVENT_READ, self._read)

    def _read(self, conn: socket.socket) -> None:
        """A call on its way in, or the end of a client."""
        try:
            data = conn.recv(1 << 20, socket.MSG_DONTWAIT)
        except ConnectionError:
            data = b""
        run = next((run for run in self.runs.values() if run.conn is conn), None)
        if run is not None:
            self.selector.unregister(conn)
            _kill(run.pid, signal.SIGKILL)
        elif not data:
            self._forget(conn)
        else:
            self.asked[conn] += data
            if data.endswith(b"\n"):
                self._start(conn, json.loads(self.asked.pop(conn)))

    def _forget(self, conn: socket.socket) -> None:
        self.asked.pop(conn, None)
        with contextlib.suppress(KeyError, ValueError):
            self.selector.unregister(conn)
        conn.close()
        self.idle_since = time.monotonic()

    def _start(self, conn: socket.socket, request: dict[str, Any]) -> None:
        if changed(self.known):
            conn.sendall(b'{"again": true}\n')
            self._forget(conn)
            self._hand_over()
            return
        wish, ours = socket.socketpair()
        pid = self._fresh(conn, wish, request) if threads() > self.threads else os.fork()
        if pid == 0:
            ours.close()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for other in self.selector.get_map().values():
                if other.fileobj is not conn:
                    other.fileobj.close()  # type: ignore[union-attr]
            self.selector.close()
            answer(conn, wish, request)
        wish.close()
        run = self.runs[pid] = Run(pid, conn, ours, grace=request.get("grace") or 5.0)
        run.end = run.last = time.monotonic() + (request.get("timeout") or NEVER)
        self.selector.register(ours, selectors.EVENT_READ, lambda _: self._wished(run))

    def _wished(self, run: Run) -> None:
        words = run.wish.recv(4096, socket.MSG_DONTWAIT).split()
        if not words:
            self.selector.unregister(run.wish)
        elif not run.timed_out:
            run.limit(float(words[-1]))

    def _fresh(self, conn: socket.socket, wish: socket.socket, request: dict[str, Any]) -> int:
        """A new process for a call, where a fork would not be sound."""
        call = os.memfd_create("call")
        os.write(call, json.dumps(request).encode())
        numbers = (conn.fileno(), wish.fileno(), call)
        command = [sys.executable, "-m", "analysis.reports.parent", "--once", *map(str, numbers)]
        process = subprocess.Popen(command, pass_fds=numbers, cwd=ROOT, start_new_session=True)
        process.returncode = 0  # the loop reaps it
        os.close(call)
        return process.pid

    def _hand_over(self) -> None:
        """Start a new parent on the same socket; this one ends with its last child."""
        if self.listener is None:
            return
        start(self.listener)
        self.selector.unregister(self.listener)
        self.listener.close()
        self.listener = None

    def _press(self) -> None:
        """Interrupt the children that are late; end those that were interrupted and go on."""
        now = time.monotonic()
        for run in self.runs.values():
            if now >= run.last:
                _kill(run.pid, signal.SIGKILL if run.timed_out else signal.SIGINT)
                run.timed_out, run.last = True, now + run.grace

    def _reap(self) -> None:
        """Take leave of children that ended, and of all that they started."""
        while True:
            try:
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if ended is None:
                return
            _kill(ended.si_pid, signal.SIGKILL)  # its group: the zombie keeps the number from being used again
            _, status = os.waitpid(ended.si_pid, 0)
            run = self.runs.pop(ended.si_pid, None)
            if not self.runs:
                _end_orphans()
            if run is not None:
                self._tell(run, os.waitstatus_to_exitcode(status))

    def _tell(self, run: Run, code: int) -> None:
        end = {"code": max(code, 0), "signal": max(-code, 0), "timed_out": run.timed_out}
        with contextlib.suppress(OSError):
            run.conn.send(json.dumps({"end": end}).encode() + b"\n", socket.MSG_DONTWAIT)
        with contextlib.suppress(KeyError, ValueError):
            self.selector.unregister(run.wish)
        run.wish.close()
        self._forget(run.conn)


def _uid_of(conn: socket.socket) -> int:
    data = conn.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int.from_bytes(data[4:8], sys.byteorder)


def _kill(pid: int, number: int) -> None:
    """Signal a child's group, or the child alone while it has none of its own yet."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, number)
            return


def _end_orphans() -> None:
    """End processes that a report left behind in a session of their own; the system made them ours."""
    for task in os.listdir("/proc/self/task"):
        with contextlib.suppress(OSError):
            for pid in Path(f"/proc/self/task/{task}/children").read_text().split():
                os.kill(int(pid), signal.SIGKILL)


def answer(conn: socket.socket, wish: socket.socket, request: dict[str, Any]) -> None:
    """In the child: make the call, write its result, end. Never returns."""
    from analysis.reports import warm

    code = 0
    try:
        _become(request)
        conn.setblocking(True)
        warm.send = lambda message: conn.sendall(json.dumps(message).encode() + b"\n")
        warm.limit = lambda seconds: wish.sendall(b"%f\n" % (seconds or NEVER))
        module, _, name = request["call"].partition(":")
        try:
            if not module.startswith("analysis."):
                raise ValueError(f"{module} is not ours to call")
            result = {"result": getattr(importlib.import_module(module), name)(**request["args"])}
        except BaseException as error:
            shown = "".join(traceback.format_exception(error))
            result = {"raised": type(error).__name__, "message": str(error), "traceback": shown}
        warm.send(result)
        _last_words()
    except BaseException:
        code = 1
        with contextlib.suppress(OSError):
            os.write(2, traceback.format_exc().encode())
    os._exit(code)


def _become(request: dict[str, Any]) -> None:
    """Own session, default signals, the caller's environment and folder, chance of its own."""
    import random

    with contextlib.suppress(PermissionError):  # already a leader: a fresh process
        os.setsid()
    for number in (signal.SIGTERM, signal.SIGPIPE, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL if number != signal.SIGPIPE else signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["cwd"])
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _last_words() -> None:
    """What a process does at its end, without waiting for its threads."""
    import atexit

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()


def start(listener: socket.socket) -> None:
    """Start a parent on a listening socket: in a session of its own, its words in a log beside the socket."""
    environment = {**os.environ, "_RJEM_MALLOC_CONF": "background_thread:false"}  # Polars' allocator: no threads
    command = [sys.executable, "-m", "analysis.reports.parent", str(listener.fileno())]
    log = os.open(listener.getsockname() + ".log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        subprocess.Popen(
            command,
            pass_fds=[listener.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )
    finally:
        os.close(log)


def main(arguments: list[str]) -> None:
    """`parent FD`: serve on a listening socket. `parent --once CONN WISH CALL`: answer one call."""
    if arguments[0] == "--once":
        with os.fdopen(int(arguments[3]), "rb") as call:
            call.seek(0)
            request = json.load(call)
        with _no_grammar():
            import papermill  # noqa: F401
        answer(socket.socket(fileno=int(arguments[1])), socket.socket(fileno=int(arguments[2])), request)
    listener = socket.socket(fileno=int(arguments[0]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    began = time.time_ns()
    preload()
    known = stamp()
    if any(began < changed_at <= time.time_ns() for changed_at, _ in known.values()):  # edited while imported
        start(listener)
        return
    gc.collect()
    gc.freeze()
    Parent(listener, known, sound()).serve()


if __name__ == "__main__":
    main(sys.argv[1:])
