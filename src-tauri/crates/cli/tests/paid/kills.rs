//! Killed at any moment, a film that costs money goes on: nothing that was paid for is paid for again, and what nobody
//! knows is asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};

use testkit::provider::Kind;

use crate::studio::{FIVE_BY_EIGHT, Studio, Told, billed, excess, made, soon};

/// A film that nothing disturbed.
struct Reference {
    /// How many lines of progress it told.
    lines: usize,
    billed: BTreeMap<(Kind, String), u32>,
    pieces: BTreeMap<String, String>,
}

fn reference() -> Reference {
    let studio = Studio::new(soon());
    let told = studio.make(FIVE_BY_EIGHT, &[]).ends(0);
    Reference { lines: told.err.lines().count(), billed: billed(&studio.log()), pieces: studio.pieces() }
}

/// Kills the program after so many lines of progress, goes on to the end, and looks at everything.
fn check(reference: &Reference, after: usize) {
    let studio = Studio::new(soon());
    let (before, later) = (studio.path("before.jsonl"), studio.path("later.jsonl"));
    let mut film = studio.film(FIVE_BY_EIGHT, &["--events"]).arg(&before).spawn().unwrap();
    let told = BufReader::new(film.stderr.take().unwrap()).lines().map_while(Result::ok);
    let heard = told.take(after).count();
    film.kill().unwrap();
    film.wait().unwrap();

    let whole = |told: &Told| format!("killed after {after} lines ({heard} heard):\n{}{}", told.out, told.err);
    let first = studio.command(&["resume", "--events"]).arg(&later).output().unwrap();
    let mut told = Told::of(&first);
    assert_eq!(excess(&studio.log(), &reference.billed), 0, "nothing is sent twice without a yes; {}", whole(&told));
    let again: Vec<_> = made(&before).intersection(&made(&later)).cloned().collect();
    assert!(again.is_empty(), "made twice: {again:?}; {}", whole(&told));
    let unknown = told.err.matches("Nobody knows whether a call").count() as u32;
    if told.code == Some(3) {
        assert!(unknown > 0, "{}", whole(&told));
        assert!(told.err.contains("--send-again"), "the answer is named: {}", whole(&told));
        told = studio.run(&["resume", "--send-again"]);
        let excess = excess(&studio.log(), &reference.billed);
        assert!(excess <= unknown, "{excess} sent twice, {unknown} unknown; {}", whole(&told));
    }
    assert_eq!(told.code, Some(0), "{}", whole(&told));
    assert_eq!(studio.pieces(), reference.pieces, "the same film; {}", whole(&told));
}

fn kills(count: usize) {
    let reference = reference();
    assert!(reference.lines > 100, "{} tasks are told of", reference.lines);
    for kill in 0..count {
        // The first kill comes when there is a run to go on with.
        check(&reference, (reference.lines * (kill + 1) / (count + 1)).max(1));
    }
}

#[test]

fn ten_kills_cost_nothing_twice() {
    kills(10);
}

#[test]
#[ignore = "takes an hour: make soak"]
fn two_hundred_kills_cost_nothing_twice() {
    kills(200);
}
