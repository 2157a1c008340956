"""The locks of an API user after wrong passwords, which the running app knows."""

from http import HTTPStatus

from warmline import settings
from warmline.cli import running_app
from warmline.cli.output import complain


def tell(name: str) -> None:
    """Say from where the user is locked and until when; nothing if no app runs."""
    try:
        found = running_app.get(settings.load(), f"api-users/{name}/locks")
    except (running_app.AppAway, running_app.AppRefused):
        return
    for one in found:
        complain(f"locked from {one['address']} until {one['until']}; end it with: warmline api-user unlock {name}")


def end(name: str) -> int:
    """End the locks; how many there were. Raises AppAway, AppRefused."""
    return int(running_app.post(settings.load(), f"api-users/{name}/unlock", {}, done=HTTPStatus.OK)["locks"])
