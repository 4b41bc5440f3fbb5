//! Writing a project file.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use engine::{Key, RunOutcome};
use rusqlite::{Connection, params};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::rows::Row;
use super::{About, BlobAbout, FORMAT, Fit, MANIFEST, Manifest, Onward, ROWS, VERSION, blob_entry};
use crate::error::Fault;
use crate::home::Home;
use crate::rows::{count, json, key, maybe_json, maybe_key, named};
use crate::{LibraryError, ProjectId, artifacts, retention};

/// What of a project is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// With earlier takes, decisions and runs.
    pub(crate) history: bool,
    pub(crate) fit: Fit,
}

/// All that is written of a project, but for the bytes of its blobs.
#[derive(Debug)]
pub(crate) struct Gathered {
    manifest: Manifest,
    rows: Vec<u8>,
}

/// Reads a project in one state.
pub(crate) fn gather(connection: &Connection, home: &Home, id: &ProjectId, wanted: Wanted) -> Result<Gathered, Fault> {
    let project = crate::projects::get(connection, id)?.ok_or_else(|| LibraryError::NoProject(id.clone()))?;
    let mut from = Reading { connection, home, id, wanted, kept: HashSet::new(), rows: Vec::new() };
    let blobs = from.results()?;
    from.takes()?;
    from.conversation()?;
    from.runs()?;
    let edition = from.editions()?;
    let rows = from.rows;
    let cover = project.cover.filter(|cover| blobs.contains_key(&cover.hash));
    Ok(Gathered {
        manifest: Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            made_by: format!("Workprint {}", env!("CARGO_PKG_VERSION")),
            history: wanted.history,
            project: About {
                title: project.title,
                stage: project.stage,
                created_at: project.created_ms,
                updated_at: project.updated_ms,
                duration_ms: project.duration_ms,
                cover,
                edition,
            },
            rows_hash: blake3::hash(&rows).into(),
            rows_bytes: rows.len() as u64,
            blobs,
        },
        rows,
    })
}

struct Reading<'a> {
    connection: &'a Connection,
    home: &'a Home,
    id: &'a ProjectId,
    wanted: Wanted,
    /// The results that are taken along. One that lost a file is not: it is made again where it is needed.
    kept: HashSet<Key>,
    rows: Vec<u8>,
}

impl Reading<'_> {
    fn put(&mut self, row: &Row) -> Result<(), Fault> {
        serde_json::to_writer(&mut self.rows, row).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        self.rows.push(b'\n');
        Ok(())
    }

    fn results(&mut self) -> Result<BTreeMap<engine::BlobHash, BlobAbout>, Fault> {
        let mut wanted: Vec<Key> = Vec::new();
        let sql = if self.wanted.history {
            "select key from takes where project = ?1 union select key from pins where project = ?1
             union select key from verdicts where project = ?1 and verdict = 'approved'
               and key in (select key from artifacts)"
        } else {
            "select key from (select key, max(place) from takes where project = ?1 group by slot)
             union select key from pins where project = ?1"
        };
        let mut statement = self.connection.prepare(sql)?;
        for row in statement.query_map([self.id.as_str()], |row| key(row, 0))? {
            wanted.push(row?);
        }
        if self.wanted.history {
            wanted.extend(retention::named_by(self.connection, self.id)?);
        }
        let mut blobs = BTreeMap::new();
        for of in wanted {
            if self.kept.contains(&of) {
                continue;
            }
            let Some(artifact) = artifacts::load(self.connection, &of)? else { continue };
            if artifacts::lost(self.home, &artifact).is_some() {
                continue;
            }
            let sql = "select form_json, took_ms, made_at from artifacts where key = ?1";
            let (form, took_ms, made_at) = self
                .connection
                .prepare_cached(sql)?
                .query_row([of.as_str()], |row| Ok((json(row, 0)?, count(row, 1)?, count(row, 2)?)))?;
            for blob in &artifact.blobs {
                blobs.insert(blob.hash.clone(), BlobAbout { bytes: blob.bytes, media: blob.media.clone() });
            }
            self.kept.insert(of.clone());
            let row = Row::Artifact { key: of, form, value: artifact.value, took_ms, made_at, blobs: artifact.blobs };
            self.put(&row)?;
        }
        Ok(blobs)
    }

    fn takes(&mut self) -> Result<(), Fault> {
        let sql = if self.wanted.history {
            "select slot, place, key, run, at, parent from takes where project = ?1 order by slot, place"
        } else {
            "select slot, max(place), key, run, at, null from takes where project = ?1 group by slot order by slot"
        };
        let mut rows = Vec::new();
        let mut statement = self.connection.prepare(sql)?;
        let mut found = statement.query([self.id.as_str()])?;
        while let Some(row) = found.next()? {
            let key = key(row, 2)?;
            if self.kept.contains(&key) {
                rows.push(Row::Take {
                    slot: named(row, 0)?,
                    place: row.get(1)?,
                    key,
                    run: row.get(3)?,
                    at: count(row, 4)?,
                    parent: maybe_key(row, 5)?,
                });
            }
        }
        let mut statement =
            self.connection.prepare("select slot, key, at from pins where project = ?1 order by slot")?;
        let mut found = statement.query([self.id.as_str()])?;
        while let Some(row) = found.next()? {
            let key = key(row, 1)?;
            if self.kept.contains(&key) {
                rows.push(Row::Pin { slot: named(row, 0)?, key, at: count(row, 2)? });
            }
        }
        let sql = "select slot, key, verdict, reason, at from verdicts where project = ?1 order by slot, key";
        let mut statement = self.connection.prepare(sql)?;
        let mut found = statement.query([self.id.as_str()])?;
        while let Some(row) = found.next()? {
            let key = key(row, 1)?;
            if self.wanted.history || self.kept.contains(&key) {
                let verdict = crate::verdicts::verdict(row, 2)?;
                rows.push(Row::Verdict { slot: named(row, 0)?, key, verdict, reason: row.get(3)?, at: count(row, 4)? });
            }
        }
        let mut statement = self.connection.prepare("select key, at from approvals where project = ?1 order by key")?;
        let mut found = statement.query([self.id.as_str()])?;
        while let Some(row) = found.next()? {
            rows.push(Row::Approval { key: key(row, 0)?, at: count(row, 1)? });
        }
        rows.iter().try_for_each(|row| self.put(row))
    }

    fn conversation(&mut self) -> Result<(), Fault> {
        let mut rows = Vec::new();
        let sql = "select name, value_json from documents where project = ?1 order by name";
        let mut statement = self.connection.prepare(sql)?;
        let mut found = statement.query([self.id.as_str()])?;
        while let Some(row) = found.next()? {
            let mut value = json(row, 1)?;
            (self.wanted.fit)(&mut value);
            rows.push(Row::Document { name: row.get(0)?, value });
        }
        let sql = "select place, id, role, body_json, at from messages where project = ?1 order by place";
        let mut statement = self.connection.prepare(sql)?;
        let mut found = statement.query([self.id.as_str()])?;
        while let Some(row) = found.next()? {
            rows.push(Row::Message {
                place: row.get(0)?,
                id: named(row, 1)?,
                role: row.get(2)?,
                body: json(row, 3)?,
                at: count(row, 4)?,
            });
        }
        rows.iter().try_for_each(|row| self.put(row))
    }

    /// Runs and the stream. Without history, of the last run alone; the numbers of its events begin at 1 then.
    fn runs(&mut self) -> Result<(), Fault> {
        let mut rows = Vec::new();
        let last: Option<String> = crate::snapshot::last_run(self.connection, self.id)?.map(|run| run.id.0);
        let of_last = |run: &str| self.wanted.history || last.as_deref() == Some(run);
        let sql = "select id, order_json, started_at, ended_at, outcome_json from runs
                   where project = ?1 order by started_at, id";
        let mut statement = self.connection.prepare(sql)?;
        let mut found = statement.query([self.id.as_str()])?;
        while let Some(row) = found.next()? {
            let id: String = row.get(0)?;
            if !of_last(&id) {
                continue;
            }
            let mut order = json(row, 1)?;
            (self.wanted.fit)(&mut order);
            let outcome: Option<RunOutcome> = maybe_json(row, 4)?;
            let ended_at = row.get::<_, Option<i64>>(3)?.map(|ms| ms as u64);
            rows.push(Row::Run { id, order, started_at: count(row, 2)?, ended_at, outcome });
        }
        let sql = "select run, body_json, at from events where project = ?1 order by seq";
        let mut statement = self.connection.prepare(sql)?;
        let mut found = statement.query(params![self.id.as_str()])?;
        let mut seq = 0;
        while let Some(row) = found.next()? {
            let run: Option<String> = row.get(0)?;
            if !self.wanted.history && run.as_deref().is_none_or(|run| !of_last(run)) {
                continue;
            }
            seq += 1;
            rows.push(Row::Event { seq, run, body: json(row, 1)?, at: count(row, 2)? });
        }
        rows.iter().try_for_each(|row| self.put(row))
    }

    /// The editions; without history the current one, made from none.
    fn editions(&mut self) -> Result<Option<u32>, Fault> {
        let editions = crate::editions::all(self.connection, self.id)?;
        let history = self.wanted.history;
        for edition in editions.all.into_iter().filter(|e| history || Some(e.number) == editions.current) {
            self.put(&Row::Edition {
                number: edition.number,
                parent: edition.parent.filter(|_| history),
                value: edition.value,
                words: edition.words,
                at: edition.at_ms,
            })?;
        }
        Ok(editions.current)
    }
}

/// Writes what was gathered, and the blobs, to a new file. `text` compresses; pictures, sounds and films are compressed
/// already.
pub(crate) fn write(home: &Home, gathered: &Gathered, to: &Path, onward: &Onward<'_>) -> Result<u64, LibraryError> {
    let io = |e: std::io::Error| LibraryError::io(to, &e);
    let zipped = |e: zip::result::ZipError| match e {
        zip::result::ZipError::Io(e) => LibraryError::io(to, &e),
        other => LibraryError::Disk { path: to.to_owned(), why: other.to_string() },
    };
    let plain = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
    let packed = plain.compression_method(CompressionMethod::Deflated);
    let stored = plain.compression_method(CompressionMethod::Stored);
    let mut archive = ZipWriter::new(BufWriter::new(File::create(to).map_err(io)?));
    let manifest = serde_json::to_vec_pretty(&gathered.manifest)
        .map_err(|e| LibraryError::Disk { path: to.to_owned(), why: e.to_string() })?;
    for (name, bytes) in [(MANIFEST, &manifest), (ROWS, &gathered.rows)] {
        archive.start_file(name, packed).map_err(zipped)?;
        archive.write_all(bytes).map_err(io)?;
    }
    let blobs = &gathered.manifest.blobs;
    let all: u64 = blobs.values().map(|blob| blob.bytes).sum::<u64>().max(1);
    let mut done = 0u64;
    let mut buffer = vec![0; 1 << 20];
    for (hash, about) in blobs {
        let from = home.blob(hash, &about.media);
        let mut file = File::open(&from).map_err(|e| LibraryError::io(&from, &e))?;
        archive.start_file(blob_entry(hash), stored.large_file(about.bytes >= u64::from(u32::MAX))).map_err(zipped)?;
        loop {
            let read = file.read(&mut buffer).map_err(|e| LibraryError::io(&from, &e))?;
            if read == 0 {
                break;
            }
            archive.write_all(&buffer[..read]).map_err(io)?;
            done += read as u64;
            if !onward(done as f32 / all as f32) {
                return Err(LibraryError::Stopped);
            }
        }
    }
    let file = archive.finish().map_err(zipped)?.into_inner().map_err(|e| io(e.into_error()))?;
    file.sync_all().map_err(io)?;
    Ok(file.metadata().map_err(io)?.len())
}
