GRANT SELECT, INSERT, UPDATE, DELETE ON wallet_offer TO cairn_app;

ALTER TABLE wallet_offer ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON wallet_offer
    USING (cairn_is_system() OR tenant_id = cairn_tenant());
CREATE POLICY own ON wallet_offer USING (person_id = cairn_person());
