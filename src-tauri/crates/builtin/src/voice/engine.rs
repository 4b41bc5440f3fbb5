//! Which speech engines this machine has, and what they can do.

use std::{
    env,
    path::{Path, PathBuf},
};

use story::Language;

use super::{process::ask, system};

/// An engine that Workprint knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EngineName {
    /// CMU Flite: English, statistical voices of real speakers.
    Flite,
    /// eSpeak NG: many languages, a formant synthesizer.
    Espeak,
    /// The `say` of macOS.
    Say,
    /// The speech of Windows.
    Sapi,
}

impl EngineName {
    /// Its usual name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flite => "flite",
            Self::Espeak => "espeak-ng",
            Self::Say => "say",
            Self::Sapi => "sapi",
        }
    }
}

/// An engine that was found, in words for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineFound {
    /// Which.
    pub engine: EngineName,
    /// The languages it can speak.
    pub languages: Vec<Language>,
    /// Where it is.
    pub path: PathBuf,
    /// Its version and voices.
    pub note: String,
}

/// An engine as the voice uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Engine {
    pub(super) name: EngineName,
    pub(super) path: PathBuf,
    pub(super) languages: Vec<Language>,
    pub(super) version: String,
    /// What the engine calls its voices. For `say` and SAPI each is `language:gender:name`.
    pub(super) voices: Vec<String>,
}

impl Engine {
    pub(super) fn found(&self) -> EngineFound {
        let voices =
            if self.voices.is_empty() { String::new() } else { format!("; voices {}", self.voices.join(", ")) };
        EngineFound {
            engine: self.name,
            languages: self.languages.clone(),
            path: self.path.clone(),
            note: format!("{}{voices}", self.version),
        }
    }
}

/// Every engine that answers, best first.
pub(super) fn discover() -> Vec<Engine> {
    let mut engines = Vec::new();
    engines.extend(program("WORKPRINT_FLITE", &["flite"]).and_then(|p| flite(&p)));
    if cfg!(target_os = "macos") {
        engines.extend(program("", &["say"]).and_then(|p| system::find_say(&p)));
    }
    if cfg!(windows) {
        engines.extend(program("", &["powershell.exe"]).and_then(|p| system::find_sapi(&p)));
    }
    engines.extend(program("WORKPRINT_ESPEAK", &["espeak-ng", "espeak"]).and_then(|p| espeak(&p)));
    engines
}

/// The program that a variable points to, or the first of `names` on `PATH`.
fn program(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(path) = env::var_os(variable).filter(|v| !variable.is_empty() && !v.is_empty()) {
        return Some(PathBuf::from(path)).filter(|p| p.is_file());
    }
    let path = env::var_os("PATH")?;
    let places: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let file = if cfg!(windows) && !name.contains('.') { format!("{name}.exe") } else { (*name).to_owned() };
        places.iter().map(|p| p.join(&file)).find(|p| p.is_file())
    })
}

fn flite(path: &Path) -> Option<Engine> {
    let version =
        ask(path, &["--version"])?.lines().find_map(|l| l.trim().strip_prefix("version: ").map(str::to_owned))?;
    let listed = ask(path, &["-lv"])?;
    // `awb_time` only tells the time.
    let voices: Vec<String> =
        listed.split_once(':')?.1.split_whitespace().filter(|v| !v.contains("time")).map(str::to_owned).collect();
    if voices.is_empty() {
        return None;
    }
    let version = version.split_whitespace().next().unwrap_or_default().to_owned();
    Some(Engine { name: EngineName::Flite, path: path.into(), languages: vec![Language::En], version, voices })
}

/// Reads the version. Japanese is left out: the engine reads kana but says "Chinese letter" for every kanji.
fn espeak(path: &Path) -> Option<Engine> {
    let version = espeak_version(&ask(path, &["--version"])?)?;
    let languages = vec![Language::En, Language::Zh, Language::Es, Language::Fr, Language::De];
    Some(Engine { name: EngineName::Espeak, path: path.into(), languages, version, voices: Vec::new() })
}

/// "eSpeak NG text-to-speech: 1.51  Data at: …" is `1.51`.
fn espeak_version(answer: &str) -> Option<String> {
    let (_, rest) = answer.split_once("text-to-speech:")?;
    rest.split_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_and_other_programs_are_not_taken_for_engines() {
        let answer = "eSpeak NG text-to-speech: 1.51  Data at: /usr/lib/espeak-ng-data";
        assert_eq!(espeak_version(answer).as_deref(), Some("1.51"));
        assert_eq!(espeak_version("ls (GNU coreutils) 9.1"), None);
        assert_eq!(flite(Path::new("/bin/ls")), None);
        assert_eq!(espeak(Path::new("/does/not/exist")), None);
    }
}
