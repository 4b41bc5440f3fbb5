//! Every dialogue in the folder, turn by turn.

use std::collections::BTreeMap;
use std::path::Path;

use crate::dialogue::Dialogue;
use crate::studio::Studio;

fn all() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/orchestrator/dialogues");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let named = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    files.iter().map(|path| (named(path), std::fs::read_to_string(path).unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "what each turn must lead to is not written down yet"]
async fn every_dialogue_goes_as_it_is_written() {
    let studio = Studio::new().await;
    let mut films = BTreeMap::new();
    let only = std::env::var("DIALOGUE").unwrap_or_default();
    for (name, text) in all().iter().filter(|(name, _)| name.contains(&only)) {
        Box::pin(Dialogue::read(name, text).hold(&studio, &mut films)).await;
    }
}

#[test]
fn there_are_enough_long_dialogues() {
    let all: Vec<_> = all().iter().map(|(name, text)| Dialogue::read(name, text)).collect();
    assert!(all.len() >= 23, "{}", all.len());
    assert!(all.iter().filter(|dialogue| dialogue.len() >= 5).count() >= 20);
}
