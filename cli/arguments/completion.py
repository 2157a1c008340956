"""Shell completion: names from the database or from the app of the login, options and their values."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity, Option

ASKED = "_WARMLINE_COMPLETE"  # set by the shell when the Tab key is pressed
MOST = 500  # completions offered at once
SHOWN = 50  # revisions that are offered
PATIENCE = 2.0  # seconds for an app of a login
_known: dict[str, list[str]] | None = None  # names by kind, in a block of `names_read_once`
_kept: ExitStack | None = None  # closes the database at the end of this block
# The routes of codes for a user who may not read the configuration, with the field that has the code.
OWN_CODES = {"disposition": ("agents/me/dispositions", "status"), "pause-code": ("agents/me/pause-codes", "pause_code")}


def names(kind: str = "") -> Callable[[typer.Context, str], list[str]]:
    """Return the completion of names of a kind; with "", of the kind that the command is about."""

    def offered(context: typer.Context, incomplete: str) -> list[str]:
        return beginning(incomplete, entry_names(kind or kind_of(context)))

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
    return beginning(incomplete, ("last", *call_ids(incomplete)))


def call_ids(incomplete: str) -> list[str]:
    """Return the ids of the newest calls."""
    from warmline.store.calls import call_story

    def stored(db: str) -> list[str]:
        return [str(one["id"]) for one in call_story.calls(db)]

    return beginning(incomplete, _read(stored, "history", "call"))


def callbacks(incomplete: str) -> list[str]:
    """Return the ids of callbacks that are pending."""
    from warmline.store.leads import callbacks

    now = time.time_ns() // 1000
    return beginning(incomplete, _read(lambda db: [one.id for one in callbacks.listed(db, now)], "callbacks", "id"))


def own_sessions(incomplete: str) -> list[str]:
    """Return the ids of the sessions of the user who is logged in."""
    return beginning(incomplete, _read(lambda _: [], "me/sessions", "id", most=0))


def outcomes(incomplete: str) -> list[str]:
    """Return the outcomes of calls."""
    from warmline.store.reports.call_filter import OUTCOMES

    return beginning(incomplete, OUTCOMES)


def marks(incomplete: str) -> list[str]:
    """Return the marks of comments on calls."""
    from warmline.store.calls.call_comments import MARKS

    return beginning(incomplete, MARKS)


def servers(incomplete: str) -> list[str]:
    """Return the names of the Asterisk servers."""
    from warmline.system import settings
    from warmline.system.server_settings import every_server

    def configured(_: str) -> list[str]:
        return [one.name for one in every_server(settings.load())]

    return beginning(incomplete, _read(configured, "servers", "name", most=0))


def drop_windows(incomplete: str) -> list[str]:
    """Return the windows of the drop rate."""
    from warmline.store.reports.drop_windows import DAYS

    return beginning(incomplete, DAYS)


def contact_rates(incomplete: str) -> list[str]:
    """Return what automatic calls are counted by."""
    from warmline.store.reports.contact_rates import BY

    return beginning(incomplete, BY)


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
    from warmline.core.messages.commands import Kind

    return beginning(incomplete, Kind)


def kinds(incomplete: str) -> list[str]:
    """Return the kinds of changes that the history of the configuration has."""
    from warmline.store.configuration.config_history import KINDS

    return beginning(incomplete, KINDS)


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

    def stored(db: str) -> list[str]:
        return [str(one.number) for one in config_history.newest(db, SHOWN)]

    return beginning(incomplete, _read(stored, "config/changes", "revision", SHOWN))


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
    from warmline.options.values.option_types import Choice, Reference, References, Secret, Words

    match option.type:
        case Secret():
            yield "-"
        case Choice(values) | Words(values):
            yield from values
        case Reference(kind) | References(kind):
            yield from entry_names(kind)


@contextmanager
def names_read_once() -> Iterator[None]:
    """Let `entry_names` read each kind once in the block, which must change no entry, and open the database once.

    Many parts of a hint ask for the same names, and SQLite parses the whole schema at each opening.
    """
    global _known, _kept
    before = _known, _kept
    with ExitStack() as kept:
        _known, _kept = {}, kept
        try:
            yield
        finally:
            _known, _kept = before


def entry_names(kind: str) -> list[str]:
    """Return the names of a kind, of all that the user may read."""
    if _known is None or _kept is None:
        return _named(kind)
    if not _known:
        from warmline.store.database.reading import connections, keeping

        if not connections().most:
            _kept.enter_context(keeping())
    if kind not in _known:
        _known[kind] = _named(kind)
    return [*_known[kind]]


def _named(kind: str) -> list[str]:
    from warmline.store.configuration import config

    return _read(lambda db: config.list_names(db, kind), f"config/{kind}", "name") or _read_own(kind)


def _read_own(kind: str) -> list[str]:
    """Return the codes that the agent of the login can give; nothing for other kinds, and without a login."""
    return _read(lambda _: [], *OWN_CODES[kind], most=0) if kind in OWN_CODES else []


def _read(find: Callable[[str], list[str]], path: str, field: str, most: int = MOST) -> list[str]:
    """Return what `find` reads from the database, or after a login `field` of the first `most` rows at `path`.

    Nothing is returned if neither can be read, because completion shows no errors. `most` is 0 for routes without
    pages.
    """
    from warmline.centre import app_client
    from warmline.centre.login_file import AppLogin
    from warmline.centre.place import choose
    from warmline.text.coded_error import CodedError

    def of_app(login: AppLogin) -> list[str]:
        asked = {"limit": str(most)} if most else {}
        return [str(row[field]) for row in app_client.get(login, path, asked, PATIENCE)]

    try:
        return choose(app_client.records(), lambda settings: find(settings.db), of_app)
    except CodedError:
        return []
