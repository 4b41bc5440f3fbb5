//! The format of the database: forward only, one SQL file a version, each in its own transaction.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::error::Fault;

const STEPS: [&str; 3] = [
    include_str!("../migrations/0001_library.sql"),
    include_str!("../migrations/0002_calls_and_choices.sql"),
    include_str!("../migrations/0003_durations_by_collection.sql"),
];

/// The formats that a program knows. Version 1 is the first; 0 is an empty file.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    steps: Vec<&'static str>,
}

impl Schema {
    /// The formats of this program.
    pub(crate) fn current() -> Self {
        Self { steps: STEPS.to_vec() }
    }

    /// A program that is one version ahead.
    #[cfg(test)]
    pub(crate) fn followed_by(sql: &'static str) -> Self {
        let mut schema = Self::current();
        schema.steps.push(sql);
        schema
    }

    /// The newest version.
    pub(crate) fn version(&self) -> u32 {
        self.steps.len() as u32
    }

    /// Brings a database up to the newest version; each step is done whole or not at all.
    pub(crate) fn migrate(&self, connection: &mut Connection) -> Result<(), Fault> {
        let steps: Vec<_> = self.steps.iter().map(|sql| M::up(sql)).collect();
        Migrations::from_slice(&steps).to_latest(connection).map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => Fault::Sql(err),
            other => Fault::Sql(rusqlite::Error::ToSqlConversionFailure(Box::new(other))),
        })
    }
}

/// The version of a database.
pub(crate) fn version_of(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("pragma user_version", [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_sound() {
        let steps: Vec<_> = STEPS.iter().map(|sql| M::up(sql)).collect();
        Migrations::from_slice(&steps).validate().unwrap();
    }
}
