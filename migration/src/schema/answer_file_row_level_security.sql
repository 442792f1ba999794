GRANT SELECT, INSERT, UPDATE, DELETE ON answer_file TO cairn_app;

ALTER TABLE answer_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON answer_file
    USING (cairn_is_system() OR tenant_id = cairn_tenant());
