"""Says what an e-mail address looks like within a text."""

from __future__ import annotations

import re

EMAIL = re.compile(r"(?<![\w.+])\w[\w.+'-]{0,63}@(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w-])")
