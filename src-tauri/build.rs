//! Embeds the window's page and checks its capabilities.

use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

/// Shown when the UI was never built.
const PLACEHOLDER: &str = "<!doctype html><meta charset=\"utf-8\"><title>Workprint</title><p>The window's page was not built. Run: make run</p>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        fs::create_dir_all("ui/dist")?;
        fs::write(page, PLACEHOLDER)?;
        // As old as can be, so that make sees it has to be built.
        File::options().write(true).open(page)?.set_modified(SystemTime::UNIX_EPOCH)?;
    }
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    let attributes = tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/**/*");
    tauri_build::try_build(attributes)?;
    Ok(())
}
