"""The files of recordings, on this machine and on those of other servers."""
