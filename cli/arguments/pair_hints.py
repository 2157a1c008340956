"""The command line that was meant by words that are not of the form option=value, or that name an unknown option."""

import re
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.output.secret_words import HIDDEN, names_secret, without_secrets

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity, Option

ASKED = "-"  # the value of a secret that is asked for
YES, NO = ("y", "yes", "true", "on", "1"), ("n", "no", "false", "off", "0")
HOURS = re.compile(
    r"(?P<days>[a-z]{3,9}(-[a-z]{3,9})?[ ,]+)?([0-9]{1,2}):?([0-9]{2})?\s*-\s*([0-9]{1,2}):?([0-9]{2})?", re.IGNORECASE
)
CALL_TIME = "call_time_id"
MEMBER = ("member", "agent", "user")  # of an in-group, in place of its name
SMALL = ("to", "in", "on", "from", "of", "as", "for", "queue")


def lines(entity: "Entity", command: str, name: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the command lines, without `warmline`, that these words of `KIND COMMAND NAME` may mean; none if unclear.

    A secret is `-` in them.
    """
    if entity.kind == "ingroup" and name.lower() in MEMBER:
        plain = [one for one in words if one.lower() not in SMALL and "=" not in one]
        user, ingroup = (*plain, "USER", "INGROUP")[:2] if len(plain) != 1 else (plain[0], "INGROUP")
        return (f"agent show {shlex.quote(user)}", shlex.join(("agent", "set", user, f"ingroups={ingroup},OTHERS")))
    found, loose = _found(entity, without_secrets(words))
    if hours := HOURS.fullmatch(found.get(CALL_TIME, "")):
        return _of_hours(shlex.join((entity.kind, command, name, f"{CALL_TIME}=OFFICE")), hours)
    if name and entity.kind == "holiday" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", name):
        found = {"holiday_date": name} | found
        name = re.sub("[^A-Z0-9]+", "", " ".join(loose).upper())[:16] or "HOLIDAY"
    if wants_secret(entity):  # a bare word may be the password
        loose = [one for one in loose if " " in one or "=" in one]
    if loose and not _place(entity, found, loose, whole=command == "create"):
        return ()
    if not found and command == "set":
        return ()
    if command in ("create", "copy"):
        wanted = (one.name for one in entity.options if one.required and one.name not in found)
        found |= {one: ASKED if names_secret(one) else HIDDEN for one in wanted}
    named = () if entity.only else (name,)
    return (shlex.join((entity.kind, command, *named, *(f"{one}={text}" for one, text in found.items()))),)


def value_for(option: "Option", text: str) -> str:
    """Return a value as its option has it: `ingroup:SALESLINE` for SALESLINE, `Y` for yes."""
    from warmline.options.route_types import RouteTarget
    from warmline.options.values.option_types import Choice, Secret

    if isinstance(option.type, Secret):
        return ASKED
    if isinstance(option.type, RouteTarget) and text and ":" not in text and text not in option.type.words:
        return f"{option.type.kinds[0]}:{text}"
    if isinstance(option.type, Choice) and {"Y", "N"} <= set(option.type.values):
        return "Y" if text.lower() in YES else "N" if text.lower() in NO else text
    return text


def _found(entity: "Entity", words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the options that words name, with their values, and the other words."""
    from warmline.options.values.entity import WORDS

    found: dict[str, str] = {}
    loose: list[str] = []
    taken = -1
    for place, word in enumerate(words):
        before, equals, text = word.partition("=")
        plain = before.strip("-").replace("-", "_")
        sure = (plain, *WORDS.get(plain.lower(), ()))
        known = next((one for one in sure if one in entity.option_names), entity.meant(plain) if equals else "")
        if place == taken:
            continue
        if known and not equals:
            value = [one for one in words[place + 1 : place + 2] if "=" not in one]
            text = value[0] if value else HIDDEN
            taken = place + 1 if value else taken
        if known:
            found[known] = value_for(entity.option(known), text)
        else:
            loose.append(word)
    return found, loose


def wants_secret(entity: "Entity") -> bool:
    """Return whether each entry of a kind must have a password."""
    from warmline.options.values.option_types import Secret

    return any(one.required and isinstance(one.type, Secret) for one in entity.options)


def _place(entity: "Entity", found: dict[str, str], loose: Sequence[str], *, whole: bool) -> bool:
    """Give words without an option to the options that are most likely meant; return whether all have one.

    With `whole`, a single word may be the label.
    """
    from warmline.options.values.option_types import Reference

    left = [one for one in loose if one.lower() not in SMALL]
    if any("=" in one for one in left):
        return False
    likely = [one for one in entity.options if one.name not in found and one.name != entity.label and _is_telling(one)]
    likely.sort(key=lambda one: isinstance(one.type, Reference))  # any word may be a name
    for word in tuple(left):
        for option in likely:
            try:
                option.type.parse(text := value_for(option, word))
            except ValueError:
                continue
            found[option.name] = text
            likely.remove(option)
            left.remove(word)
            break
    if left and entity.label not in ("", *found) and (whole or " " in " ".join(left)):
        found[entity.label] = " ".join(left)
        left = []
    return not left


def _is_telling(option: "Option") -> bool:
    """Return whether a value alone tells its option: a route, or what is required."""
    from warmline.options.route_types import RouteTarget
    from warmline.options.values.option_types import Secret

    return (option.required or isinstance(option.type, RouteTarget)) and not isinstance(option.type, Secret)


def _of_hours(line: str, hours: re.Match[str]) -> tuple[str, ...]:
    """Return the lines that make a call time of such hours, and use it."""
    start, stop = (int(f"{hours[at]}{hours[at + 1] or '00'}") for at in (3, 5))
    closed = [f"ct_{day}_{end}=2400" for day in ("saturday", "sunday") for end in ("start", "stop")]
    weekend = closed if re.match("mon(day)?-fri", hours["days"] or "", re.IGNORECASE) else []
    times = (f"ct_default_start={start}", f"ct_default_stop={stop}", *weekend)
    return shlex.join(("call-time", "create", "OFFICE", *times)), line
