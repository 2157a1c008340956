"""The changes of leads that pass through this process: screens that show such a lead read it again."""

from collections.abc import Callable

from ari_app.records.record_writes import RecordWrite, RecordWriter
from warmline.store.leads.leads import LeadOutcome


class LeadEdits:
    """A writer of records that tells its followers of each lead that it has changed."""

    def __init__(self, writer: RecordWriter) -> None:
        self.followers: list[Callable[[int], None]] = []
        self._writer = writer

    async def write(self, wanted: RecordWrite, token: str) -> LeadOutcome:
        """Write a record. Raises what the writer raises."""
        made = await self._writer.write(wanted, token)
        if made.changed:
            for tell in self.followers:
                tell(made.lead)
        return made
