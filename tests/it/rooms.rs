//! The table of rooms: which crate may use which.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

use crate::{files, none, root};

/// The table of docs/ARCHITECTURE.md. What is not named here is not allowed.
fn table() -> BTreeMap<&'static str, Vec<&'static str>> {
    let below_app = ["story", "engine", "models", "builtin", "film", "agents", "library", "orchestrator"];
    BTreeMap::from([
        ("story", vec![]),
        ("engine", vec![]),
        ("models", vec!["story"]),
        ("builtin", vec!["story", "models"]),
        ("film", vec!["story"]),
        ("agents", vec!["story", "engine", "models", "builtin", "film"]),
        ("library", vec!["story", "engine"]),
        ("orchestrator", below_app[..7].to_vec()),
        ("app", below_app.to_vec()),
        ("cli", vec!["app"]),
        // The shell also understands the words of the command line.
        ("workprint", vec!["app", "cli"]),
        // For tests alone; nothing but tests may use it.
        ("testkit", [&below_app[..], &["app", "cli"]].concat()),
    ])
}

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap()
}

#[test]
fn every_room_uses_only_what_the_table_allows() {
    let metadata = metadata();
    let table = table();
    let members: BTreeSet<String> = metadata.packages.iter().map(|p| p.name.to_string()).collect();
    let listed: BTreeSet<String> = table.keys().map(ToString::to_string).collect();
    assert_eq!(members, listed, "the workspace and the table name the same rooms");

    let mut faults = Vec::new();
    for package in &metadata.packages {
        for dependency in package.dependencies.iter().filter(|d| members.contains(&d.name)) {
            let allowed = table[package.name.as_str()].contains(&dependency.name.as_str());
            let for_tests = dependency.kind == DependencyKind::Development && dependency.name == "testkit";
            if !allowed && !for_tests {
                faults.push(format!("{} uses {} ({:?})", package.name, dependency.name, dependency.kind));
            }
        }
    }
    none(&faults, "the table of rooms does not allow:");
}

#[test]
fn only_the_shell_knows_tauri() {
    let mut faults = Vec::new();
    for package in metadata().packages.iter().filter(|p| p.name != "workprint") {
        for dependency in package.dependencies.iter().filter(|d| d.name.starts_with("tauri")) {
            faults.push(format!("{} uses {}", package.name, dependency.name));
        }
    }
    none(&faults, "only the shell may depend on tauri:");
}

#[test]
fn the_engine_speaks_no_word_of_film() {
    const WORDS: [&str; 12] = [
        "film",
        "shot",
        "scene",
        "frame",
        "movie",
        "storyboard",
        "clip",
        "narration",
        "camera",
        "character",
        "video",
        "script",
    ];
    let mut faults = Vec::new();
    for (path, text) in files("src-tauri/crates/engine/src", &[".rs"]) {
        for (number, line) in text.lines().enumerate() {
            // A comment may give an example.
            let lower = line.split("//").next().unwrap_or("").to_lowercase();
            let spoken = lower
                .split(|c: char| !c.is_alphanumeric())
                .find(|word| WORDS.iter().any(|w| word == w || word.strip_suffix('s') == Some(w)));
            if let Some(word) = spoken {
                faults.push(format!("{}:{}: {word}", path.display(), number + 1));
            }
        }
    }
    none(&faults, "the engine could run any graph, so it knows no word of film:");
}
