//! `say`: a word in a project; a change says its impact before it is made.

use app::App;
use app::wire::{Problem, ProposalView};

use crate::commands::{ended, json};
use crate::exit::Exit;
use crate::film::{self, Wanted};
use crate::follow::Follower;
use crate::print::{self, dollars};
use crate::words::SayWords;

pub(crate) async fn say(order: SayWords) -> Exit {
    ended(talk(order).await)
}

async fn talk(order: SayWords) -> Result<Exit, Problem> {
    let app = App::open(&app::home_folder()).await?;
    let project = match &order.project {
        Some(project) => project.clone(),
        None => app.create_project("").await?,
    };
    if let Some(file) = &order.models {
        app.use_models(&project, file).await?;
    }
    // A message may start a run by itself, so its events are listened to before it is said.
    let follower = Follower::new(&app, &project, None).await?;
    let said = app.say(Some(&project), &order.message).await?;
    let view = app.project(&project).await?;
    if order.json {
        print::line(&json(&said));
    } else {
        for reply in &said.replies {
            print::line(reply);
        }
        match &said.proposal {
            Some(proposal) => impact(proposal),
            None if said.question.is_empty() && said.run.is_empty() => {
                print::plan(view.brief.as_ref(), view.plan.as_ref());
            }
            None => {}
        }
        print::note(&format!("project {project}"));
    }
    if !said.question.is_empty() {
        print::note(&said.question);
        for choice in &said.choices {
            print::note(&format!("  - {choice}"));
        }
        return Ok(Exit::NeedsAnswer);
    }
    if !said.run.is_empty() {
        return film::follow(&app, follower, &Wanted::default()).await;
    }
    match &said.proposal {
        Some(proposal) if order.yes => {
            app.apply_proposal(&project, "", &proposal.id, (&[], &[]), false).await?;
            film::run(&app, &project, &Wanted::default()).await
        }
        Some(_) => {
            print::note("Nothing was changed yet. Make the change with:");
            print::note(&format!("  workprint-cli say \"apply it\" --project {project} --yes"));
            Ok(Exit::NeedsAnswer)
        }
        None if order.yes && view.plan.as_ref().is_some_and(|plan| plan.can_start) => {
            film::run(&app, &project, &Wanted::default()).await
        }
        None => Ok(Exit::Done),
    }
}

/// What a change makes again.
fn impact(proposal: &ProposalView) {
    for change in &proposal.brief {
        print::note(&format!("  {}: {} → {}", change.field, change.before, change.after));
    }
    for item in &proposal.items {
        let kept = if item.approved { "kept (approved) " } else { "" };
        let calls = if item.calls == 0 {
            String::new()
        } else {
            format!(", {} calls, {}", item.calls, dollars(item.most_micros))
        };
        let title = if item.title.is_empty() { &item.slot } else { &item.title };
        print::note(&format!("  {kept}{title}: {}{calls}", item.agent.replace('_', " ")));
    }
    for conflict in &proposal.conflicts {
        print::trouble(conflict);
    }
    let (least, most) = (&proposal.least, &proposal.most);
    print::note(&format!(
        "  {}–{} tasks, {}–{} calls, {}–{}, {}–{} s",
        least.tasks,
        most.tasks,
        least.calls,
        most.calls,
        dollars(least.micros),
        dollars(most.micros),
        least.seconds,
        most.seconds
    ));
}
