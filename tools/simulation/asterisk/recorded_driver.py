"""The core on the simulated Asterisk with the real database: it can die and restart between any two inputs."""

from collections.abc import Callable
from pathlib import Path

from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine.engine import Input
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.dial_facts_messages import DialFacts, FindDialFacts
from warmline.core.messages.dialler_messages import LeadFound
from warmline.core.rules.configuration import Rules
from warmline.core.world.turn import Turn
from warmline.core.world.world import World
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.database import connect
from warmline.store.database.writing import writing
from warmline.store.journal import open_state
from warmline.store.journal.journal_codec import entry_of
from warmline.store.journal.journal_entry import Known, append, head
from warmline.store.leads import dial_facts, leads


class RecordedDriver(Driver):
    """`watch` is called after each request to Asterisk."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.alive = True
        self.stuck = False
        self.watch: Callable[[], None] = lambda: None
        self.journal = connect(database)
        self.journal.execute("PRAGMA synchronous=OFF")  # nothing here outlives the test
        self.rows: Known = {}
        super().__init__(self.rules())

    def rules(self) -> Rules:
        """Return the current configuration."""
        return load_rules(self.journal)

    def record(self, entry: Input, turn: Turn, base: str) -> None:
        """Write the turn and its changes, as the app does before it performs the actions."""
        if written := entry_of(entry, turn, base):
            append(self.journal, head(self.journal), [written], self.rows)

    def last_row(self) -> int:
        """Return the number of the journal's last row."""
        return head(self.journal).seq

    def perform(self, action: do.Action) -> None:
        if isinstance(action, do.FindLead):
            with writing(self.database) as db:
                lead = leads.of_caller(db, action.number, action.method, action.list_id, action.status)
            self.asterisk.out.append(LeadFound(action.call, lead))
        else:
            super().perform(action)
        self.watch()

    def facts(self, asked: FindDialFacts) -> DialFacts:
        if not asked.leads:
            return dial_facts.find(self.database, asked)
        from warmline.store.dialling import next_lead  # imported here because the tests of borders bar the dialler
        from warmline.store.dialling.dial_plan import DialPlans

        return next_lead.find(self.database, DialPlans(), asked, next_lead.in_use(self.world))

    def pump(self) -> None:
        """Feed events; a dead app loses them, a stuck app gets them later."""
        if self.stuck:
            return
        if self.alive:
            super().pump()
        else:
            self.asterisk.out.clear()

    def wait(self, seconds: float) -> None:
        """Let time pass; a stuck app does nothing in it."""
        if not self.stuck:
            super().wait(seconds)
            return
        until = self.asterisk.now + int(seconds * SECOND)
        while self.asterisk.pass_time(until):
            pass

    def die(self) -> None:
        """Forget everything."""
        self.alive = False
        self.world = World()
        self.rows.clear()

    def come_back(self) -> None:
        """Load the open records, and read Asterisk's snapshot."""
        self.alive = True
        self.world = restore(open_state.load(self.journal))
        self.feed(ev.AppStarted())
        self.feed(ev.ConfigurationChanged(self.rules()))
        self.feed_together(difference(self.asterisk, self.world, start=True))

    def close(self) -> None:
        """Close the database."""
        self.journal.close()
