//! How files look, and what must not be in them.

use std::path::Path;

use crate::{files, none, root};

const LONGEST: usize = 600;

fn rust() -> Vec<(std::path::PathBuf, String)> {
    [files("src-tauri", &[".rs"]), files("tests", &[".rs"])].concat()
}

fn ui() -> Vec<(std::path::PathBuf, String)> {
    files("ui/src", &[".ts", ".tsx"])
}

/// Faults for every line of `files` in which `wrong` finds something.
fn lines(files: &[(std::path::PathBuf, String)], wrong: impl Fn(&Path, &str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in files {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| wrong(path, line)) {
            faults.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
        }
    }
    faults
}

#[test]
fn every_rust_file_says_what_it_is() {
    let faults =
        rust().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path.display().to_string());
    none(&faults.collect::<Vec<_>>(), "these files do not open with what they own (//!):");
}

#[test]
fn no_file_is_long() {
    let generated = Path::new("ui/src/platform/bindings.ts");
    let all = [rust(), ui()].concat().into_iter().filter(|(path, _)| path != generated);
    let long = all.filter_map(|(path, text)| {
        let count = text.lines().count();
        (count > LONGEST).then(|| format!("{}: {count} lines", path.display()))
    });
    none(&long.collect::<Vec<_>>(), "one idea a file; these are too long:");
}

#[test]
fn nobody_sleeps_or_asks_by_the_clock() {
    let sleep = ["thread::", "sleep("].concat();
    none(&lines(&rust(), |_, line| line.contains(&sleep)), "wait for the event itself, with a time limit:");
    none(&lines(&ui(), |_, line| line.contains("setInterval")), "the window is told; it does not ask again and again:");
}

#[test]
fn only_the_platform_folder_knows_tauri() {
    let wrong = |path: &Path, line: &str| {
        !path.starts_with("ui/src/platform") && (line.contains("@tauri-apps/") || line.contains("platform/bindings"))
    };
    none(&lines(&ui(), wrong), "ui/src/platform is the UI's only door to Tauri:");
}

#[test]
fn every_command_is_async() {
    let mut faults = Vec::new();
    for (path, text) in files("src-tauri/src", &[".rs"]) {
        let all: Vec<&str> = text.lines().collect();
        for (number, _) in all.iter().enumerate().filter(|(_, line)| line.trim().starts_with("#[tauri::command")) {
            let head = all[number..].iter().find(|line| line.contains("fn ")).unwrap_or(&"");
            if !head.contains("async fn ") {
                faults.push(format!("{}:{}: {}", path.display(), number + 1, head.trim()));
            }
        }
    }
    none(&faults, "a command that is not async runs on the window's own thread and freezes it:");
}

#[test]
fn the_repository_stands_on_its_own() {
    let words = [["..", "/shared"].concat(), ["/wo", "rk/"].concat()];
    let all = [rust(), ui(), files("docs", &[".md"]), files(".ci", &["run", ".sh", ".mjs"])].concat();
    none(
        &lines(&all, |_, line| words.iter().any(|word| line.contains(word.as_str()))),
        "these name places outside the repository:",
    );
}

#[test]
fn every_rule_of_the_house_has_its_test() {
    let page = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let tests: Vec<String> = rust().into_iter().map(|(_, text)| text).collect();
    let words = page.split('`').skip(1).step_by(2);
    let named: Vec<&str> = words
        .filter(|w| w.matches('_').count() >= 2 && w.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect();
    assert!(named.len() >= 25, "docs/ARCHITECTURE.md names its tests in backticks");
    let missing = named.iter().filter(|name| !tests.iter().any(|text| text.contains(&format!("fn {name}("))));
    none(&missing.map(ToString::to_string).collect::<Vec<_>>(), "docs/ARCHITECTURE.md names tests that are not there:");
}

#[test]
fn the_security_policy_is_strict() {
    let conf: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(root().join("tauri.conf.json")).unwrap()).unwrap();
    let policy = conf["app"]["security"]["csp"].as_str().expect("a policy");
    assert!(policy.starts_with("default-src 'self'"), "{policy}");
    for loose in ["unsafe-inline", "unsafe-eval", "https:", "*;", "blob:"] {
        let found = policy.replace("http://127.0.0.1:*", "").contains(loose);
        assert!(!found, "{loose} in {policy}");
    }
}
