"""What a notebook shows of facts: a small table of words."""

from __future__ import annotations

from analysis.articles import wording
from analysis.articles.views import MOST, table
from analysis.facts.explain import keys_of, worded
from analysis.facts.facts import Fact, Facts


def facts_html(facts: Facts, lang: str = "en") -> str:
    """The facts that some claim speaks against first, each with its standing, its support and its dissent."""
    rows = facts.frame.to_dicts()
    rows.sort(key=lambda row: (-len(row["dissent"]), -row["origins"], row["id"]))
    shown = [
        (
            facts.corpus.label(row["subject"], lang),
            facts.corpus.label(row["property"], lang) + keys_of(facts.corpus, row, lang),
            worded(facts.corpus, row, lang),
            wording.word("status", row["standing"], lang),
            ", ".join(row["support"]),
            "; ".join(f"{item['claim']} ({item['why']})" for item in row["dissent"]),
        )
        for row in rows[:MOST]
    ]
    heads = ("About", "Fact", "Value", "Who vouches", "Support", "Dissent")
    return table(repr(facts), heads, shown, f"{len(rows)} facts in .frame, reasons by .explain(subject, property)")


def fact_text(fact: Fact) -> str:
    """One fact in one line: what, its value and range, its standing.

    >>> fact_text(Fact(id="deal:a/price", value=3.0, value_text=None, lo=2.5, hi=3.5, unit="USD", standing="reported"))
    'deal:a/price: 3 [2.5, 3.5] USD (reported)'
    """
    value = fact.value_text if fact.value is None else f"{fact.value:.6g}"
    ends = ["…" if end is None else f"{end:.6g}" for end in (fact.lo, fact.hi)]
    spread = "" if fact.value is None and fact.value_text else f" [{ends[0]}, {ends[1]}]"
    return f"{fact.id}: {value or 'unknown'}{spread}{f' {fact.unit}' if fact.unit else ''} ({fact.standing})"
