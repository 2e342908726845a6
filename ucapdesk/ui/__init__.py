"""The user interface. Only this package and ``app`` import Qt; it writes only through the services."""

from __future__ import annotations

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide 6.12 gives back references to True and None that it never took, at every emit() and at every slot; after
    # some hundred of them Python would end. From 3.12 on these cannot be freed; this makes them last as well as that.
    for _lasting in (True, False, None):
        ctypes.c_ssize_t.from_address(id(_lasting)).value += 1 << 40
