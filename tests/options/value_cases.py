"""For each in-group option with three or more values, a case in which every value has a different result.

`next_agent_call` is missing here, because its methods have their own tests.
"""

from tests.options.ingroup_cases import CLOSED, CLOSING, DROPPED, FULL, LONG_WAIT, TURNED_AWAY
from tests.options.worlds import (
    Given,
    Story,
    an_agent_does_less_and_less,
    comes,
    is_recorded_if_asked,
    is_served_at_last,
    one_is_served_two_wait,
    presses,
    two_come,
)


def places(names: str) -> Given:
    """Return the actions' targets: extension, mailbox, in-group, context."""
    return dict(zip(names.split(), ("8300@inside", "8777", "SUPPORTLINE", "nights"), strict=True))


WAIT_PLACES = places(
    "wait_time_option_exten wait_time_option_voicemail wait_time_option_xfer_group wait_time_option_callmenu"
)
WAIT = LONG_WAIT | WAIT_PLACES
WAIT_KEY = {"wait_time_option": "PRESS_STAY"}

CASES: dict[str, tuple[Story, Given]] = {
    "ingroup_recording_override": (is_recorded_if_asked, {}),
    "answer_signal": (is_served_at_last, {}),
    "call_handle_method": (comes, {}),
    "after_hours_action": (
        comes,
        CLOSED | places("after_hours_exten after_hours_voicemail afterhours_xfer_group after_hours_callmenu"),
    ),
    "no_agent_no_queue": (an_agent_does_less_and_less, {}),
    "leave_when_empty": (an_agent_does_less_and_less, {}),
    "no_agent_action": (comes, TURNED_AWAY | {"no_agent_action_value": "SUPPORTLINE"}),
    "max_calls_method": (one_is_served_two_wait, {"max_calls_count": "1"}),
    "max_calls_action": (two_come, FULL | {"after_hours_message_filename": "we-are-closed"}),
    "drop_action": (comes, DROPPED | places("drop_exten voicemail_ext drop_inbound_group drop_callmenu")),
    "play_welcome_message": (one_is_served_two_wait, {"welcome_message_filename": "hello-there"}),
    "wait_time_option": (presses("1"), WAIT),
    "wait_time_second_option": (presses("2"), WAIT | WAIT_KEY),
    "wait_time_third_option": (presses("3"), WAIT | WAIT_KEY),
    "closing_time_action": (
        comes,
        CLOSING
        | places(
            "closing_time_option_exten closing_time_option_voicemail"
            " closing_time_option_xfer_group closing_time_option_callmenu"
        ),
    ),
}
