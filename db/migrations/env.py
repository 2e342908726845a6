"""Runs the steps of ``versions/`` on the connection that ``ucapdesk.store.workspace.database`` hands over.

That connection is inside one transaction already, so a step that fails leaves nothing behind.
"""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
context.run_migrations()
