-- What the release before called incomplete is a verdict of its own now: not shown by the sample.
UPDATE "evaluation" SET "verdict" = 'not-shown' WHERE "verdict" = 'incomplete';
