"""The options of a user: a person who logs in."""

from collections.abc import Mapping

from warmline.access.rights import UserRole
from warmline.options.values.entity import Entity, Option, one_section
from warmline.options.values.option_forms import FULL_NAME, NAME, YES_NO
from warmline.options.values.option_types import Choice, Reference, Secret

PASSWORD = Secret(r"[A-Za-z0-9.+/=_-]{1,100}", "1 to 100 letters, digits and - . + / = _")

MUST_CHANGE = "force_change_password"  # VICIdial's name

USER = Entity(
    "user",
    "a person who logs in with a password: an agent, a supervisor, a manager or an administrator",
    NAME,
    ("anna", "pass=-", "role=agent", "agent=1000"),
    one_section(
        Option("pass", PASSWORD, "", "the password; pass=- prompts for it", required=True),
        Option("role", Choice(tuple(UserRole)), "agent", "the role, which decides what the user may do", plus=True),
        Option(
            "agent",
            Reference("agent"),
            "",
            "the agent that the user works as; each agent belongs to one user",
            plus=True,
            unique=True,
        ),
        Option("full_name", FULL_NAME, "", "the person's name, which lists show next to the key"),
        Option(
            "user_group",
            Reference("user-group"),
            "",
            "the group that bounds which agents a supervisor sees; empty for all agents",
        ),
        Option(
            MUST_CHANGE,
            YES_NO,
            "N",
            "Y lets the next login only choose a new password; set to Y with each pass that an administrator gives",
        ),
        Option("active", YES_NO, "Y", "N refuses the login, and ends the user's sessions immediately"),
    ),
    label="full_name",
)


def by_administrator(kind: str, options: Mapping[str, str]) -> dict[str, str]:
    """Return the options that an administrator gives to an entity, with what follows from them.

    A user whose password an administrator has typed chooses another one at the next login. This is not so for a hash,
    which comes from a file that `config export --secrets` wrote, and the administrator can say otherwise.
    """
    typed = options.get("pass", "") if kind == USER.kind else ""
    must_change = typed and not typed.startswith("hash:") and MUST_CHANGE not in options
    return {**options, MUST_CHANGE: "Y"} if must_change else dict(options)
