//! Looks at what there is: facts of the film, a scene with its lines.

use super::turn::Turn;
use crate::Body;
use crate::replies::{Reply, Thing};
use crate::understanding::Numbers;

impl Turn<'_> {
    /// Tells of the film, or of the scene that is named.
    pub(super) fn review(&mut self) {
        let reply = match (&self.documents, self.desk.record.has_film, self.desk.edition()) {
            (_, false, None) => Reply::NothingYet,
            (_, false, Some(_)) if self.runs() => Reply::AlreadyMaking,
            (_, false, Some(_)) => Reply::OnlyPlan,
            (documents, true, _) => {
                let scenes = documents.as_ref().map_or(0, |d| d.scenes().len() as u32);
                let shots = documents.as_ref().map_or(0, |d| d.shots().len() as u32);
                let seconds = self.desk.snapshot.project.duration_ms.unwrap_or_default() as u32 / 1000;
                let title = self.desk.snapshot.project.title.clone();
                Reply::Facts { title, seconds, scenes, shots }
            }
        };
        let numbers = self.understanding.review.as_ref().and_then(|r| r.scene.as_ref()).map(Numbers::list);
        if let (Some(documents), Some([number, ..])) = (&self.documents, numbers.as_deref()) {
            let count = documents.scenes().len() as u32;
            let scene = number.checked_sub(1).and_then(|at| documents.scenes().get(at as usize));
            let Some(scene) = scene else {
                self.desk.reply(&Reply::NoSuch { thing: Thing::Scene(*number), count });
                return;
            };
            let lines: Vec<_> = scene.lines.iter().map(|line| format!("“{}”", line.text)).collect();
            let text = format!("{number}. {}: {} {}", scene.title, scene.summary, lines.join(" "));
            self.desk.record.focus.scene = Some(scene.id.clone());
            self.desk.say(Body::Text { text: text.trim().to_owned() });
            return;
        }
        self.desk.reply(&reply);
    }
}
