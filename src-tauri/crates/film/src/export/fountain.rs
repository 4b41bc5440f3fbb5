//! The script as Fountain (<https://fountain.io/syntax>): plain text that every screenwriting program reads.
//!
//! What people and models wrote is words in it and never marks: where a text would be read as a heading, a cue or a
//! note, it is forced to be what it is, or its mark is taken apart.

use std::fmt::Write as _;

use story::{Line, Scene};

use super::Papers;
use super::papers::one_row;

/// The script as Fountain.
pub fn fountain(papers: &Papers) -> String {
    let script = &papers.script;
    let mut text = format!("Title: {}\n", unmarked(&one_row(&script.title)));
    let logline = one_row(&script.logline);
    if !logline.is_empty() {
        let _ = writeln!(text, "Notes: {}", unmarked(&logline));
    }
    for (number, scene) in papers.scenes() {
        let _ = write!(text, "\n{} #{number}#\n", heading(papers, scene));
        let title = one_row(&scene.title);
        if !title.is_empty() {
            let _ = write!(text, "\n= {}\n", unmarked(&title));
        }
        let summary = one_row(&scene.summary);
        if !summary.is_empty() {
            let _ = write!(text, "\n{}\n", action(&summary));
        }
        speeches(papers, scene, &mut text);
    }
    text
}

/// A scene heading; `#` ends it, so a place has none.
fn heading(papers: &Papers, scene: &Scene) -> String {
    unmarked(&papers.heading(scene)).replace('#', "")
}

/// The lines of a scene; those of one speaker that follow each other are one speech of several rows.
fn speeches(papers: &Papers, scene: &Scene, text: &mut String) {
    let mut before: Option<&Line> = None;
    for line in &scene.lines {
        let words = one_row(&line.text);
        if words.is_empty() {
            continue;
        }
        if before.is_none_or(|before| before.speaker != line.speaker) {
            let _ = write!(text, "\n{}\n", cue(papers, line));
        }
        let _ = writeln!(text, "{}", spoken(&words));
        before = Some(line);
    }
}

/// A character cue: a row of capitals. Names that have none are marked as names.
fn cue(papers: &Papers, line: &Line) -> String {
    let (name, unseen) = papers.speaker(line);
    let name = one_row(&name).to_uppercase();
    let name = unmarked(name.trim_end_matches('^').trim_start_matches(['@', '!', '.', '>', '~', '#', '=', ' ']));
    let name = if name.is_empty() { "SOMEBODY".to_owned() } else { name };
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_heading(&name) && !name.ends_with("TO:");
    format!("{}{name}{}", if plain { "" } else { "@" }, if unseen { " (V.O.)" } else { "" })
}

fn action(text: &str) -> String {
    let marked = text.starts_with(['.', '!', '@', '>', '~', '#', '=']);
    // A row of capitals could be a cue, or "CUT TO:".
    let loud = !text.chars().any(char::is_lowercase);
    let forced = marked || loud || is_heading(text);
    format!("{}{}", if forced { "!" } else { "" }, unmarked(text))
}

/// A row of dialogue. A song's mark at its start is kept from being one.
fn spoken(text: &str) -> String {
    let text = unmarked(text);
    if text.starts_with('~') { format!("\\{text}") } else { text }
}

/// True for what begins like a scene heading.
fn is_heading(text: &str) -> bool {
    let start = text.get(..4).or(text.get(..3)).unwrap_or(text).to_uppercase();
    let known = ["INT", "EXT", "EST", "I/E"].iter().any(|word| start.starts_with(word));
    known && text.chars().nth(3).is_none_or(|c| matches!(c, '.' | ' ' | '/'))
}

/// Text without emphasis, notes and cut-out parts in it.
fn unmarked(text: &str) -> String {
    text.replace("[[", "[ [").replace("]]", "] ]").replace('*', "\\*").replace('_', "\\_")
}
