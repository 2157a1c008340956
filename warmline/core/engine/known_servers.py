"""The servers in the settings, and which of them are away."""

from warmline.core.engine import lost_or_restarted_server
from warmline.core.media import recorded_file
from warmline.core.messages.process_messages import ServersKnown
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.server import MediaServer
from warmline.core.replace import replace
from warmline.core.servers.reach import get_nailed_up_refusal
from warmline.core.world.turn import Turn


def update_servers(turn: Turn, event: ServersKnown) -> None:
    """Record the servers in the settings. The calls of a server that is not there any more have ended.

    A single server needs no record.
    """
    weights = {server.name: server.weight for server in event.servers}
    world = turn.world
    world.has_several_servers = True
    for removed_name in _list_known_servers(turn):
        if removed_name not in weights:
            _remove_server(turn, removed_name)
    for record in turn.iterate(world.servers):
        if record.id not in weights or len(weights) == 1:
            turn.close(record)
    for name, weight in weights.items() if len(weights) > 1 else ():
        server_record = world.servers.get(name)
        if server_record is None:
            if not any(server.server == name for server in world.asterisk_runs.values()):
                world.held_servers |= {name}
            turn.put(MediaServer(id=name, weight=weight, since=turn.now, away=name in world.held_servers))
        elif server_record.weight != weight:
            turn.put(replace(server_record, weight=weight))
    _note_nailed_up_agents(turn)


def _note_nailed_up_agents(turn: Turn) -> None:
    """Tell which agents had their phone on the line before there were several servers. Their phones ring elsewhere."""
    for session in turn.iterate(turn.world.sessions):
        agent = turn.world.rules.agents.get(session.agent)
        if (
            agent
            and not session.on_hook
            and not session.browser
            and (refusal := get_nailed_up_refusal(turn.world, agent))
        ):
            turn.note(refusal)


def _list_known_servers(turn: Turn) -> list[str]:
    """Return all servers that anything on record is on."""
    world = turn.world
    tables = (world.asterisk_runs, world.calls, world.legs, world.recordings)
    names = dict.fromkeys(record.server for table in tables for record in table.values())
    return list(dict.fromkeys((*world.servers, *names)))


def _remove_server(turn: Turn, server: str) -> None:
    """End the calls of a server that was taken out of the settings, and forget its Asterisk."""
    for recording in turn.iterate(turn.world.recordings):
        if recording.server == server and recording.ended is not None:
            recorded_file.request_processing(
                turn, recording
            )  # nothing else would, because the server does not come back
    lost_or_restarted_server.end_server_calls(turn, server, is_removed=True)
    for asterisk_run in turn.iterate(turn.world.asterisk_runs):
        if asterisk_run.server == server:
            turn.close(replace(asterisk_run, ended=turn.now))
    for session in turn.iterate(turn.world.sessions):
        if session.phone_loss.server == server:
            turn.put(session.with_phone_loss(server=MAIN_SERVER))
    turn.world.release_server(server)  # nothing else would end the wait for its state


def mark_away(turn: Turn, name: str) -> None:
    """Record that no events of one of several servers arrive. Nothing is requested there until its state is known."""
    server = turn.world.servers.get(name)
    if server:
        turn.world.held_servers |= {name}
    if server and not server.away:
        turn.put(replace(server, away=True))


def mark_reached(turn: Turn, name: str) -> None:
    """Record that the events of a server arrive again, and that its state is known."""
    server = turn.world.servers.get(name)
    if server and server.away:
        turn.put(replace(server, away=False))
