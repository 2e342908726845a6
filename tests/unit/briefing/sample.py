"""The Liuzhou UCAP as the paper's input, in English and draft Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import SIDE_BY_SIDE, Meta, Paper, Section
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.papers.documents.ucap_papers import (
    contacts_text,
    meeting_head,
    meeting_paras,
    mou_count,
    sides_table,
    text_rows,
    theme_row,
    themes_table,
)
from ucapdesk.papers.facts.parts import draft_note
from ucapdesk.papers.facts.wording import bracketed, not_available


@dataclass(frozen=True, slots=True)
class GlanceSide:
    """One side, in the order of the form."""

    name: Words
    cities: Words = NO_WORDS
    countries: Words = NO_WORDS
    population: Words = NO_WORDS
    area: Words = NO_WORDS
    pairing: Words = NO_WORDS
    visits: Words = NO_WORDS

    @property
    def facts(self) -> list[Words]:
        return [self.name, self.cities, self.countries, self.population, self.area, self.pairing, self.visits]


@dataclass(frozen=True, slots=True)
class GlanceTheme:
    """A theme with its projects, goals and partnerships."""

    name: Words
    projects: tuple[Words, ...] = ()
    sdgs: tuple[int, ...] = ()
    partnerships: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class GlanceMeeting:
    """A meeting of the main activities."""

    head: Words
    summary: Words = NO_WORDS
    topics: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class GlanceData:
    """What the form is filled with; ``contacts``: the label of a row, and its people."""

    title: Words
    sides: tuple[GlanceSide, GlanceSide]
    themes: tuple[GlanceTheme, ...]
    challenges: Words
    objective: Words
    meetings: tuple[GlanceMeeting, ...]
    outputs: tuple[Words, ...]
    results: Words
    contacts: tuple[tuple[Words, tuple[Words, ...]], ...]
    mou_reported: int | None
    mou_recorded: int

    def section(self, *, two: bool) -> Section:
        """The form, filled."""
        themes = [theme_row(each.name, each.projects, each.sdgs, each.partnerships) for each in self.themes]
        activities = [
            *(para for each in self.meetings for para in meeting_paras(each.head, each.summary, each.topics)),
            *map(Para, self.outputs),
            *mou_count(self.mou_reported, self.mou_recorded),
        ]
        return Section((
            sides_table([side.facts for side in self.sides]),
            *([themes_table(themes, two=two)] if themes else []),
            *text_rows(self.challenges, self.objective, activities, self.results),
            *(contacts_text(name, people, two=two) for name, people in self.contacts),
        ))  # fmt: skip


def bi(en: str | None, zh: str | None = None) -> Words:
    """English with draft Chinese."""
    return Words({"en": en, "zh": zh}, {"zh": "draft" if zh else "missing"})


def label(en: str, zh: str) -> Words:
    """A text of the program."""
    return Words({"en": en, "zh": zh})


CITIES = {
    "Liuzhou": "柳州",
    "Barcelona": "巴塞罗那",
    "Bologna": "博洛尼亚",
    "Granada": "格拉纳达",
    "Rome": "罗马",
    "Stuttgart Regio": "斯图加特地区",
    "Mannheim": "曼海姆",
}


def _city(name: str) -> Words:
    return bi(name, CITIES[name])


def _sides() -> tuple[GlanceSide, GlanceSide]:
    return (
        GlanceSide(
            name=bi("Liuzhou", "柳州"),
            cities=bi("Liuzhou", "柳州"),
            countries=bi("Guangxi, China", "中国广西"),
            population=bi("4 million", "400万"),
            area=bi("18,600 km²", "18,600平方公里"),
            pairing=label("June 2019", "2019年6月"),
            visits=bi("Liuzhou in EU cities in April and November 2019", "2019年4月和11月柳州代表团访问欧盟城市"),
        ),
        GlanceSide(
            name=bi("European cities", "欧洲城市"),
            cities=bi(
                "Barcelona, Granada, Rome, Stuttgart Regio (incl. Ludwigsburg), Mannheim",
                "巴塞罗那、格拉纳达、罗马、斯图加特地区（含路德维希堡）、曼海姆",
            ),
            countries=bi("Spain, Italy, Germany", "西班牙、意大利、德国"),
            population=not_available(),
            area=not_available(),
            pairing=label("June 2019", "2019年6月"),
            visits=bi("EU cities in Liuzhou in June and September 2019", "2019年6月和9月欧盟城市代表团访问柳州"),
        ),
    )


def _themes() -> tuple[GlanceTheme, ...]:
    jobs = bi("Jobs and Skills in the Local Economy", "地方经济中的就业与技能")
    return (
        GlanceTheme(
            bi("Smart Energy District", "智慧能源城区"),
            (bi("Support to Liudong New District", "对柳东新区的支持"),),
            (7,),
            (bi("Energy Transition", "能源转型"),),
        ),
        GlanceTheme(
            bi("Smart City / Mobility", "智慧城市/交通出行"),
            (
                bi("Digitalisation & visualisation tools for urban planning", "城市规划数字化与可视化工具"),
                bi("Infrastructure for hydrogen vehicles", "氢能汽车基础设施"),
            ),
            (9, 11),
            (bi("Urban Mobility", "城市交通出行"), bi("Digital Transition", "数字化转型")),
        ),
        GlanceTheme(
            bi("Start-Ups", "初创企业"),
            (
                bi(
                    "EU cities - Liuzhou Technology Innovation Center / Open Incubator",
                    "欧盟城市—柳州科技创新中心/开放式孵化器",
                ),
            ),
            (9,),
            (jobs,),
        ),
        GlanceTheme(
            bi("Education and Training", "教育与培训"),
            (bi("Joint research and vocational training courses", "联合研究与职业培训课程"),),
            (4,),
            (jobs,),
        ),
        GlanceTheme(
            bi("Cultural Heritage", "文化遗产"),
            (bi("Sharing methodologies and techniques through pilot actions", "通过试点行动分享方法与技术"),),
            (11,),
            (bi("Culture and Cultural Heritage", "文化与文化遗产"),),
        ),
        GlanceTheme(
            bi("Silver Economy", "银发经济"),
            (bi("Implementing Rome developed standards for districts", "实施罗马制定的城区标准"),),
            (11,),
            (bi("Housing", "住房"),),
        ),
        GlanceTheme(
            bi("Biotechnology & Life Sciences", "生物技术与生命科学"),
            (bi("Cluster-to-cluster cooperation on health services", "医疗健康服务领域的产业集群间合作"),),
            (3,),
            (bi("Housing", "住房"),),
        ),
    )


def _meetings() -> tuple[GlanceMeeting, ...]:
    return (
        GlanceMeeting(
            meeting_head(1, label("April 2019", "2019年4月"), bi("Brussels and Rome", "布鲁塞尔、罗马")),
            bi(
                "Liuzhou delegation visits EU for project initiation and information exchange about potential projects"
                " in Rome. Business round table on smart city (over 50 participants).",
                "柳州代表团访问欧盟，启动项目，并就罗马方面的潜在项目交换信息。举办智慧城市企业圆桌会议（50余人参加）。",
            ),
        ),
        GlanceMeeting(
            meeting_head(2, label("June 2019", "2019年6月"), bi("Liuzhou", "柳州")),
            bi(
                "Information exchange about potential projects in Liuzhou. Liuzhou-EU Business Cooperation Forum"
                " (over 100 participants)",
                "就柳州方面的潜在项目交换信息。举办柳州—欧盟企业合作论坛（100余人参加）。",
            ),
        ),
        GlanceMeeting(
            meeting_head(3, label("September 2019", "2019年9月"), bi("Liuzhou", "柳州")),
            bi(
                "Definition of pilot projects, stakeholders and responsibilities (road map).",
                "确定试点项目、利益相关方和职责分工（路线图）。",
            ),
        ),
        GlanceMeeting(
            meeting_head(
                4,
                label("November 2019", "2019年11月"),
                bi("Barcelona, Stuttgart and Brussels", "巴塞罗那、斯图加特、布鲁塞尔"),
            ),
            bi(
                "Endorsement of pilot projects by EU Commission (REGIO).",
                "试点项目获得欧盟委员会（地区与城市政策总司，REGIO）认可。",
            ),
        ),
        GlanceMeeting(
            meeting_head(5, label("April 2020", "2020年4月"), label("online", "线上")),
            topics=(
                bi(
                    "Response from urban & regional managers to the effects of the COVID-19",
                    "城市与区域管理者应对新冠疫情影响的举措",
                ),
                bi("Consolidation of pilot projects", "巩固试点项目"),
            ),
        ),
    )


def _contacts() -> tuple[tuple[Words, tuple[Words, ...]], ...]:
    european = (
        ("Ms Bettina Stollar", "贝蒂娜·斯托拉尔女士", "Barcelona"),
        ("Mr Marino Cavallo", "马里诺·卡瓦洛先生", "Bologna"),
        ("Mr Francisco Aranda", "弗朗西斯科·阿兰达先生", "Granada"),
        ("Mr Francisco Benítez", "弗朗西斯科·贝尼特斯先生", "Granada"),
        ("Mr Patrick Maurelli", "帕特里克·毛雷利先生", "Rome"),
        ("Mr Frieder Oesterle", "弗里德尔·厄斯特勒先生", "Stuttgart Regio"),
        ("Mr David Linse", "大卫·林泽先生", "Mannheim"),
    )
    return (
        (
            label("Liuzhou contact person", "柳州联系人"),
            (
                bracketed(
                    bi("Mr WU Wenneng"),
                    bi(
                        "Development and Reform Commission (DRC) Liuzhou, Regional Affairs Division",
                        "柳州市发展和改革委员会区域事务科",
                    ),
                ),
            ),
        ),
        (
            label("European city contact person", "欧洲城市联系人"),
            tuple(bracketed(bi(en, zh), _city(city)) for en, zh, city in european),
        ),
        (
            label("IUC Asia contact persons", "国际城镇合作项目（亚洲）联系人"),
            (
                bi("Mr Pablo Gándara", "巴勃罗·甘达拉先生"),
                bi("Ms Wang Qian"),
                bi("Ms Jin Jingnan"),
            ),
        ),
    )


def liuzhou() -> GlanceData:
    """The whole sample."""
    return GlanceData(
        title=bi(
            "Liuzhou – Barcelona, Granada, Rome, Stuttgart Regio, Mannheim",
            "柳州—巴塞罗那、格拉纳达、罗马、斯图加特地区、曼海姆",
        ),
        sides=_sides(),
        themes=_themes(),
        challenges=bi(
            "Internationalisation of EU cities towards China and vice-versa, support to EU business for market entry in"
            " China in areas relevant to sustainable urban development, mobilization of stakeholders from research,"
            " public authorities and business (triple-helix).",
            "欧盟城市面向中国、中国城市面向欧盟的国际化；在与城市可持续发展相关的领域支持欧盟企业进入中国市场；动员科研机构、公共部门和"
            "企业界的利益相关方（三螺旋）。",
        ),
        objective=bi(
            "Launch concrete cooperation projects in the above-mentioned fields and advance to thematic networking"
            " through cluster UCAPs",
            "在上述领域启动具体合作项目，并通过集群型城市合作行动计划推进主题网络建设",
        ),
        meetings=_meetings(),
        outputs=(
            bi(
                "Liuzhou entities (City Council, districts, research, business associations) have signed 10 Memorandum"
                " of Understanding (MoUs) with stakeholders from EU pilot cities.",
                "柳州有关单位（市政府、城区、科研机构、商会、协会）已与欧盟试点城市的利益相关方签署10份谅解备忘录（MoU）。",
            ),
            bi(
                "According to circumstances, the project will shift several activities from presence to virtual"
                " interactions.",
                "项目将视情况把若干活动由线下转为线上开展。",
            ),
        ),
        results=bi(
            "Integrating the Smart City / Smart Energy / Mobility concepts of Rome, Barcelona, Granada and Stuttgart"
            " Regio to support the urban development of Liudong New District and Northern Ecological District"
            " (infrastructure / management)",
            "融合罗马、巴塞罗那、格拉纳达和斯图加特地区的智慧城市/智慧能源/交通出行理念，支持柳东新区和北部生态新区的城市发展（基础设施/管理）",
        ),
        contacts=_contacts(),
        mou_reported=10,
        mou_recorded=0,
    )


def at_a_glance(data: GlanceData, languages: Sequence[str], layout: str = SIDE_BY_SIDE, person: str = "") -> Paper:
    """The paper, by the person of the sample or another."""
    document = Words.label(Message("paper", "The Urban Cooperation Action Plan (UCAP) at a glance"))
    printed = datetime(2026, 11, 24, 16, 10, tzinfo=UTC)
    meta = Meta(document, label("Internal", "内部"), "v3", printed, person or "Anna Ferrer")
    sections = (data.section(two=len(languages) > 1),)
    made = Paper(data.title, tuple(languages), meta, sections, layout, fit=len(languages))
    return replace(made, sections=(*sections, Section(tuple(draft_note(made)))))
