"""Who vouches for a proposal and how far its event has come, by the words of its sentence."""

from __future__ import annotations

import re

from analysis.articles import cues
from analysis.articles.scene import Scene, Sentence


def voice_of(scene: Scene, s: Sentence, property: str, subject: str, clause: str) -> tuple[str, list[str]]:
    """(status, chain of sources, origin first): sources by the sentence, mood by the clause."""
    text, own = s.text, scene.outlet
    outlets = [n.id for n in scene.cast.within(s.start, s.end, "outlet") if n.id != own]
    attributed = cues.ATTRIBUTION.search(text)
    unnamed = next((name for name, pattern in cues.UNNAMED.items() if re.search(pattern, text)), None)
    if outlets and attributed:
        return "reported", [outlets[0], own]
    if unnamed and unnamed != "analysts":
        return "reported", [unnamed, own]
    if property == "revenue_forecast" or unnamed:
        return "estimated", [unnamed or own, *([own] if unnamed else [])]
    conditional = cues.CONDITIONAL.search(clause) if property not in {"person_role", "investor", "competitor"} else None
    if conditional:
        expected = cues.WOULD_HAVE_TO.search(clause)
        return ("estimated", [own]) if expected else ("reported", ["unattributed", own])
    if said := cues.PARTY_SPEAKS.search(text):
        if re.search(
            r"the (?:two )?companies (?:said|announced)|les deux (?:entreprises|groupes|societes)|companies announced",
            text,
        ):
            return "confirmed", ["deal-parties", own]
        if speaker := _speaker(scene, s, said[0], {*scene.deal, subject}):
            return "confirmed", [speaker.partition(":")[2], own]
    return "asserted", [own]


def _speaker(scene: Scene, s: Sentence, said: str, concerned: set[str | None]) -> str | None:
    """The party, or the person, whose name stands nearest to the verb of saying."""
    at = scene.flat.low.find(said, s.start)
    names = [n for n in scene.cast.within(s.start, s.end, "person", "org") if n.type == "person" or n.id in concerned]
    near = sorted(names, key=lambda n: min(abs(n.end - at), abs(n.start - at - len(said))))
    return near[0].id if near and min(abs(near[0].end - at), abs(near[0].start - at - len(said))) < 70 else None


def stage_of(text: str) -> str:
    """How far the event has come, by the sentence's verbs."""
    return next((stage for stage, pattern in cues.STAGE.items() if re.search(rf"\b(?:{pattern})", text)), "done")
