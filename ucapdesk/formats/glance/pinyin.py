"""Whether a word can be a Chinese name in pinyin: only ever the ground of a suggestion."""

from __future__ import annotations

import re
import unicodedata

_SYLLABLE = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|er|[aeiouü]))+"
)

# No name is longer; a pattern of syllables must not be tried on endless words.
_LONGEST = 16

# The hundred commonest family names and some two-syllable ones, by spelling (one spelling may be several names).
_SPELLINGS = (
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang deng "
    "han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu lü ding ren yao shen zhong cui "
    "tan fan shi liao jin jia xia fu fang zou xiong bai meng qin qiu hou yan xue lei long duan hao kong shao mao chang "
    "wan gu lai kang yin qian shi tao hong gong pang ouyang shangguan sima zhuge mo nong qu gan bao ni ning qi mi mu "
    "nie niu ou pei pu rao ruan sha shu tong wen weng xiang xin xing you zhan zhen zhuang zuo"
)
_SURNAMES = frozenset(_SPELLINGS.split())


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().replace("'", "").replace("’", "").replace("-", "")


def is_pinyin(word: str) -> bool:
    """Whether the whole word can be read as pinyin syllables."""
    return len(word) <= _LONGEST and _SYLLABLE.fullmatch(_plain(word)) is not None


def is_surname(word: str) -> bool:
    """Whether the word spells one of the common Chinese family names."""
    return _plain(word) in _SURNAMES
