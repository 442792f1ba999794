GRANT SELECT, INSERT, UPDATE, DELETE ON transparency_log TO cairn_app;
-- What is in the log stays as it is: the server itself cannot change it.
GRANT SELECT, INSERT ON log_entry, log_hash TO cairn_app;
