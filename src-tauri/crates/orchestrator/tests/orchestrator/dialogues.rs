//! Every dialogue in the folder, turn by turn.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinError;

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
async fn every_dialogue_goes_as_it_is_written() {
    let studio = Arc::new(Studio::new().await);
    let only = std::env::var("DIALOGUE").unwrap_or_default();
    let chosen: Vec<_> = all().into_iter().filter(|(name, _)| name.contains(&only)).collect();
    let dialogues: Vec<_> = chosen.iter().map(|(name, text)| Dialogue::read(name, text)).collect();
    let wanted: BTreeSet<_> = dialogues.iter().filter_map(|d| d.film().map(str::to_owned)).collect();
    let mut films = BTreeMap::new();
    for (about, film) in side_by_side(wanted.into_iter().map(|about| {
        let studio = Arc::clone(&studio);
        async move {
            let film = studio.film(&about).await;
            (about, film)
        }
    }))
    .await
    {
        films.insert(about, film);
    }
    let films = Arc::new(films);
    let held = side_by_side(dialogues.into_iter().map(|dialogue| {
        let (studio, films) = (Arc::clone(&studio), Arc::clone(&films));
        async move { dialogue.hold(&studio, &films).await }
    }))
    .await;
    if std::env::var_os("TELL").is_some() {
        println!("{}", held.join("\n"));
    }
}

/// Does all of them, a few at a time; gives what they gave, in order. One that fails lets the others end first, so that
/// one run tells everything that is wrong.
async fn side_by_side<T: Send + 'static>(
    work: impl Iterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let places = Arc::new(Semaphore::new(8));
    let started: Vec<_> = work
        .map(|one| {
            let places = Arc::clone(&places);
            tokio::spawn(async move {
                let _place = places.acquire().await.expect("it stays open");
                one.await
            })
        })
        .collect();
    let mut ended = Vec::new();
    for one in started {
        ended.push(one.await);
    }
    let whole = |one: Result<T, JoinError>| one.unwrap_or_else(|failed| std::panic::resume_unwind(failed.into_panic()));
    ended.into_iter().map(whole).collect()
}

#[test]
fn there_are_enough_long_dialogues() {
    let all: Vec<_> = all().iter().map(|(name, text)| Dialogue::read(name, text)).collect();
    assert!(all.len() >= 23, "{}", all.len());
    assert!(all.iter().filter(|dialogue| dialogue.len() >= 5).count() >= 20);
}
