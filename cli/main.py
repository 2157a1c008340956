"""The command `warmline`: each group of commands is one file of this folder."""

import sys
from collections.abc import Sequence

import typer

from warmline.cli import (
    agent,
    api_token,
    api_user,
    audit,
    call,
    call_time,
    callback,
    campaign,
    container,
    db,
    did,
    doctor,
    explain,
    group_alias,
    holiday,
    ingroup,
    lab,
    phone,
    preset,
    route,
    setting,
)
from warmline.cli.output import complain
from warmline.cli.running_app import AppAway, AppRefused
from warmline.cli.serve import serve
from warmline.options import OptionError
from warmline.settings import SettingsError
from warmline.store.database import StoreError
from warmline.store.refusals import Conflict, NotFound

FAILED, NOT_FOUND, APP_AWAY, REFUSED = 1, 3, 4, 5  # exit codes

app = typer.Typer(
    name="warmline",
    help="A call-handoff toolkit for Asterisk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command(epilog="Example: warmline serve")(serve)
app.add_typer(campaign.app, name="campaign")
app.add_typer(ingroup.app, name="ingroup")
app.add_typer(agent.app, name="agent")
app.add_typer(phone.app, name="phone")
app.add_typer(did.app, name="did")
app.add_typer(call_time.app, name="call-time")
app.add_typer(holiday.app, name="holiday")
app.add_typer(container.app, name="container")
app.add_typer(preset.app, name="preset")
app.add_typer(group_alias.app, name="group-alias")
app.add_typer(setting.app, name="setting")
app.add_typer(api_user.app, name="api-user")
app.add_typer(api_token.app, name="api-token")
app.add_typer(call.app, name="call")
app.add_typer(callback.app, name="callback")
app.add_typer(audit.app, name="audit")
app.add_typer(route.app, name="route")
app.add_typer(explain.app, name="explain")
app.add_typer(doctor.app, name="doctor")
app.add_typer(db.app, name="db")
app.add_typer(lab.app, name="lab")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line, and end the process: with 0, or one line on stderr and 1, 3, 4 or 5."""
    try:
        code = app(arguments, prog_name="warmline", standalone_mode=False)
    except NotFound as error:
        complain(error)
        code = NOT_FOUND
    except AppAway as error:
        complain(error)
        code = APP_AWAY
    except AppRefused as error:
        complain(error)
        code = REFUSED
    except (OptionError, Conflict, StoreError, SettingsError) as error:
        complain(error)
        code = FAILED
    except (typer.TyperException, typer.Abort) as error:
        if text := _of_command_line(error):
            complain(text)
        code = FAILED
    sys.exit(code)


def _of_command_line(error: Exception) -> str:
    """What is wrong with the command line; nothing when the help has been printed instead."""
    if isinstance(error, typer.Abort):
        return "broken off"
    whole = getattr(error, "format_message", error.__str__)  # with what was meant, where typer has an idea
    return str(whole()).replace("\n", " ")
