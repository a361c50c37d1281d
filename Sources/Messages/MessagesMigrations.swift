import Storage

/// The tables of what goes out.
let messagesMigrations = [
    Migration(id: "2026-11-30-deliveries") { _ in
        """
        CREATE TABLE mail_address (
            account_id TEXT PRIMARY KEY REFERENCES account (id),
            address TEXT NOT NULL,
            address_mark TEXT NOT NULL,
            code_mark TEXT,
            code_ends_at BIGINT,
            wrong_codes BIGINT NOT NULL CHECK (wrong_codes >= 0),
            asked_at BIGINT NOT NULL,
            verified_at BIGINT
        );
        CREATE TABLE message_way (
            account_id TEXT NOT NULL REFERENCES account (id),
            topic TEXT NOT NULL,
            way TEXT NOT NULL CHECK (way IN ('each', 'daily', 'page')),
            PRIMARY KEY (account_id, topic)
        );
        CREATE TABLE message_relay (
            message_id TEXT PRIMARY KEY,
            for_digest BIGINT NOT NULL CHECK (for_digest IN (0, 1)),
            relayed_at BIGINT NOT NULL
        );
        CREATE INDEX message_relay_at ON message_relay (relayed_at);
        CREATE INDEX message_relay_digest ON message_relay (message_id) WHERE for_digest = 1;
        CREATE TABLE webhook (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            url TEXT NOT NULL,
            secret TEXT NOT NULL,
            made_by TEXT NOT NULL,
            made_at BIGINT NOT NULL
        );
        CREATE TABLE delivery (
            id TEXT PRIMARY KEY,
            event_key TEXT NOT NULL,
            event TEXT NOT NULL,
            channel TEXT NOT NULL CHECK (channel IN ('mail', 'webhook')),
            destination TEXT NOT NULL,
            account_id TEXT REFERENCES account (id),
            body TEXT NOT NULL,
            state TEXT NOT NULL
                CHECK (state IN ('waiting', 'sending', 'sent', 'dead', 'dropped')),
            tries BIGINT NOT NULL CHECK (tries >= 0),
            next_at BIGINT NOT NULL,
            made_at BIGINT NOT NULL,
            over_at BIGINT,
            fault TEXT,
            UNIQUE (event_key, destination)
        );
        CREATE INDEX delivery_next ON delivery (next_at) WHERE state IN ('waiting', 'sending');
        CREATE INDEX delivery_destination ON delivery (destination, made_at);
        CREATE INDEX delivery_account ON delivery (account_id);
        CREATE INDEX delivery_made ON delivery (made_at);
        CREATE INDEX delivery_dead ON delivery (id) WHERE state = 'dead';
        """
    }
]
