"""What readers see, page by page, and the pure parts beneath."""
