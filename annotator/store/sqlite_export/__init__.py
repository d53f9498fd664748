"""The `sqlite` export: flat, documented tables and views for SQL and Datasette; not a database to work in."""
