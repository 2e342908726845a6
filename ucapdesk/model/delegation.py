"""Who comes with a visit and who receives, how many they are, and in which order: one rule for window, counts and papers.

The order of protocol is that of the roles (``participation_role``), then of the ranks of the posts. Those who lead stand first and
those who help last; in between people stand as somebody put them, until they are put in order of rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ucapdesk.model.codes import codes, find_code
from ucapdesk.model.values import PartialDate

DELEGATION, HOSTS = "delegation", "hosts"
MEMBER, HELPER = 4, 5
"""Places of roles in the protocol: whoever leads is before a member, whoever helps after."""
LAST = 10**6


def protocol_of(role: str | None) -> int:
    """The place of a role; the head is first."""
    known = codes("participation_role").get(role or "")
    return int(known.facts.get("protocol", MEMBER)) if known else MEMBER


def leads(role: str | None) -> bool:
    """Whether somebody stands before the members."""
    return protocol_of(role) < MEMBER


def helps(role: str | None) -> bool:
    """Whether somebody is there for the others: interprets, drives, takes notes."""
    return protocol_of(role) == HELPER


def is_away(part: Any) -> bool:
    """Whether somebody does not come, or did not."""
    known = codes("attendance").get(part.attendance or "")
    return known is not None and bool(known.facts.get("away"))


def main_post(posts: Sequence[Any]) -> Any | None:
    """The post a person is named and ranked with: the main one, else the first."""
    return next((post for post in posts if post.main), None) or (posts[0] if posts else None)


def held_on(post: Any, day: PartialDate | None) -> bool:
    """Whether a post may have been held on a day: nothing says that it was over, or not begun."""
    if post.dates is None or day is None:
        return True
    begun, over = post.dates.bounds
    return bool(begun <= day.bounds[1] and (not post.dates.is_interval or day.bounds[0] <= over))


def post_code(post: Any | None) -> str | None:
    """The standard post that somebody holds: as recorded, else the one that is called as theirs is."""
    if post is None or post.post_code:
        return post.post_code if post else None
    return next((code for said in (post.post or {}).values() if (code := find_code("posts", said))), None)


def rank_of(post: Any | None) -> tuple[int, int, int]:
    """The rank of a post, the highest first: its level, the order given by hand, that of the standard post."""
    level = codes("rank_levels").get((post.rank if post else None) or "")
    standard = codes("posts").get(post_code(post) or "")
    return (
        int(level.facts["order"]) if level else LAST,
        post.rank_order if post and post.rank_order is not None else LAST,
        int(standard.facts["order"]) if standard else LAST,
    )


def travelling_side(visit: Any, parts: Iterable[Any]) -> str:
    """The side that travels, else that of the head of the delegation; empty where nobody said either."""
    return visit.travelling_side or next((each.side for each in parts if each.role == "head" and each.side), "")


def group_of(part: Any, travelling: str) -> str:
    """Whether somebody comes or receives."""
    receives = part.role == "host" or (travelling and part.side and part.side != travelling)
    return HOSTS if receives else DELEGATION


def group(visit: Any, parts: Sequence[Any], name: str) -> list[Any]:
    """Those who come with a visit, or those who receive, in their order."""
    side = travelling_side(visit, parts)
    return sorted((each for each in parts if group_of(each, side) == name), key=lambda each: protocol_of(each.role))


def size(visit: Any, parts: Sequence[Any]) -> int:
    """How many come: not the hosts, not who declined; the head too where nobody wrote down that the head takes part."""
    coming = {each.person or each.id for each in group(visit, parts, DELEGATION) if not is_away(each)}
    told = {each.person for each in parts}
    return len(coming | ({visit.head} - told - {None}))
