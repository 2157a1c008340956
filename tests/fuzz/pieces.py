"""Bytes that a client sends in pieces, for the doors that read a stream."""

from hypothesis import strategies as st


def cut(draw: st.DrawFn, whole: bytes) -> list[bytes]:
    """Return the bytes in one to four pieces."""
    cuts = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=3)))
    return [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
