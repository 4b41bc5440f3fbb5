//! The script as it is typed: rows of letters that are all equally wide. The plain text and the pages are both of it.

use std::fmt::Write as _;

use super::Papers;
use super::papers::one_row;
use crate::rows;

/// What a row of a script is, which decides where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Heading,
    Action,
    Cue,
    Speech,
}

impl Kind {
    /// How many cells it is moved in.
    pub(crate) fn indent(self) -> usize {
        match self {
            Self::Heading | Self::Action => 0,
            Self::Cue => 22,
            Self::Speech => 10,
        }
    }

    /// How many cells a row of it has.
    fn cells(self) -> usize {
        match self {
            Self::Heading | Self::Action => 60,
            Self::Cue => 38,
            Self::Speech => 35,
        }
    }
}

/// Rows that belong together: a heading, what happens, a speech with its cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) rows: Vec<(Kind, String)>,
}

impl Block {
    fn of(kind: Kind, text: &str) -> Self {
        Self { rows: wrapped(kind, text) }
    }

    /// True when it opens a scene.
    pub(crate) fn is_heading(&self) -> bool {
        self.rows.first().is_some_and(|(kind, _)| *kind == Kind::Heading)
    }
}

/// A text in rows of its kind, filled one after the other as a typewriter does.
fn wrapped(kind: Kind, text: &str) -> Vec<(Kind, String)> {
    let limit = kind.cells();
    let mut rows: Vec<(usize, String)> = Vec::new();
    for token in rows::tokens(text, limit) {
        let gap = usize::from(token.spaced);
        match rows.last_mut() {
            Some((used, row)) if *used + gap + token.cells <= limit => {
                if token.spaced {
                    row.push(' ');
                }
                row.push_str(token.text);
                *used += gap + token.cells;
            }
            _ => rows.push((token.cells, token.text.to_owned())),
        }
    }
    rows.into_iter().map(|(_, row)| (kind, row)).collect()
}

/// The whole script, block by block.
pub(crate) fn blocks(papers: &Papers) -> Vec<Block> {
    let mut found = Vec::new();
    for (number, scene) in papers.scenes() {
        found.push(Block::of(Kind::Heading, &format!("{number}. {}", papers.heading(scene))));
        let summary = one_row(&scene.summary);
        if !summary.is_empty() {
            found.push(Block::of(Kind::Action, &summary));
        }
        let mut before = None;
        for line in scene.lines.iter().filter(|line| !line.text.trim().is_empty()) {
            let speech = wrapped(Kind::Speech, &line.text);
            if before == Some(&line.speaker)
                && let Some(block) = found.last_mut()
            {
                block.rows.extend(speech);
                continue;
            }
            before = Some(&line.speaker);
            let (name, unseen) = papers.speaker(line);
            let cue = format!("{}{}", one_row(&name).to_uppercase(), if unseen { " (V.O.)" } else { "" });
            let mut block = Block::of(Kind::Cue, &cue);
            block.rows.extend(speech);
            found.push(block);
        }
    }
    found
}

/// The script as plain text, to be read in any program.
pub fn script_text(papers: &Papers) -> String {
    let script = &papers.script;
    let mut text = format!("{}\n", one_row(&script.title).to_uppercase());
    let logline = one_row(&script.logline);
    if !logline.is_empty() {
        text.push('\n');
        for (_, row) in wrapped(Kind::Action, &logline) {
            let _ = writeln!(text, "{row}");
        }
    }
    for block in blocks(papers) {
        text.push_str(if block.is_heading() { "\n\n" } else { "\n" });
        for (kind, row) in &block.rows {
            let _ = writeln!(text, "{:width$}{row}", "", width = kind.indent());
        }
    }
    text
}
