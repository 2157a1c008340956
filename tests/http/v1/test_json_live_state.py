import stat
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from ari_app.http.server import local_token
from ari_app.link.call_control import FindOrphans, Orphans
from ari_app.live.server_records import ServerReach
from tests.http.agent_api import FakeBoard, no_orphans, visit, world
from tests.wording.said import refused, said
from warmline.ari.client.ari_client import AriError
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.shown_state import to_shown_state
from warmline.store.journal.storage_state import StorageState
from warmline.system import heartbeat_file
from warmline.system.settings import SettingsError

LATE_AT = 1_700_000_000_000_000


def fetch(
    board: FakeBoard, path: str, headers: dict[str, str] | None = None, orphans: FindOrphans = no_orphans
) -> tuple[int, Any]:
    async def talk(client: Any, token: str) -> tuple[int, Any]:
        sent = {"Authorization": f"Bearer {token}"} if headers is None else headers
        response = await client.get(path, headers=sent)
        json = response.content_type in ("application/json", "application/problem+json")
        return response.status, await (response.json() if json else response.text())

    answer: tuple[int, Any] = visit(board, talk, orphans=orphans)
    return answer


def problem(status: int, code: str, **fields: object) -> dict[str, Any]:
    about = {"title": HTTPStatus(status).phrase, "status": status, "type": "about:blank"}
    return {**about, "code": code, "detail": said(code, **fields)}


def test_health_needs_no_token() -> None:
    assert fetch(FakeBoard(world()), "/healthz", {}) == (200, "ok\n")


def test_health_reports_heartbeat_and_asterisk(monkeypatch: pytest.MonkeyPatch) -> None:
    board = FakeBoard(world())
    monkeypatch.setattr(heartbeat_file, "get_stopped_seconds", lambda run: 4.2)
    assert fetch(board, "/healthz", {}) == (503, "no heartbeat for 4 s; callers go to the fallback (see the log)\n")
    board.connected = False
    assert fetch(board, "/healthz", {}) == (503, "no Asterisk yet\n")
    board.lost_at = 1_700_000_000_000_000
    assert fetch(board, "/healthz", {}) == (503, "no Asterisk since 2023-11-14T22:13:20.000+00:00\n")


def test_health_names_the_server_that_is_away() -> None:
    board = FakeBoard(world())
    here = ServerReach(connected=True, since=1_700_000_000_000_000)
    board.servers = {MAIN_SERVER: here, "b": here}
    assert fetch(board, "/healthz", {}) == (200, "ok\n")
    board.servers = {MAIN_SERVER: here, "b": ServerReach(since=1_700_000_000_000_000)}
    assert fetch(board, "/healthz", {}) == (200, "ok; server b is away since 2023-11-14T22:13:20.000+00:00\n")


def test_health_says_whether_anything_can_be_stored() -> None:
    board = FakeBoard(world())
    for storage, status, text in (
        (StorageState(spill_why="No space left on device"), 200, "ok; the spill file cannot be written: No space left"),
        (
            StorageState(LATE_AT, "database is locked"),
            200,
            "ok; the database cannot be written since 2023-11-14T22:13:20.000+00:00: database is locked; commands are "
            "stored in the spill file\n",
        ),
        (
            StorageState(LATE_AT, "database is locked", "No space left on device"),
            503,
            "nothing can be stored since 2023-11-14T22:13:20.000+00:00: database: database is locked; spill file: No "
            "space left on device\n",
        ),
    ):
        board.storage = storage
        found, told = fetch(board, "/healthz", {})
        assert (found, told.startswith(text)) == (status, True), told


def test_an_agents_state_as_people_read_it() -> None:
    words = {
        State.TALKING: "INCALL", State.DIALING: "INCALL", State.THREE_WAY: "3-WAY", State.PARKED: "PARK",
        State.CONSULTING: "PARK", State.BOTH_PARKED: "PARK", State.RESCUE: "LOST",
    }  # fmt: skip
    states = {(AgentState.INCALL, call): word for call, word in words.items()}
    states |= {
        (AgentState.DEAD, State.CUSTOMER_GONE): "DEAD",
        (AgentState.QUEUE, State.RINGING_AGENT): "QUEUE",
        (AgentState.DISPO, State.TALKING): "DISPO",
    }
    worlds = {state: world(*state) for state in states}
    assert {
        state: to_shown_state(made.sessions["1000"], made.calls.get("C1")) for state, made in worlds.items()
    } == states


def test_an_asterisk_that_does_not_answer_is_named() -> None:
    async def away() -> Orphans:
        raise AriError(0, "ari_no_answer", "no answer within 2 s")

    status, body = fetch(FakeBoard(world()), "/api/v1/orphans", orphans=away)
    assert (status, body) == (503, problem(503, "asterisk_unreadable", why="no answer within 2 s"))


def test_the_token_is_the_owners_alone_and_kept(tmp_path: Path) -> None:
    first = local_token.keep(str(tmp_path))
    assert len(first) > 40
    assert stat.S_IMODE((tmp_path / "token").stat().st_mode) == 0o600
    assert local_token.keep(str(tmp_path)) == first
    assert [path.name for path in tmp_path.iterdir()] == ["token"]


def test_an_empty_token_is_no_token(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("")
    assert local_token.keep(str(tmp_path))


def test_a_run_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with refused(SettingsError, "setting_run_unusable"):
        local_token.keep(str(tmp_path / "none"))


def test_the_list_of_orphans_shows_channels_and_bridges() -> None:
    async def found() -> Orphans:
        return Orphans(("channel-1",), ("room-X", "spot-X-c"))

    told = {"channels": ["channel-1"], "bridges": ["room-X", "spot-X-c"]}
    assert fetch(FakeBoard(world()), "/api/v1/orphans", orphans=found) == (200, told)
