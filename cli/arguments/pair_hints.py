"""The command line that was meant by words that are not of the form option=value, or that name an unknown option."""

import re
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from cli.arguments import (  # fmt: skip
    agent_half,
    companion_hints,
    effect_notes,
    entry_hints,
    entry_owners,
    free_words,
    hours_hints,
    text_files,
    value_words,
)
from cli.arguments.completion import entry_names
from cli.arguments.option_owners import of_others
from cli.output.secret_words import HIDDEN, names_secret, without_secrets

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity, Option

ASKED = "-"  # the value of a secret that is asked for
# Words for the name of an entry, if it is given like an option; `name` is one if the kind has no label.
KEYS = ("id", "key", "name", "code", "user", "username", "login", "number", "exten", "extension", "for", "app")
HOURS = ("hours", "hour", "time", "times", "days", "day", "open", "opening_hours", "schedule", "week")
ROUTES = ("agent", "phone", "extension", "exten", "voicemail", "vm", "mailbox", "ivr", "menu", "callmenu")
ALONE = ("api-token", "api-user", "trunk", "phone")  # kinds whose options no other kind has
LISTED = ("caller_ids", "entries")  # options with a list of numbers
LISTS = re.compile(r"\+?[0-9]{4,}(,\+?[0-9]{4,})*")
NUMBER = re.compile(r"\+?[0-9]{3,}")


class MeantLines(NamedTuple):
    """Command lines, without `warmline`, that words may mean, and the words that are not in them.

    `refused` has the pairs whose values are not allowed, each with the values that are. `note` is a sentence about the
    lines, or "". `kind` is that of the entry. `unclear` is a sentence about why there are no lines, or "".
    """

    lines: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    note: str = ""
    kind: str = ""
    unclear: str = ""

    @property
    def remarks(self) -> str:
        """The lines of a message about what is not in the lines to copy, or is otherwise than typed; "" if all is."""
        told = f"\nLeft out: {' '.join(self.left_out)}; {self.kind} has no such option." if self.left_out else ""
        told += "".join(f"\nLeft out: {one}" for one in self.refused)
        return told + (f"\n{self.note}" if self.note else "")


def understood(entity: "Entity", command: str, name: str, words: Sequence[str]) -> MeantLines:
    """Return the command lines that these words of `KIND COMMAND NAME` may mean; none if unclear.

    A secret is `-` in them. A line that creates what a value names comes first.
    """
    from warmline.options.option_table import ENTITIES

    command, name, plain = text_files.in_words(entity, command, name, without_secrets(words))
    if another := free_words.of_another(entity, command, name, plain):
        return MeantLines(another)
    hours = _hours_in(entity, plain)
    if hours and name in entry_names("ingroup") and name not in entry_names(entity.kind):
        made = understood(ENTITIES["ingroup"], "set", name, [f"call_time_id={' '.join(map(_value, hours))}"])
        more, _ = _allowed(entity, _found(entity, [one for one in plain if one not in hours])[0])
        pairs = shlex.join(f"{one}={text}" for one, text in more.items())
        begun = f"{entity.kind} create "
        lines = (f"{one} {pairs}".strip() if one.startswith(begun) else one for one in made.lines)
        return made._replace(lines=tuple(lines))
    if hours:
        command = "create" if command == "set" and entry_hints.is_new(entity.kind, name) else command
        plain = [one for one in plain if one not in hours]
        plain += hours_hints.options(" ".join(map(_value, hours)))
    if entity.kind == entry_hints.CALL_TIME:
        plain = [part for one in plain for part in hours_hints.of_day(one)]
    name, plain = _named(entity, name, companion_hints.with_overflow(entity, plain))
    found, loose = _found(entity, plain)
    if name and entity.kind == "holiday" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", name):
        opening, loose = free_words.open_hours(loose)
        found = {"holiday_date": name} | found | opening
        name = (
            entry_hints.key(" ".join(one for one in loose if "=" not in one) or found.get("holiday_name", ""))
            or "HOLIDAY"
        )
        name = entry_hints.free_name(entry_names(entity.kind), name)
    if wants_secret(entity):  # a bare word may be the password
        loose = [one for one in loose if " " in one or "=" in one]
    loose = _with_hours(entity, found, loose)
    if command == "create" and (owner := free_words.code_in(entity, name, loose))[1]:
        found, loose, name = found | {owner[0]: name}, [one for one in loose if one != owner[1]], owner[1]
    if command == "create" and (said := free_words.too_long(entity, name)):
        _place(entity, found, [one for one in loose if "=" not in one], whole=True)
        return MeantLines(unclear=free_words.with_options(said, _allowed(entity, found)[0]))
    limits, unknown = effect_notes.time_limit(entity, [one for one in loose if "=" in one])
    found, limit = found | limits, effect_notes.of_limit(entity, name, unknown)
    left = _place(entity, found, [one for one in loose if "=" not in one], whole=command == "create")
    for_agent = agent_half.options_in(unknown) if (command, entity.kind) == ("create", "user") else []
    others = {
        one: () if one in for_agent else _of_others(entity, name, one, owned=bool(found) and command != "create")
        for one in unknown
    }
    elsewhere = tuple(line for lines in others.values() for line in lines)
    if left:
        return MeantLines(unclear=free_words.not_understood(entity, left))
    is_new = command == "create" and (elsewhere or unknown == for_agent or entity.kind in ("api-token", "user"))
    if not found and not is_new:
        return MeantLines(elsewhere, unclear="" if elsewhere else limit)
    exists, of_all, scopes = False, "", found.get("scopes", "")
    if entity.kind == "api-token" and scopes.lower() in companion_hints.READERS:
        found["scopes"] = companion_hints.READ_ONLY
    elif entity.kind == "api-token" and scopes:
        found["scopes"] = companion_hints.readable(scopes)
    found, refused = _allowed(entity, companion_hints.with_targets(entity, found))
    found |= companion_hints.needed(entity, name, found)
    if command == "create":
        name, found = _of_entry(entity, name, found)
        name, found = _valid_name(entity, name, found)
        exists = name in entry_names(entity.kind)
        found, of_all = companion_hints.of_existing(entity, name, found) if exists else (found, "")
        if of_all and not found:
            return MeantLines((shlex.join((entity.kind, "show", name)),), note=f"{entity.kind} {name} exists{of_all}.")
        command = "set" if found and exists else command
    if command in ("create", "copy"):
        found |= companion_hints.scopes(entity, name, scopes) if command == "create" and "scopes" not in found else {}
        wanted = [one.name for one in entity.options if one.required and one.name not in found and not _is_token(one)]
        found |= {one: ASKED if names_secret(one) else entry_hints.usual(entity, one) or HIDDEN for one in wanted}
    elif not found:
        each = free_words.each_value(entity, name, refused)
        return MeantLines(each, refused=() if each else refused)
    if (command, entity.kind) == ("create", "agent") and [*found] == [entity.label]:
        found |= agent_half.usual(name)
    before, found = entry_hints.existing(entity, found)
    half = (command, entity.kind) == ("create", "user") and agent_half.of_user(found, name)
    if half and name not in entry_names("agent"):
        before += understood(ENTITIES["agent"], "create", name, agent_half.options(name, found, for_agent)).lines
    if half:
        found |= {"agent": name, "pass": found.pop("pass")}  # the line that asks for something is the last
    named = () if entity.only else (name or "NAME",)
    line = shlex.join((entity.kind, command, *named, *(f"{one}={text}" for one, text in found.items())))
    after = companion_hints.afterwards(entity, name, found, is_new=command == "create")
    out = (*(one for one in unknown if not others[one] and not (half and one in for_agent)), *left)
    note = f"{entity.kind} {name} exists{of_all}; the line changes it." if exists and command == "set" else ""
    note = note or " ".join(filter(None, (limit, companion_hints.beside(entity, command, found))))
    note = note or effect_notes.of_method(entity, name, found)
    note = note or (agent_half.of_agent(name) if (command, entity.kind) == ("create", "agent") else "")
    return MeantLines((*before, text_files.quoted(line), *elsewhere, *after), out, refused, note, entity.kind)


def _of_others(entity: "Entity", name: str, pair: str, *, owned: bool) -> tuple[str, ...]:
    """Return the lines of other kinds for an option that this kind does not have; only of its owner with `owned`."""
    known = option_of(entity, pair.partition("=")[0].strip("-"))
    of_owner = entry_owners.lines(entity, name, pair)
    if of_owner is not None or owned:
        return of_owner or ()
    found = () if known else of_others(pair, (entity.kind, name))
    found = () if entity.kind in ALONE else found
    return tuple(line for line in found if entity.kind != "user" or line.startswith("agent "))  # not to a campaign


def _value(word: str) -> str:
    """Return the value of a pair, or a word that is no pair."""
    return word.partition("=")[2] if "=" in word else word


def _hours_in(entity: "Entity", words: Sequence[str]) -> list[str]:
    """Return the words, and pairs such as days=mon-fri, that are the hours of a call time."""
    if entity.kind != entry_hints.CALL_TIME:
        return []
    pairs = [one for one in words if one.partition("=")[0].strip("-") in HOURS and "=" in one]
    loose = hours_hints.parts([one for one in words if "=" not in one and one not in entity.option_names])
    found = [one for one in words if one in pairs or one in loose]
    return found if hours_hints.options(" ".join(map(_value, found))) else []


def _with_hours(entity: "Entity", found: dict[str, str], loose: list[str]) -> list[str]:
    """Add the times to the days that an option names, or the days to its times; return the words that are left."""
    option = next((one for one in found if entry_hints.takes_hours(entity, one)), "")
    more = hours_hints.parts([one for one in loose if "=" not in one]) if option else []
    whole = " ".join((found.get(option, ""), *more))
    if not more or not hours_hints.options(whole):
        return loose
    found[option] = whole
    return [one for one in loose if one not in more]


def _named(entity: "Entity", name: str, words: list[str]) -> tuple[str, list[str]]:
    """Return the name of an entry, also one that is given as `--id 102` or `--name crm`, and the other words."""
    for one in words if not name and not entity.only else ():
        key, _, text = one.partition("=")
        plain = key.strip("-")
        is_key = plain in (*KEYS, entity.kind) and plain not in entity.option_names and not entity.named_by(plain)
        if text and is_key:
            return text, [other for other in words if other is not one]
    return name, words


def _allowed(entity: "Entity", found: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the options with values that are allowed, and the pairs that have none, with what is allowed."""
    values: dict[str, str] = {}
    refused: list[str] = []
    for name, text in found.items():
        option = entity.option(name)
        if entry_hints.takes_hours(entity, name) and hours_hints.options(text):
            values[name] = text
        elif (value := value_for(option, text)) is not None:
            values[name] = value
        else:
            refused.append(f"{name}={text}; allowed for {name}: {option.type.allowed}")
    return values, tuple(refused)


def _valid_name(entity: "Entity", name: str, found: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return a name that the kind of a new entry accepts, and its options: a label is kept in its option."""
    from warmline.options.option_table import OptionError, check_name

    label = found.get(entity.label, "")
    digits = re.sub(r"[^0-9+]", "", name) if re.fullmatch(r"[0-9+() ./-]+", name) else ""
    forms = (name or label, value_words.plain_name(name), digits)
    made = [entry_hints.key(name or label)[:length] for length in (16, 6)]
    for form in filter(None, (*forms, *made)):
        try:
            check_name(entity.kind, form)
        except OptionError:
            continue
        if form in made and name and form != name and entity.label not in ("", *found):
            found = {entity.label: name} | found
        return form, found
    return name, found


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
            return entry_hints.key(found.get(entity.label, "")) or "NAME", {option.name: name} | found
    return name, found


def value_for(option: "Option", text: str) -> str | None:
    """Return a value as its option has it: `ingroup:SALESLINE` for SALESLINE, `Y` for yes; None if it has none."""
    from warmline.options.values.option_types import Secret

    if isinstance(option.type, Secret):
        return ASKED
    return value_words.switched_on(option) or text if text == HIDDEN else value_words.value_for(option, text)


def _found(entity: "Entity", words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the options that words name, with their values, and the other words."""
    found: dict[str, str] = {}
    loose: list[str] = []
    taken = -1
    for place, word in enumerate(words):
        before, equals, text = word.partition("=")
        plain = before.strip("-").replace("-", "_")
        sure = (plain, *entity.named_by(plain))
        known = next((one for one in sure if one in entity.option_names), option_of(entity, plain) if equals else "")
        if place == taken:
            continue
        if equals and "route" in entity.option_names and plain in ROUTES and not entity.named_by(plain):
            known, text = "route", f"{plain}:{text}"
        if equals and known and len(sure) > 2:  # of several options, the first one that can have the value
            known = next((one for one in sure[1:] if _takes(entity, one, text)), known)
        if known not in ("", plain) and equals and value_for(entity.option(known), text) is None:
            known = "" if entry_owners.lines(entity, "NAME", word) else known  # `--agent 1001` of a queue
        if known and not equals:
            value = [one for one in words[place + 1 : place + 2] if "=" not in one]
            text = value[0] if value else HIDDEN
            taken = place + 1 if value else taken
        if known and known not in found:
            found[known] = text
        else:
            loose.append(word)
    return found, loose


def _takes(entity: "Entity", name: str, text: str) -> bool:
    """Return whether an option can have the value that a text means, or the action with its target."""
    values = companion_hints.with_targets(entity, {name: text})
    return all(value_for(entity.option(one), value) is not None for one, value in values.items())


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
    left = [one for one in loose if one.lower() not in free_words.SMALL]
    likely = [one for one in entity.options if one.name not in found and one.name != entity.label]
    for word in tuple(left):
        if option := next((one for one in likely if _tells(one, word)), None):
            found[option.name] = word
            likely.remove(option)
            left.remove(word)
    text = " ".join(left)
    if text and whole and "script_text" in entity.option_names and re.search(r"[.,!?:;]|( .*){3}", text):
        found["script_text"] = text  # more than a name
        left = []
    strange = free_words.without_label(entity, left)
    if left and not strange and entity.label not in ("", *found) and (whole or " " in text):
        found[entity.label] = text
        left = []
    return left


def _tells(option: "Option", word: str) -> bool:
    """Return whether a value alone tells its option: a route, a number, what is required, or an entry that exists."""
    from warmline.options.route_types import RouteTarget
    from warmline.options.values.option_types import Reference, Secret

    if isinstance(option.type, Secret):
        return False
    if option.name in LISTED and LISTS.fullmatch(word):
        return True
    if not option.required:  # a second destination
        return isinstance(option.type, RouteTarget) and ":" in word and value_words.value_for(option, word) is not None
    if isinstance(option.type, Reference):  # any word may be a name
        return word in entry_names(option.type.entity)
    if option.name.endswith("_number") and not NUMBER.fullmatch(word.replace(" ", "")):
        return False
    if isinstance(option.type, RouteTarget) and " " in word:
        return False
    return value_words.value_for(option, word) is not None
