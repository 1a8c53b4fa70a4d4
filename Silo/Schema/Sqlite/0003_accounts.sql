-- Accounts, in the columns of ASP.NET Core Identity, with the roles and the scope of each.
CREATE TABLE account (
    id text NOT NULL PRIMARY KEY,
    user_name varchar(256),
    normalized_user_name varchar(256),
    email varchar(256),
    normalized_email varchar(256),
    email_confirmed INTEGER NOT NULL DEFAULT 0,
    password_hash text,
    security_stamp text,
    concurrency_stamp text,
    phone_number text,
    phone_number_confirmed INTEGER NOT NULL DEFAULT 0,
    two_factor_enabled INTEGER NOT NULL DEFAULT 0,
    lockout_end TEXT,
    lockout_enabled INTEGER NOT NULL DEFAULT 0,
    access_failed_count INTEGER NOT NULL,
    display_name text NOT NULL,
    roles text NOT NULL,
    station_ids text NOT NULL,
    community_ids text NOT NULL,
    officer_id text
);

CREATE UNIQUE INDEX account_user_name ON account (normalized_user_name);

CREATE TABLE account_claim (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    claim_type text,
    claim_value text
);

CREATE TABLE account_login (
    login_provider text NOT NULL,
    provider_key text NOT NULL,
    provider_display_name text,
    user_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (login_provider, provider_key)
);

CREATE TABLE account_token (
    user_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    login_provider text NOT NULL,
    name text NOT NULL,
    value text,
    PRIMARY KEY (user_id, login_provider, name)
);

-- Keys that protect tokens and cookies, shared by all web nodes.
CREATE TABLE data_protection_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    friendly_name text,
    xml text
);
