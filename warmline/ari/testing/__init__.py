"""Tests of ARI scripts without Asterisk and without a network: the parties are in the process of the test.

`world` is a block in which `connect` reaches these parties, and in which time takes no time. docs/how-to/ari-scripts.md
has an example.
"""

from warmline.agi.testing import MissingSound, load, new_database
from warmline.ari.testing.script_party import ScriptParty as Party
from warmline.ari.testing.script_world import ScriptWorld as World
from warmline.ari.testing.script_world import Stuck, world
from warmline.ari.testing.simulated_things import Recording

__all__ = ["MissingSound", "Party", "Recording", "Stuck", "World", "load", "new_database", "world"]
