"""The words of numbers, money, hedges and dates in French and English, as the press writes them.

Every word is lower case and without accents, as `amounts` and `dates` see a text. Currencies are ISO 4217.
"""

from __future__ import annotations

from decimal import Decimal

LANGS = ("fr", "en")

# Both languages number alike: a word is worth so much; « cent », « mille », "hundred" multiply what stands before.
NUMBERS = {
    "fr": "zero un une:1 deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt:20 "
    "vingts:20 trente:30 quarante:40 cinquante:50 soixante:60 septante:70 huitante:80 octante:80 nonante:90 "
    "cent:100 cents:100 mille:1000",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty:20 thirty:30 forty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90 "
    "hundred:100 thousand:1000",
}


def _values(words: str) -> dict[str, int]:
    """Each word with its value: the next integer, or the one written after a colon."""
    values: dict[str, int] = {}
    for word in words.split():
        name, _, value = word.partition(":")
        values[name] = int(value) if value else max(values.values(), default=-1) + 1
    return values


WORD_VALUES = {lang: _values(words) for lang, words in NUMBERS.items()}

SCALES = {
    "fr": "mille milliards:12 milliers:3 millier:3 mille:3 millions:6 million:6 milliards:9 milliard:9 billions:12 "
    "billion:12 trillions:12 trillion:12 mds:9 md:9 mrds:9 mrd:9 mia:9 mio:6 mns:6 mn:6 mln:6 mlns:6 bn:9 g:9 m:6 k:3",
    "en": "thousand:3 million:6 millions:6 billion:9 "
    "billions:9 trillion:12 trillions:12 lakh crores:12 lakh crore:12 crores:7 crore:7 cr:7 lakhs:5 lakh:5 bln:9 bn:9 mln:6 mn:6 mm:6 mio:6 mil:6 "
    "trln:12 trn:12 tn:12 b:9 m:6 k:3 t:12",
}


def _scales(words: str) -> dict[str, Decimal]:
    scales, name = {}, []
    for word in words.split():
        part, _, power = word.partition(":")
        name.append(part)
        if power:
            scales[" ".join(name)] = Decimal(10) ** int(power)
            name = []
    return scales


SCALE_VALUES = {lang: _scales(words) for lang, words in SCALES.items()}
SHORT_SCALES = {"m", "k", "b", "t", "g", "mm", "mil", "cr"}  # too short to count without a currency or a thing counted

# « une dizaine », "a dozen": a number that is never exact; in the plural without a number, vague.
COLLECTIVES = {
    "fr": dict(dizaine=10, douzaine=12, quinzaine=15, vingtaine=20, trentaine=30, quarantaine=40, cinquantaine=50,
               soixantaine=60, centaine=100, millier=1000),
    "en": dict(ten=10, dozen=12, score=20, hundred=100, thousand=1000),
}  # fmt: skip

FRACTIONS = {
    "fr": dict(moitie=2, tiers=3, quart=4, quarts=4, cinquieme=5, cinquiemes=5, sixieme=6, huitieme=8, dixieme=10,
               dixiemes=10),
    "en": dict(half=2, third=3, thirds=3, quarter=4, quarters=4, fifth=5, fifths=5, sixth=6, eighth=8, tenth=10,
               tenths=10),
}  # fmt: skip

TIMES: dict[str, Decimal | int] = {
    "doubl": 2,
    "tripl": 3,
    "quadrupl": 4,
    "quintupl": 5,
    "sextupl": 6,
    "decupl": 10,
    "halv": Decimal("0.5"),
}

# What stands before the number, or after it where it is a symbol or a code.
SYMBOLS = {
    "us$": "USD", "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "hk$": "HKD", "s$": "SGD", "sg$": "SGD",
    "nz$": "NZD", "nt$": "TWD", "r$": "BRL", "mx$": "MXN", "$us": "USD", "$ca": "CAD", "$ us": "USD", "$ ca": "CAD", "$": "USD", "£": "GBP",
    "€": "EUR", "cn¥": "CNY", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "฿": "THB",
    "rs.": "INR", "rs": "INR", "rmb": "CNY", "rm": "MYR", "sfr": "CHF", "fr.": "CHF", "sek": "SEK", "kr": "SEK",
}  # fmt: skip
CODES = (
    "usd eur gbp jpy chf cny cad aud hkd sgd nzd twd brl mxn inr krw rub try ils thb sek nok dkk pln czk huf aed sar "
    "qar kwd zar ngn egp idr myr php vnd clp cop ars xof xaf mad tnd dzd"
).split()
SYMBOLS |= {code: code.upper() for code in CODES}

# Longest first where one begins another; the subdivisions are worth a hundredth.
CURRENCIES = {
    "fr": {
        "dollars? canadiens?": "CAD", "dollars? australiens?": "AUD", "dollars? de hong[ -]kong": "HKD",
        "dollars? de singapour": "SGD", "dollars? singapouriens?": "SGD", "dollars? taiwanais": "TWD",
        "dollars? neo-zelandais": "NZD", "dollars?(?: us| americains?)?": "USD", "euros?": "EUR",
        "livres? turques?": "TRY", "livres? egyptiennes?": "EGP", "livres?(?: sterlings?| britanniques?)?": "GBP",
        "yens?": "JPY", "yuans?": "CNY", "renminbis?": "CNY", "wons?": "KRW", "roupies? indonesiennes?": "IDR",
        "roupies?(?: indiennes?)?": "INR", "francs? cfa": "XOF", "f ?cfa": "XOF", "dhs?": "MAD", "francs?(?: suisses?)?": "CHF",
        "couronnes? norvegiennes?": "NOK", "couronnes? danoises?": "DKK", "couronnes? tcheques?": "CZK",
        "couronnes?(?: suedoises?)?": "SEK", "dirhams? marocains?": "MAD", "dirhams?": "AED",
        "riyals? qata?ri(?:e?n)?s?": "QAR", "ri[ya]als?(?: saoudiens?)?": "SAR", "reais": "BRL", "reaux": "BRL",
        "real bresilien": "BRL", "roubles?": "RUB", "zlotys?": "PLN", "shekels?": "ILS", "pesos? argentins?": "ARS",
        "pesos? chiliens?": "CLP", "pesos?": "MXN", "rands?": "ZAR", "bahts?": "THB", "ringgits?": "MYR",
        "nairas?": "NGN", "forints?": "HUF", "shillings? kenyans?": "KES", "shillings? ougandais": "UGX", "shillings? tanzaniens?": "TZS",
        "dinars? tunisiens?": "TND", "dinars? algeriens?": "DZD", "dinars? koweitiens?": "KWD", "dinars? jordaniens?": "JOD", "pesos? colombiens?": "COP",
        "roupies? pakistanaises?": "PKR", "cedis?": "GHS", "hryvnias?": "UAH", "leus?": "RON", "lei roumains?": "RON", "tenges?": "KZT", "takas?": "BDT",
        "pesos? philippins?": "PHP", "dongs?": "VND",
    },
    "en": {
        "canadian dollars?": "CAD", "australian dollars?": "AUD", "hong kong dollars?": "HKD",
        "singapore dollars?": "SGD", "new zealand dollars?": "NZD", "taiwan dollars?": "TWD",
        "(?:us |u.s. |american )?dollars?": "USD", "euros?": "EUR", "egyptian pounds?": "EGP",
        "(?:british )?pounds?(?: sterling)?": "GBP", "sterling": "GBP", "(?:japanese )?yen": "JPY",
        "(?:chinese )?yuan": "CNY", "renminbi": "CNY", "(?:south )?(?:korean )?won": "KRW",
        "(?:indian )?rupees?": "INR", "indonesian rupiahs?": "IDR", "rupiahs?": "IDR", "cfa francs?": "XOF",
        "(?:swiss )?francs?": "CHF", "norwegian (?:crowns?|kroner?)": "NOK", "danish (?:crowns?|kroner?)": "DKK",
        "czech (?:crowns?|koruna)": "CZK", "(?:swedish )?(?:crowns?|krono?r|krona)": "SEK", "moroccan dirhams?": "MAD",
        "(?:uae |emirati )?dirhams?": "AED", "qatari riy?als?": "QAR", "(?:saudi )?riy?als?": "SAR",
        "(?:brazilian )?reais": "BRL", "(?:russian )?rou?bles?": "RUB", "(?:turkish )?liras?": "TRY", "zlotys?": "PLN",
        "(?:israeli )?shekels?": "ILS", "argentine pesos?": "ARS", "chilean pesos?": "CLP", "(?:mexican )?pesos?": "MXN",
        "(?:south african )?rand": "ZAR", "baht": "THB", "ringgit": "MYR", "naira": "NGN", "forints?": "HUF",
        "(?:kenyan? )?shillings?": "KES", "ugandan shillings?": "UGX", "tanzanian shillings?": "TZS", "tunisian dinars?": "TND", "algerian dinars?": "DZD",
        "kuwaiti dinars?": "KWD", "jordanian dinars?": "JOD", "colombian pesos?": "COP", "philippine pesos?": "PHP", "pakistani? rupees?": "PKR", "(?:ghanaian |ghana )?cedis?": "GHS",
        "hryvnias?": "UAH", "(?:romanian )?lei": "RON", "tenge": "KZT", "(?:bangladeshi )?taka": "BDT", "(?:vietnamese )?dong": "VND",
    },
}  # fmt: skip
HUNDREDTHS = {
    "fr": {"cents? suisses?": "CHF", "centimes? de francs?(?: suisses?)?": "CHF", "centimes?(?: d'euros?)?": "EUR",
           "cents? d'euros?": "EUR", "cents": "USD", "pence": "GBP", "pennys?": "GBP"},
    "en": {"(?:us )?cents?": "USD", "euro cents?": "EUR", "pence": "GBP", "p": "GBP", "paise": "INR"},
}  # fmt: skip

# Hedges stand before the number, the longer wording first; an article may follow them.
HEDGES_BEFORE = {
    "fr": {
        "slightly_above": "(?:un (?:tout petit )?peu|a peine|legerement|guere) (?:plus|superieure?s? a?)",
        "at_least": "au moins|pas moins|au minimum|minimum|a partir|a minima|au bas mot",
        "at_most": "jusqu'a|au plus|au maximum|maximum|pas plus|(?:n')?exced\\w+ pas|plafonnee?s? a|tout au plus",
        "approx": "environ|quelque|autour|aux? alentours|de l'ordre|approximativement|a peu pres|plus ou moins|"
        "grosso modo|vers|avoisin\\w+(?: (?:deja|desormais))?|voisine?s?|proches?|~|≈",
        "near": "pres|presque|quasi(?:ment)?|pas loin|(?:frol\\w+|approch\\w+|tutoi\\w+|tutoy\\w+|flirt\\w+|fris(?:e|ent|ait))(?: (?:largement|deja|desormais|avec))*",
        "below": "(?:bien |nettement |legerement |un peu |a peine )?(?:moins|inferieure?s?)|sous",
        "above": "(?:bien |nettement |largement |beaucoup )?plus|superieure?s?|"
        "(?:d|s)epass\\w+(?: (?:largement|deja|desormais))?|exced\\w+|au[- ]dela|au[- ]dessus",
    },
    "en": {
        "slightly_above": "(?:just|slightly|a little|a bit|a touch|fractionally) (?:over|more than|above|north of|higher "
        "than)",
        "at_least": "at least|no less than|not less than|no fewer than|a minimum of|minimum of|as little as",
        "at_most": "up to|as much as|as many as|as high as|at most|no more than|not more than|a maximum of|maximum of|"
        "capped at|not exceeding|not exceed",
        "approx": "about|around|roughly|approximately|some|circa|an estimated|estimated|in the region of|or so|~|≈|"
        "in the neighborhood of|give or take|on the order of|more or less",
        "near": "nearly|almost|close to|nearing|approaching|virtually|approached",
        "below": "(?:just |slightly |well |far |a little )?(?:under|less than|fewer than|below|shy of|lower than|south "
        "of)",
        "above": "(?:well |far |much |significantly )?(?:over|more than|above|exceeding|exceeds|exceeded|exceed|"
        "upwards? of|north of|greater than|topping|topped|tops?|surpassing|surpassed|in excess of|beyond|higher than)",
    },
}
HEDGES_AFTER = {
    "fr": {"approx": "environ|a peu pres", "at_least": "ou plus|au moins|(?:au )?minimum|et plus",
           "at_most": "au plus|(?:au )?maximum|au max|tout au plus"},
    "en": {"approx": "or so|or thereabouts", "at_least": "or more|at least|and up|or higher", "at_most": "at most|"
           "or less|or fewer"},
}  # fmt: skip
ARTICLES_AFTER_HEDGE = {
    "fr": "(?: ?(?:de |du |des |d'|a |aux |au |que ))?(?: ?(?:les |la |le |l'))?",
    "en": " ?(?:a |an )?",
}

MONTHS = {
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split(),
    "en": "january february march april may june july august september october november december".split(),
}
SHORT_MONTHS = {
    "fr": {"janv": 1, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12},
    "en": {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10,
           "nov": 11, "dec": 12},
}  # fmt: skip
WEEKDAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "en": "monday tuesday wednesday thursday friday saturday sunday".split(),
}

# Things counted that a small number in words may stand before, and what they are in a claim.
PEOPLE = {
    "fr": "salaries? salariees? employes? employees? collaborateurs? personnes? chercheurs? chercheuses? ingenieurs? "
    "developpeurs? emplois? postes? agents? cadres? experts? sous-traitants? scientifiques? ouvriers? travailleurs? "
    "contributeurs? annotateurs? dirigeants? fondateurs? cofondateurs? etudiants?",
    "en": "people staff staffers? employees? workers? jobs? posts? positions? roles? researchers? engineers? "
    "developers? contractors? scientists? executives? experts? annotators? founders? co-founders? students? "
    "freelancers?",
}
THINGS = {
    "fr": "utilisateurs? abonnes? clients? actions titres entrepots? magasins? boutiques? usines? sites? avions? "
    "vehicules? start-up startups entreprises? societes? pays fonds",
    "en": "users? subscribers? customers? shares warehouses? stores? factories plants? sites? aircraft vehicles? "
    "startups start-ups companies firms countries funds",
}
CANONICAL = {"people": "people", "users": "users", "utilisateurs": "users", "shares": "shares", "actions": "shares"}
# Never counted: time, which is a duration, and physical measures.
NOT_COUNTED = set(
    "ans annees mois semaines jours heures minutes secondes trimestres semestres exercices decennies siecles reprises "
    "metres kilometres kilos tonnes hectares degres watts megawatts gigawatts octets gigaoctets fois points pouces "
    "plus dans sans mais pas moins alors depuis apres vers sous tres tous toutes ses les des ces nos vos leurs autres "
    "years months weeks days hours minutes seconds quarters halves decades centuries times miles metres meters feet "
    "kilometers inches pounds kilograms tons acres degrees gigawatts megabytes gigabytes bytes hectares watts megawatts "
    "as is was has its this his us yes plus versus across series basis pts bps notches parameters parametres "
    "bis ter pourcents cents percents deux trois prochains prochaines derniers dernieres premiers premieres".split()
)
NUMBERED = set(  # a number after these names something: « article 49 », "Series 4", "level 3 systems"
    "article articles section sections page pages version versions level niveau phase tier type chapter chapitre "
    "numero no n rule rules serie series class classe figure tableau table note route gate rue loi directive lot "
    "room floor etage code vol flight bus ligne line windows office agenda vision horizon expo fortune russell "
    "top category categorie grade step etape round".split()
)
