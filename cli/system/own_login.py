"""`warmline login|logout|whoami`: a person's session at an app, for this and the next commands."""

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.output.json_output import Json, print_json
from cli.output.printing import printable
from warmline.centre import app_client, login_file, place
from warmline.centre.app_answer import AppRefused
from warmline.centre.login_file import AppLogin, LoginError
from warmline.system.current_user import claimed_name
from warmline.system.settings import Settings

if TYPE_CHECKING:
    from warmline.centre.user_session import LoggedIn

ANY_HOST = ("0.0.0.0", "::")  # noqa: S104 - what an app listens on, not this command

Url = Annotated[
    str,
    typer.Argument(
        metavar="[URL]",
        show_default=False,
        help="The address of the app, such as https://pbx.example.org:8089. Without URL: WARMLINE_URL, the address of "
        "the last login, or the app of this machine.",
    ),
]
User = Annotated[
    str, typer.Option("--user", metavar="NAME", help="Your user. Without --user: that of the last login, or $USER.")
]
Authority = Annotated[
    Path | None,
    typer.Option(
        "--ca",
        metavar="FILE",
        readable=False,
        help="Trust the certificates that this authority signs (PEM). The login keeps it. SSL_CERT_FILE works as well.",
    ),
]


def login(url: Url = "", user: User = "", ca: Authority = None, as_json: Json = False) -> None:
    before = login_file.read()
    where = place.address(url or os.environ.get(place.URL, "") or (before.url if before else _of_machine()))
    same = before if before and before.url == where else None
    name = user or (same.user if same else claimed_name())
    trusted = _authority(ca) if ca else (same.ca if same else "")
    password = _password(name, where)
    if not password:
        raise LoginError("login_password_empty", "no password of {user} was typed; you are not logged in", user=name)
    made = _logged_in(where, name, password, trusted)
    session = made.session
    login_file.write(session)
    if made.must_change:
        from cli.entities import own_account

        print(f"an administrator has set the password of {name}; choose another one now", file=sys.stderr)
        own_account.choose(session, password, "New password")
    if made.must_enrol:
        print(f"this site requires a second factor of {name}; enrol one: warmline second-factor enrol", file=sys.stderr)
    if as_json:
        from warmline.centre import user_session

        print_json(user_session.who(session))
    else:
        print(f"logged in at {where}: {_who(session._asdict())}")


def _logged_in(where: str, name: str, password: str, trusted: str) -> "LoggedIn":
    """Log in, and ask for a code if the user has a second factor. Raises AppAway, AppRefused, LoginError."""
    from warmline.centre import user_session

    try:
        return user_session.log_in(where, name, password, trusted)
    except AppRefused as refused:
        if refused.code != user_session.CODE_NEEDED:
            raise
    from cli.entities import own_account, second_factor

    made = user_session.log_in(where, name, password, trusted, own_account.typed(second_factor.CODE, shown=True))
    second_factor.say_left(made.recovery_codes)
    return made


def logout(as_json: Json = False) -> None:
    from warmline.centre import user_session

    session = login_file.read()
    if session is None:
        raise LoginError("login_unknown", "you are not logged in; nothing was changed")
    try:
        user_session.log_out(session)
    finally:
        login_file.delete()  # also if the app is away: the session then ends by itself
    if as_json:
        print_json({"url": session.url, "user": session.user})
    else:
        print(f"logged out at {session.url}")


def whoami(as_json: Json = False) -> None:
    from warmline.centre import user_session

    def of_machine(settings: Settings) -> tuple[str | None, dict[str, Any]]:
        if os.geteuid():
            app_client.get(settings, "agents")  # raises the error of a user without rights
        return None, {"user": claimed_name(), "role": "admin", "agent": None}

    def of_app(session: AppLogin) -> tuple[str | None, dict[str, Any]]:
        return session.url, user_session.who(session)

    url, told = place.choose(app_client.here(), of_machine, of_app)
    if as_json:
        print_json({"url": url} | told)
    else:
        print(f"{_who(told)} ({url or 'this machine'})")


def _of_machine() -> str:
    """Return the address of this machine's app, as far as this user may know it."""
    settings: Settings = app_client.settings_of_user()
    host = "127.0.0.1" if settings.listen_host in ANY_HOST else settings.listen_host
    return f"{'https' if settings.tls_certificate else 'http'}://{host}:{settings.listen_port}"


def _password(user: str, url: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    try:
        return getpass.getpass(f"Password of {user} at {url}: ")
    except KeyboardInterrupt:
        print(file=sys.stderr)  # the prompt has no line feed
        raise


def _authority(file: Path) -> str:
    """Return the certificates in a file. Raises LoginError."""
    import ssl

    try:
        text = file.read_text("ascii")
        ssl.create_default_context(cadata=text)
    except (OSError, ValueError, ssl.SSLError) as error:
        raise LoginError(
            "ca_unreadable",
            "--ca {file} cannot be used: {why}; allowed: a PEM file with certificates",
            file=file,
            why=getattr(error, "strerror", None) or error,
        ) from None
    return text


def _who(told: dict[str, Any]) -> str:
    """Return a user with the role and the agent."""
    agent = f", agent {told['agent']}" if told.get("agent") else ""
    name = ", ".join(filter(None, (told["user"] or told["client"], told["role"])))
    return printable(f"{name}{agent}")
