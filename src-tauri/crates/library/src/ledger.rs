//! The ledger: what was spent. Lines are only ever added, and outlive their projects. Caps are held against it and
//! against what is reserved for calls whose price is not known yet.

use std::collections::BTreeMap;

use engine::{CallId, CallIntent, CallUsage, Cap, Micros, OverCap, RunId, Slot};
use rusqlite::{Connection, Row, params};
use serde::Serialize;

use crate::ProjectId;
use crate::error::Fault;
use crate::rows::{count, json, named, to_json};
use crate::writer::Writing;

/// A price above this is none: a thousand million dollars. It keeps sums of untrusted numbers in range.
const MOST: u64 = 1_000_000_000_000_000;

const DAY_MS: u64 = 86_400_000;

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerLine {
    /// The call.
    pub call: CallId,
    /// The run that made it.
    pub run: RunId,
    /// The task that made it.
    pub slot: Slot,
    /// Who does the task.
    pub agent: String,
    /// Who was called.
    pub provider: String,
    /// The model's name there.
    pub model: String,
    /// What kind of call.
    pub kind: String,
    /// Counted units, by name.
    pub units: BTreeMap<String, u64>,
    /// What it cost.
    pub price: Micros,
    /// False when nobody knows whether it was done: then the price is the most that it can have cost.
    pub certain: bool,
    /// When it was intended, in milliseconds since 1970; it counts for that day.
    pub called_ms: u64,
    /// When it was booked, in milliseconds since 1970.
    pub at_ms: u64,
}

/// The money of one project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// What was booked, in order.
    pub lines: Vec<LedgerLine>,
    /// The sum of the lines.
    pub spent: Micros,
    /// The most that calls may cost which are at work or unknown. It counts against the caps like what is spent.
    pub reserved: Micros,
}

/// What was reserved for the calls of a model, and what they cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Estimate {
    /// Who was called.
    pub provider: String,
    /// The model's name there.
    pub model: String,
    /// What kind of call.
    pub kind: String,
    /// How many calls had an estimate and a certain price.
    pub calls: u64,
    /// The sum of the most that they might have cost.
    pub reserved: Micros,
    /// The sum of what they cost.
    pub cost: Micros,
    /// How many cost more than was reserved for them.
    pub over: u64,
}

/// A price as it is stored.
pub(crate) fn column(price: Micros) -> i64 {
    price.0.min(MOST) as i64
}

fn price(row: &Row<'_>, at: usize) -> rusqlite::Result<Micros> {
    count(row, at).map(Micros)
}

/// The first cap that a call would pass.
pub(crate) fn passed(
    connection: &Connection,
    project: &ProjectId,
    intent: &CallIntent,
    now_ms: u64,
) -> Result<Option<OverCap>, Fault> {
    // What costs nothing, or nobody knows what, passes no cap.
    let wanted = intent.order.most.unwrap_or(Micros::ZERO);
    if wanted == Micros::ZERO {
        return Ok(None);
    }
    let caps = [(Cap::Run, intent.caps.run), (Cap::Project, intent.caps.project), (Cap::Day, intent.caps.day)];
    for (cap, limit) in caps {
        let Some(limit) = limit else { continue };
        let spent = match cap {
            Cap::Run => of_run(connection, project, &intent.run)?,
            Cap::Project => of_project(connection, project)?,
            Cap::Day => of_day(connection, now_ms)?,
        };
        if spent + wanted > limit {
            return Ok(Some(OverCap { cap, limit, spent, wanted }));
        }
    }
    Ok(None)
}

/// What is booked, and the most that open calls may cost which are not booked.
macro_rules! spent {
    ($booked:literal, $open:literal) => {
        concat!(
            "select (select coalesce(sum(price), 0) from ledger where ",
            $booked,
            ") + (select coalesce(sum(most), 0) from calls
                  where state in ('intended', 'handled', 'unknown') and ",
            $open,
            " and not exists (select 1 from ledger where call = calls.id))"
        )
    };
}

fn of_run(connection: &Connection, project: &ProjectId, run: &RunId) -> Result<Micros, Fault> {
    let sql = spent!("project = ?1 and run = ?2", "project = ?1 and run = ?2");
    Ok(connection.prepare_cached(sql)?.query_row([project.as_str(), &run.0], |row| price(row, 0))?)
}

fn of_project(connection: &Connection, project: &ProjectId) -> Result<Micros, Fault> {
    let sql = spent!("project = ?1", "project = ?1");
    Ok(connection.prepare_cached(sql)?.query_row([project.as_str()], |row| price(row, 0))?)
}

/// What counts against the cap of the day (in UTC) that a moment is in, in all projects, those deleted included.
pub(crate) fn of_day(connection: &Connection, now_ms: u64) -> Result<Micros, Fault> {
    let day = now_ms - now_ms % DAY_MS;
    let sql = spent!("called_at >= ?1 and called_at < ?2", "at >= ?1 and at < ?2");
    let of = params![day as i64, (day + DAY_MS) as i64];
    Ok(connection.prepare_cached(sql)?.query_row(of, |row| price(row, 0))?)
}

/// What of that was called under one run's name.
pub(crate) fn of_day_in(connection: &Connection, now_ms: u64, run: &RunId) -> Result<Micros, Fault> {
    let day = now_ms - now_ms % DAY_MS;
    let sql = spent!("called_at >= ?1 and called_at < ?2 and run = ?3", "at >= ?1 and at < ?2 and run = ?3");
    let of = params![day as i64, (day + DAY_MS) as i64, run.0];
    Ok(connection.prepare_cached(sql)?.query_row(of, |row| price(row, 0))?)
}

/// A call that no project makes, such as a trial of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlay {
    /// The call.
    pub call: CallId,
    /// Who is called.
    pub provider: String,
    /// The model's name there.
    pub model: String,
    /// What kind of call.
    pub kind: String,
    /// The most that it may cost; none when nobody said a price.
    pub most: Option<Micros>,
}

/// Books the most that a call of no project may cost, unless the cap of a day would be passed.
pub(crate) fn book_outlay(
    writing: &Writing<'_>,
    outlay: &Outlay,
    cap: Option<Micros>,
) -> Result<Option<OverCap>, Fault> {
    let wanted = outlay.most.unwrap_or(Micros::ZERO);
    if let Some(limit) = cap.filter(|_| wanted > Micros::ZERO) {
        let spent = of_day(writing.connection, writing.now_ms)?;
        if spent + wanted > limit {
            return Ok(Some(OverCap { cap: Cap::Day, limit, spent, wanted }));
        }
    }
    writing
        .connection
        .prepare_cached(
            "insert into ledger (call, project, run, slot, agent, provider, model, kind, units_json, most, price,
             certain, called_at, at)
             values (?1, '', '', '', '', ?2, ?3, ?4, '{}', ?5, ?6, 0, ?7, ?7)
             on conflict do nothing",
        )?
        .execute(params![
            outlay.call.0,
            outlay.provider,
            outlay.model,
            outlay.kind,
            outlay.most.map(column),
            column(wanted),
            writing.now_ms as i64
        ])?;
    Ok(None)
}

/// Books what a call used.
pub(crate) fn book(writing: &Writing<'_>, call: &CallId, usage: &CallUsage) -> Result<(), Fault> {
    writing
        .connection
        .prepare_cached(
            "insert into ledger (call, project, run, slot, agent, provider, model, kind, units_json, most, price,
             certain, called_at, at)
             select id, project, run, slot, agent, provider, model, kind, ?2, most, ?3, 1, at, ?4
             from calls where id = ?1",
        )?
        .execute(params![call.0, to_json(&usage.units)?, column(usage.cost), writing.now_ms as i64])?;
    Ok(())
}

/// Books the most that open calls may have cost of which nobody will know more. `which` tells them, with `?2` for
/// `value`.
pub(crate) fn book_open(
    connection: &Connection,
    which: &str,
    value: &dyn rusqlite::ToSql,
    now_ms: u64,
) -> Result<(), Fault> {
    let sql = format!(
        "insert into ledger (call, project, run, slot, agent, provider, model, kind, units_json, most, price, certain,
         called_at, at)
         select id, project, run, slot, agent, provider, model, kind, '{{}}', most, coalesce(most, 0), 0, at, ?1
         from calls where state in ('intended', 'handled', 'unknown') and {which}"
    );
    connection.execute(&sql, params![now_ms as i64, value])?;
    Ok(())
}

/// The money of one project.
pub(crate) fn of(connection: &Connection, project: &ProjectId) -> Result<Ledger, Fault> {
    let sql = "select call, run, slot, agent, provider, model, kind, units_json, price, certain, called_at, at
               from ledger where project = ?1 order by at, called_at, call";
    let line = |row: &Row<'_>| {
        Ok(LedgerLine {
            call: CallId(row.get(0)?),
            run: RunId(row.get(1)?),
            slot: named(row, 2)?,
            agent: row.get(3)?,
            provider: row.get(4)?,
            model: row.get(5)?,
            kind: row.get(6)?,
            units: json(row, 7)?,
            price: price(row, 8)?,
            certain: row.get(9)?,
            called_ms: count(row, 10)?,
            at_ms: count(row, 11)?,
        })
    };
    let lines: Vec<LedgerLine> =
        connection.prepare_cached(sql)?.query_map([project.as_str()], line)?.collect::<Result<_, _>>()?;
    let spent: Micros = lines.iter().map(|line| line.price).sum();
    let all = of_project(connection, project)?;
    Ok(Ledger { lines, spent, reserved: Micros(all.0.saturating_sub(spent.0)) })
}

/// How good the estimates were, by model.
pub(crate) fn estimates(connection: &Connection, project: &ProjectId) -> Result<Vec<Estimate>, Fault> {
    let sql = "select provider, model, kind, count(*), sum(most), sum(price), sum(price > most) from ledger
               where project = ?1 and certain = 1 and most is not null
               group by provider, model, kind order by provider, model, kind";
    let estimate = |row: &Row<'_>| {
        Ok(Estimate {
            provider: row.get(0)?,
            model: row.get(1)?,
            kind: row.get(2)?,
            calls: count(row, 3)?,
            reserved: price(row, 4)?,
            cost: price(row, 5)?,
            over: count(row, 6)?,
        })
    };
    Ok(connection.prepare_cached(sql)?.query_map([project.as_str()], estimate)?.collect::<Result<_, _>>()?)
}
