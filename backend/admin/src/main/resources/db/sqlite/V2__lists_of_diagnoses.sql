-- What lists of diagnoses are cut by; an empty virtual server is none.
ALTER TABLE diagnosis ADD COLUMN cluster TEXT NOT NULL DEFAULT '';
ALTER TABLE diagnosis ADD COLUMN virtual_server TEXT NOT NULL DEFAULT '';
ALTER TABLE diagnosis ADD COLUMN phase TEXT NOT NULL DEFAULT '';
UPDATE diagnosis SET
    cluster = json_extract(document, '$.spec.cluster'),
    virtual_server = COALESCE(json_extract(document, '$.spec.virtualServer'), ''),
    phase = json_extract(document, '$.status.phase');
CREATE INDEX diagnosis_by_cluster ON diagnosis (cluster, created_at, id);

-- A diagnosis that was started with an idempotency key has its identity from that key.
DROP TABLE idempotency;
