//! The only place that writes to the terminal.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this module is where the command line prints")]

use app::wire::{PlanView, Problem};

/// A line of the result.
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// A line about what is going on.
pub(crate) fn note(text: &str) {
    eprintln!("{text}");
}

/// A trouble.
pub(crate) fn trouble(text: &str) {
    eprintln!("workprint: {text}");
}

/// A problem, and what to do about it.
pub(crate) fn problem(problem: &Problem) {
    trouble(&problem.message);
    if !problem.hint.is_empty() {
        eprintln!("  {}", problem.hint);
    }
}

/// A brief and its plan.
pub(crate) fn plan(brief: Option<&app::wire::BriefView>, plan: Option<&PlanView>) {
    for chip in brief.iter().flat_map(|b| &b.chips) {
        let field = format!("{:?}", chip.field).to_lowercase();
        eprintln!("  {field:<9} {}{}", chip.label, if chip.assumed { "  (assumed)" } else { "" });
    }
    let Some(plan) = plan else { return };
    eprintln!(
        "  plan      {} · {} · {} · {}–{} s to make",
        plan.complexity,
        plan.why,
        price(plan),
        plan.seconds_least,
        plan.seconds_most
    );
    for step in &plan.steps {
        let count =
            if step.least == step.most { step.least.to_string() } else { format!("{}–{}", step.least, step.most) };
        eprintln!("            {} {:<22} × {count}", step.group + 1, step.agent.replace('_', " "));
        for calls in &step.calls {
            eprintln!(
                "              {}–{} {} calls to {} ({})",
                calls.least, calls.most, calls.kind, calls.provider, calls.model
            );
        }
    }
}

fn price(plan: &PlanView) -> String {
    if plan.steps.iter().all(|step| step.calls.is_empty()) {
        return "price 0, built-in studio".to_owned();
    }
    let cap = plan.cap_micros.map(|cap| format!(", at most {} by the cap", dollars(cap))).unwrap_or_default();
    format!(
        "text {}–{}, pictures and sound {}–{}{cap}",
        dollars(plan.text_least_micros),
        dollars(plan.text_most_micros),
        dollars(plan.media_least_micros),
        dollars(plan.media_most_micros)
    )
}

/// Millionths of a US dollar, as dollars.
pub(crate) fn dollars(micros: u32) -> String {
    format!("${:.4}", f64::from(micros) / 1e6)
}
