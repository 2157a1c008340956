"""Whether a client may write a comment on a call, or delete one, as the call process looks at it."""

from ari_app.records.privileged_write_types import AddCallComment, DeleteCallComment
from ari_app.records.write_results import WriteRefused
from warmline.access.rights import Reach, UserRole, in_words, roles_with
from warmline.store.calls import call_comments, call_owners
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User

SCOPE = "calls:write"


def check(path: str, wanted: AddCallComment | DeleteCallComment, client: ApiToken | User | ApiUser) -> None:
    """Check that the client is no agent and sees the call. A supervisor deletes only their own comments.

    Raises WriteRefused, NotFound (a comment), StoreError.
    """
    visible, person = client.bound(SCOPE), client.user if isinstance(client, ApiUser) else client
    if visible is not None:
        owner = call_owners.owners(path, [wanted.call]).get(wanted.call, call_owners.NO_OWNER)
        is_seen = visible.include(owner.last_agent, owner.direct, campaign=owner.campaign)
        if not visible.unassigned or not is_seen:
            raise WriteRefused(
                "comment_not_allowed",
                "{client} may not comment on call {call}; comments take {roles} who sees its agent",
                client=client.client,
                call=wanted.call,
                roles=in_words(roles_with(SCOPE, Reach.GROUP)),
            )
    if isinstance(wanted, DeleteCallComment) and isinstance(person, User) and person.role is UserRole.SUPERVISOR:
        author = call_comments.author(path, wanted.call, wanted.comment)
        if author != client.client:
            raise WriteRefused(
                "comment_of_another",
                "comment {comment} is by {author}; another person's comment takes {roles}",
                comment=wanted.comment,
                author=author,
                roles=in_words(roles_with(SCOPE, Reach.ALL)),
            )
