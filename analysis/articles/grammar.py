"""The compiled expressions that amounts are read with, by language. Each starts where it is tried, and none backtracks far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from types import SimpleNamespace

from analysis.articles import lexicon as words


def _any(alternatives: Iterable[str]) -> str:
    """The alternatives, longest first, so that none hides behind its own beginning."""
    return "|".join(sorted(alternatives, key=len, reverse=True))


def _words(alternatives: Iterable[str]) -> str:
    return _any(re.escape(word) for word in alternatives)


# fmt: off
FRENCH = dict(
    digits=r"[0-9]{1,3}(?:[ .'][0-9]{3}){1,8}(?![0-9])(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3}){2,8}(?![0-9])|[0-9]+(?:[.,][0-9]+)?",
    half=r" et demie?\b",
    one_in=r" (?:[a-z-]+ )?sur (?P<of>[0-9]{1,2}\b|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|cent)(?! (?:ans|mois|jours))",
    times=r" ?fois\b(?= (?:plus|moins|l[ea']|les|s[aeo]|leurs?|ce|superieure?|inferieure?|ebitda)|[,;.)])| ?x\b",
    years=r"[ -]ans\b",
    noun=r" (?P<of>(?:de |d')(?:(?:ses |leurs |nos )?(?:propres |nouvelles |nouveaux )?)?)?(?P<noun>[a-z]{2,}(?:-[a-z]+){0,3})(?P<next>)",
    vague=r"(?P<of>dizaines?|centaines?|milliers?|millions?|milliards?)(?: (?:de |d')(?P<scale>milliers|millions|milliards)\b)?",
    plural=r"[a-z-]+[sx]|gpu|personnel",
    share=r"moitie",
    entre=r"\bentre (?:(?:environ|quelque) )?(?:les )?['\"]?$",
    definite=r"\b(?:les|ces|ses|leurs|nos) $",
    led=r"(?:plusieurs|quelques|des|de|les|nombreux|nombreuses) $",
    aged=r"\b(?:age[es]?s?|vieille?s?|vieux) de $|[a-z](?:, | \()$|(?:^|^ ?\"|[,:-] )a (?:seulement |peine |tout juste )?$",
    owed=r"\b(?:taux|rendement|emprunt|obligation|dette|bail|horizon|echeance|pret|contrat|condamnee?|credit)s?\b",
    person=r"\b(?:homme|femme|patron|patronne|dirigeante?|fondateur|fondatrice|entrepreneure?|pdg|milliardaire|ingenieure?|"
           r"jeune|prodige|americaine?|francaise?|chercheure?|financier|developpeur|heritiere?) de $",
)
ENGLISH = dict(
    digits=r"[0-9]{1,3}(?:,[0-9]{3}){1,8}(?![0-9])(?:\.[0-9]+)?|[0-9]{1,3}(?:[ '][0-9]{3}){1,8}(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:[.,][0-9]+)?",
    half=r" and a half\b",
    one_in=r" (?:in|out of)(?: every)? (?P<of>[0-9]{1,2}\b|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)"
           r"(?! (?:years|days|months|weeks))",
    times=r"[ -]?(?:x\b|fold\b)| times\b(?= (?:as|more|the|its|larger|bigger|higher|greater|faster|earnings|revenues?|sales|ebitda|"
          r"profits?|annual|forward|that|their|what|expected|book|adjusted|trailing|core|projected|next|last|this|estimated|[a-z]+'s)\b|[,;.])",
    years=r"[ -]years?[ -]old\b|[ -]years? of age\b",
    noun=r"[ -](?P<of>of )?(?P<noun>[a-z]{2,}(?:-[a-z]+){0,3})(?: (?P<next>[a-z]{3,}s|people|staff)\b)?",
    vague=r"(?P<of>tens|dozens|scores|hundreds|thousands|millions|billions|trillions|hundred|thousand|million|billion|dozen)"
          r"(?:(?: of)? (?P<scale>thousands?|millions?|billions?|trillions?)\b)?",
    plural=r"[a-z-]+s|people|staff|men|women|children|aircraft",
    share=r"half",
    entre=r"\bbetween (?:(?:about|roughly) )?['\"]?$",
    definite=r"\b(?:the|these|its|their|both|our|those) $",
    led=r"$^",
    aged=r"\b(?:aged|at (?:the )?age(?: of)?) $",
    owed=r"$^",
    person=r"$^",
)
BOTH = dict(
    percent=r" {0,2}-?(?:%|pour[ -]?cents?\b|per[ -]?cent\b|p\. ?c(?:ent\b|\.)|pct\b|pc\b)(?![a-z])",
    points=r"(?P<base>[ -](?:basis[ -]points?|points? de base|bps?|pb)|bps?)\b|"
           r"[ -](?:percentage[ -]points?|points? de pourcentage|points? de %|pts? de pourcentage|pp|pts?)(?![a-z])",
    bare_points=r" points?\b(?! de| d')",
    duration=r"[ -]?(?:h\b|heures?|hours?|minutes?|mins?\b|seconde?s?|jours?|days?|semaines?|weeks?|mois|months?|ans?\b|annees?|years?|"
             r"trimestres?|semestres?|siecles?|decennies?|decades?|km|kg|[gmtk]wh?\b|nm\b|[ap]\.?m\b)",
    figures=r"(?:(?:low|mid|high)[ -])?(?:[a-z]+[ -]to[ -])?(?:six|seven|eight|nine|ten|eleven)[ -]figures?\b|[a-z]+ chiffres\b",
    multi=r"multi-?(?:m|b|tr)illions?(?:[ -](?P<cur>dollars?|euros?|pounds?)|-(?P<other>[a-z]+))?",
    link=r" {0,2}- {0,2}| (?:a|to|et|and|ou|or) (?:environ |about |d'|de )?|, (?:et |and |or |ou )?",
    turned=r"\b(?:pass|port|relev|abaiss|grimp|bondi|progress|chut|tomb|augment|baiss|revu|recul|ramen|rose|ris[ei]|rais|jump|fell|fall|drop|"
           r"cut|lower|increas|decreas|went|go(?:es|ing)?\b|gr[eo]w|climb|lift|boost|slash|shr[aiu]nk|doubl|surg|soar|slid|slip|eas|hik|hiss|mont)",
    ranged=r"(?:rang|vari|vary|situ|comprise?s?|anywhere|estimat|fourchette|\bva\b|oscill|between)",
    of_year=r" of (?:20|19)\d\d",
    article=r"(?:an?|une?|one|le)\b[ -]?",
    halves=r"(?:une? )?demi-|(?:an? )?half[ -](?:an? )?",
    by=r"(?:multiplie|divise)(?:e?s?|r) par |multiplied by |factor of (?:about )?",
    small=r"[0-9]{1,6}(?:[.,][0-9]{1,6})?",
    several=r"(?:several|few|some|many|multiple) ",
    whole=r" (?:de |d'|des |du |of )|[,.;]",
    half_of=r" (?:of|the|its|their|his|her|all|what|as|those|that|our|a)\b|[,.;]",
    not_half=r"\b(?:first|second|other|latter|this|that|a|and a|one-) ?$|[-/]$",
    twice_the=r" (?:as|the|its|their|that|what|his|her|this|annual|last|those|book|face|fair|market|net|par|earnings|revenues?|sales|ebitda)\b",
    double_the=r" (?:the|its|their|his|her|what|that|those|in)\b",
    to_double=r"\b(?:to|than|nearly|almost|about|roughly|will|could|would|can|may|might|le|du|au) $",
)
# fmt: on


@cache
def grammar(lang: str) -> SimpleNamespace:
    """The compiled expressions of one language, by name, with its number words and scales."""
    number, scale = _words(words.WORD_VALUES[lang]), _words(words.SCALE_VALUES[lang])
    long_scale = _words(w for w in words.SCALE_VALUES[lang] if len(w) > 3)
    of, codes = {"fr": "(?:de |d')", "en": "of "}[lang], "|".join(words.CODES)
    joint = {"fr": "[ -](?:et[ -](?=un|onze))?", "en": "(?:[ -]|(?<=hundred) and |(?<=thousand) and )"}[lang]
    collective = _any(w + "s?" for w in words.COLLECTIVES[lang] if lang == "fr" or w == "dozen")
    symbols = {letters: _words(s for s in words.SYMBOLS if s[0].isalpha() == letters) for letters in (True, False)}
    hedges = "|".join(f"(?P<{hedge}>{rx})" for hedge, rx in words.HEDGES_BEFORE[lang].items())
    after = "|".join(f"(?P<{hedge}>{rx})" for hedge, rx in words.HEDGES_AFTER[lang].items())
    patterns = BOTH | {"fr": FRENCH, "en": ENGLISH}[lang]
    patterns |= dict(
        chain=rf"(?:{number})\b(?:{joint}(?:{number})\b){{0,12}}",
        scale=rf"(?: {{0,2}}-?(?P<scale>{scale})(?![a-z])| {{0,2}}(?P<glued>mds?|m|k)(?=(?:{codes}|dhs?|f ?cfa)\b)| {{0,2}}(?P<g>g)(?=[€$]))"
        rf"(?P<half> et demie?\b)?",
        collective=rf"(?: (?:petite?|bonne?|grosse?|belle))?[ -](?P<of>{collective})\b(?: {of}?(?P<scale>{long_scale})\b)?",
        fraction=rf"[ -](?P<of>{_words(words.FRACTIONS[lang])})\b(?! d'heure)(?: (?:{of}(?:an? )?)(?P<scale>{long_scale})s?\b)?",
        currency=rf"(?: ?\"(?= {of}))? {{0,2}}-?(?:{of})?(?P<cur>{'|'.join(words.CURRENCIES[lang])})(?![a-z])|"
        rf" {{0,2}}(?P<sym>{_words(s for s in words.SYMBOLS if not s.isalpha())})(?! ?[0-9])(?![a-z])|"
        rf" ?(?:{of})?(?P<code>{codes})(?![a-z])| {{0,2}}-?(?P<sub>{'|'.join(words.HUNDREDTHS[lang])})(?![a-z])",
        prefix=rf"(?:(?<![a-z0-9])(?:{symbols[True]})|(?:{symbols[False]})) {{0,2}}$",
        thing=rf"(?:{'|'.join((words.PEOPLE[lang] + ' ' + words.THINGS[lang]).split())})\b",
        near_thing=rf" (?P<between>(?:[a-z-]+ ){{0,3}}?)(?P<noun>{'|'.join((words.PEOPLE[lang] + ' ' + words.THINGS[lang]).split())})\b",
        before=rf"(?<![a-z0-9])(?:{hedges})(?:{words.ARTICLES_AFTER_HEDGE[lang]})? ?['\"]?(?:\$|£|€)?$",
        after=rf",? (?:{after})\b|(?P<plus>\+|-plus\b)",
    )
    compiled = {name: re.compile(pattern) for name, pattern in patterns.items()}
    return SimpleNamespace(lang=lang, values=words.WORD_VALUES[lang], scales=words.SCALE_VALUES[lang], **compiled)


def anchors(lang: str) -> str:
    """The words where an amount may begin: a vague quantity, a multiple in words, a number in words."""
    few = "|".join(w for w in words.WORD_VALUES[lang] if w not in {"un", "une", "one", "cents", "hundred", "thousand"})
    parts = "|".join(w for w in words.FRACTIONS[lang] if w == "tiers" or not w.endswith("s"))
    if lang == "fr":
        one = (
            rf"(?:une?|le)(?= (?:(?:{parts})(?: d|[,.;])|milliard\b|million\b|billion\b))|"
            r"(?:une?|la|le)(?= (?:(?:petite?|bonne?|grosse?|belle) )?(?:(?:d|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)ai?ne\b|dizaine\b|millier\b))|"
            r"une?(?= (?:demi-|m(?:illi(?:on|er|ard)|ille)|[a-z]+aine\b|[a-z-]+ sur (?:[0-9]|deux|trois|quatre|cinq|six|dix)))"
        )
        vague = r"dizaines|centaines|milliers|millions|milliards|(?:cinq|six|sept|huit|neuf|dix|onze) chiffres"
        times = r"demi-(?=mi)|moitie|doubl|tripl|quadrupl|quintupl|decupl|multiplie|divise"
    else:
        one = (
            rf"(?:an?|one)(?:(?=[ -](?:hundred|thousand|million|billion|trillion|dozen|per ?cent|{parts.replace('half|', '')}|half[ -]))|"
            r"(?= and a half)|(?= in | out of ))"
        )
        vague = (
            r"(?:several|few|some|many|multiple) (?=hundred|thousand|million|billion|dozen)|tens|dozens|scores|hundreds|"
            r"thousands|millions|billions|trillions|multi-?(?:m|b|tr)illion|(?:(?:low|mid|high)-)?(?:six|seven|eight|nine|ten|eleven)-figure"
        )
        times = r"half|halv|twice|doubl|tripl|quadrupl|quintupl|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred|thousand|many)-?fold|multiplied by|factor of"
    return rf"(?=(?P<vague>{vague})|(?P<times>{times})|(?P<word>(?:{few}|{one})\b))"
