"""Another user of the machine in Asterisk's place, and at the app's port while its process starts again."""

import os
import socket
from collections.abc import Callable
from contextlib import closing

import pytest

from ari_app.process.listening_sockets import listen
from tests.other_user import NOBODY, as_nobody
from tests.wording.said import refused
from warmline.system.ari_listener import AriListener, StrangerError

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def while_a_stranger_listens(do: Callable[[str], None]) -> None:
    """Call `do` with ARI's address, at which a program of another user listens."""
    bound, told = os.pipe()
    go_on, ended = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        taken = socket.create_server(("127.0.0.1", 0))
        os.write(told, str(taken.getsockname()[1]).encode())
        os.read(go_on, 1)
        os._exit(0)
    try:
        do(f"http://127.0.0.1:{os.read(bound, 5).decode()}/ari")
    finally:
        os.write(ended, b"x")
        os.waitpid(child, 0)
        for number in (bound, told, go_on, ended):
            os.close(number)


def test_a_stranger_in_asterisks_place_gets_no_connection() -> None:
    """The attack: while Asterisk is down, another user binds ARI's port."""

    def check(url: str) -> None:
        with refused(StrangerError, "stranger_listens") as caught:
            AriListener(url).check()
        assert f"({NOBODY})" in str(caught.value.fields["users"])
        AriListener(url, {0, NOBODY}).check()  # as if Asterisk ran as this user

    while_a_stranger_listens(check)


def test_a_held_port_cannot_be_taken() -> None:
    """The attack: a part is killed, and another user binds its port before it is back. The supervisor holds it."""
    (held,) = listen("127.0.0.1", 0)
    with closing(held):
        where = held.getsockname()

        def take() -> None:
            for options in (
                (),
                (socket.SO_REUSEADDR,),
                (socket.SO_REUSEPORT,),
                (socket.SO_REUSEADDR, socket.SO_REUSEPORT),
            ):
                for address in (where, ("0.0.0.0", where[1])):  # noqa: S104 - the attack
                    with closing(socket.socket()) as mine, pytest.raises(OSError, match="already in use"):
                        for option in options:
                            mine.setsockopt(socket.SOL_SOCKET, option, 1)
                        mine.bind(address)
                        mine.listen()

        assert as_nobody(take) == ""
