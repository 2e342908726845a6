"""A field that holds what no value can be made of says so, and is put right by filling it in."""

from __future__ import annotations

from tests.helpers.changesets import take_in
from tests.ui.conftest import User
from ucapdesk.base.i18n import use_language
from ucapdesk.services import home
from ucapdesk.store.log.changeset import make, parse


def test_an_impossible_day_is_shown_where_it_stands_and_home_goes_on(user: User) -> None:
    visit = user.id("visit")
    header = {"d": "stranger", "s": 1, "t": 5, "y": 1, "p": "X", "l": ["x", {}], "v": user.desk.log.vector()}
    take_in(user.desk, parse(make(header, [("visit", visit, {"dates": "2026-02-31"})]).lines))
    use_language("en")
    home.page(user.desk, "en")
    user.open(visit)
    assert "“2026-02-31”" in user.message("dates")
    user.type("dates.line", "28 Feb 2026")
    assert user.value(visit, "dates").edtf == "2026-02-28"
    assert "31" not in user.message("dates")
