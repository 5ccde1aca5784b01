"""SVG as text: the few elements that figures are made of.

https://www.w3.org/TR/SVG11/
"""

import re

from bot.pictures.glyphs import drawable

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def escaped(text: str) -> str:
    """Return drawable text as XML holds it, a space for any white space."""
    return re.sub('[&<>"]', lambda found: _ENTITIES[found.group()], " ".join(text.split()))


def element(tag: str, *children: str, **attributes: str | float | None) -> str:
    """Return an element; `stroke_width` is written `stroke-width`, and None is left out."""
    written = "".join(
        f' {name.replace("_", "-")}="{_value(value)}"' for name, value in attributes.items() if value is not None
    )
    return f"<{tag}{written}>{''.join(children)}</{tag}>" if children else f"<{tag}{written}/>"


def text(words: str, x: float, y: float, size: float, **attributes: str | float | None) -> str:
    """Return words whose baseline is at `y`; all words of a picture come through here, so that none has boxes."""
    return element("text", escaped(drawable(words)), x=x, y=y, font_size=size, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float | None) -> str:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def rectangle(x: float, y: float, width: float, height: float, **attributes: str | float | None) -> str:
    return element("rect", x=x, y=y, width=width, height=height, **attributes)


def document(width: int, height: int, *children: str, font: str) -> str:
    """Return a whole picture, sizes in pixels."""
    return element(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        font_family=font,
    )


def _value(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
