"""A program of its own: an SVG document comes in, a PNG goes out.

resvg keeps Python's lock while it draws, so within the bot it would keep all who wait for an answer waiting, too.
"""

import sys


def paint(library: str, font: str, family: str) -> None:
    """Draw what stands in the standard input with one font and no other; `library` is the folder resvg lies in."""
    sys.path.append(library)
    import resvg_py

    picture = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(), skip_system_fonts=True, font_files=[font], font_family=family
    )
    sys.stdout.buffer.write(picture)


if __name__ == "__main__":
    paint(*sys.argv[1:])
