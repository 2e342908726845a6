"""The File menu: workspaces, backups, settings."""

from __future__ import annotations

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit.file_dialogs import ask_folder, ask_where
from ucapdesk.ui.toolkit.plain_text import ask
from ucapdesk.ui.window.command_table import window_command
from ucapdesk.ui.window.commands.command_context import CommandContext


@window_command("file.new", "New workspace…")
def new_workspace(at: CommandContext) -> None:
    """Create another workspace and open it here."""
    at.window.open_other(None)


@window_command("file.open", "Open workspace…")
def open_workspace(at: CommandContext) -> None:
    """Open another workspace here."""
    if folder := ask_folder(at.window, tr("action", "Open workspace…")):
        at.window.open_other(folder)


@window_command("file.sample", "Open sample")
def open_sample(at: CommandContext) -> None:
    """Open the sample here."""
    at.window.sample_wanted.emit()


@window_command("sample.throw_away")
def throw_sample_away(at: CommandContext) -> None:
    """Remove the sample with all changes made in it; the one step that cannot be undone."""
    said = tr(
        "window",
        "The sample and everything you tried in it are removed from this computer. Your own workspaces stay "
        "as they are. The sample can be created again at any time.",
    )
    answers = [tr("window", "Remove"), tr("window", "Keep it")]
    if ask(at.window, "throw_away", said, answers) == 0:
        at.window.thrown_away.emit()


@window_command("file.backup", "Save a backup…")
def save_backup(at: CommandContext) -> None:
    """Write everything into one backup file."""
    from ucapdesk.ui.window.jobs import background_tasks

    workspace = at.desk.workspace
    suggested = f"{workspace.path.name if workspace.protected else workspace.name}.ucapbackup"
    if target := ask_where(at.window, tr("action", "Save a backup…"), suggested, "UCAPDesk (*.ucapbackup)"):
        background_tasks.save_backup(at.window, target)


@window_command("file.check", "Check the workspace")
def check(at: CommandContext) -> None:
    """Check the whole workspace and report what was found."""
    from ucapdesk.ui.window.jobs import background_tasks

    background_tasks.check(at.window)


@window_command("file.settings", "Settings…", "Ctrl+,")
def show_settings(at: CommandContext) -> None:
    """Open the settings; each choice is applied at once."""
    from ucapdesk.ui.settings.settings_dialog import SettingsDialog

    SettingsDialog(at.desk, at.window).ask()


@window_command("file.house_style", "House style of papers…")
def show_house_style(at: CommandContext) -> None:
    """Open the house style: letterhead, colour, cover picture, badges and footer of papers."""
    from ucapdesk.ui.settings.house_style_dialog import HouseStyleDialog

    HouseStyleDialog(at.desk, at.window).ask()


@window_command("file.close", "Close window", "Ctrl+W")
@window_command("file.quit", "Quit", "Ctrl+Q")
def close(at: CommandContext) -> None:
    """Close the window."""
    at.window.close()
