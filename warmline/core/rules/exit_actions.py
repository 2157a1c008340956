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


def _name_targets(stem: str, *, message: str, group: str = "") -> ExitTargets:
    return ExitTargets(
        message=message,
        exten=f"{stem}_exten",
        voicemail=f"{stem}_voicemail",
        group=group or f"{stem}_xfer_group",
        menu=f"{stem}_callmenu",
    )


def _share_target(option: str) -> ExitTargets:
    """Return the targets of an action option with a single option for them, whatever the action is."""
    return ExitTargets(message=option, exten=option, voicemail=option, group=option, menu=option)


TARGET_OPTIONS = {
    "drop_action": ExitTargets(
        message="drop_message",
        exten="drop_exten",
        voicemail="voicemail_ext",
        group="drop_inbound_group",
        menu="drop_callmenu",
    ),
    "after_hours_action": _name_targets(
        "after_hours", message="after_hours_message_filename", group="afterhours_xfer_group"
    ),
    "no_agent_action": _share_target("no_agent_action_value"),
    "closing_time_action": _name_targets("closing_time_option", message="closing_time_filename"),
    "wait_time_option": _name_targets("wait_time_option", message="wait_time_option_callback_filename"),
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
    """An action and its target: sound files, CONTEXT,EXTEN or an in-group.

    `missing_target` is "", or a sentence about the option that names no target.
    """

    action: str
    message: str = ""
    goto: str = ""
    group: str = ""
    missing_target: str = ""


def read_exit(ingroup: Ingroup, option: str, action: str, agent: Agent | None) -> QueueExit:
    """Return the exit for a value of an action option of this in-group.

    `agent` is the agent for whom alone the call waited, or None.
    """
    targets = TARGET_OPTIONS[option]
    exit_action = ACTIONS[action]
    match exit_action:
        case "HANGUP":
            return QueueExit("HANGUP")
        case "MESSAGE" | "CALLERID_CALLBACK":
            files = str(getattr(ingroup, targets.message))
            return QueueExit(exit_action, message="" if files == NO_FILE else files)
        case "IN_GROUP":
            return _build_ingroup_exit(targets.group, str(getattr(ingroup, targets.group)))
    target_option = {"EXTENSION": targets.exten, "VOICEMAIL": targets.voicemail, "CALLMENU": targets.menu}[exit_action]
    return _build_dialplan_exit(exit_action, target_option, getattr(ingroup, target_option), agent=agent)


def read_route(ingroup: Ingroup, option: str, route: str, agent: Agent | None) -> QueueExit:
    """Return the exit for a route of `option`, such as `extension:0@menu` or `callback`.

    `agent` is the agent for whom alone the call waited, or None.
    """
    kind, name = routing.split_route(route)
    if kind == "callback":
        return read_exit(ingroup, "wait_time_option", "CALLERID_CALLBACK", agent=agent)
    if kind == "ingroup":
        return QueueExit("IN_GROUP", group=name)
    return _build_dialplan_exit(kind.upper(), option, name, agent=agent)


def _build_ingroup_exit(option: str, ingroup: str) -> QueueExit:
    if ingroup in ("", NONE_GROUP, AGENTDIRECT):  # AGENTDIRECT has no queue without an agent
        return QueueExit("IN_GROUP", group=ingroup, missing_target=f"{option} names no in-group")
    return QueueExit("IN_GROUP", group=ingroup)


def _build_dialplan_exit(action: str, option: str, target: str, agent: Agent | None) -> QueueExit:
    """Return the exit into the dialplan that an option names: an extension, a mailbox, or a menu's context.

    A target with `|` is a list of sound files: the default of an option that messages and extensions share.
    """
    missing_target = f"{option} names nothing"
    if agent_option := AGENT_OPTIONS.get(target):
        missing_target = f"{option}={target}, and {_explain_missing_agent_option(agent_option, agent)}"
        target = getattr(agent, agent_option, "")
    exten, _, context = target.partition("@")
    if not exten or "|" in target or target == NONE_GROUP:
        return QueueExit(action, missing_target=missing_target)
    if action == "EXTENSION":
        return QueueExit(action, goto=f"{context or 'default'},{exten}")
    if action == "VOICEMAIL":
        return QueueExit(action, goto=f"{VOICEMAIL_CONTEXT},{target}")
    return QueueExit(action, goto=f"{target},s")


def _explain_missing_agent_option(agent_option: str, agent: Agent | None) -> str:
    return f"agent {agent.id} has no {agent_option}" if agent else "there is no agent who has one"
