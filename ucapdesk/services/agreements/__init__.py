"""MoUs and the themes of a UCAP."""
