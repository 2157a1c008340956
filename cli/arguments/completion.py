"""Shell completion: names from the database, options and their values."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from warmline.options.entity import Entity, Option

ASKED = "_WARMLINE_COMPLETE"  # set by the shell when the Tab key is pressed
MOST = 500  # completions offered at once
SHOWN = 50  # revisions that are offered


def names(kind: str = "") -> Callable[[typer.Context, str], list[str]]:
    """Return the completion of names of a kind; with "", of the kind that the command is about."""

    def offered(context: typer.Context, incomplete: str) -> list[str]:
        return beginning(incomplete, _names(kind or kind_of(context)))

    return offered


def pairs(context: typer.Context, incomplete: str) -> list[str]:
    """Return the completions of `option=`, and after the `=` those of its value.

    Bash treats `=` as a separate word: the words before are then `option`, `=`, or `option` alone at the `=`.
    """
    entity = entity_of(context)
    before = [str(word) for word in context.params.get("options") or ()]
    name, equals, value = incomplete.partition("=")
    if equals and name:
        return [f"{name}={text}" for text in beginning(value, _values(entity, name))]
    if not incomplete and before[-1:] and before[-1] in entity.option_names:
        return list(_values(entity, before[-1]))[:MOST]
    if before[-1:] == ["="]:
        return beginning(incomplete, _values(entity, before[-2]))
    given = {word.partition("=")[0] for word in before}
    return beginning(incomplete, (f"{option}=" for option in entity.option_names if option not in given))


def options(context: typer.Context, incomplete: str) -> list[str]:
    """Return the names of the options that begin like the word."""
    return beginning(incomplete, entity_of(context).option_names)


def calls(incomplete: str) -> list[str]:
    """Return `last`, and the ids of the newest calls."""
    from warmline.store.reports import call_story

    return beginning(incomplete, ("last", *_read(lambda db: [str(one["id"]) for one in call_story.calls(db)])))


def callbacks(incomplete: str) -> list[str]:
    """Return the ids of callbacks that are pending."""
    from warmline.store.leads import callbacks

    now = time.time_ns() // 1000
    return beginning(incomplete, _read(lambda db: [one.id for one in callbacks.listed(db, now)]))


def hooks(incomplete: str) -> list[str]:
    """Return the names of hooks."""
    from warmline.hooks.hook_points import HOOK_POINTS

    return beginning(incomplete, HOOK_POINTS)


def outcomes(incomplete: str) -> list[str]:
    """Return the outcomes of calls."""
    from warmline.store.reports.call_filter import OUTCOMES

    return beginning(incomplete, OUTCOMES)


def transfers(incomplete: str) -> list[str]:
    """Return the commands that transfer a call."""
    from warmline.store.reports.transfers import KINDS

    return beginning(incomplete, KINDS)


def transfer_outcomes(incomplete: str) -> list[str]:
    """Return the outcomes of transfers."""
    from warmline.core.model.receipt import Outcome
    from warmline.store.reports.transfers import PENDING

    return beginning(incomplete, (*Outcome, PENDING))


def command_kinds(incomplete: str) -> list[str]:
    """Return the kinds of commands."""
    from warmline.core.model.commands import Kind

    return beginning(incomplete, Kind)


def kinds(incomplete: str) -> list[str]:
    """Return the kinds of configured entities."""
    from warmline.options.option_table import ENTITIES

    return beginning(incomplete, ENTITIES)


def lead_fields(incomplete: str) -> list[str]:
    """Return the fields of a lead."""
    from warmline.leads.lead_fields import FIELDS

    return beginning(incomplete, FIELDS)


def lead_pairs(incomplete: str) -> list[str]:
    """Return `field=` for each field of a lead."""
    return [f"{field}=" for field in lead_fields(incomplete)]


def revisions(incomplete: str) -> list[str]:
    """Return the numbers of the newest revisions."""
    from warmline.store.configuration import config_history

    return beginning(
        incomplete, _read(lambda db: [str(one.number) for one in config_history.newest(db, SHOWN, "", "")])
    )


def words(*known: str) -> Callable[[str], list[str]]:
    """Return the completion of these words."""
    return lambda incomplete: beginning(incomplete, known)


def time_zones(incomplete: str) -> list[str]:
    """Return the names of time zones."""
    from zoneinfo import available_timezones

    return beginning(incomplete, sorted(available_timezones()))


def beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    """Return the words that begin like `incomplete`, at most as many as are offered at once."""
    return [word for word in words if word.startswith(incomplete)][:MOST]


def entity_of(context: typer.Context) -> "Entity":
    """Return the entity that the command is about."""
    from warmline.options.option_table import ENTITIES  # takes 40 ms, which commands of agents do not need

    return ENTITIES[kind_of(context)]


def kind_of(context: typer.Context) -> str:
    """Return the word before the command's."""
    assert context.parent and context.parent.info_name
    return context.parent.info_name


def _values(entity: "Entity", name: str) -> Iterator[str]:
    """Yield the values that can follow `option=`, if they can be listed."""
    for option in entity.options:
        if option.name == name:
            yield from _of_type(option)


def _of_type(option: "Option") -> Iterator[str]:
    from warmline.options.option_types import Choice, Reference, References, Secret, Words

    match option.type:
        case Secret():
            yield "-"
        case Choice(values) | Words(values):
            yield from values
        case Reference(kind) | References(kind):
            yield from _names(kind)


def _names(kind: str) -> list[str]:
    """Return the names of a kind; none if the database cannot be read, because completion shows no errors."""
    from warmline.store.configuration import config

    return _read(lambda db: config.list_names(db, kind))


def _read(find: Callable[[str], list[str]]) -> list[str]:
    """Return the database's answer; nothing if it cannot be read, or belongs to another app than that of the login."""
    from cli.place.login_file import LoginError
    from cli.place.place import login
    from warmline.store.database.database import StoreError
    from warmline.system import settings
    from warmline.system.settings import SettingsError

    try:
        return [] if login() else find(settings.load().db)
    except (SettingsError, StoreError, LoginError):
        return []
