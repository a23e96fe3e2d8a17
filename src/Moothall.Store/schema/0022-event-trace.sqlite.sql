-- Where a request is traced, what it put into the log carries the trace on (W3C traceparent); else nothing.
alter table event add column trace text;
