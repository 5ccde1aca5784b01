"""XML as WeChat writes it, and the XML it is answered with."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

Fields = Mapping[str, str | int]


class NoXML(Exception):
    """This is no XML document that WeChat could read."""


def written(fields: Fields) -> str:
    """Return a document with texts in CDATA and numbers bare, as the examples of WeChat's pages are."""
    return "<xml>" + "\n".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields.items()) + "\n</xml>"


def read(text: str) -> ET.Element:
    """Return the root; NoXML for what is malformed, has a document type, or another root than <xml>."""
    if "<!DOCTYPE" in text:
        raise NoXML("it has a document type")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError as broken:
        raise NoXML(f"it is no XML: {broken}") from broken
    if root.tag != "xml":
        raise NoXML(f"its root is <{root.tag}>")
    return root


def _value(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    # the one thing that CDATA cannot hold is its own end
    return "<![CDATA[" + value.replace("]]>", "]]]]><![CDATA[>") + "]]>"
