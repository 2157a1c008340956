"""The small msgpack of AGI scripts reads and writes what msgspec does."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from warmline.system.socket_messages.small_msgpack import pack, unpack

LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 2**64 - 1), st.text(max_size=300), st.binary(max_size=70_000)
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=20), max_leaves=20)
WRITTEN = st.recursive(
    st.one_of(st.booleans(), st.integers(0, 127), st.text(), st.binary(), st.just({})),
    lambda inner: st.lists(inner, max_size=20).map(tuple),
    max_leaves=20,
)


def nested(value: Any) -> int:
    return 1 + max(map(nested, value), default=0) if isinstance(value, list) else 0


@given(VALUES.filter(lambda value: nested(value) <= 8))
def test_values_that_msgspec_writes_are_read(value: object) -> None:
    assert unpack(msgspec.msgpack.encode(value)) == value


@given(WRITTEN)
def test_written_values_are_read_by_msgspec(value: object) -> None:
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(pack(value))) == msgspec.msgpack.encode(value)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_a_value_error(data: bytes) -> None:
    try:
        value = unpack(data)
    except ValueError:
        return
    assert value is None or isinstance(value, bool | int | str | bytes | list)
