"""The functions about the agent: pause, pause code, status, logout, phone, queue."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from ari_app.http.agc.requests.answers import AgcAnswer, AgcPlan, cannot_be, error, impossible
from ari_app.http.agc.requests.request_context import (
    AgcFunction,
    RequestContext,
    has_value,
    names_agent,
    value_contains,
    value_is_one_of,
)
from warmline.core.commands.command_registry import find_function_commands
from warmline.core.messages.agent_command_types import CallAgent, Logout, Pause, SetDisposition
from warmline.core.messages.values.callback import USERONLY, Callback
from warmline.core.model.call_states import AgentState
from warmline.core.queue.matching.serving_order import AGENT_QUEUE
from warmline.text.written_time import TimeTextError, whole

LONGEST_CODE = 6
SWITCHES = find_function_commands("external_pause")
PAUSED = (AgentState.PAUSED, AgentState.DISPO)
# The codes of VICIdial's system statuses that ask for a callback.
CALLBACK_CODES = ("CALLBK", "CBHOLD", "QCFAIL")
LONGEST_COMMENTS = 200
SHORTEST_TIME = 12  # characters of a callback_datetime that is ignored


def _pause(asked: RequestContext) -> AgcPlan | AgcAnswer:
    if "RESUME" in asked.value and asked.session.state not in PAUSED:
        return error(f"external_pause agent is not paused - {asked.value}|{asked.agent}", bare=True)
    done = f"external_pause function set - {asked.value}|{asked.now // 1_000_000}|{asked.agent}"
    if asked.value not in SWITCHES:
        return impossible(asked.command(Pause), cannot_be("value", asked.value, *SWITCHES), done)
    return AgcPlan(asked.command(SWITCHES[asked.value]), done)


EXTERNAL_PAUSE = AgcFunction(
    value_contains("PAUSE", "RESUME", shortest_alt=1),
    _pause,
    needs="value PAUSE or RESUME",
    does="pauses the agent, or lets them take calls again; in a call and in DISPO that follows the disposition",
)


def _pause_code(asked: RequestContext) -> AgcPlan | AgcAnswer:
    if asked.session.state not in PAUSED:
        return error(f"pause_code error - agent is not paused - {asked.agent}")
    command = asked.command(Pause, pause_code=asked.value)
    return AgcPlan(command, f"pause_code function sent - {asked.agent}")


PAUSE_CODE = AgcFunction(
    lambda fields: 0 < len(fields["value"]) <= LONGEST_CODE and names_agent(fields),
    _pause_code,
    needs="value, 1 to 6 characters",
    does="the code of the agent's pause; in DISPO that of the pause which follows the disposition",
)


def _logout(asked: RequestContext) -> AgcPlan | AgcAnswer:
    done = f"logout function set - {asked.value}|{asked.now // 1_000_000}|{asked.agent}"
    if asked.value != "LOGOUT":
        return impossible(asked.command(Logout), cannot_be("value", asked.value, "LOGOUT"), done)
    return AgcPlan(asked.command(Logout), done)


LOGOUT = AgcFunction(
    value_contains("LOGOUT", shortest_alt=1),
    _logout,
    needs="value LOGOUT",
    does="logs the agent out and hangs up their phone; in a call and in DISPO that follows the disposition",
    differs="An earlier request to pause is kept.",
)


def _status(asked: RequestContext) -> AgcPlan | AgcAnswer:
    callback = _callback(asked)
    told = f"{asked.value}{callback}" if callback else asked.value
    done = f"external_status function set - {told}|{asked.agent}"
    command = asked.command(SetDisposition, status=asked.value, follow_up=callback)
    if callback and _asks_for_callback(asked):
        try:
            command = replace(command, callback=_promised(asked))
        except TimeTextError as error:  # this API's words are stable
            value, allowed = error.fields["value"], error.fields["allowed"]
            why = f"callback_datetime: {value!r} is no time; write {allowed}"
            return impossible(command, why, f"external_status function set - {told}|{asked.agent}")
    done = f"external_status function set - {told}|{asked.agent}"
    if len(asked.value) > LONGEST_CODE:
        return impossible(command, f"status is longer than {LONGEST_CODE} characters", done)
    return AgcPlan(command, done)


def _asks_for_callback(asked: RequestContext) -> bool:
    code = asked.world.rules.dispositions.get(asked.value)
    return code.scheduled_callback == "Y" if code else asked.value in CALLBACK_CODES


def _callback(asked: RequestContext) -> str:
    """Return what follows the code in queue_log: !when!whose!comments!code, as far as given."""
    fields = asked.fields
    when, queue_code = fields["callback_datetime"], fields["qm_dispo_code"]
    if len(when) > SHORTEST_TIME and _asks_for_callback(asked):
        whose = fields["callback_type"] if len(fields["callback_type"]) >= 4 else "ANYONE"
        return f"!{when}!{whose}!{fields['callback_comments'][:LONGEST_COMMENTS]}!{queue_code}"
    return f"!!!!{queue_code}" if queue_code else ""


def _promised(asked: RequestContext) -> Callback | None:
    """Return the callback of the fields, or None without a time. Raises ValueError."""
    when = asked.fields["callback_datetime"]
    if len(when) <= SHORTEST_TIME:
        return None
    whose = asked.session.agent if asked.fields["callback_type"] == USERONLY else ""
    comments = asked.fields["callback_comments"][:LONGEST_COMMENTS]
    at = whole(when.strip(), ZoneInfo(asked.world.rules.timezone))
    return Callback(id="", call="", number="", agent=whose, at=at, comments=comments)


EXTERNAL_STATUS = AgcFunction(
    has_value,
    _status,
    needs="value, the code; callback_datetime, callback_type, callback_comments, qm_dispo_code",
    does="sets the disposition of the call; during the call it is kept until the call ends",
    differs="A callback (a code with scheduled_callback, and callback_datetime) is listed at once. Its time is in the "
    "setting timezone, and an invalid time is refused. A code longer than 6 characters is refused. "
    "A code sent during the call is kept.",
)


def _call_agent(asked: RequestContext) -> AgcPlan | AgcAnswer:
    return AgcPlan(asked.command(CallAgent), f"call_agent function sent - {asked.agent}")


CALL_AGENT = AgcFunction(
    value_is_one_of("CALL"),
    _call_agent,
    needs="value CALL",
    does="calls the agent's phone, if it is not connected",
    differs="An agent whose phone is connected, or rings for each call, is not called again.",
)


def _queue_count(asked: RequestContext) -> AgcPlan | AgcAnswer:
    queues = (*asked.session.ingroups, AGENT_QUEUE + asked.session.agent)
    waiting = sum(asked.waiting(queue) for queue in queues)
    return AgcAnswer(f"SUCCESS: calls_in_queue_count - {waiting}")


CALLS_IN_QUEUE_COUNT = AgcFunction(
    value_is_one_of("DISPLAY"),
    _queue_count,
    needs="value DISPLAY",
    does="counts the waiting calls that this agent could take, including requests for a closer",
    differs="The agent's own calls (AGENTDIRECT) count even if that in-group is not selected: the agent gets them.",
)
