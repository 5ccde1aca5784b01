"""People with a name, for who would rather be somebody than an open id; WeChat tells an account no names at all."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhoneOwner:
    """Somebody with a phone: `language` is the one her WeChat speaks."""

    name: str
    nickname: str
    language: str
    open_id: str


PHONE_OWNERS = (
    PhoneOwner("lin.xiaoyu", "林小雨", "zh-CN", "o6_bmjrPTlm6_2sgVt7hMZOPfL2Q"),
    PhoneOwner("emma", "Emma Wilson", "en-US", "o6_bmjrPTlm6_2sgVt7hMZOPfL2R"),
    PhoneOwner("zhao.qiang", "赵强", "zh-CN", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"),
    PhoneOwner("tom", "Tom Becker", "en-US", "o6_bmjrPTlm6_2sgVt7hMZOPfL2N"),
    PhoneOwner("sun.li", "孙丽", "zh-CN", "o6_bmjrPTlm6_2sgVt7hMZOPfL2O"),
    PhoneOwner("zhou.ming", "周明", "zh-CN", "o6_bmjrPTlm6_2sgVt7hMZOPfL2P"),
)


def open_id_of(person: str) -> str:
    """Return the open id of somebody by name; whatever else it is, is one already."""
    return next((owner.open_id for owner in PHONE_OWNERS if owner.name == person), person)
