"""The server of an action."""

from dataclasses import dataclass

MAIN_SERVER = "main"  # the only server today


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAction:
    """An action that Asterisk carries out on `server`, or that is about a file there.

    `Turn.do` sets the server. Only actions on an unknown leg, bridge or file are created with a server.
    """

    server: str = MAIN_SERVER
