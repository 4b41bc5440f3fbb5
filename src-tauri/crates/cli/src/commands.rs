//! The commands that answer at once.

use std::io::{BufRead, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::Receiver;

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
    let Some(models) = models else { return understood(async |lines| side_by_side(lines)).await };
    ended(
        async {
            let app = App::open(&app::home_folder()).await?;
            let reader = app.understander(models).await?;
            let exit = understood(async |lines| {
                let mut answers = Vec::new();
                for line in lines {
                    answers.push(reader.line(line).await);
                }
                answers
            })
            .await;
            reader.close().await?;
            Ok(exit)
        }
        .await,
    )
}

/// So many lines are read side by side at most.
const AT_ONCE: usize = 512;

/// Understands lines by rules, on all cores.
fn side_by_side(lines: &[String]) -> Vec<Result<String, Problem>> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let part = lines.len().div_ceil(cores).max(8);
    std::thread::scope(|scope| {
        let read = |part: &[String]| part.iter().map(|line| app::understand_line(line)).collect::<Vec<_>>();
        let (first, rest) = lines.split_at(part.min(lines.len()));
        let others: Vec<_> = rest.chunks(part).map(|part| scope.spawn(move || read(part))).collect();
        let mut answers = read(first);
        for other in others {
            answers.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        answers
    })
}

/// Lines of standard input as they come: one that comes alone is answered before the next is waited for.
fn lines_as_they_come() -> Receiver<std::io::Result<String>> {
    let (send, lines) = std::sync::mpsc::sync_channel(AT_ONCE);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

async fn understood(read: impl AsyncFn(&[String]) -> Vec<Result<String, Problem>>) -> Exit {
    let mut out = std::io::stdout().lock();
    let mut exit = Exit::Done;
    let lines = lines_as_they_come();
    let mut number = 0;
    while let Ok(first) = lines.recv() {
        let mut numbers = Vec::new();
        let mut texts = Vec::new();
        for line in std::iter::once(first).chain(lines.try_iter().take(AT_ONCE - 1)) {
            let Ok(line) = line else {
                print::trouble("standard input is not text");
                return Exit::Failed;
            };
            number += 1;
            if !line.trim().is_empty() {
                numbers.push(number);
                texts.push(line);
            }
        }
        for (number, answer) in numbers.into_iter().zip(read(&texts).await) {
            match answer {
                Ok(answer) if writeln!(out, "{answer}").is_err() => {
                    // The reader went away; there is nobody to answer.
                    return exit;
                }
                Ok(_) => {}
                Err(problem) => {
                    print::trouble(&format!("line {number}: {}", problem.message));
                    exit = Exit::WrongUse;
                }
            }
        }
    }
    exit
}
