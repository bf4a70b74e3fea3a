"""A proposed claim, what an article's proposals are gathered in, and what is known before."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from analysis.articles.quantities import Quantity
from analysis.articles.scene import Scene, Sentence
from analysis.articles.voice import stage_of, voice_of

PROPERTIES = (
    "price stake_acquired valuation previous_valuation revenue revenue_forecast round_amount announced_on closed_on "
    "founded investor customer_stance customer_spend person_moves person_role competitor unclassified"
).split()


@dataclass(frozen=True)
class Proposal:
    """One proposed claim; `confidence` is 0 to 1 and `reason` says what it rests on."""

    property: str
    subject: str
    value: Decimal | str | None
    start: int
    end: int
    quote: str
    object: str | None = None
    lo: Decimal | None = None
    hi: Decimal | None = None
    unit: str | None = None
    hedge: str = "exact"
    status: str = "asserted"
    by: tuple[str, ...] = ()
    stage: str = "done"
    period: str | None = None
    confidence: float = 0.5
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """The proposal as plain data."""
        number = Quantity("", 0, 0, "", self.value, self.lo, self.hi).to_json()
        return {
            "property": self.property, "subject": self.subject, "object": self.object, "value": number["value"], "lo": number["lo"],
            "hi": number["hi"], "unit": self.unit, "hedge": self.hedge, "status": self.status, "by": list(self.by), "quote": self.quote,
            "start": self.start, "confidence": self.confidence, "reason": self.reason, "stage": self.stage, "period": self.period,
        }  # fmt: skip


def same(p: Proposal) -> tuple:
    """What makes two proposals the same claim, however often it is said."""
    return (p.property, p.subject, p.object, p.value, p.lo, p.hi, p.unit)


@dataclass
class Draft:
    """An article's proposals with what the text says of itself; `names` gives each subject as it is written."""

    lang: str
    publisher: str | None
    published: str | None
    outlet: str
    proposals: list[Proposal]
    names: dict[str, str] = field(default_factory=dict)
    deal: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True)
class Known:
    """What data/ declares already: names -> subjects, (acquirer, target) -> deals, (investee, year) -> rounds."""

    names: dict[str, str] = field(default_factory=dict)
    deals: dict[tuple[str | None, str | None], str] = field(default_factory=dict)
    rounds: dict[tuple[str, str], str] = field(default_factory=dict)


def proposed(scene: Scene, s: Sentence, start: int, end: int, **rest: Any) -> Proposal:
    """A proposal with its source chain, status and stage, as its sentence gives them."""
    a, b = s.at.get(start) or rest.pop("verb", (0, 0))
    clause = s.text[max(0, a - 60) : b + 25]
    status, by = voice_of(scene, s, rest["property"], rest["subject"], clause)
    rest = {"status": status, "by": tuple(by), "stage": stage_of(clause)} | rest
    return Proposal(start=start, end=end, quote=_fragment(scene.flat.given[start:end]), **rest)


def _fragment(text: str) -> str:
    """At most eight words."""
    return " ".join(text.split()[:8])
