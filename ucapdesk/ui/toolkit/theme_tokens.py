"""The colours of the window by purpose; every pair of text and background has enough contrast."""

from __future__ import annotations

from typing import NamedTuple


class Tokens(NamedTuple):
    """The colours by purpose. ``ok``, ``warn``, ``error`` and ``accent`` each have a tint as background."""

    window: str
    surface: str
    sunken: str
    hover: str
    selection: str
    text: str
    text2: str
    placeholder: str
    disabled: str
    border: str
    control: str
    accent: str
    on_accent: str
    tint: str
    ok: str
    ok_tint: str
    warn: str
    warn_tint: str
    error: str
    error_tint: str

    def level(self, name: str) -> tuple[str, str]:
        """Return the ink and the ground of a level: info, ok, warn or error."""
        return (self.accent, self.tint) if name == "info" else (getattr(self, name), getattr(self, f"{name}_tint"))


LIGHT = Tokens(
    window="#F4F5F7", surface="#FFFFFF", sunken="#E9ECF0", hover="#EEF3F8", selection="#CFE3F5",
    text="#1C2430", text2="#4B5666", placeholder="#66707F", disabled="#8B94A1",
    border="#D3D8DF", control="#77818F", accent="#0F5FA6", on_accent="#FFFFFF", tint="#E1EDF8",
    ok="#1B6E3A", ok_tint="#E3F3E8", warn="#7A5200", warn_tint="#FFF1D0", error="#B3261E", error_tint="#FCE8E6",
)  # fmt: skip
DARK = Tokens(
    window="#1A1E24", surface="#22272F", sunken="#14171C", hover="#2A313B", selection="#274A6B",
    text="#ECEFF3", text2="#B6BFCB", placeholder="#97A2B1", disabled="#6B7583",
    border="#3A424E", control="#7F8A99", accent="#74B6F2", on_accent="#0B1B2B", tint="#1C3650",
    ok="#74CF93", ok_tint="#16341F", warn="#F0C062", warn_tint="#3B2F10", error="#FF9A91", error_tint="#47201D",
)  # fmt: skip


_STRONGER = {
    LIGHT: {"accent": "#0B4A85", "ok": "#14532B", "warn": "#5C3D00", "error": "#8C1D18"},
    DARK: {"accent": "#9CCDFA", "ok": "#8FE0AA", "warn": "#F5CF85", "error": "#FFB4AD"},
}


def strong(t: Tokens) -> Tokens:
    """Return the colours for users who want more contrast: borders like text, nothing tinted, no ink paler than needed."""
    return t._replace(
        text2=t.text, placeholder=t.text2, disabled=t.placeholder, border=t.text, control=t.text,
        tint=t.surface, ok_tint=t.surface, warn_tint=t.surface, error_tint=t.surface, **_STRONGER[t],
    )  # fmt: skip


_LOOKS = {
    "arrival departure flight transfer train checkin checkout": ((LIGHT.text2, LIGHT.sunken), (DARK.text2, "#2C333D")),
    "meeting internal": ((LIGHT.accent, LIGHT.tint), (DARK.accent, DARK.tint)),
    "site_visit culture": ((LIGHT.ok, LIGHT.ok_tint), (DARK.ok, DARK.ok_tint)),
    "meal banquet": (("#8A4B00", "#FDEBD9"), ("#F2B27A", "#3F2A12")),
    "signing": (("#7A2E7A", "#F6E6F6"), ("#E3A6E3", "#3D1F3D")),
    "free buffer": (("#00696B", "#DFF3F2"), ("#6FD0CD", "#12383A")),
}
ITINERARY_LOOKS = {code: look for codes, look in _LOOKS.items() for code in codes.split()}
"""Ink and ground of a programme item in light and in dark, by the codes of ``reference/itinerary_kind.json``. A word always goes with it."""
