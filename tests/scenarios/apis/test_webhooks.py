"""Another program gets webhooks about calls, and no call waits for it."""

from tests.internals.scenarios import Kind
from tests.scenarios.given import THIRD, all_talk, in_three_way
from tools.simulation.call_centre.crm import crm
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_webhooks_report_the_start_transfer_and_disposition_of_a_call(world: ScenarioWorld) -> None:
    async with crm(world) as program:
        await program.is_told_of_everything(world)
        agent, customer, third = await in_three_way(world)
        call = (await world.live("calls"))[0]["id"]
        assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
        assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
        began, handed_over, ended = [await program.told(number) for number in (1, 2, 3)]
    whose = {"user": agent.name, "phone_number": customer.name, "warmline_call": call}
    nothing = {"dispo": "", "transfer": "", "transfer_number": "", "transfer_agent": ""}
    transfer = {"transfer": "LEAVE_3WAY_CALL", "transfer_number": THIRD}
    assert began == whose | nothing | {"hook": "start_call"}
    assert handed_over == whose | nothing | transfer | {"hook": "transfer"}
    assert ended == whose | nothing | {"hook": "dispo_call", "dispo": "SALE"}
    await world.hang_up(third)


async def test_a_silent_receiver_delays_no_call(world: ScenarioWorld) -> None:
    """The first webhook is unanswered when the agent ends the call and takes the next one."""
    async with crm(world, silent=True) as program:
        await program.is_told_of_everything(world)
        agent, customer, third = await in_three_way(world)
        await program.told(1)
        async with world.unbroken(customer, third):
            assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
            assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
        another = await world.customer()
        await all_talk(world, agent, another)
        await world.hang_up(third)
