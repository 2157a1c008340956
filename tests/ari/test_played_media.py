"""The media that a script plays, as ARI names them."""

import pytest

from warmline.ari import Digits, Letters
from warmline.ari.played_media import to_media


@pytest.mark.parametrize(
    ("part", "media"),
    [
        ("vm-goodbye", "sound:vm-goodbye"),
        ("sound:vm-goodbye", "sound:vm-goodbye"),
        ("tone:425", "tone:425"),
        (-12, "number:-12"),
        (Digits("0815"), "digits:0815"),
        (Letters("a7"), "characters:a7"),
    ],
)
def test_a_part_has_its_name_in_ari(part: str | int, media: str) -> None:
    assert to_media(part) == media


@pytest.mark.parametrize(
    ("part", "error"), [(True, TypeError), (None, TypeError), (1.5, TypeError), (2**31, ValueError)]
)
def test_a_part_that_asterisk_cannot_say_is_refused(part: int, error: type[Exception]) -> None:
    """Asterisk would play nothing, and report nothing."""
    with pytest.raises(error, match=r"Digits"):
        to_media(part)
