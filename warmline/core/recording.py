"""What is recorded now and why: one pure decision, and the row of one file."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.rules import Campaign


class Track(StrEnum):
    """What a room's recording is for."""

    CALL = "call"  # while an agent is in the call
    HANDOFF = "handoff"  # after the agent has left


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the room is recorded, and the rule that decided."""

    record: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One file. `length` in milliseconds; times in microseconds, UTC; `status` running, kept or failed."""

    id: str  # its name below the recordings folder, without .wav
    call: str
    kind: Track
    reason: str
    agent: str
    asked: int
    started: int | None = None
    stopping: bool = False
    ended: int | None = None
    status: str = "running"
    cause: str = ""
    path: str = ""
    bytes: int = 0
    length: int = 0
    sha256: str = ""


def during_call(campaign: Campaign) -> Decision:
    """Whether a room with an agent in it is recorded (`campaign_recording`)."""
    rule = f"campaign_recording={campaign.campaign_recording}"
    return Decision(campaign.campaign_recording in ("ALLCALLS", "ALLFORCE"), rule)


def at_leave(campaign: Campaign) -> tuple[Track | None, str]:
    """What the room records once the agent has left, and the rule: a new handoff file, the running one, or nothing.

    Asked in this order: `leave_3way_stop_recording` overrides all, then `leave_3way_start_recording` (an explicit
    order, so also under NEVER), then ALLFORCE lets the running one go on.
    """
    if campaign.leave_3way_stop_recording == "ALL_CALLS":
        return None, "leave_3way_stop_recording=ALL_CALLS"
    if campaign.leave_3way_start_recording == "ALL_CALLS":
        return Track.HANDOFF, "leave_3way_start_recording=ALL_CALLS"
    if campaign.campaign_recording == "ALLFORCE":
        return Track.CALL, "campaign_recording=ALLFORCE"
    return None, f"campaign_recording={campaign.campaign_recording} ends with the agent"
