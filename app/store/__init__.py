"""Where we keep it: the only package that speaks SQL. It returns values, never live rows."""
