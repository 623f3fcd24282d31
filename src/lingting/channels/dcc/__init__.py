"""DCC: PTB's digital calibration certificate, versions 2.1 to 3.3; hostile XML is refused before anything else looks at it."""
