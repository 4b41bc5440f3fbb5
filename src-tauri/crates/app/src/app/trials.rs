//! A model is tried before it is kept, at a price that is told before.

use std::sync::Arc;

use engine::Micros;
use models::ModelsFile;

use super::App;
use crate::problem::from_model;
use crate::view::micros;
use crate::wire::{ModelKind, PriceView, Problem, ServerAnswer, ServerEdit, TrialFinding};
use crate::{choice, trial};

impl App {
    /// The most that [`App::try_model`] costs, in millionths of a US dollar; `None` when nobody said a price. `lengths` are
    /// the seconds that clips can have; none for any.
    pub fn trial_price(&self, kind: ModelKind, price: PriceView, lengths: &[u32]) -> Result<Option<u32>, Problem> {
        Ok(trial::most(kind, price, lengths)?.map(|most| micros(Micros(most))))
    }

    /// Makes the smallest things of a kind with a model that is not kept for that, and looks at them. It costs what
    /// [`App::trial_price`] says at most. The same request twice is tried once. The answer is told by [`App::servers`].
    pub async fn try_model(&self, request: &str, kind: ModelKind, edit: ServerEdit) -> Result<(), Problem> {
        let file = choice::with(ModelsFile::default(), kind, Some(&edit))?;
        let named = request.to_owned();
        self.once(request, async {
            self.ask(request, move |app| async move {
                match app.trial(file, &edit, named).await {
                    Ok(findings) => ServerAnswer::Tried { findings },
                    Err(problem) => ServerAnswer::Failed { problem },
                }
            });
            Ok(())
        })
        .await
    }

    async fn trial(&self, file: ModelsFile, edit: &ServerEdit, request: String) -> Result<Vec<TrialFinding>, Problem> {
        let key = self.key_said(&choice::address(&edit.base_url, &edit.key)?, &edit.key).await?;
        let built = file.build(|_| key.clone()).map_err(from_model)?;
        let day = self.direction().day_cap().await?;
        let bookkeeper = Arc::new(trial::Bookkeeper::new(self.library().clone(), request, day));
        Ok(trial::run(&built, &choice::sizes(edit)?, bookkeeper).await)
    }
}
