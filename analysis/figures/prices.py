"""What a deal cost: in constant dollars among the acquirer's deals, and as a share of what the acquirer had."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis.articles import wording
from analysis.facts.facts import Facts
from analysis.figures import said
from analysis.figures.comparison import (
    BASELINE,
    DEAL,
    DOLLARS,
    acquirer_of,
    deal_name,
    known_measures,
    measures_of,
    quantity_of,
)
from analysis.figures.figure import Figure
from analysis.figures.grammar import Cell, Column, Drawn, Scale, Scene, table_graphic
from analysis.figures.theme import BLUE, GREY, VERMILION, VERMILION_TEXT

ACQUIRER = "org:meta"
SHARES: dict[str, tuple[str, str]] = {
    "price_to_market_value": ("of market value", "de la valeur boursière"),
    "price_to_acquirer_cash": ("of cash and securities", "de la trésorerie et des titres"),
    "price_to_capex": ("of a year’s investments", "des investissements d’un an"),
    "price_to_acquirer_revenue": ("of a year’s sales", "des ventes d’un an"),
}


def constant_prices(facts: Facts, *, deal: str = DEAL, dollars: str = DOLLARS, lang: str = "en") -> Figure:
    """The acquirer's deals by price in constant dollars, from zero.

    A price that is known only in another currency has no place on a dollar axis: it is written out and not drawn. A
    deal without a published price is listed, and ranks nowhere.
    """
    t = said.speak(lang)
    deals, measures = measures_of(facts, dollars)
    buyer = acquirer_of(facts, deal) or ACQUIRER
    ours = deals.filter(pl.col("acquirer") == buyer)
    entries = [
        _priced(facts, row, known_measures(measures, row["deal_id"]), lang) for row in ours.iter_rows(named=True)
    ]
    entries.sort(key=lambda e: (-(e["constant"] or e["lo"] or 0), not e["nominal"], e["key"]))
    drawn = [e for e in entries if e["constant"] is not None]
    month = wording.day(dollars, lang)
    notes = [t("Constant dollars: US consumer prices (CPI-U, not adjusted for seasons).",
               "Dollars constants\u00a0: prix à la consommation américains (CPI-U, non désaisonnalisés).")]  # fmt: skip
    if foreign := [e["label"] for e in entries if e["nominal"] and e["unit"] != "USD"]:
        notes.append(t(f"Off the axis, because no dated exchange rate is held: {', '.join(foreign)}.",
                       f"Hors de l’axe, faute d’un taux de change daté\u00a0: {', '.join(foreign)}."))  # fmt: skip
    if silent := [e["label"] for e in entries if not e["nominal"]]:
        notes.append(t(f"No published price: {', '.join(silent)}.", f"Prix non publié\u00a0: {', '.join(silent)}."))
    name = said.label(facts, buyer, lang)
    rows = [{"key": e["key"], "label": e["label"], "value": e["constant"], "lo": e["lo"], "hi": e["hi"], "unit": "USD",
             "text": e["nominal"] and f"{e['then']:.10g} {e['unit']}", "when": e["when"], "standing": e["standing"],
             "claims": e["claims"], "shown": e["shown"]} for e in entries]  # fmt: skip
    return said.bind(
        facts,
        "constant-prices",
        scene=_price_scene(facts, entries, rows, deal, dollars, lang),
        rows=rows,
        notes=notes,
        title=_rank_title(facts, entries, deal, name, lang),
        lang=lang,
        subtitle=[
            t(
                f"Price of {name}’s deals, in dollars of {month}.",
                f"Prix des opérations de {name}, en dollars de {month}.",
            )
        ],
        alt=[
            t(
                f"Table with dots on a dollar axis: {len(entries)} deals of {name}, {len(drawn)} priced in dollars.",
                f"Tableau avec des points sur un axe en dollars\u00a0: {len(entries)} opérations de {name}, dont "
                f"{len(drawn)} au prix connu en dollars.",
            ),
            *[
                t(f"From {e['label']}, {e['constant_text']}", f"De {e['label']}, {e['constant_text']}")
                for e in drawn[:1]
            ],
            *[
                t(f"to {e['label']}, {e['constant_text']}.", f"à {e['label']}, {e['constant_text']}.")
                for e in drawn[1:][-1:]
            ],
        ],
        caption=t(
            f"Prices of {name}’s deals in constant dollars", f"Prix des opérations de {name} en dollars constants"
        ),
        params={"deal": deal, "dollars": dollars},
    )


def _priced(facts: Facts, row: dict[str, Any], measures: dict[str, Any], lang: str) -> dict[str, Any]:
    """A deal with its price of the day and in constant dollars; null where it is not known."""
    constant = measures.get("price_constant") or {}
    has_price = row["price_standing"] is not None and any(row[f"price{k}"] is not None for k in ("", "_lo", "_hi"))
    price = {"value": row["price"], "lo": row["price_lo"], "hi": row["price_hi"], "unit": row["price_unit"]}
    nominal = quantity_of(price, lang) if has_price else ""
    entry = {
        "key": row["deal_id"], "label": deal_name(facts, row["deal_id"], lang), "when": row["dated_on"],
        "nominal": nominal, "then": row["price"] or row["price_lo"] or 0, "unit": row["price_unit"] or "USD",
        "nominal_standing": row["price_standing"] if has_price else None,
        "constant": constant.get("value"), "lo": constant.get("lo"), "hi": constant.get("hi"),
        "standing": constant.get("standing") or row["price_standing"],
        "claims": sorted({*(row["price_claims"] or []), *(constant.get("claims") or [])}) if has_price else [],
    }  # fmt: skip
    entry["least"] = entry["lo"] if entry["constant"] is None else entry["constant"]
    entry["constant_text"] = quantity_of(constant, lang) if constant else said.TEXT[lang]["unknown"]
    entry["shown"] = f"{entry['constant_text']} ({nominal})" if constant else nominal or said.TEXT[lang]["unknown"]
    return entry


def _rank_title(facts: Facts, entries: Sequence[dict[str, Any]], deal: str, name: str, lang: str) -> str:
    t = said.speak(lang)
    target = deal_name(facts, deal, lang)
    prices = {e["key"]: e["constant"] for e in entries if e["constant"] is not None}
    if deal not in prices:
        title = t(
            f"Where {target} ranks among {name}’s deals is not known: no price in dollars counts here",
            f"Le rang de {target} chez {name} n’est pas connu\u00a0: aucun prix en dollars n’est retenu",
        )
        return said.check_title("constant-prices", title, no_price=deal not in prices)
    rank = 1 + sum(price > prices[deal] for price in prices.values())
    if len(prices) == 1:
        title = t(f"{target} is the only deal of {name} with a known price in dollars",
                  f"{target} est la seule opération de {name} au prix connu en dollars")  # fmt: skip
        return said.check_title("constant-prices", title, only_one=rank == 1)
    above = [e for e in entries if e["constant"] is not None and e["constant"] > prices[deal]]
    if rank == 1:
        title = t(f"In constant dollars, {target} is {name}’s largest known deal",
                  f"En dollars constants, {target} est la plus grosse opération connue de {name}")  # fmt: skip
    else:
        place = said.ranked(rank, lang)
        title = t(f"In constant dollars, {target} is {name}’s {place}-largest known deal, behind {above[-1]['label']}",
                  f"En dollars constants, {target} est la {place} plus grosse opération connue de {name}, "
                  f"derrière {above[-1]['label']}")  # fmt: skip
    ranked = sorted(prices.values(), reverse=True)
    return said.check_title("constant-prices", title, the_rank=ranked.index(prices[deal]) + 1 == rank)


def _price_scene(
    facts: Facts, entries: list[dict[str, Any]], rows: list[dict[str, Any]], deal: str, dollars: str, lang: str
) -> Scene:
    t = said.speak(lang)
    most = max([1e9, *(v for e in entries for v in (e["constant"], e["hi"]) if v)])
    ticks = money_ticks(most, lang)

    def draw(scene: Scene, i: int, y: float) -> None:
        entry = entries[i]
        color = VERMILION if entry["key"] == deal else BLUE
        if entry["least"] is None:
            return
        scene.rule(scene.scale.x0, y, scene.scale.at(entry["least"]), y, color=color, width=2)
        scene.measured({**entry, "value": entry["constant"]}, y, entry["standing"], color=color)

    def then(entry: dict[str, Any]) -> Cell:
        if not entry["nominal"]:
            return Cell(t("not published", "non publié"), italic=True, color=GREY)
        return Cell(entry["nominal"], sign=entry["nominal_standing"] or "", sign_color=GREY)

    def now(entry: dict[str, Any]) -> Cell:
        if entry["least"] is None:
            return Cell(t("off the axis", "hors de l’axe") if entry["nominal"] else "–", italic=True, color=GREY)
        return Cell(entry["constant_text"], bold=True, color=VERMILION_TEXT if entry["key"] == deal else BLUE)

    def day(entry: dict[str, Any]) -> str:
        return wording.day(entry["when"][:7], lang, short=True) if entry["when"] else t("undated", "non daté")

    columns: list[Column | Drawn] = [
        Column(t("Deal", "Opération"), [Cell(e["label"], bold=e["key"] == deal) for e in entries], most=150),
        Column(t("Announced", "Annonce"), [Cell(day(e), color=GREY) for e in entries], most=90),
        Column(t("Price then", "Prix d’alors"), [then(e) for e in entries], align="right", most=125),
        Drawn(Scale(0, most * 1.06), ticks, draw, least=150, margin=8),
        Column(t("In constant $", "En $ constants"), [now(e) for e in entries], align="right", most=110),
    ]  # fmt: skip
    tips = said.tips(facts, rows, lang)
    scene = table_graphic(columns, tips=tips, empty=t("No deal is known.", "Aucune opération n’est connue."))
    drawn = {e[k] for e in entries for k in ("standing", "nominal_standing") if e["nominal"]}
    said.draw_key(scene, drawn, lang)
    return scene


def money_ticks(most: float, lang: str, *, unit: str = "USD") -> list[tuple[float, str, bool]]:
    """Three to five round amounts from zero, which is without a unit and a strong line."""
    step = 10 ** math.floor(math.log10(most / 3))
    step = next(step * k for k in (1, 2, 5, 10) if most / (step * k) <= 4)
    values = [step * i for i in range(int(most // step) + 1)]
    return [(v, "0" if v == 0 else wording.quantity(v, unit, lang, digits=0), v == 0) for v in values]


def acquirer_share(facts: Facts, *, deal: str = DEAL, baseline: str = BASELINE, lang: str = "en") -> Figure:
    """What a price weighed for its acquirer, two deals beside each other, as bars from zero.

    Each share divides by an amount of the acquirer at the time, and the row names that time: where it is the year
    before, it says so. A share whose parts are not both known is listed and not drawn.
    """
    t = said.speak(lang)
    deals = (deal, baseline)
    names = [deal_name(facts, d, lang) for d in deals]
    measures = measures_of(facts, DOLLARS)[1]
    known = [known_measures(measures, d) for d in deals]
    shown = [name for name in SHARES if any(name in side for side in known)]
    entries = [_share(name, i, known[i].get(name), deals[i], names[i], lang) for name in shown for i in (0, 1)]
    rows = [
        {
            "key": e["key"],
            "label": e["label"],
            "value": e["value"],
            "lo": e["lo"],
            "hi": e["hi"],
            "unit": "percent",
            "when": e["period"],
            "standing": e["standing"],
            "claims": e["claims"],
            "shown": e["shown"],
        }
        for e in entries
    ]
    notes = [t("Prices are those of the day, divided by amounts of the day: no inflation enters.",
               "Prix du jour divisés par des montants du jour\u00a0: l’inflation n’y entre pas.")]  # fmt: skip
    if not entries:
        notes = [
            t(
                "No share can be computed: a price or the buyer’s accounts are not known here.",
                "Aucune part ne se calcule\u00a0: un prix ou les comptes de l’acheteur ne sont pas connus ici.",
            )
        ]
    buyer = said.label(facts, acquirer_of(facts, deal) or ACQUIRER, lang)
    return said.bind(
        facts,
        "acquirer-share",
        scene=_share_scene(facts, entries, rows, lang),
        rows=rows,
        notes=notes,
        lang=lang,
        title=_share_title(known, names, buyer, rows, lang),
        params={"deal": deal, "baseline": baseline},
        subtitle=[
            t(
                f"Price of each deal as a share of what {buyer} had or made at the time, in %.",
                f"Prix de chaque opération, en % de ce que {buyer} possédait ou gagnait alors.",
            )
        ],
        alt=[
            t(
                f"Table with bars from zero: {len(entries)} shares, {names[0]} and {names[1]} in pairs.",
                f"Tableau à barres depuis zéro\u00a0: {len(entries)} parts, {names[0]} et {names[1]} par paires.",
            ),
            *[f"{e['label']}{said.COLON[lang]}{e['shown']}." for e in entries[-2:]],
        ],
        caption=t(f"Price as a share of {buyer}’s means", f"Prix rapporté aux moyens de {buyer}"),
    )


def _share(name: str, i: int, row: dict[str, Any] | None, deal: str, target: str, lang: str) -> dict[str, Any]:
    row = row or {
        "value": None,
        "lo": None,
        "hi": None,
        "unit": "percent",
        "standing": None,
        "claims": [],
        "period": None,
    }
    return {
        "key": f"{deal}/{name}", "measure": SHARES[name][lang == "fr"], "target": target, "first": i == 0,
        "label": f"{target}, {SHARES[name][lang == 'fr']}", "value": row["value"], "lo": row["lo"], "hi": row["hi"],
        "standing": row["standing"], "claims": list(row["claims"] or []), "shown": quantity_of(row, lang),
        "period": row["period"],
    }  # fmt: skip


def _share_title(
    known: Sequence[dict[str, Any]], names: Sequence[str], buyer: str, rows: Sequence[dict[str, Any]], lang: str
) -> str:
    t = said.speak(lang)
    both = [name for name in SHARES if all(side.get(name, {}).get("value") for side in known)]
    if not both:
        title = t(f"What {names[0]} weighed for {buyer} against {names[1]} is not known",
                  f"Ce que {names[0]} a pesé pour {buyer} face à {names[1]} n’est pas connu")  # fmt: skip
        return said.check_title("acquirer-share", title, nothing_to_compare=not both)
    ours, theirs = ({name: side[name]["value"] for name in both} for side in known)
    ratio = min(theirs[name] / ours[name] for name in both)
    if ratio >= 1.5:
        n = wording.number(math.floor(ratio), lang, 0) if ratio >= 2 else wording.number(1.5, lang, 1)
        title = t(f"{names[1]} weighed at least {n} times as much on its buyer as {names[0]} does",
                  f"{names[1]} a pesé au moins {n} fois plus lourd pour son acheteur que {names[0]}")  # fmt: skip
        return said.check_title("acquirer-share", title, every_share=all(theirs[m] >= 1.5 * ours[m] for m in both))
    biggest = both[-1]
    a, b = (quantity_of(side[biggest], lang) for side in known)
    what = SHARES[biggest][lang == "fr"]
    title = t(f"{names[0]} cost {a} {what}, {names[1]} {b}", f"{names[0]} a coûté {a} {what}, {names[1]} {b}")
    return said.check_title("acquirer-share", title, the_shares=any(r["value"] == ours[biggest] for r in rows))


def _share_scene(facts: Facts, entries: list[dict[str, Any]], rows: list[dict[str, Any]], lang: str) -> Scene:
    t = said.speak(lang)
    most = max([10.0, *(v for e in entries for v in (e["value"], e["hi"]) if v)])
    ticks = money_ticks(most, lang, unit="percent")

    def draw(scene: Scene, i: int, y: float) -> None:
        entry = entries[i]
        color = VERMILION if entry["first"] else BLUE
        least = entry["lo"] if entry["value"] is None else entry["value"]
        if least is None:
            return
        scene.rule(scene.scale.x0, y, scene.scale.at(least), y, color=color, width=2)
        scene.measured(entry, y, entry["standing"], color=color)

    def period(entry: dict[str, Any]) -> str:
        return wording.day(entry["period"], lang, short=True) if entry["period"] else ""

    def result(entry: dict[str, Any]) -> Cell:
        known = entry["standing"] is not None
        color = VERMILION_TEXT if entry["first"] else BLUE
        return Cell(entry["shown"], bold=known, italic=not known, color=color if known else GREY)

    columns: list[Column | Drawn] = [
        Column(
            t("Price as a share", "Prix en part"), [Cell(e["measure"] if e["first"] else "") for e in entries], most=170
        ),
        Column(t("Deal", "Opération"), [Cell(e["target"], bold=e["first"]) for e in entries], most=120),
        Column(t("Amount of", "Montant de"), [Cell(period(e), color=GREY) for e in entries], most=100),
        Drawn(Scale(0, most * 1.05), ticks, draw, least=150, margin=8),
        Column(t("Share", "Part"), [result(e) for e in entries], align="right", strong=True, most=110),
    ]
    tips = said.tips(facts, rows, lang)
    pairs = {i for i, e in enumerate(entries) if e["first"]}
    scene = table_graphic(
        columns, tips=tips, row=28, joined=pairs, empty=t("No share is known.", "Aucune part n’est connue.")
    )
    said.draw_key(scene, {e["standing"] for e in entries}, lang)
    return scene
