"""Finds the client of the server that an action goes to."""

from collections.abc import Mapping

from warmline.ari.client.ari_client import AriClient, AriError
from warmline.core.messages.actions import Action
from warmline.core.messages.values.server_action import ServerAction


def client_of(clients: Mapping[str, AriClient], action: Action) -> AriClient:
    """Return the client of an action's server. Raises AriError if the settings do not have that server any more."""
    assert isinstance(action, ServerAction)
    if client := clients.get(action.server):
        return client
    raise AriError(0, "server_unknown", "server {server} is not in the settings", server=action.server)
