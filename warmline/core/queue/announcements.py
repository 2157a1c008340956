"""Announcements from sound files: numbers, a place in line, a hold time, and the file lists of options."""

from warmline.core.rules.sentinels import NO_FILE

MAX_SPOKEN_NUMBER = 9999


def split_sound_files(names: str) -> tuple[str, ...]:
    """Return the files of a list `a|b|c`. An empty list and ---NONE--- have none."""
    return tuple(name for name in names.split("|") if name and name != NO_FILE)


def spell_number(number: int) -> tuple[str, ...]:
    """Return the core sounds for a whole number. Numbers above 9999 are said as 9999, negative numbers as 0."""
    number = max(0, min(number, MAX_SPOKEN_NUMBER))
    files: list[str] = []
    for unit, unit_file in ((1000, "digits/thousand"), (100, "digits/hundred")):
        if number >= unit:
            files += [f"digits/{number // unit}", unit_file]
            number %= unit
            if not number:
                return tuple(files)
    if number > 20:
        files.append(f"digits/{number - number % 10}")
        number %= 10
        if not number:
            return tuple(files)
    return (*files, f"digits/{number}")


def announce_position(position: int) -> tuple[str, ...]:
    """Return the files that announce a place in line. 1 is the next caller; 0 is no place and has no files."""
    if position <= 1:
        return ("queue-youarenext",) * position
    return ("queue-thereare", *spell_number(position), "queue-callswaiting")


def announce_hold_time(seconds: int) -> tuple[str, ...]:
    """Return the files that announce an estimated wait, rounded up to minutes."""
    minutes = -(-seconds // 60)
    if seconds < 60:
        return ("queue-holdtime", "queue-less-than", *spell_number(1), "queue-minute")
    return ("queue-holdtime", *spell_number(minutes), "queue-minute" if minutes == 1 else "queue-minutes")
