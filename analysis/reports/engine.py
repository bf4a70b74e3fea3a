"""papermill's engine `warm`. papermill loads every engine when it is imported, so nothing heavy is imported here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from papermill.engines import NBClientEngine
from papermill.log import logger

_SETTINGS = ("ipython_config.*", "ipython_kernel_config.*", "startup/*.py", "startup/*.ipy")


class WarmEngine(NBClientEngine):
    """Run the cells in a fork of a process that has imported and never computed.

    Where that would not give papermill's own outputs, papermill's own engine runs them: on another system than
    Linux, for another kernel than this Python's, and for a user whose IPython has settings or start-up files.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Fill the notebook's outputs; a failed cell is marked, papermill raises for it."""
        from analysis.reports import warm

        why = "this is not Linux" if not warm.available() else unfit(kernel_name)
        if why:
            logger.warning(f"engine warm: {why}, papermill's own engine runs the notebook")
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        return _call(cls, nb_man, **options)


def unfit(kernel_name: str) -> str:
    """Why a notebook's kernel cannot be run by a fork of this process; empty where it can."""
    from IPython.paths import get_ipython_dir
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name or "python3")
    except NoSuchKernel:
        return f"there is no kernel '{kernel_name}'"
    ours = {sys.executable, "python", "python3", f"python3.{sys.version_info[1]}"}
    if spec.argv[:1] and (spec.argv[0] not in ours or not {"ipykernel_launcher", "ipykernel"} & set(spec.argv)):
        return f"kernel '{kernel_name}' is not this Python"
    if spec.env:
        return f"kernel '{kernel_name}' sets an environment"
    profile = Path(get_ipython_dir()) / "profile_default"
    for place in (profile, Path(sys.prefix) / "etc/ipython", Path("/etc/ipython")):
        if any(True for pattern in _SETTINGS for _ in place.glob(pattern)):
            return f"IPython has settings in {place}"
    return ""


def _call(
    cls: Any,
    nb_man: Any,
    *,
    execution_timeout: float | None = None,
    timeout: float | None = None,
    log_output: bool = False,
    stdout_file: Any = None,
    stderr_file: Any = None,
    **options: Any,
) -> Any:
    """Send the notebook away and file what comes back, as papermill's own client does."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from analysis.reports import warm

    cells, at = nb_man.nb.cells, 0
    files = {"stdout": stdout_file, "stderr": stderr_file}

    def on_message(message: dict[str, Any]) -> None:
        nonlocal at
        if "cell" in message:
            at = message["cell"]
            nb_man.cell_start(cells[at], at)
        elif "failed" in message:
            nb_man.cell_exception(cells[message["failed"]], cell_index=message["failed"])
        elif "done" in message:
            cell = cells[message["done"]]
            _file(cell, message)
            _log(cell, files, log_output)
            nb_man.cell_complete(cell, cell_index=message["done"])
        elif "changed" in message:
            _file(cells[message["changed"]], message)
        elif "late" in message:
            raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", int(limit or 0), cells[at])

    limit = execution_timeout or timeout
    try:
        info = warm.call(
            "analysis.reports.shell:run_notebook", notebook=nb_man.nb, limit=limit,
            on_message=on_message,
        )  # fmt: skip
    except warm.Died as error:
        nb_man.cell_exception(cells[at], cell_index=at)
        nb_man.cell_complete(cells[at], cell_index=at)
        raise DeadKernelError(f"Kernel died: {error}") from error
    nb_man.nb.metadata["language_info"] = info
    return nb_man.nb


def _file(cell: Any, message: dict[str, Any]) -> None:
    """Put what a cell gave into the notebook."""
    import nbformat

    if "outputs" in message:
        cell.outputs = [nbformat.from_dict(output) for output in message["outputs"]]
        cell.execution_count = message["execution_count"]
    if message.get("execution"):
        cell.metadata["execution"] = message["execution"]


def _log(cell: Any, files: dict[str, Any], log_output: bool) -> None:
    """papermill's --log-output, --stdout-file and --stderr-file."""
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            if log_output:
                (logger.info if output.name == "stdout" else logger.warning)(output.text)
            if files[output.name]:
                files[output.name].write(output.text)
                files[output.name].flush()
        elif log_output and "text/plain" in output.get("data", {}):
            logger.info(output.data["text/plain"])
