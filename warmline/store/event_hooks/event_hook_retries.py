"""When a failed event hook is tried again, and when it stops."""

from warmline.store.event_hooks.hook_work import HookPlace

SECOND = 1_000_000  # microseconds
PAUSES = (5, 30, 120, 600, 1800, 3600)  # seconds between attempts; the last one repeats
GIVE_UP = 24 * 3600 * SECOND  # after the first failed attempt


def failed(place: HookPlace, now: int) -> HookPlace:
    """Return the place after one more failed attempt, at `now` (microseconds UTC): it is due again, or stopped."""
    tries, failing = place.tries + 1, place.failing or now
    if now - failing >= GIVE_UP:
        return HookPlace(place.id, tries, failing, None, now)
    return HookPlace(place.id, tries, failing, now + PAUSES[min(tries, len(PAUSES)) - 1] * SECOND)


def rest(place: HookPlace, now: int) -> float:
    """Return the seconds until the next attempt: at most the longest pause, if the clock was ahead at the last one."""
    return min(max(0, (place.due or now) - now) / SECOND, PAUSES[-1])
