//! Who owns the installation: the program itself, or the system's package manager.
//!
//! A package manager is never gone behind. `dpkg -i` would leave a new version that needs one more package half
//! installed, so the package goes to `apt` (or `dnf`, `zypper`), as a double click on it would. Where polkit is there, the
//! system asks for the password; elsewhere the person is told the command.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use super::state::UpdateWay;

/// The kind of package that the installation came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// A Debian package.
    Deb,
    /// An RPM package.
    Rpm,
}

impl Owner {
    /// Whose file the program is; `None` when it is in no package.
    pub(super) fn of(program: &Path) -> Option<Self> {
        if !cfg!(target_os = "linux") {
            return None;
        }
        let knows = |asked: &str, how: &str| {
            let mut command = Command::new(asked);
            command.arg(how).arg(program).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        };
        if knows("dpkg-query", "-S") {
            return Some(Self::Deb);
        }
        knows("rpm", "-qf").then_some(Self::Rpm)
    }

    /// True for the name of a package that this package manager takes.
    pub(super) fn takes(self, package: &Path) -> bool {
        let ending = match self {
            Self::Deb => "deb",
            Self::Rpm => "rpm",
        };
        package.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending))
    }

    /// The package manager's own words for installing a file.
    fn words(self, has: impl Fn(&str) -> bool) -> &'static [&'static str] {
        match self {
            Self::Deb => &["apt-get", "install", "--yes"],
            Self::Rpm if has("dnf") => &["dnf", "install", "--assumeyes"],
            // The signature was checked here; the packages carry none of zypper's kind.
            Self::Rpm if has("zypper") => &["zypper", "--non-interactive", "install", "--allow-unsigned-rpm"],
            Self::Rpm => &["rpm", "--upgrade"],
        }
    }
}

/// True for a program that can be called.
pub(super) fn on_path(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// Who installs a package.
pub(super) fn way(owner: Option<Owner>, package: &Path, has: impl Fn(&str) -> bool) -> UpdateWay {
    let Some(owner) = owner else { return UpdateWay::Itself };
    let words: Vec<&str> = match owner {
        // What people know, and what asks before it does more than one thing.
        Owner::Deb => vec!["apt", "install"],
        Owner::Rpm => owner.words(&has).iter().copied().filter(|w| *w != "--assumeyes").collect(),
    };
    let command = format!("sudo {} {}", words.join(" "), quoted(&package.to_string_lossy()));
    if has("pkexec") { UpdateWay::Asks { command } } else { UpdateWay::ByHand { command } }
}

/// A word that a shell takes as it is.
fn quoted(word: &str) -> String {
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "/._-+~".contains(c));
    if plain && !word.is_empty() { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// Has the package manager install a package; the system asks for a password. False when it did not, for whatever
/// reason.
pub(super) fn install(owner: Owner, package: &Path) -> std::io::Result<bool> {
    let mut command = Command::new("pkexec");
    command.args(owner.words(on_path)).arg(OsString::from(package)).stdin(Stdio::null());
    Ok(command.status()?.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(owner: Option<Owner>, there: &[&str], package: &str, wanted: &UpdateWay) {
        let found = way(owner, Path::new(package), |name| there.contains(&name));
        assert_eq!(&found, wanted, "{owner:?} {there:?}");
    }

    #[test]
    fn a_package_manager_is_never_gone_behind() {
        let asks = |command: &str| UpdateWay::Asks { command: command.to_owned() };
        let by_hand = |command: &str| UpdateWay::ByHand { command: command.to_owned() };
        check(None, &["pkexec"], "/a/b", &UpdateWay::Itself);
        check(Some(Owner::Deb), &["pkexec"], "/a/b.deb", &asks("sudo apt install /a/b.deb"));
        check(Some(Owner::Deb), &[], "/a/b.deb", &by_hand("sudo apt install /a/b.deb"));
        check(Some(Owner::Rpm), &["dnf"], "/a/b.rpm", &by_hand("sudo dnf install /a/b.rpm"));
        check(Some(Owner::Rpm), &[], "/a/b.rpm", &by_hand("sudo rpm --upgrade /a/b.rpm"));
    }

    #[test]
    fn a_file_name_is_one_word_for_a_shell() {
        check(
            Some(Owner::Deb),
            &[],
            "/home/Ada's films/b; rm.deb",
            &UpdateWay::ByHand { command: r"sudo apt install '/home/Ada'\''s films/b; rm.deb'".to_owned() },
        );
    }

    #[test]
    fn a_package_of_another_kind_is_not_taken() {
        assert!(Owner::Deb.takes(Path::new("a.deb")) && Owner::Rpm.takes(Path::new("a.RPM")));
        assert!(!Owner::Deb.takes(Path::new("a.AppImage")) && !Owner::Rpm.takes(Path::new("deb")));
    }

    #[test]
    fn a_program_of_nobody_is_its_own() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert_eq!(Owner::of(file.path()), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_of_a_package_is_not_its_own() {
        if on_path("dpkg-query") {
            assert_eq!(Owner::of(Path::new("/usr/bin/dpkg-query")), Some(Owner::Deb));
        }
    }
}
