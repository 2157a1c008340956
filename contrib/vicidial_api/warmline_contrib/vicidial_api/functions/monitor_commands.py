"""The functions that give commands about calls: blind_monitor calls a phone that listens, update_log_entry corrects."""

from warmline.core.messages.agent_command_types import Barge, CorrectDisposition, Listen, Supervision, Whisper
from warmline.store.calls import last_agent
from warmline.store.configuration import config
from warmline_contrib.vicidial_api.lookups import call_lookups
from warmline_contrib.vicidial_api.lookups.call_lookups import CallBound
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "agents:supervise"
OF_CALLS = "calls:write"
STAGES: dict[str, type[Supervision]] = {"MONITOR": Listen, "WHISPER": Whisper, "BARGE": Barge}


async def blind_monitor(asked: NonAgentRequest) -> str:
    """Call a supervisor's phone, which then hears the agent of a session."""
    phone, room, server = asked["phone_login"], asked["session_id"], asked["server_ip"]
    stage = asked["stage"].upper() or "MONITOR"
    session = next((one for one in asked.world.sessions.values() if one.conf_exten == room), None)
    if session is None or not asked.sees_agent(SCOPE, session.agent):
        return asked.error(f"INVALID SESSION ID - {room}|{server}|{asked.by}")
    if phone not in await asked.look(config.list_names, "phone"):
        return asked.error(f"INVALID PHONE LOGIN - {phone}|{asked.by}")
    if stage not in STAGES:
        return asked.error(f"INVALID STAGE, allowed: {', '.join(STAGES)} - {stage}|{asked.by}")
    if why := await asked.give(STAGES[stage](session.agent, phone=phone)):
        return asked.error(f"{why} - {phone}|{asked.by}")
    # The values are those of VICIdial: phone, number that is dialled, phone's number, session, entry, user.
    return asked.line("SUCCESS", f"HAS BEEN LAUNCHED - {phone}|{room}|{phone}|{room}|0|{asked.by}")


async def update_log_entry(asked: NonAgentRequest) -> str:
    """Correct the disposition of a call that is over."""
    wanted, group, status = asked["call_id"], asked["group"], asked["status"]
    about, rules = f"{asked.by}|{group}|{wanted}|{status}", asked.world.rules
    if group not in rules.ingroups and not (group in rules.campaigns and asked.sees_campaign(group)):
        return asked.error(f"GROUP NOT FOUND: {asked.by}|{group}")
    if not (wanted and status):
        return asked.error(f"INVALID SEARCH PARAMETERS: {about}")
    bound = CallBound(asked.now, asked.visible(OF_CALLS))
    call = await asked.look(call_lookups.with_id, bound, wanted)
    found = await asked.look(last_agent.last_agent, wanted) if call else None
    if call is None or found is None or group not in (call["ingroup"], call["campaign"]):
        return asked.error(f"NO RECORDS FOUND: {about}")
    if call["code"] == status:
        return asked.error(f"NO RECORDS UPDATED: {about}|{status}|0")
    command = CorrectDisposition(found[1], found[0], status=status, why="by update_log_entry")
    if status not in rules.dispositions:
        return asked.error(f"STATUS DOES NOT EXIST: {about}")
    if why := await asked.give(command):
        return asked.error(f"{why} - {about}")
    return asked.line("SUCCESS", f"RECORD HAS BEEN UPDATED - {asked.by}|{about}|{call['code']}|0|")
