"""An agent dials the next lead of a campaign on a real Asterisk, and both hear each other."""

from lab.sip import Hearing, IncomingCall
from tests.internals.scenarios import Kind, config, leads, list_change
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.real_world import RealWorld

CAMPAIGN, LIST, HOURS = "TESTCAMP", "976", "NEXTLEAD"
NUMBER = "81312349001"  # of a country without legal hours here: the campaign's own hold


async def test_the_next_lead_and_the_agent_hear_each_other(real: RealWorld) -> None:
    agent, site = await real.agent(), real.site
    always = {"ct_default_start": "0", "ct_default_stop": "2400"}
    config.create(site.database, "call-time", HOURS, always, who="test")
    config.create(site.database, "list", LIST, {"campaign": CAMPAIGN, "country": "JP"}, who="test")
    config.set_options(site.database, "campaign", CAMPAIGN, {"local_call_time": HOURS}, who="test")
    made = leads.create(site.database, LIST, {"phone_number": f"+{NUMBER}"}, who="test")
    site.far_ends[NUMBER] = answers(0.5)
    assert await real.ask(Kind.PAUSE, agent) == ""
    await real.agent_is(agent, "PAUSED")
    status, told = await site.order(f"agents/{agent}/dial-next", {})
    assert (status, told["number"]) == (201, NUMBER), told

    async def called() -> IncomingCall | None:
        calls = (call for call in site.peer.calls if isinstance(call, IncomingCall) and call.number == NUMBER)
        return next(calls, None)

    lead = await real.until(called, "the call to the lead")
    answered, line = await lead.answered(), real._lines[agent]
    ear = Hearing({"lead": lead, "agent": line})
    for listener, speaker in ((lead, line), (line, lead)):
        assert await ear.heard(listener, speaker, since=answered) - answered < 1
    await lead.hang_up()
    await real.agent_is(agent, "DISPO")
    list_change.delete_one(site.database, made, who="test")  # other tests in this lab dial leads too
    config.set_options(site.database, "campaign", CAMPAIGN, {"local_call_time": ""}, who="test")
