"""The agents of a call as JSON."""

from contextlib import suppress

from msgspec import structs

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.v1 import live_state
from ari_app.http.v1.live_state import JsonApi
from ari_app.live import live_snapshot
from warmline.core.model.call import Call
from warmline.operations.live_records import CallAgent, CallWithAgents, iso
from warmline.store.calls import agents_of_calls
from warmline.store.calls.agents_of_calls import AgentOfCall
from warmline.store.database.database import StoreError

SECOND = 1_000_000  # microseconds


def shown(part: AgentOfCall) -> CallAgent:
    """Return an agent's part of a call as JSON has it."""
    joined, left = part.joined, part.left
    return CallAgent(
        call=part.call,
        user=part.user,
        full_name=part.full_name,
        joined=None if joined is None else iso(joined),
        left=None if left is None else iso(left),
        seconds=None if joined is None or left is None else (left - joined) // SECOND,
        status=part.status,
        status_name=part.status_name,
        notes=part.notes,
    )


async def of_call(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with one live call, its legs and its agents, by id or agc_id. Raises ProblemRaised (404)."""
    world, wanted = api.board.world, request.path_values["id"]
    live = live_state.live_call(world, wanted)
    if live is None:
        raise live_state.no_live_call(wanted)
    agents: list[CallAgent] | None = None
    with suppress(StoreError):
        found = await api.threads.look_up(agents_of_calls.of_call, api.db, live.id, promised_in(live))
        agents = list(map(shown, found))
    return reply(CallWithAgents(**structs.asdict(live_snapshot.call(live, world)), agents=agents))


def promised_in(live: Call) -> str:
    """Return the call that promised the callback for which this call is made, or ""."""
    return live.outcome.callback.call if live.outcome.callback else ""
