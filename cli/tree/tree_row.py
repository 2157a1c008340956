"""The rows of the command tree. They name functions and tables as text, so that nothing is loaded early."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NamedTuple

from warmline.operations import operation_table
from warmline.system.contrib_table import COMMANDS

Examples = tuple[str, ...] | Callable[[], tuple[str, ...]]

# The access of a command that needs no scope of the API.
LOCAL = "local"  # it works on the machine of the app only
ANYWHERE = "anywhere"  # it needs no app
WHOLE = "whole"  # the table of a command whose JSON is the list of its rows, or one row
WORDS = {LOCAL: "local only", ANYWHERE: "anywhere, without an app"}


class TreeCommand(NamedTuple):
    """A command: its function (`module:function`), its help, and two examples.

    The first paragraph of the help is one sentence of at most 45 characters; details follow in others. The help is only
    here; the function has no docstring that repeats it. An example is the text after the command's name, or a whole
    line if it contains `warmline`. `heading` is the part of its group's help that lists the command. `access` is the
    scope that the command needs over the API, LOCAL or ANYWHERE. A command with `whole` is refused to a role whose
    right is about the own agent only. `form` is the number of the CommandForm, if the function is an operation. A
    command with a `table` has `--csv`: it names the rows in the command's JSON, a
    member or WHOLE. Reports have their own `--csv`.
    """

    name: str
    target: str
    help: str
    examples: Examples
    heading: str = ""
    access: str = ""
    whole: bool = False
    table: str = ""
    form: int = 0


class TreeGroup(NamedTuple):
    """A group of commands: its help, the place of its rows (`module:name`), and two examples.

    The rows are a sequence, or a function of the group's name that returns one. A group with a `target` runs that if no
    command is named, and has the `access` of a command.
    """

    name: str
    help: str
    rows: str
    examples: tuple[str, ...]
    target: str = ""
    heading: str = ""
    access: str = ""


Row = TreeCommand | TreeGroup


def under(heading: str, *rows: Row) -> tuple[Row, ...]:
    """Return the rows with that heading."""
    return tuple(row._replace(heading=heading) for row in rows)


def added_rows(group: str, heading: str = "") -> tuple[Row, ...]:
    """Return the rows that contrib adds to a group, or to `warmline` itself (""), under a heading of its help."""
    rows: list[Row] = []
    for addition in COMMANDS:
        values = dict(addition)
        if values.pop("group") == group and values.get("heading", "") == heading:
            rows.append(TreeGroup(**values) if "rows" in values else TreeCommand(**values))
    return tuple(rows)


def operation_rows(group: str, heading: str = "") -> tuple[Row, ...]:
    """Return the rows of the operations whose commands are in a group, under a heading of its help."""
    return tuple(
        TreeCommand(
            name, row.place, row.help, row.examples, heading, row.scope, row.whole, row.is_table * WHOLE, row.number
        )
        for row in operation_table.COMMANDS
        for above, _, name in [row.words.rpartition(" ")]
        if (above, row.heading) == (group, heading)
    )


def summary(row: Row) -> str:
    """Return the first paragraph of a row's help: its one sentence."""
    return row.help.partition("\n")[0]


def access_in_words(access: str, *, whole: bool = False) -> str:
    """Return who may give a command with this access: the roles over the API, with the scope of a program."""
    if access in WORDS:
        return WORDS[access]
    from warmline.access import rights  # imported here because only help and pages need it

    reach = rights.reach_of_whole if whole else rights.reach
    reaches = {role: reach(role, access) for role in rights.UserRole}
    bounds = {rights.Reach.OWN: " (own)", rights.Reach.GROUP: " (group)", rights.Reach.ALL: ""}
    roles = (f"{role}{bounds[one]}" for role, one in reaches.items() if one in bounds)
    return f"{', '.join(roles)}; scope {access}"


def examples_of(row: Row, path: tuple[str, ...]) -> tuple[str, ...]:
    """Return a row's examples as whole command lines; `path` is the words that lead to it."""
    found = row.examples() if callable(row.examples) else row.examples
    begun = " ".join(("warmline", *path))
    return tuple(one if "warmline" in one.split() else f"{begun} {one}".rstrip() for one in found)


def rows_of(group: TreeGroup) -> Iterable[Row]:
    """Load the rows of a group."""
    found: Iterable[Row] | Callable[[str], Iterable[Row]] = load(group.rows)
    return found(group.name) if callable(found) else found


def load(place: str) -> Any:
    """Import the object that `module:name` names."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
