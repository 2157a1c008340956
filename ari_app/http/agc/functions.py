"""The functions of the agent API, one row each: is it complete, which command is it, what does success say."""

from collections.abc import Callable
from dataclasses import dataclass

from warmline.ari_app.http.agc import transfer_conference
from warmline.ari_app.http.agc.answers import Answer, error
from warmline.ari_app.http.agc.asked import Asked, names_agent
from warmline.ari_app.http.agc.fields import Fields
from warmline.core.commands import Command, Kind
from warmline.core.session import AgentState

LONGEST_STATUS = 6


@dataclass(frozen=True, slots=True)
class Function:
    """`complete` sees the fields before the agent is looked up; `command` may give an answer instead; `done` is
    what follows `SUCCESS: `."""

    complete: Callable[[Fields], bool]
    command: Callable[[Asked], Command | Answer]
    done: Callable[[Asked], str]


def _has_value(fields: Fields) -> bool:
    return bool(fields["value"]) and names_agent(fields)


def _hangup(asked: Asked) -> Command | Answer:
    if asked.value != "1":
        return error(f"external_hangup value is not 1 - {asked.value}|{asked.agent}")
    return Command(Kind.HANGUP, asked.session.agent)


def _status(asked: Asked) -> Command | Answer:
    if len(asked.value) > LONGEST_STATUS:
        why = f"status is longer than {LONGEST_STATUS} characters"
        return error(f"external_status {why} - {asked.value}|{asked.agent}")
    return Command(Kind.STATUS, asked.session.agent, status=asked.value)


def _pause_or_resume(fields: Fields) -> bool:
    named = "PAUSE" in fields["value"] or "RESUME" in fields["value"]
    return named and names_agent(fields, shortest_alt=1)


_PAUSED = (AgentState.PAUSED, AgentState.DISPO)


def _pause(asked: Asked) -> Command | Answer:
    if "RESUME" in asked.value and asked.session.state not in _PAUSED:
        return error(f"external_pause agent is not paused - {asked.value}|{asked.agent}", bare=True)
    if asked.value not in ("PAUSE", "RESUME"):
        return error(f"external_pause value is neither PAUSE nor RESUME - {asked.value}|{asked.agent}")
    return Command(Kind(asked.value), asked.session.agent)


FUNCTIONS: dict[str, Function] = {
    "external_hangup": Function(
        _has_value, _hangup, lambda asked: f"external_hangup function set - {asked.value}|{asked.agent}"
    ),
    "external_status": Function(
        _has_value, _status, lambda asked: f"external_status function set - {asked.value}|{asked.agent}"
    ),
    "external_pause": Function(
        _pause_or_resume,
        _pause,
        lambda asked: f"external_pause function set - {asked.value}|{asked.now // 1_000_000}|{asked.agent}",
    ),
    "transfer_conference": Function(
        transfer_conference.complete, transfer_conference.command, transfer_conference.done
    ),
}

# VICIdial's functions that are answered "function not supported"; any other name gets the empty page.
NOT_SUPPORTED = {
    "audio_playback",
    "call_agent",
    "calls_in_queue_count",
    "change_ingroups",
    "external_add_lead",
    "external_dial",
    "force_fronter_audio_stop",
    "force_fronter_leave_3way",
    "logout",
    "park_call",
    "pause_code",
    "preview_dial_action",
    "ra_call_control",
    "recording",
    "refresh_panel",
    "send_dtmf",
    "send_notification",
    "set_timer_action",
    "st_get_agent_active_lead",
    "st_login_log",
    "switch_lead",
    "update_fields",
    "vm_message",
    "webphone_url",
    "webserver",
}
