"""The complete texts of the agent API: the request, the state, and the body of the answer."""

import re
from dataclasses import replace

import pytest

from tests.http.agent_api import AGC_ID, FakeBoard, get, session, world
from warmline.core.messages.command_shapes import get_column, make_command
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState, State
from warmline.core.rules import dial_rules
from warmline.core.rules.configuration import Campaign
from warmline.core.world.world import World

USER = {"source": "test", "user": "6666", "pass": "1234"}
ON_1000 = USER | {"agent_user": "1000"}
HANGUP = ON_1000 | {"function": "external_hangup", "value": "1"}
PAUSE = ON_1000 | {"function": "external_pause", "value": "PAUSE"}
STATUS = ON_1000 | {"function": "external_status", "value": "SALE"}
XFER = ON_1000 | {"function": "transfer_conference"}
DIAL = XFER | {"value": "DIAL_WITH_CUSTOMER", "phone_number": "8500"}
LEAVE = XFER | {"value": "LEAVE_3WAY_CALL"}
FRONTER = ON_1000 | {"function": "force_fronter_leave_3way", "value": "CCC_REMOTE"}

TALKING = (AgentState.INCALL, State.TALKING)
THREE_WAY = (AgentState.INCALL, State.THREE_WAY)
PAUSED = (AgentState.PAUSED, State.TALKING)
READY = (AgentState.READY, State.TALKING)
DISPO = (AgentState.DISPO, State.TALKING)
QUEUE = (AgentState.QUEUE, State.RINGING_AGENT)
DEAD = (AgentState.DEAD, State.CUSTOMER_GONE)


def without(query: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in query.items() if name not in names}


DONE = {
    "hangup": (TALKING, HANGUP, "external_hangup function set - 1|1000", make_command(Kind.HANGUP, "1000")),
    "status": (
        TALKING,
        STATUS,
        "external_status function set - SALE|1000",
        make_command(Kind.STATUS, "1000", status="SALE"),
    ),
    "status in dispo": (
        DISPO,
        STATUS,
        "external_status function set - SALE|1000",
        make_command(Kind.STATUS, "1000", status="SALE"),
    ),
    "pause": (READY, PAUSE, "external_pause function set - PAUSE|{E}|1000", make_command(Kind.PAUSE, "1000")),
    "pause when paused": (
        PAUSED,
        PAUSE,
        "external_pause function set - PAUSE|{E}|1000",
        make_command(Kind.PAUSE, "1000"),
    ),
    "resume": (
        PAUSED,
        PAUSE | {"value": "RESUME"},
        "external_pause function set - RESUME|{E}|1000",
        make_command(Kind.RESUME, "1000"),
    ),
    "resume in dispo": (
        DISPO,
        PAUSE | {"value": "RESUME"},
        "external_pause function set - RESUME|{E}|1000",
        make_command(Kind.RESUME, "1000"),
    ),
    "dial": (
        TALKING,
        DIAL,
        f"transfer_conference function set - DIAL_WITH_CUSTOMER||8500|NO|1000|{AGC_ID}|",
        make_command(Kind.DIAL_WITH_CUSTOMER, "1000", "C1", number="8500"),
    ),
    "dial keeps star and hash": (
        TALKING,
        DIAL | {"phone_number": "*12 (3)#"},
        f"transfer_conference function set - DIAL_WITH_CUSTOMER||*123#|NO|1000|{AGC_ID}|",
        make_command(Kind.DIAL_WITH_CUSTOMER, "1000", "C1", number="*123#"),
    ),
    "dial with the campaign's caller id": (
        TALKING,
        DIAL | {"cid_choice": "CAMPAIGN", "dial_override": "YES"},
        f"transfer_conference function set - DIAL_WITH_CUSTOMER||8500|NO|1000|{AGC_ID}|",
        make_command(Kind.DIAL_WITH_CUSTOMER, "1000", "C1", number="8500", caller_id="0000000000", dial_override=True),
    ),
    "leave": (
        THREE_WAY,
        LEAVE,
        f"transfer_conference function set - LEAVE_3WAY_CALL|||NO|1000|{AGC_ID}|",
        make_command(Kind.LEAVE_3WAY_CALL, "1000", "C1"),
    ),
    "arguments that are not used are repeated": (
        THREE_WAY,
        LEAVE | {"phone_number": "1", "ingroup_choices": "A+B!", "consultative": "YES", "group_alias": "X1"},
        f"transfer_conference function set - LEAVE_3WAY_CALL|A B|1|YES|1000|{AGC_ID}|",
        make_command(Kind.LEAVE_3WAY_CALL, "1000", "C1"),
    ),
    "consultative in lower case is NO": (
        THREE_WAY,
        LEAVE | {"consultative": "yes"},
        f"transfer_conference function set - LEAVE_3WAY_CALL|||NO|1000|{AGC_ID}|",
        make_command(Kind.LEAVE_3WAY_CALL, "1000", "C1"),
    ),
    "hang up the third": (
        THREE_WAY,
        XFER | {"value": "HANGUP_XFER"},
        f"transfer_conference function set - HANGUP_XFER|||NO|1000|{AGC_ID}|",
        make_command(Kind.HANGUP_XFER, "1000", "C1"),
    ),
    "hang up both, customer gone": (
        DEAD,
        XFER | {"value": "HANGUP_BOTH"},
        f"transfer_conference function set - HANGUP_BOTH|||NO|1000|{AGC_ID}|",
        make_command(Kind.HANGUP_BOTH, "1000", "C1"),
    ),
    "hang up both, not yet on the screen": (
        QUEUE,
        XFER | {"value": "HANGUP_BOTH"},
        f"transfer_conference function set - HANGUP_BOTH|||NO|1000|{AGC_ID}|",
        make_command(Kind.HANGUP_BOTH, "1000", "C1"),
    ),
    "agent by alt_user": (
        TALKING,
        without(HANGUP, "agent_user") | {"alt_user": "crm1000"},
        "external_hangup function set - 1|1000",
        make_command(Kind.HANGUP, "1000"),
    ),
}


@pytest.mark.parametrize("case", DONE)
def test_a_successful_request_has_the_success_text(case: str) -> None:
    state, query, told, command = DONE[case]
    board = FakeBoard(world(*state))
    status, body = get(board, query)
    assert status == 200
    assert re.fullmatch(re.escape(f"SUCCESS: {told}\n").replace(re.escape("{E}"), r"\d{10}"), body)
    assert board.asked == [(command, "6666", "test")]


NOT_DONE = {
    "source too short": (TALKING, HANGUP | {"source": "a"}, "Invalid Source - a"),
    "source filtered away": (TALKING, HANGUP | {"source": "a-!"}, "Invalid Source - a"),
    "unknown user": (
        TALKING,
        HANGUP | {"user": "nobody"},
        "Invalid Username/Password: |nobody||0|0|BAD|",
    ),
    "wrong password": (
        TALKING,
        HANGUP | {"pass": "secret"},
        "Invalid Username/Password: |6666||0|1|BAD|",
    ),
    "no API access": (TALKING, HANGUP | {"user": "7001"}, "Invalid Username/Password: |7001||1|0|GOOD|"),
    "no user at all": (TALKING, without(HANGUP, "user"), "Invalid Username/Password: |||0|0|BAD|"),
    "no permission, before the login of the agent is looked at": (
        TALKING,
        HANGUP | {"user": "7002", "agent_user": "1999"},
        "auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION - 1|7002|external_hangup|ADMIN",
    ),
    "bad arguments, before the permission": (
        TALKING,
        without(HANGUP, "value") | {"user": "7002"},
        "external_hangup not valid - |1000",
    ),
    "hangup without a value": (TALKING, without(HANGUP, "value"), "external_hangup not valid - |1000"),
    "hangup without an agent": (
        TALKING,
        without(HANGUP, "agent_user") | {"alt_user": "Z"},
        "external_hangup not valid - 1|",
    ),
    "agent not logged in": (TALKING, HANGUP | {"agent_user": "1009"}, "agent_user is not logged in - 1009"),
    "one letter of alt_user is enough for external_pause to look": (
        TALKING,
        without(PAUSE, "agent_user") | {"alt_user": "Z"},
        "agent_user is not logged in - ",
    ),
    "pause of another value": (TALKING, PAUSE | {"value": "STOP"}, "external_pause not valid - STOP|1000"),
    "pause in lower case": (TALKING, PAUSE | {"value": "pause"}, "external_pause not valid - pause|1000"),
    "resume at work": (
        READY,
        PAUSE | {"value": "RESUME"},
        "external_pause agent is not paused - RESUME|1000",
    ),
    "resume in a dead call": (
        DEAD,
        PAUSE | {"value": "RESUME"},
        "external_pause agent is not paused - RESUME|1000",
    ),
    "transfer value too short": (TALKING, XFER | {"value": "QQ"}, "transfer_conference not valid - QQ|1000"),
    "transfer in pause": (
        PAUSED,
        XFER | {"value": "HANGUP_BOTH"},
        "agent_user does not have a live call - 1000",
    ),
    "transfer in disposition": (DISPO, LEAVE, "agent_user does not have a live call - 1000"),
    "transfer value unknown": (
        THREE_WAY,
        XFER | {"value": "HANGUP XFER"},
        "value is not valid - HANGUPXFER|6666",
    ),
    "no live call, before the value": (
        READY,
        XFER | {"value": "NO_SUCH_VALUE"},
        "agent_user does not have a live call - 1000",
    ),
    "unknown group alias": (TALKING, DIAL | {"group_alias": "NO"}, "group_alias is not valid - 1000|NO"),
    "unknown cid choice": (TALKING, DIAL | {"cid_choice": "ME"}, "cid_choice is not valid - 1000|ME"),
    "tw_check with any value": (
        THREE_WAY,
        XFER | {"value": "HANGUP_XFER", "tw_check": "YES"},
        "agent_user has current active 3-way call - 1000|1|0|YES",
    ),
    "a function of VICIdial's that we have not": (
        TALKING,
        ON_1000 | {"function": "refresh_panel"},
        "function not supported - refresh_panel|1000",
    ),
    "not supported, after its permission check": (
        TALKING,
        ON_1000 | {"user": "7002", "function": "stereo_recording", "value": "BEGIN"},
        "auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION - BEGIN|7002|stereo_recording|ADMIN",
    ),
    "nothing goes to other servers, whoever is asked": (
        TALKING,
        FRONTER | {"agent_user": "1009"},
        "function not supported - force_fronter_leave_3way|1009",
    ),
    "nor are those told so who may not ask at all": (
        TALKING,
        FRONTER | {"user": "7002"},
        "auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION - CCC_REMOTE|7002|force_fronter_leave_3way|ADMIN",
    ),
    "permission by lead": (
        TALKING,
        ON_1000 | {"user": "7002", "function": "switch_lead", "value": "1", "lead_id": "77"},
        "auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION - 77|7002|switch_lead|ADMIN",
    ),
}


@pytest.mark.parametrize("case", NOT_DONE)
def test_an_impossible_request_gives_the_reason_without_a_command(case: str) -> None:
    state, query, told = NOT_DONE[case]
    board = FakeBoard(world(*state))
    assert get(board, query) == (200, f"ERROR: {told}\n")
    assert board.asked == []


def test_a_refusal_of_the_core_is_told_with_value_and_agent() -> None:
    board = FakeBoard(world(*TALKING), "no third party on this call")
    told = "ERROR: transfer_conference no third party on this call - LEAVE_3WAY_CALL|1000\n"
    assert get(board, LEAVE) == (200, told)
    assert len(board.asked) == 1


@pytest.mark.parametrize("value", ["DIAL_WITH_CUSTOMER", "PARK_CUSTOMER_DIAL", "BLIND_TRANSFER"])
@pytest.mark.parametrize("number", ["SIP/evil&x@y", "8500&PJSIP/1", "8500,30,g", "8500x2", "0800CALLME"])
def test_a_number_that_the_filter_would_make_another_is_not_dialled(value: str, number: str) -> None:
    board = FakeBoard(world(*TALKING))
    told = f"ERROR: phone_number is not valid - {number}|6666\n"
    assert get(board, DIAL | {"value": value, "phone_number": number}) == (200, told)
    assert board.asked == []


def test_an_empty_number_is_left_to_the_core() -> None:
    why = dial_rules.build_third_endpoint(Campaign(id="TESTCAMP"), "")[1]
    board = FakeBoard(world(*TALKING), why)
    told = f"ERROR: transfer_conference {why} - DIAL_WITH_CUSTOMER|1000\n"
    assert get(board, DIAL | {"phone_number": ""}) == (200, told)
    assert get_column(board.asked[0][0], "number") == ""
    assert why


@pytest.mark.parametrize("number", ["(800) 555-1234", "+800 555 1234", "800.555.1234"])
def test_separators_between_digits_are_dropped(number: str) -> None:
    board = FakeBoard(world(*TALKING))
    assert get(board, DIAL | {"phone_number": number})[1].startswith("SUCCESS: transfer_conference")
    assert get_column(board.asked[0][0], "number") == "8005551234"


def test_a_command_without_an_answer_is_reported_as_timed_out() -> None:
    board = FakeBoard(world(*TALKING), TimeoutError())
    assert get(board, HANGUP) == (200, "ERROR: external_hangup timed out - 1|1000\n")


def test_an_unknown_alt_user_is_reported_and_agent_user_is_used() -> None:
    board = FakeBoard(world(*TALKING))
    told = "ERROR: no user found - ZZZ\nSUCCESS: external_hangup function set - 1|1000\n"
    assert get(board, HANGUP | {"alt_user": "ZZZ"}) == (200, told)


def test_an_unknown_alt_user_beside_a_logged_out_agent_is_refused() -> None:
    board = FakeBoard(world(*TALKING))
    told = "ERROR: no user found - ZZZ\nERROR: agent_user is not logged in - 1009\n"
    assert get(board, HANGUP | {"alt_user": "ZZZ", "agent_user": "1009"}) == (200, told)


def test_of_two_agents_with_one_custom_three_the_lowest_is_taken() -> None:
    board = FakeBoard(world(*TALKING))
    board.world.keep(session("0999", AgentState.READY))
    told = "SUCCESS: external_status function set - SALE|0999\n"
    assert get(board, STATUS | {"alt_user": "TWICE"}) == (200, told)


def test_the_agents_name_is_found_in_any_case_and_repeated_as_given() -> None:
    board = FakeBoard(World(rules=world().rules))
    board.world.keep(session("anna", AgentState.READY))
    assert get(board, STATUS | {"agent_user": "ANNA"}) == (
        200,
        "SUCCESS: external_status function set - SALE|ANNA\n",
    )
    assert board.asked[0][0].agent == "anna"


def test_without_a_function_or_with_an_unknown_one_the_page_is_empty() -> None:
    board = FakeBoard(world(*TALKING))
    assert get(board, ON_1000) == (200, "")
    assert get(board, ON_1000 | {"function": "no_such_function", "value": "1"}) == (200, "")
    assert get(board, {"function": "no_such_function"}) == (200, "ERROR: Invalid Source - \n")
    assert board.asked == []


@pytest.mark.parametrize("spelling", ["version", "ver!si on"])
def test_the_version_is_public(spelling: str) -> None:
    status, body = get(FakeBoard(world()), {"function": spelling})
    line = r"VERSION: \S+\|BUILD: \S+\|DATE: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\|EPOCH: \d{10}\n"
    assert status == 200
    assert re.fullmatch(line, body)


@pytest.mark.parametrize("name", ["coffee", "start_coffee", "make_coffee", "brew_coffee"])
def test_a_teapot_makes_no_coffee(name: str) -> None:
    assert get(FakeBoard(world()), {"function": name}) == (418, f"Coffee: {name}|Error 418 I'm a teapot")


def test_the_window_link_follows_the_answer() -> None:
    _, body = get(FakeBoard(world()), HANGUP | {"close_window_link": "1"})
    line = r"SUCCESS: external_hangup function set - 1\|1000\n\n<a href=.*>Close This Window</a>\n"
    assert re.fullmatch(line, body)


def test_the_window_link_is_left_out_where_the_page_ends_early() -> None:
    told = "ERROR: external_pause agent is not paused - RESUME|1000\n"
    query = PAUSE | {"value": "RESUME", "close_window_link": "1"}
    assert get(FakeBoard(world(*READY)), query) == (200, told)


def test_debug_puts_a_page_around_the_line_and_shows_no_secret() -> None:
    _, body = get(FakeBoard(world()), HANGUP | {"format": "debug"})
    assert re.fullmatch(
        r"(?s)<html>\n<head>\n.*SUCCESS: external_hangup function set - 1\|1000\n"
        r".*<!-- script runtime: \d+ seconds -->\n</body>\n</html>\n",
        body,
    )
    assert "1234" not in body
    assert "select" not in body.lower()


@pytest.mark.parametrize(
    "query",
    [{"function": "version"}, {"function": "coffee"}, {"source": "x"}, {"pass": "4321"}, {"user": "7001"}],
    ids=lambda query: next(iter(query)),
)
def test_a_refused_request_gets_no_html_page(query: dict[str, str]) -> None:
    _, body = get(FakeBoard(world()), HANGUP | query | {"format": "debug", "close_window_link": "1"})
    assert body and "<" not in body


def test_an_inactive_api_gives_no_html_page() -> None:
    live = world()
    live.rules = replace(live.rules, vdc_agent_api_active="0")
    assert get(FakeBoard(live), HANGUP | {"format": "debug"}) == (200, "ERROR: System API NOT ACTIVE\n")


def test_the_webserver_function_reports_the_time_zone_and_nothing_else_of_the_machine() -> None:
    status, body = get(FakeBoard(world()), USER | {"function": "webserver"})
    assert status == 200
    assert re.fullmatch(r"<PRE>Webserver Data:\nabbr\.timezone: \S+\ndst\.timezone: [01]\n</PRE>\n", body)
    wrong = get(FakeBoard(world()), USER | {"function": "webserver", "pass": "9999"})[1]
    assert wrong == "ERROR: Invalid Username/Password: |6666||0|1|BAD|\n"
    denied = get(FakeBoard(world()), USER | {"function": "webserver", "user": "7002"})[1]
    assert denied == "ERROR: auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION - 7002|webserver|ADMIN\n"
