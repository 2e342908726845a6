"""The programme of the second story: four days, point by point; no point names a zone but the flights."""

from __future__ import annotations

from typing import Any

from tests.helpers.second_story.people import HOST_ROLES, take_part
from tests.helpers.second_story.teller import Teller, both
from tests.helpers.second_story.visit import DAYS, LO_91, TK_88, TK_1882
from ucapdesk.model.values import Bilingual, When

ARRIVAL, TALKS, SIGNING, DEPARTURE = DAYS


def tell(t: Teller) -> None:
    _days(t)
    _arrival(t)
    _talks(t)
    _signing(t)
    _departure(t)


def _days(t: Teller) -> None:
    """The hotel of the third night is told by a check-in alone."""
    for day, en, zh, dress, hotel in (
        (ARRIVAL, "Arrival", "抵达", None, "guest house"),
        (TALKS, "Talks and convention centre", "会谈与会展中心", "business_formal", "guest house"),
        (SIGNING, "Flood control, signing", "防洪考察与签字仪式", "business_formal", None),
        (DEPARTURE, "Culture and departure", None, "business_casual", None),
    ):
        weather = both("16–24 °C, dry", "16～24℃，晴") if day != DEPARTURE else None
        t.new("itinerary_day", day, owner=t["visit"], date=day, title=both(en, zh), place=t["zhengzhou"], dress=dress,
              hotel=t[hotel] if hotel else None, coordinator=t["ouyang"], weather=weather)  # fmt: skip


def _point(t: Teller, key: str, when: When, type_: str, title: Bilingual, **values: Any) -> None:
    led = {"host_lead": t["ouyang"], "our_lead": t["maria"], "interpreter": t["zhao"]}
    t.new("itinerary_item", key, owner=t["visit"], when=when, type=type_, title=title, **{**led, **values})


def _arrival(t: Teller) -> None:
    nobody = {"host_lead": None, "our_lead": None, "interpreter": None}
    _point(t, "flight of Łódź", LO_91, "flight", both("Flight of the Łódź group to Beijing", "罗兹组飞往北京"),
           transport=t["LO 91"], group="Łódź", **nobody)  # fmt: skip
    _point(t, "flight to Istanbul", TK_1882, "flight", both("Flight of the Thessaloniki group to Istanbul",
           "塞萨洛尼基组飞往伊斯坦布尔"), transport=t["TK 1882"], group="Thessaloniki", **nobody)  # fmt: skip
    _point(t, "flight to Beijing", TK_88, "flight", both("Flight of the Thessaloniki group to Beijing", "塞萨洛尼基组飞往北京"),
           transport=t["TK 88"], group="Thessaloniki", **nobody)  # fmt: skip
    _point(t, "train", When(ARRIVAL, "17:00", "19:26"), "train", both("High-speed train Beijing West – Zhengzhou East",
           "乘高铁前往郑州（北京西—郑州东）"), transport=t["G 79"], bring=both("Passport", "护照"), fixed=True)  # fmt: skip
    _point(t, "to the hotel", When(ARRIVAL, "19:50", "20:40"), "transfer", both("To the hotel", "前往酒店"), transport=t["豫A·88L66"],
           cars=both("Heads in two cars, all others in the coach", "团长乘轿车，其余人员乘中巴"))  # fmt: skip
    _point(t, "supper", When(ARRIVAL, "20:45", "22:00"), "meal", both("Light supper at the hotel", "酒店简餐"), place=t["guest house"],
           room="1st floor, Mudan Hall")  # fmt: skip


def _talks(t: Teller) -> None:
    _point(
        t, "to the centre", When(TALKS, "08:45", "09:20"), "transfer", both("To the convention centre", "前往会展中心")
    )
    _point(t, "talks", When(TALKS, "09:30", "12:00"), "meeting", both("Talks on sponge-city technology and green rail freight",
           "海绵城市技术与绿色铁路货运合作会谈"), meeting=t["meeting"], place=t["convention centre"], room="Room 308",
           confirmed=True)  # fmt: skip
    _point(t, "lunch", When(TALKS, "12:15", "13:45"), "meal", both("Working lunch", "工作午餐"), place=t["convention centre"],
           menu=both("Buffet, with vegetarian and gluten-free dishes", "自助餐，备有素食和无麸质菜品"))  # fmt: skip
    _point(t, "land port", When(TALKS, "14:30", "17:00"), "site_visit",
           both("Zhengzhou International Land Port: China–Europe Railway Express terminal", "郑州国际陆港：中欧班列始发站"),
           address=both("Putian, Jingkai District", "经开区圃田"), public=True, dress="site",
           bring=both("Flat shoes; helmets are provided", "平底鞋；现场提供安全帽"))  # fmt: skip
    _point(t, "dinner", When(TALKS, "18:30", "20:30"), "banquet", both("Dinner given by Vice Mayor Gong", "龚䶮副市长宴请"),
           place=t["guest house"], room="Yellow River Hall",
           ceremony=both("Welcome words\nReply\nToasts", "致祝酒辞\n答辞\n祝酒"))  # fmt: skip
    guests = ("guest_of_honour", "deputy_head", "delegate", "delegate", "expert", "delegate", "coordinator", "press",
              "interpreter", "delegate")  # fmt: skip
    take_part(t, t["dinner"], guests, HOST_ROLES)


def _signing(t: Teller) -> None:
    _point(t, "reservoir", When(SIGNING, "08:30", "11:30"), "site_visit",
           both("Changzhuang Reservoir and Jinshui River flood-control works", "考察常庄水库及金水河防洪工程"),
           bring=both("Rain jacket"), plan_b=both("If it rains hard: the Museum of the Yellow River"))  # fmt: skip
    _point(
        t,
        "noodles",
        When(SIGNING, "12:00", "13:30"),
        "meal",
        both("Lunch: braised noodles", "午餐：烩面"),
        place=t["noodle house"],
    )
    _point(t, "round table", When(SIGNING, "14:00", "15:30"), "meeting",
           both("Round table at North China University of Water Resources and Electric Power", "华北水利水电大学座谈会"))  # fmt: skip
    _point(t, "signature", When(SIGNING, "16:00", "16:45"), "signing", both("Signing of the Memorandum of Understanding",
           "谅解备忘录签字仪式"), place=t["reception hall"], meeting=t["signing"], public=True, fixed=True)  # fmt: skip
    _point(t, "free time", When(SIGNING, "17:30"), "free", both("Free time"))
    _point(t, "check-in", When(SIGNING, "21:00"), "checkin", both("Check-in at the hotel by the station", "入住车站旁酒店"),
           place=t["station hotel"])  # fmt: skip


def _departure(t: Teller) -> None:
    _point(t, "luggage", When(DEPARTURE, "07:30"), "checkout", both("Luggage to the lobby", "行李送至大堂"))
    _point(t, "museum visit", When(DEPARTURE, "09:00", "11:00"), "culture", both("Henan Museum", "参观河南博物院"), place=t["museum"],
           public=True)  # fmt: skip
    _point(t, "farewell", When(DEPARTURE, "11:15", "12:15"), "meal", both("Farewell lunch"), place=t["museum"])
    _point(t, "back", When(DEPARTURE, "13:10", "15:42"), "departure", both("Departure by train to Beijing", "乘高铁赴北京"),
           transport=t["G 804"], fixed=True)  # fmt: skip
    _point(
        t,
        "briefing",
        When(TALKS, "22:00"),
        "internal",
        both("Own side compares notes"),
        internal_note=both("In the lobby bar"),
    )
