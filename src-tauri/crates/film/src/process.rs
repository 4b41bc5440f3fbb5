//! One run of ffmpeg or ffprobe: no shell, no terminal, cancelled at once, the end of what it said kept for the error.

use std::ffi::OsString;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tokio::process::{ChildStdin, ChildStdout, Command};
use tokio_util::sync::CancellationToken;

use crate::FilmError;

/// How much of the standard error stream is kept.
const KEPT: usize = 2000;

/// A command line in the making.
pub(crate) struct Call {
    command: Command,
    doing: &'static str,
    about: PathBuf,
}

impl Call {
    /// A run of `program`, to do `doing` about the file `about`.
    pub(crate) fn new(program: &Path, doing: &'static str, about: &Path) -> Self {
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        // A console window would flash up for every shot.
        #[cfg(windows)]
        command.creation_flags(0x0800_0000);
        Self { command, doing, about: about.to_owned() }
    }

    pub(crate) fn args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.command.args(args.into_iter().map(Into::into));
        self
    }

    /// A file; the protocol is named, so that no file name can be taken for an option or another protocol.
    pub(crate) fn file(mut self, path: &Path) -> Self {
        let mut arg = OsString::from("file:");
        arg.push(path);
        self.command.arg(arg);
        self
    }

    /// An input file.
    pub(crate) fn arg_input(self, path: &Path) -> Self {
        self.args(["-i"]).file(path)
    }

    /// Runs it and gives what it wrote.
    pub(crate) async fn output(self, cancel: &CancellationToken) -> Result<Vec<u8>, FilmError> {
        let failed = FilmError::file(self.doing, &self.about);
        self.run(cancel, |_, mut stdout| async move {
            let mut bytes = Vec::new();
            stdout.read_to_end(&mut bytes).await.map_err(failed)?;
            Ok(bytes)
        })
        .await
    }

    /// Runs it with `-progress` reports on its output; gives the number of frames it wrote.
    pub(crate) async fn frames(
        self,
        total: u32,
        cancel: &CancellationToken,
        progress: &crate::Progress,
    ) -> Result<u32, FilmError> {
        let failed = FilmError::file(self.doing, &self.about);
        let call = self.args(["-progress", "pipe:1"]);
        call.run(cancel, |_, stdout| async move { counted(stdout, total, progress).await.map_err(failed) }).await
    }

    /// The same, while `feed` writes to its standard input.
    pub(crate) async fn frames_fed<W>(
        self,
        total: u32,
        feed: impl FnOnce(ChildStdin) -> W,
        cancel: &CancellationToken,
        progress: &crate::Progress,
    ) -> Result<u32, FilmError>
    where
        W: Future<Output = Result<(), FilmError>>,
    {
        let failed = FilmError::file(self.doing, &self.about);
        let mut call = self.args(["-progress", "pipe:1"]);
        call.command.stdin(Stdio::piped());
        call.run(cancel, |stdin, stdout| async move {
            let fed = async {
                match stdin {
                    Some(stdin) => feed(stdin).await,
                    None => Ok(()),
                }
            };
            let (fed, counted) = tokio::join!(fed, counted(stdout, total, progress));
            fed.and(counted.map_err(failed))
        })
        .await
    }

    /// Runs it with `-progress` reports on its output, for what has no frames: `total` is its length in milliseconds.
    pub(crate) async fn timed(
        self,
        total: u32,
        cancel: &CancellationToken,
        progress: &crate::Progress,
    ) -> Result<(), FilmError> {
        let failed = FilmError::file(self.doing, &self.about);
        self.args(["-progress", "pipe:1"])
            .run(cancel, |_, stdout| async move {
                let mut lines = BufReader::new(stdout).lines();
                loop {
                    match lines.next_line().await {
                        Ok(Some(line)) => {
                            // A name from old times: it counts microseconds.
                            let us = line.strip_prefix("out_time_ms=").and_then(|n| n.trim().parse::<f32>().ok());
                            if let Some(us) = us {
                                progress((us / 1000.0 / total.max(1) as f32).clamp(0.0, 1.0));
                            }
                        }
                        Ok(None) => return Ok(()),
                        Err(e) => return Err(failed(e)),
                    }
                }
            })
            .await
    }

    /// Runs it while `work` reads its output.
    pub(crate) async fn read<T, W>(
        self,
        cancel: &CancellationToken,
        work: impl FnOnce(ChildStdout) -> W,
    ) -> Result<T, FilmError>
    where
        W: Future<Output = Result<T, FilmError>>,
    {
        self.run(cancel, |_, stdout| work(stdout)).await
    }

    async fn run<T, W>(
        mut self,
        cancel: &CancellationToken,
        work: impl FnOnce(Option<ChildStdin>, ChildStdout) -> W,
    ) -> Result<T, FilmError>
    where
        W: Future<Output = Result<T, FilmError>>,
    {
        if cancel.is_cancelled() {
            return Err(FilmError::Cancelled);
        }
        let mut child = self.command.spawn().map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => FilmError::NoFfmpeg {
                detail: format!("{} is not there", Path::new(self.command.as_std().get_program()).display()),
            },
            _ => FilmError::file(self.doing, &self.about)(source),
        })?;
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(self.failed("its output could not be read".to_owned()));
        };
        let stdin = child.stdin.take();
        let running = async { tokio::join!(work(stdin, stdout), tail(stderr), child.wait()) };
        let ended = tokio::select! {
            biased;
            () = cancel.cancelled() => None,
            ended = running => Some(ended),
        };
        let Some((worked, said, status)) = ended else {
            if let Err(error) = child.kill().await {
                tracing::warn!(%error, doing = self.doing, "a cancelled ffmpeg could not be ended");
            }
            return Err(FilmError::Cancelled);
        };
        let status = status.map_err(FilmError::file(self.doing, &self.about))?;
        if status.success() {
            return worked;
        }
        // What ffmpeg says is the cause; a broken pipe on our side is only its consequence.
        Err(self.failed(if said.is_empty() { status.to_string() } else { said }))
    }

    fn failed(&self, detail: String) -> FilmError {
        let (doing, path) = (self.doing, self.about.clone());
        if detail.contains("No space left on device") || detail.contains("not enough space on the disk") {
            return FilmError::DiskFull { doing, path };
        }
        FilmError::Failed { doing, path, detail }
    }
}

/// Reads the reports of a run to their end; gives the number of frames that the last tells.
async fn counted(stdout: ChildStdout, total: u32, progress: &crate::Progress) -> Result<u32, std::io::Error> {
    let mut lines = BufReader::new(stdout).lines();
    let mut done = 0;
    while let Some(line) = lines.next_line().await? {
        if let Some(frame) = line.strip_prefix("frame=").and_then(|n| n.trim().parse().ok()) {
            done = frame;
            progress((frame as f32 / total.max(1) as f32).min(1.0));
        }
    }
    Ok(done)
}

/// Reads a stream to its end and keeps the last of it.
async fn tail(mut stream: impl AsyncRead + Unpin) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(n @ 1..) = stream.read(&mut buffer).await {
        kept.extend_from_slice(&buffer[..n]);
        if kept.len() > KEPT {
            kept.drain(..kept.len() - KEPT);
        }
    }
    String::from_utf8_lossy(&kept).trim().to_owned()
}
