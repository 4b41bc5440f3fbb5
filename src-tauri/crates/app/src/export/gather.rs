//! What an export is made from: the documents of a project, its film, and its files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use agents::FilmFacts;
use engine::{Artifact, BlobHash, Key, Slot};
use film::export::Papers;
use library::{Library, LibraryError, ProjectId};
use orchestrator::ProjectRecord;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use story::{ShotId, Storyboard};

use crate::problem::{not_found, not_now};
use crate::wire::Problem;

/// A finished film.
pub(crate) struct Film {
    pub(crate) key: Key,
    pub(crate) facts: FilmFacts,
    pub(crate) video: PathBuf,
    pub(crate) poster: PathBuf,
}

fn document<T: DeserializeOwned>(results: &BTreeMap<Slot, Artifact>, name: &str) -> Option<T> {
    results.iter().find(|(slot, _)| slot.as_str() == name)?.1.read().ok()
}

fn slot(name: &str) -> Result<Slot, Problem> {
    Slot::new(name).map_err(|_| not_found(format!("There is nothing called {name}.")))
}

/// The file of a blob.
pub(crate) async fn file(library: &Library, hash: &BlobHash) -> Result<PathBuf, Problem> {
    let found = library.blob_by_hash(hash).await?;
    found.map(|blob| blob.path).ok_or_else(|| Problem {
        hint: "Make it again: what it was made from is kept.".to_owned(),
        ..not_found("A file of the project is gone from the library.")
    })
}

/// The film of a project, if there is one.
pub(crate) async fn film(library: &Library, project: &ProjectId) -> Result<Option<Film>, Problem> {
    let record = library.document(project, "record").await?;
    let record = record.and_then(|record| ProjectRecord::deserialize(record).ok()).unwrap_or_default();
    if !record.has_film {
        return Ok(None);
    }
    let mut results = library.results(project, vec![slot("film")?]).await?;
    let Some((_, artifact)) = results.pop_first() else { return Ok(None) };
    let (Ok(facts), Ok(video), Ok(poster)) =
        (artifact.read::<FilmFacts>(), artifact.blob("video"), artifact.blob("poster"))
    else {
        return Ok(None);
    };
    let (video, poster) = (file(library, &video.hash).await?, file(library, &poster.hash).await?);
    Ok(Some(Film { key: artifact.key, facts, video, poster }))
}

/// The film of a project, which must be there.
pub(crate) async fn need_film(library: &Library, project: &ProjectId) -> Result<Film, Problem> {
    let none =
        || not_now("The project has no film yet.", "Start the film; its script can be saved before it is ready.");
    film(library, project).await?.ok_or_else(none)
}

/// The documents of a project. There must be a script.
pub(crate) async fn papers(library: &Library, project: &ProjectId) -> Result<Papers, Problem> {
    let wanted = ["script", "cast", "places"].into_iter().map(slot).collect::<Result<_, _>>()?;
    let results = library.results(project, wanted).await?;
    let script = document(&results, "script")
        .ok_or_else(|| not_now("The project has no script yet.", "Start the film; the script is written first."))?;
    let boards = library.collection(project, "board").await?;
    let boards: Vec<Storyboard> = boards.values().filter_map(|artifact| artifact.read().ok()).collect();
    let timeline = film(library, project).await?.map(|film| film.facts.timeline);
    let pictures = pictures(library, project).await?;
    Ok(Papers {
        script,
        cast: document(&results, "cast").unwrap_or_default(),
        places: document(&results, "places").unwrap_or_default(),
        boards,
        timeline,
        pictures,
        only: None,
    })
}

/// The frames: those that were chosen, otherwise those that were drawn last.
async fn pictures(library: &Library, project: &ProjectId) -> Result<BTreeMap<ShotId, PathBuf>, Problem> {
    let frames = used(library, project, "frame").await?;
    let mut found = BTreeMap::new();
    for (slot, frame) in frames {
        let (Ok(shot), Ok(picture)) = (ShotId::try_from(slot.member().to_owned()), frame.blob("picture")) else {
            continue;
        };
        // One that is lost is shown as not drawn.
        if let Some(blob) = library.blob_by_hash(&picture.hash).await? {
            found.insert(shot, blob.path);
        }
    }
    Ok(found)
}

/// What the members of a collection use: what was chosen, otherwise what was made last.
pub(crate) async fn used(
    library: &Library,
    project: &ProjectId,
    collection: &str,
) -> Result<BTreeMap<Slot, Artifact>, LibraryError> {
    let mut found = library.collection(project, collection).await?;
    let pins = library.snapshot(project).await?.pins;
    let pins: Vec<(Slot, Key)> =
        pins.into_iter().filter(|(slot, _)| slot.collection().as_str() == collection).collect();
    let mut chosen = library.artifacts(pins.iter().map(|(_, key)| key.clone()).collect()).await?;
    for (slot, key) in pins {
        found.extend(chosen.remove(&key).map(|artifact| (slot, artifact)));
    }
    Ok(found)
}
