"""A program that plays an AGI script and an ARI script. Warmline itself need not be installed for it."""

import asyncio
import pkgutil
from importlib import import_module

import warmline.agi
import warmline.ari
from warmline.agi import AGI, read_data, say, say_text, write_data
from warmline.agi.testing import Call
from warmline.ari import Ari, Channel, CodedError, connect, serve, testing

NEED_A_CENTRE = ["warmline.agi.script_leads", "warmline.ari.number_gate"]


def menu(agi: AGI) -> None:
    """Keep the key of the caller."""
    agi.answer()
    say_text(agi, "Welcome", keys="")
    key = say(agi, "vm-press", 1, keys="1") or agi.wait_for_digit(5000)
    write_data(agi, {"choice": key})
    agi.verbose(f"pressed {read_data(agi, 'choice')}")


async def doorbell(ari: Ari, caller: Channel) -> None:
    """Play one of two sounds, and let the caller go on."""
    await caller.answer()
    key = await caller.play("vm-press", 1, keys="1") or await caller.get_key(5, keys="1")
    await caller.play("vm-goodbye" if key else "vm-sorry")


async def play() -> None:
    """Let a caller ring the doorbell; a call to a number needs the rules of a centre."""
    async with testing.world() as world:
        world.start(serve("doorbell", doorbell))
        caller = world.caller("8005550123", keys={"vm-press": "1"})
        await world.until(lambda: caller.in_dialplan)
    assert caller.heard == ["vm-press", "vm-goodbye"], caller.heard
    async with testing.world() as world, connect("reminder") as ari:
        person, phone = world.party("8005550123"), world.party("PJSIP/1000")
        try:
            await ari.call(person.number)
        except CodedError as error:
            assert (error.code, person.calls) == ("ari_no_dial_rules", 0), error
        else:
            raise AssertionError("a call was made without the rules of a centre")
        assert await ari.call("PJSIP/1000") and phone.answered


def check_centre() -> None:
    """Check that the centre's calls say what to install."""
    try:
        _ = warmline.centre
    except ModuleNotFoundError as error:
        assert "install the package warmline in its place" in str(error), error
    else:
        raise AssertionError("warmline-scripts has the centre's calls")


def cannot_be_loaded() -> list[str]:
    """Return the modules of both libraries that need modules which are not here."""
    names = []
    for library in (warmline.agi, warmline.ari):
        for module in pkgutil.walk_packages(library.__path__, f"{library.__name__}."):
            if module.name != "warmline.agi.__main__":
                try:
                    import_module(module.name)
                except ModuleNotFoundError:
                    names.append(module.name)
    return names


if __name__ == "__main__":
    call = Call(keys="1").run(menu)
    assert call.answered and call.variables == {"WARMLINE_DATA_choice": "1"}, call.variables
    asyncio.run(play())
    check_centre()
    assert cannot_be_loaded() == NEED_A_CENTRE, cannot_be_loaded()
