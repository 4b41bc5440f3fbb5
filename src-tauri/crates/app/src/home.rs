//! Where all data is.

use std::path::PathBuf;

/// The folder of the program's data inside the system's.
const FOLDER: &str = "app.workprint.desktop";

/// The data folder: `WORKPRINT_HOME`, or the system's place for the data of programs.
pub fn home_folder() -> PathBuf {
    let set = std::env::var_os("WORKPRINT_HOME").filter(|h| !h.is_empty());
    set.map_or_else(usual_folder, PathBuf::from)
}

/// The data folder when nobody says another.
pub(crate) fn usual_folder() -> PathBuf {
    let of_user = |rest: &[&str]| {
        let home = std::env::var_os("HOME")
            .or_else(|| std::env::var_os("USERPROFILE"))
            .map_or_else(std::env::temp_dir, PathBuf::from);
        rest.iter().fold(home, |path, part| path.join(part))
    };
    let base = if cfg!(target_os = "macos") {
        of_user(&["Library", "Application Support"])
    } else if cfg!(windows) {
        std::env::var_os("APPDATA").map_or_else(|| of_user(&["AppData", "Roaming"]), PathBuf::from)
    } else {
        std::env::var_os("XDG_DATA_HOME")
            .filter(|d| !d.is_empty())
            .map_or_else(|| of_user(&[".local", "share"]), PathBuf::from)
    };
    base.join(FOLDER)
}
