"""The secrets and states of event hooks: in the database of this machine, or over the API at the app of a login."""

import secrets
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote

from cli.output.time_format import of_iso
from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.store.event_hooks import hook_states
from warmline.store.event_hooks.hook_states import HookDelivery, HookState
from warmline.system.current_user import login_name
from warmline.system.settings import Settings


class EventHookRecords(Protocol):
    """The event hooks of a place. Each method raises NotFound, StoreError, AppAway, AppRefused."""

    def secret(self, name: str, *, renew: bool = False) -> str:
        """Return the secret of a hook, a new one with `renew`; the history notes it."""

    def send_sample(self, name: str) -> str:
        """Let the worker process send a sample; return its delivery."""

    def state(self, name: str) -> HookState:
        """Return how far a hook has been told."""


def at(where: Place) -> EventHookRecords:
    """Return the event hooks of a place."""
    return choose(where, DatabaseHooks, AppHooks)


class DatabaseHooks:
    """The event hooks in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def secret(self, name: str, *, renew: bool = False) -> str:
        return hook_states.secret_of(self.path, name, who=login_name(), renew=renew)

    def send_sample(self, name: str) -> str:
        delivery = f"{name}-test-{secrets.token_hex(4)}"
        hook_states.want_test(self.path, name, delivery)
        return delivery

    def state(self, name: str) -> HookState:
        return hook_states.state(self.path, name)


class AppHooks:
    """The event hooks over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def secret(self, name: str, *, renew: bool = False) -> str:
        told = app_client.send(self.login, "POST", f"{_path(name)}/{'renew' if renew else 'secret'}")
        return str(told["secret"])

    def send_sample(self, name: str) -> str:
        return str(app_client.send(self.login, "POST", f"{_path(name)}/test")["delivery"])

    def state(self, name: str) -> HookState:
        told = app_client.get(self.login, _path(name))
        return HookState(
            state=told["state"],
            delivered=told["delivered"],
            behind=told["behind"],
            waiting=_time(told["waiting"]),
            tries=told["tries"],
            failing=_time(told["failing"]),
            due=_time(told["due"]),
            stopped=_time(told["stopped"]),
            deliveries=list(map(_delivery, told["deliveries"])),
        )


def _delivery(told: Mapping[str, Any]) -> HookDelivery:
    return HookDelivery(told["delivery"], told["type"], of_iso(told["at"]), told["status"] or 0, told["why"])


def _time(text: str | None) -> int | None:
    return None if text is None else of_iso(text)


def _path(name: str) -> str:
    return f"event-hooks/{quote(name, safe='')}"
