"""Run a notebook's cells in this very process, as a kernel and papermill would, without sockets or threads.

Meant for a freshly forked or started process that ends with its notebook. ipykernel's own shell, display hooks
and compiler run the cells, and nbclient's own client files their messages, so that outputs are the same.
"""

from __future__ import annotations

import asyncio
import atexit
import builtins
import getpass
import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
from ipykernel.compiler import XCachingCompiler
from ipykernel.kernelbase import Kernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.interactiveshell import _asyncio_runner
from IPython.paths import get_ipython_dir
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from papermill.engines import NBClientEngine
from traitlets.config import Config

from analysis.reports import warm
from analysis.reports.wire import Stream, Wire

_NOBODY: Any = SimpleNamespace(_allow_stdin=False)  # at the keyboard


class Cells:
    """A shell and the notebook whose cells it runs."""

    def __init__(self, notebook: Any) -> None:
        self.lock = threading.RLock()
        self.client = NotebookClient(notebook)
        self.place = 0
        self.updated: set[int] = set()  # cells before the current one that a display update has reached
        self.wire = Wire(key=b"")
        self.wire.receive = self._receive
        both: list[Stream] = []
        sys.stdout = Stream("stdout", self.wire, both, self.lock)
        sys.stderr = Stream("stderr", self.wire, both, self.lock)
        self.shell = made_shell(self.wire)

    def _receive(self, message: dict[str, Any]) -> None:
        with self.lock:
            cell = self.client.nb.cells[self.place]
            if message["msg_type"] == "update_display_data":
                shown = self.client._display_id_map.get(content_id(message), {})
                self.updated.update(place for place in shown if place != self.place)
            self.client.process_message(message, cell, self.place)

    async def run(self, place: int) -> None:
        """Run one cell; outputs and count are in the notebook when it ends.

        Raises:
            CellExecutionError: the cell failed, and is not tagged as one that may.
        """
        cell = self.client.nb.cells[place]
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.client.skip_cells_with_tag in tags:
            return
        self.place = place
        cell.outputs = []
        self.client.clear_before_next_output = False
        cell.metadata["execution"] = {"iopub.status.busy": _now(), "iopub.execute_input": _now()}
        cell.execution_count = self.shell.execution_count
        result = await self._executed(cell.source)
        sys.stdout.flush()
        sys.stderr.flush()
        self.shell.payload_manager.clear_payload()
        cell.metadata["execution"].update({"shell.execute_reply": _now(), "iopub.status.idle": _now()})
        error = result.error_before_exec if result.error_before_exec is not None else result.error_in_exec
        if result.success and not getattr(self.shell, "_last_traceback_during_displayhook", False):
            return
        if "raises-exception" not in tags:
            reply = {"ename": type(error).__name__, "evalue": str(error), "traceback": self.shell._last_traceback or []}
            raise CellExecutionError.from_cell_and_msg(cell, {"status": "error", **reply})

    async def _executed(self, source: str) -> Any:
        """As a kernel's `do_execute`: a cell that awaits runs in the loop, all others are called from it."""
        shell = self.shell
        failed = None
        try:
            transformed = shell.transform_cell(source)
        except Exception:
            transformed, failed = source, sys.exc_info()
        about = {"transformed_cell": transformed, "preprocessing_exc_tuple": failed}
        if not (shell.loop_runner is _asyncio_runner and shell.should_run_async(source, **about)):
            return shell.run_cell(source, store_history=True)
        task = asyncio.ensure_future(shell.run_cell_async(source, store_history=True, **about))
        asyncio.get_running_loop().add_signal_handler(2, task.cancel)
        result = None
        try:
            result = await task
        finally:
            asyncio.get_running_loop().remove_signal_handler(2)
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
        return result


def content_id(message: dict[str, Any]) -> str:
    """The display id that a message is for, or nothing."""
    return (message["content"].get("transient") or {}).get("display_id") or ""


def ready_shell() -> Any:
    """ipykernel's shell with an empty namespace, made once; a warm parent has it made before it forks."""
    if ZMQInteractiveShell.initialized():
        shell = ZMQInteractiveShell.instance()
        if shell.ipython_dir == get_ipython_dir():
            return shell
        ZMQInteractiveShell.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False  # of earlier sessions, which a run has no business with
    return ZMQInteractiveShell.instance(config=config, user_ns={}, compiler_class=XCachingCompiler)


def made_shell(wire: Wire) -> Any:
    """ipykernel's shell, wired to `wire`, with a kernel's environment and an empty namespace."""
    shell = ready_shell()
    atexit.unregister(shell.atexit_operations)
    atexit.register(shell.atexit_operations)  # a fork has forgotten its parent's
    shell.starting_dir = os.getcwd()
    shell.history_manager.dir_hist[:] = [Path.cwd()]
    ends: tuple[Any, Any] = (shell.displayhook, shell.display_pub)
    for end in ends:
        end.session, end.pub_socket = wire, None
    ends[0].topic = b"execute_result"
    if not os.environ.get("MPLBACKEND"):
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    sys.path[:] = _kernel_path(sys.path)
    builtins.input = partial(Kernel.raw_input, _NOBODY)
    getpass.getpass = partial(Kernel.getpass, _NOBODY)
    return shell


def _kernel_path(path: list[str]) -> list[str]:
    """A kernel looks in its working folder after the standard library and before installed packages."""
    rest = [entry for entry in path if entry]
    places = [i for i, entry in enumerate(rest) if os.path.basename(entry) in ("site-packages", "dist-packages")]
    return [*rest[: places[0]], "", *rest[places[0] :]] if places else ["", *rest]


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def run_cells(
    notebook: Any,
    *,
    on_start: Callable[[Any, int], None],
    on_failure: Callable[[Any, int, Exception], None],
    on_end: Callable[[Any, int], None],
) -> None:
    """Run a notebook's cells in order, up to the first that fails."""
    cells = Cells(notebook)

    async def all_of_them() -> None:
        for place, cell in enumerate(notebook.cells):
            on_start(cell, place)
            try:
                await cells.run(place)
            except CellExecutionError as error:
                on_failure(cell, place, error)
                return
            finally:
                on_end(cell, place)
                for earlier in sorted(cells.updated):
                    report(earlier, notebook.cells[earlier], kind="changed")
                cells.updated.clear()
            await asyncio.sleep(0)

    loop = asyncio.new_event_loop()  # not asyncio.run: an interrupt has to reach the cell, as in a kernel
    asyncio.set_event_loop(loop)
    loop.run_until_complete(all_of_them())
    notebook.metadata["language_info"] = language_info()


def language_info() -> dict[str, Any]:
    """What a Python kernel says of its language."""
    from ipykernel.ipkernel import IPythonKernel

    return dict(IPythonKernel.language_info)


def report(place: int, cell: Any, *, kind: str = "done") -> None:
    """Tell the caller of this process that a cell has run, or was changed by a later one, and what it holds."""
    if cell.cell_type == "code":
        warm.send(
            {
                kind: place,
                "outputs": cell.outputs,
                "execution_count": cell.execution_count,
                "execution": cell.metadata.get("execution"),
            }
        )
    else:
        warm.send({"done": place})


def run_notebook(notebook: dict[str, Any], limit: float | None = None) -> dict[str, Any]:
    """Run a notebook that came as JSON; its outputs go back cell by cell.

    Args:
        notebook: ready to run, its parameters in place.
        limit: seconds that a cell may take.
    """

    def on_start(cell: Any, place: int) -> None:
        warm.limit(limit)
        warm.send({"cell": place})

    run_cells(
        nbformat.from_dict(notebook),
        on_start=on_start,
        on_failure=lambda cell, place, error: warm.send({"failed": place}),
        on_end=lambda cell, place: report(place, cell),
    )
    return language_info()


class HereEngine(NBClientEngine):
    """papermill's engine inside a warm process: the cells run in this one."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        def on_start(cell: Any, place: int) -> None:
            warm.send({"cell": place, "of": len(nb_man.nb.cells)})
            nb_man.cell_start(cell, place)

        def on_end(cell: Any, place: int) -> None:
            nb_man.cell_complete(cell, cell_index=place)
            report(place, cell)

        run_cells(
            nb_man.nb,
            on_start=on_start,
            on_failure=lambda cell, place, error: nb_man.cell_exception(cell, cell_index=place, exception=error),
            on_end=on_end,
        )
