GRANT SELECT, INSERT, UPDATE, DELETE ON credential_event TO cairn_app;

ALTER TABLE credential_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON credential_event
    USING (cairn_is_system() OR tenant_id = cairn_tenant());
-- What became of a person's own badges they see over all tenants.
CREATE POLICY own ON credential_event FOR SELECT USING (person_id = cairn_person());
