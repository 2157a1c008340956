"""The reasons why a login is refused."""

from warmline.text.coded_error import CodedError


class LoginRefused(CodedError):
    """The user or the password is wrong, or the user is not active."""


class LoginDelayed(LoginRefused):
    """The password is not checked, because it came too soon after wrong ones."""


class CodeNeeded(LoginRefused):
    """The password is correct, and a code of the user's second factor is missing."""


class CodeWrong(LoginRefused):
    """The password is correct, and the code of the user's second factor is not accepted."""


def refused() -> LoginRefused:
    """Return the error for a wrong user or password, which does not say which."""
    return LoginRefused("login_refused", "the user or the password is wrong, or the user is not active")
