"""Words that an option holds instead of a name: no in-group, no list of numbers, no sound file."""

NONE_GROUP = "---NONE---"
NO_LIST = "DISABLED"
NO_FILE = "---NONE---"
