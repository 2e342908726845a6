"""What opens beside the record: settings, previews, reports, workspaces."""
