//! Requests read as changes: what a person says about the film, as typed changes to it.
//!
//! The words of a request are taken apart by understanding (what is done, to what, where, what it becomes); here they are
//! laid on the film as it is: which scene is the forest, who is "her". What cannot be read is said, never guessed.

mod cast;
mod film;
mod lines;
mod scenes;
mod scope;
pub(super) mod series;
mod shots;
mod staging;

use story::{Brief, CastId, SceneId};

use super::words;
use crate::documents::Documents;
use crate::replies::Reply;
use crate::understanding::understand_as;
use crate::{Change, Context, Edition, Focus, Intent, ModificationDetails, change_brief};

/// What a message comes to.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) changes: Vec<Change>,
    /// What cannot be done, and what is not there.
    pub(super) troubles: Vec<Reply>,
    /// Who may be meant, when it is one of several.
    pub(super) which: Vec<CastId>,
    /// "Another version" was asked for.
    pub(super) another_version: bool,
}

/// Reads requests about one film.
pub(super) struct Reader<'a> {
    pub(super) edition: &'a Edition,
    /// The film as it is; `None` while nothing is written.
    pub(super) documents: Option<&'a Documents>,
    pub(super) context: &'a Context,
    pub(super) focus: Focus,
    /// Who is meant whatever the words say, for a correction or an answer.
    pub(super) who: Option<CastId>,
    /// Which scenes are meant whatever the words say.
    pub(super) scenes: Option<Vec<SceneId>>,
    /// The scenes of the request before, for "and add fog".
    before: Option<Vec<SceneId>>,
    /// The episode of the request before.
    episode: Option<usize>,
    pub(super) read: Read,
}

/// One request with what is known of its words.
pub(super) struct Request<'a> {
    text: &'a str,
    /// Its words, lower case, with a space around each.
    spaced: String,
    target: String,
    operation: String,
    details: ModificationDetails,
}

impl<'a> Request<'a> {
    fn of(text: &'a str, context: &Context) -> Self {
        let details = understand_as(Intent::Modification, text, context).modification.unwrap_or_default();
        Self {
            text,
            spaced: words::spaced(text),
            target: details.target.clone().unwrap_or_default(),
            operation: details.operation.clone().unwrap_or_default(),
            details,
        }
    }

    /// True when one of the words or phrases is in it.
    fn has(&self, list: &[&str]) -> bool {
        words::has(self.text, &self.spaced, list)
    }

    /// True when a word of a class is in it.
    fn says(&self, class: &str) -> bool {
        self.has(words::list(class))
    }

    fn does(&self, operations: &[&str]) -> bool {
        operations.contains(&self.operation.as_str())
    }

    fn is_about(&self, targets: &[&str]) -> bool {
        targets.contains(&self.target.as_str())
    }

    /// What is between quotes.
    fn quote(&self) -> Option<String> {
        let pairs = [('"', '"'), ('“', '”'), ('«', '»'), ('「', '」'), ('„', '“'), ('‘', '’'), ('\'', '\'')];
        pairs.iter().find_map(|(open, close)| {
            let from = self.text.find(*open)? + open.len_utf8();
            let to = self.text[from..].rfind(*close)? + from;
            let inner = self.text[from..to].trim();
            (!inner.is_empty() && (*open != '\'' || self.text[to..].len() <= 2)).then(|| inner.to_owned())
        })
    }

    /// What it becomes: the quoted words, what follows "to" or "with", or what understanding found.
    fn value(&self) -> Option<String> {
        let after = |word: &str| self.text.split_once(word).map(|(_, rest)| rest.trim());
        let said = [
            " to say ", " to: ", " to ", " with ", " into ", ": ", " por ", " par ", " durch ", " zu ", "改成", "换成",
            "改为", "に",
        ]
        .iter()
        .find_map(|word| after(word));
        let clean = |text: &str| text.trim_matches(|c: char| c.is_whitespace() || ".,!?\"'“”".contains(c)).to_owned();
        self.quote()
            .or_else(|| self.details.value.clone())
            .or_else(|| said.map(clean))
            .filter(|value| !value.is_empty())
    }
}

/// Words without those in front that only name whom they are about: "fisherman a red coat".
fn without_name(value: &str, name: &str) -> String {
    let names = story::words(name);
    let of_name = |word: &&str| {
        let word = word.to_lowercase();
        names.contains(&word) || ["the", "to", "him", "her", "it", "them"].contains(&word.as_str())
    };
    let rest: Vec<_> = value.split_whitespace().skip_while(of_name).collect();
    if rest.is_empty() { value.to_owned() } else { rest.join(" ") }
}

/// A feeling that words name, also by comparison: "happier".
fn feeling(text: &str) -> Option<story::Mood> {
    let one = |word: &String| {
        let stem = word.strip_suffix("er")?;
        let plain = stem.strip_suffix('i').map_or_else(|| stem.to_owned(), |stem| format!("{stem}y"));
        let half = plain.strip_suffix('d').unwrap_or(&plain);
        story::Mood::from_words(&format!("{plain} {half} {plain}e"))
    };
    story::Mood::from_words(text).or_else(|| story::words(text).iter().rev().find_map(one))
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        edition: &'a Edition,
        documents: Option<&'a Documents>,
        context: &'a Context,
        focus: Focus,
    ) -> Self {
        let (who, scenes, before, episode) = (None, None, None, None);
        Self { edition, documents, context, focus, who, scenes, before, episode, read: Read::default() }
    }

    /// Begins in the scenes of changes that were asked for before.
    pub(super) fn after(mut self, scenes: Option<Vec<SceneId>>) -> Self {
        self.before = scenes.filter(|list| !list.is_empty());
        self
    }

    /// Reads the requests of a message, in order.
    pub(super) fn message(&mut self, text: &str) {
        for request in super::requests::requests(text) {
            self.request(&request);
        }
    }

    fn request(&mut self, text: &str) {
        let request = Request::of(text, self.context);
        let before = (self.read.changes.len(), self.read.troubles.len(), self.read.which.len());
        let read = self.series(&request)
            || self.line(&request)
            || self.shot(&request)
            || self.cast(&request)
            || self.scene(&request)
            || self.film(&request);
        if self.read.another_version {
            return;
        }
        let after = (self.read.changes.len(), self.read.troubles.len(), self.read.which.len());
        if !read && before == after && !self.only_says_where(&request) {
            self.cannot(&request);
        }
    }

    /// The brief with what was read so far.
    fn brief_now(&self) -> Brief {
        let fields = self.read.changes.iter().filter_map(|change| match change {
            Change::Brief(field) => Some(field),
            _ => None,
        });
        fields.fold(self.edition.brief.clone(), |brief, field| change_brief(&brief, field).unwrap_or(brief))
    }

    fn change(&mut self, change: Change) -> bool {
        self.read.changes.push(change);
        true
    }

    fn film_change(&mut self, change: story::Change) -> bool {
        self.change(Change::Film(change))
    }

    fn trouble(&mut self, reply: Reply) -> bool {
        self.read.troubles.push(reply);
        true
    }

    /// Something of the film is needed that is not written yet.
    fn not_written(&mut self) -> bool {
        if !self.read.troubles.contains(&Reply::NotWritten) {
            self.read.troubles.push(Reply::NotWritten);
        }
        true
    }

    fn cannot(&mut self, request: &Request<'_>) {
        self.trouble(Reply::CannotYet { what: request.text.to_owned() });
    }
}
