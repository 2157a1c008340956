"""The description of an attack, which attackers in a separate process carry out."""

import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.bench.flood.call_load import CallLoad

HERE = ("127.0.0.1",)


@dataclass(frozen=True)
class AttackPlan:
    """Requests that are sent in turn on a number of connections, whatever the answers are.

    `rate`: requests a second of all connections together; 0: one request for each connection, which then stays idle.
    `addresses`: the addresses from which the connections come, in turn.
    """

    connections: int
    rate: float
    requests: tuple[bytes, ...]
    addresses: tuple[str, ...] = HERE

    def to_json(self) -> str:
        """Return the plan as one line of JSON."""
        return json.dumps(asdict(self) | {"requests": [base64.b64encode(one).decode() for one in self.requests]})

    @classmethod
    def from_json(cls, text: str) -> "AttackPlan":
        """Return the plan in a line that `to_json` wrote."""
        given = json.loads(text)
        requests = tuple(base64.b64decode(one) for one in given["requests"])
        return cls(given["connections"], given["rate"], requests, tuple(given["addresses"]))


def get(target: str, **headers: str) -> bytes:
    """Return a GET request as bytes."""
    head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "x", **headers}.items())
    return f"GET {target} HTTP/1.1\r\n{head}\r\n".encode()


def post(body: bytes, media: str = "application/x-www-form-urlencoded") -> bytes:
    """Return a form for the agent API as bytes."""
    head = f"Host: x\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n"
    return f"POST /agc/api.php HTTP/1.1\r\n{head}\r\n".encode() + body


async def nothing(_load: "CallLoad") -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Attack:
    """An attack of the report. `least`: its rate there, in requests a second, or in open connections at `rate` 0.

    `plan` gets the bearer token of a program that may only read. `prepare` fills the lab's database, or the like.
    """

    name: str
    what: str
    least: float
    plan: Callable[[str], AttackPlan]
    prepare: Callable[["CallLoad"], Awaitable[None]] = field(default=nothing)


def read_as(token: str, target: str) -> bytes:
    """Return a GET request of the JSON API with a bearer token."""
    return get(f"/api/v1{target}", Authorization=f"Bearer {token}")
