"""The values of the action options: where a call goes if its in-group does not serve it.

The options are `drop_action`, `after_hours_action`, `no_agent_action`, `closing_time_action` and `wait_time_option`.
All of them name the same few actions. Each option has its own options for the targets. `exit_keys` names actions and
targets as routes.
"""

from typing import NamedTuple

from warmline.core.rules import routing
from warmline.core.rules.configuration import AGENTDIRECT, Agent, Ingroup
from warmline.core.rules.sentinels import NO_FILE, NONE_GROUP

VOICEMAIL_CONTEXT = "warmline-voicemail"  # a context of dialplan/warmline.conf; extensions are mailboxes


class ExitTargets(NamedTuple):
    """The options that hold the targets of an action option."""

    message: str
    exten: str
    voicemail: str
    group: str
    menu: str


def _name_targets(stem: str, message: str, group: str = "") -> ExitTargets:
    return ExitTargets(
        message, f"{stem}_exten", f"{stem}_voicemail", group=group or f"{stem}_xfer_group", menu=f"{stem}_callmenu"
    )


TARGET_OPTIONS = {
    "drop_action": ExitTargets(
        "drop_message", "drop_exten", "voicemail_ext", group="drop_inbound_group", menu="drop_callmenu"
    ),
    "after_hours_action": _name_targets("after_hours", "after_hours_message_filename", "afterhours_xfer_group"),
    "no_agent_action": ExitTargets(*["no_agent_action_value"] * 5),
    "closing_time_action": _name_targets("closing_time_option", "closing_time_filename"),
    "wait_time_option": _name_targets("wait_time_option", "wait_time_option_callback_filename"),
}

# A target that names an option of the agent, for a call that waited for that agent alone.
AGENT_OPTIONS = {"AGENTEXT": "custom_five", "AGENTVMAIL": "voicemail_id"}

# The values of the options, and the action that each one names.
ACTIONS = {
    "HANGUP": "HANGUP",
    "MESSAGE": "MESSAGE",
    "EXTENSION": "EXTENSION",
    "PRESS_EXTEN": "EXTENSION",
    "VOICEMAIL": "VOICEMAIL",
    "PRESS_VMAIL": "VOICEMAIL",
    "IN_GROUP": "IN_GROUP",
    "INGROUP": "IN_GROUP",
    "PRESS_INGROUP": "IN_GROUP",
    "CALLMENU": "CALLMENU",
    "PRESS_CALLMENU": "CALLMENU",
    "CALLERID_CALLBACK": "CALLERID_CALLBACK",
    "PRESS_CID_CALLBACK": "CALLERID_CALLBACK",
}


class QueueExit(NamedTuple):
    """An action and its target: sound files, CONTEXT,EXTEN or an in-group. `missing` names an unset option."""

    action: str
    message: str = ""
    goto: str = ""
    group: str = ""
    missing: str = ""


def read_exit(ingroup: Ingroup, option: str, action: str, agent: Agent | None) -> QueueExit:
    """Return the exit for a value of an action option of this in-group.

    `agent` is the agent for whom alone the call waited, or None.
    """
    targets = TARGET_OPTIONS[option]
    match ACTIONS[action]:
        case "HANGUP":
            return QueueExit("HANGUP")
        case "MESSAGE" | "CALLERID_CALLBACK" as action:
            files = str(getattr(ingroup, targets.message))
            return QueueExit(action, message="" if files == NO_FILE else files)
        case "IN_GROUP":
            group = str(getattr(ingroup, targets.group))
            has_no_group = group in ("", NONE_GROUP, AGENTDIRECT)  # AGENTDIRECT has no queue without an agent
            return QueueExit(
                "IN_GROUP", group=group, missing=f"{targets.group} names no in-group" if has_no_group else ""
            )
        case "EXTENSION":
            return _build_dialplan_exit("EXTENSION", targets.exten, getattr(ingroup, targets.exten), agent=agent)
        case "VOICEMAIL":
            return _build_dialplan_exit(
                "VOICEMAIL", targets.voicemail, getattr(ingroup, targets.voicemail), agent=agent
            )
        case _:
            return _build_dialplan_exit("CALLMENU", targets.menu, getattr(ingroup, targets.menu), agent=agent)


def read_route(ingroup: Ingroup, option: str, route: str, agent: Agent | None) -> QueueExit:
    """Return the exit for a route of `option`, such as `extension:0@menu` or `callback`; `agent` as in `read`."""
    kind, name = routing.split_route(route)
    if kind == "callback":
        return read_exit(ingroup, "wait_time_option", "CALLERID_CALLBACK", agent=agent)
    return (
        QueueExit("IN_GROUP", group=name)
        if kind == "ingroup"
        else _build_dialplan_exit(kind.upper(), option, name, agent=agent)
    )


def _build_dialplan_exit(action: str, option: str, target: str, agent: Agent | None) -> QueueExit:
    """Return the exit into the dialplan that an option names: an extension, a mailbox, or a menu's context."""
    missing = f"{option} names nothing"
    if agent_option := AGENT_OPTIONS.get(target):
        missing = f"{option}={target}, and " + (
            f"agent {agent.id} has no {agent_option}" if agent else "there is no agent who has one"
        )
        target = getattr(agent, agent_option, "")
    exten, _, context = target.partition("@")
    if not exten or "|" in target or target == NONE_GROUP:
        return QueueExit(action, missing=missing)
    if action == "EXTENSION":
        return QueueExit(action, goto=f"{context or 'default'},{exten}")
    return QueueExit(action, goto=f"{VOICEMAIL_CONTEXT},{target}" if action == "VOICEMAIL" else f"{target},s")
