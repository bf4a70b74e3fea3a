"""The words by which a proposal knows what an amount means, who vouches for it and how far the event has come.

Expressions are matched on plain lower case text, in which each company reads <n>. For a property there are cues before
the amount and cues after it; the nearest decides.
"""

from __future__ import annotations

import re

# fmt: off
BUY = (
    r"(?:buy(?:s|ing)?\b(?! back)|bought(?! back)|acquir\w+|purchas\w+|snap\w* up|swallow\w*|tak(?:e|es|ing) over|took over|takeover|buyout|merg\w+|"
    r"invest(?:s|ed|ing|ment)?\b[^<>]{0,60}?\bin(?:to)?\b|takes? [^<>]{0,30}?(?:stake|of)|(?:takes?|taking|taken|took) [^<>]{0,35}?(?:stake|position|interest|holding)[^<>]{0,15}? in\b|took [^<>]{0,30}?(?:stake|\bof\b)|stake in|bids? for|offers? for|"
    r"r?achet\w+|rachat\b|acqu(?:iert|erir|erra|iere|is|ise|it|isition)\b|s'offr\w+|s'(?:est|etait|etaient|sont) offert\w*|s'empar\w+|(?:met|mis|mettre) la main sur|"
    r"inject(?:e|er|era|ait|ent|eront|s|ed|ing)?\b[^<>]{0,60}?\b(?:dans|chez|into)\b|invest\w+[^<>]{0,60}?\b(?:dans|chez)|mise\b[^<>]{0,40}?\bsur|mise sur|entr\w+ (?:au|dans le) capital|entr\w+ chez|au capital|prend\w*[^<>]{0,30}?\b(?:de|chez|dans)|"
    r"prise de participation|(?<!avec la )participation[^<>]{0,30}?\b(?:dans|chez|de)|monter a [^<>]{0,12}chez|mont(?:e|era|ait|ent|ant|er) (?:a|jusqu'a) [^<>.;]{0,15}(?:de|d'|du capital de|chez)(?= ?<)|reprend\w*|reprise|achat|absorb\w+|debours\w+|"
    r"paid [^<>]{0,60}?stake in|paid [^<>]{0,30}?for|lead(?:s|ing)?\b[^<>]{0,50}?\bin\b|led\b[^<>]{0,50}?\bin\b|put(?:s|ting)?\b[^<>]{0,50}?\binto|"
    r"back(?:s|ing)\b|pa(?:y|ys|id|ying|ie|iera|ierait|ieraient|ye|yer|yera|yerait|yait)\b[^<>]{0,60}?(?:for|pour)|licen[cs]\w+|hand(?:s|ed|ing)? over|(?:spen(?:d|ds|t)|depens\w+)\b[^<>]{0,60}?(?:on|pour)|"
    r"vers(?:e|er|era|ent|eront|ait|erait)\b[^<>]{0,60}?pour|pick\w* up|scoop\w* up|gobbl\w+|croqu\w+|aval\w+|rafl\w+|debauch\w+|recrut\w+|hir(?:e|es|ed|ing)\b|"
    r"cibl\w+|jett?\w* son devolu sur|lorgn\w+|convoit\w+|(?<!used )to own|land(?:s|ed)|clinch\w*|sign\w* up|combin\w+ with|"
    r"hoover\w* up|pounc\w+ on|swoop\w* (?:on|for)|grab(?:s|bed|bing)?\b|annex\w*|devour\w*|mop(?:s|ped)? up|carr(?:y|ies|ied) off|pick(?:s|ed)? off|taken? (?:out|private)|absorb\w*|"
    r"(?:remport\w+|gagn\w+)[^<>]{0,25}offres? (?:pour|sur)|w[io]ns? [^<>]{0,25}(?:auction|tender|bidding|race|battle|contest) (?:for|to (?:buy|acquire))|"
    r"writ(?:e|es|ing) a cheque|splash\w* out|shell\w* out|fork\w* out|stump\w* up|cough\w* up|"
    r"ramass\w+|gob(?:e|er|ent|ee?)\b|devor\w+|englouti\w+|s'adjug\w+|s'arrog\w+|decroch\w+ (?=<)|opa\b|sur\w*ench\w+|main basse sur|le grappin sur|s'invit\w+ (?:chez|au)|hands on|mettr\w+ la main|recuper\w+ (?=<)|"
    r"(?:struck|similar|comparable)(?: \w+){0,3}? with|deal for|deal to (?:buy|acquire)|bet on|approach for|pursu\w+|woo\w*|target(?:s|ing|ed)? (?=<)|"
    r"(?:negociations?|pourparlers|discussions)\b[^<>.;]{0,40}?\b(?:avec|pour)|(?:talks|negotiations) (?:to|with|about|over)|stak(?:e|es) out|grimp\w+[^<>]{0,40}?capital|"
    r"prend\w* le controle|seiz\w+|secur\w+ control|increas\w+[^<>]{0,30}?(?:stake|holding) in|rais\w+[^<>]{0,30}?(?:stake|holding) in|holding in|interest in|shareholding in)"
)
DEAL_WORDS = re.compile(
    rf"{BUY}|\brepris(?:e|es)? (?:a|aux?|par|pour|en|l'an)\b|\b(?:tak\w+|took) (?:it|them|the (?:company|group|firm|chain)) private|\btenders?\b|sur la table|on the table|\b(?:repreneurs?|acquereurs?|buyers?)\b|exclusiv(?:e talks|ity|ite|ement)|chang\w+ (?:hands|owners?|de mains?|de proprietaire)|\b(?:deal|transaction|stake|accord|operation|cession|vente de|offre|takeover|takeovers|acquisitions|rachats|deals|sold|sale of|cede|capital|participation|agreement|acquisition|the rest|le reste|le solde)\b"
)

# « Le prix de cession s'élève à », "the all-cash deal has a total value of": the noun says that it is the deal's.
STATED = (
    r"\b(?:deal|transaction|offers?|bids?|tender|proposal|approach|takeover|buyout|buy-out|acquisition|purchase|sale|disposal|consideration|price(?: tag)?|bill|outlay|cheque|"
    r"accord|operation|offre|proposition|opa|rachat|cession|vente|reprise|prix(?: de (?:vente|cession|rachat|reprise))?|somme|facture|addition|montant|ardoise|ticket|dossier)\b"
    r"(?:(?!\bval|share|action|debt|dette|market|marche|profit|revenue|sales|fine|amende|per |par |synerg|leve|tour\b|round|creance|nominal|redui|rembours|financ|servi|worth|fetch|cost)[^.;#]){0,45}?"
    r"(?: (?:(?<!the )(?<!'s )worth|valued at|c[ao]me in at|comes in at|pitched at|priced at|pegged at|put at|estimated at|com(?:es|ing) to|c[ao]me to|amount(?:s|ed|ing) to|total(?:s|led|ling)?|stands? at|topp\w+ out at|peaked at|reach\w*|is|was|of|total value of|"
    r"(?:s'est |s'etait |a ete |avait ete |serait |se serait )?(?:conclue?|nouee?|negociee?|bouclee?|faite|realisee?) (?:a|autour d[e']|aux alentours d[e']|pour|sur la base d[e'])|(?:(?:was|were) )?(?:struck|concluded|done|agreed|sealed) (?:at|for)|s'elev\w+ a|grimp\w+ (?:a|jusqu'a)|mont\w+ (?:a|jusqu'a)|(?:rise|climb|swell|go) (?:to|as high as)|se (?:monte|montait|chiffre|chiffrait) a|se situ\w+ (?:a|entre)|oscill\w+ entre|va de|attein\w+|avoisin\w+|approch\w+|depass\w+|represent\w+|port\w+ sur|est de|sera de|serait de|(?:est|sera|serait)(?= d')|fixee? a|evaluee?s? a|chiffree?s? a|estimee?s? a)| ?:|(?<=[a-z]) (?:a|de|d'))(?: (?!val|vaut|pes|worth|estim)(?:[\w'-]+)){0,5} ?$"
)
STRONG = re.compile(
    r"avances|avancee|serv|somme|sum|mariage|rapproch|union|tie|dangl|went|go|fallen|passe|sold|rev|ced|vend|fait miroiter|at a|au prix|s'|se limit|chang|promis|agreed|conven|regl|essuy|c[ao]m|coming|weigh|return|step|rev(?:ient|enu)|seek|sought|h[eo]l|(?:\w+ )?(?:run|tilt) at|met(?:tr\w+)?\b|ticket|said no|en (?:demand|reclam|voul|tir|esper)|asking|pric|prix|acquitt|s'engag|montant|consideration|factur|cheque|check|deal|transaction|offer|offr|offert|bid|approach|swoop|takeover|buyout|purchase|acquisition|rachat|accord|operation|propos|debours|paid|pay|"
    r"reject|turn|rebuff|spurn|snub|refus|repouss|declin|ecart|sweeten|fetch|pocket|empoch|rapport|fork|shell|stump|splash|lach|moyennant|tabl|lodg|submi|sale|disposal|cession|vente|cash|numeraire"
)

COMES_FROM = r",? (?:could |would |will |pourraient |devraient |were |are |is |etaient |sont )?(?:com(?:e|es|ing) from|viendr\w+ d[e']|proven\w+ d[e']|apport\w+ par|contributed by|provided by|brought(?: in)? by|put (?:up|in) by|invest\w+ par|debourse\w* par|payee?s? par|versee?s? par|paid by|spent by) ?(?:[\w'-]+ ){0,3}?"

# property: (cues before the amount, cues after it). `other` is what is none of ours: it stops a wrong reading.
MONEY = {
    "valuation": (
        r"valoris\w+|valuation|valued at|\bmarked at\b|valu(?:e|ing|es)\b|\bevalu\w+ (?:\w+ ){0,3}?a\b|price tag of|\bvalued\b|worth|estimee? a|\bpes(?:e|ait|erait|er)\b|enterprise value|equity value|"
        r"valeur d'entreprise|(?:post|pre)-money (?:price|value)[^<>.;#]{0,8}|\b(?:peg|put|plac|set|fix|estim|evalu)\w* <\d+>'s (?:worth|value|valuation) at|mark\w* (?:itself|its (?:own )?(?:value|valuation)) (?:down|up) (?:to|by)|\b(?:peg|pric|rat|mark|apprais|assess|reckon)\w* (?:the |its )?(?:company|group|start-?up|firm|business|lender|<\d+>) at|(?:estim|evalu|chiffr)\w* (?:le groupe|la societe|l'entreprise|la start-up|<\d+>) a|"
        r"(?:price tag|valuation|valorisation|valeur|value|prix)\b[^.;#]{0,60}(?:#+[^.;#]{0,4})?,? (?:when|lorsque?|quand|ou) (?:it|elle|il|qu'elle) (?:stood at|was|were|s'etablissait a|etait d[e']|atteignait|touched|hit)|(?<!market )(?<!book )(?<!deal )(?<!transaction )value of|(?:lift|bring|brought|tak|took|push|rais|boost|increas|swell|port|hiss|fai|doubl|tripl)\w* (?:the |its |la |sa )?(?:worth|value|valuation|valorisation|valeur) (?:of |de |du |d')?[^.;#]{0,50}? (?:to|a)\b|(?<!en )valeur d(?:e\b|')|\bvalue is\b|\bvaleur est\b|valuing|prices? [^<>.;#]{0,30}?<\d+> at|\bvaut\b|\bvaudr\w+|\bvalait|\bvaloir",
        r"^,? (?:post|pre)-?money\b|^ (?:at which|auxquels?|a laquelle|qui) [^.;#]{0,40}\b(?:valued|valoris\w+)|^[- ]*(?:(?!and |et |or |for )\w+[- ]){0,2}valuation|^[- ]*(?:\w+ ){0,2}valorisation|^ (?:de|en) valeur|^ (?:enterprise |equity |total )?(?:value|price tag|tag) (?:on|to|for|of)\b",
    ),
    "price": (
        r"total investment [^<>.;#]{0,20}(?:<\d+> )?[^<>.;#]{0,25} to\b|(?:vente|cession|sale|disposal) (?:de |of )?(?:ces |ce |cette |the |its |this )?(?:[#\w']+ ){1,3}[^.;#]{0,20}(?:genere|rapporte|generate|fetch|bring|raise)\w*|(?:par (?:action|titre)|(?:a|per) share),? (?:soit|ou|or|for)(?: [\w']+){0,5} $|\b(?:r?achetee?s?|acquise?s?|cedee?s?|vendue?s?) (?:[a-z']+ ){0,2}$|\br?achet(?:er|e|ent|era|erait) $|\b(?:re)?tir(?:e|er|era|erait|ait|ant)\b|recevr\w+|\bencaiss\w+|\bengrang\w+|\brecoit\b|\breceiv\w+|"
        r"\bmontant\b[^.;#]{0,110}?\bil (?:attein\w+|s'eleve\w* a|serait de|est de|depasse\w*|avoisine\w*)|(?:deal|transaction|offer|bid|proposal|approach|merger|agreement|accord|fusion|operation|offre|proposition)\b[^.;#]{0,40}?(?:worth|valued at|evaluee?s? a|chiffree?s? a|estimee?s? a)\b|"
        r"\b(?:approaches|offers|bids|proposals)\b[^.;#]{0,45}? the (?:first|second|latest|last|best|highest|most recent|initial)(?: of (?:which|them))? (?:worth|valued at|at|was|for)\b|"
        r"\b(?:approaches|offers|bids|proposals|offres|propositions)\b,? (?:(?:were|was|etaient|d'une valeur|a|at|of|de|respectivement|respectively) ){0,2}?(?:worth|valued at|d[e']|a)\b|"
        r"\b(?:repris|rachete|acquis|achete)e?s?\b[^.;#]{0,20}#*[^.;#<>]{0,45} pour\b|\bfor\b|\bpour\b|\bprix\b|\bprice\b|\bpay(?:s|ing)?\b|\bpaid\b|\bpa[iy]e(?!ment)\w*\b|(?:mis|met\w*|put\w*|pos\w+) (?:sur la table|on the table)|\b(?:buyers?|acheteurs?|repreneurs?|acquereurs?) (?:a|at|for|pour)\b|debours\w*|vers(?:er|e|era|erait)\b|montant|"
        r"\bticket(?: size| price)?\b(?= ?:|,? (?:of|de)\b)|\b(?:said|says|saying|dit|disent) (?:no|non) (?:to|aux?)\b|\bessuy\w+ (?:un |son )?(?:[a-z]+ )?(?:refus|rejet)\b|\brefus(?:ait|ant|e|er|ee|es)?\b|\bput(?:ting)? forward\b|\b(?:deal|transaction) value(?: of)?\b|\bsomme d[e']|\bsum of\b|\b(?:mariage|rapprochement|union|tie-up) (?:a|de|of|worth|valued at)\b|\b(?:devrait|devraient|pourrait|doit|va|will|would|should|could|to) (?:lui |leur )?(?:generer|rapporter|generate|bring in)\b|\b(?:went|goes|go|gone|fallen|passed|sold|passe|revient|cedee?s?|vendue?s?) (?:to|a|au|aux) [^.;#]{3,60}? (?:for|pour)\b(?= (?:[\w']+ ){0,4}$)|\bdangl\w+|\bfait miroiter\b|\b(?:go|goes|went|sold|transferred|pass\w*) to [^.;#]{3,50} at a (?:total )?cost of\b|\bbets? (?=$|[a-z ]{0,12}$)|\bau prix de\b|\bs'(?:est |etait |etaient )?avanc\w+ (?:a|jusqu'a)\b|\b(?:stopped|bowed out|dropped out|s'est arretee?|s'etait arretee?) (?:at|a)\b|\b(?:bids?|offers?|offres?) (?:(?:had|have|that|qui|ont|avaient) )?(?:failed to (?:top|exceed|reach|clear|match|hit)|fell short of|stayed below|(?:n'ont|n'avaient|n'ayant) pas (?:depasse|atteint|franchi)|(?:restaient|restees) (?:sous|en dessous d[e']))|\bconsent\w*\b|\bse limit\w+ a\b|\bchang\w+ hands (?:for|at)\b|\b(?:c[ao]me|coming|weigh\w*|swoop\w*|return\w*|step\w*|stepped) (?:in|back|forward|along) with\b|\brev(?:ient|enu|enait|iendrait) avec\b|\b(?:seek\w*|sought|holding out for|held out for)\b(?= (?:[a-z]+ ){0,2}$)|offer(?:ed|ing|s)?\b|\boffr\w+|offert\w*|\bbid\b|propos\w+|tabled|lodged|submitted|suggere\w*|soumis\w*|depos(?:e|er|ee|ees|ait|ant|era|erait)\b|formul\w+|invest\w*|\bmise\w?\b|\bspen(?:d|t|ds|ding)\b|depens\w+|hand\w* over|fork\w* out|splash\w* out|shell\w* out|lach\w+|\bmet(?:tre|tra|tant)?\b|mis sur|acquisition|rachat|"
        r"(?:cheque|accord|operation|offre|transaction|"
        r"investment|investissement|offer|bid|deal) (?:de|a|of)\b|moyennant|\bprets? a (?:aller|monter|debourser|payer|mettre|offrir|verser)\b|\b(?:ready|willing|prepared) to (?:go|pay|offer|spend|put)\b|\b(?:transaction|deal|prix|price|bid|offer|offre) (?:entre |between |around |autour )?$|"
        r"facture|takeover|buyout|purchase|\bin a\b|put(?:s|ting)? (?:in|into|up)\b|(?:injecte|pump|plough|plow)\w*\b|\bpour(?:s|ed|ing)?\b|\b(?:sink|sank)\w*\b|\bapport\w*|cheque|check|contre\b|\btotal(?:s|ing|ling)?\b|consideration|\by consacr\w+|"
        r"\bcosts?\b(?= <)|acquitt\w*|s'engage\w* a (?:payer|verser|regler)|reject\w*|turn(?:s|ed|ing)? down|rebuff\w*|spurn\w*|snubb\w*|repouss\w*|ecart\w* une|sweeten\w*|fetch\w*|pocket\w*|empoch\w*|rapporter\w*|\ben (?:demand|reclam|voul|tir|esper)\w*|hop\w+ to (?:get|fetch)|asking (?:price|for)|(?<=with a )price tag of|stump\w* up|cough\w* up|pitched at|pric(?:e|es|ed|ing) (?:it|the (?:company|unit|business)) at|"
        + STATED,
        r"^(?: en #+| in #+| directly| directement)? (?:dans|chez|into) (?:[\w'-]+ ){0,4}?<\d+>|^ (?:promise?s?|promised|agreed|convenue?s?|reglee?s?)(?: (?:par|by|en|in|a|au|to|l'|last|for|pour)\b|,|\.)|^ (?:avances|avancees?|proposee?s?|offerte?s?|mise?s? sur la table|formulee?s?|offered|tabled|proposed|put forward|on offer)(?: (?:par|by)\b| )|^,? (?:serviront|servira|servir|will be used|will go|to be used|are to be used|will serve|a servi|ont servi|went|goes|go) (?:[a-z]+ )?(?:a|to|towards?|on|for|pour) (?:r?achet\w+|acqu\w+|repren\w+|l'acquisition|l'achat|le rachat|buy\w*|acquir\w+|purchas\w+|the (?:purchase|acquisition|takeover|buyout))\b|^ (?:its|his|their|son|sa|leur) (?:[a-z]+ )?(?:bid|offer|offre|opa|proposal|proposition)\b|^[- ]*(?! ?(?:and|et|while|or)\b)(?:\(?[^<>.;,#]{0,30}?\)? ?)?\b(?:deal|agreement|acquisition|merger|takeover|offer|bid|capital injection|purchase|buyout(?! funds?)|investment|accord|rachat|transaction|in cash|en cash|en numeraire|proposal|approach|proposition|opa|swoop|run at|tilt at|sale|divestment|divestiture|disposal|buy-?out|cheque|"
        r"debourses?)\b|^ (?:that |which |que |qu')?(?:(?:<\d+>|it|they|he|she|il|elle|ils) )?(?:had |has |have |a |avait |ont )?(?:offered|bid|paid|proposed|spent on|spent for|laid out|shelled out|forked out|handed over|stumped up|paye|propose|debourse|offert|verse)\b|^,? (?:sur la table|on the table)|^ (?:is|was|were|are|est|etait|sont|ne suffi\w+) (?:not enough|too (?:low|little|small)|insufficient|insuffisant\w*|trop (?:peu|bas)|pas(?: assez)?)\b|^ (?:to (?:buy|acquire|purchase|license|take)|pour (?:r?achet|acqu|s'empar|s'offr|prendre|obtenir))|"
        r"^,? (?:that |which |que |qu')?(?:the |its |la |le |les |l')?(?:seller|vendor|owner|family|owners|sellers|<\d+>|it|they|vendeur|famille|proprietaires?|fondateurs?|founders?)\b(?:, [^.;#]{3,40},)? (?:(?:had|has|have|is|was|were|are|avait|avaient) )?(?:been )?(?:seek|ask|want|hop|hold|target|demand|reclam|espe|vis)\w*|"
        r"^,? (?:en echange d[e']|in (?:exchange|return) for) ?(?:[a-z']+ ){0,3}(?:#|participation|stake|shares|parts)|"
        rf"^{COMES_FROM}<|"
        r"^ (?:for|pour) (?:(?:a|the|la|le|une|un|les|l') ?(?:\w+ ){0,3}?(?:stake|shares|part|participation|capital|totalite|ensemble|integralite|whole (?:company|business|group)|####?%?))",
    ),
    "round_amount": (
        r"\bapport\w* de (?:fonds|capitaux)\b[^<>.;#]{0,15}|\b(?:tour|levee|round|raise) (?:de table |de fonds )?(?:pour|for|chez) (?:[a-z']+ ){0,3}<\d+> ?: $|\b(?:series [a-h]|round|fundraising|fundraise|raise|tour|levee|financing)\b,? (?:(?!valu|valor)[^<>.;#]){0,20}?(?:worth|totalling|totaling|of|de)\b(?: (?:\w+)){0,3} $|bank(?:s|ed)\b|pull(?:s|ed)? in|rak(?:es|ed) in|empoch\w*|top(?:s|ped)? up|amass\w*|garner\w*|haul\w*|rafl\w*|glan\w+|recolt\w+|"
        r"\brais(?:e|ed|es|ing)\b|\blev(?:e|er|ait|ee)\b|levee de fonds|boucl\w+ (?:un tour|une levee)|funding round of|tour de table|round of|financing of|\b(?:tours?|levee|augmentation|serie [a-h])\b(?:(?!valoris)[^<>.;#]){0,40}?\bde\b|"
        r"secured?|\braise of|decroch\w+|reuni\w*|collect\w+|land(?:s|ed)\b|nab(?:s|bed)\b|bag(?:s|ged)\b|attract\w*|\bobtien\w+|\bobtenu|offering\b[^.;#]{0,25}?\brais\w+|mobilis\w+|pump\w*|pour(?:s|ed) |inject\w+",
        r"^[- ]*(?:\w+[ -]){0,3}?(?:round|tour de table|levee|series [a-h]\b|financing|financement|funding\b|fundraising|fundraise|ipo\b|offering|capital increase|augmentation de capital)|"
        r"^,? (?:en serie [a-h]|in (?:a )?series [a-h]|lors d'un tour|(?:en|par|via une|dans une|au titre d'une) augmentation de capital|(?:in|through|via) a capital (?:increase|raise|call)|in a (?:\w+[ -]){0,3}?round|of (?:(?:new|fresh) )?(?:funding|money)|(?:de|en) (?:financement|(?:argent|capitaux|fonds|capital) (?:frais|neufs?|nouveaux?))|(?:\w+ ){0,2}aupres d)|^,? (?:(?:ont|a) ete|have been|were|was|has been) (?:apporte|leve|investi|injecte|reuni|raised|put up|provided)",
    ),
    "revenue": (
        r"chiffre d'affaires|\brevenus?\b|\brevenues?\b|\bsales\b|\bventes\b|turnover|\barr\b|recettes|generated|\bca\b|factur(?:e|es|ait|er|ant|era)\b|\bbooked\b|brought in|\btook in\b|\bincome\b(?! tax)|recorded|enregistr\w+|encaiss\w+|engrang\w+|rang up|commandes facturees",
        r"^ (?:(?:of|in|de|d'|a|en) ?)?(?!on |sur |for |pour |contre |against |from )(?:\w+ ){0,3}?(?:revenues?|sales|chiffre d'affaires|revenus|ventes|recettes|turnover|arr)\b",
    ),
    "customer_spend": (
        r"(?:pay|paid|spend|spent|spending|paying)\b(?: <\d+>)?|paiement|depens\w+|payer|vers(?:er|e|ait|ent)\b|facturation|\bregl(?:e|ait|er|ent)\b|account(?:s|ed|ing) for|represent\w*|commandes? (?:de|pour)|bought|achet\w+|factur\w+",
        r"^ (?:#+ |a year |this year |last year |cette annee |par an |l'an dernier )?(?:for|on|pour) (?:des |the |its )?(?:\w+-)?(?:\w+ ){0,2}?(?:data|donnees|services|work|annotation|labelling)",
    ),
    "other": (
        r"\b(?:contracts?|contrats?|orders?|commandes?|loans?|prets?(?! a\b)|programmes?|licen[cs]es? fees?|partnership|partenariat)\b[^.;#<>]{0,60}?(?:worth|valued at|d'un montant de|d'une valeur de|evaluee?s? a|estimee?s? a)\b|"
        r"\bactifs? nets?\b|\bnet asset value\b|(?:inferieur|superieur|lower|higher)\w* (?:d[e']|by|aux?|a la|than)|\bplus-values?|net debt|capital gain|(?:stake|holding|participation|\bparts?)\b[^.;,]{0,45}?(?:worth|valued at|valorisee?s?|\bvaut|evaluee?s?)\b|\bborrow\w*|emprunt\w*|\bfees?\b|(?:closing|share|opening) price|\bcours\b|benefice|profits?\b|net income|\bloss(?:es)?\b|\bpertes?\b|\bperdu\b|\blost\b|\bburn\w*|ebitda|earnings|\bdebts?\b|dette|endettement|desendettement|savings|economies|break-?up fee|"
        r"termination fee|indemnite|(?:\bassets\b|actifs)(?![^#]* (?:for|pour)(?: [\w']+){0,3} $)|market (?:value|cap\w*)|capitalisation|dividend\w*|budget|capex|capital expenditure|depenses d'investissement|"
        r"manag(?:es|ing)|\bgere\b|\bfine\b|amende|(?:per share|par action)(?!,? (?:soit|or|ou|valu|valor|equivalent))|bonus\w*|prime\b|produit (?:net )?de (?:la |cette |sa |ces )?(?:cession|vente)|proceeds|s'ajout\w+(?: (?:un|une))?(?: (?:montant|somme|paiement|complement))?(?: de| d')?|creances?|receivables|\bdeposits\b|\bdepots?\b|cash pile|tresorerie|holding is worth|share of|(?<!invested an )(?<!invest an )(?<!investing an )(?<!inject an )(?<!injected an )additional|supplementaire de|complement de prix|earn-?out|rachats? d'actions|rachet\w+ (?:[a-z]+ ){0,2}(?:ses|leurs) (?:propres )?(?:actions|titres)|synergies|couts?\b|costs?\b|couter\w*|\busines?\b|\bmarches?\b|\bmarkets?\b|secteur|industry|penalt\w*|sanction\w*|condamn\w+|settle\w*|litig\w*|damages|dommages|subsid(?:y|ies)\b|subsidi[sz]\w+|\bdeposit of\b|subvention\w*|\baides?\b|\bgrants?\b|\bloans?\b|\bprets?\b(?! a\b)|credit\b|provision\w*|"
        r"\bgains?\b|plus-value|operating (?:profit|income|loss)|resultat\w*|excedent|cash flow|process\w*|transactions? (?:de|worth)|\bgdp\b|contracts?\b|contrats?\b|orders?\b|carnet|capitalised|capitalized|en bourse|buy ?backs?|dividendes?|restructur\w+|"
        r"investments? (?:volume|plan|programme|budget)|return(?:s|ing)? |reserves?|backlog|salar\w+|remuneration|royalt\w+|redevance\w*|commissions?\b|impots?\b|\btax\w*|investissements?|spending plan|plan (?:de|of)|programme de|each for|apiece",
        r"^ (?:as|in|of) (?:an? )?(?:further|additional|future) (?:investment|spending|funding|capital)|^ (?:of (?:their|its|his|her) own (?:money|cash)|de (?:sa|leur) poche)|^ (?:of|d'|de) ?(?:new|fresh|nouvelles) (?:shares|stock|actions|titres)\b|^ (?:to|pour) (?:financ|fund)\w*|^[- ](?:[\w#]+[- ]){0,5}?(?:loan|credit facility|credit line|facility|bond|overdraft)\b|^ (?:was|were|is|are|will be) (?:\w+ ){0,4}?paid (?:later|up-?front|up front|after)|^ (?:of|from|de) (?:its|sa|leur|their) (?:\w+ )?(?:value|valeur|capitalisation|capitalization)|"
        r"^ (?:d'|de |of |in )(?:\w+ )?(?:aides?|subventions?|aid|grants?|subsid\w+|fonds publics|public money)\b|^ (?:to|on|in|into|dans|sur|pour|a) (?:[a-z'-]+ ){0,4}?(?:[ld]')?(?:plants?|factor(?:y|ies)|data cent\w+|networks?|research|r&d|usines?|reseaux?|magasins|stores|sites?|capacit\w+|equip\w+|infrastructures?|marketing|"
        r"advertising|publicite|recherche|modernis\w+|expan\w+|upgrad\w+|renov\w+|redundanc\w+|build\w*|construi\w+|machines?|mill|warehouses?|entrepots?|laboratoires?|start-ups)\b|"
        r"^ (?:(?:a|per|the) (?:share|unit)|each)\b|^ (?:par |l'|la |chaque |pour chaque )(?:action|titre|part)|^,? (?:en|a la|sur le|on the|in the) (?:bourse|stock market|market)\b|^ (?:on|in|en) (?:capital (?:expenditure|spending)|capex|depenses|buybacks)|^ (?:fine|penalty|lawsuit|settlement|d'amende|de penalites|de dedommagement|de subventions)|^ (?:apiece|en tresorerie|(?:(?:of|in|de) |d')(?:<\d+>(?:'s)? )?(?:\w+ ){0,1}?(?:debt|dette|assets|actifs|savings|profit|benefice\w*|perte\w*|economies|loss\w*|"
        r"net income|annual savings|fees))|^ (?:(?:of|in|de|d') ?(?:\w+ )?(?:bonds?|obligations|loans?|emprunts?)|break(?:-?up)?\b|reverse|termination|of assets|under management)|^[- ](?!including|excluding|with )(?:\w+ ){0,1}(?:fine|amende|bonus|fund\b|market value|budget|debt)",
    ),
}
STAKE = (
    r"\bstake|participation|\bacqu\w+|takes?\b|\btaking\b|took\b|detiendra\w*|will (?:own|hold)|prend\w*|prise de|\bced\w+|\b(?:re)?vend\w+|\bvente de|(?:arriv\w*|entre\w*|invest\w*)\b[^.;#]{0,45}#*[^.;#]{0,12}\ba (?:hauteur|concurrence) d|\bacha?e?t\w*|rachet\w+|buy(?:s|ing)?\b|"
    r"bought|purchas\w+|(?:pick|snap|scoop|mop)\w* up|bagg\w+|grab\w*|secur\w+|land(?:s|ed)|ramass\w+|decroch\w+|(?:for|pour) (?:the |an? |les? |la )?(?:additional|remaining|further|extra|other|rest\w+)|pour (?:en )?(?:detenir|posseder|obtenir|prendre)|receives\b|\bgets?\b|\bgetting\b|premier actionnaire|\bpris\b|obtenir|obtain|sells?\b|sold|selling|(?<!d')\binvest(?!or|isseur|ment (?:compan|fund|firm|vehicle|group|trust|bank|house))\w*|(?:met|mis|mettre|mettra|mettant) (?:[a-z]+ )?la main sur|s'empar\w+|s'est empar\w+|s'offr\w+|entre\w* (?:au|dans)|s'invit\w+ (?:au|dans)",
    r"^ (?:restante?s?|remaining)\b|^,? (?:went|goes|will go|is going|revien\w+|reviendr\w+|ira|iront|passe\w*) (?:to|a|au|aux)\b|^(?: (?:supplementaires?|minoritaire|of the|of))?[- ](?:\w+ ){0,2}?(?:(?:du|au|dans le) capital|des (?:parts|actions|titres)|de ses? (?:parts|actions|titres)|stake|slice (?:of|in)|shareholding|shares|"
    r"(?:that |which |qu')?(?:(?:they|it|he|she|<\d+>|elle|il|ils|elles) )?(?:(?:do|does|did) not (?:already |yet )?(?:own|hold)|ne (?:detien|detena|possed)\w+)|"
    r"of it\b|(?:of )?(?:the |its |his )?(?:shares|equity|company|business|club|bank|airline|firm)\b|participation|interest|holding|du groupe|de la societe|de (?:la |sa )?(?:start-up|filiale|jeune pousse))|"
    r"^ (?:of the|of its|of|du|de la) (?:total|issued|outstanding|share capital)\b|^ (?:de |du |of |in |dans |d'|chez )(?:[^<>.,;]{0,30})<\d+>|^ a <|^,? (?:de |of )?<",
)
KEEPS = re.compile(
    r"\b(?:shareholders?|investors?|holders|owners) (?:holding|with|owning|representing|speaking for|who (?:hold|own))\b|actionnaires? (?:detenant|representant|totalisant|possedant)|\bholding an?\b|(?:hold|own|detien\w*|gard\w*) (?:the |les? )rest\w*|(?:hold|own|keep)s? the (?:remaining|rest|other)|conserv\w+|\bkeep\w*|retain\w*|\bgard\w+|remain(?:s|ed)?\b|(?<!will )(?<!would )\bowns?\b|\bowned\b|(?<!will )(?<!would )\bholds?\b(?! talks)|\bheld\b|detient|detenait|detenant|(?<!pour )(?<!pour en )detenir|possed\w+|already|\bdeja\b|actionnaire (?:est|reste)|\breste(?:ra|nt|ront|rait)? |shareholder (?:is|remains)|devenue? (?:le |la )?premi\w+ actionnaire|option(?! agreement)"
)
NOT_STAKE = (
    r"\b(?:detiendra\w*|aura\w*|will (?:own|hold)) (?:ainsi|alors|donc|desormais|au total|a total of|in total)\b|\bwill (?:then|thus|therefore) (?:own|hold)\b|\b(?:un des|one of (?:the|its)) (?:[a-z]+ )?(?:actionnaires|shareholders)\b[^<>.;#]*|\bleav\w+ (?:[\w'<>]+ ){1,4}with\b|\bincludes? an?\b|\b(?:disclos|reveal|amass|declar|built|built up)\w* an?\b|contribut\w+|roll\w* over|conserv\w+|keeps?\b|keep\b|retain\w*|gard\w+|remain(?:s|ed)?\b|\bdeja\b|already|\bowns?\b|\bowned\b|\bholds?\b(?! talks)|\bheld\b|detient|detenait|possed\w+|port\w+ [^<>.;]{0,20}(?:part|participation|interest) a|(?:mont|grimp|pass)\w* (?:\w+ )?a|mont\w+ de $|\bpass\w+ (?:sa|leur|its) (?:participation|part)\b[^#.;]{0,30} de $|proprietaire d[^.;#]{0,40} de $|ramen\w+|dilu\w+|(?:stake|holding|interest|shareholding|ownership)[^<>.;]{0,25}? (?:from|to)\b|franchi\w*|voting rights|droits de vote|"
    r"\b(?:shift|mov|transferr|pool)\w* (?:its|their|sa|leur) $|\b(?:filiale|subsidiary) (?:[a-z]+ )?a $|\bfrom (?:an? )?(?:previous\w* )?(?:[a-z]+ ){0,2}(?:stake|holding|interest) of (?:[a-z]+ )?$|\b(?:its|their|sa) (?:current|existing|present) $|\bincluding (?:its|their|<\d+>'s?) $|(?:redui|abaiss|ramen|trim|cut|lower|reduc)\w* (?:sa|leur|its|their|the) (?:participation|part|stake|holding|interest)\b[^#.;]{0,30} (?:a|to)\b|"
    r"receiv\w*|touch\w+|droit de vote|subscribed|approved|"
    r"sa part a|monter a|hausse|baisse|(?<!picked )(?<!snapped )(?<!scooped )(?<!mopped )\bup(?: by| about| nearly| more than| some)? $|\brose\b|\bfell\b|\bfall\w*|\bgain\w*|\bgagn\w+|\brecul\w*|bondi|progress\w*|chut\w+|repli\b|retrait|premium|prime\b|surcote|growth|croissance|"
    r"\bjump\w*|\blost\b|perd\w*|marge|margin|\bgrew\b|climb\w*|\bdown(?: by| about| nearly| more than| some)? $|market share|part de marche|\btax|\bslid|\bslip\w*|tumbl\w*|surg\w+|soar\w*",
    r"^ (?:more|less|higher|lower|cheaper|dearer|above|below|over|under|de plus|de moins|plus|moins|au-dess\w+) (?:than|que|the|its|le|la|l'|cher|eleve)|^ (?:in|en) (?:new|cash|numeraire|actions|titres|stock)\b|^ (?:in|en) <\d+> (?:shares|stock)|^ (?:of the shares|des (?:titres|actions|parts))[^<>.;]{0,25}(?:apport|tender|recueill)|^ (?:du (?:chiffre|total|resultat|benefice|budget)|premium|prime|discount|decote|of (?:sales|revenue|the market|its workforce|staff|jobs)|du marche|des (?:effectifs|ventes|salaries|droits de vote|voix)|of (?:the )?(?:\w+ ){0,2}(?:joint venture|new entity|new company|venture|combined|voting|votes)|de la (?:coentreprise|nouvelle entite|future)|(?:sur|en) un an|en debut de seance|"
    r"market share|growth|higher|lower|already)|^ (?:of|de|du|des|d')[^.;#]{0,40}\b(?:sales|revenues?|turnover|profits?|ventes|chiffre d'affaires|revenus)\b|^[^<>.;]{0,25}\b(?:already|deja|en bourse)\b|^ (?:est|etait|is|was) (?:[a-z]+ )?(?:detenue?|possedee?|held|owned)\b|^ (?:de|of) (?:la |the |its |sa )?(?:valorisation|valuation|capitalisation|value)\b|^ (?:stake|share|interest|holding|participation) (?:in|of|dans) (?:the |a |la |le |l')(?:combined|merged|enlarged|new|nouve\w+|futur\w*) |^ (?:du |de la |of the |of )(?:nouve\w+|futur\w*|future|combined|new|enlarged|merged) ",
)
# fmt: on
FORECAST = re.compile(
    r"prevo\w+|ambitionn\w+|demarrer\w+|attend\w*|table\w* sur|vise\b|esper\w+|devrait|devraient|projet\w*|expect\w*|forecast\w*|aim\w*|target\w*|"
    r"anticip\w+|guidance|on track|estimates? (?:sales|revenue)|could reach|hopes?\b|d'ici|objectif"
)
BEFORE_DEAL = re.compile(
    r"(?:at|in) (?:its|the|a|their) (?:last|latest|previous|prior) (?:[a-z]+ )?round|most recently|\bhad (?:last )?raised|\bavai(?:t|ent) (?:deja |dernierement )?leve\b|\balors\b(?! que)|jusque-la|precedent\w*|dernier tour|derniere levee|auparavant|previous\w*|\blast (?:round|funding|raised)|\bat the time|"
    r"was (?:last )?valued|last (?:valued|priced)|were valued|was worth|etait|lorsqu'elle|pesait|valait|up from|\bcontre\b(?! un)|(?:years?|months) (?:ago|earlier|before)|il y a (?:un|deux|trois|\w+) ans?|plus tot|avait ete valoris\w*|(?:avait|avaient|had) (?:deja )?(?:permis|allowed|helped)[^.;#]{0,40} valu|(?:avait|avaient) (?:deja )?permis[^.;#]{0,40} valoris\w*|etait valoris\w*|had been valued|l'an dernier|private round|anterieur\w*|depuis\b|"
    r"(?:earlier|prior|former) valuation|last (?:year|january|february|march|april|may|june|july|august|september|october|november|december)|set in|earlier round"
)
ANNOUNCED = re.compile(
    r"annonc\w+|announc\w+|agreed|indique\w*|confirm\w+|devoil\w+|unveil\w*|communique|signe\w*\b|signed|said\b|struck"
)
CLOSED = re.compile(
    r"\bclos(?:e|es|ed|ing)\b|finalis\w+|complet(?:e|ed|ion)\b|cloture|boucle[er]?\b|acheve\w*|attendue|issue de l'operation"
)
FOUNDED = re.compile(
    r"\b(?:co-?)?fonde\w*|\b(?:co-?)?founded|vu le jour|\bnee?s?\b|\blance[e]?s?\b|\blaunched|\bcree(?:e|es)?\b|\ba cree\b|established|set up in|started in|nee en"
)
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
    "planned": r"\bva\b|vont\b|\bwill\b|doit\b|\bto (?:buy|acquire|pay|close|join)|expected|attendu\w*|deboursera|prevoit|devra\b|sera\b|seront\b|\w{3,}er(?:a|ont)\b|\w*(?:iend|prend|vend|mett|recev)r(?:a|ont)\b|\baur(?:a|ont)\b",
    "announced": r"annonc\w+|announc\w+|agreed|signe\w*|unveil\w*|devoil\w+",
}
UNNAMED = {
    "people-familiar": r"people (?:familiar|close|briefed)|person (?:familiar|close)|(?:\w+ )?sources? (?:proches?|familiar|close|au fait|concordantes?)|"
    r"familiar with the (?:matter|situation|talks)|proches? du dossier|aupres de \w+ sources?|un proche d|une source|people briefed|\bsources (?:said|say|told|add)|the people said|selon (?:des|plusieurs) sources|les memes sources|citing (?:\w+ )?sources|close to the (?:talks|matter|deal)",
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
