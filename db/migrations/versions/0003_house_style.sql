CREATE TABLE house_style (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    office TEXT,
    organisation TEXT,
    address TEXT,
    phone TEXT,
    email TEXT,
    website TEXT,
    logo TEXT,
    second_logo TEXT,
    red_head TEXT,
    accent TEXT,
    cover TEXT,
    event TEXT,
    event_logo TEXT,
    footer TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES pack (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(organisation) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_house_style_organisation ON house_style (organisation);
CREATE INDEX ix_house_style_owner ON house_style (owner);
CREATE INDEX ix_house_style_sort_en ON house_style (is_deleted, sort_en, id);
CREATE INDEX ix_house_style_sort_zh ON house_style (is_deleted, sort_zh, id);
CREATE INDEX ix_house_style_source ON house_style (source);
