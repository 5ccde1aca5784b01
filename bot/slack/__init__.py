"""Entry point 1: what people type and click in Slack, and what they get for it."""
