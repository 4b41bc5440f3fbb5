//! Reading a project file from anywhere: nothing in it is believed before it was looked at.
//!
//! Paths are made from hashes and never from names in the file; every length is bounded by what was declared, and what
//! was declared by what there is room for. A result is only taken under the key that its own form hashes to.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use engine::{Blob, BlobHash, Key};
use serde_json::Value;
use zip::ZipArchive;

use super::rows::Row;
use super::{
    About, BlobAbout, FORMAT, Fit, LONGEST_MANIFEST, LONGEST_ROWS, MANIFEST, MOST_BLOBS, Manifest, Onward, ROWS,
    VERSION, blob_entry,
};
use crate::LibraryError;
use crate::blobs::ending;

/// How many characters names have at most: of documents, roles, runs.
const LONGEST_NAME: usize = 200;
/// Room that stays free on the disk.
const SPARE: u64 = 64 << 20;

/// A project file that was looked through; its blobs lie in a folder.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(super) about: About,
    pub(super) rows: Vec<Row>,
    /// The blobs with their files.
    pub(super) blobs: Vec<(Blob, PathBuf)>,
}

/// Looks through a file and unpacks its blobs into an empty folder. Blocks.
pub(crate) fn read(path: &Path, scratch: &Path, fit: Fit, onward: &Onward<'_>) -> Result<Checked, LibraryError> {
    let reader = Reader { path, fit };
    let file = File::open(path).map_err(|e| LibraryError::io(path, &e))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|e| reader.zip(e))?;
    let manifest = reader.manifest(&mut archive)?;
    reader.entries(&mut archive, &manifest)?;
    let rows = reader.rows(&mut archive, &manifest)?;
    let about = reader.consistent(&manifest, &rows)?;
    room(path, scratch, &manifest)?;
    let blobs = reader.unpack(&mut archive, &manifest, scratch, onward)?;
    Ok(Checked { about, rows, blobs })
}

struct Reader<'a> {
    path: &'a Path,
    fit: Fit,
}

type Archive = ZipArchive<BufReader<File>>;

impl Reader<'_> {
    fn bad(&self, why: impl Into<String>) -> LibraryError {
        LibraryError::NotAProject { path: self.path.to_owned(), why: why.into() }
    }

    fn zip(&self, error: zip::result::ZipError) -> LibraryError {
        match error {
            // A damaged archive shows as an end that comes too soon; all else is the disk's.
            zip::result::ZipError::Io(e) if !is_content(&e) => LibraryError::io(self.path, &e),
            other => self.bad(format!("it is no whole archive ({other})")),
        }
    }

    fn io(&self, error: &io::Error) -> LibraryError {
        if is_content(error) { self.bad("it is damaged") } else { LibraryError::io(self.path, error) }
    }

    /// The bytes of a small entry, never more than `most`.
    fn entry(&self, archive: &mut Archive, name: &str, most: u64) -> Result<Vec<u8>, LibraryError> {
        let entry = archive.by_name(name).map_err(|error| match error {
            zip::result::ZipError::FileNotFound => self.bad(format!("it has no {name}")),
            other => self.zip(other),
        })?;
        let mut bytes = Vec::new();
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|e| self.io(&e))?;
        if bytes.len() as u64 > most { Err(self.bad(format!("its {name} is too long"))) } else { Ok(bytes) }
    }

    fn manifest(&self, archive: &mut Archive) -> Result<Manifest, LibraryError> {
        let bytes = self.entry(archive, MANIFEST, LONGEST_MANIFEST)?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|_| self.bad("its manifest cannot be read"))?;
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(self.bad("it is something else"));
        }
        match value.get("version").and_then(Value::as_u64) {
            Some(found) if found > u64::from(VERSION) => {
                let found = u32::try_from(found).unwrap_or(u32::MAX);
                return Err(LibraryError::NewerProject { path: self.path.to_owned(), found, known: VERSION });
            }
            Some(1..) => {}
            _ => return Err(self.bad("its manifest names no version")),
        }
        let manifest: Manifest =
            serde_json::from_value(value).map_err(|e| self.bad(format!("its manifest is wrong: {e}")))?;
        if manifest.blobs.len() > MOST_BLOBS || manifest.rows_bytes > LONGEST_ROWS {
            return Err(self.bad("it is larger than any project"));
        }
        match manifest.blobs.values().find(|blob| !is_known_media(&blob.media)) {
            Some(blob) => Err(self.bad(format!("it holds a file of an unknown kind ({:?})", blob.media))),
            None => Ok(manifest),
        }
    }

    /// The entries are those of the manifest and no others, each once, and none lies inside another.
    fn entries(&self, archive: &mut Archive, manifest: &Manifest) -> Result<(), LibraryError> {
        let mut wanted: BTreeSet<String> = manifest.blobs.keys().map(blob_entry).collect();
        wanted.extend([MANIFEST.to_owned(), ROWS.to_owned()]);
        if archive.len() != wanted.len() || archive.has_duplicate_names() {
            return Err(self.bad("it does not hold what its manifest says"));
        }
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|e| self.zip(e))?;
            let name = entry.name().map_err(|e| self.zip(e))?;
            if !wanted.remove(name.as_ref()) {
                return Err(self.bad(format!("it holds {name:?}, which its manifest does not name")));
            }
        }
        if archive.has_overlapping_files().map_err(|e| self.zip(e))? {
            return Err(self.bad("its parts lie inside each other"));
        }
        Ok(())
    }

    fn rows(&self, archive: &mut Archive, manifest: &Manifest) -> Result<Vec<Row>, LibraryError> {
        let bytes = self.entry(archive, ROWS, manifest.rows_bytes)?;
        if bytes.len() as u64 != manifest.rows_bytes || BlobHash::from(blake3::hash(&bytes)) != manifest.rows_hash {
            return Err(self.bad("its rows are not those it was written with"));
        }
        let mut rows = Vec::new();
        for (number, line) in bytes.lines().enumerate() {
            let line = line.map_err(|_| self.bad(format!("row {} is no text", number + 1)))?;
            let mut row: Row =
                serde_json::from_str(&line).map_err(|e| self.bad(format!("row {} is wrong: {e}", number + 1)))?;
            match &mut row {
                Row::Document { value, .. } => (self.fit)(value),
                Row::Run { order, .. } => (self.fit)(order),
                _ => {}
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// Everything that a row names is in the file, and every result is what its key says.
    fn consistent(&self, manifest: &Manifest, rows: &[Row]) -> Result<About, LibraryError> {
        let mut results: HashSet<&Key> = HashSet::new();
        let mut used: HashMap<&BlobHash, &Blob> = HashMap::new();
        for row in rows {
            let Row::Artifact { key, form, blobs, .. } = row else { continue };
            if form.key() != *key {
                return Err(self.bad("a result is not what its key says"));
            }
            if !results.insert(key) {
                return Err(self.bad("a result is in it twice"));
            }
            let mut roles = HashSet::new();
            for blob in blobs {
                let listed = manifest.blobs.get(&blob.hash);
                let same = listed == Some(&BlobAbout { bytes: blob.bytes, media: blob.media.clone() });
                let named = (1..=LONGEST_NAME).contains(&blob.role.len()) && roles.insert(blob.role.as_str());
                if !same || !named {
                    return Err(self.bad("a result names a file that is not in it"));
                }
                used.insert(&blob.hash, blob);
            }
        }
        if used.len() != manifest.blobs.len() {
            return Err(self.bad("it holds files that nothing uses"));
        }
        self.named(rows, &results)?;
        self.numbered(manifest, rows)?;
        let mut about = manifest.project.clone();
        // The picture of the project is one of its results'.
        about.cover = about.cover.filter(|cover| {
            used.get(&cover.hash).is_some_and(|blob| blob.bytes == cover.bytes && blob.media == cover.media)
        });
        Ok(about)
    }

    /// Names are short, and results that are named are there.
    fn named(&self, rows: &[Row], results: &HashSet<&Key>) -> Result<(), LibraryError> {
        let hex = |key: &Key| BlobHash::try_from(key.as_str().to_owned()).is_ok();
        for row in rows {
            let good = match row {
                Row::Take { key, run, parent, .. } => {
                    results.contains(key) && is_name(run) && parent.as_ref().is_none_or(hex)
                }
                Row::Pin { key, .. } => results.contains(key),
                Row::Verdict { key, .. } | Row::Approval { key, .. } => hex(key),
                Row::Document { name, .. } => is_name(name),
                Row::Message { role, .. } => is_name(role),
                Row::Run { id, .. } => is_name(id),
                Row::Event { run, .. } => run.as_ref().is_none_or(|run| is_name(run)),
                Row::Artifact { .. } | Row::Edition { .. } => true,
            };
            if !good {
                return Err(self.bad("a row names something that is not in it"));
            }
        }
        Ok(())
    }

    /// Numbers have no gaps and no doubles where the library has none.
    fn numbered(&self, manifest: &Manifest, rows: &[Row]) -> Result<(), LibraryError> {
        let mut seen: HashSet<(&str, String)> = HashSet::new();
        let mut once = |kind: &'static str, name: String| seen.insert((kind, name));
        let mut next_event = 1;
        let mut numbers: BTreeSet<u32> = BTreeSet::new();
        for row in rows {
            let good = match row {
                Row::Event { seq, .. } => {
                    next_event += 1;
                    *seq == next_event - 1
                }
                Row::Document { name, .. } => once("document", name.clone()),
                Row::Message { place, id, .. } => {
                    once("place", place.to_string()) && once("message", id.as_str().to_owned())
                }
                Row::Run { id, .. } => once("run", id.clone()),
                Row::Take { slot, place, .. } => once("take", format!("{slot} {place}")),
                Row::Pin { slot, .. } => once("pin", slot.to_string()),
                Row::Edition { number, parent, .. } => {
                    parent.is_none_or(|parent| numbers.contains(&parent)) && numbers.insert(*number)
                }
                Row::Verdict { slot, key, .. } => once("verdict", format!("{slot} {key}")),
                Row::Approval { key, .. } => once("approval", key.to_string()),
                Row::Artifact { .. } => true,
            };
            if !good {
                return Err(self.bad("its rows are not in order"));
            }
        }
        match manifest.project.edition {
            Some(current) if !numbers.contains(&current) => Err(self.bad("its present state is not in it")),
            _ => Ok(()),
        }
    }

    fn unpack(
        &self,
        archive: &mut Archive,
        manifest: &Manifest,
        scratch: &Path,
        onward: &Onward<'_>,
    ) -> Result<Vec<(Blob, PathBuf)>, LibraryError> {
        let all = manifest.blobs.values().map(|blob| blob.bytes).fold(1u64, u64::saturating_add);
        let mut done = 0u64;
        let mut found = Vec::new();
        for (hash, about) in &manifest.blobs {
            let to = scratch.join(hash.as_str());
            let entry = archive.by_name(&blob_entry(hash)).map_err(|e| self.zip(e))?;
            let written = self.blob(entry, about.bytes, &to)?;
            if written != *hash {
                return Err(self.bad("a file in it is not what its name says"));
            }
            done = done.saturating_add(about.bytes);
            if !onward(done as f32 / all as f32) {
                return Err(LibraryError::Stopped);
            }
            let blob = Blob { role: String::new(), hash: hash.clone(), bytes: about.bytes, media: about.media.clone() };
            found.push((blob, to));
        }
        Ok(found)
    }

    /// Writes exactly so many bytes of an entry to a file; gives their hash.
    fn blob(&self, entry: impl Read, bytes: u64, to: &Path) -> Result<BlobHash, LibraryError> {
        let disk = |e: io::Error| LibraryError::io(to, &e);
        let mut file = File::create_new(to).map_err(disk)?;
        let mut hasher = blake3::Hasher::new();
        let mut left = entry.take(bytes.saturating_add(1));
        let mut buffer = vec![0; 1 << 20];
        let mut length = 0u64;
        loop {
            let read = left.read(&mut buffer).map_err(|e| self.io(&e))?;
            if read == 0 {
                break;
            }
            length += read as u64;
            if length > bytes {
                return Err(self.bad("a file in it is longer than it says"));
            }
            hasher.update(&buffer[..read]);
            file.write_all(&buffer[..read]).map_err(disk)?;
        }
        file.sync_all().map_err(disk)?;
        Ok(hasher.finalize().into())
    }
}

/// True for what is wrong inside the file, and not with the disk.
fn is_content(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other
    )
}

fn is_name(text: &str) -> bool {
    (1..=LONGEST_NAME).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

/// The kinds of files that results have. Nothing else is ever served to the window.
fn is_known_media(media: &str) -> bool {
    ending(media) != "bin" || media == "application/octet-stream" || media == "audio/mp4"
}

/// There must be room for everything, twice where it lies on another disk for a moment.
fn room(path: &Path, scratch: &Path, manifest: &Manifest) -> Result<(), LibraryError> {
    let wanted = manifest.blobs.values().map(|blob| blob.bytes).fold(manifest.rows_bytes, u64::saturating_add);
    let Ok(free) = fs4::available_space(scratch) else { return Ok(()) };
    if wanted.saturating_add(SPARE) > free {
        return Err(LibraryError::TooLarge { path: path.to_owned(), wanted, free });
    }
    Ok(())
}
