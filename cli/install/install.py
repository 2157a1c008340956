"""`warmline install` and `warmline uninstall`: connect Warmline to an Asterisk, and remove it again."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.arguments import completion
from cli.output.confirm import confirm
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json
from cli.output.printing import complain
from warmline.system import settings
from warmline.system.database_address import is_address
from warmline.system.gate_protocol import epoch_file

if TYPE_CHECKING:
    from cli.install.file_changes import FileChange
    from cli.install.install_paths import InstallPaths
    from cli.install.install_plan import InstallPlan

FAILED = 1
API_USER = "warmline-api"
ETC, UNITS, BIN = Path("/etc/asterisk"), Path("/etc/systemd/system"), Path("/usr/bin")


def recipe_names(incomplete: str) -> list[str]:
    """Return the names of recipes that begin so."""
    from cli.install import recipes

    return completion.beginning(incomplete, recipes.names())


def deny_countries(incomplete: str) -> list[str]:
    """Return the countries with a ready deny list that begin so, behind those that are typed already."""
    from warmline.options.deny_lists import DENY_LISTS

    *typed, last = incomplete.split(",")
    return [",".join((*typed, one)) for one in completion.beginning(last, DENY_LISTS) if one not in typed]


Etc = Annotated[
    Path, typer.Option("--etc", metavar="DIR", readable=False, help="The folder of Asterisk's configuration.")
]
Units = Annotated[Path, typer.Option("--units", metavar="DIR", readable=False, help="The folder of systemd's units.")]
Bin = Annotated[
    Path,
    typer.Option(
        "--bin",
        metavar="DIR",
        readable=False,
        help="The folder of programs. `install` creates a link to `warmline` there.",
    ),
]
User = Annotated[str, typer.Option("--user", metavar="NAME", help="The user and the group under which Asterisk runs.")]
ApiUser = Annotated[
    str,
    typer.Option(
        "--api-user",
        metavar="NAME",
        help="The user under which the API process runs. `install` creates a missing user.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Show the changes, and change nothing.")]
Trunk = Annotated[
    str, typer.Option("--from-trunk", metavar="CONTEXT", help="Send the calls of this dialplan context to Warmline.")
]
NewPassword = Annotated[
    bool,
    typer.Option(
        "--new-password",
        help="Replace the ARI password in ari.conf and secrets.toml, and change nothing else.",
    ),
]
Login = Annotated[
    str,
    typer.Option(
        "--login", metavar="EXTEN@CONTEXT", help="The extension that agents dial to log in, such as 700@phones."
    ),
]
BrowserPhones = Annotated[
    bool, typer.Option("--browser-phones", help="Add the endpoint of browser phones to pjsip.conf.")
]
Gate = Annotated[
    str,
    typer.Option(
        "--gate",
        metavar="HOST:PORT",
        help="Install a media server, whose app is on another machine: the guard with a gate at this address, and the "
        "media process.",
    ),
]
Recipe = Annotated[
    str,
    typer.Option(
        "--recipe",
        metavar="NAME",
        help="Only this recipe of the cookbook, such as language-menu.",
        autocompletion=recipe_names,
    ),
]
Recipes = Annotated[bool, typer.Option("--recipes", help="List the recipes of the cookbook, and change nothing.")]
Number = Annotated[
    str,
    typer.Option(
        "--number",
        metavar="EXTEN@CONTEXT",
        help="With --recipe: an extension that leads to the recipe, such as 799@from-phones.",
    ),
]
DenyList = Annotated[
    str,
    typer.Option(
        "--deny-list",
        metavar="COUNTRIES",
        autocompletion=deny_countries,
        help="Add numbers of DE, GB, US, CA or FR to dial_deny: premium, satellite, forwarding.",
    ),
]


def install(
    etc: Etc = ETC,
    units: Units = UNITS,
    command: Bin = BIN,
    user: User = "",
    api_user: ApiUser = API_USER,
    from_trunk: Trunk = "",
    login: Login = "",
    browser_phones: BrowserPhones = False,
    gate: Gate = "",
    new_password: NewPassword = False,
    recipe: Recipe = "",
    number: Number = "",
    recipes: Recipes = False,
    deny_list: DenyList = "",
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    from cli.install import InstallError, install_manifest, media_server, recipe_commands
    from cli.install import install_paths as all_places
    from cli.install import install_plan as planning

    if (number and not recipe) or (as_json and not (recipe or recipes)):
        raise InvalidArgument("recipe_options_alone", "--number needs --recipe, and --json needs --recipe or --recipes")
    if recipe and (new_password or from_trunk or login):
        raise InvalidArgument(
            "recipe_with_others", "--recipe installs the recipe alone; leave out --from-trunk, --login, --new-password"
        )
    if deny_list and (recipe or recipes or new_password or from_trunk or login):
        raise InvalidArgument(
            "deny_list_with_others", "--deny-list changes campaigns alone; leave the other options out"
        )
    try:
        file = Path(_known()[0].db).parent / install_manifest.NAME
        if deny_list:
            from cli.install import campaign_denials

            campaign_denials.add(_known()[0].db, deny_list, dry_run=dry_run, yes=yes)
            return
        if recipes:
            recipe_commands.show_all(file, as_json=as_json)
            return
        if recipe:
            places = all_places.find(*_known(), etc.resolve(), units, user, command)
            recipe_commands.install(places, recipe, number, dry_run=dry_run, yes=yes, as_json=as_json)
            return
        if install_manifest.is_broken_off(file) and not dry_run:
            print("An installation was interrupted. Its changes are undone first.")
            _take_back_first(file, yes=yes)
        places = all_places.find(*_known(), etc.resolve(), units, user, command, api_user)
        places = media_server.on_it(places, gate)
        if new_password:
            _renew_password(places, dry_run=dry_run, yes=yes)
            return
        wishes = planning.InstallOptions(from_trunk, login, browser_phones)
        plan = planning.make(places, wishes, install_manifest.read(file))
        _show(plan)
        if dry_run:
            print("\nNothing has been changed.")
        elif plan.changes:
            if not yes:
                confirm("Make these changes?")
            _carry_out(places, plan)
    except InstallError as error:
        complain(error)
        raise typer.Exit(FAILED) from None
    except OSError as error:
        way_out = (
            settings.may_not() if isinstance(error, PermissionError) else "undo the changes with: warmline uninstall"
        )
        complain(f"{error.filename}: {error.strerror}; {way_out}")
        raise typer.Exit(FAILED) from None


def uninstall(recipe: Recipe = "", dry_run: Dry = False, yes: Yes = False) -> None:
    from cli.install import InstallError, install_manifest, recipe_commands

    known, settings_file = _known()
    file = Path(known.db).parent / install_manifest.NAME
    try:
        if recipe:
            _tell_failed(recipe_commands.uninstall(file, recipe, dry_run=dry_run, yes=yes))
            return
        changes = install_manifest.read(file)
        if not changes:
            print(f"Nothing is installed: there is no {file}")
            return
        _list(changes)
        epoch = epoch_file(known.spool)
        if epoch.exists():
            print(f"- file {epoch}")
        print(f"These stay: {_staying(known)}.")
        if dry_run:
            print("\nNothing has been changed.")
            return
        _refuse_beside_what_runs(known.db, settings_file)
        if not yes:
            confirm("Undo these changes?")
            _refuse_beside_what_runs(known.db, settings_file)
        epoch.unlink(missing_ok=True)  # before its folder, which is then empty
        _take_back(file)
        if full := [one.path for one in changes if one.kind == "folder" and Path(one.path).exists()]:
            print(f"Not empty, so it stays: {', '.join(full)}")
        print("The changes are undone. Then:\n  asterisk -rx 'core reload'")
        if any(change.path.endswith(".service") for change in changes):
            print("  systemctl daemon-reload")
    except InstallError as error:
        complain(error)
        raise typer.Exit(FAILED) from None
    except OSError as error:
        way_out = f"; {settings.may_not()}" if isinstance(error, PermissionError) else ""
        complain(f"{error.filename}: {error.strerror}{way_out}")
        raise typer.Exit(FAILED) from None


def _renew_password(places: "InstallPaths", *, dry_run: bool, yes: bool) -> None:
    """Show the change, ask, write it, and print which programs must read it again.

    Raises Declined, InstallError, OSError.
    """
    from cli.install import new_password

    renewal = new_password.make(places)
    for line in renewal.diff():
        print(line)
    if dry_run:
        print("\nNothing has been changed.")
        return
    if not yes:
        confirm("Make these changes?")
    renewal.carry_out(places)
    print("\nDone. Calls in progress are not affected. Then:\n  asterisk -rx 'module reload res_ari.so'")
    print("  systemctl restart warmline-guard warmline")


def _take_back_first(file: Path, *, yes: bool) -> None:
    """Show the changes of an interrupted installation, ask, and undo them. Raises Declined, InstallError, OSError."""
    from cli.install import install_manifest

    _list(install_manifest.read(file))
    if not yes:
        confirm("Undo these changes?")
    _take_back(file)
    print()


def _list(changes: "list[FileChange]") -> None:
    for change in reversed(changes):
        print(f"- {change.kind} {change.path}{', if it is then empty' if change.kind == 'folder' else ''}")


def _staying(known: settings.Settings) -> str:
    """Return the files that `uninstall` leaves: calls, recordings, and what the administrator made for the gate."""
    beside = "its spill file and the key of links to recordings"
    database = [f"the database {known.db} with {beside}"] if is_address(known.db) or Path(known.db).exists() else []
    of_gate = {known.gate_certificate, known.gate_key} - {""}
    if gate := sorted(one for one in of_gate if Path(one).exists()):
        database.append(f"the gate's certificate and key ({', '.join(gate)})")
    *others, last = [*database, f"the recordings in {known.recordings}"]
    return f"{', '.join(others)}, and {last}" if others else last


def _refuse_beside_what_runs(db: str, settings_file: Path) -> None:
    """Refuse to uninstall while a process of Warmline runs; wait for those that systemd stops.

    A running process would continue without its unit and its secrets, and no service would restart it. Raises
    StoreError.
    """
    from cli.install import systemd_units
    from warmline.store.database.database import StoreError
    from warmline.store.database.leader_lock_file import lead
    from warmline.system import guard_lock, systemd_service

    units = [unit.name for unit in systemd_units.UNITS] if settings_file == Path(settings.DEFAULT_FILE) else []
    if running := systemd_service.wait_until_stopped(units):
        raise StoreError(
            "units_run",
            "Warmline runs, so nothing was changed; stop it first: systemctl disable --now {units}",
            units=" ".join(running),
        )
    if is_address(db) or Path(db).exists():
        lead(db).close()
    if settings_file.exists() and guard_lock.is_guarded(settings_file):
        raise StoreError("guard_runs", "the guard runs; stop it first: systemctl disable --now warmline-guard")


def _known() -> tuple[settings.Settings, Path]:
    """Return the settings, and the file that contains or will contain them."""
    file = Path(os.environ.get("WARMLINE_CONFIG", settings.DEFAULT_FILE))
    environ = dict(os.environ)
    if not file.exists():
        environ.pop("WARMLINE_CONFIG", None)
    return settings.load(environ), file.absolute()


def _show(plan: "InstallPlan") -> None:
    from cli.install.file_changes import diff
    from cli.install.install_summary import summary

    for change in plan.changes:
        for line in diff(change):
            print(plan.shown(line))
    if plan.changes:
        print(f"\nIn all: {summary(plan.changes)}.")
    else:
        print("Everything is installed already.")
    for text in plan.later:
        print(f"· {text}")
    for note in plan.notes:
        print(f"! {note}")


def _carry_out(places: "InstallPaths", plan: "InstallPlan") -> None:
    from cli.install import database_access, install_manifest, media_server

    def make_database() -> None:
        if not places.media:
            database_access.create(places)

    done = install_manifest.read(places.record)
    is_there = any(not change.recipe for change in done)
    if done and not is_there:
        make_database()
    if done:
        install_manifest.add(places.record, plan.changes)
    else:
        install_manifest.carry_out(places.record, plan.changes, make_database)
    print("\nDone. Then:")
    if places.media and not is_there:
        print(*(f"  {step}" for step in media_server.next_steps(places)), sep="\n")
        return
    print("  asterisk -rx 'core reload'")
    if not is_there:
        print("  fallback, endpoints, configuration: docs/how-to/install.md, steps 3 to 5")
        print("  once there is a campaign: warmline install --deny-list COUNTRIES refuses premium numbers")
    if places.units:
        start = "restart" if is_there else "enable --now"
        units = media_server.START if places.media else "warmline-guard warmline.target"
        print(f"  systemctl daemon-reload && systemctl {start} {units}")
    print("  warmline doctor")


def _take_back(file: Path) -> None:
    from cli.install import install_manifest

    _tell_failed(install_manifest.take_back(file))


def _tell_failed(in_the_way: list[str]) -> None:
    """Print why changes could not be undone. Raises typer.Exit if there are any."""
    for why in in_the_way:
        complain(why)
    if in_the_way:
        raise typer.Exit(FAILED)
