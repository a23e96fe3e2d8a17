-- What a line of the history came to beside the case itself: charges that a move withdrew or made due. Codes and pence.
alter table case_history add column came_to text;
