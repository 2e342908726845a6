"""Words for types of programme items in a typed line, in the languages of the window, and the titles they give.

Longer words stand before shorter ones of which they are part. A point that is named by such a word alone has it as its
title in both languages; the Chinese ones are drafts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ucapdesk.model.codes import code_label, codes

ITINERARY_KINDS = "itinerary_kind"


class KindWord(NamedTuple):
    """A word, the type it stands for, and the title of an item named by it alone."""

    word: str
    kind: str
    en: str
    zh: str


_WORDS = """
meal: breakfast/早餐 lunch/午餐 dinner/晚餐 supper/晚餐 coffee/茶歇 coffee_break/茶歇 meal/用餐 tea/茶歇
banquet: banquet/宴请 reception/招待会 gala/宴会 official_dinner/宴请 welcome_dinner/欢迎晚宴
meeting: meeting/会议 meet/会面 mtg/会议 talks/会谈 talk/会谈 round_table/圆桌会议 courtesy_call/礼节性拜会 workshop/研讨会 forum/论坛 seminar/研讨会
site_visit: site_visit/实地考察 visit/参观 tour/参观 excursion/考察
signing: signing/签字仪式 sign/签字仪式 signing_ceremony/签字仪式 ceremony/仪式
transfer: transfer/乘车转场 bus/乘车转场 coach/乘车转场 car/乘车转场 taxi/出租车 drive/乘车转场 walk/步行
flight: flight/航班 fly/航班 plane/航班
train: train/火车
arrival: arrival/抵达 arrive/抵达 arrives/抵达
departure: departure/离开 depart/离开 leave/离开
checkin: check-in/入住酒店 checkin/入住酒店 check_in/入住酒店
checkout: check-out/退房 checkout/退房 check_out/退房
culture: culture/文化活动 museum/博物馆 concert/音乐会 sightseeing/游览
free: free/自由活动 free_time/自由活动 rest/休息
internal: internal/内部碰头会 debrief/内部总结会 briefing/内部碰头会
buffer: buffer/机动时间 break/休息
"""
_HAN = """
meal: 早餐/Breakfast 早饭/Breakfast 午餐/Lunch 午饭/Lunch 晚餐/Dinner 晚饭/Dinner 用餐/Meal 吃饭/Meal 茶歇/Coffee_break
banquet: 欢迎晚宴/Welcome_dinner 晚宴/Banquet 宴会/Banquet 宴请/Banquet 招待会/Reception
meeting: 圆桌会议/Round_table 会面/Meeting 会见/Meeting 会谈/Talks 会议/Meeting 座谈会/Round_table 座谈/Talks 洽谈/Talks 拜会/Courtesy_call 研讨会/Workshop 论坛/Forum
site_visit: 实地考察/Site_visit 访问/Visit 参观/Visit 考察/Site_visit 走访/Visit
signing: 签字仪式/Signing_ceremony 签署/Signing 签字/Signing 签约/Signing
transfer: 乘车转场/Transfer 转场/Transfer 乘车/Transfer 大巴/Bus 班车/Bus 接送/Transfer 步行/Walk
flight: 航班/Flight 飞机/Flight 乘机/Flight
train: 高铁/Train 动车/Train 火车/Train
arrival: 抵达/Arrival 到达/Arrival
departure: 离开/Departure 启程/Departure 出发/Departure 返程/Departure
checkin: 入住酒店/Hotel_check-in 入住/Hotel_check-in
checkout: 退房/Hotel_check-out
culture: 文化活动/Cultural_programme 博物馆/Museum 游览/Sightseeing
free: 自由活动/Free_time 休息/Rest
internal: 内部碰头会/Internal_briefing 碰头会/Internal_briefing 内部会/Internal_briefing
buffer: 机动时间/Buffer 机动/Buffer
"""
_OTHERS = """
meal: frühstück/Breakfast/早餐 mittagessen/Lunch/午餐 abendessen/Dinner/晚餐 kaffeepause/Coffee_break/茶歇 desayuno/Breakfast/早餐 almuerzo/Lunch/午餐 cena/Dinner/晚餐 colazione/Breakfast/早餐 pranzo/Lunch/午餐
banquet: bankett/Banquet/宴请 empfang/Reception/招待会 banquete/Banquet/宴请 recepción/Reception/招待会 banchetto/Banquet/宴请 ricevimento/Reception/招待会
meeting: gespräch/Talks/会谈 gespräche/Talks/会谈 runder_tisch/Round_table/圆桌会议 höflichkeitsbesuch/Courtesy_call/礼节性拜会 mesa_redonda/Round_table/圆桌会议 tavola_rotonda/Round_table/圆桌会议 riunione/Meeting/会议 colloqui/Talks/会谈
site_visit: besichtigung/Visit/参观 besuch/Visit/参观 führung/Tour/参观 visita/Visit/参观
transfer: fahrt/Transfer/乘车转场 busfahrt/Bus/乘车转场
departure: abfahrt/Departure/离开
culture: konzert/Concert/音乐会 stadtführung/Sightseeing/游览 museo/Museum/博物馆 concierto/Concert/音乐会 concerto/Concert/音乐会
free: freizeit/Free_time/自由活动
buffer: pause/Break/休息
"""
"""German, Spanish and Italian words beside the labels of the list, each with its titles."""
_RIDES = """
transfer: tram/Tram/有轨电车 tramway/Tram/有轨电车 streetcar/Tram/有轨电车 straßenbahn/Tram/有轨电车 tranvía/Tram/有轨电车 有轨电车/Tram/有轨电车 轻轨/Light_rail/轻轨 light_rail/Light_rail/轻轨
transfer: metro/Metro/地铁 subway/Metro/地铁 underground/Metro/地铁 u-bahn/Metro/地铁 metropolitana/Metro/地铁 地铁/Metro/地铁 s-bahn/Suburban_train/市域铁路
transfer: ferry/Ferry/轮渡 fähre/Ferry/轮渡 ferri/Ferry/轮渡 transbordador/Ferry/轮渡 traghetto/Ferry/轮渡 轮渡/Ferry/轮渡 渡轮/Ferry/轮渡 boat/Boat/乘船 schiff/Boat/乘船 barco/Boat/乘船 battello/Boat/乘船 乘船/Boat/乘船
transfer: cab/Taxi/出租车 taxis/Taxi/出租车 出租车/Taxi/出租车 打车/Taxi/出租车 minibus/Minibus/中巴 kleinbus/Minibus/中巴 microbús/Minibus/中巴 pulmino/Minibus/中巴 中巴/Minibus/中巴 公交车/City_bus/公交车
"""
"""What one rides in, in five languages. Cities talk of these as well: see ``RIDES``."""


def _read() -> Iterator[KindWord]:
    for text, han in ((_WORDS, False), (_HAN, True)):
        for line in text.strip().splitlines():
            kind, _, pairs = line.partition(": ")
            for pair in pairs.split():
                one, other = (part.replace("_", " ") for part in pair.split("/"))
                en, zh = (other, one) if han else (one[0].upper() + one[1:], other)
                yield KindWord(one, kind, en, zh)
    for line in (*_OTHERS.strip().splitlines(), *_RIDES.strip().splitlines()):
        kind, _, words = line.partition(": ")
        for each in words.split():
            word, en, zh = (part.replace("_", " ") for part in each.split("/"))
            yield KindWord(word, kind, en, zh)


def _of_list() -> Iterator[KindWord]:
    """Yield the labels of the code list, and all other spellings."""
    for code in codes(ITINERARY_KINDS):
        en, zh = (code_label(ITINERARY_KINDS, code, lang) for lang in ("en", "zh"))
        for spelling in codes(ITINERARY_KINDS)[code].spellings:
            yield KindWord(spelling.casefold().replace("_", " "), code, en, zh)


WORDS: tuple[KindWord, ...] = tuple(
    sorted({each.word: each for each in (*_of_list(), *_read())}.values(), key=lambda each: -len(each.word))
)
"""All words, the longest first."""
RIDES = frozenset(
    pair.partition("/")[0].replace("_", " ") for line in _RIDES.strip().splitlines() for pair in line.split()[1:]
)
"""Words that stand for a ride only where they are alone or a way follows: “tram depot” and “plans for the metro” are subjects."""

VEHICLES = frozenset(re.findall(
    r"\S+", "bus coach car taxi autobús coche autobus 大巴 班车 flight plane vuelo volo flug 航班 飞机 train tren treno zug 高铁 动车 火车"
))  # fmt: skip
"""Words that stand for a ride unless another word says what of it is meant: “bus factory”, “flight academy”, 火车站."""
_OF = re.compile(r"\b(?:of|of the|for|di|del|della|dei|de|de la|del|für|der|des|von)\s+$")


def first_kind(text: str) -> KindWord | None:
    """Return the word for a type with which a text begins, whole; the text is narrow and in lower case."""
    return next((each for each in WORDS if text.startswith(each.word) and _ends(text, len(each.word))), None)


def any_kind(text: str, rides: Callable[[str], bool] = bool) -> KindWord | None:
    """Return the last word for a type anywhere in a text: ``welcome dinner`` is a meal, ``发改委圆桌会议`` a meeting.

    ``rides`` tells whether the words behind a vehicle are those of a ride.
    """
    found = [
        (at.end(), -at.start(), each)
        for each in WORDS
        if each.word not in RIDES
        for at in re.finditer(re.escape(each.word), text)
        if _ends(text, at.end()) and (at.start() == 0 or not _glued(text[at.start() - 1], text[at.start()]))
        if each.word not in VEHICLES or (rides(text[at.end() :]) and not _OF.search(text[: at.start()]))
    ]
    return max(found, key=lambda place: place[:2])[2] if found else None


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or not _glued(text[at - 1], text[at])


def _glued(one: str, other: str) -> bool:
    """Return whether two letters belong to one word: only Latin letters and figures do."""
    return all(sign.isalnum() and ord(sign) < 0x2E80 for sign in (one, other))
