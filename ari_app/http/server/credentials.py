"""The credentials of a request: the bearer token of a program, or the cookie of a browser's session.

A browser sends the cookie by itself, also for a page of another site. A request with the
cookie must therefore come from a page of this server. `Origin` shows that, and a header that only such a page can set.
"""

from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from aiohttp import web

from ari_app.http.server import client_address
from ari_app.http.server.problems import ProblemRaised
from warmline.access import known_device
from warmline.system.loopback import is_local

COOKIE = "__Host-warmline"  # browsers take this name only with Secure, and from this host alone
FRAMED_COOKIE = "__Host-warmline-frame"  # of the workspace in a page of another site, which has cookies of its own
LOCAL_COOKIE = "warmline-"  # with the port, on plain HTTP of this machine, where nothing can be Secure
DEVICE = "-device"  # ends the name of the cookie that shows earlier logins of a browser
HTTP_PORT = "80"
PAGE_HEADER = "X-Warmline"
READS = ("GET", "HEAD")
OWN_SITES = ("", "same-origin", "none")  # of Sec-Fetch-Site; none: typed by a person


class Credentials(NamedTuple):
    """The token of a request, or "", the client's address, and whether a browser's cookie had the token."""

    token: str
    address: str
    by_cookie: bool = False


def credentials(request: web.Request) -> Credentials:
    """Return the credentials of a request. Raises ProblemRaised (403) if a page of another site may have sent it."""
    address = client_address.of_request(request)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return Credentials(token.strip(), address)
    if token := cookie(request):
        _check_page(request)
    return Credentials(token, address, bool(token))


def cookie(request: web.Request) -> str:
    """Return the token in the cookie of a session, or "". In a frame of another site, the frame's own one counts."""
    for name in (FRAMED_COOKIE, COOKIE):
        if name in request.cookies:
            return request.cookies[name]
    is_plain = not request.secure and is_local(_name(request.host))
    return request.cookies.get(local_cookie(request), "") if is_plain else ""


def local_cookie(request: web.Request) -> str:
    """Return the name of the cookie on plain HTTP. It has the port, because browsers share cookies between ports."""
    port = request.host.rpartition(":")[2]
    return f"{LOCAL_COOKIE}{port if port.isdecimal() else HTTP_PORT}"


def own_cookie(request: web.Request, *, is_framed: bool) -> str:
    """Return the name of the cookie of a session. Raises ProblemRaised (403) as `is_encrypted` does.

    `is_framed`: another site's page shows the workspace.
    """
    if not is_encrypted(request):
        return local_cookie(request)
    return FRAMED_COOKIE if is_framed else COOKIE


def device_tokens(request: web.Request, session: str) -> list[str]:
    """Return the tokens that show earlier logins of a browser; `session` is the name of the session's cookie."""
    return known_device.split(request.cookies.get(session + DEVICE, ""))


def check_own_page(request: web.Request) -> None:
    """Check that a page of this server sends a request. Raises ProblemRaised (403)."""
    origin = _parts(request.headers.get("Origin", ""))
    is_weaker = request.secure and origin.scheme != "https"
    if not origin.netloc or origin.netloc.lower() != request.host.lower() or is_weaker:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "origin_foreign",
            "the header Origin is {origin!r}, but this server is {host}; only its own pages may do this. "
            "A proxy must pass the header Host unchanged",
            origin=request.headers.get("Origin", ""),
            host=request.host,
        )
    if request.method not in READS and request.headers.get(PAGE_HEADER) != "1":
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "page_header_missing",
            "a request of a browser that changes something needs the header {header}: 1",
            header=PAGE_HEADER,
        )


def is_encrypted(request: web.Request) -> bool:
    """Return whether a page was loaded by HTTPS, from this server or from a proxy before it.

    Raises ProblemRaised (403) for plain HTTP from another machine, where others could read a password.
    """
    if _parts(request.headers.get("Origin", "")).scheme == "https":
        return True
    if not is_local(_name(request.host)):
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "workspace_without_tls",
            "the workspace at {host} is open to eavesdroppers; open it with https, or on this machine as localhost",
            host=request.host,
        )
    return False


def _check_page(request: web.Request) -> None:
    """Check a request with a cookie. Reading needs no Origin, which browsers leave out."""
    if request.method not in READS or request.headers.get("Upgrade"):
        check_own_page(request)
    elif (site := request.headers.get("Sec-Fetch-Site", "")) not in OWN_SITES:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "site_foreign",
            "a page of another site asks (Sec-Fetch-Site: {site}); only pages of this server may",
            site=site,
        )


def _name(host: str) -> str:
    """Return the name or address of a Host header, without its port."""
    return _parts(f"//{host}").hostname or ""


def _parts(address: str) -> SplitResult:
    """Return the parts of an address; those of an empty one, if it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
