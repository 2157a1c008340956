"""An HTTP server with a false switchboard: it stores commands, and a test sets its answers."""

import asyncio
import atexit
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from ari_app.http.server.password_check import ApiUsers
from ari_app.link.call_control import CallControl, CommandReply, FindOrphans, Orphans
from ari_app.live.committed_turns import LiveState
from ari_app.live.server_records import ServerReach
from ari_app.process.broadcast import Broadcast
from ari_app.switchboard.turn_feed import TurnFeed
from tests.http.own_app import own_app
from warmline.core.messages.agent_command_types import Pause
from warmline.core.messages.commands import Command
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, Direction, Origin, State
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.model.session import Session
from warmline.core.queue import queue_state
from warmline.core.queue.queue_state import QueueState
from warmline.core.rules.configuration import Agent, Campaign, GroupAlias, Ingroup, Rules
from warmline.core.world.world import World
from warmline.store.configuration.api_users import ApiUser
from warmline.store.journal.storage_state import GOOD
from warmline.store.migrations.schema_migration import migrate
from warmline.system import settings

AGC_ID = "Y1120061400000123456"
PASSWORDS = {"6666": "1234", "7001": "1234", "7002": "1234"}
USERS = {
    "6666": ApiUser("6666", "", frozenset({"ALL_FUNCTIONS"}), api_access=True, user_group="ADMIN"),
    "7001": ApiUser("7001", "", frozenset({"ALL_FUNCTIONS"}), api_access=False, user_group="ADMIN"),
    "7002": ApiUser("7002", "", frozenset({"version", "external_pause"}), api_access=True, user_group="ADMIN"),
}
RULES = Rules(
    campaigns={"TESTCAMP": Campaign(id="TESTCAMP")},
    ingroups={
        "SALESLINE": Ingroup(id="SALESLINE", default_xfer_group="SUPPORTLINE"),
        "SUPPORTLINE": Ingroup(id="SUPPORTLINE", drop_call_seconds=90),
        "CLOSEDLINE": Ingroup(id="CLOSEDLINE", active="N"),
        "AGENTDIRECT": Ingroup(id="AGENTDIRECT", queue_priority=99),
    },
    group_aliases={
        "GOODALIAS": GroupAlias(id="GOODALIAS", caller_id_number="7275551212"),
        "BADALIAS": GroupAlias(id="BADALIAS", caller_id_number="3"),
        "OLDALIAS": GroupAlias(id="OLDALIAS", caller_id_number="7275551213", active="N"),
    },
    agents={
        "1000": Agent(id="1000", custom_three="CRM1000"),
        "1001": Agent(id="1001", custom_three="TWICE"),
        "0999": Agent(id="0999", custom_three="TWICE"),
        "anna": Agent(id="anna"),
    },
)


def no_gap(_state: LiveState) -> None:
    """Fail: the follower of a switchboard in the same process misses nothing."""
    raise AssertionError


class FakeBoard:
    """`answer` refuses commands, or is the exception that `ask` raises; impossible commands are always refused.

    `ending` is the outcome of each command, `digits` are those of the last one.
    """

    is_up = connected = True
    lost_at = 0
    storage = GOOD
    servers: Mapping[str, ServerReach] = {MAIN_SERVER: ServerReach(connected=True, since=1_700_000_000_000_000)}

    def __init__(self, world: World, answer: str | Exception = "") -> None:
        self.world = world
        self.status = Broadcast()
        self.turns = TurnFeed(lambda: world, lambda: 0)
        self.answer = answer
        self.asked: list[tuple[Command, str, str]] = []
        self.was_asked = asyncio.Event()
        self.digits = ""
        self.ending: tuple[Outcome, str] | Exception = (Outcome.COMPLETED, "")
        self.waited = 0.0

    async def ask(
        self, command: Command, by: str, source: str, key: str = "", digits: str = "", request: str = ""
    ) -> CommandReply:
        self.asked.append((command, by, source))
        self.was_asked.set()
        self.digits = digits
        if isinstance(self.answer, Exception):
            raise self.answer
        why = command.impossible or self.answer
        return CommandReply(f"R{len(self.asked)}", why, refused=bool(why))

    async def queues(self, ingroups: list[str]) -> list[QueueState]:
        return queue_state.list_states(self.world, ingroups, time.time_ns() // 1000)

    def waiting(self, queue: str) -> int:
        return self.world.matcher.count_calls(queue)

    async def known(self) -> None:
        return

    def receipt(self, receipt: str) -> Receipt | None:
        number = int(receipt[1:]) if receipt[1:].isdigit() else 0
        if not 0 < number <= len(self.asked):
            return None
        command, by, source = self.asked[number - 1]
        return Receipt(id=receipt, command=command, call=command.call, by=by, source=source, requested=0)

    def receipt_with(self, by: str, key: str) -> Receipt | None:
        return None

    async def outcome(self, receipt: str, within: float) -> Receipt:
        self.waited = within
        if isinstance(self.ending, Exception):
            raise self.ending
        outcome, cause = self.ending
        return Receipt(id=receipt, command=Pause(), requested=0, outcome=outcome, cause=cause)


def session(agent: str, state: AgentState, call: str | None = None) -> Session:
    return Session(
        id="S" + agent,
        agent=agent,
        phone=agent,
        campaign="TESTCAMP",
        ingroups=("SALESLINE",),
        conf_exten="8600051",
        leg="leg-" + agent,
        state=state,
        since=1_700_000_000_000_000,
        interval="I",
        started=1_700_000_000_000_000,
        call=call,
    )


def world(agent_state: AgentState = AgentState.INCALL, call_state: State = State.TALKING) -> World:
    """Return agent 1000 in that state, with the call of the state, and a third party from dialing on."""
    made = World(rules=RULES)
    in_call = agent_state in (AgentState.QUEUE, AgentState.INCALL, AgentState.DEAD)
    made.keep(session("1000", agent_state, "C1" if in_call else None))
    if in_call:
        made.keep(call(call_state))
        for leg_id, role, number in (
            ("customer", Role.CUSTOMER, "5550001"),
            ("leg-1000", Role.AGENT, ""),
            ("third", Role.THIRD, "8500"),
        ):
            made.keep(Leg(id=leg_id, role=role, owner="C1", number=number, created=1, phase=Phase.UP))
    return made


def call(state: State) -> Call:
    with_third = state in (State.DIALING, State.THREE_WAY, State.CUSTOMER_GONE, State.HANDED_OFF)
    return Call(
        id="C1",
        agc_id=AGC_ID,
        direction=Direction.IN,
        origin=Origin.CALLER,
        state=state,
        since=1_700_000_000_000_000,
        arrived=1_700_000_000_000_000,
        number="5550001",
        dialled="8005550100",
        ingroup="SALESLINE",
        customer="customer",
        agent="1000",
        third="third" if with_third else None,
    )


def verify(user: str, password: str) -> tuple[ApiUser | None, bool]:
    return USERS.get(user), PASSWORDS.get(user) == password


async def no_orphans() -> Orphans:
    return Orphans((), ())


def visit(
    board: CallControl,
    talk: Callable[[TestClient[Any, Any], str], Awaitable[Any]],
    users: Callable[[str, str], tuple[ApiUser | None, bool]] = verify,
    orphans: FindOrphans = no_orphans,
) -> Any:
    """Run the server on loopback, and call `talk(client, token)`."""

    async def go() -> Any:
        with tempfile.TemporaryDirectory() as run:
            places = settings.load({"WARMLINE_RUN": run, "WARMLINE_DB": empty_database()})
            app = own_app(board, ApiUsers(users), places, orphans)
            async with TestClient(TestServer(app)) as client:
                return await talk(client, _token(run))

    return asyncio.run(go())


@cache
def empty_database() -> str:
    """Provide a database without records, created once, for look-ups."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    path = str(Path(folder, "warmline.db"))
    migrate(path)
    return path


def _token(run: str) -> str:
    return Path(run, "token").read_text()


def get(board: FakeBoard, query: Mapping[str, str]) -> tuple[int, str]:
    """Return the status and body of one agent API call."""

    async def talk(client: TestClient[Any, Any], _token: str) -> tuple[int, str]:
        response: ClientResponse = await client.get("/agc/api.php", params=query)
        return response.status, await response.text()

    answer: tuple[int, str] = visit(board, talk)
    return answer
