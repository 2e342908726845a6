"""The window: what a coordinator sees. The only importer of Qt beside ``app``; writes only through the services."""

from __future__ import annotations

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide 6.12 gives back a reference to True at every emit() that it never took; after some hundred of them Python
    # would end. From 3.12 on the two cannot be freed; this makes them last as well as that.
    for _lasting in (True, False):
        ctypes.c_ssize_t.from_address(id(_lasting)).value += 1 << 40
