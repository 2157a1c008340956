"""The commands of `warmline agent` that are generated from the registry.

`cli.agent.generated_commands:audio_play` is the function of AUDIO_PLAY. `python -m tools.pages` writes their rows in
the command tree. Commands in WRITTEN have a function written by hand.
"""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields
from inspect import Parameter, Signature
from typing import Annotated, Any, get_type_hints

import typer

from cli.agent.agent_request import User, give
from cli.arguments.completion import names
from cli.output.json_output import Json
from warmline.core.commands.command_registry import REGISTERED_COMMANDS, RegisteredCommand
from warmline.core.messages.commands import Kind

# The commands with a function written by hand, and the commands of the registry that each gives.
WRITTEN = {
    "agent login": (Kind.LOGIN,),
    "agent ready": (Kind.RESUME,),
    "agent pause": (Kind.PAUSE,),
    "agent dispo": (Kind.STATUS,),
    "agent logout": (Kind.LOGOUT,),
    "agent dial": (Kind.DIAL,),
    "agent dial-next": (Kind.DIAL_NEXT,),
    "agent preview": (Kind.PREVIEW,),
    "agent skip": (Kind.SKIP,),
    "agent hold": (Kind.PARK_CUSTOMER, Kind.GRAB_CUSTOMER),
    "agent mute": (Kind.MUTE, Kind.UNMUTE),
    "agent dtmf": (Kind.SEND_DTMF,),
    "agent record": (Kind.RECORD_START, Kind.RECORD_STOP, Kind.RECORD_MUTE, Kind.RECORD_UNMUTE),
    "agent transfer": (Kind.BLIND_TRANSFER, Kind.LOCAL_CLOSER, Kind.LEAVE_VM),
    "agent hangup": (Kind.HANGUP, Kind.HANGUP_BOTH, Kind.HANGUP_XFER, Kind.HANGUP_CUSTOMER),
    "agent conference": (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL),
    "agent park": (Kind.PARK_CUSTOMER, Kind.PARK_IVR_CUSTOMER, Kind.PARK_XFER),
    "agent grab": (Kind.GRAB_CUSTOMER, Kind.GRAB_XFER),
    "agent swap": (Kind.SWAP_PARK_CUSTOMER, Kind.SWAP_PARK_XFER),
    "agent leave": (Kind.LEAVE_3WAY_CALL,),
    "agent listen": (Kind.LISTEN,),
    "agent whisper": (Kind.WHISPER,),
    "agent barge": (Kind.BARGE,),
    "call hangup": (Kind.END_CALL,),
    "call take": (Kind.TAKE_CALL,),
    "call adopt": (Kind.ADOPT,),
    "call set-disposition": (Kind.SET_STATUS,),
    "call vm-message": (Kind.VM_MESSAGE,),
    "callback take": (Kind.CALLBACK,),
    "callback make": (Kind.MAKE_CALLBACK,),
    "campaign start": (Kind.DIALLER_START,),
    "campaign stop": (Kind.DIALLER_STOP,),
}
OF_SERVERS = (Kind.SERVER_DRAIN, Kind.SERVER_RESUME)  # about no agent
HERE = "cli.agent.generated_commands"
# Arguments that name an entity of the configuration, with its kind. The shell completes these names.
NAMES = {"ingroup": "ingroup", "to_agent": "agent", "phone": "phone"}


def made(rows: dict[Kind, RegisteredCommand] = REGISTERED_COMMANDS) -> Iterator[RegisteredCommand]:
    """Yield the rows of the registry for which a command is generated."""
    written = {kind for kinds in WRITTEN.values() for kind in kinds} | {*OF_SERVERS}
    return (row for kind, row in rows.items() if kind not in written and not row.agent_api_only)


def target(row: RegisteredCommand) -> str:
    """Return where the function of a command is, as the command tree has it."""
    return f"{HERE}:{row.public_name.replace('-', '_')}"


def order(row: RegisteredCommand) -> Callable[..., None]:
    """Return the function of a command. Its parameters are the agent, the command's arguments, and `--json`."""
    kind: dict[str, Any] = {"kind": row.kind.value} if row.address else {}

    def run(user: str, as_json: bool, **given: Any) -> None:
        give(user, row.address or row.public_name, row.public_name.replace("-", " "), as_json=as_json, **kind | given)

    types = get_type_hints(row.command_class)
    arguments = [_parameter(one, types[one.name]) for one in fields(row.command_class) if one.metadata]
    in_order = sorted(arguments, key=lambda one: one.default is not Parameter.empty)
    parameters = (
        Parameter("user", Parameter.POSITIONAL_OR_KEYWORD, annotation=User),
        *in_order,
        Parameter("as_json", Parameter.POSITIONAL_OR_KEYWORD, default=False, annotation=Json),
    )
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined] # what Typer reads
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def _parameter(one: Field[Any], of: Any) -> Parameter:
    """Return a required field as an argument, any other as an option.

    Raises TypeError if the field is not a text, a number or a yes/no value.
    """
    if of not in (str, int, bool):
        raise TypeError(f"{one.name} is no text, number or yes or no: write a function for its command, see WRITTEN")
    meaning, option = one.metadata["meaning"], f"--{one.name.replace('_', '-')}"
    offered = names(NAMES[one.name]) if one.name in NAMES else None
    if one.metadata["is_required"]:
        argument = typer.Argument(metavar=one.name.upper(), help=meaning, show_default=False, autocompletion=offered)
        return Parameter(one.name, Parameter.POSITIONAL_OR_KEYWORD, annotation=Annotated[of, argument])
    given = typer.Option(option, help=meaning, show_default=False, autocompletion=offered)
    default = of() if one.default is MISSING else one.default
    return Parameter(one.name, Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=Annotated[of, given])


def __getattr__(name: str) -> Callable[..., None]:
    """Return the function of a command by its name. Raises AttributeError."""
    for row in made():
        if target(row) == f"{HERE}:{name}":
            return order(row)
    raise AttributeError(name)
