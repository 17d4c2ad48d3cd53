"""How each model and table is made, from data to what the package holds; not shipped with it."""
