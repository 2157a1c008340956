"""Every event has its row in the table of handlers."""

from typing import get_args

from warmline.core.engine.event_handlers import EVENT_HANDLERS
from warmline.core.messages.events import Event, TurnFailed


def test_every_event_has_a_handler() -> None:
    assert set(EVENT_HANDLERS) == set(get_args(Event)) - {TurnFailed}  # the engine itself handles a failed turn
