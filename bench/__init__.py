"""wxqr measured: the real bot as a process, between the sandbox's Slack and WeChat. `python -m bench`."""
