"""An invented FreePBX, imported: calls of its queue, and of an inbound route with a time condition."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cli.imports.freepbx.freepbx_conversion import convert
from cli.imports.freepbx.freepbx_source import read
from tests.scenarios.given import all_talk
from tools.simulation.call_centre.scenario_language import ScenarioWorld
from warmline.options.values.option_types import as_text
from warmline.store.configuration import config

DUMP = Path(__file__).parents[2] / "cli/imports/freepbx/asterisk.sql"
DID, FREEPBX_DID, HOURS = "8005550100", "5550100", "Office_hours"


async def imported(world: ScenarioWorld, rows: list[str], closed: str) -> None:
    """Give the in-group SALESLINE, its agents and the DID what the import makes of the office.

    `rows` are those of the time group; `closed` is the destination outside of these hours.
    """
    tables = {name: [*found] for name, found in read(str(DUMP)).items()}
    tables["timegroups_details"] = [{"timegroupid": "1", "time": row} for row in rows]
    tables["timeconditions"][0] |= {"truegoto": "ext-queues,600,1", "falsegoto": closed, "timezone": "UTC"}
    made = convert(tables, names={"600": "SALESLINE"}).config
    own = [("ingroup", "SALESLINE", made["ingroup"]["SALESLINE"] | {"exit_keys": ()})]
    own += [("agent", name, made["agent"][name] | {"ingroups": ("SALESLINE",)}) for name in ("1001", "1002")]
    hours = _texts(made["call-time"][HOURS])
    if HOURS in config.list_names(world.database, "call-time"):
        config.set_options(world.database, "call-time", HOURS, {"ct_more_hours": ""} | hours, who="test")
    else:
        config.create(world.database, "call-time", HOURS, hours, who="test")
    for kind, name, options in [*own, ("did", DID, made["did"][FREEPBX_DID])]:
        kept = {option: value for option, value in _texts(options).items() if option != "ingroup_ranks"}
        await world.configure(kind, name, **kept)


def _texts(options: dict[str, str | int | tuple[str, ...]]) -> dict[str, str]:
    return {option: as_text(value) for option, value in options.items()}


async def test_call_of_an_open_route_rings_the_members_of_its_queue(world: ScenarioWorld) -> None:
    await imported(world, ["00:00-11:59|*|*|*", "12:00-23:59|*|*|*"], "ext-local,vmu1001,1")
    first, second = await world.on_hook("1001"), await world.on_hook("1002")
    customer = await world.customer(DID)
    await world.phone_rings(first)
    await world.phone_rings(second)
    await world.answer(second)
    await all_talk(world, second, customer)


async def test_call_of_a_closed_route_goes_on_in_the_dialplan(real: ScenarioWorld) -> None:
    extension, _, context = (await real.dialplan()).partition("@")
    day = f"{datetime.now(UTC) + timedelta(days=3):%a}".lower()
    await imported(real, [f"09:00-11:59|{day}|*|*", f"13:00-16:59|{day}|*|*"], f"{context},{extension},1")
    customer = await real.customer(DID)
    await real.hears_dialplan(customer)
