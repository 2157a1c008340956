"""The lead on an agent's screen: that of the call, of the preview, or of a number that was only typed."""

from typing import NamedTuple

from warmline.store.configuration import campaign_owners
from warmline.store.leads import leads


class OnScreen(NamedTuple):
    """The screen of an agent: a lead or 0, the previewed number or "", and the call or ""."""

    agent: str
    lead: int = 0
    number: str = ""
    call: str = ""


def lead_of(path: str, shown: OnScreen) -> int:
    """Return the lead_id on a screen, or with its number, or of its ended call; 0 for none. Raises StoreError."""
    if shown.lead or not shown.number:
        return shown.lead or leads.of_call(path, shown.call)
    seen = campaign_owners.of_agent(path, shown.agent)  # a typed number tells nothing about other groups
    alike = leads.with_number(path, shown.number, campaigns=seen)
    return int(alike[0]["lead_id"]) if alike else 0
