"""Work on the files of recordings: in the worker process, and for it in the media process of another machine."""
