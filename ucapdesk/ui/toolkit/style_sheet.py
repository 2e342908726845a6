"""The style sheet of the whole window, made of the present colours and lengths. Pages have none of their own.

A widget says what it is by its property ``role`` (``theme.role``), and how it stands by ``level``:

* ``QLabel``: caption, second, strong, group, page, big, status (in the status bar); hint, warning, error (under a field);
  chip with a level (info, ok, warn, error; warn where none is said)
* ``QPushButton``: main (one on a page), quiet (a word in the colour of links; low inside bars and fields), danger, token (something named, in a
  field), chip (a filter that is on or off), row (a line of a card that leads somewhere), draft and gap (what a record lacks, leading there), group
  (the heading of a group, which folds it)
* ``QToolButton``: always quiet; it has a tooltip and a name
* ``QLineEdit`` and ``QToolButton``: inside (a frame of what is edited, which draws the border); scroll (beside tabs without room)
* ``QFrame``: field (a frame around what is edited), shown (around what is only read), card, token, toast, line,
  highlight (a frame that is gone soon); banner with a level (warn where none is said), problem (a banner of an error)

A rule names no widget around its own, but for the parts of a control that Qt makes: Qt would look through all that are around,
for each widget of the class.

A ``QPlainTextEdit`` of several on a page is ``current`` while something is done to it. A border grows from one pixel to
two with the focus and the padding shrinks by as much, so that nothing jumps.
"""

from __future__ import annotations

from ucapdesk.base.paths import resource
from ucapdesk.ui.toolkit.sizes import BIG, CAPTION, FIELD, PAGE, ROW, SECTION, STATUS, TARGET, px
from ucapdesk.ui.toolkit.theme_tokens import LEVELS, Tokens


def sheet(t: Tokens, name: str) -> str:
    """Return the whole style sheet; ``name`` is that of the theme, for the drawings inside controls."""
    plain = (_fields, _labels, _frames)
    drawn = (_bars, _combos, _ticks, _buttons, _menus, _lists)
    return "".join((*(part(t) for part in plain), *(part(t, name) for part in drawn)))


def _drawing(what: str, name: str) -> str:
    """Return a drawing inside a control; style sheets take them from files only."""
    return f'url("{(resource("icons") / f"{what}-{name}.svg").as_posix()}")'


def _edge(t: Tokens, ink: str, ground: str) -> str:
    """Return the border of areas told from the page by their tint alone; a line where nothing is tinted."""
    return ink if t.tint == t.surface else ground


def _fields(t: Tokens) -> str:
    return f"""
    QLineEdit, QPlainTextEdit, QTextEdit, QFrame[role="field"] {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; border-radius: 4px; padding: 3px 6px;
        selection-background-color: {t.selection}; selection-color: {t.text}; }}
    QLineEdit {{ min-height: {px(FIELD - 8)}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{
        border: 2px solid {t.accent}; padding: 2px 5px; }}
    QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only {{
        background: {t.window}; border-color: {t.border}; }}
    QLineEdit:read-only:focus, QPlainTextEdit:read-only:focus, QTextEdit:read-only:focus {{
        border-color: {t.accent}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled {{
        background: {t.window}; border-color: {t.border}; color: {t.disabled}; }}
    QLineEdit[level="error"], QPlainTextEdit[level="error"], QFrame[role="field"][level="error"] {{
        border-color: {t.error}; }}
    QPlainTextEdit[current="true"] {{ background: {t.tint}; }}
    QFrame[role="field"] {{ padding: 1px; }}
    QFrame[role="field"][focused="true"] {{ border: 2px solid {t.accent}; padding: 0; }}
    QLineEdit[role="inside"], QLineEdit[role="inside"]:focus {{
        border: none; background: transparent; padding: 0 2px; min-height: {px(FIELD - 4)}px; }}
    QFrame[role="shown"] {{ background: {t.window}; border: 1px solid {t.border}; border-radius: 4px; }}
    """


def _combos(t: Tokens, name: str) -> str:
    return f"""
    QLineEdit {{ lineedit-clear-button-icon: {_drawing("clear", name)}; }}
    QComboBox {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; border-radius: 4px;
        padding: 3px 6px; min-height: {px(FIELD - 8)}px; }}
    QComboBox:hover {{ background: {t.hover}; }}
    QComboBox:focus {{ border: 2px solid {t.accent}; padding: 2px 5px; }}
    QComboBox:disabled {{ background: {t.window}; border-color: {t.border}; color: {t.text}; }}
    QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
    QComboBox::down-arrow {{ image: {_drawing("down", name)}; width: {px(12)}px; height: {px(12)}px; }}
    QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.control}; border-radius: 0;
        outline: none; padding: 4px; selection-background-color: {t.selection}; selection-color: {t.text}; }}
    QComboBox QAbstractItemView::item {{ min-height: {px(28)}px; padding: 0 4px; border-radius: 4px; }}
    QComboBox QAbstractItemView::item:selected {{ background: {t.selection}; color: {t.text}; }}
    """


def _ticks(t: Tokens, name: str) -> str:
    side = px(16)
    return f"""
    QCheckBox, QRadioButton {{ spacing: {px(8)}px; border: 2px solid transparent; border-radius: 4px;
        padding: 0 2px; min-height: {px(FIELD - 4)}px; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {t.accent}; }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {t.disabled}; }}
    QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {{ width: {side}px; height: {side}px;
        background: {t.surface}; border: 1px solid {t.control}; border-radius: 3px; }}
    QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ background: {t.hover}; }}
    QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {t.accent};
        border-color: {t.accent}; image: {_drawing("check", name)}; }}
    QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {{ background: {t.accent};
        border-color: {t.accent}; image: {_drawing("dash", name)}; }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {t.window};
        border-color: {t.border}; }}
    QRadioButton::indicator {{ border-radius: {side // 2 + 1}px; }}
    QRadioButton::indicator:checked {{ background: {t.surface}; border: {px(5)}px solid {t.accent};
        width: {side - 2 * px(5) + 2}px; height: {side - 2 * px(5) + 2}px; }}
    """


def _buttons(t: Tokens, name: str) -> str:
    return f"""
    QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; border-radius: 4px;
        padding: 0 12px; min-height: {px(FIELD - 2)}px; icon-size: {px(20)}px; }}
    QPushButton:hover {{ background: {t.hover}; }}
    QPushButton:pressed, QPushButton:checked {{ background: {t.selection}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: 0 11px; min-height: {px(FIELD - 2) - 2}px; }}
    QPushButton:disabled {{ background: {t.window}; color: {t.disabled}; border-color: {t.border}; }}
    QPushButton::menu-indicator {{ image: {_drawing("down", name)}; width: {px(12)}px; height: {px(12)}px;
        subcontrol-origin: padding; subcontrol-position: center right; right: 6px; }}
    QPushButton[role="main"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
    QPushButton[role="main"]:hover {{ border-color: {t.text}; }}
    QPushButton[role="main"]:focus {{ border: 4px double {t.text}; border-radius: 0; background-clip: padding; padding: 0 9px;
        min-height: {px(FIELD - 2) - 6}px; }}
    QPushButton[role="main"]:disabled {{ background: {t.sunken}; color: {t.disabled}; border-color: {t.border}; }}
    QPushButton[role="danger"]:enabled {{ color: {t.error}; border-color: {t.error}; }}
    QPushButton[role="quiet"] {{ background: transparent; border: 2px solid transparent; color: {t.accent};
        padding: 0 7px; min-height: {px(FIELD - 4)}px; }}
    QPushButton[role="quiet"]:hover {{ background: {t.hover}; }}
    QPushButton[role="quiet"]:pressed {{ background: {t.selection}; }}
    QPushButton[role="quiet"]:focus {{ border-color: {t.accent}; }}
    QPushButton[role="quiet"]:checked {{ color: {t.text}; font-weight: 600; background: transparent; }}
    QPushButton[role="quiet"]:disabled {{ color: {t.disabled}; }}
    {_small_buttons(t)}
    QToolButton {{ background: transparent; color: {t.text}; border: 2px solid transparent; border-radius: 4px;
        padding: 2px; min-width: {px(20)}px; min-height: {px(20)}px; icon-size: {px(20)}px; }}
    QLineEdit QToolButton {{ border: none; padding: 0; min-width: {px(16)}px; min-height: {px(16)}px; }}
    QToolButton:hover {{ background: {t.hover}; }}
    QToolButton:pressed, QToolButton:checked {{ background: {t.selection}; }}
    QToolButton:focus {{ border-color: {t.accent}; }}
    QToolButton:disabled {{ color: {t.disabled}; }}
    QToolButton::menu-indicator {{ image: none; }}
    """


def _small_buttons(t: Tokens) -> str:
    """Return the rules of buttons inside rows, fields and headings."""
    return f"""
    QPushButton[role="row"] {{ background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 0;
        min-height: 0; text-align: left; }}
    QPushButton[role="row"]:hover {{ background: {t.hover}; }}
    QPushButton[role="row"]:pressed {{ background: {t.selection}; }}
    QPushButton[role="row"]:focus {{ border-color: {t.accent}; }}
    QPushButton[role="quiet"][level="low"] {{ min-height: {px(TARGET) - 4}px; }}
    QPushButton[role="token"], QPushButton[role="chip"] {{ background: {t.tint}; color: {t.text};
        border: 1px solid {_edge(t, t.text, t.tint)}; border-radius: {px(11)}px; padding: 0 8px;
        min-height: {px(TARGET) - 2}px; }}
    QPushButton[role="token"]:hover, QPushButton[role="chip"]:hover {{ border-color: {t.accent}; }}
    QPushButton[role="token"]:focus, QPushButton[role="chip"]:focus {{ border: 2px solid {t.accent};
        padding: 0 7px; min-height: {px(TARGET) - 4}px; }}
    QPushButton[role="group"] {{ background: transparent; border: 2px solid transparent; padding: 0 6px 0 0;
        font-size: {px(SECTION)}px; font-weight: 600; text-align: left; min-height: {px(FIELD - 4)}px; }}
    QPushButton[role="group"]:hover {{ background: {t.hover}; }}
    QPushButton[role="group"]:focus {{ border-color: {t.accent}; }}
    QPushButton[role="draft"], QPushButton[role="gap"] {{ border: 1px solid {_edge(t, t.text, "transparent")}; border-radius: 4px;
        padding: 0 8px; min-height: {px(TARGET) - 2}px; font-size: {px(CAPTION)}px; }}
    QPushButton[role="draft"] {{ background: {t.tint}; color: {t.accent}; }}
    QPushButton[role="gap"] {{ background: {t.warn_tint}; color: {t.warn}; }}
    QPushButton[role="draft"]:hover, QPushButton[role="gap"]:hover {{ border-color: {t.control}; }}
    QPushButton[role="draft"]:focus, QPushButton[role="gap"]:focus {{ border: 2px solid {t.accent};
        padding: 0 7px; min-height: {px(TARGET) - 4}px; }}
    QPushButton[role="chip"] {{ background: {t.surface}; border-color: {t.control}; }}
    QPushButton[role="chip"]:checked {{ background: {t.tint}; color: {t.accent}; border-color: {t.accent}; }}
    """


def _menus(t: Tokens, name: str) -> str:
    return f"""
    QMenuBar {{ background: {t.window}; border-bottom: 1px solid {t.border}; padding: 2px 8px; }}
    QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; padding: 4px; }}
    QMenu::item {{ padding: 5px {px(28)}px 5px {px(30)}px; border-radius: 4px; min-height: {px(20)}px; }}
    QMenu::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QMenu::item:disabled {{ color: {t.disabled}; }}
    QMenu::icon {{ left: {px(6)}px; }}
    QMenu::indicator {{ width: {px(14)}px; height: {px(14)}px; left: {px(8)}px; }}
    QMenu::indicator:checked {{ image: {_drawing("tick", name)}; }}
    QMenu::right-arrow {{ image: {_drawing("right", name)}; width: {px(12)}px; height: {px(12)}px; right: 8px; }}
    QMenu::separator {{ height: 1px; background: {t.border}; margin: 4px 8px; }}
    QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; padding: 4px 6px; }}
    """


def _labels(t: Tokens) -> str:
    small = f"font-size: {px(CAPTION)}px;"
    chips = "".join(
        f'QLabel[role="chip"][level="{level}"] {{ color: {ink}; background: {ground}; border-color: {_edge(t, ink, ground)}; }}'
        for level, (ink, ground) in ((level, t.level(level)) for level in LEVELS)
    )
    return f"""
    QLabel[role="caption"], QLabel[role="hint"] {{ color: {t.text2}; {small} }}
    QLabel[role="second"] {{ color: {t.text2}; }}
    QLabel[role="status"] {{ color: {t.text2}; padding: 0 8px; }}
    QLabel[role="strong"] {{ font-weight: 600; }}
    QLabel[role="group"] {{ font-size: {px(SECTION)}px; font-weight: 600; }}
    QLabel[role="page"] {{ font-size: {px(PAGE)}px; font-weight: 600; }}
    QLabel[role="big"] {{ font-size: {px(BIG)}px; font-weight: 600; }}
    QLabel[role="number"] {{ font-size: {px(BIG)}px; font-weight: 600; letter-spacing: 2px; background: {t.surface};
        border: 1px solid {t.control}; border-radius: 4px; padding: {px(12)}px; }}
    QLabel[role="number"]:focus {{ border: 2px solid {t.accent}; padding: {px(12) - 1}px; }}
    QLabel[role="warning"] {{ color: {t.warn}; {small} }}
    QLabel[role="error"] {{ color: {t.error}; {small} }}
    QLabel[role="caption"] {{ min-height: {px(18)}px; }}
    QLabel[role="chip"] {{ min-height: {px(18) - 2}px; max-height: {px(18) - 2}px; }}
    QLabel[role="chip"] {{ background: {t.warn_tint}; color: {t.warn}; border-radius: 4px; padding: 0 6px; {small}
        border: 1px solid {_edge(t, t.warn, t.warn_tint)}; }}
    {chips}
    """


def _frames(t: Tokens) -> str:
    def banner(selector: str, ink: str, ground: str) -> str:
        return f"""
    QFrame{selector} {{ background: {ground}; border: none; border-left: 4px solid {ink}; }}
    """

    banners = "".join(banner(f'[role="banner"][level="{level}"]', *t.level(level)) for level in LEVELS)
    return f"""
    QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: 8px; }}
    QFrame[role="drop"] {{ background: {t.accent}; border: none; border-radius: 1px; }}
    QFrame[role="line"] {{ background: {t.border}; border: none; max-height: 1px; }}
    QFrame[role="token"] {{ background: {t.tint}; border: 1px solid {_edge(t, t.text, t.tint)};
        border-radius: {px(11)}px; }}
    QToolButton[role="inside"] {{ padding: 0; min-width: {px(20)}px; min-height: {px(20)}px; }}
    QFrame[role="toast"] {{ background: {t.surface}; border: 1px solid {t.control}; border-radius: 8px; }}
    QFrame[role="highlight"] {{ background: transparent; border: 2px solid {t.accent}; border-radius: 4px; }}
    {banner('[role="banner"]', t.warn, t.warn_tint)} {banner('[role="problem"]', t.error, t.error_tint)} {banners}
    """


def _lists(t: Tokens, name: str) -> str:
    return f"""
    QListView, QTreeView {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: 4px; padding: 1px;
        outline: none; }}
    QListView:focus, QTreeView:focus {{ border: 2px solid {t.accent}; padding: 0; }}
    QListView::item, QTreeView::item {{ padding: 4px 8px; color: {t.text}; }}
    QListView::item:hover, QTreeView::item:hover {{ background: {t.hover}; }}
    QListView::item:selected, QTreeView::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QListWidget#sections, QListWidget#sections:focus {{ background: {t.sunken}; border: none; border-radius: 0;
        padding: 8px 6px; }}
    QListWidget#sections::item {{ padding: 0 8px; border: 2px solid transparent; border-radius: 4px; }}
    QListWidget#sections::item:selected {{ background: {t.selection}; }}
    QListWidget#sections::item:selected:focus {{ border-color: {t.accent}; }}
    QTableView {{ background: {t.surface}; border: 2px solid transparent; gridline-color: {t.border}; outline: none;
        selection-background-color: {t.selection}; selection-color: {t.text}; }}
    QTableView:focus {{ border-color: {t.accent}; }}
    QTableView::item {{ padding: 0 8px; }}
    QTableView::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QHeaderView {{ background: {t.window}; border: none; }}
    QHeaderView::section {{ background: {t.window}; color: {t.text2}; border: none; padding: 0 8px;
        min-height: {px(ROW - 6)}px; border-bottom: 1px solid {t.border}; font-size: {px(CAPTION)}px; text-align: left; }}
    QHeaderView::section:hover {{ background: {t.hover}; }}
    QHeaderView::up-arrow {{ image: {_drawing("up", name)}; width: {px(10)}px; height: {px(10)}px; }}
    QHeaderView::down-arrow {{ image: {_drawing("down", name)}; width: {px(10)}px; height: {px(10)}px; }}
    QTableCornerButton::section {{ background: {t.window}; border: none; }}
    QTreeView::branch:has-children:closed {{ image: {_drawing("right", name)}; }}
    QTreeView::branch:has-children:open {{ image: {_drawing("down", name)}; }}
    """


def _bars(t: Tokens, name: str) -> str:
    return f"""
    QWidget {{ widget-animation-duration: 0; }}
    QScrollArea, QWidget#page {{ background: {t.window}; border: none; }}
    QWidget#list {{ background: {t.surface}; }}
    QSplitter::handle {{ background: {t.border}; width: 1px; height: 1px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {t.control}; border-radius: 3px; margin: 3px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {t.text2}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QStatusBar {{ background: {t.sunken}; color: {t.text2}; border-top: 1px solid {t.border};
        min-height: {px(STATUS) + 3}px; }}
    QStatusBar::item {{ border: none; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {t.border}; }}
    QTabBar::tab {{ background: transparent; color: {t.text2}; border: 2px solid transparent; padding: 0 10px;
        min-height: {px(FIELD - 4)}px; }}
    QTabBar::tab:hover {{ background: {t.hover}; }}
    QTabBar::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; }}
    QTabBar::tab:selected:focus {{ border-color: {t.accent}; }}
    QTabBar::scroller {{ width: {px(2 * TARGET + 2)}px; }}
    QToolButton[role="scroll"] {{ background: {t.surface}; border: 1px solid {t.control}; padding: 0; margin: 1px;
        min-width: {px(TARGET) - 4}px; min-height: {px(TARGET) - 4}px; }}
    QToolButton[role="scroll"]:disabled {{ background: {t.window}; border-color: transparent; }}
    QToolButton[role="scroll"]::left-arrow {{ image: {_drawing("left", name)}; width: {px(12)}px; height: {px(12)}px; }}
    QToolButton[role="scroll"]::right-arrow {{ image: {_drawing("right", name)}; width: {px(12)}px; height: {px(12)}px; }}
    QToolButton[role="scroll"]::left-arrow:disabled, QToolButton[role="scroll"]::right-arrow:disabled {{ image: none; }}
    QProgressBar {{ background: {t.sunken}; border: 1px solid {t.control}; border-radius: 4px; height: {px(10)}px;
        color: {t.text}; text-align: center; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
    """
