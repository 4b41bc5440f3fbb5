//! What a release must not get wrong: how new versions are trusted, what the feed says, and which actions build it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::{files, none, root};

fn conf(file: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join(file)).unwrap()).unwrap()
}

#[test]
fn a_new_version_is_trusted_by_its_signature_alone() {
    let updater = &conf("tauri.conf.json")["plugins"]["updater"];
    assert_eq!(updater["requireSignedVersion"], true, "an old package could be passed off as a new one");
    let feeds = updater["endpoints"].as_array().unwrap();
    let repository = env!("CARGO_PKG_REPOSITORY");
    assert!(!feeds.is_empty() && feeds.iter().all(|f| f.as_str().unwrap().starts_with(repository)), "{feeds:?}");
    assert!(repository.starts_with("https://"));
    for loose in [
        "allowDowngrades",
        "dangerousInsecureTransportProtocol",
        "dangerousAcceptInvalidCerts",
        "dangerousAcceptInvalidHostnames",
    ] {
        assert_eq!(updater[loose], Value::Null, "{loose}");
    }
    let capabilities = std::fs::read_to_string(root().join("src-tauri/capabilities/main.json")).unwrap();
    assert!(!capabilities.contains("updater:"), "the page reaches the program's own commands, never the plugin");
    // Only a release signs its packages, so that everybody else can build them.
    assert_eq!(conf("tauri.conf.json")["bundle"]["createUpdaterArtifacts"], Value::Null);
    assert_eq!(conf("packaging/release.conf.json")["bundle"], json!({ "createUpdaterArtifacts": true }));
}

fn feed(folder: &Path) -> Output {
    let notes = folder.join("notes.md");
    std::fs::write(&notes, "## [0.2.0]\n\n- Larger whales\n").unwrap();
    let script = root().join(".ci/feed.mjs");
    Command::new("node").arg(script).arg(folder).arg("0.2.0").arg(notes).output().unwrap()
}

#[test]
fn the_feed_names_every_kind_of_package() {
    let folder = tempfile::tempdir().unwrap();
    let packages = [
        ("Workprint_0.2.0_amd64.deb", "linux-x86_64-deb"),
        ("Workprint-0.2.0-1.x86_64.rpm", "linux-x86_64-rpm"),
        ("Workprint_0.2.0_amd64.AppImage", "linux-x86_64-appimage"),
        ("Workprint_0.2.0_x64-setup.exe", "windows-x86_64-nsis"),
        ("Workprint.app.tar.gz", "darwin-aarch64-app"),
    ];
    for (name, _) in packages {
        std::fs::write(folder.path().join(name), name).unwrap();
        std::fs::write(folder.path().join(format!("{name}.sig")), format!("signed {name}\n")).unwrap();
    }
    let told = feed(folder.path());
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!((&told["version"], &told["notes"]), (&json!("0.2.0"), &json!("## [0.2.0]\n\n- Larger whales")));
    for (name, target) in packages {
        let url = format!("{}/releases/download/v0.2.0/{name}", env!("CARGO_PKG_REPOSITORY"));
        let wanted = json!({ "url": url, "signature": format!("signed {name}"), "size": name.len() });
        assert_eq!(told["platforms"][target], wanted, "{target}");
    }
    assert_eq!(told["platforms"]["linux-x86_64"], told["platforms"]["linux-x86_64-appimage"]);

    std::fs::remove_file(folder.path().join("Workprint_0.2.0_amd64.deb.sig")).unwrap();
    let told = feed(folder.path());
    assert!(!told.status.success() && told.stdout.is_empty(), "a package without a signature is not offered");
}

#[test]
fn every_action_is_named_by_its_commit() {
    let mut faults = Vec::new();
    for (path, text) in files(".github/workflows", &[".yml"]) {
        for (number, line) in text.lines().enumerate() {
            let Some((_, action)) = line.split_once("uses: ") else { continue };
            let (commit, comment) =
                action.split_once('@').map_or(("", ""), |(_, at)| at.split_once(" # ").unwrap_or((at, "")));
            let whole = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
            if !whole || !comment.starts_with('v') {
                faults.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    none(&faults, "a tag can be moved to another commit; name the commit and say its version after it:");
}
