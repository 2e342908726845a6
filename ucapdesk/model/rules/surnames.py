"""Chinese family names, in characters and in pinyin: they tell that a name is Chinese, and where its family name ends."""

from __future__ import annotations

import re
import unicodedata

from ucapdesk.base.pinyin import SYLLABLES

COMPOUND = frozenset(
    (
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 "
        "巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 第五"
    ).split()
)
"""Family names of two characters."""

# The hundred commonest family names and some two-syllable ones, by spelling (one spelling may be several names).
_SPELLINGS = (
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang deng "
    "han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu lv ding ren yao shen zhong cui "
    "tan fan shi liao jin jia xia fu fang zou xiong bai meng qin qiu hou yan xue lei long duan hao kong shao mao chang "
    "wan gu lai kang yin qian shi tao hong gong pang ouyang shangguan sima zhuge mo nong qu gan bao ni ning qi mi mu "
    "nie niu ou pei pu rao ruan sha shu tong wen weng xiang xin xing you zhan zhen zhuang zuo"
)
_SURNAMES = frozenset(_SPELLINGS.split())
_SYLLABLES = f"(?:{'|'.join(sorted(SYLLABLES, key=len, reverse=True))})+"

# No name is longer; a pattern of syllables must not be tried on endless words.
_LONGEST = 16


def plain(word: str) -> str:
    """Return a word of a name as its letters are compared: without tones, apostrophes and hyphens."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not "\u0300" <= c <= "\u0307")
    bare = "".join(c for c in bare if not "\u0309" <= c <= "\u036f")  # all marks but the two dots
    return re.sub("['’\u2018ʼ-]", "", unicodedata.normalize("NFC", bare)).replace("ü", "v")


def is_pinyin(word: str) -> bool:
    """Return whether the whole word can be read as pinyin syllables."""
    return len(word) <= _LONGEST and re.fullmatch(_SYLLABLES, plain(word)) is not None


def is_surname(word: str) -> bool:
    """Return whether the word spells one of the common Chinese family names."""
    return plain(word) in _SURNAMES
