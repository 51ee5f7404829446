"""L5: the HTML report: scored runs as plain data, and the one page that shows them."""
