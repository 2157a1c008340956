"""`warmline second-factor …`: the codes that a login asks for."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from cli.entities.own_account import and_ended, typed
from cli.output.json_output import Json, print_json
from cli.output.time_format import of_iso, to_the_minute
from warmline.centre import app_client
from warmline.centre.place import own_login

PATH = "me/second-factor"
CODE = "Code of the authenticator app, or a recovery code"
QUIET = 2  # light squares around a QR code
BLACK_ON_WHITE, PLAIN = "\x1b[30;107m", "\x1b[0m"
HALVES = {"00": " ", "01": "▄", "10": "▀", "11": "█"}  # two rows of squares in one line of text


def show(as_json: Json = False) -> None:
    from warmline.centre import operation_calls
    from warmline.operations import sessions

    factor = operation_calls.do_json(sessions.get_second_factor, own_login(), {})
    if as_json:
        print_json(factor)
    elif factor["enrolled"]:
        since, left = to_the_minute(of_iso(factor["enrolled"])), factor["recovery_codes"]
        print(f"second factor enrolled at {since}; {left} recovery codes are left")
    else:
        print(f"no second factor is enrolled{', and this site requires one' if factor['required'] else ''}")


def enrol(as_json: Json = False) -> None:
    session = own_login()
    made = app_client.send(session, "POST", PATH, {"password": typed("Current password")})
    out = sys.stderr if as_json else sys.stdout
    if out.isatty():
        print(*_drawn(made["qr"]), sep="\n", file=out)
    print(f"secret for an authenticator app: {made['secret']}\naddress: {made['uri']}", file=out, flush=True)
    told = app_client.send(session, "POST", f"{PATH}/confirm", {"code": typed("First code of the app", shown=True)})
    if as_json:
        print_json(told)
        return
    print(f"second factor enrolled{and_ended(told['ended'])}")
    print("recovery codes, each for one login without the app; keep them on paper, they are not shown again:")
    print(*(f"  {code}" for code in told["recovery_codes"]), sep="\n")


def remove(as_json: Json = False) -> None:
    session = own_login()
    password, code = typed("Current password"), typed(CODE, shown=True)
    told = app_client.send(session, "POST", f"{PATH}/remove", {"password": password, "code": code})
    if as_json:
        print_json(told)
    else:
        print("second factor removed; logins ask for the password only")


def say_left(left: Any) -> None:
    """Say on stderr how many recovery codes are left after a login with one of them."""
    if left is not None:
        print(f"a recovery code was used; {left} are left", file=sys.stderr)


def _drawn(rows: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a QR code in a terminal, black on white in every colour scheme."""
    beside, light = "0" * QUIET, "0" * (len(rows) + 2 * QUIET)
    squares = [*[light] * QUIET, *(beside + row + beside for row in rows), *[light] * QUIET]
    squares += [light] * (len(squares) % 2)
    for upper, lower in zip(squares[::2], squares[1::2], strict=True):
        line = "".join(HALVES[above + below] for above, below in zip(upper, lower, strict=True))
        yield f"{BLACK_ON_WHITE}{line}{PLAIN}"
