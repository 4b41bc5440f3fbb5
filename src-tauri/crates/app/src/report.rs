//! The text of a problem report: what helps to find a fault, and nothing of what people wrote or made.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::wire::{DoctorReport, UsageView};

/// How much of the log is told.
const LINES: usize = 200;

/// The report.
pub(crate) fn text(home: &Path, doctor: &DoctorReport, usage: UsageView, projects: usize) -> String {
    let mut text = format!(
        "Workprint {} on {} {}\n\nProjects: {projects}\nFiles: {} ({} MB), database {} MB, backups {} MB, free {} MB\n\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        usage.media_count,
        usage.media_kb / 1000,
        usage.database_kb / 1000,
        usage.backups_kb / 1000,
        usage.free_kb / 1000,
    );
    for line in &doctor.lines {
        let health = format!("{:?}", line.health).to_lowercase();
        let _ = writeln!(text, "{:<12} {health:<8} {}", line.what, line.found);
    }
    let log = last_log(home);
    if !log.is_empty() {
        let _ = write!(text, "\nThe end of the log:\n{log}\n");
    }
    redacted(&text, home)
}

/// The last lines of the newest log file.
fn last_log(home: &Path) -> String {
    let entries = std::fs::read_dir(home.join("logs")).into_iter().flatten().flatten().map(|entry| entry.path());
    let Some(newest) = entries.filter(|path| path.is_file()).max() else { return String::new() };
    let text = std::fs::read(&newest).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}

/// The text without folders of the person, addresses, and all that could be a key or a sentence.
fn redacted(text: &str, home: &Path) -> String {
    static RULES: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        let rules = [
            (r"(?i)\b(bearer|authorization|api[_-]?key|token|secret|password)\b(\s*[:=]\s*|\s+)\S+", "$1 [removed]"),
            (r"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\b", "[address]"),
            (r"https?://\S+", "[url]"),
            (r#""[^"\n]{24,}""#, "\"[text]\""),
            (r"\b(?:sk|pk|rk|key|ghp|xox[a-z])[-_][A-Za-z0-9_-]{8,}", "[key]"),
            (r"\b[A-Za-z0-9+/_-]*[0-9][A-Za-z0-9+/_-]{31,}={0,2}", "[id]"),
        ];
        rules.into_iter().filter_map(|(rule, with)| Some((Regex::new(rule).ok()?, with))).collect()
    });
    let mut text = text.replace(&*home.to_string_lossy(), "<data folder>");
    for name in ["HOME", "USERPROFILE"] {
        if let Some(folder) = std::env::var_os(name).filter(|folder| folder.len() > 1) {
            text = text.replace(&*folder.to_string_lossy(), "~");
        }
    }
    RULES.iter().fold(text, |text, (rule, with)| rule.replace_all(&text, *with).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_holds_no_key_no_folder_and_no_address() {
        let home = Path::new("/home/ada/.local/share/app.workprint.desktop");
        let check = |text: &str, gone: &str| {
            let told = redacted(text, home);
            assert!(!told.contains(gone), "{gone:?} is still in {told:?}");
        };
        check("Authorization: Bearer abcdef", "abcdef");
        check("api_key=hunter2x", "hunter2x");
        check("sent sk-live-1234567890abcdef to it", "1234567890");
        check("from ada@example.org at", "ada@example.org");
        check("POST https://secret.example.org/v1/x failed", "secret.example.org");
        check("/home/ada/.local/share/app.workprint.desktop/blobs/x", "/home/ada");
        check("blob 0f3a9bc1d2e4f5060718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e", "0f3a9bc1");
        check("said \"a fox who crosses a snowy mountain at night\"", "snowy");
        let kept = redacted("2026-11-26T10:00:00Z  INFO library: run ended state=finished took_ms=1200", home);
        assert!(kept.contains("took_ms=1200") && kept.contains("2026-11-26"), "{kept}");
    }
}
