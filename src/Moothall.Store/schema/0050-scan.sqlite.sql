-- What a scanner for viruses said of a file: null while none has looked, 'clean', or 'infected', whose content is gone.
alter table file add column scan text;
create index file_unscanned on file (id) where scan is null;
