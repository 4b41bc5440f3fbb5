-- Times are milliseconds since 1970-01-01 UTC. Columns named *_json hold JSON text.

create table settings (
    name text primary key not null,
    value_json text not null
) strict, without rowid;

create table projects (
    id text primary key not null,
    title text not null,
    stage text not null default '',
    created_at integer not null,
    updated_at integer not null,
    -- In the trash since; null when it is not.
    deleted_at integer,
    cover_json text,
    -- The cover's hash once more, so that it can be looked for.
    cover_hash text,
    duration_ms integer,
    -- The number of the last event.
    head integer not null default 0
) strict, without rowid;

create table documents (
    project text not null references projects (id) on delete cascade,
    name text not null,
    value_json text not null,
    primary key (project, name)
) strict, without rowid;

create table messages (
    project text not null references projects (id) on delete cascade,
    -- The place in the conversation; 1, 2, 3 ...
    place integer not null,
    id text not null,
    role text not null,
    body_json text not null,
    at integer not null,
    primary key (project, place),
    unique (project, id)
) strict, without rowid;

create table runs (
    project text not null references projects (id) on delete cascade,
    id text not null,
    order_json text not null,
    started_at integer not null,
    -- Null while it runs, and after a kill.
    ended_at integer,
    outcome_json text,
    primary key (project, id)
) strict, without rowid;

create index runs_unfinished on runs (started_at) where ended_at is null;

create table events (
    project text not null references projects (id) on delete cascade,
    seq integer not null,
    run text,
    body_json text not null,
    at integer not null,
    primary key (project, seq)
) strict, without rowid;

-- Results, known by the hash of what decided them and shared by all projects.
create table artifacts (
    key text primary key not null,
    form_json text not null,
    value_json text not null,
    took_ms integer not null,
    made_at integer not null
) strict, without rowid;

create table artifact_blobs (
    key text not null references artifacts (key) on delete cascade,
    place integer not null,
    role text not null,
    hash text not null,
    bytes integer not null,
    media text not null,
    primary key (key, place),
    unique (key, role)
) strict, without rowid;

create index artifact_blobs_hash on artifact_blobs (hash);

-- Every result that a slot had; the last one is its current one.
create table takes (
    project text not null references projects (id) on delete cascade,
    slot text not null,
    place integer not null,
    key text not null references artifacts (key),
    run text not null,
    at integer not null,
    primary key (project, slot, place)
) strict, without rowid;

create index takes_key on takes (key);

create table pins (
    project text not null references projects (id) on delete cascade,
    slot text not null,
    key text not null references artifacts (key),
    at integer not null,
    primary key (project, slot)
) strict, without rowid;

create index pins_key on pins (key);
