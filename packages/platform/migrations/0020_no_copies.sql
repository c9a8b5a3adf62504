-- Earlier rows lie in tables of their own columns, whose sealed values are found like all others: nothing is sealed
-- within JSON any more.
DROP FUNCTION IF EXISTS platform.reseal_copies(regclass, text, tid[], text[], text[]);
