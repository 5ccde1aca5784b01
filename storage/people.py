"""Table people: which language each Slack user reads, as Slack said last."""

import sqlite3


def remember(connection: sqlite3.Connection, team_id: str, user_id: str, locale: str, now: int) -> None:
    """Keep a person's locale."""
    connection.execute(
        """insert into people (team_id, user_id, locale, fetched_at) values (:team_id, :user_id, :locale, :now)
           on conflict (team_id, user_id) do update set locale = excluded.locale, fetched_at = excluded.fetched_at""",
        {"team_id": team_id, "user_id": user_id, "locale": locale, "now": now},
    )


def everyone(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, int]]:
    """Return the locale of each (team, user) and when it was learnt."""
    rows = connection.execute("select * from people")
    return {(row["team_id"], row["user_id"]): (row["locale"], row["fetched_at"]) for row in rows}
