"""The version sweep: the tests on each Python that is installed, and on the lowest and highest libraries allowed.

    python -m tests.trust.versions [--only NAME ...] [--folder FOLDER] [TESTS ...]

Each Python from 3.11 gets an environment of its own with the lock; the running one is taken as it is. Lowest and highest are
that environment with polars, altair, papermill and nbval replaced by the ends of what pyproject.toml allows. What is not
installed is listed as not run. environment.yml is compared with pyproject.toml by the tests, not run. Environments are made in a folder
that is removed at the end, or kept where --folder names it, so that a second sweep is quick.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
ENDS = ("polars", "altair", "papermill", "nbval")
OWN = f"{sys.version_info.major}.{sys.version_info.minor}"
FAST = ["-m", "not slow and not browser and not office"]


@dataclass(frozen=True)
class Outcome:
    """One environment: its name, the versions in it, and what the tests said; `state` is passed, failed or not run."""

    name: str
    versions: str
    state: str
    told: str
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{self.name:14} {self.state:8} {self.told} [{self.versions}] {self.seconds:.0f} s"


def main() -> int:
    """Run what can be run, print a line each; 1 where tests fail."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=[*PYTHONS, "lowest", "highest"], help="these environments only")
    parser.add_argument("--folder", type=Path, help="where the environments are made and kept")
    parser.add_argument("tests", nargs="*", default=["tests"])
    given = parser.parse_args()
    room = given.folder or Path(tempfile.mkdtemp())
    print(
        f"version sweep, {date.today()}, {platform.system()} {platform.machine()}; tests: {' '.join(given.tests)}",
        flush=True,
    )
    failed = False
    try:
        for name in given.only or [*PYTHONS, "lowest", "highest"]:
            outcome = swept(name, room.resolve(), given.tests)
            failed |= outcome.state == "failed"
            print(outcome, flush=True)
    finally:
        if not given.folder:
            shutil.rmtree(room, ignore_errors=True)
    return int(failed)


def swept(name: str, room: Path, tests: list[str]) -> Outcome:
    """Make one environment and run the tests in it."""
    start = time.monotonic()
    try:
        python = _environment(name, room)
    except LookupError as why:
        return Outcome(name, "", "not run", str(why))
    except subprocess.CalledProcessError as error:
        last = (error.stderr or error.stdout or "").strip().splitlines()[-1:]
        return Outcome(name, "", "failed", f"could not be installed: {' '.join(last)}", time.monotonic() - start)
    command = [
        str(python),
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        "--dist",
        "loadfile",
        *FAST,
        *tests,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=_environ(python))
    lines = done.stdout.strip().splitlines()
    counts = [line for line in lines if re.search(r"\d+ (passed|failed|error)", line)] or _counted(lines)
    failures = [line.split(" - ")[0] for line in lines if line.startswith(("FAILED", "ERROR"))]
    told = "; ".join([*counts[-1:], *failures])
    state = "passed" if done.returncode == 0 else "failed"
    return Outcome(name, _versions(python), state, told, time.monotonic() - start)


def _counted(lines: list[str]) -> list[str]:
    """The tests counted from the lines of dots, where the summary is left out."""
    marks = "".join(re.sub(r"\s*\[.*", "", line) for line in lines if re.fullmatch(r"[.sFExX]+\s*\[ *\d+%\]", line))
    return [f"{marks.count('.')} passed, {marks.count('F') + marks.count('E')} failed, {marks.count('s')} skipped"]


def _environment(name: str, room: Path) -> Path:
    """The Python of an environment, made where it is not there yet.

    Raises:
        LookupError: that Python is not installed.
    """
    if name == OWN:
        return Path(sys.executable)
    folder = room / name
    python = folder / "bin" / "python"
    if (folder / ".made").exists():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    base = sys.executable if name in ("lowest", "highest") else _installed(name)
    _run([base, "-m", "venv", str(folder)])
    if name in ("lowest", "highest"):
        site = next((folder / "lib").glob("python*/site-packages"))
        (site / "own.pth").write_text(f"import site; site.addsitedir({os.fspath(_site())!r})\n", encoding="utf-8")
        _run([str(python), "-m", "pip", "install", "-qq", "--ignore-installed", "--no-deps", *_ends(name)])
        _run([str(python), "-m", "pip", "install", "-qq", *_ends(name)])
    else:
        lock = ["--require-hashes", "-r", str(ROOT / "requirements.lock")]
        _run([str(python), "-m", "pip", "install", "-qq", *lock])
    _run([str(python), "-m", "pip", "install", "-qq", "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    (folder / ".made").touch()
    return python


def _installed(version: str) -> str:
    """A Python of this minor version: on the path, else among pyenv's."""
    found = shutil.which(f"python{version}")
    if found and _works(found, version):
        return found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for folder in sorted(pyenv.glob(f"{version}.*"), reverse=True):
        if _works(str(folder / "bin" / "python"), version):
            return str(folder / "bin" / "python")
    raise LookupError(f"Python {version} is not installed")


def _works(python: str, version: str) -> bool:
    code = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() == version


def _ends(name: str) -> Iterator[str]:
    """The four libraries at one end of what pyproject.toml allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for wanted in project["dependencies"]:
        library = re.match(r"[\w-]+", wanted)[0]  # type: ignore[index]
        if library in ENDS:
            lowest = re.search(r">=([\d.]+)", wanted)[1]  # type: ignore[index]
            yield f"{library}=={lowest}" if name == "lowest" else wanted


def _site() -> Path:
    """Where the running environment's libraries lie."""
    import polars

    return Path(polars.__file__).parents[1]


def _versions(python: Path) -> str:
    code = (
        "import platform; from importlib.metadata import version as v; "
        f"print('Python ' + platform.python_version(), *(n + ' ' + v(n) for n in {ENDS!r}), sep=', ')"
    )
    return subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _environ(python: Path) -> dict[str, str]:
    return os.environ | {
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "VIRTUAL_ENV": str(python.parents[1]),
    }


def _run(command: list[str]) -> None:
    env = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=env)


if __name__ == "__main__":
    sys.exit(main())
