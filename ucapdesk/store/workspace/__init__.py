"""A workspace on disk: its folder, databases, lock, devices, drafts and schema.

One process writes a workspace (the lock); a second start brings its window forward. A copied workspace is noticed
because the keys lie in the user's folder with path, disk and number of the file they write. An older workspace is
copied, then moved on, when it is opened; a passphrase is taken unless it is blank.
"""
