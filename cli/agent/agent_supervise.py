"""`warmline agent listen|whisper|barge`: a supervisor beside an agent."""

from typing import Annotated

import typer

from cli.agent.agent_request import User, ring
from cli.output.json_output import Json

Phone = Annotated[
    str, typer.Option("--phone", metavar="PHONE", help="Yours: it is called. Nobody may be logged in on it.")
]


def listen(user: User, phone: Phone, as_json: Json = False) -> None:
    """Hear what an agent hears and says, from call to call, until you hang up.

    The phone is called. If it is with the agent already, it is not called again: it listens, whispers or barges in from
    then on.
    """
    ring(user, "listen", phone, f"is heard on phone {phone}", as_json=as_json)


def whisper(user: User, phone: Phone, as_json: Json = False) -> None:
    """The same, and the agent alone hears you."""
    ring(user, "whisper", phone, f"is heard on phone {phone}, and hears it", as_json=as_json)


def barge(user: User, phone: Phone, as_json: Json = False) -> None:
    """The same, and everybody in the call hears you."""
    ring(user, "barge", phone, f"is heard on phone {phone}, which all in his call hear", as_json=as_json)


COMMANDS = (
    (listen, "listen 1000 --phone 1009"),
    (whisper, "whisper 1000 --phone 1009"),
    (barge, "barge 1000 --phone 1009"),
)
