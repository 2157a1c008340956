"""The set-ups with agents who are logged in: in a call, after one, paused, and with callers who wait."""

from tests.http.json_site import JsonSite
from tests.http.non_agent.vector_site import Ids, SetUps
from tests.internals.non_agent import Kind

ANN, BOB = "1000", "1001"
LEAD, OTHER_LEAD = 123456, 123457


def _serve(made: JsonSite) -> None:
    made.driver.ask(Kind.CHANGE_INGROUPS, ANN, ingroups=("SALESLINE", "AGENTDIRECT"))
    made.driver.ask(Kind.RESUME, ANN)


def _call(made: JsonSite, name: str, lead: int, number: str = "3125550100") -> None:
    """Connect the next agent who is READY with a customer, whose lead this is."""
    made.driver.asterisk.come_in(name, "ingroup", "SALESLINE", number=number)
    made.driver.pump()
    made.driver.wait(2)
    call = made.driver.call_of(name)
    assert call.agent
    if call.lead != lead:
        assert made.driver.ask(Kind.SWITCH_LEAD, call.agent, call=call.id, lead=lead) == ""


def _finish(made: JsonSite, name: str, agent: str) -> None:
    made.driver.hang_up(name)
    made.driver.wait(1)
    assert made.driver.ask(Kind.STATUS, agent, status="NI") == ""
    made.driver.wait(1)


def _ids(made: JsonSite) -> Ids:
    return {"CALL_IN": made.driver.call_of("second").agc_id}


def incall(made: JsonSite) -> Ids:
    """Ann is in her second call."""
    _serve(made)
    _call(made, "first", OTHER_LEAD, "3125550101")
    _finish(made, "first", ANN)
    _call(made, "second", LEAD)
    return _ids(made)


def two(made: JsonSite) -> Ids:
    """Ann is in her second call, and Bob is paused after one call."""
    made.driver.ask(Kind.RESUME, BOB)
    _call(made, "bobs", OTHER_LEAD, "3125550101")
    _finish(made, "bobs", BOB)
    made.driver.ask(Kind.PAUSE, BOB, pause_code="LUNCH")
    return incall(made)


def dead(made: JsonSite) -> Ids:
    """The customer of Ann's second call has hung up during a call to a third party."""
    ids = incall(made)
    made.driver.asterisk.far_ends["98500"] = made.driver.asterisk.far_ends["8500"]  # behind the campaign's prefix
    assert not made.driver.ask(Kind.DIAL_WITH_CUSTOMER, ANN, number="8500")
    made.driver.wait(1)
    made.driver.hang_up("second")
    made.driver.wait(1)
    return ids


def ready(made: JsonSite) -> Ids:
    """Ann waits for her first call."""
    _serve(made)
    return {}


def paused(made: JsonSite) -> Ids:
    """Ann is paused."""
    made.driver.ask(Kind.CHANGE_INGROUPS, ANN, ingroups=("SALESLINE", "AGENTDIRECT"))
    made.driver.ask(Kind.PAUSE, ANN, pause_code="BREAK")
    return {}


def dispo(made: JsonSite) -> Ids:
    """Ann has had a call, and has not given its disposition."""
    _serve(made)
    _call(made, "first", OTHER_LEAD, "3125550101")
    made.driver.hang_up("first")
    made.driver.wait(1)
    return {}


def waiting(made: JsonSite) -> Ids:
    """A caller waits."""
    made.driver.customer()
    return {}


LIVE = SetUps(
    agents=dict.fromkeys(("incall", "dead", "ready", "paused", "dispo"), (ANN,)) | {"two": (ANN, BOB)},
    live={
        "incall": incall,
        "dead": dead,
        "ready": ready,
        "paused": paused,
        "dispo": dispo,
        "two": two,
        "waiting": waiting,
    },
)
