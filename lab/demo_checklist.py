"""The claims of the demo: each one is shown with its measurements as soon as its step has ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from lab.sip import CallRefused, WaitTimeout


class StoryEnded(Exception):
    """A step of a claim failed, so that the story cannot continue."""


@dataclass
class Claim:
    """One claim, whether it is true, and what was measured."""

    text: str
    holds: bool = True
    measured: str = ""


class Checklist:
    """The claims that were shown so far. Each new one begins with `place`, such as "main: "."""

    def __init__(self, console: Console) -> None:
        self.claims: list[Claim] = []
        self.console = console
        self.place = ""

    @property
    def failed(self) -> list[Claim]:
        """Return the claims that are false."""
        return [claim for claim in self.claims if not claim.holds]

    @contextmanager
    def claim(self, text: str) -> Iterator[Claim]:
        """Show a claim during its step, and the result afterwards.

        The step sets `measured`; it sets `holds` if the claim is to be judged. If a wait of the step times out, the
        claim is marked as failed and StoryEnded is raised.
        """
        claim = Claim(self.place + text)
        try:
            with self.console.status(claim.text):
                yield claim
        except (WaitTimeout, CallRefused) as error:
            self.judge(text, False, str(error))
            raise StoryEnded from error
        self._show(claim)

    def judge(self, text: str, holds: bool, measured: str = "") -> None:
        """Show a claim with its result."""
        self._show(Claim(self.place + text, holds, measured))

    def _show(self, claim: Claim) -> None:
        self.claims.append(claim)
        mark, style = ("✓", "green") if claim.holds else ("✗", "bold red")
        lines = Text.assemble((claim.text, "" if claim.holds else style), (f"\n{claim.measured}".rstrip(), "dim"))
        for line in lines.wrap(self.console, self.console.width - 4):
            line.rstrip()
            self.console.print(Text.assemble((f"  {mark} ", style), line))
            mark = " "

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return the claims for a JSON document."""
        return [{"claim": one.text, "holds": one.holds, "measured": one.measured} for one in self.claims]

    def summary(self) -> Text:
        """Return a text that all claims are true, or a list of the false ones."""
        if not self.failed:
            return Text(f"All {len(self.claims)} claims hold.", "bold green")
        lost = [f"  ✗ {claim.text}: {claim.measured or 'no'}" for claim in self.failed]
        return Text("\n".join([f"{len(lost)} of {len(self.claims)} claims do not hold:", *lost]), "bold red")
