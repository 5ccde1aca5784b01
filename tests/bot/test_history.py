"""One person's history: what is remembered of those who did but one thing is what anybody's would be."""

from hypothesis import given
from hypothesis import strategies as st

from bot.history import History, of_one, read
from bot.scan import Event


@given(
    event=st.sampled_from(Event),
    at=st.integers(1, 4_000_000_000),
    scene_id=st.integers(1, 10_000),
    by_code=st.booleans(),
)
def test_a_single_event_adds_what_a_history_of_it_adds_and_is_read_back_as_one(
    *, event: Event, at: int, scene_id: int, by_code: bool
) -> None:
    history = History()
    history.add(event, at, scene_id, by_code=by_code)
    figures, text = of_one(event, at, scene_id, by_code=by_code)
    assert list(figures) == history.figures()
    assert read(text) == history
