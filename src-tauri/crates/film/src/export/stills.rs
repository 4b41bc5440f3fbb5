//! The drawn frames as a folder of PNG files, named in the order of the film.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use super::Papers;
use super::papers::framing_word;
use super::put::{Over, write_new};
use crate::{FilmError, Progress};

/// Every PNG file begins so.
const PNG: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

/// Puts the pictures of the shots into a new folder at `out`, which must not be there, or be empty; gives how many.
/// Blocks; told to stop, it stops between two pictures and leaves nothing.
pub fn picture_folder(
    papers: &Papers,
    out: &Path,
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<usize, FilmError> {
    let failed = || FilmError::file("writing the pictures", out);
    match fs::read_dir(out).map(|mut entries| entries.next().is_none()) {
        Ok(true) => fs::remove_dir(out).map_err(failed())?,
        Ok(false) => return Err(FilmError::Exists { path: out.to_owned() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(FilmError::Exists { path: out.to_owned() });
        }
        Err(error) => return Err(failed()(error)),
    }
    let wanted: Vec<(&PathBuf, String)> = papers
        .numbered()
        .into_iter()
        .filter_map(|shot| {
            let picture = papers.pictures.get(&shot.shot.id)?;
            let how = framing_word(shot.shot.framing);
            Some((picture, format!("{:02}-{:02} {how}.png", shot.scene_number, shot.number)))
        })
        .collect();
    let folder = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".draft-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755));
    let draft = builder.tempdir_in(folder).map_err(failed())?;
    for (index, (picture, name)) in wanted.iter().enumerate() {
        if cancel.is_cancelled() {
            return Err(FilmError::Cancelled);
        }
        let to = draft.path().join(name);
        let mut bytes = Vec::new();
        File::open(picture).and_then(|mut f| f.read_to_end(&mut bytes)).map_err(FilmError::file("reading", picture))?;
        let bytes = as_png(picture, bytes)?;
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&to)?;
            file.write_all(&bytes)?;
            file.sync_all()
        };
        write().map_err(FilmError::file("writing the pictures", out))?;
        progress((index + 1) as f32 / wanted.len() as f32);
    }
    // From here on it is no draft any more, so that dropping it does not remove it.
    let whole = draft.keep();
    fs::rename(&whole, out).map_err(|error| {
        // What is left of it is ours to remove; the failure is what the person must hear of.
        let _ = fs::remove_dir_all(&whole);
        failed()(error)
    })?;
    Ok(wanted.len())
}

/// Saves one picture as PNG. Blocks.
pub fn picture(from: &Path, out: &Path, over: Over) -> Result<(), FilmError> {
    let mut bytes = Vec::new();
    File::open(from).and_then(|mut f| f.read_to_end(&mut bytes)).map_err(FilmError::file("reading", from))?;
    write_new(&as_png(from, bytes)?, out, over)
}

/// The shape of a picture, width over height.
pub fn ratio_of(picture: &Path) -> Option<f32> {
    let (width, height) = image::ImageReader::open(picture).ok()?.with_guessed_format().ok()?.into_dimensions().ok()?;
    (height > 0).then(|| width as f32 / height as f32)
}

/// The bytes of a picture as PNG: most are, those of other models may not be.
fn as_png(path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, FilmError> {
    if bytes.starts_with(&PNG) {
        return Ok(bytes);
    }
    let unusable = |e: image::ImageError| FilmError::Unusable { path: path.to_owned(), detail: e.to_string() };
    let picture = image::load_from_memory(&bytes).map_err(unusable)?;
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).map_err(unusable)?;
    Ok(png.into_inner())
}
