//! The commands that answer at once.

use std::io::{BufRead, Write};
use std::path::Path;

use app::App;
use app::wire::{Health, Problem};

use crate::exit::{Exit, failed};
use crate::print;
use crate::words::SheetWords;

pub(crate) fn ended(result: Result<Exit, Problem>) -> Exit {
    result.unwrap_or_else(|problem| failed(&problem))
}

pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

pub(crate) async fn plan(message: &str, as_json: bool, models: Option<&Path>) -> Exit {
    ended(
        async {
            let app = App::open(&app::home_folder()).await?;
            match app.plan_of(message, models).await? {
                Ok(report) if as_json => print::line(&json(&report)),
                Ok(report) => print::plan(Some(&report.brief), Some(&report.plan)),
                Err(said) => {
                    print::note(if said.question.is_empty() {
                        said.replies.first().map_or("", String::as_str)
                    } else {
                        &said.question
                    });
                    return Ok(Exit::NeedsAnswer);
                }
            }
            Ok(Exit::Done)
        }
        .await,
    )
}

pub(crate) async fn projects(as_json: bool) -> Exit {
    ended(
        async {
            let home = app::home_folder();
            if !home.join("library.db").exists() {
                print::line(if as_json { "[]" } else { "There are no projects yet." });
                return Ok(Exit::Done);
            }
            let app = App::open_read_only(&home).await?;
            let projects = app.projects().await?;
            if as_json {
                print::line(&json(&projects));
            } else {
                for p in &projects {
                    print::line(&format!(
                        "{}  {:<10} {:>6.1} s  {}",
                        p.id,
                        format!("{:?}", p.stage).to_lowercase(),
                        f64::from(p.duration_ms) / 1000.0,
                        p.title
                    ));
                }
                if projects.is_empty() {
                    print::line("There are no projects yet.");
                }
            }
            Ok(Exit::Done)
        }
        .await,
    )
}

/// The record of a finished run, or of one that was cut off, as it stands.
pub(crate) async fn events(run: Option<&str>) -> Exit {
    ended(
        async {
            let app = App::open_read_only(&app::home_folder()).await?;
            for line in app.replay(run).await? {
                print::line(&line.to_string());
            }
            Ok(Exit::Done)
        }
        .await,
    )
}

pub(crate) async fn doctor(as_json: bool) -> Exit {
    let report = App::doctor_at(&app::home_folder()).await;
    if as_json {
        print::line(&json(&report));
    } else {
        for line in &report.lines {
            let mark = match line.health {
                Health::Good => "ok     ",
                Health::Poor => "poor   ",
                Health::Missing => "missing",
            };
            print::line(&format!("{mark} {:<12} {}", line.what, line.found));
            if !line.hint.is_empty() {
                print::line(&format!("                     {}", line.hint));
            }
        }
    }
    if report.lines.iter().any(|l| l.health == Health::Missing) { Exit::Failed } else { Exit::Done }
}

pub(crate) async fn sheet(order: SheetWords) -> Exit {
    ended(
        async {
            let cells = match &order.nouns {
                Some(file) => {
                    let text = std::fs::read_to_string(file).map_err(|e| Problem {
                        code: app::wire::ErrorCode::BadRequest,
                        message: format!("{} cannot be read: {e}", file.display()),
                        hint: "Give a text file with one noun a line.".to_owned(),
                        retryable: false,
                    })?;
                    app::SheetOf::Nouns(
                        text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect(),
                    )
                }
                None if order.places => app::SheetOf::Places,
                None => app::SheetOf::Styles,
            };
            app::contact_sheet(cells, &order.out).await?;
            print::line(&order.out.display().to_string());
            Ok(Exit::Done)
        }
        .await,
    )
}

/// JSON lines from standard input to standard output, in order.
pub(crate) async fn understand(models: Option<&Path>) -> Exit {
    let Some(models) = models else { return understood(async |line| app::understand_line(line)).await };
    ended(
        async {
            let app = App::open(&app::home_folder()).await?;
            let reader = app.understander(models).await?;
            let exit = understood(async |line| reader.line(line).await).await;
            reader.close().await?;
            Ok(exit)
        }
        .await,
    )
}

async fn understood(read: impl AsyncFn(&str) -> Result<String, Problem>) -> Exit {
    let mut out = std::io::stdout().lock();
    let mut exit = Exit::Done;
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let Ok(line) = line else {
            print::trouble("standard input is not text");
            return Exit::Failed;
        };
        if line.trim().is_empty() {
            continue;
        }
        let answer = match read(&line).await {
            Ok(answer) => answer,
            Err(problem) => {
                print::trouble(&format!("line {}: {}", number + 1, problem.message));
                exit = Exit::WrongUse;
                continue;
            }
        };
        if writeln!(out, "{answer}").is_err() {
            // The reader went away; there is nobody to answer.
            return exit;
        }
    }
    exit
}
