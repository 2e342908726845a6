"""The meetings of the second story: one held and minuted, two to come, one called off; what is to be done, in every status."""

from __future__ import annotations

from tests.helpers.second_story.people import take_part
from tests.helpers.second_story.teller import Teller, both
from tests.helpers.second_story.visit import DAYS
from ucapdesk.model.values import Bilingual, Codes, PartialDate, Refs, When

# The statuses of the actions, by which they are named: each once.
ACTIONS = ("open", "in_progress", "done", "blocked", "deferred", "cancelled")


def tell(t: Teller) -> None:
    _first(t)
    _called_off(t)
    _talks(t)
    _minutes(t)
    _signing(t)
    _actions(t)


def _first(t: Teller) -> None:
    t.new(
        "meeting", "first meeting", title=both("First meeting of the three cities", "三市首次会议"), ucap=t["ucap"], ordinal=1,
        type="talks", when=When("2026-03-03", "09:00", "10:30", tz="Europe/Warsaw"), status="minutes_agreed", mode="online",
        chair_a=t["chen"], chair_b=t["wąsik"], spoken=Codes(["zh", "en"]), online_link="https://meet.example.org/zz-lo-th",
        summary=both("The three cities named two themes and contacts for each.", "三市确定两个主题，并为每个主题指定联系人。"),
    )  # fmt: skip
    for name, side in (("chen", "A"), ("ouyang", "A"), ("wąsik", "B"), ("chatzigeorgiou", "B"), ("maria", "B")):
        t.new("participation", owner=t["first meeting"], person=t[name], side=side, attendance="attended")
    t.new("minute_entry", owner=t["first meeting"], type="decision", text=both(
        "Two themes: urban water, rail freight.", "两个主题：城市水务、铁路货运。"))  # fmt: skip


def _called_off(t: Teller) -> None:
    t.new("meeting", "video call", title=both("Video call on shore power", "岸电技术视频会议"), ucap=t["ucap"], status="cancelled",
          when=When("2027-02-16", "09:00", "10:00", tz="Europe/Athens"), mode="online", type="expert")  # fmt: skip


def _talks(t: Teller) -> None:
    t.new(
        "meeting", "meeting", ucap=t["ucap"], visit=t["visit"], type="talks", when=When(DAYS[1], "09:30", "12:00"),
        title=both("Talks on sponge-city technology and green rail freight", "海绵城市技术与绿色铁路货运合作会谈"),
        status="scheduled", mode="in_person", ordinal=2, places=Refs([t["convention centre"]]), room="Room 308, third floor",
        chair_a=t["gong"], chair_b=t["bożena"], interpretation="consecutive", spoken=Codes(["zh", "en"]),
        objectives=both("Agree on the text of the MoU and on the first work plan.", "就谅解备忘录文本和首个工作计划达成一致。"),
        background=both(
            "The cities were paired in November 2025. The first meeting, held online on 3 March 2026, named two themes.",
            "三市于2025年11月结对。首次会议于2026年3月3日以线上方式举行，确定了两个主题。",
        ),
        lines_to_take=both("We want open data of the pilot."), themes=Refs(t.all("water", "freight")),
        press_line=both("The three cities agreed on a work plan.", "三市商定工作计划。"),
    )  # fmt: skip
    guests = (
        "head",
        "deputy_head",
        "delegate",
        "delegate",
        "expert",
        "delegate",
        "note_taker",
        "press",
        "interpreter",
        "delegate",
    )
    hosts = ("host", "delegate", "delegate", "expert", "coordinator", "interpreter", "note_taker")
    take_part(t, t["meeting"], guests, hosts, attendance="accepted")
    for name, starts, minutes, type_, en, zh, speakers, note in (
        ("welcome", "09:30", 10, "opening", "Welcome by Vice Mayor Gong", "龚䶮副市长致欢迎辞", ("gong",), None),
        ("reply", "09:40", 10, "speech",
         "Reply by Deputy Mayor Szczęśniak-Grzegżółka and Deputy Mayor Papadopoulou-Karamanli",
         "什琴希尼亚克-格热格茹卡副市长、帕帕佐普卢-卡拉曼利副市长致答辞", ("bożena", "eleftheria"), None),
        ("rainstorm", "09:50", 25, "presentation",
         "Zhengzhou after the rainstorm of 20 July 2021: pipes, tunnels, warning systems and what they cost",
         "“7·20”特大暴雨之后的郑州：管网、隧道、预警系统及投入", ("ji",),
         both("20 minutes and 5 for questions; slides in both languages", "20分钟介绍，5分钟提问；幻灯片为双语")),
        ("leaks", "10:15", 25, "presentation", "Leak detection in Łódź and shore power in the Port of Thessaloniki", None,
         ("łucja", "theodoropoulos"), None),
        ("break", "10:40", 15, "break", "Break", None, (), None),
        ("work plan", "10:55", 30, "discussion",
         "Work plan 2027–2029 of the pilot project “Digital twin of the Jinshui drainage basin” (EUR 750,000)",
         "“金水流域排水数字孪生”试点项目2027—2029年工作计划（75万欧元）", ("li", "wąsik"), both("Who pays for the sensors?")),
        ("text", "11:25", 20, "decision", "Text of the MoU, and who signs in each city", "谅解备忘录文本及三市签字人",
         ("chen", "chatzigeorgiou"), None),
        ("closing", "11:45", 15, "closing", "Next steps, group photo and exchange of gifts", "下一步安排、合影及互赠礼品", (), None),
    ):  # fmt: skip
        t.new("agenda_item", name, owner=t["meeting"], title=both(en, zh), type=type_, starts=starts, minutes=minutes,
              speakers=Refs(t.all(*speakers)) if speakers else None, note=note)  # fmt: skip


def _minutes(t: Teller) -> None:
    """Prepared beforehand, as a coordinator does."""
    for type_, topic, en, zh, side in (
        ("information", "rainstorm",
         "Zhengzhou has spent CNY 5.4 billion on drainage since 2021; 38 of 42 underpasses now have pumps that start by themselves.",
         "2021年以来，郑州投入54亿元用于排水设施建设；42处下穿隧道中已有38处安装自动启动水泵。", "A"),
        ("discussion", "leaks",
         "The University of Technology found that one leak in three is heard before it is seen. The parties discussed acoustic "
         "sensors at 200 m intervals.",
         "罗兹理工大学发现，三分之一的漏点在肉眼可见之前即可通过声学方式发现。各方讨论了每隔200米布设声学传感器的方案。", "B"),
        ("decision", "work plan", "The work plan 2027–2029 is agreed; the first sensors are placed by 30 June 2027.",
         "商定2027—2029年工作计划；首批传感器于2027年6月30日前安装完毕。", None),
        ("commitment", "work plan", "Łódź sends the data schema and two engineers for three weeks.", None, "B"),
        ("open_question", "text", "Who signs for the Port Authority?", "由谁代表港务局签署？", "B"),
    ):  # fmt: skip
        t.new("minute_entry", owner=t["meeting"], type=type_, agenda_item=t[topic], text=both(en, zh), side=side)


def _signing(t: Teller) -> None:
    t.new(
        "meeting", "signing", title=both("Signing of the Memorandum of Understanding", "谅解备忘录签字仪式"), ucap=t["ucap"],
        visit=t["visit"], type="signing", when=When(DAYS[2], "16:00", "16:45"), status="scheduled", mode="in_person",
        places=Refs([t["reception hall"]]), chair_a=t["gong"], chair_b=t["bożena"],
    )  # fmt: skip
    take_part(
        t, t["signing"],
        ("signatory", "signatory", "assistant_signatory", "assistant_signatory", "expert", "delegate", "delegate", "press",
         "interpreter", "delegate"),
        ("signatory", "assistant_signatory", "delegate", "expert", "coordinator", "interpreter", "protocol"),
    )  # fmt: skip


def _actions(t: Teller) -> None:
    """One in each status, all decided on at the first meeting but the last two."""
    first, visit, project = t["first meeting"], t["visit"], t["twin"]
    what: tuple[tuple[str, str, Bilingual, str, str, str], ...] = (
        ("open", first, both("Send the data schema of the sensors", "发送传感器数据格式"), "maria", "B", "2027-04-30"),
        ("in_progress", first, both("Name the members of the working group"), "ouyang", "A", "2027-05"),
        (
            "done",
            first,
            both("Translate annex 2 of the MoU into Chinese", "将谅解备忘录附件二译成中文"),
            "grzegorz",
            "B",
            "2027-03-20",
        ),
        ("blocked", first, both("Confirm who signs for the Port Authority"), "chatzigeorgiou", "B", "2027-03-31"),
        ("deferred", visit, both("Book a return visit to Łódź", "安排回访罗兹"), "maria", "B", "2027-03-15"),
        ("cancelled", project, both("Rent a second server", "租用第二台服务器"), "li", "A", "2027-02"),
    )
    for status, owner, text, person, side, due in what:
        t.new("action_item", f"action {status}", owner=owner, text=text, person=t[person], side=side, status=status,
              due=PartialDate(due), done_on=PartialDate("2027-03-18") if status == "done" else None,
              blocked_reason=both("Board meets in May") if status == "blocked" else None)  # fmt: skip
