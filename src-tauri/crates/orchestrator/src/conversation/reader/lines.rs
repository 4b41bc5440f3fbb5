//! Requests about lines: other words, fewer words, one less.

use engine::Slot;
use story::{Change as Film, Line, LineId, NewLine, ScriptChange, Speaker};

use super::super::heard::number;
use super::super::words;
use super::{Reader, Request};
use crate::Change;
use crate::documents::Documents;
use crate::replies::{Reply, Thing};

impl Reader<'_> {
    /// Reads a request about a line.
    pub(super) fn line(&mut self, request: &Request<'_>) -> bool {
        let numbered = line_number(request);
        let speaks = request.is_about(&["dialogue", "text", "voice_over", "script"]) && request.says("line");
        if numbered.is_none() && !speaks {
            return false;
        }
        let Some(documents) = self.documents else { return self.not_written() };
        if request.does(&["add"]) && numbered.is_none() {
            return self.add_line(request, documents);
        }
        let Some(line) = self.meant_line(numbered.as_ref(), request, documents) else {
            return !self.read.troubles.is_empty();
        };
        let id = line.id.clone();
        match request.operation.as_str() {
            "remove" => self.script(ScriptChange::RemoveLine { line: id }),
            "shorten" => {
                if let Some(text) = shorter(&line.text) {
                    return self.change(Change::line(id, text));
                }
                let thing = Thing::Line(documents.number_of_line(&id));
                self.trouble(Reply::ShortAlready { thing, text: line.text.clone() })
            }
            "regenerate" if request.value().is_none() => {
                Slot::new(format!("voice/{id}")).is_ok_and(|slot| self.change(Change::Retake(slot)))
            }
            _ => match said(request) {
                Some(text) => self.change(Change::line(id, text)),
                None => false,
            },
        }
    }

    fn script(&mut self, change: ScriptChange) -> bool {
        self.film_change(Film::Script(change))
    }

    fn meant_line<'d>(
        &mut self,
        numbered: Option<&Which>,
        request: &Request<'_>,
        documents: &'d Documents,
    ) -> Option<&'d Line> {
        match numbered {
            Some(Which::Last) => documents.script.lines().last(),
            Some(&Which::Number(n)) => {
                let scenes = self.named_scenes(request).filter(|_| request.details.scene.is_some());
                let found = match scenes.and_then(|list| list.into_iter().next()) {
                    Some(scene) => documents.script.scene(&scene).and_then(|s| s.lines.get(n.checked_sub(1)? as usize)),
                    None => documents.line_numbered(n),
                };
                if found.is_none() {
                    let count = documents.script.lines().count() as u32;
                    self.trouble(Reply::NoSuch { thing: Thing::Line(n), count });
                }
                found
            }
            None => quoted_line(request, documents),
        }
    }

    fn add_line(&mut self, request: &Request<'_>, documents: &Documents) -> bool {
        let Some(text) = request.quote() else { return false };
        let named = self.named_scenes(request).and_then(|list| list.into_iter().next());
        let Some(scene) =
            named.or_else(|| self.focus.scene.clone()).or_else(|| documents.scenes().last().map(|s| s.id.clone()))
        else {
            return false;
        };
        let speaker = self.who(request).map_or(Speaker::Narrator, Speaker::Cast);
        let after: Option<LineId> = documents.script.scene(&scene).and_then(|s| s.lines.last()).map(|l| l.id.clone());
        self.script(ScriptChange::AddLine { scene, after, line: NewLine { speaker, text } })
    }
}

enum Which {
    Number(u32),
    Last,
}

/// "Line 4", "the second line", "the last line", 第三句.
fn line_number(request: &Request<'_>) -> Option<Which> {
    let words = story::words(request.text);
    for (at, word) in words.iter().enumerate().filter(|(_, word)| words::list("line").contains(&word.as_str())) {
        let after = words.get(at + 1).and_then(|w| number(w));
        let before = at.checked_sub(1).and_then(|b| words.get(b));
        if let Some(n) = after.or_else(|| before.and_then(|w| number(w))).or_else(|| before.and_then(|w| ordinal(w))) {
            return Some(Which::Number(n));
        }
        if before.is_some_and(|w| ["last", "final", "última", "dernière", "letzte", "letzten"].contains(&w.as_str()))
        {
            return Some(Which::Last);
        }
        let _ = word;
    }
    let unspaced = request.text.split_once('第').map(|(_, rest)| rest)?;
    let digits: String =
        unspaced.chars().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)).collect();
    let rest = &unspaced[digits.len()..];
    let is_line = ["句", "行", "条台词", "个台词", "のせりふ", "のセリフ"].iter().any(|word| rest.starts_with(word));
    number(&digits).filter(|_| is_line).map(Which::Number)
}

fn ordinal(word: &str) -> Option<u32> {
    let lists: [&[&str]; 5] = [
        &["first", "primera", "première", "erste", "ersten", "1st"],
        &["second", "segunda", "deuxième", "zweite", "zweiten", "2nd"],
        &["third", "tercera", "troisième", "dritte", "dritten", "3rd"],
        &["fourth", "cuarta", "quatrième", "vierte", "vierten", "4th"],
        &["fifth", "quinta", "cinquième", "fünfte", "fünften", "5th"],
    ];
    lists.iter().position(|list| list.contains(&word)).map(|at| at as u32 + 1)
}

/// The line whose words are quoted.
fn quoted_line<'d>(request: &Request<'_>, documents: &'d Documents) -> Option<&'d Line> {
    let quote = request.quote()?.to_lowercase();
    documents.script.lines().find(|line| line.text.to_lowercase().contains(&quote))
}

/// The new words: what is quoted, or what follows "to" and the like.
fn said(request: &Request<'_>) -> Option<String> {
    let after = [
        " to say ",
        " so it says ",
        " to: ",
        " to ",
        " say ",
        " reads ",
        ": ",
        " por ",
        " en: ",
        " zu ",
        "改成",
        "改为",
        "を",
    ];
    let rest = after.iter().find_map(|word| request.text.split_once(word).map(|(_, rest)| rest.trim().to_owned()));
    let text = request.quote().or(rest).or_else(|| request.details.value.clone())?;
    let text = story::clean_text(text.trim_matches(|c: char| c.is_whitespace() || "\"“”«»".contains(c)), 400);
    (story::words(&text).len() > 1 || text.chars().any(|c| c > '\u{2e80}')).then_some(text)
}

/// A line in fewer words: its first sentence, or what comes before a comma; `None` when it is short already.
fn shorter(text: &str) -> Option<String> {
    let sentences: Vec<&str> =
        text.split_inclusive(['.', '!', '?', '。', '！', '？']).map(str::trim).filter(|s| !s.is_empty()).collect();
    if let [first, _, ..] = sentences.as_slice() {
        return Some((*first).to_owned());
    }
    let stop = text.chars().next_back().filter(|c| ".!?。！？".contains(*c)).unwrap_or('.');
    let cut = text.find([',', ';', '，', '；', '、', '—']).or_else(|| text.find(" and ")).filter(|at| *at >= 8)?;
    Some(format!("{}{stop}", text[..cut].trim_end()))
}
