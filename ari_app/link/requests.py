"""Requests to the call process: methods of a Protocol, which another process calls through a socket.

A new request is a method with `@request` in a Protocol, and its implementation. The type hints are its form on the
wire: what they do not allow is refused before the method is called. The name on the wire is that of Protocol and
method, such as "RecordWriter.write", and that of an error is its class.
"""

import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, cast, get_type_hints

import msgspec
from msgspec import NODEFAULT, Meta, Raw, Struct

from ari_app.link.call_client import CallLink
from ari_app.link.call_control import CallProcessAway
from ari_app.link.frames import unreadable
from ari_app.link.messages import Answer, Raised, Request, Returned
from warmline.text.coded_error import CodedError

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
Line = Annotated[str, Meta(max_length=255)]
LONGEST = 200  # characters of an error in a sentence

M = TypeVar("M", bound=Callable[..., Any])
P = TypeVar("P")
Unanswered = Callable[[CallProcessAway | TimeoutError], Exception]

log = logging.getLogger("warmline.link")


class RequestFailed(CallProcessAway):
    """The call process answered, but with a bug, or with something that the request does not have."""


class RequestForm:
    """The form of the arguments and of the result of a request, and its errors by their names on the wire."""

    def __init__(self, method: Callable[..., Any], errors: tuple[type[CodedError], ...]) -> None:
        self.name, self.method = method.__qualname__, method.__name__
        self.errors = {one.__name__: one for one in errors}
        hints = get_type_hints(method, include_extras=True)
        _, *parameters = inspect.signature(method).parameters.values()
        fields = [(one.name, hints[one.name], _default(one)) for one in parameters]
        self.arguments = msgspec.defstruct(self.name, fields, array_like=True, forbid_unknown_fields=True, frozen=True)
        self._arguments = msgspec.msgpack.Decoder(self.arguments)
        self.returns = hints["return"]
        self._result: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(self.returns)

    def request(self, number: int, *given: object, **named: object) -> Request:
        """Return the request `number` with these arguments."""
        return Request(number, self.name, Raw(msgspec.msgpack.encode(self.arguments(*given, **named))))

    def read(self, request: Request) -> Struct:
        """Return the arguments of a request. Raises FrameError."""
        try:
            return self._arguments.decode(request.arguments)
        except UNREADABLE as error:
            raise unreadable(error) from None

    def result(self, answer: Answer) -> Any:
        """Return the result in an answer, or raise its error; RequestFailed if the request does not have it."""
        match answer:
            case Raised(error=name, code=code, why=why):
                if kind := self.errors.get(name):
                    error = kind.__new__(kind)  # an error may have an initializer of its own
                    CodedError.__init__(error, code, "{why}", why=why)
                    raise error
                raise RequestFailed(code or "internal_error", "{why}", why=why)
            case Returned(value=value):
                try:
                    return self._result.decode(value)
                except UNREADABLE as error:
                    raise RequestFailed(
                        "answer_unreadable",
                        "the answer of the call process to {name} cannot be read: {why}; restart both processes",
                        name=self.name,
                        why=str(error)[:LONGEST],
                    ) from None


class Handler(NamedTuple):
    """A request and the function that answers it."""

    form: RequestForm
    method: Callable[..., Awaitable[object]]

    async def answer(self, number: int, arguments: Struct) -> Answer:
        """Return the answer to request `number`; a bug affects only this request."""
        try:
            value = await self.method(**msgspec.structs.asdict(arguments))
            return Returned(number, Raw(msgspec.msgpack.encode(value)))
        except CodedError as error:
            name = next((one.__name__ for one in type(error).__mro__ if one in self.form.errors.values()), "")
            return Raised(number, name, error.code, str(error))
        except Exception:
            log.exception("request %s failed", self.form.name)
            return Raised(number, "", "internal_error", "the call process could not answer; see its log")


def request(*errors: type[CodedError]) -> Callable[[M], M]:
    """Make a method of a Protocol a request; `errors` are those that the caller gets, with their codes and texts."""

    def marked(method: M) -> M:
        method.__dict__["errors"] = errors
        return method

    return marked


@cache
def forms(protocol: Callable[..., object]) -> Mapping[str, RequestForm]:
    """Return the requests of a Protocol and of those that it is made of, by their names on the wire."""
    found: dict[str, RequestForm] = {}
    for method in (one for kind in inspect.getmro(cast(type, protocol)) for one in vars(kind).values()):
        if inspect.isfunction(method) and "errors" in vars(method):
            found[method.__qualname__] = RequestForm(method, vars(method)["errors"])
    return found


def served(protocol: Callable[..., P]) -> Callable[[P], dict[str, Handler]]:
    """Return what makes the handlers of an implementation by their names: served(Protocol)(implementation).

    In two steps, the type checker compares the implementation with the Protocol.
    """

    def handlers(implementation: P) -> dict[str, Handler]:
        return {name: Handler(form, getattr(implementation, form.method)) for name, form in forms(protocol).items()}

    return handlers


def remote(
    protocol: Callable[..., P], link: CallLink, within: float, unanswered: Unanswered = lambda error: error
) -> P:
    """Return an object whose methods ask the call process for the requests of a Protocol.

    A method raises the errors of the request. Without an answer in `within` seconds, it raises what `unanswered` makes
    of TimeoutError or CallProcessAway.
    """

    def method(form: RequestForm) -> Callable[..., Awaitable[Any]]:
        async def asked(_: object, *given: object, **named: object) -> Any:
            try:
                return form.result(await link.ask(lambda number: form.request(number, *given, **named), within))
            except (CallProcessAway, TimeoutError) as error:
                if (other := unanswered(error)) is error:
                    raise
                raise other from None

        return asked

    methods = {form.method: method(form) for form in forms(protocol).values()}
    return cast(P, type(f"Remote{cast(type, protocol).__name__}", (), methods)())


def _default(one: inspect.Parameter) -> Any:
    return NODEFAULT if one.default is inspect.Parameter.empty else one.default
