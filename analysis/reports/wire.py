"""What takes the place of a kernel's sockets and streams in a process that runs cells itself. Linux only."""

from __future__ import annotations

import fcntl
import io
import os
import threading
import time
from collections.abc import Callable
from typing import Any

from jupyter_client.session import Session

PARENT = {"msg_id": "here"}


class Wire(Session):
    """Stands where a kernel's session does: what is sent arrives at once, as it would look at the other end."""

    receive: Callable[[dict[str, Any]], None] = staticmethod(lambda message: None)

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **options: Any) -> Any:
        """Pass a message on; its content goes through JSON, as on a socket."""
        message = self.msg(msg_or_type, content) if isinstance(msg_or_type, str) else msg_or_type
        content = self.unpack(self.serialize(message)[-1])
        kind = message["header"]["msg_type"]
        self.receive({**message, "content": content, "msg_type": kind, "parent_header": PARENT})


class Stream(io.TextIOBase):
    """stdout or stderr of the cells: gathers what Python writes and what reaches the file descriptor, in order.

    As in a kernel, text that has waited for FLUSH_AFTER seconds is a message of its own.
    """

    encoding = "UTF-8"
    FLUSH_AFTER = 0.2

    def __init__(self, name: str, wire: Wire, both: list[Stream], lock: threading.RLock) -> None:
        self.name, self._wire, self._lock, self._both = name, wire, lock, both
        both.append(self)
        self._text: list[str] = []
        self._since = 0.0
        self._seen = 0
        number = {"stdout": 1, "stderr": 2}[name]
        self._original = os.dup(number)
        self._file = os.memfd_create(name)
        fcntl.fcntl(self._file, fcntl.F_SETFL, os.O_APPEND)
        os.dup2(self._file, number)

    def _drain(self) -> None:
        """Take in what a subprocess or a C library wrote."""
        size = os.fstat(self._file).st_size
        if size > self._seen:
            data = os.pread(self._file, size - self._seen, self._seen)
            self._seen = size
            self._text.append(data.decode(errors="replace"))

    def write(self, string: str) -> int:
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string)}")
        now = time.monotonic()
        with self._lock:
            for stream in sorted(self._both, key=lambda stream: stream._since):
                if stream._text and now - stream._since > self.FLUSH_AFTER:
                    stream.flush()
            self._drain()
            if not self._text:
                self._since = now
            self._text.append(string)
        return len(string)

    def flush(self) -> None:
        """Send what was gathered as one message."""
        with self._lock:
            self._drain()
            text, self._text = "".join(self._text), []
            if text:
                self._wire.send(None, "stream", {"name": self.name, "text": text})

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._original

    def set_parent(self, parent: Any) -> None:
        """A kernel's streams are told which request they serve; here there is one at a time."""
