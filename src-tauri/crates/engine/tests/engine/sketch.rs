//! Random graphs, and a plain model of what must become of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::{Collection, FailureKind, Need, Resource, TaskError, TaskSpec};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::stage::{Does, Stage, all_made, every, expand, gist, if_made, one};

pub(crate) const CORES: Resource = Resource("cores");
pub(crate) const CALLS: Resource = Resource("calls");

/// A task of a random graph. It waits only for tasks of lower levels; what an expand task gives has higher ones.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    gap: usize,
    /// Which lower leaf it needs, and whether it can do without.
    picks: Vec<(usize, bool)>,
    /// Which lower collection it needs, and whether what was made of it will do.
    joins: Vec<(usize, bool)>,
    fails: bool,
    cores: u32,
    calls: u32,
    says: u8,
    ms: u64,
    /// What it gives, when it is an expand task.
    gives: Option<Vec<Piece>>,
}

pub(crate) fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let part = || {
        let picks = prop::collection::vec((0..40_usize, prop::bool::weighted(0.3)), 0..3);
        let joins = prop::collection::vec((1..6_usize, prop::bool::weighted(0.3)), 0..2);
        (1..3_usize, picks, joins, prop::bool::weighted(0.06), 0..4_u32, 0..3_u32, 0..12_u8, 0..30_u64)
    };
    let leaf = part().prop_map(|p| piece(p, None));
    let tree = leaf.prop_recursive(3, 24, 4, move |inner| {
        (part(), prop::collection::vec(inner, 0..4)).prop_map(|(p, gives)| piece(p, Some(gives)))
    });
    prop::collection::vec(tree, 1..8)
}

type Part = (usize, Vec<(usize, bool)>, Vec<(usize, bool)>, bool, u32, u32, u8, u64);

fn piece((gap, picks, joins, fails, cores, calls, says, ms): Part, gives: Option<Vec<Piece>>) -> Piece {
    Piece { gap, picks, joins, fails, cores, calls, says, ms, gives }
}

/// A piece with its place in the graph.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) slot: String,
    pub(crate) needs: Vec<Need>,
    pub(crate) feeds: BTreeSet<String>,
    /// What it says of itself; some say the same as others, then their work is shared.
    pub(crate) says: Value,
    /// True when it gives the same whatever it reads.
    pub(crate) constant: bool,
    /// True when it costs nothing.
    pub(crate) free: bool,
    level: usize,
    parent: Option<usize>,
    piece: Piece,
}

impl Placed {
    pub(crate) fn is_leaf(&self) -> bool {
        self.piece.gives.is_none()
    }
}

/// All pieces, those that give before those that they give.
pub(crate) fn place(pieces: &[Piece]) -> Vec<Placed> {
    let mut all = Vec::new();
    lay(pieces, None, 0, &mut all);
    for at in (0..all.len()).rev() {
        let home =
            if all[at].is_leaf() { BTreeSet::from([format!("c{}", all[at].level)]) } else { all[at].feeds.clone() };
        if let Some(parent) = all[at].parent {
            all[parent].feeds.extend(home);
        }
    }
    for at in 0..all.len() {
        let lower: Vec<String> =
            all.iter().filter(|p| p.is_leaf() && p.level < all[at].level).map(|p| p.slot.clone()).collect();
        let piece = &all[at].piece;
        let picks = piece.picks.iter().filter(|_| !lower.is_empty()).map(|(pick, without)| {
            let of = &lower[pick % lower.len()];
            if *without { if_made(of) } else { one(of) }
        });
        let joins = piece.joins.iter().filter(|(level, _)| *level < all[at].level).map(|(level, without)| {
            let name = format!("c{level}");
            if *without { all_made(&name) } else { every(&name) }
        });
        all[at].needs = picks.chain(joins).collect();
    }
    all
}

fn lay(pieces: &[Piece], parent: Option<usize>, level: usize, all: &mut Vec<Placed>) {
    for piece in pieces {
        let level = level + piece.gap;
        let at = all.len();
        let slot = if piece.gives.is_none() { format!("c{level}/t{at}") } else { format!("e{at}") };
        all.push(Placed {
            slot,
            needs: Vec::new(),
            feeds: BTreeSet::new(),
            says: json!([piece.says, piece.fails]),
            constant: false,
            free: false,
            level,
            parent,
            piece: piece.clone(),
        });
        if let Some(gives) = &piece.gives {
            lay(gives, Some(at), level, all);
        }
    }
}

/// The tasks known at the start.
pub(crate) fn tasks(all: &Arc<Vec<Placed>>, stage: &Arc<Stage>) -> Vec<TaskSpec> {
    given_by(None, all, stage)
}

fn given_by(parent: Option<usize>, all: &Arc<Vec<Placed>>, stage: &Arc<Stage>) -> Vec<TaskSpec> {
    (0..all.len()).filter(|at| all[*at].parent == parent).map(|at| task(at, all, stage)).collect()
}

fn task(at: usize, all: &Arc<Vec<Placed>>, stage: &Arc<Stage>) -> TaskSpec {
    let placed = &all[at];
    let piece = &placed.piece;
    let uses = [(CORES, piece.cores), (CALLS, piece.calls)];
    let mut spec = if placed.is_leaf() {
        let does = match (piece.fails, placed.constant) {
            (true, _) => Does::Fail,
            (false, true) => Does::Give(always(&placed.slot)),
            (false, false) => Does::Work(piece.ms),
        };
        if placed.free {
            stage.free(&placed.slot, placed.says.clone(), &placed.needs, does)
        } else {
            stage.holding(&placed.slot, placed.says.clone(), &placed.needs, does, &uses)
        }
    } else {
        let feeds: Vec<_> = placed.feeds.iter().map(String::as_str).collect();
        let (all, stage, fails) = (Arc::clone(all), Arc::clone(stage), piece.fails);
        let gives = move |_: &engine::Inputs| {
            if fails { Err(TaskError::new(FailureKind::Invalid, "no")) } else { Ok(given_by(Some(at), &all, &stage)) }
        };
        expand(&placed.slot, &placed.needs, &feeds, Arc::new(gives))
    };
    spec.weight_ms = piece.ms as u32;
    spec
}

fn always(slot: &str) -> Value {
    json!({ "always": slot })
}

/// What each leaf task must read and say, worked out the slow way; for graphs in which nothing fails.
pub(crate) fn views(all: &[Placed]) -> BTreeMap<String, Value> {
    let mut order: Vec<usize> = (0..all.len()).filter(|at| all[*at].is_leaf()).collect();
    order.sort_by_key(|at| all[*at].level);
    let (mut views, mut values) = (BTreeMap::new(), BTreeMap::<&str, Value>::new());
    for at in order {
        let placed = &all[at];
        let mut read = Vec::new();
        for need in &placed.needs {
            match need {
                Need::One(slot) | Need::IfMade(slot) => read.push(values[slot.as_str()].clone()),
                Need::Every(name) | Need::AllMade(name) => {
                    let members = all.iter().filter(|other| other.slot.starts_with(&format!("{name}/")));
                    read.extend(members.map(|member| values[member.slot.as_str()].clone()));
                }
            }
        }
        let view = json!({ "says": placed.says, "read": read });
        values.insert(&placed.slot, if placed.constant { always(&placed.slot) } else { gist(&view) });
        views.insert(placed.slot.clone(), view);
    }
    views
}

/// The same graph with nothing that fails, every task with words of its own.
pub(crate) fn sound(pieces: &[Piece]) -> Vec<Placed> {
    fn mend(piece: &Piece) -> Piece {
        let gives = piece.gives.as_ref().map(|gives| gives.iter().map(mend).collect());
        Piece { fails: false, gives, ..piece.clone() }
    }
    let mut all = place(&pieces.iter().map(mend).collect::<Vec<_>>());
    for placed in &mut all {
        placed.says = json!([placed.slot, placed.piece.says]);
        placed.constant = placed.piece.says % 4 == 0;
    }
    all
}

/// What must become of each task that comes into the graph: `good`, `failed` or `skipped`.
pub(crate) fn expected(all: &[Placed]) -> BTreeMap<String, &'static str> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| all[*at].level);
    let mut fate: BTreeMap<String, &'static str> = BTreeMap::new();
    for at in order {
        let placed = &all[at];
        if placed.parent.is_some_and(|parent| fate.get(&all[parent].slot) != Some(&"good")) {
            continue;
        }
        let met = placed.needs.iter().all(|need| match need {
            Need::One(slot) => fate.get(slot.as_str()) == Some(&"good"),
            Need::Every(name) => all.iter().all(|other| {
                let adds = other.slot.starts_with(&format!("{name}/")) || other.feeds.contains(name.as_str());
                !adds || fate.get(&other.slot).is_none_or(|end| *end == "good")
            }),
            Need::IfMade(_) | Need::AllMade(_) => true,
        });
        let end = match (met, placed.piece.fails) {
            (false, _) => "skipped",
            (true, true) => "failed",
            (true, false) => "good",
        };
        fate.insert(placed.slot.clone(), end);
    }
    fate
}

/// The slots that must be settled before a need is met, among those that came into the graph.
pub(crate) fn givers<'a>(need: &'a Need, all: &'a [Placed]) -> impl Iterator<Item = &'a str> {
    all.iter().filter_map(move |placed| {
        let gives = match need {
            Need::One(slot) | Need::IfMade(slot) => placed.slot == slot.as_str(),
            Need::Every(name) | Need::AllMade(name) => adds(placed, name),
        };
        gives.then_some(placed.slot.as_str())
    })
}

fn adds(placed: &Placed, name: &Collection) -> bool {
    placed.slot.starts_with(&format!("{name}/")) || placed.feeds.contains(name.as_str())
}
