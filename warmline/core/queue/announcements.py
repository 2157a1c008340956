"""Announcements from sound files: numbers, a place in line, a hold time, and the file lists of options."""

from warmline.core.rules.sentinels import NO_FILE

MAX_NUMBER = 9999


def split_sound_files(names: str) -> tuple[str, ...]:
    """Return the files of a list `a|b|c`. An empty list and ---NONE--- have none."""
    return tuple(name for name in names.split("|") if name and name != NO_FILE)


def spell_number(value: int) -> tuple[str, ...]:
    """Return the core sounds for a whole number. Numbers above 9999 are said as 9999, negative numbers as 0."""
    value = max(0, min(value, MAX_NUMBER))
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


def announce_position(place: int) -> tuple[str, ...]:
    """Return the files that announce a place in line. 1 is the next caller; 0 is no place and has no files."""
    if place <= 1:
        return ("queue-youarenext",) * place
    return ("queue-thereare", *spell_number(place), "queue-callswaiting")


def announce_hold_time(seconds: int) -> tuple[str, ...]:
    """Return the files that announce an estimated wait, rounded up to minutes."""
    minutes = -(-seconds // 60)
    if seconds < 60:
        return ("queue-holdtime", "queue-less-than", *spell_number(1), "queue-minute")
    return ("queue-holdtime", *spell_number(minutes), "queue-minute" if minutes == 1 else "queue-minutes")
