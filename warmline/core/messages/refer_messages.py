"""A phone's REFER and a far end's redirect, and their answer."""

from dataclasses import dataclass

from warmline.core.messages.values.server_action import MAIN_SERVER, ServerAction


@dataclass(frozen=True, slots=True)
class AnswerRefer(ServerAction):
    """Report the result of a REFER to its phone: answered, declined (no change) or unavailable (failure)."""

    leg: str
    answer: str


@dataclass(frozen=True, slots=True)
class ReferReceived:
    """A phone sent REFER to this target, or "" with Replaces. The call stays as it is until the answer.

    `impossible` and `checked` are in rows of core version 9, whose app queried the database itself.
    """

    leg: str
    target: str = ""
    impossible: str = ""
    checked: bool = False
    server: str = MAIN_SERVER


@dataclass(frozen=True, slots=True)
class LegRedirected:
    """A called party names this number instead of answering (SIP 302). The end of the leg follows.

    `impossible` and `checked` are in rows of core version 9, whose app queried the database itself.
    """

    leg: str
    target: str
    impossible: str = ""
    checked: bool = False
