"""The window: what a coordinator sees. The only importer of Qt beside ``app``; writes only through the services."""
