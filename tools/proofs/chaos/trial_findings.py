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
    again: bool = True  # the losses recurred when it was played again, or it was not played again
    listened: float = 0.0  # seconds
    back: float = 0.0  # seconds from the end of the fault until the command given during it was done

    @property
    def too_busy(self) -> bool:
        """Return whether the machine was too busy to judge: the control lost packets."""
        return self.control > 0

    @property
    def alone(self) -> int:
        """Return the packets lost while the control lost none."""
        return 0 if self.too_busy else self.packets

    @property
    def beyond(self) -> int:
        """Return those of them that recurred, so that Warmline and not chance is the reason."""
        return self.alone if self.again else 0

    @property
    def wrong(self) -> list[str]:
        """Return all errors."""
        when = ", ".join(f"{at:.2f}" for at in self.when)
        packets = [f"{self.packets} packets lost, the control none: {when} s after it began"] if self.beyond else []
        return [*self.lost, *self.unended, *self.untrue, *self.orphans, *self.fell_back, *packets]
