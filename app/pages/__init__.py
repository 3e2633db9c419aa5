"""What readers see: one page is one file, one template and one test. Templates only print."""
