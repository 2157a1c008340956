"""`warmline dial simulate`: which leads a campaign would dial in the next hours, and why not the others."""

from typing import Annotated

import msgspec
import typer

from cli.arguments.completion import names
from cli.client import app_client, outbound_records
from cli.output.cell_format import iso_moment
from cli.output.json_output import Json, print_json
from cli.output.table import print_table
from warmline.store.outbound.simulation_answer import MOST_AGENTS, MOST_HOURS, SimulationAnswer

CampaignName = Annotated[
    str, typer.Argument(metavar="CAMPAIGN", show_default=False, help="The campaign.", autocompletion=names("campaign"))
]
Agents = Annotated[
    int,
    typer.Option(metavar="N", min=0, max=MOST_AGENTS, help="The number of agents; 0 for those who are logged in now."),
]
Hours = Annotated[int, typer.Option(metavar="H", min=1, max=MOST_HOURS, help="The number of hours from now.")]


def simulate(campaign: CampaignName, agents: Agents = 0, hours: Hours = 1, as_json: Json = False) -> None:
    done = outbound_records.at(app_client.records()).simulation(campaign, agents, hours)
    if as_json:
        print_json(msgspec.to_builtins(done))
    else:
        _print(done)


def _print(done: SimulationAnswer) -> None:
    found = done.expected
    print(f"campaign {done.campaign}, {done.dial_method}, {done.agents} agents, from {iso_moment(done.begins)}")
    print()
    print_table(
        ("hour", "list", "would be dialled"),
        [(iso_moment(one.begins), one.list or "-", str(one.leads)) for one in done.dialled],
    )
    print(f"of these calls, {done.again} are second or later ones (recycle), {done.callbacks} callbacks")
    print()
    print_table(
        ("talk share", "between calls", "connected", "persons", "dropped", "given up"),
        [
            (
                f"{100 * found.talk_share:.1f} %",
                f"{found.seconds_between_calls:.0f} s",
                str(found.connected),
                str(found.persons),
                f"{found.dropped} ({100 * found.drop_rate:.1f} %)",
                str(found.given_up),
            )
        ],
    )
    print()
    rest = [(one.list, str(one.leads), one.why, iso_moment(one.until)) for one in done.rest]
    print_table(("list", "leads", "not dialled", "until"), rest, free=("not dialled",))
    print()
    known = f"measured: {done.history.calls} calls, {done.history.talks} talks"
    print_table(
        ("in the simulated world", "", "from"),
        [(one.what, one.value, known if one.measured else "assumed") for one in done.world],
    )
    print()
    for text in done.left_out:
        print(f"not simulated: {text}")
