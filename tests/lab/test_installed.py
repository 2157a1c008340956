"""From Asterisk's package to a call: installed into its configuration, and removed again."""

import asyncio
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab import ports
from lab.sip import Hearing, Parties
from lab.sip.sip_call import SipCall
from tests.lab.installed_machine import PASSWORD, WITHIN, Machine
from tools.pages.marked_text import PROJECT

PAGE = PROJECT / "docs/how-to/install.md"
LOUD = 0x30  # of 0x7F, a sample of mu-law: a voice; silence is 0


@pytest.fixture
def machine(short_path: Path) -> Iterator[Machine]:
    taken, keeper = ports.reserve()
    with keeper:
        made = Machine(short_path / "m", taken, executed=True)
        try:
            made.start_asterisk(keeper)
            yield made
        finally:
            made.end()


def configuration(machine: Machine) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in machine.etc.rglob("*") if path.is_file()}


def printed(step: str) -> list[str]:
    """Return the code blocks of a step of the page, such as `The fallback`."""
    text = re.search(rf"^\d\. \*\*{re.escape(step)}.*?(?=^\d\. |\Z)", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert text, step
    blocks = re.findall(r"^ *```\w+\n(.*?)^ *```", text[0], re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for block in blocks]


def test_from_a_package_to_a_call_and_back(machine: Machine) -> None:
    before = configuration(machine)
    ((dry, install, reload),) = (block.splitlines() for block in printed("Into Asterisk"))
    words = f"warmline install {' '.join(machine.words)}"  # of this folder; the rest as the page prints it
    assert "Nothing has been changed." in machine.shell(dry.replace(".venv/bin/warmline install", words))
    assert configuration(machine) == before
    machine.shell(f"{install.replace('.venv/bin/warmline install', words)} --yes")
    # From here on, only the settings file is used, as on every installed machine.
    machine.environ = {"WARMLINE_CONFIG": machine.environ["WARMLINE_CONFIG"]}
    machine.shell(reload)
    fallback, tried = printed("The fallback")
    with open(machine.etc / "extensions.conf", "a") as plan:
        plan.write(f"\n{fallback}")
    reload, phone_hears = tried.splitlines()
    machine.shell(reload)
    asyncio.run(the_prompt(machine, phone_hears))
    for command in printed("The configuration")[0].splitlines():
        machine.shell(command, typed="48213\n" if "pin=-" in command else "aGoodLongOne47\n")
    machine.shell("warmline campaign set SALES phone_login=TRUSTED")  # these parties press no keys
    machine.start_guard()
    machine.start_app()
    told = machine.shell("warmline doctor")
    assert set(re.findall(r"^(\S) ", told, re.MULTILINE)) <= {"✓", "·"} and told.count("✓") > 25, told
    asyncio.run(a_call(f"127.0.0.1:{machine.ports.sip}"))
    story = machine.shell("warmline audit call last")
    assert "agent 1000" in story and "called 8005550100" in story and "SALESLINE" in story
    machine.end_app()
    machine.shell("warmline uninstall --yes")
    assert configuration(machine) == before | {"extensions.conf": before["extensions.conf"] + f"\n{fallback}".encode()}
    assert not (machine.folder / "agi").exists() and not list((machine.folder / "units").iterdir())


async def the_prompt(machine: Machine, phone_hears: str) -> None:
    """Check what a caller hears while Warmline is away, and call a phone by the page's test line."""
    sip = f"127.0.0.1:{machine.ports.sip}"
    async with Parties() as parties:
        phone = await parties.phone("1000", PASSWORD, sip)
        customer = await (await parties.customer(sip)).call("8005550100")
        await customer.answered()
        await a_voice(customer)
        await asyncio.to_thread(machine.shell, phone_hears)
        called = await phone.next_call()
        await called.answered()
        await a_voice(called)


async def a_voice(call: SipCall, since: float | None = None) -> None:
    """Wait for half a second of sound in a call, since a time or its beginning."""
    begin = call.began if since is None else since

    def find() -> bool | None:
        packets = call.audio.between(begin, call.audio.captured_until)
        loud = [packet for packet in packets if packet.payload and max(~byte & 0x7F for byte in packet.payload) > LOUD]
        return len(loud) > 25 or None

    await call.audio.until(find, WITHIN, "a voice")


async def a_call(sip: str) -> None:
    """Let the agent log in by dialling, and a customer call; they hear each other."""
    async with Parties() as parties:
        phone = await parties.phone("1000", PASSWORD, sip)
        agent = await phone.call("700")
        await agent.answered()
        customer = await (await parties.customer(sip)).call("8005550100")
        await customer.answered()
        ear = Hearing({"agent": agent, "customer": customer})
        await ear.heard(agent, customer, since=customer.began)
        await ear.heard(customer, agent, since=customer.began)
        await customer.hang_up()
