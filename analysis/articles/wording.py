"""Numbers, dates and claims in words, in English and French; every room writes through here.

Number and date forms are CLDR's, by Babel. Unit letters are the financial press's: `$14.3bn`, « 14,3 Md$ ».
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from analysis.articles import edtf
from analysis.articles.vocabulary import VOCABULARY
from analysis.errors import DataError

if TYPE_CHECKING:
    from analysis.articles.corpus import Corpus

NBSP, NNBSP = "\u00a0", "\u202f"
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "CHF": "CHF", "CAD": "C$", "INR": "₹"}
SCALES = ((1e12, "tn", ""), (1e9, "bn", "Md"), (1e6, "m", "M"))
PLAIN = {"share": ("share", "shares", "action", "actions"), "people": ("person", "people", "personne", "personnes"),
         "users": ("user", "users", "utilisateur", "utilisateurs"), "years": ("year", "years", "an", "ans"),
         "shares": ("share", "shares", "action", "actions"), "units": ("unit", "units", "unité", "unités"),
         "facts": ("fact", "facts", "fait", "faits"), "customers": ("customer", "customers", "client", "clients"),
         "months": ("month", "months", "mois", "mois")}  # fmt: skip


VAGUE = {(2, None): "several", (20, 99): "several dozen", (200, 999): "several hundred",
         (2e6, None): "millions", (2e9, None): "billions"}  # fmt: skip


@cache
def _locale(lang: str) -> Any:
    from babel import Locale

    if lang not in ("en", "fr"):
        raise DataError(f"lang '{lang}' is not one of en, fr.")
    return Locale.parse("en_GB" if lang == "en" else "fr_FR")


def _digits(value: float) -> int:
    """Decimals that keep three significant digits, none beyond a thousand."""
    size = abs(value)
    return 0 if size >= 100 or size == 0 else 1 if size >= 10 else 2 if size >= 1 else 3


@lru_cache(maxsize=4096)
def number(value: float, lang: str, digits: int | None = None) -> str:
    """A plain number: `1,863` or « 1 863 », with as many decimals as it needs, or with `digits`."""
    from babel.numbers import format_decimal

    if digits is None:
        digits = _digits(value)
        pattern = "#,##0." + "#" * digits if digits else "#,##0"
    else:
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return format_decimal(round(value, digits), format=pattern, locale=_locale(lang))


def money(value: float, unit: str, lang: str, digits: int | None = None) -> str:
    """An amount of money: `$14.3bn`, « 14,3 Md$ »; the currency is always the unit's, never the locale's."""
    symbol = SYMBOLS.get(unit, unit)
    scales = SCALES[1:] if lang == "fr" else SCALES
    factor, english, french = next((s for s in scales if abs(value) >= s[0] * 0.9995), (1, "", ""))
    if factor == 1 and digits is None:
        digits = 0 if value == round(value) else 2
    text = number(value / factor, lang, digits)
    if lang == "fr":
        return f"{text}{NBSP}{french}{symbol if not symbol.isalpha() or french == '' else NBSP + symbol}"
    sign = "-" if value < 0 else ""
    return f"{sign}{symbol}{NBSP if symbol.isalpha() else ''}{text.lstrip('-')}{english}"


def quantity(value: float | str, unit: str | None, lang: str, digits: int | None = None) -> str:
    """A value with its unit, by what the unit is: money, percent, multiple, date, or a count of things."""
    if isinstance(value, str) or unit == "date":
        return day(str(value), lang)
    if unit == "percent":
        return f"{number(value, lang, digits)}{NNBSP}%" if lang == "fr" else f"{number(value, lang, digits)}%"
    if unit == "multiple":
        return f"×{NNBSP}{number(value, lang, digits)}" if lang == "fr" else f"{number(value, lang, digits)}×"
    if unit and len(unit) == 3 and unit.isupper():
        return money(value, unit, lang, digits)
    if unit == "rank":
        return ordinal(round(value), lang)
    text = _scaled(value, lang, digits)
    names = PLAIN.get(unit or "", ("", unit or "", "", unit or ""))
    name = names[(2 if lang == "fr" else 0) + (abs(value) >= 2 or (lang == "en" and abs(value) != 1))]
    of = (
        "d’"
        if lang == "fr" and abs(value) >= 1e6 and name[:1] in "aeiou"
        else "de "
        if lang == "fr" and abs(value) >= 1e6
        else ""
    )
    return f"{text}{NBSP}{of}{name}" if name else text


def _scaled(value: float, lang: str, digits: int | None) -> str:
    """A count: in millions from a million on, in full below."""
    for factor, english, french in ((1e9, " billion", " milliard"), (1e6, " million", " million")):
        if abs(value) >= factor:
            plural = "s" if lang == "fr" and abs(value) / factor >= 2 else ""
            word = french + plural if lang == "fr" else english
            return number(value / factor, lang, digits) + word.replace(" ", NBSP)
    return number(value, lang, digits if digits is not None else (0 if value == round(value) else None))


def interval(lo: float | None, hi: float | None, unit: str | None, lang: str) -> str:
    """A range: `14.2 to 14.4`, `more than …`, `at most …`; the unit once where both ends share it."""
    fr = lang == "fr"
    if lo is None and hi is not None:
        return f"{'au plus' if fr else 'at most'} {quantity(hi, unit, lang)}"
    if lo is None:
        return "non connu" if fr else "not known"
    if hi is None:
        return f"{'au moins' if fr else 'at least'} {quantity(lo, unit, lang)}"
    if unit == "date":
        return " – ".join(dict.fromkeys(_ordinal_day(end, lang) for end in (lo, hi)))
    low, high = _apart(lo, hi, unit, lang)
    return low if low == high else f"{_number_alone(low, high)} {'à' if fr else 'to'} {high}"


def _number_alone(low: str, high: str) -> str:
    """The low end without what the high end says too: « 60 » of « 60 Md$ » and « 65 Md$ »."""
    for mark in (NBSP, f"{NNBSP}%", "%"):
        number_part, found, tail = low.partition(mark)
        if found and high.endswith(found + tail):
            return number_part
    return low


def _apart(lo: float, hi: float, unit: str | None, lang: str) -> tuple[str, str]:
    """Both ends, rounded outwards: a range in words is never narrower than the range."""
    if lo == hi:
        return quantity(lo, unit, lang), quantity(hi, unit, lang)
    factors = _factor(abs(lo), unit, lang), _factor(abs(hi), unit, lang)
    digits = _exact(lo / factors[0]), _exact(hi / factors[1])
    if factors[0] == factors[1]:
        digits = max(digits), max(digits)
    steps = factors[0] / 10 ** digits[0], factors[1] / 10 ** digits[1]
    low, high = math.floor(round(lo / steps[0], 6)) * steps[0], math.ceil(round(hi / steps[1], 6)) * steps[1]
    return quantity(low, unit, lang, digits[0]), quantity(high, unit, lang, digits[1])


def _factor(size: float, unit: str | None, lang: str) -> float:
    """The scale in which an amount is written; French money stops at billions."""
    money_unit = bool(unit and len(unit) == 3 and unit.isupper())
    scaled = money_unit or (unit in PLAIN and unit != "years")
    scales = SCALES[1:] if money_unit and lang == "fr" else SCALES
    return next((factor for factor, _, _ in scales if size >= factor), 1.0) if scaled else 1.0


def _exact(value: float) -> int:
    """The decimals that write a number in full, where three do; else those of three significant digits."""
    return next((d for d in range(4) if abs(round(value, d) - value) < 1e-9), _digits(value))


def _ordinal_day(days: float, lang: str) -> str:
    from datetime import date, timedelta

    return day((date(1970, 1, 1) + timedelta(days=int(days))).isoformat(), lang)


def ordinal(n: int, lang: str) -> str:
    """`2nd`, « 2e »."""
    if lang == "fr":
        return "1er" if n == 1 else f"{n}e"
    suffix = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def day(text: str, lang: str, short: bool = False) -> str:
    """An EDTF date or period: `12 June 2025`, « 1er juin 2025 », « juin 2025 », « 2025 », `Q4 2024`; short: `12 Jun`."""
    if "/" in text:
        return _period(text, lang, short)
    parts = text.rstrip("~?").split("-")
    if len(parts) == 1:
        return parts[0]
    from babel.dates import format_date

    first = edtf.bounds(text)[0]
    if len(parts) == 2:
        return format_date(first, "MMM y" if short else "MMMM y", locale=_locale(lang))
    made = format_date(first, "d MMM y" if short else "d MMMM y", locale=_locale(lang))
    return made.replace("1 ", "1er ", 1) if lang == "fr" and first.day == 1 else made


def _period(text: str, lang: str, short: bool) -> str:
    first, last = (part for part in text.split("/"))
    if not first or not last or ".." in (first, last):
        known = day(first if last in ("", "..") else last, lang, short)
        word = (
            ("depuis" if lang == "fr" else "since") if last in ("", "..") else ("avant" if lang == "fr" else "before")
        )
        return f"{word} {known}"
    if len(first) == len(last) == 7 and first[:4] == last[:4]:
        span = int(first[5:]), int(last[5:])
        if span[1] - span[0] == 2 and span[0] % 3 == 1:
            quarter = span[0] // 3 + 1
            return f"{ordinal(quarter, 'fr')} trimestre {first[:4]}" if lang == "fr" else f"Q{quarter} {first[:4]}"
        if span in ((1, 6), (7, 12)):
            half = 1 if span[0] == 1 else 2
            return f"{ordinal(half, 'fr')} semestre {first[:4]}" if lang == "fr" else f"H{half} {first[:4]}"
    if len(first) == len(last) == 10 and first[:7] == last[:7]:
        joiner = " ou " if lang == "fr" else " or "
        near = int(last[8:]) - int(first[8:]) == 1
        return f"{int(first[8:])}{joiner if near else '–'}{day(last, lang, short)}"
    return f"{day(first, lang, short)} – {day(last, lang, short)}"


def word(kind: str, key: str, lang: str) -> str:
    """A word of the vocabulary (`status`, `stage`, `hedge`, `stance`, `role`, …); the key itself, spaced, where none is given."""
    entry = VOCABULARY.get(kind, {}).get(key)
    return entry[lang == "fr"] if entry else str(key).replace("_", " ")


def unnamed(lang: str) -> str:
    """What stands for a publisher that an article does not name."""
    return "site non identifié, non daté" if lang == "fr" else "unidentified site, undated"


def _voices(claim: dict[str, Any], corpus: Corpus, lang: str) -> str:
    """The chain of sources, the outlet first: « AFP, citant des médias américains non nommés »."""
    names = [corpus.label(source, lang) for source in dict.fromkeys(claim["by"] or [])]
    if len(names) < 2:
        return "".join(names)
    outlet, *origins = reversed(names)
    return f"{outlet}, {'citant' if lang == 'fr' else 'citing'} {', '.join(origins)}"


def worded(value: str, corpus: Corpus, lang: str) -> str:
    """A value in words: in French as its property declares it, else by the vocabulary, else itself."""
    french = corpus.french.get(value) if lang == "fr" else None
    return french or word("value", value, lang)


def _formula(formula: str, corpus: Corpus, lang: str) -> str:
    """A derivation in words: `paid in cash + paid in shares`, `price / users (target)`."""

    def named(match: re.Match[str]) -> str:
        peer, _, name = match[0].rpartition(".")
        return corpus.label(name, lang) + (f" ({word('party', peer, lang)})" if peer else "")

    words = re.sub(r"[a-z_]+(?:\.[a-z_]+)?", named, formula).replace("*", "×")
    return re.sub(r"(?<=\d)\.(?=\d)", ",", words) if lang == "fr" else words


def _vague(claim: dict[str, Any], lang: str) -> str | None:
    """The word that a vague amount stands for: « plusieurs dizaines » for 20 to 99."""
    if claim["value"] is not None or claim["value_text"] is not None:
        return None
    return word("vague", VAGUE[key], lang) if (key := (claim["lo"], claim["hi"])) in VAGUE else None


def _written_digits(claim: dict[str, Any], lang: str) -> int | None:
    """The decimals with which the source wrote the value: $164.5bn stays so; at most three are shown."""
    if not claim.get("written_unit"):
        return None
    factor = _factor(abs(claim["value"]) * 1.0005, claim["unit"], lang)
    return min(max(round(math.log10(factor / claim["written_unit"])), 0), 3)


def statement(claim: dict[str, Any], corpus: Corpus, lang: str) -> str:
    """What is claimed, without who: « 49 % du capital », « environ 870 M$, 2024 »."""
    hedge = claim["hedge"] if claim["hedge"] not in ("exact", "range") else None
    if hedge == "vague" and not claim["unit"]:
        hedge = "hinted"
    if claim["value"] is not None:
        text = quantity(claim["value"], claim["unit"], lang, _written_digits(claim, lang))
    elif claim["value_text"] is not None:
        text = day(claim["value_text"], lang) if claim["unit"] == "date" else worded(claim["value_text"], corpus, lang)
    elif claim["lo"] is not None or claim["hi"] is not None:
        text = interval(claim["lo"], claim["hi"], claim["unit"], lang)
    else:
        text = _formula(claim["formula"], corpus, lang) if claim["formula"] else ""
    if hedge == "vague" and (about := _vague(claim, lang)):
        text, hedge = f"{about} ({text})", None
    if hedge and text:
        text = (
            word("hedge", hedge, lang).format(text)
            if "{}" in word("hedge", hedge, lang)
            else f"{word('hedge', hedge, lang)} {text}"
        )
    parts = [text] if text else []
    parts += [corpus.label(claim["object"], lang)] if claim["object"] else []
    parts += [word("basis", claim["basis"], lang)] if claim["basis"] and claim["basis"] != "unstated" else []
    parts += [day(claim["period"], lang)] if claim["period"] else []
    return ", ".join(parts)


def sentence(claim: dict[str, Any], corpus: Corpus, lang: str) -> str:
    """A claim in one sentence: who says what about whom, how surely, and at what stage."""
    space = NBSP if lang == "fr" else ""
    subject, what = corpus.label(claim["subject"], lang), corpus.label(claim["property"], lang)
    if claim["unit"] == "date" and claim["value_text"] and not re.fullmatch(r"\d{4}-\d\d-\d\d", claim["value_text"]):
        what = re.sub(r" (on|le)$", "", what)
    said = statement(claim, corpus, lang)
    tail = [word("status", claim["status"], lang)]
    tail += [word("stage", claim["stage"], lang)] if claim["stage"] not in (None, "done") else []
    return (
        f"{_voices(claim, corpus, lang)}{space}: {subject}, {what[:1].lower() + what[1:]}"
        f"{f' : {said}'.replace(' :', space + ':') if said else ''}{space}; {', '.join(tail)}"
    )
