"""recording_lookup: the recordings of an agent's day, of a lead, of a phone or of a channel, with their addresses."""

from pathlib import PurePath
from urllib.parse import quote

from warmline.store.database.reading import Row
from warmline_contrib.vicidial_api.functions import lead_values
from warmline_contrib.vicidial_api.lookups import recording_lookups
from warmline_contrib.vicidial_api.lookups.recording_lookups import RecordingSearch
from warmline_contrib.vicidial_api.requests import periods
from warmline_contrib.vicidial_api.requests.answer_rows import time_of
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "recordings:read"
SHORTEST, ENOUGH = 3, 2
NAMES = ("start_time", "user", "recording_id", "lead_id", "location")  # the length has no name


async def recording_lookup(asked: NonAgentRequest) -> str:
    """Answer with a row for each recording that has a file, the oldest first."""
    agent, lead, date = asked["agent_user"], asked["lead_id"], asked["date"]
    channel, phone = asked["uniqueid"], asked["extension"]
    about = f"{asked.by}|{agent}|{lead}|{date}|{channel}"
    period = periods.day(date, asked.zone) if date else None
    # A lead or a channel is enough; of an agent, a phone and a date, two are.
    given = (lead, lead, channel, channel, len(agent) >= SHORTEST, len(phone) >= SHORTEST, date)
    if sum(map(bool, given)) < ENOUGH or (date and period is None):
        return asked.error(f"INVALID SEARCH PARAMETERS: {about}")
    start, end = period or (0, 0)
    search = RecordingSearch(start=start, end=end, agent=agent, lead=_number(lead), phone=phone, channel=channel)
    found = await asked.look(recording_lookups.found, search, asked.visible(SCOPE))
    sees = not lead or (search.lead and (asked.campaigns is None or await lead_values.of_lead(asked, str(search.lead))))
    if not found or not sees:
        return asked.error(f"NO RECORDINGS FOUND - {about}")
    addresses = await _addresses(asked, found)
    rows = []
    for row, address in zip(found, addresses, strict=True):
        length = [row["length"] // 1000] if asked.shows("duration") else []
        begun = time_of(row["started"] or row["asked"], asked.zone)
        rows.append([begun, row["agent"], row["id"], row["lead"], *length, address])
    return asked.separators.page(NAMES, rows)


async def _addresses(asked: NonAgentRequest, found: list[Row]) -> list[str]:
    """Return the address of each recording: a signed link if the user may make some, or one that takes a token."""
    recordings = [str(row["id"]) for row in found]
    links = await asked.links(recordings)
    if not links:
        return [f"{asked.host}/api/v1/recordings/{quote(one, safe='')}" for one in recordings]
    names = [PurePath(row["file"]).name for row in found]
    return [asked.host + link.path(*one) for link, *one in zip(links, recordings, names, strict=True)]


def _number(text: str) -> int:
    """Return the first number in a field, or 0; the filter of fields keeps digits and commas, or BLANK."""
    first = text.split(",")[0][:18]
    return int(first) if first.isdigit() else 0
