ALTER TABLE agreement ADD COLUMN originals_by_language TEXT;
