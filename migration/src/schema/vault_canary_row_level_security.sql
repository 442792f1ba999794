GRANT SELECT, INSERT, UPDATE, DELETE ON vault_canary TO cairn_app;
