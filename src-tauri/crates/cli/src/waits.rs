//! What a run waits for, in plain words, with the command that answers it.

use app::wire::{BlockView, Cap, ProjectView, ReviewStop, TaskView};

use crate::print::{self, dollars};

/// True when something of the last run waits for the person.
pub(crate) fn any(view: &ProjectView) -> bool {
    blocks(view).next().is_some()
}

/// The caps that were reached.
pub(crate) fn caps(view: &ProjectView) -> Vec<Cap> {
    let mut caps: Vec<Cap> = Vec::new();
    for (_, block) in blocks(view) {
        if let BlockView::OverCap { cap, .. } = block
            && !caps.contains(cap)
        {
            caps.push(*cap);
        }
    }
    caps
}

fn blocks(view: &ProjectView) -> impl Iterator<Item = (&TaskView, &BlockView)> {
    let tasks = view.run.iter().flat_map(|run| &run.tasks);
    tasks.filter_map(|task| Some((task, task.block.as_ref()?)))
}

/// Tells everything that waits, and the command that answers each.
pub(crate) fn tell(view: &ProjectView) {
    let project = &view.id;
    let mut unknown = false;
    let mut over: Option<(Cap, u32, u32, u32)> = None;
    for (task, block) in blocks(view) {
        match block {
            BlockView::Review { stop, .. } => {
                print::note(&format!("{} waits to be looked at. Let it pass with:", stop_words(*stop)));
                print::note(&format!("  workprint-cli approve {project} {}", task.slot));
            }
            BlockView::OverCap { cap, limit_micros, spent_micros, wanted_micros } => {
                let wanted = over.map_or(0, |(.., wanted)| wanted).saturating_add(*wanted_micros);
                over = Some((*cap, *limit_micros, *spent_micros, wanted));
            }
            BlockView::Unknown { call, may_cost_micros, provider, model } => {
                unknown = true;
                let cost = may_cost_micros.map_or_else(|| "an unknown sum".to_owned(), dollars);
                let about = if task.title.is_empty() { &task.slot } else { &task.title };
                print::note(&format!(
                    "Nobody knows whether a call to {provider} ({model}) for {} was done: {about}. It may have cost {cost}. (call {call})",
                    task.agent.replace('_', " ")
                ));
            }
        }
    }
    if unknown {
        print::note("Send what is unknown again, which may cost again, with:");
        print::note(&format!("  workprint-cli resume {project} --send-again"));
    }
    if let Some((cap, limit, spent, wanted)) = over {
        print::note(&format!(
            "The cap of {} is reached: {} of {} is spent or reserved, and what waits may cost up to {}. Raise it with:",
            cap_words(cap),
            dollars(spent),
            dollars(limit),
            dollars(wanted)
        ));
        let enough = f64::from(spent.saturating_add(wanted)) / 1e6;
        print::note(&format!("  workprint-cli resume {project} --cap {:.2}", (enough * 100.0).ceil() / 100.0));
    }
}

fn stop_words(stop: ReviewStop) -> &'static str {
    match stop {
        ReviewStop::Outline => "The outline (script and look)",
        ReviewStop::Cast => "The cast",
        ReviewStop::Storyboard => "The storyboard",
        ReviewStop::Shots => "The shots",
    }
}

fn cap_words(cap: Cap) -> &'static str {
    match cap {
        Cap::Run => "the run",
        Cap::Project => "the project",
        Cap::Day => "today",
    }
}
