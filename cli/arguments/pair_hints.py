"""The command line that was meant by words that are not of the form option=value, or that name an unknown option."""

import re
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from cli.arguments import entry_hints
from cli.arguments.completion import entry_names
from cli.arguments.option_owners import of_others
from cli.output.secret_words import HIDDEN, names_secret, without_secrets

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity, Option

ASKED = "-"  # the value of a secret that is asked for
YES, NO = ("y", "yes", "true", "on", "1"), ("n", "no", "false", "off", "0")
MEMBER = ("member", "agent", "user")  # of an in-group, in place of its name
SMALL = ("to", "in", "on", "from", "of", "as", "for", "queue")


class MeantLines(NamedTuple):
    """Command lines, without `warmline`, that words may mean, and the words that are not in them."""

    lines: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def understood(entity: "Entity", command: str, name: str, words: Sequence[str]) -> MeantLines:
    """Return the command lines that these words of `KIND COMMAND NAME` may mean; none if unclear.

    A secret is `-` in them. A line that creates what a value names comes first.
    """
    if entity.kind == "ingroup" and name.lower() in MEMBER:
        plain = [one for one in words if one.lower() not in SMALL and "=" not in one]
        user, ingroup = (*plain, "USER", "INGROUP")[:2] if len(plain) != 1 else (plain[0], "INGROUP")
        return MeantLines(
            (f"agent show {shlex.quote(user)}", shlex.join(("agent", "set", user, f"ingroups={ingroup},OTHERS")))
        )
    hours = next(
        (one for one in words if entity.kind == entry_hints.CALL_TIME and entry_hints.HOURS.fullmatch(one)), ""
    )
    if hours and name in entry_names("ingroup") and name not in entry_names(entity.kind):
        from warmline.options.option_table import ENTITIES

        return understood(ENTITIES["ingroup"], "set", name, [f"call_time_id={hours}"])
    if hours:
        words = [part for one in words for part in (entry_hints.times(hours) if one == hours else (one,))]
    found, loose = _found(entity, without_secrets(words))
    if name and entity.kind == "holiday" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", name):
        found = {"holiday_date": name} | found
        name = _key(" ".join(loose) or found.get("holiday_name", "")) or "HOLIDAY"
    if wants_secret(entity):  # a bare word may be the password
        loose = [one for one in loose if " " in one or "=" in one]
    unknown = [one for one in loose if "=" in one]
    left = _place(entity, found, [one for one in loose if "=" not in one], whole=command == "create")
    if left and not found:
        return MeantLines()
    if not found and (unknown or command == "set"):
        return MeantLines(of_others(unknown[0]) if unknown else ())
    if command == "create":
        name, found = _of_entry(entity, name, found)
    if command in ("create", "copy"):
        wanted = (one.name for one in entity.options if one.required and one.name not in found and not _is_token(one))
        found |= {one: ASKED if names_secret(one) else HIDDEN for one in wanted}
    before, found = entry_hints.existing(entity, found)
    named = () if entity.only else (name or "NAME",)
    line = shlex.join((entity.kind, command, *named, *(f"{one}={text}" for one, text in found.items())))
    return MeantLines((*before, line), (*unknown, *left))


def _key(label: str) -> str:
    """Return the key of an entry with this label: CHRISTMASDAY for `Christmas Day`."""
    return re.sub("[^A-Z0-9]+", "", label.upper())[:16]


def _of_entry(entity: "Entity", name: str, found: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return the name of a new entry and its options, if the given name is that of the entry to which it belongs.

    `preset create SALES preset_name=Manager` is meant for campaign SALES.
    """
    from warmline.options.values.option_types import Reference

    for option in entity.options:
        type_ = option.type
        if not option.required or option.name in found or not isinstance(type_, Reference):
            continue
        if name in entry_names(type_.entity):
            return _key(found.get(entity.label, "")) or "NAME", {option.name: name} | found
    return name, found


def value_for(option: "Option", text: str) -> str:
    """Return a value as its option has it: `ingroup:SALESLINE` for SALESLINE, `Y` for yes."""
    from warmline.options.route_types import RouteTarget
    from warmline.options.values.option_types import Choice, Secret

    if isinstance(option.type, Secret):
        return ASKED
    if text == HIDDEN:
        return text
    if isinstance(option.type, RouteTarget) and text and ":" not in text and text not in option.type.words:
        return f"{option.type.kinds[0]}:{text}"
    if isinstance(option.type, Choice) and {"Y", "N"} <= set(option.type.values):
        return "Y" if text.lower() in YES else "N" if text.lower() in NO else text
    return text


def _found(entity: "Entity", words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the options that words name, with their values, and the other words."""
    from warmline.options.values.option_words import named_by

    found: dict[str, str] = {}
    loose: list[str] = []
    taken = -1
    for place, word in enumerate(words):
        before, equals, text = word.partition("=")
        plain = before.strip("-").replace("-", "_")
        sure = (plain, *named_by(plain))
        known = next((one for one in sure if one in entity.option_names), option_of(entity, plain) if equals else "")
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


def has_invalid(entity: "Entity", pairs: Sequence[str]) -> bool:
    """Return whether a pair gives an option that exists a value that it cannot have."""
    from warmline.options.option_table import OptionError, check

    known = dict(pair.split("=", 1) for pair in pairs if pair.partition("=")[0] in entity.option_names)
    try:
        check(entity.kind, {name: text for name, text in known.items() if not names_secret(name)})
    except OptionError:
        return True
    return False


def option_of(entity: "Entity", name: str) -> str:
    """Return the option of a kind that a word means; "" if there is none."""
    if name not in entity.option_names and names_secret(name) and (secret := _secret(entity)):
        return secret  # `user-pass` resembles `user_group` more
    return entity.meant(name)


def wants_secret(entity: "Entity") -> bool:
    """Return whether each entry of a kind must have a password."""
    from warmline.options.values.option_types import Secret

    return any(one.required and isinstance(one.type, Secret) and not _is_token(one) for one in entity.options)


def _secret(entity: "Entity") -> str:
    """Return the option of a kind that is a password or a PIN, or an empty text."""
    from warmline.options.values.option_types import Secret

    return next((one.name for one in entity.options if isinstance(one.type, Secret) and not _is_token(one)), "")


def _is_token(option: "Option") -> bool:
    """Return whether Warmline makes the value of an option by itself."""
    from warmline.options.values.option_types import Token

    return isinstance(option.type, Token)


def _place(entity: "Entity", found: dict[str, str], loose: Sequence[str], *, whole: bool) -> list[str]:
    """Give words without an option to the options that are most likely meant; return the words that are left.

    With `whole`, a single word may be the label.
    """
    from warmline.options.values.option_types import Reference

    left = [one for one in loose if one.lower() not in SMALL]
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
    return left


def _is_telling(option: "Option") -> bool:
    """Return whether a value alone tells its option: a route, or what is required."""
    from warmline.options.route_types import RouteTarget
    from warmline.options.values.option_types import Secret

    return (option.required or isinstance(option.type, RouteTarget)) and not isinstance(option.type, Secret)
