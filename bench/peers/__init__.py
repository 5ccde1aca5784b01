"""What others build to receive WeChat's events, each on gunicorn, and doing the same work: see bench/ingest.py."""
