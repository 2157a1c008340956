"""The recordings that a client may hear: those of the agents that the client's right is about."""

from warmline.access.rights import Reach, in_words, roles_with
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User
from warmline.store.reports import own_recordings, recordings
from warmline.text.coded_error import CodedError

SCOPE = "recordings:read"


class AudioRefused(CodedError):
    """The audio is not given: the token may not read it, there is no such file, or too many clients read."""


def not_allowed() -> AudioRefused:
    """Make the error for a client without the scope."""
    return AudioRefused("recording_not_allowed", "the token may not read recordings; it lacks {scope}", scope=SCOPE)


def file_for(path: str, client: ApiToken | User | ApiUser | None, recording: str) -> str:
    """Return the path of a recording's file for a client who may hear it. Raises AudioRefused, NotFound, StoreError."""
    if client is None or not client.may(SCOPE):
        raise not_allowed()
    file, agent, campaign = recordings.file_of(path, recording)
    visible = client.bound(SCOPE)
    hearer = (client.user or ApiToken(client.name, client.scopes)) if isinstance(client, ApiUser) else client
    if visible is not None and not agent and not visible.include_campaign(campaign):
        raise recordings.no_audio(recording)
    if visible is not None and not visible.include(agent):
        least = Reach.GROUP if own_recordings.hears_own_alone(hearer) else Reach.ALL
        raise AudioRefused(
            "recording_of_other_agent",
            "{client} may not read recordings of agent {agent}; they take {roles}",
            client=client.client,
            agent=agent,
            roles=in_words(roles_with(SCOPE, least)),
        )
    if why := own_recordings.refusal(path, hearer, recording):
        raise AudioRefused(why.code, "{why}", why=why)
    return file
