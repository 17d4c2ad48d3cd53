"""What the chronicle holds of somebody, a country or a subject to one page that needs no network: the dossier."""
