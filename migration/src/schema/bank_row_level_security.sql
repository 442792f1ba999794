GRANT SELECT, INSERT, UPDATE, DELETE ON item_review, item_writer, item_tag, item_facility TO cairn_app;

ALTER TABLE item_review ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON item_review
    USING (cairn_is_system() OR tenant_id = cairn_tenant());

ALTER TABLE item_writer ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON item_writer
    USING (cairn_is_system() OR tenant_id = cairn_tenant());

ALTER TABLE item_tag ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON item_tag
    USING (cairn_is_system() OR tenant_id = cairn_tenant());

ALTER TABLE item_facility ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON item_facility
    USING (cairn_is_system() OR tenant_id = cairn_tenant());
