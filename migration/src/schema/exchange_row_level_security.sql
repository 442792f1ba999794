GRANT SELECT, INSERT, UPDATE, DELETE ON refused_item TO cairn_app;

ALTER TABLE refused_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON refused_item
    USING (cairn_is_system() OR tenant_id = cairn_tenant());
