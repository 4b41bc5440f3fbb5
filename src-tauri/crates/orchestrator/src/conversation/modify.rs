//! Changes by words: read, worked out, and made at once or shown.

use story::{CastId, SceneId};

use super::reader::{Read, Reader};
use super::turn::{Next, Turn, another_version};
use crate::replies::Reply;
use crate::understanding::chosen;
use crate::{Answer, Body, Change, ConversationError, Edition, Message, ProposalState, Subject};

/// How sure a message must be for its change to be made at once.
const PLAINLY: f32 = 0.85;

impl Turn<'_> {
    /// The requests of a message.
    pub(super) async fn modify(&mut self, text: &str) -> Result<(), ConversationError> {
        self.modify_as(text, None, None).await
    }

    /// The last change once more, with another one meant.
    pub(super) async fn change_again(
        &mut self,
        who: Option<CastId>,
        scenes: Option<Vec<SceneId>>,
    ) -> Result<(), ConversationError> {
        let text = self.desk.record.focus.last.clone();
        self.modify_as(&text, who, scenes).await
    }

    pub(super) async fn modify_as(
        &mut self,
        text: &str,
        who: Option<CastId>,
        scenes: Option<Vec<SceneId>>,
    ) -> Result<(), ConversationError> {
        let Some(edition) = self.desk.edition().cloned() else {
            self.desk.reply(&Reply::NothingYet);
            return Ok(());
        };
        // "And darker" goes on where the request before was.
        let goes_on = super::words::begins(text, "and_then").then(|| self.desk.record.focus.scene.clone()).flatten();
        let read = self.read(&edition, text, who, scenes, goes_on.map(|scene| vec![scene]));
        text.clone_into(&mut self.desk.record.focus.last);
        self.desk.record.focus.before_last = None;
        if read.another_version {
            another_version(self.direction, &mut self.desk).await?;
            self.next = Next::Start;
            return Ok(());
        }
        if !read.which.is_empty() {
            return self.ask_which(&read.which).await;
        }
        let one = read.changes.len() == 1 && super::requests::requests(text).len() == 1;
        self.make(read.changes, read.troubles, one).await
    }

    /// Reads a text as changes to an edition; who and what was spoken of is remembered.
    pub(super) fn read(
        &mut self,
        edition: &Edition,
        text: &str,
        who: Option<CastId>,
        scenes: Option<Vec<SceneId>>,
        after: Option<Vec<SceneId>>,
    ) -> Read {
        let focus = self.desk.record.focus.clone();
        let mut reader = Reader::new(edition, self.documents.as_ref(), &self.context, focus).after(after);
        reader.who = who;
        reader.scenes = scenes;
        reader.message(text);
        let Reader { focus, read, .. } = reader;
        self.desk.record.focus = focus;
        read
    }

    /// Makes changes at once, or shows what they would do. `plainly` is whether they were asked for one by one.
    pub(super) async fn make(
        &mut self,
        changes: Vec<Change>,
        troubles: Vec<Reply>,
        plainly: bool,
    ) -> Result<(), ConversationError> {
        if changes.is_empty() {
            if troubles.is_empty() {
                self.desk.reply(&Reply::CannotChangeYet);
            }
            self.tell(&troubles);
            return Ok(());
        }
        let proposal = self.direction.work_out(&self.desk, &changes).await?;
        let planned_only = self.desk.plans_anew() && self.direction.run_of(&self.desk.project).is_none();
        let only_brief =
            changes.iter().all(|c| matches!(c, Change::Brief(_) | Change::Episode { .. } | Change::Review(_)));
        if planned_only && only_brief {
            let same = self.desk.edition() == Some(&proposal.edition);
            if same {
                let what = proposal.conflicts.join(" ");
                self.desk.say(Body::Text { text: what });
            } else {
                self.desk.decide_in_words(proposal.edition, proposal.words)?;
                self.direction.plan_into(&mut self.desk).await?;
                self.show_series_or_plan();
            }
            self.tell(&troubles);
            return Ok(());
        }
        if self.desk.edition() == Some(&proposal.edition) {
            let text = proposal.conflicts.join(" ");
            self.desk.say(Body::Text { text });
            self.tell(&troubles);
            return Ok(());
        }
        let sure = self.understanding.confidence >= PLAINLY && !self.guesses;
        if plainly && sure && troubles.is_empty() && proposal.is_small(self.at_once_s) {
            self.desk.record.focus.before_last = self.desk.number();
            let reply = Reply::MadeAtOnce {
                what: proposal.words.clone(),
                items: proposal.items.len() as u32,
                seconds: proposal.most.seconds,
            };
            self.desk.close_proposal(ProposalState::Dismissed);
            self.desk.decide_in_words(proposal.edition, proposal.words)?;
            self.direction.plan_into(&mut self.desk).await?;
            self.desk.reply(&reply);
            self.next = Next::Start;
            return Ok(());
        }
        crate::Direction::show(&mut self.desk, proposal)?;
        self.tell(&troubles);
        Ok(())
    }

    fn tell(&mut self, troubles: &[Reply]) {
        for trouble in troubles {
            self.desk.reply(trouble);
        }
    }

    /// Asks who of several is meant.
    async fn ask_which(&mut self, which: &[CastId]) -> Result<(), ConversationError> {
        let cast = self.documents.as_ref().map(|d| &d.cast);
        let known = which.iter().filter_map(|id| cast.and_then(|c| c.get(id)));
        let known: Vec<_> = known.map(|member| (member.id.clone(), member.name.clone())).collect();
        // Asked just now: the likeliest one is taken, and can be corrected.
        let asked = self.asked.as_ref().is_some_and(|asked| asked.about == Subject::Which);
        if let (true, Some((who, name))) = (asked, known.first().cloned()) {
            self.desk.reply(&Reply::TakenFor { name });
            self.guesses = true;
            return Box::pin(self.change_again(Some(who), None)).await;
        }
        let names: Vec<_> = known.into_iter().map(|(_, name)| name).collect();
        let choices = names.iter().map(|name| Answer { label: name.clone(), says: name.clone() }).collect();
        let text = self.desk.words(&Reply::WhoIsMeant);
        self.desk.say(Body::Question { text, about: Subject::Which, choices });
        self.desk.record.asked = Some(Subject::Which);
        self.desk.record.choices = names;
        Ok(())
    }

    /// The change goes on with the one whom the answer names.
    pub(super) async fn answer_which(&mut self) -> Result<(), ConversationError> {
        let asked = self.asked.clone();
        let named = asked.and_then(|asked| chosen(&self.text, &asked).and_then(|at| asked.choices.get(at).cloned()));
        let cast = self.documents.as_ref().map(|d| &d.cast);
        let who = named.and_then(|name| cast.and_then(|c| c.named(&name)).map(|member| member.id.clone()));
        self.change_again(who, None).await
    }

    pub(super) fn show_series_or_plan(&mut self) {
        match self.desk.edition().and_then(|e| e.series.clone()) {
            Some(series) => {
                let episodes = series.episodes.iter().map(|e| (e.title.clone(), e.seconds)).collect();
                self.show_plan(&Reply::Series { theme: series.theme, episodes, cast: series.cast });
            }
            None => self.show_plan(&Reply::Changed),
        }
    }
}

impl crate::direction::Desk {
    /// The person said something.
    pub(crate) fn hear(&mut self, message: Message) {
        self.put(message);
    }
}
