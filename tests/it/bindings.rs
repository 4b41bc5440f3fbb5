//! The window's bindings are what the commands and events say. `make bindings` writes them.

use crate::root;

#[test]
fn bindings_are_fresh() {
    let file = root().join("ui/src/platform/bindings.ts");
    let wanted = workprint_shell::bindings().unwrap();
    if std::env::var_os("WORKPRINT_WRITE_BINDINGS").is_some() {
        std::fs::write(&file, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap();
    assert!(found == wanted, "{} is old; run `make bindings`", file.display());
}
