"""The Unix sockets of the call process in the run folder, one for each kind of program."""

from typing import NamedTuple


class LinkSocket(NamedTuple):
    """A socket: its file in the run folder, and the mode of that file."""

    name: str
    mode: int

    def path(self, run: str) -> str:
        """Return the path of the socket in the folder `run`."""
        return f"{run}/{self.name}"


LOCAL = LinkSocket("calls-local", 0o666)  # of the command line; its server decides by the user who connects
API = LinkSocket("calls-api", 0o600)
WORKERS = LinkSocket("calls-workers", 0o600)
ALL = (LOCAL, API, WORKERS)
