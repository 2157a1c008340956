"""Recipes of the cookbook that run when a call is over: survey, ticket, and the agent of the last call."""

from urllib.parse import parse_qs

from aiohttp import web

from tests.internals.scenarios import Kind
from tests.scenarios.given import all_talk, in_handed_off
from tests.scenarios.recipes.recipes import data, recipe
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from tools.simulation.call_centre.webhook_receiver import receiving


async def test_a_customer_rates_the_call_after_the_leave(real: RealWorld) -> None:
    scores = real.site.folder / "survey.csv"
    async with recipe(real, "survey-after-leave", {"SURVEY_FILE": str(scores)}):
        agent, customer, third = await in_handed_off(real)
        call = (await real.story(customer)).call
        await real.hang_up(third)
        await real.hears_prompt(customer, "digits/1")
        await real.press(customer, "4")
        await real.hears_prompt(customer, "vm-goodbye")
        await real.is_gone(customer)
        assert call and scores.read_text() == f"{call['id']},{agent.name},4\n"


async def test_the_ticket_system_gets_the_end_of_a_call(real: RealWorld) -> None:
    forms: list[str] = []
    async with receiving() as tickets:

        async def take(request: web.BaseRequest) -> web.StreamResponse:
            forms.append(await request.text())
            return web.Response(text="4711")

        tickets.answer = take
        async with recipe(real, "ticket-at-end", {"TICKET_URL": f"http://127.0.0.1:{tickets.port}/calls"}):
            agent = await real.agent()
            customer = await real.customer()
            await all_talk(real, agent, customer)
            await real.hang_up(customer)
            got = await tickets.request(1, real.patience)
            call = (await real.ended(customer)).call
        fields = {name: value for name, [value] in parse_qs(forms[0]).items()}
        assert call and 0 <= int(fields.pop("seconds")) < 10 and got.method == "POST"
        wanted = {"call": call["id"], "result": "talked", "caller": customer.name, "ingroup": "SALESLINE"}
        assert fields == wanted | {"agent": agent.name}


async def test_a_caller_gets_the_agent_of_the_last_call_again(real: RealWorld) -> None:
    """The other agent has been READY for longer, and would be the next one without the recipe."""
    async with recipe(real, "sticky-agent"):
        first = await real.agent("1000")
        customer = await real.customer()
        await all_talk(real, first, customer)
        await real.hang_up(customer)
        await real.agent_is(first, "DISPO")
        other = await real.agent("1001")
        assert await real.ask(Kind.STATUS, first, status="A") == ""
        again = await real.calls_again(customer.name)
        await all_talk(real, first, again)
        assert await data(real, again) == {"last_agent": first.name}
        await real.hang_up(again)
        await real.agent_is(Party(other.name), "READY")
