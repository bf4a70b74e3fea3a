"""How well articles are read: F1 by kind and language on sentences and whole articles, and the speed.

    python -m benchmarks.reading                 the two thirds that the rules were written against
    python -m benchmarks.reading --held-out      the third that was put aside, by a seeded hash of the sentence
    python -m benchmarks.reading --blind blind-1 a set scored before anything was tuned on it
    python -m benchmarks.reading --misses        every sentence that is read wrong
    python -m benchmarks.reading --articles      the claims of whole articles, by property
    python -m benchmarks.reading --speed         characters a second on 1 and 8 MB of the bench's own sentences

A quantity counts as right when its kind, its unit and its value (or both ends of its range) are, its span overlaps
the expected one, and, but for dates, its hedge is right too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1] / "tests" / "articles" / "bench"
PUBLISHED = "2025-06-13"
SEED = "reading-2025"
KINDS = ("money", "percent", "date", "multiple", "count", "age")
UNITS_CHECKED = {"money", "percent"}


def held_out(text: str) -> bool:
    """Whether a sentence belongs to the third that is put aside."""
    return int(hashlib.sha256((SEED + text).encode()).hexdigest(), 16) % 3 == 0


def sentences(part: str) -> Iterator[dict]:
    """The bench's sentences: `tuned`, `held-out`, `all`, or those of a blind set, by its name."""
    blind = part.startswith("blind")
    for file in sorted(BENCH.glob(f"{part}*.jsonl" if blind else "sentences-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            sentence = json.loads(line)
            if blind or part == "all" or held_out(sentence["text"]) == (part == "held-out"):
                yield sentence


def same_number(a: object, b: object) -> bool:
    if a is None or b is None:
        return a is b
    return abs(float(a) - float(b)) <= 1e-3 * abs(float(b))  # type: ignore[arg-type]


def right(found: dict, expected: dict) -> bool:
    """Whether a quantity that was found is the one expected."""
    kind = expected["kind"]
    if found["kind"] != kind or found["start"] >= expected["start"] + len(expected["text"]):
        return False
    if found["end"] <= expected["start"]:
        return False
    if kind == "date":
        return found["value"] == expected["value"]
    if kind in UNITS_CHECKED and expected["unit"] is not None and found["unit"] != expected["unit"]:
        return False
    numbers = all(same_number(found[key], expected[key]) for key in ("value", "lo", "hi"))
    return numbers and found["hedge"] == expected["hedge"]


def mark(sentence: dict, found: list[dict]) -> tuple[list[dict], list[dict]]:
    """What was expected and not found, and what was found and not expected."""
    missed, extra = list(sentence["expect"]), []
    for quantity in found:
        match = next((e for e in missed if right(quantity, e)), None)
        missed.remove(match) if match else extra.append(quantity)
    return missed, extra


def read_json(sentence: dict) -> list[dict]:
    from analysis.articles.quantities import read

    published = sentence.get("published", PUBLISHED)
    return [q.to_json() for q in read(sentence["text"], lang=sentence["lang"], published=published)]


def scores(part: str) -> tuple[dict[tuple[str, str], tuple[int, int, int]], list[str], int]:
    """(right, missed, extra) by kind and language; the sentences read wrong; false hits on distractors."""
    table: Counter = Counter()
    wrong, false_hits = [], 0
    for sentence in sentences(part):
        missed, extra = mark(sentence, read_json(sentence))
        lang = sentence["lang"]
        for expected in sentence["expect"]:
            table[expected["kind"], lang, "missed" if expected in missed else "right"] += 1
        for quantity in extra:
            table[quantity["kind"], lang, "extra"] += 1
        false_hits += len(extra) if sentence["topic"] == "distractors" else 0
        if missed or extra:
            wrong.append(f"{sentence['text']}\n    missed {_words(missed)}\n    extra  {_words(extra)}")
    outcomes = ("right", "missed", "extra")
    cells = {(k, lg): tuple(table[k, lg, o] for o in outcomes) for k in KINDS for lg in ("fr", "en")}
    return cells, wrong, false_hits  # type: ignore[return-value]


def _words(quantities: list[dict]) -> str:
    keys = ("kind", "text", "value", "lo", "hi", "unit", "hedge")
    return "; ".join(" ".join(str(q[k]) for k in keys if q[k] is not None) for q in quantities) or "-"


def f1(right_: int, missed: int, extra: int) -> float | None:
    total = 2 * right_ + missed + extra
    return 2 * right_ / total if total else None


CORE = ("price", "stake_acquired", "valuation", "previous_valuation")


def claim_scores(part: str) -> tuple[dict[str, tuple[int, int, int]], list[str]]:
    """(right, missed, extra) by property over whole articles; a claim is right in property, amount, unit and party."""
    from analysis.articles.propose import propose

    table: Counter = Counter()
    wrong: list[str] = []
    whole = part not in {"tuned", "held-out", "all"}
    file = BENCH / (f"{part}.toml" if whole else "articles.toml")
    for article in tomllib.loads(file.read_text(encoding="utf-8"))["article"]:
        unseen = held_out(article["text"]) and not article.get("seen")
        if not whole and part != "all" and unseen != (part == "held-out"):
            continue
        found = [p.to_json() for p in propose(article["text"].strip(), published=article["published"]).proposals]
        missed = []
        for line in article["claims"]:
            match = next((p for p in found if _is_claim(p, line)), None)
            found.remove(match) if match else missed.append(line)
            table[line.split()[0], "right" if match else "missed"] += 1
        extra = [p for p in found if p["property"] in CORE]
        for proposal in extra:
            table[proposal["property"], "extra"] += 1
        if missed or extra:
            told = [
                f"{p['property']} {p['value'] or p['lo']} {p['unit']} {p['subject']} « {p['reason']} »" for p in extra
            ]
            wrong.append(f"{article['text'].strip().splitlines()[0]}\n    missed {missed}\n    extra  {told}")
    names = sorted({name for name, _ in table})
    return {n: (table[n, "right"], table[n, "missed"], table[n, "extra"]) for n in names}, wrong


def _is_claim(proposal: dict, line: str) -> bool:
    property, value, *unit, who = line.split()
    party = who.split(">")[-1]
    if proposal["property"] != property or party not in f"{proposal['subject']} {proposal['object']}":
        return False
    if not unit:
        return value in ("-", proposal["value"]) or str(proposal["value"]).startswith(value)
    lo, _, hi = value.partition("..")
    numbers = (proposal["lo"], proposal["hi"]) if hi else (proposal["value"],)
    return proposal["unit"] == unit[0] and all(
        same_number(n, float(v)) for n, v in zip(numbers, (lo, hi), strict=False)
    )


def speed(megabytes: int) -> float:
    """Million characters a second of one processor on a text of that size, made of the bench's own sentences."""
    from analysis.articles.quantities import read

    words = "\n".join(s["text"] for s in sentences("all") if s["lang"] == "en")
    filler = "The board of the company said that the terms of the agreement were not disclosed to the press. "
    block = "\n".join(line + " " + filler * 2 for line in words.splitlines())
    text = (block * (megabytes * 1_000_000 // len(block) + 1))[: megabytes * 1_000_000]
    read(block, lang="en", published=PUBLISHED)  # compiles the expressions, once a process
    start = time.process_time()
    read(text, lang="en", published=PUBLISHED)
    return megabytes / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--blind", metavar="NAME", help="a set written before the rules were read: blind-1")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--articles", action="store_true")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    part = options.blind or ("held-out" if options.held_out else "tuned")
    cells, wrong, false_hits = scores(part)
    print(f"{part}: F1 (right, missed, extra)")
    for kind in KINDS:
        row = [f"{lang} {f1(*cells[kind, lang]) or 0:.3f} {cells[kind, lang]}" for lang in ("fr", "en")]
        print(f"  {kind:9}" + "   ".join(f"{cell:24}" for cell in row))
    print(f"  false hits on distractors: {false_hits}")
    if options.misses:
        print("\n".join(wrong))
    if options.articles:
        claims, wrong = claim_scores(part)
        core = [sum(claims[name][i] for name in CORE if name in claims) for i in range(3)]
        print(f"whole articles: price, stake and valuation F1 {f1(*core):.3f} {tuple(core)}")
        print("  " + "  ".join(f"{name} {claims[name]}" for name in claims))
        print("\n".join(wrong) if options.misses else "")
    if options.speed:
        print("  ".join(f"{size} MB: {speed(size):.2f} MB/s" for size in (1, 8)))


if __name__ == "__main__":
    main()
