//! Reads a TOML table strictly: every fault names its key, its line and what is allowed. A fault never repeats a value,
//! since it may be a key that was pasted to the wrong place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::read::ModelsFileError;

/// A table that is being read: what was taken out of it is known, what is left at the end is a fault.
pub(super) struct Table<'t> {
    source: &'t str,
    /// Its name as it stands in the file ("chat.limits"); empty for the file itself.
    name: String,
    members: &'t DeTable<'t>,
    known: Vec<&'static str>,
    line: usize,
}

fn line_of(source: &str, at: usize) -> usize {
    source.char_indices().take_while(|(i, _)| *i < at).filter(|(_, c)| *c == '\n').count() + 1
}

/// A syntax fault of the file, without the line's own text.
pub(super) fn syntax(source: &str, error: &toml::de::Error) -> ModelsFileError {
    let line = error.span().map_or(1, |span| line_of(source, span.start));
    // Some messages quote what they stumbled over.
    let message: String = error.message().split(['`', '"']).step_by(2).collect::<Vec<_>>().join("…");
    ModelsFileError { line, what: format!("this is not TOML: {}", message.trim()) }
}

impl<'t> Table<'t> {
    pub(super) fn file(source: &'t str, table: &'t DeTable<'t>) -> Self {
        Self { source, name: String::new(), members: table, known: Vec::new(), line: 1 }
    }

    fn key(&self, name: &str) -> String {
        if self.name.is_empty() { name.to_owned() } else { format!("{}.{name}", self.name) }
    }

    fn fault(&self, at: &Range<usize>, what: String) -> ModelsFileError {
        ModelsFileError { line: line_of(self.source, at.start), what }
    }

    /// A fault with the value of a key: what must stand there.
    pub(super) fn wrong(&self, name: &str, at: &Range<usize>, must: &str) -> ModelsFileError {
        self.fault(at, format!("{} must be {must}", self.key(name)))
    }

    fn take(&mut self, name: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.known.push(name);
        self.members.get(name)
    }

    /// A table inside.
    pub(super) fn table(&mut self, name: &'static str) -> Result<Option<Table<'t>>, ModelsFileError> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let Some(table) = value.get_ref().as_table() else {
            return Err(self.wrong(name, &value.span(), "a table"));
        };
        let line = line_of(self.source, value.span().start);
        Ok(Some(Table { source: self.source, name: self.key(name), members: table, known: Vec::new(), line }))
    }

    /// A text that `read` understands; else `must` says what is allowed.
    pub(super) fn text<T>(
        &mut self,
        name: &'static str,
        must: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ModelsFileError> {
        let Some(value) = self.take(name) else { return Ok(None) };
        match value.get_ref().as_str().and_then(read) {
            Some(value) => Ok(Some(value)),
            None => Err(self.wrong(name, &value.span(), must)),
        }
    }

    /// The same, for a key that must be there.
    pub(super) fn needed<T>(
        &mut self,
        name: &'static str,
        must: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, ModelsFileError> {
        let missing = ModelsFileError { line: self.line, what: format!("[{}] needs {name}: {must}", self.name) };
        self.text(name, must, read)?.ok_or(missing)
    }

    /// A list of values that `read` understands each.
    pub(super) fn list<T>(
        &mut self,
        name: &'static str,
        must: &str,
        read: impl Fn(&DeValue<'t>) -> Option<T>,
    ) -> Result<Option<Vec<T>>, ModelsFileError> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let Some(items) = value.get_ref().as_array().filter(|items| !items.is_empty()) else {
            return Err(self.wrong(name, &value.span(), must));
        };
        let read =
            |item: &Spanned<DeValue<'t>>| read(item.get_ref()).ok_or_else(|| self.wrong(name, &item.span(), must));
        items.iter().map(read).collect::<Result<_, _>>().map(Some)
    }

    /// A whole number in a range.
    pub(super) fn whole(
        &mut self,
        name: &'static str,
        range: std::ops::RangeInclusive<u32>,
    ) -> Result<Option<u32>, ModelsFileError> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let number = whole(value.get_ref()).filter(|number| range.contains(number));
        let must = || format!("a whole number from {} to {}", range.start(), range.end());
        number.map(Some).ok_or_else(|| self.wrong(name, &value.span(), &must()))
    }

    /// US dollars, in so many parts of a dollar each.
    pub(super) fn dollars(&mut self, name: &'static str, parts: f64) -> Result<Option<u64>, ModelsFileError> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let dollars = match value.get_ref() {
            DeValue::Integer(_) => whole(value.get_ref()).map(f64::from),
            DeValue::Float(number) => number.as_str().replace('_', "").parse().ok(),
            _ => None,
        };
        match dollars.filter(|d| (0.0..=1e6).contains(d)) {
            Some(dollars) => Ok(Some((dollars * parts).round() as u64)),
            None => Err(self.wrong(name, &value.span(), "US dollars: a number from 0 to 1000000")),
        }
    }

    /// True when the value of a key is a table.
    pub(super) fn is_table(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(|v| v.get_ref().is_table())
    }

    /// A fault of the value of a key that was read already.
    pub(super) fn wrong_here(&self, name: &str, must: &str) -> ModelsFileError {
        let at = self.members.get(name).map_or(0..0, Spanned::span);
        self.wrong(name, &at, must)
    }

    /// Ends the reading: a key that nobody knows is a fault.
    pub(super) fn end(self) -> Result<(), ModelsFileError> {
        let Some((name, _)) = self.members.iter().find(|(name, _)| !self.known.contains(&name.get_ref().as_ref()))
        else {
            return Ok(());
        };
        // A long name may be a key without its quotes.
        let shown: String = name.get_ref().chars().take(24).filter(|c| !c.is_control()).collect();
        let (place, kind) =
            if self.name.is_empty() { ("the file".to_owned(), "tables") } else { (format!("[{}]", self.name), "keys") };
        let what = format!("{place} has no {shown:?}; the {kind} are {}", self.known.join(", "));
        Err(self.fault(&name.span(), what))
    }
}

/// A whole number that is not negative.
pub(super) fn whole(value: &DeValue<'_>) -> Option<u32> {
    let number = value.as_integer()?;
    u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
}
