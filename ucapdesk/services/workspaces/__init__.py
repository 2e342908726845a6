"""Workspaces as a whole: created and opened by ``workspace_service``, the sample, maintenance."""
