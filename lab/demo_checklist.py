"""The claims of the demo: each one is shown with its measured values as soon as it is known."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from sip_parties import CallRefused, WaitTimeout


class StoryEnded(Exception):
    """A claim's step did not come to pass, so that nothing can follow it."""


@dataclass
class Claim:
    """One claim, whether it holds, and what was measured."""

    text: str
    holds: bool = True
    measured: str = ""


class Checklist:
    """The claims so far."""

    def __init__(self, console: Console) -> None:
        self.claims: list[Claim] = []
        self.console = console

    @property
    def failed(self) -> list[Claim]:
        """The claims that do not hold."""
        return [claim for claim in self.claims if not claim.holds]

    @contextmanager
    def claim(self, text: str) -> Iterator[Claim]:
        """Show a claim while its step is taken, and its verdict afterwards.

        The step writes `measured`, and `holds` if that is to be judged. Raises StoryEnded, and marks the claim as
        failed, if a step's wait times out.
        """
        claim = Claim(text)
        try:
            with self.console.status(text):
                yield claim
        except (WaitTimeout, CallRefused) as error:
            self.judge(text, False, str(error))
            raise StoryEnded from error
        self._show(claim)

    def judge(self, text: str, holds: bool, measured: str = "") -> None:
        """Show a claim with its verdict."""
        self._show(Claim(text, holds, measured))

    def _show(self, claim: Claim) -> None:
        self.claims.append(claim)
        mark, style = ("✓", "green") if claim.holds else ("✗", "bold red")
        lines = Text.assemble((claim.text, "" if claim.holds else style), (f"\n{claim.measured}".rstrip(), "dim"))
        for line in lines.wrap(self.console, self.console.width - 4):
            line.rstrip()
            self.console.print(Text.assemble((f"  {mark} ", style), line))
            mark = " "

    def summary(self) -> Text:
        """All hold, or which do not."""
        if not self.failed:
            return Text(f"All {len(self.claims)} claims hold.", "bold green")
        lost = [f"  ✗ {claim.text}: {claim.measured or 'no'}" for claim in self.failed]
        return Text("\n".join([f"{len(lost)} of {len(self.claims)} claims do not hold:", *lost]), "bold red")
