"""Programmes and minutes as they are mailed, in English and Chinese."""

from __future__ import annotations

MAIL = """\
Programme: Visit of the Łódź delegation to Zhengzhou

Monday, 12 April 2027 – Zhengzhou
09:00–10:30 Meeting with the Development and Reform Commission
  on the port project
    Venue: City Hall, Room 305
    Host: Mr Li Ming
10.45 Site visit: Hydrogen park @ Zhengdong New District
12:30 Lunch

Tue 13 April
9 am - 11 am: Round table; Venue: Hotel Hilton; accompanied by: Wang Hua, Zhao Lei
Afternoon: free time
19:00 Banquet hosted by the Mayor

Best regards,
Chen Yan
"""
RICHENG = """\
罗兹市代表团访问郑州日程
4月12日（周一）
9:00—10:30 与市发改委座谈（地点：市政府305会议室）
陪同：李明、王华
上午10点45分 参观氢能产业园
12:30 午餐
4月13日 星期二
上午：自由活动
下午3点半至5点 中欧企业合作论坛
地点：郑州国际会展中心
19:00 欢迎晚宴
"""
MINUTES = """\
Minutes of the first meeting of the port group
Date: 13 April 2027, 09:00–11:00
Venue: City Hall, Room 305
Present: Anna Nowak (Deputy Mayor, City of Łódź), Li Ming 李明 (Director), Marek Zieliński
Apologies: Wang Hua

1. The port of Łódź presented its hydrogen plan.
   The plan runs until 2030.
2. Zhengzhou asked for the figures.

Decisions:
- The group meets every two months.
- The next meeting is in Zhengzhou.
Action: Send the list of ports (Nowak, by 5 May)
Action: Draft the agreement @Li Ming June 2027
Open question: Who pays for the study?

Best regards,
Anna
"""
JIYAO = """\
港口工作组第一次会议纪要
时间：2027年4月13日上午9:00-11:00
地点：市政府305会议室
主持人：王伟
参会人员：李明、赵磊、安娜·诺瓦克

讨论情况：
1、罗兹市介绍了氢能规划。
2、郑州市询问了数据。
决定：工作组每两个月开会一次。
待办事项：
1. 提交港口清单（责任人：李明，完成时间：5月5日前）
2. 起草协议（责任人：赵磊，完成时间：2027年6月）
待定问题：研究费用由谁承担？
"""
