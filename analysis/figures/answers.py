"""What a notebook says first and last: its answer in a sentence, and its findings; both computed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import polars as pl

from analysis.articles import wording
from analysis.facts.deals import deals_from
from analysis.facts.facts import Facts
from analysis.facts.interval import Interval
from analysis.facts.reactions import SUPPLIER, revenue_at_risk, stances
from analysis.figures.comparison import measures_of
from analysis.figures.findings import Findings, findings

DEAL, BASELINE = "deal:meta-scale-ai-2025", "deal:facebook-whatsapp-2014"
_SHARE = {"value": "share", "lo": "share_lo", "hi": "share_hi"}
STANCES = ("staying", "reducing", "pausing", "may_leave", "leaving")


class Answer(str):
    """A sentence that answers a notebook's question; shown as prose."""

    def _repr_markdown_(self) -> str:
        return self.replace("$", "\\$")


def _joined(parts: Iterable[str], lang: str) -> str:
    """`a, b and c`."""
    parts = list(parts)
    word = " et " if lang == "fr" else " and "
    return word.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _said(row: dict[str, Any], name: str, lang: str) -> str:
    """A field of a deal with who vouches for it: `$14.3bn (reported)`."""
    value = row[name]
    if value is None:
        value = wording.interval(row[f"{name}_lo"], row[f"{name}_hi"], row[f"{name}_unit"], lang)
    else:
        value = wording.quantity(value, row[f"{name}_unit"], lang)
    return f"{value} ({wording.word('status', row[f'{name}_standing'], lang)})"


def _deal(facts: Facts, deal: str) -> dict[str, Any] | None:
    found = deals_from(facts).filter(pl.col("deal_id") == deal)
    return found.row(0, named=True) if found.height else None


def _nothing(facts: Facts, lang: str) -> Answer:
    n = facts.set_aside.height
    text = {"en": "No claim counts under these parameters: {} were left out.",
            "fr": "Aucune déclaration ne compte avec ces paramètres : {} ont été écartées."}  # fmt: skip
    return Answer(text[lang].format(n))


def scope_note(facts: Facts, *, lang: str = "en") -> Answer:
    """What the page rests on and what was left out, with the reasons counted."""
    t = {
        "en": ("{f} facts from {c} claims; scope {s}, policy {p}{day}.", ", as public on {d}", " Left out: {r}.", " Nothing was left out."),
        "fr": ("{f} faits tirés de {c} déclarations ; périmètre {s}, politique {p}{day}.", ", tel que public au {d}", " Écartées : {r}.", " Rien n’a été écarté."),
    }[lang]  # fmt: skip
    day = t[1].format(d=wording.day(facts.as_of, lang)) if facts.as_of else ""
    words = {"s": wording.word("scope", facts.scope, lang), "p": wording.word("policy", facts.policy, lang)}
    counts = facts.set_aside.group_by("reason").len().sort("len", "reason", descending=[True, False])
    reasons = [f"{n} {wording.word('aside', reason, lang)}" for reason, n in counts.iter_rows()]
    claims = facts.corpus.select(facts.scope, facts.articles or None).claims.height
    text = t[0].format(f=facts.frame.height, c=claims, day=day, **words)
    return Answer(text + (t[2].format(r=_joined(reasons, lang)) if reasons else t[3]))


def strategy_answer(facts: Facts, *, deal: str = DEAL, lang: str = "en") -> Answer:
    """What the deal says of the acquirer's strategy: what was paid for what, and which reasons are given by whom."""
    row = _deal(facts, deal)
    if row is None:
        return _nothing(facts, lang)
    corpus = facts.corpus
    who, target = (corpus.label(row[side], lang) for side in ("acquirer", "target"))
    stake = _said(row, "stake_acquired", lang) if row["stake_acquired_standing"] else None
    price = _said(row, "price", lang) if row["price_standing"] else None
    words = {
        "en": ("{who} takes {stake} of {target} for {price}", "a stake that no source gives", "a price that no source gives"),
        "fr": ("{who} prend {stake} de {target} pour {price}", "une part qu’aucune source ne donne", "un prix qu’aucune source ne donne"),
    }[lang]  # fmt: skip
    first = words[0].format(who=who, target=target, stake=stake or words[1], price=price or words[2])
    reasons = facts.frame.filter(pl.col("property") == "driver")
    party = reasons.filter(pl.col("standing") == "confirmed").height
    rest = {
        "en": "{n} reasons are put forward for it, {party} of them by a party to the deal",
        "fr": "{n} mobiles sont avancés, dont {party} par une partie à l’opération",
    }[lang].format(n=reasons.height, party=party)
    return Answer(f"{first}. {rest}.")


def comparison_answer(
    facts: Facts, *, deal: str = DEAL, baseline: str = BASELINE, dollars: str = "2025-06", lang: str = "en"
) -> Answer:
    """How the price compares with the baseline's, in the same dollars, and the value of the whole, in the same dollars too."""
    ratios = {row["id"]: row for row in _ratios(facts, deal, baseline, dollars)}
    price, whole = ratios["price_ratio_real"], ratios["implied_value_ratio_real"]
    this, other = facts.corpus.label(deal, lang), facts.corpus.label(baseline, lang)
    text = {
        "en": ("In the same dollars, {this} costs {price} times what {other} did", "the whole it buys into is worth {whole} times as much",
               "The prices of {this} and {other} cannot be compared under these parameters: one of them is not known"),
        "fr": ("En dollars de même valeur, {this} coûte {price} fois le prix de {other}", "l’ensemble de la cible vaut {whole} fois autant",
               "Les prix de {this} et de {other} ne se comparent pas avec ces paramètres : l’un des deux n’est pas connu"),
    }[lang]  # fmt: skip
    if price["lo"] is None and price["hi"] is None:
        return Answer(text[2].format(this=this, other=other) + ".")
    parts = [text[0].format(this=this, other=other, price=_times(price, lang))]
    if whole["lo"] is not None:
        parts.append(text[1].format(whole=_times(whole, lang)))
    return Answer((" ; " if lang == "fr" else "; ").join(parts) + ".")


def _times(row: dict[str, Any], lang: str) -> str:
    """A ratio to two significant digits; its range where it has no single value."""
    if row["value"] is None:
        return wording.interval(row["lo"], row["hi"], "multiple", lang)
    return wording.number(row["value"], lang, max(0, 1 - math.floor(math.log10(row["value"]))))


def customers_answer(facts: Facts, *, supplier: str = SUPPLIER, scenario: str = "reported", lang: str = "en") -> Answer:
    """Who stays and who leaves, by latest stance, and what hangs on it in the scenario."""
    latest = [row for row in stances(facts, supplier).iter_rows(named=True) if row["is_latest"]]
    if not latest:
        return _nothing(facts, lang)
    groups = []
    for stance in STANCES:
        names = [facts.corpus.label(row["customer"], lang) for row in latest if row["stance"] == stance]
        if names:
            colon = " : " if lang == "fr" else ": "
            groups.append(f"{wording.word('stance', stance, lang)}{colon}{_joined(names, lang)}")
    risk = revenue_at_risk(facts, scenario, supplier, lang=lang).row(0, named=True)
    scene = wording.word("scenario", scenario, lang)
    if risk["lo"] is None:
        text = {
            "en": "Nobody published what they spend, so what is at risk is not known",
            "fr": "Personne n’a publié leurs dépenses : l’enjeu n’est pas connu",
        }[lang]
    else:
        amount = wording.interval(risk["lo"], risk["hi"], risk["unit"], lang)
        text = {
            "en": "At risk in the scenario “{s}”: {a} of yearly revenue",
            "fr": "Menacé dans le scénario « {s} » : {a} de chiffre d’affaires annuel",
        }[lang].format(s=scene, a=amount)
    told = (" ; " if lang == "fr" else "; ").join(groups)
    return Answer(f"{told[:1].upper()}{told[1:]}. {text}.")


def _finding(name: str, row: dict[str, Any] | None, prefix: str = "") -> dict[str, Any]:
    """A finding from a row that holds value, lo, hi, unit, standing and claims under a prefix."""
    keys = ("value", "lo", "hi", "unit", "standing", "claims")
    if row is None:
        return {"id": name, **dict.fromkeys(keys), "claims": []}
    cells = (
        {key: row.get(f"{prefix}_{key}" if key != "value" else prefix) for key in keys}
        if prefix
        else {key: row.get(key) for key in keys}
    )
    return {"id": name, **cells, "claims": cells["claims"] or []}


def _ratio(name: str, above: dict[str, Any] | None, below: dict[str, Any] | None) -> dict[str, Any]:
    """One measure over the same of another deal [x], as sure as the weaker of the two."""
    if not above or not below or not above["standing"] or not below["standing"]:
        return _finding(name, None)
    ends = Interval(above["lo"], above["hi"]) / Interval(below["lo"], below["hi"])
    value = above["value"] / below["value"] if above["value"] and below["value"] else None
    standing = "unresolved" if "unresolved" in (above["standing"], below["standing"]) else "derived"
    lo, hi = (None if end is None else float(end) for end in (ends.lo, ends.hi))
    return {
        "id": name,
        "value": value,
        "lo": lo,
        "hi": hi,
        "unit": "multiple",
        "standing": standing,
        "claims": [*above["claims"], *below["claims"]],
    }


def _ratios(facts: Facts, deal: str, baseline: str, dollars: str) -> list[dict[str, Any]]:
    rows = measures_of(facts, dollars)[1].to_dicts()
    by = {(row["deal_id"], row["measure"]): row for row in rows}
    pairs = {"price_ratio": "price", "price_ratio_real": "price_constant", "implied_value_ratio": "implied_value",
             "implied_value_ratio_real": "implied_value_constant", "stake_ratio": "stake_acquired", "step_up_ratio": "step_up",
             "value_to_revenue_ratio": "value_to_revenue"}  # fmt: skip
    return [_ratio(name, by.get((deal, measure)), by.get((baseline, measure))) for name, measure in pairs.items()]


def strategy_findings(facts: Facts, *, figures: Iterable[Any] = (), deal: str = DEAL) -> Findings:
    """How many reasons are given, by whom, and how many people are said to move."""
    reasons = facts.frame.filter(pl.col("property") == "driver")
    moves = facts.frame.filter(pl.col("property") == "person_moves")
    events = facts.frame.filter(pl.col("property") == "product_release")
    party = reasons.filter(pl.col("standing") == "confirmed")
    rows = [
        _count("drivers_given", reasons),
        _count("drivers_from_a_party", party),
        _count("people_who_move", moves),
        _count("releases", events),
    ]
    return findings(rows, figures=figures)


def _count(name: str, rows: pl.DataFrame) -> dict[str, Any]:
    """How many facts there are: exact, whatever the standing of each."""
    claims = sorted({claim for ids in rows["support"].to_list() for claim in ids})
    return {
        "id": name,
        "value": rows.height,
        "lo": rows.height,
        "hi": rows.height,
        "unit": "facts",
        "standing": "derived",
        "claims": claims,
    }


def comparison_findings(
    facts: Facts, *, figures: Iterable[Any] = (), deal: str = DEAL, baseline: str = BASELINE, dollars: str = "2025-06"
) -> Findings:
    """The deal's terms, the baseline's price, and the ratios between both."""
    this, other = _deal(facts, deal), _deal(facts, baseline)
    rows = [_finding(name, this, name) for name in ("price", "stake_acquired", "valuation", "previous_valuation")]
    rows.append(_finding("baseline_price", other, "price"))
    measures = measures_of(facts, dollars)[1].to_dicts()
    by = {(row["deal_id"], row["measure"]): row for row in measures}
    rows += [_finding(name, by.get((deal, name))) for name in ("step_up", "value_to_revenue", "implied_value")]
    rows.append(_finding("baseline_price_constant", by.get((baseline, "price_constant"))))
    return findings([*rows, *_ratios(facts, deal, baseline, dollars)], figures=figures)


def customers_findings(
    facts: Facts, *, figures: Iterable[Any] = (), supplier: str = SUPPLIER, scenario: str = "reported"
) -> Findings:
    """How many customers take each stance now, and the revenue at risk."""
    latest = stances(facts, supplier).filter(pl.col("is_latest"))
    rows = []
    for stance in STANCES:
        took = latest.filter(pl.col("stance") == stance)
        rows.append(_count(f"customers_{stance}", took.rename({"claims": "support"})) | {"unit": "customers"})
    risk = revenue_at_risk(facts, scenario, supplier).row(0, named=True)
    percent = {key: None if risk[name] is None else risk[name] * 100 for key, name in _SHARE.items()}
    share = percent | {"unit": "percent", "standing": risk["standing"], "claims": risk["claims"]}
    return findings(
        [*rows, _finding("revenue_at_risk", risk), _finding("revenue_at_risk_share", share)], figures=figures
    )


FINDINGS: dict[str, Callable[..., Findings]] = {
    "meta_ai_strategy": strategy_findings,
    "deal_comparison": comparison_findings,
    "customer_reactions": customers_findings,
}
