"""Who is in the second story: seven hosts, four of them with characters few typefaces have, and ten guests of two cities."""

from __future__ import annotations

import unicodedata
from typing import Any

from tests.helpers.second_story.teller import Teller, both
from ucapdesk.model.values import Bilingual, Codes, HanName, PersonName

HOSTS = ("gong", "chen", "li", "ji", "ouyang", "zhao", "sun")
GUESTS = (
    "bożena", "eleftheria", "wąsik", "chatzigeorgiou", "łucja", "theodoropoulos", "maria", "nikolaidou", "grzegorz", "łukasz",
)  # fmt: skip
FROM_LODZ = ("bożena", "wąsik", "łucja", "maria", "grzegorz", "łukasz")
HOST_ROLES = ("host", "delegate", "delegate", "expert", "coordinator", "interpreter", "protocol")
GUEST_ROLES = (
    "head", "deputy_head", "delegate", "delegate", "expert", "delegate", "coordinator", "press", "interpreter", "delegate",
)  # fmt: skip


def tell(t: Teller) -> None:
    _hosts(t)
    _guests_of_lodz(t)
    _guests_of_thessaloniki(t)
    for person, role, side in (
        ("ouyang", "city_contact", "A"),
        ("maria", "city_contact", "B"),
        ("chatzigeorgiou", "theme_lead", "B"),
    ):
        t.new("contact_role", owner=t["ucap"], person=t[person], role=role, side=side)


def take_part(
    t: Teller, owner: str, guests: tuple[str, ...] = GUEST_ROLES, hosts: tuple[str, ...] = HOST_ROLES, **of_all: Any
) -> None:
    """Everybody takes part in a meeting or an occasion, in these roles."""
    for names, roles, side in ((GUESTS, guests, "B"), (HOSTS, hosts, "A")):
        for name, role in zip(names, roles, strict=True):
            t.new("participation", owner=owner, person=t[name], side=side, role=role, **of_all)


def _person(
    t: Teller, key: str, office: str, post: tuple[str, str | None], code: str | None = None, **values: Any
) -> None:
    city, order = ("zhengzhou", "family_first") if key in HOSTS else (_home(key), "given_first")
    family, given = values.pop("name")
    values.setdefault("email", f"{_ascii(given)}.{_ascii(family)}@example.org")
    t.new("person", key, name=PersonName(family, given, order), place=t[city], surname_capitals=True, **values)
    t.new("affiliation", owner=t[key], organisation=t[office], post=both(*post), post_code=code, main=True)


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().replace("ł", "l"))
    return plain.encode("ascii", "ignore").decode()


def _home(key: str) -> str:
    return "łódź" if key in FROM_LODZ else "thessaloniki"


def _hosts(t: Teller) -> None:
    spoken = Codes(["zh", "en"])
    _person(
        t, "gong", "city government", ("Vice Mayor", "副市长"), "vice_mayor", name=("Gong", "Yan"),
        name_han=HanName("龚", "䶮"), salutation="mr", portrait=t.portrait("gong", "#dfe7ee"), phone="+86 371 6718 1001",
        spoken=Codes(["zh"]), pronunciation="goong yen",
        bio=both(
            "In office since 2023; responsible for foreign affairs, commerce and the Airport Economy Zone.",
            "2023年任现职，分管外事、商务和航空港实验区工作。",
        ),
    )  # fmt: skip
    _person(t, "chen", "foreign affairs office", ("Director-General", "主任"), name=("Chen", "Jie"), salutation="ms",
            name_han=HanName("陈", "㛃"), phone="+86 371 6718 6201", spoken=spoken, portrait=t.portrait("chen", "#eee3df"))  # fmt: skip
    _person(
        t, "li", "airport zone",
        ("Deputy Director-General, Bureau of Development, Reform and International Cooperation", "发展改革与国际合作局副局长"),
        name=("Li", "Di"), name_han=HanName("李", "𬱖"), salutation="mr", phone="+86 371 8619 7001", spoken=Codes(["zh"]),
    )  # fmt: skip
    _person(t, "ji", "water university", ("Dean, Professor", "院长、教授"), name=("Ji", "Wenhua"), salutation="prof",
            name_han=HanName("𠮷", "文华"), phone="+86 371 6912 7345", spoken=spoken)  # fmt: skip
    _person(t, "ouyang", "foreign affairs office", ("Division Chief, European Affairs", "欧洲处处长"),
            name=("Ouyang", "Xiuying"), name_han=HanName("欧阳", "秀英"), salutation="ms", phone="+86 371 6718 6215",
            mobile="+86 138 0371 6215", spoken=spoken)  # fmt: skip
    _person(t, "zhao", "foreign affairs office", ("Interpreter", "翻译"), name=("Zhao", "Lei"), salutation="mr",
            name_han=HanName("赵", "磊"), phone="+86 371 6718 6216", mobile="+86 139 3838 0001", spoken=spoken)  # fmt: skip
    _person(t, "sun", "foreign affairs office", ("Protocol Officer", "礼宾干部"), name=("Sun", "Xiaohong"), salutation="ms",
            name_han=HanName("孙", "晓红"), phone="+86 371 6718 6217", spoken=Codes(["zh"]))  # fmt: skip


def _guests_of_lodz(t: Teller) -> None:
    english = Codes(["en"])
    _person(
        t, "bożena", "łódź office", ("Deputy Mayor of Łódź", "罗兹市副市长"), "deputy_mayor",
        name=("Szczęśniak-Grzegżółka", "Bożena"), name_phonetic=Bilingual(zh="博热娜·什琴希尼亚克-格热格茹卡"), salutation="ms",
        portrait=t.portrait("bozena", "#e6efe1"), mobile="+48 601 000 001", phone="+48 42 638 41 01", spoken=english,
        diet=Codes(["vegetarian"]),
        bio=both(
            "Deputy Mayor since 2024; responsible for strategy, climate and foreign relations. "
            "Formerly head of the Łódź Special Economic Zone."
        ),
    )  # fmt: skip
    _person(t, "wąsik", "łódź office", ("Director, Department for Strategy and Development", "战略发展局局长"),
            name=("Wąsik", "Przemysław"), name_phonetic=Bilingual(zh="普热梅斯瓦夫·翁西克"), salutation="mr",
            mobile="+48 601 000 003", spoken=english)  # fmt: skip
    _person(t, "łucja", "łódź university", ("Professor of Water Engineering", "水利工程教授"),
            name=("Żółć-Krzyżanowska", "Łucja"), name_phonetic=Bilingual(zh="武齐娅·茹奇-克日扎诺夫斯卡"), salutation="prof_dr",
            mobile="+48 601 000 005", spoken=Codes(["en", "de"]), diet=Codes(["vegan"]))  # fmt: skip
    _person(t, "maria", "łódź office", ("Project Manager, EU–China City Cooperation", "中欧城市合作项目经理"),
            "project_manager", name=("Kowalska", "Maria"), name_phonetic=Bilingual(zh="玛丽亚·科瓦尔斯卡"), salutation="ms",
            mobile="+48 601 000 007", phone="+48 42 638 44 77", spoken=Codes(["en", "zh"]))  # fmt: skip
    _person(t, "grzegorz", "łódź office", ("Interpreter (Polish/English–Chinese)", "翻译（波兰语/英语—汉语）"),
            name=("Brzęczyszczykiewicz", "Grzegorz"), salutation="mr", mobile="+48 601 000 009", spoken=Codes(["en", "zh"]))  # fmt: skip
    _person(t, "łukasz", "łódź office", ("Rail Freight Officer", "铁路货运专员"), name=("Żukowski", "Łukasz"),
            name_han=HanName("茹科夫斯基", "卢卡什"), salutation="mr", mobile="+48 601 000 010", spoken=english)  # fmt: skip


def _guests_of_thessaloniki(t: Teller) -> None:
    english = Codes(["en"])
    _person(
        t, "eleftheria", "thessaloniki office", ("Deputy Mayor for Urban Resilience", "城市韧性事务副市长"), "deputy_mayor",
        name=("Papadopoulou-Karamanli", "Eleftheria"), name_phonetic=Bilingual(zh="埃莱夫塞里娅·帕帕佐普卢-卡拉曼利"),
        name_other="Ελευθερία Παπαδοπούλου-Καραμανλή", salutation="he", portrait=t.portrait("eleftheria", "#e1e6f2"),
        mobile="+30 694 000 0002", spoken=english, diet=Codes(["gluten_free", "nut_allergy"]), allergies="hazelnuts, walnuts",
        bio=both("Civil engineer, elected in 2023.", "土木工程师，2023年当选。"),
    )  # fmt: skip
    _person(t, "chatzigeorgiou", "thessaloniki office", ("Head of International Relations", None), "head_international",
            name=("Chatzigeorgiou", "Konstantinos"), name_other="Κωνσταντίνος Χατζηγεωργίου", salutation="mr",
            mobile="+30 694 000 0004", spoken=english)  # fmt: skip
    _person(t, "theodoropoulos", "port", ("Commercial Director", "商务总监"), name=("Theodoropoulos", "Athanasios"),
            name_phonetic=Bilingual(zh="阿萨纳西奥斯·塞奥佐罗普洛斯"), salutation="mr", mobile="+30 694 000 0006", spoken=english)  # fmt: skip
    _person(t, "nikolaidou", "thessaloniki office", ("Press Officer", "新闻官"), name=("Nikolaidou", "Sofia"),
            salutation="ms", mobile="+30 694 000 0008", spoken=english)  # fmt: skip
