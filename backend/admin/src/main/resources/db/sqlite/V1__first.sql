-- Times are ISO-8601 text in UTC, documents JSON text; sealed parts are base64 of AES-GCM.
CREATE TABLE revision (
    number INTEGER PRIMARY KEY,
    cluster_id TEXT NOT NULL,
    cluster TEXT NOT NULL,
    parent INTEGER NOT NULL,
    time TEXT NOT NULL,
    author TEXT NOT NULL,
    comment TEXT NOT NULL
);
CREATE INDEX revision_by_cluster ON revision (cluster_id, number);

CREATE TABLE change (
    revision INTEGER NOT NULL REFERENCES revision (number),
    position INTEGER NOT NULL,
    cluster_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    document_before TEXT,
    document_after TEXT,
    PRIMARY KEY (revision, position)
);
CREATE INDEX change_by_resource ON change (cluster_id, kind, name, revision);

CREATE TABLE resource (
    cluster_id TEXT NOT NULL,
    cluster TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (cluster_id, kind, name)
);

CREATE TABLE last_index (
    kind TEXT PRIMARY KEY,
    value INTEGER NOT NULL
);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    actor TEXT NOT NULL,
    source TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    revision_before INTEGER,
    revision_after INTEGER,
    request_id TEXT NOT NULL,
    result INTEGER NOT NULL
);

CREATE TABLE account (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at TEXT NOT NULL
);

CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name),
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT
);

CREATE TABLE operation (name TEXT PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE operation_set (name TEXT PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE credential (name TEXT PRIMARY KEY, document TEXT NOT NULL);

CREATE TABLE diagnosis (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX diagnosis_by_time ON diagnosis (created_at, id);

CREATE TABLE artifact (
    sha256 TEXT NOT NULL,
    diagnosis TEXT NOT NULL REFERENCES diagnosis (id),
    PRIMARY KEY (sha256, diagnosis)
);

CREATE TABLE idempotency (
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    diagnosis TEXT NOT NULL,
    PRIMARY KEY (account, key)
);
