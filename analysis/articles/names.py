"""The companies and people of a text: those that data/ declares, and those that the text itself introduces.

A name is a run of capitalised words. It is a person where a role, an age or a title stands beside it, a company
otherwise; a shorter form (« Cigale » for « Cigale IA », « Wang » for « Alexandr Wang ») means the longer one.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from analysis.articles.typography import flatten, led_by

Gazetteer = dict[str, str]  # a name in plain lower case -> a subject's id

_WORD = r"(?:[A-Z]'[A-Z][a-z]+|(?:[A-Z]\.){2,3}(?= [A-Z])|[A-Z][A-Za-z0-9&]*(?:[.-](?=[A-Za-z])[A-Za-z0-9]+)*\+?|[a-z]{1,2}[A-Z][A-Za-z0-9]+)"
# « Éditions du Phare », « Banque de l'Ouest »: a common noun that a name may begin with goes on over « de ».
_HEAD = (
    "(?:Editions|Banque|Compagnie|Societe|Caisse|Credit|Laboratoires?|Institut|Ateliers|Brasseries?|Galeries|Chantiers|Maison|Groupe|"
    "Forges|Eaux|Papeteries|Bourse|Mutuelle|Fonderies|Cristalleries|Verreries|Vignobles|Domaines|Biscuits|Compagnie|Biscuiterie)"
)
_ARTICLES = ("Le ", "La ", "Les ")
_NAME = re.compile(
    rf"(?<![\w-])(?:(?:[LlDdCcNnSsJj]|[Qq]u)')?((?:{_HEAD} d(?:u |es |e (?:la |l')?|')|2[01](?:st|th) (?=Century))?{_WORD}(?: (?:& |of (?=[A-Z])|(?:de la|des) (?=[A-Z])|(?<=s )d'(?=[A-Z])|(?:do|da|dos|del|della|di|van|von|der|und) (?=[A-Z]))?{_WORD}){{0,4}})"
)
# Capitalised words that name no party: functions at a sentence's head, calendars, places, titles, the press's own marks.
_NOT_NAMES = set(
    "the a an this that these it its he she they we you in on at by for from to of and or but as if so when while after before since "
    "under over with without about according despite however last next no not one two three some many more most all both each other "
    "le la les un une des du de d l au aux en dans sur sous par pour avec sans selon depuis apres avant pendant entre vers chez contre "
    "malgre lors si mais ou et donc or ni car il elle ils elles on nous vous je ce cet cette ces son sa ses leur leurs notre certains "
    "plusieurs tous toute toutes alors ainsi aussi enfin interroge cela ceci c' quand comme dont qui que quelque environ pres plus moins "
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre "
    "octobre novembre decembre paris london new york san francisco seattle zurich berlin tokyo washington beijing londres geneve geneva "
    "bruxelles brussels france china chine europe asia asie america amerique us usa uk u.s u.s. eu ue united states etats-unis etats "
    "royaume-uni germany allemagne japan japon india inde silicon valley ceo pdg cfo coo cto ai ia llm "
    "shares analysts shareholders investors sources source chief executive mr mrs ms m mme dr closing including sales revenue private "
    "american british french swiss european rachat telecoms action actions interrogated series serie ebitda arr ipo gmt net bourse "
    "jan feb mar apr jun jul aug sept sep oct nov dec janv fevr juil ap reuters upi dpa tass xinhua gmt production demand "
    "tv esg hr pr nothing everyone everything officer cnil bce ecb fed imf fmi onu un "
    "securities exchange autorite tribunal cour court authority board "
    "mit vivatech senate congress sec ftc commission founder cofounder co-founder fondateur chairman president director directeur cependant toutefois pourtant neanmoins meanwhile moreover separately quant latest earlier later also still dans meme surtout "
    "premier premiere deuxieme second seconde troisieme quatrieme cinquieme first third fourth fifth lbo iphone ipad android region departement etat ville mairie state government gouvernement prior perhaps maybe cac ftse dax dow jones stoxx ibex inc department justice competition markets ministry treasury overall nasdaq nyse lon amex euronext opa ope ttc ht bonjour bonsoir hello lettre tour table menu echec fusion cession rachat bourse "
    "former ex ancien ancienne internet web online etf etfs "
    "tpe pme eti amf acpr sme smes saas b2b b2c cgt cfdt drh rse ong ngo npc "
    "ca economie finances ebit evp arpdau ouf bref mdh mdt coup nouveau nouvelle "
    "turnover favori favorite favourite crowdfunding first-round second-round final-round mandatee mw gw kw mwh gwh "
    "celui-ci celle-ci ceux-ci celles-ci celui-la celle-la celui celle ceux celles christmas noel easter paques thanksgiving year q1 q2 q3 q4 h1 h2 t1 t2 t3 t4 s1 s2 fondee fonde creee cree founded reste news menu vc mrna".split()
)  # fmt: skip
# Words that a sentence begins with, and that a name may begin with too (Just Eat, Back Market).
_OPENERS = set(
    "their there then than because though although until unless once only just even now yet such any other another every why how what where which who whose whether "
    "instead elsewhere rather together through within beyond behind between during among amid given following unlike like back out up down off our your his her us "
    "nobody anyone someone everybody neither nor either half so again almost already always never perhaps asked according speaking based born "
    "puis outre parmi grace suite hors voici voila bien afin sauf tandis puisque parce lorsque celui celle ceux celles aucun aucune chaque ici hier aujourd demain pourquoi "
    "comment ou jusqu fin debut mi deja jamais toujours souvent parfois presque autre autres resultat officiellement reste cote desormais l'an".split()
)  # fmt: skip
# Places and nationalities: never a party of their own, though a name may hold one (Air France, Norsk Hydro).
PLACES = set(
    "france french francais francaise paris lyon marseille toulouse bordeaux lille nantes strasbourg grenoble rennes montpellier nice "
    "germany german allemagne allemand allemande munich munchen hamburg hambourg frankfurt francfort cologne stuttgart dusseldorf "
    "italy italian italie italien italienne rome milan turin naples spain spanish espagne espagnol espagnole madrid barcelona barcelone "
    "portugal portuguese portugais portugaise lisbon lisbonne belgium belgian belgique belge antwerp anvers gand ghent netherlands dutch "
    "pays-bas neerlandais neerlandaise holland amsterdam rotterdam luxembourg switzerland suisse lausanne bale basel ireland irish irlande "
    "irlandais irlandaise dublin england english angleterre scotland scottish ecosse wales welsh edinburgh manchester leeds glasgow "
    "birmingham bristol norway norwegian norvege norvegien norvegienne norse oslo bergen sweden swedish suede suedois suedoise stockholm "
    "gothenburg denmark danish danemark danois danoise copenhagen copenhague finland finnish finlande finlandais finlandaise helsinki "
    "nordic nordique iceland poland polish pologne polonais polonaise warsaw varsovie czech prague hungary hungarian hongrie budapest "
    "austria austrian autriche autrichien autrichienne vienna vienne greece greek grece grec grecque athens athenes turkey turkish turquie "
    "turc turque istanbul ankara russia russian russie russe moscow moscou ukraine ukrainian kyiv kiev romania bulgaria serbia croatia "
    "estonia estonian tallinn latvia lithuania vilnius riga israel israeli israelien israelienne jerusalem qatar qatari doha dubai emirati "
    "abu dhabi emirats riyadh riyad saudi arabia saoudien saoudienne kuwait koweit bahrain oman egypt egyptian egypte cairo morocco moroccan maroc "
    "marocain casablanca algeria algerie tunisia tunisie nigeria nigerian lagos kenya kenyan nairobi ghana senegal dakar canada canadian "
    "canadien canadienne toronto montreal ottawa vancouver calgary quebec mexico mexican mexique mexicain brazil brazilian bresil bresilien "
    "bresilienne argentina argentine chile chili chilean colombia colombian colombie peru perou australia australian australie australien "
    "australienne sydney melbourne perth brisbane zealand korea korean coree coreen coreenne seoul taiwan taiwanese taiwanais taipei "
    "singapore singapour singapourien singaporean malaysia malaysian malaisie jakarta indonesia indonesian indonesie thailand thai "
    "bangkok vietnam vietnamese vietnamien philippines manila hanoi hong kong shanghai shenzhen guangzhou hangzhou chinese chinois "
    "chinoise japanese japonais japonaise osaka kyoto indian indien indienne mumbai bangalore bengaluru delhi pakistan bangladesh african "
    "africain european europeen europeenne asian asiatique americain americaine americans us-based texas austin houston dallas boston "
    "massachusetts chicago illinois atlanta georgia miami florida denver colorado phoenix arizona portland oregon philadelphia pittsburgh "
    "pennsylvania detroit michigan ohio cleveland columbus minnesota minneapolis utah nevada vegas virginia carolina jersey connecticut "
    "delaware tennessee nashville los angeles palo alto mountain view cupertino cambridge oxford brussels strasbourg south north east west "
    "sud nord est ouest britain british britannique great middle eastern western northern southern latin uk mideast scandinavian "
    "midlands yorkshire lancashire kent essex cornwall devon cumbria teesside tyneside merseyside coventry sheffield newcastle liverpool "
    "nottingham derby leicester belfast cardiff swansea aberdeen dundee norwich plymouth southampton portsmouth brighton bretagne normandie "
    "alsace lorraine provence occitanie auvergne bourgogne picardie aquitaine savoie vendee finistere morbihan rhone loire nord-est hexagone "
    "annecy angers dijon reims brest caen rouen metz nancy tours orleans limoges clermont-ferrand saint-etienne mulhouse avignon "
    "halifax winnipeg edmonton alberta ontario manitoba saskatchewan charlotte memphis tampa orlando oakland sacramento louisville kansas missouri "
    "iowa nebraska wisconsin milwaukee indiana indianapolis kentucky alabama arkansas louisiana oklahoma idaho wyoming maine vermont oslo kobe "
    "sri lanka lankan nepal nepalese myanmar cambodia mongolia kazakh kazakhstan uzbek armenian azerbaijan iraq iraqi iran iranian jordan lebanese liban libanais "
    "syria yemen angola mozambique zambia zimbabwe uganda tanzania rwanda ethiopia cameroun cameroon mauritius madagascar cuba jamaica panama venezuela ecuador "
    "bolivia paraguay uruguay slovenia slovenian slovakia slovak latvian lithuanian cyprus cypriot malta maltese andorra monaco icelandic congo gabon burkina mali niger benin togo "
    "dane danes swede swedes finn finns briton britons spaniard spaniards pole poles turk turks scot scots norwegians germans italians canadians brazilians belgians austrians russians indians australians koreans saudis qataris emiratis "
    "mediterranee mediterranean atlantique atlantic pacifique pacific baltique baltic adriatique caraibes caribbean maghreb bosphore tasman "
    "silicon valley california californie menlo park scandinave gulf golfe africa afrique wall street city nasdaq nyse euronext xetra calif mass tex fla ill del "
    "las moines cincinnati baltimore raleigh hartford tulsa omaha reno tucson albuquerque honolulu boise spokane fresno irvine sunnyvale redmond brooklyn manhattan "
    "havre amiens besancon perpignan pau bayonne biarritz poitiers nimes toulon cannes aix-en-provence quimper lorient vannes saint-malo saint-nazaire laval mans valenciennes dunkerque calais roubaix tourcoing "
    "troyes colmar chambery issy-les-moulineaux boulogne-billancourt courbevoie nanterre saint-denis levallois-perret villeurbanne grasse epernay dortmund leipzig dresden nuremberg bremen hannover hanover bonn karlsruhe mannheim augsburg "
    "lugano zug winterthur lucerne neuchatel fribourg berne bern bologna bologne genoa verona venice venise parma modena bergamo trieste seville bilbao malaga zaragoza eindhoven utrecht haarlem delft groningen slough "
    "soleil kingdom salt lake bermuda bermudes bahamas cayman guernsey kampala accra abidjan dar-es-salaam karachi lahore dhaka colombo".split()
)  # fmt: skip
_MAKERS = re.compile(
    r"(?:[a-z-]*(?:makers?|upstarts?|giants?|groups?|firms?|start-?ups?|lenders?|insurers?|retailers?|operators?|builders?|producers?|"
    r"rivals?|competitors?|concurrents?|backers?|billionaires?|tycoons?|specialists?|developers?)|fintechs?|biotechs?|unicorns?|titans?|conglomerates?|drugmakers?|pep?ites?|"
    r"miners?|brewers?|grocers?|booksellers?|activists?|airlines?|broadcasters?|hoteliers?|caterers?|distillers?|refiners?|landlords?|bookmakers?|"
    r"courtier|brasseur|assureur|cimentier|laboratoire|opticien|armateur|transporteur|distributeur|editeur|equipementier|constructeur|voyagiste|papetier|verrier|chimiste|sidérurgiste|"
    r"cabinet|fonds|groupe)$"
)
_PARTICIPLE = re.compile(
    r"(?:co-?)?(?:fond|cre|bas|valoris|specialis|contact|interrog|cot|dirig|control|install|lanc|n|implant|sollicit|evalu|achet|rachet|"
    r"arriv|entr|devoil|pouss|dot|conclu|sign|annonc|prevu|attendu|soutenu|detenu|inscrit|repris|joint|introdui)(?:e|ee|es|ees|s|te)$|(?:founded|based|backed|"
    r"valued|asked|contacted|reached|established|listed|owned|led|launched|headquartered|shareholders|proceeds|separately)$"
)
OUTLETS = {
    "afp": "AFP", "agence france-presse": "AFP", "reuters": "Reuters", "bloomberg": "Bloomberg", "bloomberg news": "Bloomberg",
    "financial times": "Financial Times", "ft": "Financial Times", "les echos": "Les Echos", "le monde": "Le Monde",
    "le figaro": "Le Figaro", "wall street journal": "The Wall Street Journal", "wsj": "The Wall Street Journal",
    "new york times": "The New York Times", "nyt": "The New York Times", "the information": "The Information", "cnbc": "CNBC",
    "techcrunch": "TechCrunch", "the verge": "The Verge", "business insider": "Business Insider", "forbes": "Forbes",
    "associated press": "Associated Press", "la tribune": "La Tribune", "bfm business": "BFM Business", "axios": "Axios",
    "washington post": "The Washington Post", "nikkei": "Nikkei", "handelsblatt": "Handelsblatt", "capital": "Capital",
    "the economist": "The Economist", "time": "Time", "fortune": "Fortune", "sky news": "Sky News", "guardian": "The Guardian", "echos": "Les Echos", "the new york times": "The New York Times",
}  # fmt: skip
ROLES = {
    "interim_ceo": r"(?:interim|acting) (?:chief executive|ceo)|(?:directeur|directrice) general[e]? par interim|pdg par interim|"
                   r"(?:chief executive|ceo) (?:on an interim|par interim)",
    "cofounder": r"co-?founder|co-?fondateur|co-?fondatrice",
    "founder": r"founder|fondateur|fondatrice",
    "cfo": r"chief financial officer|cfo|(?:directeur|directrice) financiere?",
    "strategy_head": r"chief strategy officer|head of strategy|(?:directeur|directrice|responsable) de la strategie",
    "chief_ai_officer": r"chief ai officer",
    "ceo": r"chief executive(?: officer)?|ceo|pdg|president-directeur general|(?:directeur|directrice) general[e]?",
    "head": r"patronn?e?|boss|dirigeant|president|chairman|chairwoman|dirigee? par",
}  # fmt: skip
ROLE = "|".join(ROLES.values())
_BESIDE_PERSON = re.compile(
    rf"(?:\b(?:(?:{ROLE})s?|mr|mrs|ms|m\.|mme|analyste?|avocate?|jeune dirigeant|hommes? d'affaires|milliardaire|entrepreneure?|"
    r"heritieres?|businessm[ae]n|billionaire|tycoon|sir|dame|lord|magnate?|deputy|banker|banquier|economist[e]?|lawyer|ministre|minister)(?: (?:de|of|at|chez|d'|du) ?[\w .'&-]{1,30}?,|,)? )$"
)
_AFTER_PERSON = re.compile(
    rf", (?:an? |the )?(?:[a-z-]+ ){{0,3}}(?:analyste?|lawyer|partner|professor|banker|economiste?|avocate?|associee?|managing director|spokes(?:wo)?man) (?:at|with|for|chez|de|d'|of)\b|"
    rf",? (?:\(?[0-9]{{2}}\b|age|who founded|qui a (?:quitte|cree|fonde)|(?:(?<=, )|(?=(?:[a-z-]+ ){{0,3}}(?:{ROLE}) (?:of|de|at|chez|d')\b))(?:the |le |la |l'|its |son |sa |[\w .&-]{{2,25}}'s )?"
    rf"(?:(?!et |and |qui |who |dont |which |that |a |va |has |had |will |pour |to |with |avec |aupres |from |by |par |by )[a-z-]+ ){{0,3}}(?:{ROLE}|heritieres?|heir(?:ess)?|widow|veuve)\b)"
)


# « la famille Rossi », "the Tveit family": people; « né en 1954 à Quimper », "headquartered in Ebbw": a place.
_FAMILY_BEFORE = re.compile(r"\b(?:famille|heritiers?|freres|brothers|clan) (?:de |d')?(?:le |la |de |von |van )?$")
_FAMILY_AFTER = re.compile(r" (?:family|brothers|clan|heirs)\b")
_PLACED = re.compile(
    r"\b(?:[0-9]{4}(?! (?:de|of|dans) )|sieges?(?: est)?|base\w*|implante\w*|usines?|salaries|employes|personnes|employees|people|workers|situe\w*|nee?s?|installe\w*|headquarter\w*|plants?|factory|offices?|"
    r"(?:entreprise|societe|pme|usine|start-up|company|factory|transformateur|conserveur|fabricant|constructeur|negociant|brasseur|imprimeur|logisticien|transporteur|equipementier|sous-traitant|maroquinier|verrier|papetier|chimiste) (?=d[e'])(?: ?d'[a-z]+(?= de))?(?: de [a-z]+(?= de))?|plateau|region|ville|port|city|town)(?:,| est| is)? ?(?:a|in|at|near|pres de|dans|de|of|outside) $"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A mention: where it stands in the plain text, the subject's id, its type and how it is written."""

    start: int
    end: int
    id: str
    type: str  # org, person, outlet or product


@dataclass
class Cast:
    """Every mention of a text, in order, and the written form of each subject."""

    names: list[Name] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)

    @cached_property
    def starts(self) -> list[int]:
        return [name.start for name in self.names]

    def within(self, start: int, end: int, *types: str) -> list[Name]:
        """The mentions inside a span, of the types given."""
        near = self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [n for n in near if n.end <= end and n.type in (types or ("org",))]

    def last_before(self, position: int) -> Name | None:
        """The company named last before a position."""
        before = self.names[: bisect_left(self.starts, position)]
        return next((name for name in reversed(before) if name.type == "org"), None)


def slug(name: str) -> str:
    """A name as an id: plain lower case words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", flatten(name).low).strip("-")


def cast_of(cased: str, known: Gazetteer) -> Cast:
    """Find the names of a plain text.

    Args:
        cased: the text in plain letters, its capitals kept.
        known: names that data/ declares.
    """
    low = cased.lower()
    found = [(m.start(1), m.end(1), m[1]) for m in _NAME.finditer(cased)]
    acting = _acting(cased)
    acting |= {text for start, _, text in found if text.startswith(_ARTICLES) and not _first(cased, start)}
    acting |= {text for start, _, text in found if text.split(" ")[0].lower() in _OPENERS and not _first(cased, start)}
    found = [part for name in _compounds(cased, found) for part in _around_role(*name)]
    found = [part for name in found for part in _trimmed(cased, known, acting, *name)]
    found = _out_of_title(cased, found)
    found = _without_trade(cased, found)
    counts = Counter(text for _, _, text in found)
    people = {text for start, end, text in found if _is_person(low, start, end, text)}
    people |= _joined(cased, found, people)
    houses = _houses([text for _, _, text in found], people)
    lasts = {person.split(" ")[-1] for person in people}
    houses |= {
        text
        for start, end, text in found
        if " " not in text
        and (
            led_by(_OF_HOUSE, low, start)
            or (text in lasts and (led_by(_WHOSE_HOUSE, low, start) or _AS_HOUSE.match(low, end)))
        )
    }
    units = {text for start, _, text in found if led_by(_UNIT, low, start)}
    forms = _short_forms({text for text in counts if text not in units}, people)
    forms = {short: full for short, full in forms.items() if not _parent(cased, found, short, full)}
    full_of = {short: full for short, full in forms.items() if short not in houses}
    advisers = {full_of.get(text, text) for start, end, text in found if _advises(low, start, end)}
    sold = {
        text
        for start, end, text in found
        if text.lower() in OUTLETS and led_by(_BUYING, low, start) and not _OWNER_NEXT.match(low, end)
    }
    heard = {
        full_of.get(text, text)
        for start, end, text in found
        if _REPORTS.match(low, end) or led_by(_CITED_BY, low, start) or _PAPER.search(text)
    } - {full_of.get(text, text) for start, _, text in found if led_by(_BUYING, low, start) or text.lower() in known}
    cast = Cast()
    for start, end, text in found:
        if led_by(_FORMERLY, low, start) or led_by(_TOLD_US, low, start) or led_by(_MEMBER_OF, low, start):
            continue
        if _TOWN_OF.match(low, end):
            continue
        if low[max(0, start - 2) : start] == ", " and _HEARD.match(low, end):
            continue
        full = full_of.get(text, text)
        plain = full.lower().removesuffix("'s")
        if led_by(_TOLD_IT, low, start) and not {plain, text.lower()} & {*OUTLETS}:
            continue
        if full in heard or ((plain.removeprefix("the ") in OUTLETS or text.lower() in OUTLETS) and text not in sold):
            id, type_ = slug(OUTLETS.get(plain, OUTLETS.get(text.lower(), full))), "outlet"
        elif plain in known or text.lower() in known:
            id = known.get(plain) or known[text.lower()]
            type_ = id.partition(":")[0]
        else:
            where = (
                low.endswith((" in ", " en "), 0, start)
                and not low.startswith("'s", end)
                and not led_by(_SHARE_IN, low, start)
            )
            if (where or led_by(_PLACED, low, start)) and counts[text] == 1:
                continue
            family = led_by(_FAMILY_BEFORE, low, start) or _FAMILY_AFTER.match(low, end)
            type_ = "person" if full in people or family else "adviser" if full in advisers else "org"
            id = f"{type_}:{slug(full)}"
        cast.names.append(Name(start, end, id, type_))
        cast.written.setdefault(id, full)
    return cast


# "has agreed to buy The Verrine Times", « le rachat des Échos de Verrine »: an outlet that is a party
_BUYING = re.compile(
    r"\b(?:buy|buying|bought|acquire|acquiring|acquired|(?:takeover|purchase|acquisition|owner|sale) of|(?:bid|bidder|suitor|buyer) for|offer for|sell|selling|sold|rachete\w*|acheter|achete|acquerir|rachat (?:de|des|du)|vendre|vente (?:de|des|du)|cession (?:de|des|du)|proprietaire (?:de|des|du)) (?:(?:pour|for) [^.;,]{3,32} )?(?:the |rival |news agency |magazine |the magazine |le quotidien |le magazine |les |le |la )?\"? ?$"
)
# "Newswire reported that", "as cited by Newswire", "The Verrine Herald": who tells it
_REPORTS = re.compile(r" (?:both |also |first )?reported that\b")
_CITED_BY = re.compile(r"\bas (?:cited|reported) by (?:the )?(?:[\w.]+ and )?$")
_PAPER = re.compile(r" (?:Times|Journal|Tribune|Herald|Gazette|Chronicle)$")
_OWNER_NEXT = re.compile(r" (?:owner|parent|publisher) ")  # "a bid for The Verrine Times owner Ostrea"
# "has hired Carbex to find a buyer", « conseillé par la banque Carbex »: no side of the deal
_HIRED = re.compile(
    r"\b(?:(?:hired|hiring|appointed|tapped|engaged|retained|enlisted|mandated|brought in|working with|works with|turned to|chosen|picked|selected|has asked|a mandate|ont mandate|mandate|a missionne|a confie a|a charge|a engage|s'est adjoint|avait mandate) "
    r"(?:(?:investment|the|advisers?|advisors?|bank|banks|bankers|boutique|(?:at|from|of|and|a|aux?|la|le|les|l'|banques?|d'affaires|cabinet|conseils?)) ){0,4}(?:l')?"
    r"|(?:advised by|advice from|advisers? (?:at|from|,)|bankers (?:at|from)|conseillee?s? par|assistee? (?:de|par)|epaulee? par|accompagnee? par)(?: (?:la|le|the|banque|cabinet|bankers at|bank))* )(?:[\w&.' -]{2,30} (?:and|et) )?$"
)
_TO_ADVISE = re.compile(
    r"(?: (?:and|et) [\w&.' -]{2,30})? (?:to (?:advise|sound|run|find|explore|handle|seek|gauge|lead the sale|conduct|organi[sz]e|oversee|prepare|review|work|help|look|sell|manage|solicit|market)|as (?:its |an |their )?(?:financial )?advis|for advice|"
    r"pour (?:trouver|chercher|vendre|ceder|explorer|organiser|mener|piloter|sonder|etudier|l'assister|la conseiller|le conseiller|la vente|la cession|cette|ouvrir|preparer)|afin d|de (?:trouver|chercher|vendre|mener|piloter|sonder|la vente|la cession)|en vue d)"
)
_ADVISED = re.compile(
    r"(?:advised by|advice from|advisers? (?:at|from|,)|bankers (?:at|from)|conseill|assist|epaul|accompagn)[^.;]*$"
)
_ADVISES = re.compile(
    r"(?: (?:and|et) [\w&.' -]{2,30})?(?: (?:(?:is|was|are|were|has been) (?:advising|running|handling)|(?:advised|advises)(?! by)|acted as|acting as|served as|(?:est|etait|agit comme) (?:la )?(?:banque |le )?conseil|(?:conseille|conseillait|conseillent)(?! par))|,? as (?:financial )?advis)"
)


def _advises(low: str, start: int, end: int) -> bool:
    """Whether a name is said to give advice on a deal."""
    hired = led_by(_HIRED, low, start)
    return bool(hired and (_ADVISED.match(hired[0]) or _TO_ADVISE.match(low, end))) or bool(_ADVISES.match(low, end))


# "a stake in Verrine": what stands after the word for a share is no place
_SHARE_IN = re.compile(
    r"\b(?:stakes?|shares?|invest\w*|holdings?|interests?|majority|minority|position|participation|control|stock|shareholders?|shareholding|money|cash|round|believe\w*|confidence|faith|bets?|put\w*|pump\w*|pour\w*|"
    r"half|third|quarter|slice|part|ownership|backers?|partners?|found\w*|sees?|merg\w*|rais\w*|[0-9]+ ?%|per ?cent|billion|million|bn|m)\b[^.;]*$"
)
_FORMERLY = re.compile(
    r"\b(?:formerly|previously|earlier|anciennement|ex)(?: (?:known as|called|named|connue? sous le nom d[e']|appelee?))? ?$"
)
# "somebody told Newswire", "as Newswire has learned": who writes, no party
_TOLD_US = re.compile(r"\b(?:told|tells|tell|telling) (?:the )?$")
_TOLD_IT = re.compile(  # « , a appris Newswire de plusieurs sources »
    r"\b(?:(?:a|ont) appris (?:l'|le |la |les )?|selon les informations (?:de |d'|du |des )(?:la |l')?)$"
)
_MEMBER_OF = re.compile(
    r"\b(?:membres? (?:du|de la|de l'|d[eu']|des)|members? of(?: the)?) ?$"
)  # « membre du Verrine »: no party
_TOWN_OF = re.compile(r", (?!an? |the )[a-z]+(?: [a-z]+)?-based\b")  # "the Nether Compton, Dorset-based foundry"
_HEARD = re.compile(
    r" (?:has |have )?(?:confirmed|reports?|reported|understands|(?:has )?learn(?:ed|t)|can reveal)[.,]?(?:\s|$)"
)


def _compounds(cased: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Two names that « du » or « de la » joins the same way twice are one: « Docks du Levant »."""
    joints = {" du ", " de ", " de la ", " des "}
    pairs = [(a, b) for a, b in itertools.pairwise(found) if cased[a[1] : b[0]] in joints]
    pairs = [(a, b) for a, b in pairs if a[2].lower() not in _NOT_NAMES]
    told = Counter(cased[a[0] : b[1]] for a, b in pairs)
    inside = {cased[a[0] : b[1]] for a, b in pairs if re.search(r"[a-z,] (?:[dl]')?$", cased[max(0, a[0] - 5) : a[0]])}
    firsts = {a: b for a, b in pairs if told[whole := cased[a[0] : b[1]]] > 1 and whole in inside}
    seconds = set(firsts.values())
    out = []
    for name in found:
        if name in firsts and name not in seconds:
            name = (name[0], firsts[name][1], cased[name[0] : firsts[name][1]])
        elif name in seconds:
            continue
        out.append(name)
    return out


_AGENT = re.compile(r"[A-Z][a-z]*(?:er|or|ist|eur|ier|iste|aire|maker|bank|firm|group)")


def _without_trade(cased: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The names without a common noun that opens their sentence, where the text has them alone too: "Bookseller Rowan & Sons"."""
    alone = {text for _, _, text in found}
    out = []
    for start, end, text in found:
        trade, _, name = text.partition(" ")
        if name in alone and _AGENT.fullmatch(trade) and _first(cased, start) and trade not in alone:
            start, text = end - len(name), name
        out.append((start, end, text))
    return out


_OFFICE = re.compile(r"(?:^| )(?:CEO|CFO|COO|CTO|PDG|DG|Chairman|Chairwoman|President|Founder)(?: |$)")


def _around_role(start: int, end: int, text: str) -> list[tuple[int, int, str]]:
    """The company before a role and the person after it: "Verrine CEO Anna Holt" is two names."""
    role = _OFFICE.search(text)
    if not role or not text[: role.start()]:
        return [(start, end, text)]
    after = [(start + role.end(), end, text[role.end() :])] if text[role.end() :] else []
    return [(start, start + role.start(), text[: role.start()]), *after]


def _out_of_title(cased: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """In a headline that writes Every Word So, or SO, a name is what the text below names too."""
    end = cased.find("\n")
    words = re.findall(r"[A-Za-z]{4,}", cased[: max(end, 0)])
    if len(words) < 3 or sum(word[0].isupper() for word in words) < 0.85 * len(words):
        return found
    loud = all(word.isupper() for word in words)
    below = {text for start, _, text in found if start > end}
    below |= {text.split(" ")[0] for text in below}
    spelt = {text.upper() if loud else text: text for text in sorted(below)}
    kept = []
    for start, stop, text in found:
        if start < end and (loud or text not in below):
            parts = text.split(" ")
            runs = [(i, " ".join(parts[i:j])) for i in range(len(parts)) for j in range(len(parts), i, -1)]
            while found_ := next(((i, run) for i, run in runs if run in spelt), None):
                i, run = found_
                at = start + len(" ".join(parts[:i])) + (i > 0)
                kept.append((at, at + len(run), spelt[run]))
                runs = [(j, other) for j, other in runs if j >= i + run.count(" ") + 1]
        else:
            kept.append((start, stop, text))
    return kept


_OF_HOUSE = re.compile(
    r"\b(?:groupe|group|holding|societe|conglomerat)(?: [a-z-]+){0,2} $"
)  # « le groupe familial Verrine »
_WHOSE_HOUSE = re.compile(
    r"\b(?:family behind|future of|sale of|stake in|bid for|control of|rachat de|vente de|avenir de|capital de) $"
)
# "Rossmore employs 400", « Rossmore a réalisé »
_AS_HOUSE = re.compile(
    r" (?:employs|has (?:about |some |around )?[0-9]|sold [0-9]|posted|makes|operates|turned over|emploie|compte [0-9]|a realise|realise|fabrique|exploite)\b"
)  # « le groupe familial Verrine »


def _houses(found: list[str], people: set[str]) -> set[str]:
    """A person is named in full first: what two mentions before that call Delorme is the house of that name."""
    seen: Counter[str] = Counter()
    houses = set()
    for text in found:
        if text in people and not seen[text] and seen[text.split(" ")[-1]] > 1:
            houses.add(text.split(" ")[-1])
        seen[text] += 1
    return houses


# « sa filiale italienne, Primarché Italia »: not the Primarché that sells it.
_UNIT = re.compile(r"\b(?:filiale|division|branche|unit|arm|subsidiary|operations?)\b[^.;]{0,25}$")


def _joined(cased: str, found: list[tuple[int, int, str]], people: set[str]) -> set[str]:
    """The second of two names that « et » or "and" joins to a person's is a person's too."""
    pairs = itertools.pairwise(found)
    return {
        b[2] for a, b in pairs if a[2] in people and b[2].count(" ") == 1 and cased[a[1] : b[0]] in {" and ", " et "}
    }


_LEGAL = set(
    "sa s.a se nv ag plc inc corp co ltd llc gmbh spa group groupe holding holdings company platforms corporation limited technologies ai ia partners capital".split()
)


_REGISTERED = re.compile(r",? (?:Inc|Corp|Plc|PLC|plc|Ltd|LLC|Corporation|Limited)\b")


def _parent(cased: str, found: list[tuple[int, int, str]], short: str, full: str) -> bool:
    """Whether a name that a longer one begins with is of its own: told twice before it, as Verrine is before Verrine Santé."""
    if set(full.lower().removeprefix(short.lower()).split()) <= _LEGAL or not full.startswith(short):
        return False
    first, end = next((start, end) for start, end, text in found if text == full)
    if _REGISTERED.match(cased, end):  # "Verrine Pumps Inc": as it is registered
        return False
    return sum(text == short and start < first for start, _, text in found) > 1


def _short_forms(counts: set[str], people: set[str]) -> dict[str, str]:
    """The shortest longer name that each may stand for: a company's first words, a person's last."""
    forms: dict[str, str] = {}
    for full in sorted((t for t in counts if " " in t), key=len):
        words = full.split(" ")
        ends = [words[-1]] if full in people else [" ".join(words[:n]) for n in range(1, len(words))]
        for short in ends:
            if full.split(" ")[-1] not in _ARMS:
                forms.setdefault(short, full)
    for full in sorted(t for t in counts if t.count(" ") > 1 and t not in people):  # "PIF" for "Public Investment Fund"
        initials = "".join(word[0] for word in full.split(" ") if word[0].isupper())
        if initials in counts and initials not in forms:
            forms[initials] = full
    lasts = Counter(text.split(" ")[-1] for text in counts if text.count(" ") == 1 and text not in people)
    for full in sorted(
        t for t in counts if t.count(" ") == 1 and t not in people
    ):  # « Alvorada » for « Usina Alvorada »
        last = full.split(" ")[-1]
        if lasts[last] == 1 and last in counts and last not in forms:
            forms[last] = full
    return forms


def _trimmed(
    cased: str, known: Gazetteer, acting: set[str], start: int, end: int, text: str
) -> list[tuple[int, int, str]]:
    """A run of capitals without the words that are no part of a name; those alone are none."""
    if told := _TOLD_BY.search(text):  # "Verrine-sources": a headline says whose word it is
        text, end = text[: told.start()], start + told.start()
    words, spans, at = text.split(" "), [], start
    for word in words:
        spans.append((at, word))
        at += len(word) + 1
    if text.lower() in OUTLETS or text.lower().removeprefix("the ").removeprefix("le ") in OUTLETS:
        return [(start, end, text)]
    own = any(text == full or text.startswith(full + " ") for full in acting if full.startswith(_ARTICLES))
    prefixed = max((i for i, (_, word) in enumerate(spans[:-1]) if _PREFIXED.search(word)), default=-1)
    spans = spans[prefixed + 1 :]  # "Oslo-based Verrine"
    if len(spans) == 2 and spans[0][1].lower() in OUTLETS and spans[1][1].lower() in _LEGAL:
        return [(spans[0][0], end, " ".join(word for _, word in spans))]
    while (
        spans
        and not own
        and not _is_first(cased, spans)
        and (
            (spans[0][1].lower().removesuffix("'s") in _NOT_NAMES and not _is_united(spans) and not _of_city(spans))
            or (spans[0][1].lower() in _OPENERS and text not in acting and _first(cased, spans[0][0]))
            or _PREFIXED.search(spans[0][1])
            or (len(spans) > 1 and _MAKERS.match(spans[0][1].lower()) and _first(cased, spans[0][0]))
        )
    ):
        spans.pop(0)
    if (
        len(spans) > 1
        and _OF_COUNTRY.search(cased[max(0, spans[0][0] - 4) : spans[0][0]] + spans[0][1])
        and spans[0][1].lower() in PLACES
    ):
        spans.pop(0)  # « le Néerlandais Verrine »
    while len(spans) > 1 and _CODE.fullmatch(spans[-1][1]):
        spans.pop()
    if len(spans) > 1 and spans[-1][1] in _BODIES:
        return []  # "the Federal Trade Commission"
    while (
        spans
        and not (spans[-1][1] in {"United", "USA", "UK"} and len(spans) > 1)
        and spans[-1][1].lower() in _NOT_NAMES - {"ai", "ia", "news", "one", "fusion", "exchange"}
        and not (len(spans) > 1 and spans[-1][1] in _ARMS and spans[-2][1].lower() not in _NOT_NAMES | PLACES)
    ):
        spans.pop()
    of = next((i for i, (_, word) in enumerate(spans) if word == "of"), 0)
    if of and of == len(spans) - 2 and spans[-1][1].lower() in PLACES and not _OF_PLACE.match(spans[of - 1][1]):
        spans = spans[:of]  # "Ostrea of Norway"
    name = " ".join(word for _, word in spans)
    if name.isupper() and led_by(_TICKER, cased, start):
        return []
    if len(name) < 2 or (not name.endswith(" United") and all(_is_none(word.lower()) for _, word in spans)):
        return []
    if (
        spans[0][1].isupper()
        and len(name) > 3
        and re.match(r",? [^\n]{0,40}?(?:\([A-Z]|-)", cased[end : end + 50])
        and _first(cased, start)
    ):
        return []  # the place of a dateline
    if (
        cased[start - 1 : start] == "("
        and re.match(r"\)(?: ?-+|\.)? ", cased[end : end + 4])
        and _dateline(cased, start)
    ):
        return []
    if (
        len(spans) == 1
        and _DEMONYM.search(name)
        and _ADJECTIVE.match(cased, spans[0][0] + len(name))
        and cased[:start].endswith(("the ", "The ", " a ", " an "))
    ):
        return []
    if (
        len(spans) == 1
        and _first(cased, spans[0][0])
        and (_PARTICIPLE.match(name.lower()) or _PLACED_IN.match(cased, spans[0][0]))
    ):
        return []
    if (
        len(spans) == 2
        and _DEMONYM.search(spans[1][1])
        and spans[1][1].lower() in PLACES
        and _LOWER_NEXT.match(cased, end)
    ):
        return []  # "Quiet Danish banker"
    if len(spans) == 1 and _first(cased, start) and _ADVERB_FIRST.match(cased, start) and cased.count(name) == 1:
        return []  # "Technically, Verrine lives on", « Provocateur, il propose », "Chemical and glass producer Verrine"
    if (
        len(spans) == 1
        and _MAKERS.match(name.lower())
        and name.lower() not in known
        and led_by(_THE, cased, spans[0][0])
    ):
        return []  # « L'Assureur a levé »
    if len(spans) == 1 and name.lower() in _OPENERS and _first(cased, spans[0][0]) and name.lower() not in known:
        return []  # "Then came the news", « Grâce à »
    if len(spans) == 1 and name.lower() in _COMMON and _AND_GIANT.match(cased, spans[0][0] + len(name)):
        return []  # "Food and drink giant Verrine"
    plain_word = len(spans) == 1 and name.lower() not in known and name[1:].islower()
    if (
        plain_word
        and _first(cased, spans[0][0])
        and (name not in acting or (cased.count(name) == 1 and _ABSTRACT.search(name)))
    ):
        return []
    return [(spans[0][0], spans[0][0] + len(name), name)]


_OF_COUNTRY = re.compile(
    r"(?:\b[Ll]e |\b[Ll]a |\b[Ll]')[A-Z][a-z]+(?:ais|aise|ois|oise|ain|aine|ien|ienne|and|ande|ol|ole|que|eque)$"
)
_THE = re.compile(r"\b(?:[Ll]'|[Ll]e |[Ll]a |[Tt]he |[Cc]e |[Cc]et |[Cc]ette )$")
_AND_GIANT = re.compile(r" and [a-z]+ [a-z]+ [A-Z]")
_TOLD_BY = re.compile(r"-(?:sources?|presse|press|report|papier|dj|agency)$")


def _is_none(word: str) -> bool:
    """Whether a word names no party: a common word, a place, or whoever is of it ("Californian", "Belgian-Brazilian")."""
    of_place = word.endswith("n") and word[:-1] in PLACES
    return word in _NOT_NAMES or word in PLACES or of_place or ("-" in word and {*word.split("-")} <= PLACES)


_CODE = re.compile(r"[A-Z]{2,6}\.[A-Z]{1,2}")  # "Verrine VRN.PA": where its share is quoted
_BODIES = {"Commission", "Court", "Tribunal", "Ministry", "Department", "Treasury", "Cour"}


def _is_first(cased: str, spans: list[tuple[int, str]]) -> bool:
    """Whether First is a name's own word, which it is inside a sentence: "to buy First Verrine"."""
    if len(spans) < 2 or spans[0][1] != "First" or spans[1][1].lower() in _NOT_NAMES:
        return False
    return bool(re.search(rf"[a-z,] First {re.escape(spans[1][1])}\b", cased))


# "Verrine Asia": the arm of Verrine there
_ARMS = {"Asia", "Europe", "America", "France", "China", "India", "Japan", "Asie", "Chine", "Inde", "Japon"}


def _is_united(spans: list[tuple[int, str]]) -> bool:
    """Whether a name begins with United and is no country's: "United Verrine Foundries"."""
    return len(spans) > 1 and spans[0][1] == "United" and spans[1][1] not in {"States", "Kingdom", "Nations", "Arab"}


# Places that a name may begin with, though they are none of their own.
_CITIES = set(
    "paris london new san francisco seattle zurich berlin tokyo washington beijing geneve geneva china us uk america".split()
)


def _of_city(spans: list[tuple[int, str]]) -> bool:
    """Whether a name goes on after a place that it begins with: "London Verrine Rovers", "US Verrine", no "US President"."""
    words = [word.lower() for _, word in spans]
    rest = next(
        (i for i, word in enumerate(words) if word not in _CITIES | PLACES | {"york", "antonio", "diego", "jose"}), 0
    )
    return (
        words[0] in _CITIES
        and rest > 0
        and not _PREFIXED.search(words[rest])
        and words[rest] not in _NOT_NAMES | _GIVEN
        and not _MAKERS.match(words[rest])
    )


# "Bank of Ireland", "Republic of Korea": the place is the name's own
_OF_PLACE = re.compile(
    r"(?:Banks?|University|Republic|Port|City|Airport|Airports|Kingdom|Church|Institute|House|Bishop|Duke|Prince|Government|State|Stock|Exchange|Museum|School|College|Library|Royal|Telecom|Post|"
    r"Dairies|Farms|Breweries|Mills|Trust|Council|Wines|Isle|Club|Society)$"
)
_PLACED_IN = re.compile(
    r"[A-Z][a-z]{2,}ees? (?:en|par|a|au|aux|dans|depuis|sous|de|du|sur|il|chez) "
)  # « Placée en liquidation »
_ADVERB_FIRST = re.compile(
    r"[A-Z][a-z]+(?:(?:ly|ment), |(?:eur|euse|if|ive|ant|ante|ent|ente|eux|ique|iste), (?:il|elle) |(?:al|ic|ive|ous|ar|ary) and [a-z]+ [a-z]+ [A-Z])"
)
_LOWER_NEXT = re.compile(r" [a-z]{4,} [A-Z]")
# "the Texan salsa brand Rojo Grande": of a place, before a common noun and a name
_DEMONYM = re.compile(r"^(?:[A-Z][a-z]+-)?[A-Z][a-z]{2,}(?:an|ese|ish)$")
_ADJECTIVE = re.compile(r" (?:[a-z][a-z-]+ ){1,5}[A-Z]")
_TICKER = re.compile(r"\((?:[A-Za-z]+:|[A-Za-z]+ [A-Za-z]+:|ticker)? ?$")  # "Verrine (NASDAQ: VRN)"
_PREFIXED = re.compile(
    r"-(?:[a-z]{4,}ed|based|era|backed|listed|owned|led|controlled|born|style|wide|style|area|owner|maker|parent|creator|developer)$"
)


def _dateline(cased: str, start: int) -> bool:
    """Whether a line so far holds a place and a day only: "ZURICH, March 18 (Agency) -"."""
    line = cased[cased.rfind("\n", 0, start) + 1 : start]
    return len(line) < 50 and not re.search(r"[a-z] [a-z]", line)


def _first(cased: str, start: int) -> bool:
    """Whether a word stands first in its sentence, and may be capital for that alone."""
    before = cased[max(0, start - 3) : start].rstrip(" \"'(-—")
    return (
        not before
        or before[-1] in ".!?\n:"
        or cased[max(0, start - 3) : start] in {") -", ") - ", "- "}
        or before[-1] == ")"
    )


_INSIDE = re.compile(r"(?:[a-z,0-9)] (?:[ldLD]')?|[ld]')$")
_VERB = re.compile(
    r"'s\b|,|\)| (?:(?:and|et|in|en|itself|se|doit|pourrait|would|could|wants|owns|beat|took|buys|bought|acquires|acquired|raises|raised|secures|secured|lands|landed|nabs|closes|closed|receives|received|s'offre|s'empare|acquiert|vend|boucle|reprend|repousse|rejects|rejected|leve|rachete|entre|cede|"
    r"sold|sells|propose|proposes|offers|bids|bid|invests|invested|investit|investira|discute|negocie|prevoit|envisage|annonce|announced|confirms|confirme|eyes|seeks|explores|considers|mulls|weighs|nears|snaps|wins|detient|a|ont|va|veut|est|prend|paie|said|says|will|has|had|is|was|to|paid|plans|agreed|takes|reported|generated|made|reached|reaches|struck|strikes|inked|clinched|clinches|sealed|seals|unveils|unveiled|launched|launches|nabbed|completed|completes|conclut|moves|joins|hires|signs|operates|employs|lance|signe|quitte|monte|emploie)\b)"
)
# What a word that opens a sentence does: « Ostrea songe à », "Ostrea puts 140 million into". French common nouns have an article.
_FINITE = re.compile(
    r" (?:(?:never|always|already|also|still|later|recently|currently|previously|reportedly|quickly|soon|now|then|first|alone|jamais|aussi|egalement|desormais) )?"
    r"(?:(?<=never )[a-z]+|(?<=already )[a-z]+|(?<=recently )[a-z]+|(?<=later )[a-z]+|s'[a-z]+|se [a-z]+|n'[a-z]+|ne [a-z]+|sort|bat|songe|vise|mise|tente|cherche|compte|espere|pense|refuse|accepte|etudie|garde|ferme|ouvre|offre|donne|change|passe|tombe|avance|place|confie|trouve|obtient|tient|vient|devient|"
    r"perd|rend|met|fait|dit|peut|recoit|devra|sera|aura|deviendra|possede|controle|rejette|refuse|declare|affirme|assure|precise|compose|fabrique|gere|exploite|distribue|realise|developpe|cherche|etend|poursuit|investira|rachetera|"
    r"vendra|paiera|prendra|versera|cedera|detiendra|gagne|bondit|grimpe|chute|recule|pese|vaut|valait|avait|etait|souhaite|songeait|discutait|negociait|accueille|ecarte|abandonne|renonce|apporte|injecte|debourse|jette|lorgne|"
    r"convoite|gobe|croque|avale|absorbe|rafle|empoche|encaisse|decroche|reunit|collecte|grossit|mettra|pourra|aurait|serait|devrait|voudrait|"
    r"went|gave|beat|kept|held|led|left|let|met|lost|spent|built|grew|chose|drew|came|began|broke|tried|tabled|lodged|turned|trimmed|dropped|pulled|lifted|raised|handed|offered|valued|backed|poured|pumped|injected|picked|snapped|"
    r"scooped|swooped|shelled|splashed|forked|stumped|walked|opened|started|founded|rebuffed|spurned|snubbed|accepted|welcomed|sought|wanted|hoped|expected|aims|hopes|expects|gets|gives|puts|pays|keeps|holds|leads|leaves|lets|meets|"
    r"loses|spends|builds|grows|goes|comes|makes|becomes|became|remains|tries|turns|trims|drops|pulls|lifts|hands|backs|values|pours|pumps|injects|picks|scoops|swoops|opens|starts|accepts|welcomes|tables|lodges|needs|runs|ran|counts|"
    r"[a-z]{2,}(?:erait|eraient|eront|irait|iront|drait|dra|era|ira|ra)|(?!souhait|portrait|extrait|retrait|attrait|trait|lait|parfait|fait)[a-z]{3,}ait|"
    r"(?!based|backed|valued)[a-z]{2,}(?:ed|es|s) (?=(?:an?|the|its|his|her|their|that|to) |[0-9$A-Z]|US\$)|claims|claimed|thinks|believes|promises|promised|tells|told|asks|asked|refuses|refused|declined|declines|may|might|can|should|must|shall|cannot|did|does|put)\b|"
    r" \((?:[A-Z]{2,}|Euronext|Nasdaq|Xetra)[:) ]| (?:[a-z]+ ){0,1}(?:valorisee?|evaluee?|estimee?|rachetee?|vendue?|cedee?|reprise?|valued|bought|acquired|sold) (?:a|par|pour|at|by|for|to) "
)
# Common nouns that English uses without an article, so that a verb after them does not make them names.
_COMMON = set(
    "demand growth trading profit profits output traffic speculation talk talks competition pressure interest inflation money work management staff regulation software hardware technology music "
    "food oil gas coal steel energy power water retail tech bank banking insurance health healthcare media travel tourism fashion luxury sport football coffee beer wine advertising consumption "
    "employment unemployment education research science law politics business industry finance credit debt equity capital cash value volume margin income spending investment ownership control "
    "success failure time life history europe parliament congress government management leadership somebody people life progress consolidation rumour rumor rumours gossip word everything little much less "
    "few none such enough part half today tomorrow yesterday tout rien personne chacun certains beaucoup peu cela ca ceci lui quiconque officiellement rumeur bonne mauvaise grosse petite belle".split()
)  # fmt: skip
_ABSTRACT = re.compile(
    r"(?:tion|sion|ment|ness|ship|ance|ence|ism|isme|ers|ors|ists|ants|ents|eurs|euses|ites?|ages)$"
)  # "Completion is planned"
_ADVERB = re.compile(r"(?:ment|ly|ing|ed|ant)$")
_LOWER = re.compile(r"(?<![.!?\n] )\b[a-z][a-z0-9]*\b")
_CAPITAL = re.compile(rf"(?<![\w-]){_WORD}")


def _acting(cased: str) -> set[str]:
    """The capitalised words that are names elsewhere too: inside a sentence, or before a verb; and never in small letters."""
    acting = {
        m[0] for m in _CAPITAL.finditer(cased) if led_by(_INSIDE, cased, m.start()) or _VERB.match(cased, m.end())
    }
    acting |= {
        m[0]
        for m in _CAPITAL.finditer(cased)
        if _FINITE.match(cased, m.end()) and m[0].lower() not in _COMMON and not m[0].endswith("s")
    }
    acting |= {
        m[0]
        for m in _CAPITAL.finditer(cased)
        if cased.endswith(" : ", 0, m.start()) and cased[m.end() :][:1] in {".", ",", ";"}
    }
    heads = Counter(m[0] for m in _CAPITAL.finditer(cased) if len(m[0]) > 3)
    acting |= {word for word, count in heads.items() if count > 1 and word[1:].islower() and not _ADVERB.search(word)}
    small = set(_LOWER.findall(cased))
    return {word for word in acting if word.lower() not in small}


_ROLE_OF = re.compile(rf"(?:{ROLE}) (?:(?:de|of|chez|at) (?:la |le |l'|the )?|d')$")  # « le PDG de Verrine, âgé de »


# Names by which people are called: who is called so is no company, unless the words beside it say that it is one.
_GIVEN = set(
    "adam adele agnes ahmed alain alan alastair albert alex alexander alexandra alexandre alexis alice alison allan amelie ana anders andre andrea andreas andrew angela angelo anita anjali ann anna "
    "anne annette anthony antoine anton antonio arnaud arthur ashok astrid audrey aurelie barbara beatrice ben benjamin benoit bernard bertrand bill bjorn bob boris brendan brian brice brigitte bruce "
    "bruno camille carl carla carlos carol carole caroline catherine cecile celine chantal charlotte chen chloe chris christian christina christine christoph christophe christopher claire "
    "claude claudia clemence clement colin craig cyril damien dan daniel daniela daniele danielle dave david deborah denis diana didier diego dieter dominique donald dorothee doug douglas edouard edward elena elise "
    "elisabeth elizabeth ellen elodie emily emma emmanuel emmanuelle enrico eric erik ernesto esther etienne eva evelyn fabien fabio fabrice fatima federico felix fernando fiona florence florent francesca "
    "francesco francis franck francois francoise frank fred frederic frederick gabriel gabrielle gareth gary gavin geoffrey georg george georges gerard gianni gilles giovanni giulia gonzalo gordon graham greg "
    "gregoire gregory guido guillaume guy gustav hannah hans harald harry hassan heather heidi helen helena helene henri henrik hiroshi howard hugh hugues ian ibrahim ignacio ines ingrid irene isabel "
    "isabelle ivan jack jacqueline jacques jake james jan jane janet jason javier jean jeff jeffrey jennifer jeremy jerome jessica jill jim joan joanna joao joaquin joel joelle johan johanna johannes john "
    "jonas jonathan jorge jose josep joseph joshua juan juergen jules julia julian julie julien jurgen karen karim karin karl kate katherine kathryn katja keith ken kenji kenneth kevin klaus kristina kurt lars "
    "laura laurence laurent lea leila leonardo liam lina linda lionel lisa loic lorenzo lothar louis louise luc luca lucas lucie lucy ludovic luis luke maarten maeve magali magnus manuel marc marcel marcelo marco "
    "marcus margaret maria marianne marie marina mario marion mark marlene marta martha martin martine mary massimo mathias mathieu mathilde matteo matthew matthias matthieu maurice maxime megan mehdi michael michel "
    "michele michelle miguel mike mikhail mohamed mohammed monica monique morten muriel nadia nathalie nathan neil nicholas nick nicola nicolas nigel niklas nina noah nora olga oliver olivier olof oscar otto pablo "
    "paolo pascal patricia patrick paul paula pauline pedro per perrine pete peter petra philip philipp philippe pia pierre pieter piotr priya rachel rafael rahul raj rajesh ralf ramon raphael raul ravi raymond "
    "rebecca regis remi renaud rene ricardo richard rob robert roberto robin roger roland romain ronald rosa rupert ruth ryan sabine sally salma sam samantha samuel sandra sandrine sanjay sara sarah sean "
    "sebastian sebastien serge sergei sergio severine sharon shaun sheila silvia simon simone sofia solene sonia sophia sophie stefan stefano stella stephane stephanie stephen steve steven stuart sunil "
    "susan suzanne sven sylvain sylvie takeshi tatiana ted terry theo theresa therese thibault thierry thomas tim timothy todd tom tomas tony tracy ulrich ursula valentin valerie vanessa veronique victor "
    "victoria vikram vincent virginie vladimir walter wendy werner will william willem wolfgang xavier yann yannick yasmine yuki yves yvonne zoe roman jiro kenta haruto arjun anil deepak mukesh gautam elon "
    "iker iain eoin niamh siobhan aoife ciaran gunnar leif sigrid solveig ingeborg torsten matti pekka aino jussi marek pawel katarzyna agnieszka dmitri yuri oleg natalia svetlana".split()
)  # fmt: skip
_TITLES = {
    "Sir",
    "Dame",
    "Lord",
    "Lady",
    "Baron",
    "Baroness",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Sheikh",
    "Maitre",
    "Mme",
    "Prince",
    "Princess",
}
_OF_COMPANY = re.compile(
    r"(?:'s)? (?:(?:group|groupe|shares|stock|stores|shops|brand|chain|plc|inc|ltd|limited|sa|nv|ag|gmbh|spa|employees|shareholders|investors|products|holdings?)\b|[-,(]? ?\((?:nyse|nasdaq|lse))"
)
_FOR_COMPANY = re.compile(
    r"\b(?:buy|bought|buys|buying|acquires?|acquired|acquiring|acquisition of|takeover of|purchase of|stake in|shares (?:in|of)|rachat de|rachete|rachetent|racheter|acquiert|acquisition de|acquerir|capital de|chez|"
    r"actions|titres|groupe|marque|brand|chain|enseigne|retailer|maker|company|firm|group|societe|maison|house of|cabinet|label|filiale|l'entreprise|start-?up|bank|banque|studio) (?:(?!de |of )[a-z-]+ )?$"
)


def _is_called(low: str, start: int, end: int, text: str) -> bool:
    """Whether a name is a person's by its first word, and by nothing else beside it a company's."""
    words = text.split(" ")
    if words[0] in _TITLES:
        return True
    if words[0].lower().split("-")[0] not in _GIVEN or {w.lower().strip(".") for w in words[1:]} & (_LEGAL | _TRADES):
        return False
    return not (_OF_COMPANY.match(low, end) or led_by(_FOR_COMPANY, low, start) or "&" in text)


_TRADES = set(
    "brands stores foods bank energy media studios games motors records books pictures marine foundation trust fund institute university hospital road street avenue island islands bay river".split()
)


_TITLED = re.compile(
    r"(?:Crown )?(?:Prince|Princess|Princesse|Sheikh|Cheikh|Emir|Sir|Lord|Lady|Dame|Baron|Baroness) (?=[A-Z])"
)


def _is_person(low: str, start: int, end: int, text: str) -> bool:
    if _TITLED.match(text):
        return True
    if not 1 < len(text.split(" ")) < 4:
        return False
    before, after = low[max(0, start - 70) : start], low[end : end + 60]
    if _ROLE_OF.search(before):
        return False
    if _is_called(low, start, end, text):
        return True
    return bool(
        _BESIDE_PERSON.search(before)
        or _AFTER_PERSON.match(after)
        or re.search(
            r"(?:founde[dr]|fonde[e]?|creee?|(?<!consortium )(?<!tour de table )(?<!levee )(?<!attelage )(?<!groupement )(?<!fonds )mene) (?:en \d{4} |in \d{4} )?(?:par|by) $|\b(?:founded|launched|fondee?|creee?|lancee?) [^.;,]{0,30}(?:par|by) [^.;,]{0,30}$|(?:entreprise|start-up|jeune pousse) de $",
            before,
        )
    )
