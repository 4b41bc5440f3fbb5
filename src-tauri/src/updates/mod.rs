//! New versions of the program: asked for, fetched in the background, installed on the person's word.
//!
//! The plugin reads the feed, compares versions, checks signatures and puts files in place; this decides when, and tells
//! the window how it stands. It never installs anything by itself, never while a film is being made, and never what is not
//! signed as the version that it is offered as.

mod fetch;
mod owner;
mod state;
mod words;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::app::wire::{ErrorCode, Problem};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager, Url};
use tauri_plugin_store::StoreExt;
use tauri_plugin_updater::{Update, UpdaterExt};
use tauri_specta::Event;

use crate::studio::Studio;
use owner::Owner;
use state::{UpdateOffer, UpdateState, UpdateWay};
use words::Words;

/// The folder of packages inside the data folder.
const FOLDER: &str = "updates";
/// Where the person's wishes about updates are kept, inside the data folder.
const WISHES: &str = "updates.json";
/// How long the feed may take to answer.
const FEED: Duration = Duration::from_secs(30);
/// Progress is told at each hundredth, or at each of so many bytes where nobody knows how many there are.
const STEP: u64 = 1_000_000;

/// How updates stand, as the window shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "update-told")]
pub(crate) struct UpdatesView {
    /// The version that runs.
    version: String,
    /// New versions are asked for at the start.
    at_start: bool,
    /// How it stands.
    state: UpdateState,
}

/// What the person wishes about updates.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
struct Wishes {
    at_start: bool,
    /// The version that is not wanted.
    skipped: String,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { at_start: true, skipped: String::new() }
    }
}

/// Who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asker {
    /// The start of the program: it says nothing when nothing is there, or nobody answers.
    Start,
    /// The person, who gets an answer.
    Person,
}

/// What is held of an update beside what is shown.
struct Held {
    state: UpdateState,
    found: Option<Update>,
    package: PathBuf,
}

/// Updates, while the window is open.
pub(crate) struct Updates {
    handle: AppHandle,
    home: PathBuf,
    held: Mutex<Held>,
}

/// A development build takes another feed and another key from the environment, so that all of this can be tried; a
/// release takes those it was built with.
fn tried(name: &str) -> Option<String> {
    if cfg!(debug_assertions) { std::env::var(name).ok() } else { None }
}

fn feed_tried() -> Option<String> {
    tried("WORKPRINT_UPDATE_FEED")
}

fn key_tried() -> Option<String> {
    tried("WORKPRINT_UPDATE_KEY")
}

impl Updates {
    /// Nothing is asked yet. Without a public key in the configuration nothing will be.
    pub(crate) fn new(home: PathBuf, handle: AppHandle) -> Self {
        let key = handle.config().plugins.0.get("updater").and_then(|updater| updater["pubkey"].as_str());
        let configured = key.is_some_and(|key| !key.is_empty()) || key_tried().is_some();
        let state = if configured { UpdateState::Idle } else { UpdateState::NotConfigured };
        Self { handle, home, held: Mutex::new(Held { state, found: None, package: PathBuf::new() }) }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How it stands.
    pub(crate) fn view(&self) -> UpdatesView {
        let version = self.handle.package_info().version.to_string();
        UpdatesView { version, at_start: self.wishes().at_start, state: self.held().state.clone() }
    }

    /// Takes a step if it may be taken now, and tells the window.
    fn step(&self, next: impl FnOnce(&Held) -> Option<UpdateState>) -> bool {
        {
            let mut held = self.held();
            let Some(next) = next(&held) else { return false };
            held.state = next;
        }
        self.tell();
        true
    }

    fn tell(&self) {
        if let Err(error) = self.view().emit(&self.handle) {
            tracing::warn!(%error, "the window did not hear how the update stands");
        }
    }

    fn wishes(&self) -> Wishes {
        let stored = self.handle.store(self.home.join(WISHES)).ok().and_then(|store| store.get("wishes"));
        stored.and_then(|wishes| serde_json::from_value(wishes).ok()).unwrap_or_default()
    }

    fn wish(&self, change: impl FnOnce(&mut Wishes)) -> Result<(), Problem> {
        let refused = |e: &dyn std::fmt::Display| problem(&format!("This could not be kept: {e}"), "Try again.");
        let mut wishes = self.wishes();
        change(&mut wishes);
        let store = self.handle.store(self.home.join(WISHES)).map_err(|e| refused(&e))?;
        store.set("wishes", serde_json::to_value(wishes).map_err(|e| refused(&e))?);
        store.save().map_err(|e| refused(&e))?;
        self.tell();
        Ok(())
    }

    /// Asks for new versions at the start, or not.
    pub(crate) fn set_at_start(&self, at_start: bool) -> Result<(), Problem> {
        self.wish(|wishes| wishes.at_start = at_start)
    }

    /// The version that is offered is not wanted: it is not offered again, unless the person asks.
    pub(crate) fn skip(&self) -> Result<(), Problem> {
        let mut version = None;
        self.step(|held| {
            let (next, skipped) = held.state.skipped()?;
            version = Some(skipped);
            Some(next)
        });
        version.map_or(Ok(()), |version| self.wish(|wishes| wishes.skipped = version))
    }

    /// At the start of the program, when the person did not turn it off.
    pub(crate) fn begin(&self) {
        if self.wishes().at_start {
            self.check(Asker::Start);
        }
    }

    /// Asks the feed, in the background.
    pub(crate) fn check(&self, asker: Asker) {
        if !self.step(|held| held.state.asked()) {
            return;
        }
        let handle = self.handle.clone();
        tauri::async_runtime::spawn(async move {
            let updates = handle.state::<Self>();
            let found = updates.ask().await;
            updates.answer(found, asker);
        });
    }

    async fn ask(&self) -> tauri_plugin_updater::Result<Option<Update>> {
        let mut asking = self.handle.updater_builder().timeout(FEED);
        if let Some(feed) = feed_tried() {
            asking = asking.endpoints(vec![feed.parse::<Url>()?])?.no_proxy();
        }
        if let Some(key) = key_tried() {
            asking = asking.pubkey(key);
        }
        asking.build()?.check().await
    }

    fn answer(&self, found: tauri_plugin_updater::Result<Option<Update>>, asker: Asker) {
        let skipped = self.wishes().skipped;
        let next = match &found {
            Ok(None) => {
                // What was fetched for an earlier question is this version by now.
                let _ = std::fs::remove_dir_all(self.home.join(FOLDER));
                UpdateState::UpToDate
            }
            Ok(Some(update)) if asker == Asker::Start && update.version == skipped => UpdateState::Idle,
            Ok(Some(update)) => UpdateState::Offered { offer: offer(update) },
            Err(error) if asker == Asker::Start => {
                tracing::info!(%error, "nobody answered whether there is a new version");
                UpdateState::Idle
            }
            Err(error) => {
                tracing::warn!(%error, "the question for new versions failed");
                failed(None, words::of_updater(error))
            }
        };
        self.held().found = found.ok().flatten();
        self.step(|_| Some(next));
    }

    /// Fetches the package that is offered, in the background.
    pub(crate) fn download(&self) {
        if !self.step(|held| held.found.as_ref().and(held.state.fetched())) {
            return;
        }
        let handle = self.handle.clone();
        tauri::async_runtime::spawn(async move {
            let updates = handle.state::<Self>();
            let found = updates.held().found.clone();
            let Some(update) = found else { return };
            let offer = offer(&update);
            // Who takes it wants it, whatever was said before.
            if updates.wishes().skipped == offer.version
                && let Err(problem) = updates.wish(|wishes| wishes.skipped.clear())
            {
                tracing::warn!(why = problem.message, "the version stays skipped");
            }
            let next = match updates.bring(&update, &offer).await {
                Ok((package, way)) => {
                    updates.held().package = package;
                    UpdateState::Ready { offer, way, at_quit: false }
                }
                Err(words) => {
                    tracing::warn!(why = words.why, "the new version did not come");
                    failed(Some(offer), words)
                }
            };
            updates.step(|_| Some(next));
        });
    }

    /// Fetches and checks a package; gives where it lies and who installs it.
    async fn bring(&self, update: &Update, offer: &UpdateOffer) -> Result<(PathBuf, UpdateWay), Words> {
        let (part, package) = places(&self.home.join(FOLDER), update);
        let (package_of, part_of) = (package.clone(), part.clone());
        let owner = blocking(move || {
            let owner = program().and_then(|program| Owner::of(&program));
            // A package from a source that the system keeps up to date by itself.
            if owner.is_some_and(|owner| !owner.takes(&package_of)) {
                return Err(words::words(
                    "Workprint was installed by the system's package manager, which also brings new versions.",
                    "Bring it up to date there.",
                ));
            }
            prepare(&[&package_of, &part_of]).map_err(|e| words::of_updater(&e.into()))?;
            Ok(owner)
        })
        .await?;
        // It may be here from another life of the program.
        if !checked(update, &package, &package).await? {
            let mut told = 0;
            let tell = |done: u64, of: Option<u64>| {
                if done >= told + of.map_or(STEP, |of| of / 100) || Some(done) == of {
                    told = done;
                    let of_kb = of.map(kb).or(offer.size_kb);
                    let offer = offer.clone();
                    self.step(|_| Some(UpdateState::Downloading { offer, done_kb: kb(done), of_kb }));
                }
            };
            let plain = feed_tried().is_some();
            fetch::fetch(&update.download_url, &part, plain, tell).await.map_err(|e| words::of_fetch(&e))?;
            checked(update, &part, &package).await?;
        }
        let way = owner::way(owner, &package, owner::on_path);
        Ok((package, way))
    }

    /// Puts the new version in place and starts it, or does so at the end. Refused while a film is being made.
    pub(crate) fn install(&self, at_quit: bool) -> Result<(), Problem> {
        if at_quit {
            self.step(|held| held.state.put_off(true));
            return Ok(());
        }
        if self.running() {
            return Err(Problem {
                code: ErrorCode::NotNow,
                message: "A film is being made. The new version can be installed when it is ready.".to_owned(),
                hint: "Or let it be installed when you quit.".to_owned(),
                retryable: true,
            });
        }
        if !self.step(|held| held.state.begun()) {
            return Ok(());
        }
        let handle = self.handle.clone();
        tauri::async_runtime::spawn(async move {
            let updates = handle.state::<Self>();
            let (found, package) = {
                let held = updates.held();
                (held.found.clone(), held.package.clone())
            };
            let Some(update) = found else { return };
            let offer = offer(&update);
            let next = match blocking(move || put_in_place(&update, &package)).await {
                Ok(()) => UpdateState::Installed { offer },
                Err(words) => {
                    tracing::warn!(why = words.why, "the new version was not installed");
                    failed(Some(offer), words)
                }
            };
            let restart = matches!(next, UpdateState::Installed { .. }) && !updates.running();
            updates.step(|_| Some(next));
            if restart {
                handle.request_restart();
            }
        });
        Ok(())
    }

    fn running(&self) -> bool {
        self.handle.state::<Studio>().open_app().is_some_and(|app| *app.running().borrow() > 0)
    }

    /// The last thing the program does: what was put off until now.
    pub(crate) fn end(&self) {
        let held = self.held();
        let (UpdateState::Ready { at_quit: true, .. }, Some(update)) = (&held.state, &held.found) else { return };
        if let Err(words) = put_in_place(&update.clone().restart_after_install(false), &held.package) {
            tracing::warn!(why = words.why, "the new version was not installed at the end");
        }
    }
}

/// Puts a package in the place of this program: its signature is checked once more, since it lay on the disk meanwhile.
fn put_in_place(update: &Update, package: &Path) -> Result<(), Words> {
    let bytes = std::fs::read(package).map_err(|e| words::of_updater(&e.into()))?;
    let Some(owner) = program().and_then(|program| Owner::of(&program)) else {
        return update.install(bytes).map_err(|e| words::of_updater(&e));
    };
    update.verify(&bytes).map_err(|e| words::of_updater(&e))?;
    match owner::install(owner, package) {
        Ok(true) => Ok(()),
        _ => Err(words::words(
            "The package manager did not install the new version.",
            &format!("Nothing was changed. The package is at {}.", package.display()),
        )),
    }
}

/// True when the file at `from` is the package that was signed; it then lies at `to`. A file that is something else is
/// removed, and that is an error unless it was asked for in vain.
async fn checked(update: &Update, from: &Path, to: &Path) -> Result<bool, Words> {
    let (update, from, to) = (update.clone(), from.to_owned(), to.to_owned());
    blocking(move || {
        let bytes = match std::fs::read(&from) {
            Ok(bytes) => bytes,
            Err(error) if from == to && error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(words::of_updater(&error.into())),
        };
        if let Err(error) = update.verify(&bytes) {
            let _ = std::fs::remove_file(&from);
            return if from == to { Ok(false) } else { Err(words::of_updater(&error)) };
        }
        std::fs::rename(&from, &to).map_err(|e| words::of_updater(&e.into()))?;
        Ok(true)
    })
    .await
}

/// Sees to it that the folder of packages is there, and that nothing but these files of it is.
fn prepare(kept: &[&Path]) -> std::io::Result<()> {
    let Some(folder) = kept.first().and_then(|file| file.parent()) else { return Ok(()) };
    std::fs::create_dir_all(folder)?;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if !kept.contains(&path.as_path()) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Where a package is fetched to, and where it lies when it is checked. A package with another signature is another file.
fn places(folder: &Path, update: &Update) -> (PathBuf, PathBuf) {
    let ending = Path::new(update.download_url.path()).extension().and_then(|e| e.to_str()).unwrap_or("package");
    let plain: String = ending.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    let signature = update.signature.chars().filter(char::is_ascii_alphanumeric).rev().take(16).collect::<String>();
    let name = format!("Workprint_{}.{plain}", update.version);
    (folder.join(format!("{name}.{signature}.part")), folder.join(name))
}

/// The program's own file.
fn program() -> Option<PathBuf> {
    std::env::current_exe().and_then(|program| program.canonicalize()).ok()
}

fn offer(update: &Update) -> UpdateOffer {
    let platforms = update.raw_json.get("platforms").and_then(|all| all.as_object());
    let mine = platforms.and_then(|all| all.values().find(|one| one["url"] == update.download_url.as_str()));
    UpdateOffer {
        version: update.version.clone(),
        notes: state::plain(update.body.as_deref().unwrap_or_default()),
        size_kb: mine.and_then(|one| one["size"].as_u64()).map(kb),
    }
}

fn kb(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(1000)).unwrap_or(u32::MAX)
}

fn failed(offer: Option<UpdateOffer>, Words { why, hint }: Words) -> UpdateState {
    UpdateState::Failed { offer, why, hint }
}

fn problem(message: &str, hint: &str) -> Problem {
    Problem { code: ErrorCode::Storage, message: message.to_owned(), hint: hint.to_owned(), retryable: true }
}

/// Work that waits for the disk or for another program.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Words> + Send + 'static) -> Result<T, Words> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(words::words(&format!("This did not end well: {error}"), "Try again.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_fetched_of_another_version_goes() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(FOLDER);
        let (part, package) = (folder.join("it.deb.part"), folder.join("it.deb"));
        prepare(&[&part, &package]).unwrap();
        for file in [&part, &package, &folder.join("older.deb")] {
            std::fs::write(file, b"package").unwrap();
        }
        prepare(&[&part, &package]).unwrap();
        let left: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
        assert!(left.len() == 2 && left.contains(&part) && left.contains(&package), "{left:?}");
    }

    #[test]
    fn wishes_are_to_look_at_the_start_until_something_else_is_said() {
        let check = |stored: &str, at_start: bool, skipped: &str| {
            let wishes: Wishes = serde_json::from_str(stored).unwrap();
            assert_eq!((wishes.at_start, wishes.skipped.as_str()), (at_start, skipped), "{stored}");
        };
        check("{}", true, "");
        check(r#"{"at_start":false}"#, false, "");
        check(r#"{"skipped":"0.2.0","later":1}"#, true, "0.2.0");
    }
}
