"""L4: other tools' formats, read into merged gold lines (or prediction lines) and written from them."""
