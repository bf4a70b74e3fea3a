"""Rules that hold across data/: what one file says must fit what the others declare."""

from __future__ import annotations

from analysis.articles.files import Contents


def check_rules(contents: Contents) -> None:
    """Note every broken rule among the contents' problems."""
    _assign_articles(contents)


def _assign_articles(contents: Contents) -> None:
    """A claim belongs to the one article of its file, or names one of several."""
    by_file: dict[str, list[str]] = {}
    for record in contents.of("article"):
        by_file.setdefault(record.file, []).append(record.item.id)
    for record in contents.of("claim"):
        ids = by_file.get(record.file, [])
        if record.item.article is None and len(ids) == 1:
            record.item.article = ids[0]
