"""What the checks for tensions stand on: the claims as rows, who says them, how a strain is worded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from analysis.articles.corpus import Corpus
from analysis.articles.schema import NUMERIC_KINDS
from analysis.articles.wording import unnamed
from analysis.facts.interval import UNKNOWN, Interval, bounds
from analysis.facts.strain_words import SAY

Row = dict[str, Any]


class Strain(NamedTuple):
    """A finding of one check: conflict, refinement, consistent or unsaid; `about` becomes part of the tension's id."""

    kind: str
    about: str
    claims: list[str]
    detail: str
    verdict: str
    treatment: str


@dataclass(frozen=True)
class Ground:
    """The claims that count (`rows`, by id), their corpus, and the language in which strains are worded."""

    corpus: Corpus
    rows: list[Row]
    spoken: list[Row]  # with opinions: what was said need not count to be misquoted
    lang: str = "en"

    def strain(
        self,
        kind: str,
        about: str,
        rows: Iterable[Row],
        said: str,
        verdict: str,
        /,
        *,
        treatment: str = "",
        **fields: Any,
    ) -> Strain:
        """A strain, worded by the phrase `said` after what it is about; without a treatment it gets that of its verdict."""
        rows = list(rows)
        beside = verdict == "conflict" and rows and rows[0]["cardinality"] == "many"  # no policy chooses one of many
        way = treatment or self.say("treat beside" if beside else f"treat {verdict}")
        head = f"{self.label(rows[0]['subject'])}, {self.label(rows[0]['property'])}{self.say('colon')}" if rows else ""
        return Strain(kind, about, sorted({row["id"] for row in rows}), head + self.say(said, **fields), verdict, way)

    def say(self, phrase: str, /, **fields: Any) -> str:
        """A phrase in the ground's language."""
        return SAY[phrase][self.lang == "fr"].format(**fields)

    def named(self, property: str, *more: str) -> list[Row]:
        """The claims of some properties."""
        if not more:
            return self._by_property.get(property, [])
        return [row for row in self.rows if row["property"] in (property, *more)]

    @cached_property
    def _by_property(self) -> dict[str, list[Row]]:
        return self.grouped(self.rows, lambda row: row["property"])

    def grouped(self, rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
        """Rows by a key, in the order of the keys."""
        groups: dict[Any, list[Row]] = defaultdict(list)
        for row in rows:
            groups[key(row)].append(row)
        return dict(sorted(groups.items(), key=lambda item: str(item[0])))

    def label(self, id: str | None) -> str:
        """A name in the ground's language; nothing for nothing."""
        return self.corpus.label(id, self.lang) if id else ""

    def who(self, row: Row) -> str:
        """Who says it: the chain's last link citing its first."""
        chain = row["by"] or []
        if not chain:
            return str(row["article_id"])
        last = self.label(chain[-1])
        return last if len(chain) == 1 else self.say("citing", who=last, origin=self.label(chain[0]))

    def each(self, rows: Iterable[Row], word: Callable[[Row], str]) -> str:
        """Who says what, joined: `AFP: 49 % [48.5 – 49.5]; the site: 49 %`; the same words of one speaker once."""
        return self.say("and").join(dict.fromkeys(f"{self.who(row)}{self.say('colon')}{word(row)}" for row in rows))

    @cached_property
    def by_fact(self) -> dict[Any, list[Row]]:
        """The claims that speak of the same thing."""
        return self.grouped(self.rows, fact_key)

    @cached_property
    def published(self) -> dict[str, str | None]:
        """When each article was published [EDTF]."""
        return dict(self.corpus.articles.select("id", "published").iter_rows())

    def article(self, id: str) -> str:
        """An article by its title, else by who published it."""
        row = next((row for row in self.corpus.articles.iter_rows(named=True) if row["id"] == id), {})
        return str(row.get("title") or row.get("publisher") or unnamed(self.lang)) if row else id

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What each source is: party, named, unnamed or outlet."""
        return dict(self.corpus.sources.select("id", "kind").iter_rows())

    @cached_property
    def quotes(self) -> dict[str, list[str]]:
        """The quotations of each claim."""
        found: dict[str, list[str]] = defaultdict(list)
        for claim, quote in self.corpus.evidence.select("claim_id", "quote").iter_rows():
            if quote and quote not in found[claim]:
                found[claim].append(quote)
        return found

    @cached_property
    def subjects(self) -> dict[str, Row]:
        """Each subject's row."""
        return {row["id"]: row for row in self.corpus.subjects.iter_rows(named=True)}

    def rounds(self, target: str | None) -> set[str]:
        """The rounds in which an organisation raised money."""
        found = self.subjects.values() if target else ()
        return {str(row["id"]) for row in found if row["type"] == "round" and row["org"] == target}


def about(row: Row) -> str:
    """What a claim is about, for an id: subject, property and object."""
    return "/".join(part for part in (row["subject"], row["property"], row["object"]) if part)


def fact_key(row: Row) -> tuple[Any, ...]:
    """Claims with the same key speak of the same thing: a price on another basis or of another year does not."""
    itself = (word_of(row), row["value"]) if row["cardinality"] == "many" else None
    return (
        row["subject"],
        row["property"],
        row["object"],
        row["basis"] or "unstated",
        row["period"],
        row["unit"],
        itself,
    )


def interval_of(row: Row) -> Interval:
    """What a number claims, hedge and last written digit included; unknown for words."""
    if "interval" not in row:
        hedge, step, unit = row["hedge"] or "exact", row["written_unit"], row["unit"]
        number = row["kind"] in NUMERIC_KINDS
        row["interval"] = (
            bounds(row["value"], hedge, step, lo=row["lo"], hi=row["hi"], unit=unit) if number else UNKNOWN
        )
    return row["interval"]


def word_of(row: Row) -> str | None:
    """What a worded claim says."""
    return row["value_text"] or (row["object"] if row["kind"] == "relation" else None)


def nested(corpus: Corpus, property: str, one: str, other: str) -> bool:
    """Whether one word is broader than the other, or the same."""
    tree = corpus.broader.get(property, {})

    def above(word: str) -> set[str]:
        found = {word}
        while (word := tree.get(word, "")) and word not in found:
            found.add(word)
        return found

    return one in above(other) or other in above(one)
