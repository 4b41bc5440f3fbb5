-- Paid calls, money, what the maker decided, and what makes large projects quick to read.

-- The journal: one row for each call, written before it is sent and changed at each step.
create table calls (
    -- The order of intents.
    place integer primary key,
    id text not null unique,
    project text not null references projects (id) on delete cascade,
    run text not null,
    slot text not null,
    agent text not null,
    -- What decides the task's result, and the hash of what is asked.
    key text not null,
    request text not null,
    provider text not null,
    model text not null,
    kind text not null,
    -- The most it may cost, in millionths of a dollar; null when nobody knows.
    most integer,
    state text not null check
        (state in ('intended', 'handled', 'replied', 'settled', 'failed', 'unknown', 'written_off')),
    handle text,
    -- The kept reply while the call is replied.
    reply_hash text,
    reply_bytes integer,
    reply_media text,
    -- What it used, once that is known.
    usage_json text,
    at integer not null,
    changed_at integer not null
) strict;

create index calls_task on calls (project, key, request);
create index calls_open on calls (project, run) where state in ('intended', 'handled', 'unknown');
create index calls_reply on calls (reply_hash) where reply_hash is not null;

-- What was spent. A line is written once and stands, also when its project is deleted for good: the caps of that day
-- must still count it. It says nothing of what was made.
create table ledger (
    call text primary key not null,
    project text not null,
    run text not null,
    slot text not null,
    agent text not null,
    provider text not null,
    model text not null,
    kind text not null,
    units_json text not null,
    -- What was reserved for it; null when nobody knew.
    most integer,
    price integer not null,
    -- 0 when nobody knows whether it was spent: then `price` is the most that it can have been.
    certain integer not null check (certain in (0, 1)),
    -- When it was intended, which decides the day it counts for, and when it was booked.
    called_at integer not null,
    at integer not null
) strict, without rowid;

create index ledger_run on ledger (project, run, price);
create index ledger_day on ledger (called_at, price);

create trigger ledger_is_not_changed before update on ledger
begin
    select raise(abort, 'the ledger can only be added to');
end;

create trigger ledger_is_not_shortened before delete on ledger
begin
    select raise(abort, 'the ledger can only be added to');
end;

-- A call is booked once. (Replacing a row does not count as deleting it, so this keeps from that too.)
create trigger ledger_books_once before insert on ledger
when exists (select 1 from ledger where call = new.call)
begin
    select raise(ignore);
end;

-- What the maker decided, step by step. Going back and deciding otherwise begins another branch; nothing is dropped.
create table editions (
    project text not null references projects (id) on delete cascade,
    -- 1, 2, 3 ...
    number integer not null,
    -- The one it was made from; null for the first.
    parent integer,
    value_json text not null,
    words text not null,
    at integer not null,
    primary key (project, number)
) strict, without rowid;

-- The number of the current edition; null before the first.
alter table projects add column edition integer;

-- The result that a take was made after: the one that its slot used before. It may be gone by now.
alter table takes add column parent text;

update takes set parent = (
    select before.key from takes before
    where before.project = takes.project and before.slot = takes.slot and before.place < takes.place
    order by before.place desc limit 1
);

-- What the person thinks of a take. It outlives the take.
create table verdicts (
    project text not null references projects (id) on delete cascade,
    slot text not null,
    key text not null,
    verdict text not null check (verdict in ('approved', 'rejected')),
    reason text not null,
    at integer not null,
    primary key (project, slot, key)
) strict, without rowid;

-- The review stops that the person let pass.
create table approvals (
    project text not null references projects (id) on delete cascade,
    key text not null,
    at integer not null,
    primary key (project, key)
) strict, without rowid;

-- How long the last results of an agent with a model took.
create table durations (
    agent text not null,
    -- The canonical text of the model's identity.
    model text not null,
    -- Later ones have greater numbers.
    place integer not null,
    took_ms integer not null,
    primary key (agent, model, place)
) strict, without rowid;

insert into durations
select agent, model, 1 + recent - nth, took_ms from (
    select form_json ->> 'agent' as agent, form_json -> 'model' as model, took_ms,
        row_number() over latest as nth, count(*) over (partition by form_json ->> 'agent', form_json -> 'model') as recent
    from artifacts
    window latest as (partition by form_json ->> 'agent', form_json -> 'model' order by made_at desc, key)
) where nth <= 64;

create index events_run on events (project, run) where run is not null;

-- How the last run of a project stands: the last event of each type about each slot (or about the run itself: ''), so
-- that nobody has to read a long stream from its start.
create table standing (
    project text not null references projects (id) on delete cascade,
    run text not null,
    slot text not null,
    type text not null,
    seq integer not null,
    body_json text not null,
    at integer not null,
    primary key (project, run, slot, type)
) strict, without rowid;

insert into standing
select project, run, coalesce(body_json ->> 'slot', ''), coalesce(body_json ->> 'type', ''), max(seq), body_json, at
from events
where run = (
    select id from runs where runs.project = events.project order by started_at desc, id desc limit 1
)
group by 1, 2, 3, 4;
