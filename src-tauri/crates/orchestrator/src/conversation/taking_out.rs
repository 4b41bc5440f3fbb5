//! "Export the script as PDF": what is asked for is offered, and saved where the person chooses.

use super::turn::Turn;
use crate::Body;
use crate::replies::Reply;
use crate::taking_out::take_out;

impl Turn<'_> {
    /// Offers what is asked for, or says what has to be made first.
    pub(super) fn take_out(&mut self) {
        let details = self.understanding.export.clone().unwrap_or_default();
        let (taken, refused) = take_out(&details, &self.text);
        let there = if taken.taken_as.needs_film() { self.desk.record.has_film } else { self.documents.is_some() };
        let text = match (there, self.desk.edition()) {
            (true, _) => {
                let text = self.desk.words(&Reply::SaveIt { file: taken.taken_as.name(), refused });
                self.desk.say(Body::Export { text, taken });
                return;
            }
            (false, Some(_)) => &Reply::OnlyPlan,
            (false, None) => &Reply::NothingYet,
        };
        self.desk.reply(text);
    }
}
