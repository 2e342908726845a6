"""Business cards and the people on record: nothing is overwritten, nobody is made twice unasked, private numbers stay here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.errors import user_error
from ucapdesk.base.i18n import use_language
from ucapdesk.formats.vcard import Position, VCard, card_text, read_cards, write_cards
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Affiliation
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.text.person_names import say_han
from ucapdesk.model.values import HanName, PersonName
from ucapdesk.services.files import incoming_files
from ucapdesk.services.people import vcards
from ucapdesk.services.records import history, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk


def _add(desk: Desk, kind: str, *assignments: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], assignments, new=True))


def _zhang(desk: Desk) -> str:
    house = _add(desk, "organisation", "name.en=DRC Liuzhou", "name.zh=柳州市发改委", "acronym=DRC")
    id_ = _add(desk, "person", "name.family=Zhang", "name.given=Wei", "name.order=family_first", "name_han.family=张",
               "name_han.given=伟", "email=zw@example.cn", "mobile=+86 138", "wechat=zw", "phone=+86 772")  # fmt: skip
    _add(desk, "affiliation", f"owner={id_}", f"organisation={house}", "post.en=Deputy Director", "post.zh=副主任")
    return id_


def _person(desk: Desk, id_: str) -> Any:
    return records.get(desk, id_)


def test_a_card_for_others_holds_no_private_number(desk: Desk, tmp_path: Path) -> None:
    id_ = _zhang(desk)
    assert vcards.export_cards(desk, [id_], tmp_path / "a.vcf") == 1
    (card,), _ = read_cards(tmp_path / "a.vcf")
    assert (card.mobile, card.wechat) == ("", "")
    assert (card.phone, card.email, card.uid) == ("+86 772", "zw@example.cn", id_)
    (position,) = card.positions
    assert dict(position.organisation) == {"en": "DRC Liuzhou", "zh": "柳州市发改委"}
    assert position.post == {"en": "Deputy Director", "zh": "副主任"}
    vcards.export_cards(desk, [id_], tmp_path / "b.vcf", private=True)
    assert read_cards(tmp_path / "b.vcf")[0][0].mobile == "+86 138"


def test_a_standard_post_stands_on_a_card_as_on_papers_and_adds_nothing_when_it_comes_back(
    desk: Desk, tmp_path: Path
) -> None:
    mayor = _add(desk, "person", "name.family=Nowak", "name.given=Ana", "email=an@example.org")
    house = _add(desk, "organisation", "acronym=UMG")
    _add(desk, "affiliation", f"owner={mayor}", f"organisation={house}", "post_code=mayor")
    vcards.export_cards(desk, [mayor], tmp_path / "a.vcf")
    (card,), _ = read_cards(tmp_path / "a.vcf")
    (position,) = card.positions
    assert (position.post["en"], position.post["zh"]) == ("Mayor", "市长")
    assert position.organisation == {"en": "UMG"}
    incoming_files.take(desk, vcards.plan_file(desk, tmp_path / "a.vcf"))
    (post,) = desk.read.children(mayor, Affiliation)
    assert not post.post


def test_only_people_have_cards(desk: Desk, tmp_path: Path) -> None:
    place = _add(desk, "place", "name.en=Liuzhou")
    with user_error("not-a-persons-card"):
        vcards.export_cards(desk, [place], tmp_path / "a.vcf")
    assert not (tmp_path / "a.vcf").exists()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_card_of_ours_makes_the_same_person_on_another_desk(desk: Desk, tmp_path: Path, lang: str) -> None:
    id_ = _zhang(desk)
    use_language(lang)
    vcards.export_cards(desk, [id_], tmp_path / "a.vcf", private=True)
    before = _person(desk, id_)
    records.trash(desk, id_)
    plan = vcards.plan_file(desk, tmp_path / "a.vcf")
    assert incoming_files.take(desk, plan) == 1
    (made,) = records.page(desk, "person", records.listing(desk, "person"))
    for name in ("name", "name_han", "email", "mobile", "phone", "wechat"):
        assert getattr(made, name) == getattr(before, name)
    (post,) = desk.read.children(made.id, Affiliation)
    assert dict(post.post or {}) == {"en": "Deputy Director", "zh": "副主任"}
    assert records.titles(desk, [post.organisation or ""], "en") == {post.organisation: "DRC Liuzhou"}
    assert records.count(desk, "organisation") == 1  # the one on record, by its name


def test_a_name_written_by_its_sound_and_a_title_come_back(desk: Desk, tmp_path: Path) -> None:
    id_ = _add(desk, "person", "name=Abdurehim Ötkür", "name_phonetic.zh=阿不都热依木·吾提库尔", "academic_title=Dr.")
    vcards.export_cards(desk, [id_], tmp_path / "a.vcf")
    before = _person(desk, id_)
    records.trash(desk, id_)
    incoming_files.take(desk, vcards.plan_file(desk, tmp_path / "a.vcf"))
    (made,) = records.page(desk, "person", records.listing(desk, "person"))
    for name in ("name", "name_phonetic", "name_other", "academic_title"):
        assert getattr(made, name) == getattr(before, name)


def test_who_is_on_record_is_filled_in_and_never_overwritten(desk: Desk) -> None:
    id_ = _zhang(desk)
    card = VCard(name_han=HanName("章", "伟"), email="ZW@example.cn", whatsapp="+86 1", phone="+86 999")
    plan = vcards.plan_cards(desk, "a.vcf", [card, replace(card, whatsapp="+86 2")])
    line, second = plan.lines
    assert (line.ticked, second.ticked) == (True, False)
    assert line.what == (
        "is on record; fills in: WhatsApp · kept as recorded here: Name in Chinese characters, E-mail, Office telephone"
    )
    incoming_files.take(desk, plan, [1, 2])
    person = _person(desk, id_)
    assert (person.whatsapp, person.phone, str(person.name_han)) == ("+86 1", "+86 772", "张伟")
    assert records.count(desk, "person") == 1
    (line,) = vcards.plan_cards(desk, "a.vcf", [card]).lines
    assert not line.possible  # a second time there is nothing new
    records.edit(desk, id_, {"whatsapp": None})
    (line,) = vcards.plan_cards(desk, "a.vcf", [card]).lines
    assert (line.possible, line.what.endswith(", WhatsApp")) == (False, True), "it was taken out here"


@pytest.mark.rule("B9")
def test_somebody_of_the_same_name_is_made_only_if_wanted(desk: Desk) -> None:
    _zhang(desk)
    plan = vcards.plan_cards(desk, "a.vcf", [VCard(name_han=HanName("张", "伟"), email="other@example.cn")])
    (line,) = plan.lines
    assert not line.ticked
    assert "may be Zhang Wei 张伟 (DRC Liuzhou)" in line.what
    assert incoming_files.take(desk, plan) == 0
    assert incoming_files.take(desk, plan, [1]) == 1
    assert records.count(desk, "person") == 2


def test_a_card_that_stands_twice_in_a_file_is_ticked_once(desk: Desk) -> None:
    cards = [VCard(name=PersonName("Ferrer", "Anna"), email=email) for email in ("a@x.es", "A@x.es")]
    plan = vcards.plan_cards(desk, "a.vcf", cards)
    assert [line.ticked for line in plan.lines] == [True, False]
    assert plan.lines[1].what.startswith("same as card 1")


def test_a_file_is_one_step_with_the_organisations_it_names(desk: Desk, tmp_path: Path) -> None:
    before = maintenance.digest(desk)
    house = (Position({"es": "Ayuntamiento"}),)
    cards = [VCard(name=PersonName("Ferrer", name), positions=house) for name in ("Anna", "Marta")]
    write_cards(tmp_path / "two.vcf", cards)
    (tmp_path / "two.vcf").write_text(
        (tmp_path / "two.vcf").read_text(encoding="utf-8") + card_text(cards[0])[:50], encoding="utf-8"
    )
    plan = vcards.plan_file(desk, tmp_path / "two.vcf")
    assert [line.title for line in plan.lines] == [
        "Anna Ferrer · Ayuntamiento", "Marta Ferrer · Ayuntamiento", "1 card cannot be read",
    ]  # fmt: skip
    assert "also new: Ayuntamiento" in plan.lines[0].what
    assert incoming_files.take(desk, plan) == 2
    assert records.count(desk, "organisation") == 1
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_a_name_whose_parts_nobody_tells_is_parted_as_one_typed(desk: Desk) -> None:
    plan = vcards.plan_text(desk, "BEGIN:VCARD\nVERSION:3.0\nFN:Zhang Wei\nNOTE:met at the fair\nEND:VCARD\n")
    assert plan is not None
    incoming_files.take(desk, plan)
    (made,) = records.page(desk, "person", records.listing(desk, "person"))
    assert made.name == PersonName("Zhang", "Wei", "family_first")  # type: ignore[attr-defined]
    assert dict(made.notes) == {"en": "met at the fair"}  # type: ignore[attr-defined]
    assert vcards.plan_text(desk, "no card at all") is None


@pytest.mark.parametrize("sign", ["X-ABShowAs:COMPANY", "KIND:org", "NOTE:main entrance"])
def test_the_card_of_an_organisation_is_not_ticked_as_a_person(desk: Desk, sign: str) -> None:
    text = f"BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:Pécs Town Hall\nORG:Pécs Town Hall;\n{sign}\nTEL:+36 72 533 800\nEND:VCARD\n"
    plan = vcards.plan_text(desk, text)
    assert plan is not None
    assert [(line.what, line.ticked, line.possible) for line in plan.lines] == [
        ("the card of an organisation; import only if it is a person", False, True)
    ]


JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256))


def test_every_post_that_has_not_ended_goes_out_and_comes_in_with_the_portrait(desk: Desk, tmp_path: Path) -> None:
    id_ = _zhang(desk)
    other = _add(desk, "organisation", "name.en=GUST", "name.zh=广西科技大学")
    _add(desk, "affiliation", f"owner={id_}", f"organisation={other}", "post.zh=客座教授", "main=yes")
    past = _add(desk, "organisation", "name.en=Earlier office")
    _add(desk, "affiliation", f"owner={id_}", f"organisation={past}", "post.en=Clerk", "dates=2010/2019")
    records.edit(desk, id_, {"portrait": desk.workspace.files.put(JPEG, name="a.jpg")})
    for version in ("3.0", "4.0"):
        file = tmp_path / f"{version}.vcf"
        vcards.export_cards(desk, [id_], file, version=version)
        (card,), _ = read_cards(file)
        assert [dict(each.organisation)["en"] for each in card.positions] == ["GUST", "DRC Liuzhou"]
        assert card.photo == JPEG
    records.trash(desk, id_)
    (line,) = (plan := vcards.plan_file(desk, tmp_path / "4.0.vcf")).lines
    assert line.what == "new: E-mail, Office telephone, Posts (2), Portrait"
    before = maintenance.digest(desk)
    incoming_files.take(desk, plan)
    (made,) = records.page(desk, "person", records.listing(desk, "person"))
    assert desk.workspace.files.read(made.portrait.sha256) == JPEG  # type: ignore[attr-defined]
    first, second = desk.read.children(made.id, Affiliation)
    assert (first.main, first.organisation, second.main) == (True, other, None)
    (line,) = vcards.plan_file(desk, tmp_path / "4.0.vcf").lines
    assert not line.possible, "a second time there is nothing new"
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_another_post_at_the_same_organisation_is_told_and_kept(desk: Desk) -> None:
    text = "BEGIN:VCARD\nVERSION:3.0\nN:Nowak;Anna;;;\nFN:Anna Nowak\nORG:City\nTITLE:{}\nEMAIL:a@lodz.pl\nEND:VCARD\n"
    first = vcards.plan_text(desk, text.format("Director"))
    assert first is not None
    incoming_files.take(desk, first)
    again, other = (vcards.plan_text(desk, text.format(post)) for post in ("director", "Deputy Mayor"))
    assert again is not None
    assert other is not None
    assert [line.what for line in (*again.lines, *other.lines)] == [
        "is on record; nothing new", "is on record; nothing new · kept as recorded here: Post"
    ]  # fmt: skip


def test_who_is_on_record_gets_the_post_and_the_photo_they_lack(desk: Desk) -> None:
    id_ = _zhang(desk)
    posts = (Position({"en": "DRC Liuzhou"}), Position({"en": "New office"}))
    card = VCard(email="zw@example.cn", positions=posts, photo=JPEG)
    (line,) = (plan := vcards.plan_cards(desk, "a.vcf", [card])).lines
    assert line.what == "is on record; fills in: Post, Portrait"
    incoming_files.take(desk, plan)
    houses = [each.organisation or "" for each in desk.read.children(id_, Affiliation)]
    assert [records.titles(desk, houses)[each] for each in houses] == ["DRC Liuzhou", "New office"]
    other = VCard(email="zw@example.cn", photo=JPEG + b"another")
    assert not vcards.plan_cards(desk, "a.vcf", [other]).lines[0].possible, "a portrait is never overwritten"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("han", "latin"),
    [
        (("𠮷", "文华"), ("Ji", "Wenhua")),
        (("龚", "䶮"), ("Gong", "Yan")),
        (("李", "𬱖"), ("Li", "Di")),
        (("茹科夫斯基", "卢卡什"), ("Żukowski", "Łukasz")),
    ],
)
def test_rare_characters_and_names_from_abroad_come_back_from_a_card(
    desk: Desk, tmp_path: Path, lang: str, han: tuple[str, str], latin: tuple[str, str]
) -> None:
    family, given = han
    order = "family_first" if len(family) == 1 else "given_first"
    id_ = _add(desk, "person", f"name_han.family={family}", f"name_han.given={given}", f"name.family={latin[0]}",
               f"name.given={latin[1]}", f"name.order={order}")  # fmt: skip
    before = _person(desk, id_)
    use_language(lang)
    vcards.export_cards(desk, [id_], tmp_path / "a.vcf")
    shown = {"en": str(before.name), "zh": say_han(before.name_han, before.name)}
    assert f"FN:{shown[lang]}" in (tmp_path / "a.vcf").read_text(encoding="utf-8").replace("\r\n ", "")
    (card,), _ = read_cards(tmp_path / "a.vcf")
    assert (card.name, card.name_han, card.name_other) == (before.name, before.name_han, "")
