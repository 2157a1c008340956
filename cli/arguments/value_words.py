"""Values in the words of other programs: the value of an option that they mean."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warmline.options.values.entity import Option
    from warmline.options.values.option_types import Number, Type

YES = ("y", "yes", "true", "on", "1", "enabled", "enable", "active", "always")
NO = ("n", "no", "false", "off", "0", "disabled", "disable", "inactive", "never", "none")
NOTHING = ("none", "null", "nil", "nothing", "no", "off", "-", "empty")
TECHNOLOGY = re.compile(r"(?:pjsip|sip|iax2|local|dahdi)/([^/@]+).*", re.IGNORECASE)
# Values → words for them, in the language of queues, PBXs and VICIdial; the first value that a type has is meant.
ROWS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("longest_wait_time",),
        "longest_idle longest_idle_agent idle most_idle longest_waiting longest_available lru leastrecent "
        "least_recent least_recently_used fifo linear rrordered round_robin roundrobin rrmemory rr_memory rotary "
        "circular",
    ),
    (("fewest_calls", "fewest_calls_campaign"), "least_calls fewestcalls fewest least_busy"),
    (("random",), "rand wrandom weighted_random shuffle"),
    (("ring_all",), "ringall all everyone simultaneous simultaneously"),
    (("inbound_group_rank", "campaign_rank"), "rank ranks penalty priority by_rank top_down"),
    (("overall_user_level",), "level user_level skill skills skill_level skill_based"),
    (("ingroup_grade_random", "campaign_grade_random"), "grade grades weight weighted"),
    (("ALLCALLS", "ALL_CALLS"), "all always every on yes y true enabled record both automatic auto"),
    (("NEVER", "DISABLED"), "off no n false never none disabled"),
    (("ONDEMAND",), "demand manual manually on_demand agent by_agent"),
    (("ALLFORCE",), "force forced"),
    (("on_hook",), "onhook ring dynamic"),
    (("nailed_up",), "nailedup offhook off_hook persistent static"),
    (("PREDICTIVE",), "adaptive adapt predict"),
    (("PROGRESSIVE",), "power progress"),
    (("MANUAL",), "preview off none click"),
    (("MESSAGE",), "announce announcement play playback prompt"),
    (("HANGUP", "hangup"), "hang_up disconnect drop busy"),
    (("INGROUP", "IN_GROUP"), "queue in_group overflow"),
    (("EXTENSION",), "exten number forward"),
    (("VOICEMAIL",), "vm mailbox mail"),
    (("CALLMENU",), "ivr menu"),
    (("admin",), "administrator root superuser owner"),
    (("supervisor",), "teamlead team_lead lead monitor"),
    (("agent",), "operator user"),
    (("YES",), "y true on paid"),
    (("NO",), "n false off unpaid"),
    (("ALL", "ALL_FUNCTIONS"), "* any everything full admin"),
    (("INBOUND",), "in incoming"),
    (("OUTBOUND",), "out outgoing"),
    (("DOWN",), "asc ascending oldest oldest_first fifo"),
    (("UP",), "desc descending newest newest_first lifo"),
    (("PRESS_CID_CALLBACK", "CALLERID_CALLBACK"), "callback call_back yes y on true"),
    (("mute",), "pause silence hold"),
    (("unmute",), "resume unpause unsilence continue"),
    (("start",), "on begin yes"),
    (("stop",), "off end no"),
    (("RANDOM",), "rand shuffle"),
)
# Words for the kinds of destinations.
DESTINATIONS = {
    **dict.fromkeys(("queue", "in-group", "group", "inbound-group", "skill"), "ingroup"),
    **dict.fromkeys(("exten", "number", "phone"), "extension"),
    **dict.fromkeys(("ivr", "menu", "context"), "callmenu"),
    "vm": "voicemail",
    "mailbox": "voicemail",
    "user": "agent",
}
SOUND = re.compile(r"\.(wav|wav49|gsm|ulaw|alaw|sln|sln16|g722|g729|mp3|ogg|opus)(?=\||$)", re.IGNORECASE)
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
UNITS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([a-z%]*)")
LONG = 1440  # minutes; a larger number without a unit is one of seconds
NEAR = 0.6  # similarity of a misspelled value: 1 is equal


def value_for(option: "Option", text: str) -> str | None:
    """Return the value of an option that a text means: `longest_wait_time` for longest-idle; None if it means none."""
    from warmline.options.values.option_types import TimeOfDay

    type_ = option.type
    text = without_ending(option, text)
    if isinstance(type_, TimeOfDay) and re.fullmatch("0?[1-9]|1[0-9]|2[0-4]", text):
        text = f"{int(text)}00"  # an hour; 9 alone would be nine minutes past midnight
    if _fits(type_, text, option.required):
        return text
    emptied = text.strip() and text.strip().lower() not in NOTHING  # nothing is not what `NA` means
    others = (one for one in _others(option, text.strip()) if one or not emptied)
    return next((one for one in others if _fits(type_, one, option.required)), None)


def without_ending(option: "Option", text: str) -> str:
    """Return the names of sound files without their endings, which Asterisk adds by itself; another value as it is."""
    from warmline.options.values.option_forms import SOUNDS

    return SOUND.sub("", text) if option.type in SOUNDS else text


def switched_on(option: "Option") -> str | None:
    """Return the value that switches an option on, for `--billable` without a value; None if it has no such value."""
    from warmline.options.values.option_types import Choice

    return value_for(option, "yes") if isinstance(option.type, Choice) else None


def of_words(values: tuple[str, ...], text: str) -> str:
    """Return the value among a few words that another word means: `mute` for pause; "" if it means none."""
    return next((one for one in _of_choice(values, text) if one in values), "")


def plain_name(text: str) -> str:
    """Return a name without a technology: 1005 for PJSIP/1005."""
    found = TECHNOLOGY.fullmatch(text)
    return found[1] if found else text


def _fits(type_: "Type", text: str, required: bool) -> bool:
    """Return whether a type accepts a text, and names in it are valid for their kinds."""
    from warmline.options.option_table import OptionError, check_name
    from warmline.options.references import references

    try:
        value = type_.parse(text)
        for kind, name in references(type_, value):
            check_name(kind, name)
    except (ValueError, OptionError):
        return False
    return not required or bool(value)


def _others(option: "Option", text: str) -> Iterator[str]:
    """Yield other forms of a text, the most likely first."""
    type_ = option.type
    from warmline.options.route_types import RouteTarget
    from warmline.options.values.option_types import (
        Addresses,
        Choice,
        Date,
        Number,
        Reference,
        References,
        Texts,
        TimeOfDay,
        Url,
        Words,
        Zone,
    )  # fmt: skip

    match type_:
        case Choice():
            yield from _of_choice(type_.values, text)
        case TimeOfDay():
            yield from _times(text)
        case Number():
            yield from _amounts(type_, text)
        case Reference():
            yield plain_name(text)
            if text.lower() in NOTHING:
                yield type_.none or ""
        case References():
            yield ",".join(map(plain_name, re.split(r"[,;|\s]+", text)))
            yield "" if text.lower() in NOTHING else text
        case Words(values):
            items = [one for one in re.split(r"[,;|\s]+", text) if one]
            near = not any(":" in one for one in values)  # a similar right is another right
            yield ",".join(next(_of_choice(values, one, near=near), one) for one in items)
        case Texts() if ":" in str(option.default):
            yield from _rated(option, text)
        case Texts() | Addresses():
            yield ",".join(filter(None, re.split(r"[,;|\s]+", text)))
            yield ",".join(re.sub(r"[^0-9+*#,]", "", one) for one in re.split(r"[,;|]+", text))
        case RouteTarget():
            yield from _routes(type_, text)
        case Zone():
            yield from _zones(text)
        case Date():
            yield from _dates(text)
        case Url():
            yield f"https://{text}"
        case _:
            yield from _texts(text)


def _of_choice(values: tuple[str, ...], text: str, *, near: bool = True) -> Iterator[str]:
    """Yield the values of a choice that a word may mean, and with `near` the one that is spelled similarly."""
    from warmline.options.values.option_types import nearest_word

    word = _squeezed(text)
    yield from (one for one in values if _squeezed(one) == word)
    if {"Y", "N"} <= set(values):
        yield from ("Y",) * (text.lower() in YES) + ("N",) * (text.lower() in NO)
    yield from (one for names, words in ROWS if word in map(_squeezed, words.split()) for one in names if one in values)
    if near and (similar := nearest_word(text.replace("-", "_").replace(" ", "_"), values, NEAR)):
        yield similar


def _amounts(type_: "Number", text: str) -> Iterator[str]:
    """Yield the number of a text in the unit of its type: 120 for 2m, if that is seconds."""
    found = AMOUNT.fullmatch(text.lower())
    if text.lower() in (*NO, *NOTHING):
        yield "0"
    if not found:
        return
    number, unit = float(found[1]), found[2]
    factor = UNITS.get(type_.unit)
    if factor and unit[:1] in SECONDS and (unit not in ("m", "month", "months") or factor <= UNITS["minutes"]):
        number *= SECONDS[unit[:1]] / factor
    if number == int(number):
        yield str(int(number))


def _times(text: str) -> Iterator[str]:
    """Yield a time of day as a number: 1700 for 5pm."""
    if found := re.fullmatch(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? ?([ap]m|h|uhr)?", text.lower()):
        hour = int(found[1])
        if found[3] in ("am", "pm"):
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        yield str(hour * 100 + int(found[2] or 0))
    if text.lower() in ("closed", "none", "off"):
        yield "2400"


def _rated(option: "Option", text: str) -> Iterator[str]:
    """Yield `NA:60:3` for NA, and `NA:120:3` for NA:2h and `NA 7200`: what is not said is as in the default."""
    assert isinstance(option.default, tuple)
    usual = {str(one).partition(":")[0]: str(one).split(":") for one in option.default}
    done: list[str] = []
    for item in re.split(r"[,;]\s*", text):
        code, *parts = re.split(r"[:=\s]+", item)
        base = usual.get(code.upper(), next(iter(usual.values()), []))
        found = AMOUNT.fullmatch(parts[0].lower()) if parts else None
        if found:
            unit = SECONDS.get(found[2][:1], 1 if not found[2] and float(found[1]) > LONG else SECONDS["m"])
            parts[0] = str(max(1, round(float(found[1]) * unit / SECONDS["m"])))
        done.append(":".join((code.upper(), *parts, *base[len(parts) + 1 :])))
    yield ",".join(done)


def _routes(type_: "Type", text: str) -> Iterator[str]:
    """Yield the destination that a name or a pair in other words means: `ingroup:SALESLINE` for queue/SALESLINE."""
    from cli.arguments.completion import entry_names
    from warmline.options.route_types import RouteTarget

    assert isinstance(type_, RouteTarget)
    kind, sign, name = next((text.partition(one) for one in (":", "/", " ") if one in text), (text, "", ""))
    kind = DESTINATIONS.get(kind.lower(), kind.lower())
    if sign and name:
        yield f"{kind}:{name}"
    plain = plain_name(text)
    if not sign and plain in entry_names("agent") and plain not in entry_names("ingroup"):
        yield f"agent:{plain}"
    if re.fullmatch(r"\+?[0-9]{2,}", plain) and plain not in entry_names("ingroup"):
        yield f"extension:{plain}"
    if text.lower() in ("hang up", "hang-up", "busy", "drop", "reject"):
        yield "hangup"
    yield f"{type_.kinds[0]}:{plain}"


def _zones(text: str) -> Iterator[str]:
    """Yield the time zone of a city, or the one that is spelled similarly."""
    from zoneinfo import available_timezones

    from warmline.options.values.option_types import nearest_word

    known = sorted(available_timezones(), key=lambda one: (not one.startswith("Europe/"), one))
    plain = text.lower().replace(" ", "_")
    yield from (one for one in known if one.lower() == plain or one.lower().endswith(f"/{plain}"))
    yield nearest_word(text, known)


def _dates(text: str) -> Iterator[str]:
    """Yield a day as 2026-12-25 for 25.12.2026, 2026/12/25 and 20261225."""
    forms = (
        (r"(?P<d>[0-9]{1,2})(?:\. ?|-)(?P<m>[0-9]{1,2})(?:\. ?|-)(?P<y>[0-9]{4})"),
        (r"(?P<y>[0-9]{4})[/.]?(?P<m>[0-9]{2})[/.]?(?P<d>[0-9]{2})"),
        (r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})"),
    )
    for form in forms:
        if found := re.fullmatch(form, text):
            try:
                yield date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                continue


def _texts(text: str) -> Iterator[str]:
    """Yield a text without the signs that people put into numbers, and in capital letters."""
    if re.fullmatch(r"[0-9+*# ()/.-]+", text):
        yield re.sub(r"[^0-9+*#]", "", text)
    if found := re.fullmatch(r"([0-9.]+)(?: ?x|:1)", text.lower()):  # a dial level such as 1.5x and 3:1
        yield found[1]
    if found := re.fullmatch(r"1:([0-9.]+)", text):
        yield found[1]
    if found := re.fullmatch(r"([0-9.]+) ?(?:%|percent|pct)", text.lower()):
        yield found[1]
    if re.fullmatch(r"[0-9]+\.[0-9]{2,}", text):
        yield f"{float(text):.1f}"
    yield text.upper()
    yield text.replace(" ", "_")
    yield plain_name(text)


def _squeezed(word: str) -> str:
    return re.sub(r"[\s_-]", "", word.lower())
