"""The File menu: workspaces, backups, settings."""

from __future__ import annotations

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit.file_dialogs import ask_folder, ask_where
from ucapdesk.ui.toolkit.plain_text import ask
from ucapdesk.ui.window.command_table import window_command
from ucapdesk.ui.window.commands.command_context import CommandContext

window_command("file.new", "New workspace…")(lambda at: at.window.open_other(None))
window_command("file.sample", "Open sample")(lambda at: at.window.sample_wanted.emit())
window_command("file.close", "Close window", "Ctrl+W")(lambda at: at.window.close())
window_command("file.quit", "Quit", "Ctrl+Q")(lambda at: at.window.close())


@window_command("file.open", "Open workspace…")
def open_workspace(at: CommandContext) -> None:
    """Open another workspace here."""
    if folder := ask_folder(at.window, tr("action", "Open workspace…")):
        at.window.open_other(folder)


@window_command("sample.throw_away")
def throw_sample_away(at: CommandContext) -> None:
    """Remove the sample with all changes made in it; the one step that cannot be undone."""
    said = tr(
        "window",
        "The sample and everything you tried in it are removed from this computer. Your own workspaces stay "
        "as they are. The sample can be created again at any time.",
    )
    if ask(at.window, "throw_away", said, [tr("window", "Remove"), tr("window", "Keep it")]) == 0:
        at.window.thrown_away.emit()


@window_command("file.backup", "Save a backup…")
def save_backup(at: CommandContext) -> None:
    """Write everything into one backup file."""
    from ucapdesk.services.workspaces import maintenance

    window, workspace = at.window, at.desk.workspace
    suggested = f"{workspace.path.name if workspace.protected else workspace.name}.ucapbackup"
    if target := ask_where(window, tr("action", "Save a backup…"), suggested, "UCAPDesk (*.ucapbackup)"):
        window.work.run(
            tr("work", "Writing the backup {file}", file=target.name),
            lambda progress: maintenance.backup(at.desk, target, progress=progress.step),
            lambda _: window.say(tr("window", "The backup {file} was written.", file=target.name)),
        )


@window_command("file.check", "Check the workspace")
def check(at: CommandContext) -> None:
    """Check the whole workspace and report what was found."""
    from ucapdesk.services.workspaces import maintenance

    def checked(report: maintenance.CheckReport) -> None:
        if report.ok:
            at.window.say(maintenance.say_well(report))
            return
        told = tr("work", "Problems were found in the workspace. Nothing was changed; keep a backup and show "
                          "this to somebody who knows the program:")  # fmt: skip
        at.window.tell("\n".join([told, "", *(finding.what.say() for finding in report.findings)]))

    at.window.work.run(
        tr("work", "Checking the workspace"),
        lambda progress: maintenance.check(at.desk, progress=progress.step),
        checked,
    )


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
