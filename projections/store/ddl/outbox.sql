-- Messages of the hub (status, alarms, receipts), written in the transaction of the batch that caused them and sent
-- in the order of id. Rows of one key are written under that file's lock, so within a key id order is commit order.
CREATE TABLE outbox (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic   text  NOT NULL,
    key     bytea,
    value   bytea,
    headers jsonb NOT NULL DEFAULT '{}'
);
