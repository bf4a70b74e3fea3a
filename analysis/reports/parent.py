"""The warm parent: imports what reports need, never computes, and forks a child for each call.

A fork after any Polars query or chart conversion can deadlock; a fork after imports alone is sound. So the
parent counts its threads before every fork and starts a fresh process when they grew. It ends when idle, and
hands over to a new parent when anything it has imported changed. `warm` is its client. DEALS_WARM_IMPORT names
further modules to import, separated by commas, DEALS_WARM_IDLE the seconds of idleness.

A call comes as one line of JSON on a private socket: `{call, args, env, cwd, timeout, grace, keep}`. The child
writes lines back, the parent the last one, once the child and all it started are gone: `{"end": {code, signal,
timed_out}}`. A kept child is not gone but waits for the next call of its kind.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.reports.preload import ROOT, Stamp, changed, preload, sound, stamp, threads

IDLE = float(os.environ.get("DEALS_WARM_IDLE", "600"))
NEVER = float("inf")
MOST_CALLS = 200  # that a kept child makes before a new one takes its place
_SUBREAPER = 36  # prctl's PR_SET_CHILD_SUBREAPER


@dataclass
class Child:
    """A child, and the call it is at: whose it is, when it has to be done, whether it was interrupted."""

    pid: int
    line: socket.socket
    conn: socket.socket | None = None
    keep: str = ""
    calls: int = 0
    end: float = NEVER
    last: float = NEVER
    grace: float = 5.0
    timed_out: bool = False

    def take(self, conn: socket.socket, request: dict[str, Any]) -> None:
        """Hand the call over; the request goes as a file, it may be long."""
        call = os.memfd_create("call")
        with os.fdopen(call, "wb", closefd=False) as file:
            file.write(json.dumps(request).encode())
        with contextlib.suppress(OSError):  # a child that died is reaped
            socket.send_fds(self.line, [b"call"], [conn.fileno(), call])
        os.close(call)
        self.conn, self.calls, self.timed_out = conn, self.calls + 1, False
        self.end = self.last = time.monotonic() + (request.get("timeout") or NEVER)
        self.grace = request.get("grace") or 5.0


@dataclass
class Parent:
    """The loop: takes calls, forks, ends what is late or no longer wanted, reaps."""

    listener: socket.socket | None
    known: Stamp
    threads: int
    children: dict[int, Child] = field(default_factory=dict)
    asked: dict[socket.socket, bytearray] = field(default_factory=dict)
    idle_since: float = field(default_factory=time.monotonic)

    def serve(self) -> None:
        """Until nothing has come for IDLE seconds, or the socket's file is gone."""
        assert self.listener is not None
        place = self.listener.getsockname()
        self.selector = selectors.DefaultSelector()
        wake, waker = socket.socketpair()
        waker.setblocking(False)
        signal.set_wakeup_fd(waker.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(wake, selectors.EVENT_READ, lambda end: end.recv(512))
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        while self.asked or self._busy() or not self._over(place):
            for key, _ in self.selector.select(self._patience()):
                with contextlib.suppress(BlockingIOError):
                    key.data(key.fileobj)
            self._reap()
            self._press()
        if self.listener is not None:
            with contextlib.suppress(OSError):
                os.unlink(place)

    def _busy(self) -> list[Child]:
        return [child for child in self.children.values() if child.conn]

    def _over(self, place: str) -> bool:
        gone = self.listener is None or not os.path.exists(place)
        return gone or time.monotonic() - self.idle_since >= IDLE

    def _patience(self) -> float:
        now = time.monotonic()
        ends = [child.last - now for child in self._busy()] or [self.idle_since + IDLE - now + 0.01]
        return min(max(0.0, min(ends)), 5.0)

    def _accept(self, listener: socket.socket) -> None:
        conn, _ = listener.accept()
        who = conn.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        if int.from_bytes(who[4:8], sys.byteorder) != os.getuid():
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
        child = next((child for child in self._busy() if child.conn is conn), None)
        if child is not None:
            self.selector.unregister(conn)
            _kill(child.pid, signal.SIGKILL)
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
        keep = request.get("keep") or ""
        waiting = [child for child in self.children.values() if keep and child.keep == keep and not child.conn]
        child = waiting[0] if waiting else self._born(keep)
        child.take(conn, request)

    def _born(self, keep: str) -> Child:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = _fresh(theirs) if threads() > self.threads else os.fork()
        if pid == 0:
            from analysis.reports.child import serve

            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for key in list(self.selector.get_map().values()):
                key.fileobj.close()  # type: ignore[union-attr]
            self.selector.close()
            ours.close()
            serve(theirs)
        theirs.close()
        child = self.children[pid] = Child(pid, ours, keep=keep)
        self.selector.register(ours, selectors.EVENT_READ, lambda line: self._hear(child))
        return child

    def _hear(self, child: Child) -> None:
        """A child begins a step that may take so many seconds, or is ready for another call, or ends."""
        words = child.line.recv(64, socket.MSG_DONTWAIT).split()
        if not words:
            self.selector.unregister(child.line)
        elif words[0] == b"limit" and not child.timed_out:
            child.last = min(child.end, time.monotonic() + float(words[1]))
        elif words[0] == b"idle":
            self._tell(child, 0)
            if self.listener is None or child.calls >= MOST_CALLS:
                child.keep = ""  # until it is reaped: no further call is for it
                _kill(child.pid, signal.SIGKILL)

    def _hand_over(self) -> None:
        """Start a new parent on the same socket; this one ends with its last call."""
        if self.listener is None:
            return
        start(self.listener)
        self.selector.unregister(self.listener)
        self.listener.close()
        self.listener = None

    def _press(self) -> None:
        """Interrupt the children that are late; end those that were interrupted and go on."""
        now = time.monotonic()
        for child in self._busy():
            if now >= child.last:
                _kill(child.pid, signal.SIGKILL if child.timed_out else signal.SIGINT)
                child.timed_out, child.last = True, now + child.grace

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
            child = self.children.pop(ended.si_pid, None)
            if not self._busy():
                _end_orphans(self.children)
            if child is not None:
                with contextlib.suppress(KeyError, ValueError):
                    self.selector.unregister(child.line)
                child.line.close()
                self._tell(child, os.waitstatus_to_exitcode(status))

    def _tell(self, child: Child, code: int) -> None:
        """The last line of a call, to whoever made it."""
        if child.conn is None:
            return
        end = {"code": max(code, 0), "signal": max(-code, 0), "timed_out": child.timed_out}
        with contextlib.suppress(OSError):
            child.conn.send(json.dumps({"end": end}).encode() + b"\n", socket.MSG_DONTWAIT)
        self._forget(child.conn)
        child.conn, child.last = None, NEVER


def _kill(pid: int, number: int) -> None:
    """Signal a child's group, or the child alone while it has none of its own yet."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, number)
            return


def _end_orphans(children: dict[int, Child]) -> None:
    """End processes that a report left behind in a session of their own; the system made them ours."""
    for task in os.listdir("/proc/self/task"):
        with contextlib.suppress(OSError):
            for pid in map(int, Path(f"/proc/self/task/{task}/children").read_text().split()):
                if pid not in children:
                    os.kill(pid, signal.SIGKILL)


def _fresh(line: socket.socket) -> int:
    """A new process instead of a fork, where that would not be sound."""
    command = [sys.executable, "-m", "analysis.reports.parent", "--child", str(line.fileno())]
    process = subprocess.Popen(command, pass_fds=[line.fileno()], cwd=ROOT, start_new_session=True)
    process.returncode = 0  # the loop reaps it
    return process.pid


def start(listener: socket.socket) -> None:
    """Start a parent on a listening socket: in a session of its own, its words in a log beside the socket."""
    environment = {**os.environ, "_RJEM_MALLOC_CONF": "background_thread:false"}  # Polars' allocator: no threads
    command = [sys.executable, "-m", "analysis.reports.parent", str(listener.fileno())]
    log = os.open(listener.getsockname() + ".log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(log, "wb") as words:
        subprocess.Popen(
            command, pass_fds=[listener.fileno()], stdin=subprocess.DEVNULL, stdout=words, stderr=words,
            cwd=ROOT, env=environment, start_new_session=True,
        )  # fmt: skip


def main(arguments: list[str]) -> None:
    """`parent FD`: serve on a listening socket. `parent --child FD`: be a child on a line."""
    if arguments[0] == "--child":
        from analysis.reports.child import serve

        serve(socket.socket(fileno=int(arguments[1])))
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
