"""Where the second story happens: countries, three cities, halls and hotels, offices; and the cooperation it is about.

Zhengzhou names no time zone: its country does.
"""

from __future__ import annotations

from typing import Any

from tests.helpers.second_story.teller import Teller, both
from ucapdesk.model.values import Bilingual, Codes, Money, PartialDate, Quantity, Refs


def tell(t: Teller) -> None:
    _countries(t)
    _cities(t)
    _halls(t)
    _hotels(t)
    _offices_in_zhengzhou(t)
    _offices_of_guests(t)
    _cooperation(t)


def _countries(t: Teller) -> None:
    t.country("CN", both("China", "中国"), time_zones=Codes(["Asia/Shanghai"]), calling_code="+86", currency="CNY")
    t.country("PL", both("Poland", "波兰"), time_zones=Codes(["Europe/Warsaw"]), calling_code="+48", eu27=True)
    t.country("GR", both("Greece", "希腊"), time_zones=Codes(["Europe/Athens"]), calling_code="+30", eu27=True)


def _cities(t: Teller) -> None:
    t.new(
        "place", "zhengzhou", type="city", name=both("Zhengzhou", "郑州"), official_name=both("Zhengzhou", "郑州市"),
        state=both("Henan Province", "河南省"), country=t["CN"], logo=t.arms("zhengzhou", "#b3262e", "#f4d35e"),
        population=Quantity("12828000", "about"), area_km2=Quantity("7567"),
        description=both(
            "Capital of Henan Province and one of China's national central cities. The city lies south of the Yellow River "
            "where the north–south and east–west high-speed railways cross, and is home to the Zhengzhou Airport Economy Zone.",
            "河南省省会、国家中心城市，位于黄河以南、“米”字形高铁网的中心，设有郑州航空港经济综合实验区。",
        ),
        key_industries=both(
            "Electronic information; new-energy vehicles; equipment manufacturing; modern logistics",
            "电子信息、新能源汽车、装备制造、现代物流",
        ),
    )  # fmt: skip
    t.new(
        "place", "łódź", type="city", name=both("Łódź", "罗兹"), country=t["PL"], time_zone="Europe/Warsaw",
        population=Quantity("652000", "about"), state=both("Łódź Voivodeship", "罗兹省"),
        logo=t.arms("lodz", "#c8102e", "#ffd100"),
        description=both(
            "Third city of Poland, once the centre of its textile industry; the terminus of the Chengdu–Łódź freight railway."
        ),
        key_industries=both("Logistics; household appliances; creative industries", "物流、家用电器、创意产业"),
    )  # fmt: skip
    t.new(
        "place", "thessaloniki", type="city", name=both("Thessaloniki", "塞萨洛尼基"), local_name="Θεσσαλονίκη",
        country=t["GR"], time_zone="Europe/Athens", population=Quantity("319000", "about"),
        state=both("Central Macedonia", "中马其顿大区"), logo=t.arms("thessaloniki", "#1d4e89", "#ffffff"),
        description=both(
            "Second city of Greece, a port on the Thermaic Gulf and the seat of its largest university.",
            "希腊第二大城市，塞尔迈湾港口城市，希腊规模最大的大学所在地。",
        ),
    )  # fmt: skip


def _halls(t: Teller) -> None:
    for name, en, zh, address, address_zh, phone in (
        ("convention centre", "Zhengzhou International Convention and Exhibition Centre, Conference Building",
         "郑州国际会展中心会议楼", "1 Shangwu Inner Ring Road, Zhengdong New District, Zhengzhou",
         "郑州市郑东新区商务内环路1号", "+86 371 6809 9999"),
        ("reception hall", "Zhengzhou Municipal People's Government, Foreign Affairs Reception Hall",
         "郑州市人民政府外事接待厅", "233 Zhongyuan West Road, Zhongyuan District, Zhengzhou",
         "郑州市中原区中原西路233号", "+86 371 6718 5114"),
        ("noodle house", "Heji Braised Noodle House", "合记烩面馆", "3 Renmin Road, Jinshui District", "金水区人民路3号",
         "+86 371 6622 8026"),
        ("museum", "Henan Museum", "河南博物院", "8 Nongye Road, Jinshui District, Zhengzhou", "郑州市金水区农业路8号",
         "+86 371 6351 1237"),
    ):  # fmt: skip
        t.new("place", name, type="venue", name=both(en, zh), address=both(address, address_zh), phone=phone,
              parent=t["zhengzhou"])  # fmt: skip


def _hotels(t: Teller) -> None:
    t.new(
        "place", "hospital", type="hospital", phone="+86 371 6691 3114",
        name=both("The First Affiliated Hospital of Zhengzhou University (Zhengdong Campus)", "郑州大学第一附属医院（郑东院区）"),
        address=both("1 Longhu Middle Ring Road, Zhengdong New District", "郑东新区龙湖中环路1号"),
    )  # fmt: skip
    t.new(
        "place", "guest house", type="hotel", name=both("Yellow River Guest House", "黄河迎宾馆"), parent=t["zhengzhou"],
        address=both("1 Yingbin Road, Huiji District, Zhengzhou", "郑州市惠济区迎宾路1号"), phone="+86 371 6677 8888",
        wifi="YRGH-Guest / 20270412", hospital=t["hospital"],
    )  # fmt: skip
    t.new(
        "place", "station hotel", type="hotel", name=both("Zhengzhou East Station Hotel"), parent=t["zhengzhou"],
        address=both("199 Xinfeng Road, Zhengdong New District, Zhengzhou", "郑州市郑东新区心怡路199号"),
        phone="+86 371 8891 9999", hospital=t["hospital"],
    )  # fmt: skip


def _offices_in_zhengzhou(t: Teller) -> None:
    city = t["zhengzhou"]
    t.new(
        "organisation", "city government", name=both("Zhengzhou Municipal People's Government", "郑州市人民政府"), place=city,
        type="municipality", address=both("233 Zhongyuan West Road, Zhengzhou 450007", "郑州市中原西路233号 邮编：450007"),
        phone="+86 371 6718 5114", email="office@zhengzhou.example.cn", website="https://www.zhengzhou.example.cn",
        logo=t.arms("government", "#b3262e", "#f4d35e"),
    )  # fmt: skip
    t.new(
        "organisation", "foreign affairs office", place=city, type="municipality", acronym="FAO",
        name=both(
            "Foreign Affairs Office of Zhengzhou Municipal People's Government (Hong Kong and Macao Affairs Office)",
            "郑州市人民政府外事办公室（港澳事务办公室）",
        ),
        short_name=both("Zhengzhou FAO", "郑州市外办"), phone="+86 371 6718 6200",
        address=both("233 Zhongyuan West Road, Zhengzhou", "郑州市中原西路233号"),
    )  # fmt: skip
    t.new(
        "organisation", "airport zone", place=city, type="municipality",
        name=both(
            "Administrative Committee of the Zhengzhou Airport Economy Zone, Bureau of Development, Reform and "
            "International Cooperation",
            "郑州航空港经济综合实验区管理委员会发展改革与国际合作局",
        ),
    )  # fmt: skip
    t.new(
        "organisation", "water university", place=city, type="university",
        name=both(
            "North China University of Water Resources and Electric Power, School of Environmental and Municipal Engineering",
            "华北水利水电大学环境与市政工程学院",
        ),
    )  # fmt: skip
    _embassy(t, "Embassy of the Republic of Poland in Beijing", "波兰共和国驻华大使馆", "+86 10 6532 1235",
             both("1 Ritan Road, Jianguomenwai, Beijing", "北京市建国门外日坛路1号"))  # fmt: skip
    _embassy(t, "Embassy of Greece in Beijing", "希腊驻华大使馆", "+86 10 8587 7700", both("17 Guanghua Road, Beijing"))


def _embassy(t: Teller, en: str, zh: str, phone: str, address: Bilingual) -> None:
    t.new("organisation", en, name=both(en, zh), place=t["zhengzhou"], type="diplomatic", phone=phone,
          address=address)  # fmt: skip


def _offices_of_guests(t: Teller) -> None:
    def office(name: str, city: str, type_: str, en: str, zh: str | None, **more: Any) -> None:
        t.new("organisation", name, name=both(en, zh), place=t[city], type=type_, **more)

    office(
        "łódź office", "łódź", "municipality", "City of Łódź Office, Department for Strategy, Development and Foreign Investment",
        "罗兹市政府战略发展与外商投资局", address=both("ul. Piotrkowska 104, 90-926 Łódź, Poland"), phone="+48 42 638 40 00",
        logo=t.arms("lodz-office", "#c8102e", "#ffd100"),
    )  # fmt: skip
    office(
        "łódź university", "łódź", "university",
        "Lodz University of Technology, Institute of Environmental Engineering and Building Installations",
        "罗兹理工大学环境工程与建筑设备研究所",
    )  # fmt: skip
    office(
        "thessaloniki office", "thessaloniki", "municipality",
        "Municipality of Thessaloniki, Deputy Mayoralty for Urban Resilience, Climate Change and International Relations",
        "塞萨洛尼基市政府城市韧性、气候变化与国际关系副市长办公室", phone="+30 231 331 7777",
        address=both("1 Vasileos Georgiou I Street, 546 40 Thessaloniki, Greece"),
        logo=t.arms("thessaloniki-office", "#1d4e89", "#ffffff"),
    )  # fmt: skip
    office("port", "thessaloniki", "company", "Thessaloniki Port Authority S.A.", None)


def _cooperation(t: Teller) -> None:
    name = both("International Urban and Regional Cooperation", "国际城市及区域合作项目")
    t.new(
        "ucap", "ucap", title=both("Zhengzhou – Łódź – Thessaloniki", "郑州—罗兹—塞萨洛尼基"), reference="UCAP-ZZ-2026-04",
        status="active", programme=t.new("programme", code="IURC", name=name), reported_mou_count=2,
        main_objective=both(
            "To make water networks and freight corridors of the three cities cleaner and more resilient by 2030.",
            "到2030年，使三市的供水管网和货运通道更加清洁、更具韧性。",
        ),
        key_focus=both("Urban water; rail freight; green logistics", "城市水务、铁路货运、绿色物流"),
        key_challenges=both(
            "Ageing pipes; floods after heavy rain (such as that of 20 July 2021); empty containers on the way back",
            "管网老化；强降雨内涝（如2021年“7·20”特大暴雨）；回程空箱",
        ),
        expected_results=both("Three pilot projects, one MoU, a joint training programme for 60 engineers."),
        sdgs=Codes(["6", "9", "11", "13"]),
    )  # fmt: skip
    for code, en, zh in (("A", "Zhengzhou", "郑州"), ("B", "Łódź and Thessaloniki", "罗兹、塞萨洛尼基")):
        t.new("ucap_side", f"side {code}", owner=t["ucap"], side=code, label_text=both(en, zh))
    for city, code in (("zhengzhou", "A"), ("łódź", "B"), ("thessaloniki", "B")):
        t.new("ucap_place", owner=t["ucap"], place=t[city], side=code)
    t.new(
        "theme", "water", owner=t["ucap"], name=both("Sponge city and urban water", "海绵城市与城市水务"),
        sdgs=Codes(["6", "11", "13"]),
        description=both("Storm-water storage, leak detection and early warning.", "雨洪调蓄、漏损检测与内涝预警。"),
    )  # fmt: skip
    t.new(
        "theme", "freight", owner=t["ucap"], name=both("Green rail freight", "绿色铁路货运"), sdgs=Codes(["9"]),
        description=both("Return loads for the China–Europe Railway Express and shore power in the port."),
    )  # fmt: skip
    t.new(
        "pilot_project", "twin", ucap=t["ucap"], themes=Refs([t["water"]]), status="scoping", sdgs=Codes(["6", "11"]),
        title=both("Digital twin of the Jinshui drainage basin", "金水流域排水数字孪生"), places=Refs([t["zhengzhou"]]),
        description=both(
            "A model of 180 km of sewers that warns two hours before a flood.", "覆盖180公里管网的模型，可提前两小时预警内涝。"
        ),
        organisations=Refs(t.all("water university", "łódź university")), dates=PartialDate("2027-06/2029-05"),
        budget=Money("750000", "EUR"),
    )  # fmt: skip
    t.new(
        "pilot_project", "return loads", ucap=t["ucap"], themes=Refs([t["freight"]]), status="scoping",
        title=both(
            "Return loads for the China–Europe Railway Express: Zhengzhou–Małaszewicze–Łódź",
            "中欧班列（郑州—马拉舍维奇—罗兹）回程货源组织",
        ),
        organisations=Refs(t.all("airport zone", "port")),
    )  # fmt: skip
    for en, zh in (("sponge city", "海绵城市"), ("storm-water storage", "雨洪调蓄"), ("return load", "回程货"),
                   ("digital twin", "数字孪生")):  # fmt: skip
        t.new("glossary_term", term=both(en, zh))
    t.new("template", "invitation", type="letter", name=both("Invitation", "邀请函"))
