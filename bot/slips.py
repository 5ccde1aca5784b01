"""A word that is nobody's: what was probably meant, and how that is typed."""

from itertools import product

from bot.errors import Usage
from bot.fields import form_of, is_hidden
from bot.reading import MEASURED
from bot.sorting import Field, Sorting, choices_of, plain, read_as
from bot.typing_habits import Word, quoted

# what stands before a time is no scene: last week
BEFORE_A_TIME = frozenset({"last", "past", "this"})


def unexpected(taken: Word, sorting: Sorting) -> Usage:
    """Return what to say of a word that no field takes."""
    return _as_a_value(taken, sorting) or _as_one(taken, sorting) or _as_a_text(taken, sorting) or _nothing(taken)


def misplaced(sorting: Sorting, scene: str) -> Usage | None:
    """Return what to say of a scene nobody knows, where what was typed for scenes is an option, or its value."""
    typed = [sorting.typed[index].text for index in sorting.placed]
    options = [each for each in sorting.fields.values() if not form_of(each).positional and not is_hidden(each)]
    for nth, option in product(range(len(typed)), options):
        near, count = _without_hyphens(option, typed[nth : nth + 2], sorting)
        begun = nth - 1 if nth and typed[nth - 1].lower() in BEFORE_A_TIME else nth
        if near and scene in typed[begun : nth + count]:
            said = sorting.instead(near, sorting.placed[begun], sorting.placed[nth + count - 1] + 1)
            return Usage("usage.word_near", typed=scene, near=near, instead=[said])
    return None


def _without_hyphens(option: Field, typed: list[str], sorting: Sorting) -> tuple[str, int]:
    """Return how an option is typed, and how many of the words were that: `by hour`, `week`, `7 days`, `7d`."""
    first, second = typed[0], "".join(typed[1:])
    meant, is_measured = sorting.vocabulary.choice(option, first), form_of(option).read in MEASURED
    if sorting.name(first.lower()) == option.name:
        return _named(option, second, sorting)
    if meant in choices_of(option) or (is_measured and not first.isdigit() and _readable(option, first)):
        return f"--{option.name} {first}", 1
    if is_measured and second and not second.isdigit() and _readable(option, f"{first} {second}"):
        return f"--{option.name} {first}", 2
    return "", 0


def _named(option: Field, value: str, sorting: Sorting) -> tuple[str, int]:
    if form_of(option).read is None:
        return f"--{option.name}", 1
    is_value = value and _readable(option, sorting.vocabulary.choice(option, value))
    return (f"--{option.name} {value}", 2) if is_value else ("", 0)


def _nothing(taken: Word) -> Usage:
    return Usage("usage.word", typed=taken.text)


def _as_a_value(taken: Word, sorting: Sorting) -> Usage | None:
    """Return the option that takes such a word."""
    for field in sorting.fields.values():
        form = form_of(field)
        if form.read and not form.positional and not form.free and _readable(field, taken.text):
            near = f"--{field.name} {taken.text}"
            said = sorting.instead(near, sorting.at - 1, sorting.at)
            return Usage("usage.word_near", typed=taken.text, near=near, instead=[said])
    return None


def _as_one(taken: Word, sorting: Sorting) -> Usage | None:
    """Return how the word and the one before it are typed as one, where both were meant for the same field."""
    if not sorting.before:
        return None
    field, begun = sorting.before
    before, option = sorting.typed[begun], _option(field)
    rest = list(sorting.bare(sorting.at))
    start, both = before.value.text if before.value else before.text, " ".join([taken.text, *rest])
    if is_hidden(field) or form_of(field).several or not _readable(field, f"{start} {both}"):
        return None
    if before.quoted or (before.value and before.value.quoted) or taken.quoted:
        return Usage("usage.word_quotes", typed=taken.text, near=f'{option}"…"')
    first = begun if before.value or not option else begun - 1
    said = sorting.instead(f"{option}{quoted(f'{start} {both}')}", first, sorting.at + len(rest))
    return Usage("usage.word_quotes", typed=taken.text, near=f'{option}"{start} {both}"', instead=[said])


def _as_a_text(taken: Word, sorting: Sorting) -> Usage | None:
    """Return the option for texts, where the command takes any: that alone may have been left out."""
    roomy = [field for field in sorting.fields.values() if form_of(field).free and not is_hidden(field)]
    if not roomy:
        return None
    option, rest = f"--{roomy[0].name}", [] if taken.quoted else list(sorting.bare(sorting.at))
    if roomy[0].name in sorting.values:
        return Usage("usage.word_quotes", typed=taken.text, near=f'{option} "…"')
    text = " ".join([taken.text, *rest])
    said = sorting.instead(f"{option} {quoted(text)}", sorting.at - 1, sorting.at + len(rest))
    key = "usage.word_quotes" if rest else "usage.word_near"
    return Usage(key, typed=taken.text, near=f'{option} "{text}"', instead=[said])


def _option(field: Field) -> str:
    return "" if form_of(field).positional else f"--{field.name} "


def _readable(field: Field, text: str) -> bool:
    try:
        read_as(field, plain(field, text))
    except Usage:
        return False
    return True
