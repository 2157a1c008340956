"""Values that mean "none" in an option: no in-group, no list of numbers, no sound file."""

NONE_GROUP = "---NONE---"
NO_LIST = "DISABLED"
NO_FILE = "---NONE---"
