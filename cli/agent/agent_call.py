"""`warmline agent park|grab|hold|transfer|conference|leave|hangup|dtmf|record`: commands about an agent's call."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.agent.agent_request import User, Wait, give
from cli.arguments.completion import names
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json
from warmline.core.rules.routing import AGENTDIRECT

Number = Annotated[str, typer.Argument(metavar="[NUMBER]", show_default=False, help="The number to dial.")]
Ingroup = Annotated[
    str,
    typer.Option("--ingroup", metavar="NAME", help="Call an agent of this in-group.", autocompletion=names("ingroup")),
]
ToAgent = Annotated[
    str, typer.Option("--agent", metavar="USER", help="Choose this agent as the target.", autocompletion=names("agent"))
]
Third = Annotated[bool, typer.Option("--third", help="Act on the third party instead of the customer.")]


class ParkedParty(StrEnum):
    CUSTOMER = "customer"
    THIRD = "third"


class RecordingSwitch(StrEnum):
    START = "start"
    STOP = "stop"
    MUTE = "mute"
    UNMUTE = "unmute"


def park(
    user: User,
    third: Third = False,
    ivr: Annotated[
        bool, typer.Option("--ivr", help="Connect the customer with the campaign's park_ivr instead of music.")
    ] = False,
    as_json: Json = False,
) -> None:
    if third and ivr:
        raise InvalidArgument("third_and_ivr", "--ivr is for the customer; leave out --third")
    if ivr:
        give(user, "parking", "the customer is in the park IVR", as_json=as_json, kind="PARK_IVR_CUSTOMER")
        return
    give(user, "parking", f"{_who(third)} hears music", as_json=as_json, kind="PARK_XFER" if third else "PARK_CUSTOMER")


def grab(user: User, third: Third = False, as_json: Json = False) -> None:
    kind = "GRAB_XFER" if third else "GRAB_CUSTOMER"
    give(user, "parking", f"{_who(third)} is back", as_json=as_json, kind=kind)


def swap(
    user: User,
    to: Annotated[ParkedParty, typer.Argument(metavar="customer|third", help="The party to talk to.")],
    as_json: Json = False,
) -> None:
    kind = "SWAP_PARK_XFER" if to is ParkedParty.CUSTOMER else "SWAP_PARK_CUSTOMER"
    give(user, "parking", f"with the {to.value}", as_json=as_json, kind=kind)


def hold(
    user: User,
    off: Annotated[bool, typer.Option("--off", help="Take the customer back.")] = False,
    as_json: Json = False,
) -> None:
    give(user, "unhold" if off else "hold", _held(off), as_json=as_json)


def transfer(
    user: User,
    number: Number = "",
    ingroup: Annotated[
        str,
        typer.Option(
            "--ingroup", metavar="NAME", help="Let the customer wait in this in-group.", autocompletion=names("ingroup")
        ),
    ] = "",
    agent: ToAgent = "",
    message: Annotated[
        bool, typer.Option("--message", help="Play the campaign's message to the customer, then hang up.")
    ] = False,
    wait: Wait = False,
    as_json: Json = False,
) -> None:
    _exactly_one(number, ingroup, agent, "--message" if message else "")
    if message:
        give(user, "transfers", "the customer hears the message", as_json=as_json, wait=wait, kind="LEAVE_VM")
    elif number:
        said = f"the customer is put through to {number}"
        give(user, "transfers", said, as_json=as_json, wait=wait, kind="BLIND_TRANSFER", number=number)
    else:
        said = f"the customer waits for {agent or ingroup}"
        group = ingroup or AGENTDIRECT
        give(user, "transfers", said, as_json=as_json, wait=wait, kind="LOCAL_CLOSER", ingroup=group, to_agent=agent)


def conference(
    user: User,
    number: Number = "",
    ingroup: Ingroup = "",
    agent: ToAgent = "",
    park_customer: Annotated[bool, typer.Option("--park", help="Park the customer, who hears music.")] = False,
    wait: Wait = False,
    as_json: Json = False,
) -> None:
    _exactly_one(number, ingroup, agent)
    kind = "PARK_CUSTOMER_DIAL" if park_customer else "DIAL_WITH_CUSTOMER"
    group = ingroup or (AGENTDIRECT if agent else "")
    said = f"{'has' if wait else 'calls'} {number or agent or ingroup}"
    give(user, "transfers", said, as_json=as_json, wait=wait, kind=kind, number=number, ingroup=group, to_agent=agent)


def leave(user: User, as_json: Json = False) -> None:
    give(user, "transfers", "left", as_json=as_json, kind="LEAVE_3WAY_CALL")


def hangup(
    user: User,
    third: Annotated[
        bool, typer.Option("--third", help="Hang up only the third party, even while it still rings.")
    ] = False,
    customer: Annotated[
        bool, typer.Option("--customer", help="Hang up only the customer, if there is a third party.")
    ] = False,
    as_json: Json = False,
) -> None:
    if third and customer:
        raise InvalidArgument("third_and_customer", "--third and --customer together mean everyone; leave both out")
    if third:
        give(user, "transfers", "the third party is hung up", as_json=as_json, kind="HANGUP_XFER")
    elif customer:
        give(user, "hangup", "the customer is hung up", as_json=as_json, kind="HANGUP_CUSTOMER")
    else:
        give(user, "hangup", "hung up", as_json=as_json)


def dtmf(
    user: User,
    digits: Annotated[str, typer.Argument(metavar="KEYS", show_default=False, help="The keys to press, such as 12#.")],
    to: Annotated[
        ParkedParty | None,
        typer.Option(
            metavar="customer|third",
            help="The party that gets the keys. Without --to, a connected third party gets them, or otherwise the "
            "customer.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    side = {ParkedParty.CUSTOMER: "CUSTOMER", ParkedParty.THIRD: "XFER"}[to] if to else ""
    give(user, "dtmf", f"{len(digits)} keys pressed", as_json=as_json, digits=digits, to=side)


def record(
    user: User,
    what: Annotated[
        RecordingSwitch, typer.Argument(metavar="start|stop|mute|unmute", help="The action on the recording.")
    ],
    as_json: Json = False,
) -> None:
    give(user, "recording", f"recording: {what.value}", as_json=as_json, kind=f"RECORD_{what.name}")


def _exactly_one(*given: str) -> None:
    if len([one for one in given if one]) != 1:
        raise InvalidArgument(
            "target_not_one",
            "the target is missing or given twice; give either NUMBER or one option such as --ingroup or --agent",
        )


def _who(third: bool) -> str:
    return f"the {ParkedParty.THIRD if third else ParkedParty.CUSTOMER}"


def _held(off: bool) -> str:
    return "the customer is back" if off else "the customer hears music"
