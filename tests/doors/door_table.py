"""Prints the figures of each attack, and what callers lost; pytest shows them with `-s`."""

from collections.abc import Sequence


def found(part: str, attack: str, figures: str) -> None:
    """Print a row: the part of the run, the attack, and its figures."""
    print(f"\n{part}: {attack}: {figures}")


def spread(milliseconds: Sequence[float]) -> str:
    """Return the median and the maximum of some milliseconds."""
    inside = sorted(milliseconds)
    return f"{inside[len(inside) // 2]:.0f}/{inside[-1]:.0f} ms" if inside else "none"
