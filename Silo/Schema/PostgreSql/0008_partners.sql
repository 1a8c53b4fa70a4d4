-- Accounts of partners: for which partner they answer.
ALTER TABLE account ADD COLUMN partner_id text;
