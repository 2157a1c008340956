"""Many servers with faults, replayed; `tools/nightly soak` runs the large scene, and judges the cost of a turn."""

import pytest

from tests.core.servers.many_servers import ManyServers, run


@pytest.fixture(scope="module")
def centre() -> ManyServers:
    """Return a centre of six servers after its faults; every check of `many_servers` has held."""
    return run(servers=6, agents=60, callers=40, inputs=3000, seed=1)


def test_calls_and_tickets_of_many_servers_survive_faults_and_replay(centre: ManyServers) -> None:
    happened = centre.count
    assert centre.turns >= 3000 and len(centre.journal) > 2000
    assert all(happened[fault] for fault in ("dead", "frozen", "cut", "lost", "drained", "restarts")), happened
    assert happened["ended by asterisk"] and happened["ended by customer"] > 25
