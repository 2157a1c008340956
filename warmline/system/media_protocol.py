"""The words between the app and the media process at another Asterisk, which looks after the recordings there.

They travel through the gate of that server, which checks the app's password and epoch, and passes them on to a socket.
"""

SOCKET = "media"  # in the folder `run` of that machine
PREFIX = "/warmline/media/"
FILE, DIGEST, MEASURE, CONVERT = (f"{PREFIX}{name}" for name in ("file", "digest", "measure", "convert"))
VERSION_HEADER, VERSION = "X-Warmline-Media", "2"  # raised with each change that a former program would get wrong
SIZE_HEADER, CHANGED_HEADER = "X-File-Size", "X-File-Changed"  # of a piece: bytes, nanoseconds since 1970 UTC
PIECE = 1 << 20  # bytes in one step, at most
SHORT, LONG = 20.0, 960.0  # seconds for a piece or a deletion; for a measurement or a conversion
