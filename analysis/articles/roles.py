"""Who is likely to buy and who to be bought, where no sentence names both: by the words that stand right beside each company."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.articles.scene import Sentence

_DET = r"(?:la |le |l'|the |an? |une? )?(?:[a-z-]+ ){0,2}?(?:l'|d')?"
# (weight, expression): what is said of a company that is sold, and of one that buys. The company reads <n>.
_SOLD = [
    (3, re.compile(
        r"\b(?:capital|titres|actions|actionnaires?|shareholders?|shares|stock|conseil d'administration|board|chairman|owners?|proprietaire|fondat\w+|founders?|control|controle|rachat|acquisition|takeover|"
        r"purchase|sale|vente|cession|valeur|value|valuation|valorisation|stake|shareholding|majority|majorite|repreneur|bid|offer|auction|parts?|participation|reprise|interest) (?:de |d'|du |of |in |for |dans |pour |sur )"
        rf"{_DET}<(\d+)>")),
    (3, re.compile(r"<(\d+)>'s? (?:[a-z]+ )?(?:shareholders?|board|chairman|owners?|sponsor|shares|stock|founders?|sale|value|valuation|capital|future|suitors?)\b")),
    (4, re.compile(r"\b(?:filiale|subsidiary|unit|arm|division|branche|marque|brand|chaine|enseigne|chain|target|cible|proie)\b(?: [a-z-]+){0,3},? <(\d+)>")),
    (2, re.compile(r"<(\d+)>[^<>.;#]{0,25}\b(?:valu|valoris)\w+|\b(?:valu\w+|valoris\w+) (?:the |le |la |l')?(?:[a-z-]+ )?<(\d+)>")),
    (3, re.compile(
        r"<(\d+)>,?[^<>.;#]{0,45}?\b(?:passe\w* (?:aux mains|sous)|tombe\w*|chang\w+ (?:de |d'|hands|owners?)|goes to|(?:has )?fallen to|(?:a|avait|will|would|aura) (?:ete )?(?:rachete|vendu|cede|repris)\w*|"
        r"was (?:bought|sold|snapped|acquired)|to be (?:bought|sold|acquired|taken)|cherche (?:un )?(?:repreneur|acquereur)|(?:aura |a |va |has |will )?cout\w+|cost|quitt\w+ la (?:bourse|cote)|for sale|en vente|a vendre|recommand\w+|"
        r"recommends?|convoitee?|courtisee?|courted|s'ouvre|ouvre son capital|leave the (?:exchange|stock)|rejects?|rejected|rebuff\w*|spurn\w*|accept\w*)\b")),
    (2, re.compile(r"\b(?:rachete\w*|rachet\w+|acqui\w+|acquir\w*|buy|buys|bought|buying|s'offr\w+|repren\w+|empar\w+ de|control of|controle de) " + _DET + r"<(\d+)>")),
]  # fmt: skip
_BUYS = [
    (3, re.compile(r"<(\d+)>'s? (?:[a-z#-]+ ){0,3}?(?:bid|offer|approach|proposal|swoop|purchase|investment|money|cheque|cash)\b")),
    (3, re.compile(r"\b(?:offre|proposition|opa|bid|offer|approach|proposal|investissement|investment|purchase|rachat|acquisition|money|cheque)\b[^<>.;]{0,30}? (?:from|by|par|d[eu'] ?(?:l')?)(?:[a-z'-]+ ){0,3}<(\d+)>")),
    (3, re.compile(
        r"<(\d+)>,?(?: (?:qui|which|who))?[^<>.;]{0,30}?\b(?:acqui[eèr]\w*|acquires?|acquired|acquiring|rachet\w+|achet\w+|buys?|bought|buying|pay|pays|paid|paying|paie\w*|paye\w*|debours\w+|offered|offers|bids?|invest(?:s|ed|ing|i\w*)?|inject\w+|"
        r"apport\w+|spend\w*|spent|puts?|prend\w*|met(?:tra|tre|trait)?|mis|takes?|took|taking|repren\w+|reprend\w*|empar\w+|s'offr\w+|mont\w+ a|entr\w+ au|snap\w+|swoop\w*|own|holds?|deten\w+|detien\w+|drop\w*|walk\w* away|renonc\w+|beat|won|wins)\b")),
    (3, re.compile(r"<(\d+)>,? (?:le |la |the |un |an? )?(?:[a-z]+ )?(?:actionnaire|shareholder|owner|proprietaire|backer|parent|maison mere) (?:de |d'|of |in )")),
    (3, re.compile(r"<(\d+)>'s? (?:[a-z]+ )?#+ (?:[a-z]+ )?(?:stake|holding|interest)\b|<(\d+)>[^<>.;#]{0,20}\bexclusiv\w+")),
    (2, re.compile(r"\b(?:par|by) (?:[a-z'-]+ ){0,4}?<(\d+)>")),
    (2, re.compile(r"\b(?:sell|sells|sold|selling|vend\w*|ced\w+|hand\w*|goes|passe\w*|fallen|s'ouvre|part with|parting|revient|exclusiv\w+)\b[^<>;.]{0,30}(?:<\d+>[^<>;.]{0,20})? (?:to|a|au|aux|avec|with) (?:[a-z'-]+ ){0,4}?<(\d+)>")),
    (2, re.compile(r"\b(?:fonds|fund|private equity|buyout|capital-investissement|investisseur|investor|suitor|acquereur|bidder|repreneur)\b(?: [a-z-]+){0,3} <(\d+)>")),
]  # fmt: skip
_FUND = re.compile(r"-(?:capital|partners|ventures|equity|investissement|investissements|growth|fund)\b")


def roles_in(sentences: Iterable[Sentence]) -> tuple[Counter[str], Counter[str]]:
    """(how likely each company is to buy, how likely to be bought), by its id."""
    buys: Counter[str] = Counter()
    sold: Counter[str] = Counter()
    for sentence in sentences:
        for counted, shapes in ((sold, _SOLD), (buys, _BUYS)):
            for weight, shape in shapes:
                for match in shape.finditer(sentence.text):
                    counted[sentence.ids[int(next(n for n in match.groups() if n))]] += weight
        for id in set(sentence.ids):
            buys[id] += 2 * bool(_FUND.search(id))
    return buys, sold
