"""Charts as geometry: positions, classes, labels and marks, by value."""
