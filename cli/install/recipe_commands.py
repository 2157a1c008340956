"""`warmline install --recipe`, `--recipes` and `warmline uninstall --recipe`: recipes of the cookbook."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cli.install import InstallError, install_manifest, recipe_plan, recipes
from cli.output.confirm import confirm
from cli.output.json_output import VERSION, print_json
from cli.output.table import print_table

if TYPE_CHECKING:
    from cli.install.file_changes import FileChange
    from cli.install.install_paths import InstallPaths
    from cli.install.install_plan import InstallPlan

RELOAD = "asterisk -rx 'dialplan reload'"


def show_all(record: Path, *, as_json: bool) -> None:
    """Print the recipes, and which of them are installed."""
    installed = _installed(record)
    found = [recipes.find(name) for name in recipes.names()]
    if as_json:
        print_json({"version": VERSION, "recipes": [_as_json(one, installed) for one in found]})
        return
    rows = [[one.name, _mark(one.name, installed), one.about] for one in found]
    print_table(["recipe", "installed", "what it does"], rows)


def install(places: "InstallPaths", name: str, number: str, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Show the changes of a recipe, ask, and make them. Raises Declined, InstallError, InvalidArgument, OSError."""
    recipe = recipes.find(name)
    plan = recipe_plan.make(places, recipe, number, install_manifest.read(places.record))
    if not as_json:
        _show(plan)
    if plan.changes and not dry_run:
        if not yes:
            confirm("Make these changes?")
        install_manifest.add(places.record, plan.changes)
    if as_json:
        print_json(_plan_json(name, plan, dry_run=dry_run))
    elif dry_run:
        print("\nNothing has been changed.")
    else:
        _show_next(recipe)


def uninstall(record: Path, name: str, *, dry_run: bool, yes: bool) -> list[str]:
    """Show the changes of a recipe, ask, and undo them. Return what could not be undone.

    Raises Declined, InstallError, OSError.
    """
    changes = [change for change in install_manifest.read(record) if change.recipe == name]
    if not changes:
        recipes.find(name)
        print(f"The recipe {name} is not installed.")
        return []
    for change in reversed(changes):
        print(f"- {change.kind} {change.path}")
    if dry_run:
        print("\nNothing has been changed.")
        return []
    if not yes:
        confirm("Undo these changes?")
    if in_the_way := install_manifest.take_back(record, name):
        return in_the_way
    print(f"The changes are undone. Then:\n  {RELOAD}")
    return []


def _show(plan: "InstallPlan") -> None:
    from cli.install.file_changes import diff

    for change in plan.changes:
        for line in diff(change):
            print(line)
    if not plan.changes:
        print("The recipe is installed already.")
    for text in plan.later:
        print(f"· {text}")
    for note in plan.notes:
        print(f"! {note}")


def _show_next(recipe: recipes.Recipe) -> None:
    print(f"\nDone. Then:\n  {RELOAD}")
    for heading, told in (("Before the first call:", recipe.before), ("Try it:", recipe.trial)):
        if told:
            print(heading, *told, sep="\n  ")


def _installed(record: Path) -> set[str] | None:
    """Return the names of the installed recipes; None if this user cannot read the record."""
    with suppress(InstallError, PermissionError):
        return {change.recipe for change in install_manifest.read(record)}
    return None


def _mark(name: str, installed: set[str] | None) -> str:
    return "?" if installed is None else "yes" if name in installed else ""


def _as_json(recipe: recipes.Recipe, installed: set[str] | None) -> dict[str, object]:
    return {
        "name": recipe.name,
        "about": recipe.about,
        "before": recipe.before,
        "try": recipe.trial,
        "files": [str(path) for path in (recipe.dialplan, recipe.script) if path],
        "installed": None if installed is None else recipe.name in installed,
    }


def _plan_json(name: str, plan: "InstallPlan", *, dry_run: bool) -> dict[str, object]:
    return {
        "version": VERSION,
        "recipe": name,
        "done": not dry_run,
        "changes": [_change_json(change) for change in plan.changes],
        "notes": [*plan.later, *plan.notes],
    }


def _change_json(change: "FileChange") -> dict[str, str]:
    return {"kind": change.kind, "path": change.path, "text": change.text}
