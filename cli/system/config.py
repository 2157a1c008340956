"""`warmline config …`: export and apply the configuration as files; show its history, and undo changes."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.arguments import completion
from cli.entities.entity import warn_of_entry, warn_of_values
from cli.output.change_plan_page import document, print_changes, summary, told
from cli.output.confirm import confirm
from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import InvalidArgument, with_nearest
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from cli.output.table import print_table
from cli.output.time_format import date_and_time, iso, of_iso
from warmline.centre import app_client, operation_calls
from warmline.centre.place import Place, machine
from warmline.options.option_table import ENTITIES, OptionError
from warmline.system import contrib_table, whole_file
from warmline.system.additions import load_additions

if TYPE_CHECKING:
    from cli.client.config_records import PlannedChanges
    from warmline.operations.configuration_revisions import ConfigurationChange, ConfigurationRevision
    from warmline.options.entry_warnings import Entries
    from warmline.store.configuration.config import Everything


Folder = Annotated[
    Path, typer.Argument(metavar="DIR", show_default=False, readable=False, help="A folder of files, or one file.")
]
Number = Annotated[
    str,
    typer.Argument(
        metavar="REV",
        show_default=False,
        help="The number of a revision, or `last`.",
        autocompletion=completion.revisions,
    ),
]
LAST = "last"
Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="toml|json",
        help="The format of the files.",
        autocompletion=completion.words("toml", "json"),
    ),
]
Secrets = Annotated[bool, typer.Option("--secrets", help="Include the hashes of passwords, PINs and tokens.")]
OnlyChanged = Annotated[
    bool,
    typer.Option(
        "--changed",
        help="Write only options that differ from their default. `apply` then leaves the other options unchanged.",
    ),
]
Prune = Annotated[
    bool,
    typer.Option(
        "--prune", help="Delete entries that the files do not name. This applies only to kinds that the files contain."
    ),
]
What = Annotated[
    str,
    typer.Option(
        "--entity",
        metavar="KIND",
        help="Only changes of this kind, such as campaign or dnc.",
        autocompletion=completion.kinds,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]


def export(
    folder: Folder, form: Form = "toml", secrets: Secrets = False, changed: OnlyChanged = False, as_json: Json = False
) -> None:
    from warmline.options import config_files
    from warmline.store.configuration import config

    where = app_client.records()
    settings = machine(where)
    if secrets and settings is None:
        raise OptionError(
            "config_secrets_local", "--secrets works on the machine of the app only; the API shows no secrets"
        )
    if form not in config_files.FORMS:
        raise OptionError(
            "config_format_unknown",
            "--format cannot be {value!r}; allowed: {allowed}",
            value=form,
            allowed=", ".join(config_files.FORMS),
        )
    try:
        if secrets and settings:
            found = config.everything(settings.db, secrets=True)
            found = config.set_apart(found) if changed else found
        else:
            found = _everything(where, changed)
        files = config_files.write(folder, form, found)
    except OSError as error:
        raise OptionError(
            "config_file_not_written",
            "{file} cannot be written: {why}{hint}",
            file=error.filename or folder,
            why=error.strerror,
            hint=whole_file.way_out(error, folder / "any"),
        ) from None
    if as_json:
        print_json({"files": [str(file) for file in files]})
    else:
        print(f"{len(files)} files written into {folder}")


def _everything(where: Place, changed: bool) -> "Everything":
    """Return the whole configuration without secrets, with `changed` only what differs from the defaults."""
    from warmline.operations.configuration_documents import read_configuration

    found = operation_calls.do(read_configuration, where, {"changed": changed}).configuration
    return {kind: {only: found[kind]} if (only := ENTITIES[kind].only) else found[kind] for kind in found}


def diff(folder: Folder, prune: Prune = False, as_json: Json = False) -> None:
    changes = _plan_files(folder, prune).plan.changes
    if as_json:
        print_json(document(changes))
    else:
        _print_plan(changes)
    if changes:
        raise typer.Exit(ExitCode.DIFFERS)


def apply(folder: Folder, prune: Prune = False, yes: Yes = False, as_json: Json = False) -> None:
    if number := _do(_plan_files(folder, prune), yes, as_json):
        for keep in load_additions(contrib_table.CONFIG_APPLIED):
            keep(folder, number)


def history(
    entity: What = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="Only changes of the entry with this name.")] = "",
    who: Annotated[str, typer.Option(metavar="LOGIN", help="Only changes by this person.")] = "",
    text: Annotated[
        str, typer.Option(metavar="TEXT", help="Only changes with this text in a name, an option or a value.")
    ] = "",
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, max=100_000, help="List at most this many revisions, 1 to 100000.")
    ] = 20,
    as_json: Json = False,
) -> None:
    from warmline.store.configuration.config_history import KINDS

    if entity and entity not in KINDS:
        raise with_nearest(
            OptionError(
                "config_entity_unknown",
                "--entity cannot be {value!r}; allowed: {allowed}",
                value=entity,
                allowed=", ".join(KINDS),
            ),
            entity,
            KINDS,
        )
    found = _revisions(limit, kind=entity, name=name, who=who, text=text)
    if as_json:
        print_json([_document(one) for one in found])
    elif found:
        print_table(
            ("revision", "when", "who", "what"),
            [(str(one.revision), date_and_time(of_iso(one.at)), one.who, told(one.changes)) for one in found],
        )
    elif entity or name or who or text:
        print("No change fits.")
    else:
        print("Nothing has been changed yet.")


def show(rev: Number, as_json: Json = False) -> None:
    from warmline.operations.configuration_revisions import get_revision

    number = _number(rev)
    found = operation_calls.do(get_revision, app_client.records(), {"revision": str(number)})
    if as_json:
        print_json(_document(found))
        return
    if number != found.revision:
        print(f"change {number} is part of revision {found.revision}")
    print(f"revision {found.revision}, {date_and_time(of_iso(found.at))}, by {found.who}")
    print_changes(found.changes)


def undo(rev: Number, yes: Yes = False, as_json: Json = False) -> None:
    from cli.client import config_records

    planned = config_records.plan_undo(app_client.records(), _number(rev))
    for secret in planned.plan.lost:
        complain(f"{secret}: what it was is not known, so that cannot be brought back")
    _do(planned, yes, as_json)


def _number(rev: str) -> int:
    """Return the number of a revision; `last` is the newest one. Raises InvalidArgument, OptionError."""
    if rev == LAST:
        newest = _revisions(1)
        if not newest:
            raise OptionError("config_no_revision", "nothing has been changed yet, so there is no last revision")
        return newest[0].revision
    if not rev.isascii() or not rev.isdigit() or int(rev) < 1:
        raise InvalidArgument(
            "revision_invalid",
            "REV cannot be {value!r}; allowed: last, or the number of a revision. To list: warmline config history",
            value=rev,
        )
    return int(rev)


def _revisions(most: int, **wanted: str) -> "list[ConfigurationRevision]":
    """Return the last revisions that fit, newest first."""
    from warmline.operations.configuration_revisions import list_revisions
    from warmline.operations.operation import Page

    found: list[ConfigurationRevision] = operation_calls.do(
        list_revisions, app_client.records(), wanted, Page(limit=most)
    )
    return found


def _document(one: "ConfigurationRevision") -> dict[str, Any]:
    return {
        "revision": one.revision,
        "at": iso(of_iso(one.at)),
        "who": one.who,
        "changes": document(one.changes),
    }


def _plan_files(folder: Path, prune: bool) -> "PlannedChanges":
    """Return the changes that the files need; with `prune`, also deletions of entities that the files do not name."""
    from cli.client import config_records
    from warmline.options import config_files

    named, kinds = config_files.read(folder, complain)
    planned = config_records.plan(app_client.records(), named, kinds, prune=prune)
    if others := planned.plan.unnamed:
        some = ", ".join(f"{other.kind} {other.name}" for other in others[:3]) + (" …" if len(others) > 3 else "")
        complain(f"left alone, as the files do not name it: {some}; --prune deletes")
    return planned


def _print_plan(changes: "Sequence[ConfigurationChange]") -> None:
    print_changes(changes)
    print(summary(changes) or "nothing to change")


def _do(planned: "PlannedChanges", yes: bool, as_json: bool) -> int:
    """Show the plan, ask, and make the changes; return the number of their revision, 0 without changes."""
    if as_json and not yes:
        raise OptionError(
            "apply_needs_yes", "--json cannot ask before a change; add --yes, or look first with: warmline config diff"
        )
    from cli.client import config_records

    place, changes = app_client.records(), planned.plan.changes
    if not as_json:
        _print_plan(changes)
    if changes and not yes:
        confirm("Do it?")
    number = planned.make(place)
    entries_of = cache(partial(config_records.show_all, place))
    for change in changes:
        _say_what_is_missing(change, entries_of)
    if as_json:
        print_json({"revision": number, "changes": document(changes)})
    elif changes:
        print(f"done, as revision {number}; what takes it back: warmline config undo {number}")
    return number


def _say_what_is_missing(change: "ConfigurationChange", entries_of: "Callable[[str], Entries]") -> None:
    """Warn about a created entity that does not work yet."""
    if change.action != "delete":
        warn_of_entry(change.kind, change.name, entries_of)
    warn_of_values(change.after)
    for secret in change.locked:
        how = f"set {change.name} {secret}=-" if change.kind in ("api-user", "user") else f"renew {change.name}"
        complain(f"{change.kind} {change.name} is locked until it has its {secret}: warmline {change.kind} {how}")
