"""What the site is measured against, each the least or the usual way to do the same."""
