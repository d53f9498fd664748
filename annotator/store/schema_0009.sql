-- A digest of each published fact-check: no entry of the ledger determines them.
alter table fact_check add column digest blob not null default x'0000000000000000' check (length(digest) = 8);
