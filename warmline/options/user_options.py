"""The options of a user: a person who logs in."""

from warmline.access.rights import UserRole
from warmline.options.values.entity import Entity, Option, one_section
from warmline.options.values.option_forms import FULL_NAME, NAME, YES_NO
from warmline.options.values.option_types import Choice, Reference, Secret

PASSWORD = Secret(r"[A-Za-z0-9.+/=_-]{1,100}", "1 to 100 letters, digits and - . + / = _")

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
        Option("full_name", FULL_NAME, "", "the person's name, which lists show beside the key"),
        Option(
            "user_group",
            Reference("user-group"),
            "",
            "the group that bounds which agents a supervisor sees; empty for all agents",
        ),
        Option("active", YES_NO, "Y", "N refuses the login, and ends the user's sessions at once"),
    ),
    label="full_name",
)
