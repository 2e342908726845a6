"""The visit of the second story: who travels and receives, flights over three zones, trains, cars and gifts.

The visit names no time zone, and Zhengzhou neither: whoever asks for one gets it from the country.
"""

from __future__ import annotations

from tests.helpers.second_story.people import FROM_LODZ, GUEST_ROLES, GUESTS, HOST_ROLES, HOSTS
from tests.helpers.second_story.teller import Teller, both
from ucapdesk.model.values import Money, PartialDate, Refs, When

DAYS = ("2027-04-12", "2027-04-13", "2027-04-14", "2027-04-15")
LO_91 = When("2027-04-11", "14:40", "05:55", "2027-04-12", "Europe/Warsaw", "Asia/Shanghai")
TK_1882 = When("2027-04-11", "20:10", "21:40", tz="Europe/Athens", end_tz="Europe/Istanbul")
TK_88 = When("2027-04-12", "00:55", "15:20", tz="Europe/Istanbul", end_tz="Asia/Shanghai")


def tell(t: Teller) -> None:
    _visit(t)
    _legs(t)
    for n, (name, role) in enumerate(zip(GUESTS, GUEST_ROLES, strict=True)):
        arrival = t["LO 91"] if name in FROM_LODZ else t["TK 88"]
        t.new("participation", owner=t["visit"], person=t[name], side="B", role=role, attendance="accepted", arrival=arrival,
              departure=t["G 804"], room=f"{1201 + n}")  # fmt: skip
    for name, role in zip(HOSTS, HOST_ROLES, strict=True):
        t.new("participation", owner=t["visit"], person=t[name], side="A", role=role, attendance="accepted")
    _gifts(t)
    _checklist(t)


def _visit(t: Teller) -> None:
    t.new(
        "visit", "visit", ucaps=Refs([t["ucap"]]), dates=PartialDate(f"{DAYS[0]}/{DAYS[-1]}"), type="working", status="confirmed",
        title=both("Joint delegation of Łódź and Thessaloniki to Zhengzhou", "罗兹市和塞萨洛尼基市联合代表团访问郑州"),
        travelling_side="B", host_places=Refs([t["zhengzhou"]]), head=t["bożena"], invited_by=t["city government"],
        delegation_name=both("Joint delegation of the Cities of Łódź and Thessaloniki", "罗兹市和塞萨洛尼基市联合代表团"),
        invitation_date=PartialDate("2027-01-18"), invitation_reference="郑外函〔2027〕12号", coordinator=t["maria"],
        hotels=Refs(t.all("guest house", "station hotel")), host_coordinator=t["ouyang"], duty_phone="+86 138 0371 6215",
        embassies=Refs(t.all("Embassy of the Republic of Poland in Beijing", "Embassy of Greece in Beijing")),
        budget=Money("48500", "EUR"), cost_bearer=both("International travel: own side; local costs: host"),
        purpose=both(
            "To sign the Memorandum of Understanding on sponge-city technology and green rail freight, to start the first pilot "
            "project, and to see the flood-control works built after July 2021.",
            "签署关于海绵城市技术与绿色铁路货运合作的谅解备忘录，启动首个试点项目，考察2021年7月以来新建的防洪工程。",
        ),
        objectives=both(
            "Sign the MoU.\nAgree on the work plan 2027–2029 of the pilot project.\nName contacts for each theme.",
            "签署谅解备忘录。\n商定试点项目2027—2029年工作计划。\n确定各主题联系人。",
        ),
        key_messages=both(
            "The three cities have the same problem: too much water at once, too little afterwards.\n"
            "We bring EUR 750,000 from Horizon Europe."
        ),
        luggage=both(
            "Two pieces each, with red labels; the bus takes them from the lobby at 07:30 on the last day.",
            "每人两件，系红色行李牌；返程当日7:30在大堂统一装车。",
        ),
        internet=both("eSIM sent before departure; hotel Wi-Fi in all rooms."),
        medical=both("A doctor of the First Affiliated Hospital is on call.", "郑州大学第一附属医院安排医生随时待命。"),
        vehicles=both("One coach (29 seats), two cars for the heads", "29座中巴一辆，团长用车两辆"),
    )  # fmt: skip


def _legs(t: Teller) -> None:
    warsaw, beijing = both("Warsaw (WAW)", "华沙"), both("Beijing Capital (PEK), Terminal 3", "北京首都机场T3航站楼")
    istanbul, thessaloniki = both("Istanbul (IST)", "伊斯坦布尔"), both("Thessaloniki (SKG)", "塞萨洛尼基")
    west, east = both("Beijing West", "北京西站"), both("Zhengzhou East", "郑州东站")
    hotel = both("Yellow River Guest House", "黄河迎宾馆")
    arrival, departure = DAYS[0], DAYS[-1]
    for mode, number, start, end, seats, when, more in (
        ("flight", "LO 91", warsaw, beijing, 6, LO_91, {"booking": "XK7PLQ"}),
        ("flight", "TK 1882", thessaloniki, istanbul, 4, TK_1882, {"booking": "R2D8WN"}),
        ("flight", "TK 88", istanbul, beijing, 4, TK_88, {"booking": "R2D8WN"}),
        ("hsr", "G 79", west, east, 10, When(arrival, "17:00", "19:26"), {}),
        ("car", "豫A·00001", east, hotel, 4, When(arrival, "19:45", "20:25"), {"driver": "Mr Wang, +86 137 0000 0001"}),
        ("car", "豫A·00002", east, hotel, 4, When(arrival, "19:45", "20:25"), {"driver": "Mr Ma, +86 137 0000 0002"}),
        ("coach", "豫A·88L66", east, hotel, 29, When(arrival, "19:50", "20:40"), {"driver": "Mr He, +86 137 0000 0003"}),
        ("hsr", "G 804", east, west, 10, When(departure, "13:10", "15:42"), {}),
    ):  # fmt: skip
        t.new("transport_leg", number, owner=t["visit"], mode=mode, number=number, departs_from=start, arrives_at=end,
              seats=seats, when=when, **more)  # fmt: skip


def _gifts(t: Teller) -> None:
    t.new("gift", owner=t["visit"], direction="given", item=both("Jacquard scarf from the White Factory", "“白色工厂”提花围巾"),
          to_person=t["gong"], value=Money("180", "EUR"))  # fmt: skip
    t.new("gift", owner=t["visit"], direction="given", item=both("Olive oil of Mount Athos"), to_person=t["chen"])
    t.new("gift", owner=t["visit"], direction="received", item=both("Jun porcelain vase", "钧瓷花瓶"), from_person=t["gong"],
          to_person=t["bożena"], register_number="2027/14")  # fmt: skip


def _checklist(t: Teller) -> None:
    for en, zh, days, who, done in (
        ("Visas of all travellers", "全体团员签证", -21, "maria", True),
        ("Interpreters briefed", "向翻译介绍情况", -7, "zhao", None),
        ("Gifts packed", None, -2, "maria", None),
    ):
        t.new("checklist_item", owner=t["visit"], text=both(en, zh), offset_days=days, responsible=t[who], done=done)
