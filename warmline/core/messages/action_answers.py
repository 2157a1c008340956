"""The result of an action: done or failed."""

from dataclasses import dataclass

from warmline.core.messages.actions import Action


@dataclass(frozen=True, slots=True)
class ActionDone:
    """Asterisk accepted an action that has no event as its proof."""

    action: Action


@dataclass(frozen=True, slots=True)
class ActionFailed:
    """Asterisk refused an action, or did not answer in time (status 0)."""

    action: Action
    status: int
    text: str
