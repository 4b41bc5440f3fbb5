//! A fake provider, a library, and the program over both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use testkit::provider::{Arrays, FakeProvider, Kind, Log, ProviderOptions};
use tokio::runtime::Runtime;

/// Small and coarse: the film is whole, and made in seconds.
const SMALL: [&str; 4] = ["--size", "320x180", "--fps", "10"];

/// Five scenes of about eight shots.
pub(crate) const FIVE_BY_EIGHT: &str =
    "Make an 80-second film in 5 scenes about an old fisherman who meets a white whale";
/// One scene of a few shots.
pub(crate) const SHORT: &str = "Make a 6-second film in 1 scene about a fox in the snow";

/// Answers that take a moment, so that there is something to interrupt.
pub(crate) fn soon() -> ProviderOptions {
    ProviderOptions {
        chat: Duration::from_millis(40),
        image: Duration::from_millis(80),
        video: Duration::from_millis(200),
        speech: Duration::from_millis(30),
        arrays: Arrays::Most,
        ..ProviderOptions::default()
    }
}

/// What a call said and how it ended.
pub(crate) struct Told {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Told {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program speaks text");
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Demands an exit code.
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }
}

/// A provider and a library of its own.
pub(crate) struct Studio {
    pub(crate) provider: FakeProvider,
    _runtime: Runtime,
    home: tempfile::TempDir,
}

impl Studio {
    pub(crate) fn new(options: ProviderOptions) -> Self {
        Self::limited(options, "")
    }

    /// With more lines in its models file.
    pub(crate) fn limited(options: ProviderOptions, more: &str) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let provider = runtime.block_on(FakeProvider::start(options)).expect("a provider");
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("models.toml"), format!("{}\n{more}", provider.models_file())).unwrap();
        Self { provider, _runtime: runtime, home }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_workprint-cli"));
        command.args(args).env("WORKPRINT_HOME", self.path("library"));
        command.env_remove("WORKPRINT_FFMPEG").env_remove("WORKPRINT_SHORT_SIDE");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Told {
        Told::of(&self.command(args).output().expect("it runs"))
    }

    /// Ready to make a film with the paid models.
    pub(crate) fn film(&self, message: &str, more: &[&str]) -> Command {
        let mut command = self.command(&["film", message, "--yes", "--models"]);
        command.arg(self.path("models.toml")).args(SMALL).args(more);
        command
    }

    /// Makes a film with the paid models.
    pub(crate) fn make(&self, message: &str, more: &[&str]) -> Told {
        Told::of(&self.film(message, more).output().expect("it runs"))
    }

    pub(crate) fn log(&self) -> Log {
        self.provider.log()
    }

    pub(crate) fn project(&self) -> String {
        let listed = self.run(&["projects", "--json"]).ends(0).json();
        listed[0]["id"].as_str().expect("a project").to_owned()
    }

    pub(crate) fn view_of_run(&self) -> Vec<Value> {
        lines(&self.run(&["events"]).ends(0).out)
    }

    /// Everything that the film of the library consists of: the hash of each segment and of the film, by slot.
    pub(crate) fn pieces(&self) -> BTreeMap<String, String> {
        let database = rusqlite::Connection::open(self.path("library").join("library.db")).expect("a database");
        let sound: String = database.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok", "the database is sound");
        let loose: i64 =
            database.query_row("select count(*) from pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
        assert_eq!(loose, 0, "nothing points nowhere");
        let sql = "select slot, hash from takes t join artifact_blobs b on b.key = t.key and b.role = 'video'
                   where (slot = 'film' or slot like 'segment/%')
                   and place = (select max(place) from takes l where l.project = t.project and l.slot = t.slot)";
        let sql = sql.replace("and place =", "and t.place =");
        let mut statement = database.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }
}

pub(crate) fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The tasks of a record that made something. (Those that only give tasks keep no result.)
pub(crate) fn made(record: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(record).unwrap_or_default();
    // A kill may cut the last line.
    let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let gives = |line: &&Value| line["type"] == "task_planned" && line["expands"] == true;
    let give: BTreeSet<&str> = lines.iter().filter(gives).filter_map(|line| line["slot"].as_str()).collect();
    let done = lines.iter().filter(|line| line["type"] == "task_finished" && line["outcome"] == "done");
    done.filter_map(|line| line["task"].as_str()).filter(|task| !give.contains(task)).map(str::to_owned).collect()
}

/// How often each request was done and billed.
pub(crate) fn billed(log: &Log) -> BTreeMap<(Kind, String), u32> {
    let mut times = BTreeMap::new();
    for seen in log.requests.iter().filter(|seen| seen.kind.is_paid() && seen.completed) {
        *times.entry((seen.kind, seen.body_hash.clone())).or_default() += 1;
    }
    times
}

/// How many requests were done more often than in another run.
pub(crate) fn excess(log: &Log, usual: &BTreeMap<(Kind, String), u32>) -> u32 {
    let over =
        |(request, times): (&(Kind, String), &u32)| times.saturating_sub(usual.get(request).copied().unwrap_or(1));
    billed(log).iter().map(over).sum()
}
