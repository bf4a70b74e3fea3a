"""What is proposed of names: customers' stances, investors, competitors, roles and moves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.articles import cues
from analysis.articles.names import ROLE, ROLES
from analysis.articles.parties import round_id
from analysis.articles.proposal import Known, Proposal, proposed
from analysis.articles.scene import Scene, Sentence


def stances(scene: Scene, s: Sentence) -> Iterator[Proposal]:
    """What each customer says it will do with its supplier, clause by clause."""
    acquirer, supplier = scene.deal
    here = s.index
    near = supplier and any(supplier in other.ids for other in scene.sentences[max(0, here - 3) : here + 1])
    if not near or not cues.CUSTOMER.search(s.text):
        return
    for clause in re.finditer(r"[^;]+?(?=$|;|, (?:while|tandis|but|mais|days|alors) | (?:while|tandis que) )", s.text):
        for state, pattern in cues.STANCES.items():
            verb = re.search(pattern, clause[0])
            if not verb or re.search(r"\b(?:ne|n'|not|no|never)\b[^<>]{0,12}$", clause[0][: verb.start()]):
                continue
            before = clause[0][: verb.start()]
            listed = re.search(
                r"((?:<\d+>(?:, | and | et )?)+)[^<>]*$", re.sub(rf"<{_index(s, supplier)}>", "it", before)
            )
            spoken = [s.parties[int(n)] for n in re.findall(r"<(\d+)>", listed[1] if listed else before)]
            for name in [n for n in spoken if n.id not in {acquirer, supplier}]:
                start, end = scene.flat.span(name.start, name.end)
                yield proposed(scene, s, start, end, property="customer_stance", subject=name.id, object=supplier, value=state,
                                verb=(clause.start() + verb.start(), clause.start() + verb.end()), confidence=0.6, reason=f"« {verb[0]} »")  # fmt: skip
            break


def _index(s: Sentence, id: str | None) -> int:
    return s.ids.index(id) if id in s.ids else 99


def relations(scene: Scene, s: Sentence, known: Known) -> Iterator[Proposal]:
    """Investors of a round and competitors of a company, from lists of names."""
    acquirer, target = scene.deal
    if match := cues.INVESTORS.search(s.text):
        for name in s.parties:
            if name.id not in {target, None} and not (name.id == acquirer and match[0].startswith("investor")):
                start, end = scene.flat.span(name.start, name.end)
                subject = round_id(scene, target or "org:unknown", known)
                yield proposed(scene, s, start, end, property="investor", subject=subject, object=name.id, value=None,
                                confidence=0.6, reason=f"« {match[0]} »")  # fmt: skip
    if match := cues.RIVALS.search(s.text):
        rest = s.text[match.end() :]
        listed = re.match(r"(?:[^<>.;]{0,30}?<\d+>(?:,| et| and| ou| or)?)+", rest)
        person = scene.cast.within(s.start, s.end, "person")
        of = s.party_before(match.start()) or (_owner(scene, s) if person or not target else target)
        for number in re.findall(r"<(\d+)>", listed[0] if listed else ""):
            name = s.parties[int(number)]
            start, end = scene.flat.span(name.start, name.end)
            if name.id != of:
                yield proposed(scene, s, start, end, property="competitor", subject=of, object=name.id, value=None,
                                confidence=0.6, reason=f"« {match[0]} »")  # fmt: skip


def _owner(scene: Scene, s: Sentence) -> str:
    """Whom a sentence without a subject of its own goes on about: the company named last before it."""
    before = scene.cast.last_before(s.start)
    return before.id if before else scene.deal[1] or "org:unknown"


def people(scene: Scene, s: Sentence) -> Iterator[Proposal]:
    """Roles beside a person's name, and moves to another company."""
    low = scene.flat.low
    for person in scene.cast.within(s.start, s.end, "person"):
        before, after = (
            low[max(s.start, person.start - 90) : person.start],
            low[person.end : min(s.end, person.end + 110)],
        )
        start, end = scene.flat.span(person.start, person.end)
        found: list[str] = []
        beside = re.search(rf"(?:(?:{ROLE})(?:(?: et | and |, )(?:{ROLE}))?[^.;]{{0,32}})$", before)
        behind = _BEHIND.match(after)
        for told in (beside and beside[0], behind and behind[0]):
            rest = told or ""
            for role, pattern in ROLES.items():  # the narrower first; what it took is no longer there for the broader
                rest, times = re.subn(rf"\b(?:{pattern})\b", "-", rest)
                found += [role] if times and role not in found else []
        found = [role for role in found if role != "head" or len(found) == 1]
        employer = _employer(scene, s, person.start, person.end)
        for role in found:
            if employer:
                yield proposed(scene, s, start, end, property="person_role", subject=person.id, object=employer, value=role, confidence=0.65,
                                reason="the role stands beside the name")  # fmt: skip
        if move := re.match(rf"[^.;]{{0,60}}?{cues.MOVES.pattern}", after):
            joined = next(
                (
                    n
                    for n in scene.cast.within(person.end + move.end(), s.end, "org")
                    if n.start - person.end - move.end() < 40
                ),
                None,
            )
            if joined and joined.id != employer:
                yield proposed(scene, s, start, end, property="person_moves", subject=person.id, object=joined.id, value=None, confidence=0.65,
                                reason=f"« {move[0].split()[-1]} »")  # fmt: skip


_BEHIND = re.compile(
    rf",? (?:\(?[0-9]{{2}}(?: ans)?\)?,? )?(?:(?:the |its |their |le |la |l'actuel |[\w .&-]{{2,25}}'s )?(?:{ROLE})[^.;]{{0,50}}?)?"
    rf"(?:[^.;]{{0,60}}?(?:role de|poste de|en tant que|becomes?|became|as|devient|nommee?|deviendra|become) (?:the |its )?(?:{ROLE})\b)?"
)


def _employer(scene: Scene, s: Sentence, start: int, end: int) -> str | None:
    """The company of a person's role: the one before the name, else « of » one after it, else the one spoken of."""
    low = scene.flat.low
    orgs = scene.cast.within(s.start, s.end, "org")
    before = [n for n in orgs if n.end <= start and start - n.end < 45]
    after = [
        n
        for n in orgs
        if end <= n.start < end + 60
        and re.search(r"(?: of | at | de | d'|chez |du )$", low[max(0, n.start - 6) : n.start])
    ]
    after += [n for n in orgs if end <= n.start < end + 8 and low.startswith("'s", n.end)]
    if before and not re.search(r"[.;]|\bfrom\b", low[before[-1].end : start]):
        return before[-1].id
    if after:
        return after[0].id
    return next((n.id for n in reversed(orgs) if n.end <= start), scene.deal[1])
