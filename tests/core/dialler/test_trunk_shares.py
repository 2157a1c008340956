"""The room of a trunk is shared equally: never more than there is, none of it unused, and no campaign starves."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from warmline.core.dialler.trunk_shares import TrunkShares

MANY_CALLS = 1_000_000
NAMES = "ABCDEF"
STEPS = st.lists(st.tuples(st.integers(0, 8), st.lists(st.integers(0, 5), min_size=6, max_size=6)), max_size=40)


def test_the_room_is_shared_equally_and_an_unused_share_goes_to_the_others() -> None:
    assert TrunkShares().share(9, {"A": 4, "B": 5}) == {"A": 4, "B": 5}
    assert TrunkShares().share(8, {"A": 20, "B": 20}) == {"A": 4, "B": 4}
    assert TrunkShares().share(10, {"A": 2, "B": 9, "C": 9}) == {"A": 2, "B": 4, "C": 4}


def test_a_campaign_that_did_not_want_to_dial_has_no_claim_later() -> None:
    shares = TrunkShares()
    for _ in range(100):
        shares.share(1, {"A": 9, "B": 9})
    later_shares: Counter[str] = Counter()
    for _ in range(30):
        later_shares.update(shares.share(1, {"A": 9, "B": 9, "C": 9}))
    assert later_shares == {"A": 10, "B": 10, "C": 10}


@given(st.integers(1, len(NAMES)), st.lists(st.integers(0, 7), min_size=1, max_size=60))
def test_each_campaign_is_within_one_call_of_its_share(campaigns: int, rooms: list[int]) -> None:
    shares, got, room_so_far = TrunkShares(), Counter[str](), 0
    for capacity in rooms:
        got.update(shares.share(capacity, dict.fromkeys(NAMES[:campaigns], MANY_CALLS)))
        room_so_far += capacity
        for name in NAMES[:campaigns]:
            assert abs(got[name] - room_so_far / campaigns) < 1


@given(STEPS)
def test_the_room_is_used_up_and_no_campaign_starves(steps: list[tuple[int, list[int]]]) -> None:
    shares, repeated_shares, waited = TrunkShares(), TrunkShares(), 0
    for capacity, requests in steps:
        requested_calls = dict(zip(NAMES, requests, strict=True)) | {"A": MANY_CALLS}
        granted_calls = shares.share(capacity, requested_calls)
        assert sum(granted_calls.values()) == capacity
        assert all(0 <= granted_calls[name] <= requested_calls[name] for name in requested_calls)
        assert repeated_shares.share(capacity, requested_calls) == granted_calls, "the same events give the same shares"
        waited = 0 if granted_calls["A"] else waited + capacity
        assert waited <= len(NAMES)
