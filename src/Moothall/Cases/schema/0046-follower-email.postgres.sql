-- What somebody follows, by the address that is told of it.
create index case_follower_email on case_follower (lower(email));
