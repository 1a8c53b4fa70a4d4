-- With its command's digest a journal row tells what the command brought, so the record need not keep it for retries.
ALTER TABLE journal ADD COLUMN body_hash text;
