"""The mapping: a file that says how the rows of a table become companies and figures."""
