"""Who had an agent's customer before, and the notes that agents type: in memory until they are saved."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.world.world import World
from warmline.store.calls.agents_of_calls import AgentOfCall


class Typed(NamedTuple):
    """A text about a call, and the saved notes at the time when it was typed."""

    call: str
    text: str
    saved: str


class TypedNotes:
    """The newest notes on the page of each agent, saved or not."""

    def __init__(self) -> None:
        self._typed: dict[str, Typed] = {}

    def keep(self, world: World, user: str, call: str, text: str) -> bool:
        """Keep what an agent types about the call. Return whether the agent can still save it."""
        session = world.sessions.get(user)
        if session is None or not call or call != _open_call(session):
            return False
        self._typed[user] = Typed(call, text, session.after_call.draft)
        return True

    def of(self, world: World, user: str) -> Typed | None:
        """Return what an agent has typed; None once the call has its code, or other notes were saved since."""
        typed, session = self._typed.get(user), world.sessions.get(user)
        if typed is None:
            return None
        saved = session.after_call.draft if session else ""
        if session is None or typed.call != _open_call(session) or saved not in (typed.saved, typed.text):
            del self._typed[user]
            return None
        return typed

    def unsaved(self, world: World, user: str) -> str | None:
        """Return what an agent has typed and not saved; None without it."""
        typed = self.of(world, user)
        return typed.text if typed and typed.text != world.sessions[user].after_call.draft else None


def _open_call(session: Session) -> str:
    """Return the call about which an agent can save notes, or ""."""
    if session.call:
        return session.call
    return session.last.call if session.state is AgentState.DISPO and not session.last.status else ""


def before(agents: Iterable[AgentOfCall], session: Session | None, call: str) -> list[AgentOfCall]:
    """Return the agents without the part that this agent has, or had last, of the call on the screen."""
    found = list(agents)
    if session is None or not call:
        return found
    own = [one for one in found if one.user == session.agent and one.call == call]
    # In QUEUE the next part has not begun. In INCALL a part that has ended was read before the next one began.
    if own and (own[-1].left is None or session.state not in (AgentState.QUEUE, AgentState.INCALL)):
        found.remove(own[-1])
    return found


def as_typed(agents: Iterable[AgentOfCall], world: World, typed: TypedNotes) -> list[AgentOfCall]:
    """Return the agents with the notes that they are typing."""
    shown = list(agents)
    last = {(one.call, one.user): place for place, one in enumerate(shown)}
    for (call, user), place in last.items():
        text = typed.of(world, user)
        if text and text.call == call:
            shown[place] = replace(shown[place], notes=text.text)
    return shown
