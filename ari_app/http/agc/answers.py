"""The forms an answer has: one line, mostly, and what the request asked to have put around it."""

from dataclasses import dataclass

from warmline.ari_app.http.agc.fields import Fields
from warmline.core.commands import Command


@dataclass(frozen=True, slots=True)
class Answer:
    """The body as it goes out. `bare`: it ends the page at once, without the window link or the debug tail."""

    text: str
    status: int = 200
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A command to give to the switchboard, and how its result is worded."""

    command: Command
    before: str  # lines that are printed whatever comes
    done: str  # what follows `SUCCESS: `
    function: str
    detail: str  # what an ERROR is about: VALUE|AGENT


def error(text: str, *, bare: bool = False) -> Answer:
    """`ERROR: text`, one line."""
    return Answer(f"ERROR: {text}\n", bare=bare)


def outcome(plan: Plan, why: str) -> Answer:
    """The answer once the command is done (`why` is empty), or why it is not."""
    line = f"ERROR: {plan.function} {why} - {plan.detail}" if why else f"SUCCESS: {plan.done}"
    return Answer(f"{plan.before}{line}\n")


_HEAD = "<html>\n<head>\n<title>Warmline agent API</title>\n</head>\n<body>\n"
_LINK = "\n<a href=\"javascript:window.opener='x';window.close();\">Close This Window</a>\n"


def page(answer: Answer, fields: Fields, seconds: float) -> str:
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
