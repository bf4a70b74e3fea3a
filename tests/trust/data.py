"""Mutation of the data: change one thing at a time and see which check notices.

    python -m tests.trust.data [--sample N] [--kind KIND] [--workers N]

Each value, unit, position, quote, date, hedge, status, stage, source and choice of data/, each consumer price, each
default of a notebook's parameter and each digit of the articles' texts is changed in memory, one at a time; the checks
run in order of cost and the first that finds a problem which the unchanged data have not is the one that caught it. The
article's fingerprint is left out: a hash over a whole text or file would notice anything and says nothing of the checks.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from importlib.metadata import version

from tests.trust import checks, words
from tests.trust.mutants import KINDS, STRICT, Mutant, mutants_of
from tests.trust.world import World, read_world

SEED = 20250612
NAMES = [check.__name__ for check in checks.CHECKS]
UNEXPLAINED = "NOT EXPLAINED"
_state: dict[str, object] = {}


def main() -> int:
    """Run the sweep and print its figures; 1 where more survive than may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="try so many mutants, drawn by a fixed seed, in place of all")
    parser.add_argument("--kind", choices=KINDS, help="one kind only")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    given = parser.parse_args()
    start = time.monotonic()
    world = read_world()
    mutants = [m for m in mutants_of(world) if given.kind in (None, m.kind)]
    if given.sample and given.sample < len(mutants):
        mutants = random.Random(SEED).sample(mutants, given.sample)
    results = sweep(mutants, workers=given.workers)
    print(report(results, seconds=time.monotonic() - start, world=world))
    return 1 if too_many(results) or any(_reason(m, world) == UNEXPLAINED for m, check in results if not check) else 0


def sweep(mutants: list[Mutant], *, workers: int = 1) -> list[tuple[Mutant, str | None]]:
    """Each mutant with the check that caught it, or null."""
    if workers == 1:
        _prepare()
        return [(mutant, _try(mutant)) for mutant in mutants]
    with ProcessPoolExecutor(workers, initializer=_prepare) as pool:
        results = []
        for mutant, check in zip(mutants, pool.map(_try, mutants, chunksize=8), strict=True):
            results.append((mutant, check))
            if len(results) % 200 == 0:
                print(f"{len(results)} of {len(mutants)}", file=sys.stderr, flush=True)
        return results


def _prepare() -> None:
    world = read_world()
    words.know(world)
    _state.update(world=world, baseline=checks.baseline_of(world))


def _try(mutant: Mutant) -> str | None:
    world: World = _state["world"]  # type: ignore[assignment]
    baseline: dict[str, set[str]] = _state["baseline"]  # type: ignore[assignment]
    match mutant.kind:
        case "parameter":
            return checks.parameter_caught(world, mutant.name, str(mutant.path[0]), mutant.new, baseline["findings"])
        case "text digit":
            case = checks.Case(world.with_text(mutant.name, int(mutant.path[0]), mutant.new))
            return "anchoring" if set(checks.anchoring(case)) - baseline["anchoring"] else None
        case "price index":
            changed = world.prices | {mutant.path: mutant.new}
            return checks.caught_by(replace(world, prices=changed), baseline)
    return checks.caught_by(world.with_field(mutant.record, mutant.path, mutant.new), baseline)


def too_many(results: list[tuple[Mutant, str | None]]) -> bool:
    """Whether 1 in 100 or more survive of the kinds that are held to that."""
    for kind in STRICT:
        caught = [check for mutant, check in results if mutant.kind == kind]
        if caught and caught.count(None) / len(caught) >= 0.01:
            return True
    return False


def report(results: list[tuple[Mutant, str | None]], *, seconds: float, world: World) -> str:
    """The table by kind, then each survivor of the strict kinds and of the others by field."""
    wide = max(map(len, KINDS))
    lines = [
        f"mutation of the data, {date.today()}, Python {platform.python_version()}, polars {version('polars')}, "
        f"altair {version('altair')}; {len(results)} mutants in {seconds:.0f} s",
        "",
        f"{'kind':{wide}} {'mutants':>8} "
        + " ".join(f"{name:>10}" for name in NAMES)
        + f" {'survive':>8} {'share':>7}",
    ]
    for kind in KINDS:
        counts = Counter(check for mutant, check in results if mutant.kind == kind)
        if total := counts.total():
            cells = " ".join(f"{counts[name]:>10}" for name in NAMES)
            lines.append(f"{kind:{wide}} {total:>8} {cells} {counts[None]:>8} {counts[None] / total:>7.2%}")
    strict = [m for m, check in results if check is None and m.kind in STRICT]
    total = sum(m.kind in STRICT for m, _ in results)
    lines += [
        "",
        f"values, units, positions, quotes, dates: {len(strict)} of {total} survive ({len(strict) / max(total, 1):.2%})",
    ]
    lines += [f"  {m.kind}: {m}: {_reason(m, world)}" for m in strict]
    for kind in [k for k in KINDS if k not in STRICT]:
        lost = [m for m, check in results if check is None and m.kind == kind]
        by = Counter((_group(m), _reason(m, world)) for m in lost)
        if lost:
            lines += ["", f"{kind}: survivors"]
            lines += [f"  {n:>4} {group}: {reason}" for (group, reason), n in sorted(by.items())]
    return "\n".join(lines)


def _group(mutant: Mutant) -> str:
    """What survivors are counted by: the change for words, the field for the rest."""
    if mutant.kind in ("hedge", "status", "stage"):
        return f"{mutant.old} -> {mutant.new}"
    if mutant.kind == "parameter":
        return f"{mutant.path[0]} = {mutant.new!r}"
    return mutant.name if mutant.kind == "text digit" else ".".join(p for p in map(str, mutant.path) if not p.isdigit())


# Survivors that no check can see, each with its reason: by record and field.
REASONS = {
    ("afp-whatsapp-rank", "value"): "implied, so without a quote: the text ranks the other deal behind this one",
    ("site-some-leave", "lo"): "« some » is the claim's own reading of a sentence that gives no number and no quote",
    ("afp-plan-details", "when"): "« the coming weeks » from the dateline is a reading: no date is written",
    (
        "site-wang-age",
        "when",
    ): "the page is undated: the year of the age is a reading, and both years fit his age in 2016",
}


_differing_now: list[set[str]] = []


def _differing(world: World) -> set[str]:
    """The fields in which a claim and the reader differ in the data as they are."""
    if not _differing_now:
        words.know(world)
        _differing_now.append(set(checks.words(checks.Case(world))))
    return _differing_now[0]


def _reason(mutant: Mutant, world: World) -> str:
    field = str(mutant.path[0])
    if mutant.kind in STRICT:
        return REASONS.get((mutant.name, field), UNEXPLAINED)
    if mutant.kind == "parameter":
        return "moves no finding and no figure's reference"
    if mutant.kind == "text digit":
        return "no claim rests on the digit"
    if mutant.record < 0 or world.contents.records[mutant.record].kind != "claim":
        return "no check reads it"
    if mutant.name in world.rows:
        return (
            "no column of the table says it" if mutant.kind in ("stage", "source", "choice") else "not held by its row"
        )
    if f"{mutant.name}: {field}" in _differing(world):
        return "claim and reader differ already"
    return "the reader proposes nothing to compare it with"


if __name__ == "__main__":
    sys.exit(main())
