"""Meetings and their actions."""
