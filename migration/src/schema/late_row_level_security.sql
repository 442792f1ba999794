GRANT SELECT, INSERT, UPDATE, DELETE ON late_answer, amendment TO cairn_app;

ALTER TABLE late_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON late_answer
    USING (cairn_is_system() OR tenant_id = cairn_tenant());

ALTER TABLE amendment ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON amendment
    USING (cairn_is_system() OR tenant_id = cairn_tenant());
