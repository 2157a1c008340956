"""The note that `config apply` leaves about the files of an import, so that `import undo` takes them back, too."""

from pathlib import Path

from warmline.centre import app_client
from warmline.centre.place import machine
from warmline.system.current_user import claimed_name

SOURCE = "import-source.txt"  # beside the files of an import: the source that they are of


def keep(folder: Path, revision: int) -> None:
    """Record that a revision has the configuration of an import, if the folder has one. Raises StoreError.

    Nothing is recorded at an app elsewhere.
    """
    try:
        source = (folder / SOURCE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return
    settings = machine(app_client.records())
    if settings is None:
        return
    from warmline_contrib.imports.store import import_configuration

    import_configuration.keep_revision(settings.db, source, claimed_name(), revision)
