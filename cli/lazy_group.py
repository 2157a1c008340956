"""The command tree (`cli.tree`) for Typer: only the command that a command line names is loaded.

The other commands are known by name and help text alone.
"""

from collections.abc import Callable, Iterable
from copy import copy
from functools import cache, partial
from os import PathLike
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from cli.arguments.period_words import in_full
from cli.output import json_output
from cli.output.printing import complain
from cli.tree.former_commands import FORMER, GONE, GoneCommandError
from cli.tree.tree_row import LOCAL, Row, TreeCommand, TreeGroup, examples_of, load, rows_of
from cli.tree.unknown_command import WORDS, UnknownCommandError
from warmline.centre.login_file import LoginError
from warmline.centre.place import URL, login
from warmline.system import settings

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


class PlainCommand(TyperCommand):
    """A command that does not load Typer's conversions if no word needs one.

    `examples` returns whole command lines; `access` and `whole` are those of its row.
    """

    examples: Callable[[], tuple[str, ...]] = tuple
    access, whole = "", False

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse a command line; a command about an agent gets `me` as USER if USER is left out.

        `--today` means `--day today`.
        """
        args = in_full(args, {name for one in self.params for name in one.opts})
        ctx.meta[WORDS] = list(args)
        arguments = [one for one in self.params if one.param_type_name == "argument"]
        if arguments and arguments[0].name == "user" and arguments[0].required and login():
            from cli.client import own_agent

            given, rest, _ = self.make_parser(ctx).parse_args(args=list(args))
            words = [given[one.name] for one in arguments if given.get(one.name)]
            if words or not ctx.resilient_parsing or own_agent.is_always_me():
                args = own_agent.completed(list(args), words + rest, len(arguments))
        return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters; the words of text parameters are not converted."""
        return _spared(super().get_params(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the parts of the usage line; an argument is written as its metavar."""
        return ["[OPTIONS]", *(_usage(one) for one in self.params if one.param_type_name == "argument")]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        from cli.help import help_page

        help_page.write(self, ctx, formatter)


class LazyGroup(TyperGroup):
    """A group of commands, each of which is loaded when it is named.

    `path` is the words that lead to the group. A group with its own function can be run without a command.
    """

    def __init__(
        self,
        path: tuple[str, ...],
        rows: Iterable[Row],
        examples: Callable[[], tuple[str, ...]],
        *,
        own: PlainCommand | None = None,
        access: str = "",
        **given: Any,
    ) -> None:
        self.path = path
        self.access, self.whole = access, False
        self.rows = {row.name: row for row in rows}
        self.examples = examples
        self._loaded: dict[str, PlainCommand | LazyGroup] = {}  # a hint asks for the same commands again
        given["commands"] = {
            name: TyperCommand(name, help=row.help, rich_markup_mode=None) for name, row in self.rows.items()
        }
        if own:
            given |= {"params": own.params, "callback": own.callback}
        name = path[-1] if path else "warmline"
        metavar = "[COMMAND]" if given.get("invoke_without_command") else "COMMAND"
        super().__init__(name=name, rich_markup_mode=None, subcommand_metavar=metavar, **given)

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters; the words of text parameters are not converted."""
        return _spared(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        from cli.help import help_page

        help_page.write(self, ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse a command line, which is kept for the message about an unknown option."""
        ctx.meta[WORDS] = list(args)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that the words name, loaded, and the words after it. Raises UnknownCommandError."""
        path = (*self.path, args[0])
        if path in FORMER:
            return args[0], _former(ctx.find_root().command, path), args[1:]
        if path in GONE and not ctx.resilient_parsing:
            raise GoneCommandError(path)
        name = args[0] if args[0] in self.rows else None
        if name is None and not ctx.resilient_parsing and not args[0].startswith("-"):
            raise UnknownCommandError(
                "command_unknown",
                "command {command!r} does not exist",
                command=" ".join(("warmline", *path)),
                path=self.path,
                word=args[0],
                rest=args[1:],
            )
        if name is None:
            return super().resolve_command(ctx, args)
        return name, self.load(name), args[1:]

    def load(self, name: str) -> "PlainCommand | LazyGroup":
        """Load a command by its name, once."""
        if name not in self._loaded:
            row, path = self.rows[name], (*self.path, name)
            self._loaded[name] = _command(path, row) if isinstance(row, TreeCommand) else _group(path, row)
        return self._loaded[name]

    def load_all(self) -> "LazyGroup":
        """Load every command and subcommand, for code that reads the whole tree."""
        for name in self.rows:
            loaded = self.load(name)
            self.commands[name] = loaded.load_all() if isinstance(loaded, LazyGroup) else loaded
        return self


def command_of(function: Callable[..., Any], **given: Any) -> PlainCommand:
    """Return the command that Typer makes of a function; `given` are the arguments of Typer's decorator."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)  # a help with boxes takes longest to load
    app.command(cls=PlainCommand, **given)(function)
    command = get_command(app)
    assert isinstance(command, PlainCommand)
    return command


def _group(path: tuple[str, ...], row: TreeGroup) -> LazyGroup:
    own = _started(path, row, command_of(load(row.target))) if row.target else None
    return LazyGroup(
        path,
        rows_of(row),
        partial(examples_of, row, path),
        own=own,
        access=row.access,
        help=row.help,
        no_args_is_help=not own,
        invoke_without_command=bool(own),
    )


def _command(path: tuple[str, ...], row: TreeCommand) -> PlainCommand:
    command = _started(path, row, command_of(_function(row), name=row.name, help=row.help))
    command.examples = partial(examples_of, row, path)
    command.access, command.whole = row.access, row.whole
    return command


def _function(row: TreeCommand) -> Callable[..., Any]:
    """Import the function of a command; that of an operation is made from its description."""
    target: Callable[..., Any] = load(row.target)
    if not row.target.startswith("warmline.operations."):
        return target
    from cli.operations import operation_command

    operation = load(row.target)
    return operation_command.function(operation, operation.commands[row.form])


def _former(root: LazyGroup, words: tuple[str, ...]) -> "PlainCommand | LazyGroup":
    """Return the command of a former name; when it runs, it first prints the name of today."""
    *groups, name = FORMER[words]
    group = root
    for word in groups:
        loaded = group.load(word)
        assert isinstance(loaded, LazyGroup)
        group = loaded
    command = copy(group.load(name))  # under its name of today, it prints no hint
    run = command.callback
    assert run

    def hinted(**given: Any) -> Any:
        complain(f"`warmline {' '.join(words)}` is now `warmline {' '.join(FORMER[words])}`")
        return run(**given)

    command.callback = hinted
    return command


def _started(path: tuple[str, ...], row: Row, command: PlainCommand) -> PlainCommand:
    """Return the command with the options of its output; one of the app's machine only is refused elsewhere."""
    command = _with_output_options(command, getattr(row, "table", ""))
    if row.access != LOCAL:
        return command
    run = command.callback
    assert run

    def here(**given: Any) -> Any:
        if at_app := login():
            raise LoginError(
                "command_local",
                "{command} works on the machine of the app only, and you are logged in at {url}; for this machine: "
                "{variable}= warmline {command}",
                command=" ".join(path),
                url=at_app.url,
                variable=URL,
            )
        settings.local_only = True
        return run(**given)

    command.callback = here
    return command


def _usage(argument: Any) -> str:
    """Return an argument for the usage line, such as `USER`, `[NUMBER]`, `[OPTION=VALUE ...]` or `N [N ...]`."""
    name = str(argument.display_name_raw).strip("[]")
    several = argument.nargs != 1
    optional = f"[{name} ...]" if several else f"[{name}]"
    needed = f"{name} {optional}" if several else name
    return needed if argument.required else optional


class _Words:
    """Passes the words of a text parameter unchanged, because Typer's own conversion loads pydantic (70 ms)."""

    def __init__(self, conversion: Callable[[], Any]) -> None:
        self._conversion = conversion

    def __call__(self) -> "_Words":
        """Replace the parameter's `get_runtime_param`, which Typer calls for its conversion."""
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        if param.type_descriptor.annotation in (str, list[str]):
            return list(value) if several else value
        if not several and not isinstance(value, str | PathLike):  # a default, not a word
            return value
        return self._conversion().coerce(value, param=param, ctx=ctx)


def _spared(parameters: list[Any]) -> list[Any]:
    for parameter in parameters:
        if not isinstance(parameter.get_runtime_param, _Words):
            parameter.get_runtime_param = _Words(parameter.get_runtime_param)
    return parameters


def _with_output_options(command: PlainCommand, table: str) -> PlainCommand:
    """Return the command; one with `--json` also gets `--fields` and `--json-version`, and `--csv` for its `table`."""
    known = {name for parameter in command.params for name in parameter.opts}
    if "--json" not in known:
        return command
    new = [parameter for parameter in _parameters(_json_options) if not known & set(parameter.opts)]
    if table:
        new += _parameters(_csv_option)
    run, names = command.callback, [parameter.name for parameter in new]
    assert run

    def chosen(**given: Any) -> Any:
        asked = {name: given.pop(name) for name in names}
        as_csv = asked.pop("as_csv", False)
        with json_output.chosen(given["as_json"], **asked, table=table if as_csv else ""):
            return run(**given | {"as_json": given["as_json"] or as_csv})

    command.params += new
    command.callback = chosen
    return command


@cache
def _parameters(declared: Callable[..., None]) -> tuple[Any, ...]:
    """Return what Typer makes of declared options, which many commands share."""
    return tuple(command_of(declared).params)


def _json_options(
    json_fields: Annotated[
        str, typer.Option("--fields", metavar="A,B", help="Print only these fields of the JSON, in this order.")
    ] = "",
    json_version: Annotated[
        int,
        typer.Option(
            metavar="N", show_default=False, help="Fail if the version of the JSON is not N. 0 means any version."
        ),
    ] = 0,
) -> None:
    """Declare the two options."""


def _csv_option(
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print CSV. The first line has the names of the fields.")
    ] = False,
) -> None:
    """Declare the option."""
