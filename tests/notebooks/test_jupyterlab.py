"""The notebooks in JupyterLab, in a real browser, with no network: their charts show."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
REPORTS = ["meta_ai_strategy", "deal_comparison", "customer_reactions"]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab on a copy of the notebooks, on a free port of this machine, stopped for certain afterwards."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
                "--IdentityProvider.token=", f"--ServerApp.root_dir={home / 'notebooks'}",
                "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]  # fmt: skip
    environment = os.environ | {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home), "DEALS_ROOT": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-m", "jupyterlab", *settings], env=environment, start_new_session=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        for _ in range(480):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=1).read()
                break
            except OSError:
                time.sleep(0.25)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


@pytest.mark.parametrize("name", REPORTS)
def test_charts_show_offline(lab, browser, name):
    """A stored notebook opened with the network cut draws each of its charts, live, and asks no other host for anything."""
    stored = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    outputs = [
        o
        for c in stored["cells"]
        for o in c.get("outputs", [])
        if "application/vnd.vegalite.v5+json" in o.get("data", {})
    ]
    page = browser.new_page(viewport={"width": 1280, "height": 9000})
    outside: list[str] = []

    def gate(route):
        if route.request.url.startswith((lab, "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    page.route("**/*", gate)
    page.goto(f"{lab}/lab/tree/{name}.ipynb?reset", wait_until="domcontentloaded")
    drawn = page.locator(".jp-RenderedVegaCommon5 canvas, .jp-RenderedVegaCommon5 svg.marks")
    for _ in range(480):
        if drawn.count() >= len(outputs):
            break
        page.wait_for_timeout(250)

    assert len(outputs) >= 3
    assert drawn.count() == len(outputs)
    assert all(
        box and box["width"] > 400 and box["height"] > 80 for box in (item.bounding_box() for item in drawn.all())
    )
    assert not outside
    page.close()
