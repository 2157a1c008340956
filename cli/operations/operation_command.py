"""Commands of operations: their arguments and options, and what they print.

All that a command line says is text. A decoder of `operation_words.py` reads a text that is written for people, such as
a time; all others go to the operation as they are, which checks them.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, get_args, get_origin

import msgspec
import typer
from msgspec import NODEFAULT

from cli.arguments import completion
from cli.output.cell_format import iso_moment, short
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.printing import printable
from cli.output.table import print_table
from cli.output.time_format import iso, of_iso
from warmline.centre import operation_calls
from warmline.centre.login_file import AppLogin
from warmline.operations.operation import (
    Argument,
    Column,
    CommandForm,
    Done,
    Operation,
    Page,
    argument_of,
    choices,
    parts,
)
from warmline.operations.times import Time
from warmline.options.values.entity import OptionError
from warmline.store.database.reading import keeping
from warmline.text.coded_error import CodedError

SHOWN = 40  # characters of an invalid value in an error

After = Annotated[
    str, typer.Option(metavar="ID", help="Begin after the row with this id. Without --after, with the first row.")
]


def function(operation: Operation[..., Any], form: CommandForm) -> Callable[..., None]:
    """Return the function of a command, as Typer takes it: its signature has the arguments and options."""
    used = _used(operation, form)

    def command(as_json: bool, **given: Any) -> None:
        _run(operation, form, used, given, as_json=as_json)

    parameters = [_parameter(one, form) for one in used]
    if form.limit:
        most = f"List at most this many rows, 1 to {form.most}."
        parameters.append(_keyword("after", After, ""))
        parameters.append(_keyword("limit", Annotated[str, typer.Option(metavar="N", help=most)], str(form.limit)))
    parameters.append(_keyword("as_json", Json, False))
    if form.asks_nothing:
        from cli.arguments.entity_arguments import Yes

        parameters.append(_keyword("_yes", Yes, False))
    command.__dict__["__signature__"] = inspect.Signature(parameters)
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    return command


def _used(operation: Operation[..., Any], form: CommandForm) -> list[Argument]:
    """Return the arguments that the command has, those without an option first."""
    by_name = {one.name: one for one in operation.arguments}
    words = _words(form)
    options = [name for name in by_name if name not in words] if form.options is None else form.options.split()
    return [by_name[name] for name in (*words, *options)]


def _words(form: CommandForm) -> list[str]:
    """Return the names of the arguments without an option."""
    return re.sub(r"[\[\]]", "", form.arguments).split()


def _keyword(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _parameter(argument: Argument, form: CommandForm) -> inspect.Parameter:
    about, is_word = argument.field, argument.name in _words(form)
    shown: dict[str, Any] = {"metavar": about.metavar or argument.name.upper(), "help": about.help}
    if about.names:
        shown["autocompletion"] = completion.names(about.names)
    elif known := choices(argument.type):
        shown["autocompletion"] = completion.words(*known)
    elif about.decoder:
        from cli.operations import operation_words

        shown["autocompletion"] = operation_words.COMPLETIONS.get(about.decoder)
    kind: Any = list[str] if get_origin(argument.type) is list else bool if bool in parts(argument.type) else str
    is_needed = argument.default is NODEFAULT and not argument.field.decoder
    default = argument.default if kind is bool else inspect.Parameter.empty if is_needed else None
    if is_word:
        if argument.name == "name":
            from cli.arguments.entity_arguments import check_name

            shown["callback"] = check_name
        needed = None if f"[{argument.name}]" in form.arguments else inspect.Parameter.empty
        return _keyword(_key(argument, form), Annotated[kind, typer.Argument(show_default=False, **shown)], needed)
    option = f"--{(about.option or argument.name).replace('_', '-')}"
    return _keyword(argument.name, Annotated[kind, typer.Option(option, show_default=False, **shown)], default)


def _run(
    operation: Operation[..., Any], form: CommandForm, used: list[Argument], given: Mapping[str, Any], *, as_json: bool
) -> None:
    place = operation_calls.place_for(operation)
    arguments: dict[str, Any] = {}
    values: dict[str, Any] = {one.name: "" for one in operation.arguments}
    values["app"] = place.url if isinstance(place, AppLogin) else ""
    for argument in used:
        text = given[_key(argument, form)]
        if text == "" and argument.name not in _words(form) and str in parts(argument.type):
            text = None  # an option without a text is not given
        value = words = text
        if argument.field.decoder:
            from cli.operations import operation_words  # it loads what only some commands need

            value, words = operation_words.decoded(argument.field.decoder, text, _name(argument, form), place)
        values[argument.name] = "" if words is None else words
        if value is not None:
            arguments[argument.name] = value
    try:
        with keeping():  # its reads open the database once
            found = operation_calls.do_json(operation, place, arguments, _page(operation, form, given), is_text=True)
    except OptionError as error:
        named = (one for one in used if one.name == argument_of(error))
        raise next((_invalid(one, form, given[_key(one, form)], error) for one in named), error) from None
    if form.said and not as_json:
        print(form.said(found, values), file=sys.stderr if form.prints else sys.stdout)
        if form.prints:
            print(found[form.prints])
        return
    times = set(_times(operation.answer))
    exact = times if operation.done is Done.RECORDS else set()
    rows = [_row(form, row, values, exact) for row in (found if isinstance(found, list) else [found])]
    if as_json:
        print_json(rows if isinstance(found, list) else rows[0])
    elif form.columns:
        _print_table(form, rows, times, values)
    else:
        _print_record(rows[0], times)


def _row(form: CommandForm, row: Mapping[str, Any], values: Mapping[str, Any], times: set[str]) -> dict[str, Any]:
    """Return an answer, or a row of it, as the command's JSON has it; times of records have microseconds."""
    shown = form.json(row, values) if form.json else row
    names = form.fields.split() or shown
    return {name: iso(of_iso(shown[name])) if name in times and shown[name] else shown[name] for name in names}


def _invalid(argument: Argument, form: CommandForm, value: object, error: OptionError) -> CodedError:
    """Return the error of an argument, as people call it in this command."""
    name, why = _name(argument, form), error.fields["allowed"]
    if argument.field.secret or not isinstance(value, str):
        return InvalidArgument("argument_refused", "{name}: {why}", name=name, why=why)
    shown = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
    return InvalidArgument("argument_value", "{name} cannot be {value!r}; {why}", name=name, value=shown, why=why)


def _page(operation: Operation[..., Any], form: CommandForm, given: Mapping[str, Any]) -> Page | None:
    if not form.limit:
        return Page(limit=sys.maxsize) if operation.has_pages else None
    text = given["limit"]
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= form.most):
        raise InvalidArgument(
            "limit_invalid", "--limit cannot be {value!r}; allowed: 1 to {most}", value=text, most=form.most
        )
    return Page(given["after"], int(text))


def _key(argument: Argument, form: CommandForm) -> str:
    """Return the name of a parameter; that of a word is its metavar, such as `user` for the agent."""
    return argument.field.metavar.lower() if argument.name in _words(form) else argument.name


def _name(argument: Argument, form: CommandForm) -> str:
    """Return what people call an argument in this command."""
    if argument.name in _words(form):
        return argument.field.metavar or argument.name.upper()
    return f"--{(argument.field.option or argument.name).replace('_', '-')}"


def _print_record(record: Mapping[str, Any], times: set[str]) -> None:
    width = max(map(len, record))
    for name, value in record.items():
        text = iso_moment(value) if name in times else str(value)
        print(f"{name:{width}} {printable(text) if value not in (None, '') else '-'}")


def _print_table(
    form: CommandForm, rows: Sequence[Mapping[str, Any]], times: set[str], values: Mapping[str, Any]
) -> None:
    if not rows:
        print(form.none(values) if callable(form.none) else form.none)
        return
    spare = sorted((one for one in form.columns if one.spare), key=lambda one: one.spare)
    print_table(
        [one.head for one in form.columns],
        [[_cell(row[one.field], one, one.field in times) for one in form.columns] for row in rows],
        free=[one.head for one in form.columns if one.folds],
        spare=[one.head for one in spare],
        if_any=[one.head for one in form.columns if one.if_any],
    )


def _cell(value: Any, column: Column, is_time: bool) -> str:
    if is_time:
        return iso_moment(value)
    text = column.empty if value in (None, "") else str(value)
    return short(text) if column.is_id else text


def _times(answer: Any) -> Iterator[str]:
    """Yield the names of the fields that are times, of a record or of the rows of a list."""
    kind = get_args(answer)[0] if get_origin(answer) is list else answer
    for field in msgspec.structs.fields(kind):
        if Time in (field.type, *get_args(field.type)):
            yield field.name
