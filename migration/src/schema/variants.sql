-- The seed of the variant that an attempt asks, where the item is a template: it was
-- taken once, and what is shown, scored and explained is made with it ever after.
ALTER TABLE response ADD COLUMN variant BIGINT;
