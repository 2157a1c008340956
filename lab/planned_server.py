"""An Asterisk of a lab before it starts: `main` is in the lab's own folder, each further one in a folder below it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import socket
from typing import NamedTuple

from lab import folder, ports
from lab.lab_error import LabError
from lab.ports import Ports
from warmline.core.messages.values.server_action import MAIN_SERVER

NAMES = (MAIN_SERVER, "b", "c", "d", "e")  # of the servers of a lab, in their order
USER = "warmline"  # of ARI


class PlannedServer(NamedTuple):
    """An Asterisk to be started: `password` is that of ARI, `keeper` reserves its ports."""

    name: str
    folder: Path
    ports: Ports
    password: str
    keeper: socket

    @property
    def ari(self) -> dict[str, str]:
        """Return address, user and password of ARI."""
        return {"url": f"http://127.0.0.1:{self.ports.http}/ari", "user": USER, "password": self.password}

    @property
    def gate(self) -> str:
        """Return the HOST:PORT of the gate, through which the app reaches ARI in a lab with several servers."""
        return f"127.0.0.1:{self.ports.gate}"

    @property
    def sip(self) -> str:
        """Return the server's HOST:PORT for SIP."""
        return f"127.0.0.1:{self.ports.sip}"


def names(count: int) -> tuple[str, ...]:
    """Return the names of a lab's first `count` servers. Raises LabError."""
    if not 1 <= count <= len(NAMES):
        raise LabError(
            "lab_servers_invalid",
            "--servers cannot be {count}; allowed: 1 to {most}",
            count=count,
            most=len(NAMES),
        )
    return NAMES[:count]


@contextmanager
def planned(
    lab: Path, wanted: Sequence[str], passwords: Mapping[str, str], sip: Mapping[str, int]
) -> Iterator[list[PlannedServer]]:
    """Provide the servers of these names with folders and free ports, which are reserved within the block.

    `passwords` are those of ARI, `sip` the SIP ports of an earlier start, both by name. Raises LabError.
    """
    with ExitStack() as stack:
        found = []
        for name in wanted:
            place = folder.of_server(lab, name)
            if name != MAIN_SERVER:
                folder.claim_server(lab, place)
            block, keeper = ports.reserve(sip.get(name, 0))
            stack.enter_context(keeper)
            found.append(PlannedServer(name, place, block, passwords[name], keeper))
        yield found
