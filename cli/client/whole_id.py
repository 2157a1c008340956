"""Finds the call or callback whose id begins with the letters that a person gives, here or at the app of a login."""

from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.store.database import id_prefix

# The lists that are searched, with the field that has the id.
LISTS = {"call": (("calls", "id"), ("history", "call")), "callback": (("callbacks", "id"),)}


def whole_id(where: Place, what: str, wanted: str) -> str:
    """Return the id of the call or callback (`what`) that begins with `wanted`; `wanted` itself if there is none.

    Raises Conflict if several ids begin with it, or if it is too short; StoreError, AppAway, AppRefused.
    """
    return choose(
        where,
        lambda settings: id_prefix.whole_id(settings.db, what, wanted),
        lambda login: _at_app(login, what, wanted),
    )


def _at_app(login: AppLogin, what: str, wanted: str) -> str:
    id_prefix.check_length(what, wanted)
    if not id_prefix.is_prefix(wanted):
        return wanted
    for path, field in LISTS[what]:
        rows = app_client.get(login, path, {"limit": str(app_client.PAGE)})
        found = sorted({str(row[field]) for row in rows if str(row[field]).startswith(wanted.upper())})
        if len(found) > 1:
            raise id_prefix.ambiguous(what, wanted, found, "")
        if found:
            return found[0]
    return wanted
