"""The layout of files that FreePBX writes into Asterisk's folder: its own files include others for an administrator."""

from pathlib import Path

GENERATED = {
    "extensions.conf": """\
; Generated; the next change in the web pages writes this file again.
#include extensions_override_freepbx.conf
#include extensions_additional.conf
#include extensions_custom.conf
[from-trunk]
include => from-pstn
[from-pstn]
include => from-pstn-custom
include => ext-did
[from-internal]
include => from-internal-xfer
[from-internal-xfer]
include => from-internal-custom
include => from-internal-additional
""",
    "extensions_additional.conf": """\
[ext-did]
exten => 8005550100,1,Goto(warmline-ingroup,SALESLINE,1)
exten => 8005550101,1,Goto(warmline-agent,1000,1)
exten => 8005550102,1,Goto(ext-queues,600,1)
[ext-queues]
exten => 600,1,Answer()
 same => n,Playback(vm-nobodyavail)
 same => n,Hangup()
[from-internal-additional]
exten => 1000,1,Dial(PJSIP/1000,20)
 same => n,Hangup()
""",
    "ari.conf": """\
[general]
#include ari_general_additional.conf
#include ari_general_custom.conf
#include ari_additional.conf
#include ari_additional_custom.conf
""",
    "ari_general_additional.conf": "enabled=yes\npretty=no\nwebsocket_write_timeout=100\nallowed_origins=localhost\n",
    "ari_additional.conf": "[freepbxuser]\ntype=user\npassword=aLongOneOfFreepbx\nread_only=no\n",
    "http.conf": "#include http_additional.conf\n#include http_custom.conf\n",
}
EMPTY = (
    "ari_additional_custom.conf",
    "ari_general_custom.conf",
    "extensions_custom.conf",
    "extensions_override_freepbx.conf",
    "http_custom.conf",
)
OWN = {"ari_additional_custom.conf", "extensions_custom.conf"}  # those to which an installation adds lines


def write(etc: Path, port: int = 8088) -> None:
    """Write the files; Asterisk's own HTTP server has this port. The files for an administrator are empty."""
    for name, text in GENERATED.items():
        (etc / name).write_text(text)
    (etc / "http_additional.conf").write_text(f"[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport={port}\n")
    for name in EMPTY:
        (etc / name).touch(mode=0o640)
