-- Where what led to a message is traced, sending it goes on with the trace (W3C traceparent); else nothing.
alter table message add column trace text;
