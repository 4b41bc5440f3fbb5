//! The end of a run: what the project remembers of it, and what the person is told.

use agents::{FilmFacts, MissingPart};
use engine::{Artifact, Block, RunId, RunOutcome, RunReport, Slot};
use library::{Change, ProjectId};

use super::{Desk, Direction};
use crate::documents::Documents;
use crate::replies::{Reply, Thing};
use crate::{Body, ConversationError, RunRecord, Stage};

impl Direction {
    pub(super) async fn finish(
        &self,
        project: &ProjectId,
        run: &RunId,
        report: &RunReport,
        order: &RunRecord,
    ) -> Result<(), ConversationError> {
        if report.outcome == RunOutcome::Left {
            // The program closes; the run goes on when it is started again.
            return Ok(());
        }
        let mut desk = self.desk(project).await?;
        desk.write([Change::RunEnded { id: run.clone(), outcome: report.outcome }]);
        let film = report.results.iter().find(|(slot, _)| slot.as_str() == "film").map(|(_, artifact)| artifact);
        let facts = film.and_then(|f| f.read::<FilmFacts>().ok());
        let mut title = None;
        let mut stage = Stage::Unfinished;
        match (report.outcome, film.zip(facts)) {
            (RunOutcome::Cancelled, _) if desk.record.has_film => stage = Stage::Film,
            (RunOutcome::Cancelled, _) => {}
            (_, Some((film, facts))) => {
                stage = Stage::Film;
                title = keep_film(&mut desk, film, &facts, order);
                let documents = self.documents(&desk).await?.unwrap_or_default();
                say_what_is_left(&mut desk, &facts, report, &documents);
            }
            (_, None) => {
                if desk.record.has_film {
                    stage = Stage::Film;
                }
                let first = report.fault.clone().or_else(|| report.failures.first().map(|(_, e)| e.clone()));
                if let Some(error) = first {
                    let text = desk.words(&Reply::RunFailed);
                    desk.say(Body::Trouble { text, error });
                }
                let documents = self.documents(&desk).await?.unwrap_or_default();
                say_what_waits(&mut desk, report, &documents);
            }
        }
        self.plan_into(&mut desk).await?;
        let changes = desk.stage_changes_titled(stage, title);
        desk.write(changes);
        self.write(&mut desk).await?;
        tracing::info!(%project, %run, made = report.made, reused = report.reused, outcome = ?report.outcome, "a run ended");
        Ok(())
    }
}

/// Makes a film the project's; gives the title that it has from it.
fn keep_film(desk: &mut Desk, film: &Artifact, facts: &FilmFacts, order: &RunRecord) -> Option<String> {
    let untitled = desk.snapshot.project.title.is_empty() || !desk.snapshot.documents.contains_key("titled");
    if let Some(poster) = film.blobs.iter().find(|b| b.role == "poster") {
        desk.write([Change::Cover(Some(poster.clone()))]);
    }
    let duration_ms = facts.timeline.duration_ms();
    desk.write([Change::Duration(Some(u64::from(duration_ms)))]);
    desk.record.has_film = true;
    desk.record.film_of = order.number.or(desk.number()).into_iter().collect();
    desk.look_at_film();
    let seconds = (duration_ms + 500) / 1000;
    let text = desk.words(&Reply::FilmReady { title: facts.title.clone(), seconds });
    desk.say(Body::Film { text, key: film.key.clone() });
    let episode = order.edition.series.as_ref().map(|series| (series.chosen + 1, series.episodes.len()));
    if let Some((number, of)) = episode.filter(|(number, of)| number < of) {
        desk.reply(&Reply::NextEpisode { number: number as u32 + 1, of: of as u32 });
    }
    untitled.then(|| facts.title.clone())
}

/// What the film was cut without, why, and what to do about it.
fn say_what_is_left(desk: &mut Desk, facts: &FilmFacts, report: &RunReport, documents: &Documents) {
    if facts.missing.is_empty() && report.blocked.is_empty() && report.failures.is_empty() {
        return;
    }
    let part = |part: &MissingPart| match part {
        MissingPart::Shot(id) => Thing::Shot(documents.number_of_shot(id)),
        MissingPart::Scene(id) => Thing::Scene(documents.number_of_scene(id)),
        MissingPart::Line(id) => Thing::Line(documents.number_of_line(id)),
        MissingPart::Music => Thing::Music,
    };
    let missing: Vec<_> = facts.missing.iter().map(|m| (part(&m.part), m.why.clone())).collect();
    let hint = report.failures.iter().map(|(_, e)| e.hint.clone()).find(|hint| !hint.is_empty()).unwrap_or_default();
    let mut text = desk.words(&Reply::FilmMisses { missing, hint });
    let waits = waiting(desk, report);
    if !waits.is_empty() {
        text = format!("{text}\n{waits}");
    }
    desk.say(Body::Left { text, slots: slots(report) });
}

/// What keeps a film from being cut at all until the person answers.
fn say_what_waits(desk: &mut Desk, report: &RunReport, _: &Documents) {
    let text = waiting(desk, report);
    if !text.is_empty() {
        desk.say(Body::Left { text, slots: slots(report) });
    }
}

fn waiting(desk: &Desk, report: &RunReport) -> String {
    let mut said: Vec<String> = Vec::new();
    for (slot, block) in &report.blocked {
        let line = match block {
            Block::Review { .. } => desk.words(&Reply::WaitsForReview { stop: slot.member().to_owned() }),
            Block::OverCap(over) => desk.words(&Reply::WaitsForMoney { over: *over }),
            Block::Unknown { may_cost, .. } => desk.words(&Reply::WaitsForUnknown { may_cost: *may_cost }),
        };
        if !said.contains(&line) {
            said.push(line);
        }
    }
    said.join("\n")
}

fn slots(report: &RunReport) -> Vec<Slot> {
    let failed = report.failures.iter().map(|(slot, _)| slot);
    failed.chain(report.blocked.iter().map(|(slot, _)| slot)).cloned().collect()
}
