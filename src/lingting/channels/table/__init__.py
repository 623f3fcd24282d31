"""Tables (表格): our documented JSON Lines, a conversation a line; CSV and XLSX, a message a row."""
