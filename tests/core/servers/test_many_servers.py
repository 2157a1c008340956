"""Several servers with faults, replayed; `tools/nightly many-servers` plays a hundred scenes."""

from tests.core.servers.mixed_servers import run


def test_calls_and_lines_of_several_servers_survive_faults_and_replay() -> None:
    centre = run(servers=3, agents=16, steps=400, seed=1)
    assert len(centre.journal) > 2000 and centre.came > 25, centre.count
    assert all(centre.count[fault] for fault in ("dead", "frozen", "cut", "lost", "restarts")), centre.count
