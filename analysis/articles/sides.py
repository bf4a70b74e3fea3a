"""Who buys whom in a sentence: by the verbs and nouns of buying and selling, and by where an amount stands between two companies."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from analysis.articles import cues

if TYPE_CHECKING:
    from analysis.articles.scene import Sentence

_PARTY = re.compile(r"<(\d+)>")
_BUY = re.compile(cues.BUY)
SELL = re.compile(
    r"\b(?:vente|cession|cede\w*|cedant|(?:re)?vend\w*|sold|sells?|selling|sale of|offload\w*|divest\w*|dispos\w+ of|shed(?:s|ding)?|hiv\w+ off|"
    r"se (?:separe|separer|deleste\w*|desengage\w*)|hand(?:s|ed|ing)? (?=the |its |over (?:the|its))|preneur pour|buyer for|part(?:s|ed|ing)? with|exit(?:s|ed|ing)?)\b"
)
DEAL_NOUN = re.compile(
    r"\b(?:takeover|buy-?out|acquisition|merger|acquir\w+|bid|approach|rachat|rachet\w*|cession|opa|fusion|reprise|escarcelle|giron|sous (?:le controle|pavillon)|take (?:it )?private|"
    r"offre|offer|offered|exclusivity|exclusivite|stake|participation|deal|talks|negoci\w+|pourparlers|suitor|sale|vente)\b"
)
# « Verrine tombe dans l'escarcelle d'Ostrea », "Verrine board backs Ostrea takeover": the target comes first.
_FALLS_TO = re.compile(
    r"<(\d+)>[^<>.;]{0,110}?\b(?:(?:escarcelle|giron|mains|bras|controle|pavillon|portefeuille|coupe|houlette) (?:de |du |d'|des )[^<>.;,#]{0,40}?|"
    r"(?:reject|spurn|rebuff|snub|turn\w* down|rejette|repouss|econdui|(?:said|says?|saying|dit|disent|dire) (?:no|non|yes|oui))\w*[^<>.;#]{0,30}? ?)<(\d+)>|"
    r"<(\d+)>[^<>.;]{0,60}?\b(?:welcom|back|accept|recommend|agree|approv|recoit|approuv|soutient)\w*(?: (?:to|a|the|an|la|le|l'|une|un))* ?<(\d+)>(?:'s)?(?: [a-z#€$£-]+){0,3}? (?:takeover|buy-?out|bid|offer|approach|proposal|merger)\b"
)
# "Verrine accepts a 3.7 billion bid from Ostrea", « Verrine repousse l'offre de 2 milliards d'Ostrea »
_ANSWERS = re.compile(
    r"<(\d+)>[^<>.;]{0,60}?\b(?:welcom|back|accept|recommend|agree|approv|recoi|recu|approuv|souti|reject|spurn|rebuff|snub|turn\w* down|rejet|refus|declin|repouss|econdui|receiv|consider|mull|review|weigh|etudi|examin)\w*"
    r"[^<>.;]{0,60}?\b(?:takeover|buy-?out|bid|offer|approach|proposal|offre|opa|proposition|avances|overtures|advances|approche)\b(?: (?:bid|offer|approach|publique|non sollicitee|hostile|amicale|inamicale|formulee?|faite|deposee?|[a-z]+ [#$€£]+))? ?[#$€£]*(?: (?:from|by|de|du|par)| d') ?(?:[\w'-]+ ){0,11}?<(\d+)>"
)
# "Verrine is going to Ostrea for 340 million", "the auction for Verrine, which went to Ostrea for"
_GOES_TO = re.compile(
    r"<(\d+)>,?(?:[^<>.;#]{0,40})? (?:which |that |qui )?(?:went|goes|is going|is to go|ira|va) (?:to|a|au|aux) [^<>.;#]{0,40}?<(\d+)>(?= (?:for|pour|in an?|dans une?)\b)|"
    r"<(\d+)>,? (?:has |have |a |est |will |va )?(?:fallen|falls?|fell|tombe\w*|passe\w*|passer|passes?|passed) (?:to|into the hands of|aux mains d[eu']|entre les mains d[eu']|dans le giron d[eu']|a|au|aux) ?(?:[a-z'-]+ ){0,5}?<(\d+)>"
)
_PRIVATE = re.compile(
    r"\b(?:tak(?:e|es|ing)|took|taken) [^<>.;#]{0,50}?<(\d+)> private\b"
)  # "to take pump maker Verrine private"
# "Ostrea became Verrine's largest shareholder after", « Ostrea est devenu le premier actionnaire de Verrine »
_HOLDER = re.compile(
    r"<(\d+)>(?:, [^<>;.#]{2,60},)?,? (?:has |had |have |will |would |is to |could |va |doit |devrait |pourrait |s'apprete a )?(?:became|becomes?|est devenue?|devient|devenir|deviendr\w+) (?:<(\d+)>'s? (?:[a-z]+ ){0,3}shareholder|(?:le |la |the |l')?(?:[a-z]+ ){0,2}(?:actionnaire|shareholder)(?: de reference| [a-z]+)? (?:de |d'|of |in )<(\d+)>)"
)
# "Verrine gained after Ostrea had made an offer"
_AFTER_BID = re.compile(
    r"<(\d+)>[^<>.;]{0,70} (?:after|as|when|once|apres que|alors que|quand) <(\d+)>,? [^<>.;#]{0,25}\b(?:made|tabled|lodged|launched|submitted|unveiled|announced|raised|fait|depose|lance|formule|presente)\b[^<>.;]{0,45}\b(?:offer|bid|approach|proposal|offre|opa|proposition)\b(?! (?:for|on|pour|sur))"
)
# "Ostrea offered 4.35 dollars a share, which values Verrine at", « Ostrea propose 12 euros par action, valorisant Verrine »
_PER_SHARE = re.compile(
    r"<(\d+)>[^<>.;#]{0,40}\b(?:offer\w*|bid|propos\w+|pay\w*|offr\w+|offert|met\w*) [^<>.;#]{0,20}#+[^<>.;#]{0,45}(?:#+[^<>.;#]{0,25})?\b(?:valu|valoris)\w+ (?:[a-z']+ ){0,3}(?:l')?<(\d+)>"
)
# « Verrine annonce l'arrivée d'Ostrea à son capital », "Verrine opens its capital to Ostrea": the target first
_LETS_IN = re.compile(
    r" (?:(?:arrivee|entree)(?: [a-z#']+){0,3} (?:capital|tour de table|actionnariat)(?: #+)? (?:de |du |d')|(?:ouvr\w+|opens?|opened|opening) (?:[a-z]+ ){0,2}capital (?:a |au |aux |to )|(?:accueill\w+|voit arriver|fait entrer|welcom\w+) (?:(?:un|une|an?|son|sa|its) [a-z' -]{3,40}, )?)"
    r"(?:[a-z-]+ ){0,4}?(?:l')?<(\d+)>"
)
# "Verrine, which it sold to a health insurer, Ostrea, for", « Verrine, qu'il a revendu à Ostrea »
_SOLD_ON_TO = re.compile(
    r"<(\d+)>,? (?:which|that|que|qu') ?(?:it|they|he|she|il|elle|ils)? ?(?:had |has |have |a |avait |ont )?(?:later |then |since |ensuite |depuis )?(?:sold|offloaded|(?:re)?vendue?s?|cedee?s?)\b[^<>.;#]{0,20} (?:to|a|au|aux) [^<>.;#]{0,40}?<(\d+)>"
)
# "Carbex will sell the fund the 20 % that it owns of Verrine"
_SELLS_HIM = re.compile(
    r"\b(?:sell|sells|sold|selling|hand|hands|handed|handing|offer|offers|offered) (?:the |its [a-z]+ )?<(\d+)> (?:the|its|an?|all|some|half)?[^<>.;]{0,12}#[^<>.;]{0,50} (?:in|of) (?:[a-z-]+ ){0,3}?<(\d+)>"
)
# « Ostrea cède à Halmar la majorité de Verrine », "Ostrea sold Halmar's fund a third of"
_SELLS_TO_OF = re.compile(
    r"\b(?:ced\w+|vend\w*|sell\w*|sold) (?:a|au|aux|to) (?:[\w'-]+ ){0,5}?(?:l')?<(\d+)>,? (?:(?!a |au |to |for |pour )[\w'#-]+ ){1,8}?(?:de |d'|du |dans |of |in )(?:[\w'-]+ ){0,3}?(?:l')?<(\d+)>"
)
# "Verrine has no interest in Ostrea's 2 billion approach": it is Verrine that Ostrea would buy
_ANSWERED = re.compile(
    r"<(\d+)>[^<>.;#]{2,60} <(\d+)>'s? (?:[a-z-]+ ){0,3}?(?:#+(?: \([^()<>]*\))?[ -]?)?(?:[a-z-]+ ){0,3}?(?:bid|offer|approach|proposal|advances|overtures)\b(?! (?:for|on|to (?:buy|acquire|take over)) (?:[a-z-]+ ){0,3}?<)"
)
_OUTBIDS = re.compile(
    r"\b(?:top|beat|trump|rival|follow|match|outbid|better|exceed|challeng|counter|hijack|gatecrash)\w*\b"
)
# "the hotel now belongs to Ostrea", "among the suitors is Ostrea"
_NOW_HIS = re.compile(
    r"\b(?:(?:appartien\w+|appartiendr\w+) (?:[a-z]+ )?(?:a|au|aux)|(?:now|will|would) belongs? to|(?:is|are) now owned by|(?:suitors?|bidders?|candidats?|pretendants?|acquereurs potentiels|repreneurs potentiels)\b[^<>.;#]{0,40}? (?:is|are|include|includes|including|figure|figurent|figurerait|figureraient|comme|such as|dont|on compte|on trouve|:)) (?:[\w'-]+ ){0,5}?(?:l')?<(\d+)>"
)
# "Ostrea's 8 billion bid", "the offer, from Ostrea, is worth": the bidder, of whom is not said
_BIDDER = re.compile(
    r"<(\d+)>'s? (?:[a-z-]+ ){0,3}?(?:#+(?: \([^()<>]*\))?[ -]?)(?:[a-z-]+ ){0,3}?(?:bid|offer|approach|proposal)\b(?! (?:for|on|to)\b)|"
    r"\b(?:bid|offer|approach|proposal|offre|proposition)\b[^<>.;]{0,45}? (?:from|by|venue? de|emanant de|formulee? par|faite par) (?:[\w'-]+ ){0,4}?<(\d+)>"
)
# « Rosmeur aura coûté 47 millions à Le Floch »: to whom it cost so much
_COST_HIM = re.compile(
    r"<(?P<t>\d+)>[^<>.;#]{0,20} (?:coute\w*|cost|costs) (?:[\w']+ ){0,3}?#+(?: \([^()<>]*\))? (?:a|au|aux|to) (?:[a-z'-]+ ){0,4}?<(?P<a>\d+)>"
)
# « Racheté 90 millions par Adrastia en 2019, Solvéa », "Bought by Adrast in 2019 for 90 million, Solvea"
_ONCE_BY = re.compile(
    r"(?:apres avoir|having|after having|after|apres l'avoir) (?:rachete|achete|acquis|repris|bought|acquired|buying|acquiring|taking over|paid \S+ for) (?:[a-z'-]+ ){0,3}?<(?P<t>\d+)>[^<>;.]{0,60}?, (?:[a-z'-]+ ){0,5}?<(?P<a>\d+)>"
)
_ONCE_OF = re.compile(
    r"(?:^|[\"'(] ?)\s*(?:r?achetee?|acquise?|reprise?|bought|acquired|taken (?:over|private)|snapped up|picked up)\b[^<>.;]{0,50}? (?:par|by) (?:[a-z'-]+ ){0,4}?<(?P<a>\d+)>[^<>;.]{0,50}?, (?:[a-z'-]+ ){0,5}?<(?P<t>\d+)>"
)
# « Ostrea, qui possède un tiers de Verrine, va lancer une OPA »
_OWNER_BIDS = re.compile(
    r"<(?P<a>\d+)>, (?:qui|which|who|deja|already)[^<>.;]{2,60}<(?P<t>\d+)>,[^<>.;#]{0,40}\b(?:lanc\w+|depos\w+|launch\w*|tabl\w*|made|mak\w+|prepar\w+|announc\w+|annonc\w+) (?:[a-z'-]+ ){0,4}?(?:opa|ope|offre|bid|tender|offer)\b"
)
# « Ostrea jette l'éponge dans la bataille pour Verrine », "Ostrea has withdrawn its offer for Verrine"
_HIS_BID = re.compile(
    r"<(?P<a>\d+)>,?[^<>.;]{0,70}? (?:(?:(?:son|sa|its|their|leur|une|un|an?) (?:[a-z#-]+ ){0,3}?(?:offre|opa|proposition|bid|offer|proposal|approach|projet de rachat|interet)|(?:the |la |le )?(?:bataille|course|duel|battle|race|contest|bidding|bidding war|encheres|surencheres|tussle|fight)) (?:(?:de rachat|d'achat|publique d'achat|[a-z#-]+) )?(?:sur|pour|on|for|over|a l'egard de) (?:[a-z'-]+,? ){0,7}?(?:l')?<(?P<t>\d+)>)"
)
# "the bid by Ostrea for Verrine", « l'acquisition par Ostrea de Verrine »
_BID_BY = re.compile(
    r"\b(?:bid|offer|approach|proposal|takeover|acquisition|purchase|buyout|investment|offre|opa|rachat|reprise|investissement) (?:by|from|par) (?:[\w'-]+ ){0,4}?(?:l')?<(?P<a>\d+)>,? (?:for|of|on|in|pour|sur|de|d'|dans) ?(?:[\w'-]+ ){0,3}?(?:l')?<(?P<t>\d+)>"
)
# "a deal to sell 32% of Verrine", « cède le solde de sa participation dans Verrine »: to whom is not said
_SELLS_PART = re.compile(
    r"\b(?:sell|sells|selling|sold|offload\w*|divest\w*|ced\w+|vend\w*|cession de|vente de) (?:(?:its|their|an?|the|all|most|half|another|sa|son|ses|les|une|la|le solde de sa|le reste de sa) )?(?:[a-z]+ )?(?:#+ )?(?:(?:equity )?(?:stake|interest|holding|shareholding|shares|participation|part|parts|titres) )?(?:of|in|de|du|d'|dans|au capital de) ?(?:[\w'-]+ ){0,2}?<(\d+)>(?!'s| (?:to|a|au|aux)\b)"
)
_AGREED_WITH = re.compile(r"\b(?:agreement|accord|contract|pact|deal)\b[^<>]*\b(?:with|avec) (?:[a-z]+ )?$")
# "Ostrea is out of Verrine", « Ostrea sort de Verrine »
_OUT_OF = re.compile(
    r"<\d+>,? (?:is |has |was )?(?:out of|pulled out of|cashed out of|bowed out of|sort\w*(?: du capital)? d[e'u]|est sorti\w* d[e'u]|quitt\w+ le capital d[e'u]) ?(?:[a-z'-]+ ){0,3}?<(\d+)>"
)
# "Ostrea beat Carbex in the auction for Verrine"
_BEAT = re.compile(
    r"<(?P<a>\d+)>,?[^<>.;#]{0,20} (?:beat|beats|beaten|outbid|outbids|defeated|pipped|trumped|saw off|a battu|bat|devance|a devance|l'emporte\w* sur|supplante) (?:[a-z'-]+ ){0,4}?<\d+>[^<>;.]{0,40} (?:for|to (?:buy|take|acquire)|pour|sur) (?:[a-z'-]+ ){0,4}?<(?P<t>\d+)>"
)
# "is working on a sale of Verrine", « prépare la cession de sa filiale Verrine »
_SALE_OF_IT = re.compile(
    r"\b(?:sale|disposal|divestment|divestiture|spin-?off|carve-?out|vente|cession) (?:of|de|d'|du|des) ?(?:[a-z'-]+ ){0,4}?(?:l')?<(\d+)>(?!'s)"
)
_PUTS_IN = re.compile(rf"#{cues.COMES_FROM}<(\d+)>")
# "an affiliate of Ostrea is to buy all of its shares", « Ostrea rachètera la totalité de ses titres »: of what stands before
_BUYS_ITS = re.compile(
    rf"<(\d+)>[^<>.;]{{0,40}}?\b{cues.BUY} (?:(?:all|the whole|the rest|half|most|the entirety|la totalite|l'ensemble|l'integralite|la majorite|le reste|un tiers|la moitie|#+)"
    r"(?: (?:of|de))? |toutes )(?:its|their|ses|son|leurs?|the company's|la totalite de) (?:[a-z]+ )?(?:shares|stock|capital|actions|titres|parts|equity)\b"
)
# « Verrine bientôt vendu ? », "Verrine could change hands": for sale, and to whom is not said
_FOR_SALE = re.compile(
    r"<(\d+)>,? (?:(?:bientot|pourrait etre|sur le point d'etre|en passe d'etre|va etre|serait|could be|may be|might be|about to be|is being|to be|set to be|put|is) "
    r"(?:mis en vente|en vente|a vendre|vendue?|cedee?|rachetee?|sold|put up for sale|up for sale|for sale|bought)\b(?! (?:its|their|ses|son|sa)\b)|"
    r"(?:pourrait |va |devrait |could |may |might |is to |is set to |will |to )?(?:chang(?:er?|es|ing)) (?:de (?:proprietaire|mains)|d'actionnaire|hands|owners?)\b|"
    r"[^<>.;]{0,60}? (?:has|have|had|a|ont|avait|vient de) chang(?:ed|er?|e) (?:hands|owners?|de mains?|de proprietaire)|"
    r"[^<>.;#]{0,90}? (?:being|be|been|get|getting) (?:taken over|bought out|taken private)\b(?! by))"
)
# « la vente au fonds Ostrea de sa filiale Verrine », "the sale to Ostrea of its Verrine unit"
_SALE_TO_OF = re.compile(
    r"\b(?:vente|cession|sale|disposal) (?:a|au|aux|to) (?:[\w'-]+ ){0,4}?<(\d+)> (?:de|d'|of) ?(?:[\w'-]+ ){0,4}?<(\d+)>"
)
# « le rachat auprès de Carbex de la marque Verrine », "bought from Carbex the Verrine brand": who sells, then what
_FROM_OF = re.compile(
    r"\b(?:rachat|acquisition|achat|reprise|purchase)(?: [a-z]+){0,2} (?:aupres d[eu']|a|au|from) ?(?:[\w'-]+ ){0,3}?(?:l')?<(\d+)> (?:de|d'|du|of) ?(?:[\w'-]+ ){0,5}?(?:l')?<(\d+)>"
)
# « Verrine : Ostrea monte au capital »
_TOPIC = re.compile(r"<(\d+)> ?: ?[^<>.;]{0,40}<(\d+)>(?=[^<>]*$)")
_DROPS = re.compile(
    r"<(\d+)>[^<>.;,]{0,40}? (?:drop|abandon|withdr[ae]w|pull|scrap|launch|sweeten|rais|improv|tabl|weigh|ditch|ax|lodg|prepar|plan|consider|mull|finaliz|complet|clos|seal|renonc)\w*"
    r"(?: (?:its|a|the|an|planned|hostile))* ?[#$€£ ]*<(\d+)>(?:'s)? (?:takeover|buy-?out|bid|offer|approach|proposal|acquisition|purchase)\b"
)
_BIDS = re.compile(
    r"<(\d+)>(?:'s)? (?:[a-z-]+ |[€$£]?#+ ){0,3}?(?:swoop|takeover|buy-?out|bid|raid|move|offer|acquisition|purchase|approach|proposal|run|tilt|play|pursuit) (?:on|of|for|at) [^<>.;]{0,40}?<(\d+)>"
)
# "Tessaly rival Ostrea", "Verrine's owner, Ostrea,": the one after it acts
ASIDE = re.compile(
    r"(?:'s?)?,? (?:[a-z-]+ ){0,2}(?:rival|competitor|owner|parent|shareholder|backer|unit|arm|subsidiary|spin-off)(?: company| group| firm)?,? (?:[a-z-]+ ){0,3}<|'s <| (?:creator|maker|developer) <"
)
FROM = re.compile(
    r"\b(?:aupres|from|selon|according|led by|menee? par|aux cotes|through|via|a travers|par l'intermediaire)\b"
)
_NOUNS = {"takeover", "buyout", "acquisition", "rachat", "reprise"}
_SOLD_ON = re.compile(
    r"\b(?:sold|vendue?s?|cedee?s?)\b.* (?:to|a|au|aux) "
)  # "the stake in the holding is being sold to Verrine"
_STAKE_NOUN = re.compile(r"(?:stake|holding|interest|shareholding) in|participation\b")
_SOLD_BEFORE = re.compile(r"\b(?:sell|sells|selling|sold|sale of|vend\w*|ced\w+|cession d[e'])\b[^<>;]{0,30}$")
_OF_WHOM = re.compile(r"(?:'s)? (?:maker|owner|creator|parent|rival|founder|designer|architect|backer)s?\b")
_WHO = re.compile(
    r"<(\d+)>(?: [a-z]+)?, (?:qui|which|who) (?:[a-z'#-]+ ){0,7}$"
)  # "Verrine accepted the offer of Ostrea, which will buy"
_OWNED_BY = re.compile(r"\b(?:detenu|possed|control|owned|held|backed|soutenu|fonde|dirige|led)\w* (?:par|by)\b")
_STAKE_WITH = re.compile(r"\b(?:stake|shareholding|interest|participation)\b.*\b(?:with|avec) (?:[a-z]+ )?$")
# "shares in Verrine doubled after Ostrea agreed to buy the pump maker for": what it is stands in its place
_FACING = re.compile(
    r"\b(?:face|distancer par|against|contre|rivalling|devant|ahead of)\b"
)  # « surenchérir face à Halmar »
_THE_ONE = re.compile(r" (?:the|le|la|l'|cette|ce|this|that) ?[^<>.;#,]{3,45}?(?:,| for | pour | at | a |#|$)")
_SINCE = re.compile(
    r"\b(?:after|as|because|when|once|since|parce que|apres que|alors que|quand|depuis que|that|que)[^<>.;#]{0,25}$"
)
# « rachetée pour 640 millions au fonds Alterance »: who is bought from
_FROM_HIM = re.compile(r"^(?:r?achet|rachat|acqui(?!r)|repri|repren)\w*\b.* (?:a|au|aux)(?: l'| [a-z-]+){0,3} $")
_DONE = re.compile(r"^(?:bought|acquired|purchased|r?achetee?s?|acquise?s?|reprise?s?)$")
_OF_IT = re.compile(r"(?:\bof|\bde|\bdu|d')[^,]*$")
_TOLD_BY = re.compile(
    r" \w+(?: (?:ce|le|on|in|#+))* ?#* (?:par|by) [^<>.;,]{0,20}?<"
)  # « l'acquisition dévoilée par Verrine, qui »


# "Verrine, the owner of the Halmar mills, said": by what else it has
_BESIDES = re.compile(
    r"(<\d+>), (?:the |an? |le |la |l')?(?:[a-z-]+ ){0,2}?(?:owner|maker|operator|publisher|proprietaire|editeur|fabricant|exploitant|[a-z-]+(?= behind))s? (?:of|behind|de|des|du) (?:[a-z' -]{0,30})<\d+>(?:'s)?[a-z' -]{0,30},(?! (?:sold|sells|to sell|is selling|a vendu|vend|cede|a cede))"
)


# « cède sa branche verrière, incluant la maison Verrine, à Halmar »
_INCLUDING = re.compile(
    r", (?:incluant|including|y compris|comprenant|which includes|dont) (?:[\w'-]+ ){0,6}?(?:l')?<\d+>(?:,? (?:et|and) <\d+>)?,"
)


def pairs_of(sentence: Sentence) -> list[tuple[str | None, str | None]]:
    """Who buys whom, for each verb or noun of buying or selling in a sentence."""
    found: list[tuple[str | None, str | None]] = []
    text = _BESIDES.sub(lambda m: m[1] + "," + " " * (len(m[0]) - len(m[1]) - 2) + ",", sentence.text)
    text, ids = _INCLUDING.sub(lambda m: "," + " " * (len(m[0]) - 2) + ",", text), sentence.ids
    for match in _BUY.finditer(text):
        after = text[match.end() :]
        by = re.match(
            r"(?: (?:de |d'|of ))?[^<>.;]{0,40}?<(\d+)>[^<>.;]{0,30}? (?:par|by) [^<>.;]{0,40}?<(\d+)>", after
        )
        passive = (
            re.match(r"[^<>.;]{0,60}?\b(?:by|par) [^<>.;#]{0,40}?<(\d+)>", after) if _DONE.search(match[0]) else None
        )
        passive = passive or re.match(r"[^<>.;]{0,12}?\b(?:by|par) [^<>.;]{0,40}?<(\d+)>", after)
        if by and _OWNED_BY.search(text, match.end(), match.end() + by.end()):
            by = None
        before = [int(n) for n in _PARTY.findall(text[: match.start()])]
        if _STAKE_NOUN.match(match[0]) and _HELD.search(text[: match.start()]):
            continue
        if _STAKE_NOUN.match(match[0]) and _SOLD_BEFORE.search(text[: match.start()]):
            found += [(None, ids[int(m[1])]) for m in [re.match(r"[^<>.;]{0,60}?<(\d+)>", after)] if m]
            continue
        if _BOUGHT_ONCE.match(text, max(0, text.rfind("<", 0, match.start()))):
            continue
        if by:
            found.append((ids[int(by[2])], ids[int(by[1])]))
        elif passive and before:
            found.append((ids[int(passive[1])], ids[before[-1]]))
        elif passive:  # "the maker was bought for 62 million by Ostrea"
            found.append((ids[int(passive[1])], None))
        elif _TOLD_BY.match(after):
            continue
        else:
            target = re.match(r"([^<>.;]{0,110}?)<(\d+)>", after)
            if target and (own := re.match(r"([^<>.;]{0,110}?<\d+>'s? (?:[a-z-]+ ){0,3})<(\d+)>", after)):
                target = own
            if target and _OF_WHOM.match(after, target.end()):
                continue
            if target and _FROM_HIM.search(match[0] + target[1]):
                continue
            if target and _STAKE_WITH.search(match[0] + target[1]):
                continue
            if target and _OWNED_BY.search(target[1]):
                continue
            if target and match[0].startswith("purchas") and _AGREED_WITH.search(target[1]):
                continue
            if target and (_SOLD_ON.search(target[1]) or _FACING.search(target[1])):
                continue
            if _THE_ONE.match(after) and not (target and "#" not in target[1]):
                near = [ids[int(q[1])] for q in _PARTY.finditer(text, 0, match.start())]
                if len({*near}) > 1 and _SINCE.search(text, 0, text.rfind("<", 0, match.start())):
                    found.append((near[-1], next(id for id in reversed(near) if id != near[-1])))
                    continue
            if target and match[0] in _NOUNS and not _OF_IT.search(target[1]):
                continue
            if target and not FROM.search(target[1]):
                acting = [m for m in _PARTY.finditer(text, 0, match.start()) if not ASIDE.match(text, m.end())]
                alone = [m for m in acting if not sentence.governed(m.start())]
                acting = alone or ([] if match[0] in _NOUNS and sentence.governed(match.start()) else acting)
                clause = max((j.end() for j in _CLAUSE.finditer(text, 0, match.start())), default=0)
                acting = [m for m in acting if m.start() >= clause] or acting
                who = _WHO.search(text, 0, match.start())
                acting = [who] if who else acting
                acquirer = next((ids[n] for m in acting if ids[n := int(m[1])] != ids[int(target[2])]), None)
                found.append((acquirer, ids[int(target[2])]))
    told_so = len(found)
    for match in SELL.finditer(text):
        sold = _SOLD_TO.match(text, match.end()) or _SOLD.match(text, match.end())
        if sold:
            whose = _WHOSE.search(text, 0, match.start())
            of = sold[1] or (whose and (whose[1] or whose[2]))
            found.append((ids[int(sold[2])], ids[int(of)] if of else None))
    for buyer, it in found[told_so:]:  # "in talks to hand its bakery, Crumbly, to Nordahl": the seller buys nothing
        if buyer and it:
            selling = {id for m in SELL.finditer(text) for id in sentence.standing(m.start())}
            found = [(a, t) for a, t in found if t != it or a not in selling or a == buyer]
    for match in _SOLD_FOR.finditer(text):
        if not _TO_OTHER.search(match["told"] or "") and not _TO_HIM.match(match["told"] or ""):
            found.append((None, ids[int(match["it"] or match["itself"])]))
    for match in _SALE_OF_IT.finditer(text):
        if not any(t == ids[int(match[1])] for _, t in found):
            found.append((None, ids[int(match[1])]))
    for match in itertools.chain(_OUT_OF.finditer(text), _SELLS_PART.finditer(text)):
        if not any(t == ids[int(match[1])] for _, t in found):
            found.append((None, ids[int(match[1])]))
    for match in _FALLS_TO.finditer(text):
        found.append((ids[int(match[2] or match[4])], ids[int(match[1] or match[3])]))
    found += [
        (None, ids[int(m[1])]) for m in _FOR_SALE.finditer(text) if not any(t == ids[int(m[1])] for _, t in found)
    ]
    for match in itertools.chain(_PER_SHARE.finditer(text), _SALE_TO_OF.finditer(text)):
        found.append((ids[int(match[1])], ids[int(match[2])]))
    for match in _LETS_IN.finditer(text):
        found += [(ids[int(match[1])], opened) for opened in sentence.standing(match.start())[:1]]
    for match in itertools.chain(_SELLS_HIM.finditer(text), _SELLS_TO_OF.finditer(text)):
        found.append((ids[int(match[1])], ids[int(match[2])]))
    for match in _ANSWERED.finditer(text):
        if not _OUTBIDS.search(match[0]) and not sentence.governed(match.start()):
            pair = ids[int(match[2])], ids[int(match[1])]
            found = [p for p in found if p != pair[::-1]] + [pair]
    for match in _BUYS_ITS.finditer(text):
        others = [id for id in sentence.standing(match.start()) if id != ids[int(match[1])]]
        found += [(ids[int(match[1])], others[0])] if others else []
    for match in _SOLD_ON_TO.finditer(text):
        found.append((ids[int(match[2])], ids[int(match[1])]))
    for match in _FROM_OF.finditer(text):
        buyer = next(iter(sentence.standing(match.start())), None)
        found = [*(p for p in found if p[1] != ids[int(match[1])]), (buyer, ids[int(match[2])])]
    for match in _PRIVATE.finditer(text):
        found.append((next(iter(sentence.standing(match.start())), None), ids[int(match[1])]))
    for match in _GOES_TO.finditer(text):
        found.append((ids[int(match[2] or match[4])], ids[int(match[1] or match[3])]))
    for match in itertools.chain(
        _COST_HIM.finditer(text),
        _ONCE_BY.finditer(text),
        _ONCE_OF.finditer(text),
        _BEAT.finditer(text),
        _OWNER_BIDS.finditer(text),
        _HIS_BID.finditer(text),
        _BID_BY.finditer(text),
    ):
        if not any(beaten.start() < match.start() < beaten.end() for beaten in _BEAT.finditer(text)):
            found.append((ids[int(match["a"])], ids[int(match["t"])]))
    for match in _HOLDER.finditer(text):
        found.append((ids[int(match[1])], ids[int(match[2] or match[3])]))
    for match in _AFTER_BID.finditer(text):
        found.append((ids[int(match[2])], ids[int(match[1])]))
    for match in _ANSWERS.finditer(text):
        bidder, answers = ids[int(match[2])], ids[int(match[1])]
        if not any(a == bidder and t not in {None, answers} for a, t in found):  # its owner may answer for it
            found.append((bidder, answers))
    for match in _TALKS.finditer(text):
        found.append((ids[int(match[1])], ids[int(match[2])]))
    for match in _TALKS_OF_ITS.finditer(text):
        it = ids[int(match[1])]
        found = [(a, t) for a, t in found if t != it] + [(it, id) for id in sentence.standing(match.start())[:1]]
    for match in _WAS_SOLD.finditer(text):
        found.append((ids[int(match[2])], ids[int(match[1])]))
    if (topic := _TOPIC.match(text)) and _BUY.search(text, topic.end()):
        found.append((ids[int(topic[2])], ids[int(topic[1])]))
    for match in itertools.chain(_BIDS.finditer(text), _DROPS.finditer(text)):
        found.append((ids[int(match[1])], ids[int(match[2])]))
    for match in _BOUGHT_ONCE.finditer(text):
        buyer = next((ids[int(n)] for n in _PARTY.findall(text[: match.start()])), None)
        found.append((buyer, ids[int(match[1])]))
    found += _paid_for(sentence)
    found += [pair for pair in sentence.framed.values() if pair[1] and pair not in found]
    told = {a for a, t in found if t}
    bought = {t for a, t in found if a}
    found = [(a, t) for a, t in found if a or t not in bought]
    suitors = {ids[int(match[1])] for match in _TALKS.finditer(text)}
    return [(a, t) for a, t in found if a != t and (t or a not in told) and t not in suitors]


# "Ostrea will pay 600 million to Verrine for its boilers": the one who pays buys, the one who is paid sells
_PAYS_TO = re.compile(
    r"<(\d+)>[^<>.;#]{0,40}\b(?:pay|pays|paid|paying|hand(?:s|ed|ing)?(?: over)?|verse\w*|paie\w*|paye\w*|debourse\w*) (?:[\w'-]+ ){0,4}?#+(?: \([^()<>]*\))? (?:to|a|au|aux) (?:[\w'-]+ ){0,4}?(?:l')?<(\d+)>(?:,[^<>.;#]{0,40},)? (?:for|pour|in exchange for|contre|en echange d[eu'])"
)


def sellers_of(sentence: Sentence) -> set[str]:
    """The companies that a sentence says to be paid for something they own."""
    return {sentence.ids[int(m[2])] for m in _PAYS_TO.finditer(sentence.text)}


def bidders_of(sentence: Sentence) -> set[str]:
    """The companies that a sentence says to bid, or to put money in, of whom it need not say."""
    named = {sentence.ids[int(m[1] or m[2])] for m in _BIDDER.finditer(sentence.text)}
    named |= {sentence.ids[int(m[1])] for m in _PAYS_TO.finditer(sentence.text)}
    named |= {sentence.ids[int(m[1])] for m in _NOW_HIS.finditer(sentence.text)}
    return named | {sentence.ids[int(m[1])] for m in _PUTS_IN.finditer(sentence.text)}


# « il détient déjà Helmwerk, racheté l'an dernier pour », "Verrine, which it bought in 2019 for"
_BOUGHT_ONCE = re.compile(
    r"<(\d+)>,? (?:rachetee?|acquise?|reprise?|achetee?|bought|acquired|purchased|(?:(?:which|that)|(?:the|an?) (?:[a-z<>0-9-]+ ){1,4}?(?:that |which )?)(?: |(?<= ))(?:it|they|the \w+) (?:had )?(?:bought|acquired|purchased|took over|picked up|snapped up)|"
    r"qu'(?:il|elle|ils|elles) (?:a|avait|ont|avaient) (?:rachet|acqui|repri|achet)\w+)(?![^<>.;#]{0,20} (?:by|par|of|d[eu']) )[^<>.;]{0,40} (?:for|pour|contre) [^<>.;#]{0,25}#++(?! (?:le |la |les |l')?\"?<)"
)
# « en négociations avec Ostrea pour la vente de sa filiale Verrine »; "Verrine was sold in June to Ostrea"
_TALKS = re.compile(
    r"\b(?:avec|with) [^<>.;]{0,40}?<(\d+)>[^<>.;]{0,20} (?:pour|en vue de|sur|on|for|over|about|to) (?:lui |leur )?(?:la |the |a |le |sell |ceder |vendre )?"
    r"(?:(?:vente|cession|sale|disposal) (?:de |d'|du |des |of )|(?<=sell )|(?<=ceder )|(?<=vendre ))[^<>.;]{0,60}?<(\d+)>"
)
# « en négociations exclusives avec Ostrea en vue de lui céder sa branche »: a part of the one that talks
_TALKS_OF_ITS = re.compile(
    r"\b(?:avec|with) (?:[\w'-]+ ){0,6}?(?:l')?<(\d+)>,? (?:pour|en vue de|afin de|sur|on|for|over|about|to) (?:lui |leur |la |the |a |le )?"
    r"(?:sell|sale of|disposal of|ceder|vendre|cession de|vente de) ?(?:its|their|sa|son|ses|leurs?) [^<>.;,#]{3,60}(?:[.;#]|$|,(?! (?:[a-z]+ ){0,3}<))"
)
_WAS_SOLD = re.compile(
    r"<(\d+)>,?[^<>.;#]{0,12} (?:(?<=, )(?=vendu|cede|sold|offload)|(?:a ete|avait ete|est|sera|was|has been|had been|is being|will be|being) )(?:vendu|cede|sold|offloaded|divested)e?s?(?: [^<>.;#,]{0,15}#*)? (?:a|au|aux|to) [^<>.;,]{0,40}?<(\d+)>"
)
_SHARE_OF = re.compile(
    r" (?:(?:stake|holding|interest|slice|share|part|participation) )?(?:of|in|de|du|d'|chez|dans)(?: [^<>.;,#]{0,45}?| ?)<(\d+)>"
)
SPENT_ON = re.compile(
    r" (?:en [0-9#]+ |in [0-9#]+ |directly |directement )?(?:for|pour|dans|sur|on|in|into|to buy)(?! (?:celle|celui|that|those)\b)(?: [^<>.;,#]{0,45}?| ?)<(\d+)>"
)
_SALE_OF = re.compile(
    r"\b(?:vente|cession|sale|ceder|cede|(?:re)?vend|(?:re)?vendent|(?:re)?vendu|(?:re)?vendre|sell|sells|selling|sold) (?:de |d'|of )?(?:[a-z']+ ){0,2}$"
)
_MEANWHILE = re.compile(r"\b(?:while|but|as|after|when|whereas|alors|tandis|mais|pendant)\b")
_HELD = re.compile(
    r"\b(?:(?<!now )has|have|had|avait|a|ont) (?:also |already |aussi |deja |egalement )?(?:an? |une? )?(?:#+ (?:[a-z]+ )?)?$|\b(?:owns?|owned|holds?|held|keeps?|kept|retain\w*|detien\w*|detenait|garde\w*|conserv\w*|possed\w*|controle\w*)\b[^<>;]{0,25}$"
)


_SOLD_TO = re.compile(r"[^<>.;]{0,110}?<(\d+)>[^<>.;]{0,60}?,? (?:a|au|aux|to) [^<>.;]{0,40}?<(\d+)>")
_SOLD = re.compile(r"()[^<>.;]{0,130}? (?:a|au|aux|to) (?:l'|le |la |un |the )?[^<>.;]{0,40}?<(\d+)>")


# "Verrine's sponsor sold a slice to", « les actionnaires de Verrine cèdent »
_WHOSE = re.compile(
    r"<(\d+)>'s? (?:sponsor|owners?|parent|shareholders?|backers?|founders?|family)\b|(?:proprietaires?|actionnaires?|fondateurs?|famille) (?:de |d'|du )<(\d+)>"
)
# "sold his first company, the mapping start-up Wayfold, for": to whom is not said
_SOLD_FOR = re.compile(
    r"\b(?:sold|sell|selling|vend\w+|cede\w*|revend\w+) (?P<told>[^<>.;#]{0,70}?)<(?P<it>\d+)>,?(?: (?:[a-z-]+ ){0,2}(?:business|unit|division|arm|operations|brand|chain|shops|stores))? (?:for|pour)(?: [\w'-]+){0,3} #|"
    r"<(?P<itself>\d+)>,? [^<>.;#]{0,25}\b(?:sold|vendue?s?|cedee?s?) (?:for|pour)(?: [\w'-]+){0,3} #"
)


# "Ostrea bought Verrine, and Halmar answered with 3 billion for Carbex": each with its own buyer
_CLAUSE = re.compile(
    r"(?:, (?:and|but|while|as)|;| while| because| parce que| tandis que| alors que|, (?:et|mais)) (?=(?:[\w'-]+ ){0,3}<)"
)


_OF_SELLER = re.compile(r" (?:a|au|aux|from)(?: l'| [a-z-]+){0,2} ?<\d+>$")  # « 60 % du fabricant à Tilleul »
_PARTING = re.compile(r"\b(?:parting with|offloading|selling|cedant|vendant)\b[^<>;.]{0,25}$")


def _paid_for(sentence: Sentence) -> list[tuple[str | None, str | None]]:
    """Who takes a share of whom, or spends on whom, by the amount that stands between them, whatever the verb."""
    found: list[tuple[str | None, str | None]] = []
    for quantity in sentence.quantities:
        a, b = sentence.at[quantity.start]
        shape = {"percent": _SHARE_OF, "money": SPENT_ON}.get(quantity.kind)
        match = shape.match(sentence.text, b) if shape else None
        clause = max((j.end() for j in _CLAUSE.finditer(sentence.text, 0, a)), default=0)
        buyer = re.search(r"<(\d+)>", sentence.text[clause:a]) or re.search(r"<(\d+)>", sentence.text[:a])
        if (
            match
            and buyer
            and not FROM.search(match[0])
            and not _MEANWHILE.search(match[0])
            and not _OWNED_BY.search(match[0])
            and not _HELD.search(sentence.text[:a])
            and not (quantity.kind == "percent" and _OF_SELLER.search(match[0]))
            and not _SALE_OF.search(sentence.text[:a])
            and not (quantity.kind == "percent" and _PARTING.search(sentence.text, clause, a))
        ):
            pair = sentence.ids[int(buyer[1])], sentence.ids[int(match[1])]
            found += [pair] if pair[0] != pair[1] and sentence.opens() else []
    return found


# « Ostrea gobe Verrine pour 2 milliards », whatever the verb: a company, what it does, another, and an amount that is given for it.
_FRAME = re.compile(
    r"<(\d+)>(?P<verb>[^<>.;:#]{2,90}?)<(\d+)>(?P<rest>[^<>.;:#]{0,70}?)[ ,(](?:for|pour|contre|moyennant|in an?|dans une?)(?P<hedge>(?: [\w'’-]+){0,5}?) ?(?P<sum>#)"
)
_NO_FRAME = re.compile(
    r", (?:au|aux) |\b(?:su(?:es|ed|ing)|fin(?:es|ed)|rivals?|accus\w+|contracts?|contrats?|orders?|commandes?|suppl(?:y|ies|ied)|customers?|clients?|joins?|rejoint|"
    r"like|than|as|went|goes|going|comme|que|while|tandis|after|apres|competes?|concurrence|attaque|poursui\w+|assigne|condamne\w*|a year|par an|owes?|doit|"
    r"(?:market|stock) value|capitalisation|revenues?|sales|chiffre|from|aupres|selon|according|sells?|sold|sale|disposal|vente|cession|vend\w*|ced\w+|loan|lends?|lent|lending|pret\w*|penalt\w+|damages|amende|"
    r"fines?|settle\w*|dividende?s?|valu\w+|valoris\w+|raised|raises|leve|round|tour|profits?|loss|investors?|invested)\b"
)
_TO_HIM = re.compile(r"(?:a|au|aux|to)\b")
_TO_OTHER = re.compile(r"(?:\b(?:to|with|against|by|and|or|at|a|au|aux|avec|par|et|ou|face|the|chez) |, )$")
_NO_PRICE = re.compile(
    r"#*[- ](?:\w+[- ]){0,2}(?:valuation|round|funding|financing|series|contract|order|loan|fine|levee|tour|contrat|amende|share|action|titre|jobs)\b|#*(?:,| a| per| par| la| chaque| l') ?(?:share|action|titre|year|an)\b"
)


_GIVE = r"(?:investissement|engagement(?: financier)?|commitment|apport|injection|mise|cheque|investment|bet|injection|acquisition|purchase|takeover|buyout|buy-out|deal|rachat|offre|offer|bid|stake)"
_ROUND = r"(?:tour|round|levee|funding|financement|financing|raise|serie|series)"
# A noun that names both sides: « l'investissement de 4 milliards d'Ostrea dans Verrine », "Ostrea's 4 billion bet on Verrine".
_NOMINAL = (
    re.compile(
        rf"\b{_GIVE} (?:[a-z]+ )?(?:de |d')(?:[a-z']+ ){{0,3}}?(?P<sum>#+)(?: \([^()<>]*\))? (?:de |d'|du )(?:[a-z-]+ ){{0,3}}?<(?P<a>\d+)> (?:dans|chez|pour|sur) (?:[\w'-]+ ){{0,3}}?(?:l')?<(?P<t>\d+)>"
    ),
    re.compile(
        rf"<(?P<a>\d+)>'s? (?:[a-z-]+ ){{0,4}}?(?P<sum>#+)(?: \([^()<>]*\))? ?-?(?:[a-z-]+ ){{0,3}}?{_GIVE} (?:in|into|of|with|on|for|to (?:buy|acquire)) (?:[\w'-]+ ){{0,4}}?<(?P<t>\d+)>"
    ),
    re.compile(
        rf"<(?P<a>\d+)>,?[^<>.;#]{{0,40}} (?:made|makes?|making|announced|closed|completed|struck|agreed|signed|finalis?ed|finalized|unveiled|clinched|sealed|plans|planned|proposed|launched|a (?:fait|annonce|conclu|signe|realise|finalise)|annonce|prepare) (?:a|an|its|un|une|son|sa) (?:[a-z-]+ ){{0,2}}?(?:{_GIVE} (?:de |d'))?(?:[a-z']+ ){{0,2}}?(?P<sum>#+)(?: \([^()<>]*\))? ?-?(?:(?:[a-z-]+ ){{0,3}}?{_GIVE} )?(?:in|into|of|with|on|for|dans|chez|sur|pour|to (?:buy|acquire)) (?:[\w'-]+ ){{0,4}}?(?:l'|d')?<(?P<t>\d+)>"
    ),
    re.compile(
        rf"<(?P<a>\d+)>,?[^<>.;#]{{0,40}} (?:inject|invest|apport|mis|put|pump|pour|plough|plow|sank|contribut|commit)\w* (?:[a-z']+ ){{0,3}}?(?P<sum>#+)(?: \([^()<>]*\))? (?:dans|into|in|to|a) (?:le |la |un |une |the |a |an |its )?(?:[a-z-]+ )?(?:<(?P<t>\d+)>'s (?:[a-z-]+ ){{0,3}}?{_ROUND}|(?:[a-z]+ )?{_ROUND}[^<>.;]{{0,60}}? (?:de |d'|of |du )<(?P<u>\d+)>)"
    ),
    re.compile(
        r"<(?P<a>\d+)>'s? (?:[a-z-]+ ){0,3}?(?P<sum>#+)(?: \([^()<>]*\))? (?:[a-z-]+ ){0,2}?(?:merger|combination|agreement to merge|deal to merge|to merge|plan to merge) (?:of )?(?:its |the )?<\d+>[^<>.;#]{0,30} (?:with|into) <(?P<t>\d+)>"
    ),
    re.compile(
        r"<(?P<a>\d+)>,? (?:which |who |qui )?[^<>.;]{0,30}?\b(?:paid|paying|spent|shelled out|splashed out|forked out|handed over|coughed up|debourse|verse|depense|lache)\b(?: [a-z]+){0,3} (?P<sum>#+)(?: \([^()<>]*\))? (?:for|on|pour|dans) [^<>.;#]{3,60} (?:with|in|of|avec|de|chez|dans) (?:[a-z-]+ ){0,3}?(?:l')?<(?P<t>\d+)>"
    ),
    re.compile(
        r"<(?P<a>\d+)>[^<>.;#]{0,60}\b(?:r?achet(?:er|e|ent|era|erait)|s'offr(?:e|ir|ira)) (?P<sum>#+)(?: \([^()<>]*\))? (?:le |la |les |l')?(?:[\w'-]+ ){0,4}?<(?P<t>\d+)>"
    ),
    re.compile(
        rf"<(?P<a>\d+)>[^.;#]{{0,130}} (?:en )?(?:inject|invest|apport|put|pump|pour|contribut|commit)\w* (?:[a-z']+ ){{0,3}}?(?P<sum>#+)(?: \([^()<>]*\))? (?:dans|into|in|to|a) (?:sa|son|its|their) (?:[a-z]+ ){{0,3}}{_ROUND}"
    ),
    re.compile(
        r"\b(?:fusion|rapprochement|mariage|merger|tie-up|combination) (?:a |de |d'un montant de |of |worth |valued at )(?:[a-z']+ ){0,3}?(?P<sum>#+)(?: \([^()<>]*\))? (?:entre|between|of) (?:[\w'-]+ ){0,3}?(?:l')?<(?P<a>\d+)> (?:et|and|with) (?:[\w'-]+ ){0,3}?(?:l')?<(?P<t>\d+)>"
    ),
    re.compile(
        r"(?P<sum>#+)(?: \([^()<>]*\))?[ -](?:[a-z-]+ ){0,3}?(?:merger|tie-up|combination) (?:between|of) (?:[\w'-]+ ){0,3}?<(?P<a>\d+)> (?:and|with) (?:[\w'-]+ ){0,3}?<(?P<t>\d+)>"
    ),
    re.compile(
        r"<(?P<t>\d+)>,?[^<>.;#]{0,60} (?:received|got|secured|landed|won|accepted|a recu|a obtenu|a decroche) (?:an? |un |une )?(?:[a-z]+ )?(?P<sum>#+)(?: \([^()<>]*\))?[ -](?:[a-z-]+ ){0,2}?(?:investment|injection|cheque|d'investissement|d'apport) (?:from|by|de|d'|of) ?(?:[\w'-]+ ){0,4}?<(?P<a>\d+)>"
    ),
    re.compile(
        r"<(?P<t>\d+)>[^<>.#]{0,90}\b(?:fetched|rapporte|realised|went for)\b(?: [a-z]+){0,3} (?P<sum>#+)(?: \([^()<>]*\))? from (?:[a-z'-]+ ){0,3}?<(?P<a>\d+)>"
    ),
    re.compile(
        r"(?:(?:offers?|bid|non|no) (?:to|a|aux?|de|of)|refus\w+|declin\w+|repouss\w+|ecart\w+|comparee?s? a\w*)(?: [a-z]+){0,3} (?P<sum>#+)(?: (?:que|qu') ?(?:lui )?(?:avait|a|had)(?: [a-z]+){0,3}(?: en #+)?| from| by) (?:[a-z-]+ ){0,2}?<(?P<a>\d+)>"
    ),
    re.compile(
        r"<(?P<a>\d+)> (?:accounts? for|accounted for|is contributing|contributed|contributes|chipped in|chips in|put in|puts in|invested|apporte|met|mise)(?: [a-z]+){0,3} (?P<sum>#+) (?:of|de) (?:the |ce |cette |la |le )?(?:total|round|sum|raise|tour|levee|somme)\b"
    ),
    re.compile(
        r"<(?P<t>\d+)>[^<>;.#]{0,30} (?:turned down|rejected|refused|spurned|accepted|rebuffed|a refuse|a rejete|a decline|avait refuse|avait rejete|avait decline|avait repousse|a repousse)(?: [a-z]+){0,3} (?P<sum>#+)(?: \([^()<>]*\))? (?:from|by|de|du|d') ?(?:[\w'-]+ ){0,3}?<(?P<a>\d+)>"
    ),
    re.compile(
        r"<(?P<a>\d+)>'s?[^<>.;#]{0,45}? (?:purchase|acquisition|buyout|buy-out|takeover) of (?:[\w'-]+ ){0,3}?<(?P<t>\d+)> (?:for|at|in an?)(?: [\w'-]+){0,3}? (?P<sum>#+)"
    ),
    re.compile(
        r"<(?P<a>\d+)>[^<>.;#]{0,60} (?:its|their|the) (?:[a-z-]+ ){0,2}?(?P<sum>#+) <(?P<t>\d+)>(?:'s)? (?:acquisition|purchase|takeover|buyout|deal|investment)\b"
    ),
    re.compile(
        r"<(?P<t>\d+)>[^<>.;]{0,120}?(?:(?P<sum>#+)(?: \([^()<>]*\))? (?:share sale|tender offer|secondary sale|stake sale|sale of shares)[^<>.;]{0,80}?|(?:sell|sale of|sold|vend\w+|ced\w+) (?:[a-z]+ )?(?:shares|stock|actions|titres|parts)[^<>.;#]{0,25} (?P<two>#+)(?: \([^()<>]*\))?) (?:to|a|au) (?:[\w'-]+ ){0,5}?<(?P<a>\d+)>"
    ),
)


# « qui détient Verrine après son rachat pour un montant de 500 millions »
_AFTER_ITS = re.compile(
    r"<(?P<t>\d+)>,? (?:depuis #+,? |since #+,? )?(?:apres|after|following) (?:son|sa|its|un|une|an?|the) (?:rachat|acquisition|reprise|investissement|purchase|takeover|buyout|investment)\b[^<>.;#]{0,12}(?:(?:en|in) #+,? )?[^<>.;#]{0,30}?(?:de|d'|of|for|pour)(?: [a-z]+){0,2} (?P<sum>#+)"
)


# « l'achat de 12,5 milliards en 2012 de Verrine », « son acquisition de Verrine – 12,5 milliards »
_SUM_FIRST = re.compile(
    r"\b(?:r?achat|acquisition|purchase|takeover|buyout) (?:de |d'|of )(?P<sum>#+)(?: \([^()<>]*\))?(?: en #+| in #+)? (?:de |d'|of )(?:[\w'-]+ ){0,3}?<(?P<t>\d+)>|"
    r"\b(?:r?achat|acquisition|purchase|takeover|buyout)(?: [a-z]+)? (?:de |d'|of )(?:[\w'-]+ ){0,3}?<(?P<it>\d+)> - (?:[a-z]+ ){0,2}(?P<two>#+)"
)


def nominal_by(sentence: Sentence) -> dict[int, tuple[str, str]]:
    """(buyer, target) of each sum by the words around it, for its place in the sentence's text; no target is the article's."""
    found: dict[int, tuple[str, str]] = {}
    for match in _AFTER_ITS.finditer(sentence.text):
        it = sentence.ids[int(match["t"])]
        found[match.start("sum")] = next((id for id in sentence.standing(match.start()) if id != it), ""), it
    for match in _SUM_FIRST.finditer(sentence.text):
        it = sentence.ids[int(match["t"] or match["it"])]
        buyer = next((id for id in sentence.standing(match.start()) if id != it), "")
        found[match.start("sum" if match["sum"] else "two")] = buyer, it
    for shape in _NOMINAL:
        for match in shape.finditer(sentence.text):
            named = match.groupdict()
            told = named.get("t") or named.get("u")
            a, t = sentence.ids[int(named["a"])], sentence.ids[int(told)] if told else ""
            start = match.start("sum") if named["sum"] else match.start("two")
            if a != t:
                found.setdefault(start, (a, t))
    return found


def framed_by(sentence: Sentence) -> dict[int, tuple[str, str]]:
    """(buyer, target) by the place of the amount that is given for the target, whatever the verb."""
    found: dict[int, tuple[str, str]] = {}
    ends = {at[0]: start for start, at in sentence.at.items()}
    money = {q.start for q in sentence.quantities if q.kind == "money"}
    for match in _FRAME.finditer(sentence.text):
        start = ends.get(match.start("sum"))
        verb, told = match["verb"], match["verb"] + match["rest"] + match["hedge"]
        aside = verb.startswith((",", " (", "'s", " and ", " et ")) and not re.search(r"[,)] ?[a-z]", verb[2:])
        a, b = sentence.ids[int(match[1])], sentence.ids[int(match[3])]
        if start not in money or a == b or aside or _NO_FRAME.search(told) or _TO_OTHER.search(verb):
            continue
        if not sentence.governed(match.start()) and not _NO_PRICE.match(sentence.text, match.start("sum")):
            listed = _LISTED.search(sentence.text, 0, match.start())
            found[start] = (sentence.ids[int(listed[1])] if listed else a), b
    nominal = {ends[at]: pair for at, pair in nominal_by(sentence).items() if ends.get(at) in money}
    return found | nominal


_LISTED = re.compile(
    r"<(\d+)>(?:, <\d+>|, (?:the |an? |le |la )?[a-z -]{3,40}?)*,? (?:and|et) (?:the )?$"
)  # "Ostrea and Halmar acquired": the first


_OPENING = re.compile(r"[^<>]{0,30}<(\d+)>(?P<verb> [^<>.;:#,]{2,60}?)<(\d+)>")


_MOVES = re.compile(
    r"\b(?:soar|jump|surg|rall|climb|ris|rose|gain|fall|fell|slump|plung|tumbl|slid|drop|sink|bondi|s'envol|flamb|grimp|chut|recul|plong|decroch)\w*\b.*\b(?:on|after|as|sur|apres|avec)\b"
)


def opening_pair(sentence: Sentence) -> tuple[str, str] | None:
    """The two companies of a headline, the first as what it is about, the second as what that acts on."""
    match = _OPENING.match(sentence.text)
    if not match or _MOVES.search(match["verb"]):
        return None
    if not sentence.opens() or _TO_OTHER.search(match["verb"]) or _NO_FRAME.search(match["verb"]):
        return None
    pair = sentence.ids[int(match[1])], sentence.ids[int(match[3])]
    return pair if pair[0] != pair[1] and not FROM.search(match["verb"]) else None
