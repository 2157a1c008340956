"""An invented FreePBX, imported: calls of its queue, of an inbound route with a time condition, and a number's move."""

import asyncio
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.internals.scenarios import FreepbxConversion, as_text, config, convert, includes, read
from tests.scenarios.given import all_talk
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.scenario_language import ScenarioWorld

DUMP = Path(__file__).parents[2] / "cli/imports/freepbx/asterisk.sql"
DID, FREEPBX_DID, HOURS = "8005550100", "5550100", "Office_hours"
ALWAYS = ["00:00-11:59|*|*|*", "12:00-23:59|*|*|*"]
# The contexts that FreePBX writes for calls from trunks, with a sound in the place of its queue.
FREEPBX = f"""
[from-trunk](+)
exten => {FREEPBX_DID},1,Goto(from-pstn,${{EXTEN}},1)
[from-pstn]
include => from-pstn-custom
include => ext-did
[ext-did]
include => ext-did-custom
include => ext-did-0002
[ext-did-0002]
exten => {FREEPBX_DID},1,Goto(parking,ivr,1)
"""


def office(rows: list[str], opened: str, closed: str) -> FreepbxConversion:
    """Convert the office, with these rows of a time group, and these destinations inside and outside of its hours."""
    tables = {name: [*found] for name, found in read(str(DUMP)).items()}
    tables["timegroups_details"] = [{"timegroupid": "1", "time": row} for row in rows]
    tables["timeconditions"][0] |= {"truegoto": opened, "falsegoto": closed, "timezone": "UTC"}
    return convert(tables, names={"600": "SALESLINE"})


async def imported(world: ScenarioWorld, rows: list[str], closed: str, did: str = DID) -> None:
    """Give the in-group SALESLINE, its agents and this DID what the import makes of the office."""
    made = office(rows, "ext-queues,600,1", closed).config
    own = [("ingroup", "SALESLINE", made["ingroup"]["SALESLINE"] | {"exit_keys": ()})]
    own += [("agent", name, made["agent"][name] | {"ingroups": ("SALESLINE",)}) for name in ("1001", "1002")]
    hours = _texts(made["call-time"][HOURS])
    if HOURS in config.list_names(world.database, "call-time"):
        config.set_options(world.database, "call-time", HOURS, {"ct_more_hours": ""} | hours, who="test")
    else:
        config.create(world.database, "call-time", HOURS, hours, who="test")
    for kind, name, options in [*own, ("did", did, made["did"][FREEPBX_DID])]:
        kept = {option: value for option, value in _texts(options).items() if option != "ingroup_ranks"}
        await world.configure(kind, name, **kept)


def _texts(options: dict[str, str | int | tuple[str, ...]]) -> dict[str, str]:
    return {option: as_text(value) for option, value in options.items()}


def include(site: LabSite, text: str, before: str = "") -> None:
    """Let Asterisk read the written file, as the head of the file says, after a dialplan `before` it."""
    (site.folder / "etc" / includes.FILE).write_text(text)
    plan = site.folder / "etc/extensions.conf"
    lines = [one for one in (before, f"\n#tryinclude {includes.FILE}\n") if one not in plan.read_text()]
    with plan.open("a") as file:
        file.write("".join(lines))
    subprocess.run([*site.lab.asterisk_cli, "dialplan reload"], check=True, capture_output=True)


async def test_call_of_an_open_route_rings_the_members_of_its_queue(world: ScenarioWorld) -> None:
    await imported(world, ALWAYS, "ext-local,vmu1001,1")
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


async def test_call_of_a_route_with_dates_follows_the_written_lines(real: ScenarioWorld, site: LabSite) -> None:
    extension, _, context = (await real.dialplan()).partition("@")
    made = office(["*|*|1-31|jan-dec"], f"{context},{extension},1", "app-blackhole,hangup,1")
    await asyncio.to_thread(include, site, made.include)
    await real.dialplan()  # a reload takes such extensions away
    await real.configure("did", DID, route=str(made.config["did"][FREEPBX_DID]["route"]))
    customer = await real.customer(DID)
    await real.hears_dialplan(customer)


async def test_number_moves_by_its_lines_and_back_without_them(real: ScenarioWorld, site: LabSite) -> None:
    if FREEPBX_DID not in config.list_names(real.database, "did"):
        config.create(real.database, "did", FREEPBX_DID, {"route": "hangup"}, who="test")
    await imported(real, ALWAYS, "app-blackhole,hangup,1", FREEPBX_DID)
    agent = await real.on_hook("1001")
    tables = read(str(DUMP))
    for moved in ([], [FREEPBX_DID], []):
        await asyncio.to_thread(include, site, convert(tables, moved=moved).include, FREEPBX)
        await real.dialplan()  # a reload takes such extensions away
        customer = await real.customer(FREEPBX_DID)
        if not moved:
            await real.hears_dialplan(customer)
            continue
        await real.phone_rings(agent)
        await real.answer(agent)
        await all_talk(real, agent, customer)
        await real.hang_up(customer)
