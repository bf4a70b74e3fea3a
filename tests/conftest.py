"""Fixtures that every room's tests share, and the markers' rules."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no failure: a property is true or false, whatever the clock says.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parents[1]
os.environ["DEALS_CACHE"] = "off"  # a test sees pictures drawn, not remembered
CHROMIUM = "/usr/bin/chromium"
LONGEST = ("test_readme", "test_notebooks", "test_pages", "test_jupyterlab", "test_report", "test_warm", "test_memo")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-slow", action="store_true", help="also run the sweeps marked slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files first, so that both cores end together; skip what the machine lacks, and say which line installs it.

    With REQUIRE_BROWSER=1 nothing is skipped for chromium.
    """
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))
    lacks = {}
    if not Path(CHROMIUM).exists() and os.environ.get("REQUIRE_BROWSER") != "1":
        lacks["browser"] = "needs chromium: apt-get install chromium"
    if not shutil.which("soffice"):
        lacks["office"] = "needs LibreOffice: apt-get install libreoffice-writer-nogui"
    if not config.getoption("--run-slow"):
        lacks["slow"] = "a sweep: make test-all"
    for item in items:
        for marker, why in lacks.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder of the licensed articles; they are never part of the repository."""
    folder = ROOT.parent / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip("the licensed articles are not here (../shared/articles)")
    return folder


@pytest.fixture(scope="session")
def corpus():
    """The whole of data/, loaded once."""
    import analysis

    return analysis.load(ROOT)


@pytest.fixture(scope="session")
def browser():
    """Chromium, one for all files that a process runs: playwright cannot be started twice in it."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
