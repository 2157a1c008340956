"""The findings of the chaos: for each fault, the losses of those on the other server, and the table of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lab.sip import Span
from tests.servers.servers_stage import Lost

HEADS = (
    "fault", "times", "lost calls", "lost packets", "of control", "beyond", "silent", "agents",
    "orphans", "open", "wrong",
)  # fmt: skip

NOTHING = "nothing"  # the fault of the rounds without one, which are the comparison
SELDOM = 2  # rounds in which a busy machine may cost a call more packets than its control, as without a fault


@dataclass
class Findings:
    """The findings of one round, in words; `beyond` are losses of packets that the control did not have."""

    fault: str
    lost_calls: list[str] = field(default_factory=list)
    packets: int = 0
    of_control: int = 0
    beyond: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    open_rows: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    requests: int = 0  # about channels, at the right server

    def heard(self, what: str, lost: Lost, span: Span) -> None:
        """Note the packets that a call lost in a time, and its control."""
        self.packets += lost.call
        self.of_control += lost.control
        if lost.beyond(span):
            self.beyond.append(f"{what}: {lost} in {span.until - span.since:.1f} s")

    @property
    def harm(self) -> list[list[str]]:
        """Return what no round may have, packets apart."""
        return [self.lost_calls, self.silent, self.agents, self.orphans, self.open_rows, self.wrong]

    def texts(self) -> list[str]:
        """Return every finding in words."""
        kinds = {
            "lost call": self.lost_calls,
            "lost packets": self.beyond,
            "silent": self.silent,
            "agent not READY": self.agents,
            "orphan": self.orphans,
            "open row": self.open_rows,
            "wrong server": self.wrong,
        }
        return [f"{kind}: {text}" for kind, texts in kinds.items() for text in texts]

    def counts(self) -> tuple[int, ...]:
        """Return the numbers of a row, after the fault and how often it came."""
        lost, *others = map(len, self.harm)
        return (lost, self.packets, self.of_control, len(self.beyond), *others)


def table(rounds: Iterable[Findings]) -> str:
    """Return a row for each kind of fault, and the sums."""
    by_fault: dict[str, list[tuple[int, ...]]] = {}
    for one in rounds:
        by_fault.setdefault(one.fault, []).append(one.counts())
    rows = [(fault, len(counts), *map(sum, zip(*counts, strict=True))) for fault, counts in sorted(by_fault.items())]
    total = ("all", *map(sum, zip(*(row[1:] for row in rows), strict=True)))
    return "\n".join(_line(row) for row in (HEADS, *rows, total))


def clean(rounds: Sequence[Findings]) -> bool:
    """Return whether no round had harm, and packets were lost no more often than in the rounds without a fault."""
    still = [bool(one.beyond) for one in rounds if one.fault == NOTHING]
    struck = [bool(one.beyond) for one in rounds if one.fault != NOTHING]
    allowed = SELDOM + len(struck) * sum(still) / max(1, len(still))
    return not any(any(one.harm) for one in rounds) and sum(struck) <= allowed


def _line(cells: Iterable[object]) -> str:
    first, *others = map(str, cells)
    return "  ".join([f"{first:28}", *(f"{cell:>{len(head)}}" for cell, head in zip(others, HEADS[1:], strict=True))])
