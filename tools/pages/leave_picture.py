"""Draws the picture of a leave in README.md, from the table of each leg's place in each state."""

from typing import NamedTuple

from tools.pages.marked_text import PROJECT, with_tables
from warmline.core.model.call_states import LAYOUT, State

FILE = PROJECT / "docs/images/leave.svg"


class DrawnParty(NamedTuple):
    """A party: its field of a layout, its colour, its place in a panel, and the distance of its name below it."""

    name: str
    colour: str
    left: int
    top: int
    name_below: int


class Panel(NamedTuple):
    """One picture: its title, the event before it, the state of the call, and whether the third party still rings."""

    title: str
    cause: str
    state: State
    rings: bool = False


PARTIES = (
    DrawnParty("customer", "#2b6cb0", -62, 62, -26),
    DrawnParty("agent", "#2f855a", 62, 62, -26),
    DrawnParty("third", "#b7791f", 0, 142, 36),
)
PANELS = (
    Panel("1  The customer calls", "Warmline finds an agent", State.TALKING),
    Panel("2  The agent dials", "DIAL_WITH_CUSTOMER", State.DIALING, rings=True),
    Panel("3  All three talk", "the third party answers", State.THREE_WAY),
    Panel("4  The agent leaves", "LEAVE_3WAY_CALL", State.HANDED_OFF),
)
WIDTH, GAP = 230, 14  # of a panel, and between two; all lengths in pixels
MIDDLE = 94  # from the top of a panel's bridge to where the lines meet
OUTSIDE = 226  # from the top of a panel's bridge to a party that has left it
# Attributes instead of a style sheet: all programs that show the picture support them.
BRIDGE = 'fill="#edf2f7" stroke="#cbd5e0"'
TALKING = 'stroke="#4a5568" stroke-width="4"'
RINGING = 'stroke="#4a5568" stroke-width="3" stroke-dasharray="4 7"'


def filled(text: str) -> str:
    """Return a new picture."""
    return with_tables(text, {"picture": picture})


def picture() -> str:
    """Return all panels, from left to right."""
    return "\n".join(line for index, panel in enumerate(PANELS) for line in _panel(panel, index * (WIDTH + GAP) + GAP))


def _panel(panel: Panel, left: int) -> list[str]:
    """Return one panel: a bridge, the parties in it, and the agent below it after the leave."""
    centre, top = left + WIDTH // 2, 70
    layout = LAYOUT[panel.state]
    inside = [party for party in PARTIES if getattr(layout, party.name) is not None]
    left_it = [party for party in PARTIES if party.name == "agent" and party not in inside]
    return [
        f'<text font-size="17" font-weight="bold" x="{centre}" y="32">{panel.title}</text>',
        f'<text font-size="12" font-family="monospace" x="{centre}" y="54">{panel.cause}</text>',
        f'<rect x="{left}" y="{top}" width="{WIDTH}" height="200" rx="14" {BRIDGE}/>',
        *(_line(party, centre, top, rings=panel.rings and party.name == "third") for party in inside),
        *(line for party in inside for line in _party(party, centre + party.left, top + party.top, panel)),
        *(line for party in left_it for line in _free(party, centre, top + OUTSIDE)),
    ]


def _line(party: DrawnParty, centre: int, top: int, *, rings: bool) -> str:
    """Return the line from a party to the middle of its bridge, dashed while it rings."""
    start = f'x1="{centre + party.left}" y1="{top + party.top}"'
    return f'<line {start} x2="{centre}" y2="{top + MIDDLE}" {RINGING if rings else TALKING}/>'


def _party(party: DrawnParty, x: int, y: int, panel: Panel) -> list[str]:
    """Return a party as a circle with its name."""
    name = party.name if party.name != "third" else "third party, ringing" if panel.rings else "third party"
    return [
        f'<circle cx="{x}" cy="{y}" r="17" fill="{party.colour}"/>',
        f'<text font-size="14" x="{x}" y="{y + party.name_below}">{name}</text>',
    ]


def _free(party: DrawnParty, x: int, y: int) -> list[str]:
    """Return a party outside any bridge, with its name beside it."""
    return [
        f'<circle cx="{x - 45}" cy="{y}" r="17" fill="{party.colour}"/>',
        f'<text font-size="14" x="{x + 22}" y="{y + 5}">{party.name}: free</text>',
    ]
