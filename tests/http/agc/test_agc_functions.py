"""The agent API: the request, the state, the command, and the whole text of the answer.

`test_examples.py` has VICIdial's own answers.
"""

import asyncio
import re
from dataclasses import replace
from itertools import product
from typing import Any
from urllib.parse import unquote

import pytest

from ari_app.http.agc import execution
from ari_app.http.agc.functions.function_table import FUNCTIONS, NOT_SUPPORTED
from ari_app.http.agc.requests.answers import AgcPlan
from ari_app.link.call_control import CommandReply
from tests.http.agent_api import AGC_ID, RULES, FakeBoard, call, get, session, visit, world
from tests.rows import check_each, check_rows
from warmline.core.messages.command_classes import get_column, make_command
from warmline.core.messages.commands import Command, Kind
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.recording import Recording
from warmline.core.rules.configuration import Disposition
from warmline.core.rules.recording_rules import Track
from warmline.core.world.world import World
from warmline.options import api_access_options
from warmline.text.written_time import WHOLE_FORMS

USER = {"source": "test", "user": "6666", "pass": "1234"}
ON_1000 = USER | {"agent_user": "1000"}
XFER = ON_1000 | {"function": "transfer_conference"}
DIAL = XFER | {"value": "DIAL_WITH_CUSTOMER", "phone_number": "8500"}
HANGUP = ON_1000 | {"function": "external_hangup", "value": "1"}
STATUS = ON_1000 | {"function": "external_status", "value": "SALE"}
RECORD = ON_1000 | {"function": "recording"}
RA = ON_1000 | {"function": "ra_call_control", "value": AGC_ID}

STATES = {
    "TALKING": (AgentState.INCALL, State.TALKING),
    "THREE_WAY": (AgentState.INCALL, State.THREE_WAY),
    "PAUSED": (AgentState.PAUSED, State.TALKING),
    "READY": (AgentState.READY, State.TALKING),
    "DEAD": (AgentState.DEAD, State.CUSTOMER_GONE),
}


def talking() -> World:
    return world(AgentState.INCALL, State.TALKING)


def asks(query: dict[str, str], live: World | None = None) -> tuple[list[Command], str]:
    """Return the commands that reach the switchboard, and the body."""
    board = FakeBoard(live or talking())
    _, body = get(board, query)
    return [command for command, _, _ in board.asked], body


def xfer(value: str, group: str = "", number: str = "", consult: str = "NO") -> str:
    return f"SUCCESS: transfer_conference function set - {value}|{group}|{number}|{consult}|1000|{AGC_ID}|\n"


def command(kind: Kind, agent: str = "1000", **arguments: Any) -> Command:
    return make_command(kind, agent, "C1", **arguments)


# A request in one of the STATES, the answer, and the command of agent 1000. `~` stands for the arguments of a transfer.
DONE = """
TALKING   {xfer}=DIAL_WITH_CUSTOMER&phone_number=*12 (3)# => ~|*123#|NO => DIAL_WITH_CUSTOMER number=*123#
TALKING   {dial}&cid_choice=CAMPAIGN&dial_override=YES => ~|8500|NO \
=> DIAL_WITH_CUSTOMER number=8500 caller_id=0000000000 dial_override=True
THREE_WAY {xfer}=LEAVE_3WAY_CALL&phone_number=1&ingroup_choices=A%2BB!&consultative=YES&group_alias=X1 \
=> ~A B|1|YES => LEAVE_3WAY_CALL
TALKING   external_hangup&value=1&alt_user=crm1000&-agent_user => external_hangup function set - 1|1000 => HANGUP
TALKING   {closer}=supportline => ~supportline||NO => LOCAL_CLOSER ingroup=SUPPORTLINE
TALKING   {closer}=xDEFAULTINGROUPx => ~SUPPORTLINE||NO => LOCAL_CLOSER ingroup=SUPPORTLINE
TALKING   {closer}=SUPPORTLINE&phone_number=1001 => ~SUPPORTLINE|1001|NO => LOCAL_CLOSER ingroup=SUPPORTLINE
TALKING   {dial}&cid_choice=AGENT_PHONE => ~|8500|NO => DIAL_WITH_CUSTOMER number=8500 caller_id=1000
"""

NOT_DONE = """
TALKING   external_hangup&user=nobody&value=1 => Invalid Username/Password: |nobody||0|0|BAD|
TALKING   external_hangup&pass=secret&value=1 => Invalid Username/Password: |6666||0|1|BAD|
TALKING   external_hangup&user=7001&value=1 => Invalid Username/Password: |7001||1|0|GOOD|
TALKING   external_hangup&value=1&-user => Invalid Username/Password: |||0|0|BAD|
TALKING   external_hangup&user=7002 => external_hangup not valid - |1000
TALKING   external_pause&value=pause => external_pause not valid - pause|1000
DEAD      external_pause&value=RESUME => external_pause agent is not paused - RESUME|1000
READY     {xfer}=NO_SUCH_VALUE => agent_user does not have a live call - 1000
TALKING   stereo_recording&user=7002&value=BEGIN => {denied} - BEGIN|7002|stereo_recording|ADMIN
TALKING   force_fronter_leave_3way&agent_user=1009&value=CCC_REMOTE \
=> function not supported - force_fronter_leave_3way|1009
TALKING   force_fronter_leave_3way&user=7002&value=CCC_REMOTE \
=> {denied} - CCC_REMOTE|7002|force_fronter_leave_3way|ADMIN
TALKING   {closer}=NOSUCH => ingroup is not valid - NOSUCH
TALKING   {closer}=X&group_alias=NOALIAS => ingroup is not valid - X
TALKING   {dial}&group_alias=OLDALIAS => group_alias is not valid - 1000|OLDALIAS
TALKING   {dial}&group_alias=BADALIAS => caller_id_number from group_alias is not valid - 1000|BADALIAS|3
TALKING   {dial}&cid_choice=MINE => cid_choice is not valid - 1000|MINE
TALKING   recording&value=PAUSE => recording not valid - PAUSE|1000
TALKING   send_dtmf&value=#* => send_dtmf not valid - |1000
TALKING   vm_message&lead_id=7 => vm_message not valid - 7||1000
TALKING   pause_code&value=JUMPING => pause_code not valid - JUMPING|1000
TALKING   logout&value=OUT => logout not valid - OUT|1000
TALKING   calls_in_queue_count&value=1 => calls_in_queue_count not valid - 1|1000
PAUSED    force_fronter_leave_3way&value=LOCAL_ONLY => agent_user is not on a phone call - 1000
TALKING   force_fronter_leave_3way&value=LOCAL_AND_CCC => no fronter found - 1000
TALKING   force_fronter_leave_3way&value=CCC_REMOTE => function not supported - force_fronter_leave_3way|1000
TALKING   {ra} => ra_call_control not valid - {id}|1000|
TALKING   ra_call_control&value=Y1&stage=HANGUP => no active call found - Y1
TALKING   {ra}&stage=EXTENSIONTRANSFER&phone_number=9 => phone_number is not valid - 9
TALKING   {ra}&stage=INGROUPTRANSFER&ingroup_choices=TESTINGROUP => ingroup is not valid - TESTINGROUP
TALKING   ra_call_control&agent_user=&value={id}&stage=HANGUP&alt_user=CRM1000 \
=> ra_call_control not valid - {id}||HANGUP
"""

IMPOSSIBLE = """
external_hangup&value=2 => value is 2; it can be 1
external_pause&value=XPAUSEX => value is XPAUSEX; it can be PAUSE, RESUME
logout&value=LOGOUT2 => value is LOGOUT2; it can be LOGOUT
external_status&value=1234567 => status is longer than 6 characters
park_call&value=NOPARK_XFER \
=> value is NOPARK_XFER; it can be PARK_CUSTOMER, GRAB_CUSTOMER, PARK_IVR_CUSTOMER, GRAB_IVR_CUSTOMER, \
PARK_XFER, GRAB_XFER, SWAP_PARK_CUSTOMER, SWAP_PARK_XFER, HANGUP_XFER_GRAB_CUSTOMER
recording&value=RESTART => value is RESTART; it can be START, STOP, STATUS
send_dtmf&value=12X => value may have 0-9, A-D, P for #, S for *, Q for a second of silence
vm_message&value=| => value names no sound
{dial}&multi_dial_phones=5551111,5552222 => multi_dial_phones (press 1 to take the call) is not supported
{dial}&cid_choice=XCUSTOMERX => cid_choice is XCUSTOMERX; it can be CAMPAIGN, AGENT_PHONE, CUSTOMER, CUSTOM_CID
"""

SHORT = {
    "{dial}": "transfer_conference&value=DIAL_WITH_CUSTOMER&phone_number=8500",
    "{closer}": "transfer_conference&value=LOCAL_CLOSER&ingroup_choices",
    "{xfer}": "transfer_conference&value",
    "{ra}": "ra_call_control&value={id}",
    "{denied}": "auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION",
    "{id}": AGC_ID,
}


def rows(table: str) -> list[list[str]]:
    """Return the cells of each row."""
    for name, text in SHORT.items():
        table = table.replace(name, text)
    return [line.split(" => ") for line in table.split("\n") if line]


def query_of(text: str) -> dict[str, str]:
    """Return the parameters of a request; `-name` leaves one out."""
    function, *parts = text.split("&")
    given = dict(part.split("=", 1) for part in parts if "=" in part)
    query = ON_1000 | {"function": function} | {name: unquote(value) for name, value in given.items()}
    return {name: value for name, value in query.items() if f"-{name}" not in parts}


def command_of(text: str, query: dict[str, str]) -> Command:
    kind, *arguments = text.split()
    of_call = "C1" if query["function"] == "transfer_conference" else ""
    given: dict[str, Any] = dict(one.split("=", 1) for one in arguments)
    given |= {"dial_override": True} if "dial_override" in given else {}
    return make_command(Kind[kind], "1000", *([of_call] if of_call else []), **given)


def test_a_request_is_the_cores_command_and_has_the_success_text() -> None:
    wrong = []
    for request, told, wanted in rows(DONE):
        state, query = request.split()[0], query_of(request.split(None, 1)[1])
        board = FakeBoard(world(*STATES[state]))
        body = re.sub(r"\|\d{10}\|", "|{E}|", get(board, query)[1])
        if told.startswith("~"):
            told = f"transfer_conference function set - {query['value']}|{told[1:]}|1000|{AGC_ID}|"
        if body != f"SUCCESS: {told}\n" or board.asked != [(command_of(wanted, query), "6666", "test")]:
            wrong.append((request, body, board.asked))
    assert wrong == []


def test_an_impossible_request_gives_vicidials_reason_without_a_command() -> None:
    wrong = []
    for request, told in rows(NOT_DONE):
        state, query = request.split()[0], query_of(request.split(None, 1)[1])
        board = FakeBoard(world(*STATES[state]))
        answer = get(board, query)
        if answer != (200, f"ERROR: {told}\n") or board.asked:
            wrong.append((request, answer, board.asked))
    assert wrong == []


def test_an_unsupported_value_of_vicidial_leaves_a_receipt() -> None:
    wrong = []
    for (request, why), mode in product(
        [*rows(IMPOSSIBLE), ["send_dtmf&value=" + "Q" * 101, "value has more than 100 keys"]], ("ERROR", "SUCCESS")
    ):
        query, live = query_of(request), talking()
        live.rules = replace(RULES, api_impossible=mode)
        [asked], body = asks(query, live)
        expected = "SUCCESS: " if mode == "SUCCESS" else f"ERROR: {query['function']} {why} - {query['value']}|1000\n"
        if asked.impossible != why or not body.startswith(expected):
            wrong.append((request, mode, asked, body))
    assert wrong == []


CONSULT = {"consultative": "YES", "phone_number": ""}


def test_md_check_counts_the_calls_that_the_agent_has_left() -> None:
    live = talking()
    just_now = 10**17  # far in the future of any clock of this test: within the last 30 minutes
    left = call(State.HANDED_OFF)
    live.keep(replace(left.with_outcome(last_agent="1000", left=just_now), id="C0"))
    query = DIAL | {"md_check": "YES", "multi_dial_phones": "5551111"}
    assert asks(query, live) == ([], "ERROR: agent_user has previous active 3-way calls - 1000|1|0|YES\n")
    assert asks(DIAL | {"md_check": "YES"}, live)[1].startswith("SUCCESS"), "it looks at press-1 calls only"


def test_the_answer_waits_five_seconds_for_the_first_command_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "ANSWER_WITHIN", 0.05)

    async def never(_command: Command) -> CommandReply:
        return await asyncio.get_running_loop().create_future()

    async def at_once(_command: Command) -> CommandReply:
        return CommandReply("R1", "")

    async def told(plan: AgcPlan) -> str:
        return (await asyncio.wait_for(execution.execute(plan, at_once, never), 5)).text

    clears = AgcPlan(
        make_command(Kind.BLIND_TRANSFER), "done", first=make_command(Kind.HANGUP_XFER), function="f", detail="d"
    )
    assert asyncio.run(told(clears)) == "ERROR: f timed out - d\n"
    disposes = AgcPlan(make_command(Kind.HANGUP), "done", after=make_command(Kind.STATUS))
    assert asyncio.run(told(disposes)) == "SUCCESS: done\n", "the answer waits only for the first command"


def recorded() -> World:
    live = talking()
    started = 1_700_000_000_000_000
    file = Recording(id="R1", call="C1", kind=Track.CALL, reason="", agent="1000", asked=started, started=started)
    live.keep(file)
    recorded = live.calls["C1"]
    live.keep(recorded.with_recording(running="R1"))
    return live


@pytest.mark.parametrize("value", ["START", "STATUS"])
def test_a_running_recording_is_told(value: str) -> None:
    asked, body = asks(RECORD | {"value": value}, recorded())
    assert asked == []
    line = r"NOTICE: recording active - 1000\|R1\|R1\|127\.0\.0\.1\|2023-11-1\d \d\d:\d\d:20\|127\.0\.0\.1\|8600051\|"
    assert re.fullmatch(line + "INCALL\n", body)


def test_keys_are_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    get(FakeBoard(talking()), ON_1000 | {"function": "send_dtmf", "value": "4111111111111111"})
    [line] = [record.getMessage() for record in caplog.records if record.name == "warmline.api"]
    assert "of 16 keys" in line
    assert "4111" not in line


STATUSES = {
    "with a callback": (
        {"callback_datetime": "2026-12-01+10:00:00", "callback_type": "USERONLY", "callback_comments": "call+me"},
        "CALLBK!2026-12-01 10:00:00!USERONLY!call me!",
        "!2026-12-01 10:00:00!USERONLY!call me!",
    ),
    "anybody's callback": (
        {"callback_datetime": "2026-12-01+10:00:00", "callback_type": "ME", "callback_comments": "x" * 201},
        f"CALLBK!2026-12-01 10:00:00!ANYONE!{'x' * 200}!",
        f"!2026-12-01 10:00:00!ANYONE!{'x' * 200}!",
    ),
    "both": (
        {"callback_datetime": "2026-12-01+10:00:00", "qm_dispo_code": "7"},
        "CALLBK!2026-12-01 10:00:00!ANYONE!!7",
        "!2026-12-01 10:00:00!ANYONE!!7",
    ),
}


def test_a_status_is_given_with_its_callback() -> None:
    def check(case: str) -> None:
        more, told, kept = STATUSES[case]
        asked, body = asks(ON_1000 | {"function": "external_status", "value": "CALLBK"} | more)
        assert body == f"SUCCESS: external_status function set - {told}|1000\n"
        assert [replace(one, callback=None) for one in asked] == [
            make_command(Kind.STATUS, "1000", status="CALLBK", follow_up=kept)
        ]

    check_each(check, STATUSES)


def test_a_callback_is_promised_on_the_clock_of_the_settings_time_zone() -> None:
    more = STATUSES["with a callback"][0] | {"function": "external_status", "value": "CALLBK"}
    live = talking()
    live.rules = replace(live.rules, timezone="Europe/Berlin")
    [command], _ = asks(ON_1000 | more, live)
    nine = 1_796_115_600_000_000  # 2026-12-01 09:00 UTC
    wanted = Callback(id="", call="", number="", agent="1000", at=nine, comments="call me")
    assert command.callback == wanted
    [command], _ = asks(ON_1000 | more | {"callback_type": "ANYONE"}, live)
    assert command.callback == replace(wanted, agent="")
    [command], _ = asks(ON_1000 | more | {"callback_datetime": "2026-12-01 25:00"}, live)
    refusal = f"callback_datetime: '2026-12-01 25:00' is no time; write {WHOLE_FORMS}"
    assert command.callback is None and command.impossible == refusal


def test_callback_fields_are_ignored_for_a_status_without_a_callback() -> None:
    query = ON_1000 | {"function": "external_status", "value": "SALE", "callback_datetime": "2026-12-01+10:00:00"}
    assert asks(query)[1] == "SUCCESS: external_status function set - SALE|1000\n"


def test_a_call_that_its_agent_has_left_is_ended_by_its_id() -> None:
    left = talking()
    left.keep(replace(left.calls["C1"], agent=None, state=State.HANDED_OFF))
    assert asks(RA | {"stage": "HANGUP"}, left)[0] == [command(Kind.END_CALL, "")]


def test_the_status_is_not_given_when_the_transfer_is_refused() -> None:
    board = FakeBoard(talking(), "phone_number is longer than 32 characters")
    get(board, RA | {"stage": "EXTENSIONTRANSFER", "phone_number": "9" * 33})
    assert [one.kind for one, _, _ in board.asked] == [Kind.BLIND_TRANSFER]


def test_every_function_can_be_allowed_and_no_other() -> None:
    known = {"ALL_FUNCTIONS", "version", *FUNCTIONS, *NOT_SUPPORTED}
    assert set(api_access_options.FUNCTIONS) == known


def test_an_api_that_is_not_active_does_nothing() -> None:
    live = talking()
    live.rules = replace(RULES, vdc_agent_api_active="0")
    assert asks(DIAL, live) == ([], "ERROR: System API NOT ACTIVE\n")
    assert asks({"function": "version"}, live)[1].startswith("VERSION: ")


def twice(query: dict[str, str], again: dict[str, str], **headers: str) -> tuple[FakeBoard, str, str]:
    board = FakeBoard(talking())

    async def talk(client: Any, _token: str) -> tuple[str, str]:
        async with client.get("/agc/api.php", params=query, headers=headers) as response:
            first = await response.text()
        board.world.keep(replace(board.world.sessions["1000"], state=AgentState.DISPO, call=None))
        async with client.get("/agc/api.php", params=again, headers=headers) as response:
            return first, await response.text()

    return board, *visit(board, talk)


def test_the_same_key_is_the_same_request_once() -> None:
    keyed = DIAL | {"idempotency_key": "k-1"}
    board, first, second = twice(keyed, keyed)
    assert first == second == xfer("DIAL_WITH_CUSTOMER", number="8500")
    assert len(board.asked) == 1
    board, first, second = twice(DIAL, DIAL | {"wait": "1"}, **{"Idempotency-Key": "k-1"})
    assert first == second
    assert len(board.asked) == 1


def test_a_key_that_is_too_long_is_refused_and_not_kept() -> None:
    board, first, second = twice(DIAL | {"idempotency_key": "k" * 256}, DIAL | {"idempotency_key": "k" * 255})
    told = "transfer_conference idempotency_key is longer than 255 characters - DIAL_WITH_CUSTOMER|1000"
    assert first == f"ERROR: {told}\n"
    assert second.startswith("ERROR: agent_user does not have a live call") and not board.asked


def test_wait_0_gets_an_answer_at_once() -> None:
    board = FakeBoard(talking(), TimeoutError())

    async def talk(client: Any, _token: str) -> str:
        async with client.get("/agc/api.php", params=DIAL | {"wait": "0"}) as response:
            told = str(await response.text())
        await asyncio.wait_for(board.was_asked.wait(), 5)
        return told

    assert visit(board, talk) == xfer("DIAL_WITH_CUSTOMER", number="8500")
    assert len(board.asked) == 1


def test_a_code_that_is_flagged_so_asks_for_a_callback() -> None:
    rules = replace(RULES, dispositions={"LATER": Disposition(id="LATER", scheduled_callback="Y")})
    more = STATUSES["with a callback"][0] | {"function": "external_status", "value": "LATER"}
    board = FakeBoard(talking())
    board.world.rules = rules
    assert "LATER!2026-12-01 10:00:00!" in get(board, ON_1000 | more)[1]
    [(command, _, _)] = board.asked
    assert command.callback and command.status == "LATER"


def test_a_consultation_waits_as_long_as_its_in_group() -> None:
    board = FakeBoard(talking())
    get(board, DIAL | CONSULT | {"ingroup_choices": "SUPPORTLINE", "wait": "answer"})
    assert board.waited == 100.0


def test_a_number_that_the_filter_would_make_another_is_not_dialled() -> None:
    def check(value: str, number: str) -> None:
        board = FakeBoard(talking())
        told = f"ERROR: phone_number is not valid - {number}|6666\n"
        assert get(board, DIAL | {"value": value, "phone_number": number}) == (200, told)
        assert board.asked == []

    check_rows(
        check,
        product(
            ["DIAL_WITH_CUSTOMER", "PARK_CUSTOMER_DIAL", "BLIND_TRANSFER"],
            ["SIP/evil&x@y", "8500&PJSIP/1", "8500,30,g", "8500x2", "0800CALLME"],
        ),
    )


@pytest.mark.parametrize("number", ["(800) 555-1234", "+800 555 1234", "800.555.1234"])
def test_separators_between_digits_are_dropped(number: str) -> None:
    board = FakeBoard(talking())
    assert get(board, DIAL | {"phone_number": number})[1].startswith("SUCCESS: transfer_conference")
    assert get_column(board.asked[0][0], "number") == "8005551234"


def test_the_agents_name_is_found_in_any_case_and_repeated_as_given() -> None:
    board = FakeBoard(World(rules=world().rules))
    board.world.keep(session("anna", AgentState.READY))
    assert get(board, STATUS | {"agent_user": "ANNA"}) == (
        200,
        "SUCCESS: external_status function set - SALE|ANNA\n",
    )
    assert board.asked[0][0].agent == "anna"


def test_debug_puts_a_page_around_the_line_and_shows_no_secret() -> None:
    _, body = get(FakeBoard(world()), HANGUP | {"format": "debug"})
    assert re.fullmatch(
        r"(?s)<html>\n<head>\n.*SUCCESS: external_hangup function set - 1\|1000\n"
        r".*<!-- script runtime: \d+ seconds -->\n</body>\n</html>\n",
        body,
    )
    assert "1234" not in body
    assert "select" not in body.lower()


def test_a_refused_request_gets_no_html_page() -> None:
    def check(query: dict[str, str]) -> None:
        _, body = get(FakeBoard(world()), HANGUP | query | {"format": "debug", "close_window_link": "1"})
        assert body and "<" not in body

    check_each(
        check, [{"function": "version"}, {"function": "coffee"}, {"source": "x"}, {"pass": "4321"}, {"user": "7001"}]
    )


def test_the_webserver_function_reports_the_time_zone_and_nothing_else_of_the_machine() -> None:
    status, body = get(FakeBoard(world()), USER | {"function": "webserver"})
    assert status == 200
    assert re.fullmatch(r"<PRE>Webserver Data:\nabbr\.timezone: \S+\ndst\.timezone: [01]\n</PRE>\n", body)
    wrong = get(FakeBoard(world()), USER | {"function": "webserver", "pass": "9999"})[1]
    assert wrong == "ERROR: Invalid Username/Password: |6666||0|1|BAD|\n"
    denied = get(FakeBoard(world()), USER | {"function": "webserver", "user": "7002"})[1]
    assert denied == "ERROR: auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION - 7002|webserver|ADMIN\n"
