"""The mark of a connection to PostgreSQL, whose own module loads psycopg."""


class OfServer:
    """A connection to PostgreSQL."""

    __slots__ = ()
