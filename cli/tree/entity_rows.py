"""The commands of what can be configured: the same for all that has names."""

from functools import partial

from cli.tree.tree_row import TreeCommand
from warmline.text.article import article

CREATE, COPY = "cli.entities.entity:create_one", "cli.entities.entity:copy_one"


def entity(kind: str, create: str = CREATE, copy: str = COPY) -> tuple[TreeCommand, ...]:
    """The rows of a kind; `create` and `copy`: what makes one, where that takes more than its options."""
    one = article(kind)
    table = (
        ("list", "cli.entities.entity:list_all", f"Every {kind}, with what differs from the defaults."),
        ("show", "cli.entities.entity:show", f"Every option of {one}."),
        ("create", create, f"Make {one}; options not given have their defaults."),
        ("copy", copy, f"Make {one} like another."),
        ("set", "cli.entities.entity:set_options", f"Change options of {one}: all of them, or none."),
        ("edit", "cli.entities.entity_edit:edit", f"Change options of {one} in your editor."),
        ("delete", "cli.entities.entity:delete", f"Take {one} away, if nothing uses it."),
        ("describe", "cli.entities.entity_describe:describe", "What the options mean and allow."),
    )
    return tuple(TreeCommand(name, target, said, partial(_example, kind, name)) for name, target, said in table)


def api_user(kind: str) -> tuple[TreeCommand, ...]:
    """The rows of API users."""
    unlock = TreeCommand("unlock", "cli.entities.api_user:unlock", "End the locks after wrong passwords.", "6666")
    return *entity(kind), unlock


def api_token(kind: str) -> tuple[TreeCommand, ...]:
    """The rows of API tokens."""
    renew = TreeCommand(
        "renew",
        "cli.entities.api_token:renew",
        "Make another token; the one before is worth nothing from now on.",
        "crm",
    )
    return *entity(kind, "cli.entities.api_token:create", "cli.entities.api_token:copy"), renew


def _example(kind: str, command: str) -> str:
    """The arguments in a command's example; the option table is loaded only for them."""
    from warmline.options.option_table import ENTITIES

    name, *pairs = ENTITIES[kind].example
    return {
        "show": name,
        "create": " ".join((name, *pairs)),
        "copy": " ".join((name, f"{name[:5]}2", *(pair for pair in pairs if pair.endswith("=-")))),
        "set": " ".join((name, *pairs[:1])),
        "edit": name,
        "delete": name,
        "describe": pairs[0].split("=")[0] if pairs else "",
    }.get(command, "")


def _setting(command: str) -> str:
    from warmline.options.option_table import SETTING

    return {"set": SETTING.example[0], "describe": SETTING.option_names[0]}[command]


SETTING = (
    TreeCommand("show", "cli.entities.setting:show", "Every setting."),
    TreeCommand(
        "set",
        "cli.entities.setting:set_options",
        "Change settings: all of them, or none.",
        partial(_setting, "set"),
    ),
    TreeCommand("edit", "cli.entities.setting:edit", "Change settings in your editor."),
    TreeCommand(
        "describe",
        "cli.entities.entity_describe:describe",
        "What the settings mean and allow.",
        partial(_setting, "describe"),
    ),
)
