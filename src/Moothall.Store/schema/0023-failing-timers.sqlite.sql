-- The few timers that fail, for whoever runs the council.
create index timer_failing on timer (kind, key) where attempts >= 3;
