"""The media that a script plays: sound files, numbers, and signs one by one."""

from warmline.agi.speech import Digits, Letters

Part = str | int
SCHEMES = ("sound:", "recording:", "number:", "digits:", "characters:", "tone:")


def media(part: Part) -> str:
    """Return ARI's name of a part.

    - `int`: a whole number
    - `Digits` or `Letters`: one sign after the other
    - `str` with one of SCHEMES: as it is
    - any other `str`: the sound file of that name, without its extension
    """
    if isinstance(part, int):
        return f"number:{part}"
    if isinstance(part, Digits):
        return f"digits:{part}"
    if isinstance(part, Letters):
        return f"characters:{part}"
    return part if part.startswith(SCHEMES) else f"sound:{part}"
