"""The forms an answer has: one line, mostly, and what the request asked to have put around it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ari_app.http.agc.requests.fields import Fields
from warmline.core.model.commands import Command

QUOTED = 40  # letters of a text that is wrong


@dataclass(frozen=True, slots=True)
class AgcAnswer:
    """The body as it goes out. `bare`: it ends the page at once, without the window link or the debug tail.

    `quiet`: it has no line in the log.
    """

    text: str
    status: int = 200
    bare: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class AgcPlan:
    """What to ask of the switchboard, and how its result is worded."""

    command: Command
    done: str  # what follows `SUCCESS: `
    end: str = "\n"
    first: Command | None = None  # asked before it; whatever comes of that
    after: Command | None = None  # asked once it is done; whatever comes of that
    digits: str = ""  # the keys of SEND_DTMF
    within: float = 10.0  # seconds in which it has ended, for wait=answer
    before: str = ""  # lines that are printed whatever comes
    function: str = ""
    detail: str = ""  # what an ERROR is about: VALUE|AGENT
    lenient: bool = False  # api_impossible=SUCCESS: what is refused is told as done
    shows: bool = False  # `done` has a number that the asker did not send: what is refused never shows it
    already: str = ""  # a reason of a refusal that means that there is nothing left to do: told as done


@dataclass(frozen=True, slots=True)
class AgcLookup:
    """What has to be looked up or written before there is a plan or an answer: `do` is given the database's path.

    It may block, and raises StoreError.
    """

    do: Callable[[str], "AgcPlan | AgcAnswer"]


def error(text: str, *, bare: bool = False) -> AgcAnswer:
    """`ERROR: text`, one line."""
    return AgcAnswer(f"ERROR: {text}\n", bare=bare)


def impossible(command: Command, why: str, done: str) -> AgcPlan:
    """A command that is known to be impossible here already: the core notes it with the reason, and refuses it."""
    return AgcPlan(replace(command, impossible=why), done)


def cannot_be(name: str, text: str, *known: str) -> str:
    """Why a field that has this text is impossible."""
    return f"{name} is {text[:QUOTED]}; it can be {', '.join(known)}"


def outcome(plan: AgcPlan, why: str, *, refused: bool = False) -> AgcAnswer:
    """The answer once the command is done (`why` is empty), or why it is not; `refused`: it was not accepted."""
    if why and not (refused and ((plan.lenient and not plan.shows) or why == plan.already)):
        return AgcAnswer(f"{plan.before}ERROR: {plan.function} {why} - {plan.detail}\n")
    return AgcAnswer(f"{plan.before}SUCCESS: {plan.done}{plan.end}")


_HEAD = "<html>\n<head>\n<title>Warmline agent API</title>\n</head>\n<body>\n"
_LINK = "\n<a href=\"javascript:window.opener='x';window.close();\">Close This Window</a>\n"


def page(answer: AgcAnswer, fields: Fields, seconds: float) -> str:
    """The body with what `close_window_link` and `format=debug` add; `seconds` is the time it took."""
    debug = fields["format"] == "debug"
    text = _HEAD + answer.text if debug else answer.text
    if answer.bare:
        return text
    if fields["close_window_link"].strip("0").isdigit():
        text += _LINK
    if debug:
        text += f"\n<!-- script runtime: {int(seconds)} seconds -->\n</body>\n</html>\n"
    return text
