"""Dialogs and pages that stand beside the records: home, settings, first start, workspaces, import reports."""
