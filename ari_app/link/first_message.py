"""The first message of a connection to the call process; messages.py has the others, and loads the core."""

from msgspec import Struct

VERSION = 16  # counts up when a message changes; processes of different versions refuse each other


class Message(Struct, frozen=True, array_like=True, tag=True):
    """A message. Its class name is its tag on the wire."""


class Hello(Message, frozen=True):
    """The first message to the call process.

    `program` is for the log. A follower names the last frame `after` that it has of the call process `beginning`.
    """

    version: int
    program: str
    follows: bool = False
    beginning: str = ""
    after: int = 0
