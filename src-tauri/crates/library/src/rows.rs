//! Between rows and values: JSON in columns, ids and times.

use rusqlite::Row;
use rusqlite::types::Type;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A value as the JSON text of a column.
pub(crate) fn to_json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// The value of a column with JSON text.
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|e| unreadable(column, e))
}

/// The value of a column with JSON text or nothing.
pub(crate) fn maybe_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    match row.get_ref(column)?.as_str_or_null()? {
        None => Ok(None),
        Some(text) => serde_json::from_str(text).map(Some).map_err(|e| unreadable(column, e)),
    }
}

/// An id or a slot from a column.
pub(crate) fn named<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: TryFrom<String>,
    T::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    T::try_from(row.get(column)?).map_err(|e| unreadable(column, e))
}

/// A number that is never negative (milliseconds, bytes); SQLite has only signed ones.
pub(crate) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(|n| n as u64)
}

fn unreadable(column: usize, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
}

/// The key of a result from a column.
pub(crate) fn key(row: &Row<'_>, column: usize) -> rusqlite::Result<engine::Key> {
    let text: String = row.get(column)?;
    let text = serde::de::value::StringDeserializer::<serde::de::value::Error>::new(text);
    engine::Key::deserialize(text).map_err(|e| unreadable(column, e))
}

/// The key of a result from a column, or nothing.
pub(crate) fn maybe_key(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<engine::Key>> {
    match row.get_ref(column)?.as_str_or_null()? {
        None => Ok(None),
        Some(_) => key(row, column).map(Some),
    }
}

/// A column's text.
pub(crate) fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(column)?.as_str()?)
}
