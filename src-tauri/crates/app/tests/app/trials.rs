//! Trials of a model before it is kept: what they show, what they cost, and that they cost it once.

use app::App;
use app::wire::{KeyEdit, ModelKind, Problem, ServerAnswer, ServerEdit, TrialFinding, TrialPart};
use testkit::provider::{FakeProvider, Fault, Kind, ProviderOptions};

use crate::models::{KEY, found_nowhere, new_key, none, open, provider, server};

/// Tries a model, and waits for what is found.
async fn tried(app: &App, request: &str, kind: ModelKind, edit: ServerEdit) -> Vec<TrialFinding> {
    let mut told = app.servers();
    app.try_model(request, kind, edit).await.expect("it is tried");
    let told = told.recv().await.expect("it is answered");
    assert_eq!(told.request, request);
    assert!(!format!("{told:?}").contains("planted"), "{told:?}");
    let ServerAnswer::Tried { findings } = told.answer else { panic!("{:?}", told.answer) };
    findings
}

/// What was found, as far as it works, and what went wrong at the end of it.
fn parts(findings: &[TrialFinding]) -> (Vec<TrialPart>, Option<&Problem>) {
    let works = findings.iter().filter(|found| found.problem.is_none()).map(|found| found.part).collect();
    (works, findings.last().and_then(|found| found.problem.as_ref()))
}

async fn spent_today(app: &App) -> u32 {
    let project = app.create_project("any").await.unwrap();
    app.ledger(&project).await.unwrap().today_micros
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_shows_what_works_and_costs_once_what_was_said() {
    let (home, provider) = (tempfile::tempdir().unwrap(), provider(Some(KEY)).await);
    let app = open(home.path(), &none()).await;
    let mut spent = 0;
    for (kind, works, calls) in [
        (ModelKind::Chat, vec![TrialPart::Words, TrialPart::Form], (Kind::Chat, 1)),
        (ModelKind::Image, vec![TrialPart::Picture, TrialPart::Reference], (Kind::Image, 2)),
        (ModelKind::Video, vec![TrialPart::Clip], (Kind::Video, 1)),
        (ModelKind::Speech, vec![TrialPart::Voice], (Kind::Speech, 1)),
    ] {
        let sizes = if kind == ModelKind::Image { vec!["640x384".to_owned()] } else { Vec::new() };
        let lengths = if kind == ModelKind::Video { vec![8, 4] } else { Vec::new() };
        let key = new_key(app::wire::KeyPlace::Session);
        let edit = ServerEdit { sizes, lengths, ..server(&provider, kind, key) };
        let said = app.trial_price(kind, edit.price, &edit.lengths).unwrap().expect("it has a price");
        let request = format!("try {kind:?}");
        let findings = tried(&app, &request, kind, edit.clone()).await;
        assert_eq!(parts(&findings), (works, None), "{findings:?}");
        app.try_model(&request, kind, edit).await.expect("the same request is the same trial");
        assert_eq!(provider.log().of(calls.0).count(), calls.1, "{kind:?}");
        let now = spent_today(&app).await;
        assert!(
            now > spent && now - spent <= said,
            "{kind:?} was said to cost {said}, and is booked as {}",
            now - spent
        );
        spent = now;
        match kind {
            ModelKind::Image => assert!(said == 80_000 && findings[0].size == "640x384", "{findings:?}"),
            ModelKind::Video => assert!(said == 400_000 && findings[0].length_ms == 4_000, "{findings:?}"),
            ModelKind::Speech => assert!(findings[0].length_ms > 0, "{findings:?}"),
            ModelKind::Chat => {}
        }
    }
    assert!(app.models().await.unwrap().rows.iter().all(|row| row.server.is_none()), "nothing is kept of a trial");
    app.close().await;
    drop(app);
    found_nowhere(home.path(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_says_what_does_not_work() {
    let home = tempfile::tempdir().unwrap();
    let plain =
        FakeProvider::start(ProviderOptions { takes_schemas: false, ..ProviderOptions::quick() }).await.unwrap();
    let app = open(home.path(), &none()).await;
    let chat = server(&plain, ModelKind::Chat, KeyEdit::None);
    let most = app.trial_price(ModelKind::Chat, chat.price, &[]).unwrap().unwrap();
    let findings = tried(&app, "schema", ModelKind::Chat, chat.clone()).await;
    assert_eq!(parts(&findings).0, [TrialPart::Words, TrialPart::Form], "the schema is told in words: {findings:?}");
    assert!(spent_today(&app).await <= most, "what the server did not take counts once");

    plain.will_say([r#"{"title": "", "scenes": 9}"#.to_owned()]);
    let findings = tried(&app, "form", ModelKind::Chat, chat).await;
    let (works, problem) = parts(&findings);
    assert_eq!(works, [TrialPart::Words]);
    assert!(problem.is_some_and(|p| p.message.contains("form") && p.hint.contains("structured")), "{problem:?}");

    let image = server(&plain, ModelKind::Image, KeyEdit::None);
    plain.script(Kind::Image, [Fault::None, Fault::Refusal]);
    let findings = tried(&app, "second", ModelKind::Image, image.clone()).await;
    let (works, problem) = parts(&findings);
    assert_eq!((works, problem.is_some()), (vec![TrialPart::Picture], true), "{findings:?}");
    assert_eq!(findings[1].part, TrialPart::Reference);

    plain.script(Kind::Video, [Fault::JobFails]);
    let findings = tried(&app, "job", ModelKind::Video, server(&plain, ModelKind::Video, KeyEdit::None)).await;
    assert!(parts(&findings).1.is_some_and(|p| !p.message.is_empty()), "{findings:?}");

    let calls = plain.log().of(Kind::Image).count();
    app.set_model_caps(None, Some(1)).await.unwrap();
    let findings = tried(&app, "cap", ModelKind::Image, image.clone()).await;
    assert!(parts(&findings).1.is_some_and(|p| p.message.contains("limit")), "{findings:?}");
    assert_eq!(plain.log().of(Kind::Image).count(), calls, "nothing was sent past the limit of the day");

    let odd = ServerEdit { lengths: vec![0], ..server(&plain, ModelKind::Video, KeyEdit::None) };
    assert!(app.trial_price(ModelKind::Video, odd.price, &odd.lengths).is_err());
    assert!(app.try_model("odd", ModelKind::Video, odd).await.unwrap_err().message.contains("lengths"));
}
