"""The names that a call's bridges have in Asterisk: room-CALL, in which its parties talk, and spot-CALL and a letter.

Of the others, one holds the customer (c) and one the third party (t). The last one (i) connects a parked customer with
the dialplan.
"""

MIXING_BRIDGE_PREFIX = "room-"
HOLDING_BRIDGE_PREFIX = "spot-"
PREFIX_LENGTH = len(MIXING_BRIDGE_PREFIX)  # that of both
ULID_LENGTH = 26


def is_mixing_bridge(bridge: str) -> bool:
    """Return whether a bridge is, or was, the mixing bridge of a call."""
    return bridge.startswith(MIXING_BRIDGE_PREFIX)


def to_mixing_bridge_id(call_id: str) -> str:
    """Return the mixing bridge of this call."""
    return f"{MIXING_BRIDGE_PREFIX}{call_id}"


def to_mixing_call_id(bridge: str) -> str:
    """Return the call of a mixing bridge. For any other bridge, return what no call has for its id."""
    return bridge.removeprefix(MIXING_BRIDGE_PREFIX)


def to_call_id(bridge: str) -> str:
    """Return the call of any bridge of a call. For another bridge, return what no call has for its id."""
    return bridge[PREFIX_LENGTH : PREFIX_LENGTH + ULID_LENGTH]
