"""What every test gets: no screen, no fonts of the machine, a config folder of its own, and silence."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("helpers") / "no-fonts.conf")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False  # each process, and every program that tests start, would compile all modules again
MEMORY = Path("/dev/shm")
if os.name == "posix" and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**32:  # tests make many folders
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

from tests.helpers.clock import COMPUTER, START, ZONE, FrozenClock, stand_in, stand_still

stand_still()

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from pytestqt.qtbot import _close_widgets

from tests.helpers.made_once import compile_share
from tests.helpers.silence import LogWatch, QtWatch, watched_log
from tests.helpers.waiting import PatientBot
from ucapdesk.base import i18n, logs

if TYPE_CHECKING:
    from tests.helpers.second_story import SecondStory
    from ucapdesk.services import Desk
    from ucapdesk.store.workspace.workspace import Workspace

SOAK = bool(os.environ.get("UCAPDESK_SOAK"))
# Examples share a workspace, and a slow machine (Wine, a virus scanner) is no failure.
ANYWHERE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
settings.register_profile("suite", max_examples=60, deadline=None, derandomize=True, suppress_health_check=ANYWHERE)
settings.register_profile("soak", max_examples=5_000, deadline=None, suppress_health_check=ANYWHERE)
settings.load_profile("soak" if SOAK else "suite")
if not SOAK:  # what happens to be imported makes other examples of the same seed, and is long searched for literals
    providers._get_local_constants = lambda: providers._local_constants
gc.disable()  # what is imported and collected stays: to search it for garbage takes a fifth of that time
# xdist's controller collects no tests, so it goes on without: of 3,000 reports a hundred objects are left, a few kilobytes


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Compile what is to be tested, together with the other test processes."""
    compile_share(folder for arg in session.config.args if (folder := Path(arg).absolute()).is_dir())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long tests to ``make soak``."""
    if not SOAK:
        for item in items:
            if item.get_closest_marker("soak"):
                item.add_marker(pytest.mark.skip(reason="only in `make soak`"))


def pytest_collection_finish() -> None:
    """Spare what is there before the first test from being searched for garbage, which takes a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Close the windows of a test as soon as it ends: pytest-qt would first lay out and draw, for nobody, what they show last."""
    try:
        return (yield)
    finally:
        _close_widgets(item)


_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def _configs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("configs")


@pytest.fixture(autouse=True)
def config_dir(_configs: Path) -> Iterator[Path]:
    """This test's own settings and device identities; ``tmp_path`` takes longer, and most tests keep nothing."""
    folder = _configs / str(next(_NUMBERS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder))
        yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def computer_clock(_as_at_the_start: None) -> FrozenClock:
    """What the program takes for the computer's clock: it too moves only by ``tick`` and ``set``."""
    return COMPUTER


@pytest.fixture
def computer_zone() -> Iterator[Callable[[str], None]]:
    """Move the computer to another zone until the test ends."""
    if os.name == "nt":
        pytest.skip("on Windows all programs are in the zone of the computer")
    yield stand_in
    stand_in(ZONE)


@pytest.fixture(autouse=True)
def _as_at_the_start() -> Iterator[None]:
    """Every test begins with an English reader, and leaves no open log and no face that it met a rare character for."""
    i18n.use_language("en")
    COMPUTER.set(START)
    yield
    COMPUTER.set(START)  # what is made for a whole session comes before the clock of the next test
    logs.stop()
    i18n.use_language("en")
    i18n.use_pair(())
    if "ucapdesk.ui.toolkit.fonts" in sys.modules:
        from tests.helpers.look import forget_rare_faces

        forget_rare_faces()


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fails the test on a log warning it did not announce with ``log_watch.expect("text")``."""
    with watched_log() as watch:
        yield watch
    complaints = watch.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture(autouse=True)
def _nothing_left_in_qt(log_watch: LogWatch) -> Iterator[None]:
    """Fails the test on a widget, thread or timer it left behind."""
    watch = QtWatch()
    with watch.note_starts():
        yield
    complaints = watch.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def _be_quick(patch: pytest.MonkeyPatch) -> None:
    """A passphrase and a check number take tenths of a second on purpose."""
    from ucapdesk.exchange import devices, encryption
    from ucapdesk.store.workspace import protection

    patch.setattr(protection, "COST", 2**10)
    patch.setattr(devices, "CHECK_COST", 2**10)
    patch.setattr(encryption.protect, "__defaults__", (10,))


@pytest.fixture(scope="session", autouse=True)
def _quick_passphrases() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        _be_quick(patch)
        yield patch


@pytest.fixture
def full_cost(_quick_passphrases: pytest.MonkeyPatch) -> Iterator[None]:
    """Passphrases and check numbers take as long as in the program."""
    _quick_passphrases.undo()
    yield
    _be_quick(_quick_passphrases)


@pytest.fixture(scope="session", autouse=True)
def _tables_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The tables of new workspaces are made by the steps of migration once in each test process, then copied."""
    from tests.helpers.made_once import TablesOnce
    from ucapdesk.store.workspace import workspace

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspace, "migrate", TablesOnce(tmp_path_factory.mktemp("tables")))
        yield


@pytest.fixture
def clock() -> FrozenClock:
    """Time that moves only by ``clock.tick(seconds)``."""
    return FrozenClock()


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """The hands at a window; they wait for what must come as long as it takes."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def _workspace_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workspace, made once in each test process: making one takes far longer than copying it."""
    from ucapdesk.store.workspace.workspace import Workspace

    folder = tmp_path_factory.mktemp("template") / "workspace"
    Workspace.create(folder, name="Liuzhou", person="Ana", clock=FrozenClock()).close()
    return folder


@pytest.fixture
def workspace_folder(_workspace_template: Path, tmp_path: Path) -> Path:
    """This test's own empty workspace, closed."""
    return shutil.copytree(_workspace_template, tmp_path / "workspace")


@pytest.fixture
def workspace(workspace_folder: Path, clock: FrozenClock) -> Iterator[Workspace]:
    """This test's own empty workspace, open for writing; its time is ``clock``."""
    from ucapdesk.store.workspace.workspace import Workspace

    with Workspace.open(workspace_folder, clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the sample, to be read or copied; made once in each test process."""
    from ucapdesk.services.workspaces import sample

    folder = tmp_path_factory.mktemp("sample") / "workspace"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder.parent / "config"))
        sample.make(folder).close()
    return folder


@pytest.fixture(scope="session")
def second_story_made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SecondStory]:
    """The workspace of the second story, to be read or copied, and what it holds; made once in each test process."""
    from tests.helpers import second_story

    folder = tmp_path_factory.mktemp("second_story") / "workspace"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder.parent / "config"))
        return folder, second_story.make(folder)


@pytest.fixture
def second_story(second_story_made: tuple[Path, SecondStory]) -> SecondStory:
    """What the second story holds, by kinds and by names."""
    return second_story_made[1]


@pytest.fixture
def second_desk(second_story_made: tuple[Path, SecondStory], tmp_path: Path) -> Iterator[Desk]:
    """This test's own workspace with the second story, open, six days before the delegation leaves."""
    from tests.helpers.second_story import NOW
    from ucapdesk.services import Desk

    folder = shutil.copytree(second_story_made[0], tmp_path / "second_story")
    with Desk.open(folder, clock=FrozenClock(NOW)) as opened:
        yield opened
