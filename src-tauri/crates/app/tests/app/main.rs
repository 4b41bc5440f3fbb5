//! The app through its public face, with the whole built-in studio behind it, in small.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod bad_input;
mod conversation;
mod deciding;
mod film;
mod kill;
mod large;
mod leaving;
mod models;
mod sample;
mod trials;

use std::path::Path;

use app::wire::{ProjectView, RunState};
use app::{App, Options};

/// Small and coarse: the film is whole, and made in seconds.
const SMALL: Options = Options { size: Some((256, 144)), fps: Some(12), sample: false };

/// A short film that has everything: a person, an animal, a place, narration.
const SENTENCE: &str = "Make an 8-second film about an old fisherman who meets a white whale";

async fn open(home: &Path) -> App {
    App::open_with(home, &SMALL).await.expect("the library opens")
}

/// Says a sentence in a new project and starts its plan.
async fn start(app: &App, sentence: &str) -> String {
    let said = app.say(None, sentence).await.expect("it is understood");
    app.start(&said.project, "start").await.expect("it starts");
    said.project
}

/// Makes a film of a sentence and gives the project.
async fn make(app: &App, sentence: &str) -> ProjectView {
    let project = start(app, sentence).await;
    finished(app, &project).await
}

/// Waits for the run and demands that it finished.
async fn finished(app: &App, project: &str) -> ProjectView {
    let view = app.wait_for(project).await.expect("the project is there");
    let run = view.run.as_ref().expect("there was a run");
    let failed: Vec<_> = run
        .tasks
        .iter()
        .filter(|t| !t.message.is_empty())
        .map(|t| format!("{}: {} {}", t.slot, t.message, t.hint))
        .collect();
    assert_eq!(run.state, RunState::Finished, "{failed:#?} {:#?}", view.messages.last());
    view
}
