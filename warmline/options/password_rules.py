"""The rules for a password that a user chooses in place of the former one."""

from warmline.options.option_warnings import is_weak
from warmline.options.user_options import PASSWORD
from warmline.text.coded_error import CodedError


class PasswordRefused(CodedError):
    """The new password is not allowed; the text says why, without the password."""


def check(user: str, former: str, new: str) -> None:
    """Check the password that a user chooses. Raises PasswordRefused."""
    try:
        PASSWORD.parse(new)
    except ValueError:
        raise PasswordRefused(
            "new_password_invalid",
            "the new password has other characters; allowed: {allowed}",
            allowed=PASSWORD.allowed,
        ) from None
    if new == former:
        raise PasswordRefused("new_password_same", "the new password is the former one; choose another")
    if is_weak(new, user):
        raise PasswordRefused(
            "new_password_weak",
            "the new password is easy to guess; it needs 8 characters or more, and is neither the name of the user nor "
            "a usual word",
        )
