"""WeChat: what it is asked and what it answers (pure), the one access token, and the client that speaks."""
