"""The money of the customers: what each spends, and how much revenue is at risk under three scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis.articles import wording
from analysis.facts import reactions
from analysis.facts.facts import Facts
from analysis.figures import said
from analysis.figures.comparison import quantity_of
from analysis.figures.customers import joined
from analysis.figures.figure import Figure
from analysis.figures.grammar import Cell, Column, Drawn, Scale, Scene, table_graphic
from analysis.figures.prices import money_ticks
from analysis.figures.theme import BLUE, GREY, INK, VERMILION, VERMILION_TEXT

SUPPLIER = reactions.SUPPLIER


def customer_exposure(facts: Facts, *, supplier: str = SUPPLIER, lang: str = "en") -> Figure:
    """What each customer spends with the supplier, by year, on one axis from zero.

    A past amount and a planned one are two rows; an amount that nobody published is said to be so and not drawn.
    """
    t = said.speak(lang)
    entries = [_spend(facts, row, lang) for row in reactions.exposures(facts, supplier).iter_rows(named=True)]
    rows = [{"key": f"{e['customer']}/{e['period'] or ''}", "label": e["name"], "value": e["amount"], "lo": e["lo"],
             "hi": e["hi"], "unit": e["unit"], "when": e["period"], "standing": e["standing"], "claims": e["claims"],
             "shown": e["text"], "by": e["who"]} for e in entries]  # fmt: skip
    name = said.label(facts, supplier, lang)
    known = [e for e in entries if e["known"]]
    return said.bind(
        facts,
        "customer-exposure",
        scene=_spend_scene(facts, entries, rows, lang),
        rows=rows,
        lang=lang,
        title=_spend_title(entries, name, rows, lang),
        subtitle=[
            t(
                f"What customers pay {name} a year, in dollars of the day.",
                f"Ce que les clients paient à {name} par an, en dollars courants.",
            )
        ],
        notes=[
            t(
                f"Share: of {name}’s revenue, or of its own forecast, for the same year.",
                f"Part\u00a0: du chiffre d’affaires de {name}, ou de sa prévision, pour la même année.",
            )
        ]
        if known
        else [],
        alt=[
            t(
                f"Table with a dollar axis from zero: {len({e['customer'] for e in entries})} customers of {name}, "
                f"{len({e['customer'] for e in known})} with a published amount.",
                f"Tableau à axe en dollars depuis zéro\u00a0: {len({e['customer'] for e in entries})} clients de {name}, "
                f"dont {len({e['customer'] for e in known})} au montant publié.",
            ),
            *[f"{e['name']}, {e['period'] or ''}{said.COLON[lang]}{e['text']}." for e in known[-2:]],
        ],
        caption=t(f"Yearly spending of {name}’s customers", f"Dépenses annuelles des clients de {name}"),
        params={"supplier": supplier},
    )


def _spend(facts: Facts, row: dict[str, Any], lang: str) -> dict[str, Any]:
    t = said.speak(lang)
    known = any(row[k] is not None for k in ("amount", "lo", "hi"))
    share = row["share"] if row["share"] is not None else row["share_lo"]
    of = "" if share is None else wording.quantity(share * 100, "percent", lang, digits=0)
    planned = t("planned", "prévu") if row["stage"] in ("planned", "intention", "conditional") else ""
    return row | {
        "name": said.label(facts, row["customer"], lang),
        "known": known,
        "claims": list(row["claims"] or []),
        "text": quantity_of({**row, "value": row["amount"]}, lang)
        if known
        else t("amount not published", "montant non publié"),
        "share_text": of,
        "planned": planned,
        "who": said.who(facts, row["claims"], lang, most=1),
    }


def _spend_title(entries: Sequence[dict[str, Any]], name: str, rows: Sequence[dict[str, Any]], lang: str) -> str:
    t = said.speak(lang)
    known = {e["customer"]: e for e in entries if e["known"]}
    everyone = {e["customer"] for e in entries}
    again = {
        row["key"].split("/")[0]
        for row in rows
        if row["value"] is not None or row["lo"] is not None or row["hi"] is not None
    }
    if not known:
        title = t(
            f"No amount paid by {name}’s customers is published",
            f"Aucun montant payé par les clients de {name} n’est publié",
        )
    elif len(known) == 1:
        last = next(iter(known.values()))
        when = (
            t(f"planned for {last['period']}", f"prévus pour {last['period']}").strip()
            if last["planned"]
            else last["period"] or ""
        )
        title = t(f"Only {last['name']}’s spending is published: {last['text']} {when}",
                  f"Seule la dépense de {last['name']} est publiée\u00a0: {last['text']} {when}").strip()  # fmt: skip
    else:
        n, m = said.spelled(len(known), lang), said.spelled(len(everyone), lang)
        title = t(
            f"{n.capitalize()} of {m} customers have a published amount",
            f"{n.capitalize()} clients sur {m} ont un montant publié",
        )
    return said.check_title("customer-exposure", title, published_amounts=again == set(known))


def _spend_scene(facts: Facts, entries: list[dict[str, Any]], rows: list[dict[str, Any]], lang: str) -> Scene:
    t = said.speak(lang)
    most = max([1e7, *(v for e in entries for v in (e["amount"], e["lo"], e["hi"]) if v)])

    def draw(scene: Scene, i: int, y: float) -> None:
        entry = entries[i]
        if entry["known"]:
            scene.measured({**entry, "value": entry["amount"]}, y, entry["standing"])

    def spending(entry: dict[str, Any]) -> Cell:
        known = entry["known"]
        return Cell(entry["text"], bold=known, italic=not known, color=INK if known else GREY)

    named = [i == 0 or entries[i - 1]["customer"] != e["customer"] for i, e in enumerate(entries)]
    columns: list[Column | Drawn] = [
        Column(
            t("Customer", "Client"),
            [Cell(e["name"] if n else "", bold=True) for e, n in zip(entries, named, strict=True)],
            most=130,
        ),
        Column(
            t("Year", "Année"),
            [Cell(" ".join(p for p in (e["period"], e["planned"]) if p), color=GREY) for e in entries],
            most=110,
        ),
        Column(t("Spending", "Dépense"), [spending(e) for e in entries], align="right", most=140),
        Drawn(Scale(0, most * 1.1), money_ticks(most, lang), draw, least=170, margin=8),
        Column(t("Share", "Part"), [Cell(e["share_text"]) for e in entries], align="right", most=60),
        Column(t("Who says so", "Qui le dit"), [Cell(e["who"]) for e in entries], most=130),
    ]
    if entries and not any(e["known"] for e in entries):  # no axis where nothing stands on it
        columns = columns[:3]
    tips = said.tips(facts, rows, lang)
    told = t("No amount is known.", "Aucun montant n’est connu.")
    scene = table_graphic(columns, tips=tips, joined=joined(named), empty=told)
    said.draw_key(scene, {e["standing"] for e in entries if e["known"]}, lang)
    return scene


def revenue_at_risk(facts: Facts, *, scenario: str = "reported", supplier: str = SUPPLIER, lang: str = "en") -> Figure:
    """How much of what customers pay a year the supplier may lose, in three scenarios, with their assumptions in words.

    An interval open above has an arrowhead; last year's revenue is a line on the same axis.
    """
    t = said.speak(lang)
    risks = reactions.revenue_at_risk(facts, "", supplier, lang=lang).to_dicts()
    chosen = next(r for r in risks if r["scenario"] == scenario) if scenario in reactions.SCENARIOS else None
    if chosen is None:
        reactions.revenue_at_risk(facts, scenario, supplier)  # words the refusal
    for risk in risks:
        risk["name"] = wording.word("scenario", risk["scenario"], lang).capitalize()
        risk["text"] = _risk_text(risk, lang)
    revenue = facts.frame.filter(pl.col("subject") == supplier, pl.col("property") == "revenue",
                                 pl.col("period").str.len_chars() == 4).sort("period").tail(1).to_dicts()  # fmt: skip
    rows = [
        {
            "key": r["scenario"],
            "label": r["name"],
            "value": r["value"],
            "lo": r["lo"],
            "hi": r["hi"],
            "unit": r["unit"],
            "when": r["period"],
            "standing": _drawn(r),
            "claims": r["claims"],
            "shown": r["text"],
        }
        for r in risks
    ]
    if revenue:
        rows.append(
            {
                "key": "revenue",
                "label": f"{said.label(facts, 'revenue', lang)} {revenue[0]['period']}",
                **{k: revenue[0][k] for k in ("value", "lo", "hi", "unit", "standing")},
                "when": revenue[0]["period"],
                "claims": revenue[0]["support"],
                "shown": quantity_of(revenue[0], lang),
            }
        )
    name = said.label(facts, supplier, lang)
    return said.bind(
        facts, "revenue-at-risk", scene=_risk_scene(facts, risks, revenue, rows, scenario, lang), rows=rows, lang=lang,
        title=_risk_title(chosen or {}, name, rows, lang), params={"scenario": scenario, "supplier": supplier},
        subtitle=[t(f"What {name} may lose of its customers’ yearly payments, in three scenarios.",
                    f"Ce que {name} peut perdre des paiements annuels de ses clients, selon trois scénarios.")],
        notes=_risk_notes(facts, risks, lang), caption=t(f"{name}’s revenue at risk", f"Revenus de {name} en jeu"),
        alt=[t("Table with three intervals on an axis in dollars from zero.",
               "Tableau avec trois intervalles sur un axe en dollars depuis zéro."),
             *[f"{r['name']}{said.COLON[lang]}{r['text']}." for r in risks]],
    )  # fmt: skip


def _drawn(risk: dict[str, Any]) -> str | None:
    """An assumed share makes an estimate of the whole; else the weakest claim decides."""
    return "estimated" if risk["scenario"] == "assumed" else said.drawn_as(risk["standing"], computed=True)


def _risk_text(risk: dict[str, Any], lang: str) -> str:
    t = said.speak(lang)
    if risk["lo"] is None and risk["hi"] is None:
        return (
            t("no departure known", "aucun départ connu")
            if not risk["customers"]
            else t("no amount published", "aucun montant publié")
        )
    return _range(risk, lang)


def _range(risk: dict[str, Any], lang: str) -> str:
    """The range in words, its ends to two digits: a scenario is no finer."""
    ends = [end and float(f"{end:.2g}") for end in (risk["lo"], risk["hi"])]
    return wording.interval(ends[0], ends[1], risk["unit"] or "USD", lang)


def _risk_title(risk: dict[str, Any], name: str, rows: Sequence[dict[str, Any]], lang: str) -> str:
    t = said.speak(lang)
    drawn = next(row for row in rows if row["key"] == risk["scenario"])
    if not risk["customers"]:
        title = t(
            f"No customer is known to leave {name} under these choices",
            f"Aucun départ de client de {name} n’est connu ici",
        )
        return said.check_title("revenue-at-risk", title, nobody=drawn["lo"] is None)
    if risk["lo"] is None:
        title = t(
            f"Customers leave {name}, and nobody says for how much",
            f"Des clients quittent {name}, nul ne dit pour combien",
        )
        return said.check_title("revenue-at-risk", title, no_amount=drawn["lo"] is None and drawn["hi"] is None)
    amount = _range(risk, lang)
    share = risk["share_lo"] if risk["hi"] is None else risk["share"] or risk["share_hi"]
    part = ""
    if share:
        pct = wording.quantity(share * 100, "percent", lang, digits=0)
        part = t(f", {pct} of {risk['share_period']} revenue", f", {pct} du chiffre d’affaires {risk['share_period']}")
    how = {
        "confirmed": t("as confirmed", "selon le confirmé"),
        "reported": t("if press reports hold", "si la presse dit vrai"),
        "assumed": t("with assumed shares", "avec des parts supposées"),
    }[risk["scenario"]]
    title = t(
        f"{amount[:1].upper()}{amount[1:]} a year at risk {how}{part}",
        f"{amount[:1].upper()}{amount[1:]} par an en jeu {how}{part}",
    )
    return said.check_title("revenue-at-risk", title, the_range=(drawn["lo"], drawn["hi"]) == (risk["lo"], risk["hi"]))


def _risk_notes(facts: Facts, risks: Sequence[dict[str, Any]], lang: str) -> list[str]:
    t = said.speak(lang)
    notes = []
    if silent := sorted({said.label(facts, c, lang) for r in risks for c in r["unpublished"] or []}):
        notes.append(t(f"Amount not published: {', '.join(silent)}.",
                       f"Montant non publié\u00a0: {', '.join(silent)}."))  # fmt: skip
    assumed = list(dict.fromkeys(a for r in risks for a in r["assumptions"] or []))
    if assumed:
        notes.append(t("Assumed: ", "Supposé\u00a0: ") + t("; ", "\u00a0; ").join(assumed).replace("'", "’") + ".")
    return notes


def _risk_scene(
    facts: Facts, risks: list[dict[str, Any]], revenue: list[dict[str, Any]], rows: list[dict[str, Any]],
    scenario: str, lang: str,
) -> Scene:  # fmt: skip
    t = said.speak(lang)
    line = revenue[0]["value"] if revenue else None
    most = max([1e8, *(v for r in risks for v in (r["value"], r["lo"], r["hi"]) if v), line or 0])
    unit = next((r["unit"] for r in risks if r["unit"]), "USD")
    ticks = money_ticks(most, lang, unit=unit)

    def draw(scene: Scene, i: int, y: float) -> None:
        risk = risks[i]
        color = VERMILION if risk["scenario"] == scenario else BLUE
        if risk["lo"] is None and risk["hi"] is None:
            return
        at = risk["lo"] if risk["value"] is None else risk["value"]
        scene.measured({**risk, "value": at}, y, _drawn(risk), color=color)

    def amount(risk: dict[str, Any]) -> Cell:
        known = risk["lo"] is not None or risk["hi"] is not None
        return Cell(risk["text"], bold=known, italic=not known, color=GREY if not known else
                    VERMILION_TEXT if risk["scenario"] == scenario else BLUE)  # fmt: skip

    heads = (
        [
            (
                line,
                f"{t('revenue', 'CA')} {revenue[0]['period']}{said.COLON[lang]}{quantity_of(revenue[0], lang)}",
                "right",
                GREY,
            )
        ]
        if line
        else []
    )
    columns: list[Column | Drawn] = [
        Column(t("Scenario", "Scénario"), [Cell(r["name"], bold=r["scenario"] == scenario) for r in risks], most=150),
        Column(
            t("Customers", "Clients"),
            [
                Cell(", ".join(said.label(facts, c, lang) for c in r["customers"] or []) or "–", color=GREY)
                for r in risks
            ],
            most=120,
        ),
        Drawn(Scale(0, most * 1.1), ticks, draw, least=190, margin=8, heads=heads, line=(line, GREY) if line else None),
        Column(t("A year", "Par an"), [amount(r) for r in risks], align="right", most=150),
    ]
    if line is None and all(r["lo"] is None and r["hi"] is None for r in risks):
        columns = [column for column in columns if isinstance(column, Column)]
    tips = said.tips(facts, rows[:3], lang)
    scene = table_graphic(columns, tips=tips)
    drawn = {_drawn(r) for r in risks if r["lo"] is not None}
    said.draw_key(scene, drawn, lang, band=t("what the words allow", "ce que permettent les mots"))
    return scene
