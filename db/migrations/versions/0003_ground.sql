CREATE TABLE sync_device(ord INTEGER PRIMARY KEY, device_id TEXT UNIQUE NOT NULL, pubkey BLOB, person TEXT, label TEXT, trust TEXT NOT NULL DEFAULT 'known', first_seen INTEGER, seq INTEGER NOT NULL, chain BLOB NOT NULL, vv INTEGER NOT NULL, head_seq INTEGER, head_chain BLOB, head_sig BLOB, succ_of TEXT);
CREATE TABLE sync_vv(vv INTEGER NOT NULL, dev INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(vv, dev)) WITHOUT ROWID;
CREATE TABLE sync_changeset(n INTEGER PRIMARY KEY, dev INTEGER NOT NULL, seq INTEGER NOT NULL, t INTEGER NOT NULL, vv INTEGER NOT NULL, schema INTEGER NOT NULL, person TEXT, label TEXT, chain BLOB NOT NULL, body BLOB NOT NULL, UNIQUE(dev, seq));
CREATE TABLE sync_row(n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, ent TEXT NOT NULL, owner TEXT, heads TEXT NOT NULL);
CREATE INDEX sync_row_owner ON sync_row(owner) WHERE owner IS NOT NULL;
CREATE TABLE sync_touch(row INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(row, n)) WITHOUT ROWID;
CREATE TABLE sync_conflict(row INTEGER NOT NULL, fld TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY(row, fld)) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(names, body, pinyin, initials, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
CREATE TABLE sync_meta(k TEXT PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE sync_peer(dev INTEGER NOT NULL, of INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(dev, of)) WITHOUT ROWID;
CREATE TABLE sync_export(bundle_id TEXT PRIMARY KEY, at INTEGER, file TEXT, kind TEXT, base TEXT, head TEXT, recipients TEXT, bytes INTEGER, sha256 TEXT, state TEXT);
CREATE TABLE sync_import(bundle_id TEXT PRIMARY KEY, at INTEGER, file TEXT, from_dev TEXT, base TEXT, head TEXT, sha256 TEXT, state TEXT, counts TEXT, backup TEXT, error TEXT);
CREATE TABLE sync_parked(bundle_id TEXT PRIMARY KEY, sha256 TEXT, need TEXT, reason TEXT, at INTEGER);
CREATE TABLE draft(id TEXT NOT NULL, fld TEXT NOT NULL, ent TEXT NOT NULL, value TEXT, seen TEXT, at INTEGER, PRIMARY KEY(id, fld)) WITHOUT ROWID;
CREATE TABLE action_item (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    text TEXT,
    person TEXT,
    organisation TEXT,
    side TEXT,
    due TEXT,
    priority TEXT,
    status TEXT,
    blocked_reason TEXT,
    done_on TEXT,
    evidence TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES sync_row (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(organisation) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_action_item_organisation ON action_item (organisation);
CREATE INDEX ix_action_item_owner ON action_item (owner);
CREATE INDEX ix_action_item_person ON action_item (person);
CREATE INDEX ix_action_item_sort_en ON action_item (is_deleted, sort_en, id);
CREATE INDEX ix_action_item_sort_zh ON action_item (is_deleted, sort_zh, id);
CREATE INDEX ix_action_item_source ON action_item (source);
CREATE TABLE affiliation (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    organisation TEXT,
    post TEXT,
    post_code TEXT,
    rank TEXT,
    rank_order INTEGER,
    dates TEXT,
    main INTEGER,
    secretary TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(organisation) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(secretary) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_affiliation_dates ON affiliation (is_deleted, dates, id);
CREATE INDEX ix_affiliation_organisation ON affiliation (organisation);
CREATE INDEX ix_affiliation_owner ON affiliation (owner);
CREATE INDEX ix_affiliation_secretary ON affiliation (secretary);
CREATE INDEX ix_affiliation_sort_en ON affiliation (is_deleted, sort_en, id);
CREATE INDEX ix_affiliation_sort_zh ON affiliation (is_deleted, sort_zh, id);
CREATE TABLE agenda_item (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    title TEXT,
    type TEXT,
    starts TEXT,
    minutes INTEGER,
    note TEXT,
    speakers TEXT,
    side TEXT,
    reported_participants TEXT,
    outcome TEXT,
    internal INTEGER,
    done INTEGER,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_agenda_item_owner ON agenda_item (owner);
CREATE INDEX ix_agenda_item_sort_en ON agenda_item (is_deleted, sort_en, id);
CREATE INDEX ix_agenda_item_sort_zh ON agenda_item (is_deleted, sort_zh, id);
CREATE TABLE agreement (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    reference TEXT,
    title TEXT,
    type TEXT,
    ucap TEXT,
    themes TEXT,
    projects TEXT,
    status TEXT,
    status_note TEXT,
    subject TEXT,
    areas TEXT,
    text TEXT,
    authentic_text TEXT,
    legal_force TEXT,
    originals TEXT,
    originals_en INTEGER,
    originals_zh INTEGER,
    originals_es INTEGER,
    originals_it INTEGER,
    originals_de INTEGER,
    signing_planned TEXT,
    signing_place TEXT,
    signing_meeting TEXT,
    ceremony TEXT,
    signed TEXT,
    in_force TEXT,
    term_months INTEGER,
    expires TEXT,
    renewal TEXT,
    notice_days INTEGER,
    notice_given TEXT,
    review TEXT,
    lead_days INTEGER,
    responsible TEXT,
    supersedes TEXT,
    amends TEXT,
    archive TEXT,
    placeholder INTEGER,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(ucap) REFERENCES ucap (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(signing_place) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(signing_meeting) REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(responsible) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(supersedes) REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(amends) REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_agreement_amends ON agreement (amends);
CREATE INDEX ix_agreement_responsible ON agreement (responsible);
CREATE INDEX ix_agreement_signing_meeting ON agreement (signing_meeting);
CREATE INDEX ix_agreement_signing_place ON agreement (signing_place);
CREATE INDEX ix_agreement_sort_en ON agreement (is_deleted, sort_en, id);
CREATE INDEX ix_agreement_sort_zh ON agreement (is_deleted, sort_zh, id);
CREATE INDEX ix_agreement_source ON agreement (source);
CREATE INDEX ix_agreement_supersedes ON agreement (supersedes);
CREATE INDEX ix_agreement_ucap ON agreement (ucap);
CREATE TABLE agreement_party (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    organisation TEXT,
    free_name TEXT,
    side TEXT,
    role TEXT,
    represented_by TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(organisation) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(represented_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_agreement_party_organisation ON agreement_party (organisation);
CREATE INDEX ix_agreement_party_owner ON agreement_party (owner);
CREATE INDEX ix_agreement_party_represented_by ON agreement_party (represented_by);
CREATE INDEX ix_agreement_party_sort_en ON agreement_party (is_deleted, sort_en, id);
CREATE INDEX ix_agreement_party_sort_zh ON agreement_party (is_deleted, sort_zh, id);
CREATE TABLE attachment (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    file TEXT,
    title TEXT,
    type TEXT,
    language TEXT,
    internal INTEGER,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES sync_row (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_attachment_owner ON attachment (owner);
CREATE INDEX ix_attachment_sort_en ON attachment (is_deleted, sort_en, id);
CREATE INDEX ix_attachment_sort_zh ON attachment (is_deleted, sort_zh, id);
CREATE TABLE checklist_item (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    text TEXT,
    offset_days INTEGER,
    due TEXT,
    responsible TEXT,
    done INTEGER,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES sync_row (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(responsible) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_checklist_item_owner ON checklist_item (owner);
CREATE INDEX ix_checklist_item_responsible ON checklist_item (responsible);
CREATE INDEX ix_checklist_item_sort_en ON checklist_item (is_deleted, sort_en, id);
CREATE INDEX ix_checklist_item_sort_zh ON checklist_item (is_deleted, sort_zh, id);
CREATE TABLE contact_role (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    person TEXT,
    role TEXT,
    side TEXT,
    place TEXT,
    print TEXT,
    note TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES ucap (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(place) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_contact_role_owner ON contact_role (owner);
CREATE INDEX ix_contact_role_person ON contact_role (person);
CREATE INDEX ix_contact_role_place ON contact_role (place);
CREATE INDEX ix_contact_role_sort_en ON contact_role (is_deleted, sort_en, id);
CREATE INDEX ix_contact_role_sort_zh ON contact_role (is_deleted, sort_zh, id);
CREATE TABLE country (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    alpha2 TEXT,
    name TEXT,
    eu27 INTEGER,
    time_zones TEXT,
    calling_code TEXT,
    emergency TEXT,
    plugs TEXT,
    currency TEXT,
    PRIMARY KEY (id)
);
CREATE INDEX ix_country_sort_en ON country (is_deleted, sort_en, id);
CREATE INDEX ix_country_sort_zh ON country (is_deleted, sort_zh, id);
CREATE TABLE gift (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    direction TEXT,
    item TEXT,
    from_person TEXT,
    to_person TEXT,
    value TEXT,
    register_number TEXT,
    kept TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(from_person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(to_person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_gift_from_person ON gift (from_person);
CREATE INDEX ix_gift_owner ON gift (owner);
CREATE INDEX ix_gift_sort_en ON gift (is_deleted, sort_en, id);
CREATE INDEX ix_gift_sort_zh ON gift (is_deleted, sort_zh, id);
CREATE INDEX ix_gift_to_person ON gift (to_person);
CREATE TABLE glossary_term (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    term TEXT,
    note TEXT,
    avoid TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_glossary_term_sort_en ON glossary_term (is_deleted, sort_en, id);
CREATE INDEX ix_glossary_term_sort_zh ON glossary_term (is_deleted, sort_zh, id);
CREATE INDEX ix_glossary_term_source ON glossary_term (source);
CREATE TABLE itinerary_day (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    date TEXT,
    title TEXT,
    place TEXT,
    dress TEXT,
    weather TEXT,
    hotel TEXT,
    coordinator TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(place) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(hotel) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(coordinator) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_itinerary_day_coordinator ON itinerary_day (coordinator);
CREATE INDEX ix_itinerary_day_hotel ON itinerary_day (hotel);
CREATE INDEX ix_itinerary_day_owner ON itinerary_day (owner);
CREATE INDEX ix_itinerary_day_place ON itinerary_day (place);
CREATE INDEX ix_itinerary_day_sort_en ON itinerary_day (is_deleted, sort_en, id);
CREATE INDEX ix_itinerary_day_sort_zh ON itinerary_day (is_deleted, sort_zh, id);
CREATE TABLE itinerary_item (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    "when" TEXT,
    type TEXT,
    title TEXT,
    place TEXT,
    room TEXT,
    address TEXT,
    meeting TEXT,
    transport TEXT,
    "group" TEXT,
    host_lead TEXT,
    our_lead TEXT,
    interpreter TEXT,
    cars TEXT,
    menu TEXT,
    ceremony TEXT,
    dress TEXT,
    bring TEXT,
    internal_note TEXT,
    public INTEGER,
    confirmed INTEGER,
    fixed INTEGER,
    plan_b TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(place) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(meeting) REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(transport) REFERENCES transport_leg (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(host_lead) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(our_lead) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(interpreter) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_itinerary_item_host_lead ON itinerary_item (host_lead);
CREATE INDEX ix_itinerary_item_interpreter ON itinerary_item (interpreter);
CREATE INDEX ix_itinerary_item_meeting ON itinerary_item (meeting);
CREATE INDEX ix_itinerary_item_our_lead ON itinerary_item (our_lead);
CREATE INDEX ix_itinerary_item_owner ON itinerary_item (owner);
CREATE INDEX ix_itinerary_item_place ON itinerary_item (place);
CREATE INDEX ix_itinerary_item_sort_en ON itinerary_item (is_deleted, sort_en, id);
CREATE INDEX ix_itinerary_item_sort_zh ON itinerary_item (is_deleted, sort_zh, id);
CREATE INDEX ix_itinerary_item_transport ON itinerary_item (transport);
CREATE INDEX ix_itinerary_item_when ON itinerary_item (is_deleted, "when", id);
CREATE TABLE meeting (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    title TEXT,
    "when" TEXT,
    ucap TEXT,
    visit TEXT,
    themes TEXT,
    ordinal INTEGER,
    type TEXT,
    mode TEXT,
    status TEXT,
    places TEXT,
    places_print TEXT,
    room TEXT,
    online_link TEXT,
    chair_a TEXT,
    chair_b TEXT,
    spoken TEXT,
    interpretation TEXT,
    reported_participants TEXT,
    objectives TEXT,
    background TEXT,
    lines_to_take TEXT,
    their_points TEXT,
    questions TEXT,
    if_raised TEXT,
    do_not_raise TEXT,
    summary TEXT,
    press_line TEXT,
    next_meeting TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(ucap) REFERENCES ucap (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(visit) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(chair_a) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(chair_b) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(next_meeting) REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_meeting_chair_a ON meeting (chair_a);
CREATE INDEX ix_meeting_chair_b ON meeting (chair_b);
CREATE INDEX ix_meeting_next_meeting ON meeting (next_meeting);
CREATE INDEX ix_meeting_sort_en ON meeting (is_deleted, sort_en, id);
CREATE INDEX ix_meeting_sort_zh ON meeting (is_deleted, sort_zh, id);
CREATE INDEX ix_meeting_source ON meeting (source);
CREATE INDEX ix_meeting_ucap ON meeting (ucap);
CREATE INDEX ix_meeting_visit ON meeting (visit);
CREATE INDEX ix_meeting_when ON meeting (is_deleted, "when", id);
CREATE TABLE member (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    role TEXT,
    member TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES sync_row (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_member_owner ON member (owner);
CREATE INDEX ix_member_sort_en ON member (is_deleted, sort_en, id);
CREATE INDEX ix_member_sort_zh ON member (is_deleted, sort_zh, id);
CREATE TABLE minute_entry (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    agenda_item TEXT,
    type TEXT,
    text TEXT,
    side TEXT,
    said_by TEXT,
    agreed_a INTEGER,
    agreed_b INTEGER,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(agenda_item) REFERENCES agenda_item (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(said_by) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_minute_entry_agenda_item ON minute_entry (agenda_item);
CREATE INDEX ix_minute_entry_owner ON minute_entry (owner);
CREATE INDEX ix_minute_entry_said_by ON minute_entry (said_by);
CREATE INDEX ix_minute_entry_sort_en ON minute_entry (is_deleted, sort_en, id);
CREATE INDEX ix_minute_entry_sort_zh ON minute_entry (is_deleted, sort_zh, id);
CREATE TABLE obligation (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    text TEXT,
    side TEXT,
    due TEXT,
    status TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_obligation_owner ON obligation (owner);
CREATE INDEX ix_obligation_sort_en ON obligation (is_deleted, sort_en, id);
CREATE INDEX ix_obligation_sort_zh ON obligation (is_deleted, sort_zh, id);
CREATE TABLE organisation (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    name TEXT,
    short_name TEXT,
    acronym TEXT,
    type TEXT,
    helix TEXT,
    parent TEXT,
    place TEXT,
    address TEXT,
    phone TEXT,
    email TEXT,
    website TEXT,
    wechat TEXT,
    description TEXT,
    logo TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(parent) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(place) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_organisation_parent ON organisation (parent);
CREATE INDEX ix_organisation_place ON organisation (place);
CREATE INDEX ix_organisation_sort_en ON organisation (is_deleted, sort_en, id);
CREATE INDEX ix_organisation_sort_zh ON organisation (is_deleted, sort_zh, id);
CREATE INDEX ix_organisation_source ON organisation (source);
CREATE TABLE pack (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    title TEXT,
    document TEXT,
    edition TEXT,
    paper_languages TEXT,
    layout TEXT,
    sections TEXT,
    version INTEGER,
    content_hash TEXT,
    printed TEXT,
    file TEXT,
    recipients TEXT,
    replaces TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES sync_row (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_pack_owner ON pack (owner);
CREATE INDEX ix_pack_sort_en ON pack (is_deleted, sort_en, id);
CREATE INDEX ix_pack_sort_zh ON pack (is_deleted, sort_zh, id);
CREATE INDEX ix_pack_source ON pack (source);
CREATE TABLE participation (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    person TEXT,
    free_name TEXT,
    side TEXT,
    role TEXT,
    attendance TEXT,
    badge INTEGER,
    seat TEXT,
    arrival TEXT,
    departure TEXT,
    room TEXT,
    diet TEXT,
    remarks TEXT,
    speaks INTEGER,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES sync_row (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(arrival) REFERENCES transport_leg (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(departure) REFERENCES transport_leg (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_participation_arrival ON participation (arrival);
CREATE INDEX ix_participation_departure ON participation (departure);
CREATE INDEX ix_participation_owner ON participation (owner);
CREATE INDEX ix_participation_person ON participation (person);
CREATE INDEX ix_participation_sort_en ON participation (is_deleted, sort_en, id);
CREATE INDEX ix_participation_sort_zh ON participation (is_deleted, sort_zh, id);
CREATE TABLE person (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    salutation TEXT,
    salutation_free TEXT,
    academic_title TEXT,
    name TEXT,
    name_han TEXT,
    name_phonetic TEXT,
    name_other TEXT,
    surname_capitals INTEGER,
    pronunciation TEXT,
    gender TEXT,
    place TEXT,
    nationality TEXT,
    spoken TEXT,
    bio TEXT,
    bio_long TEXT,
    email TEXT,
    mobile TEXT,
    phone TEXT,
    wechat TEXT,
    whatsapp TEXT,
    contact_by TEXT,
    diet TEXT,
    diet_note TEXT,
    allergies TEXT,
    habits TEXT,
    mobility TEXT,
    clothing_size TEXT,
    emergency_contact TEXT,
    birthday TEXT,
    consent TEXT,
    keep_until TEXT,
    portrait TEXT,
    passport_number TEXT,
    passport_expires TEXT,
    visa TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(place) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(nationality) REFERENCES country (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_person_nationality ON person (nationality);
CREATE INDEX ix_person_place ON person (place);
CREATE INDEX ix_person_sort_en ON person (is_deleted, sort_en, id);
CREATE INDEX ix_person_sort_zh ON person (is_deleted, sort_zh, id);
CREATE INDEX ix_person_source ON person (source);
CREATE TABLE pilot_project (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    ucap TEXT,
    themes TEXT,
    title TEXT,
    description TEXT,
    status TEXT,
    places TEXT,
    organisations TEXT,
    responsible TEXT,
    dates TEXT,
    results TEXT,
    budget TEXT,
    sdgs TEXT,
    partnerships TEXT,
    endorsed TEXT,
    endorsed_by TEXT,
    endorsed_at TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(ucap) REFERENCES ucap (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(responsible) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(endorsed_by) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(endorsed_at) REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_pilot_project_dates ON pilot_project (is_deleted, dates, id);
CREATE INDEX ix_pilot_project_endorsed_at ON pilot_project (endorsed_at);
CREATE INDEX ix_pilot_project_endorsed_by ON pilot_project (endorsed_by);
CREATE INDEX ix_pilot_project_responsible ON pilot_project (responsible);
CREATE INDEX ix_pilot_project_sort_en ON pilot_project (is_deleted, sort_en, id);
CREATE INDEX ix_pilot_project_sort_zh ON pilot_project (is_deleted, sort_zh, id);
CREATE INDEX ix_pilot_project_source ON pilot_project (source);
CREATE INDEX ix_pilot_project_ucap ON pilot_project (ucap);
CREATE TABLE place (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    type TEXT,
    name TEXT,
    short_name TEXT,
    official_name TEXT,
    local_name TEXT,
    pinyin TEXT,
    country TEXT,
    state TEXT,
    parent TEXT,
    population TEXT,
    area_km2 TEXT,
    mayor TEXT,
    time_zone TEXT,
    website TEXT,
    description TEXT,
    key_industries TEXT,
    facts TEXT,
    sister_cities TEXT,
    pilot_round TEXT,
    address TEXT,
    organisation TEXT,
    capacity TEXT,
    rooms TEXT,
    access TEXT,
    contact TEXT,
    phone TEXT,
    wifi TEXT,
    hospital TEXT,
    position TEXT,
    logo TEXT,
    flag TEXT,
    photo TEXT,
    map TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(country) REFERENCES country (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(parent) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(mayor) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(organisation) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(contact) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(hospital) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_place_contact ON place (contact);
CREATE INDEX ix_place_country ON place (country);
CREATE INDEX ix_place_hospital ON place (hospital);
CREATE INDEX ix_place_mayor ON place (mayor);
CREATE INDEX ix_place_organisation ON place (organisation);
CREATE INDEX ix_place_parent ON place (parent);
CREATE INDEX ix_place_sort_en ON place (is_deleted, sort_en, id);
CREATE INDEX ix_place_sort_zh ON place (is_deleted, sort_zh, id);
CREATE INDEX ix_place_source ON place (source);
CREATE TABLE programme (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    code TEXT,
    name TEXT,
    period TEXT,
    funder TEXT,
    website TEXT,
    logo TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_programme_sort_en ON programme (is_deleted, sort_en, id);
CREATE INDEX ix_programme_sort_zh ON programme (is_deleted, sort_zh, id);
CREATE INDEX ix_programme_source ON programme (source);
CREATE TABLE road_map_step (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    title TEXT,
    due TEXT,
    status TEXT,
    responsible TEXT,
    note TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES pilot_project (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(responsible) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_road_map_step_owner ON road_map_step (owner);
CREATE INDEX ix_road_map_step_responsible ON road_map_step (responsible);
CREATE INDEX ix_road_map_step_sort_en ON road_map_step (is_deleted, sort_en, id);
CREATE INDEX ix_road_map_step_sort_zh ON road_map_step (is_deleted, sort_zh, id);
CREATE TABLE same_as (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    a TEXT,
    b TEXT,
    differs INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX ix_same_as_sort_en ON same_as (is_deleted, sort_en, id);
CREATE INDEX ix_same_as_sort_zh ON same_as (is_deleted, sort_zh, id);
CREATE TABLE signatory (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    party TEXT,
    person TEXT,
    post TEXT,
    role TEXT,
    signed TEXT,
    place TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES agreement (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(party) REFERENCES agreement_party (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(place) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_signatory_owner ON signatory (owner);
CREATE INDEX ix_signatory_party ON signatory (party);
CREATE INDEX ix_signatory_person ON signatory (person);
CREATE INDEX ix_signatory_place ON signatory (place);
CREATE INDEX ix_signatory_sort_en ON signatory (is_deleted, sort_en, id);
CREATE INDEX ix_signatory_sort_zh ON signatory (is_deleted, sort_zh, id);
CREATE TABLE source_document (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    title TEXT,
    file_name TEXT,
    sha256 TEXT,
    label_set TEXT,
    pages INTEGER,
    imported TEXT,
    rows TEXT,
    oddities TEXT,
    PRIMARY KEY (id)
);
CREATE INDEX ix_source_document_sort_en ON source_document (is_deleted, sort_en, id);
CREATE INDEX ix_source_document_sort_zh ON source_document (is_deleted, sort_zh, id);
CREATE TABLE template (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    name TEXT,
    type TEXT,
    body TEXT,
    content TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_template_sort_en ON template (is_deleted, sort_en, id);
CREATE INDEX ix_template_sort_zh ON template (is_deleted, sort_zh, id);
CREATE INDEX ix_template_source ON template (source);
CREATE TABLE theme (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    name TEXT,
    description TEXT,
    topic TEXT,
    sdgs TEXT,
    partnerships TEXT,
    references_print TEXT,
    print TEXT,
    notes TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES ucap (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_theme_owner ON theme (owner);
CREATE INDEX ix_theme_sort_en ON theme (is_deleted, sort_en, id);
CREATE INDEX ix_theme_sort_zh ON theme (is_deleted, sort_zh, id);
CREATE TABLE transport_leg (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    mode TEXT,
    number TEXT,
    departs_from TEXT,
    arrives_at TEXT,
    "when" TEXT,
    seats INTEGER,
    booking TEXT,
    driver TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_transport_leg_owner ON transport_leg (owner);
CREATE INDEX ix_transport_leg_sort_en ON transport_leg (is_deleted, sort_en, id);
CREATE INDEX ix_transport_leg_sort_zh ON transport_leg (is_deleted, sort_zh, id);
CREATE INDEX ix_transport_leg_when ON transport_leg (is_deleted, "when", id);
CREATE TABLE ucap (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    reference TEXT,
    title TEXT,
    programme TEXT,
    form TEXT,
    status TEXT,
    document_date TEXT,
    period TEXT,
    key_focus TEXT,
    key_challenges TEXT,
    main_objective TEXT,
    expected_results TEXT,
    reported_mou_count INTEGER,
    sdgs TEXT,
    partnerships TEXT,
    places_named TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(programme) REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_ucap_programme ON ucap (programme);
CREATE INDEX ix_ucap_sort_en ON ucap (is_deleted, sort_en, id);
CREATE INDEX ix_ucap_sort_zh ON ucap (is_deleted, sort_zh, id);
CREATE INDEX ix_ucap_source ON ucap (source);
CREATE TABLE ucap_item (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    type TEXT,
    text TEXT,
    meeting TEXT,
    visit TEXT,
    reported_count INTEGER,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES ucap (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(meeting) REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(visit) REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_ucap_item_meeting ON ucap_item (meeting);
CREATE INDEX ix_ucap_item_owner ON ucap_item (owner);
CREATE INDEX ix_ucap_item_sort_en ON ucap_item (is_deleted, sort_en, id);
CREATE INDEX ix_ucap_item_sort_zh ON ucap_item (is_deleted, sort_zh, id);
CREATE INDEX ix_ucap_item_visit ON ucap_item (visit);
CREATE TABLE ucap_place (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    place TEXT,
    side TEXT,
    role TEXT,
    print TEXT,
    pos TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES ucap (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(place) REFERENCES place (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_ucap_place_owner ON ucap_place (owner);
CREATE INDEX ix_ucap_place_place ON ucap_place (place);
CREATE INDEX ix_ucap_place_sort_en ON ucap_place (is_deleted, sort_en, id);
CREATE INDEX ix_ucap_place_sort_zh ON ucap_place (is_deleted, sort_zh, id);
CREATE TABLE ucap_side (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    owner TEXT,
    side TEXT,
    label_text TEXT,
    cities_print TEXT,
    countries_print TEXT,
    population TEXT,
    area_km2 TEXT,
    pairing_signed TEXT,
    visits_print TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(owner) REFERENCES ucap (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_ucap_side_owner ON ucap_side (owner);
CREATE INDEX ix_ucap_side_sort_en ON ucap_side (is_deleted, sort_en, id);
CREATE INDEX ix_ucap_side_sort_zh ON ucap_side (is_deleted, sort_zh, id);
CREATE TABLE visit (
    id TEXT NOT NULL,
    is_deleted INTEGER DEFAULT '0' NOT NULL,
    sort_en TEXT,
    sort_zh TEXT,
    title TEXT,
    dates TEXT,
    ucaps TEXT,
    type TEXT,
    status TEXT,
    travelling_side TEXT,
    host_places TEXT,
    other_places TEXT,
    time_zone TEXT,
    purpose TEXT,
    objectives TEXT,
    key_messages TEXT,
    head TEXT,
    delegation_size TEXT,
    delegation_name TEXT,
    invited_by TEXT,
    invitation_date TEXT,
    invitation_reference TEXT,
    approval_number TEXT,
    cost_bearer TEXT,
    budget TEXT,
    budget_lines TEXT,
    hotels TEXT,
    vehicles TEXT,
    luggage TEXT,
    internet TEXT,
    medical TEXT,
    embassies TEXT,
    duty_phone TEXT,
    coordinator TEXT,
    host_coordinator TEXT,
    report TEXT,
    outcomes TEXT,
    tags TEXT,
    marking TEXT,
    notes TEXT,
    source TEXT,
    source_place TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(head) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(invited_by) REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(coordinator) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(host_coordinator) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(source) REFERENCES source_document (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ix_visit_coordinator ON visit (coordinator);
CREATE INDEX ix_visit_dates ON visit (is_deleted, dates, id);
CREATE INDEX ix_visit_head ON visit (head);
CREATE INDEX ix_visit_host_coordinator ON visit (host_coordinator);
CREATE INDEX ix_visit_invited_by ON visit (invited_by);
CREATE INDEX ix_visit_sort_en ON visit (is_deleted, sort_en, id);
CREATE INDEX ix_visit_sort_zh ON visit (is_deleted, sort_zh, id);
CREATE INDEX ix_visit_source ON visit (source);
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
