"""In the wrap-up, the agent learns why the call ended for them, how long it was, and where the customer waits."""

from tests.http.json_site import JsonSite
from tools.simulation.asterisk.core_driver import command
from warmline.core.messages.commands import Ask, CommandFields, Kind
from warmline.store.configuration import config, user_sessions

PASSWORD = "opensesame7"  # noqa: S105 - of a test


def ended(site: JsonSite, user: str = "1000") -> tuple[str, str]:
    """Return code and sentence of the end that the screen shows."""
    end = site.ask("GET", f"/agents/{user}/screen").body["ended"]
    return end["code"], end["text"]


def by_sam(site: JsonSite, given: CommandFields) -> None:
    """Let a supervisor give a command."""
    site.driver.feed(Ask(given.kind, given, by="user:sam", source="test"))


def test_each_party_who_ends_the_call_is_named(site: JsonSite) -> None:
    site.customer()
    assert site.ask("GET", "/agents/1000/screen").body["ended"] is None, "it goes on"
    site.driver.wait(3)
    site.driver.hang_up("cust")
    assert ended(site) == ("customer_hung_up", "The customer hung up")
    screen = site.ask("GET", "/agents/1000/screen").body
    assert (screen["ended"]["seconds"], screen["last"]["waits_since"]) == (3, None)
    site.ask("POST", "/agents/1000/disposition", {"status": "SALE"})
    assert site.ask("GET", "/agents/1000/screen").body["ended"] is None, "the call has its code"
    site.driver.customer(name="next")
    site.driver.ask(Kind.HANGUP)
    assert ended(site) == ("agent_hung_up", "You hung up")


def test_one_who_leaves_learns_with_whom_the_customer_stayed(site: JsonSite) -> None:
    config.set_options(site.database, "agent", "1001", {"full_name": "Bea Stone"}, who="test")
    site.customer()
    site.driver.log_in("1001")
    site.driver.ask(Kind.DIAL_WITH_CUSTOMER, ingroup="AGENTDIRECT", to_agent="1001")
    site.driver.wait(3)
    site.driver.ask(Kind.LEAVE_3WAY_CALL)
    assert ended(site) == ("agent_left", "You left; the customer stayed with Bea Stone")
    site.ask("POST", "/agents/1000/disposition", {"status": "SALE"})
    site.driver.ask(Kind.PAUSE, "1000")
    config.set_options(site.database, "ingroup", "SALESLINE", {"group_name": "Sales"}, who="test")
    site.driver.ask(Kind.LOCAL_CLOSER, "1001", ingroup="SALESLINE")
    site.driver.wait(1)
    assert ended(site, "1001") == ("call_given", "You gave the customer to Sales")
    last = site.ask("GET", "/agents/1001/screen").body["last"]
    assert last["waits_in"] and last["waits_since"], "nobody has the customer"


def test_an_agent_takes_the_customer_back_and_the_new_part_has_its_own_end(site: JsonSite) -> None:
    config.create(site.database, "user", "anna", {"pass": PASSWORD, "agent": "1000"}, who="test")
    config.create(site.database, "user", "ben", {"pass": PASSWORD, "agent": "1001"}, who="test")
    anna, ben = (user_sessions.begin(site.database, name, PASSWORD, "").token for name in ("anna", "ben"))
    call = site.customer()
    site.driver.log_in("1001")
    site.driver.ask(Kind.PAUSE, "1001")
    site.ask("POST", "/agents/1000/notes", {"notes": "order 4711"})
    site.driver.ask(Kind.LOCAL_CLOSER, ingroup="SALESLINE")
    site.driver.wait(60)
    assert site.ask("GET", "/agents/me/screen", token=anna).body["commands"]["take"]["allowed"]
    for token, agent in ((ben, "1001"), (ben, "1000"), (anna, "1001")):
        assert site.ask("POST", f"/calls/{call}/take", {"agent": agent}, token=token).status == 403
    assert site.ask("POST", f"/calls/{call}/take", {"agent": "1000"}, token=anna).status == 201
    site.driver.wait(1)
    screen = site.ask("GET", "/agents/1000/screen").body
    assert (screen["agent"]["state"], screen["notes"]) == ("INCALL", "order 4711")
    assert [(one["user"], one["notes"]) for one in screen["handed_over"]] == [("1000", "order 4711")]
    site.driver.hang_up("cust")
    assert ended(site) == ("customer_hung_up", "The customer hung up")
    site.ask("POST", "/agents/1000/disposition", {"status": "SALE"})
    parts = site.ask("GET", f"/past-calls/{call}/timeline").body["agents"]
    assert [(one["status"], one["notes"]) for one in parts] == [("", "order 4711"), ("SALE", "order 4711")]


def test_a_supervisor_who_moves_or_ends_the_call_is_named(site: JsonSite) -> None:
    sam = {"pass": "opensesame7", "role": "supervisor", "full_name": "Sam Super"}
    config.create(site.database, "user", "sam", sam, who="test")
    call = site.customer()
    site.driver.log_in("1001")
    site.driver.feed(
        Ask("R-take", command(Kind.TAKE_CALL, "1000", call=call, to_agent="1001"), by="user:sam", source="test")
    )
    site.driver.wait(3)
    assert ended(site) == ("call_moved", "Sam Super gave the call to agent 1001")
    by_sam(site, command(Kind.END_CALL, "", call=call))
    site.driver.wait(1)
    assert ended(site, "1001") == ("ended_by_other", "Sam Super ended the call")


def test_one_who_gives_the_customer_to_a_number_learns_it_whoever_answers(site: JsonSite) -> None:
    ends = {"8501": [(0.1, "up")], "8502": [(0.1, 17)], "8503": []}
    for number, far_end in ends.items():
        site.driver.asterisk.far_ends[number] = far_end
        call = site.customer()
        site.driver.ask(Kind.BLIND_TRANSFER, number=number)
        site.driver.wait(1)
        given = ("call_given", f"You gave the customer to {number}")
        assert ended(site) == given, number
        site.ask("POST", f"/calls/{call}/hangup", {"kind": "END_CALL"})
        site.driver.wait(1)
        assert ended(site) == given, f"{number}, after the end of the call"
        site.ask("POST", "/agents/1000/disposition", {"status": "SALE"})


def test_one_who_was_called_in_learns_who_took_them_out_or_ended_the_call(site: JsonSite) -> None:
    config.set_options(site.database, "agent", "1000", {"full_name": "Alex Agent"}, who="test")
    site.driver.log_in("1001")
    taken_out = ("taken_out", "Alex Agent took you out of the call")
    for kind, end in ((Kind.HANGUP_XFER, taken_out), (Kind.HANGUP, ("ended_by_other", "Alex Agent ended the call"))):
        site.driver.customer(name=kind.value)
        site.driver.ask(Kind.PARK_CUSTOMER_DIAL, ingroup="AGENTDIRECT", to_agent="1001")
        site.driver.wait(3)
        site.driver.ask(kind)
        site.driver.wait(1)
        assert ended(site, "1001") == end
        site.driver.ask(Kind.HANGUP)
        assert ended(site) == ("agent_hung_up", "You hung up")
        for user in ("1000", "1001"):  # 1000 waits longer, and gets the next call
            site.ask("POST", f"/agents/{user}/disposition", {"status": "SALE"})


def test_a_dial_that_reaches_nobody_says_so(site: JsonSite) -> None:
    site.driver.ask(Kind.PAUSE)
    site.driver.asterisk.far_ends["15551230009"] = [(0.1, 17)]
    site.ask("POST", "/agents/1000/dial", {"number": "15551230009"})
    site.driver.wait(2)
    assert ended(site) == ("customer_busy", "15551230009 was busy")
