"""The findings of one scenario with one fault."""

from dataclasses import dataclass, field


@dataclass
class Findings:
    """The findings. `lost`, `unended`, `untrue`, `orphans` and `fell_back` are texts, empty if there are no errors."""

    scenario: str
    fault: str
    lost: list[str] = field(default_factory=list)  # calls and agents that are not where they should be
    unended: list[str] = field(default_factory=list)  # calls, receipts and recordings
    untrue: list[str] = field(default_factory=list)  # recordings whose row differs from the file
    orphans: list[str] = field(default_factory=list)
    fell_back: list[str] = field(default_factory=list)  # callers at the fallback although the call process ran
    packets: int = 0  # spoken by connected parties, and never heard
    control: int = 0  # the same for the control's two parties, at the same time
    when: list[float] = field(default_factory=list)  # seconds from the start of the fault to each of these losses
    around: list[str] = field(default_factory=list)  # the listener's packets around each, the control's last
    again: bool = True  # the losses recurred when it was played again, or it was not played again
    silent: int = 0  # packets of silence between them, which the mixer sends for a late packet
    control_silent: int = 0
    still: float = 0.0  # the shortest stall of a processor before these losses, in seconds
    control_still: float = 0.0  # the same for the control
    standstills: int = 0  # stalls of processors while parties were listened to
    listened: float = 0.0  # seconds
    back: float = 0.0  # seconds from the end of the fault until the command given during it was done
    busy: float = 0.0  # the share of the time in which some program waited for a processor

    @property
    def too_busy(self) -> bool:
        """Return whether the machine was too busy to judge.

        The control lost packets, or a processor stalled before each loss.
        """
        return self.control > 0 or self.still > 0

    @property
    def alone(self) -> int:
        """Return the packets lost while the control lost none and no processor stalled."""
        return 0 if self.too_busy else self.packets

    @property
    def beyond(self) -> int:
        """Return those of them that recurred, so that Warmline and not chance is the reason."""
        return self.alone if self.again else 0

    @property
    def wrong(self) -> list[str]:
        """Return all errors."""
        when = ", ".join(f"{at:.2f}" for at in self.when)
        machine = "the control none, no processor stood still"
        packets = [f"{self.packets} packets lost, {machine}: {when} s after it began"] if self.beyond else []
        return [*self.lost, *self.unended, *self.untrue, *self.orphans, *self.fell_back, *packets]
