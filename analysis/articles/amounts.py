"""Money, percentages, multiples, counts and ages: one pass over the places where a number begins.

Each place is read by compiled expressions that start at it, so the time grows with the text and no faster. A number
that nothing qualifies is kept only until its neighbours have been asked: « 3, 4 et 5 milliards », "$60-65 billion".
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from analysis.articles import lexicon as words
from analysis.articles.typography import Flat


@dataclass(slots=True)
class Amount:
    """A number with what it measures; `number` is null where it is vague, `kind` where nothing qualifies it."""

    start: int
    end: int
    number: Decimal | None
    scale: Decimal = Decimal(1)
    scaled: bool = False  # whether a scale was written
    kind: str | None = None
    unit: str | None = None
    hedge: str = ""
    inherited: bool = False
    prefixed: bool = False  # whether its currency stands before it
    hi: Decimal | None = None  # the far end of a range, in base units

    def having(self, **changes: Any) -> Amount:
        """The same amount, changed in place: there are many, and a copy costs more than the reading."""
        for name, value in changes.items():
            setattr(self, name, value)
        return self

    @property
    def value(self) -> Decimal | None:
        return None if self.number is None else self.number * self.scale


def amount_at(flat: Flat, g: SimpleNamespace, match: re.Match[str], cursor: int) -> Amount | None:
    """Read the amount that begins at an anchor; `cursor` is where the last one ended."""
    if match["vague"]:
        return _vague(flat, g, match.start())
    if match["times"]:
        return _times(flat, g, match.start(), match["times"])
    if match["word"]:
        found = _in_words(flat.low, g, match.start())
    else:
        found = _in_digits(flat, g, match.start(), cursor)
    return _qualified(flat, g, found) if found else None


def _in_digits(flat: Flat, g: SimpleNamespace, pos: int, cursor: int) -> Amount | None:
    """A number in digits, with the currency that stands before it; null inside a word, a code or a reference."""
    low = flat.low
    match = g.digits.match(low, pos)
    if g.lang == "en" and " " in match[0] and " " in flat.given[slice(*flat.span(pos, match.end()))]:
        match = g.small.match(low, pos)  # only a no-break space parts thousands in English
    if match.end() - pos > 30:
        return None
    prefix = g.prefix.search(low, max(cursor, pos - 6), pos)
    if prefix and prefix[0].strip().isalpha() and flat.cased[prefix.start()].islower():
        prefix = None
    before = low[pos - 1] if pos else " "
    if not prefix and (before.isalnum() or before in "/#_:.,@" or (before == "-" and low[pos - 2 : pos - 1].isalpha())):
        return None
    amount = Amount(pos, match.end(), _decimal(match[0], g.lang))
    if prefix:
        unit = words.SYMBOLS[prefix[0].strip()]
        amount.having(start=prefix.start(), kind="money", unit=unit, prefixed=True)
    return amount


def _decimal(written: str, lang: str) -> Decimal:
    """« 1 400 », "1,400", « 1.400 », « 14,3 », "14.3": three digits after the language's own mark are thousands."""
    marks = [char for char in written if char in ".,"]
    digits = written.replace(" ", "").replace("'", "")
    if len(set(marks)) == 2:  # both: the last one begins the decimals
        digits = digits.replace(marks[0], "")
    elif len(marks) > 1 or (marks == [{"fr": ".", "en": ","}[lang]] and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits)):
        digits = digits.replace(marks[0], "")
    return Decimal(digits.replace(",", "."))


def _in_words(low: str, g: SimpleNamespace, pos: int) -> Amount | None:
    """A number in words, from « deux » to « deux cent cinquante mille »; an article before a scale is one."""
    if half := g.halves.match(low, pos):
        return Amount(pos, half.end() - 1, Decimal("0.5"))
    article = g.article.match(low, pos)
    match = g.chain.match(low, pos) or (article and g.chain.match(low, article.end()))
    if not match:
        return Amount(pos, article.end() - 1, Decimal(1)) if article else None
    total = current = 0
    for word in re.findall("[a-z]+", match[0]):
        value = g.values.get(word, 0)
        if value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        elif value == 100:
            current = max(current, 1) * 100
        else:
            current += 76 if value == 20 and current % 100 == 4 else value  # « quatre-vingts »
    return Amount(pos, match.end(), Decimal(total + current))


def _number(low: str, g: SimpleNamespace, pos: int) -> Amount | None:
    """A small number, in digits or in words."""
    if match := g.small.match(low, pos):
        return Amount(pos, match.end(), Decimal(match[0].replace(",", ".")))
    return _in_words(low, g, pos)


def _qualified(flat: Flat, g: SimpleNamespace, a: Amount) -> Amount | None:
    """Add the scale and what is measured; null where the number is a duration or part of a name."""
    low, number = flat.low, a.number or Decimal(0)
    if not a.kind and (match := g.fraction.match(low, a.end)):
        return _fraction(low, g, a, match)
    if not a.kind and (match := g.one_in.match(low, a.end)):
        of = _number(low, g, match.start("of"))
        if of and of.number and number < of.number <= 100:
            return a.having(number=number / of.number, kind="multiple", unit="multiple", end=of.end)
    if match := g.half.match(low, a.end):
        a.having(number=number + Decimal("0.5"), end=match.end())
    if match := g.collective.match(low, a.end):
        a.having(
            number=number * words.COLLECTIVES[g.lang][match["of"].removesuffix("s")], end=match.end(), hedge="approx"
        )
        if match["scale"]:
            a.having(scale=g.scales[match["scale"]], scaled=True)
        found = _unit(flat, g, a)
        return found.having(kind="count") if found and not found.kind and not a.scaled else found
    short = False
    if match := g.scale.match(low, a.end):
        name = match["scale"] or match["glued"] or match["g"]
        short = name in words.SHORT_SCALES
        english = a.prefixed or "." in low[a.start : a.end]  # a French « billion » is a thousand times "a billion"
        billion = name == "g" or (name.startswith("billion") and english)
        a.having(scale=Decimal(10) ** 9 if billion else g.scales[name], scaled=True, end=match.end())
        if match["half"]:
            a.number = (a.number or 0) + Decimal("0.5")
        _compose(low, g, a)
    found = _unit(flat, g, a)
    if found and not found.kind and (short or low[found.end : found.end + 1].isalpha()):
        return None
    return found


def _compose(low: str, g: SimpleNamespace, a: Amount) -> None:
    """« 1 milliard 200 millions »: a second number with a smaller scale belongs to the first."""
    if low[a.end : a.end + 1] != " ":
        return
    more = g.digits.match(low, a.end + 1) or g.chain.match(low, a.end + 1)
    scale = more and g.scale.match(low, more.end())
    if not scale or not scale["scale"] or g.scales[scale["scale"]] >= a.scale:
        return
    part = _decimal(more[0], g.lang) if more[0][0].isdigit() else _in_words(low, g, more.start()).number  # type: ignore[union-attr]
    a.having(number=(a.number or 0) + (part or 0) * g.scales[scale["scale"]] / a.scale, end=scale.end())


def _unit(flat: Flat, g: SimpleNamespace, a: Amount) -> Amount | None:
    """What is measured, by what follows the number: a currency, a percentage, a multiple, an age, a thing counted."""
    low, value = flat.low, a.value or Decimal(0)
    match = g.currency.match(low, a.end)
    if a.kind == "money":  # "US$14 billion dollars" says it twice
        return a.having(end=match.end()) if match and match["cur"] else a
    if match and (unit := _currency(flat, g, match, value)):
        if match["sub"]:
            a.having(number=value / 100, scale=Decimal(1))
        return a.having(kind="money", unit=unit, end=match.end())
    if match := g.points.match(low, a.end):
        number = value / 100 if match["base"] else value
        return a.having(kind="percent", unit="points", number=number, scale=Decimal(1), end=match.end())
    if match := g.percent.match(low, a.end):
        if low[a.start - 1 : a.start] == "-" and not low[a.start - 2 : a.start - 1].strip(" (\n\"'"):
            a.having(start=a.start - 1, number=-value)
        return a.having(kind="percent", unit="percent", end=match.end())
    if not a.scaled:
        in_turns = g.lang == "fr" and low.endswith(" en ", 0, a.start)  # « en deux fois, » tells how, not how much
        if (match := g.times.match(low, a.end)) and not (
            in_turns or (value >= 100 and flat.cased[match.end() - 1] == "X")
        ):
            return a.having(kind="multiple", unit="multiple", end=match.end())
        if _is_age(flat, g, a):
            years = g.years.match(low, a.end)
            return a.having(kind="age", unit="years", end=years.end() if years else a.end)
        if g.duration.match(low, a.end):
            return None
    if (
        value < 20
        and (match := _HIGHER.match(low, a.end))
        and "%" in low[max(0, a.start - 25) : a.start].replace("percent", "%")
    ):
        return a.having(kind="percent", unit="points", end=match.end())  # "71%, or 3 points higher"
    if g.lang == "fr" and value < 20 and (match := g.bare_points.match(low, a.end)):
        margin = _RATE.search(low, max(0, a.start - 60), a.start)  # elsewhere they may be an index's
        return a.having(kind="percent", unit="points", end=match.end()) if margin else None
    return _counted(flat, g, a)


_HIGHER = re.compile(r" points?(?= (?:higher|lower|up|down|more|less|de plus|de moins)\b)")
_RATE = re.compile(r"\b(?:marges?|taux|chomage|inflation|croissance|rendement|part de marche)\b")


def _currency(flat: Flat, g: SimpleNamespace, match: re.Match[str], value: Decimal) -> str | None:
    """The ISO code of what follows a number; null for a word that only looks like one."""
    if match["sym"]:
        return words.SYMBOLS[match["sym"]]
    if match["code"]:
        return match["code"].upper() if flat.cased[match.start("code")].isupper() else None
    if match["sub"]:
        page = match["sub"] == "p" and (match[0] != "p" or value in (480, 720, 1080, 1440, 2160))
        return None if page else _code_of(g.lang, match["sub"])
    return None if match["cur"] == "won" and value < 1000 else _code_of(g.lang, match["cur"])


@cache
def _code_of(lang: str, name: str) -> str:
    table = words.CURRENCIES[lang] | words.HUNDREDTHS[lang]
    return next(code for pattern, code in table.items() if re.fullmatch(pattern, name))


def _is_age(flat: Flat, g: SimpleNamespace, a: Amount) -> bool:
    """« âgé de 28 ans », « à 19 ans », "28-year-old", "Wang, 28,": the age of someone, not a duration."""
    low = flat.low
    before = re.split(r"[.;\n]", low[max(0, a.start - 32) : a.start])[-1]
    match = g.years.match(low, a.end)
    if g.lang == "en":
        if match or g.aged.search(before):
            return True
        named = re.search(r"(?<![\w'])[A-Z][A-Za-z'-]+ [A-Z][A-Za-z'-]+, $", flat.cased[max(0, a.start - 40) : a.start])
        closed = low[a.end : a.end + 1] in {",", ")"} and low[a.end + 1 : a.end + 2] in {" ", ""}
        month = any(name in before for name in words.MONTHS["en"])
        return bool(named and closed and not month and 14 <= (a.value or 0) <= 99)
    if not match or not 1 <= (a.value or 0) <= 120 or low.startswith((" de ", " d'"), match.end()):
        return False
    return bool(
        g.aged.search(before) or g.person.search(before) or (before.endswith(" a ") and not g.owed.search(before))
    )


def _counted(flat: Flat, g: SimpleNamespace, a: Amount) -> Amount:
    """A count where a thing counted follows; else the number stays bare, for its neighbours to qualify."""
    low = flat.low
    match = g.noun.match(low, a.end)
    small = low[a.start].isalpha() and not a.scaled and (a.value or 0) < 13
    if not match or _named(flat, a.start) or (small and g.definite.search(low, max(0, a.start - 7), a.start)):
        return a
    if g.lang == "fr" and bool(match["of"]) != (a.scaled and a.scale >= 1_000_000) and not a.hedge:
        return a  # « 19 milliards déboursés »: what is counted in millions takes « de », and nothing else does
    if (
        g.lang == "en"
        and (near := g.near_thing.match(low, a.end))
        and not _OTHER_WORDS.intersection(near["between"].split())
    ):
        return a.having(kind="count", unit=_thing_unit(g.lang, near["noun"]), end=near.end())
    noun, end, thing = match["noun"], match.end("noun"), g.thing.match(low, match.start("noun"))
    if not flat.cased[match.start("noun")].islower() and noun not in {"gpu", "gpus"}:
        return a
    if noun in _OF_MONEY and a.scaled and a.scale >= 1_000_000:
        return a
    if not thing and match["next"] and noun not in _OTHER_WORDS and not g.plural.fullmatch(noun):
        noun, end = match["next"], match.end("next")
    if not thing and (small or noun in words.NOT_COUNTED or not g.plural.fullmatch(noun)):
        return a
    return a.having(kind="count", unit=_thing_unit(g.lang, noun), end=end)


# « 3,4 milliards de ventes »: of money, in the currency of the text
_OF_MONEY = set(
    "ventes recettes revenus dettes pertes benefices profits economies synergies investissements depenses actifs subventions aides".split()
)
_OTHER_WORDS = words.NOT_COUNTED | set(
    "in of to for from by and or at on as with over after into that which who while per the its was were are is had has have will".split()
)


@cache
def _thing_unit(lang: str, noun: str) -> str:
    people = re.fullmatch("|".join(words.PEOPLE[lang].split()), noun)
    return "people" if people else words.CANONICAL.get(noun, noun)


_WORD_BEFORE = re.compile(r"([A-Za-z][\w'-]*)[ -]$")


def _named(flat: Flat, start: int) -> bool:
    """Whether the number belongs to the word before it: Llama 4, CAC 40, article 49, GPT-4.5."""
    before = _WORD_BEFORE.search(flat.cased, max(0, start - 24), start)
    if not before:
        return False
    first = flat.cased[max(0, before.start() - 2) : before.start()].strip(" \n\"'(-")
    capital = before[1][0].isupper() and first not in {"", ".", "!", "?", ":"} and before.start() > 0
    return capital or before[1].lower() in words.NUMBERED


def _fraction(low: str, g: SimpleNamespace, a: Amount, match: re.Match[str]) -> Amount | None:
    """« deux tiers », "a third of", « un quart de milliard de dollars »; "the third quarter" is none."""
    of, number = match["of"], a.number or Decimal(1)
    share = number / words.FRACTIONS[g.lang][of]
    a.having(number=share, end=match.end())
    if match["scale"]:
        a.having(scale=g.scales[match["scale"]], scaled=True)
        money = g.currency.match(low, a.end)
        return (
            a.having(kind="money", unit=_code_of(g.lang, money["cur"]), end=money.end())
            if money and money["cur"]
            else a
        )
    whole = g.whole.match(low, a.end)
    third_party = (
        of == "tiers"
        and number == 1
        and not ((whole and whole[0].startswith(" ")) or low.startswith("d'", a.start - 2))
    )
    several = number > 1 and not of.startswith("quarter")
    if third_party or share >= 1 or not (several or match[0][0] == "-" or whole) or g.of_year.match(low, a.end):
        return None
    return a.having(kind="multiple", unit="multiple")


def _times(flat: Flat, g: SimpleNamespace, pos: int, word: str) -> Amount | None:
    """« a doublé », « le double », « la moitié », "halved", "twice the", "tenfold", « multiplié par trois »."""
    low = flat.low
    if (
        word.startswith(("half", "demi-"))
        and (half := _in_words(low, g, pos))
        and (g.scale.match(low, half.end) or g.collective.match(low, half.end))
    ):
        return _qualified(flat, g, half)
    spoken = re.compile(r"[a-z]+(?:-[a-z]+)?").match(low, pos)[0]  # type: ignore[index]
    end, before = pos + len(spoken), low[max(0, pos - 24) : pos]
    number: Decimal | int | None = None
    if by := g.by.match(low, pos):
        found = _number(low, g, by.end())
        if not found or not found.number:
            return None
        number, end = (1 / found.number if word == "divise" else found.number), found.end
    elif word == "moitie":
        number = Decimal("0.5") if before.endswith((" la ", " a ", "\nla ")) or before in {"la ", "a "} else None
    elif spoken == "half":
        hedged = g.half_of.match(low, end) or g.before.search(low, max(0, pos - 40), pos)
        number = Decimal("0.5") if hedged and not g.not_half.search(before) else None
    elif word == "twice":
        number = 2 if g.twice_the.match(low, end) else None
    elif spoken.endswith("fold"):
        number = g.values.get(spoken.removesuffix("fold").rstrip("-"))
    elif _tells_times(flat, g, pos, spoken):
        number = next((value for stem, value in words.TIMES.items() if spoken.startswith(stem)), None)
    return Amount(pos, end, Decimal(number), kind="multiple", unit="multiple") if number else None


def _tells_times(flat: Flat, g: SimpleNamespace, pos: int, spoken: str) -> bool:
    """« a doublé » and "doubled" tell a multiple; « une double peine », "double-digit" and "doubled down" do not."""
    low, end = flat.low, pos + len(spoken)
    said = g.to_double.search(low, max(0, pos - 24), pos)
    if g.lang == "fr":
        if re.fullmatch(r"[a-z]+l(?:ee?s?|es)", spoken):
            accents = [i for i in range(pos + spoken.rindex("l") + 1, end) if flat.accented(i)]
            return bool(accents or (said and said[0].strip() in {"le", "du", "au"}))
        return re.fullmatch(r"[a-z]+l(?:er|ant|era|eront|erait|eraient|ait|aient|ement|ent|a)", spoken) is not None
    if "-" in spoken or low.startswith((" down", " up", " as"), end):
        return False
    if re.fullmatch(r"[a-z]+(?:ed|ing)", spoken):
        return True
    return spoken.rstrip("s").endswith("e") and bool(said or g.double_the.match(low, end))


def _vague(flat: Flat, g: SimpleNamespace, pos: int) -> Amount | None:
    """« plusieurs milliards de dollars », "dozens of contractors", "mid-nine-figure": an amount without a number."""
    low = flat.low
    vague = Amount(pos, pos, None, scaled=True, hedge="vague", scale=Decimal(10**6))
    if match := g.multi.match(low, pos):
        return vague.having(kind="money", unit=_code_of("en", match["cur"]) if match["cur"] else None, end=match.end())
    if match := g.figures.match(low, pos):
        return vague.having(kind="money", end=match.end())
    quantifier = g.several.match(low, pos)
    match = g.vague.match(low, quantifier.end() if quantifier else pos)
    if not match:
        return None
    led = g.led.search(low, max(0, pos - 14), pos)
    large = re.search("milliard|million|bill|trill", match[0])
    found = _unit(flat, g, vague.having(start=led.start() if led else pos, end=match.end(), number=Decimal(10)))
    if not found or not (found.kind or large or led):
        return None
    kind = found.kind or (None if large else "count")
    return found.having(number=None, scale=Decimal(10**6), hedge="vague", kind=kind)


def joined(flat: Flat, g: SimpleNamespace, amounts: list[Amount]) -> list[Amount]:
    """Qualify bare numbers by their neighbours, make ranges, inherit currencies, add hedges; drop what stays bare."""
    links = [_linked(flat, g, a, b) for a, b in pairwise(amounts)] + [False]
    for i in range(len(amounts) - 2, -1, -1):
        if links[i]:
            _take_from_right(amounts[i], amounts[i + 1])
    out: list[Amount] = []
    for i, amount in enumerate(amounts):
        linked = i > 0 and links[i - 1]
        if linked and not amount.kind and amount.scaled and amounts[i - 1].kind == "money":
            amount.having(kind="money", unit=amounts[i - 1].unit)
        if linked and out and _is_range(flat, g, out[-1], amount):
            out[-1].having(hi=amount.value, end=amount.end, hedge="range")
        else:
            out.append(amount)
    _familiar(flat, out)
    _of_country(flat, out)
    return _inherited(flat, g, out)


# A currency's bare word means the one of that name which the text spells out: « couronnes norvégiennes », then « couronnes ».
_FAMILIES = {
    "USD": {"CAD", "AUD", "NZD", "HKD", "SGD", "TWD"},
    "SEK": {"NOK", "DKK", "CZK"},
    "CHF": {"XOF"},
    "AED": {"MAD"},
    "MXN": {"ARS", "CLP"},
    "INR": {"IDR"},
    "SAR": {"QAR"},
}
_SPELT_OUT = re.compile(
    r"us\$|\$us|\bus\b|u\.s|usd|americ|swed|sued|sek|swiss|suisse|chf|indi[ae]|saoud|saudi|mexic|emirat|uae"
)


# « couronnes », « dirhams » in a text that names one of the countries that use them, and not the usual one
_COUNTRIES = {
    "SEK": (
        r"\b(?:sued|swed|stockholm)",
        {
            "NOK": r"\b(?:norv|norw|oslo)",
            "DKK": r"\b(?:dane?m|danois|danish|copenh)",
            "CZK": r"\b(?:tchequ|czech|prague)",
        },
    ),
    "AED": (
        r"\b(?:emira|dubai|abou dhabi|abu dhabi|uae)",
        {"MAD": r"\b(?:maroc|morocc|casablanca|rabat|tanger|marrakech)"},
    ),
    "KES": (r"\b(?:keny|nairobi)", {"UGX": r"\b(?:ugand|ougand|kampala)", "TZS": r"\b(?:tanzan|dar es)"}),
    "MXN": (
        r"\b(?:mexi)",
        {
            "COP": r"\b(?:colomb|bogota)",
            "CLP": r"\b(?:chil|santiago)",
            "ARS": r"\b(?:argentin|buenos)",
            "PHP": r"\b(?:philippin|manil)",
        },
    ),
    "INR": (r"\b(?:indi[ae]|inde\b|mumbai|delhi|bengal)", {"PKR": r"\b(?:pakist|karachi|lahore)"}),
}


def _of_country(flat: Flat, amounts: list[Amount]) -> None:
    """Read a currency's bare word as that of the one country which the text names."""
    for usual, (home, others) in _COUNTRIES.items():
        bare = [a for a in amounts if a.kind == "money" and a.unit == usual and flat.low[a.end - 1].isalpha()]
        if bare and not re.search(home, flat.low):
            named = [unit for unit, place in others.items() if re.search(place, flat.low)]
            for amount in bare if len(named) == 1 else ():
                amount.having(unit=named[0])


def _familiar(flat: Flat, amounts: list[Amount]) -> None:
    """Read a bare « couronnes » as the crowns that the text names in full; bare dollars only where American ones are named too."""
    money = [a for a in amounts if a.kind == "money"]
    for usual, others in _FAMILIES.items():
        named = [a.unit for a in money if a.unit in others]
        bare = (
            [a for a in money if a.unit == usual and not _SPELT_OUT.search(flat.low, a.start, a.end)] if named else []
        )
        if bare and (usual != "USD" or any(a.unit == usual and a not in bare for a in money)):
            for amount in bare:
                amount.having(unit=named[0])


def _linked(flat: Flat, g: SimpleNamespace, a: Amount, b: Amount) -> bool:
    """Whether only a dash, a comma, « et », « à » stands between two numbers."""
    if not 0 < b.start - a.end <= 14 or a.number is None or b.number is None:
        return False
    match = g.link.fullmatch(flat.low, a.end, b.start)
    if not match or (match[0].startswith(",") and a.kind in {"percent", "count", "age"}):
        return False
    return bool(a.kind) or not _named(flat, a.start)


def _take_from_right(a: Amount, b: Amount) -> None:
    """Take the scale and the unit that the next number of a list or range gives for both."""
    if a.kind and a.kind != b.kind and not (a.kind == "money" and b.kind is None and b.scaled):
        return
    if (b.kind in {"age", None} and not b.scaled) or (
        not a.kind and (b.prefixed or (a.scaled and b.kind in {"percent", "multiple"}))
    ):
        return
    below = a.number is not None and b.number is not None and a.number < b.number
    if b.scaled and not a.scaled and (not a.kind or below):
        a.having(scale=b.scale, scaled=True)
    a.having(kind=a.kind or b.kind, unit=a.unit or b.unit)


def _is_range(flat: Flat, g: SimpleNamespace, a: Amount, b: Amount) -> bool:
    """Two linked amounts are a range after « entre », by « à » or a dash; "rose from 3 to 5" is two amounts."""
    if (
        a.kind != b.kind
        or a.unit != b.unit
        or a.hi is not None
        or a.value is None
        or b.value is None
        or a.value >= b.value
    ):
        return False
    if a.kind is None and not a.scaled:
        return False
    low = flat.low
    link = low[a.end : b.start].strip()
    if link.startswith((",", "et", "and")):
        return bool(g.entre.search(low, max(0, a.start - 30), a.start))
    led = low[max(0, a.start - 60) : a.start]
    if b.value >= 4 * a.value and re.search(r"\bby (?:[a-z]+ ){0,3}[$€£a-z]{0,3} ?$", led):
        return False  # "raise its bid by as much as 2 billion to 43 billion"
    if link.startswith(("ou", "or")) or g.ranged.search(led):
        return True
    if re.search(r"(?:\bde |\bd'|\bfrom )(?:about |environ )?$", led):
        return g.lang == "fr" and not g.turned.search(led)
    return not (link.startswith(("to", "a")) and low[a.end - 1] == "%" and g.turned.search(led[-16:]))


def _inherited(flat: Flat, g: SimpleNamespace, amounts: list[Amount]) -> list[Amount]:
    """Give « 12 milliards en actions » the currency of its sentence, else of the text before; then add hedges."""
    out = []
    last: str | None = None
    units = Counter(a.unit for a in amounts if a.kind == "money" and a.unit)
    told = 0
    first = next((a.unit for a in amounts if a.kind == "money" and a.unit), None)  # a headline leaves the currency out
    for i, amount in enumerate(amounts):
        if amount.kind is None and amount.scaled and amount.scale >= 1_000_000:
            ahead = next((b for b in amounts[i + 1 : i + 4] if b.kind == "money" and b.unit), None)
            counted = _continues_count(flat, amounts[i - 1] if i else None, amount)
            near = (
                ahead
                and ahead.start - amount.end < 200
                and not re.search(r"[.!?]\s|\n\n|\(", flat.low[amount.end : ahead.start])
            )
            if last and last != units.most_common(1)[0][0] and flat.low.find("\n", told, amount.start) >= 0:
                last = units.most_common(1)[0][0]  # of another paragraph: what most of the text is told in
            unit = ahead.unit if near and ahead else last or first
            if counted is not None and not near:
                amount.having(kind="count", unit=counted or None)
            else:
                amount.having(kind="money", unit=unit, inherited=unit is not None)
        elif amount.kind == "money" and amount.unit:
            last, told = amount.unit, amount.end
        elif amount.kind == "money" and (last or first):
            amount.having(unit=last or first, inherited=True)
        if amount.kind:
            out.append(amount.having(hedge=_hedge(flat, g, amount)))
    return out


_COUNTS = re.compile(
    r"\b(?:nombre|number|utilisateurs|users|abonnes|subscribers|clients|customers|habitants|population|downloads)\b"
)


def _continues_count(flat: Flat, before: Amount | None, a: Amount) -> str | None:
    """The thing counted where a bare « 2 millions » goes on counting: "3 million users, up from 2 million"."""
    if before and before.kind == "count" and before.scaled and a.start - before.end < 60:
        return before.unit or ""
    told = _COUNTS.search(flat.low, max(0, a.start - 60, before.end if before else 0), a.start)
    return "" if told and "." not in flat.low[told.end() : a.start] else None


def _hedge(flat: Flat, g: SimpleNamespace, a: Amount) -> str:
    """How the number is hedged, by the words before it, else by those after."""
    if a.hedge in {"range", "vague"}:
        return a.hedge
    if match := g.before.search(flat.low, max(0, a.start - 48), a.start):
        return match.lastgroup or "exact"
    if match := g.after.match(flat.low, a.end):
        return "at_least" if match["plus"] else match.lastgroup or "exact"
    return a.hedge or "exact"
