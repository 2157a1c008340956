"""The code an agent gives a finished call, and when he is spared it."""

from dataclasses import dataclass

from warmline.core.commands import Kind
from warmline.core.rules import Campaign

GROUP_OF = {
    Kind.BLIND_TRANSFER: "EXTERNAL",
    Kind.LEAVE_VM: "EXTERNAL",
    Kind.LOCAL_CLOSER: "LOCAL",
    Kind.LEAVE_3WAY_CALL: "LEAVE3WAY",
}


@dataclass(frozen=True, kw_only=True)
class DispositionEntry:
    """One code given by one agent for one call; `by` is who sent it. `at` in microseconds, UTC."""

    id: str
    call: str
    agent: str
    status: str
    at: int
    by: str = ""


def spared(campaign: Campaign, kind: Kind | None) -> bool:
    """Whether `transfer_no_dispo` writes XFER for the agent who handed the call over by this command."""
    groups = campaign.transfer_no_dispo.removesuffix("_ONLY").split("_AND_")
    return kind is not None and GROUP_OF.get(kind) in groups
