"""UCAPDesk: UCAPs, visits, meetings and MoUs of city-to-city cooperation, offline and in two languages."""

__version__ = "0.1.0"
