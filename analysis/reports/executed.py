"""An executed notebook as a file: its text, without this machine and this hour; its pictures; its findings."""

from __future__ import annotations

import base64
import json
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

_ADDED = {"injected-parameters", "papermill-error-cell-tag"}  # cells to which papermill gives an id by chance


def written(notebook: dict[str, Any]) -> str:
    """A notebook as a file's text, the same bytes for the same notebook."""
    plain = json.dumps(notebook, ensure_ascii=False, sort_keys=True)  # with an indent, json takes four times as long
    return msgspec.json.format(plain, indent=1) + "\n"


def without_traces(notebook: dict[str, Any], *, parameters: bool = True) -> dict[str, Any]:
    """Take away papermill's times and paths, and this machine's folders from error messages.

    Args:
        notebook: changed in place.
        parameters: keep the parameters of the run in the metadata.
    """
    kept = notebook["metadata"].pop("papermill", {}).get("parameters")
    if parameters and kept:
        notebook["metadata"]["papermill"] = {"parameters": kept}
    notebook["metadata"]["language_info"] = {"name": "python"}
    for place, cell in enumerate(notebook["cells"]):
        for key in ("papermill", "execution"):
            cell["metadata"].pop(key, None)
        added = _ADDED.intersection(cell["metadata"].get("tags", []))
        if added:
            cell["id"] = f"{min(added)}-{place}"
        if not cell["metadata"].get("tags", True):
            del cell["metadata"]["tags"]
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                output["traceback"] = [no_folders(line) for line in output["traceback"]]
                output["evalue"] = no_folders(output["evalue"])
            elif output["output_type"] == "stream":
                output["text"] = no_folders("".join(output["text"])).splitlines(keepends=True)
    return notebook


def no_folders(text: str) -> str:
    """`text` without the folders of this machine: the project's is dropped, a user's is `~`."""
    for folder, shown in ((str(Path(__file__).parents[2]), ""), (sys.prefix, "python"), (str(Path.home()), "~")):
        if len(folder) > 1:
            text = text.replace(folder + "/", f"{shown}/" if shown else "")
    return text


def with_pictures(notebook: dict[str, Any]) -> dict[str, Any]:
    """Draw the pictures of the figures that have none, as the figures themselves would have.

    A process that draws for the first time takes half a second to begin, so this is for one that stays.
    """
    from analysis.figures.figure import static_png, static_svg

    drawing: list[tuple[dict[str, Any], Future[bytes]]] = []
    with ThreadPoolExecutor(2) as beside:  # the drawing of pixels leaves the interpreter free
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                shown, spec = (
                    data.get("application/vnd.deals.figure+json"),
                    data.get("application/vnd.vegalite.v5+json"),
                )
                if shown and spec and "image/png" not in data:
                    drawing.append((data, beside.submit(static_png, static_svg(spec), shown["record"])))
    for data, picture in drawing:
        data["image/png"] = base64.b64encode(picture.result()).decode()
    return notebook


def findings_of(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the cell tagged `findings`; none where it has not run."""
    for cell in notebook["cells"]:
        if "findings" in cell["metadata"].get("tags", []):
            for output in cell.get("outputs", []):
                rows = output.get("data", {}).get("application/json")
                if isinstance(rows, list):
                    return [row for row in rows if isinstance(row, dict)]
    return []
