"""Asterisk makes a bridge, but its answer does not come in time."""

from tests.pure.stage import CUSTOMER
from tests.worlds.core_driver import Driver, demo_rules
from warmline.core import actions as do
from warmline.core import events as ev


class Slow(Driver):
    """Makes each spot, and the caller hangs up before the answer, which is too late."""

    def perform(self, action: do.Action) -> None:
        super().perform(action)
        if isinstance(action, do.OpenSpot):
            self.asterisk.out.append(ev.ActionFailed(action, 0, "no answer from Asterisk within 2 s"))
            self.asterisk.hang_up(CUSTOMER)


def test_nothing_is_left_of_it() -> None:
    lab = Slow(demo_rules())
    lab.customer()
    assert not lab.world.calls
    assert not lab.asterisk.bridges
