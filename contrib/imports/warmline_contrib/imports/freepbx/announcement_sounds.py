"""Names the sound files of FreePBX's recordings, which its tables have by number."""

from warmline.options.option_table import INGROUP
from warmline_contrib.imports.converted_value import Reading, kept, lost, not_needed
from warmline_contrib.imports.freepbx.freepbx_source import Tables


class AnnouncementSounds:
    """The files of the recordings by number."""

    def __init__(self, tables: Tables) -> None:
        self._files = {row.get("id", ""): row.get("filename", "") for row in tables.get("recordings", ())}

    def reading(self, number: str, option: str) -> Reading:
        """Return what the recording with this number becomes, as the value of an option of in-groups."""
        if number in ("", "0"):
            return not_needed("nothing plays")
        if not (files := self._files.get(number)):
            return lost(f"recording {number} is not in the source")
        try:
            return kept(**{option: INGROUP.option(option).type.parse(files.replace("&", "|"))})
        except ValueError:
            return lost(f"{files} is not a name of sound files")
