"""Evidence: the files and links that show a record is true."""
