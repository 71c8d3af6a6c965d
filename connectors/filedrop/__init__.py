"""File drop: CSV, XLSX, JSON and JSON Lines of departments that have nothing else, each row answered for."""
