"""List mixes: the shares that lists have of the new leads of a campaign.

A mix has steps such as `101|1|40| NEW NA -|:102|2|60| NEW -|`. Each has a list, a place, its percent and its statuses.
"""

from typing import NamedTuple

from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.vicidial.column_conversion import CAMPAIGNS
from warmline_contrib.imports.vicidial.conversion import UNSET, VicidialConversion, words

MIXES = "vicidial_campaigns_list_mix"
COLUMN = "list_order_mix"
SHARE = "of the new leads alone; the other lists of the campaign come after them"
MOST = 100  # percent


class MixStep(NamedTuple):
    """A step of a list mix: the list, its percent, and the statuses that it dials."""

    list_id: str
    percent: int
    statuses: tuple[str, ...]


def shares(into: VicidialConversion) -> dict[tuple[str, str], int]:
    """Return the percent of lists by campaign and list, as the source names them, and keep the fate of each mix."""
    mixes = into.rows(MIXES)
    found: dict[tuple[str, str], int] = {}
    for row in into.rows(CAMPAIGNS):
        wanted, campaign = row[COLUMN], row["campaign_id"]
        if wanted in UNSET:
            continue
        name = into.names.known("campaign", campaign)
        of_campaign = [one for one in mixes if one["campaign_id"] == campaign]
        mix = next((one for one in of_campaign if wanted in (one["vcl_id"], one["status"])), None)
        if mix is None:
            into.told(CAMPAIGNS, name, COLUMN, wanted, Fate.LOST, f"the source has no such mix of campaign {campaign}")
            continue
        into.told(CAMPAIGNS, name, COLUMN, wanted, Fate.CHANGED, "list_weight of its lists is their share")
        into.unread(MIXES, mix["vcl_id"], mix)
        for step in _steps(mix["list_mix_container"]):
            key = campaign, step.list_id
            found[key] = min(MOST, found.get(key, 0) + step.percent)
            if step.statuses and set(step.statuses) != {*words(row["dial_statuses"])}:
                said = "dial_statuses of the campaign are those of all its lists"
                into.told(MIXES, mix["vcl_id"], "list_mix_container", " ".join(step.statuses), Fate.LOST, said)
    return found


def _steps(container: str) -> list[MixStep]:
    steps = []
    for text in container.split(":"):
        list_id, _, percent, statuses, *_ = *text.split("|"), "", "", "", ""
        if list_id.strip().isdecimal() and percent.strip().isdecimal():
            steps.append(MixStep(list_id.strip(), int(percent), tuple(words(statuses))))
    return steps
