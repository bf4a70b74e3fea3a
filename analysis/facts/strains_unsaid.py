"""What is left unsaid and matters: pre or post, increment or total, new or old shares, currency, date, publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.facts.strain_words import amount
from analysis.facts.strains import Ground, Row, Strain, about

PRE_POST = ("pre_money", "post_money")
HOLDING = ("increment", "total_holding")
SHARES = ("primary", "secondary")
PROCEEDS = ("liquidity", "use_of_proceeds", "payout")
_CURRENCY = re.compile(r"currency|devise", re.IGNORECASE)


def terms(ground: Ground) -> Iterator[Strain]:
    """A deal's or a round's terms without the word on which their meaning turns."""
    for name, rows in ground.grouped(ground.named("valuation", "previous_valuation"), about).items():
        yield from _without(ground, name, rows, PRE_POST, "no pre or post")
    for deal, rows in ground.grouped(ground.named("stake_acquired"), lambda r: r["subject"]).items():
        acquirer, prior = _prior_holding(ground, deal)
        if prior:
            told = ", ".join(sorted({ground.label(row["subject"]) for row in prior}))
            fields = {"acquirer": ground.label(acquirer), "prior": told}
            yield from _without(ground, f"{deal}/stake_acquired", rows, HOLDING, "no increment", prior, **fields)
    for deal, rows in ground.grouped(ground.named("price"), lambda r: r["subject"]).items():
        yield from _of_price(ground, deal, rows)


def currencies(ground: Ground) -> Iterator[Strain]:
    """An amount whose currency stands in another sentence, as the claim's note says."""
    for row in ground.rows:
        if row["kind"] == "money" and _CURRENCY.search(row["note"] or ""):
            told = ground.each([row], lambda r: amount(r, ground.lang))
            yield ground.strain("unsaid", f"{row['id']}/currency", [row], "no currency", "unsaid", told=told)


def articles(ground: Ground) -> Iterator[Strain]:
    """An article without a publisher or a date."""
    by_article = ground.grouped(ground.rows, lambda row: row["article_id"])
    for article in ground.corpus.articles.sort("id").iter_rows(named=True):
        rows = by_article.get(article["id"])
        if not rows or all(row["status"] == "derived" and row["value"] is None for row in rows):
            continue
        for name, said in (("publisher", "no publisher"), ("published", "no date")):
            if not article[name]:
                way, where = ground.say("treat undated") if name == "published" else "", ground.article(article["id"])
                yield ground.strain("unsaid", f"{article['id']}/{name}", [], said, "unsaid", where=where, treatment=way)


def _without(
    ground: Ground,
    name: str,
    rows: list[Row],
    said_: tuple[str, ...],
    phrase: str,
    also: list[Row] | None = None,
    **fields: str,
) -> Iterator[Strain]:
    """Unsaid where no claim's basis is one of the words that settle it."""
    if any(row["basis"] in said_ for row in rows) or not rows:
        return
    told = ground.each(rows, lambda row: amount(row, ground.lang))
    yield ground.strain("unsaid", name, [*rows, *(also or [])], phrase, "unsaid", told=told, **fields)


def _prior_holding(ground: Ground, deal: str) -> tuple[str | None, list[Row]]:
    """The claims by which the deal's acquirer had invested in the target before."""
    row = ground.subjects.get(deal, {})
    acquirer, target = row.get("acquirer"), row.get("target")
    if not acquirer or not target:
        return None, []
    own = ground.rounds(target) | {target}
    return acquirer, [r for r in ground.named("investor") if r["subject"] in own and r["object"] == acquirer]


def _of_price(ground: Ground, deal: str, rows: list[Row]) -> Iterator[Strain]:
    """Where the money of a minority stake goes, and on which basis the price of any deal is counted."""
    stakes = [row for row in ground.named("stake_acquired") if row["subject"] == deal]
    minority = any(row["value"] is not None and row["value"] < 100 for row in stakes)
    proceeds = [row for row in ground.named(*PROCEEDS) if row["subject"] == deal]
    proceeds += [r for r in ground.named("driver") if r["subject"] == deal and r["value_text"] == "liquidity"]
    shares = [row for row in rows if row["basis"] in SHARES]
    bare = [row for row in rows if row["basis"] in (None, "unstated")]
    if minority and not shares:
        told = ground.each(rows, lambda row: amount(row, ground.lang))
        if proceeds:
            hint = ground.say("and").join(dict.fromkeys(ground.who(row) for row in proceeds))
            yield ground.strain(
                "unsaid", f"{deal}/shares", [*rows, *proceeds], "some primary", "unsaid", told=told, hint=hint
            )
        else:
            yield ground.strain("unsaid", f"{deal}/shares", rows, "no primary", "unsaid", told=told)
    if bare and len(bare) == len(rows):
        told = ground.each(bare, lambda row: amount(row, ground.lang))
        yield ground.strain("unsaid", f"{deal}/price", bare, "no price basis", "unsaid", told=told)
