"""The rights of a client to a command, as the call process looks at them.

The API process has looked at them already, at the address of the request. A program that has taken it over has not.
"""

from collections.abc import Mapping, Set
from typing import Protocol

from ari_app.link.idempotency import CommandRequest
from warmline.access.visible_agents import VisibleAgents
from warmline.core.commands.command_registry import REGISTERED_COMMANDS
from warmline.core.messages.agent_command_types import ChangeCallback, CorrectDisposition, MakeCallback, Supervision
from warmline.core.messages.call_command_types import Adopt, DiallerCommand, EndCall, ServerCommand, TakeCall, VmMessage
from warmline.core.messages.commands import Command, Kind
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User
from warmline.text.coded_error import CodedError

Client = ApiToken | User | ApiUser
AGENTS, CALLS, SUPERVISE, LEADS = "agents:write", "calls:write", "agents:supervise", "leads:write"
CONFIG = "config:write"
# The functions of the non-agent API that give a command; a program needs the command's scope, too.
MONITOR = {"blind_monitor"}
NON_AGENT: Mapping[Kind, Set[str]] = {
    Kind.LISTEN: MONITOR,
    Kind.WHISPER: MONITOR,
    Kind.BARGE: MONITOR,
    Kind.SET_STATUS: {"update_log_entry"},
}
EVERY_FUNCTION = "ALL_FUNCTIONS"
OF_LEADS = {"add_lead", "update_lead"}  # functions of the non-agent API that make and cancel callbacks
OF_ANY_CALL = (TakeCall, EndCall, CorrectDisposition)  # the core lets them name a call that is not the agent's
ONLY_OF_CALL = (*OF_ANY_CALL, Adopt, VmMessage)  # no address of an agent has them
AUDIO = "AUDIO_"  # no address of a call has these


class ClientUnknown(CodedError):
    """The token of a command is no client's, or is no longer."""


def client_unknown() -> ClientUnknown:
    """Make the error for a token that the call process does not know."""
    return ClientUnknown(
        "client_unknown",
        "the call process does not know the token of this request; log in again, or use an API token. If the API "
        "process has a user of its own, this machine's own token gives no commands: use warmline there",
    )


class CommandForbidden(CodedError):
    """The client may not give this command."""


class CommandClients(Protocol):
    """Finds the client of a command by its token, and checks its rights."""

    async def checked(self, order: CommandRequest) -> CommandRequest:
        """Return the command with the client's own name, and with what only the client's rights allow.

        Raises ClientUnknown, CommandForbidden, StoreError.
        """

    async def named(self, order: CommandRequest) -> CommandRequest:
        """Return a look for an earlier command with the client's own name. Raises ClientUnknown, StoreError."""


def check(client: Client, command: Command) -> None:
    """Check that a client has the right to such commands, to whomever they are given. Raises CommandForbidden."""
    if isinstance(client, ApiUser) and client.user is None:
        functions = {text.split()[0] for text in REGISTERED_COMMANDS[command.kind].agent_api}
        if isinstance(command, MakeCallback | ChangeCallback) and client.may(LEADS):
            functions = OF_LEADS
        others = NON_AGENT.get(command.kind, set())
        here = functions or (others if any(map(client.may, scopes(command))) else set())
        if not here or not client.functions & {EVERY_FUNCTION, *here}:
            raise forbidden(client, command, _of_functions(sorted(functions)))
        return
    person = client.user if isinstance(client, ApiUser) else client
    if not any(person.may(scope) for scope in scopes(command) if person):
        raise forbidden(client, command, f"it takes the scope {' or '.join(scopes(command))}")


def _of_functions(functions: list[str]) -> str:
    return f"it takes the function {' or '.join(functions)}" if functions else "no function of the agent API gives it"


def scopes(command: Command) -> tuple[str, ...]:
    """Return the scopes of which one suffices for such a command, as its addresses in the JSON API have them."""
    if isinstance(command, DiallerCommand | Supervision):
        return (SUPERVISE,)
    if isinstance(command, ServerCommand):
        return (CONFIG,)
    if isinstance(command, MakeCallback):
        return (LEADS,)
    if isinstance(command, ONLY_OF_CALL):
        return (CALLS,)
    is_of_call = REGISTERED_COMMANDS[command.kind].is_about_call and not command.kind.startswith(AUDIO)
    return (AGENTS, CALLS) if is_of_call else (AGENTS,)


def bound(client: Client, command: Command) -> VisibleAgents | None:
    """Return the agents of whose calls and work this command may be; None for all."""
    person = client.user if isinstance(client, ApiUser) else client
    return person.bound(scopes(command)[0]) if isinstance(person, User) else None


def check_agents(client: Client, visible: VisibleAgents, command: Command) -> None:
    """Check the agents whom a command names, or the campaign of a dialler. Raises CommandForbidden."""
    if isinstance(command, DiallerCommand):
        if not visible.unassigned:
            raise forbidden(client, command, "a dialler belongs to no agent")
        if not visible.include_campaign(command.campaign):
            raise forbidden(client, command, "the dialler is of a campaign that their group does not allow")
        return
    takers = [command.to_agent] if isinstance(command, TakeCall) else []
    for agent in (command.agent, *takers):
        if agent and not visible.include(agent):
            raise out_of_reach(client, command, f"agent {agent}")


def out_of_reach(client: Client, command: Command, what: str) -> CommandForbidden:
    """Return the error for something that belongs to another agent or campaign."""
    return forbidden(client, command, f"{what} is none of theirs")


def forbidden(client: Client, command: Command, why: str) -> CommandForbidden:
    """Return the error for a command that the client may not give."""
    return CommandForbidden(
        "command_forbidden",
        "{client} may not give the command {kind}: {why}",
        client=client.client,
        kind=command.kind,
        why=why,
    )
