"""The session of a wallboard, a screen on the wall: its scope, and who may begin it."""

from warmline.access import rights
from warmline.access.rights import Reach, UserRole
from warmline.text.coded_error import CodedError

WALLBOARD = "wallboard"  # the program of a session of a screen on the wall
SCOPE = "wallboard:read"  # its only scope


class WallboardRefused(CodedError):
    """The user's role may not begin a wallboard."""


def check(user: str, role: UserRole, program: str) -> None:
    """Check that a user of this role may begin a session of the program. Raises WallboardRefused."""
    if program == WALLBOARD and rights.reach(role, SCOPE) is Reach.NONE:
        raise WallboardRefused(
            "wallboard_role",
            "user {user} has the role {role}; to begin a wallboard takes {roles}",
            user=user,
            role=role,
            roles=rights.in_words(rights.roles_with(SCOPE)),
        )
