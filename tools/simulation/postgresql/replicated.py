"""A primary and its synchronous standby: a commit is acknowledged when both have it."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tools.simulation.postgresql import cluster
from tools.simulation.postgresql.cluster import WITHIN, DatabaseServer
from tools.simulation.postgresql.relay import relay

SYNCHRONOUS = "ALTER SYSTEM SET synchronous_standby_names = 'standby'"
STATE = "SELECT sync_state FROM pg_stat_replication"
PROMOTE = "SELECT pg_promote(false)"  # it is not waited for


@dataclass(frozen=True, slots=True)
class ServerPair(DatabaseServer):
    """A primary and its standby: their addresses name both, and lead to the one that writes."""

    standby: DatabaseServer

    @classmethod
    def of(cls, primary: DatabaseServer, standby: DatabaseServer) -> "ServerPair":
        """Make a pair of two servers."""
        return cls(primary.folder, primary.port, standby)

    def address(self, database: str, port: int = 0) -> str:
        """Return the address of a database on both servers."""
        one = DatabaseServer.address(self, database, port)
        here, there = f":{port or self.port}/", f":{port or self.port},127.0.0.1:{self.standby.port}/"
        return f"{one.replace(here, there)}?target_session_attrs=read-write"

    @contextmanager
    def switched(self) -> Iterator[None]:
        """Kill the primary, and let the standby take its place at the end of the block."""
        kill(self)
        yield
        self.standby.run(PROMOTE)


@contextmanager
def pair(network: float = 0.0) -> Iterator[tuple[DatabaseServer, DatabaseServer]]:
    """Run a primary, and its synchronous standby, `network` seconds away."""
    with ExitStack() as until_end:
        primary = until_end.enter_context(cluster.server())
        through = until_end.enter_context(relay(primary.port, network)) if network else 0
        standby = until_end.enter_context(cluster.server(primary, through))
        primary.run(SYNCHRONOUS)
        primary.run("SELECT pg_reload_conf()")
        until = time.monotonic() + WITHIN
        while primary.run(STATE) != "sync":
            assert time.monotonic() < until
            time.sleep(0.05)  # the state can only be asked for
        yield primary, standby


def kill(server: DatabaseServer) -> None:
    """Kill a server with all its processes."""
    _send(server, signal.SIGKILL)


@contextmanager
def frozen(server: DatabaseServer) -> Iterator[None]:
    """Let a server answer nothing in the block: its connections stay open, as those of a machine that is cut off."""
    _send(server, signal.SIGSTOP)
    try:
        yield
    finally:
        _send(server, signal.SIGCONT)


def _send(server: DatabaseServer, number: signal.Signals) -> None:
    process = server.process
    children = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True).stdout.split()
    for one in (process, *map(int, children)):
        os.kill(one, number)
