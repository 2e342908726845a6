"""The Home page, reminders and notices."""
