-- A digest of each published fact-check: no entry of the ledger determines them.
alter table fact_check add column digest blob not null default x'0000000000000000' check (length(digest) = 8);

-- What a fact-check has replaced is found by it: where one goes, and where evidence was taken of an earlier one.
create index fact_check_replaced on fact_check (replaced_by) where replaced_by is not null;
