//! Blobs as files: put in place whole or not at all, named by the hash of their bytes.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use engine::{Blob, BlobHash, BlobSource, NewBlob};
use rusqlite::Connection;

use crate::LibraryError;
use crate::error::Fault;
use crate::home::{Home, sync_folder};
use crate::rows::count;

/// A blob for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBlob {
    /// Where it lies.
    pub path: PathBuf,
    /// Its media type.
    pub media: String,
    /// How many bytes.
    pub bytes: u64,
}

/// The ending of the file name for a media type.
pub(crate) fn ending(media: &str) -> &'static str {
    match media {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/webp" => "webp",
        "video/mp4" => "mp4",
        "audio/wav" => "wav",
        "audio/mpeg" => "mp3",
        "application/x-subrip" => "srt",
        "text/vtt" => "vtt",
        "application/json" => "json",
        _ => "bin",
    }
}

/// True when the file is there with all its bytes.
pub(crate) fn is_whole(path: &Path, bytes: u64) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == bytes)
}

/// Puts a file whose bytes were hashed and synced in place of a blob; one that is there already stays.
pub(crate) fn adopt(home: &Home, blob: &Blob, file: &Path) -> Result<(), LibraryError> {
    let target = home.blob(&blob.hash, &blob.media);
    let folder = target.parent().unwrap_or(&target).to_owned();
    match fs::create_dir(&folder) {
        Ok(()) => sync_folder(&home.blobs())?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(LibraryError::io(&folder, &error)),
    }
    if !is_whole(&target, blob.bytes) {
        fs::rename(file, &target).map_err(|e| LibraryError::io(&target, &e))?;
    }
    sync_folder(&folder)
}

/// Puts a new blob in place: a finished temporary file is synced, renamed, and its folder synced. `scratch` is an
/// empty folder on the same disk, `number` the blob's number in its result.
pub(crate) fn place(home: &Home, scratch: &Path, number: usize, new: NewBlob) -> Result<Blob, LibraryError> {
    let (file, hash, bytes) = match new.source {
        BlobSource::Bytes(content) => {
            let path = scratch.join(number.to_string());
            write_synced(&path, &content).map_err(|e| LibraryError::io(&path, &e))?;
            (path, blake3::hash(&content), content.len() as u64)
        }
        BlobSource::File(path) => {
            let (hash, bytes) = hash_synced(&path).map_err(|e| LibraryError::io(&path, &e))?;
            (path, hash, bytes)
        }
    };
    let hash = BlobHash::from(hash);
    let target = home.blob(&hash, &new.media);
    let fault = |e: io::Error| LibraryError::io(&target, &e);
    let folder = target.parent().unwrap_or(&target).to_owned();
    match fs::create_dir(&folder) {
        Ok(()) => sync_folder(&home.blobs())?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(LibraryError::io(&folder, &error)),
    }
    if is_whole(&target, bytes) {
        fs::remove_file(&file).map_err(fault)?;
    } else {
        match fs::rename(&file, &target) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                let near = scratch.join(number.to_string());
                fs::copy(&file, &near)
                    .and_then(|_| File::options().write(true).open(&near)?.sync_all())
                    .map_err(fault)?;
                fs::rename(&near, &target).and_then(|()| fs::remove_file(&file)).map_err(fault)?;
            }
            other => other.map_err(fault)?,
        }
    }
    // Also when another task put it there: its own sync may not be done yet.
    sync_folder(&folder)?;
    Ok(Blob { role: new.role, hash, bytes, media: new.media })
}

fn write_synced(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(content)?;
    file.sync_all()
}

fn hash_synced(path: &Path) -> io::Result<(blake3::Hash, u64)> {
    // Windows syncs only what is open for writing.
    let mut file = File::options().read(true).write(true).open(path)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(&mut file)?;
    file.sync_all()?;
    Ok((hasher.finalize(), hasher.count()))
}

/// Every blob file: its hash, its path and its size. Files that are not named like blobs are not looked at.
pub(crate) fn files(home: &Home) -> Result<Vec<(BlobHash, PathBuf, u64)>, LibraryError> {
    let mut found = Vec::new();
    for folder in list(&home.blobs())? {
        if !folder.is_dir() {
            continue;
        }
        for path in list(&folder)? {
            let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            if let Ok(hash) = BlobHash::try_from(name) {
                let bytes = fs::metadata(&path).map_err(|e| LibraryError::io(&path, &e))?.len();
                found.push((hash, path, bytes));
            }
        }
    }
    Ok(found)
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, LibraryError> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect())
        .map_err(|e| LibraryError::io(folder, &e))
}

/// A blob of any result, if its file is whole.
pub(crate) fn find(connection: &Connection, home: &Home, hash: &BlobHash) -> Result<Option<StoredBlob>, Fault> {
    let mut statement =
        connection.prepare_cached("select distinct media, bytes from artifact_blobs where hash = ?1 order by media")?;
    for row in statement.query_map([hash.as_str()], |row| Ok((row.get::<_, String>(0)?, count(row, 1)?)))? {
        let (media, bytes) = row?;
        let path = home.blob(hash, &media);
        if is_whole(&path, bytes) {
            return Ok(Some(StoredBlob { path, media, bytes }));
        }
    }
    Ok(None)
}
