"""The room of a trunk is shared by weight: never more than there is, none of it unused, and no campaign starves."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmline.core.dialler.trunk_shares import LARGEST_WEIGHT, TrunkShares

MANY = 1_000_000
NAMES = "ABCDEF"
WEIGHTS = st.lists(st.integers(1, LARGEST_WEIGHT), min_size=1, max_size=len(NAMES)).map(
    lambda given: dict(zip(NAMES, given, strict=False))
)
STEPS = st.lists(st.tuples(st.integers(0, 8), st.lists(st.integers(0, 5), min_size=6, max_size=6)), max_size=40)


def test_all_campaigns_get_their_demand_while_there_is_room() -> None:
    assert TrunkShares().share(9, {"A": 4, "B": 5}, {"A": 1, "B": 100}) == {"A": 4, "B": 5}


def test_the_room_of_one_moment_is_shared_by_weight() -> None:
    assert TrunkShares().share(8, {"A": 20, "B": 20}, {"A": 3, "B": 1}) == {"A": 6, "B": 2}


def test_room_for_one_call_at_a_time_goes_round_by_weight() -> None:
    shares, weights = TrunkShares(), {"A": 3, "B": 1}
    got = [one for _ in range(8) for one, calls in shares.share(1, {"A": 9, "B": 9}, weights).items() if calls]
    assert "".join(got) == "AAABAAAB"


def test_an_unused_share_goes_to_the_others() -> None:
    weights = {"A": 98, "B": 1, "C": 1}
    assert TrunkShares().share(10, {"A": 2, "B": 9, "C": 9}, weights) == {"A": 2, "B": 4, "C": 4}


def test_a_campaign_that_did_not_want_to_dial_has_no_claim_later() -> None:
    shares, weights = TrunkShares(), {"A": 1, "B": 1, "C": 1}
    for _ in range(100):
        shares.share(1, {"A": 9, "B": 9}, weights)
    later: Counter[str] = Counter()
    for _ in range(30):
        later.update(shares.share(1, {"A": 9, "B": 9, "C": 9}, weights))
    assert later == {"A": 10, "B": 10, "C": 10}


@given(WEIGHTS, st.lists(st.integers(0, 7), min_size=1, max_size=60))
def test_each_campaign_is_within_one_call_of_its_share(weights: dict[str, int], rooms: list[int]) -> None:
    shares, got, room_so_far = TrunkShares(), Counter[str](), 0
    for room in rooms:
        got.update(shares.share(room, dict.fromkeys(weights, MANY), weights))
        room_so_far += room
        for name, weight in weights.items():
            assert abs(got[name] - room_so_far * weight / sum(weights.values())) < 1


@given(WEIGHTS, STEPS)
def test_the_room_is_used_up_and_never_exceeded(weights: dict[str, int], steps: list[tuple[int, list[int]]]) -> None:
    shares, again = TrunkShares(), TrunkShares()
    for room, wants in steps:
        wanted = dict(zip(weights, wants, strict=False))
        found = shares.share(room, wanted, weights)
        assert sum(found.values()) == min(room, sum(wanted.values()))
        assert all(0 <= found[name] <= wanted[name] for name in wanted)
        assert again.share(room, wanted, weights) == found, "the same events give the same shares"


@given(WEIGHTS, STEPS)
def test_no_campaign_starves_beside_any_demand(weights: dict[str, int], steps: list[tuple[int, list[int]]]) -> None:
    shares, patient = TrunkShares(), NAMES[0]
    share = weights[patient] / sum(weights.values())
    waited = 0
    for room, wants in steps:
        wanted = dict(zip(weights, wants, strict=False)) | {patient: MANY}
        got = shares.share(room, wanted, weights)[patient]
        waited = 0 if got else waited + room
        assert waited <= 1 / share + len(weights)


@pytest.mark.parametrize("weight", [1, 7, LARGEST_WEIGHT])
def test_equal_weights_mean_equal_shares(weight: int) -> None:
    assert TrunkShares().share(9, dict.fromkeys("ABC", 9), dict.fromkeys("ABC", weight)) == {"A": 3, "B": 3, "C": 3}
