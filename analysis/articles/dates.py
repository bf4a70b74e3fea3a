"""Dates and periods of a text, resolved against its publication date and as exact as they were written.

Each rule is an expression that starts where a date may begin and a function that gives its EDTF value, or null where
the publication date is needed and is not known. A duration is no date: « pendant trois ans », "24 hours".
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from analysis.articles import edtf
from analysis.articles import lexicon as words
from analysis.articles.typography import Flat

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Reference:
    """When a text was published: its last day, and how exact that is."""

    day: date
    precision: str  # day, month or year

    @classmethod
    def of(cls, published: str | None) -> Reference | None:
        """The reference that an EDTF text gives; two days a week apart or less count as the later one."""
        if not published:
            return None
        first, last = edtf.bounds(published)
        if not 1500 < last.year < 9000:  # no news is older; nothing is reckoned over the calendar's ends
            return None
        length = (last - first).days
        return cls(last, "day" if length < 8 else "month" if length < 32 else "year")


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may ask: the language, the reference, and whether the words before speak of the future."""

    lang: str
    reference: Reference | None
    before: str
    over: bool = False

    @property
    def year(self) -> int | None:
        return self.reference.day.year if self.reference else None

    @property
    def day(self) -> date | None:
        return self.reference.day if self.reference and self.reference.precision == "day" else None

    @property
    def ahead(self) -> bool:
        return not self.over and bool(_FUTURE.search(self.before))


_FUTURE = re.compile(
    r"\b(?:will|expect\w*|due(?! diligence)|by|plan\w*|should|scheduled|targets?|devra\w*|sera|seront|attendue?s?|prevue?s?|"
    r"d'ici|prochaine?s?|vise\w*|prevoit|compte|avant|before|until|jusqu'(?:a|en|au))\b|\w{3}(?:era|eront|ira|iront)\b"
)
_PAST = {
    "en": re.compile(
        r"\b(?:raised|was|were|had|bought|sold|paid|led|valued|announced|agreed|acquired|reached|hit|posted|reported)\b"
    ),
    "fr": re.compile(r"\b(?:avait|avaient|etait|etaient|(?:a|ont) (?:ete |deja )?[a-z]+(?:e|i|u|is|it|ert)s?)\b"),
}
_HAD = re.compile(r",? [^.;,#]{0,25}?\b(?:had|avait|avaient)\b")


def _over(low: str, end: int) -> bool:
    """Whether the verb after a date tells of what was over then: "By late March, cash had run out"."""
    return bool(_HAD.match(low, end))


_ENDED = re.compile(r"\b(?:ended|ending|clos|close|acheve|achevee) (?:on |le |au )?$")
Rule = tuple[re.Pattern[str], Callable[[Match, Context], str | None]]


def _period(year: int, first: int, last: int) -> str:
    return f"{year}-{first:02}/{year}-{last:02}"


def _valid(year: int, month: int, day: int | None = None) -> bool:
    return 1 <= month <= 12 and (day is None or 1 <= day <= monthrange(year, month)[1])


def _full_year(text: str | None) -> int | None:
    if not text:
        return None
    number = int(text[-4:] if len(text) > 4 else text.lstrip("'"))
    return number if number > 99 else 2000 + number if number < 70 else 1900 + number


def _year_near(
    month: int, day: int | None, context: Context, turn: str | None, weekday: int | None = None
) -> int | None:
    """The year of a month said without one: the nearest, rather past than to come unless the words say otherwise."""
    reference = context.reference
    if reference is None or reference.precision == "year":
        return None
    today, years = reference.day, [reference.day.year + step for step in (-1, 0, 1)]
    if weekday is not None and day:
        fits = [y for y in years if _valid(y, month, day) and date(y, month, day).weekday() == weekday]
        if fits:
            return min(fits, key=lambda y: abs((date(y, month, day) - today).days))
    if day and _ENDED.search(context.before) and not context.ahead:
        return max((y for y in years if _valid(y, month, day) and date(y, month, day) <= today), default=None)
    gaps = {y: (y - today.year) * 12 + month - today.month for y in years}
    if turn == "last":
        return max(y for y in years if gaps[y] < 0 or (gaps[y] == 0 and y < today.year))
    if turn == "next":
        return min(y for y in years if gaps[y] > 0)
    past = context.over or _PAST[context.lang].search(context.before)
    low, high = (-1, 10) if context.ahead else (-11, 0) if past else (-8, 3)
    return next((y for y in years if low <= gaps[y] <= high), today.year)


_LAST = {
    "dernier",
    "derniere",
    "derniers",
    "dernieres",
    "passe",
    "passee",
    "last",
    "past",
    "previous",
    "precedent",
    "precedente",
}
_NEXT = {"prochain", "prochaine", "next", "coming", "suivant", "suivante"}


def _turn(word: str | None) -> str | None:
    word = (word or "").strip()
    return "last" if word in _LAST else "next" if word in _NEXT else None


def _month(lang: str, name: str) -> int:
    name = name.rstrip(".")
    months = words.MONTHS[lang]
    return months.index(name) + 1 if name in months else words.SHORT_MONTHS[lang][name]


def _day_value(m: Match, c: Context) -> str | None:
    """A day of a month, or several: « 12 juin », « du 12 au 15 mai », "Monday, June 2", "May 12-15, 2025"."""
    month, found = _month(c.lang, m["month"]), m.groupdict()
    day = 1 if m["day"] == "premier" else int(re.match("[0-9]+", m["day"])[0])  # type: ignore[index]
    last = int(found["to"]) if found.get("to") else None
    weekday = words.WEEKDAYS[c.lang].index(found["weekday"]) if found.get("weekday") else None
    year = _full_year(found.get("year")) or _year_near(month, day, c, _turn(found.get("turn")), weekday)
    if year is None or not _valid(year, month, day) or (last and not _valid(year, month, last)):
        return None
    value = f"{year}-{month:02}-{day:02}"
    return f"{value}/{year}-{month:02}-{last:02}" if last and last > day else value


def _month_value(m: Match, c: Context) -> str | None:
    """A month, or two: « en mai 2024 », « début avril », "January to March 2025", « janvier dernier »."""
    found = m.groupdict()
    first = _month(c.lang, m["month"])
    last = _month(c.lang, found["to"]) if found.get("to") else None
    year = _full_year(found.get("year"))
    if year is None and (relative := found.get("relyear")):
        year = c.year + _shift(relative) if c.year else None
    elif year is None:
        year = _year_near(first, None, c, _turn(found.get("turn")))
    if year is None:
        return None
    return _period(year, first, last) if last and last > first else f"{year}-{first:02}"


def _shift(phrase: str) -> int:
    """How many units away « l'an dernier », "next year" or « cette année » is."""
    turn = next((t for t in map(_turn, re.findall("[a-z]+", phrase)) if t), None)
    return {"last": -1, "next": 1, None: 0}[turn]


_ORDINALS = {"premier": 1, "first": 1, "1er": 1, "1st": 1, "deuxieme": 2, "second": 2, "2nd": 2, "2nd.": 2, "2e": 2, "2eme": 2,
             "troisieme": 3, "third": 3, "3e": 3, "3eme": 3, "3rd": 3, "quatrieme": 4, "fourth": 4, "4e": 4, "4eme": 4,
             "4th": 4, "1": 1, "2": 2, "3": 3, "4": 4}  # fmt: skip


def _year_before(m: Match, c: Context) -> str | None:
    """The year before the one that the sentence has named, else before this one."""
    named = re.findall(r"\b(?:19|20)[0-9]{2}\b", c.before)
    year = int(named[-1]) if named else c.year
    return str(year - 1) if year else None


def _part_value(m: Match, c: Context) -> str | None:
    """A quarter or a half: « premier trimestre 2025 », "second half", "Q3", « T1 2025 »."""
    found = m.groupdict()
    length = 6 if (m["part"] or "").startswith(("semestre", "half", "s", "h")) else 3
    year = _full_year(found.get("year"))
    if year is None and found.get("relyear"):
        year = c.year + _shift(found["relyear"]) if c.year else None
        if year is None:
            return None
    if (named := m["nth"]) in _ORDINALS:
        number = _ORDINALS[named]
    elif year is not None:
        number = 12 // length  # the last of that year
    else:
        return _period_now(c, length, -1 if _turn(named) == "last" else _turn(named) == "next")
    if number * length > 12:
        return None
    first = (number - 1) * length + 1
    year = year or _year_near(first, None, c, None)
    return None if year is None else _period(year, first, first + length - 1)


def _period_now(c: Context, length: int, step: int | bool) -> str | None:
    if c.reference is None or c.reference.precision == "year":
        return None
    index = c.reference.day.year * (12 // length) + (c.reference.day.month - 1) // length + int(step)
    year, part = divmod(index, 12 // length)
    return _period(year, part * length + 1, part * length + length)


def _year_value(m: Match, c: Context) -> str | None:
    return str(_full_year(m["year"]))


# « fondée en 1888 »: an older year where the words before it leave no doubt
_LONG_AGO = (
    "(?:"
    + "|".join(
        f"(?<={led} )"
        for led in "fonde en|fondee en|cree en|creee en|lance en|founded in|established in|started in|since|depuis".split(
            "|"
        )
    )
    + r")(?P<year>1[6-8][0-9]{2})(?![0-9]|[.,][0-9])"
)


def _years_value(m: Match, c: Context) -> str | None:
    first, last = _full_year(m["year"]), m["to"] or m["short"]
    end = first // 100 * 100 + int(last) if len(last) == 2 and first else int(last)
    return f"{first}/{end}" if first and first < end else None


def _decade_value(m: Match, c: Context) -> str | None:
    year = int(m["decade"])
    year += (1900 if year > 20 else 2000) if year < 100 else 0
    return f"{year}/{year + 9}"


def _numeric_value(m: Match, c: Context) -> str | None:
    """12/06/2025 and 2025-06-12: day first in French; in English the weekday, the day over 12 or the article's date tell."""
    if m["iso"]:
        iso = m["iso"].replace("/", "-")
        return iso if _valid(*(int(n) for n in iso.split("-"))) else None
    a, b, year = int(m["a"]), int(m["b"]), _full_year(m["year"])
    assert year
    orders = [(b, a), (a, b)] if c.lang == "fr" else [(a, b), (b, a)]
    fits = [(month, day) for month, day in orders if _valid(year, month, day)]
    if len(fits) == 2 and m["weekday"]:
        on = words.WEEKDAYS[c.lang].index(m["weekday"])
        fits = [f for f in fits if date(year, *f).weekday() == on] or fits
    elif len(fits) == 2 and c.lang == "en" and c.day:
        fits.sort(key=lambda f: abs((date(year, *f) - c.day).days) > 45)  # type: ignore[operator]
    return f"{year}-{fits[0][0]:02}-{fits[0][1]:02}" if fits else None


def _weekday_value(m: Match, c: Context) -> str | None:
    """« jeudi » is the last one up to the day of publication, unless the words look ahead."""
    if c.day is None:
        return None
    back = (c.day.weekday() - words.WEEKDAYS[c.lang].index(m["weekday"])) % 7
    turn = _turn(m.groupdict().get("turn")) or _turn(m.groupdict().get("lead"))
    ahead = turn == "next" or (not turn and _SOON.search(c.before))
    if turn == "last" and back == 0:
        back = 7
    return (c.day + timedelta(days=7 - back if ahead else -back)).isoformat()


_SOON = re.compile(
    r"(?:\b(?:will|due|expected|scheduled|set)\b(?: \w+){0,4}|\w(?:ra|ront)(?: \w+){0,2}|\bd'ici|\bby|\bbefore|\bavant|\buntil|"
    r"\b(?:resumes?|begins?|starts?|opens?|meets?|votes?|debutent?|reprend|reprennent|se reuni(?:t|ssent)|s'ouvre)) (?:on |le )?$"
)


def _today_value(m: Match, c: Context) -> str | None:
    word = m[0]
    step = {"hier": -1, "yesterday": -1, "avant-hier": -2, "demain": 1, "tomorrow": 1}.get(word.split()[0], 0)
    return (c.day + timedelta(days=step)).isoformat() if c.day else None


def _relative_value(m: Match, c: Context) -> str | None:
    """« l'an dernier », « la semaine dernière », "this month": a unit of the calendar before, after or around today."""
    unit, step = m["unit"], _shift(m[0])
    if unit.startswith(("an", "year", "exercice", "fiscal")):
        return str(c.year + step) if c.year else None
    return _calendar(c, unit, step)


def _calendar(c: Context, unit: str, step: int) -> str | None:
    """A unit of the calendar so many steps from the day of publication."""
    if c.reference is None:
        return None
    if unit.startswith(("mois", "month")):
        if c.reference.precision == "year":
            return None
        year, month = divmod(c.reference.day.year * 12 + c.reference.day.month - 1 + step, 12)
        return f"{year}-{month + 1:02}"
    if unit.startswith(("trimestre", "quarter")):
        return _period_now(c, 3, step)
    if unit.startswith(("semestre", "half")):
        return _period_now(c, 6, step)
    if c.day is None:
        return None
    if unit.startswith(("jour", "day")):
        return (c.day + timedelta(days=step)).isoformat()
    monday = c.day + timedelta(days=7 * step - c.day.weekday())
    first = 5 if unit.startswith(("week-end", "weekend")) else 0
    return f"{monday + timedelta(days=first)}/{monday + timedelta(days=6)}"


def _ago_value(m: Match, c: Context) -> str | None:
    """« il y a deux ans », "three months ago", « dans deux ans »: as exact as its unit."""
    number = _count(c.lang, m["n"])
    if number is None or number > 400:
        return None
    step = number if re.search(r"\bdans |\bd'ici|\bin |\bwithin", m[0]) else -number
    if m["unit"].startswith(("an", "year")):
        return str(c.year + step) if c.year and 0 < c.year + step < 9999 else None
    return _calendar(c, m["unit"], step)


def _count(lang: str, text: str) -> int | None:
    text = text.strip()
    if text in {"un", "une", "a", "an", "one"}:
        return 1
    return int(text) if text.isdigit() else words.WORD_VALUES[lang].get(text)


def _season_value(m: Match, c: Context) -> str | None:
    first = {"print": 3, "sprin": 3, "ete": 6, "summe": 6, "autom": 9, "autum": 9, "fall": 9, "hiver": 12, "winte": 12}[
        m["season"][:5]
    ]
    year = _full_year(m.groupdict().get("year")) or _year_near(first, None, c, _turn(m.groupdict().get("turn")))
    if year is None:
        return None
    return f"{year}-12/{year + 1}-02" if first == 12 else _period(year, first, first + 2)


def _unresolved(m: Match, c: Context) -> str | None:
    return None


@cache
def rules(lang: str) -> list[Rule]:
    """The rules of a language, the more telling first: the first that fits at a place is the one."""
    month = (
        "(?P<month>"
        + "|".join([*words.MONTHS[lang], *(rf"{s}\b\.?" for s in words.SHORT_MONTHS[lang])])
        + r")(?![a-z])"
    )
    to_month = month.replace("P<month>", "P<to>")
    weekday = "(?P<weekday>" + "|".join(words.WEEKDAYS[lang]) + ")"
    year, short = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9]|[.,][0-9])", r"(?P<year>(?:19|20)?[0-9]{2})\b"
    numbers = (
        "(?P<n>[0-9]{1,3}|"
        + "|".join(w for w in words.WORD_VALUES[lang] if not w.startswith(("cent", "mill", "hund", "thou")))
        + "|an?)"
    )
    iso = r"(?P<iso>(?:19|20)[0-9]{2}(?:-[01][0-9](?:-[0-3][0-9])?|/[01][0-9]/[0-3][0-9]))(?![0-9-])"
    numeric = rf"(?:{weekday},? (?:le )?)?(?:{iso}|(?P<a>[0-3]?[0-9])(?P<sep>[/.])(?P<b>[0-3]?[0-9])(?P=sep)(?P<year>(?:19|20)?[0-9]{{2}}))(?![0-9/])"
    full, sep = r"(?P<year>(?:19|20)[0-9]{2})", r"(?:-|/| (?:a|to|et|and|au|through) )"
    years = rf"{full}(?:{sep}(?P<to>(?:19|20)[0-9]{{2}})|[-/](?P<short>[0-9]{{2}}\b(?!-)))(?![0-9]|[.,][0-9])"
    if lang == "fr":
        turn = r"(?: (?P<turn>dernier|derniere|prochain|prochaine|passee?))?"
        rel = (
            r"(?P<relyear>l'an (?:dernier|passe|prochain)|l'annee (?:derniere|passee|prochaine|precedente)|cette annee)"
        )
        in_year = rf"(?: (?:de )?(?:(?:l'exercice|l'annee) )?(?:{year}|{rel}))?"
        nth = r"(?P<nth>premier|deuxieme|second|troisieme|quatrieme|1er|2e(?:me)?|3e(?:me)?|4e(?:me)?|dernier|prochain)"
        phase = (
            r"(?:(?:tout )?debut|(?:a la )?mi|(?:a la |la )?fin|courant|(?:a la )?rentree)[ -]+(?:de |d'|du mois de )?"
        )
        unit = r"(?P<unit>ans?|annees?|mois|semaines?|jours?|trimestres?|semestres?|week-ends?|exercices?)\b"
        table = [
            (numeric, _numeric_value),
            (rf"(?:{weekday},? )?(?:le )?(?P<day>1er|premier|[0-3]?[0-9])(?: ?(?:-|au|et) ?(?P<to>[0-3]?[0-9]))? {month}(?: (?:de )?{year})?{turn}", _day_value),
            (rf"(?:{phase})?{month} (?:-|a|et) {to_month}(?: {year})?", _month_value),
            (rf"(?:{phase})?{month}(?: (?:de )?(?:{year}|{rel}))?{turn}", _month_value),
            (rf"(?:(?:debut|fin|mi)[ -])?{nth} (?P<part>trimestre|semestre)(?! consecutif){in_year}", _part_value),
            (rf"(?P<part>[tqs])(?P<nth>[1-4])(?:[ -]?{short})?(?![0-9a-z])", _part_value),
            (r"(?:au cours |le courant )?(?:du|de l'|de la |ce |cette |le |l')?(?P<unit>trimestre|semestre|annee|exercice) (?:en cours|actuel)", _relative_value),
            (r"(?:annees? )(?P<decade>(?:19|20)?[0-9]0)\b", _decade_value),
            (rf"(?:(?:l')?exercice (?:fiscal |clos en )?|saison ){years}", _years_value),
            (rf"(?:(?:l')?exercice (?:fiscal )?|l'annee |l'an |annee |{phase}){year}", _year_value),
            (r"(?:a (?:peine )?)?il y a (?:a peine |environ |pres d'|plus d'|moins d'|pres de |plus de |moins de )?(?:tout juste )?" + numbers + " " + unit, _ago_value),
            (rf"(?:dans|d'ici(?: a)?) {numbers} {unit}(?! de\b)", _ago_value),
            (r"(?:d'ici |avant |a |en |au )?(?:la |le )?(?:(?:fin|debut|milieu|courant)[ -](?:de |du |d')?)(?:(?:l'|cette )?(?P<unit>annee|mois|trimestre|semestre|semaine|exercice))(?: prochaine?| derniere?)?\b", _relative_value),
            (r"l'(?:annee|exercice) (?:precedente?|d'avant)", _year_before),
            (r"(?:l'an (?:dernier|passe|prochain)|l'(?P<unit>annee) (?:derniere|passee|prochaine))", lambda m, c: str(c.year + _shift(m[0])) if c.year else None),
            (r"(?:(?:cette|ce|cet) (?P<unit>annee|mois|semaine|trimestre|semestre|week-end)(?:-ci)?)\b", _relative_value),
            (r"(?:(?:le|la) )?(?P<unit>mois|semaine|trimestre|semestre|week-end|exercice) (?:derniere?|prochaine?|passee?|precedente?)\b", _relative_value),
            (r"(?:(?:dans|au cours|lors|durant|pendant) (?:de |d')?)?(?:les |des |ces )(?:[a-z0-9]+ )?(?:prochain|dernier)e?e?s? (?:[a-z0-9]+ )?" + unit, _unresolved),
            (r"(?:dans les |au cours des )?[a-z0-9]+ (?:prochain|dernier)e?s (?:ans|annees|mois|semaines|jours)\b", _unresolved),
            (rf"(?:cet |l'|au |a l'|cette )(?P<season>ete|hiver|automne|printemps)\b(?: {year}| (?P<turn>dernier|prochain))", _season_value),
            (r"(?:cet |ce |au (?=printemps))(?P<season>ete|hiver|automne|printemps)\b", _season_value),
            (r"(?:hier|aujourd'hui|demain|avant-hier)(?: (?:soir|matin|apres-midi))?\b", _today_value),
            (rf"{weekday}{turn}\b(?! (?:saint|noir|de paques|gras))", _weekday_value),
            (rf"(?:(?:de|entre) )?{years}", _years_value),
            (year, _year_value),
            (_LONG_AGO, _year_value),
        ]  # fmt: skip
    else:
        turn = r"(?P<turn>)?"
        rel = r"(?P<relyear>last year|next year|this year|the previous year)"
        in_year = rf"(?:,? (?:of |in )?(?:the )?(?:(?:fiscal|financial)(?: year)? )?(?:{year}|{rel}))?"
        nth = r"(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|last)"
        phase = r"(?:(?:early|mid|late|end|beginning|start)[ -](?:of |in )?)"
        unit = r"(?P<unit>years?|months?|weeks?|days?|quarters?|weekends?|fiscal year)\b"
        table = [
            (numeric, _numeric_value),
            (rf"(?:{weekday},? )?{month} (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?: ?(?:-|to|and) ?(?P<to>[0-3]?[0-9]))?(?![0-9]|[.,:][0-9])(?:,? {year})?", _day_value),
            (rf"(?:{weekday},? )?(?:the )?(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?: ?(?:-|to|and) ?(?P<to>[0-3]?[0-9]))?[ -](?:of )?{month}(?:,? {year})?", _day_value),
            (rf"(?:{phase})?{month}(?:-| to | and | through ){to_month}(?:,? {year})?", _month_value),
            (rf"(?:(?P<turn>last|next) )?(?:{phase})?{month}(?:,? (?:of )?(?:{year}|{rel}))?", _month_value),
            (rf"(?:{phase}(?:the )?)?{nth}[ -](?:fiscal[ -])?(?P<part>quarter|half)\b(?!-(?:point|billion|million)){in_year}", _part_value),
            (rf"(?P<nth>[1-4])(?P<part>[qh])[ -]?{short}", _part_value),
            (rf"(?P<part>[qh])(?P<nth>[1-4])(?:[ -](?:of )?(?:fy ?)?'?{short}|'(?P<relyear>)[0-9]{{2}})?(?![0-9a-z])", _part_value),
            (r"(?:(?:the )?(?:early |mid-?|late )?'?)(?P<decade>(?:19|20)?[1-9]0)'?s\b", _decade_value),
            (rf"(?:fiscal|financial)(?: year)? {years}", _years_value),
            (rf"(?:fy ?'?{short}|(?:the )?(?:fiscal|financial)(?: year)? (?:of )?{year.replace('<year>', '<year2>')})", lambda m, c: str(_full_year(m["year"] or m["year2"]))),
            (rf"(?:{phase}){year}", _year_value),
            (rf"(?:about |nearly |almost |over |just )?{numbers} {unit} (?:ago|earlier this)\b", _ago_value),
            (rf"(?:in|within) {numbers} {unit}(?:'s?)? time\b", _ago_value),
            (r"the (?:previous|prior|preceding) year|the year before(?! last)", _year_before),
            (r"(?:the )?(?:end|start|beginning|middle) of (?:the |this )?(?P<unit>year|month|week|quarter|fiscal year)(?! (?:19|20))\b|(?P<end>year[- ]end|month[- ]end)", lambda m, c: _relative_value(m, c) if m["unit"] else _relative_end(m, c)),
            (r"(?:later |earlier )?(?:last|next|this|the previous|the current|the coming) (?P<unit>year|month|week|quarter|weekend|fiscal year)\b(?!'s? (?:time|old))", _relative_value),
            (r"(?:(?:in|over|within|during|for) )?(?:the )?(?:coming|recent|next|past|last|following)(?: [a-z]+| [0-9]+)? (?P<unit>years|months|weeks|days|quarters)\b", _unresolved),
            (rf"(?:this |last |next |the |in |(?P<lead>))(?:(?P<turn>last|next) )?(?P<season>spring|summer|autumn|winter|fall)(?: of)? {year}", _season_value),
            (r"(?:this|(?P<turn>last|next)) (?P<season>spring|summer|autumn|winter|fall)\b", _season_value),
            (r"(?:yesterday|today|tomorrow)\b(?!'s (?:world|generation))", _today_value),
            (rf"(?:(?P<lead>last|next|this) )?{weekday}\b(?! (?:times|night football))", _weekday_value),
            (rf"(?:(?:from|between) )?{years}", _years_value),
            (year, _year_value),
            (_LONG_AGO, _year_value),
        ]  # fmt: skip
    return [(re.compile(pattern), value) for pattern, value in table]


@cache
def _any_rule(lang: str) -> re.Pattern[str]:
    """All rules in one nameless expression: most places where a date may begin hold none."""
    nameless = (re.sub(r"\?P<\w+>", "?:", pattern.pattern).replace("(?P=sep)", "[/.]") for pattern, _ in rules(lang))
    return re.compile("|".join(nameless))


def _relative_end(m: Match, c: Context) -> str | None:
    return str(c.year) if m["end"].startswith("year") and c.year else _calendar(c, "month", 0)


def anchors(lang: str) -> str:
    """The words where a date may begin; digits are anchors of their own."""
    months = [*words.MONTHS[lang], *(s + r"\b" for s in words.SHORT_MONTHS[lang])]
    own = {
        "fr": r"tout debut|debut|mi-|fin|courant|[tqs][1-4]\b|premier|deuxieme|second|troisieme|quatrieme|dernier|annees? [0-9]|"
        r"exercice|saison [0-9]|l'(?:annee|an|exercice|ete|hiver|automne)\b|annee [0-9]|il y a|dans (?:les|un|deux|trois|quatre|cinq|six|dix|[0-9])|"
        r"d'ici|au cours|trimestre|semestre|en (?:fin|debut)|cette (?:annee|semaine)|cet? (?:mois|trimestre|semestre|week-end|ete|hiver|automne|printemps)|"
        r"semaine|mois (?:dern|proch|pass|prec)|week-end|les (?:prochain|dernier)|ces (?:prochain|dernier)|des (?:prochain|dernier)|"
        r"(?:deux|trois|quatre|cinq|six|dix) (?:prochain|dernier)|prochain (?:trimestre|semestre)|"
        r"hier|aujourd'hui|demain|avant-hier|au (?:printemps)|entre (?=(?:19|20)[0-9]{2})|de (?=(?:19|20)[0-9]{2})",
        "en": r"early|mid-?|late|end|beginning|start|first|second|third|fourth|[qh][1-4]\b|fy ?'?[0-9]|fiscal|financial year|"
        r"last|next|this|later this|earlier this|the (?:end|start|beginning|coming|next|past|last|previous|prior|preceding|year before|current|fiscal|[0-9]{2})|"
        r"in (?:the (?:coming|next|past|last|recent)|recent)|in (?:[a-z]+|[0-9]{1,2}) (?:year|month|week|day)s?(?:'s?)? time\b|over the|within|recent|(?:year|month)[- ]end|yesterday|today|tomorrow|"
        r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten) (?:year|month|week|day)s? ago|spring|summer|autumn|winter|"
        r"from (?=(?:19|20)[0-9]{2})|between (?=(?:19|20)[0-9]{2})",
    }[lang]
    return rf"(?=(?P<date>(?:{'|'.join([*words.WEEKDAYS[lang], *months])})(?![a-z])|{own}))"


_NOT_A_YEAR = {
    lang: re.compile(
        r" ?(?:%|€|\$|£|¥)| ?-?(?:pour cent|per ?cent|euros?|dollars?|yens?|yuans?|livres|pounds|fois|times|points?|"
        r"mill\w+|bill\w+|km|m2|" + "|".join((words.PEOPLE[lang] + " " + words.THINGS[lang]).split()) + r")\b"
    )
    for lang in words.LANGS
}
_MAY = re.compile(
    r"\b(?:in|on|last|next|since|by|early|late|mid|until|till|of|from|to|and|between|for|through|this|before|after|during|as of)[ -]$"
)


def date_at(
    flat: Flat, lang: str, reference: Reference | None, pos: int
) -> tuple[int, int, str | None, str | None] | None:
    """(start, end, value, note) of the date that begins at a place; null where none does."""
    low = flat.low
    before = low[pos - 1 : pos]
    digit, after_digit = low[pos].isdigit(), low[pos - 2 : pos - 1].isdigit()
    if before.isalnum() or (before and digit and before in "/#_.$£€¥-"):
        return None
    if (before == "," and after_digit) or (before == "-" and after_digit and not digit):  # « 1,12 », « 11-Septembre »
        return None
    if not _any_rule(lang).match(low, pos):
        return None
    for pattern, resolve in rules(lang):
        match = pattern.match(low, pos)
        if match and match.end() > match.start() and _is_date(flat, lang, match, resolve):
            context = Context(
                lang, reference, re.split(r"[.!?;\n]", low[max(0, pos - 80) : pos])[-1], _over(low, match.end())
            )
            return match.start(), match.end(), resolve(match, context), _weekday_note(match, resolve, lang, context)
    return None


def _is_date(flat: Flat, lang: str, match: Match, resolve: Callable) -> bool:
    """Whether it is a date and not a number, a name or a verb that looks like one."""
    low, start, end = flat.low, match.start(), match.end()
    after = low[end : end + 1]
    if after.isalnum() or (after == "-" and low[end + 1 : end + 2].isdigit()):
        return False
    if resolve in (_year_value, _years_value) and low[start].isdigit():
        led = re.compile(r"([A-Za-z]+)[ -]$").search(flat.cased, max(0, start - 20), start)
        if led and led[1].lower() in words.NUMBERED - {"category", "no", "rue", "round", "top", "office", "lot"}:
            return False
        return not _NOT_A_YEAR[lang].match(low, end)
    if resolve is _day_value and not 1 <= int((re.match("[0-9]+", match["day"]) or [1])[0]) <= 31:
        return False
    if lang == "en" and resolve in (_day_value, _month_value):
        name = match["month"]
        if not flat.cased[match.start("month")].isupper():
            return False
        if (
            resolve is _month_value
            and name in {"may", "march", "mar", "jan", "dec", "sep", "april", "june", "august"}
            and match[0] == name
        ):
            words_before = low[max(0, start - 10) : start]
            return bool(_MAY.search(words_before)) or (
                name in {"april", "june", "august"} and not flat.cased[end : end + 2].strip()[:1].isupper()
            )
    if (
        lang == "fr"
        and resolve is _month_value
        and match[0] in {"mars", "mar", "oct", "dec", "avr", "nov", "sept", "mai"}
    ):
        words_before = low[max(0, start - 12) : start]
        return (
            bool(re.search(r"(?:\b(?:en|de|depuis|fin|debut|mi|jusqu'en|a|et|des|le|ce|au)[ -]|d')$", words_before))
            and match[0] in words.MONTHS["fr"]
        )
    if lang == "en" and resolve is _weekday_value:
        words_before = low[max(0, start - 8) : start]
        return flat.cased[match.start("weekday")].isupper() and not words_before.endswith(
            ("black ", "cyber ", "super ", "good ")
        )
    if resolve is _part_value and match["nth"].isdigit() and match["part"] in tuple("tqsh"):
        return flat.cased[match.start("part")].isupper()
    return True


def _weekday_note(match: Match, resolve: Callable, lang: str, context: Context) -> str | None:
    """Say so where the weekday contradicts the day: « vendredi 12/06/2025 » was a Thursday."""
    found = match.groupdict().get("weekday")
    if not found or resolve is _weekday_value:
        return None
    value = resolve(match, context)
    if not value or "/" in value:
        return None
    real = words.WEEKDAYS[lang][date.fromisoformat(value).weekday()]
    return None if real == found else f"the text says {found}, the day was {real}"
