//! Money, as it is shown.

use std::collections::BTreeMap;

use engine::{Cap, Caps, Micros};
use library::LedgerLine;
use orchestrator::Money;

use super::{micros, seconds};
use crate::wire::{self, CapsView, LedgerRow, LedgerView, ModelSpend};

/// How many lines are shown.
const SHOWN: usize = 1000;

/// The money of a project; `titles` says what slots are, for a person.
pub(crate) fn ledger_view(money: &Money, titles: &BTreeMap<String, String>) -> LedgerView {
    let row = |line: &LedgerLine| LedgerRow {
        at_s: seconds(line.called_ms),
        agent: line.agent.clone(),
        slot: line.slot.to_string(),
        title: titles.get(line.slot.as_str()).cloned().unwrap_or_else(|| spoken(line.slot.as_str()).to_owned()),
        provider: line.provider.clone(),
        model: line.model.clone(),
        kind: line.kind.clone(),
        units: if line.certain { units(&line.units) } else { "nobody knows".to_owned() },
        micros: micros(line.price),
        run: line.run.0.clone(),
    };
    let unknown = money.unknown.iter().filter_map(|call| call.most).sum::<Micros>();
    let doubtful = money.ledger.lines.iter().filter(|line| !line.certain).map(|line| line.price).sum::<Micros>();
    LedgerView {
        rows: money.ledger.lines.iter().rev().take(SHOWN).map(row).collect(),
        total_micros: micros(money.ledger.spent),
        reserved_micros: micros(money.ledger.reserved),
        unknown_micros: micros(unknown + doubtful),
        today_micros: micros(money.today),
        by_model: by_model(money),
        caps: caps_view(money.caps),
        talk_micros: micros(money.talk.today),
        talk_cap_micros: micros(money.talk.cap),
    }
}

/// What a call was for, where no task says it.
fn spoken(slot: &str) -> &'static str {
    match slot {
        "talk/answer" => "Answering you",
        "talk/understanding" => "Reading what you said",
        _ => "",
    }
}

fn by_model(money: &Money) -> Vec<ModelSpend> {
    let mut spends: BTreeMap<(&str, &str), (u32, Micros, Micros)> = BTreeMap::new();
    for line in &money.ledger.lines {
        let spend = spends.entry((&line.provider, &line.model)).or_default();
        spend.0 += 1;
        spend.1 = spend.1 + line.price;
    }
    for estimate in &money.estimates {
        if let Some(spend) = spends.get_mut(&(estimate.provider.as_str(), estimate.model.as_str())) {
            spend.2 = spend.2 + estimate.reserved;
        }
    }
    let view = |((provider, model), (calls, cost, estimated)): ((&str, &str), (u32, Micros, Micros))| ModelSpend {
        provider: provider.to_owned(),
        model: model.to_owned(),
        calls,
        micros: micros(cost),
        estimated_micros: micros(estimated),
    };
    spends.into_iter().map(view).collect()
}

/// Counted units in words: "1204 input tokens, 96 output tokens".
fn units(units: &BTreeMap<String, u64>) -> String {
    let word = |(name, count): (&String, &u64)| {
        let name = name.replace('_', " ");
        let name = if *count == 1 { name.strip_suffix('s').unwrap_or(&name) } else { &name };
        format!("{count} {name}")
    };
    units.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// The caps.
pub(crate) fn caps_view(caps: Caps) -> CapsView {
    CapsView {
        run_micros: caps.run.map(micros),
        project_micros: caps.project.map(micros),
        day_micros: caps.day.map(micros),
    }
}

/// The caps that a front end asks for.
pub(crate) fn caps(view: CapsView) -> Caps {
    let money = |micros: Option<u32>| micros.map(|m| Micros(m.into()));
    Caps { run: money(view.run_micros), project: money(view.project_micros), day: money(view.day_micros) }
}

/// Which cap, for a front end.
pub(crate) fn cap_view(cap: Cap) -> wire::Cap {
    match cap {
        Cap::Run => wire::Cap::Run,
        Cap::Project => wire::Cap::Project,
        Cap::Day => wire::Cap::Day,
    }
}

/// Which cap a front end means.
pub(crate) fn cap(cap: wire::Cap) -> Cap {
    match cap {
        wire::Cap::Run => Cap::Run,
        wire::Cap::Project => Cap::Project,
        wire::Cap::Day => Cap::Day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_told_in_words() {
        let check = |counted: &[(&str, u64)], want: &str| {
            assert_eq!(units(&counted.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect()), want);
        };
        check(&[("images", 1)], "1 image");
        check(&[("input_tokens", 1204), ("output_tokens", 96)], "1204 input tokens, 96 output tokens");
        check(&[], "");
    }
}
