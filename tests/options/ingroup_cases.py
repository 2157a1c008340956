"""For each option of an in-group, a case in which it matters."""

from tests.options.worlds import (
    Case,
    Given,
    Story,
    comes,
    comes_after_long_waits,
    goes_to_the_default,
    his_phone_rings,
    is_handed_over,
    is_sent_on,
    is_served,
    it_closes_at_once,
    many_come,
    one_of_two_ranks_higher,
    one_of_two_serves,
    owner_is_busy,
    presses,
    presses_while_waiting,
    two_come,
    waits_at_two_lines,
)
from warmline.core.model.webhook import WebhookTrigger

CLOSED = {"call_time_id": "NEVER"}
CLOSING = {"call_time_id": "SOON"}
TURNED_AWAY = {"no_agent_no_queue": "Y"}
FULL = {"max_calls_method": "TOTAL", "max_calls_count": "1"}
DROPPED = {"drop_call_seconds": "5"}
HELLO = {"welcome_message_filename": "hello-there"}
LONG_WAIT = {"wait_time_option_seconds": "5"}
STAY = {"wait_time_option": "PRESS_STAY"} | LONG_WAIT


def leads(names: str, option: str, actions: str, given: Given, story: Story = comes) -> dict[str, Case]:
    """Return the four options with the targets of `option`: extension, mailbox, in-group, context."""
    values = ("8300@inside", "8777", "SUPPORTLINE", "nights")
    return {
        name: Case(story, value, {option: action} | given, shows=value.split("@")[0])
        for name, action, value in zip(names.split(), actions.split(), values, strict=True)
    }


BASIC = {
    "active": Case(comes, "N", shows="ContinueInFallback"),
    "default_xfer_group": Case(goes_to_the_default, "SUPPORTLINE", shows="SUPPORTLINE"),
    "ingroup_recording_override": Case(is_served, "ALLFORCE", shows="StartRecording("),
}

ORDER = {
    "queue_priority": Case(waits_at_two_lines, "5", shows="['second']"),
    "data_priority": Case(waits_at_two_lines, "vip=yes:+5", shows="['second']"),
    "data_agent": Case(one_of_two_serves, "owner", shows="['1001']"),
    "data_agent_wait": Case(owner_is_busy, "10", {"data_agent": "owner"}, shows="['second', '1001']"),
    "keep_wait_on_transfer": Case(is_handed_over, "Y", shows="['first']"),
    "next_agent_call": Case(many_come, "random"),
    "rank_first": Case(one_of_two_ranks_higher, "Y", shows="['1001']"),
    "answer_signal": Case(comes, "START", against="NONE", shows="AnswerLeg("),
}

RINGING = {
    "on_hook_ring_time": Case(his_phone_rings(10), "3", shows="it rang 4 times"),
    "retry_seconds": Case(his_phone_rings(40), "20", shows="it rang 2 times"),
}

LIMITS = {
    "call_time_id": Case(comes, "NEVER", shows="AFTHRS"),
    "after_hours_action": Case(comes, "EXTENSION", CLOSED | {"after_hours_exten": "8300"}, shows="8300"),
    "after_hours_message_filename": Case(comes, "we-are-closed", CLOSED, shows="we-are-closed"),
    **leads(
        "after_hours_exten after_hours_voicemail afterhours_xfer_group after_hours_callmenu",
        "after_hours_action",
        "EXTENSION VOICEMAIL IN_GROUP CALLMENU",
        CLOSED,
    ),
    "no_agent_no_queue": Case(comes, "Y", shows="NANQUE"),
    "leave_when_empty": Case(comes, "Y", shows="NANQUE"),
    "no_agent_action": Case(comes, "EXTENSION", TURNED_AWAY | {"no_agent_action_value": "8300"}, "ContinueInDialplan"),
    "no_agent_action_value": Case(comes, "come-again", TURNED_AWAY, shows="come-again"),
    "max_calls_method": Case(two_come, "TOTAL", {"max_calls_count": "1"}, shows="MAXCAL"),
    "max_calls_count": Case(two_come, "1", {"max_calls_method": "IN_QUEUE"}, against="2", shows="MAXCAL"),
    "max_calls_action": Case(
        two_come, "AFTERHOURS", FULL | {"after_hours_message_filename": "we-are-closed"}, shows="we-are-closed"
    ),
    "drop_call_seconds": Case(comes, "5", shows="TIMEOT"),
    "drop_action": Case(comes, "MESSAGE", DROPPED, shows="vm-goodbye"),
    "drop_message": Case(comes, "too-long", DROPPED | {"drop_action": "MESSAGE"}, shows="too-long"),
    **leads(
        "drop_exten voicemail_ext drop_inbound_group drop_callmenu",
        "drop_action",
        "EXTENSION VOICEMAIL IN_GROUP CALLMENU",
        DROPPED,
    ),
}

WAITING = {
    "moh_context": Case(comes, "jazz", shows="jazz"),
    "welcome_message_filename": Case(comes, "hello-there", shows="hello-there"),
    "play_welcome_message": Case(comes, "ALWAYS", HELLO, against="NEVER", shows="hello-there"),
    "onhold_prompt_filename": Case(comes, "stay-with-us", shows="stay-with-us"),
    "prompt_interval": Case(comes, "10", against="0", shows="queue-thankyou"),
    "play_place_in_line": Case(comes, "Y", shows="queue-youarenext"),
    "agent_alert_exten": Case(is_served, "our-sales", shows="sound:our-sales"),
    "play_estimate_hold_time": Case(comes_after_long_waits, "Y", shows="queue-holdtime"),
}

WAIT_OFFER = {
    "wait_time_option": Case(presses("1"), "PRESS_CID_CALLBACK", LONG_WAIT, shows="WAITTO"),
    "wait_time_second_option": Case(presses("2"), "PRESS_CID_CALLBACK", STAY, shows="WAITTO"),
    "wait_time_third_option": Case(presses("3"), "PRESS_CID_CALLBACK", STAY, shows="WAITTO"),
    "wait_time_option_seconds": Case(presses("1"), "5", {"wait_time_option": "PRESS_CID_CALLBACK"}, shows="WAITTO"),
    "wait_time_option_press_filename": Case(comes, "press-or-stay", STAY, shows="press-or-stay"),
    "wait_time_option_prompt_seconds": Case(
        presses("1", after=9),
        "20",
        LONG_WAIT | {"wait_time_option": "PRESS_CID_CALLBACK"},
        shows="WAITTO",
        against="5",
    ),
    "wait_time_option_callback_filename": Case(
        presses("1"), "we-call-you", {"wait_time_option": "PRESS_CID_CALLBACK"} | LONG_WAIT, shows="we-call-you"
    ),
    **leads(
        "wait_time_option_exten wait_time_option_voicemail wait_time_option_xfer_group wait_time_option_callmenu",
        "wait_time_option",
        "PRESS_EXTEN PRESS_VMAIL PRESS_INGROUP PRESS_CALLMENU",
        LONG_WAIT,
        presses("1"),
    ),
}

EXIT = {
    "exit_keys": Case(presses_while_waiting("0"), "0 -> extension:8300@inside", shows="ContinueInDialplan"),
}

CLOSING_TIME = {
    "closing_time_action": Case(comes, "HANGUP", CLOSING, shows="CLOSOP"),
    "closing_time_now_trigger": Case(it_closes_at_once, "Y", {"closing_time_action": "HANGUP"}, shows="CLOSOP"),
    "closing_time_filename": Case(comes, "good-night", CLOSING | {"closing_time_action": "MESSAGE"}, "good-night"),
    **leads(
        "closing_time_option_exten closing_time_option_voicemail"
        " closing_time_option_xfer_group closing_time_option_callmenu",
        "closing_time_action",
        "EXTENSION VOICEMAIL IN_GROUP CALLMENU",
        CLOSING,
    ),
}

ADDRESS = "http://crm/--A--user--B--"
WEBHOOKS = {str(hook): Case(is_sent_on, ADDRESS, shows=f"{hook} {ADDRESS}") for hook in WebhookTrigger}

LEADS = {
    "call_handle_method": Case(comes, "CID", shows="method='CID'"),
    "list_id": Case(comes, "998", shows="list_id='998'"),
}

CASES = {
    **BASIC,
    **ORDER,
    **RINGING,
    **LIMITS,
    **WAITING,
    **WAIT_OFFER,
    **EXIT,
    **CLOSING_TIME,
    **LEADS,
    **WEBHOOKS,
}
