"""Facts that the room's tests share."""

from __future__ import annotations

import pytest

from analysis.facts.resolve import resolve


@pytest.fixture(scope="session")
def facts(corpus):
    """All sources, balanced."""
    return resolve(corpus)


@pytest.fixture(scope="session")
def nothing(corpus):
    """The day on which hardly anything was public yet."""
    return resolve(corpus, scope="seed", as_of="2025-06-12")
