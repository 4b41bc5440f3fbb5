//! `undo`, `redo`, `takes`, `approve`: what was decided, and deciding.

use app::App;
use app::wire::{ErrorCode, Problem, TakeView, Verdict};

use crate::commands::{ended, json};
use crate::exit::Exit;
use crate::film::{self, Wanted};
use crate::follow::Follower;
use crate::print;
use crate::words::HistoryWords;

fn missing(message: String) -> Problem {
    Problem { code: ErrorCode::NotFound, message, hint: "See `workprint-cli projects`.".to_owned(), retryable: false }
}

/// The project that is named, or the one that changed last.
async fn project(app: &App, named: Option<String>) -> Result<String, Problem> {
    if let Some(project) = named {
        Ok(project)
    } else {
        let last = app.projects().await?.into_iter().next();
        last.map(|card| card.id).ok_or_else(|| missing("There is no project yet.".to_owned()))
    }
}

pub(crate) async fn undo(order: HistoryWords) -> Exit {
    ended(
        async {
            let app = App::open(&app::home_folder()).await?;
            let project = project(&app, order.project).await?;
            let follower = Follower::new(&app, &project, None).await?;
            let what = app.project(&project).await?.history.undo_words;
            app.undo(&project, "").await?;
            moved(&app, follower, &format!("Taken back: {what}")).await
        }
        .await,
    )
}

pub(crate) async fn redo(order: HistoryWords) -> Exit {
    ended(
        async {
            let app = App::open(&app::home_folder()).await?;
            let project = project(&app, order.project).await?;
            let follower = Follower::new(&app, &project, None).await?;
            let what = app.project(&project).await?.history.redo_words;
            app.redo(&project, "").await?;
            moved(&app, follower, &format!("Done again: {what}")).await
        }
        .await,
    )
}

/// What is there already is cut again at once; what would have to be made is left to `resume`.
async fn moved(app: &App, follower: Follower, words: &str) -> Result<Exit, Problem> {
    print::note(words);
    let project = follower.project().to_owned();
    if app.is_running(&project) {
        return film::follow(app, follower, &Wanted::default()).await;
    }
    let view = app.project(&project).await?;
    if view.film.as_ref().is_some_and(|film| film.outdated) {
        print::note("The film shows another state. Make this one with:");
        print::note(&format!("  workprint-cli resume {project}"));
    }
    Ok(Exit::Done)
}

pub(crate) async fn takes(project: &str, slot: &str, as_json: bool) -> Exit {
    ended(
        async {
            let app = App::open_read_only(&app::home_folder()).await?;
            let takes = app.takes(project, slot).await?;
            if as_json {
                print::line(&json(&takes));
            } else {
                for take in &takes {
                    print::line(&take_line(take));
                }
                if takes.is_empty() {
                    print::note(&format!("{slot} has no takes yet."));
                }
            }
            Ok(Exit::Done)
        }
        .await,
    )
}

fn take_line(take: &TakeView) -> String {
    let mut words = vec![take.key.chars().take(12).collect::<String>()];
    words.extend(take.current.then(|| "current".to_owned()));
    words.extend(take.pinned.then(|| "chosen".to_owned()));
    match take.verdict {
        Verdict::None => {}
        Verdict::Approved => words.push("approved".to_owned()),
        Verdict::Rejected => words.push(format!("rejected {}", take.reason)),
    }
    words.extend([&take.model, &take.why].into_iter().filter(|text| !text.is_empty()).cloned());
    words.join("  ")
}

pub(crate) async fn approve(project: &str, slot: &str) -> Exit {
    ended(
        async {
            let app = App::open(&app::home_folder()).await?;
            if slot.starts_with("review/") {
                let follower = Follower::new(&app, project, None).await?;
                app.approve_stop(project, "", slot).await?;
                return film::follow(&app, follower, &Wanted::default()).await;
            }
            let takes = app.takes(project, slot).await?;
            let current = takes.iter().find(|take| take.pinned).or_else(|| takes.iter().find(|take| take.current));
            let take = current.ok_or_else(|| missing(format!("{slot} has no take that could be approved.")))?;
            let follower = Follower::new(&app, project, None).await?;
            app.approve_take(project, "", slot, &take.key).await?;
            print::note("Approved: no change touches it until it is released.");
            if app.is_running(project) {
                return film::follow(&app, follower, &Wanted::default()).await;
            }
            Ok(Exit::Done)
        }
        .await,
    )
}
