//! An update of the program makes nothing stale: what an older version of an agent made stays, and could be refreshed.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    Event, ForecastState, History, Inputs, Leaf, Output, RunId, Store, TaskContext, TaskError, TaskSpec, TaskState,
    Work, forecast,
};
use serde_json::{Value, json};

use crate::stage::{Does, Stage, one};

/// A leaf after an update of the program.
struct Updated(Arc<dyn Leaf>);

#[async_trait]
impl Leaf for Updated {
    fn version(&self) -> String {
        "2".to_owned()
    }

    fn view(&self, inputs: &Inputs) -> Result<Value, TaskError> {
        self.0.view(inputs)
    }

    async fn make(&self, view: Value, context: &TaskContext) -> Result<Output, TaskError> {
        self.0.make(view, context).await
    }
}

fn updated(task: TaskSpec) -> TaskSpec {
    let Work::Leaf(leaf) = task.work else { panic!("only leaves are updated") };
    TaskSpec { work: Work::Leaf(Arc::new(Updated(leaf))), ..task }
}

#[tokio::test(start_paused = true)]
async fn what_an_older_version_made_stays_and_could_be_refreshed() {
    let stage = Stage::new(&[]);
    let film = |says: &str| {
        let shot = stage.says("shot", json!(says), &[], Does::Work(1));
        let film = stage.leaf("film", &[one("shot")], Does::Work(1));
        [shot, film]
    };
    let first = stage.run("first", film("a whale").into()).await;
    let again = stage.run("again", film("a whale").map(updated).into()).await;
    assert_eq!((again.made, &again.results), (0, &first.results), "an update makes nothing stale");
    let events = stage.store.events_of(&RunId("again".to_owned()));
    let refreshable = events
        .iter()
        .filter(|event| matches!(event, Event::Task { state: TaskState::Cached { refreshable: true, .. }, .. }));
    assert_eq!(refreshable.count(), 2);
    let store: Arc<dyn Store> = stage.store.clone();
    let told = forecast(film("a whale").map(updated).into(), &store, &History::default()).await.unwrap();
    assert!(told.tasks.iter().all(|task| task.state == ForecastState::Kept), "{told:?}");
    let changed = stage.run("changed", film("a heron").map(updated).into()).await;
    assert_eq!(changed.made, 2, "what is asked for otherwise is made by the newer one");
    let back = stage.run("back", film("a whale").map(updated).into()).await;
    assert_eq!(back.made, 2, "only what the slot had last is offered");
}
