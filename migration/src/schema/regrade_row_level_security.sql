GRANT SELECT, INSERT, UPDATE, DELETE ON regrade, appeal, adjustment, amendment, groundless_award TO cairn_app;

ALTER TABLE regrade ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON regrade
    USING (cairn_is_system() OR tenant_id = cairn_tenant());

ALTER TABLE appeal ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON appeal
    USING (cairn_is_system() OR tenant_id = cairn_tenant());

ALTER TABLE adjustment ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON adjustment
    USING (cairn_is_system() OR tenant_id = cairn_tenant());

ALTER TABLE amendment ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON amendment
    USING (cairn_is_system() OR tenant_id = cairn_tenant());

ALTER TABLE groundless_award ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON groundless_award
    USING (cairn_is_system() OR tenant_id = cairn_tenant());
