"""The words by which a proposal knows what an amount means, who vouches for it and how far the event has come.

Expressions are matched on plain lower case text, in which each company reads <n>. For a property there are cues before
the amount and cues after it; the nearest decides.
"""

from __future__ import annotations

import re

# fmt: off
BUY = (
    r"(?:buy(?:s|ing)?\b|bought|acquir\w+|purchas\w+|snap(?:s|ped)? up|swallow\w*|tak(?:e|es|ing) over|took over|takeover|buyout|merg\w+|"
    r"invest(?:s|ed|ing|ment)?\b[^<>]{0,60}?\bin\b|takes? [^<>]{0,30}?(?:stake|of)|took [^<>]{0,30}?(?:stake|\bof\b)|stake in|bid for|offer for|"
    r"rachet\w+|rachat\w*|acqu(?:iert|erir|erra|iere|is|ise|it|isition\w*)\b|s'offr\w+|s'est offert\w*|s'empar\w+|(?:met|mis|mettre) la main sur|"
    r"invest\w+[^<>]{0,60}?\b(?:dans|chez)|mise\b[^<>]{0,40}?\bsur|mise sur|entr\w+ (?:au|dans le) capital|au capital|prend\w*[^<>]{0,30}?\b(?:de|chez|dans)|"
    r"prise de participation|participation[^<>]{0,30}?\b(?:dans|chez|de)|monter a [^<>]{0,12}chez|reprend\w*|reprise|achat|absorb\w+|debours\w+|"
    r"paid [^<>]{0,60}?stake in|paid [^<>]{0,30}?for|lead(?:s|ing)?\b[^<>]{0,50}?\bin\b|led\b[^<>]{0,50}?\bin\b|put(?:s|ting)?\b[^<>]{0,30}?\binto|"
    r"back(?:s|ing)\b)"
)
DEAL_WORDS = re.compile(
    rf"{BUY}|\b(?:deal|transaction|stake|accord|operation|cession|vente de|offre|takeover|sold|sale of|cede|capital|participation|agreement|acquisition|the rest|le reste|le solde)\b"
)

# property: (cues before the amount, cues after it). `other` is what is none of ours: it stops a wrong reading.
MONEY = {
    "valuation": (
        r"valoris\w+|valuation|valued at|valu(?:ing|es)\b|\bvalued\b|worth|estimee? a|\bpes(?:e|ait|erait|er)\b|enterprise value|equity value|"
        r"valeur d'entreprise|\bvaut\b|\bvaudr\w+|\bvalait|\bvaloir",
        r"^[- ]*(?:\w+ ){0,2}valuation|^[- ]*(?:\w+ ){0,2}valorisation",
    ),
    "price": (
        r"(?:deal|transaction|offer|bid|accord|operation|offre)\b[^.;#]{0,40}?(?:worth|valued at|evaluee?s? a|chiffree?s? a|estimee?s? a)\b|"
        r"\bfor\b|\bpour\b|\bprix\b|\bprice\b|\bpay(?:s|ing)?\b|\bpaid\b|\bpaie\b|\bpayer\b|\bpayee?s?\b|debours\w*|vers(?:er|e|era|erait)\b|montant|"
        r"offer(?:ed|ing|s)?\b|offrir|offert\w*|offre|\bbid\b|propos\w+|invest\w*|\bmise\w?\b|acquisition|rachat|"
        r"(?:cheque|accord|operation|offre|transaction|"
        r"investment|investissement|offer|bid|deal) (?:de|a|of)\b|moyennant|"
        r"facture|takeover|buyout|purchase|\bin a\b|put(?:s|ting)? (?:in|into|up)\b|injecte\w*|apport\w*",
        r"^[- ]*(?:\(?[^<>.;,#]{0,30}?\)? ?)?\b(?:deal|acquisition|takeover|offer|bid|capital injection|purchase|buyout|investment|accord|rachat|transaction|in cash|en cash|en numeraire|"
        r"debourses?)\b|^ (?:that |which |que )?(?:<\d+> )?(?:offered|had offered|bid|paid|proposed|avait propose)|^ (?:sur|dans) <|^ (?:in|into) <",
    ),
    "round_amount": (
        r"\brais(?:e|ed|es|ing)\b|\blev(?:e|er|ait|ee)\b|levee de fonds|boucl\w+ (?:un tour|une levee)|funding round of|tour de table|round of|financing of|"
        r"secured|\braise of",
        r"^[- ]*(?:\w+[ -]){0,3}?(?:round|tour de table|levee|series [a-h]\b|funding\b|fundraising|fundraise)",
    ),
    "revenue": (
        r"chiffre d'affaires|\brevenus?\b|\brevenues?\b|\bsales\b|\bventes\b|turnover|\barr\b|recettes|generated|\bca\b",
        r"^ (?:(?:of|in|de|d'|a|en) ?)?(?:\w+ ){0,3}?(?:revenues?|sales|chiffre d'affaires|revenus|ventes|recettes|turnover|arr)\b",
    ),
    "customer_spend": (
        r"(?:pay|paid|spend|spent|spending|paying)\b(?: <\d+>)?|paiement|depens\w+|payer|verser|facturation",
        r"^ (?:a year |this year |last year |cette annee |par an |l'an dernier )?(?:for|on|pour) (?:des |the |its )?(?:\w+-)?(?:\w+ ){0,2}?(?:data|donnees|services|work|annotation|labelling)",
    ),
    "other": (
        r"(?:stake|holding|participation|\bparts?)\b[^.;,]{0,45}?(?:worth|valued at|valorisee?s?|\bvaut|evaluee?s?)\b|\bfees?\b|(?:closing|share|opening) price|\bcours\b|benefice|profits?\b|net income|\bloss(?:es)?\b|\bpertes?\b|ebitda|earnings|\bdebts?\b|dette|endettement|desendettement|savings|economies|break-?up fee|"
        r"termination fee|indemnite|\bassets\b|actifs|market (?:value|cap\w*)|capitalisation|dividend\w*|budget|capex|capital expenditure|depenses d'investissement|"
        r"manag(?:es|ing)|gere\b|\bfine\b|amende|per share|par action|bonus\w*|prime\b|empoch\w+|produit de la cession|cash pile|tresorerie|holding is worth|share of|additional|supplementaire de|complement de prix|earn-?out|synergies|couts?\b|costs?\b|couter\w*|usine",
        r"^ (?:a|per|each) share|^ par (?:action|titre)|^ (?:apiece|en tresorerie|(?:of|in|d'|de) ?(?:\w+ ){0,1}?(?:debt|dette|assets|actifs|savings|profit|benefice\w*|perte\w*|economies|loss\w*|"
        r"net income|annual savings|fees))|^ (?:break-?up|termination|of assets|under management)|^[- ](?:\w+ ){0,1}(?:fine|amende|bonus|fund\b|market value|budget|debt)",
    ),
}
STAKE = (
    r"\bstake|participation|\bacqu\w+|takes?\b|took\b|detiendra\w*|will (?:own|hold)|prend\w*|prise de|\bced\w+|\bvente de|\bachet\w+|rachet\w+|buy(?:s|ing)?\b|"
    r"bought|purchas\w+|premier actionnaire|obtenir|obtain|sells?\b|sold|invest\w+|entre\w* (?:au|dans)",
    r"^(?: (?:supplementaires?|minoritaire|of the|of))?[- ](?:\w+ ){0,2}?(?:du capital|des (?:parts|actions|titres)|de ses? (?:parts|actions|titres)|stake|shares|"
    r"(?:of )?(?:the |its |his )?(?:shares|equity|company)|participation|interest|holding|du groupe|de la societe|de (?:la |sa )?(?:start-up|filiale|jeune pousse))|"
    r"^ (?:de |of |in |dans |d')(?:[^<>.,;]{0,30})<\d+>|^ a <|^,? (?:de |of )?<",
)
KEEPS = re.compile(
    r"conserv\w+|\bkeep\w*|retain\w*|\bgard\w+|remain\w*|\bowns?\b|\bowned\b|\bholds?\b(?! talks)|\bheld\b|detient|detenait|possed\w+|already|\bdeja\b"
)
NOT_STAKE = (
    r"conserv\w+|keeps?\b|keep\b|retain\w*|gard\w+|remain\w*|\bdeja\b|already|\bowns?\b|\bowned\b|\bholds?\b(?! talks)|\bheld\b|detient|detenait|possed\w+|porter\w* [^<>.;]{0,20}part a|"
    r"sa part a|monter a|hausse|baisse|\bup\b|\brose\b|\bfell\b|\bfall\w*|\bgain\w*|\bgagn\w+|\brecul\w*|bondi|progress\w*|chut\w+|premium|prime\b|surcote|growth|croissance|"
    r"\bjump\w*|\blost\b|perd\w*|marge|margin|\bgrew\b|climb\w*|\bdown\b|market share|part de marche|\btax|\bslid|\bslip\w*|tumbl\w*|surg\w+|soar\w*",
    r"^ (?:premium|prime|discount|decote|of (?:sales|revenue|the market|its workforce|staff|jobs)|du marche|des (?:effectifs|ventes|salaries)|(?:sur|en) un an|en debut de seance|"
    r"market share|growth|higher|lower|already)|^[^<>.;]{0,25}\b(?:already|deja|en bourse)\b",
)
# fmt: on
FORECAST = re.compile(
    r"prevo\w+|attend\w*|table\w* sur|vise\b|esper\w+|devrait|devraient|projet\w*|expect\w*|forecast\w*|aim\w*|target\w*|"
    r"anticip\w+|guidance|on track|estimates? (?:sales|revenue)|could reach|hopes?\b|d'ici|objectif"
)
BEFORE_DEAL = re.compile(
    r"\balors\b|jusque-la|precedent\w*|dernier tour|derniere levee|auparavant|previous\w*|\blast (?:round|funding|raised)|\bat the time|"
    r"was (?:last )?valued|were valued|was worth|etait|lorsqu'elle|pesait|valait|up from|\bcontre\b|year ago|il y a un an|l'an dernier|"
    r"last (?:year|january|february|march|april|may|june|july|august|september|october|november|december)|set in|earlier round"
)
ANNOUNCED = re.compile(
    r"annonc\w+|announc\w+|agreed|indique\w*|confirm\w+|devoil\w+|unveil\w*|communique|signe\w*\b|signed|said\b|struck"
)
CLOSED = re.compile(
    r"\bclos(?:e|es|ed|ing)\b|finalis\w+|complet(?:e|ed|ion)\b|cloture|boucle[er]?\b|acheve\w*|attendue|issue de l'operation"
)
FOUNDED = re.compile(r"\bfonde\w*|\bfounded|\bcree(?:e|es)?\b|\ba cree\b|established|set up in|started in|nee en")
STANCES = {
    "leaving": r"cut(?:s|ting)? (?:all )?ties|sever\w* ties|romp\w+|end(?:s|ed|ing)? (?:its |their |the )?(?:contract|work|relationship|partnership|deal)|"
    r"stop(?:s|ped|ping)? (?:working|using|its work|buying)|drop(?:s|ped|ping) <|cess\w+|met\w* fin|mettre fin|coup\w+ les ponts|quitt\w+ <|leav\w+ <|"
    r"walk\w* away|part ways",
    "reducing": r"reduc\w+|redui\w+|scal\w+ back|wind\w* down|pull\w* back|detourn\w+|s'eloign\w+|lev\w+ le pied|diminu\w+|cut\w* back|backing away|back\w* away",
    "pausing": r"paus\w+|suspen\w+|halt\w*|en pause|gel(?:e|er|ent)\b|put on hold|freez\w+",
    "may_leave": r"consider\w*|envisag\w+|looking for alternatives|weigh\w*|reconsider\w*|pourrait (?:quitter|rompre|cesser)|songe\w*|reexamin\w+",
    "staying": r"continu\w+|maint\w+|poursui\w+|stay\w*|remain\w* a (?:customer|client)|keep\w* (?:working|using)|rest\w+ client\w*|demeur\w+",
}
CUSTOMER = re.compile(
    r"client|customer|partenariat|partnership|ties|liens|travail\w* avec|work\w* with|collabor\w+|contrat|contract|relation\w*|fournisseur|supplier|data|donnees|"
    r"work with|start-up|spend\w*"
)
INVESTORS = re.compile(
    r"investors? (?:including|such as|like)|\bled by\b|menee? par|parmi les investisseurs|participent (?:egalement )?au tour|"
    r"backed by|backers? (?:including|such as)|investisseurs? (?:comme|dont|tels? que)|soutenue? par|entree? au capital a cette occasion|actionnaires (?:comme|dont)"
)
RIVALS = re.compile(
    r"(?:concurrents?|rivaux|rivales?|rivals?|competitors?|concurrentes?)(?: directe?s?)?,? (?:comme|tels? que|telles? que|dont|such as|like|including)\b"
)
MOVES = re.compile(
    r"(?:va |will |doit |to |devrait )?(?:rejoin\w+|join(?:s|ed|ing)?\b|moves? to|passe(?:r|ra)? chez|part(?:ir|ira)? chez)"
)

CONDITIONAL = re.compile(
    r"\b(?!serait-il)\w{2,}(?:rait|raient)\b|\breportedly\b|\bwould\b|\bsaid to be\b|\bcould\b|\bmight\b"
)
WOULD_HAVE_TO = re.compile(
    r"devrait|devraient|\bcould\b|\bmight\b|pourrai\w+|estim\w+|analyst\w*|implied|expect\w*|prevo\w+|table\w* sur|about to"
)
STAGE = {
    "conditional": r"\w{2,}(?:rait|raient)\b|\bwould\b|\bcould\b|\bmight\b|\bif\b|\bsi\b",
    "intention": r"in (?:advanced )?talks|negoci\w+|discut\w+|veut\b|wants?\b|seek\w*|cherche|souhait\w+|envisag\w+|consider\w*|pourparlers|aims? to|plans? to",
    "planned": r"\bva\b|vont\b|\bwill\b|doit\b|\bto (?:buy|acquire|pay|close|join)|expected|attendu\w*|deboursera|prevoit|devra\b|sera\b|seront\b|\w{3,}era\b",
    "announced": r"annonc\w+|announc\w+|agreed|signe\w*|unveil\w*|devoil\w+",
}
UNNAMED = {
    "people-familiar": r"people (?:familiar|close|briefed)|person (?:familiar|close)|(?:\w+ )?sources? (?:proches?|familiar|close|au fait|concordantes?)|"
    r"familiar with the (?:matter|situation|talks)|proches? du dossier|aupres de \w+ sources?|the sources (?:said|say)|les memes sources|citing (?:\w+ )?sources|close to the (?:talks|matter|deal)",
    "us-media": r"medias americains|us media|american media|presse americaine",
    "media": r"des medias|plusieurs medias|media reports?|press reports?|la presse\b|presse locale",
    "analysts": r"analystes|analysts",
}
ATTRIBUTION = re.compile(
    r"\b(?:selon|d'apres|according to|citing|reported|a rapporte|rapportent|rapporte|a appris|ecrit|reveal\w*|croit savoir|the report said|said to be)\b"
)
PARTY_SPEAKS = re.compile(
    r"\bsaid\b|\bsays\b|ont annonce|ont indique|a annonce|a indique|a declare|a confirme|confirmed|announced|declared|communique|statement|a-t-il indique|"
    r"a-t-elle (?:declare|indique)|a explique|annonce\b"
)
