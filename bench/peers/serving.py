"""How gunicorn serves the peers: https://docs.gunicorn.org/en/stable/settings.html."""

import os

bind = f"127.0.0.1:{os.environ['WXQR_PORT']}"
workers = 1
# faster than "sync" here, which closes each connection
worker_class = "gthread"
threads = int(os.environ.get("PEER_THREADS", "1"))
backlog = 2048
loglevel = "warning"
