"""A picture drawn before is the picture that would be drawn."""

from __future__ import annotations

import pytest

from analysis.figures.drawn import drawn


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.delenv("DEALS_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "deals/pictures"


def never() -> bytes:
    raise AssertionError("drawn again")


def test_the_same_is_not_drawn_twice():
    """Kind and content decide; another content is drawn."""
    assert drawn("svg", "a", lambda: b"A") == drawn("svg", "a", never) == b"A"
    assert drawn("svg", "b", lambda: b"B") == b"B"
    assert drawn("png", "a", lambda: b"C") == b"C"


def test_a_damaged_file_is_drawn_again(cache):
    """A picture is handed out only as it was written."""
    drawn("svg", "a", lambda: b"A")
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"X")

    assert drawn("svg", "a", lambda: b"A") == b"A"
    assert drawn("svg", "a", never) == b"A"


def test_without_a_folder_to_write_it_is_drawn(tmp_path, monkeypatch):
    """A cache that cannot be written costs time only."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert drawn("svg", "a", lambda: b"A") == b"A"


def test_it_can_be_turned_off(cache, monkeypatch):
    """DEALS_CACHE=off reads and writes nothing."""
    monkeypatch.setenv("DEALS_CACHE", "off")
    drawn("svg", "a", lambda: b"A")

    assert not cache.exists()
