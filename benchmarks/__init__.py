"""What the site weighs and how quick it is; see README.md."""
