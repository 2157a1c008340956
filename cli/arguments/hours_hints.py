"""Opening hours as people write them: `mon-fri 09:00-17:30`, `weekdays 9am-5pm, sat 10-14`, `24/7`."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ALL = frozenset(range(len(DAYS)))
GROUPS = {
    **dict.fromkeys(("weekdays", "weekday", "workdays", "workday", "working", "business"), frozenset(range(5))),
    **dict.fromkeys(("weekends", "weekend"), frozenset((5, 6))),
    **dict.fromkeys(("daily", "everyday", "24/7", "24x7", "7/7", "always"), ALL),
}
CLOSED = 2400  # as the start and the stop of a day
NIGHT = 1200  # before it, a stop without am or pm may mean the afternoon
_TIME = r"(?P<{0}>[0-9]{{1,2}})(?:[:.]?(?P<{0}_minute>[0-9]{{2}}))? ?(?P<{0}_half>[ap]m|h|uhr)?"
_DAY = "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
TOKEN = re.compile(
    rf"(?P<group>{'|'.join(map(re.escape, GROUPS))})\b"
    rf"|(?P<first>{_DAY})\b(?: ?(?:-|to|through|thru|until) ?(?P<last>{_DAY})\b)?"
    rf"|{_TIME.format('start')} ?(?:-|to|until|till) ?{_TIME.format('stop')}\b"
    r"|(?P<from>[0-9]{1,2}:?[0-9]{2}) (?P<till>[0-9]{1,2}:?[0-9]{2})\b"
    r"|(?P<closed>closed)\b"
    r"|(?P<noise>(?:and|at|from|the|on|every|days|day|open|hours)\b|[ ,;:&+/]+)"
)


class _Span(NamedTuple):
    """Days, all of them if none is named, and the time from `start` until `stop`; None if only days are named."""

    days: frozenset[int]
    hours: tuple[int, int] | None


def options(text: str) -> tuple[str, ...]:
    """Return the options of a call time with these hours, as option=value; none if the text is no hours."""
    spans, more = _further(_spans(text))
    if not spans:
        return ()
    named = frozenset(day for span in spans for day in span.days)
    opening = [one for one in spans if one.hours != (CLOSED, CLOSED)]
    usual = max((one for one in opening if one.hours), key=lambda one: len(one.days or ALL), default=None)
    found: list[str] = []
    if usual and usual.hours:
        found = [f"ct_default_start={usual.hours[0]}", f"ct_default_stop={usual.hours[1]}"]
    own = {day: span.hours for span in spans if span is not usual and span.hours for day in span.days}
    everyday = not opening or any(not span.days for span in opening)
    for day, name in enumerate(DAYS):
        closed = (CLOSED, CLOSED) if named and not everyday and day not in named else None
        if hours := own.get(day, closed):
            found += [f"ct_{name}_start={hours[0]}", f"ct_{name}_stop={hours[1]}"]
    return (*found, f"ct_more_hours={','.join(more)}") if more else tuple(found)


def _further(spans: list[_Span]) -> tuple[list[_Span], list[str]]:
    """Return the first hours of each day, and the further ones as items of ct_more_hours.

    Times without a day belong to the days before them: `mon-fri 9-12, 13-17`.
    """
    first: list[_Span] = []
    more: list[str] = []
    days: frozenset[int] = frozenset()
    shut = frozenset(day for span in spans if span.hours == (CLOSED, CLOSED) for day in span.days)
    for span in spans if all(one.hours for one in spans) else ():
        days = span.days or days
        opened = [one for one in first if one.hours != (CLOSED, CLOSED)]
        known = frozenset(day for one in opened for day in one.days)
        if opened and span.hours and span.hours != (CLOSED, CLOSED) and days <= known:
            start, stop = span.hours
            more += [f"{DAYS[day]}:{start:04d}-{stop:04d}" for day in sorted((days or ALL) - shut)]
        else:
            first.append(span)
    return first or spans, more


def days_of(word: str) -> tuple[str, ...]:
    """Return the days that a word such as `sat` or `weekend` names; none if it names none."""
    token = TOKEN.fullmatch(word.lower())
    return tuple(DAYS[place] for place in sorted(_days(token))) if token and is_day(word) else ()


def is_day(word: str) -> bool:
    """Return whether a word is a day, or a row of days such as `mon-fri`."""
    token = TOKEN.fullmatch(word.lower())
    return bool(token and (token["group"] or token["first"]))


def of_day(word: str) -> tuple[str, ...]:
    """Return `saturday=10-14` as the options of that day alone."""
    day, equals, text = word.partition("=")
    made = options(f"{day.strip('-')} {text}") if equals and "_" not in day else ()
    times = [one.partition("=")[2] for one in made[:2]]
    named = days_of(day.strip("-")) if len(times) == 2 else ()
    return tuple(f"ct_{one}_{end}={times[end == 'stop']}" for one in named for end in ("start", "stop")) or (word,)


def parts(words: Sequence[str]) -> list[str]:
    """Return the words that belong to opening hours: days, times and what joins them; none without a day or time."""
    found = [word for word in words if _is_part(word)]
    return found if options(" ".join(found)) else []


def _is_part(word: str) -> bool:
    text = word.strip().lower()
    if re.fullmatch(r"to|until|till|-|[0-9]{1,2}(?:[:.]?[0-9]{2})?(?:[ap]m|h)?", text):
        return True
    return any(one.lastgroup for one in _tokens(text))


def _tokens(text: str) -> list[re.Match[str]]:
    """Return the parts of a text; none if it has another word."""
    found: list[re.Match[str]] = []
    place = 0
    while place < len(text):
        token = TOKEN.match(text, place)
        if not token:
            return []
        found.append(token)
        place = token.end()
    return found


def _spans(text: str) -> list[_Span]:
    """Return the days with their times; none if the text is no hours."""
    plain = re.sub(r"[\u2010-\u2015]", "-", " ".join(text.lower().split()))
    plain = re.sub(r"(?<![0-9])24 ?h(ours)?\b", "0-24", plain)
    days: frozenset[int] = frozenset()
    spans: list[_Span] = []
    for token in _tokens(plain):
        if token["group"] or token["first"]:
            days |= _days(token)
        elif not token["noise"]:
            hours = (CLOSED, CLOSED) if token["closed"] else _hours(token)
            if not hours:
                return []
            spans.append(_Span(days, hours))
            days = frozenset()
    if days and len(spans) == 1 and not spans[0].days:  # `9-17 mon-fri`
        return [_Span(days, spans[0].hours)]
    return [*spans, _Span(days, (0, CLOSED) if days == ALL else None)] if days else spans


def _days(token: re.Match[str]) -> frozenset[int]:
    if token["group"]:
        return GROUPS[token["group"]]
    first, last = (_number(token[name] or token["first"]) for name in ("first", "last"))
    return frozenset((first + one) % len(DAYS) for one in range((last - first) % len(DAYS) + 1))


def _number(name: str) -> int:
    return next(place for place, day in enumerate(DAYS) if day.startswith(name[:3]))


def _hours(token: re.Match[str]) -> tuple[int, int] | None:
    """Return the start and the stop as a call time has them, such as 900 and 1730; None if one is no time of day."""
    if token["from"]:
        times = [int(token[name].replace(":", "")) for name in ("from", "till")]
        halves = ["h", "h"]
    else:
        times = [int(token[name]) * 100 + int(token[f"{name}_minute"] or 0) for name in ("start", "stop")]
        halves = [token[f"{name}_half"] or "" for name in ("start", "stop")]
    start, stop = _of_halves(times, halves)
    stop = stop or CLOSED
    return (start, stop) if all(_is_time(one) for one in (start, stop)) else None


def _of_halves(times: list[int], halves: list[str]) -> Iterator[int]:
    """Yield both times in 24 hours: `9-5` and `9-5pm` end in the afternoon, `1-5pm` begins there."""
    start, stop = (_in_24(time, half) for time, half in zip(times, halves, strict=True))
    if halves == ["", "pm"] and start + NIGHT < stop:
        start += NIGHT
    if halves == ["", ""] and stop <= start < NIGHT and stop <= NIGHT:
        stop += NIGHT
    yield from (start, stop)


def _in_24(time: int, half: str) -> int:
    return time % NIGHT + (NIGHT if half == "pm" else 0) if half in ("am", "pm") else time


def _is_time(time: int) -> bool:
    return time <= CLOSED and time % 100 < 60
