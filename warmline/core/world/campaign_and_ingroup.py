"""The campaign and the in-group of a call, whose options apply to it."""

from warmline.core.model.call import Call
from warmline.core.rules.configuration import Campaign, Ingroup
from warmline.core.world.turn import Turn


def get_campaign(turn: Turn, call: Call) -> Campaign:
    """Return the campaign of the call's agent, or of its last agent."""
    return turn.world.rules.campaign(call.outcome.campaign)


def get_home_ingroup(turn: Turn, call: Call) -> Ingroup:
    """Return the call's home in-group."""
    return turn.world.rules.ingroup(call.ingroup)


def get_waiting_ingroup(turn: Turn, call: Call) -> str:
    """Return the in-group where the call waits if it loses its agent, or "".

    For a customer who was dialled, it is the campaign's default_xfer_group.
    """
    default = get_campaign(turn, call).default_xfer_group
    return call.ingroup or (default if default in turn.world.rules.ingroups else "")
