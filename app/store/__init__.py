"""The store: data set versions in SQLite, DuckDB or PostgreSQL. The only package with SQL."""
