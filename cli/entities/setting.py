"""`warmline setting …`: options of the whole system. Settings have no names, because there is only one set."""

from cli.arguments.entity_arguments import Pairs
from cli.entities.entity import change, show_one
from cli.entities.entity_edit import edit_one
from cli.output.json_output import Json
from warmline.options.option_table import SETTING


def show(as_json: Json = False) -> None:
    show_one(SETTING, SETTING.only, as_json)


def set_options(options: Pairs = None, as_json: Json = False) -> None:
    change(SETTING, SETTING.only, options, as_json)


def edit() -> None:
    edit_one(SETTING, SETTING.only)
