"""The checks of a phone number that add_lead and check_phone_number make if the request asks for them."""

import re
from collections.abc import Mapping

from warmline.leads import lead_places
from warmline.store.leads import dnc
from warmline_contrib.vicidial_api.functions import given_fields
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

PREFIX = slice(3, 4)  # of a national number in North America; it is never 0 or 1
NATIONAL = 10  # digits there
CHECKS = ("Y", "AREACODE")
NO_PREFIXES = "NANPA options disabled, NANPA prefix data not loaded"


def takes_prefixes(asked: NonAgentRequest) -> bool:
    """Return whether a request wants checks by the prefix of a number, for which there is no data."""
    return asked.is_on("nanpa_ac_prefix_check") or "NANPA" in asked["tz_method"].upper()


async def refused(asked: NonAgentRequest) -> str:
    """Return the words of the first check that refuses the number of a request, or "". Raises StoreError."""
    number, by = given_fields.number(asked), asked.by
    if not given_fields.SHORTEST <= len(number) <= given_fields.LONGEST:
        return f"INVALID PHONE NUMBER LENGTH - {number}|{by}"
    if asked.is_on("usacan_prefix_check") and number[PREFIX] in "01":
        return f"INVALID PHONE NUMBER PREFIX - {number}|{by}"
    if asked.is_on("usacan_areacode_check") and not _has_area(number):
        return f"INVALID PHONE NUMBER AREACODE - {number}|{by}"
    in_system = await asked.look(dnc.listed, number) if asked["dnc_check"] in CHECKS else ""
    if in_system:
        return f"PHONE NUMBER IN DNC - {number}|{by}"
    campaign = asked["campaign_id"]
    checks = asked["campaign_dnc_check"] in CHECKS and asked.sees_campaign(campaign)
    in_campaign = await asked.look(dnc.listed, number, campaign, own=True) if checks else ""
    if in_campaign:
        return f"PHONE NUMBER IN CAMPAIGN DNC - {number}|{campaign}|{by}"
    return ""


def state_of(lead: Mapping[str, str]) -> str:
    """Return the state of the United States in which the number of a lead is, or ""."""
    found = re.fullmatch("US-([A-Z]{2})", lead_places.of_lead(lead).jurisdictions)
    return found[1] if found else ""


def _has_area(number: str) -> bool:
    lead = {"phone_code": lead_places.NORTH_AMERICA, "phone_number": number}
    return len(number) == NATIONAL and bool(lead_places.of_lead(lead).time_zones)
