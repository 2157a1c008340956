"""Answers the requests of the API process in the call process."""

from collections.abc import Callable, Mapping

import msgspec

from ari_app.link import command_check, messages
from ari_app.link.call_control import (
    ChangeDialStop,
    CommandReply,
    CommandTimeout,
    CommandUnrecorded,
    FindConversation,
    FindOrphans,
)
from ari_app.link.call_server import Handler
from ari_app.link.command_check import CommandInvalid
from ari_app.link.idempotency import CommandRequest, IdempotentCommands, KeyReusedError
from ari_app.link.messages import Answer, CommandAnswer, Found, GiveCommand, Request
from warmline.core.messages.commands import CommandFields
from warmline.store.database.database import StoreError
from warmline.store.journal import command_codec

NO_COMMAND = CommandFields()  # of a request that only looks for an earlier answer


class CallRequests:
    """The requests about calls. `figures` returns the metrics of the call process, and `dial_stop` changes its file."""

    def __init__(
        self,
        once: IdempotentCommands,
        orphans: FindOrphans,
        conversation: FindConversation,
        figures: Callable[[], bytes],
        dial_stop: ChangeDialStop,
    ) -> None:
        self._once = once
        self._orphans = orphans
        self._conversation = conversation
        self._figures = figures
        self._dial_stop = dial_stop

    def handlers(self) -> Mapping[type[Request], Handler]:
        """Return the functions that answer, by the type of the request."""
        return {
            GiveCommand: self._command,
            messages.FindOrphans: self._find_orphans,
            messages.FindConversation: self._find_conversation,
            messages.ReadFigures: self._read_figures,
            messages.ChangeDialStop: self._change_dial_stop,
        }

    async def _command(self, request: Request) -> Answer:
        assert isinstance(request, GiveCommand)
        try:
            reply = await self._reply(request)
        except CommandTimeout as late:
            problem = messages.UNRECORDED if isinstance(late, CommandUnrecorded) else messages.TIMED_OUT
            return CommandAnswer(request.id, late.receipt, "", refused=False, problem=problem)
        except KeyReusedError:
            return CommandAnswer(request.id, "", "", refused=False, problem=messages.KEY_REUSED)
        except CommandInvalid as error:
            return _invalid(request, error.code, str(error))
        except (ValueError, KeyError, msgspec.ValidationError) as error:
            return _invalid(request, "command_unreadable", f"the command cannot be read: {error}")
        except StoreError as error:
            return CommandAnswer(request.id, "", str(error), refused=False, problem=messages.UNREADABLE)
        if reply is None:
            return CommandAnswer(request.id, "", "", refused=False, problem=messages.NEW_KEY)
        return CommandAnswer(request.id, reply.receipt, reply.why, reply.refused, problem="")

    async def _reply(self, asked: GiveCommand) -> CommandReply | None:
        parts = asked.by, asked.source, asked.key, asked.digits, asked.request
        if not asked.command:
            order = CommandRequest(NO_COMMAND, *parts)
            command_check.check_beside(order)
            return await self._once.earlier(order)
        order = CommandRequest(command_codec.read(str(asked.command.get("kind", "")), asked.command), *parts)
        command_check.check(order)
        return await self._once.give(order)

    async def _find_orphans(self, request: Request) -> Answer:
        return Found(request.id, msgspec.json.encode(await self._orphans()))

    async def _find_conversation(self, request: Request) -> Answer:
        assert isinstance(request, messages.FindConversation)
        return Found(request.id, msgspec.json.encode(await self._conversation(request.channel)))

    async def _read_figures(self, request: Request) -> Answer:
        return Found(request.id, self._figures())

    async def _change_dial_stop(self, request: Request) -> Answer:
        assert isinstance(request, messages.ChangeDialStop)
        return Found(request.id, msgspec.json.encode(await self._dial_stop(request.stopped, request.by)))


def _invalid(request: Request, code: str, why: str) -> CommandAnswer:
    return CommandAnswer(request.id, "", why, refused=True, problem=messages.INVALID, code=code)
