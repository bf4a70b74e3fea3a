"""A page for each company, person, deal and product: facts, dissent, history, charts, who said what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import escape

from analysis.articles import wording
from analysis.facts import explain
from analysis.facts.facts import Facts
from analysis.figures.figure import write_whole
from analysis.figures.tables import capital, heard
from analysis.reports import page
from analysis.reports.words import WORDS

TYPES = ("deal", "round", "org", "person", "product", "event")
Row = dict[str, Any]


def file_of(subject: str) -> str:
    """The name of a subject's page: `org:scale-ai` is `org-scale-ai.html`."""
    return subject.replace(":", "-") + ".html"


def write_subjects(
    facts: Facts, out: Path, *, charts: Sequence[dict[str, Any]] = (), lang: str = "en"
) -> dict[str, list[tuple[str, str]]]:
    """Write a page for each subject that something is said of.

    Args:
        facts: what is held true.
        out: the report's folder; the pages go to `subjects/` in it.
        charts: the report's charts: `page`, `anchor`, `title`, and the ids of their `claims`.
        lang: of the pages.

    Returns:
        For each type of subject, address from `out` and name of each page, by name.
    """
    folder = out / "subjects"
    folder.mkdir(parents=True, exist_ok=True)
    said: dict[str, list[Row]] = defaultdict(list)
    for claim in heard(facts).sort("known_on", "id", nulls_last=True).iter_rows(named=True):
        for subject in {claim["subject"], claim["object"]} - {None}:
            said[subject].append(claim)
    held: dict[str, list[Row]] = defaultdict(list)
    for fact in facts.frame.iter_rows(named=True):
        held[fact["subject"]].append(fact)
    own = [row for row in facts.corpus.subjects.iter_rows(named=True) if row["id"] in said]
    names = {row["id"]: row[f"label_{lang}"] for row in own}
    by_id = {row["id"]: row for row in facts.corpus.claims.iter_rows(named=True)}
    pages: dict[str, list[tuple[str, str]]] = {kind: [] for kind in TYPES}
    for row in own:
        id = row["id"]
        about = _Subject(facts, id, held[id], said[id], by_id, lang)
        body = about.sections(charts, names)
        kind = wording.word("type", row["type"], lang)
        scope = " · ".join([kind, *(row["aliases"] or [])])
        made = page.page(
            title=names[id], body=body, contents=about.contents, lang=lang, home="../index.html", scope=scope
        )
        write_whole(folder / file_of(id), made.encode())
        pages[row["type"]].append((f"subjects/{file_of(id)}", names[id]))
    return {kind: sorted(found, key=lambda one: one[1].lower()) for kind, found in pages.items() if found}


class _Subject:
    """One subject's facts and claims, section by section."""

    def __init__(
        self, facts: Facts, id: str, held: list[Row], said: list[Row], by_id: Mapping[str, Row], lang: str
    ) -> None:
        self.facts, self.id, self.held, self.said, self.by_id = facts, id, held, said, by_id
        self.corpus, self.lang, self.t = facts.corpus, lang, WORDS[lang]
        self.contents: list[tuple[int, str, str]] = []

    def sections(self, charts: Sequence[dict[str, Any]], names: Mapping[str, str]) -> str:
        """The whole page's body; a section that has nothing to say is left out."""
        t = self.t
        claims = {claim["id"] for claim in self.said}
        drawn = [(f"../{c['page']}#{c['anchor']}", c["title"]) for c in charts if claims & set(c["claims"])]
        near = {claim[end] for claim in self.said for end in ("subject", "object")} - {self.id, None}
        related = sorted(((file_of(id), names[id]) for id in near if id in names), key=lambda link: link[1].lower())
        return "\n".join(
            [
                self._table("facts", ("what", "value", "vouches", "voices"), self._facts()),
                self._table("dissent", ("what", "claim", "why"), self._dissent()),
                self._table("history", ("when", "what", "value", "vouches"), self._history()),
                self._links("charts", drawn),
                self._table("said", ("known", "claim", "quote"), [self._claim(claim) for claim in self.said]),
                self._links("related", related),
                f'<p class="quiet">{escape(t.policy)}{escape(t.colon)}'
                f"{escape(wording.word('policy', self.facts.policy, self.lang))}</p>",
            ]
        )

    def _head(self, name: str) -> str:
        self.contents.append((2, name, getattr(self.t, name)))
        return f'<h2 id="{name}">{escape(getattr(self.t, name))}</h2>'

    def _table(self, name: str, keys: Sequence[str], rows: list[dict[str, str]]) -> str:
        columns = [{"key": key, "label": getattr(self.t, key)} for key in keys]
        return self._head(name) + page.table(columns, rows, label=getattr(self.t, name)) if rows else ""

    def _links(self, name: str, links: Sequence[tuple[str, str]]) -> str:
        items = "".join(f'<li><a href="{escape(place)}">{escape(text)}</a></li>' for place, text in links)
        return f"{self._head(name)}<ul>{items}</ul>" if links else ""

    def _what(self, row: Row) -> str:
        """The property of a fact, with what it is keyed by."""
        return capital(self.corpus.label(row["property"], self.lang)) + explain.keys_of(self.corpus, row, self.lang)

    def _fact(self, row: Row) -> dict[str, str]:
        value = explain.worded(self.corpus, row, self.lang)
        return {
            "what": self._what(row), "value": value, "voices": str(row["origins"]),
            "vouches": wording.word("status", row["standing"], self.lang),
            "when": wording.day(row["on"].isoformat(), self.lang, short=True) if row["on"] else self.t.undated,
        }  # fmt: skip

    def _facts(self) -> list[dict[str, str]]:
        if not any(row["over_time"] for row in self.held):
            return [self._fact(row) for row in self.held]
        states = explain.latest_states(self.facts, self.facts.about(self.id))
        return [self._fact(row) for row in states.iter_rows(named=True)]

    def _history(self) -> list[dict[str, str]]:
        """Every state of what changed over time, oldest first."""
        states = [row for row in self.held if row["over_time"]]
        states.sort(key=lambda row: (row["on"] or date.min, row["known_on"] or date.min, row["id"]))
        counts = Counter((row["property"], row["object"]) for row in states)
        return [self._fact(row) for row in states if counts[row["property"], row["object"]] > 1]

    def _dissent(self) -> list[dict[str, str]]:
        return [
            {
                "what": self._what(row),
                "claim": wording.sentence(self.by_id[item["claim"]], self.corpus, self.lang),
                "why": explain.say(item["why"], self.lang),
            }
            for row in self.held
            for item in row["dissent"] or []
            if item["claim"] in self.by_id
        ]

    def _claim(self, claim: Row) -> dict[str, str]:
        known = claim["known_on"]
        return {
            "known": wording.day(known.isoformat(), self.lang, short=True) if known else self.t.undated,
            "claim": wording.sentence(claim, self.corpus, self.lang),
            "quote": claim["quote"] or "",
        }
