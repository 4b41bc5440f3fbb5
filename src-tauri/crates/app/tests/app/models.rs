//! Models of the person's own: tried, chosen, used for a film, removed; and where their key is and is not.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use app::wire::{
    KeyEdit, KeyPlace, KeyText, KeyView, ModelKind, ModelsView, PriceView, Problem, ServerAnswer, ServerEdit,
};
use app::{App, Keychain, KeychainError};
use models::Secret;
use testkit::provider::{FakeProvider, Kind, ProviderOptions};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{SMALL, finished};

pub(crate) const KEY: &str = "sk-planted-0123456789";
const SHORT: &str = "Make a 6-second film in 1 scene about a fox in the snow";

/// A keychain in memory, outside of the data folder as the system's is; or none.
#[derive(Default)]
pub(crate) struct FakeKeychain {
    missing: bool,
    keys: Mutex<BTreeMap<String, String>>,
}

impl Keychain for FakeKeychain {
    fn is_there(&self) -> bool {
        !self.missing
    }
    fn get(&self, address: &str) -> Result<Option<Secret>, KeychainError> {
        Ok(self.keys.lock().unwrap().get(address).and_then(|key| Secret::new(key)))
    }
    fn put(&self, address: &str, key: &str) -> Result<(), KeychainError> {
        if self.missing {
            return Err(KeychainError::NotThere);
        }
        self.keys.lock().unwrap().insert(address.to_owned(), key.to_owned());
        Ok(())
    }
    fn remove(&self, address: &str) -> Result<(), KeychainError> {
        self.keys.lock().unwrap().remove(address);
        Ok(())
    }
}

pub(crate) async fn open(home: &Path, keychain: &Arc<FakeKeychain>) -> App {
    App::open_with_keychain(home, &SMALL, Arc::clone(keychain) as Arc<dyn Keychain>).await.expect("it opens")
}

pub(crate) fn none() -> Arc<FakeKeychain> {
    Arc::new(FakeKeychain { missing: true, ..FakeKeychain::default() })
}

pub(crate) async fn provider(key: Option<&str>) -> FakeProvider {
    let key = key.map(str::to_owned);
    FakeProvider::start(ProviderOptions { key, ..ProviderOptions::quick() }).await.expect("it starts")
}

pub(crate) fn new_key(place: KeyPlace) -> KeyEdit {
    KeyEdit::New { key: KeyText(format!(" {KEY}\n")), place }
}

pub(crate) fn server(provider: &FakeProvider, kind: ModelKind, key: KeyEdit) -> ServerEdit {
    let (model, price) = match kind {
        ModelKind::Chat => ("fake-chat", PriceView::Tokens { input: 1_000_000, output: 4_000_000 }),
        ModelKind::Image => ("fake-image", PriceView::Each { micros: 40_000 }),
        ModelKind::Video => ("fake-video", PriceView::Each { micros: 100_000 }),
        ModelKind::Speech => ("fake-speech", PriceView::Each { micros: 15_000_000 }),
    };
    ServerEdit {
        name: "fake".into(),
        base_url: provider.base_url(),
        model: model.into(),
        price,
        key,
        at_once: Some(4),
        per_minute: None,
        sizes: Vec::new(),
        lengths: Vec::new(),
    }
}

fn key_of(view: &ModelsView, kind: ModelKind) -> KeyView {
    let row = view.rows.iter().find(|row| row.kind == kind).expect("every kind has a row");
    row.server.as_ref().expect("there is a server").key.clone()
}

/// Asks a server, and waits for what is told.
async fn tried(app: &App, base_url: &str, key: KeyEdit) -> ServerAnswer {
    let mut told = app.servers();
    app.test_server("try", base_url, key).expect("it is asked");
    let told = told.recv().await.expect("it is answered");
    assert_eq!(told.request, "try");
    told.answer
}

fn failed(answer: ServerAnswer) -> Problem {
    let ServerAnswer::Failed { problem } = answer else { panic!("{answer:?}") };
    assert!(!format!("{problem:?}").contains("planted") && !problem.hint.is_empty(), "{problem:?}");
    problem
}

/// A server that answers once, with a web page; its address.
async fn web_page() -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut asked = [0; 4096];
        let _ = stream.read(&mut asked).await.unwrap();
        let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<html></html>";
        stream.write_all(page.as_bytes()).await.unwrap();
    });
    address
}

/// Fails when a file under a folder holds the key.
pub(crate) fn found_nowhere(folder: &Path, except: Option<&Path>) {
    let mut folders = vec![folder.to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if Some(path.as_path()) != except {
                files += 1;
                let bytes = std::fs::read(&path).unwrap();
                assert!(!bytes.windows(10).any(|w| w == b"sk-planted"), "the key is in {}", path.display());
            }
        }
    }
    assert!(files > 0, "the search looks in the wrong place");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_of_the_settings_makes_a_film_and_its_key_is_found_nowhere() {
    let (home, keychain, provider) = (tempfile::tempdir().unwrap(), Arc::default(), provider(Some(KEY)).await);
    let app = open(home.path(), &keychain).await;
    let (mut events, mut told) = (app.events(), app.servers());

    let ServerAnswer::Works { models, .. } = tried(&app, &provider.base_url(), new_key(KeyPlace::Keychain)).await
    else {
        panic!("the server answers")
    };
    assert!(models.iter().any(|model| model.id == "fake-chat" && model.ends == "2027-01-14"), "{models:?}");
    assert!(keychain.keys.lock().unwrap().is_empty(), "a key that is tried is not kept");

    for (n, kind) in ModelKind::ALL.into_iter().enumerate() {
        let key = if n == 0 { new_key(KeyPlace::Keychain) } else { KeyEdit::Kept };
        let view = app.set_model(kind, Some(server(&provider, kind, key))).await.expect("it is kept");
        assert_eq!(key_of(&view, kind), KeyView::Kept { place: KeyPlace::Keychain });
        assert!(!format!("{view:?}").contains("planted"));
    }
    assert!(provider.log().requests.iter().all(|seen| seen.kind == Kind::Models), "nothing was called that costs");

    let project = app.create_project("one").await.unwrap();
    app.say(Some(&project), SHORT).await.expect("it is understood");
    let plan = app.project(&project).await.unwrap().plan.expect("there is a plan");
    assert!(plan.media_most_micros > 0 && plan.cap_micros == Some(5_000_000), "{plan:?}");
    let named: Vec<_> = plan.steps.iter().flat_map(|step| &step.calls).map(|calls| calls.model.as_str()).collect();
    assert!(named.contains(&"fake-image") && named.contains(&"fake-video"), "{named:?}");

    app.start(&project, "start").await.expect("it starts");
    let made = finished(&app, &project).await;
    assert!(made.film.is_some());
    for kind in [Kind::Image, Kind::Video, Kind::Speech] {
        assert!(provider.log().of(kind).count() > 0, "{kind:?} was called");
    }
    assert!(app.ledger(&project).await.unwrap().total_micros > 0);

    while let Ok(event) = events.try_recv() {
        assert!(!format!("{event:?}").contains("planted"));
    }
    while let Ok(answer) = told.try_recv() {
        assert!(!format!("{answer:?}").contains("planted"));
    }
    assert!(!app.problem_report().await.unwrap().contains("planted"));

    for kind in ModelKind::ALL {
        assert_eq!(keychain.keys.lock().unwrap().len(), 1, "one address has one key, as long as it is needed");
        app.set_model(kind, None).await.expect("it is removed");
    }
    assert!(keychain.keys.lock().unwrap().is_empty(), "its key went with it");
    let next = app.create_project("two").await.unwrap();
    app.say(Some(&next), SHORT).await.unwrap();
    assert_eq!(app.project(&next).await.unwrap().plan.unwrap().price_micros, 0, "new films are built in again");
    let refused = app.another_version(&project, "again").await.unwrap_err();
    assert!(refused.message.contains("key to fake") && refused.hint.contains("Settings"), "{refused:?}");
    let makers = app.film_models(&project).await.unwrap();
    assert!(makers.others && makers.rows.iter().all(|row| row.name == "fake"), "{makers:?}");
    let calls = provider.log().requests.len();
    app.take_models(&project, "take").await.expect("it moves to the built-in models");
    let moved = app.project(&project).await.unwrap();
    assert!(moved.film.is_some_and(|film| film.outdated) && moved.plan.is_some_and(|plan| plan.price_micros == 0));
    let makers = app.film_models(&project).await.unwrap();
    assert!(!makers.others && makers.rows.iter().all(|row| row.name.is_empty()), "{makers:?}");
    app.start(&project, "built in").await.expect("it starts");
    assert!(finished(&app, &project).await.film.is_some_and(|film| !film.outdated));
    assert_eq!(provider.log().requests.len(), calls, "the server that was removed is asked for nothing");
    app.close().await;
    drop(app);
    found_nowhere(home.path(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_planned_follows_the_settings_and_what_was_begun_does_not() {
    let (home, keychain, provider) = (tempfile::tempdir().unwrap(), Arc::default(), provider(None).await);
    let app = open(home.path(), &keychain).await;
    let begun = crate::make(&app, SHORT).await.id;
    let planned = app.create_project("planned").await.unwrap();
    app.say(Some(&planned), SHORT).await.unwrap();
    let price = async |project: &str| app.project(project).await.unwrap().plan.unwrap().price_micros;
    assert_eq!(price(&planned).await, 0);

    app.set_model(ModelKind::Image, Some(server(&provider, ModelKind::Image, KeyEdit::None))).await.unwrap();
    assert!(price(&planned).await > 0, "the plan that is shown has the price that is paid");
    assert_eq!(price(&begun).await, 0, "a film goes on with what it was begun with");
    let view = app.set_model_caps(Some(2_000_000), Some(9_000_000)).await.unwrap();
    assert_eq!((view.film_micros, view.day_micros), (Some(2_000_000), Some(9_000_000)));
    let caps = app.ledger(&planned).await.unwrap().caps;
    assert_eq!((caps.run_micros, caps.day_micros), (Some(2_000_000), Some(9_000_000)));
    app.set_model(ModelKind::Image, None).await.unwrap();
    assert_eq!(price(&planned).await, 0);
    assert_eq!(app.models().await.unwrap().film_micros, Some(2_000_000), "the caps stay");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_the_key_is_kept_for_the_session_or_in_a_file_by_consent() {
    let (home, provider) = (tempfile::tempdir().unwrap(), provider(Some(KEY)).await);
    let app = open(home.path(), &none()).await;
    assert!(!app.models().await.unwrap().keychain);
    let set =
        async |app: &App, key| app.set_model(ModelKind::Chat, Some(server(&provider, ModelKind::Chat, key))).await;

    let refused = set(&app, new_key(KeyPlace::Keychain)).await.unwrap_err();
    assert!(refused.message.contains("keychain") && refused.hint.contains("session"), "{refused:?}");
    assert!(app.models().await.unwrap().rows.iter().all(|row| row.server.is_none()), "nothing was changed");

    let view = set(&app, new_key(KeyPlace::Session)).await.unwrap();
    assert_eq!(key_of(&view, ModelKind::Chat), KeyView::Kept { place: KeyPlace::Session });
    app.close().await;
    drop(app);
    found_nowhere(home.path(), None);
    let app = open(home.path(), &none()).await;
    assert_eq!(key_of(&app.models().await.unwrap(), ModelKind::Chat), KeyView::Gone);
    let refused = set(&app, KeyEdit::Kept).await.unwrap_err();
    assert!(refused.message.contains("no key"), "{refused:?}");

    let view = set(&app, new_key(KeyPlace::File)).await.unwrap();
    assert_eq!(key_of(&view, ModelKind::Chat), KeyView::Kept { place: KeyPlace::File });
    let file = Path::new(&view.key_file);
    assert!(std::fs::read_to_string(file).unwrap().contains(KEY));
    assert!(matches!(tried(&app, &provider.base_url(), KeyEdit::Kept).await, ServerAnswer::Works { .. }));
    app.close().await;
    drop(app);
    found_nowhere(home.path(), Some(file));
    let app = open(home.path(), &none()).await;
    assert_eq!(key_of(&app.models().await.unwrap(), ModelKind::Chat), KeyView::Kept { place: KeyPlace::File });

    let variable = KeyEdit::Env { variable: "WORKPRINT_NO_SUCH_KEY".into() };
    let view = set(&app, variable.clone()).await.unwrap();
    assert_eq!(key_of(&view, ModelKind::Chat), KeyView::Env { variable: "WORKPRINT_NO_SUCH_KEY".into(), there: false });
    assert!(!file.exists(), "the file went with its last key");
    let problem = failed(tried(&app, &provider.base_url(), variable).await);
    assert!(problem.message.contains("no key"), "{problem:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_work_is_told_of_in_words() {
    let (home, provider) = (tempfile::tempdir().unwrap(), provider(Some(KEY)).await);
    let app = open(home.path(), &none()).await;
    let wrong = KeyEdit::New { key: KeyText("sk-planted-wrong".into()), place: KeyPlace::Session };
    let problem = failed(tried(&app, &provider.base_url(), wrong).await);
    assert!(problem.message.contains("does not accept the key"), "{problem:?}");
    let elsewhere = provider.base_url().replace("/v1", "/v2");
    let problem = failed(tried(&app, &elsewhere, new_key(KeyPlace::Session)).await);
    assert!(problem.message.contains("does not know the address"), "{problem:?}");
    let closed = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    let problem = failed(tried(&app, &format!("http://{closed}/v1"), KeyEdit::None).await);
    assert!(problem.message.contains("cannot be reached"), "{problem:?}");
    let problem = failed(tried(&app, &web_page().await, new_key(KeyPlace::Session)).await);
    assert!(problem.message.contains("no list of models"), "{problem:?}");
    let refused = app.test_server("odd", "sk-planted-0123456789", KeyEdit::None).unwrap_err();
    assert!(!format!("{refused:?}").contains("planted") && refused.hint.contains("/v1"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_of_this_machine_are_found_by_what_they_answer() {
    let (home, open_one, locked) = (tempfile::tempdir().unwrap(), provider(None).await, provider(Some(KEY)).await);
    let app = open(home.path(), &none()).await;
    let closed = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let mut told = app.servers();
    app.find_servers("look", &[closed, locked.address().port(), open_one.address().port()]);
    let ServerAnswer::Found { servers } = told.recv().await.unwrap().answer else { panic!("something was found") };
    let [server] = &servers[..] else { panic!("{servers:?}") };
    assert_eq!(server.base_url, open_one.base_url());
    assert_eq!(server.models.len(), 4);
}
