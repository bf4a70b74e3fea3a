"""Money, percentages, multiples, counts and ages: one pass over the places where a number begins.

Each place is read by compiled expressions that start at it, so the time grows with the text and no faster. A number
that nothing qualifies is kept only until its neighbours have been asked: « 3, 4 et 5 milliards », "$60-65 billion".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from types import SimpleNamespace

from analysis.articles import lexicon as words
from analysis.articles.typography import Flat

Rx = re.Pattern[str]


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
    hi: Decimal | None = None  # the far end of a range, in base units

    @property
    def value(self) -> Decimal | None:
        return None if self.number is None else self.number * self.scale


def _any(alternatives: Iterable[str]) -> str:
    """The alternatives, longest first, so that none hides behind its own beginning."""
    return "|".join(sorted(alternatives, key=len, reverse=True))


def _escaped(alternatives: Iterable[str]) -> str:
    return _any(re.escape(word) for word in alternatives)


@cache
def grammar(lang: str) -> SimpleNamespace:
    """The compiled expressions of one language."""
    number = _escaped(words.WORD_VALUES[lang])
    scale = _escaped(words.SCALE_VALUES[lang])
    long_scale = _escaped(w for w in words.SCALE_VALUES[lang] if len(w) > 3)
    of = {"fr": "(?:de |d')", "en": "of "}[lang]
    codes = "|".join(words.CODES)
    fraction = _escaped(words.FRACTIONS[lang])
    collective = _any(word + "s?" for word in words.COLLECTIVES[lang] if lang == "fr" or word == "dozen")
    if lang == "fr":
        digits = (
            r"[0-9]{1,3}(?:[ .'][0-9]{3})+(?![0-9])(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9])|"
            r"[0-9]+(?:[.,][0-9]+)?"
        )
        chain = rf"(?:{number})\b(?:[ -](?:et[ -](?=un|onze))?(?:{number})\b)*"
    else:
        digits = (
            r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]{1,3}(?:[ '][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|"
            r"[0-9]+(?:[.,][0-9]+)?"
        )
        chain = rf"(?:{number})\b(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{number})\b)*"
    hedges = "|".join(f"(?P<{hedge}>{rx})" for hedge, rx in words.HEDGES_BEFORE[lang].items())
    after = "|".join(f"(?P<{hedge}>{rx})" for hedge, rx in words.HEDGES_AFTER[lang].items())
    article = words.ARTICLES_AFTER_HEDGE[lang]
    people = "|".join((words.PEOPLE[lang] + " " + words.THINGS[lang]).split())
    entre = {"fr": "entre", "en": "between"}[lang]
    patterns = dict(
        digits=digits,
        chain=chain,
        scale=rf"(?: {{0,2}}-?(?P<scale>{scale})(?![a-z])| {{0,2}}(?P<glued>md|m|k)(?=(?:{codes})\b)| {{0,2}}(?P<g>g)(?=[€$]))"
        rf"(?P<half> et demie?\b)?",
        half=r" (?:et demie?|and a half)\b",
        collective=rf" (?P<of>{collective})\b(?: {of}?(?P<scale>{long_scale})\b)?",
        fraction=rf"[ -](?P<of>{fraction})\b(?! d'heure)(?: (?:{of}(?:an? )?)(?P<scale>{long_scale})s?\b)?",
        currency=rf"(?: {{0,2}}-?(?:{of})?(?P<cur>{'|'.join(words.CURRENCIES[lang])})(?![a-z])|"
        rf" {{0,2}}(?P<sym>{_escaped(s for s in words.SYMBOLS if not s.isalpha())})(?! ?[0-9])(?![a-z])|"
        rf" ?(?P<code>{codes})(?![a-z])| {{0,2}}-?(?P<sub>{'|'.join(words.HUNDREDTHS[lang])})(?![a-z]))",
        prefix=rf"(?:(?<![a-z0-9])(?:{_escaped(s for s in words.SYMBOLS if s[0].isalpha())})|"
        rf"(?:{_escaped(s for s in words.SYMBOLS if not s[0].isalpha())})) {{0,2}}$",
        percent=r" {0,2}-?(?:%|pour[ -]?cents?\b|per[ -]?cent\b|pct\b|pc\b)(?![a-z])",
        points=r"(?P<base>[ -](?:basis[ -]points?|points? de base|bps?|pb)|bps?)\b|"
        r"[ -](?:percentage[ -]points?|points? de pourcentage|points? de %|pts? de pourcentage|pp|pts?)(?![a-z])",
        bare_points=r" points?\b(?! de| d')",
        times={
            "fr": r" ?(?:fois)\b(?= (?:plus|moins|l[ea']|les|s[aeo]|leurs?|ce|superieure?|inferieure?)|[,;.)]| (?:ebitda|son ))| ?x\b",
            "en": r"[ -]?(?:x\b|fold\b)| times\b(?= (?:as|more|the|its|larger|bigger|higher|greater|faster|earnings|revenues?|sales|ebitda|"
            r"profits?|annual|forward|that|their|what|expected|book|adjusted|trailing|core|projected|next|last|this|estimated)\b)|"
            r" times\b(?=[,;.])",
        }[lang],
        years={"fr": r"[ -]ans\b", "en": r"[ -]years?[ -]old\b|[ -]years? of age\b"}[lang],
        duration=r"[ -]?(?:h\b|heures?|hours?|minutes?|mins?\b|seconde?s?|jours?|days?|semaines?|weeks?|mois|months?|ans?\b|"
        r"annees?|years?|trimestres?|semestres?|siecles?|decennies?|decades?|km|kg|[gmtk]wh?\b|nm\b|[ap]\.?m\b)",
        noun={
            "fr": r" (?:(?P<of>de |d')(?:[a-z']+ )??)?(?P<noun>[a-z]{2,}(?:-[a-z]+)*)",
            "en": r"[ -](?:of )?(?P<noun>[a-z]{2,}(?:-[a-z]+)*)(?: (?P<next>[a-z]{3,}s|people|staff)\b)?",
        }[lang],
        thing=rf"(?:{people})\b",
        vague={
            "fr": r"(?P<of>dizaines?|centaines?|milliers?|millions?|milliards?)(?: (?:de |d')(?P<scale>milliers|millions|milliards)\b)?",
            "en": r"(?P<of>tens|dozens|scores|hundreds|thousands|millions|billions|trillions|hundred|thousand|million|billion|dozen)"
            r"(?:(?: of)? (?P<scale>thousands?|millions?|billions?|trillions?)\b)?",
        }[lang],
        figures=r"(?:(?:low|mid|high)[ -])?[a-z]+[ -](?:to[ -][a-z]+[ -])?figures?\b|[a-z]+ chiffres\b",
        multi=r"multi-?(?:m|b|tr)illions?(?:[ -](?P<cur>dollars?|euros?|pounds?))?",
        before=rf"(?:{hedges})(?:{article})? ?['\"]?(?:\$|£|€)?$",
        after=rf"(?:,? (?:{after}))\b|(?P<plus>\+)",
        entre=rf"\b{entre} (?:(?:environ|about|roughly|quelque) )?(?:les )?$",
        link=r" {0,2}- {0,2}| (?:a|to|et|and|ou|or) (?:environ |about |d'|de )?|, (?:et |and |or |ou )?",
        turned=r"\b(?:pass|port|relev|abaiss|grimp|bondi|progress|chut|tomb|augment|baiss|revu|recul|ramen|rose|ris[ei]|rais|jump|fell|"
        r"fall|drop|cut|lower|increas|decreas|went|go(?:es|ing)?\b|gr[eo]w|climb|lift|boost|slash|shr[aiu]nk|doubl|surg|soar|slid|"
        r"slip|eas|hik|hiss|mont)",
        ranged=r"(?:rang|vari|vary|situ|comprise?s?|anywhere|estimat|fourchette|\bva\b|oscill|between)",
        plural={"fr": r"[a-z-]+[sx]|gpu|personnel", "en": r"[a-z-]+s|people|staff|men|women|children|aircraft"}[lang],
    )  # fmt: skip
    compiled = {name: re.compile(rx) for name, rx in patterns.items()}
    return SimpleNamespace(lang=lang, values=words.WORD_VALUES[lang], scales=words.SCALE_VALUES[lang], **compiled)


def anchors(lang: str) -> str:
    """Where an amount may begin: a digit, a number in words, a vague quantity, a multiple in words."""
    few = "|".join(w for w in words.WORD_VALUES[lang] if w not in {"un", "une", "one", "cents", "hundred", "thousand"})
    if lang == "fr":
        one = r"une?(?= (?:demi-|quart d|tiers d|cinquieme d|dixieme d|m(?:illi(?:on|er|ard)|ille)|(?:di|dou|quin)zaine|[a-z]+aine d))"
        vague = r"dizaines|centaines|milliers|millions|milliards|chiffres"
        times = r"demi-(?=mi)|moitie|doubl|tripl|quadrupl|quintupl|decupl|multiplie|divise"
    else:
        one = (
            r"(?:an?|one)(?=[ -](?:hundred|thousand|million|billion|trillion|dozen|third|quarter|fifth|tenth|half[ -]))"
        )
        vague = (
            r"(?:several|few|some|many|multiple) (?=hundred|thousand|million|billion|dozen)|tens|dozens|scores|hundreds|"
            r"thousands|millions|billions|trillions|multi-?(?:m|b|tr)illion|(?:low|mid|high)-[a-z]+-figure|[a-z]+-figure"
        )
        times = r"half|halv|twice|doubl|tripl|quadrupl|quintupl|[a-z]+fold|multiplied by|factor of"
    return rf"(?<![0-9])(?=[0-9])|\b(?=(?P<word>(?:{few}|{one})\b)|(?P<vague>{vague})|(?P<times>{times}))"


def amount_at(flat: Flat, g: SimpleNamespace, match: re.Match[str], cursor: int) -> Amount | None:
    """Read the amount that begins at an anchor; `cursor` is where the last one ended."""
    if match["vague"]:
        return _vague(flat, g, match.start())
    if match["times"]:
        return _times(flat, g, match)
    if match["word"]:
        found = _words(flat.low, g, match.start())
    else:
        found = _digits(flat, g, match.start(), cursor)
    return _qualified(flat, g, found) if found else None


def _digits(flat: Flat, g: SimpleNamespace, pos: int, cursor: int) -> Amount | None:
    """A number in digits, with the currency that stands before it; null inside a word, a code or a reference."""
    low = flat.low
    match = g.digits.match(low, pos)
    written = match[0]
    if g.lang == "en" and " " in written and " " in flat.given[slice(*flat.span(pos, match.end()))]:
        match = re.compile("[0-9]+").match(low, pos)  # only a no-break space parts thousands in English
        written = match[0]
    if len(written) > 30:
        return None
    prefix = g.prefix.search(low, max(cursor, pos - 6), pos) if pos else None
    if prefix and prefix[0].strip().isalpha() and flat.cased[prefix.start()].islower():
        prefix = None
    before = low[pos - 1] if pos else " "
    if not prefix and (before.isalnum() or before in "/#_:.,@" or (before == "-" and low[pos - 2 : pos - 1].isalpha())):
        return None
    amount = Amount(prefix.start() if prefix else pos, match.end(), _decimal(written, g.lang))
    if prefix:
        amount.kind, amount.unit = "money", words.SYMBOLS[prefix[0].strip()]
    return amount


def _decimal(written: str, lang: str) -> Decimal:
    """« 1 400 », "1,400", « 1.400 », « 14,3 », "14.3": three digits after the language's own mark are thousands."""
    marks = [char for char in written if char in ".,"]
    thousands = {"fr": ".", "en": ","}[lang]
    digits = written.replace(" ", "").replace("'", "")
    if len(set(marks)) == 2:  # both: the last one begins the decimals
        digits = digits.replace(marks[0], "").replace(marks[-1], ".")
    elif len(marks) > 1 or (marks == [thousands] and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits)):
        digits = digits.replace(marks[0], "")
    return Decimal(digits.replace(",", "."))


def _words(low: str, g: SimpleNamespace, pos: int) -> Amount | None:
    """A number in words, from « deux » to « deux cent cinquante mille »."""
    article = re.compile(r"(?:an?|une?|one)\b[ -]?").match(low, pos)
    half = re.compile(r"(?:une? )?demi-|(?:an? )?half[ -](?:an? )?").match(low, pos)
    if half:
        return Amount(pos, half.end() - 1, Decimal("0.5"))
    match = g.chain.match(low, pos)
    if not match:
        if not article:
            return None
        inner = g.chain.match(low, article.end())
        if not inner:
            return Amount(pos, article.end() - 1, Decimal(1))
        match = inner
    total = current = 0
    for word in re.findall("[a-z]+", match[0]):
        value = g.values.get(word)
        if value is None:
            continue
        if value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        elif value == 100:
            current = max(current, 1) * 100
        elif value == 20 and current % 100 == 4:
            current += 76
        else:
            current += value
    return Amount(pos, match.end(), Decimal(total + current))


def _qualified(flat: Flat, g: SimpleNamespace, a: Amount) -> Amount | None:
    """Add the scale and what is measured; null where the number is a duration or part of a name."""
    low = flat.low
    assert a.number is not None
    if not a.kind and (match := g.fraction.match(low, a.end)):
        return _fraction(low, g, a, match)
    if match := g.half.match(low, a.end):
        a.number, a.end = a.number + Decimal("0.5"), match.end()
    if match := g.collective.match(low, a.end):
        of = match["of"].removesuffix("s")
        a = replace(a, number=a.number * words.COLLECTIVES[g.lang][of], end=match.end(), hedge="approx")
        if match["scale"]:
            a.scale, a.scaled = g.scales[match["scale"]], True
        return _unit(flat, g, a, short=False)
    end = a.end
    match = g.scale.match(low, end)
    short = False
    if match:
        name = match["scale"] or match["glued"] or match["g"]
        short = name in words.SHORT_SCALES
        a = replace(a, scale=g.scales[name] if name != "g" else Decimal(10) ** 9, scaled=True, end=match.end())
        if match["half"]:
            a.number = (a.number or 0) + Decimal("0.5")
        a = _composed(low, g, a)
    found = _unit(flat, g, a, short=short)
    if found and short and not found.kind:
        return None
    if found and not found.kind and low[found.end : found.end + 1].isalpha():
        return None
    return found


def _composed(low: str, g: SimpleNamespace, a: Amount) -> Amount:
    """« 1 milliard 200 millions »: a second number with a smaller scale belongs to the first."""
    if low[a.end : a.end + 1] != " " or not (more := g.digits.match(low, a.end + 1) or g.chain.match(low, a.end + 1)):
        return a
    scale = g.scale.match(low, more.end())
    if not scale or not scale["scale"] or g.scales[scale["scale"]] >= a.scale:
        return a
    part = _decimal(more[0], g.lang) if more[0][0].isdigit() else _words(low, g, more.start()).number  # type: ignore[union-attr]
    return replace(a, number=(a.number or 0) + part * g.scales[scale["scale"]] / a.scale, end=scale.end())  # type: ignore[operator]


def _unit(flat: Flat, g: SimpleNamespace, a: Amount, *, short: bool) -> Amount | None:
    low, value = flat.low, a.value or Decimal(0)
    match = g.currency.match(low, a.end)
    if match and a.kind == "money":  # "US$14 billion dollars" says it twice
        return replace(a, end=match.end()) if match["cur"] else a
    if a.kind == "money":
        return a
    if match and (unit := _currency(flat, g, match, value)):
        if match["sub"]:
            return replace(a, kind="money", unit=unit, number=value / 100, scale=Decimal(1), end=match.end())
        return replace(a, kind="money", unit=unit, end=match.end())
    if match := g.points.match(low, a.end):
        number = value / 100 if match["base"] else value
        return replace(a, kind="percent", unit="points", number=number, scale=Decimal(1), end=match.end())
    if match := g.percent.match(low, a.end):
        sign = low[a.start - 1 : a.start] == "-" and not low[a.start - 2 : a.start - 1].strip(" (\n\"'")
        a = replace(a, kind="percent", unit="percent", end=match.end())
        return replace(a, start=a.start - 1, number=-value) if sign else a
    if not a.scaled and (match := g.times.match(low, a.end)):
        return replace(a, kind="multiple", unit="multiple", end=match.end())
    if not a.scaled and (found := _age(flat, g, a)):
        return found
    if not a.scaled and g.duration.match(low, a.end):
        return None
    if g.lang == "fr" and value < 20 and (match := g.bare_points.match(low, a.end)):
        window = low[max(0, a.start - 60) : a.start]
        return replace(a, kind="percent", unit="points", end=match.end()) if "marge" in window else None
    return _counted(flat, g, a, short=short)


def _currency(flat: Flat, g: SimpleNamespace, match: re.Match[str], value: Decimal) -> str | None:
    """The ISO code of what follows a number; null for a word that only looks like one."""
    if match["sym"]:
        return words.SYMBOLS[match["sym"]]
    if match["code"]:
        return match["code"].upper() if flat.cased[match.start("code")].isupper() else None
    if match["sub"]:
        if match["sub"] == "p" and (match[0] != "p" or value in (480, 720, 1080, 1440, 2160)):
            return None
        return next(code for rx, code in words.HUNDREDTHS[g.lang].items() if re.fullmatch(rx, match["sub"]))
    if match["cur"] == "won" and value < 1000:
        return None
    return _currency_named(g.lang, match["cur"])


@cache
def _currency_named(lang: str, name: str) -> str:
    return next(code for rx, code in words.CURRENCIES[lang].items() if re.fullmatch(rx, name))


def _age(flat: Flat, g: SimpleNamespace, a: Amount) -> Amount | None:
    """« âgé de 28 ans », « à 19 ans », "28-year-old", "Wang, 28,": the age of someone, not a duration."""
    low = flat.low
    before = low[max(0, a.start - 32) : a.start]
    match = g.years.match(low, a.end)
    found = replace(a, kind="age", unit="years", end=match.end() if match else a.end)
    if g.lang == "en":
        if match or re.search(r"\b(?:aged|at (?:the )?age(?: of)?) $", before):
            return found
    elif not match or not 1 <= (a.value or 0) <= 120:
        return None
    elif re.search(r"\b(?:age[es]?s?|vieille?s?|vieux) de $|[a-z], $", before) and not low.startswith(
        " de ", found.end
    ):
        return found
    elif re.search(r"\ba $", before):
        owed = re.search(
            r"\b(?:taux|rendement|emprunt|obligation|dette|bail|horizon|echeance|pret|contrat|condamnee?|credit)s?\b",
            before,
        )
        return None if owed or low.startswith((" de ", " d'"), found.end) else found
    elif re.search(
        r"\b(?:homme|femme|patron|patronne|dirigeante?|fondateur|fondatrice|entrepreneure?|pdg|milliardaire|ingenieure?|"
        r"jeune|prodige|americaine?|francaise?|chercheure?|financier|developpeur|heritiere?) de $",
        before,
    ):
        return found  # fmt: skip
    number = a.value or 0
    named = re.search(r"(?<![\w'])[A-Z][A-Za-z'-]+ [A-Z][A-Za-z'-]+, $", flat.cased[max(0, a.start - 40) : a.start])
    closed = low[a.end : a.end + 1] in {",", ")"} and low[a.end + 1 : a.end + 2] in {" ", ""}
    month = re.search(rf"\b(?:{'|'.join(words.MONTHS[g.lang])})\b", before)
    return found if g.lang == "en" and named and closed and not month and 14 <= number <= 99 else None


def _counted(flat: Flat, g: SimpleNamespace, a: Amount, *, short: bool) -> Amount:
    """A count where a thing counted follows; else the number stays bare, for its neighbours to qualify."""
    low = flat.low
    match = g.noun.match(low, a.end)
    if not match or not flat.cased[match.start("noun")].islower() and match["noun"] not in {"gpu", "gpus"}:
        return a
    noun, end = match["noun"], match.end("noun")
    thing = g.thing.match(low, match.start("noun"))
    small = low[a.start].isalpha() and not a.scaled and (a.value or 0) < 13
    if small and re.compile(r"\b(?:les|ces|ses|leurs|nos|the|these|its|their|both|our|those) $").search(
        low, max(0, a.start - 7), a.start
    ):
        return a
    if not thing and g.lang == "en" and match["next"] and not _function_word(noun):
        after = g.thing.match(low, match.start("next"))
        if after or (not g.plural.fullmatch(noun) and match["next"] not in words.NOT_COUNTED):
            noun, end, thing = match["next"], match.end("next"), after or thing
    if not thing and (small or noun in words.NOT_COUNTED or not g.plural.fullmatch(noun) or _named(flat, a.start)):
        return a
    if _named(flat, a.start) or (match.groupdict().get("of") and not a.scaled and not a.hedge):
        return a
    return replace(a, kind="count", unit=_thing_unit(g.lang, noun), end=end)


@cache
def _thing_unit(lang: str, noun: str) -> str:
    people = re.compile("|".join(words.PEOPLE[lang].split()))
    return "people" if people.fullmatch(noun) else words.CANONICAL.get(noun, noun)


def _function_word(word: str) -> bool:
    return word in {"in", "of", "to", "for", "from", "by", "and", "or", "at", "on", "as", "with", "over", "after", "into", "that",
                    "which", "who", "while", "per", "the", "its", "was", "were", "are", "is", "had", "has", "have", "will"}  # fmt: skip


def _named(flat: Flat, start: int) -> bool:
    """Whether the number belongs to the word before it: Llama 4, CAC 40, article 49, GPT-4.5."""
    before = re.compile(r"([A-Za-z][\w'-]*)[ -]$").search(flat.cased, max(0, start - 24), start)
    if not before:
        return False
    if before[1].lower() in words.NUMBERED:
        return True
    first = flat.cased[max(0, before.start() - 2) : before.start()].strip(" \n\"'(-")
    return before[1][0].isupper() and first not in {"", ".", "!", "?", ":"} and before.start() > 0


def _fraction(low: str, g: SimpleNamespace, a: Amount, match: re.Match[str]) -> Amount | None:
    """« deux tiers », "a third of", « un quart de milliard de dollars »; "the third quarter" is none."""
    share = (a.number or Decimal(1)) / words.FRACTIONS[g.lang][match["of"]]
    if match["scale"]:
        end = match.end()
        found = replace(a, number=share, scale=g.scales[match["scale"]], scaled=True, end=end)
        money = g.currency.match(low, end)
        unit = _currency_named(g.lang, money["cur"]) if money and money["cur"] else None
        return replace(found, kind="money" if unit else None, unit=unit, end=money.end() if unit and money else end)
    follows = re.compile(r" (?:de |d'|des |du |of )|[,.;]").match(low, match.end())
    several = (a.number or 0) > 1 and match["of"] not in {"quarters", "quarter"}
    hyphen = match[0][0] == "-"
    if (
        match["of"] == "tiers"
        and (a.number or 0) == 1
        and not (follows and follows[0].strip() in {"de", "d'", "des", "du"})
    ):
        return None
    if not (several or hyphen or follows) or re.compile(r" of (?:20|19)\d\d").match(low, match.end()):
        return None
    if share >= 1:
        return None
    return replace(a, number=share, kind="multiple", unit="multiple", end=match.end())


def _times(flat: Flat, g: SimpleNamespace, match: re.Match[str]) -> Amount | None:
    """« a doublé », « le double », « la moitié », "halved", "twice the", "tenfold", « multiplié par trois »."""
    low, pos, word = flat.low, match.start(), match["times"]
    if word.startswith(("half", "demi-")) and (scaled := _half_scale(flat, g, pos)):
        return scaled
    verb = re.compile(r"[a-z]+(?:-[a-z]+)?").match(low, pos)
    assert verb
    spoken, end = verb[0], verb.end()
    before = low[max(0, pos - 24) : pos]
    number: Decimal | int | None = None
    if word in {"multiplie", "divise", "multiplied by", "factor of"}:
        by = re.compile(r"(?:multiplie|divise)(?:e?s?|r) par |multiplied by |factor of (?:about )?").match(low, pos)
        found = by and (
            _words(low, g, by.end()) or (_plain(low, by.end()) if low[by.end() : by.end() + 1].isdigit() else None)
        )
        if not found or not found.number:
            return None
        number, end = (1 / found.number if word == "divise" else found.number), found.end
    elif word == "moitie":
        number = Decimal("0.5") if re.search(r"\b(?:la|a) $", before) else None
    elif word == "half":
        ordinal = re.search(r"\b(?:first|second|other|latter|this|that|a|and a|one-) ?$|[-/]$", before)
        share = re.compile(r" (?:of|the|its|their|his|her|all|what|as|those|that|our|a)\b|[,.;]").match(low, end)
        number = (
            Decimal("0.5")
            if spoken == "half" and not ordinal and (share or g.before.search(low, max(0, pos - 40), pos))
            else None
        )
    elif word == "twice":
        follows = re.compile(r" (?:as|the|its|their|that|what|his|her|this|annual|last|those)\b").match(low, end)
        number = 2 if follows else None
    elif word.endswith("fold"):
        number = g.values.get(spoken.removesuffix("fold").rstrip("-")) if spoken.endswith("fold") else None
    else:
        number = next((value for stem, value in words.TIMES.items() if spoken.startswith(stem)), None)
        if not _verb_of_times(flat, g, pos, spoken):
            number = None
    if number is None:
        return None
    return Amount(pos, end, Decimal(number), kind="multiple", unit="multiple")


def _half_scale(flat: Flat, g: SimpleNamespace, pos: int) -> Amount | None:
    """ "half a billion dollars", « demi-milliard »."""
    half = _words(flat.low, g, pos)
    scale = half and g.scale.match(flat.low, half.end)
    return _qualified(flat, g, half) if half and scale else None


def _plain(low: str, pos: int) -> Amount:
    match = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,6})?").match(low, pos)
    assert match
    return Amount(pos, match.end(), Decimal(match[0].replace(",", ".")))


def _verb_of_times(flat: Flat, g: SimpleNamespace, pos: int, spoken: str) -> bool:
    """« a doublé » and "doubled" tell a multiple; « une double peine », "double-digit" and "doubled down" do not."""
    low, end = flat.low, pos + len(spoken)
    before = low[max(0, pos - 24) : pos]
    if g.lang == "fr":
        if re.search(r"\b(?:le|du|au) $", before):
            return True
        if re.fullmatch(r"[a-z]+l(?:ee?s?|e)", spoken):
            return flat.accented(pos + spoken.rindex("e") if spoken[-2:] not in {"ee", "es"} else end - 2) or (
                spoken.endswith("ees") and flat.accented(end - 3)
            )
        return re.fullmatch(r"[a-z]+l(?:er|ant|era|eront|erait|eraient|ait|aient|ement|ent)", spoken) is not None
    if "-" in spoken or low.startswith((" down", " up", " as"), end):
        return False
    if re.fullmatch(r"[a-z]+(?:ed|ing)", spoken):
        return True
    follows = re.compile(r" (?:the|its|their|his|her|what|that|those|in)\b").match(low, end)
    said = re.search(r"\b(?:to|than|nearly|almost|about|roughly|will|could|would|can|may|might) $", before)
    return bool(follows or said) and spoken.rstrip("s").endswith("e")


def _vague(flat: Flat, g: SimpleNamespace, pos: int) -> Amount | None:
    """« plusieurs milliards de dollars », "dozens of contractors", "mid-nine-figure": an amount without a number."""
    low = flat.low
    vague = Amount(pos, pos, None, scaled=True, hedge="vague")
    if match := g.multi.match(low, pos):
        unit = _currency_named("en", match["cur"]) if match["cur"] else None
        return replace(vague, kind="money", unit=unit, end=match.end())
    if match := g.figures.match(low, pos):
        digits = re.search(r"six|seven|eight|nine|ten|eleven", match[0])
        return replace(vague, kind="money", end=match.end()) if digits else None
    quantifier = re.compile(r"(?:several|few|some|many|multiple) ").match(low, pos)
    match = g.vague.match(low, quantifier.end() if quantifier else pos)
    if not match:
        return None
    if not quantifier and g.lang == "fr":
        led = re.compile(r"(?:plusieurs|quelques|des|de|les|nombreux|nombreuses) $").search(low, max(0, pos - 14), pos)
        vague.start = led.start() if led else pos
    vague.end = match.end()
    large = re.compile("mill|bill|trill").search(match[0])
    found = _unit(flat, g, replace(vague, number=Decimal(10**7)), short=False) if match else None
    if not found or not found.kind and not large:
        return None
    return replace(found, number=None, scale=Decimal(1), hedge="vague") if found.kind else None


def joined(flat: Flat, g: SimpleNamespace, amounts: list[Amount]) -> list[Amount]:
    """Qualify bare numbers by their neighbours, make ranges, inherit currencies, add hedges; drop what stays bare."""
    links = [_linked(flat, g, a, b) for a, b in pairwise(amounts)] + [False]
    for i in range(len(amounts) - 2, -1, -1):
        if links[i]:
            amounts[i] = _from_right(amounts[i], amounts[i + 1])
    out: list[Amount] = []
    for i, amount in enumerate(amounts):
        if i and links[i - 1] and not amount.kind and amounts[i - 1].kind == "money" and amount.scaled:
            amount.kind, amount.unit = "money", amounts[i - 1].unit
        if i and links[i - 1] and out and _is_range(flat, g, out[-1], amount):
            out[-1] = replace(out[-1], hi=amount.value, end=amount.end, hedge="range")
        else:
            out.append(amount)
    return _inherited(flat, g, out)


def _linked(flat: Flat, g: SimpleNamespace, a: Amount, b: Amount) -> bool:
    gap = b.start - a.end
    if not 0 < gap <= 14 or a.number is None or b.number is None:
        return False
    match = g.link.fullmatch(flat.low, a.end, b.start)
    return bool(match) and not (match[0].startswith(",") and a.kind in {"percent", "count", "age"}) and not (
        not a.kind and _named(flat, a.start))  # fmt: skip


def _from_right(a: Amount, b: Amount) -> Amount:
    """Take the scale and the unit that the next number of a list or range gives for both."""
    if a.kind and a.kind != b.kind and not (a.kind == "money" and b.kind is None and b.scaled):
        return a
    if b.kind in {"age", None} and not b.scaled:
        return a
    below = a.number is not None and b.number is not None and a.number < b.number
    scale = b.scale if not a.scaled and b.scaled and (not a.kind or below) else a.scale
    number = a.number
    if (
        b.kind == "money"
        and not a.kind
        and not a.scaled
        and b.value is not None
        and b.number == b.value
        and a.number is not None
    ):
        number = a.number
    return replace(a, number=number, kind=a.kind or b.kind, unit=a.unit or b.unit, scale=scale,
                   scaled=a.scaled or (scale != 1))  # fmt: skip


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
    if link.split()[0] in {"et", "and", ","} if link else True:
        return bool(g.entre.search(low, max(0, a.start - 30), a.start))
    if link.startswith(("ou", "or")):
        return True
    led = low[max(0, a.start - 60) : a.start]
    if g.ranged.search(led):
        return True
    start = re.search(r"(?:\bde |\bd'|\bfrom )(?:about |environ )?$", led)
    if start:
        return g.lang == "fr" and not g.turned.search(led)
    explicit = a.end - a.start > 0 and low[a.end - 1] == "%"
    return not (link.startswith(("to", "a")) and explicit and g.turned.search(led[-16:]))


def _inherited(flat: Flat, g: SimpleNamespace, amounts: list[Amount]) -> list[Amount]:
    """Give « 12 milliards en actions » the currency of its sentence, else of the text before; then add hedges."""
    out = []
    last: str | None = None
    for i, amount in enumerate(amounts):
        if amount.kind is None and amount.scaled and amount.scale >= 1_000_000:
            ahead = next((b for b in amounts[i + 1 : i + 4] if b.kind == "money" and b.unit), None)
            near = (
                ahead
                and not re.search(r"[.!?]\s|\n\n", flat.low[amount.end : ahead.start][:200])
                and ahead.start - amount.end < 200
            )
            unit = ahead.unit if near and ahead else last
            cued = re.search(words.MONEY_CUES, flat.low[max(0, amount.start - 80) : amount.end + 30])
            if not cued and not near:
                unit = None
            if unit or cued:
                amount = replace(amount, kind="money", unit=unit, inherited=True)
            elif amount.number is not None:
                amount = replace(amount, kind="count", unit=None)
        if amount.kind == "money" and amount.unit and not amount.inherited:
            last = amount.unit
        if amount.kind == "money" and amount.unit is None and amount.hedge == "vague" and last:
            amount = replace(amount, unit=last, inherited=True)
        if amount.kind:
            out.append(replace(amount, hedge=_hedge(flat, g, amount)))
    return out


def _hedge(flat: Flat, g: SimpleNamespace, a: Amount) -> str:
    if a.hedge in {"range", "vague"}:
        return a.hedge
    low = flat.low
    if match := g.before.search(low, max(0, a.start - 48), a.start):
        if match.start() == 0 or not low[match.start() - 1].isalnum():
            return match.lastgroup or "exact"
    if match := g.after.match(low, a.end):
        return "at_least" if match["plus"] else match.lastgroup or "exact"
    return a.hedge or "exact"
