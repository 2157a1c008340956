"""Ten wrong passwords lock a login for 900 seconds from the last one."""

from warmline.access.login_lock import FAILURES, LOCKED, WrongPasswords


def after(*times: float) -> WrongPasswords:
    found = WrongPasswords()
    for time in times:
        found = found.another(time)
    return found


def test_the_tenth_in_a_row_locks() -> None:
    assert not after(*[100.0] * (FAILURES - 1)).locks(100.0)
    found = after(*[100.0] * FAILURES)
    assert found.locks(100.0) and found.locks(100.0 + LOCKED - 1) and not found.locks(100.0 + LOCKED)


def test_a_pause_begins_the_count_again() -> None:
    assert after(*[100.0] * (FAILURES - 1), 100.0 + LOCKED).number == 1
    assert after(*[100.0 * number for number in range(1, FAILURES + 1)]).locks(100.0 * FAILURES)
    assert not WrongPasswords().locks(0.0)
