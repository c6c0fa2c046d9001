-- What an account may do, by cluster; * stands for every cluster and what belongs to none.
CREATE TABLE account_role (
    account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    cluster TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (account, cluster)
);
INSERT INTO account_role (account, cluster, role) SELECT name, '*', role FROM account;
ALTER TABLE account DROP COLUMN role;
CREATE INDEX token_by_account ON token (account);
