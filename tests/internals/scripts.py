"""What scripts tests need of internals."""
# ruff: noqa: F401 - the suite imports these names from here

from cli.system import script_skeleton
from warmline.agi.sessions import session_file, session_masks, session_player, session_recorder
from warmline.agi.sessions.session_file import ASTERISK, SCRIPT, SessionError, SessionLine, SessionStep
from warmline.agi.sessions.session_link import ScriptLink, ScriptMissing, start_script
from warmline.store.configuration import config
from warmline.store.leads import dnc, leads
