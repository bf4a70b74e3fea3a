"""Two deals compared measure by measure: a forest plot of ratios on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from analysis.articles import wording
from analysis.errors import DataError, one_of
from analysis.facts.deals import deals_from
from analysis.facts.facts import Facts
from analysis.facts.measures import measures_from
from analysis.figures import said
from analysis.figures.figure import Figure
from analysis.figures.grammar import Cell, Column, Drawn, Scale, Scene, table_graphic
from analysis.figures.theme import BLUE, GREY, VERMILION, VERMILION_TEXT

DEAL, BASELINE, DOLLARS = "deal:meta-scale-ai-2025", "deal:facebook-whatsapp-2014", "2025-06"
MEASURES: dict[str, tuple[str, str]] = {
    "price": ("Price paid, dollars of the day", "Prix payé, dollars courants"),
    "price_constant": ("Price paid, {dollars} dollars", "Prix payé, dollars de {dollars}"),
    "stake_acquired": ("Share of the capital bought", "Part du capital acquise"),
    "implied_value_constant": ("Value of the whole, {dollars} dollars", "Valeur du tout, dollars de {dollars}"),
    "step_up": ("Rise since the last round", "Hausse depuis le dernier tour"),
    "value_to_revenue": ("Value / yearly sales", "Valeur / ventes annuelles"),
    "value_to_forecast": ("Value / sales forecast", "Valeur / ventes prévues"),
    "price_to_acquirer_revenue": ("Price / {buyer}’s yearly sales", "Prix / ventes de {buyer}"),
    "price_to_acquirer_cash": ("Price / {buyer}’s cash", "Prix / trésorerie de {buyer}"),
    "price_to_market_value": ("Price / {buyer}’s market value", "Prix / valeur boursière de {buyer}"),
    "price_to_capex": ("Price / {buyer}’s investments", "Prix / investissements de {buyer}"),
    "price_per_employee": ("Price / employee", "Prix / salarié"),
    "price_per_user": ("Price / user", "Prix / utilisateur"),
    "price_per_hire": ("Price / person hired", "Prix / personne recrutée"),
}
# a measure that one side lacks is listed only if it is one of these
CORE = ("price", "price_constant", "stake_acquired", "implied_value_constant", "step_up", "value_to_revenue")
SAME = 0.1  # within a tenth of one another, two prices cost about as much


def measures_of(facts: Facts, dollars: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Deals and their measures, computed once: the charts of a notebook share them."""

    def both() -> tuple[pl.DataFrame, pl.DataFrame]:
        deals = deals_from(facts)
        return deals, measures_from(deals, facts, dollars=dollars)

    found: tuple[pl.DataFrame, pl.DataFrame] = facts.once(f"measures in {dollars}", both)
    return found


def deal_ratios(
    facts: Facts, *, deal: str = DEAL, baseline: str = BASELINE, dollars: str = DOLLARS, lang: str = "en"
) -> Figure:
    """Each measure of a deal over the same measure of another, with the line of equality.

    A ratio is as sure as the less sure of its two sides; its band is what both intervals allow. A measure that one side
    lacks is listed as not known and has no mark.
    """
    t = said.speak(lang)
    names = [deal_name(facts, d, lang) for d in (deal, baseline)]
    measures = measures_of(facts, dollars)[1]
    sides = [known_measures(measures, d) for d in (deal, baseline)]
    pairs = [_pair(name, *(side.get(name) for side in sides)) for name in MEASURES]
    pairs = [p for p in pairs if all(p["sides"]) or (any(p["sides"]) and p["name"] in CORE)]
    pairs.sort(key=lambda p: (p["standing"] is None, -(p["ratio"] or p["hi"] or p["lo"] or 0)))
    buyers = dict.fromkeys(said.label(facts, acquirer_of(facts, d), lang) for d in (deal, baseline))
    buyer = next(iter(buyers)) if len(buyers) == 1 else t("the buyer", "l’acheteur")
    for pair in pairs:
        pair["label"] = measure_label(pair["name"], dollars, buyer, lang)
    rows = [_row(pair, names, lang) for pair in pairs]
    unknown = [p["label"] for p in pairs if p["standing"] is None]
    notes = [
        t(
            "What is computed bears the mark of the least sure claim it needs. Most measures share one price and "
            "move together: they do not add up as votes.",
            "Ce qui est calculé porte la marque de l’affirmation la moins sûre qu’il demande. La plupart des mesures "
            "reposent sur un même prix et bougent ensemble\u00a0: elles ne s’additionnent pas.",
        )
    ]
    if not pairs:
        notes = [t("No measure of either deal is known here.", "Aucune mesure des deux opérations n’est connue ici.")]
    return said.bind(
        facts, "deal-ratios", scene=_scene(facts, pairs, rows, names, (deal, baseline), lang),
        title=_title(pairs, rows, names, lang), rows=rows, notes=notes, lang=lang,
        subtitle=[t(f"Each measure of {names[0]}, divided by the same measure of {names[1]}. Logarithmic scale.",
                    f"Chaque mesure de {names[0]}, divisée par la même mesure de {names[1]}. Échelle logarithmique.")],
        alt=_alt(pairs, names, unknown, lang),
        caption=t(f"{names[0]} compared with {names[1]}, measure by measure",
                  f"{names[0]} comparée à {names[1]}, mesure par mesure"),
        params={"deal": deal, "baseline": baseline, "dollars": dollars},
    )  # fmt: skip


def deal_name(facts: Facts, deal: str, lang: str) -> str:
    """A deal is called by its target."""
    about = facts.corpus.subjects
    known = {
        id: target
        for id, kind, target in zip(about["id"], about["type"], about["target"], strict=True)
        if kind == "deal"
    }
    if deal not in known:
        raise DataError(f"deal: {one_of(deal, known)}")
    return said.label(facts, known[deal] or deal, lang)


def acquirer_of(facts: Facts, deal: str) -> str | None:
    """Who buys in a deal."""
    about = facts.corpus.subjects
    return dict(zip(about["id"], about["acquirer"], strict=True)).get(deal)


def measure_label(name: str, dollars: str, buyer: str, lang: str) -> str:
    """A measure's name in a language; constant dollars by their month."""
    return MEASURES[name][lang == "fr"].format(dollars=wording.day(dollars, lang, short=True), buyer=buyer)


def known_measures(measures: pl.DataFrame, deal: str) -> dict[str, dict[str, Any]]:
    """The measures of a deal of which something is known, each with the standing it is drawn with."""
    found = {}
    for row in measures.filter(pl.col("deal_id") == deal).iter_rows(named=True):
        if any(row[k] is not None for k in ("value", "lo", "hi")):
            computed = any(sign in row["formula"] for sign in "*/+")
            found[row["measure"]] = row | {"standing": said.drawn_as(row["standing"], computed=computed)}
    return found


def quantity_of(row: Mapping[str, Any] | None, lang: str) -> str:
    """A measure in words: its value, else its range, else that it is not known."""
    if row is None or all(row[k] is None for k in ("value", "lo", "hi")):
        return said.TEXT[lang]["unknown"]
    if row["value"] is not None:
        return wording.quantity(row["value"], row["unit"], lang)
    return wording.interval(row["lo"], row["hi"], row["unit"], lang)


def _pair(name: str, ours: dict[str, Any] | None, theirs: dict[str, Any] | None) -> dict[str, Any]:
    """Two measures and their ratio, by interval arithmetic on positive numbers; null where a side is not known."""
    pair: dict[str, Any] = {"name": name, "sides": (ours, theirs), "ratio": None, "lo": None, "hi": None}
    if not (ours and theirs) or ours["unit"] != theirs["unit"]:
        return pair | {"standing": None}

    def over(a: float | None, b: float | None) -> float | None:
        return a / b if a is not None and b else None

    standing = said.weakest([ours["standing"], theirs["standing"]])
    ends = {"lo": over(ours["lo"], theirs["hi"]), "hi": over(ours["hi"], theirs["lo"])}
    return pair | {"ratio": over(ours["value"], theirs["value"]), "standing": standing, **ends}


def times(ratio: float, lang: str) -> str:
    """A ratio with two significant digits: 0.55×, 0.018×, 1.5×; « ×0,55 »."""
    digits = max(0, 1 - math.floor(math.log10(ratio))) if ratio < 10 else 0
    text = wording.number(ratio, lang, digits)
    return f"×\u202f{text}" if lang == "fr" else f"{text}×"


def _shown(pair: dict[str, Any], lang: str) -> str:
    if pair["ratio"]:
        return times(pair["ratio"], lang)
    ends = [times(pair[k], lang) for k in ("lo", "hi") if pair[k]]
    if len(ends) == 1:
        return f"{'≥' if pair['lo'] else '≤'} {ends[0]}"
    return said.speak(lang)(" to ", " à ").join(ends) or said.TEXT[lang]["unknown"]


def _row(pair: dict[str, Any], names: Sequence[str], lang: str) -> dict[str, Any]:
    """The row as drawn; `text` holds the values of both sides, so that a change of either is a change of the figure."""
    values = [f"{n} {quantity_of(s, lang)}" for n, s in zip(names, pair["sides"], strict=True)]
    both = ["" if not s or s["value"] is None else f"{s['value']:.10g}" for s in pair["sides"]]
    return {
        "key": pair["name"], "label": pair["label"], "value": pair["ratio"], "lo": pair["lo"], "hi": pair["hi"],
        "unit": "ratio", "text": " / ".join(both), "standing": pair["standing"],
        "claims": sorted({c for side in pair["sides"] if side for c in side["claims"] or []}),
        "shown": f"{_shown(pair, lang)} ({', '.join(values)})",
    }  # fmt: skip


def _title(pairs: list[dict[str, Any]], rows: list[dict[str, Any]], names: Sequence[str], lang: str) -> str:
    """Price in constant dollars against price in constant dollars: like with like, and one measure only."""
    t = said.speak(lang)
    a, b = names
    found = {p["name"]: p for p in pairs}
    drawn = {row["key"]: row for row in rows}
    price = found.get("price_constant")
    ratio = price["ratio"] if price else None
    if price and ratio is None and price["lo"] and price["hi"] and price["hi"] < 1:
        low, high = (wording.quantity(round(100 * (1 - price[k])), "percent", lang) for k in ("hi", "lo"))
        title = t(f"In constant dollars, {a} cost between {low} and {high} less than {b}",
                  f"En dollars constants, {a} a coûté de {low} à {high} de moins que {b}")  # fmt: skip
        return said.check_title("deal-ratios", title, less=drawn["price_constant"]["hi"] < 1)
    if not price or ratio is None:
        known = [bool(found.get("price_constant", {"sides": (None, None)})["sides"][i]) for i in (0, 1)]
        lacking = [n for n, k in zip(names, known, strict=True) if not k]
        of = t(f" for {lacking[0]}", f" pour {lacking[0]}") if len(lacking) == 1 else ""
        title = t(f"{a} and {b} cannot be compared: no price to compare{of}",
                  f"{a} et {b} ne se comparent pas\u00a0: aucun prix comparable{of}")  # fmt: skip
        return said.check_title("deal-ratios", title, no_ratio=drawn.get("price_constant", {}).get("value") is None)
    stake = found.get("stake_acquired", {"sides": (None, None)})["sides"][0]
    part = quantity_of(stake, lang) if stake else ""
    tail = t(f", for {part} of the capital", f", pour {part} du capital") if stake and stake["value"] else ""
    pct = wording.quantity(abs(round(100 * (1 - ratio))), "percent", lang)
    if abs(1 - ratio) <= SAME:
        title = t(f"In constant dollars, {a} cost about as much as {b}{tail}",
                  f"En dollars constants, {a} a coûté à peu près autant que {b}{tail}")  # fmt: skip
    elif ratio < 1:
        title = t(f"In constant dollars, {a} cost {pct} less than {b}{tail}",
                  f"En dollars constants, {a} a coûté {pct} de moins que {b}{tail}")  # fmt: skip
    else:
        more = pct if ratio < 2 else times(ratio, lang)
        title = t(f"In constant dollars, {a} cost {more} more than {b}{tail}" if ratio < 2
                  else f"In constant dollars, {a} cost {more} the price of {b}{tail}",
                  f"En dollars constants, {a} a coûté {more} de plus que {b}{tail}" if ratio < 2
                  else f"En dollars constants, {a} a coûté {more} le prix de {b}{tail}")  # fmt: skip
    again = [float(v) for v in drawn["price_constant"]["text"].split(" / ")]
    return said.check_title(
        "deal-ratios", title, ratio_of_the_prices=math.isclose(again[0] / again[1], ratio, rel_tol=1e-6)
    )


def _alt(pairs: list[dict[str, Any]], names: Sequence[str], unknown: Sequence[str], lang: str) -> list[str]:
    t = said.speak(lang)
    known = [p for p in pairs if p["ratio"]]
    said_first = t(
        f"Table with a forest plot: {len(pairs)} measures of {names[0]} over those of {names[1]}, "
        f"{len(known)} with a known ratio.",
        f"Tableau avec un graphique en forêt\u00a0: {len(pairs)} mesures de {names[0]} rapportées à celles de "
        f"{names[1]}, dont {len(known)} au rapport connu.",
    )
    if not known:
        return [said_first, t("No ratio is drawn.", "Aucun rapport n’est tracé.")]
    top, low = known[0], known[-1]
    return [said_first,
            t(f"Largest: {top['label']}, {_shown(top, lang)}; smallest: {low['label']}, {_shown(low, lang)}.",
              f"Le plus grand\u00a0: {top['label']}, {_shown(top, lang)}\u00a0; le plus petit\u00a0: {low['label']}, "
              f"{_shown(low, lang)}."),
            *([t(f"Not known: {unknown[0]}.", f"Non connu\u00a0: {unknown[0]}.")] if unknown else [])]  # fmt: skip


def _scene(
    facts: Facts, pairs: list[dict[str, Any]], rows: list[dict[str, Any]], names: Sequence[str],
    deals: Sequence[str], lang: str,
) -> Scene:  # fmt: skip
    t = said.speak(lang)
    ends = [v for p in pairs for v in (p["ratio"], p["lo"], p["hi"]) if v]
    scale = Scale(min([0.08, *(e / 1.5 for e in ends)]), max([6.0, *(e * 1.5 for e in ends)]), log=True)
    powers = range(math.ceil(math.log10(scale.low)), math.floor(math.log10(scale.high)) + 1)
    ticks = [(10.0**p, _tick(p, lang), p == 0) for p in powers]

    def value(side: Mapping[str, Any] | None, *, bold: bool = False) -> Cell:
        if side is None:
            return Cell(said.TEXT[lang]["unknown"], italic=True, color=GREY)
        return Cell(quantity_of(side, lang), bold=bold, sign=side["standing"] or "", sign_color=GREY)

    def draw(scene: Scene, i: int, y: float) -> None:
        pair = pairs[i]
        color = VERMILION if (pair["ratio"] or pair["lo"] or 0) > 1 else BLUE
        if pair["standing"]:
            scene.measured({**pair, "value": pair["ratio"]}, y, pair["standing"], color=color)

    def result(pair: dict[str, Any]) -> Cell:
        known = pair["standing"] is not None
        color = (VERMILION_TEXT if (pair["ratio"] or 0) > 1 else BLUE) if known else GREY
        return Cell(_shown(pair, lang), bold=known, italic=not known, color=color)

    columns: list[Column | Drawn] = [
        Column(t("Measure", "Mesure"), [Cell(p["label"]) for p in pairs], most=190),
        *(Column(names[i], [value(p["sides"][i], bold=i == 0) for p in pairs], align="right", most=128, strong=True,
                 under=_announced(facts, deals[i], lang)) for i in (0, 1)),
        Drawn(scale, ticks, draw, least=170, heads=[(1.0, t("← smaller", "← plus petit"), "right", GREY),
                                                    (1.0, t("larger →", "plus grand →"), "left", VERMILION_TEXT)]),
        Column(t("Ratio", "Rapport"), [result(p) for p in pairs], align="right", strong=True),
    ]  # fmt: skip
    tips = said.tips(facts, rows, lang)
    scene = table_graphic(columns, tips=tips, empty=t("No measure is known.", "Aucune mesure n’est connue."))
    drawn = {s["standing"] for p in pairs for s in p["sides"] if s} | {p["standing"] for p in pairs}
    said.draw_key(scene, drawn, lang)
    return scene


def _announced(facts: Facts, deal: str, lang: str) -> str:
    """When a deal was announced, to the month."""
    fact = facts.one(deal, "announced_on")
    return wording.day(fact.value_text[:7], lang) if fact and fact.value_text else ""


def _tick(power: int, lang: str) -> str:
    if power == 0:
        return said.speak(lang)("equal", "égalité")
    return ("×" if power > 0 else "÷") + wording.number(10.0 ** abs(power), lang, 0)
