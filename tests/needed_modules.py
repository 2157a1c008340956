"""Asterisk's modules without those that no test needs: loading the others takes most of Asterisk's start.

Programs that a test executes load all modules that their configuration names, such as `warmline lab up`.
"""

import atexit
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from warmline.system.asterisk_requirements import OPUS_MODULES

# Names of modules without ".so". A dialplan of a test, a recipe or a page uses none of them.
LEFT_OUT = re.compile(
    # call records, lines other than SIP, codecs and formats that no phone of the tests speaks
    r"(cdr|cel)_.*|chan_(console|iax2|motif|unistim|websocket)"
    r"|codec_(adpcm|amr|codec2|g722|g726|gsm|lpc10|speex)"
    r"|format_(g7.*|gsm|h26.|ilbc|ogg_.*|siren.*|vox|vp8|wav_gsm)|res_format_attr_(?!opus).*"
    # other forms of the dialplan, databases, directories, calendars, faxes, speech, monitoring
    r"|pbx_(ael|dundi|loopback|lua|realtime)|res_ael_share"
    r"|(func|res|res_config)_(odbc.*|realtime|ldap|pgsql|sqlite3)|res_config_curl|res_sorcery_realtime"
    r"|res_(adsi|calendar.*|fax.*|geolocation|hep.*|phoneprov|prometheus|smdi|snmp|statsd|stir_shaken|xmpp)"
    r"|res_(cdrel_custom|clialiases|convert|http_media_cache|http_post|limit|mwi_devstate|parking)"
    r"|res_(resolver_unbound|stun_monitor)"
    r"|res_pjsip_(aoc|config_wizard|geolocation|history|mwi.*|notify|phoneprov_provider|pidf_.*supplement|publish_.*)"
    r"|res_pjsip_(send_to_voicemail|stir_shaken|t38|xpidf_.*)"
    # applications and functions
    r"|app_(adsiprog|agent_pool|alarmreceiver|broadcast|cdr|celgenuserevent|dictate|directory|disa|dtmfstore|externalivr)"
    r"|app_(festival|followme|forkcdr|getcpeid|jack|mf|milliwatt|minivm|morsecode|mp3|page|privacy|readexten|sf|sla|sms)"
    r"|app_(speech_utils|talkdetect|test|voicemail.*|zapateller)"
    r"|func_(aes|blacklist|callcompletion|dialgroup|enum|frame_.*|pitchshift|sayfiles|scramble|speex|srv|sysinfo|vmcount)"
)


@cache
def needed_modules(modules: Path | None) -> Path | None:
    """Return a folder that links the modules that tests need; None for those of the machine's own Asterisk."""
    if modules is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="asterisk-modules-"))
    atexit.register(shutil.rmtree, folder)
    folder.chmod(0o755)  # an Asterisk of another user reads it
    for file in modules.iterdir():
        if file.name in OPUS_MODULES or not LEFT_OUT.fullmatch(file.stem):
            (folder / file.name).symlink_to(file.resolve())
    return folder
