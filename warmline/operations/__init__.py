"""What people and programs can read or change, each said once: a file a subject, a function an operation."""
