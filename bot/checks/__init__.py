"""What `wxqr doctor` looks at: one module each for this machine, Slack, WeChat and the clock."""
