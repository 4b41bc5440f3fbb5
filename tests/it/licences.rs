//! Licences of everything that Workprint is made of, read offline from what the package managers know.

use cargo_metadata::{CargoOpt, MetadataCommand};
use spdx::{Expression, ParseMode};

use crate::{none, root};

/// Licences that ask for no more than to be named.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Works whose changed files would have to be published; they are used unchanged. Each is in docs/THIRD_PARTY.md, or is
/// a tool that goes into no package.
const UNCHANGED: [&str; 8] =
    ["axe-core", "cssparser", "cssparser-macros", "dtoa-short", "lightningcss", "option-ext", "selectors", "webdriver"];

fn is_allowed(name: &str, licence: &str) -> bool {
    let Ok(wish) = Expression::parse_mode(licence, ParseMode::LAX) else { return false };
    let unchanged = UNCHANGED.iter().any(|one| name == *one || name.starts_with(&format!("{one}-")));
    wish.evaluate(|one| {
        let id = one.license.id().map_or("", |id| id.name);
        ALLOWED.contains(&id) || (unchanged && id == "MPL-2.0")
    })
}

#[test]
fn every_crate_has_a_licence_that_is_allowed() {
    // The crates of other systems are not on this machine.
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let mut command = MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml")).features(CargoOpt::AllFeatures);
    command.other_options(["--offline".to_owned(), "--filter-platform".to_owned(), target]);
    let metadata = command.exec().unwrap();
    let faults = metadata.packages.iter().filter_map(|package| {
        let licence = package.license.as_deref().unwrap_or("none");
        (!is_allowed(&package.name, licence)).then(|| format!("{} {}: {licence}", package.name, package.version))
    });
    none(&faults.collect::<Vec<_>>(), "these crates have a licence that is not allowed:");
    assert!(metadata.packages.len() > 300, "the list is whole");
}

#[test]
fn every_npm_package_has_a_licence_that_is_allowed() {
    let lock: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(root().join("package-lock.json")).unwrap()).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    let faults = packages.iter().filter(|(_, package)| package["link"] != true).filter_map(|(path, package)| {
        let name = path.rsplit_once("node_modules/").map_or(path.as_str(), |(_, name)| name);
        let licence = package["license"].as_str().unwrap_or("none");
        (!is_allowed(name, licence)).then(|| format!("{name}: {licence}"))
    });
    none(&faults.collect::<Vec<_>>(), "these npm packages have a licence that is not allowed:");
    assert!(packages.len() > 50, "the list is whole");
}

#[test]
fn a_licence_that_is_not_allowed_is_found() {
    for allowed in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(is_allowed("some", allowed), "{allowed}");
    }
    for refused in ["GPL-3.0-only", "MIT AND GPL-2.0", "MPL-2.0", "none", "", "SSPL-1.0", "SEE LICENSE IN EULA"] {
        assert!(!is_allowed("some", refused), "{refused}");
    }
    assert!(is_allowed("lightningcss-linux-x64-gnu", "MPL-2.0") && is_allowed("selectors", "MPL-2.0"));
}
