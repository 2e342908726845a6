"""A paper that holds every kind of block, from records as one hopes for and from those nobody hopes for."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from tests.helpers.paper_flaws import flaws
from ucapdesk.briefing.blocks.content import (
    Block,
    Column,
    Contents,
    Cover,
    Event,
    Fact,
    Facts,
    Group,
    Letter,
    Meta,
    PageSetup,
    Paper,
    Ruled,
    Section,
    Signatory,
    Signatures,
    Table,
    Text,
    Timeline,
)
from ucapdesk.briefing.blocks.elements import (
    CARD_FORMS,
    QR,
    Bar,
    BoardCard,
    CardLine,
    Cards,
    Chart,
    Face,
    Para,
    Picture,
    Plan,
    Seat,
    Thing,
    Words,
)
from ucapdesk.briefing.pages.render import render
from ucapdesk.model.rules.sides import PARTY_MARKS


def bi(en: str | None, zh: str | None = None) -> Words:
    """English with draft Chinese."""
    return Words({"en": en, "zh": zh}, {"zh": "draft" if zh else "missing"})


def label(en: str, zh: str) -> Words:
    """A text of the program."""
    return Words({"en": en, "zh": zh})


BOTH = ("en", "zh")
TITLE = label("Liuzhou delegation to Barcelona", "柳州代表团访问巴塞罗那")
PURPOSE = bi(
    "Settle the road map of the smart-mobility and hydrogen pilots; sign the memorandum on the open incubator. Whoever pays"
    " for the feasibility study (EUR 75,000) is agreed before Wednesday, 25 November 2026.",
    "确定智慧出行与氢能试点项目路线图，签署《开放式孵化器合作谅解备忘录》。可行性研究经费（75,000欧元）的承担方应于2026年11月25日前商定。",
)
PHONE = bi(
    "Anna Ferrer, +34 600 000 000 · Chen Yan, +86 138 0000 0000",
    "安娜·费雷尔，+34 600 000 000；陈燕，+86 138 0000 0000",
)
PEOPLE = (
    ("Mr LI Mingyu", "李明宇先生", "Vice Mayor of Liuzhou", "柳州市副市长"),
    ("Ms Chen Yan", "陈燕女士", "Director, Foreign Affairs Office", "柳州市外事办公室主任"),
    ("Mr Łukasz Żółkowski", "武卡什·茹乌科夫斯基先生", "Deputy Mayor for Ecology, Urbanism and Mobility", "副市长"),
    ("Ms Bettina Stollar", "贝蒂娜·斯托拉尔女士", "Head of International Relations", "国际关系处处长"),
)
LONG_EN = ("International Cooperation Centre for Sustainable Urban Development and Innovation " * 7)[:500].strip()
LONG_ZH = ("国际可持续城市发展与创新合作中心" * 40)[:500]
HOSTILE = (
    bi(LONG_EN, LONG_ZH),
    bi("Only English, and nobody has translated it"),
    Words({"en": None, "zh": "只有中文，尚无译文"}, {"en": "missing"}),
    bi("Mr 𬱖 𫖯 from 𬭸", "𬱖𫖯𬭸先生"),
    bi("A note with emoji 🎉 and הערה بالعربية inside", "备注含🎉和العربية"),
    bi("Donaudampfschifffahrtsgesellschaftskapitänswitwe", "（《“括号”》）——和……等"),
)
META = Meta(
    label("Briefing pack", "访问手册"),
    label("Internal", "内部"),
    "v3",
    datetime(2026, 11, 24, 16, 10, tzinfo=UTC),
    "Anna Ferrer",
    label("23–26 November 2026", "2026年11月23日至26日"),
)


@cache
def photo(width: int = 300, height: int = 400, kind: str = "JPEG") -> bytes:
    """A picture of somebody."""
    image = Image.new("RGB", (width, height), "#C9D6E2")
    pen = ImageDraw.Draw(image)
    pen.ellipse((width * 0.3, height * 0.15, width * 0.7, height * 0.5), fill="#8A97A6")
    pen.rectangle((width * 0.15, height * 0.6, width * 0.85, height), fill="#5A6B7E")
    target = BytesIO()
    image.save(target, kind)
    return target.getvalue()


def logo() -> Picture:
    """A wide logo."""
    return Picture(photo(400, 120, "PNG"), 40, 12)


def texts(hostile: bool) -> tuple[Words, ...]:
    """Some texts."""
    return (
        HOSTILE if hostile else (PURPOSE, PHONE, *(bi(f"{en}, {post}", f"{amt}{zh}") for en, zh, post, amt in PEOPLE))
    )


def cover(hostile: bool = False) -> Cover:
    """A cover."""
    some = texts(hostile)
    facts = (
        Fact(label("Purpose", "访问目的"), (Para(some[0]),)),
        Fact(label("Head of delegation", "代表团团长"), (Para(some[2]),)),
        Fact(label("Host", "主方"), (Para(some[3]),)),
        Fact(
            label("Places", "地点"),
            (Para(bi("Barcelona: City Hall, 22@ district, Port", "巴塞罗那：市政厅、22@创新区、港口")),),
        ),
        Fact(label("Coordinator", "联系员"), (Para(PHONE),)),
    )
    notes = (
        Para(
            bi("Contains personal data. Replaces version 2.", "含个人信息。取代第2版。"),
            lead=label("Own delegation", "本团内部版"),
        ),
    )
    face = Picture(photo(), 40, 52)
    return Cover(facts, notes, label("Delegation of Liuzhou", "柳州市代表团"), (logo(), logo()), face)


def programme(hostile: bool = False, items: int = 12) -> Table:
    """A day."""
    columns = (
        Column(label("Time", "时间"), 24),
        Column(label("Item", "事项"), 100, split=True),
        Column(label("Who", "人员"), 26),
    )
    some = texts(hostile)
    rows: list[tuple[tuple[Para, ...], ...] | Group] = [
        Group(label("Wednesday, 25 November 2026", "2026年11月25日（星期三）"))
    ]
    for n in range(items):
        time = Words.plain(f"{8 + n // 4:02d}:{n % 4 * 15:02d}–{8 + n // 4:02d}:{n % 4 * 15 + 14:02d}")
        rows.append(
            (
                (Para(time, "lead"),),
                (Para(some[n % len(some)], "lead"), Para(PHONE, "note")),
                (Para(bi("all", "全体")),),
            )
        )
    return Table(columns, tuple(rows), label("Programme", "日程"))


def members(hostile: bool = False, count: int = 8) -> Table:
    """A list of people with portraits, and lines to sign on."""
    columns = (
        Column(label("No", "序号"), 8, numbered=True, align="right"),
        Column(label("Photo", "照片"), 14),
        Column(label("Name", "姓名"), 46),
        Column(label("Post", "职务"), 60),
        Column(label("Signature", "签名"), 30),
    )
    some = texts(hostile)
    rows = []
    for n in range(count):
        en, zh, post, post_zh = PEOPLE[n % len(PEOPLE)]
        name = some[n % len(some)] if hostile else bi(en, zh)
        post_said = some[(n + 1) % len(some)] if hostile else bi(post, post_zh)
        face = Picture(photo() if n % 3 else None, 12, 15)
        rows.append(((), (face,), (Para(name, "lead"),), (Para(post_said),), ()))
    return Table(columns, tuple(rows), label("Delegation", "代表团"), row_height=14)


def timeline(hostile: bool = False) -> Timeline:
    """What happened."""
    some = texts(hostile)
    kinds = (
        (label("Visit", "访问"), "●"),
        (label("Meeting", "会议"), "■"),
        (label("Memorandum", "备忘录"), "◆"),
        (None, "○"),
    )
    events = tuple(
        Event(label(f"{n + 1} June 2019", f"2019年6月{n + 1}日"), some[n % len(some)], (Para(PURPOSE),), *kinds[n % 4])
        for n in range(6)
    )
    return Timeline(events)


def chart(hostile: bool = False) -> Chart:
    """Counts by year."""
    some = texts(hostile)
    bars = [Bar(label(f"{2019 + n}", f"{2019 + n}年"), (3.0 * n, 12.0 - n, 5.0)) for n in range(6)]
    bars += [Bar(words, (7.0, 0.0, 3.5)) for words in some[:3]]
    series = (label("Visits", "访问"), label("Meetings", "会议"), label("Memoranda", "备忘录"))
    return Chart(tuple(bars), series)


def plan(hostile: bool = False, seats: int = 7) -> Plan:
    """Two rows facing each other."""
    some = texts(hostile)
    names = [some[n % len(some)] if hostile else bi(*PEOPLE[n % 4][:2]) for n in range(2 * seats)]
    posts = [bi(*PEOPLE[n % 4][2:]) for n in range(2 * seats)]
    wide = 22
    places = tuple(
        Seat(
            wide * (n % seats + 0.5),
            42 if n < seats else 78,
            names[n],
            PARTY_MARKS[n // seats],
            str(n + 1),
            posts[n],
            "above" if n < seats else "below",
        )
        for n in range(2 * seats)
    )
    things = (
        Thing("table", 4, 50, wide * seats - 8, 20, label("Talks", "会谈")),
        Thing("door", wide * seats / 2 - 10, 116, 20, 4, label("Door", "门")),
        Thing("flag", 0, 4, 4, 10),
        Thing("screen", wide * seats / 2 - 20, 2, 40, 2, label("Screen", "屏幕")),
        Thing("flowers", wide * seats - 10, 4, 8, 8),
    )
    return Plan(
        things,
        places,
        tuple(zip(PARTY_MARKS, (label("Liuzhou", "柳州"), label("Barcelona", "巴塞罗那")), strict=False)),
        label("Talks", "会谈座位图"),
        rows=True,
    )


def banquet(hostile: bool = False) -> Plan:
    """A round table."""
    from math import cos, pi, sin

    some = texts(hostile)
    seats = []
    for n in range(10):
        turn = 2 * pi * n / 10
        name = some[n % len(some)] if hostile else bi(*PEOPLE[n % 4][:2])
        seats.append(
            Seat(
                80 + 38 * sin(turn),
                62 - 38 * cos(turn),
                name,
                PARTY_MARKS[n % 3],
                str(n + 1),
                None,
                "below" if cos(turn) < 0.1 else "above",
            )
        )
    return Plan((Thing("round", 54, 36, 52, 52, label("Table 1", "1号桌")),), tuple(seats))


def signatures(hostile: bool = False) -> Signatures:
    """Places to sign."""
    some = texts(hostile)
    return Signatures(
        (
            Signatory(
                bi("For Liuzhou", "柳州市代表"),
                some[0] if hostile else bi("LI Mingyu", "李明宇"),
                bi("Vice Mayor", "副市长"),
            ),
            Signatory(
                bi("For Barcelona", "巴塞罗那市代表"),
                None,
                some[2] if hostile else None,
            ),
        )
    )


def letter(hostile: bool = False) -> Letter:
    """A letter."""
    some = texts(hostile)
    return Letter(
        salutation=bi("Dear Vice Mayor Li", "尊敬的李副市长"),
        body=(Para(PURPOSE), Para(some[0]), Para(some[4]), Para(PHONE)),
        date=label("Barcelona, 1 October 2026", "2026年10月1日"),
        signature=(
            bi("Bettina Stollar", "贝蒂娜·斯托拉尔"),
            bi("Head of International Relations", "国际关系处处长"),
            bi("City of Barcelona", "巴塞罗那市政府"),
        ),
        sender=(
            bi("City of Barcelona", "巴塞罗那市政府"),
            bi("International Relations · Plaça Sant Jaume 1", "国际关系处"),
        ),
        recipient=(bi("Mr LI Mingyu", "李明宇先生"), bi("Vice Mayor of Liuzhou", "柳州市副市长"), some[0]),
        title=label("Invitation", "邀请函"),
        enclosures=(bi("Draft programme", "日程草案"), some[1]),
        logo=logo(),
    )


def sections(hostile: bool = False) -> tuple[Section, ...]:
    """Every block but cards and letters, which have pages of their own."""
    some = texts(hostile)
    prose = (
        *tuple(Para(words) for words in some),
        Para(PURPOSE, mark="–"),
        Para(PHONE, mark="12."),
        Para(some[0], "large"),
        Para(some[1], "warning"),
    )
    facts = Facts(
        (
            Fact(
                label("When", "时间"),
                (Para(label("Wed 25 Nov 2026, 14:00–15:30", "2026年11月25日（星期三）14:00—15:30")),),
            ),
            Fact(label("Where", "地点"), (Para(some[3]), Para(some[0]))),
        )
    )
    portrait = Facts(facts.facts, Picture(photo(), 30, 38))
    blocks: tuple[tuple[Words, tuple[Block, ...]], ...] = (
        (label("Programme", "日程安排"), (programme(hostile),)),
        (label("Delegation", "代表团名单"), (members(hostile),)),
        (
            some[0] if hostile else label("Meeting: infrastructure for hydrogen vehicles", "会谈：氢能汽车基础设施"),
            (facts, Text(prose, label("Objectives", "目标")), portrait),
        ),
        (label("History", "合作历程"), (timeline(hostile),)),
        (label("Figures", "数据"), (chart(hostile),)),
        (label("Seating", "座位图"), (plan(hostile), banquet(hostile))),
        (
            label("Signing", "签字"),
            (
                signatures(hostile),
                Picture(photo(800, 500), 120, 60, "centre", (("en", "The hall"), ("zh", "会场"))),
            ),
        ),
        (label("Notes", "备注"), (Ruled(),)),
    )
    made = [Section((cover(hostile),)), Section((Contents(),), label("Contents", "目录"), "1", new_page=True)]
    for n, (heading, held) in enumerate(blocks, 2):
        made.append(Section(held, heading, str(n), new_page=n in (2, 7, 9)))
        made.append(Section((Text((Para(PURPOSE),)),), label("Remarks", "说明"), f"{n}.1", level=2))
    return tuple(made[:-1])


def pack(
    languages: tuple[str, ...] = BOTH,
    *,
    hostile: bool = False,
    layout: str = "side-by-side",
    page: PageSetup | None = None,
) -> Paper:
    """Everything on one paper."""
    title = HOSTILE[0] if hostile else TITLE
    return Paper(title, languages, META, sections(hostile), layout, page=page or PageSetup())


def cards(
    form: str,
    languages: tuple[str, ...] = BOTH,
    *,
    hostile: bool = False,
    count: int = 5,
    page: PageSetup | None = None,
) -> Paper:
    """A card for each of some people."""
    shape = CARD_FORMS[form]
    tall = shape.height * 2.8  # points a name may begin with
    made = []
    for n in range(count):
        name = HOSTILE[n % len(HOSTILE)] if hostile else bi(*PEOPLE[n % 4][:2])
        post = HOSTILE[(n + 2) % len(HOSTILE)] if hostile else bi(*PEOPLE[n % 4][2:])
        if form.startswith("place"):
            front = Face(
                (
                    CardLine(name, tall * 0.22, bold=True, spread=True, only="zh"),
                    CardLine(name, tall * 0.12, bold=True, only="en", before=2),
                )
            )
        elif form.startswith(("address", "pocket")):
            front = Face(
                (CardLine(name, 18, bold=True), CardLine(post, 11, before=3), CardLine(PHONE, 9, quiet=True, before=3)),
                qr=QR("tel:+34600000000", 20),
                align="left",
            )
        else:
            lines = (
                CardLine(name, 16, bold=True),
                CardLine(post, 9.5, before=1),
                CardLine(bi("City of Liuzhou", "柳州市"), 9, quiet=True),
            )
            front = Face(
                lines,
                Picture(photo(), 25, 32),
                logo(),
                QR("BEGIN:VCARD\nFN:" + "x" * 80, 22),
                label("Delegation", "代表团"),
                PARTY_MARKS[n % len(PARTY_MARKS)],
            )
        made.append(BoardCard(front, front if form == "badge-90x55" else None))
    return Paper(TITLE, languages, META, (Section((Cards(tuple(made), shape),)),), page=page or PageSetup())


def printed(*blocks: Block, languages: tuple[str, ...] = BOTH, **options: object) -> bytes:
    section = Section(tuple(blocks), label("Meeting", "会谈"), "1")
    paper = Paper(TITLE, languages, META, (section,), **options)  # type: ignore[arg-type]
    target = BytesIO()
    render(paper, target)
    assert flaws(target.getvalue(), paper) == []
    return target.getvalue()
