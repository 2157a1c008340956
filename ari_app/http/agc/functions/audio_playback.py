"""audio_playback: plays sound files in the agent's call, to all parties in its bridge."""

from ari_app.http.agc.requests.answers import AgcAnswer, AgcPlan, cannot_be, error, impossible
from ari_app.http.agc.requests.fields import Fields
from ari_app.http.agc.requests.request_context import AgcFunction, RequestContext, names_agent
from warmline.core.commands.command_registry import find_function_commands
from warmline.core.messages.call_command_types import AudioPlay, AudioStop
from warmline.core.messages.commands import SOUNDS

STAGES = find_function_commands("audio_playback")
SHORTEST_STAGE = 4


def _complete(fields: Fields) -> bool:
    stage = fields["stage"]
    return (bool(fields["value"]) or stage != "PLAY") and len(stage) >= SHORTEST_STAGE and names_agent(fields)


def _playback(asked: RequestContext) -> AgcPlan | AgcAnswer:
    stage, override = asked.fields["stage"], asked.fields["dial_override"]
    plays = asked.call is not None and bool(asked.call.audio.files)
    where = f"{asked.session.conf_exten}|{asked.server_ip}|{stage}"
    if stage == "PLAY" and plays and override != "Y":
        told = f"{where}|{override}|{asked.agent}"
        return error(f"audio_playback error - audio already playing in agent session - {told}", bare=True)
    if stage != "PLAY" and not plays:
        told = f"{where}|{asked.agent}"
        return error(f"audio_playback error - no audio playing in agent session - {told}", bare=True)
    done = f"audio_playback function sent - {asked.value}|{stage}|{asked.agent}"
    if stage not in STAGES:
        return impossible(asked.command(AudioStop), cannot_be("stage", stage, *STAGES), done)
    if stage != "PLAY":
        return AgcPlan(asked.command(STAGES[stage]), done)
    command = asked.command(AudioPlay, file=asked.value.strip("|"), instead=override == "Y")
    if not SOUNDS.is_match(command.file):
        return impossible(command, "value names no sound", done)
    told = f"{stage}|{override}|{asked.agent}"
    return AgcPlan(
        command, done, before=f"NOTICE: audio_playback previous playback stopped - {told}\n" if plays else ""
    )


AUDIO_PLAYBACK = AgcFunction(
    _complete,
    _playback,
    needs="stage PLAY, STOP, PAUSE, RESUME or RESTART; for PLAY, value has names of sounds, separated by |; "
    "dial_override=Y replaces a current playback",
    does="plays sound files into the bridge of the agent's call; all parties hear them, and the recording has them",
    differs="Without a call it is refused, because no bridge of a call exists. Playback stops when the agent "
    "leaves the call. PAUSE always pauses and RESUME always continues; in VICIdial both are a toggle.",
    about=("value", "stage", "agent_user"),
    beside="stage",
)
