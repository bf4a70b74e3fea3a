"""What must never be in the repository: article text, paths of a machine, addresses that an install fetches from."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts_of(paths: list[Path]):
    for path in paths:
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("’", "'"))


def test_no_nine_words_in_a_row_of_an_article(texts):
    """The articles are licensed: no file of the repository holds nine words in a row of one, and most hold fewer."""
    grams = set()
    for article in texts.glob("*.txt"):
        said = words(article.read_text(encoding="utf-8"))
        grams |= {tuple(said[i : i + 9]) for i in range(len(said) - 8)}

    found = {}
    for path, text in texts_of(tracked()):
        said = words(text)
        hits = [" ".join(said[i : i + 9]) for i in range(len(said) - 8) if tuple(said[i : i + 9]) in grams]
        if hits:
            found[str(path.relative_to(ROOT))] = hits[:2]

    assert not found


def test_no_path_of_a_machine_and_no_install_address():
    """A file names no folder of whoever wrote it, and no host that an install fetches from."""
    hosts = "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "conda" + r"\.anaconda"))
    bad = re.compile(rf"/(?:home|Users|work|farm|root)/[\w.-]+|https?://[^\s\"'<>]+\.(?:whl|tgz|deb)\b|{hosts}")

    found = {str(p.relative_to(ROOT)): m[0] for p, text in texts_of(tracked()) if (m := bad.search(text))}

    assert not found
