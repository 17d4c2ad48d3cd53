"""Reports annotated beyond gold, as offsets into texts that stay elsewhere."""
