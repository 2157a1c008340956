"""The commands that all configured entities have: list, show, create, copy, set, delete, describe.

The word before the command is the kind.
"""

import getpass
import shlex
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import typer

from cli.arguments.completion import entity_of
from cli.arguments.entity_arguments import Name, NewName, Pairs, Yes, split_pairs
from cli.entities import entity_edit
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from cli.output.table import NAME, print_table
from warmline.centre import app_client
from warmline.centre.place import Place
from warmline.options.option_table import Entity, Option, OptionError, check, spelled
from warmline.options.user_options import by_administrator
from warmline.options.values.option_types import Rated, Secret, Value, as_text

if TYPE_CHECKING:
    from warmline.operations.configuration import ConfigurationEntry
    from warmline.options.entry_warnings import Entries

LEADS = "leads"
ALWAYS = {"campaign": ("active", "dial_method")}  # options that a list has also with their defaults
APART = "set apart from the defaults"  # the head of the options in a list


def list_all(context: typer.Context, as_json: Json = False) -> None:
    list_with(context, as_json)


def list_with(context: typer.Context, as_json: bool, more: Callable[[Entity], None] = lambda _: None) -> None:
    """Print every entry of this kind, then what `more` prints, then the commands beside the list."""
    from cli.client import config_records, list_records
    from cli.entities import entry_notes

    entity, where = entity_of(context), app_client.records()
    found = config_records.show_all(where, entity.kind)
    if as_json:
        print_json([{"name": name} | options for name, options in found.items()])
        return
    apart = {name: _set_apart(entity, name, options) for name, options in found.items()}
    rows = [(name, as_text(options.pop(entity.label, "")), _pairs(options)) for name, options in apart.items()]
    sizes = list_records.at(where).sizes() if entity.kind == "list" else None
    if rows and sizes is not None:
        counted = [(name, label, str(sizes.get(name, 0)), pairs) for name, label, pairs in rows]
        print_table((entity.kind, NAME, LEADS, APART), counted, free=(APART,), if_any=(NAME,))
    elif rows:
        print_table((entity.kind, NAME, APART), rows, free=(APART,), if_any=(NAME,))
    else:
        example = " ".join(map(shlex.quote, entity.example))
        print(f"There is no {entity.kind} yet. To create one, for example: warmline {entity.kind} create {example}")
    more(entity)
    if entity.kind in entry_notes.LISTED and (rows or entity.kind == "trunk"):
        print(entry_notes.LISTED[entity.kind])


def show(context: typer.Context, name: Name, as_json: Json = False) -> None:
    show_with(context, name, as_json)


def show_with(
    context: typer.Context, name: str, as_json: bool, more: Callable[[Entity, str], None] = lambda *_: None
) -> None:
    """Print every option of the entity of this command, then what `more` prints, then the commands beside it."""
    from cli.entities import entry_notes

    entity = entity_of(context)
    show_one(entity, name, as_json)
    if not as_json:
        more(entity, name)
    if beside := "" if as_json else entry_notes.about_now(entity, name):
        print(beside)
    if entity.kind in ("api-user", "user") and not as_json:
        from cli.client import api_user_locks

        api_user_locks.tell(entity.kind, name)


def show_one(entity: Entity, name: str, as_json: bool) -> None:
    """Print every option of this entity."""
    from cli.client import config_records

    options = config_records.show(app_client.records(), entity.kind, name)
    if as_json:
        print_json(_named(entity, name) | options)
        return
    print_table(
        (entity.kind, "" if entity.only else name, ""),
        [_row(entity, name, option, options[option.name]) for option in entity.options],
    )


def create_one(context: typer.Context, name: NewName, options: Pairs = None, as_json: Json = False) -> None:
    from cli.client import config_records
    from cli.entities import entry_notes
    from warmline.operations.configuration import create_entity

    entity, where = entity_of(context), app_client.records()
    given = given_options(entity, options)
    entry = config_records.change(where, create_entity, kind=entity.kind, name=name, options=given)
    warn_of_weak(entity, name, given)
    _tell(f"{entity.kind} {spelled(entity.kind, name)} created", where, entity, name, entry, as_json)
    if entity.kind == "agent" and not as_json and (note := entry_notes.of_phone_login(where, name, ("phone", *given))):
        complain(note)
    warn_of_values(given)


copy_one = entity_edit.copying(create_one)


def set_options(context: typer.Context, name: Name, options: Pairs = None, as_json: Json = False) -> None:
    change(entity_of(context), name, options, as_json)


def change(entity: Entity, name: str, options: list[str] | None, as_json: bool) -> None:
    """Change options of this entity, and print the changes."""
    from cli.client import config_records
    from cli.entities import entry_notes
    from warmline.operations.configuration import change_entity

    given = given_options(entity, options)
    if not given:
        raise OptionError(
            "nothing_to_set",
            "no option is given; write option=value. To list the options: warmline {kind} describe",
            kind=entity.kind,
        )
    where = app_client.records()
    before = config_records.show(where, entity.kind, name)
    wanted = by_administrator(entity.kind, given)
    entry = config_records.change(where, change_entity, kind=entity.kind, name=name, options=wanted)
    after = entry.options
    changed = [one for one in wanted if before[one] != after[one] or (_is_secret(entity, one) and after[one] == "set")]
    said = [_said(entity.option(option), wanted[option], before[option]) for option in changed]
    if same := [option for option in given if option not in changed]:
        said.append(f"{', '.join(same)}: already set" if said else "already set")
    which = entity.kind if entity.only else f"{entity.kind} {name}"
    if entity.kind == "list" and "country" in changed:
        said += _placed(where, name)
    warn_of_weak(entity, name, given)
    if matches := entry.lead_filter_matches:
        said.append(f"{matches.matching} of {matches.leads} leads match")
    _tell(f"{which}: {', '.join(said)}", where, entity, name, entry, as_json)
    if not as_json:
        lacked = entry_notes.of_phone_login(where, name, given) if entity.kind == "agent" else ""
        for note in filter(None, (entry_notes.of_login(entity, name, changed), lacked)):
            complain(note)
    warn_of_values(given)


def _placed(where: Place, list_id: str) -> list[str]:
    """Place the leads of a list by its new country; return what was done, in words."""
    from cli.client import list_records

    done = list_records.at(where).place(list_id)
    without = [f"{done.without} leads without a place"] if done.without else []
    return ([f"{done.changed} leads placed"] if done.changed else []) + without


def delete(context: typer.Context, name: Name, as_json: Json = False, _yes: Yes = False) -> None:
    from cli.client import config_records
    from warmline.operations.configuration import delete_entity

    entity = entity_of(context)
    config_records.change(app_client.records(), delete_entity, kind=entity.kind, name=name)
    if as_json:
        print_json({"name": spelled(entity.kind, name), "deleted": True})
    else:
        print(f"{entity.kind} {spelled(entity.kind, name)} deleted")


def given_options(entity: Entity, pairs: list[str] | None) -> dict[str, str]:
    """Return the options of a command line. A secret written `-` is prompted for, or read from a line of stdin."""
    found = split_pairs(pairs)
    known = [name for name in found if name in entity.option_names]  # of another `check` tells, with all that is wrong
    secrets = [name for name in known if isinstance(entity.option(name).type, Secret)]
    if shown := [f"{name}=-" for name in secrets if found[name] not in ("-", "")]:
        _warn_of(shown)
    return found | {name: _asked(entity.kind, entity.option(name)) for name in secrets if found[name] == "-"}


def _warn_of(better: list[str]) -> None:
    """Warn on a terminal only, so that a program's stderr stays empty."""
    if sys.stderr.isatty():
        complain(f"every user of this machine can read a command line; {' '.join(better)} asks without showing it")


def _asked(kind: str, option: Option) -> str:
    name = option.name
    if not sys.stdin.isatty():
        if text := sys.stdin.readline().rstrip("\n"):
            return text
        needed = f"{name} is required: type it in a terminal, or send it as one line"
        raise OptionError(
            "secret_not_given",
            "no value of {name} came on standard input; nothing was changed. {fix}",
            name=name,
            fix=needed if option.required else f"To remove it: {name}=",
        )
    try:
        text = getpass.getpass(f"{name}: ")
        check(kind, {name: text})  # raises OptionError before a person types it again
        if getpass.getpass(f"{name} again: ") != text:
            raise OptionError(
                "secret_repeated_differently", "the two entered values of {name} differ; nothing was changed", name=name
            )
    except KeyboardInterrupt:
        print(file=sys.stderr)  # the prompt has no line feed
        raise
    return text


def warn_of_weak(entity: Entity, name: str, given: Mapping[str, str]) -> None:
    """Warn about a secret that is easy to guess."""
    from warmline.options import option_warnings

    for option in option_warnings.weak_secrets(name, given):
        fix = f"warmline {entity.kind} set {name} {option}=-"
        complain(f"the {option} of {entity.kind} {name} is easy to guess: {fix}")


def _is_secret(entity: Entity, option: str) -> bool:
    return isinstance(entity.option(option).type, Secret)


def _said(option: Option, text: str, before: Value = "") -> str:
    """Return a changed option; a list with the items that are no longer in it."""
    if isinstance(option.type, Secret):
        return f"{option.name} changed"
    kept = {_item(option, one) for one in _items(option.type.parse(text))}
    removed = [one for one in _items(before) if _item(option, one) not in kept]
    return f"{option.name}={text}" + (f" (removed: {', '.join(removed)})" if removed else "")


def _items(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _item(option: Option, text: str) -> str:
    """Return what identifies an item of a list: without its rating, if it has one."""
    return text.partition(":")[0] if isinstance(option.type, Rated) else text


def _pairs(options: Mapping[str, Value]) -> str:
    return "  ".join(f"{option}={as_text(value)}" for option, value in options.items())


def _row(entity: Entity, name: str, option: Option, value: Value) -> tuple[str, str, str]:
    """Return one line of `show`: option, value, and whether that is the default."""
    default = _default(entity, name, option)
    mark = "default" if value == default else "" if option.required else f"(default: {as_text(default) or 'empty'})"
    return option.name, as_text(value), mark


def _set_apart(entity: Entity, name: str, options: dict[str, Value]) -> dict[str, Value]:
    """Return the options that differ from their defaults."""
    return {
        option.name: options[option.name]
        for option in entity.options
        if options[option.name] != _default(entity, name, option) or option.name in ALWAYS.get(entity.kind, ())
    }


def _default(entity: Entity, name: str, option: Option) -> Value:
    return "not set" if isinstance(option.type, Secret) else entity.default(option, name)


def _named(entity: Entity, name: str) -> dict[str, object]:
    """Return the name for JSON; empty for a kind with only one entity."""
    return {} if entity.only else {"name": spelled(entity.kind, name)}


def _tell(said: str, where: Place, entity: Entity, name: str, entry: "ConfigurationEntry", as_json: bool) -> None:
    from cli.client import config_records
    from cli.entities import entry_notes

    if as_json:
        print_json(_named(entity, name) | entry.options)
    else:
        print(said)
    warn_of_entry(entity.kind, name, partial(config_records.show_all, where))
    if entity.kind == "holiday":
        entry_notes.warn_of_unused_holiday(where, name)


def warn_of_values(options: Mapping[str, object]) -> None:
    """Warn about values NULL, and about variables in webhook addresses that are always empty."""
    from warmline.options import option_warnings

    for line in (*option_warnings.nulls(options), *option_warnings.empty_variables(options)):
        complain(line)


def warn_of_entry(kind: str, name: str, entries_of: "Callable[[str], Entries]") -> None:
    """Warn about options of an entry that are probably not meant together, such as actions that lead nowhere.

    `entries_of` returns the entries of a kind with their options.
    """
    from warmline.options import entry_warnings

    for line in entry_warnings.of_entry(kind, name, entries_of):
        complain(line)
