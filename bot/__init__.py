"""wxqr: WeChat Official Account parametric QR codes, from Slack."""

__version__ = "0.1.0"
