"""Whose an amount is: the deal of its sentence, a company, a customer or a round."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.articles import cues
from analysis.articles.proposal import Known
from analysis.articles.quantities import Quantity
from analysis.articles.scene import Scene, Sentence
from analysis.articles.sides import ASIDE, FROM, SELL, SPENT_ON, nominal_by
from analysis.articles.typography import led_by


def customer_of(scene: Scene, s: Sentence) -> str | None:
    """The first company of a sentence that is neither buyer nor target; for « lui verser », the one spoken of before."""
    found = next((id for id in s.ids if id not in scene.deal), None)
    if found or not PAID_ON.search(s.text):
        return found
    here = s.index
    return next(
        (id for other in scene.sentences[max(0, here - 1) : here] for id in other.ids if id not in scene.deal), None
    )


PAID_ON = re.compile(
    r"\blui (?:verser|payer)|\b(?:pay|paid|paying) (?:the (?:start-up|company|supplier|firm)|it)\b|(?:verser|payer) a (?:la|l')"
)


def deal_id(scene: Scene, acquirer: str | None, target: str | None, known: Known, year: str = "") -> str:
    """The id of a deal: the one that data/ declares for these parties, else one made of their names and the year."""
    acquirer = None if acquirer == target else acquirer
    for (a, t), id in known.deals.items():
        if t == target and (a == acquirer or acquirer is None or (acquirer, target) != scene.deal):
            return id
    parts = [(p or "unknown").partition(":")[2] or "unknown" for p in (acquirer, target)]
    return "deal:" + "-".join([*parts, year or (scene.published or "undated")[:4]])


def round_id(scene: Scene, investee: str, known: Known, year: str = "") -> str:
    """The id of a funding round: of the year that stands beside it, else the year when the text dates a round, else this year's."""
    if not year:
        year = scene.round_year or (scene.published or "undated")[:4]
    return known.rounds.get((investee, year)) or f"round:{investee.partition(':')[2]}-{year}"


def _year_beside(s: Sentence, q: Quantity) -> str:
    """The year of a date close by in the sentence, or nothing."""
    dates = [d for d in s.quantities if d.kind == "date" and d.value and abs(s.at[d.start][0] - s.at[q.start][0]) < 70]
    return str(dates[0].value)[:4] if dates else ""


def main_deal(scene: Scene, known: Known) -> str:
    return deal_id(scene, *scene.deal, known)


def subject_of(scene: Scene, s: Sentence, q: Quantity, property: str, known: Known) -> tuple[str, str | None]:
    """(subject, object) of an amount: a deal for its terms, a company for its sales, a customer for its spend."""
    acquirer, target = scene.deal
    a, b = s.at[q.start]
    if property in {"price", "stake_acquired", "unclassified"}:
        here = _local_deal(scene, s, a)
        if property == "price" and (one_of_many := _respective(s, q)):
            here = next((id for id in s.standing(a) if id != one_of_many), acquirer), one_of_many
        if not here and len(_PARTY.findall(s.text, 0, a)) <= s.pronoun and not any(x and t for x, t in s.sides):
            if told := scene.told_before(s):
                here = told
            elif not s.ids and (topic := scene.spoken_of(s)):
                here = (None, topic)
        return (deal_id(scene, *here, known) if here else main_deal(scene, known)), None
    if property == "customer_spend":
        return customer_of(scene, s) or "org:unknown", target
    if one_of_many := _respective(s, q):
        return one_of_many, None
    if property in {"valuation", "previous_valuation"}:
        if apposed := _APPOSED_VALUE.search(s.text, 0, a) or _WHICH_WORTH.search(s.text, 0, a):
            id = s.ids[int(apposed[1])]
            return (main_deal(scene, known) if id == target and acquirer else id), None
        named = _VALUES_NAMED.search(s.text, 0, a)
        if named and s.ids[int(named[1])] not in scene.deal and s.ids[int(named[1])] in {t for _, t in s.sides}:
            return s.ids[int(named[1])], None
        if _DEAL_VALUES.search(s.text[max(0, a - 70) : a]):
            others = [t for _, t in s.sides if t and t not in scene.deal]
            if not others or target in s.ids:
                return main_deal(scene, known) if acquirer else (target or "org:unknown"), None
            return others[-1], None
        if not s.ids and (topic := scene.spoken_of(s)):
            return topic, None
        if (
            target
            and target not in s.ids
            and acquirer != target
            and _VALUES_NOUN.search(s.text, 0, a)
            and (set(s.ids) <= {acquirer} or any(x and not t for x, t in s.sides) or (acquirer is None and not s.sides))
        ):
            return main_deal(scene, known) if acquirer else target, None
        if target and target not in s.ids and _BUYS_AT.search(s.text, 0, a) and len({*s.ids}) == 1 and s.opens():
            return main_deal(scene, known), None
        if _VALUES_IT.match(s.text[:a]) and not any(x and t for x, t in s.sides):
            return main_deal(scene, known) if acquirer else (target or "org:unknown"), None
        if whose := _WHOSE_VALUE.search(s.text, 0, a):
            id = s.ids[int(whose[1] or whose[2])]
            return (main_deal(scene, known) if id == target and acquirer else id), None
        if _THIS_UNIT.match(s.text):
            return main_deal(scene, known) if acquirer else (target or "org:unknown"), None
        if after := _VALUE_FOR.match(s.text, b) or (_AGAINST.search(s.text, 0, a) and _FOR_ONE.match(s.text, b)):
            return s.ids[int(after[1])], None
        if its := _ITS_VALUE.search(s.text, 0, a):
            clause = s.text.rfind(";", 0, its.start()) + 1
            spoken = {s.ids[int(n)] for n in _PARTY.findall(s.text[clause : its.start()])}
            if len(spoken) == 1 and not spoken & {acquirer}:
                id = spoken.pop()
                return (main_deal(scene, known) if id == target and acquirer else id), None
        if (made := _MAKES_IT.search(s.text, 0, a)) and s.ids[int(made[1])] not in scene.deal:
            return s.ids[int(made[1])], None
        if (funded := _FUNDED_AT.search(s.text, 0, a)) and s.ids[int(funded[1])] not in scene.deal:
            return s.ids[int(funded[1])], None
        valued = re.search(
            r"(?:valu\w+|valoris\w+)(?: the company| la societe)? <(\d+)>(?! rival)", s.text[max(0, a - 70) : a]
        )
        own = re.findall(
            r"<(\d+)>(?: itself)?[^<>.;]{0,40}?(?:is|was|est|etait|vaut|itself|raised|leve\w*|discussions?)\b[^<>;]*$",
            s.text[:a],
        )
        own = _AFTER_ASIDE.findall(s.text[:a]) or own
        company = (
            s.parties[int(valued[1])].id if valued else s.parties[int(own[-1])].id if own else topic_of(scene, s, a)
        )
        buying = s.sides and not own
        if company and not valued and (named := _PARTY.search(s.text)) and s.ids[int(named[1])] == company:
            company = None if _LEADS.match(s.text, named.end()) else company
        if company and company not in {target} and not buying and (not valued or company != acquirer):
            return company, None
        return main_deal(scene, known) if acquirer else (target or "org:unknown"), None
    if not s.ids and (topic := scene.spoken_of(s)):
        return (round_id(scene, topic, known, _year_beside(s, q)) if property == "round_amount" else topic), None
    if bracket := re.search(r"<(\d+)> \($", s.text[:a]):  # « Verrine (60 milliards d'euros de chiffre d'affaires) »
        return s.ids[int(bracket[1])], None
    standing = s.standing(a)
    company = next(reversed(standing), None) or s.party_before(a) or s.party_after(b) or target or "org:unknown"
    own = standing or [name.id for i, name in enumerate(s.parties) if s.text.rfind(f"<{i}>", 0, a) >= 0]
    company = (
        next((id for id in reversed(own) if id != acquirer), company)
        if len(set(own)) > 1 and property != "round_amount"
        else company
    )
    if property == "round_amount":
        given = _ROUND_FOR.match(s.text, a)
        raiser = (s.ids[int(given[1])] if given else None) or (
            s.party_before(
                a,
                r"[^<>]{0,130}\b(?:rais|lev|pull|bank|land|bag|nab|collect|amass|haul|decroch|obt|empoch|recolt|boucl|valued|secured|clos|complet)",
            )
            or target
            or company
        )
        return round_id(scene, raiser, known, _year_beside(s, q)), None
    return company, None


def topic_of(scene: Scene, s: Sentence, position: int) -> str | None:
    """The company that a sentence begins with and goes on about, where it is neither side of the deal."""
    first = next((m for m in _PARTY.finditer(s.text, 0, position) if not ASIDE.match(s.text, m.end())), None)
    if not first or not s.opens():
        return None
    id = s.parties[int(first[1])].id
    return None if id in scene.deal or _RIVAL.match(s.text, first.end()) else id


def _respective(s: Sentence, q: Quantity) -> str | None:
    """The company of an amount where companies and amounts stand in the same order: « des valorisations respectives de 4,4 et 1,75 milliards »."""
    told = re.search(r"\brespecti\w+", s.text)
    if not told:
        return None
    same = [o.start for o in s.quantities if o.kind == q.kind]
    after = [start for start in same if s.at[start][0] > told.start()]
    end = told.start() if after else s.at[same[0]][0]
    named = list(dict.fromkeys(s.ids[int(m[1])] for m in _PARTY.finditer(s.text, 0, end)))
    amounts = (after or same)[: len(named)]
    if not after and len(named) > len(
        same
    ):  # "Verrine acquired Halmar and Carbex for 3 million and 8 million, respectively"
        named, amounts = named[-len(same) :], same
    return (
        named[amounts.index(q.start)] if len(named) > 1 and len(amounts) == len(named) and q.start in amounts else None
    )


# "Adrast led a round that values the start-up at": who leads is not what is valued
_LEADS = re.compile(
    r",? (?:has |have |had |a |ont |avait )?(?:led|leads|leading|co-led|mene|mene\w*|conduit|dirige|anime|pilote|invested|invests|invest\w*|put|puts|(?:lui |leur )?(?:a |avait )?apport\w*|inject\w*|participe|joined|backed|backs)\b(?! (?:by|par)\b)"
)
_RIVAL = re.compile(
    r"(?:'s)? (?:rival|competitor|challenger|alternative)\b"
)  # "which could value the Verrine rival at"


# "Verrine, backed by Ostrea and Halmar, was last valued at"
_AFTER_ASIDE = re.compile(
    r"^[^<>]{0,40}<(\d+)>, [^.;#]*, (?:is|was|has been|had been|were|est|etait|a ete|avait ete|vaut|valait|pese|pesait)\b[^<>,;#]*$"
)
# "Verrine, the giant of the sector, valued at", « Verrine (valorisé 7 milliards) »
_APPOSED_VALUE = re.compile(
    r"<(\d+)>(?:, (?:an? |the |une? |l'|la |le )[a-z' -]{3,60}?(?<! than) (?=(?:worth|valued|valorisee?) )|(?:,[^<>#;.]{2,70})?(?:,| \() ?)(?:now |last |recently |currently |then |desormais |deja |alors |aujourd'hui |actuellement )?(?:worth|valued|valorisee?|estimee?|evaluee?)(?! (?:la|le|les|the|ce|cet|cette|son|sa) | l')(?: (?:at|a))?(?: [\w']+){0,4} ?$"
)
# "the chain Verrine, which could be worth", « Verrine, qui vaudrait »
_WHICH_WORTH = re.compile(
    r"<(\d+)>,? (?:which|that|qui) (?:(?:could|may|might|would|will|is|was|are|were|has been|had been|pourrait|serait|est|etait|a ete|avait ete)(?: (?:be|now|last|recently|then|etre|desormais|alors|aujourd'hui))*"
    r" (?:worth|valued|valorisee?|estimee?|evaluee?|valoir|peser)|vaudrait|vaut|valait|peserait|pese|pesait)(?: (?!of|on|by|par)[\w']+){0,4} ?$"
)
# "at Verrine's 860 million valuation", « la valorisation de Verrine bondit à »
_WHOSE_VALUE = re.compile(
    r"<(\d+)>'s (?:[a-z-]+ ){0,3}[$€£]?$|\b(?:valuation|valorisation|valeur) (?:de |d'|of )(?:la |le |l'|the )?<(\d+)>[^<>;.#]{0,40}$"
)
# « La branche, à laquelle appartient Halmar, vaudrait »: what is for sale
_THIS_UNIT = re.compile(
    r"[^#]*\b(?:the (?:whole|entire)|l'ensemble|la totalite|toute la|tout le) [^<>#;.]{2,30} (?:is|at|a|est|vaut|worth)\b|\s*(?:cette|ce|cet|this|that|the|la|le|l') ?(?:branche|division|entite|activite|ensemble|business|unit|arm|filiale|pole)\b"
)
# « valorisée 3 milliards, contre 4 pour Verrine »
_AGAINST = re.compile(r"\b(?:contre|against|versus|compared (?:with|to))(?: [a-z]+){0,2} $")
_FOR_ONE = re.compile(r" (?:pour|for|chez|at) (?:(?:[a-z'-]+ ){0,2}|l')<(\d+)>")
_VALUE_FOR = re.compile(
    r"[- ]*(?:[a-z-]+ ){0,2}(?:valuation|valorisation) (?:for|of|pour|de) (?:the |la |le |l')?<(\d+)>"
)
_VALUES_NAMED = re.compile(r"\b(?:valu(?:e|es|ed|ing)|valoris\w+) (?:l')?<(\d+)> (?:at|a)(?: [a-z]+){0,3} $")
# "the deal values the whole business at", « le rachat de Verrine, valorisant l'enseigne »: not what the sentence began with
_DEAL_VALUES = re.compile(
    r"\b(?:deal|offer|transaction|bid|takeover|operation|accord|offre|rachat|cession)[^<>.;#]{0,20} (?:valu|valor|impl|price[sd])\w*[^<>;#]*$|(?:valoris|valu)\w+ (?:cette|la|the|this|its|sa) (?:division|branche|filiale|activite|business|unit)\b[^<>.;#]*$|[<>#0-9],? valorisant (?:l'enseigne|la societe|l'entreprise|le groupe|l'ensemble)[^<>]*$"
)
# « L'opération, qui associe un rachat de titres à Halmar, valorise l'entreprise »: the one that the article is about
_VALUES_IT = re.compile(
    r"\s*(?:l'|the |cette |cet |ce |this |le |la )(?:operation|deal|transaction|accord|offre|offer|rachat|investissement|investment|tour|round|levee|purchase|sale|cession)\b[^.;#]* (?:valoris|valu)\w+ "
    r"(?:l'(?:entreprise|enseigne|ensemble)|la (?:societe|start-?up|jeune pousse|maison|pme)|le (?:groupe|fabricant|specialiste)|the (?:company|group|business|firm|start-?up|club|chain|bank|maker))\b[^<>;#]*$"
)
# « le fonds Ostrea négocie le rachat de 10 % du capital, sur la base d'une valorisation de »: of what it buys
_BUYS_AT = re.compile(
    r"<\d+>[^<>.;]*\b(?:rachat|acquisition|prise|reprise|entree|achat|souscri\w+|purchase|buying|buy|acquiring|acquire)\b[^<>.;]*\b(?:valuation|valorisation|valeur)\b(?! (?:boursiere|record))"
)
# « une opération qui valorise le bureau de contrôle à »: the one spoken of
_VALUES_NOUN = re.compile(
    r"\b(?:valoris\w+|valu(?:e|es|ing)) (?:l'|le |la |the |cette |ce |this )(?:[a-z'-]+ ){0,3}?(?!(?:titre|action|share|operation|deal|transaction|secteur|marche)\b)[a-z'-]{4,}(?: de [a-z]+)?(?: #+)?,?(?: [a-z]+){0,4} $"
)
# « ferait de Verrine la plus chère, avec une valorisation de »
_MAKES_IT = re.compile(
    r"\b(?:fai\w*|fera\w*|feri\w*|mak(?:e|es|ing)|made) (?:de |d')?<(\d+)>[^<>;.#]*\b(?:valuation|valorisation)\b[^<>;.#]*$"
)
# "as its valuation doubled to": of the one that the clause names
_ITS_VALUE = re.compile(r"\b(?:its|sa) (?:[a-z]+ ){0,2}(?:valuation|valorisation)\b[^<>;.#]{0,50}$")
# "has invested 420 million in Verrine at a", « un tour mené chez Verrine sur la base d'une »: of what is funded
_FUNDED_AT = re.compile(
    r"\b(?:fund\w*|financ\w*|round|invest\w*|tour|levee|bet|pumped|injected|injecte\w*|apport\w*|put)\b[^<>.;]{0,70}? (?:in|into|for|dans|chez|pour)(?: [\w'-]+){0,7}? ?(?:l')?<(\d+)>(?: in #+| en #+|,[^<>;.#]{0,40},)? (?:at|on|with|a|sur la base d|pour)[^<>;.]{0,40}$"
)
# "a 70 million series B round for Verrine", "put 50 million in funding for the games maker Verrine"
_ROUND_FOR = re.compile(
    r"#+(?: \([^()<>]*\))?[ -](?:[a-z-]+ ){0,4}?(?:round|funding|financing|financement) (?:for|in|into|to|pour|chez|dans) (?:[\w'-]+ ){0,4}?(?:l')?<(\d+)>"
)
_THAT_OF = re.compile(r"\b(?:celle|celui|that|purchase) (?:de |d'|of )[^<>.;]{0,40}<(\d+)>[^<>]*$")
_BOUGHT_IT = re.compile(
    r"<(\d+)>[^<>.;]{0,20} (?:l'(?:a|avait|aurait) |(?:had )?(?:bought|acquired|purchased|took over|picked up|took) (?:(?:an? )?#+ (?:stake )?(?:of|in) )?(?:it|the (?:company|unit|firm|business|group))\b)"
)
# « la chaudronnerie, que Mayhold avait acquise en 2016 pour »: whom the article is about, by what it is
_OWNER_BOUGHT = re.compile(
    r"\b(?:which|that|que|qu') ?<(\d+)> (?:had |has |a |avait |ont |avaient )?(?:bought|acquired|purchased|took over|(?:snapped|picked|scooped) up|rachet\w+|achet\w+|acqui\w+|repri\w+|offert\w*)\b[^<>.;]{0,40} (?:for|pour|contre)(?: [\w'-]+){0,5} ?$"
)
# "Halmar let it be known that Carbex had made it an approach worth"
_MADE_IT = re.compile(
    r"<(\d+)>[^<>;.]{0,80}\b(?:that|which|que|qu'|when|after|apres que) ?<(\d+)> (?:had |has |avait |a |lui (?:a|avait) |l'avait )?(?:(?:made|offered|given|handed|sent) (?:it|them|him|her)|(?:fait|propose|offert|adresse|soumis|remis))\b[^<>.;]*$"
)
# "the foundry was bought by Ostrea", « le groupe avait été racheté par Ostrea »
_WAS_BOUGHT = re.compile(
    r"\b(?:it|they|he|il|elle|(?:le|la|l'|the )[^<>.;,#]{3,40}) (?:was|were|got|had been|has been|a ete|avait ete|est|etait|fut) "
    r"(?:bought|acquired|taken|sold|purchased|picked up|spun|rachete|acquis|repris|vendu|cede|achete)\w*(?: (?:private|out|over|off))?[^<>.;]{0,30}? (?:by|to|par|a|au) [^<>.;,]{0,40}?<(\d+)>"
)
# « avait acquis cette marque pour », "had bought that brand for": the one just told of
_BOUGHT_THAT = re.compile(
    r"\b(?:acquis|rachete|achete|repris|bought|acquired|purchased) (?:cette|cet|ce|this|that) (?:marque|societe|entreprise|filiale|enseigne|activite|brand|company|firm|unit|business|start-?up)\b[^<>.;]{0,30} (?:pour|for)(?: [\w']+){0,4} $"
)
# "Verrine, which Halmar knew before it was sold for"
_IT_WAS_SOLD = re.compile(
    r"\b(?:it|they|elle|il) (?:was|were|had been|a ete|avait ete|fut) (?:bought|acquired|taken private|sold|purchased|rachete|acquis|vendu|cede|achete)\w*(?: out)?(?: in #+| en #+)? (?:for|pour)(?: [\w'-]+){0,4} ?$"
)
_PARTY = re.compile(r"<(\d+)>")
# « 1,9 milliard pour celle de Halmar »
_RIVAL_SUM = re.compile(
    r"#+,? (?:pour|for|from|chez|by|de|of) (?:(?:celle|celui|that) (?:\w+ )?(?:de |d'|of |du |from |by |par ))(?:\w+ ){0,2}<(\d+)>"
)
_BID = re.compile(
    r"\b(?:bid|offer\w*|offre|offert|propos\w+|tabled|lodged|submitted|suggere\w*|soumis|depos\w+|formul\w+|approach|rival\w*|invest\w*|pa(?:id|ye|ie))\b"
)


_WITHIN = re.compile(
    r",? (?:dans le cadre d[e']|as part of|to (?:help )?(?:fund|finance)|pour financer|afin de financer|en marge d[e'])"
)  # « pour 2 milliards, dans le cadre de son projet d'acquisition de Verrine »: another deal


def _sides_by(s: Sentence, position: int) -> list[tuple[str | None, str | None]]:
    """Who buys whom in the clause of an amount: "bought Verrine for 1 billion and sold a unit to Halmar for 2 billion"."""
    if within := _WITHIN.search(s.text, position):
        clause = replace(s, text=s.text[: within.start()] + " " * (len(s.text) - within.start()))
        return clause.sides or s.sides
    before = [s.at[q.start][1] for q in s.quantities if q.kind == "money" and s.at[q.start][1] <= position]
    joined = _NEXT_DEAL.search(s.text, before[-1], position) if before else None
    if not joined:
        return s.sides
    clause = replace(s, text=" " * joined.start() + s.text[joined.start() :])
    standing = s.standing(joined.start())
    return [(a or next(iter(standing), None), t) for a, t in clause.sides] or s.sides


def _nearness(s: Sentence, position: int, pair: tuple[str | None, str | None]) -> int:
    """How near an amount both sides of a pair stand, as the place of the farther one, mirrored where it stands after."""
    place = {s.ids[int(m[1])]: 2 * position - m.start() for m in _PARTY.finditer(s.text, position)}
    place |= {s.ids[int(m[1])]: m.start() for m in _PARTY.finditer(s.text, 0, position)}
    return min(place.get(side or "", -1) for side in pair)


_NEXT_DEAL = re.compile(
    r"(?:,| and| et|;)(?: (?!was|were|is|been|est|etait|ete)[a-z]+)?,? (?:bought|sold|acquired|purchased|(?:a |avait )?(?:vendu|cede|rachete|acquis)|paid)\b"
)


# "Verrine, a maker of, that Ostrea bought for", « Verrine, que Halmar avait achetée pour »
_THAT_BOUGHT = re.compile(
    r"<(\d+)>,? ?(?:[^<>;#]{0,80}[ ,])?(?:that|which|que|qu') ?<(\d+)> (?:had |has |a |avait )?(?:bought|acquired|purchased|took over|(?:snapped|picked|scooped|gobbled) up|rachet\w+|achet\w+|acqui\w+|repri\w+)\b[^<>.;]{0,40} (?:for|pour)(?: [\w'-]+){0,5} ?$"
)
# "and Halmar's mobile unit for 7 billion": the amount stands right after what it was given for
_GIVEN_FOR = re.compile(
    r"(?:\b(?P<lead>\w+)[,:]? )?<(?P<it>\d+)>(?:'s? [^<>#,;.]{1,50}| in [0-9#]+| en [0-9#]+)? (?:for|pour|contre)(?: [\w'-]+){0,4} ?$"
)
# « Verrine, un fondeur acheté 3 milliards »
_SUM_OF = re.compile(
    r"<(\d+)>,(?! ?(?:qui|que|qu'|which|that|who) ?(?:l'|la |le |les |had |has |have |it |a |avait ))[^<>;#.]{0,80}? ?(?:r?achetee?|acquise?|reprise?|bought|acquired)(?: en #+| in #+)?(?: pour| for)?(?: [\w']+){0,3} ?$"
)
# « le rachat par Carbex d'un tiers de ce fondeur »
_TAKEN_BY = re.compile(
    r"\b(?:acquisition|rachat|reprise|achat|purchase|takeover|entree) (?:par|by) (?:[\w'-]+ ){0,3}?<(\d+)>,?[^<>.;]{0,30} (?:de|d'|of)(?: [a-z]+){0,2} ?$"
)
# « le rachat de Verrine et Carbex pour 1 milliard »: of both, told of the first
_LISTED_LAST = re.compile(r"<(\d+)>(?:, <\d+>)*,? (?:et|and) <\d+> (?:for|pour|contre)\b[^<>.;#]*$")
# « Ostrea, lui-même repris en 2012 par la famille Le Floch pour »
_SELF_BOUGHT = re.compile(
    r"<(\d+)>,? (?:lui-meme|elle-meme|itself) (?:repris|rachete|acquis|achete|bought|acquired|taken private)e?\b[^<>.;]{0,70} (?:pour|for)(?: [\w']+){0,4} $"
)
# "of which 120 million would come from Halmar", « dont 120 millions apportés par Ostrea »
_COMES_FROM = re.compile(rf"#*{cues.COMES_FROM}<(\d+)>")
# « Le solde, 60 %, revient à Adrastia »
_GOES_HIM = re.compile(
    r"#+,? (?:revien\w+|reviendr\w+|echoi\w+|ira|iront|goes?|go|will go|went|passes?|pass|will pass) (?:a|au|aux|to) (?:[a-z'-]+ ){0,4}?<(\d+)>"
)
# "Ostrea would invest 95 million and Carbex would put in 5 million": each its own
OWN_SUM = re.compile(
    r"(?:^|[,;] ?|\b(?:and|et|while|whereas|tandis que|alors que) (?:[a-z-]+ ){0,4}?)<(\d+)> (?:would |will |could |is to |has |va |devrait |pourrait |a )?(?:invest(?:s|ed|it|ir|ira|irait)?|put(?:s|ting)? (?:in|up)|contribut\w*|apport\w+|mettr\w+|inject\w*)(?: [a-z]+){0,3} $"
)
# « Cette opération, qui s'élève à 29 milliards, est la plus chère depuis le rachat de »: the one just told
_THIS_DEAL = re.compile(
    r"^\s*(?:cette |this |l'|the |la |le )(?:operation|transaction|acquisition|deal|takeover|rachat|purchase|vente|sale)\b[^<>#;.]{0,60}$"
)
# "Carbex increased its offer for Verrine to 24 billion": who bids more
_RAISED_BID = re.compile(
    r"<(\d+)> (?:has |had |have |a |avait )?(?:increased|raised|lifted|sweetened|upped|improved|releve|augmente|ameliore) (?:its|son|sa) (?:[a-z]+ ){0,2}(?:offer|bid|proposal|offre|proposition)(?: (?:for|on|sur|pour) (?:[a-z-]+ ){0,2}<(\d+)>)? (?:to|a)(?: [a-z]+){0,2} $"
)


def _only_target(s: Sentence, buyer: str, target: str | None) -> str | None:
    """What a sentence says to be bought, where it is one company; the article's where it says of none."""
    told = {t for _, t in s.sides if t and t != buyer}
    return (told.pop() if len(told) == 1 else None) if told else target


# "while Carbex will invest 259 million for a stake of 5.5%"
_OWN_STAKE = re.compile(
    r"\b(?:and|et|while|whereas|tandis que|alors que) (?:[a-z-]+ ){0,4}?<(\d+)> (?:will |would |va )?(?:invest|pay|put|spend|mettr|debours|vers)\w*(?: [a-z]+){0,2} #+ (?:for|contre|in exchange for|pour|en echange d[e']) ?(?:[a-z]+ ){0,4}$"
)
# "while Carbex has invested 13 billion since"
_WHILE_PAID = re.compile(
    r"\b(?:while|whereas|alors que|tandis que) <(\d+)> (?:has |had |have |a |avait )?(?:already |deja )?(?:invested|put|spent|paid|investi|mis|debourse|paye)(?: [a-z]+){0,3} $"
)
# "the toolmaker Verrine, which cost 40 million"
_WHICH_COST = re.compile(
    r"<(\d+)>, (?:which|that|qui) (?:had |a |avait )?(?:cost|coute)(?: (?:it|lui))?(?: [a-z]+){0,2} $"
)
# "raised 900 million by parting with a tenth of Verrine"
_BY_SELLING = re.compile(
    r"#+(?: \([^()<>]*\))? (?:by|through|en|grace a|from|via) (?:selling|parting with|offloading|disposing of|the (?:sale|disposal) of|cedant|vendant|se separant de|la (?:vente|cession) de)\b[^<>;.]{0,50}?<(\d+)>"
)
# « leurs parts dans Verrine, soit 13 % »
_SHARE_IN = re.compile(
    r"\b(?:participation|stake|holding|interest|parts?|actions|shares)\b[^<>;#]{0,60}? (?:dans|in|de|du|of|chez) <(\d+)>,? (?:represent\w*|soit|equal to|equivalent to|amounting to|or)\b[^<>.;#]{0,20}$"
)
# "an approach worth 700 million from Halmar", "a 2 billion bid from Halmar"
_FROM_BIDDER = re.compile(
    r"#*(?: \([^<>()]*\))?(?: [a-z-]+){0,4}? (?:from|by|par|de la part de) (?:[\w'-]+ ){0,6}?<(\d+)>|"
    r"#*(?: \([^<>()]*\))?[ -](?:[a-z-]+ ){0,3}?(?:bid|offer|approach|proposal|takeover|buyout|offre|proposition|opa)\b(?: [a-z]* ?#+)?(?: (?:from|by|de|du|d'|par))+ ?(?:[\w'-]+ ){0,6}?<(\d+)>"
)
_HAS_BOUGHT = re.compile(r"\b(?:bought|acquired|purchased|took over)\b[^.;]*$")  # « for 2 billion from »: who sells
# "a record of 900 million for Verrine"
_FOR_ANOTHER = re.compile(r"#* (?:for|pour) (?:the |le |la |l')?(?:[a-z-]+ ){0,2}?<(\d+)>")
_BRACKETED = re.compile(r"<(\d+)> \((?:[\w']+ ){0,3}$")
# « le rachat de Verrine par Ostrea (6 milliards) »
_BOUGHT_BY = re.compile(r"<(\d+)> (?:par|by) (?:[\w'-]+ ){0,3}?(?:l')?<\d+> \((?:[\w']+ ){0,3}$")
DEALS_LISTED = re.compile(
    r"\bacquisitions?\b|\brachats?\b|\boperations? (?:sur|de)\b|\btakeovers?\b|\bbuyouts?\b|\bpurchases?\b"
)
_OTHER_DEAL = re.compile(
    r"\b(?:celle|celui|that|case|affaire) (?:de |d'|of ).*\b(?:rachat|acquisition|reprise|takeover|purchase)\b"
)
_ONCE_PAID = re.compile(r"\b(?:record|acquisition|purchase|takeover|rachat|paid|spent|debours\w+)\b")


# "a 10% stake in Verrine", « la part d'Ostrea de 50 % dans Verrine », "its 25% shareholding in Verrine to Ostrea"
_STAKE_IN = re.compile(
    r"#+ (?:(?:direct |minority |majority |remaining |further |additional )?(?:stake|share|interest|shareholding|holding|slice)s? (?:in|of)|(?:of|in|dans|chez)\b|(?:du|au|dans le) capital d[e']|des (?:parts|actions|titres) d[e']|d[e'] ?(?:l')?<\d+> (?:dans|chez)|de participation dans)"
    r" ?(?!by |to )(?![^<>.;]{0,45} (?:a|au|aux|from) (?:l'|[a-z'-]+ )?<)(?:<\d+>'s (?:parent|owner|holding|operator)(?: company| group)? |(?:(?!and |et )[\w'-]+ ){0,4}?(?:l')?)<(\d+)>(?!'s? (?:parent|owner|shareholder|holding company))"
)
_THEN_TO = re.compile(r"[^.;]{0,60}? (?:to|a|au|aux) (?:[\w'-]+ ){0,5}?<(\d+)>")


def _stake_in(scene: Scene, s: Sentence, position: int) -> tuple[str | None, str | None] | None:
    """Who takes a share of whom, by the company that the share is said to be in."""
    share = _STAKE_IN.match(s.text, position)
    if not share:
        return None
    it = s.ids[int(share[1])]
    if SELL.search(s.text[:position]) and (to := _THEN_TO.match(s.text, share.end())) and s.ids[int(to[1])] != it:
        return s.ids[int(to[1])], it
    buyer = next((a for a, t in s.sides if t == it and a), None)
    selling = {id for m in SELL.finditer(s.text, 0, position) for id in s.standing(m.start())}
    if buyer is None or buyer in selling:
        likely = it == scene.deal[1] or scene.deal[0] in s.ids
        buyer = scene.deal[0] if likely and scene.deal[0] not in selling else None
    return (buyer if buyer != it else None), it


def _beside(scene: Scene, s: Sentence, position: int) -> tuple[str | None, str | None] | None:
    """Who buys whom by the words right beside an amount, where they say so whatever the rest of the sentence does."""
    acquirer, target = scene.deal
    if pair := nominal_by(s).get(position):
        return pair[0] or None, pair[1] or next((t for a, t in s.sides if t and a in {pair[0], None}), target)
    if stake := _stake_in(scene, s, position):
        return stake
    if rest := _GOES_HIM.match(s.text, position):
        just = scene.told_before(s) if target not in s.ids else None
        of = just[1] if just else target
        return s.ids[int(rest[1])], of if of != s.ids[int(rest[1])] else None
    if sold := _BY_SELLING.match(s.text, position):
        it = s.ids[int(sold[1])]
        others = [id for id in scene.deal if id not in {it, *s.standing(position)}]
        return (others[0] if it in scene.deal and others else acquirer if acquirer not in s.ids else None), it
    if raised := _RAISED_BID.search(s.text, 0, position):
        bidder = s.ids[int(raised[1])]
        on_it = s.ids[int(raised[2])] if raised[2] else target
        return bidder, on_it if on_it != bidder else None
    if (share_of := _OWN_STAKE.search(s.text, 0, position)) and (one := s.ids[int(share_of[1])]) != target:
        return one, _only_target(s, one, target)
    if cost := _WHICH_COST.search(s.text, 0, position):
        it = s.ids[int(cost[1])]
        return (acquirer if acquirer != it else None), it
    if (own := OWN_SUM.search(s.text, 0, position)) and len({*s.ids}) > 1 and target:
        one = s.ids[int(own[1])]
        what = _only_target(s, one, target)
        if what not in {None, one} and not SPENT_ON.match(s.text, dict(s.at.values())[position]):
            return one, what
    if (other := _WHILE_PAID.search(s.text, 0, position)) and (one := s.ids[int(other[1])]) != target:
        return one, next((t for _, t in s.sides if t and t != one), target)
    if itself := _SELF_BOUGHT.search(s.text, 0, position):
        return None, s.ids[int(itself[1])]
    if came := _COMES_FROM.match(s.text, position):
        return s.ids[int(came[1])], target
    if told := _THAT_BOUGHT.search(s.text, 0, position):
        return s.ids[int(told[2])], s.ids[int(told[1])]
    if (sum_of := _SUM_OF.search(s.text, 0, position)) and (it := s.ids[int(sum_of[1])]) not in {acquirer, target}:
        return acquirer, it
    if share := _SHARE_IN.search(s.text, 0, position):
        it = s.ids[int(share[1])]
        return next((id for id in s.standing(share.start()) if id != it), acquirer), it
    listed = _BRACKETED.search(s.text, 0, position)
    if listed and DEALS_LISTED.search(s.text, 0, position):
        it = s.ids[int(listed[1])]
        bought = _BOUGHT_BY.search(s.text, 0, listed.end())
        before = {s.ids[int(n)] for n in _PARTY.findall(s.text[: listed.start()])}
        theirs = acquirer in before or re.search(r"\b(?:its|his|their|ses|sa|son|leurs?)\b", s.text[: listed.start()])
        return (it, s.ids[int(bought[1])]) if bought else (acquirer if acquirer != it and theirs else None, it)
    on = _FOR_ANOTHER.match(s.text, position) if _ONCE_PAID.search(s.text, max(0, position - 90), position) else None
    if on and (it := s.ids[int(on[1])]) not in {acquirer, target}:
        return acquirer, it
    bid = None if _HAS_BOUGHT.search(s.text, 0, position) else _FROM_BIDDER.match(s.text, position)
    if bid and _BID_NOUN.search(s.text, max(0, position - 60), bid.end()):
        bidder = s.ids[int(bid[1] or bid[2])]
        others = [id for id in s.standing(position) if id != bidder]
        first = s.ids[0] if s.text.find("<0>", 0, position) >= 0 and bidder not in {acquirer, s.ids[0]} else target
        courted = others[-1] if others and " for it " not in bid[0] else first
        if " for it " in bid[0] and target and target != bidder:
            courted = target
        return bidder, courted
    if (
        (given := _GIVEN_FOR.search(s.text, 0, position))
        and given["lead"] in {"and", "et", "been", "ete"}
        and not (_LISTED_LAST.search(s.text, 0, position))
    ):
        it = s.ids[int(given["it"])]
        buyer = (
            next((a for a, t in s.sides if a and a != it), None) or s.party_before(given.start("it") - 1) or acquirer
        )
        if it not in {buyer, target}:
            return (acquirer if target in {buyer} or buyer in _earlier_targets(s, given.start()) else buyer), it
    return None


_BID_NOUN = re.compile(
    r"\b(?:bid|offer|approach|proposal|takeover|buyout|investment|offre|proposition|opa|investissement)\b"
)


def _earlier_targets(s: Sentence, position: int) -> set[str]:
    return {
        s.ids[int(m["it"])]
        for m in re.finditer(r"<(?P<it>\d+)>(?:'s? [^<>#,;.]{1,50})? (?:for|pour)\b", s.text[:position])
    }


_SELLER = re.compile(
    r"<(\d+)>,? (?:(?:has|have|had|a|ont|avait|will|va|also|since|then) ){0,2}(?:sold|sells?|selling|ced\w+|vend\w*|offload\w*|divest\w*)\b"
)


def _local_deal(scene: Scene, s: Sentence, position: int) -> tuple[str | None, str | None] | None:
    """The deal of a sentence where it is not the article's: another target, another buyer."""
    acquirer, target = scene.deal
    if led_by(_THIS_DEAL, s.text, position):
        return None
    framed = next((pair for start, pair in s.framed.items() if s.at[start][0] == position), None)
    if framed and framed[1] and framed != scene.deal and framed[0] != target:
        return framed[0] or None, framed[1]
    if beside := _beside(scene, s, position):
        return beside
    if (past := _THAT_OF.search(s.text, 0, position)) and acquirer:
        return acquirer, s.parties[int(past[1])].id
    if theirs := _RIVAL_SUM.match(s.text, position):
        return s.parties[int(theirs[1])].id, target
    if (owner := _OWNER_BOUGHT.search(s.text, 0, position)) and not _PARTY.search(s.text, 0, owner.start()) and target:
        return s.ids[int(owner[1])], target
    if made := _MADE_IT.search(s.text, 0, position):
        return s.ids[int(made[2])], s.ids[int(made[1])]
    if (itself := _BOUGHT_IT.search(s.text, 0, position + 30)) and itself.start() < position:
        whose = re.search(r"<(\d+)>'s|(?:owner of|proprietaire d[eu']) ?<(\d+)>", s.text[: itself.start()])
        owned = s.ids[int(whose[1] or whose[2])] if whose else None
        return s.parties[int(itself[1])].id, owned or target
    if (was := _WAS_BOUGHT.search(s.text, 0, position)) and not _PARTY.search(s.text, 0, was.start()):
        told = scene.sentences[s.index - 1].ids if s.index else []
        other = told[0] if len(set(told)) == 1 and told[0] not in scene.deal else target
        return s.parties[int(was[1])].id, other
    that = _BOUGHT_THAT.search(s.text, 0, position) and not _PARTY.search(s.text, 0, position)
    if that and (just := scene.told_before(s)):
        return None, just[1]
    if (itself := _IT_WAS_SOLD.search(s.text, 0, position)) and (about := s.standing(itself.start())):
        return (None, about[-1]) if about[-1] != target else None
    ends = dict(s.at.values())
    if (last := _LISTED_LAST.search(s.text, 0, position)) and s.ids[int(last[1])] == target:
        return scene.deal if acquirer else None
    if (on := SPENT_ON.match(s.text, ends[position])) and not FROM.search(on[0]):
        standing, spent_on = s.standing(position), s.parties[int(on[1])].id
        if standing and spent_on not in {target, acquirer, standing[0]}:
            return (standing[0] if standing[0] != target else acquirer), spent_on
    if (taken := _TAKEN_BY.search(s.text, 0, position)) and target:
        return s.ids[int(taken[1])], target
    pairs = list(dict.fromkeys(_sides_by(s, position)))
    if sum(bool(a and t) for a, t in pairs) > 1:
        pairs.sort(key=lambda pair: _nearness(s, position, pair), reverse=True)
        if pairs[0] == scene.deal:
            return None
    for a, t in pairs:
        if t in {None, ""} and a not in {target, acquirer, None} and target not in s.ids and s.index > 3:
            return a, None
        if (
            t in {target, None}
            and a not in {acquirer, None, target}
            and re.search(r"offer|offre|offert|bid|propos|rival|concurren", s.text)
        ):
            return a, target
        if t is None and a not in {target, acquirer, None} and acquirer in s.ids:
            return a, None
        if t not in {target, acquirer, None} and a != t:
            sells = a is None and (
                any(s.ids[int(m[1])] == acquirer for m in _SELLER.finditer(s.text, 0, position))
                or (s.index and SELL.search(s.text, 0, position) and not re.search(cues.BUY, s.text))
            )
            return (a if sells or a not in {None, target, t} else acquirer), t
    if bidder := re.search(
        r"(?:offer|bid|offre|injection|investment|investissement|apport)\w* (?:from|de|by|du) [^<>]{0,30}?<(\d+)>|<(\d+)>,? (?:avait |had |aurait |a |has )?(?:offert|propose|offered|bid)|"
        r"<(\d+)>,? (?:which |who |qui )?(?:had |avait |a |has )?(?:made|tabled|submitted|lodged|launched|fait|depose|presente) [^<>;.]{0,60}\b(?:bid|offer|approach|proposal|offre|proposition)\b|"
        r"<(\d+)>,? (?:which |who |qui )?(?:[a-z]+ (?:understood|said|thought|believed) to have |had |a |s'etait |s'est )?(?:stopped|bowed out|dropped out|arretee?) (?:at|a)\b",
        s.text,
    ):
        id = s.parties[int(next(filter(None, bidder.groups())))].id
        if id not in {acquirer, target}:
            return id, target
    if scene.deal in s.sides:
        return None
    if len(set(s.ids)) == 2 and not {acquirer, target} & set(s.ids) and not s.sides and _OTHER_DEAL.search(s.text):
        return s.ids[-1] if s.ids[-1] != s.ids[0] else None, s.ids[0]
    if (
        acquirer not in s.ids
        and (topic := topic_of(scene, s, position))
        and target
        and (acquirer is None or target in s.ids or _BID.search(s.text))
    ):
        return topic, target
    past = re.search(r"(?:acquisition|rachat|celle) (?:de|of)[^<>.;]{0,60}<(\d+)>", s.text)
    if past and acquirer and target and not {acquirer, target} & set(s.ids):
        return acquirer, s.parties[int(past[1])].id
    return None
