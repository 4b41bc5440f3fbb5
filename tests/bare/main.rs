//! A Tauri window with an empty page: what the start of Workprint is measured against (`make starting`).
#![expect(clippy::expect_used, reason = "without a window there is nothing to measure")]

fn main() {
    let context = tauri::generate_context!("tests/bare/tauri.conf.json");
    tauri::Builder::default().run(context).expect("the window opens");
}
