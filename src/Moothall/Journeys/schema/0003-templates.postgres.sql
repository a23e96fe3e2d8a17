-- Templates of messages are part of a published version, so that every node writes the same: a JSON object by name and language, or null where there are none.
alter table published_service add column templates text;
