"""Finds the live agents and calls that turns may have changed, as clients see them."""

from collections.abc import Iterable

from ari_app.live import live_snapshot
from warmline.core.model.call import Call
from warmline.core.model.clock_correction import ClockCorrection
from warmline.core.model.leg import Leg
from warmline.core.model.recording import Recording
from warmline.core.model.session import Session
from warmline.core.world.world import OpenRecord, World
from warmline.operations.live_records import AgentNow, CallWhole

Change = tuple[OpenRecord, OpenRecord | None]  # a record as it is now, or as it ended; and as it was, or None
Changed = tuple[dict[str, AgentNow | None], dict[str, CallWhole | None]]  # by id; None after the record's end


def changed_by(changes: Iterable[Change], world: World, *, configured: bool) -> Changed:
    """Return each agent and call of which these changes concern a part, as they are in `world`, after all of them.

    With `configured`, every agent and call is returned, because a new configuration may have renamed them; also after
    the machine's clock was set, because all their times are other ones then.
    """
    changes = list(changes)
    configured = configured or any(isinstance(record, ClockCorrection) for record, _ in changes)
    users = dict.fromkeys(world.sessions if configured else ())
    calls = dict.fromkeys(world.calls if configured else ())
    for change in changes:
        for record in change:
            match record:
                case Call():
                    calls[record.id] = None
                    users |= dict.fromkeys(filter(None, (record.agent,)))
                case Session():
                    users[record.agent] = None
                    calls |= dict.fromkeys(filter(None, (record.call,)))
                case Recording():
                    calls[record.call] = None
                case Leg():
                    session = world.sessions.get(record.owner)
                    users |= dict.fromkeys([session.agent] if session else [])
                    calls |= dict.fromkeys(filter(None, (session.call if session else record.owner,)))
    return (
        {user: live_snapshot.agent(world.sessions[user], world) if user in world.sessions else None for user in users},
        {call: live_snapshot.call(world.calls[call], world) if call in world.calls else None for call in calls},
    )
