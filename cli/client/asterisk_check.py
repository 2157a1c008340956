"""Checks that what the app shows of its calls and agents is not out of date."""

from contextlib import closing

from warmline.centre.app_answer import AppAway
from warmline.centre.app_client import connect
from warmline.centre.place import Place


def check_asterisk(where: Place) -> None:
    """Check that the app is connected to Asterisk; otherwise its calls and agents may be out of date.

    Raises AppAway.
    """
    try:
        with closing(connect(where)) as app:
            found = app.asterisk()
    except AppAway:
        return
    if found.connected:
        return
    if not found.lost_at:
        raise AppAway(
            "asterisk_not_seen",
            "Asterisk has not answered since the app started: the app shows its stored state; see: warmline doctor",
        )
    from cli.output.cell_format import moment  # imported here because most command lines need none

    raise AppAway(
        "asterisk_lost",
        "Asterisk is away since {since}: the app shows the state before that; see: warmline doctor",
        since=moment(found.lost_at),
    )
