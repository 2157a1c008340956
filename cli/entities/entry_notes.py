"""Notes of what a person needs beside an entry: the whole line for a new one, its users, and other places of it."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from cli.arguments import companion_hints, entry_hints
from cli.arguments.completion import entry_names
from cli.client import app_client, config_records
from cli.output.printing import complain
from cli.output.secret_words import names_secret
from cli.place.place import Place
from warmline.options.option_table import ENTITIES, Entity, OptionError
from warmline.options.references import can_name, references
from warmline.options.values.option_types import Token, as_text
from warmline.store.database.errors import NotFound
from warmline.text.coded_error import CodedError

MISSING = "create_option_missing"
# Commands beside a list of entries.
LISTED = {
    "phone": (
        "Whether a phone is registered, Asterisk says: asterisk -rx 'pjsip show contacts'. To check that each phone is "
        "an endpoint: warmline doctor"
    ),
    "campaign": ("Leads left to dial: warmline list counts --campaign CAMPAIGN. Dialling now: warmline dial status"),
    "ingroup": "Callers and agents now: warmline live",
    "agent": "Agents now: warmline agent status",
    "trunk": (
        "These are limits; the trunks are those of Asterisk. Whether they are registered, it says: "
        "asterisk -rx 'pjsip show registrations'"
    ),
}
# Commands for what a person may look for in place of the options of an entry.
NOW = {
    "ingroup": "Callers and agents now: warmline live. Its agents: warmline ingroup members {name}",
    "list": "Its leads: warmline list counts {name}",
    "campaign": "Its dialler now: warmline dial status {name}. Its leads: warmline list counts --campaign {name}",
    "agent": "Calls today: warmline report agents --agent {name} --today. The agent now: warmline agent status {name}",
    "did": "The way of a call now: warmline route simulate {name}",
    "trunk": "Its state and its channels, Asterisk says: asterisk -rx 'pjsip show endpoint {name}'",
    "call-time": "Whether an in-group is open now: warmline route simulate --ingroup INGROUP",
}
AT_LOGIN = ("campaign", "phone", "phone_mode", "ingroups")  # an agent's options that a session copies


def about_now(entity: Entity, name: str) -> str:
    """Return the line that follows the options of an entry; "" for kinds and names without one."""
    line = NOW.get(entity.kind, "")
    is_pattern = entity.kind == "did" and not name.removeprefix("+").isdigit()
    return "" if is_pattern else line.format(name=shlex.quote(name))


def of_login(entity: Entity, name: str, changed: Iterable[str]) -> str:
    """Return what an agent who is logged in gets with the next login only; "" if that is nothing, or not known."""
    options = ", ".join(one for one in changed if one in AT_LOGIN) if entity.kind == "agent" else ""
    try:
        agents = app_client.get(app_client.here(), "agents") if options else []
    except CodedError:  # the app is away, or the user may not see agents
        return ""
    is_here = any(one["user"] == name for one in agents)
    return f"agent {name} is logged in, and takes {options} from the next login on" if is_here else ""


def of_phone_login(where: Place, name: str, given: Iterable[str]) -> str:
    """Return what an agent lacks to log in at a phone; "" if that is nothing, or options of a login were not given."""
    options = config_records.at(where).show("agent", name) if set(given) & {*AT_LOGIN, "pin"} else {}
    if not options or options["outside_number"]:
        return ""
    lacked = [] if options["phone"] else ["phone"]
    campaign = config_records.at(where).show("campaign", str(options["campaign"])) if options["campaign"] else {}
    if options["pin"] == "not set" and campaign.get("phone_login") != "TRUSTED":
        lacked.append("pin")
    if not lacked:
        return ""
    values = " ".join({"phone": "phone=PHONE", "pin": "pin=-"}[one] for one in lacked)
    line = f"warmline agent set {shlex.quote(name)} {values}"
    return f"agent {name} has no {' and no '.join(lacked)}, so a login at a phone is refused; for such a login: {line}"


@contextmanager
def whole_line(entity: Entity, name: str, given: Mapping[str, str]) -> Iterator[None]:
    """Add the whole line to the error for a required option that is missing, with values from the kind's example."""
    try:
        yield
    except OptionError as error:
        if error.code == MISSING:
            told = "".join(f"\n  warmline {line}" for line in _lines(entity, name, given))
            error.args = (f"{error}; for example:{told}",)
        raise


def _lines(entity: Entity, name: str, given: Mapping[str, str]) -> tuple[str, ...]:
    needed = [one.name for one in entity.options if one.required and not isinstance(one.type, Token)]
    values = {one: text for one in needed if (text := entry_hints.usual(entity, one))}
    values |= companion_hints.scopes(entity, name, "") | dict(given)
    before, values = entry_hints.existing(entity, values)
    shown = [f"{one}={'-' if names_secret(one) else text}" for one, text in values.items()]
    return *before, shlex.join((entity.kind, "create", name, *shown))


@contextmanager
def found_elsewhere(where: Place, entity: Entity, name: str) -> Iterator[None]:
    """Add to the error for an unknown name the entries that one of another kind with this name refers to.

    `script show SALES` leads to the script of campaign SALES.
    """
    try:
        yield
    except NotFound as error:
        error.args = (f"{error}{''.join(_of_owners(where, entity, name))}",)
        raise


def _of_owners(where: Place, entity: Entity, name: str) -> Iterator[str]:
    for owner in ENTITIES.values():
        options = [one for one in owner.options if can_name(one.type, {entity.kind})]
        if owner is entity or not options or name not in entry_names(owner.kind):
            continue
        values = config_records.at(where).show(owner.kind, name)
        found = {one.name: _names(entity, references(one.type, values[one.name])) for one in options}
        used = {option: names for option, names in found.items() if names}
        if used:
            yield f"; {owner.kind} {name} has {'  '.join(f'{one}={as_text(values[one])}' for one in used)}:"
            for one in dict.fromkeys(one for names in used.values() for one in names):
                yield f"\n  warmline {entity.kind} show {shlex.quote(one)}"
        else:
            known = entry_names(entity.kind)
            new = known[0] if known else entity.example[0]
            yield f"; {owner.kind} {name} has no {entity.kind}; to give it one:"
            yield "" if known else f"\n  warmline {shlex.join((entity.kind, 'create', *entity.example))}"
            yield f"\n  warmline {shlex.join((owner.kind, 'set', name, f'{options[0].name}={new}'))}"


def _names(entity: Entity, named: tuple[tuple[str, str], ...]) -> list[str]:
    return [name for kind, name in named if kind == entity.kind]


def warn_of_unused_holiday(where: Place, name: str) -> None:
    """Warn about a holiday that no call time names, because it changes no hours."""
    times = config_records.at(where).show_all("call-time")
    if any(name in entry_hints.items(options["ct_holidays"]) for options in times.values()):
        return
    lines = "".join(f"\n  warmline {line}" for line in companion_hints.of_holiday(name))
    more = companion_hints.open_still()
    complain(f"no call time names holiday {name}, so it changes no hours; to name it:{lines}" + (more and f"\n{more}"))
