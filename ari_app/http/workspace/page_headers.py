"""The headers by which a browser limits what a page of the workspace may do, and who may read an answer."""

from collections.abc import Sequence

from aiohttp import web

from ari_app.http.server import credentials, problems

PREFIX = "/workspace"
NO_FRAME = "frame-ancestors 'none'"
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        NO_FRAME,
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    ]
)
OF_PAGES = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), display-capture=()",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
OF_SESSIONS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def policy(frames: Sequence[str], around: Sequence[str] = ()) -> str:
    """Return the policy of the page with web forms of these origins in its panels, such as https://crm.example.

    Pages of the origins `around` may show the page in a frame.
    """
    whole = POLICY.replace(NO_FRAME, f"frame-ancestors {' '.join(around)}") if around else POLICY
    return f"{whole}; frame-src {' '.join(frames)}" if frames else whole


async def add(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers to an answer of the workspace, or to a browser's session; those of the answer stay."""
    if request.path.startswith(PREFIX):
        _add(response, OF_PAGES)
    elif request.path.startswith(problems.PREFIX) and credentials.cookie(request):
        _add(response, OF_SESSIONS)


def _add(response: web.StreamResponse, headers: dict[str, str]) -> None:
    for name, value in headers.items():
        response.headers.setdefault(name, value)
