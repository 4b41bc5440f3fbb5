//! The desk: one project while something is decided about it. What is read belongs to one moment, what is to be written
//! is written at once, and nobody else decides about the project meanwhile.

use engine::RunId;
use library::{Change, Editions, Library, LibraryError, MessageId, ProjectId, Snapshot};
use serde_json::{Value, json};
use story::{Language, clean_text};
use tokio::sync::OwnedMutexGuard;

use super::Direction;
use crate::replies::{Reply, say};
use crate::{Body, ConversationError, Edition, Message, ProjectRecord, Proposal, ProposalState, Stage};

/// The document that holds the proposal which waits for a word; null when none does.
pub const PROPOSAL: &str = "proposal";

/// A project while something is decided about it.
pub(crate) struct Desk {
    pub(crate) project: ProjectId,
    pub(crate) snapshot: Snapshot,
    pub(crate) record: ProjectRecord,
    editions: Editions,
    edition: Option<Edition>,
    number: Option<u32>,
    changes: Vec<Change>,
    /// Said, and not written yet.
    said: Vec<Message>,
    /// Said and written.
    pub(crate) answered: Vec<Message>,
    _alone: OwnedMutexGuard<()>,
}

/// An event of the project's stream.
fn event(run: Option<RunId>, kind: &str, mut body: Value) -> Change {
    body["type"] = kind.into();
    Change::Event { run, body }
}

/// A message, stored and told.
fn message_changes(message: &Message) -> Result<Vec<Change>, ConversationError> {
    let id = MessageId::new();
    let body = to_value(&message.body)?;
    Ok(vec![
        Change::Message { id: id.clone(), role: message.author.as_str().to_owned(), body: body.clone() },
        event(None, "message", json!({ "id": id.as_str(), "author": message.author, "body": body })),
    ])
}

fn to_value(value: &impl serde::Serialize) -> Result<Value, ConversationError> {
    serde_json::to_value(value).map_err(|e| ConversationError::unstorable(&e))
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, ConversationError> {
    serde_json::from_value(value.clone()).map_err(|e| ConversationError::unstorable(&e))
}

impl Direction {
    /// The project, for one decision.
    pub(crate) async fn desk(&self, project: &ProjectId) -> Result<Box<Desk>, ConversationError> {
        // On the heap, and so is the reading: every request holds a desk, and a thread's stack is small.
        Box::pin(self.read_desk(project)).await
    }

    async fn read_desk(&self, project: &ProjectId) -> Result<Box<Desk>, ConversationError> {
        let alone = self.alone(project).lock_owned().await;
        let snapshot = self.library().snapshot(project).await?;
        let mut record: ProjectRecord =
            snapshot.documents.get("record").map_or_else(|| Ok(ProjectRecord::default()), read)?;
        let editions = self.library().editions(project).await?;
        let current = editions.all.iter().find(|e| Some(e.number) == editions.current);
        let mut desk = Box::new(Desk {
            project: project.clone(),
            number: editions.current,
            edition: current.map(|e| read(&e.value)).transpose()?,
            snapshot,
            editions,
            changes: Vec::new(),
            said: Vec::new(),
            answered: Vec::new(),
            record: ProjectRecord::default(),
            _alone: alone,
        });
        // A project from before there were editions: its brief is the first one.
        let inherited = record.brief.take();
        desk.record = record;
        if let (None, Some(brief)) = (&desk.edition, inherited) {
            let version = desk.record.version.max(1);
            let made = desk.record.has_film && !desk.record.film_outdated;
            desk.decide(Edition { version, ..Edition::of(brief) }, &Reply::FirstBrief)?;
            if made {
                desk.record.film_of = desk.number.into_iter().collect();
                desk.record.film_outdated = false;
            }
        }
        Ok(desk)
    }

    /// Writes what was decided, all of it or nothing.
    pub(crate) async fn commit(&self, desk: &mut Desk) -> Result<(), ConversationError> {
        if self.run_of(&desk.project).is_none() {
            let stage = desk.stage_changes(desk.stage());
            desk.write(stage);
        }
        self.write(desk).await
    }

    /// Writes what was decided; the stage is among it already, or stays.
    pub(crate) async fn write(&self, desk: &mut Desk) -> Result<(), ConversationError> {
        let mut changes = std::mem::take(&mut desk.changes);
        for message in &desk.said {
            changes.extend(message_changes(message)?);
        }
        desk.answered.append(&mut desk.said);
        changes.extend(desk.told()?);
        self.library().commit(&desk.project, changes).await?;
        Ok(())
    }
}

impl Desk {
    /// What is decided now.
    pub(crate) fn edition(&self) -> Option<&Edition> {
        self.edition.as_ref()
    }

    /// The number of what is decided now.
    pub(crate) fn number(&self) -> Option<u32> {
        self.number
    }

    /// All that was decided.
    pub(crate) fn editions(&self) -> &Editions {
        &self.editions
    }

    /// The language that is spoken with the person.
    pub(crate) fn language(&self) -> Language {
        self.record.language
    }

    /// Something more to be written.
    pub(crate) fn write(&mut self, changes: impl IntoIterator<Item = Change>) {
        self.changes.extend(changes);
    }

    /// Something more to be told.
    pub(crate) fn tell(&mut self, kind: &str, body: Value) {
        self.changes.push(event(None, kind, body));
    }

    /// Says something.
    pub(crate) fn say(&mut self, body: Body) {
        self.said.push(Message::reply(body));
    }

    /// A message of either side.
    pub(crate) fn put(&mut self, message: Message) {
        self.said.push(message);
    }

    /// Takes back what was said last and not written yet.
    pub(crate) fn unsay(&mut self) {
        self.said.pop();
    }

    /// Says something in words.
    pub(crate) fn reply(&mut self, reply: &Reply) {
        let text = self.words(reply);
        self.say(Body::Text { text });
    }

    /// Words in the person's language.
    pub(crate) fn words(&self, reply: &Reply) -> String {
        say(reply, self.language())
    }

    /// A decision: it becomes the current edition.
    pub(crate) fn decide(&mut self, edition: Edition, what: &Reply) -> Result<u32, ConversationError> {
        let words = self.words(what);
        self.decide_in_words(edition, words)
    }

    /// As [`Desk::decide`], with the words for the history.
    pub(crate) fn decide_in_words(&mut self, edition: Edition, words: String) -> Result<u32, ConversationError> {
        edition.brief.check()?;
        let number = self.editions.all.iter().map(|e| e.number).max().unwrap_or_default() + 1;
        let value = to_value(&edition)?;
        let kept =
            library::Edition { number, parent: self.number, value: value.clone(), words: words.clone(), at_ms: 0 };
        self.changes.push(Change::Edition { value, words });
        self.editions.all.push(kept);
        self.stand_at(number, edition);
        Ok(number)
    }

    /// Another value for the decision that was just made and is not written yet.
    pub(crate) fn decide_instead(&mut self, edition: Edition, what: &str) -> Result<(), ConversationError> {
        let new = to_value(&edition)?;
        for change in &mut self.changes {
            if let Change::Edition { value, words } = change {
                value.clone_from(&new);
                what.clone_into(words);
            }
        }
        if let Some(last) = self.editions.all.last_mut() {
            last.value = new;
            what.clone_into(&mut last.words);
        }
        self.edition = Some(edition);
        Ok(())
    }

    /// The editions from the first to the current one.
    pub(crate) fn line_of_editions(&self) -> Vec<&library::Edition> {
        let mut line = Vec::new();
        let mut at = self.number;
        while let Some(edition) = at.and_then(|number| self.editions.all.iter().find(|e| e.number == number)) {
            line.push(edition);
            at = edition.parent;
        }
        line.reverse();
        line
    }

    /// A decision that changes nothing in the film that is shown.
    pub(crate) fn decide_the_same(&mut self, edition: Edition, what: &Reply) -> Result<u32, ConversationError> {
        let before = self.number;
        let number = self.decide(edition, what)?;
        if before.is_some_and(|before| self.record.film_of.contains(&before)) {
            self.record.film_of.push(number);
        }
        self.look_at_film();
        Ok(number)
    }

    /// Goes to another edition; its words.
    pub(crate) fn go_to(&mut self, number: u32) -> Result<String, ConversationError> {
        let found = self.editions.all.iter().find(|e| e.number == number);
        let found = found.ok_or(ConversationError::NoEdition(number))?;
        let (edition, words) = (read(&found.value)?, found.words.clone());
        self.changes.push(Change::EditionMove { to: number });
        self.stand_at(number, edition);
        Ok(words)
    }

    fn stand_at(&mut self, number: u32, edition: Edition) {
        self.editions.current = Some(number);
        self.number = Some(number);
        self.changes.push(Change::Pins(edition.keys()));
        self.changes.push(event(None, "history", json!({ "number": number })));
        self.edition = Some(edition);
        self.look_at_film();
    }

    /// True while what is decided was never made: there is no film, or it is about something else.
    pub(crate) fn plans_anew(&self) -> bool {
        let theme = |value: &Value| value.get("brief")?.get("theme")?.as_str().map(str::to_owned);
        let film = self.editions.all.iter().filter(|e| self.record.film_of.contains(&e.number));
        let mut themes = film.filter_map(|edition| theme(&edition.value));
        let now = self.edition.as_ref().map(|edition| edition.brief.theme.as_str());
        !self.record.has_film || !self.record.film_of.is_empty() && themes.all(|theme| Some(theme.as_str()) != now)
    }

    /// Whether the film that is shown comes of what is decided now.
    pub(crate) fn look_at_film(&mut self) {
        let of = |number: &u32| self.record.film_of.contains(number);
        self.record.film_outdated = self.record.has_film && !self.number.as_ref().is_some_and(of);
    }

    /// The proposal that waits for a word.
    pub(crate) fn open_proposal(&self) -> Option<Proposal> {
        let id = self.record.proposal.as_ref()?;
        let proposal: Proposal = read(self.snapshot.documents.get(PROPOSAL)?).ok()?;
        (proposal.id == *id).then_some(proposal)
    }

    /// Shows a proposal, in place of the one that waited.
    pub(crate) fn show(&mut self, text: String, proposal: Proposal) -> Result<(), ConversationError> {
        self.close_proposal(ProposalState::Dismissed);
        let value = to_value(&proposal)?;
        self.changes.push(Change::Document { name: PROPOSAL.into(), value: value.clone() });
        self.snapshot.documents.insert(PROPOSAL.into(), value);
        self.record.proposal = Some(proposal.id.clone());
        self.say(Body::Proposal { text, proposal: Box::new(proposal) });
        Ok(())
    }

    /// The proposal that waited waits no more.
    pub(crate) fn close_proposal(&mut self, state: ProposalState) {
        let Some(id) = self.record.proposal.take() else { return };
        self.changes.push(event(None, "proposal", json!({ "id": id, "state": state })));
        self.changes.push(Change::Document { name: PROPOSAL.into(), value: Value::Null });
        if state == ProposalState::Applied {
            self.record.applied.push(id);
        }
    }

    /// How far the project is when no run is on.
    pub(crate) fn stage(&self) -> Stage {
        match (self.record.has_film, &self.edition, Stage::of(&self.snapshot.project.stage)) {
            (true, ..) => Stage::Film,
            (false, Some(_), Stage::Unfinished) => Stage::Unfinished,
            (false, Some(_), _) => Stage::Planned,
            (false, None, _) => Stage::Empty,
        }
    }

    /// The record and what is decided, stored and told.
    pub(crate) fn told(&self) -> Result<Vec<Change>, ConversationError> {
        let record = to_value(&self.record)?;
        let edition = to_value(&self.edition)?;
        Ok(vec![
            Change::Document { name: "record".into(), value: record.clone() },
            event(None, "record", json!({ "record": record, "edition": edition })),
        ])
    }

    /// The stage and the title, stored and told.
    pub(crate) fn stage_changes(&self, stage: Stage) -> Vec<Change> {
        self.stage_changes_titled(stage, None)
    }

    /// As [`Desk::stage_changes`], with a title that came of a film.
    pub(crate) fn stage_changes_titled(&self, stage: Stage, title: Option<String>) -> Vec<Change> {
        let untitled = self.snapshot.project.title.is_empty() || !self.snapshot.documents.contains_key("titled");
        let title = title.unwrap_or_else(|| match &self.edition {
            Some(edition) if untitled && !self.record.has_film => {
                let about = edition.series.as_ref().map_or(&edition.brief.theme, |series| &series.theme);
                clean_text(&story::sentence_case(about), 60)
            }
            _ => self.snapshot.project.title.clone(),
        });
        vec![
            Change::Title(title.clone()),
            Change::Stage(stage.as_str().into()),
            event(None, "project", json!({ "title": title, "stage": stage })),
        ]
    }
}

/// What is decided in a project, for whoever only looks: the current edition, or the brief of a project from before there
/// were editions. One that cannot be read counts as none, so that the project can still be opened.
pub async fn edition_of(library: &Library, snapshot: &Snapshot) -> Result<Option<Edition>, LibraryError> {
    if let Some(current) = library.current_edition(&snapshot.project.id).await? {
        return Ok(read(&current.value).ok());
    }
    let record: Option<ProjectRecord> = snapshot.documents.get("record").and_then(|value| read(value).ok());
    Ok(record.and_then(|mut record| {
        let version = record.version.max(1);
        record.brief.take().map(|brief| Edition { version, ..Edition::of(brief) })
    }))
}
