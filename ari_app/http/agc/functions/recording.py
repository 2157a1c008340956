"""recording: START, STOP and STATUS of the recording of a call."""

from datetime import datetime

from ari_app.http.agc.requests.answers import AgcAnswer, AgcPlan, cannot_be, error, impossible
from ari_app.http.agc.requests.request_context import AgcFunction, RequestContext, value_contains
from warmline.core.commands.command_registry import find_function_commands
from warmline.core.messages.call_command_types import RecordStop
from warmline.core.model.recording import Recording

LONGEST_STAGE = 14
GIVES = find_function_commands("recording")


def _plan(asked: RequestContext) -> AgcPlan | AgcAnswer:
    running = asked.world.recordings.get(asked.call.recording.running or "") if asked.call else None
    where = f"{asked.server_ip}|{asked.session.conf_exten}|{asked.status}"
    if asked.value == "STATUS" or (asked.value == "START" and running):
        return _notice(asked, running, where)
    if "STOP" in asked.value and not running:
        return error(f"stop recording error - {asked.agent}|||||{where}", bare=True)
    stage = asked.fields["stage"][:LONGEST_STAGE] if "START" in asked.value else ""
    done = f"recording function sent - {asked.agent}|{asked.value}{stage}||||{where}"
    shape = GIVES.get(asked.value)
    if shape is None:
        why = cannot_be("value", asked.value, "START", "STOP", "STATUS")
        return impossible(asked.command(RecordStop), why, done)
    return AgcPlan(asked.command(shape, call=asked.call.id if asked.call else ""), done)


def _notice(asked: RequestContext, running: Recording | None, where: str) -> AgcAnswer:
    if running is None:
        return AgcAnswer(f"NOTICE: not recording - {asked.agent}|||||{where}\n")
    began = datetime.fromtimestamp((running.started or running.asked) // 1_000_000).astimezone()
    file = f"{running.id}|{running.id}|{asked.server_ip}|{began:%Y-%m-%d %H:%M:%S}"
    return AgcAnswer(f"NOTICE: recording active - {asked.agent}|{file}|{where}\n")


RECORDING = AgcFunction(
    value_contains("START", "STOP", "STATUS"),
    _plan,
    needs="value START, STOP, STATUS; stage",
    does="starts or stops the recording of the agent's call, or reports its state",
    differs="START during a recording returns the current recording and begins no second one. "
    "The recording's id is its file name. stage is only repeated; campaign_rec_filename names the file. "
    "START is refused if the rules say NEVER, and STOP if they say ALLFORCE.",
)
