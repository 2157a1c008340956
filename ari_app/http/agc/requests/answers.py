"""The forms of an answer, mostly one line, and the additions that a request selects."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ari_app.http.agc.requests.fields import Fields
from ari_app.records.record_writes import RecordWrite
from warmline.core.messages.commands import Command
from warmline.store.leads.leads import LeadOutcome
from warmline.text.coded_error import CodedError

QUOTED = 40  # characters of an invalid text


@dataclass(frozen=True, slots=True)
class AgcAnswer:
    """The body of an answer. `bare`: nothing follows it, neither the window link nor the debug text.

    `quiet`: the request is not logged. `undone`: it has had no result yet, so its key is free for a repetition.
    """

    text: str
    status: int = 200
    bare: bool = False
    quiet: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True)
class AgcPlan:
    """The commands for the switchboard, and the words for their result."""

    command: Command
    done: str  # the text after `SUCCESS: `
    end: str = "\n"
    first: Command | None = None  # given before `command`; its result is ignored
    after: Command | None = None  # given after success; its result is ignored
    digits: str = ""  # the keys of SEND_DTMF
    within: float = 10.0  # seconds until the command has ended, for wait=answer
    before: str = ""  # lines before the result, whatever it is
    function: str = ""
    detail: str = ""  # the subject of an ERROR: VALUE|AGENT
    lenient: bool = False  # api_impossible=SUCCESS: a refusal is answered with success
    shows: bool = False  # `done` has a number that the request did not send; a refusal never shows it
    already: str = ""  # the reason of a refusal that is answered with success, because nothing is left to do


@dataclass(frozen=True, slots=True)
class AgcWrite:
    """A change of a record, and the words for its result (see RecordWriter) or for the reason why it is refused."""

    write: RecordWrite
    done: Callable[[LeadOutcome], AgcAnswer]
    refused: Callable[[CodedError], AgcAnswer]


@dataclass(frozen=True, slots=True)
class AgcLookup:
    """Reads of the database before there is a plan, a write or an answer. `do` takes the path of the database.

    It may block, and raises StoreError.
    """

    do: Callable[[str], "AgcPlan | AgcWrite | AgcAnswer"]


def error(text: str, *, bare: bool = False) -> AgcAnswer:
    """Return the answer `ERROR: text`, one line."""
    return AgcAnswer(f"ERROR: {text}\n", bare=bare)


def impossible(command: Command, why: str, done: str) -> AgcPlan:
    """Return a plan that the core refuses and records with the reason `why`."""
    return AgcPlan(replace(command, impossible=why), done)


def cannot_be(name: str, text: str, *known: str) -> str:
    """Return the reason for a field with an invalid text."""
    return f"{name} is {text[:QUOTED]}; it can be {', '.join(known)}"


def undone(plan: AgcPlan, why: str) -> AgcAnswer:
    """Return the answer to a request without a result, which may be repeated with its key."""
    return replace(outcome(plan, why), undone=True)


def outcome(plan: AgcPlan, why: str, *, refused: bool = False) -> AgcAnswer:
    """Return the answer to a command; `why` is "" on success, `refused` if the command was not accepted."""
    if why and not (refused and ((plan.lenient and not plan.shows) or why == plan.already)):
        return AgcAnswer(f"{plan.before}ERROR: {plan.function} {why} - {plan.detail}\n")
    return AgcAnswer(f"{plan.before}SUCCESS: {plan.done}{plan.end}")


_HEAD = "<html>\n<head>\n<title>Warmline agent API</title>\n</head>\n<body>\n"
_LINK = "\n<a href=\"javascript:window.opener='x';window.close();\">Close This Window</a>\n"


def page(answer: AgcAnswer, fields: Fields, seconds: float) -> str:
    """Return the body with the additions of `close_window_link` and `format=debug`; `seconds` is the run time."""
    debug = fields["format"] == "debug"
    text = _HEAD + answer.text if debug else answer.text
    if answer.bare:
        return text
    if fields["close_window_link"].strip("0").isdigit():
        text += _LINK
    if debug:
        text += f"\n<!-- script runtime: {int(seconds)} seconds -->\n</body>\n</html>\n"
    return text
