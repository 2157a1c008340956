"""Gives the dispositions of an upgraded database the digits that agents have pressed on their page."""

import sqlite3

PAGE = 9  # codes to a page: 0 turned to the next one, and 1 to 9 chose one of it
LONGEST = 3  # digits of a key

CODES = "SELECT id, key FROM disposition WHERE selectable = 'Y' ORDER BY id"


def fill(connection: sqlite3.Connection) -> None:
    """Set the keys of codes without one: 1 to 9 by name, then 01 to 09 and 001 to 009.

    A key that another code has, or that begins or continues another one, is left out. Call this in a transaction.
    Raises sqlite3.Error.
    """
    codes = connection.execute(CODES).fetchall()
    taken = [key for _, key in codes if key]
    for place, (code, key) in enumerate(codes):
        wanted = "0" * (place // PAGE) + str(place % PAGE + 1)
        if not key and len(wanted) <= LONGEST and not any(_collide(wanted, other) for other in taken):
            connection.execute("UPDATE disposition SET key = ? WHERE id = ?", (wanted, code))


def _collide(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
