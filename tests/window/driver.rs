//! A window under WebKitWebDriver: starts it, finds things in it, ends it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_workprint");
/// A busy machine starts a window slowly.
const START: Duration = Duration::from_secs(90);

/// Why there can be no window here; on a build machine that is a failure, elsewhere the journey is left out.
pub(crate) fn no_window() -> Option<String> {
    let driver = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|p| p.join("WebKitWebDriver").is_file()));
    let display =
        ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()));
    let missing = match (driver, display) {
        (false, _) => "WebKitWebDriver is not installed",
        (_, false) => "there is no display",
        _ => return None,
    };
    assert!(std::env::var_os("CI").is_none(), "{missing}");
    Some(missing.to_owned())
}

/// Ends a process when it goes out of sight.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A data folder of its own, and where its films are saved.
pub(crate) struct Place {
    folder: tempfile::TempDir,
    /// The program's file, and what else it is told by its environment.
    file: PathBuf,
    told: Vec<(&'static str, String)>,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self::told(Vec::new())
    }

    /// A place whose program is told this by its environment.
    pub(crate) fn told(told: Vec<(&'static str, String)>) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), file: PathBuf::from(PROGRAM), told }
    }

    /// A place with a copy of the program, which may put another one in its place.
    pub(crate) fn with_its_own_program(told: Vec<(&'static str, String)>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("workprint");
        std::fs::copy(PROGRAM, &file).unwrap();
        Self { folder, file, told }
    }

    /// The program's file.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Everything that the program keeps.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub(crate) fn saved(&self) -> PathBuf {
        self.folder.path().join("saved.mp4")
    }

    /// The one program that works in this folder.
    pub(crate) fn program(&self) -> PathBuf {
        let all = self.processes();
        assert_eq!(all.len(), 1, "one program works in the folder");
        all[0].clone()
    }

    /// Waits until this process has ended and another works in its folder; gives that.
    pub(crate) async fn started_again(&self, before: &Path, within: Duration) -> PathBuf {
        ended(&[before.to_owned()]).await;
        let other = tokio::time::timeout(within, async {
            loop {
                if let Some(other) = self.processes().into_iter().next() {
                    return other;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        other.await.expect("the program starts again")
    }

    /// Ends a process, as a person does who logs out.
    pub(crate) async fn end(&self, process: &Path) {
        let id = process.file_name().unwrap();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        ended(&[process.to_owned()]).await;
    }

    /// Waits until no program works in this folder any more.
    pub(crate) async fn left(&self, within: Duration) {
        let all = self.processes();
        tokio::time::timeout(within, ended(&all)).await.expect("the program ends");
    }

    /// The processes that work in this folder.
    fn processes(&self) -> Vec<PathBuf> {
        let wanted = format!("WORKPRINT_HOME={}\0", self.home().display());
        let program = self.file.canonicalize().unwrap();
        let all = std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok().map(|e| e.path()));
        all.filter(|process| {
            std::fs::read_link(process.join("exe")).is_ok_and(|exe| exe == program)
                && std::fs::read(process.join("environ")).is_ok_and(|e| String::from_utf8_lossy(&e).contains(&wanted))
        })
        .collect()
    }

    /// Ends the program as a crash would.
    pub(crate) async fn crash(&self) {
        let program = self.program();
        let id = program.file_name().unwrap();
        assert!(Command::new("kill").arg("-KILL").arg(id).status().unwrap().success());
        ended(&[program]).await;
    }
}

/// Asks the window of a process to close, as a window manager does when the person clicks its cross.
pub(crate) fn click_the_cross(process: &Path) {
    use x11rb::connection::Connection;
    use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask};

    let id: u32 = process.file_name().unwrap().to_str().unwrap().parse().unwrap();
    let (x, screen) = x11rb::connect(None).expect("the display can be reached");
    let atom = |name: &str| x.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
    let (pid, protocols, delete) = (atom("_NET_WM_PID"), atom("WM_PROTOCOLS"), atom("WM_DELETE_WINDOW"));
    let value = |window, name, kind: AtomEnum| {
        x.get_property(false, window, name, kind, 0, 8)
            .unwrap()
            .reply()
            .ok()
            .and_then(|r| r.value32().map(Vec::from_iter))
    };
    let windows = x.query_tree(x.setup().roots[screen].root).unwrap().reply().unwrap().children;
    let mut asked = 0;
    for window in windows {
        let closable = value(window, protocols, AtomEnum::ATOM).is_some_and(|atoms: Vec<u32>| atoms.contains(&delete));
        if closable && value(window, pid, AtomEnum::CARDINAL).is_some_and(|ids| ids.contains(&id)) {
            let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
            x.send_event(false, window, EventMask::NO_EVENT, message).unwrap().check().unwrap();
            asked += 1;
        }
    }
    assert!(asked > 0, "the program has a window that can be closed");
}

/// Waits until these processes are gone with all they held. One that its parent has not asked for yet still has a
/// name; its files are closed when its last thread is gone, which a disk can hold up.
async fn ended(processes: &[PathBuf]) {
    let holds = |process: &PathBuf| {
        let threads = std::fs::read_dir(process.join("task")).map_or(0, Iterator::count);
        let state = std::fs::read_to_string(process.join("status")).unwrap_or_default();
        threads > 1 || (threads == 1 && !state.contains("State:\tZ"))
    };
    tokio::time::timeout(Duration::from_mins(1), async {
        while processes.iter().any(holds) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await
    .expect("the program ends with its window");
}

/// A running window.
pub(crate) struct Window {
    client: Client,
    driver: Ended,
}

/// Sessions are made one after another: two WebKitWebDrivers that start at once now and then reset each other.
static OPENING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// How often a session is tried for. A driver that comes up badly resets its first connection, which says nothing of
/// the program under test.
const TRIES: u32 = 3;

impl Window {
    pub(crate) async fn open(place: &Place) -> Self {
        let _alone = OPENING.lock().await;
        let mut failed = Vec::new();
        for _ in 0..TRIES {
            match Self::try_open(place).await {
                Ok(window) => return window,
                Err(error) => failed.push(error),
            }
            ended(&place.processes()).await;
        }
        panic!("no window in {TRIES} tries: {failed:#?}");
    }

    async fn try_open(place: &Place) -> Result<Self, String> {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let at = |folder: &str| place.folder.path().join(folder);
        let mut driver = Command::new("WebKitWebDriver");
        driver
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        driver.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        driver
            .env("WORKPRINT_HOME", place.home())
            .env("WORKPRINT_SAVE_TO", place.saved())
            .env("WORKPRINT_SHORT_SIDE", "240");
        driver.envs(place.told.iter().map(|(name, value)| (name, value)));
        driver.env("XDG_DATA_HOME", at("data")).env("XDG_CONFIG_HOME", at("config")).env("XDG_CACHE_HOME", at("cache"));
        let driver = Ended(driver.spawn().expect("WebKitWebDriver starts"));

        let wanted = json!({ "browserName": "wry", "webkitgtk:browserOptions": { "binary": place.file, "args": [] } });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted.as_object().unwrap().clone());
        let client = tokio::time::timeout(START, async {
            while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            builder.connect(&format!("http://127.0.0.1:{port}")).await
        });
        match client.await {
            Ok(Ok(client)) => Ok(Self { client, driver }),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(format!("nothing within {START:?}")),
        }
    }

    /// The first thing of this name, as soon as it is there.
    pub(crate) async fn find(&self, name: &str, within: Duration) -> Element {
        self.matching(&format!("[data-testid=\"{name}\"]"), within).await
    }

    /// The first thing that a selector finds, as soon as it is there.
    pub(crate) async fn matching(&self, selector: &str, within: Duration) -> Element {
        match self.client.wait().at_most(within).for_element(Locator::Css(selector)).await {
            Ok(element) => element,
            Err(error) => {
                self.picture("lost").await;
                let text = self.run("return document.body.innerText").await;
                panic!(
                    "{selector} did not come within {within:?}: {error}\nThe window says:\n{}",
                    text.as_str().unwrap_or_default()
                );
            }
        }
    }

    /// The first thing of this name, as soon as it is there and takes a click.
    pub(crate) async fn ready(&self, name: &str, within: Duration) -> Element {
        self.matching(&format!("[data-testid=\"{name}\"]:not([disabled])"), within).await
    }

    /// Clicks the first thing of this name, as soon as it takes a click: what still moves into its place takes none. It is
    /// brought into the middle before, as a person does.
    pub(crate) async fn click(&self, name: &str, within: Duration) {
        let middle =
            format!("document.querySelector('[data-testid=\"{name}\"]').scrollIntoView({{ block: 'center' }})");
        let clicked = tokio::time::timeout(within, async {
            loop {
                let found = self.ready(name, within).await;
                self.run(&middle).await;
                if found.click().await.is_ok() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        if clicked.await.is_err() {
            self.picture("lost").await;
            panic!("{name} took no click within {within:?}");
        }
    }

    /// Waits until the first thing of this name says these words.
    pub(crate) async fn says(&self, name: &str, words: &str, within: Duration) {
        let script = format!("return document.querySelector('[data-testid=\"{name}\"]')?.innerText ?? ''");
        let mut said = Value::Null;
        let heard = tokio::time::timeout(within, async {
            loop {
                said = self.run(&script).await;
                if said.as_str().is_some_and(|said| said.contains(words)) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        if heard.await.is_err() {
            self.picture("lost").await;
            panic!("{name} did not say {words:?} within {within:?}, but: {said}");
        }
    }

    /// How many things of this name there are. Counted in the page: what goes away meanwhile has no handle.
    pub(crate) async fn count(&self, name: &str) -> u64 {
        let script = format!("return document.querySelectorAll('[data-testid=\"{name}\"]').length");
        self.run(&script).await.as_u64().unwrap()
    }

    /// Waits until nothing of this name is there any more.
    pub(crate) async fn gone(&self, name: &str, within: Duration) {
        let script = format!(
            "const done = arguments[0];
            const look = () => {{
              if (document.querySelector('[data-testid=\"{name}\"]')) return;
              changes.disconnect();
              done(true);
            }};
            const changes = new MutationObserver(look);
            changes.observe(document.body, {{ childList: true, subtree: true }});
            look();"
        );
        self.until(&script, within).await;
    }

    /// Runs a script in the page; gives what it returns.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Runs a script in the page that calls `arguments[0]` with its result when it has one.
    pub(crate) async fn until(&self, script: &str, within: Duration) -> Value {
        let told = self.client.execute_async(script, Vec::new());
        tokio::time::timeout(within, told).await.unwrap_or_else(|_| panic!("in vain for {within:?}: {script}")).unwrap()
    }

    /// Loads the page again.
    pub(crate) async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    /// Keeps a picture of the window in target/window, for a person to look at.
    pub(crate) async fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window");
        std::fs::create_dir_all(&folder).unwrap();
        if let Ok(png) = self.client.screenshot().await {
            std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
        }
    }

    /// Closes the window and with it the program.
    pub(crate) async fn close(self, place: &Place) {
        let Self { client, driver } = self;
        let processes = place.processes();
        client.close().await.unwrap();
        ended(&processes).await;
        drop(driver);
    }
}
