"""What one scenario with one fault in it came to."""

from dataclasses import dataclass, field


@dataclass
class Findings:
    """`lost`, `unended`, `untrue` and `orphans` are texts that say what, empty when all is well."""

    scenario: str
    fault: str
    lost: list[str] = field(default_factory=list)  # calls and agents that are not where they should be
    unended: list[str] = field(default_factory=list)  # calls, receipts and recordings
    untrue: list[str] = field(default_factory=list)  # recordings whose row does not say what there is
    orphans: list[str] = field(default_factory=list)
    packets: int = 0  # said by people who were talking, and never heard
    control: int = 0  # the same of the control's two, at the same time
    when: list[float] = field(default_factory=list)  # seconds from the fault's beginning to each of these losses
    around: list[str] = field(default_factory=list)  # what the listener got about each, the control's last
    again: bool = True  # they were lost once more when it was played again, or that was not tried
    silent: int = 0  # packets of silence between them: what the mixer sends when a packet comes too late for it
    control_silent: int = 0
    still: float = 0.0  # seconds that a processor had stood still before each of these losses, at the least
    control_still: float = 0.0  # the same of the control's
    standstills: int = 0  # of processors, while they were listened to
    listened: float = 0.0  # seconds
    back: float = 0.0  # seconds from the end of the fault until the command that fell into it was done
    busy: float = 0.0  # share of the scenario's time in which some program waited for a processor

    @property
    def too_busy(self) -> bool:
        """Whether the machine cannot tell: the control lost packets, or a processor stood still before each loss."""
        return self.control > 0 or self.still > 0

    @property
    def alone(self) -> int:
        """Packets lost where the control lost none, and no processor stood still."""
        return 0 if self.too_busy else self.packets

    @property
    def beyond(self) -> int:
        """Those of them that were lost again: Warmline, and not chance, is the reason."""
        return self.alone if self.again else 0

    @property
    def wrong(self) -> list[str]:
        """Everything that should not be."""
        when = ", ".join(f"{at:.2f}" for at in self.when)
        machine = "the control none, no processor stood still"
        packets = [f"{self.packets} packets lost, {machine}: {when} s after it began"] if self.beyond else []
        return [*self.lost, *self.unended, *self.untrue, *self.orphans, *packets]
