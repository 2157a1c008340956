"""Dispositions and pause codes: the choices of an agent, and the correction of a call's code."""

from dataclasses import replace

from msgspec import Struct

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import not_found
from ari_app.http.v1 import live_state
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.idempotency import Complete
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.messages.agent_command_types import CorrectDisposition, Pause, SetDisposition
from warmline.core.messages.commands import Command
from warmline.core.model import disposition_rules
from warmline.core.model.session import Session
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Rules
from warmline.core.world.world import World
from warmline.options.values.option_types import nearest
from warmline.store.calls import last_agent
from warmline.store.database.errors import unknown_call


class DispositionChoice(Struct, frozen=True):
    """A code that the agent may give the current call, or the one just ended."""

    status: str
    status_name: str
    category: str
    key: str
    scheduled_callback: bool
    notes_required: bool


class PauseChoice(Struct, frozen=True):
    """A code that the agent may pause with; `time_limit` in seconds, 0 for none."""

    pause_code: str
    pause_code_name: str
    billable: str
    time_limit: int


async def choices(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the dispositions that the agent may choose now, in the order for the agent."""
    return reply(choices_of(_session(api, request), api.board.world.rules))


def choices_of(session: Session, rules: Rules) -> list[DispositionChoice]:
    """Return the dispositions that an agent may choose now."""
    return [
        DispositionChoice(
            status=code.id,
            status_name=code.status_name,
            category=code.category,
            key=code.key,
            scheduled_callback=code.scheduled_callback == "Y",
            notes_required=code.notes_required == "Y",
        )
        for code in disposition_rules.list_choices(rules, session)
    ]


async def pause_choices(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the pause codes that the agent may choose."""
    session, rules = _session(api, request), api.board.world.rules
    return reply(pause_choices_of(rules, session.campaign))


def pause_choices_of(rules: Rules, campaign: str) -> list[PauseChoice]:
    """Return the pause codes that an agent of a campaign may choose."""
    found = disposition_rules.list_pause_choices(rules, campaign)
    return [PauseChoice(code.id, code.pause_code_name, code.billable, code.time_limit) for code in found]


def checked(command: Command, world: World) -> Command:
    """Return the command of a logged-in agent, marked impossible if the agent may not choose its code."""
    session, rules = world.sessions[command.agent], world.rules
    match command:
        case SetDisposition():
            promised = command.callback is not None
            codes = [one.id for one in disposition_rules.list_choices(rules, session)]
            hint = "" if command.status in codes else _hint(nearest(command.status, codes))
            status, notes = command.status, command.notes or session.after_call.draft
            why = disposition_rules.explain_refusal(
                rules, session, status, notes, is_callback_promised=promised, hint=hint
            )
            return replace(command, amends=True, impossible=why)
        case Pause():
            codes = [one.id for one in disposition_rules.list_pause_choices(rules, session.campaign)]
            hint = _hint(nearest(command.pause_code, codes) or f"there are {', '.join(codes) or 'none'}")
            return replace(
                command,
                impossible=disposition_rules.explain_pause_refusal(rules, session.campaign, command.pause_code, hint),
            )
        case _:
            return command


async def correction(
    api: JsonApi, wanted: str, given: CorrectDisposition, campaigns: VisibleCampaigns | None
) -> tuple[Command, Complete]:
    """Return the command that corrects a call's code, and the function that completes it. The call may have ended.

    A code that only other campaigns than these use does not exist for the client; None for all.

    Raises ProblemRaised (404), StoreError.
    """
    world = api.board.world
    live = live_state.live_call(world, wanted)
    found = (
        (live.id, live.outcome.last_agent) if live else await api.threads.look_up(last_agent.last_agent, api.db, wanted)
    )
    if found is None:
        raise not_found(unknown_call(wanted))
    call, agent = found

    def complete(command: Command) -> Command:
        return replace(command, agent=agent, impossible=_not_a_correction(world.rules, given.status, campaigns))

    return replace(given, call=call), complete


def _not_a_correction(rules: Rules, status: str, campaigns: VisibleCampaigns | None) -> str:
    seen = {
        name: one
        for name, one in rules.dispositions.items()
        if campaigns is None or not one.campaigns or any(map(campaigns.include, one.campaigns))
    }
    code = seen.get(status)
    if code is None:
        selectable = [one.id for one in seen.values() if one.selectable == "Y"]
        return reasons.DISPOSITION_UNKNOWN.text(status=status, hint=_hint(nearest(status, selectable)))
    return "" if code.selectable == "Y" else reasons.DISPOSITION_NOT_SELECTABLE.text(status=status, hint="")


def _hint(near: str) -> str:
    return f": {near}" if near else ""


def _session(api: JsonApi, request: ApiRequest) -> Session:
    user = request.path_values["user"]
    session = api.board.world.sessions.get(user)
    if session is None:
        raise live_state.not_logged_in(user)
    return session
