"""One person's history: what is remembered of those who did but one thing is what anybody's would be."""

from hypothesis import given
from hypothesis import strategies as st

from bot.history import History, of_one, read
from bot.model import DAY
from bot.scan import Event, beginning_of, day_of

FIRST_DAY, TODAY = 20_000, 20_004
# few days, few moments in each, few scenes: so that much comes on one day, and in one second
HAPPENED = st.tuples(
    st.sampled_from(Event),
    st.integers(0, 6),
    st.sampled_from((0, 1, 40_000, DAY - 1)),
    st.integers(1, 3),
    st.booleans(),
)


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


def happen(history: History, events: list[tuple[Event, int, int, int, bool]]) -> None:
    for event, day, second, scene_id, by_code in events:
        history.add(event, beginning_of(FIRST_DAY + day) + second, scene_id, by_code=by_code)


@given(before=st.lists(HAPPENED, min_size=1), after=st.lists(HAPPENED))
def test_days_without_their_seconds_give_the_same_figures_now_and_with_all_that_comes_later(
    before: list[tuple[Event, int, int, int, bool]], after: list[tuple[Event, int, int, int, bool]]
) -> None:
    exact, coarse = History(), History()
    happen(exact, before)
    happen(coarse, before)
    coarse.coarsen(TODAY)
    assert coarse.figures() == exact.figures()
    later = [event for event in after if FIRST_DAY + event[1] >= TODAY]
    happen(exact, later)
    happen(coarse, later)
    coarse.coarsen(TODAY)
    assert coarse.figures() == exact.figures()


@given(events=st.lists(HAPPENED, min_size=1))
def test_of_days_that_are_past_no_more_is_remembered_than_the_order(
    events: list[tuple[Event, int, int, int, bool]],
) -> None:
    history = History()
    happen(history, events)
    history.coarsen(TODAY)
    moments = sorted({history.first_seen or 0, *(move.at for move in history.moves)})
    past = [at for at in moments if day_of(at) < TODAY]
    by_day = {day_of(at): [one for one in past if day_of(one) == day_of(at)] for at in past}
    assert all(times == list(range(beginning_of(day), beginning_of(day) + len(times))) for day, times in by_day.items())
