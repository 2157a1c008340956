"""The routes of commands, generated from the registry of commands.

A command that is neither in OF_AGENT nor in OF_CALL has a path named after its kind. Its body is generated from its
arguments, unless request_bodies.py defines one. `kind` in a body selects the command if a path has several.
"""

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from functools import partial
from typing import Annotated, Any, NamedTuple, cast, get_args, get_type_hints

from msgspec import defstruct

from ari_app.http.v1 import agent_bounds, commands
from ari_app.http.v1.api_route import ApiParameter, ApiRoute
from ari_app.http.v1.bodies import request_bodies
from ari_app.http.v1.bodies.request_bodies import Body
from ari_app.http.v1.operation_routes import KEY
from warmline.core.commands.command_registry import REGISTERED_COMMANDS, RegisteredCommand
from warmline.core.messages.agent_command_types import Supervision
from warmline.core.messages.command_classes import COMMAND_CLASSES
from warmline.core.messages.commands import CHANNEL, CommandFields, Kind
from warmline.operations import argument_types
from warmline.operations.operation import COMMAND
from warmline.operations.receipts import ReceiptNow

CALL = ApiParameter(
    commands.CALL_PARAMETER,
    "query",
    "the call that the command is about: it is refused if the agent has another one by then",
    {"type": "string", "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},
)
OF_OWN_CALL = (Kind.STATUS, Kind.NOTES)  # commands to an agent that are about the call which the agent has or had last


MADE: dict[type[CommandFields], type[Body]] = {}


def made(shape: type[CommandFields]) -> type[Body]:
    """Return the body that has the arguments of a command.

    Commands that inherit all their arguments share one.
    """
    given = [one for one in fields(shape) if one.metadata]
    if not given:
        return request_bodies.EmptyBody
    if shape in MADE:
        return MADE[shape]
    if parent := next(
        (one for one in shape.__mro__[1:-1] if issubclass(one, CommandFields) and _has(one, given)), None
    ):
        return made(parent)
    types = get_type_hints(shape)
    told = given[0].metadata["meaning"] if len(given) == 1 else shape.__doc__
    arguments = [_field(_kept(one), types[one.name], one.default, one.metadata) for one in given]
    names = {_kept(one): one.name for one in given}
    said = {"__doc__": told}
    name = f"{shape.__name__}Body"
    new = cast(type[Body], defstruct(name, arguments, bases=(Body,), namespace=said, module=__name__, rename=names))
    return MADE.setdefault(shape, new)


def _kept(one: Field[Any]) -> str:
    """Return an argument's name in receipts, which the fingerprint of a request uses too."""
    return str(one.metadata["column"] or one.name)


def _has(shape: type[CommandFields], given: list[Field[Any]]) -> bool:
    return is_dataclass(shape) and {one.name for one in given} <= {one.name for one in fields(shape)}


def _field(name: str, of: Any, default: Any, said: Mapping[str, Any]) -> tuple[str, Any] | tuple[str, Any, Any]:
    """Return an argument as msgspec takes it. An argument that is not given has its default."""
    of = Annotated[of, argument_types.text(said["form"])] if said["form"] and of is str else of
    if said["is_required"]:
        return name, of
    return (name, of | None, None) if of is not bool else (name, of, default)


def body(kind: Kind, **arguments: Any) -> Body:
    """Return the body of a command with these arguments."""
    return made(COMMAND_CLASSES[kind])(**arguments)


def example_of(shape: type[CommandFields] | None) -> Body:
    """Return an example of the body that is made for a command."""
    if shape is None:
        return request_bodies.EmptyBody()
    forms = {_kept(one): one.metadata["form"] for one in fields(shape) if one.metadata and one.metadata["form"]}
    return made(shape)(**{name: form.example for name, form in forms.items()})


class Address(NamedTuple):
    """A path below /agents/{user} or /calls/{id}, and its name for client generators.

    `command`: the command it gives; None if the body has its kind. `summary` replaces the command's own sentence.
    `example`: a body that is not generated from the arguments; `takes`: its shape, if that is not the example's.
    """

    path: str
    name: str
    command: Kind | None = None
    summary: str = ""
    example: Body | None = None
    takes: Any = None


OF_AGENT = (
    Address("login", "logInAgent", Kind.LOGIN, example=request_bodies.AgentLoginBody()),
    Address("pause", "pauseAgent", Kind.PAUSE, example=body(Kind.PAUSE, pause_code="LUNCH")),
    Address("resume", "resumeAgent", Kind.RESUME),
    Address("logout", "logOutAgent", Kind.LOGOUT),
    Address("ring", "ringAgent", Kind.CALL_AGENT),
    Address("dial", "dialCustomer", Kind.DIAL, example=request_bodies.DialCustomerBody(number="8500")),
    Address("preview", "previewNumber", Kind.PREVIEW, example=request_bodies.DialCustomerBody(number="8500")),
    Address("dial-next", "dialNextLead", Kind.DIAL_NEXT, example=request_bodies.DialNextBody(preview=True)),
    Address("skip", "skipPreview", Kind.SKIP),
    Address("listen", "listenToAgent", Kind.LISTEN),
    Address("whisper", "whisperToAgent", Kind.WHISPER),
    Address("barge", "bargeIn", Kind.BARGE),
    Address("mute", "muteAgent", Kind.MUTE),
    Address("unmute", "unmuteAgent", Kind.UNMUTE),
    Address("notes", "keepNotes", Kind.NOTES, example=request_bodies.NotesBody(notes="wants an offer")),
    Address(
        "disposition",
        "disposeOfCall",
        Kind.STATUS,
        example=request_bodies.DispositionBody(status="SALE", notes="wants an offer"),
    ),
    Address("undo-disposition", "undoDisposition", Kind.UNDO_DISPOSITION),
    Address(
        "transfers",
        "transferOwnCall",
        summary="Transfer the agent's current call, as for a call",
        example=request_bodies.DialWithCustomerBody(number="8500"),
        takes=request_bodies.Transfer,
    ),
    Address("hold", "hold", Kind.PARK_CUSTOMER, "Play hold music to the customer"),
    Address("unhold", "unhold", Kind.GRAB_CUSTOMER),
    Address(
        "parking",
        "parkOrGrabOwn",
        summary="Park the customer or the third party of the agent's call, or take them back",
        example=request_bodies.ParkBody(kind="PARK_CUSTOMER"),
    ),
    Address(
        "hangup",
        "hangUpOwn",
        summary="Hang up the agent's call, or its customer",
        example=request_bodies.AgentHangupBody(),
    ),
    Address(
        "recording",
        "recordOwnCall",
        summary="Start, stop, mute or unmute the recording of the agent's call",
        example=request_bodies.RecordingBody(kind="RECORD_START"),
    ),
    Address(
        "audio",
        "playOwnAudio",
        summary="Play a sound file in the agent's call, or pause, resume, restart or stop it",
        example=request_bodies.AudioBody(kind="AUDIO_PLAY", message="vm-goodbye"),
    ),
    Address(
        "dtmf",
        "sendOwnDtmf",
        Kind.SEND_DTMF,
        "Send DTMF keys to the third party, or the customer, of the agent's call",
        request_bodies.DtmfBody(digits="1W23#"),
    ),
)

OF_CALL = (
    Address(
        "transfers",
        "transferCall",
        summary="Bring in a third party, leave, or transfer the customer",
        example=request_bodies.DialWithCustomerBody(number="8500"),
        takes=request_bodies.Transfer,
    ),
    Address(
        "parking",
        "parkOrGrab",
        summary="Park the customer or the third party, or take them back",
        example=request_bodies.ParkBody(kind="PARK_CUSTOMER"),
    ),
    Address("take", "takeCall", Kind.TAKE_CALL, example=request_bodies.CallTakerBody(to_agent="1009")),
    Address(
        "hangup",
        "hangUp",
        summary="Hang up all parties, or one",
        example=request_bodies.HangupBody(kind="END_CALL"),
    ),
    Address(
        "recording",
        "recordCall",
        summary="Start, stop, mute or unmute the recording",
        example=request_bodies.RecordingBody(kind="RECORD_START"),
    ),
    Address("dtmf", "sendDtmf", Kind.SEND_DTMF, example=request_bodies.DtmfBody(digits="1W23#")),
    Address("vm-message", "setVmMessage", Kind.VM_MESSAGE),
)

CORRECTION = ApiRoute(
    "POST",
    "/calls/{id}/disposition",
    "correctDisposition",
    REGISTERED_COMMANDS[Kind.SET_STATUS].summary,
    "calls:write",
    agent_bounds.PAST_CALL,
    partial(commands.correct, request_bodies.CorrectionBody),
    ReceiptNow,
    201,
    COMMAND,
    request_bodies.CorrectionBody,
    request_bodies.CorrectionBody(status="NI", notes="taken back the next day"),
    (KEY,),
)


ADOPTION = ApiRoute(
    "POST",
    "/adoptions",
    "adoptCall",
    REGISTERED_COMMANDS[Kind.ADOPT].summary,
    "calls:write",
    agent_bounds.CONVERSATION,
    commands.adopt,
    ReceiptNow,
    201,
    COMMAND,
    request_bodies.AdoptBody,
    request_bodies.AdoptBody(channel=CHANNEL.example, agent="1001"),
    (KEY,),
)


def _of_dialler(what: str, name: str, kind: Kind) -> ApiRoute:
    """Return the route of a command to the dialler of a campaign."""
    serve, shape = partial(commands.to_dialler, kind), request_bodies.EmptyBody
    return ApiRoute(
        "POST",
        f"/diallers/{{id}}/{what}",
        name,
        REGISTERED_COMMANDS[kind].summary,
        "agents:supervise",
        agent_bounds.EVERYTHING,
        serve,
        ReceiptNow,
        201,
        COMMAND,
        shape,
        shape(),
        (KEY,),
    )


DIALLER_ROUTES = (
    _of_dialler("start", "startDialler", Kind.DIALLER_START),
    _of_dialler("stop", "stopDialler", Kind.DIALLER_STOP),
)


def kinds_of(address: Address) -> tuple[Kind, ...]:
    """Return the commands that can be given at a path."""
    if address.command:
        return (address.command,)
    shapes = get_args(address.takes) or (address.takes or type(address.example),)
    tags = [shape.__struct_config__.tag for shape in shapes]
    words = tags if all(tags) else get_args(get_type_hints(shapes[0])["kind"])
    return tuple(map(Kind, words))


# Commands with routes of their own, which are written by hand.
WRITTEN = {Kind.SET_STATUS, Kind.CALLBACK, Kind.MAKE_CALLBACK, Kind.ADOPT, Kind.DIALLER_START, Kind.DIALLER_STOP}
WRITTEN |= {Kind.SERVER_DRAIN, Kind.SERVER_RESUME}


def agent_routes(rows: dict[Kind, RegisteredCommand]) -> tuple[ApiRoute, ...]:
    """Return the routes below an agent: OF_AGENT, then one for each other command."""
    known = {kind for address in (*OF_AGENT, *OF_CALL) for kind in kinds_of(address)} | WRITTEN
    others = (row for kind, row in rows.items() if kind not in known and not row.agent_api_only)
    return tuple(_route("/agents/{user}", address, rows) for address in (*OF_AGENT, *map(_address, others)))


def call_routes(rows: dict[Kind, RegisteredCommand]) -> tuple[ApiRoute, ...]:
    """Return the routes below a call."""
    return (*(_route("/calls/{id}", address, rows) for address in OF_CALL), CORRECTION, ADOPTION)


def _address(row: RegisteredCommand) -> Address:
    first, *others = row.kind.lower().split("_")
    return Address(row.public_name, first + "".join(map(str.capitalize, others)), row.kind)


def _route(above: str, address: Address, rows: dict[Kind, RegisteredCommand]) -> ApiRoute:
    """Return the route of a path; its answer is a receipt."""
    row = rows[address.command] if address.command else None
    example = address.example or example_of(row.command_class if row else None)
    shape = address.takes or type(example)
    of_call = above.startswith("/calls")
    supervises = row is not None and issubclass(row.command_class, Supervision)
    scope = "calls:write" if of_call else "agents:supervise" if supervises else "agents:write"
    serve = partial(commands.to_call if of_call else commands.to_agent, shape, address.command)
    summary = address.summary or (row.summary if row else "")
    path, gives, name = f"{above}/{address.path}", ReceiptNow, address.name
    takes_agent = address.command is Kind.TAKE_CALL
    bound = agent_bounds.CALL_AND_TAKER if takes_agent else agent_bounds.CALL if of_call else agent_bounds.AGENT
    names_call = not of_call and (row is None or row.is_about_call or row.kind in OF_OWN_CALL)
    parameters = (KEY, CALL) if names_call else (KEY,)
    return ApiRoute("POST", path, name, summary, scope, bound, serve, gives, 201, COMMAND, shape, example, parameters)


AGENT_ROUTES = agent_routes(REGISTERED_COMMANDS)
CALL_ROUTES = call_routes(REGISTERED_COMMANDS)


def _name(row: RegisteredCommand) -> str:
    """Return the last part of the address that gives only this command, or the kind that its body has."""
    own = (one.path for one in (*OF_AGENT, *OF_CALL) if one.command is row.kind)
    shared = (row.kind.value for one in (*OF_AGENT, *OF_CALL) if row.kind in kinds_of(one))
    return next(own, "") or next(shared, "") or row.public_name


NAMES = {kind: _name(row) for kind, row in REGISTERED_COMMANDS.items()}
