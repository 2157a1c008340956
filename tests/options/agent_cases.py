"""For each option of an agent that decides about calls, a case in which it matters; agent 1001 has the option."""

from tests.options.worlds import (
    Case,
    Given,
    alone_serves,
    alone_wraps_up,
    his_caller_waits,
    his_mobile_rings,
    many_come,
    nobody_takes_it,
    one_of_two_serves,
)

TAKES_IT = "['1001']"
TO_EXTEN = {"ingroup.drop_action": "EXTENSION", "ingroup.drop_exten": "AGENTEXT"}
TO_MAILBOX = {"ingroup.drop_action": "VOICEMAIL", "ingroup.voicemail_ext": "AGENTVMAIL"}
PHONE_RINGS = {"phone_mode": "on_hook"}


def ranked(method: str) -> Given:
    return {"ingroup.next_agent_call": method}


CASES = {
    "active": Case(alone_serves, "Y", shows=TAKES_IT, against="N"),
    "ingroups": Case(alone_serves, "SALESLINE", shows=TAKES_IT, against="SUPPORTLINE"),
    "wrapup_seconds_override": Case(alone_wraps_up, "10", shows="DISPO"),
    "recording_override": Case(alone_serves, "ALLCALLS", shows="StartRecording("),
    "user_level": Case(one_of_two_serves, "9", ranked("overall_user_level"), TAKES_IT),
    "campaign_rank": Case(one_of_two_serves, "9", ranked("campaign_rank"), TAKES_IT),
    "campaign_grade": Case(many_come, "10", ranked("campaign_grade_random")),
    "ingroup_ranks": Case(one_of_two_serves, "SALESLINE:9,SUPPORTLINE:-9", ranked("inbound_group_rank"), TAKES_IT),
    "ingroup_grades": Case(many_come, "SALESLINE:10", ranked("ingroup_grade_random")),
    "phone_mode": Case(nobody_takes_it, "on_hook"),
    "on_hook_ring_time": Case(nobody_takes_it, "3", PHONE_RINGS),
    "outside_number": Case(his_mobile_rings, "4930555", shows="dialled ['4930555'], ['talking']"),
    "accept_key": Case(his_mobile_rings, "2", {"outside_number": "4930555"}, shows="['ringing_agent']"),
    "max_missed": Case(nobody_takes_it, "2", PHONE_RINGS | {"on_hook_ring_time": "3"}),
    "custom_five": Case(his_caller_waits, "8300@inside", TO_EXTEN, "8300"),
    "voicemail_id": Case(his_caller_waits, "8777", TO_MAILBOX, "8777"),
}
