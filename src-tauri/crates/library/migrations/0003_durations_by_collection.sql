-- How long the last results of an agent with a model took, by what they are for: a film takes longer than one of its
-- segments, though the same agent makes both with the same encoder. What was measured of which is known from the takes.
drop table durations;

create table durations (
    agent text not null,
    -- The first part of the slot.
    collection text not null,
    -- The canonical text of the model's identity.
    model text not null,
    -- Later ones have greater numbers.
    place integer not null,
    took_ms integer not null,
    primary key (agent, collection, model, place)
) strict, without rowid;

insert into durations
select agent, collection, model, 1 + recent - nth, took_ms from (
    select agent, collection, model, took_ms,
        row_number() over (partition by agent, collection, model order by made_at desc, key) as nth,
        count(*) over (partition by agent, collection, model) as recent
    from (
        select distinct key, form_json ->> 'agent' as agent, form_json -> 'model' as model, took_ms, made_at,
            iif(instr(slot, '/') > 0, substr(slot, 1, instr(slot, '/') - 1), slot) as collection
        from artifacts join takes using (key)
        where took_ms > 0
    )
) where nth <= 64;
