"""`warmline agent listen|whisper|barge`: a supervisor joins an agent's call."""

from typing import Annotated

import typer

from cli.agent.agent_request import User, ring
from cli.arguments.completion import names
from cli.output.json_output import Json

Phone = Annotated[
    str,
    typer.Option(
        "--phone",
        metavar="PHONE",
        help="The supervisor's phone. No agent may be logged in on it.",
        autocompletion=names("phone"),
    ),
]


def listen(user: User, phone: Phone, as_json: Json = False) -> None:
    ring(user, "listen", phone, f"is heard on phone {phone}", as_json=as_json)


def whisper(user: User, phone: Phone, as_json: Json = False) -> None:
    ring(user, "whisper", phone, f"is heard on phone {phone}, and hears it", as_json=as_json)


def barge(user: User, phone: Phone, as_json: Json = False) -> None:
    ring(user, "barge", phone, f"is heard on phone {phone}, which all parties of the call hear", as_json=as_json)
