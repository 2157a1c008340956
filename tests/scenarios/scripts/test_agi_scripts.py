"""AGI scripts of the pages on a real Asterisk: callers hear what they say, and a key hands the call over."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from tests.agi import own_scripts
from tests.internals.scenarios import config
from tests.scenarios.given import all_talk
from tests.scenarios.recipes.recipes import console
from tools.simulation.call_centre import prompt_hearing
from tools.simulation.call_centre.real_world import RealWorld

NUMBER = "8005550150"
DIALPLAN = f"""\
[from-trunk]
exten => {NUMBER},1,Set(AGISIGHUP=no)
 same => n,Gosub(warmline-clean,s,1)
 same => n,AGI(own)
 same => n,Hangup()
"""
# The program of texts copies a sound of Asterisk, which the callers know: its voice is the sound's name.
SAYS = """\
#!/opt/warmline/.venv/bin/python -Pmwarmline.agi
import os

from warmline.agi import AGI, run, say_text

os.environ["WARMLINE_SPEECH_COMMAND"] = "cp SOUNDS/{voice}.wav {file}"


def own(agi: AGI) -> None:
    agi.answer()
    say_text(agi, "activated", voice="activated")
    say_text(agi, "for you alone", voice="queue-holdtime", private=True)
    if say_text(agi, "press 1", voice="vm-press", keys="1") or agi.wait_for_digit(5000):
        say_text(agi, "activated", voice="activated")
    agi.stream_file("vm-goodbye")


run(own)
"""
WORDS = ("queue-holdtime", "digits/1", "queue-minutes", "vm-press", "vm-tocallback", "vm-goodbye")
MINUTE = 60_000_000  # microseconds
OPEN = {"ct_default_start": "0", "ct_default_stop": "2400"}


@asynccontextmanager
async def called(world: RealWorld, text: str, changes: Mapping[str, str]) -> AsyncIterator[None]:
    """Let NUMBER lead to a script of a page within the block, as the page says; the changes are those of its user."""
    lab = world.site.folder
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    script, dialplan = own_scripts.write(text, lab / "agi/own"), lab / "own.conf"
    before = dialplan.read_text() if dialplan.exists() else ""
    dialplan.write_text(before + DIALPLAN)
    await console(world, "dialplan reload")
    config.create(world.database, "call-time", "OFFICE", OPEN, who="test")
    try:
        yield
    finally:
        config.delete(world.database, "call-time", "OFFICE", who="test")
        dialplan.write_text(before)
        script.unlink()
        await console(world, "dialplan reload")


async def test_a_caller_who_presses_1_in_a_menu_is_handed_over(real: RealWorld) -> None:
    real.patience = 15.0  # a busy machine takes seconds to start Python
    agent = await real.agent("1000")
    async with called(real, own_scripts.example("menu"), {'"our-welcome"': '"activated"', "our-menu": "vm-press"}):
        customer = await real.customer(NUMBER)
        await real.hears_prompt(customer, "vm-press")
        await real.press(customer, "1")
        await all_talk(real, agent, customer)
        assert (await real.prompts(customer))[0] == "activated"
        await real.hang_up(customer)


async def test_a_caller_hears_the_wait_of_a_queue_and_takes_a_callback(real: RealWorld) -> None:
    real.patience = 15.0
    await real.nobody_is_there()
    waits = await real.customer()
    await real.hears_music(waits)
    async with called(real, own_scripts.example("callback"), {'"OFFICE", 300': '"OFFICE", 5'}):
        customer = await real.customer(NUMBER)
        await real.hears_sound(customer, "vm-tocallback")
        await real.press(customer, "1")
        await real.is_gone(customer)
        audio = real._lines[customer].audio
        said = prompt_hearing.heard(audio.between(audio.kept_since, real.now()), real.site.sounds, WORDS)
        assert said == ["queue-holdtime", "digits/1", "queue-minutes", "vm-press", "digits/1", *WORDS[-2:]]
        promised = await real.callback(customer, "pending")
        assert (promised.ingroup, promised.comments) == ("SALESLINE", "waited 1 min")
        assert 28 * MINUTE < promised.at - real.clock() <= 30 * MINUTE
    await real.hang_up(waits)


async def test_a_caller_hears_texts_that_a_program_says(real: RealWorld) -> None:
    real.patience = 15.0
    async with called(real, SAYS, {"SOUNDS": str(real.site.sounds)}):
        customer = await real.customer(NUMBER)
        await real.hears_sound(customer, "vm-press")
        await real.press(customer, "1")
        await real.hears_sound(customer, "vm-goodbye")
        await real.hang_up(customer)
    words = ("activated", "queue-holdtime", "vm-press", "activated", "vm-goodbye")
    audio = real._lines[customer].audio
    assert prompt_hearing.heard(audio.between(audio.kept_since, real.now()), real.site.sounds, words[1:]) == [*words]
    kept = list((real.site.folder / "spool/speech").iterdir())
    assert [file.suffix for file in kept] == [".wav", ".wav"], "the private text has left nothing"


async def test_a_caller_with_a_priority_is_served_before_one_who_waits(real: RealWorld) -> None:
    real.patience = 15.0
    await real.nobody_is_there()
    waits = await real.customer()
    await real.hears_music(waits)
    changes = {"elif number in VIPS": "elif number", "VIPS[number]": '"gold"'}
    async with called(real, own_scripts.examples()["front"], changes):
        vip = await real.customer(NUMBER)
        await real.hears_music(vip)
        agent = await real.agent("1000")
        await all_talk(real, agent, vip)
        await real.hang_up(vip)
    why = ((await real.ended(vip)).call or {})["why"]
    assert "priority: the call brings +10" in why
    await real.hang_up(waits)
