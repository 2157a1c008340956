"""What is said with sound files: numbers, a place in line, a time; and the lists that options name files in."""

from warmline.core.rules.sentinels import NO_FILE

HIGHEST = 9999


def sound_files(names: str) -> tuple[str, ...]:
    """The files of a list `a|b|c`; none in an empty one, and none where it says ---NONE---."""
    return tuple(name for name in names.split("|") if name and name != NO_FILE)


def number(value: int) -> tuple[str, ...]:
    """The core sounds that say a whole number from 0 to 9999; a larger one is said as 9999, a smaller one as 0."""
    value = max(0, min(value, HIGHEST))
    said: list[str] = []
    for unit, name in ((1000, "digits/thousand"), (100, "digits/hundred")):
        if value >= unit:
            said += [f"digits/{value // unit}", name]
            value %= unit
            if not value:
                return tuple(said)
    if value > 20:
        said.append(f"digits/{value - value % 10}")
        value %= 10
        if not value:
            return tuple(said)
    return (*said, f"digits/{value}")


def place_in_line(place: int) -> tuple[str, ...]:
    """What tells somebody how many are before him; 1 is the next, 0 nobody in a line."""
    if place <= 1:
        return ("queue-youarenext",) * place
    return ("queue-thereare", *number(place), "queue-callswaiting")


def hold_time(seconds: int) -> tuple[str, ...]:
    """What tells somebody how long he may have to wait, in minutes begun."""
    minutes = -(-seconds // 60)
    if seconds < 60:
        return ("queue-holdtime", "queue-less-than", *number(1), "queue-minute")
    return ("queue-holdtime", *number(minutes), "queue-minute" if minutes == 1 else "queue-minutes")
