"""Values as SQLite gives and takes them: whole numbers without a size, and 0 and 1 for a truth."""

from typing import Any

from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Dumper, Loader
from psycopg.postgres import types
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper


class _Truth(Dumper):
    """Gives a truth to PostgreSQL as a number, because the schema has no column of truths."""

    oid = types["int8"].oid

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"


class _FromTruth(Loader):
    def load(self, data: Buffer) -> int:
        return int(data == b"t")


class _FromNumeric(Loader):
    """Reads the sum of whole numbers as a whole number, and any other number with a point as a float."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data)
        return int(text) if text.removeprefix(b"-").isdigit() else float(text)


class _FromText(Loader):
    def load(self, data: Buffer) -> str:
        return bytes(data).decode()


def adapt(made: AdaptersMap) -> None:
    """Let a connection read and write values as the store needs them."""
    made.register_dumper(bool, _Truth)
    made.register_dumper(int, Int8Dumper)
    made.register_dumper(str, StrDumper)
    made.register_loader("bool", _FromTruth)
    made.register_loader("numeric", _FromNumeric)
    made.register_loader("json", _FromText)
    made.register_loader("jsonb", _FromText)
