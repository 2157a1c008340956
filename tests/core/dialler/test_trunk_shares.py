"""The room of a trunk is shared equally: never more than there is, none of it unused, and no campaign starves."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from warmline.core.dialler.trunk_shares import TrunkShares

MANY = 1_000_000
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
    later: Counter[str] = Counter()
    for _ in range(30):
        later.update(shares.share(1, {"A": 9, "B": 9, "C": 9}))
    assert later == {"A": 10, "B": 10, "C": 10}


@given(st.integers(1, len(NAMES)), st.lists(st.integers(0, 7), min_size=1, max_size=60))
def test_each_campaign_is_within_one_call_of_its_share(campaigns: int, rooms: list[int]) -> None:
    shares, got, room_so_far = TrunkShares(), Counter[str](), 0
    for room in rooms:
        got.update(shares.share(room, dict.fromkeys(NAMES[:campaigns], MANY)))
        room_so_far += room
        for name in NAMES[:campaigns]:
            assert abs(got[name] - room_so_far / campaigns) < 1


@given(STEPS)
def test_the_room_is_used_up_and_no_campaign_starves(steps: list[tuple[int, list[int]]]) -> None:
    shares, again, waited = TrunkShares(), TrunkShares(), 0
    for room, wants in steps:
        wanted = dict(zip(NAMES, wants, strict=True)) | {"A": MANY}
        found = shares.share(room, wanted)
        assert sum(found.values()) == room
        assert all(0 <= found[name] <= wanted[name] for name in wanted)
        assert again.share(room, wanted) == found, "the same events give the same shares"
        waited = 0 if found["A"] else waited + room
        assert waited <= len(NAMES)
