"""What programs see: JSON and CSV. It never imports pages."""
