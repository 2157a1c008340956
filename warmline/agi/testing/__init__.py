"""Tests of AGI scripts without Asterisk: a caller in the process of the test.

`Call` is the caller, `load` reads a script's file, and `new_database` creates a database with in-groups, agents and
DIDs for scripts that use them. docs/reference/generated/agi-library.md describes them.
"""

from warmline.agi.questions.queues_and_agents import AgentAnswer, QueueAnswer
from warmline.agi.testing.applications import MissingAnswer
from warmline.agi.testing.known_sounds import MissingSound
from warmline.agi.testing.loaded_scripts import load, new_database
from warmline.agi.testing.script_call import ScriptCall as Call

__all__ = ["AgentAnswer", "Call", "MissingAnswer", "MissingSound", "QueueAnswer", "load", "new_database"]
