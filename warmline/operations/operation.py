"""The frame of operations: a function with typed arguments and a typed answer, and all that is made from it.

`@operation` describes a function. From it follow its route in the JSON API with its entry in the OpenAPI document, its
commands, its message to the call process, and its row on the page of rights. `Done` says where it is done:

- RECORDS reads or changes the database. On the machine of the database a command does it in its own process, whether
  the app runs or not, if its user may open the file. Over HTTP the API process reads, and the call process writes; it
  checks the person's token again. No read of past records runs in the call process.
- LIVE returns a command for the running calls, which the call process gives: through its socket on this machine.
- API is done in the process that serves HTTP, about what only that process knows. On this machine a command asks it
  with the token of root.

An operation without a scope is about the own account of a user in a session; a wallboard has none.

A function gets a Caller first: who asks, and what they may see. Its other parameters are the fields of the request. A
Page among them makes a list that comes in pages. Their types are checked by msgspec, at every interface: `Annotated`
with msgspec's Meta for what is allowed, and with a Field for what people read.

`make generate` writes `operation_table.py`, which has the commands of all operations, so that a command line imports
only the operation that it names.
"""

import inspect
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum, auto
from functools import cached_property
from types import SimpleNamespace, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Concatenate,
    Generic,
    Literal,
    ParamSpec,
    TypedDict,
    TypeVar,
    Union,
    Unpack,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec
from msgspec import NODEFAULT, UNSET, Meta, Struct

from warmline.text.coded_error import CodedError

if TYPE_CHECKING:
    from warmline.access.visible_agents import VisibleAgents
    from warmline.access.visible_campaigns import VisibleCampaigns
    from warmline.core.messages.commands import Command
    from warmline.core.rules.configuration import Rules
    from warmline.operations.api_process import ApiProcess
    from warmline.operations.argument_errors import ArgumentFault
    from warmline.options.values.entity import OptionError
    from warmline.store.configuration.api_users import ApiUser
    from warmline.store.configuration.tokens import ApiToken
    from warmline.store.configuration.users import User

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
E = TypeVar("E", bound=CodedError)

USUAL_ROWS = 100
BODIES: dict[str, type[Struct]] = {}  # the records of bodies, by their names
READ, BODY = (401, 403, 422, 429, 503), (400, 413, 415)  # statuses of problems; those of a body
RETURN = "return"  # the name of the answer among the annotations of a function
SINCE = "since"  # the argument with the revision after which a change is refused
ARGUMENT_NOT_ALLOWED = "argument_not_allowed"
NO_FIELDS = "NoFields"  # the name of an empty body
COMMAND = tuple(sorted({*READ, *BODY, 404, 409}))


class WriteRefused(CodedError):
    """The write is not made: the client may not make it, or too many writes wait."""


class Done(Enum):
    """Where an operation is done."""

    RECORDS = auto()
    LIVE = auto()
    API = auto()


class Field(Struct, frozen=True):
    """What people read about an argument.

    `help` is a sentence for the command line and for OpenAPI, `metavar` its word in the command line. `allowed` says in
    words what the pattern of its Meta allows. `names` is the kind of thing that it names, such as `campaign`: for the
    completion, and for the call process, which lets people of a group change only what belongs to their campaigns.
    `decoder` names the function that reads the word of a command line, see `cli/operations/operation_words.py`; without
    one, the word is the value. `option` is the option of the command line, and `key` the name in a body, if they are
    not the argument's name. No error has the value of a `secret` one.
    """

    help: str
    metavar: str = ""
    allowed: str = ""
    names: str = ""
    decoder: str = ""
    option: str = ""
    secret: bool = False
    key: str = ""


class Caller(Struct, frozen=True):
    """Who asks, and what they may see: `agents` and `campaigns` are None for all.

    `name` is written to the records. `rules` is the configuration that the running calls have, for LIVE operations.
    `client` is the holder of the token, None for a command on the machine of the database. `api` is what only the
    process that serves HTTP knows, None elsewhere.
    """

    name: str
    db: str
    agents: "VisibleAgents | None" = None
    campaigns: "VisibleCampaigns | None" = None
    rules: "Rules | None" = None
    client: "ApiToken | User | ApiUser | None" = None
    api: "ApiProcess | None" = None

    @property
    def user(self) -> "User | None":
        """Return the caller if it is a person."""
        from warmline.store.configuration.users import User

        return self.client if isinstance(self.client, User) else None

    @property
    def viewer(self) -> "User | None":
        """Return the caller if it is a supervisor who sees the people of some groups alone, otherwise None."""
        if self.client is None:
            return None
        from warmline.store.configuration import group_view

        return group_view.viewer(self.client)

    def sees_campaign(self, campaign: str) -> bool:
        """Return whether the caller may see a campaign; what belongs to none is everybody's."""
        return self.campaigns is None or not campaign or self.campaigns.include(campaign)


class Page(Struct, frozen=True):
    """A part of a list: up to `limit` rows after the one whose cursor is `after`."""

    after: str = ""
    limit: int = USUAL_ROWS


FIRST_PAGE = Page()


class LiveCommand(Struct, Generic[R], frozen=True):
    """A command for the running calls. The answer is what `read` returns for the id of its receipt, or the receipt."""

    command: "Command"
    read: Callable[[str], R] | None = None


class RecordsChange(Struct, Generic[R], frozen=True):
    """A change of records that an operation makes after it read some, and before it reads its answer.

    The call process makes it: it does the operation `change` with `arguments`, and checks its scopes. `read` returns
    the answer for what `change` returns. An error that begins with one of the `fields` is about this field.
    """

    change: "Operation[..., Any]"
    arguments: Mapping[str, Any]
    read: Callable[[Any], R]
    fields: Collection[str] = ()


class Column(Struct, frozen=True):
    """A column of a command's table: its head, and the field of the row.

    `empty` stands for an empty value. An `is_id` column is short on a terminal. A column that `folds` is broken between
    words if the terminal is narrow; one with a `spare` number is left out then, the lowest number first. A column with
    `if_any` is left out if it is empty in all rows.
    """

    head: str
    field: str
    empty: str = ""
    is_id: bool = False
    folds: bool = False
    spare: int = 0
    if_any: bool = False


Values = Mapping[str, Any]


class CommandForm(Struct, frozen=True):
    """A command that does an operation.

    `words` are those after `warmline`. `help` begins with one sentence of at most 45 characters. `examples` are texts
    after the words. `arguments` names those of the operation that are words without an option, in order, with [] around
    one that may be left out, and `options` those with one, if it is not all others.

    `columns` make the table of a list, and `none` is the sentence if it has no row. `said` is the sentence of a change,
    from the answer as JSON and from the arguments as people wrote them; `app` among these is the address of a login's
    app, or "". With `prints`, the sentence is on standard error, and this field of the answer is alone on standard
    output. `fields` are the names of the command's JSON and the columns of its CSV, in order, if they are not those of
    the answer or of its rows. `json` makes the answer or each row, if they are not there. `limit` is the usual number
    of rows, `most` the highest. `heading` is the part of the group's help that lists the command. A command that
    `asks_nothing` accepts --yes, as former scripts give it.
    """

    words: str
    help: str
    examples: tuple[str, ...]
    arguments: str = ""
    options: str | None = None
    columns: tuple[Column, ...] = ()
    none: str | Callable[[Values], str] = ""
    said: Callable[[Any, Values], str] | None = None
    prints: str = ""
    fields: str = ""
    json: Callable[[Any, Values], dict[str, Any]] | None = None
    limit: int = 0
    most: int = 0
    heading: str = ""
    asks_nothing: bool = False


class Argument(Struct, frozen=True):
    """An argument of an operation; `default` is NODEFAULT if it must be given.

    `place` is path, query, body, or `since` for a revision.
    """

    name: str
    type: Any
    default: Any
    place: str
    field: Field


class Unusual(TypedDict, total=False):
    """What an operation may have besides the usual: see `operation`."""

    more_problems: tuple[int, ...]
    success: int
    missing: int
    body_name: str
    example: Mapping[str, Any]
    cursor: Mapping[str, Any]
    cursor_field: str
    pages_of: int
    location: str
    only_reads: bool
    takes_long: bool
    media: str
    file_name: str
    scopes: Callable[[str, Mapping[str, Any]], set[str]]
    needs_scope: bool
    with_revision: bool
    before_own_password: bool
    before_enrolment: bool
    ends_sessions: bool
    unlocks: bool
    whole_body: str
    scope_of: Callable[[Mapping[str, str]], str]


class Operation(Struct, Generic[P, R], frozen=True, eq=False, dict=True):
    """A function that people and programs can call; see `operation` for the fields."""

    function: Callable[Concatenate[Caller, P], Any]
    id: str
    method: str
    path: str
    scope: str
    done: Done
    agents: str
    campaigns: str
    commands: tuple[CommandForm, ...]
    more_problems: tuple[int, ...] = ()
    success: int = 0
    missing: int = 0
    body_name: str = ""
    example: Mapping[str, Any] = msgspec.field(default_factory=dict)
    cursor: Mapping[str, Any] = msgspec.field(default_factory=dict)
    cursor_field: str = "id"
    pages_of: int = USUAL_ROWS
    location: str = ""
    only_reads: bool = False
    scopes: Callable[[str, Mapping[str, Any]], set[str]] | None = None
    needs_scope: bool = False
    with_revision: bool = False
    before_own_password: bool = False
    before_enrolment: bool = False
    takes_long: bool = False
    media: str = "application/json"
    file_name: str = ""
    ends_sessions: bool = False
    unlocks: bool = False
    whole_body: str = ""
    scope_of: Callable[[Mapping[str, str]], str] | None = None

    @property
    def summary(self) -> str:
        """Return the first line of the function's docstring, without its full stop."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0].rstrip(".")

    @cached_property
    def hints(self) -> dict[str, Any]:
        """Return the types of the function's parameters."""
        return self._hints({name: kind for name, kind in self.function.__annotations__.items() if name != RETURN}, {})

    @cached_property
    def answer(self) -> Any:
        """Return the type of the answer."""
        names = {}
        if self.done is Done.LIVE:  # only those load the receipts
            from warmline.operations.receipts import ReceiptNow

            names["ReceiptNow"] = ReceiptNow
        found = self._hints({RETURN: self.function.__annotations__[RETURN]}, names)[RETURN]
        return get_args(found)[0] if get_origin(found) in (LiveCommand, RecordsChange) else found

    @cached_property
    def has_steps(self) -> bool:
        """Return whether it makes a RecordsChange."""
        kind: Any = get_origin(self.function.__annotations__[RETURN])
        return kind is RecordsChange

    def _hints(self, annotations: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
        of = SimpleNamespace(__annotations__=annotations)
        return get_type_hints(of, self.function.__globals__, names, include_extras=True)

    @property
    def status(self) -> int:
        """Return the status of the answer."""
        return self.success or (201 if self.done is Done.LIVE else 200)

    @property
    def not_found(self) -> int:
        """Return the status for a name that does not exist: 404, or 422 for one in the body of a record."""
        return self.missing or (422 if self.body and self.done is Done.RECORDS and "{" not in self.path else 404)

    @property
    def problems(self) -> tuple[int, ...]:
        """Return the statuses of errors."""
        if self.done is Done.LIVE:
            return COMMAND
        usual = {*READ, *self.more_problems, *(BODY if self.body else ())}
        return tuple(sorted(usual | ({404} if self.done is Done.RECORDS and "{" in self.path else set())))

    @cached_property
    def body(self) -> str:
        """Return the name of the body's record in the OpenAPI document, "" without a body."""
        if self.method in ("GET", "DELETE"):
            return ""
        if any(one.place == "body" for one in self.arguments):
            return self.body_name or f"{self.id[0].upper()}{self.id[1:]}Request"
        return NO_FIELDS if self.done is Done.LIVE else ""

    @property
    def is_read(self) -> bool:
        """Return whether the operation changes nothing."""
        return self.method == "GET" or self.only_reads

    @property
    def reads_records(self) -> bool:
        """Return whether the function uses its caller. One that does not needs no thread: its `_caller` says so."""
        return not next(iter(self.function.__annotations__)).startswith("_")

    @cached_property
    def has_pages(self) -> bool:
        """Return whether the answer is a list in pages."""
        return Page in self.hints.values()

    @cached_property
    def arguments(self) -> tuple[Argument, ...]:
        """Return the arguments without Caller and Page."""
        in_path = re.findall(r"{(\w+)}", self.path)
        rest = "query" if self.method in ("GET", "DELETE") else "body"
        return tuple(
            Argument(
                one.name,
                self.hints[one.name],
                NODEFAULT if one.default is one.empty else one.default,
                "path" if one.name in in_path else SINCE if one.name == SINCE and self.with_revision else rest,
                next((part for part in parts(self.hints[one.name]) if isinstance(part, Field)), Field("")),
            )
            for one in inspect.signature(self.function).parameters.values()
            if self.hints[one.name] not in (Caller, Page)
        )

    def shape(self, name: str, about: str, *places: str) -> type[Struct]:
        """Return the record of the arguments in these places; `about` is its docstring."""
        used = [one for one in self.arguments if one.place in places]
        keys = {one.name: one.field.key for one in used if one.field.key and places == ("body",)}
        return msgspec.defstruct(
            name,
            [(one.name, Annotated[one.type, Meta(description=one.field.help)], one.default) for one in used],
            namespace={"__doc__": about},
            kw_only=True,
            forbid_unknown_fields=True,
            omit_defaults=True,
            frozen=True,
            rename=keys,
        )

    @cached_property
    def takes(self) -> type[Struct]:
        """Return the record of all arguments."""
        return self.shape(self.id, "", "path", "query", "body", SINCE)

    @cached_property
    def takes_body(self) -> type[Struct] | None:
        """Return the record of a request's body, with its name in the OpenAPI document; None without a body.

        It is described by what follows the first line of the function's docstring.
        """
        about = (inspect.getdoc(self.function) or "").partition("\n")[2].strip()
        return BODIES.setdefault(self.body, self.shape(self.body, about, "body")) if self.body else None

    def scopes_of(self, db: str, arguments: Mapping[str, Any]) -> set[str]:
        """Return the scopes that the operation takes with these arguments. Raises what `scopes` raises."""
        return self.scopes(db, arguments) if self.scopes else {self.scope} - {""}

    def named(self, kind: str, arguments: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the names of a kind, such as `campaign`, among the arguments."""
        return tuple(arguments[one.name] or "" for one in self.arguments if one.field.names == kind)

    def given(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments that are not the default, as a request has them."""
        return {one.name: arguments[one.name] for one in self.arguments if arguments[one.name] != one.default}

    def read(self, arguments: bytes) -> dict[str, Any]:
        """Return the arguments in a message of another process. Raises OptionError."""
        try:
            return self.check(msgspec.json.decode(arguments, type=dict[str, Any]))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise invalid("", f"no JSON: {error}") from None

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Return the names of the arguments that are numbers."""
        return frozenset(one.name for one in self.arguments if {int, float} & set(parts(one.type)))

    def check(self, values: Mapping[str, Any], *, is_text: bool = False) -> dict[str, Any]:
        """Return checked arguments; with `is_text`, numbers may be texts. Raises OptionError, see `invalid`."""
        given = dict(values)
        for name in self.numbers & given.keys() if is_text else ():
            given[name] = _without_zeros(given[name])
        try:
            checked = msgspec.structs.asdict(msgspec.convert(given, self.takes, strict=not is_text))
        except msgspec.ValidationError as error:
            fault = self._fault(error)
            raise invalid(fault.argument, fault.words) from None
        for argument in self.arguments:
            text = checked[argument.name]
            if not isinstance(text, str) or not text.endswith("\n"):
                continue
            patterns = (meta.pattern for meta in _metas(argument.type) if meta.pattern)
            if not all(re.fullmatch(one, text) for one in patterns):
                raise invalid(argument.name, "line breaks are not allowed")  # `$` in a pattern accepts this one
        return checked

    @cached_property
    def patterns(self) -> dict[str, str]:
        """Return what the patterns of arguments allow, in words, as `argument_types.patterns` does."""
        from warmline.operations import argument_types

        own = ((one.field.allowed, _metas(one.type)) for one in self.arguments)
        found = {repr(meta.pattern): words for words, metas in own if words for meta in metas if meta.pattern}
        return argument_types.PATTERNS | found

    def _fault(self, error: msgspec.ValidationError) -> "ArgumentFault":
        from warmline.operations import argument_errors

        found = argument_errors.fault(str(error), self.patterns)
        known = {one.name: choices(one.type) for one in self.arguments}
        if found.words.startswith("Invalid enum value") and (words := known.get(found.argument)):
            return msgspec.structs.replace(found, words=f"allowed: {', '.join(words)}")
        return found

    def bound(self, *given: Any, **named: Any) -> tuple[dict[str, Any], Page | None]:
        """Return the arguments of a call by their names, and its Page. Raises TypeError, as a call does."""
        found = inspect.signature(self.function).bind(None, *given, **named).arguments
        pages = [value for value in found.values() if isinstance(value, Page)]
        names = {one.name for one in self.arguments}
        return {name: value for name, value in found.items() if name in names}, pages[0] if pages else None

    def run(self, caller: Caller, arguments: Mapping[str, Any], page: Page | None = None) -> Any:
        """Do the operation with checked arguments: return the answer, LiveCommand or RecordsChange.

        Raises what it raises.
        """
        given = {name: value for name, value in arguments.items() if value is not UNSET}
        given |= {one: page or Page(limit=self.pages_of) for one, kind in self.hints.items() if kind is Page}
        function: Callable[..., Any] = self.function
        return function(caller, **given)

    def run_here(self, caller: Caller, arguments: Mapping[str, Any], page: Page | None = None) -> Any:
        """Do the operation in this process, which may change the records: return the answer."""
        made = self.run(caller, arguments, page)
        return made.read(made.change.run(caller, made.arguments)) if isinstance(made, RecordsChange) else made


def choices(kind: Any) -> tuple[str, ...]:
    """Return the texts that a type allows, or () if it allows any."""
    for part in parts(kind):
        if get_origin(part) is Literal:
            return get_args(part)
        if isinstance(part, type) and issubclass(part, Enum):
            return tuple(member.value for member in part)
    return ()


def parts(kind: Any) -> Iterator[Any]:
    """Yield the types in a type: of a union, and below annotations."""
    if get_origin(kind) in (Union, UnionType, Annotated):
        for part in get_args(kind):
            yield from parts(part)
    else:
        yield kind


def _without_zeros(value: Any) -> Any:
    """Return a number in a text without the zeros and blanks before it, with which msgspec refuses it."""
    found = re.fullmatch(r"\s*(-?)([0-9]+)\s*", value) if isinstance(value, str) else None
    return f"{found[1]}{found[2].lstrip('0') or 0}" if found else value


def _metas(kind: Any) -> list[Meta]:
    return [part for part in parts(kind) if isinstance(part, Meta)]


def at_argument(name: str, error: E) -> E:
    """Return an error of an operation with the argument that it is about."""
    error.fields["argument"] = name
    return error


def at_fields(error: E, fields: Mapping[str, str]) -> E:
    """Return an error of an operation with what is wrong in each field of its body."""
    error.fields["fields"] = fields
    return error


def argument_of(error: CodedError) -> str:
    """Return the argument that an error is about, or ""."""
    return str(error.fields.get("argument", ""))


def invalid(name: str, allowed: str) -> "OptionError":
    """Return the error for an argument with a wrong value; `allowed` says what is."""
    from warmline.options.values.entity import OptionError

    return OptionError(ARGUMENT_NOT_ALLOWED, "{argument}: {allowed}", argument=name, allowed=allowed)


def operation(
    route: str,
    id: str,
    scope: str,
    *commands: CommandForm,
    agents: str,
    campaigns: str,
    done: Done = Done.RECORDS,
    **more: Unpack[Unusual],
) -> Callable[[Callable[Concatenate[Caller, P], R]], Operation[P, R]]:
    """Make an operation of a function, with its commands.

    `route` is method and path below /api/v1, `id` the operation's name in the OpenAPI document. `scope` is what a
    program's token needs, and `agents` and `campaigns` name the bounds of people, in agent_bounds and campaign_bounds.

    `more` has what is not usual. `more_problems` are statuses of errors besides the usual ones, `success` is that of
    the answer, and `missing` that of a name that does not exist. `body_name` is the name of the body's record in the
    OpenAPI document, and `example` one of it; operations with the same name take the same body. `whole_body` is the
    argument that is the body itself. `cursor` is the JSON schema of a page's `after`, which is the last row's
    `cursor_field`; a page has `pages_of` rows. `location` is the address of what was made, with fields of the answer.
    With `only_reads` it changes nothing, although it has a body. `scopes` returns the scopes for database and
    arguments, if they depend on these, and `scope_of` that for the values in the path; with `needs_scope`, `scope` is
    always among them, and nobody without it learns anything. A read that `takes_long`, as lists in pages do, never
    delays a command: it runs in a thread for reports, ends after 5 s or when its client has gone, and a client has two
    at a time.

    With `with_revision`, an answer with the field `revision` has it as its ETag, and the argument `since` is what a
    client sends in `revision` or If-Match: the change is refused if another one came after that revision. A user who
    must choose a password first may call only operations with `before_own_password`, and one who must enrol a second
    factor also those with `before_enrolment`.

    An answer of bytes has the type `media`, and is a file with this `file_name`, which may name arguments.

    After one with `ends_sessions`, the processes read the sessions again, so that the streams of ended ones end. One
    that `unlocks` ends the waiting of its argument `user` after wrong passwords.
    """
    method, path = route.split()

    def described(function: Callable[Concatenate[Caller, P], R]) -> Operation[P, R]:
        return Operation(function, id, method, path, scope, done, agents, campaigns, commands, **more)

    return described


def change(
    id: str, scopes: Callable[[str, Mapping[str, Any]], set[str]], campaigns: str
) -> Callable[[Callable[Concatenate[Caller, P], R]], Operation[P, R]]:
    """Make a change of a function, for a RecordsChange of operations; it has no interface of its own.

    `scopes` and `campaigns` are what the call process checks, as for an operation.
    """

    def described(function: Callable[Concatenate[Caller, P], R]) -> Operation[P, R]:
        return Operation(function, id, "", "", "config:write", Done.RECORDS, "EVERYTHING", campaigns, (), scopes=scopes)

    return described
