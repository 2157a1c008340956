"""Says numbers, digits, letters, dates and sound files to the caller, until a key ends it."""

from datetime import date, datetime, time

from warmline.agi.channel import AGI

ALL_KEYS = "0123456789*#"
DATE_FORMAT = "AdBY"  # a date: its weekday, day, month and year
TIME_FORMAT = "IMp"  # a time of day
DATETIME_FORMAT = f"{DATE_FORMAT} 'digits/at' {TIME_FORMAT}"
NOON = time(12)
PLACEHOLDER_DATE = date(2000, 1, 1)  # of a time of day, whose date is not said


class Digits(str):
    """Digits that are said one by one, such as a ticket's number."""

    __slots__ = ()


class Letters(str):
    """Letters and digits that are spelled."""

    __slots__ = ()


def say(agi: AGI, *parts: str | int | date | time, keys: str = ALL_KEYS) -> str:
    """Say the parts in order, and return the key that ended it; '' if the caller heard everything.

    - `int`: a whole number
    - `Digits` or `Letters`: one sign after the other
    - `date`, `time` or `datetime`: a day, a time of day, or both
    - any other `str`: the sound file of that name, without its extension

    Only `keys` end it, and '' plays everything. A `datetime` with a ZoneInfo is said in that time zone, others in the
    time zone of Asterisk. Raises AGIException.
    """
    for part in parts:
        if key := _say_part(agi, part, keys):
            return key
    return ""


def _say_part(agi: AGI, part: str | int | date | time, keys: str) -> str:
    match part:
        case Digits():
            return agi.say_digits(part, keys)
        case Letters():
            return agi.say_alpha(part, keys)
        case str():
            return agi.stream_file(part, keys)
        case int():
            return agi.say_number(part, keys)
        case datetime():
            return _say_datetime(agi, part, keys, time_format=DATETIME_FORMAT)
        case time():
            return _say_datetime(agi, datetime.combine(PLACEHOLDER_DATE, part), keys, time_format=TIME_FORMAT)
        case date():
            return _say_datetime(agi, datetime.combine(part, NOON), keys, time_format=DATE_FORMAT)


def _say_datetime(agi: AGI, spoken_time: datetime, keys: str, time_format: str) -> str:
    zone = getattr(spoken_time.tzinfo, "key", "")
    return agi.say_datetime(int(spoken_time.timestamp()), keys, time_format, zone)
