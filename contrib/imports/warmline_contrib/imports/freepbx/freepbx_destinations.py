"""Turns a destination of FreePBX, such as `ext-queues,600,1`, into a route, or into the options of an in-group."""

import re
from collections.abc import Mapping

from warmline.options.did_options import ROUTE
from warmline.options.option_table import INGROUP
from warmline.options.values.option_types import Value

VOICEMAIL = re.compile(r"vm[busi]([0-9]+)")
MAILBOXES = "default"  # the context of FreePBX's mailboxes
# The option of the in-group for each kind of destination, by the action.
DROP = {
    "ingroup": ("IN_GROUP", "drop_inbound_group"),
    "extension": ("EXTENSION", "drop_exten"),
    "voicemail": ("VOICEMAIL", "voicemail_ext"),
    "callmenu": ("CALLMENU", "drop_callmenu"),
}
NO_AGENT = {"ingroup": "INGROUP", "extension": "EXTENSION", "voicemail": "VOICEMAIL", "callmenu": "CALLMENU"}
HANGUP = "hangup"


class FreepbxDestinations:
    """The destinations of one FreePBX. `groups` has the in-group for each number of a queue or ring group."""

    def __init__(self, queues: Mapping[str, str], groups: Mapping[str, str]) -> None:
        self._ingroups = {"ext-queues": queues, "ext-group": groups}

    def route(self, text: str) -> str:
        """Return the route for a destination. Raises ValueError with the reason if it has none."""
        context, extension = parts(text)
        if extension in (found := self._ingroups.get(context, {})):
            return f"ingroup:{found[extension]}"
        if context == "app-blackhole" and extension == HANGUP:
            return HANGUP
        if context == "ext-local" and (mailbox := VOICEMAIL.fullmatch(extension)):
            return ROUTE.parse(f"voicemail:{mailbox[1]}@{MAILBOXES}")
        try:
            return ROUTE.parse(f"callmenu:{context}" if extension == "s" else f"extension:{extension}@{context}")
        except ValueError:
            raise ValueError(f"{text} is not a place of the dialplan") from None

    def dialplan(self, text: str) -> str:
        """Return the arguments of Goto() for a destination. Raises ValueError."""
        kind, _, name = self.route(text).partition(":")
        if kind == "ingroup":
            return f"warmline-ingroup,{name},1"
        return ",".join(one.strip() for one in text.split(",", 2))

    def after(self, text: str) -> dict[str, Value]:
        """Return the options of an in-group whose callers go on to this destination. Raises ValueError."""
        if not text:
            return {"drop_action": "HANGUP", "no_agent_action": "HANGUP"}
        kind, _, name = self.route(text).partition(":")
        if kind == HANGUP:
            return {"drop_action": "HANGUP", "no_agent_action": "HANGUP", "max_calls_action": "DROP"}
        action, option = DROP[kind]
        found: dict[str, Value] = {"drop_action": action, option: _checked(option, name), "max_calls_action": "DROP"}
        try:
            value = _checked("no_agent_action_value", name)
        except ValueError:
            return found
        return found | {"no_agent_action": NO_AGENT[kind], "no_agent_action_value": value}


def _checked(option: str, text: str) -> Value:
    """Return the value of an option of in-groups. Raises ValueError with the reason if it is not allowed."""
    kind = INGROUP.option(option).type
    try:
        return kind.parse(text)
    except ValueError:
        raise ValueError(f"{text} is not {kind.allowed}") from None


def parts(text: str) -> tuple[str, str]:
    """Return context and extension of a destination. Raises ValueError."""
    found = [one.strip() for one in text.split(",")]
    if len(found) != 3 or not all(found) or not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", found[2], re.ASCII):
        raise ValueError(f"{text!r} is not CONTEXT,EXTENSION,PRIORITY")
    if found[2] != "1":
        raise ValueError(f"priority {found[2]} of {text} cannot be named; 1 can")
    return found[0], found[1]
