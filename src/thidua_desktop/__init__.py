"""Thi Đua Desktop: the offline program of the emulation movement of plan 52/KH-UBND."""

__version__ = "0.2.0"
