"""A VICIdial system, imported by the commands: its first caller reaches the right agent, who sees the customer."""
# ruff: noqa: S608 - names of the code

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.cli.imports.vicidial.centre import written
from tests.cli.imports.vicidial.shop import DID, INGROUP, KNOWN, LIST, ZONE, with_callers
from tests.internals.scenarios import (
    DatabaseAddress,
    Kind,
    callbacks,
    calls_of_lead,
    change_plan,
    config,
    config_history,
    imported_rows,
    leads,
    screen_lead,
    web_forms,
    webhook_url,
    writing,
)
from tests.scenarios.given import all_talk
from tools.simulation.call_centre.call_records import rows
from tools.simulation.call_centre.command_line import warmline
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

AGENTS = ("1000", "1001")
OWN = {"phone_login": "TRUSTED"}  # VICIdial has no such option: agents of the lab have no PIN


@asynccontextmanager
async def imported(world: ScenarioWorld, folder: Path, number: int) -> AsyncIterator[None]:
    """Import the shop, whose leads have the numbers from this one on; at the end, remove all of it.

    A failed scenario leaves it there, and gets a new lab.
    """
    dump, files = str(written(folder, with_callers(number))), str(folder / "converted")
    place = Path(world.database).parent if (Path(world.database).parent / "warmline.toml").exists() else folder
    if place == folder:
        address = world.database.whole if isinstance(world.database, DatabaseAddress) else world.database
        (folder / "warmline.toml").write_text(f'db = "{address}"\n')
    before = config_history.newest(world.database, 1)[0].number
    await warmline(place, "import", "vicidial", dump, "--to", files)
    await warmline(place, "config", "apply", files, "--yes")
    await warmline(place, "import", "vicidial-rows", dump, "--from", files, "--source-timezone", ZONE)
    config.set_options(world.database, "campaign", "SALES", OWN, who="test")
    await world.in_force()
    yield
    await world.nobody_is_there()
    with writing(world.database) as db:
        for table, where in imported_rows.WHERE.items():  # a lead was used, so an undo is refused
            db.execute(f"DELETE FROM {table} WHERE {where}")
        db.execute("DELETE FROM lead WHERE list_id = ?", (str(LIST),))
        db.execute("DELETE FROM imported_lead")
        db.execute("DELETE FROM import_run")
    for made in config_history.newest(world.database, 10):
        if made.number > before:
            wanted, _ = config_history.taken_back(world.database, made.number)
            change_plan.apply(world.database, change_plan.plan(world.database, wanted), who="test")
    await world.in_force()


async def works(world: ScenarioWorld, user: str) -> Party:
    """Let an agent log in, who is paused as after each login, and take calls."""
    agent = world.seats[user] = await world.phone(user)
    await world.agent_is(agent, "PAUSED", "READY")
    if await world.agent_state(agent) == "PAUSED":
        assert await world.ask(Kind.RESUME, agent) == ""
    await world.agent_is(agent, "READY")
    return agent


async def test_caller_of_an_imported_centre_reaches_the_agent_of_the_highest_rank(
    world: ScenarioWorld, tmp_path: Path
) -> None:
    await world.nobody_is_there()
    early = await world.customer()
    await world.hang_up(early)
    next_number = int(early.name) + 1
    async with imported(world, tmp_path, next_number):
        longest, highest = [await works(world, user) for user in AGENTS]
        customer = await world.customer(DID)
        lead = KNOWN + int(customer.name) - next_number
        await all_talk(world, highest, customer)
        await world.agent_is(longest, "READY")
        await sees_the_customer(world, customer, lead, highest)
        await world.hang_up(customer)
        await world.agent_is(highest, "DISPO")
        assert await world.ask(Kind.STATUS, highest, status="SALE") == ""
        told = await world.ended(customer)
        assert told.call and (told.call["ingroup"], told.call["lead"]) == (INGROUP, lead)
        assert await world.rows("SELECT status, called_count FROM lead WHERE lead_id = ?", lead) == [("SALE", 2)]


async def sees_the_customer(world: ScenarioWorld, customer: Party, known: int, agent: Party) -> None:
    """Check what the agent's screen is made of: lead, custom fields, past calls, callback and web form."""
    call = await world.live_call(customer)
    assert call["lead"] == known
    db, lead = world.database, leads.find(world.database, known)
    assert (lead["first_name"], lead["last_name"], lead["list_id"]) == ("Zoë", "O'Neil", str(LIST))
    own = screen_lead.own_fields(db, lead)
    assert own == {"favorite_color": "dark blue"}
    await world.written()
    past = [one for one in calls_of_lead.of_lead(db, lead) if one["id"] != call["id"]]
    assert [(one["last_agent"], one["ingroup"], one["status_name"]) for one in past] == [("1000", INGROUP, "Call Back")]
    [promised] = callbacks.of_lead(db, known, world.clock())
    assert (promised.agent, promised.comments, promised.number) == ("1000", "before Christmas", customer.name)
    facts = {"lead_id": known, "user": agent.name} | {f"{webhook_url.CUSTOM}{name}": text for name, text in own.items()}
    [form] = web_forms.of_call(db, "SALES", INGROUP, str(LIST), facts, world.clock() // 1_000_000)
    assert form.address == f"https://crm.example.org/?lead={known}&colour=dark%20blue"
    if isinstance(world, RealWorld):
        shown = await world.site.document(f"agents/{agent.name}/lead")
        assert (shown["lead"]["lead_id"], shown["lead"]["custom_fields"]) == (known, own)
        assert [one["address"] for one in shown["web_forms"]] == [form.address]
        assert [one["agent"] for one in shown["calls"]] == ["1000"]
    assert rows(db, "SELECT origin FROM call WHERE lead = ? AND id <> ?", known, call["id"]) == [("imported",)]
