"""A WeChat Official Account's HTTP API, strict about everything that WeChat's documents say."""
