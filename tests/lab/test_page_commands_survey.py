"""The tutorial from an IVR to a survey, typed beside an Asterisk from its package; packets prove who hears whom."""

import asyncio
import re
import time
from collections.abc import Mapping
from pathlib import Path

from lab.sip import Hearing, SipCall
from tests.docs.page_blocks import blocks
from tests.lab.installed_machine import PASSWORD
from tests.lab.page_machine import DAEMONS, SURVEY, PageMachine, type_on_a_machine
from tests.lab.page_typist import Script
from tests.lab.test_installed import a_voice

LIMIT = 120.0  # seconds
[PAGE] = SURVEY
TICKET = "4711"
SCORE = "5"


class SurveyCall:
    """The call of the tutorial: what the people do between the lines that its reader types."""

    def __init__(self, desk: PageMachine) -> None:
        self.desk, self.calls = desk, dict[str, SipCall]()
        self.sip = f"127.0.0.1:{desk.machine.ports.sip}"
        self.answers = desk.machine.folder / "log/survey.csv"

    def scripts(self) -> Mapping[str, Script]:
        own = self.desk
        before = {
            "warmline install": self.dialplan_is_written,
            "warmline agent conference 1000": self.caller_types_the_ticket,
            "warmline agent leave 1000": self.third_party_answers,
            "warmline audit call last": self.caller_answers_the_survey,
        }
        instead = {f"{DAEMONS}enable --now warmline-guard warmline.target": own.services_start}
        return {PAGE: Script(before, instead, own.places())}

    async def dialplan_is_written(self) -> None:
        [plan] = [one.text for one in blocks(PAGE) if one.text.startswith("[from-trunk]")]
        assert len(plan.splitlines()) == 9, "the page says so"
        file = self.desk.machine.etc / "extensions.conf"
        file.write_text(f"{file.read_text()}\n{plan.replace('/var/log/asterisk', str(self.answers.parent))}")

    async def caller_types_the_ticket(self) -> None:
        """The caller types the ticket after the prompt. The agent reads it, and both hear each other."""
        phone = await self.desk.parties.phone("1000", PASSWORD, self.sip)
        agent = await phone.call("700")
        await self.desk.agent_is("READY")
        customer = await (await self.desk.parties.customer(self.sip)).call("8005550177")
        await customer.answered()
        await a_voice(customer)
        await customer.dial(f"{TICKET}#")
        self.calls |= {"agent": agent, "customer": customer}
        await self.hear_each_other("agent", "customer", since=customer.began)
        _, shown = await self.desk.terminal.run("TERM=xterm timeout --foreground 3 warmline agent watch 1000")
        assert re.search(rf"ticket +{TICKET} ", shown), shown

    async def third_party_answers(self) -> None:
        self.calls["third"] = third = await self.desk.peer.next_call()
        await third.answered()
        await self.desk.agent_is("3-WAY")
        await self.hear_each_other("customer", "third", since=third.began)

    async def caller_answers_the_survey(self) -> None:
        """Caller and third party talk alone. Then the caller hears a question, and the answer is in the file."""
        customer = self.calls["customer"]
        await self.hear_each_other("customer", "third", since=self.calls["third"].began)
        await self.calls["third"].hang_up()
        await a_voice(customer, since=time.monotonic())
        await customer.dial(SCORE)
        await customer.ended()
        assert self.answers.read_text() == f"{TICKET},1000,{SCORE}\n"

    async def hear_each_other(self, one: str, other: str, since: float) -> None:
        ear = Hearing(self.calls)
        await ear.heard(self.calls[one], self.calls[other], since)
        await ear.heard(self.calls[other], self.calls[one], since)


def test_every_line_of_the_page(short_path: Path) -> None:
    def scripts(desk: PageMachine) -> Mapping[str, Script]:
        return SurveyCall(desk).scripts()

    wrong = asyncio.run(asyncio.wait_for(type_on_a_machine(SURVEY, short_path, scripts), LIMIT))
    assert not wrong, "\n\n".join(wrong)
