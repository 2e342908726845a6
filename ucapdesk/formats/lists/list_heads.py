"""Finds the head of a list and what each of its columns means: one line or two, in five languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ucapdesk.formats.glance.text import folded, squash
from ucapdesk.formats.people_rows import HEADS
from ucapdesk.model.rules.names import HAN_NAME

_MEANS = {"any": "name", "han": "name", "name": "latin", "phone": "phone"}
_MORE = {
    "name": "名单 nombre nome nombre_y_apellidos nombre_completo nome_e_cognome 姓_名 团员姓名 人员姓名",
    "latin": "拼音 姓名拼音 姓名(拼音) 汉语拼音 护照姓名 teilnehmer teilnehmerin name_in_english pinyin",
    "family": "apellidos cognome nachname familienname",
    "given": "vorname",
    "salutation": "称谓 稱謂 称呼 anrede salutation mr/ms mr./ms. tratamiento",
    "gender": "性别 性別 gender sex sexo sesso geschlecht m/f",
    "post": "职务 职位 职称 職務 職位 職稱 职务/职称 职务职称 行政职务 现任职务 cargo puesto incarico carica ruolo funktion amt dienststellung position_/_title",
    "organisation": "单位 單位 服務單位 機構 工作单位 所在单位 单位名称 机构 institución organización entidad empresa ente istituzione organizzazione azienda "
                    "einrichtung organisation institution firma behörde department_/_organisation",
    "department": "部门 处室 科室 所在部门 department departamento dipartimento abteilung",
    "both": "单位及职务 单位职务 工作单位及职务 单位、职务 单位和职务 职务及单位 organisation_and_post position_and_organisation",
    "mobile": "mobile_number mobile_no mobile_no. mobile_phone cell cell_phone handynummer 手机 手機 手機號碼 手机号 手机号码 移动电话 móvil cellulare handy mobil mobiltelefon",
    "phone": "phone_number phone_no phone_no. telephone_number telephone_no. contact_number 电话 電話 聯絡電話 联系电话 联系方式 办公电话 座机 teléfono telefono telefon",
    "email": "邮箱 郵箱 電郵 電子郵件 電子信箱 电子邮箱 电子邮件 correo_electrónico correo posta_elettronica e-mail-adresse",
    "wechat": "微信 微信号 wechat weixin wechat_id",
    "diet": "饮食 飲食 飲食要求 饮食要求 饮食习惯 饮食禁忌 用餐要求 忌口 dieta régimen alimentazione ernährung essen dietary_restrictions special_diet dietary_needs meal_preference",
    "allergies": "过敏 过敏史 allergies allergy alergias allergie allergien",
    "passport": "护照号 護照號碼 護照號 护照号码 护照编号 证件号 证件号码 因公护照号 passport passport_no passport_no. passport_number "
                "pasaporte nº_de_pasaporte passaporto reisepass passnummer",
    "id_number": "身份证 身份证号 身份证号码 公民身份号码 身份證字號",
    "passport_expires": "护照有效期 有效期 证件有效期 passport_expires expiry_date date_of_expiry",
    "nationality": "国籍 nationality nacionalidad nazionalità staatsangehörigkeit",
    "born": "出生年月 出生日期 出生年月日 生日 date_of_birth birth_date born fecha_de_nacimiento data_di_nascita geburtsdatum",
    "people": "民族 ethnic_group",
    "remarks": "备注 備註 備注 说明 remarks remark notes note comments observaciones note_varie bemerkungen anmerkungen 团内职务 团内身份",
    "number": "序号 编号 序號 編號 no nº n.º nr lfd._nr. pos pos.",
    "city": "城市 city ciudad città stadt",
    "room": "房号 房间 房间号 room zimmer",
    # itineraries
    "date": "日期 时间日期 日程日期 date day fecha día data giorno datum tag",
    "time": "时间 時間 时刻 time hour hours hora ora orario uhrzeit zeit von_–_bis horario heure timing hours_/_time",
    "content": "内容 內容 活動內容 活動 活动内容 日程内容 活动 日程 日程安排 行程 行程安排 事项 议程 programme program activity activities content agenda event "
               "actividad programa attività programma programm aktivität inhalt 活动安排 "
               "programmpunkt programmpunkte tagesordnungspunkt termin veranstaltung beschreibung descripción descrizione description event_/_activity "
               "agenda_item acto evento iniziativa activité contenu",
    "place": "地点 地點 活动地点 场所 会议地点 place location venue lugar luogo sede ort veranstaltungsort",
    "with": "陪同人员 陪同人員 陪同 陪同领导 陪同人 参加人员 出席人员 accompanied_by accompanying escort participants acompañantes accompagnatori begleitung",
    "host": "host hosts hosted_by received_by 接待单位 接待方 接待人 接待 主方 gastgeber anfitrión",
    "led_by": "负责人 责任人 联系人 responsible contact responsable referente verantwortlich",
    "cars": "车辆 用车 vehicle vehicles cars",
    "dress": "着装 dress dress_code",
    "meal": "用餐 用餐安排 餐食 meals",
    "hotel": "住宿 住宿酒店 酒店 hotel accommodation",
}  # fmt: skip
"""The heads of columns besides those of pasted rows; ``_`` is a space."""
_BY_HEAD: Mapping[str, str] = {
    folded(head): _MEANS.get(what, what) for what, heads in HEADS.items() for head in heads
} | {folded(head.replace("_", " ")): what for what, heads in _MORE.items() for head in heads.split()}
_DEEPEST = 15
_LATIN = re.compile("[A-Za-zÀ-ÿ]{2}")


@dataclass(frozen=True, slots=True)
class ListHead:
    """The head of a table: in which rows it stands, and for each column what it means and how it is called."""

    first: int
    last: int
    keys: tuple[str | None, ...]
    heads: tuple[str, ...]

    @property
    def in_two(self) -> frozenset[str]:
        """The meanings of columns whose heads are in Chinese and in another language, as their cells are then."""
        return frozenset(
            key
            for key, head in zip(self.keys, self.heads, strict=True)
            if key and HAN_NAME.search(head) and _LATIN.search(head)
        )

    def said(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by what they mean."""
        found: dict[str, str] = {}
        for key, cell in zip(self.keys, row, strict=False):
            if key and squash(cell):
                found[key] = f"{found[key]} {squash(cell)}" if key in found else squash(cell)
        return found

    def again(self, row: Sequence[str]) -> bool:
        """Return whether a row says the head once more, as on a new page."""
        cells = [folded(cell) for cell in row if squash(cell)]
        return len(cells) > 1 and all(cell in {folded(head) for head in self.heads} or key_of(cell) for cell in cells)


def key_of(cell: str) -> str | None:
    """Return what the head of a column means; None for a head that is unknown."""
    whole = squash(cell).strip(":：*＊ ")
    close = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", whole)
    latin = " ".join(re.findall(r"[^\u3400-\u9fff()（）]+", close)).strip(" /|·-")
    han = "".join(re.findall(r"[\u3400-\u9fff]+", close))
    bare = re.sub(r"\s*[(（].*$", "", close)
    ways = [close, bare, *([han] if latin else []), *([latin] if han else []), *re.split(r"\s*[/／|、]\s*", bare)]
    return next((_BY_HEAD[folded(way)] for way in ways if folded(way) in _BY_HEAD), None)


def head_of(rows: Sequence[Sequence[str]], is_head: Callable[[set[str]], bool]) -> ListHead | None:
    """Return the head of a table, of one line or two; None where there is none among its first rows."""
    for at, row in enumerate(rows[:_DEEPEST]):
        keys = [key_of(cell) for cell in row]
        below = rows[at + 1] if at + 1 < len(rows) else []
        if sum(map(bool, keys)) < 2:
            continue
        two = _in_two(row, below)
        if two is not None and is_head({key for key, _ in two if key}):
            return _head(at, at + 1, [key for key, _ in two], [head for _, head in two])
        if is_head({key for key in keys if key}):
            return _head(at, at, keys, [squash(cell) for cell in row])
    return None


def _head(first: int, last: int, keys: Sequence[str | None], heads: Sequence[str]) -> ListHead:
    """Return a head; a title beside a column of posts is that before the name."""
    posts = keys.count("post")
    apart = [
        "salutation" if posts > 1 and key == "post" and folded(head) == "title" else key
        for key, head in zip(keys, heads, strict=True)
    ]
    return ListHead(first, last, tuple(apart), tuple(heads))


def _in_two(row: Sequence[str], below: Sequence[str]) -> list[tuple[str | None, str]] | None:
    """Return meaning and words of each column of a head in two lines; None where the second is no part of the head."""
    told = [cell for cell in below if squash(cell)]
    apart = [cell for cell in told if folded(cell) not in {folded(each) for each in row}]
    if not apart or not all(key_of(cell) for cell in apart):
        return None
    made, over = [], ""
    for at in range(max(len(row), len(below))):
        upper, lower = (squash(line[at]) if at < len(line) else "" for line in (row, below))
        over = upper or (over if lower else "")
        made.append((key_of(lower) or key_of(upper) or (key_of(over) if lower else None), lower or upper))
    return made
