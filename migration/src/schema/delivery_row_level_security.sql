GRANT SELECT, INSERT, UPDATE, DELETE ON accommodation TO cairn_app;

ALTER TABLE accommodation ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON accommodation
    USING (cairn_is_system() OR tenant_id = cairn_tenant());
