-- PostgreSQL's own guard, behind the types in the code and the keys above.
--
-- The server works as the role cairn_app, which owns no table. Each transaction
-- says for whom it speaks: a tenant, a person, or the installation itself.

DO $$
BEGIN
    CREATE ROLE cairn_app NOLOGIN;
EXCEPTION
    -- The role belongs to the cluster, and another database may have made it.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

DO $$
BEGIN
    EXECUTE format('GRANT cairn_app TO %I', current_user);
EXCEPTION
    WHEN unique_violation OR invalid_grant_operation THEN NULL;
END
$$;

GRANT USAGE ON SCHEMA public TO cairn_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO cairn_app;

CREATE FUNCTION cairn_tenant() RETURNS UUID LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('cairn.tenant', TRUE), '')::UUID $$;

CREATE FUNCTION cairn_person() RETURNS UUID LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('cairn.person', TRUE), '')::UUID $$;

CREATE FUNCTION cairn_is_system() RETURNS BOOLEAN LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT COALESCE(current_setting('cairn.system', TRUE), '') = 'on' $$;

DO $$
DECLARE
    owned TEXT;
    rule  CONSTANT TEXT := 'cairn_is_system() OR tenant_id = cairn_tenant()';
BEGIN
    FOR owned IN
        SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'tenant_id'
          AND table_name NOT IN ('job', 'public_address')
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY tenant_isolation ON %I USING (%s)', owned, rule);
        -- What a person owns or belongs to, they see over all tenants; what they
        -- show of it is theirs to say.
        IF owned IN ('membership', 'credential', 'award') THEN
            EXECUTE format('CREATE POLICY own ON %I FOR SELECT USING (person_id = cairn_person())', owned);
        ELSIF owned = 'wallet_item' THEN
            EXECUTE format('CREATE POLICY own ON %I USING (person_id = cairn_person())', owned);
        END IF;
    END LOOP;
END
$$;
