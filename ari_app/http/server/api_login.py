"""The login of a request to the agent API or the non-agent API, which has a user and a password and no session."""

from dataclasses import dataclass

from ari_app.http.server.limits.rate_limit import RateLimit
from ari_app.http.server.limits.waiting_line import LineFull
from ari_app.http.server.password_check import ApiUsers, LoginCheck


@dataclass(frozen=True, slots=True)
class ApiLogin:
    """Checks passwords within the limits of users and addresses, which both APIs share."""

    users: ApiUsers
    rate: RateLimit

    async def check(self, user: str, password: str, address: str) -> LoginCheck | None:
        """Return the checked login, or None if there are too many requests. Raises StoreError.

        A user without an earlier valid login counts as unknown, before the database is read.
        """
        login = self.users.remembered(user, password, address)
        known = login.good if login else self.users.was_good(user, password)
        if self.rate.wait(user if known else "", address):
            return None
        try:
            login = login or await self.users.check(user, password, address)
        except LineFull:
            return None
        if login.user and login.good and not known and self.rate.wait(login.user.name, address):
            return None
        return login
