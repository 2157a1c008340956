"""The media that a script plays: sound files, numbers, and signs one by one."""

from warmline.agi.speech import Digits, Letters

Part = str | int
MAX_SPOKEN_NUMBER = 2**31 - 1  # Asterisk says another number for a larger one
MEDIA_SCHEMES = ("sound:", "recording:", "number:", "digits:", "characters:", "tone:")


def to_media(part: Part) -> str:
    """Return ARI's name of a part.

    - `int`: a whole number
    - `Digits` or `Letters`: one sign after the other
    - `str` with one of MEDIA_SCHEMES: as it is
    - any other `str`: the sound file of that name, without its extension

    Raises TypeError for a part of another type, and ValueError for an `int` that Asterisk cannot say.
    """
    if isinstance(part, bool) or not isinstance(part, int | str):
        raise TypeError(f"{part!r} cannot be played: give the name of a sound file, an int, Digits(…) or Letters(…)")
    if isinstance(part, int):
        if abs(part) > MAX_SPOKEN_NUMBER:
            raise ValueError(
                f"the number {part} cannot be said; the largest is {MAX_SPOKEN_NUMBER}: give Digits({str(part)!r})"
            )
        return f"number:{part}"
    if isinstance(part, Digits):
        return f"digits:{part}"
    if isinstance(part, Letters):
        return f"characters:{part}"
    return part if part.startswith(MEDIA_SCHEMES) else f"sound:{part}"
