"""A child of the warm parent: makes the calls that its parent hands to it, and ends."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import importlib
import json
import logging
import os
import random
import signal
import socket
import sys
import time
import traceback
import weakref
from typing import Any

from analysis.reports import warm

_END_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


def serve(line: socket.socket) -> None:
    """Make one call, or, where its request has `keep`, one after another. Never returns.

    `line` leads to the parent. On it a connection and a request come in; out go `limit <seconds>` when a step
    begins and `idle` when a kept child is ready for the next call.
    """
    code = 1
    with contextlib.suppress(PermissionError):  # a fresh process leads its session already
        os.setsid()
    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL, 0, 0, 0)  # nobody else would end it when it is late
    _forget_exit_hooks()
    try:
        while _served(line):
            line.send(b"idle")
        code = 0
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with contextlib.suppress(Exception):
            atexit._run_exitfuncs()
    except BaseException:
        with contextlib.suppress(OSError):
            os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)  # without waiting for threads


def _forget_exit_hooks() -> None:
    """Leave out what the parent's imports do at the end: Polars 2.0 waits there for a thread that a fork has not."""
    atexit._clear()
    for hook in (weakref.finalize._exitfunc, logging.shutdown):  # type: ignore[attr-defined]
        atexit.register(hook)


def _served(line: socket.socket) -> bool:
    """Make the next call; whether another may come."""
    word, numbers, _, _ = socket.recv_fds(line, 16, 2)
    if not word:
        return False
    with socket.socket(fileno=numbers[0]) as conn, os.fdopen(numbers[1], "rb") as call:
        call.seek(0)
        request = json.load(call)
        warm.send = lambda message: conn.sendall(json.dumps(message).encode() + b"\n")
        warm.limit = lambda seconds: line.sendall(b"limit %f" % (seconds or float("inf")))
        _become(request)
        warm.send(_answer(request))
    return bool(request.get("keep"))


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    """What the function gave, or what it raised."""
    module, _, name = request["call"].partition(":")
    try:
        if not module.startswith("analysis."):
            raise ValueError(f"{module} is not ours to call")
        return {"result": getattr(importlib.import_module(module), name)(**request["args"])}
    except BaseException as error:
        shown = "".join(traceback.format_exception(error))
        return {"raised": type(error).__name__, "message": str(error), "traceback": shown}


def _become(request: dict[str, Any]) -> None:
    """Default signals, the caller's environment and folder, chance of its own."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["cwd"])
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
