"""The recipes of the cookbook in the lab: installed, tried with prompts and tones, and taken out."""

import email
from asyncio import Event, gather
from datetime import UTC, datetime, timedelta

from aiohttp import web

from lab.sip import tones, wav
from tests.internals.scenarios import Kind, State
from tests.scenarios.given import all_talk
from tests.scenarios.recipes.recipes import data, edited, recipe
from tools.simulation.call_centre.far_ends import BUSY, answers
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from tools.simulation.call_centre.webhook_receiver import receiving

MINUTE = 60_000_000  # microseconds


async def test_callers_choose_their_language_and_the_agent_sees_it(real: RealWorld) -> None:
    agent = await real.agent()
    async with recipe(real, "language-menu"):
        customer = await real.customer()
        await real.hears_prompt(customer, "digits/1")
        await real.press(customer, "2")
        await all_talk(real, agent, customer)
        assert await data(real, customer) == {"language": "es"}
        await real.hang_up(customer)


async def test_a_vip_of_the_crm_is_first_and_a_crm_that_is_stuck_costs_two_seconds(real: RealWorld) -> None:
    await real.nobody_is_there()
    async with receiving() as crm:
        url = f"http://127.0.0.1:{crm.port}/customers?phone="
        async with recipe(real, "vip-by-crm", {"CRM_URL": url}):
            go_on = Event()

            async def stuck(request: web.BaseRequest) -> web.StreamResponse:
                await go_on.wait()
                return web.Response()

            crm.answer = stuck
            first = await real.customer()
            await real.hears_music(first)

            async def knows(request: web.BaseRequest) -> web.StreamResponse:
                return web.json_response({"name": "Ada", "vip": True})

            crm.answer = knows
            second = await real.customer()
            await real.hears_music(second)
            assert [one.query["phone"] for one in crm.requests] == [first.name, second.name]
            agent = await real.agent()
            await all_talk(real, agent, second)
            assert await data(real, second) == {"customer": "Ada"}
            assert (await real.call_state(first), await data(real, first)) == (State.WAITING, {})
            go_on.set()
            await gather(real.hang_up(first), real.hang_up(second))
            await real.agent_is(agent, "DISPO")
            assert await real.ask(Kind.STATUS, agent, status="A") == ""
            await real.nobody_is_there()


async def test_a_message_comes_by_mail_also_if_the_caller_hangs_up(real: RealWorld) -> None:
    async with recipe(real, "voicemail-to-email", {"VOICEMAIL_TO": "support@example.com"}) as lab:
        script, sent = lab / "agi/cookbook-voicemail-to-email", lab / "sent"
        (stand_in := lab / "sendmail").write_text(f"#!/bin/sh\ncat > {sent}.new && mv {sent}.new {sent}\n")
        stand_in.chmod(0o755)
        with edited(script, "/usr/sbin/sendmail", str(stand_in)):
            customer = await real.customer()
            real.patience = 10.0
            await real.hears_sound(customer, "beep")
            await real.talk(1.0)
            await real.hang_up(customer)

            async def mailed() -> bool | None:
                return sent.exists() or None

            await real.until(mailed, "the e-mail")
        mail = email.message_from_bytes(sent.read_bytes())
        assert (mail["To"], mail["Subject"]) == ("support@example.com", f"Message from {customer.name}")
        [attached] = [part.get_payload(decode=True) for part in mail.walk() if part.get_filename() == "message.wav"]
        (lab / "message.wav").write_bytes(attached)
        samples = wav.read(lab / "message.wav").samples
        assert len(samples) > 4000 and tones.level(samples[-4000:-2400], tones.CUSTOMER) > 1000


async def test_a_caller_gets_a_callback_at_the_number_that_they_type(real: RealWorld) -> None:
    await real.nobody_is_there()
    async with recipe(real, "callback-instead"):
        await real.configure("ingroup", "SALESLINE", wait_time_option_seconds="1")
        for typed in ("4930555777#", "#"):
            customer = await real.customer()
            await real.hears_prompt(customer, "digits/1")
            await real.press(customer, "1")
            await real.hears_sound(customer, "vm-enter-num-to-call")
            await real.press(customer, typed)
            await real.hears_prompt(customer, "vm-goodbye")
            await real.is_gone(customer)
            promised = await real.callback(Party(typed.rstrip("#") or customer.name), "pending")
            assert promised.ingroup == "SALESLINE" and 13 * MINUTE < promised.at - real.clock() <= 15 * MINUTE
        await real.unconfigure()


async def test_a_phone_closes_an_in_group_and_opens_it_again(real: RealWorld) -> None:
    real.patience = 15.0  # the script starts Python three times, which takes seconds on a busy machine
    await real.nobody_is_there()
    async with recipe(real, "emergency-closure", {"CLOSURE_PIN": "2580"}):
        waits = await real.customer()
        await real.hears_music(waits)
        for said in ("activated", "de-activated"):
            supervisor = await real.dials("1001", "799")
            await real.hears_prompt(supervisor, "agent-pass")
            await real.press(supervisor, "2580#")
            await real.hears_sound(supervisor, said)
            await real.is_gone(supervisor)
            caller = await real.customer()
            if said == "activated":
                await gather(real.hears_prompt(waits, "vm-goodbye"), real.hears_prompt(caller, "vm-goodbye"))
                await gather(real.is_gone(waits), real.is_gone(caller))
            else:
                await real.hears_music(caller)
                await real.hang_up(caller)


async def test_after_hours_the_first_person_who_accepts_has_the_caller(real: RealWorld) -> None:
    numbers = ("4930555001", "4930555002", "4930555003")
    async with recipe(real, "on-call-list", {"ONCALL": "-".join(numbers)}):
        real.far_end(numbers[0], BUSY)
        real.far_end(numbers[1], answers())
        real.far_end(numbers[2], answers())
        customer = await real.customer()
        mailbox = await real.third(numbers[1])
        await real.hears_prompt(mailbox, "digits/1")
        await real.press(mailbox, "2")
        await real.is_gone(mailbox)
        person = await real.third(numbers[2])
        await real.hears_prompt(person, "digits/1")
        await real.press(person, "1")
        await all_talk(real, customer, person)
        await real.hang_up(person)
        await real.is_gone(customer)


async def test_callers_shortly_before_the_end_hear_when_you_close(real: RealWorld) -> None:
    await real.nobody_is_there()
    now = datetime.now(UTC)
    zone = f"Etc/GMT{now.hour - 12:+d}"  # it is noon there; the sign of these names is reversed
    for minutes, heard in ((10, ["im-sorry"]), (40, [])):
        closes = datetime(2026, 1, 1, 12, now.minute) + timedelta(minutes=minutes)
        values = {"CLOSES_AT": f"{closes:%H:%M}", "CLOSING_ZONE": zone, "CLOSING_SOUND": "im-sorry"}
        async with recipe(real, "closing-announcement", values):
            customer = await real.customer()
            real.patience = 10.0
            await real.hears_music(customer)
            assert [name for name in await real.prompts(customer) if name == "im-sorry"] == heard
            await real.hang_up(customer)
