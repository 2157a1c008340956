"""`ari.adopt` in the test world: the centre gets both parties of a talk, or the script keeps both."""

import asyncio

import pytest

from warmline.ari import Ari, Channel, ChannelGone, Refused, connect, testing
from warmline.centre import AppAway, AppRefused

CUSTOMER, PHONE = "8005550123", "PJSIP/1002"


async def bring_together(ari: Ari) -> tuple[Channel, Channel, "asyncio.Task[None]"]:
    """Call both parties, and let them talk."""
    customer_channel, phone_channel = (await ari.call(CUSTOMER)).channel, (await ari.call(PHONE)).channel
    return customer_channel, phone_channel, asyncio.create_task(ari.talk(customer_channel, phone_channel))


async def test_the_centre_gets_both_parties() -> None:
    async with testing.world() as world, connect("desk") as ari:
        customer, phone = world.party(CUSTOMER), world.party(PHONE)
        channel, phone_channel, talk = await bring_together(ari)
        await world.until(lambda: customer.talking_with == [phone])
        call = await ari.adopt(channel, phone_channel, agent="1002")
        await talk
        assert (call.agent, customer.handed_over, phone.handed_over) == ("1002", "adopted:1002", "adopted:1002")
        assert (customer.hung_up, phone.hung_up, ari.channels) == ("", "", {})
        assert channel.why_gone == phone_channel.why_gone == "adopted as a call of agent 1002"
        with pytest.raises(ChannelGone):
            await ari.adopt(channel, phone_channel, agent="1002")
        with pytest.raises(NotImplementedError, match="no centre that can command"):
            await call.leave()


class RefusingCentre:
    """A centre that refuses. With `moved`, one party has left the script before."""

    def __init__(self, error: AppRefused | AppAway, moved: Channel | None = None) -> None:
        self.error, self.moved = error, moved

    async def adopt(self, *_: object, **__: object) -> None:
        if self.moved:
            self.moved.ended("the party hung up")
        raise self.error


@pytest.mark.parametrize("error", [AppRefused("agent_inactive", "it is not active"), AppAway("app_away", "it is away")])
async def test_after_a_refusal_both_talk_on(error: AppRefused | AppAway) -> None:
    async with testing.world() as world, connect("desk") as ari:
        customer, phone = world.party(CUSTOMER), world.party(PHONE)
        channel, phone_channel, talk = await bring_together(ari)
        await world.until(lambda: customer.talking_with == [phone])
        with pytest.raises(Refused, match="it is") as refused:
            await ari.adopt(channel, phone_channel, agent="1002", centre=RefusingCentre(error))  # type: ignore[arg-type]
        assert refused.value.code == error.code and customer.talking_with == [phone]
        customer.hang_up()
        await talk
        assert phone.hung_up == "script" and channel.why_gone != "adopted as a call of agent 1002"


async def test_a_party_whose_talk_has_ended_meanwhile_is_not_left_in_silence() -> None:
    async with testing.world() as world, connect("desk") as ari:
        customer, phone = world.party(CUSTOMER), world.party(PHONE)
        channel, phone_channel, talk = await bring_together(ari)
        await world.until(lambda: customer.talking_with == [phone])
        customer.hang_up()
        centre = RefusingCentre(AppRefused("conversation_alone", "it talks to nobody"), moved=channel)
        with pytest.raises((Refused, ChannelGone)):
            await ari.adopt(channel, phone_channel, agent="1002", centre=centre)  # type: ignore[arg-type]
        await talk
        assert phone.hung_up == "script" and not phone.on_line


async def test_a_party_alone_is_refused() -> None:
    async with testing.world() as world, connect("desk") as ari:
        world.party(CUSTOMER), world.party(PHONE)
        customer_channel, phone_channel = (await ari.call(CUSTOMER)).channel, (await ari.call(PHONE)).channel
        with pytest.raises(Refused, match="talks to no other channel"):
            await ari.adopt(customer_channel, phone_channel, agent="1002")
        assert not customer_channel.gone and not phone_channel.gone
