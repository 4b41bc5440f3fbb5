//! Taking a film out: copied whole or not at all, with its subtitles beside it.

use std::path::{Path, PathBuf};

use crate::problem::unwritable;
use crate::wire::Problem;

/// Copies files beside each other: written under another name first, then renamed, so that a path never holds half a
/// film.
pub(crate) fn copy_whole(files: &[(PathBuf, PathBuf)]) -> Result<(), Problem> {
    for (from, to) in files {
        let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|e| unwritable(folder, &e))?;
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        let part = folder.join(format!(".{name}.part"));
        let written = std::fs::copy(from, &part)
            .and_then(|_| std::fs::File::open(&part)?.sync_all())
            .and_then(|()| std::fs::rename(&part, to));
        if let Err(error) = written {
            // What is left of a failed copy is ours to remove; the failure is what the person must hear of.
            let _ = std::fs::remove_file(&part);
            return Err(unwritable(to, &error));
        }
    }
    Ok(())
}

/// The path a film is saved at: what the person chose, as an MP4.
pub(crate) fn film_path(chosen: &Path) -> PathBuf {
    let is_mp4 = chosen.extension().is_some_and(|e| e.eq_ignore_ascii_case("mp4"));
    if is_mp4 { chosen.to_owned() } else { PathBuf::from(format!("{}.mp4", chosen.display())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let from = folder.path().join("a");
        std::fs::write(&from, b"film").unwrap();
        let to = folder.path().join("new/out.mp4");
        copy_whole(&[(from.clone(), to.clone())]).unwrap();
        assert_eq!(std::fs::read(&to).unwrap(), b"film");
        let below_a_file = from.join("out.mp4");
        let problem = copy_whole(&[(from, below_a_file.clone())]).unwrap_err();
        assert!(problem.message.contains("cannot be written") && !below_a_file.exists());
    }

    #[test]
    fn a_film_is_saved_as_mp4() {
        assert_eq!(film_path(Path::new("/x/My film")), Path::new("/x/My film.mp4"));
        assert_eq!(film_path(Path::new("/x/v1.2")), Path::new("/x/v1.2.mp4"));
        assert_eq!(film_path(Path::new("/x/a.MP4")), Path::new("/x/a.MP4"));
    }
}
