"""Two commands of all configured entities: `copy`, and `edit` in an editor."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli.arguments.completion import entity_of
from cli.arguments.entity_arguments import CopyName, Name, Pairs
from cli.output.json_output import Json
from cli.output.printing import complain
from warmline.centre import app_client
from warmline.centre.place import Place
from warmline.options.option_table import Entity, Option
from warmline.options.values.option_types import Secret, Value, as_text

if TYPE_CHECKING:
    from cli.client.config_records import PlannedChanges


def copying(create: Callable[..., None]) -> Callable[..., None]:
    """Return the command `copy` for a kind; `create` is the command that creates an entity of it."""

    def copy(context: typer.Context, name: Name, new: CopyName, options: Pairs = None, as_json: Json = False) -> None:
        from cli.client import config_records
        from warmline.store.configuration import config

        entity = entity_of(context)
        source = config_records.show(app_client.records(), entity.kind, name)
        given = {pair.partition("=")[0] for pair in options or ()}
        texts, left = config.copied_options(entity.kind, source, given)
        pairs = [f"{option}={text}" for option, text in texts.items()]
        create(context, new, pairs + (options or []), as_json)
        if left and not as_json:
            complain(f"not copied, as it is {name}'s own: {', '.join(left)}")

    return copy


def edit(context: typer.Context, name: Name) -> None:
    edit_one(entity_of(context), name)


def edit_one(entity: Entity, name: str) -> None:
    """Open the options in an editor, show the changes, ask, and make them in one transaction."""
    from cli.client import config_records
    from cli.entities.entity import warn_of_entry, warn_of_values
    from cli.output.change_plan_page import print_changes
    from cli.output.confirm import confirm_or_edit
    from cli.output.editor import until_taken
    from warmline.store.database.errors import Conflict

    where = app_client.records()
    start = config_records.show(where, entity.kind, name)
    original = draft = page(entity, name, start)
    while taken := until_taken(original, lambda text: _planned(where, entity, name, start, text), draft):
        planned, draft = taken
        changes = planned.plan.changes
        if not changes:
            break
        print_changes(changes)
        if not confirm_or_edit():
            continue
        try:
            planned.make(where)
        except Conflict as error:  # another user was faster: the editor opens again, and shows their change
            complain(error)
            continue
        print("done")
        warn_of_entry(entity.kind, name, partial(config_records.show_all, where))
        for change in changes:
            warn_of_values(change.after)
        return
    print("nothing to change")


def page(entity: Entity, name: str, options: Mapping[str, Value]) -> str:
    """Return the options as TOML, section by section."""
    which = entity.kind if entity.only else f"{entity.kind} {name}"
    text = f"# {which}: save and leave the editor. Your changes are then shown before they are made.\n"
    text += "# A line that you remove changes nothing.\n"
    for section in entity.sections:
        text += f"\n# ---- {section.title} ----\n" if section.title else ""
        for option in section.options:
            text += f"\n{_lines(option, options[option.name])}\n"
    return text


def _lines(option: Option, value: Value) -> str:
    """Return an option as TOML below its meaning and allowed values; a secret as a comment."""
    from warmline.options import config_files

    comment = [f"# {line}" for line in _comment(option)]
    if isinstance(option.type, Secret):
        comment.append(f"# It is {value}. Take the # away to give another:")
        return "\n".join([*comment, f'# {option.name} = ""'])
    return "\n".join([*comment, config_files.pair(option.name, value)])


def _comment(option: Option) -> list[str]:
    default = "" if option.required else f"; default {as_text(option.default) or 'empty'}"
    return [option.meaning, f"{option.type.allowed}{default}"]


def _planned(where: Place, entity: Entity, name: str, start: Mapping[str, Value], text: str) -> "PlannedChanges":
    """Return the changes that make the options equal the text. Raises OptionError, NotFound, Conflict."""
    from cli.client import config_records
    from warmline.options import config_files
    from warmline.store.database.errors import Conflict

    file = Path("edit.toml")
    given = config_files.texts(file, config_files.parse(file, text))
    for option in given:
        entity.option(option)
    new = {option: value for option, value in given.items() if value != as_text(start[option])}
    planned = config_records.plan(where, {(entity.kind, name): new} if new else {})
    for change in planned.plan.changes:
        if change.action != "set":
            raise Conflict(
                "edited_entity_deleted",
                "{kind} {name} was deleted during the edit; nothing was changed",
                kind=entity.kind,
                name=name,
            )
        for option, value in change.before.items():
            if as_text(value) not in ("changed", as_text(start[option])):
                raise Conflict(
                    "edited_option_changed",
                    "{option} was changed to {value!r} during the edit; start again",
                    option=option,
                    value=as_text(value),
                )
    return planned
