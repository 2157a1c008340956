"""The server of a new call: the one with the fewest open calls for its weight, of those that take calls."""

from collections import Counter
from collections.abc import Callable

import pytest

from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.several_servers import SeveralServers
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import ServerAway, ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.servers.placement import can_place_call, choose_server
from warmline.core.world.world import World


def with_servers(weights: dict[str, int]) -> SeveralServers:
    """Return the core with these servers, all of which are reached."""
    lab = SeveralServers(names=tuple(name for name in weights if name != MAIN_SERVER))
    lab.feed(ServersKnown(tuple(ServerWeight(name, weight) for name, weight in weights.items())))
    return lab


def arrives(lab: SeveralServers, server: str, number: int) -> None:
    lab.come_in(server, f"caller-{number}", "ingroup", "SALESLINE")


def test_a_single_server_takes_every_call_once_its_state_is_known() -> None:
    assert choose_server(World()) == MAIN_SERVER and can_place_call(World())
    unknown = World(held_servers=[MAIN_SERVER])
    assert choose_server(unknown) == "" and not can_place_call(unknown)
    assert choose_server(World(), unreachable_servers={MAIN_SERVER}) == ""


@pytest.mark.parametrize(
    "weights",
    [{MAIN_SERVER: 10, "b": 10, "c": 10}, {MAIN_SERVER: 10, "b": 20, "c": 30}, {MAIN_SERVER: 1, "b": 100, "c": 0}],
)
def test_calls_are_spread_by_weight(weights: dict[str, int]) -> None:
    lab, placed = with_servers(weights), Counter[str]()
    total = 2 * sum(weights.values())
    for number in range(total):
        server = choose_server(lab.world)
        placed[server] += 1
        arrives(lab, server, number)
    assert placed == {name: 2 * weight for name, weight in weights.items() if weight}


def drains(lab: Driver) -> None:
    assert lab.ask(Kind.SERVER_DRAIN, agent="", server="b") == ""


def resumes(lab: Driver) -> None:
    assert lab.ask(Kind.SERVER_RESUME, agent="", server="b") == ""


def is_away(lab: Driver) -> None:
    lab.feed(ServerAway("b"))


def is_lost(lab: Driver) -> None:
    lab.feed(ev.ServerLost("b"))


def is_compared(lab: Driver) -> None:
    lab.feed(ev.Reconciling("b"))


def is_known_again(lab: Driver) -> None:
    lab.feed(ev.Reconciling("b"))
    lab.feed(ev.AsteriskConnected(lab.asterisk.started, "b"))
    lab.feed(ev.Reconciled("b"))


def weighs_nothing(lab: Driver) -> None:
    lab.feed(ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight("b", 0))))


def weighs_again(lab: Driver) -> None:
    lab.feed(ServersKnown((ServerWeight(MAIN_SERVER, 10), ServerWeight("b", 10))))


@pytest.mark.parametrize(
    ("happens", "ends"),
    [
        (drains, resumes),
        (is_away, is_known_again),
        (is_lost, is_known_again),
        (is_compared, is_known_again),
        (weighs_nothing, weighs_again),
    ],
)
def test_such_a_server_gets_no_new_call(happens: Callable[[Driver], None], ends: Callable[[Driver], None]) -> None:
    lab = with_servers({MAIN_SERVER: 10, "b": 10})
    arrives(lab, MAIN_SERVER, 1)
    assert choose_server(lab.world) == "b"
    happens(lab)
    assert choose_server(lab.world) == MAIN_SERVER and can_place_call(lab.world)
    assert choose_server(lab.world, unreachable_servers={MAIN_SERVER}) == ""
    ends(lab)
    assert choose_server(lab.world) == "b"


def test_no_server_is_named_if_none_takes_calls() -> None:
    lab = with_servers({MAIN_SERVER: 0, "b": 10})
    drains(lab)
    assert choose_server(lab.world) == "" and not can_place_call(lab.world)
