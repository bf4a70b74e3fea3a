"""What an amount is: the nearest cue before or after it wins, unless the sentence says it cannot mean that."""

from __future__ import annotations

import re
from decimal import Decimal

from analysis.articles import cues
from analysis.articles.parties import DEALS_LISTED, OWN_SUM, PAID_ON, customer_of, topic_of
from analysis.articles.proposal import Proposal
from analysis.articles.quantities import Quantity
from analysis.articles.scene import Scene, Sentence
from analysis.articles.sides import SELL, SPENT_ON
from analysis.articles.typography import led_by

_IT = re.compile(
    r"\s*(?:it|they|she|he|(?:that|this|the) (?:figure|price|valuation|value)|ce (?:chiffre|prix)|cette (?:valorisation|somme)|ce chiffre|elle|il|the company|the group|the firm|l'entreprise|la societe|le groupe|the start-?up|la start-up|la jeune pousse)\b"
)
_SAME = re.compile(
    r"(?: (?:promis|promised|agreed|paid|payes?|offered|proposes?|announced|annonces?|verses?|convenus?)(?: (?:en|in|last|by|par) #+)?)?(?: (?:in|en) (?:cash|shares|stock|numeraire|titres|actions))?(?: \((?:[a-z]+ ){0,2}|,? (?:or|soit|environ|or about|ou)|,)(?: [a-z]+){0,2} ?\(?"
)
_JOINED = re.compile(
    r"(?:,? (?:in|en|on|last|le) #+)?,? (?:and|et|then|puis|or|ou)(?: (?:then|puis|of|de|later|a))?(?: (?:an? |une? |la |the )?(?:second|third|fourth|later|new|improved|better|deuxieme|troisieme|autre|seconde?|nouvelle|another)(?: [a-z]+)?(?: of| de| a| worth| at)?)? "
)
_FORMER = re.compile(
    r"(?:\bcontre\b|\bup from|\bdown from|compare[ds]? (?:with|to)|\bloin d[eu]s?\b|\bfar (?:below|from)|\bwell (?:below|under)|\ben deca d[eu]s?|\bversus\b|\bagainst\b|\bapres\b|\bafter\b(?! (?:it|they|he|she|the|agree|buy|rais|sell|hav))|\bfrom\b|au lieu d)[^<>#;.]{0,30}$"
)
# "eighteen months ago it was 95 million", « en 2022, c'était 95 millions »
_THEN_WAS = re.compile(
    r"(?:\bago,?|\bearlier,?|\bil y a [^.;#]{3,20},?|(?:\bin|\ben|\blast|\bfin|\bdebut) (?:[a-z]+ )?#+,?|\bl'an dernier,?|\bthen,?|\balors,?) (?:it was|that was|it stood at|the figure was|c'etait|elle etait de|ce chiffre etait de|on parlait de|elle en valait|elle valait)(?: [a-z]+){0,2} $"
)
_OF_ANOTHER = re.compile(
    r" (?:pour|for|chez) (?:(?:[a-z'-]+ ){0,2}|l')<\d+>"
)  # « valorisée 3 milliards, contre 4 pour Verrine »
_TIMES = re.compile(
    r"(?:\bdoubl\w*|\btwice|\btripl\w*|\bquadrupl\w*|\btimes|\bfois)(?: (?:more|plus|que|than|the|de|des|les|du|la|l'|of))*[^<>#;.]{0,12}$"
)
# « soit 14 fois l'Ebitda de 132 millions »
_TIMES_EARNED = re.compile(
    r"(?:fois|times)\b.*(?:ebitda|earnings|benefice|profit|revenu|chiffre|sales|excedent|resultat)"
)
_ROUND = re.compile(
    r"\b(?:tour|levee|round|funding|fundrais\w+|financing|series [a-h]|serie [a-h]|investisseurs|backers|investors)\b"
)
_NO_TERM = re.compile(
    r"\bremet\b|au pot\b|\brajout\w*|milestones?|earmark\w*|set aside|mis\w* de cote|to improve|further|additional|supplementaire|complement|debt|dette|synerg\w+|savings|a year|par an|share\b|action\b|titre\b"
)

ONE_SHARE, SAME_AMOUNT, BESIDE, ANOTHERS = (
    "of one share",
    "the same amount in another currency",
    "beside another",
    "another's",
)
LEAST = 10_000  # what costs less is a share, a seat, a product: no company
_TOKEN = re.compile(r"\bsymboli\w+|\bnominal|\btoken\b")


def _size(q: Quantity) -> Decimal:
    """How much an amount comes to, so much as it is told."""
    told = q.value or q.hi
    return told if isinstance(told, Decimal) else Decimal(LEAST)


_FROM_SALES = re.compile(
    r" (?:from|of|de|in|en) (?:asset|further|other|its|the|ses|d'autres|nouvelles)? ?(?:asset )?(?:sales|disposals|divestments|cessions)\b"
)


def _by_default(scene: Scene, s: Sentence, q: Quantity) -> str | None:
    """What an amount is that no word explains: the price, where a sentence of the head names who buys whom.

    Of a company that nobody buys, and that raises money, it is the round.
    """
    a, b = s.at[q.start]
    if _NO_TERM.search(s.text[max(0, a - 70) : a] + s.text[b : b + 30]) or (q.value or q.hi or 0) < 100_000:  # type: ignore[operator]
        return None
    if any(o.kind == "money" and s.at[o.start][0] < a for o in s.quantities) or _ON_EXCHANGE.match(s.text, b):
        return None
    if (
        _FROM_SALES.match(s.text, b)
        or led_by(_WHICH_HAS, s.text, a)
        or led_by(_INCREASE, s.text, a)
        or _MORE_THAN.match(s.text, b)
        or _FOR_SERVICES.match(s.text, b)
        or (led_by(_TO_INVEST, s.text, a) and not SPENT_ON.match(s.text, b))
    ):
        return None
    right_after = re.search(
        r"<(\d+)>(?:'s)?(?:,| -| :) (?:(?:une emplette|a deal|un cheque|une affaire|une operation) (?:de|a|of) )?$",
        s.text[:a],
    )
    if right_after and s.ids[int(right_after[1])] in {t for _, t in s.sides}:
        return "price"
    if any(x and t for x, t in s.sides) or (None not in scene.deal and set(scene.deal) <= set(s.ids)):
        return "price"
    head = s.index < 4
    return "round_amount" if head and scene.deal[0] is None and _ROUND.search(s.text) else None


def _compared(
    s: Sentence, q: Quantity, property: str, cue: str, before: Proposal | None
) -> tuple[str, str, float] | None:
    """What an amount is that stands against the one before it: « contre 85 millions en 2024 », "double the $4.2 billion"."""
    if before is None:
        return None
    a = s.at[q.start][0]
    if (
        before.property == "valuation"
        and property in {"unclassified", "other", "price"}
        and _DEBT_INCLUDED.match(s.text)
        and q.kind == "money"
    ):
        return "valuation", "debt included", 0.25
    here = before.start in s.at
    if (
        here
        and q.kind == "money"
        and before.unit not in {q.unit, "percent"}
        and _SAME.fullmatch(s.text[s.at[before.start][1] : a])
    ):
        return before.property, SAME_AMOUNT, 0.3
    if (
        here
        and before.unit == q.unit
        and property in {"unclassified", "price"}
        and _JOINED.fullmatch(s.text[s.at[before.start][1] : a])
    ):
        return before.property, BESIDE, 0.2
    if (before.unit != q.unit and not q.inherited) or property == "previous_valuation":
        return None
    between = s.text[s.at[before.start][1] if here else max(0, a - 60) : a]
    of_sales = before.property.startswith("revenue") or before.property == "customer_spend"
    former = (
        _FORMER.search(between)
        if (here or _IT.match(s.text)) and property in {"unclassified", "price", "round_amount", before.property}
        else None
    )
    if property == "round_amount" and cue and re.search(r"(?:lev|round|tour|fund|rais).* (?:de|of)$", cue.strip()):
        former = None
    if (
        before.property == "valuation"
        and q.kind == "money"
        and property in {"unclassified", "price"}
        and _THEN_WAS.search(s.text[:a])
        and before.end > s.start - 120
    ):
        return "previous_valuation", "then", 0.25
    if before.property == "valuation" and former and here and _OF_ANOTHER.match(s.text, s.at[q.start][1]):
        return "valuation", ANOTHERS, 0.25
    times = None if property == "revenue" or _TIMES_EARNED.search(between) else _TIMES.search(between)
    if before.property == "valuation" and (former or times):
        return "previous_valuation", (former or times)[0].strip(), 0.25  # type: ignore[index]
    if (
        of_sales
        and not here
        and property in {"unclassified", "price"}
        and _IT.match(s.text)
        and (match := cues.FORECAST.search(s.text[:a]))
    ):
        return "revenue_forecast", match[0], 0.2
    if of_sales and here and property in {"unclassified", "price"}:
        if former:
            return before.property.removesuffix("_forecast"), former[0].strip(), 0.2
        if match := cues.FORECAST.search(between):
            return "revenue_forecast", match[0], 0.2
    return None


def meaning_of(scene: Scene, s: Sentence, q: Quantity, before: Proposal | None) -> tuple[str, str, float]:
    """(property, the cue's words, how near it is, 0 to 0.4) of an amount, which may stand against the one before it."""
    property, cue, near = _meaning(scene, s, q)
    if cue == ONE_SHARE:
        return property, cue, near
    return _compared(s, q, property, cue, before) or (property, cue, near)


def _meaning(scene: Scene, s: Sentence, q: Quantity) -> tuple[str, str, float]:
    """(property, the cue's words, how near it is, 0 to 0.4) of an amount: the nearest cue wins."""
    a, b = s.at[q.start]
    others = [s.at[o.start] for o in s.quantities if o.start != q.start and o.kind != "date"]
    edges = sorted(end for _, end in others if end <= a)
    if (
        edges
        and q.kind == "money"
        and (_RISES_TO.match(s.text[edges[-1] : a]) or _VALUES_SHARE.search(s.text[: edges[-1]].rstrip("#")))
    ):
        edges.pop()  # « ses ventes ont progressé de 9 %, à 168 millions »: the sales are both
    left_edge = edges[-1] if edges else 0
    left = s.text[left_edge:a]
    wide = s.text[max(0, a - 130) : a]
    left, wide = _DEBT_TOO.sub(_blank, left), _DEBT_TOO.sub(_blank, wide)
    if q.kind == "money":
        left = left.replace("#", "0")  # a date: it ends no clause
    if q.kind == "money" and 0 < _size(q) < LEAST and not _TOKEN.search(s.text, max(0, a - 20), b + 20):
        return "unclassified", ONE_SHARE, 0.0
    if _TYPICAL.search(s.text, 0, a):
        return "unclassified", "what is usual", 0.0
    if q.kind == "percent":
        return _stake_meaning(scene, s, q, wide if left_edge < a - 130 else left, s.text[b : b + 90])
    if led_by(_CREATES, s.text, a) and _CREATED.match(s.text, b):
        return "unclassified", "what is formed", 0.0
    if _POST_MONEY.match(s.text, b):
        return "valuation", "post-money", 0.4
    if _IN_ROUND.match(s.text, b):
        return "round_amount", "in a round", 0.3
    if q.start in s.framed:
        return "price", "given for a company", 0.3
    if _FOR_PART_OF.match(s.text, b) and re.match(
        r"[ -](?:price tag|investment|cheque|bet|outlay|investissement)", s.text[b:]
    ):
        return "price", "for a part of it", 0.3
    if _TAKES_WORTH.search(s.text, 0, a):
        return "price", "what a stake taken is worth", 0.3
    if _BOUGHT_FOR.search(s.text, 0, a) or _WHICH_COST.search(s.text, 0, a):
        return "price", "bought for", 0.4
    if s.text.endswith((" the ", " first "), 0, a) and _ATTRIBUTE.match(s.text, b):
        return "valuation", "the company's attribute", 0.2
    if _BY_SELLING.match(s.text, b):
        return "price", "by selling", 0.2
    if (_DEAL_COSTS.search(s.text[:a]) and not _MORE_THAN.match(s.text, b)) or (
        _BRACKETED.search(s.text[:a]) and DEALS_LISTED.search(s.text[:a])
    ):
        return "price", "what a deal costs", 0.2
    scored: list[tuple[float, str, str]] = []
    for name, (before, after) in cues.MONEY.items():
        if match := re.search(after, _IN_OTHER.sub("", s.text[b : b + 90], count=1)):
            if name == "revenue" and _PAST_AMOUNT_OF.match(match[0]):  # « pèse 2,3 milliards de chiffre d'affaires »
                scored.append((60, name, match[0].strip()))
            scored.append(
                (40 - match.end() / 2 + (20 if name in {"other", "customer_spend"} else 8), name, match[0].strip())
            )
        for match in re.finditer(before, left[-110:] if len(left) > 4 else wide):
            gap = len(left[-110:] if len(left) > 4 else wide) - match.end()
            scored.append((44 - gap / 1.6 + len(match[0]) / 20, name, match[0]))
    if _cash_and_stock(scene, s, q):
        return "unclassified", "in cash or in shares", 0.0
    if q.kind == "money" and _OF_WHICH.search(s.text, 0, a) and _FOR_PART.match(s.text, b):
        return "unclassified", "a part of the sum", 0.0
    if _UP_FRONT.match(s.text, b) and _told_more(scene, s, q):
        return "unclassified", "a part of the sum", 0.0
    if _of_parts(s, a) and _UPFRONT.match(s.text, b):
        return "unclassified", "a part of the sum", 0.0
    if _PART_OF.search(left) and _IN_KIND.match(s.text, b):
        return "unclassified", "in cash or in shares", 0.0
    bare = {"for", "pour", "in a", "a", "contre"}
    if any(name == "other" and score > 20 for score, name, _ in scored):  # "settled for": a bare preposition gives way
        scored = [item for item in scored if item[1] != "price" or item[2].strip() not in bare]
    allowed = [(score, name, cue) for score, name, cue in scored if score > 0 and _fits(scene, s, q, name, cue)]
    if not allowed:
        default = _by_default(scene, s, q)
        return (default, "the sentence's deal", 0.0) if default else ("unclassified", "", 0.0)
    score, name, cue = max(allowed, key=lambda item: item[0])
    direct = name in {"price", "round_amount", "other"} and _VALUED_AT.search(s.text, 0, a)
    if direct and _fits(scene, s, q, "valuation", "valued at"):
        return "valuation", "valued at", 0.4
    if name == "other":
        return "unclassified", cue, 0.0
    if name == "revenue" and (cues.FORECAST.search(left[-70:]) or _in_future(scene, s, q)):
        name = "revenue_forecast"
    return name, cue.strip(), round(min(0.4, score / 110), 2)


_AND_IN_STOCK = re.compile(
    r"(?:[^.;#<>]{0,30} (?:in|en) (?:cash|numeraire|especes|liquide))[^.;#]{0,14}(?:and|et|plus|,)[^.;#]{0,30}#+(?P<more> shares)?[^.;#]{0,40}(?:stock|shares|actions|titres)\b"
)


def _cash_and_stock(scene: Scene, s: Sentence, q: Quantity) -> bool:
    """Whether an amount is paid in cash and another beside it in shares, and the text has told what both come to."""
    if q.kind != "money" or not _AND_IN_STOCK.match(s.text, s.at[q.start][1]):
        return False
    after = [o for o in s.quantities if o.kind in {"money", "count"} and o.start > q.start][:1]
    both = _size(q) + (_size(after[0]) if after and after[0].kind == "money" else 0)
    told = [o for other in scene.sentences[: s.index + 1] for o in other.quantities]
    sums = [_size(o) for o in told if o.kind == "money" and o.start < q.start and o.unit in {q.unit, None}]
    return any(97 * both <= 100 * told_sum <= 140 * both for told_sum in sums)


def _own_sum(scene: Scene, s: Sentence, q: Quantity) -> bool:
    """Whether one of several companies of a sentence puts an amount of its own into the article's target."""
    several = len({*s.ids}) > 1 and scene.deal[1] is not None
    return several and OWN_SUM.search(s.text, 0, s.at[q.start][0]) is not None


# "about buying the 4 billion hospital operator"
_ATTRIBUTE = re.compile(
    r"(?: |-)(?:[a-z-]+ ){0,2}(?:operator|company|group|maker|retailer|firm|chain|lender|insurer|start-?up|giant|developer|provider)\b"
)
# "has acquired a stake in Verrine worth", « prend une participation dans Verrine d'une valeur de »
_TAKES_WORTH = re.compile(
    r"\b(?:acquir\w+|b[ou]\w*ght|buys?|buying|t[ao]k(?:es?|ing|en)|took|purchas\w+|acquis|prend\w*|pris|rachet\w+|achet\w+) (?:an? |une? )?(?:[a-z]+ ){0,2}(?:stake|holding|participation) (?:in|dans) (?:l')?<\d+>,? (?:worth|valued at|d'une valeur d[e']|pour une valeur d[e'])(?: [a-z]+){0,2} ?$"
)
# "a deal that would value Verrine at", « sa valorisation a récemment grimpé à »: whatever stands after it
_VALUED_AT = re.compile(
    r"\b(?:valu(?:e|es|ed|ing)|valoris\w+) (?:<\d+>|it|the (?:company|group|firm|business|start-?up)|l'(?:entreprise|ensemble)|la (?:societe|start-?up)|le groupe) (?:at|a)(?: [a-z]+){0,3} $|"
    r"\b(?:valuation|valorisation)\b[^.;#<>]{0,30} (?:be|is|was|of|at|est|serait|etait) (?:higher|superieure|more|greater|above|over)(?: than| a)?(?: [a-z]+){0,2} $|"
    r"\b(?:its|sa|la|the|<\d+>'s) (?:valuation|valorisation)(?: de <\d+>| of <\d+>)?(?: [a-z]+){0,2} (?:grimp|bond|mont|pass|s'eta?bli|attein|r[io]se|jump|climb|so?ar|surg|increas|doubl)\w*(?: [a-z]+){0,2} (?:a|to)(?: [a-z]+){0,3} $"
)
# "when it bought Verrine for", « avait repris Verrine en 2019 pour »
_BOUGHT_FOR = re.compile(
    r"\b(?:bought|acquired|purchased|took over|rachete|acquis|repris|achete|racheter|acquerir|buy|acquire) (?:[\w'-]+ ){0,4}?(?:l')?<\d+>(?: in #+| en #+| last [a-z]+)? (?:for|pour)(?: [\w']+){0,4} $"
)
# "the toolmaker Verrine, which cost 40 million"
_WHICH_COST = re.compile(
    r"<\d+>, (?:which|that|qui) (?:had |a |avait )?(?:cost|coute)(?: (?:it|lui))?(?: [a-z]+){0,2} $"
)
# "raised 900 million by parting with a tenth of"
_POST_MONEY = re.compile(r",? \(?(?:post|pre)-?money\b")
_IN_ROUND = re.compile(
    r" (?:en|par|via une|lors d'une|dans une|au titre d'une) augmentation de capital\b| (?:in|through|via) a capital (?:increase|raise|call)\b"
)
_BY_SELLING = re.compile(
    r" (?:by|through|en|grace a|from|via) (?:selling|parting with|offloading|disposing of|the (?:sale|disposal) of|cedant|vendant|se separant|la (?:vente|cession))\b"
)
# "Once borrowings are included, that goes up to", « En comptant la dette, le total monte à »
_DEBT_INCLUDED = re.compile(
    r"\s*(?:once|including|counting|with|taking|adding|if|en comptant|en incluant|avec|dette|en tenant compte)\b"
    r"[^#.;]{0,40}\b(?:debts?|borrowings|liabilities|dettes?)\b(?! of| de)[^#.;]{0,70} #"
)
# « l'opération valorise le groupe, dette comprise, à »: not the debt
_DEBT_TOO = re.compile(
    r",? ?\b(?:dette (?:nette )?(?:comprise|incluse)|including (?:net )?debt|debt included|y compris la dette|hors dette|excluding debt)\b(?! (?:of|de|d')),?|"
    r" \((?:hors|excluding|including|avant|before|net of|net d[eu'])[^()<>#]{0,30}\b(?:dettes?|debts?|borrowings)\b[^()<>#]{0,12}\)"
)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


# « (8,5 milliards, dont 5 pour les murs et 3 pour les brevets) »
_OF_WHICH = re.compile(r"#[^.;#()]{0,30}\b(?:dont|of which|including)\b(?:[^.;()<>]*\b(?:et|and))?(?: [\w']+){0,2} $")
_FOR_PART = re.compile(r" (?:pour|for) (?:the |le |la |les |l')")
_UP_FRONT = re.compile(r" (?:up-?front|up front|d'avance|a la signature)\b")


def _told_more(scene: Scene, s: Sentence, q: Quantity) -> bool:
    """Whether the text has told a larger sum before, of the same order."""
    told = [o for other in scene.sentences[: s.index + 1] for o in other.quantities]
    return any(
        o.kind == "money" and o.start < q.start and o.unit == q.unit and _size(q) < _size(o) < 9 * _size(q)
        for o in told
    )


_COLON = re.compile(r"#[^.;#]{0,25}: $")


def _of_parts(s: Sentence, position: int) -> bool:
    """Whether a sum stands before a colon and this amount after it: "for $900 million: $650 million upfront"."""
    return bool(led_by(_COLON, s.text, position))


_UPFRONT = re.compile(
    r" (?:up-?front|up front|in cash|at closing|en numeraire|comptant|a la signature|immediatement|d'abord|plus|now)\b"
)
_IN_OTHER = re.compile(r"^ \((?:[a-z' ]{0,12})#+\)")  # "3.7 billion pounds ($5 billion)"
_PAST_AMOUNT_OF = re.compile(
    r" (?:of|in|de|d'|en) ?(?:annual |net |total |yearly )?(?:revenues?|sales|chiffre|revenus|ventes|recettes|turnover)"
)
# What a market or a share price is worth is no company's valuation, but for a listing to come.
_OF_A_MARKET = re.compile(
    r"\b(?:marches?|market|secteur|industr(?:y|ie)|filiere)\b(?! (?:value|cap|share))(?:(?!, (?:desormais |deja |now |already |currently )?(?:valoris|valued|worth))[^<>;#]){0,90}$|"
    r"\b(?:titre|(?<!et )(?<!en )(?<!ou )actions?|(?<!-)(?<!and )(?<!in )(?<!or )shares?(?! (?:sale|offering|purchase))|(?<!-)(?<!and )(?<!in )(?<!or )(?<!sell )(?<!sells )(?<!selling )stock|trading|fell|rose|slid|gained|climbed|dropped|perdait|gagnait|reculait|cedait|progressait|bondissait)\b[^.;]{0,80}?\b(?:valoris\w+|valu\w+|worth)\b[^.;#]*$|\bmarket (?:value|cap\w*)[^.;#]{0,25}$"
)
# "Private equity firms have spent 19 billion on", « les fonds ont investi »: many, and none of the deal's
_OTHERS = re.compile(
    r"(?:(?:one|some|several|many|most) of |(?:l'un|certains|plusieurs) d')[^<>.;#]{0,30}\b(?:firms|funds|investors|companies|groups|banks|rivals|competitors|fonds|groupes|entreprises|banques|investisseurs|rivaux|concurrents|them|eux|elles|those|ces)\b|[a-z' -]{0,40}\b(?:firms|funds|investors|companies|groups|banks|fonds|groupes|entreprises|banques|investisseurs|start-ups)\b (?:have|had|spent|pour|invest|ont|avaient)"
)
_OF_THE_MARKET = re.compile(
    r"\b(?:marches?|market|secteur|industr(?:y|ie)|filiere)\b(?! (?:value|cap|share))[^<>;,#]{0,60}\b(?:pes\w+|worth|reach\w*|hit|valued|estim\w+|evalu\w+|represent\w*|attei\w+|total\w*|was|is)\b[^<>;#]{0,25}$"
)
_OF_A_SHARE = re.compile(
    r"\b(?:stake|holding|shareholding|interest|participation|part)\b[^.;,<>#]{0,12}(?:#+[^.;,<>#]{0,20})?\b(?:worth|valu\w+|valoris\w+|estim\w+|evalu\w+|valoir|valait|vau\w+)[^.;,<>#]{0,25}$"
)
_SHARE_WORTH = re.compile(
    r"\b(?:stake|holding|shareholding|interest|participation) (?:in|dans) (?:l')?<\d+>,? (?:(?:which|that|qui) )?(?:(?:is|was|now|currently|est|etait) )*(?:worth|valued at|evaluee? a|valorisee? a|d'une valeur d[e'])[^.;,<>#]{0,25}$"
)
_WHICH_IS_WORTH = re.compile(
    r"(?: [a-z]+){0,3},? (?:which |qui |that )?(?:is |are |est |was |were |sont )?(?:now |currently |actuellement )?(?:worth|valued at|valorisee?s? a|valant|vaut|vaut) [^#]{0,20}"
)
_ON_EXCHANGE = re.compile(
    r" (?:dans (?:l'hexagone|le monde|le pays)|a l'echelle|worldwide|globally)\b| (?:en|a la|sur la) bourse|[^.;#<>]{0,12} (?:stock market|market cap)"
)
_THE_MARKET = re.compile(
    r"\s*(?:the|le|la|this|ce|cette) (?:[a-z'-]+ ){0,5}?(?:market|marche|sector|secteur|industry|filiere)\b(?: [a-z'-]+){0,5},? (?:which is |is |is now |qui |est )?(?:worth|valued|estime|evalue|valorise|pese|vaut)"
)
_ON_SALE = re.compile(
    r"\b(?:on the block|for sale|up for auction|on the market|en vente|a vendre|put up|aux encheres)\b"
)
_IN_THE_MARKET = re.compile(
    r"\s*(?:en bourse|a la bourse|sur le marche|on the (?:stock market|exchange)|at (?:[a-z]+ )?closing price)\b"
)
_LISTING = re.compile(
    r"introduction|\bipo\b|listing|cotation|offering|went public|par action|l'action|a share|per share"
)
_RISES_TO = re.compile(
    r",? ?(?:[a-z' ]{0,12}#{4,14})?,? ?(?:to|a|at|pour atteindre|atteignant|reaching)(?: [a-z]+){0,2} $"
)
_PART_OF = re.compile(
    r"(?:includes?|including|dont|y compris|comprising|consisting of|of which|soit|and|et|plus)\b(?: [\w']+){0,2} $"
)
_IN_KIND = re.compile(
    r" (?:(?:in|en|worth of|of|de) [^.;,#]{0,24}(?:cash|stock|shares|actions|numeraire|titres|debt|dette|units)|worth of)"
)


def _fits(scene: Scene, s: Sentence, q: Quantity, name: str, cue: str) -> bool:
    """Whether a cue may mean its property here: a price needs a deal, a customer's spend a customer that is not the buyer."""
    if name == "price":
        if _YEARLY.match(s.text, s.at[q.start][1]):
            return False
        if cue.startswith("invest") and _BY_THEN.match(s.text, s.at[q.start][1]) and not s.sides:
            return False
        if re.match(r"invest|mise", cue) and not (
            s.sides
            or scene.deal[1] in s.ids
            or topic_of(scene, s, s.at[q.start][0])
            or (all(scene.deal) and {*s.ids} <= {scene.deal[0]} and led_by(_MAY_INVEST, s.text, s.at[q.start][0]))
            or _IN_IT.match(s.text, s.at[q.start][1])
            or _own_sum(scene, s, q)
        ):
            return False
        if (
            (re.search(r"client|customer", s.text) or PAID_ON.search(s.text))
            and customer_of(scene, s)
            and not re.search(r"acqui|rachet|rachat|\bbuy", s.text)
        ):
            return False
        if _PROCEEDS.search(s.text[: s.at[q.start][0]]):
            return False
        if cue.strip().startswith(("pay", "paid", "vers", "pai")) and _TO_SETTLE.match(s.text, s.at[q.start][1]):
            return False
        if _OF_ROUND.match(s.text, s.at[q.start][1]) or cue.strip() == "prior to the deal":
            return False
        if led_by(_UP_TO_ALL, s.text, s.at[q.start][0]) and re.match(r" up-?front\b", s.text[s.at[q.start][1] :]):
            return False
        if led_by(_INCREASE, s.text, s.at[q.start][0]) or _MORE_THAN.match(s.text, s.at[q.start][1]):
            return False
        if _FOR_SERVICES.match(s.text, s.at[q.start][1]):
            return False
        if led_by(_INITIAL, s.text, s.at[q.start][0]):
            return False
        if _SO_FAR.match(s.text, s.at[q.start][1]) or _INSTALMENT.match(s.text, s.at[q.start][1]):
            return False
        if _NEW_GROUP.search(s.text[: s.at[q.start][0]]):
            return False
        if q.hedge == "vague" and led_by(_LATEST, s.text, s.at[q.start][0]):
            return False
        if _PUTS_VALUE.search(f"{cue} {q.text} {s.text[s.at[q.start][1] : s.at[q.start][1] + 30]}"):
            return False
        if (
            re.match(r"vend|sold|achet|bought|sell", cue) or led_by(_BUYS_FOR, s.text, s.at[q.start][0])
        ) and _OF_GOODS.match(s.text, s.at[q.start][1]):
            return False
        if re.match(r"invest|spen|mett|depens", cue) and _PROMISED.search(s.text, 0, s.at[q.start][0]):
            return False
        if cue.startswith("invest") and _TO_BUILD.match(s.text, s.at[q.start][1]):
            return False
        if _FOR_RIGHTS.match(s.text, s.at[q.start][1]) and not s.sides:
            return False
        if _ON_SEVERAL.match(s.text, s.at[q.start][1]):
            return False
        if re.match(r"spen|depens", cue) and _ON_GOODS.match(s.text, s.at[q.start][1]):
            return False
        if _MANY_DEALS.search(s.text[: s.at[q.start][0]]):
            return False
        if re.match(r"appor|inject|invest|mise|pay|put|financ|met", cue) and _REST.match(s.text, s.at[q.start][1]):
            return False
        offered = re.search(
            rf"stopped|bowed|dropped out|arrete|failed|fell short|stayed|depasse|consent|seek|ask|hop|demand|reclam|refus|exchange|return|echange|dangl|miroiter|offer|offert|not enough|too (?:low|little|small)|insuff|suffi|\ben (?:demand|reclam|voul|esper)|sur la table|on the table|addition|transaction|prets? a|ready to|willing to|prepared to|buyers? (?:at|for)|(?:acheteur|repreneur|acquereur)s? (?:a|pour)|trop (?:peu|bas)|\bbids?\b|propos|\bpa(?:y|id|ie)|debours|par (?:action|titre)|(?:a|per) share|{cues.COMES_FROM}<$",
            f" {cue}",
        )
        if re.search(r" (?:generer|rapporter|generate|bring in)$", cue):
            return any(SELL.search(told.text) for told in scene.sentences[max(0, s.index - 3) : s.index + 1])
        if re.match(r"empoch|pocket|rapport|recevr|encaiss|engrang|recoit|receiv|(?:re)?tir", cue):
            sold = SELL.search(s.text) or _FOR_SHARE.match(s.text, s.at[q.start][1])
            return bool(s.sides or sold)
        if led_by(_OF_THE_MARKET, s.text, s.at[q.start][0]):
            return False
        if cue.startswith("fetch") and not all(scene.deal):
            return False
        if _OTHERS.match(s.text) and not set(scene.deal) & {*s.ids}:
            return False
        offered = offered or _FOR_SHARE.match(s.text, s.at[q.start][1])
        strong = scene.deal_by(s) and cues.STRONG.match(cue.strip(" -"))
        given = all(scene.deal) and re.match(
            r"y consacr|apport|inject|debours|vers|pa[yi]|put|mis|met|shell|splash|fork|stump|bet|dans|chez|into", cue
        )
        put_in = _own_sum(scene, s, q) or led_by(_MAY_INVEST, s.text, s.at[q.start][0])
        return bool(offered or given or put_in or strong or cues.DEAL_WORDS.search(s.text) or s.sides) and not (
            cue in {"for", "pour", "in a"} and s.at[q.start][0] > 3 and not _close(s, q, cue)
        )
    if name in {"valuation", "previous_valuation"}:
        a, b = s.at[q.start]
        if _THE_MARKET.match(s.text):
            return False
        if _FOR_PART_OF.match(s.text, b):
            return False
        if cue.startswith("price tag") and _ON_SALE.search(s.text[:a]):
            return False
        if _UNICORN.search(s.text, max(0, a - 220), a):
            return False
        if _IN_THE_MARKET.match(s.text) and not _LISTING.search(s.text):
            return False
        percents = [s.at[o.start][1] for o in s.quantities if o.kind == "percent" and s.at[o.start][1] < a]
        if percents and _WHICH_IS_WORTH.fullmatch(s.text[percents[-1] : a]):
            return False
        if _SHARE_WORTH.search(s.text[:a]) or _OF_A_SHARE.search(s.text[:a]) or _GOODS_WORTH.search(s.text[:a]):
            return False
        if _NEW_GROUP.search(s.text[:a]) or _IN_ALL.search(s.text[:a]) or _DEAL_WORTH.search(s.text[:a]):
            return False
        if cue.endswith("valeur") and _GAINED.search(s.text[:a]):
            return False
        if cue == "de valorisation" and re.match(
            r"(?:le |the )?(?:milliard|billion)\b", q.text
        ):  # « le milliard de dollars de valorisation »: a threshold
            return False
        of_whole = re.match(r"(?:enterprise|equity) value|valeur d'entreprise|post-|pre-", cue)
        of_whole = of_whole or _EXCHANGED.search(s.text[:a]) or _AT_VALUE.search(s.text[:a])
        return not ((_OF_A_MARKET.search(s.text[:a]) and not of_whole) or _ON_EXCHANGE.match(s.text, b)) or bool(
            _LISTING.search(s.text)
        )
    if name == "round_amount" and led_by(_INCREASE, s.text, s.at[q.start][0]):
        return False
    if name == "round_amount" and re.match(r"obt|secur", cue) and re.search(r"exclusiv", s.text):
        return False
    if name == "revenue" and led_by(_REFUSED, s.text, s.at[q.start][0]):
        return False
    if name == "revenue" and re.match(r"encaiss|engrang", cue) and SELL.search(s.text):
        return False
    if name == "customer_spend":
        return (
            customer_of(scene, s) is not None
            and scene.deal[1] is not None
            and bool(cues.CUSTOMER.search(s.text) or PAID_ON.search(s.text))
        )
    return True


_REFUSED = re.compile(
    r"\b(?:refus|rejet|repouss|offre|offer|bid|approach|proposal|reject|rebuff)\w*[^.;#]{0,35}(?:#+[^.;#]{0,6})?$"
)
# « compte investir 6 millions d'ici à 2027 »: in its own works
_BY_THEN = re.compile(
    r" (?:d'ici|by #|by the end|over (?:the (?:next|coming)|\w+ years)|sur \w+ ans|in the (?:next|coming)|au cours des|chaque annee)"
)
_GAINED = re.compile(
    r"\b(?:appor|rapport|gagn|perd|pris\b|prend|pren|cre|detrui|effac|evapor|lost|wip|gain|add)\w*[^.;#]{0,30}$"
)
# « le produit net de la vente atteindra »: what the seller keeps
_PROCEEDS = re.compile(
    r"\b(?:produit (?:net )?de (?:la |cette |sa |ces )?(?:cession|vente)|(?:net )?proceeds)\b[^.;#]*$"
)
# "will receive 5 million for her shares"
_FOR_SHARE = re.compile(
    r" (?:for|pour) (?:his|her|their|its|sa|ses|son|leurs?) (?:[a-z-]+ ){0,3}?(?:shares?|stake|holding|interest|parts?|actions|participation|titres)\b"
)
# "have put 400 million into Verrine so far": in all their rounds
_SO_FAR = re.compile(
    r"[^.;#,]{0,40} (?:so far|to date|jusqu'ici|a ce jour|jusqu'a present|since (?:its (?:creation|founding|launch)|it was founded)|depuis (?:sa (?:creation|fondation)|son lancement))\b"
)
# "will get 0.7 of a share for each one they own, valuing the lender at"
_EXCHANGED = re.compile(
    r"\b(?:for (?:each|every|one)|in exchange|echange de titres|contre (?:une|chaque)|exchange ratio|parite)\b"
)
_AT_VALUE = re.compile(
    r"\b(?:transaction|deal|offer|bid|takeover|offre|operation) (?:that|which|qui) (?:would )?(?:valu|valoris)\w+ (?:<\d+>|the [a-z' -]{3,60})[^#<>]{0,60}$|\b(?:avec une|at an?|with an?|a une|sur la base d'une) (?:[a-z]+ )?(?:valuation|valorisation)\b[^#.;]{0,25}$"
)
# "a unicorn, a start-up worth at least": what the word means
_UNICORN = re.compile(
    r"\b(?:licornes?|unicorns?|decacornes?)\b[^.;#]*\b(?:une?|an?|des|les|ces|these|those|firms|companies|start-ups) [^.;#<>]{0,40}(?:valorisee?s?|valued|worth)\b[^.;#<>]*$"
)
_PUTS_VALUE = re.compile(
    r"\b(?:puts?|putting|plac\w+|attach\w*|imply\w*|implies) (?:an? )?(?:[^<>;#]{0,30} )?(?:value|valuation)\b"
)
# "would have to pay 62 million to fund its pensions"
_TO_SETTLE = re.compile(
    r"[^.;#<>]{0,35} (?:to|pour|afin de) (?:fund|cover|settle|meet|repay|plug|financer|couvrir|regler|rembourser|combler)\b"
)
_OF_ROUND = re.compile(
    r"[ -](?:[a-z]+[ -]){0,2}(?:series [a-h]|seed|funding|financing)(?: [a-z]+)? (?:round|raise)\b| raised by\b"
)
# "raise its bid by as much as 2 billion"
_INCREASE = re.compile(
    r"\b(?:a la hausse|relevee?|majoree?|augmentee?) de(?: [a-z]+){0,2} $|\b(?:rais|increas|lift|sweeten|cut|lower|reduc|boost)\w*\b[^.;#]{0,60} by(?: [a-z]+){0,3} $"
)
# « a promis d'investir 12 millions »: in what it takes over
_PROMISED = re.compile(
    r"\b(?:promis\w*|promet\w*|pledg\w*|vow\w*|s'engage\w*|committ?\w*) (?:to|a|d'|de) ?(?:invest\w*|spend|mettre|depenser|inject\w*)(?: [a-z]+){0,3} $"
)
_INITIAL = re.compile(r"\b(?:an?|un|une) (?:initial|up-?front|first) (?:[a-z]+ )?$")
_MORE_THAN = re.compile(r" (?:de plus que|more than (?:planned|expected|first|initially|announced))\b")
# "the 14 billion price tag for nearly half of the company", "a 10 billion investment for a 10% stake"
_FOR_PART_OF = re.compile(
    r"[ -](?:price tag|investment|cheque|bet|outlay|bill|investissement)? ?(?:for|on|pour|contre) (?:(?:an?|the|une?) )?(?:[a-z]+ ){0,3}(?:half|(?:third|quarter|tenth)|#+ (?:stake|share|interest|holding)|stake|#+ of|moitie|tiers|#+ du capital)\b"
)
# "had planned to pay Verrine 200 million this year for training data": its customer does
_FOR_SERVICES = re.compile(
    r" (?:#+ |a year |this year |in #+ )?(?:for|on|pour) (?:[a-z0-9'-]+ |<\d+>'s ){0,5}?(?:data|donnees|services|annotation|labelling|labeling)\b(?!-| (?:company|firm|start-?up|cent\w+|group|provider|business|specialist|platform|shop|unit|arm))"
)
# "a total of up to 600 million, investing 240 million upfront"
_UP_TO_ALL = re.compile(r"\b(?:total|up to|in all|au total|jusqu'a)\b[^.;]*#[^.;]*$")
# "the lender is considering investing between"
_MAY_INVEST = re.compile(
    r"\b(?:considering|in talks|discussing|could|envisage|songe|pourrait|discute)\b[^.;#<>]{0,30}\b(?:invest|investing|investir|putting|mettre|d'investir)(?: [a-z]+){0,3} ?$"
)
# "which boasts a 100 billion collection of"
_WHICH_HAS = re.compile(
    r"\b(?:which|that|who|qui) (?:boasts?|has|have|manages?|runs?|oversees|gere|compte|affiche|dispose d)\b[^.;#<>]{0,14}$"
)
_TO_INVEST = re.compile(r"\binvest(?:s|ed|ing|ir|it)?(?: [a-z]+){0,3} $")
# "an investment of 4 billion in the company"
_IN_IT = re.compile(
    r" (?:in|into|dans) (?:the (?:[a-z-]+ ){0,2}(?:company|start-?up|group|firm|business)|la (?:societe|start-?up|jeune pousse)|l'entreprise|le groupe)\b"
)
# "the deal entails a 1 billion initial payment": a part of the price
_INSTALMENT = re.compile(
    r"[ -](?:initial|first|up-?front|down|deposit|advance) ?payment\b| (?:d'acompte|de paiement initial)\b"
)
# "the latest of several multibillion-dollar deals": no price of this one
_LATEST = re.compile(
    r"\b(?:latest|another|string of|wave of|flurry of|rash of|series of|serie de|vague de)(?: [a-z-]+){0,2} $"
)
# "to create a 14 billion group": what the two become
_CREATES = re.compile(
    r"\b(?:creat(?:e|es|ed|ing)|form(?:s|ing)?|former|creer|creent|creera|creerait|creant|naissance a) (?:an? |un |une )?(?:[a-z]+ )?$"
)
_CREATED = re.compile(
    r"[- ](?:[a-z]+ ){0,2}(?:group|company|entity|business|giant|division|firm|champion|lender|miner|retailer|maker|insurer|bank|powerhouse|groupe|geant|ensemble|acteur)\b"
)
# "a typical deal sees a fund put 5 million in"
_TYPICAL = re.compile(
    r"\b(?:typical|typically|usually|generally|on average|en general|generalement|habituellement|d'ordinaire|en moyenne)\b"
)
# "a merger that would create a group worth": neither side's
_NEW_GROUP = re.compile(
    r"\b(?:combined|merged|enlarged) (?:company|group|entity|business|firm|groupe|societe)\b[^.;#<>]{0,45}$|\binto an? (?:separate|new|stand-?alone|listed)\b[^.;#<>]{0,50}$|\b(?:creat\w*|produc\w*|form(?:s|ing)?|form\w+ un|donn\w+ naissance a|naitr\w+|cre(?:er|era|erait|ant))\b[^.;#<>]{0,40}\b(?:group|company|entity|business|giant|groupe|ensemble|champion|acteur|geant)\b[^.;#<>]{0,40}$"
)
# "the buyout was valued at", « le rachat était estimé à »: what the deal costs
_DEAL_WORTH = re.compile(
    r"\b(?:montant|somme|prix|sum|amount) (?:est |etait |is |was )?(?:estimee?|evaluee?|chiffree?|estimated|put) (?:a|at)\b[^.;#]{0,20}$|"
    r"\b(?:merger|agreement|accord|fusion)(?: agreement)? (?:worth|valued at|evaluee? a|chiffree? a)\b[^.;#]{0,20}$|\b(?:offers|bids|proposals|approaches)\b[^.;#]{0,45}? the (?:first|second|latest|last|best|highest|most recent|initial)(?: of (?:which|them))? (?:worth|valued at)\b[^.;#]{0,20}$|"
    r"\b(?:deal|buyout|buy-out|takeover|offer|transaction|purchase|acquisition|bid|rachat|operation|offre|reprise|cession|vente)\b(?: de [^.;#]{0,25})? (?:(?:was|is|has been|had been|a ete|est|etait|avait ete) )?(?:valued|estimated|priced|put|evaluee?|estimee?|chiffree?) (?:at|a)\b[^.;#]{0,20}$"
)
_DEAL_COSTS = re.compile(
    r"\b(?:deal|takeover|transaction|acquisition|purchase|rachat|operation|reprise|offre|stake|participation)\b[^.;]{0,160} (?:coute\w*|costs?|cost|would cost)\b(?:[^.;#<>]{0,50}|[^.;<>]{0,50}#+ (?:de plus|more) [^.;#<>]{0,25},? (?:a|to) )$"
)
_BRACKETED = re.compile(
    r"<\d+> \((?:[\w']+ ){0,3}$"
)  # « parmi ses acquisitions, Verrine (3 milliards) et Halmar (1 milliard) »
# "has since spent 700 million on automation", "the value of bids for mid-cap companies has reached"
_ON_GOODS = re.compile(
    r"(?: de dollars| d'euros)? (?:afin de|pour|to) (?:develop\w*|construire|build|batir|form\w*|bolster)\b|(?: #+)? (?:on|en|sur) (?!.{0,40}\b(?:acqui|buy|purchas|takeover|stake|compan|business|firm|start|rachat|rachet|societe|entreprise))[^<>#.;]{3,40}(?:[.,;]|$)"
)
# "has spent 60 million on five printers since": not one deal
_ON_SEVERAL = re.compile(
    r" (?:on|in|for|sur|dans|pour|en) (?:more than |over |about |some |plus de |pres de |une |ses |its |les |the |last )*(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|several|other|many|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|dizaine|vingtaine|plusieurs|autres|[0-9]+)\b"
    r" (?:[a-z-]+ ){0,3}?(?:[a-z-]+s|acquisitions?|deals|rachats)\b"
)
# "will invest 50 billion to form a joint company"
_TO_BUILD = re.compile(
    r" (?:in|into) (?:(?:enlarg|expand|build|develop|upgrad|improv|moderni[sz])ing\b|(?:its|their) (?:own )?(?:[a-z]+ ){0,3}(?:infrastructure|capacity|plants?|stores|network|data)\b)| (?:to|pour|afin de) (?:form|build|develop|create|set up|open|expand|launch|moderni[sz]e|former|construire|developper|creer|ouvrir|lancer|moderniser|agrandir)\b"
)
# "will pay 250 million upfront for the rights to sell"
_FOR_RIGHTS = re.compile(
    r"[^<>.;#]{0,40} (?:for|to (?:gain|get|obtain|secure|license)|pour (?:obtenir|acquerir)|contre) [^<>.;#]{0,40}\b(?:rights|licen[cs]e|access|droits|licence)\b"
)
# « a vendu pour 190 millions d'euros d'huiles »
_OF_GOODS = re.compile(
    r" (?:de |d'|of |worth of )(?!(?:actions|titres|parts|shares|stock|assets|actifs|its|ses|leurs|the|la|les?|bonds|obligations|creances|loans|more|plus)\b)(?:[a-z'-]{3,}s|puissance|capacite|materiel|energie|electricite|marchandise|logiciel|(?:[a-z]+ )?(?:compute|computing|power|capacity|equipment|electricity|energy|software|services))\b"
)
_BUYS_FOR = re.compile(r"\b(?:achet|vend)\w* (?:[a-z]+ )?pour (?:[a-z]+ ){0,3}$")
_MANY_DEALS = re.compile(
    r"\b(?:deals|takeovers|acquisitions|mergers|purchases|fusions|rachats)\b,? (?:worth|totall?ing|of|with an? (?:total|combined|aggregate) (?:value|price|cost) of|for a total of|pour un total de|d'un total de|representant|d'une valeur de|adding up to)(?: [a-z]+){0,3} $|\b(?:bids|deals|takeovers|acquisitions|mergers|fusions|rachats|operations)\b(?: [a-z'-]+){0,4} (?:companies|firms|groups|sector|entreprises|societes|secteur)\b[^<>#.;]*$"
)
_IN_ALL = re.compile(
    r"\b(?:deals|takeovers|acquisitions|mergers|purchases) with an? (?:total|combined|aggregate) value of(?: [a-z]+){0,2} $"
)
_GOODS_WORTH = re.compile(
    r"\b(?:figure|sum|amount),? (?:now |today )?worth\b[^.;#]{0,20}$|\b(?:titres|actions|shares|stock|units|options)\b[^.;#]{0,25}(?:pour une|d'une|for a|with a) (?:valeur|value)(?: totale| total)? (?:d[e'] ?|of )(?:[a-z]+ ){0,2}$|\b(?:plus-values?|gains?|profits?|pertes?|losses|dettes?|debts?|fortune) (?:nette? |alors |now |net )?(?:estimee?s?|evaluee?s?|estimated|valued|put) (?:a|at)(?: [a-z]+){0,2} $|\b[a-z]{3,}s (?:(?:evalue|estime|valorise)e?s a|valued at)(?: [a-z]+){0,2} $|\b(?:contracts?|contrats?|orders?|commandes?)\b[^.;]{0,45}(?:worth|valued at|d'une valeur de|d'un montant de|valant)\b[^<>#.;]{0,20}$|\b[a-z]{3,}[^su'\W]s (?:worth|valued at|d'une valeur de|d'un montant de|valant)\b[^<>#.;]{0,20}$"
)
# "will put in 150 million, the rest being borrowed": a part of the price
_REST = re.compile(
    r"(?:,| and| et)?(?: [a-z' ]{0,40},| with| tandis que| while)? (?:le reste|le solde|the rest|the remainder|the balance)\b"
)
_YEARLY = re.compile(r" (?:a year|par an|per year|annually|each year|chaque annee|par mois|a month|annuels?)\b")


def _close(s: Sentence, q: Quantity, cue: str) -> bool:
    """Whether a preposition stands right before the amount, hedges apart."""
    a, _ = s.at[q.start]
    return bool(led_by(re.compile(rf"\b{cue} (?:[\w'-]+ ){{0,5}}$"), s.text, a))


def _stake_meaning(scene: Scene, s: Sentence, q: Quantity, left: str, right: str) -> tuple[str, str, float]:
    """A stake where one is taken, and nothing where a percentage grows, is kept or is a premium."""
    if q.unit != "percent":
        return "unclassified", "", 0.0
    before = list(re.finditer(cues.STAKE[0], left[-100:]))
    after = re.search(cues.STAKE[1], right)
    against = list(re.finditer(cues.NOT_STAKE[0], left[-60:]))
    if re.search(cues.NOT_STAKE[1], right):
        return "unclassified", "", 0.0
    if _FROM_TO.search(s.text[: s.at[q.start][0]]):
        return "unclassified", "what it rises to", 0.0
    if _TIMES.search(left):
        return "unclassified", "times another", 0.0
    if led_by(_TO_LEVEL, s.text, s.at[q.start][0]):
        return "unclassified", "what it rises to", 0.0
    if _GIVES.search(left):
        return "stake_acquired", "gives", 0.2
    if _SHAREHOLDERS_OWN.search(left) or _TENDERED.search(left):
        return "unclassified", "what shareholders will own", 0.0
    if _THRESHOLD.search(left):
        return "unclassified", "a threshold", 0.0
    if _SHARE_PRICE.search(left):
        return "unclassified", "a share's price", 0.0
    theirs = _OWNS_THEN.search(left)
    if theirs and s.ids[int(theirs[1] or theirs[2])] != scene.deal[0] and scene.deal[0] in s.ids:
        return "unclassified", "another's", 0.0
    if _VALUES_SHARE.search(left) or _PART_OF_THEIRS.search(left) or _HAS.search(left):
        return "unclassified", "what is held or valued", 0.0
    held = _THEIRS.search(left)
    if held and s.ids[int(held[1])] != scene.deal[0]:
        return "unclassified", "another's", 0.0
    if _OPTION.search(left):
        return "unclassified", "an option", 0.0
    near = s.text[max(0, s.at[q.start][0] - 130) : s.at[q.start][0]]
    if _AND_ANOTHER.search(s.text[: s.at[q.start][0]]) and (cues.KEEPS.search(near) or _HAS_ONE.search(near)):
        return "unclassified", "kept", 0.0
    following = [o for o in s.quantities if o.kind == "money" and o.start > q.start]
    if _TO_A_PRICE.match(right) and following and _size(following[0]) < LEAST:
        return "unclassified", "a share's price", 0.0
    kept = [m.end() for m in cues.KEEPS.finditer(left[-100:])]
    if kept and kept[-1] >= max(
        [m.end() for m in before if not re.match(r"\s?(?:stake|participation)", m[0])], default=0
    ):
        return "unclassified", "kept", 0.0
    gap = len(left[-100:]) - before[-1].end() if before else 999
    gap_against = len(left[-60:]) - against[-1].end() if against else 999
    if gap_against < gap:
        return "unclassified", against[-1][0], 0.0
    if _MONEY_FOR.search(s.text, 0, s.at[q.start][0]) and re.search(cues.STAKE[1], right):
        return "stake_acquired", "for so much", 0.3
    if _THE_REST.search(left) and right.startswith(" restant"):
        return "stake_acquired", "puis les restants", 0.2
    if after and (before or _HOLDING.search(after[0])):
        return "stake_acquired", (before[-1][0] if before else after[0]).strip(), 0.35
    if before and gap < 45:
        return "stake_acquired", before[-1][0], 0.2
    return "unclassified", "", 0.0


_FROM_TO = re.compile(r"\b(?:from|de) (?:about |environ )?#+ (?:to|a)(?: [a-z]+)? $")
# "would hand Ostrea a 30 per cent shareholding", « donne à Ostrea 30 % du capital »
_GIVES = re.compile(
    r"\b(?:hand|giv|gave|grant|award|donn|confer|accord|octroi)\w* (?:a |au |aux )?(?:[a-z']+ ){0,3}?<\d+> (?:an? |une? )?(?:[a-z]+ )?$"
)
# "Ostrea shareholders will own about 8 percent"
_SHAREHOLDERS_OWN = re.compile(
    r"\b(?:shareholders|stockholders|unitholders|holders|actionnaires)(?: of (?:the )?<\d+>| de <\d+>| d'<\d+>)? (?:(?:will|would|are to|to|should|shall) )?(?:own|hold|have|get|receive|detien\w*|posseder\w*|auront|recevr\w*)\b[^.;#]{0,25}$"
)
# « des engagements d'apport représentant 68 % du capital »
_TENDERED = re.compile(
    r"\b(?:engagements? d'apports?|irrevocable (?:undertakings|commitments|acceptances)|(?:undertakings|acceptances) (?:from|for|representing))\b"
)
# "to increase its stake in its Indian unit to 75 percent"
_TO_LEVEL = re.compile(
    r"\b(?:increas|rais|lift|boost|bring|brought|port|augment|accr|hiss|mont|tak|took)\w* (?:its|his|their|her|sa|son|leur|la|the) (?:[a-z]+ )?(?:stake|holding|shareholding|interest|participation|part)\b[^.;#]{0,50} (?:to|a) (?:[a-z]+ ){0,3}$"
)
_THRESHOLD = re.compile(
    r"\b(?:s'(?:il|elle|ils|elles) |si |if (?:it|he|she|they) |once (?:it|they) |des (?:qu'(?:il|elle) )?|seuil de |threshold of |minimum of |minimum de |condition\w* (?:of|de|on) |at least |au moins )"
    r"(?:[a-z']+ ){0,3}?(?:depass\w+|attei\w+|franchi\w+|obt\w+|reuni\w*|recueill\w+|reach\w*|exceed\w*|pass\w*|cross\w*|gets?|wins?|secur\w+|receiv\w+|acceptances? (?:of|from)|(?<=seuil de )|(?<=threshold of )) ?(?:[a-z']+ ){0,3}$"
)
# "paid 925 million for 10.5% of", « 200 millions en échange de 5 % du capital »
_MONEY_FOR = re.compile(
    r"(?:paid|pays?|paying|spent|invest\w*|paye|verse\w*|debourse\w*)(?: [a-z]+){0,3} #+(?: \([^()<>]*\))? (?:for|pour|contre|in (?:exchange|return) for|en echange d[e'])(?: [a-z]+){0,3} ?$"
)
_THE_REST = re.compile(r"\b(?:puis|then|et|avant) (?:les|des) $")
_SHARE_PRICE = re.compile(
    r"\b(?:l'action|(?:le|son|ce|dont le) titre|son action|(?:the |its )?shares|(?:the |its )?stock)\b[^.;#]{0,40}\b(?:pren\w+|pris|gagn\w+|ced\w+|perd\w*|lach\w+|abandonn\w+|rose|fell|up|down)\b[^.;#]{0,15}$"
)
_OWNS_THEN = re.compile(
    r"<(\d+)>,? (?:will|would|to|itself) (?:own|hold|have)\b[^<>.;#]{0,20}$|<(\d+)>,? (?:detiendra|aura)\w*[^<>.;#]{0,20}$"
)
_VALUES_SHARE = re.compile(r"(?:valoris|valu)\w+ (?:les |the )?(?:a )?$")  # « ce prix valorise 100 % des titres à »
_PART_OF_THEIRS = re.compile(
    r"\b(?:half|moitie|third|tiers|quarter|quart|part|some|partie) (?:of|de|d')(?: (?:its|his|her|their|sa|ses|leur))? $"
)
_AND_ANOTHER = re.compile(
    r"#+ (?:stake|share|interest|holding|participation|of|de|du)\b[^#.;]{0,60} (?:and|et) (?:an? |une? )?$"
)
_TO_A_PRICE = re.compile(r",? (?:a|to|at) #")
_THEIRS = re.compile(r"<(\d+)>'s (?:existing |remaining |current )?$")
_HAS = re.compile(
    r"\b(?:sa|its|his|her|their) (?:[a-z]+ )?(?:participation|stake|holding|part)\b[^.;<>]{0,25}\b(?:s'etabli\w+|s'elev\w+|se mont\w+|ressort\w*|attein\w+|stands?|stood|com(?:es|ing) to|c[ao]me to|amount\w*|reach\w*|total\w*)\b[^.;<>]*$|"
    r"(?<!devient le )(?<!devenu le )(?<!devenue le )(?<!devient )(?<!deviendra )(?<!deviendra le )(?<!becoming )(?<!become )(?<!becomes )\b(?:premier|principal|largest|biggest|top) (?:actionnaire|shareholder|owner|holder)\b[^.;#]{0,45}\b(?:avec|with|a)(?: [a-z]+){0,2} $|(?:<\d+>,?|which|who|qui) (?:which |who |qui )?(?:(?:also|already|still) )?(?:a|ont|has|had|have|avait|avaient|detiennent|detenaient|possedent) (?:(?:aussi|deja|egalement|also|already|still) )?(?:a |an |une? )?$|\b(?:porte|portant|porter|bring\w*|brought|takes|taking) (?:its|his|sa|son|the|la) (?:[a-z]+ )?(?:participation|stake|holding|part)\b[^.;#]{0,50}$"
)
_HAS_ONE = re.compile(r"\b(?:has|have|had|avait|a|ont) (?:an? |une? )?#+ (?:stake|share|holding|interest|d[eu'])")
_OPTION = re.compile(r"\b(?:en mesure|possibilite|able|allows?|options?|right|droit|call|put)\b[^.;#]{0,60}$")
_HOLDING = re.compile(
    r"restant|remaining|went|go(?:es|ing)|revien|\bira|iront|passe|stake|capital|parts|<|holding|interest|shares|equity|actions|titres|participation"
)


_FORMER_VALUE = re.compile(
    r"\b(?:at (?:its|the) (?:peak|height|zenith)|in its heyday|au plus haut|a son (?:apogee|zenith)|au sommet)\b[^.;#]*$|"
    r"\b(?:at one (?:time|point)|naguere|un temps)\b[^.;#]*$|\b(?:by|en|fin|des) #+,? (?:<\d+>|it|elle|il|she|he|they|the (?:company|group|firm)) (?:was|were|etait|valait|pesait)\b[^.;#<>]{0,30}$|"
    r"\b(?:previous|earlier|prior|former|last|latest|ancienne|precedente) (?:\w+ )?(?:valuation|valorisation)\b[^.;#<>]{0,30}$|\bvalorisation (?:precedente|anterieure)\b[^.;#<>]{0,25}$"
)
# "a valuation that fell from 9 billion to 2 billion", « sa valorisation est passée de 46 à 7 milliards »
_FALLS_FROM = re.compile(r"\b(?:valuation|valorisation)\b[^.;#<>]{0,40} (?:from|de) (?:[\w']+ ){0,4}$")
_TO_ANOTHER = re.compile(r",? (?:[a-z0-9' ]{0,15})(?:to|a) (?:[\w']+ ){0,4}#")


def told_former(s: Sentence, q: Quantity) -> bool:
    """Whether the words say that a valuation is a former one, whosever it is."""
    a, b = s.at[q.start]
    return bool(_FORMER_VALUE.search(s.text[:a]) or (_FALLS_FROM.search(s.text[:a]) and _TO_ANOTHER.match(s.text, b)))


def is_past(scene: Scene, s: Sentence, q: Quantity) -> bool:
    """Whether a valuation was the target's before the deal: by its words, or by an earlier year right beside it."""
    a, b = s.at[q.start]
    clause = s.text[max(0, a - 110) : a].split(";")[-1] + re.split(r"[,;#]", s.text[b : b + 35])[0]
    now = re.search(
        r"\b(?:voila|values|valuing|pegs|gives|giving|puts|putting|makes|making|implies|implying|donne|porte|portant|propulse|valorise\b|valorisant|valoriserait|desormais|now|devient|becomes)\b",
        s.text[max(0, a - 45) : b],
    )
    if now and not re.search(r"\balors\b(?! que)|previous|precedent|\bavait ete|\betait|had been|ago|il y a", clause):
        return False
    if cues.BEFORE_DEAL.search(clause):
        return True
    year = (scene.published or "")[:4]
    beside = [
        d
        for d in s.quantities
        if d.kind == "date" and d.value and (abs(s.at[d.start][0] - b) < 40 or 0 <= a - s.at[d.start][1] < 35)
    ]
    years = [str(d.value)[:4] for d in beside if not re.search(r"#|,", s.text[b : s.at[d.start][0]])]
    return bool(year and years and all(y < year for y in years))


def _in_future(scene: Scene, s: Sentence, q: Quantity) -> bool:
    year = (scene.published or "")[:4]
    near = [d for d in s.quantities if d.kind == "date" and d.value and abs(s.at[d.start][0] - s.at[q.start][1]) < 12]
    return bool(year) and any(str(d.value)[:4] > year for d in near)
