GRANT SELECT, INSERT, UPDATE, DELETE ON double_marking, marking_draft, saved_comment TO cairn_app;

ALTER TABLE double_marking ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON double_marking
    USING (cairn_is_system() OR tenant_id = cairn_tenant());

ALTER TABLE marking_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON marking_draft
    USING (cairn_is_system() OR tenant_id = cairn_tenant());

ALTER TABLE saved_comment ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON saved_comment
    USING (cairn_is_system() OR tenant_id = cairn_tenant());
